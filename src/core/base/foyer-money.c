/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Money: whole minor units and a currency. No float comes near it. */

#define G_LOG_DOMAIN "foyer-base"

#include "config.h"

#include "foyer-money.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

#define MAX_EXPONENT 4

/* ISO 4217, list one, by the number of minor digits; without the metals, the units of account and
 * the codes for tests and for none, which nobody pays with. With the ones that went lately (ANG,
 * BGN, CUC, HRK, SLL, ZWL): last year's event was in them. */
static const char *const currencies[MAX_EXPONENT + 1] = {
  "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  "",
  "EUR USD GBP CHF "
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD "
  "CAD CDF CHE CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD "
  "GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD "
  "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
  "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS "
  "TMT TOP TRY TTD TWD TZS UAH USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL",
  "BHD IQD JOD KWD LYD OMR TND",
  "CLF UYW",
};

G_DEFINE_BOXED_TYPE (FoyerMoney, foyer_money, foyer_money_copy, foyer_money_free)

/**
 * foyer_currency_get_exponent:
 * @currency: (nullable): the letters of ISO 4217, in either case
 *
 * Returns: the number of minor digits (JPY 0, EUR 2, KWD 3); -1 if there is no such currency
 */
int
foyer_currency_get_exponent (const char *currency)
{
  char code[4] = { 0 };

  if (currency == NULL)
    return -1;
  for (int i = 0; i < 3; i++)
    {
      if (!g_ascii_isalpha (currency[i]))
        return -1;
      code[i] = g_ascii_toupper (currency[i]);
    }
  if (currency[3] != '\0')
    return -1;

  for (int i = 0; i <= MAX_EXPONENT; i++)
    if (strstr (currencies[i], code) != NULL)
      return i;
  return -1;
}

static int
exponent_of (const FoyerMoney *money)
{
  return foyer_currency_get_exponent (money->currency);
}

static void
set_too_large (GError **error)
{
  foyer_error_set (error, FOYER_ERROR_INVALID, "money: overflow",
                   _ ("The amount is too large to be reckoned with."));
}

static gboolean
check_same (const FoyerMoney *a, const FoyerMoney *b, GError **error)
{
  if (strcmp (a->currency, b->currency) == 0)
    return TRUE;

  foyer_error_set (error, FOYER_ERROR_INVALID, "money: two currencies",
                   _ ("%s and %s are different currencies: they cannot be reckoned together."),
                   a->currency, b->currency);
  return FALSE;
}

/**
 * foyer_money_copy:
 * @self: (nullable): an amount
 *
 * Returns: (transfer full) (nullable): a copy
 */
FoyerMoney *
foyer_money_copy (const FoyerMoney *self)
{
  return g_memdup2 (self, sizeof *self);
}

/**
 * foyer_money_free:
 * @self: (transfer full) (nullable): an amount on the heap
 */
void
foyer_money_free (FoyerMoney *self)
{
  g_free (self);
}

/**
 * foyer_money_init:
 * @money: (out caller-allocates): the amount
 * @minor: in the minor unit
 * @currency: (nullable): the letters of ISO 4217, in either case; kept as capitals
 * @error: return location
 *
 * Returns: %TRUE; %FALSE with %FOYER_ERROR_INVALID for an unknown currency, and @money as it was
 */
gboolean
foyer_money_init (FoyerMoney *money, gint64 minor, const char *currency, GError **error)
{
  g_return_val_if_fail (money != NULL, FALSE);

  if (foyer_currency_get_exponent (currency) < 0)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "money: unknown currency",
                       _ ("The currency is not known to Foyer."));
      return FALSE;
    }

  money->minor = minor;
  for (int i = 0; i < 3; i++)
    money->currency[i] = g_ascii_toupper (currency[i]);
  money->currency[3] = '\0';
  return TRUE;
}

/* Counted downwards if negative, so that the least number of all can be read too. */
static gboolean
append_digit (gint64 *minor, int digit, gboolean negative)
{
  return !__builtin_mul_overflow (*minor, (gint64)10, minor)
         && !__builtin_add_overflow (*minor, (gint64)(negative ? -digit : digit), minor);
}

/**
 * foyer_money_parse:
 * @money: (out caller-allocates): the amount
 * @text: (nullable): a decimal number, `12.50`
 * @currency: (nullable): its currency
 * @error: return location
 *
 * Reads an amount as pretix writes it (Django's decimals: `"12.50"`, `"-1.00"`, and `"1500.00"` in
 * any currency, yen too): digits, with a `-` before or without, and a point with digits behind or
 * without. Zeros beyond the currency's minor digits are taken, anything else there is an error,
 * since it could not be kept. There are no blanks, no `+`, no thousands separators, no exponents.
 *
 * Returns: %TRUE; %FALSE with %FOYER_ERROR_INVALID if @text is no such number, the currency is not
 *   known, or the amount does not fit; @money is then as it was
 */
gboolean
foyer_money_parse (FoyerMoney *money, const char *text, const char *currency, GError **error)
{
  FoyerMoney read;
  const char *p = text;
  gboolean negative;
  gboolean fits = TRUE;
  int exponent;

  g_return_val_if_fail (money != NULL, FALSE);

  if (!foyer_money_init (&read, 0, currency, error))
    return FALSE;
  exponent = exponent_of (&read);
  if (p == NULL)
    goto malformed;

  negative = *p == '-';
  if (negative)
    p++;
  if (!g_ascii_isdigit (*p))
    goto malformed;
  for (; g_ascii_isdigit (*p); p++)
    fits = fits && append_digit (&read.minor, *p - '0', negative);

  if (*p == '.')
    {
      p++;
      if (!g_ascii_isdigit (*p))
        goto malformed;
      for (; g_ascii_isdigit (*p) && exponent > 0; p++, exponent--)
        fits = fits && append_digit (&read.minor, *p - '0', negative);
      while (*p == '0')
        p++;
    }
  if (*p != '\0')
    goto malformed;
  for (; exponent > 0; exponent--)
    fits = fits && append_digit (&read.minor, 0, negative);

  if (!fits)
    {
      set_too_large (error);
      return FALSE;
    }
  *money = read;
  return TRUE;

malformed:
  foyer_error_set (error, FOYER_ERROR_INVALID, "money: not a decimal number",
                   _ ("This is not an amount of money in %s."), read.currency);
  return FALSE;
}

static guint64
magnitude (gint64 minor)
{
  return minor < 0 ? -(guint64)minor : (guint64)minor;
}

static guint64
unit_of (int exponent)
{
  guint64 unit = 1;

  for (; exponent > 0; exponent--)
    unit *= 10;
  return unit;
}

/**
 * foyer_money_to_decimal:
 * @money: an amount
 *
 * Writes what foyer_money_parse() reads: `12.50`, `-0.05`, `1500` (yen), whatever the locale. It is
 * for the wire and the files.
 *
 * Returns: (transfer full): the number without its currency
 */
char *
foyer_money_to_decimal (const FoyerMoney *money)
{
  guint64 unit;
  guint64 amount;
  const char *sign;
  int exponent;

  g_return_val_if_fail (money != NULL, NULL);
  exponent = exponent_of (money);
  g_return_val_if_fail (exponent >= 0, NULL);

  unit = unit_of (exponent);
  amount = magnitude (money->minor);
  sign = money->minor < 0 ? "-" : "";
  if (exponent == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, sign, amount);

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, sign, amount / unit,
                          exponent, amount % unit);
}

/**
 * foyer_money_format:
 * @money: an amount
 *
 * The amount for people: the letters of the currency, which are the same everywhere and leave no
 * doubt whose dollar it is, a blank, and the number with the locale's decimal separator and its
 * groups of digits: `EUR 12.50`, `EUR -1,234.00`, in German `EUR -1.234,00`. All minor digits are
 * shown, no sign for plus.
 *
 * Returns: (transfer full): the text, valid UTF-8
 */
char *
foyer_money_format (const FoyerMoney *money)
{
  g_autofree char *whole = NULL;
  g_autofree char *text = NULL;
  char *utf8;
  guint64 unit;
  guint64 amount;
  const char *sign;
  int exponent;

  g_return_val_if_fail (money != NULL, NULL);
  exponent = exponent_of (money);
  g_return_val_if_fail (exponent >= 0, NULL);

  unit = unit_of (exponent);
  amount = magnitude (money->minor);
  sign = money->minor < 0 ? "-" : "";
  whole = g_strdup_printf ("%'" G_GUINT64_FORMAT, amount / unit);
  if (exponent == 0)
    text = g_strdup_printf ("%s %s%s", money->currency, sign, whole);
  else
    text = g_strdup_printf ("%s %s%s%s%0*" G_GUINT64_FORMAT, money->currency, sign, whole,
                            nl_langinfo (RADIXCHAR), exponent, amount % unit);

  /* The separators come in the locale's encoding. */
  utf8 = g_locale_to_utf8 (text, -1, NULL, NULL, NULL);
  return utf8 != NULL ? utf8 : g_utf8_make_valid (text, -1);
}

/**
 * foyer_money_add:
 * @sum: (out caller-allocates): @a + @b; may be one of them
 * @a: an amount
 * @b: another in the same currency
 * @error: return location
 *
 * Returns: %TRUE; %FALSE with %FOYER_ERROR_INVALID if the currencies differ or the sum does not fit;
 *   @sum is then as it was
 */
gboolean
foyer_money_add (FoyerMoney *sum, const FoyerMoney *a, const FoyerMoney *b, GError **error)
{
  FoyerMoney result = *a;

  if (!check_same (a, b, error))
    return FALSE;
  if (__builtin_add_overflow (a->minor, b->minor, &result.minor))
    {
      set_too_large (error);
      return FALSE;
    }

  *sum = result;
  return TRUE;
}

/**
 * foyer_money_subtract:
 * @difference: (out caller-allocates): @a - @b; may be one of them
 * @a: an amount
 * @b: another in the same currency
 * @error: return location
 *
 * Returns: %TRUE; %FALSE with %FOYER_ERROR_INVALID if the currencies differ or the difference does
 *   not fit; @difference is then as it was
 */
gboolean
foyer_money_subtract (FoyerMoney *difference,
                      const FoyerMoney *a,
                      const FoyerMoney *b,
                      GError **error)
{
  FoyerMoney result = *a;

  if (!check_same (a, b, error))
    return FALSE;
  if (__builtin_sub_overflow (a->minor, b->minor, &result.minor))
    {
      set_too_large (error);
      return FALSE;
    }

  *difference = result;
  return TRUE;
}

/**
 * foyer_money_multiply:
 * @product: (out caller-allocates): @a taken @times times; may be @a
 * @a: an amount
 * @times: how many of it; may be negative
 * @error: return location
 *
 * Returns: %TRUE; %FALSE with %FOYER_ERROR_INVALID if the product does not fit; @product is then as
 *   it was
 */
gboolean
foyer_money_multiply (FoyerMoney *product, const FoyerMoney *a, gint64 times, GError **error)
{
  FoyerMoney result = *a;

  if (__builtin_mul_overflow (a->minor, times, &result.minor))
    {
      set_too_large (error);
      return FALSE;
    }

  *product = result;
  return TRUE;
}

/**
 * foyer_money_compare:
 * @a: an amount
 * @b: another in the same currency
 * @order: (out): -1, 0 or 1, as @a is less than, equal to or greater than @b
 * @error: return location
 *
 * Returns: %TRUE; %FALSE with %FOYER_ERROR_INVALID if the currencies differ; @order is then as it was
 */
gboolean
foyer_money_compare (const FoyerMoney *a, const FoyerMoney *b, int *order, GError **error)
{
  if (!check_same (a, b, error))
    return FALSE;

  *order = (a->minor > b->minor) - (a->minor < b->minor);
  return TRUE;
}
