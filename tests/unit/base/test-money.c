/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-money.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  const char *text;
  const char *currency;
  gboolean good;
  gint64 minor;
} Case;

static const Case parse_cases[] = {
  { "12.50", "EUR", TRUE, 1250 },
  { "-1.00", "EUR", TRUE, -100 },
  { "0.00", "EUR", TRUE, 0 },
  { "-0.00", "EUR", TRUE, 0 },
  { "-0.05", "EUR", TRUE, -5 },
  { "12", "EUR", TRUE, 1200 },
  { "12.5", "EUR", TRUE, 1250 },
  { "12.500000", "EUR", TRUE, 1250 },
  { "0012.50", "EUR", TRUE, 1250 },
  { "1500.00", "JPY", TRUE, 1500 },
  { "1500", "JPY", TRUE, 1500 },
  { "1.234", "KWD", TRUE, 1234 },
  { "1.23", "KWD", TRUE, 1230 },
  { "1.2345", "CLF", TRUE, 12345 },
  { "12.50", "eur", TRUE, 1250 },
  { "92233720368547758.07", "EUR", TRUE, G_MAXINT64 },
  { "-92233720368547758.08", "EUR", TRUE, G_MININT64 },
  { "9223372036854775807", "JPY", TRUE, G_MAXINT64 },
  { "92233720368547758.08", "EUR", FALSE, 0 },
  { "-92233720368547758.09", "EUR", FALSE, 0 },
  { "9223372036854775807", "EUR", FALSE, 0 },
  { "9223372036854775808", "JPY", FALSE, 0 },
  { "99999999999999999999999999999999999999999", "EUR", FALSE, 0 },
  { "12.505", "EUR", FALSE, 0 },
  { "12.5001", "EUR", FALSE, 0 },
  { "1500.50", "JPY", FALSE, 0 },
  { "1500.01", "JPY", FALSE, 0 },
  { "", "EUR", FALSE, 0 },
  { "-", "EUR", FALSE, 0 },
  { ".", "EUR", FALSE, 0 },
  { ".5", "EUR", FALSE, 0 },
  { "5.", "EUR", FALSE, 0 },
  { "5.", "JPY", FALSE, 0 },
  { "-.5", "EUR", FALSE, 0 },
  { "--5", "EUR", FALSE, 0 },
  { "+5", "EUR", FALSE, 0 },
  { "5-", "EUR", FALSE, 0 },
  { " 5", "EUR", FALSE, 0 },
  { "5 ", "EUR", FALSE, 0 },
  { "5. 0", "EUR", FALSE, 0 },
  { "1,000.00", "EUR", FALSE, 0 },
  { "12,50", "EUR", FALSE, 0 },
  { "1 000", "EUR", FALSE, 0 },
  { "1e3", "EUR", FALSE, 0 },
  { "1E+2", "EUR", FALSE, 0 },
  { "0x10", "EUR", FALSE, 0 },
  { "1.2.3", "EUR", FALSE, 0 },
  { "NaN", "EUR", FALSE, 0 },
  { "Infinity", "EUR", FALSE, 0 },
  { "None", "EUR", FALSE, 0 },
  { "\xd9\xa1", "EUR", FALSE, 0 },
  { "1\xff", "EUR", FALSE, 0 },
  { "12.50", "XYZ", FALSE, 0 },
  { "12.50", "", FALSE, 0 },
  { "12.50", "EU", FALSE, 0 },
  { "12.50", "EURO", FALSE, 0 },
  { "12.50", "E R", FALSE, 0 },
  { "12.50", NULL, FALSE, 0 },
  { NULL, "EUR", FALSE, 0 },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      const Case *c = &parse_cases[i];
      g_autoptr (GError) error = NULL;
      FoyerMoney money = { 42, "CHF" };
      gboolean good = foyer_money_parse (&money, c->text, c->currency, &error);

      g_test_message ("%s %s", c->currency, c->text);
      g_assert_cmpint (good, ==, c->good);
      if (c->good)
        {
          g_assert_no_error (error);
          g_assert_cmpint (money.minor, ==, c->minor);
          g_assert_cmpint (g_ascii_strcasecmp (money.currency, c->currency), ==, 0);
          g_assert_true (g_ascii_isupper (money.currency[0]));
        }
      else
        {
          g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
          g_assert_cmpint (money.minor, ==, 42);
          g_assert_cmpstr (money.currency, ==, "CHF");
        }
    }
}

static void
test_exponents (void)
{
  static const char *const none
      = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
  static const char *const two = "EUR USD GBP CHF AED HUF MGA MRU TWD CZK SEK PLN ZAR USN XCG ZWG";
  static const char *const three = "BHD IQD JOD KWD LYD OMR TND";
  static const char *const four = "CLF UYW";
  static const char *const bad[] = { "",    "E",   "EU",   "EURO",         "XYZ",
                                     "XDR", "XTS", "XAU",  "12A",          "UR ",
                                     " EU", "R U", "JPY ", "\xff\xff\xff", "EU\xc3" };
  const struct
  {
    const char *codes;
    int exponent;
  } groups[] = { { none, 0 }, { two, 2 }, { three, 3 }, { four, 4 } };

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_auto (GStrv) codes = g_strsplit (groups[i].codes, " ", -1);

      for (char **code = codes; *code != NULL; code++)
        g_assert_cmpint (foyer_currency_get_exponent (*code), ==, groups[i].exponent);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (foyer_currency_get_exponent (bad[i]), ==, -1);
  g_assert_cmpint (foyer_currency_get_exponent (NULL), ==, -1);
  g_assert_cmpint (foyer_currency_get_exponent ("kwd"), ==, 3);
}

static FoyerMoney
money_of (gint64 minor, const char *currency)
{
  g_autoptr (GError) error = NULL;
  FoyerMoney money;

  g_assert_true (foyer_money_init (&money, minor, currency, &error));
  g_assert_no_error (error);
  return money;
}

static void
test_to_decimal (void)
{
  static const struct
  {
    gint64 minor;
    const char *currency;
    const char *expected;
  } cases[] = {
    { 1250, "EUR", "12.50" },
    { 0, "EUR", "0.00" },
    { 5, "EUR", "0.05" },
    { -5, "EUR", "-0.05" },
    { -100, "EUR", "-1.00" },
    { 1500, "JPY", "1500" },
    { 1, "KWD", "0.001" },
    { 12345, "CLF", "1.2345" },
    { G_MAXINT64, "EUR", "92233720368547758.07" },
    { G_MININT64, "EUR", "-92233720368547758.08" },
    { G_MININT64, "JPY", "-9223372036854775808" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FoyerMoney money = money_of (cases[i].minor, cases[i].currency);
      g_autofree char *text = foyer_money_to_decimal (&money);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
check_format (gint64 minor, const char *currency, const char *expected)
{
  FoyerMoney money = money_of (minor, currency);
  g_autofree char *text = foyer_money_format (&money);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  check_format (1250, "EUR", "EUR 12.50");
  check_format (-5, "usd", "USD -0.05");
  check_format (1500, "JPY", "JPY 1500");
  check_format (1001, "KWD", "KWD 1.001");
  check_format (G_MININT64, "EUR", "EUR -92233720368547758.08");
}

static void
test_format_german (void)
{
  FoyerMoney money = money_of (-123456700, "EUR");
  g_autofree char *decimal = NULL;
  gboolean there = setlocale (LC_ALL, "de_DE.UTF-8") != NULL;

  if (there)
    {
      check_format (-123456700, "EUR", "EUR -1.234.567,00");
      decimal = foyer_money_to_decimal (&money);
      g_assert_cmpstr (decimal, ==, "-1234567.00");
    }
  setlocale (LC_ALL, "C.UTF-8");
  if (!there)
    g_test_skip ("no German locale on this machine");
}

static void
test_arithmetic (void)
{
  FoyerMoney a = money_of (1250, "EUR");
  FoyerMoney b = money_of (300, "EUR");
  FoyerMoney result;
  g_autoptr (GError) error = NULL;
  int order = 7;

  g_assert_true (foyer_money_add (&result, &a, &b, &error));
  g_assert_cmpint (result.minor, ==, 1550);
  g_assert_cmpstr (result.currency, ==, "EUR");
  g_assert_true (foyer_money_subtract (&result, &b, &a, &error));
  g_assert_cmpint (result.minor, ==, -950);
  g_assert_true (foyer_money_multiply (&result, &a, -3, &error));
  g_assert_cmpint (result.minor, ==, -3750);
  g_assert_true (foyer_money_compare (&a, &b, &order, &error));
  g_assert_cmpint (order, ==, 1);
  g_assert_true (foyer_money_compare (&b, &a, &order, &error));
  g_assert_cmpint (order, ==, -1);
  g_assert_true (foyer_money_compare (&a, &a, &order, &error));
  g_assert_cmpint (order, ==, 0);

  /* Into one of its own. */
  g_assert_true (foyer_money_add (&a, &a, &a, &error));
  g_assert_cmpint (a.minor, ==, 2500);
  g_assert_no_error (error);
}

static void
test_currencies_differ (void)
{
  FoyerMoney a = money_of (1250, "EUR");
  FoyerMoney b = money_of (1250, "USD");
  FoyerMoney result = { 42, "CHF" };
  int order = 7;
  GError *error = NULL;

  g_assert_false (foyer_money_add (&result, &a, &b, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "EUR"));
  g_assert_nonnull (strstr (error->message, "USD"));
  g_clear_error (&error);
  g_assert_false (foyer_money_subtract (&result, &a, &b, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (foyer_money_compare (&a, &b, &order, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (foyer_money_add (&result, &a, &b, NULL));
  g_assert_cmpint (result.minor, ==, 42);
  g_assert_cmpint (order, ==, 7);
}

static void
test_overflow (void)
{
  FoyerMoney most = money_of (G_MAXINT64, "EUR");
  FoyerMoney least = money_of (G_MININT64, "EUR");
  FoyerMoney one = money_of (1, "EUR");
  FoyerMoney result = { 42, "CHF" };
  GError *error = NULL;

  g_assert_false (foyer_money_add (&result, &most, &one, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (foyer_money_subtract (&result, &least, &one, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (foyer_money_multiply (&result, &least, -1, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (result.minor, ==, 42);
}

static void
test_boxed (void)
{
  FoyerMoney money = money_of (1250, "EUR");
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (FoyerMoney) copy = NULL;

  g_value_init (&value, FOYER_TYPE_MONEY);
  g_value_set_boxed (&value, &money);
  copy = g_value_dup_boxed (&value);
  g_assert_cmpint (copy->minor, ==, 1250);
  g_assert_cmpstr (copy->currency, ==, "EUR");
}

static gint64
random_minor (void)
{
  guint64 bits = (guint64)g_test_rand_int () << 32 | (guint32)g_test_rand_int ();

  return (gint64)bits >> g_test_rand_int_range (0, 63);
}

static void
test_random_amounts (void)
{
  static const char *const currencies[] = { "EUR", "JPY", "KWD", "UYW" };

  for (int i = 0; i < 20000; i++)
    {
      const char *currency = currencies[i % G_N_ELEMENTS (currencies)];
      FoyerMoney a = money_of (random_minor (), currency);
      FoyerMoney b = money_of (random_minor (), currency);
      FoyerMoney back;
      FoyerMoney sum;
      g_autofree char *text = foyer_money_to_decimal (&a);
      g_autofree char *padded = g_strconcat (text, strchr (text, '.') != NULL ? "0" : ".0", NULL);
      int forth;
      int forth_back;

      g_assert_true (foyer_money_parse (&back, text, currency, NULL));
      g_assert_cmpint (back.minor, ==, a.minor);
      g_assert_true (foyer_money_parse (&back, padded, currency, NULL));
      g_assert_cmpint (back.minor, ==, a.minor);

      g_assert_true (foyer_money_compare (&a, &b, &forth, NULL));
      g_assert_true (foyer_money_compare (&b, &a, &forth_back, NULL));
      g_assert_cmpint (forth, ==, -forth_back);
      g_assert_cmpint (forth == 0, ==, a.minor == b.minor);

      if (foyer_money_add (&sum, &a, &b, NULL))
        {
          g_assert_true (foyer_money_subtract (&sum, &sum, &b, NULL));
          g_assert_cmpint (sum.minor, ==, a.minor);
        }
      else
        g_assert_cmpint (a.minor < 0, ==, b.minor < 0);
    }
}

static void
test_random_bytes (void)
{
  static const char alphabet[] = "0123456789.-+, eE";

  for (int i = 0; i < 20000; i++)
    {
      char text[24];
      int length = g_test_rand_int_range (0, sizeof text);
      FoyerMoney money;
      FoyerMoney back;

      for (int k = 0; k < length; k++)
        text[k] = i % 2 == 0 ? (char)g_test_rand_int_range (1, 256)
                             : alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      text[length] = '\0';
      if (foyer_money_parse (&money, text, "EUR", NULL))
        {
          g_autofree char *decimal = foyer_money_to_decimal (&money);

          g_assert_true (foyer_money_parse (&back, decimal, "EUR", NULL));
          g_assert_cmpint (back.minor, ==, money.minor);
        }
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/money/parse", test_parse);
  g_test_add_func ("/base/money/exponents", test_exponents);
  g_test_add_func ("/base/money/to-decimal", test_to_decimal);
  g_test_add_func ("/base/money/format", test_format);
  g_test_add_func ("/base/money/format-german", test_format_german);
  g_test_add_func ("/base/money/arithmetic", test_arithmetic);
  g_test_add_func ("/base/money/currencies-differ", test_currencies_differ);
  g_test_add_func ("/base/money/overflow", test_overflow);
  g_test_add_func ("/base/money/boxed", test_boxed);
  g_test_add_func ("/base/money/random-amounts", test_random_amounts);
  g_test_add_func ("/base/money/random-bytes", test_random_bytes);

  return g_test_run ();
}
