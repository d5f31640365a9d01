/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The code that makes a desk: what a scanner, a hand or somebody of ill will may make of it. */

#include "foyer-setup-code.h"

#include "foyer-error.h"

#include <string.h>

static FoyerSetupCode *
make (void)
{
  FoyerSetupCode *code = foyer_setup_code_new ();
  const gint64 lists[] = { 7, 12 };

  code->service = g_strdup ("pretix");
  code->address = g_strdup ("https://tickets.example.org/shop");
  code->token = g_strdup ("9t7fcd2r3b7pm7di");
  code->organizer = g_strdup ("demo");
  code->event = g_strdup ("conf-2026");
  code->subevent = 300;
  g_array_append_vals (code->lists, lists, G_N_ELEMENTS (lists));
  code->gate = g_strdup ("Nord · 北門");
  code->desk = g_strdup ("Desk Müller");
  code->good_until = G_GINT64_CONSTANT (1795701600) * FOYER_SECOND;
  return code;
}

static char *
text_of (FoyerSetupCode *code)
{
  g_autoptr (GError) error = NULL;
  char *text = foyer_setup_code_to_text (code, &error);

  g_assert_no_error (error);
  return text;
}

static void
assert_same (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerSetupCode) want = make ();
  g_autoptr (FoyerSetupCode) got = foyer_setup_code_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (got->service, ==, want->service);
  g_assert_cmpstr (got->address, ==, want->address);
  g_assert_cmpstr (got->token, ==, want->token);
  g_assert_cmpstr (got->organizer, ==, want->organizer);
  g_assert_cmpstr (got->event, ==, want->event);
  g_assert_cmpint (got->subevent, ==, want->subevent);
  g_assert_cmpmem (got->lists->data, got->lists->len * sizeof (gint64), want->lists->data,
                   want->lists->len * sizeof (gint64));
  g_assert_cmpstr (got->gate, ==, want->gate);
  g_assert_cmpstr (got->desk, ==, want->desk);
  g_assert_cmpint (got->good_until, ==, want->good_until);
}

static void
assert_refused (const char *text, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerSetupCode) got = foyer_setup_code_parse (text, &error);

  g_assert_null (got);
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
}

/* As it comes out of a scanner that nobody has set up, and out of hands. */
static void
test_readings (void)
{
  g_autoptr (FoyerSetupCode) code = make ();
  g_autofree char *text = text_of (code);
  g_autofree char *grouped = foyer_setup_code_group (text);
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autofree char *german = g_strdup (text);
  g_autofree char *misread = g_strdup (text);
  g_autofree char *paper = g_strdup_printf ("  %s\n", grouped);
  g_autofree char *hyphens = g_strdelimit (g_strdup (grouped), " ", '-');

  for (const char *c = text; *c != '\0'; c++)
    g_assert_true (g_ascii_isupper (*c) || g_ascii_isdigit (*c));
  assert_same (text);
  assert_same (grouped);
  assert_same (paper);
  assert_same (hyphens);
  assert_same (lower);

  for (char *c = german; *c != '\0'; c++)
    *c = *c == 'Y' ? 'Z' : *c == 'Z' ? 'Y' : *c;
  g_assert_cmpstr (german, !=, text);
  assert_same (german);
  for (char *c = german; *c != '\0'; c++)
    *c = g_ascii_tolower (*c);
  assert_same (german);

  for (char *c = misread + 6; *c != '\0'; c++)
    *c = *c == 'O' ? '0' : *c == 'I' ? '1' : *c == 'B' ? '8' : *c;
  assert_same (misread);
}

static void
test_least (void)
{
  g_autoptr (FoyerSetupCode) code = foyer_setup_code_new ();
  g_autoptr (FoyerSetupCode) got = NULL;
  g_autofree char *text = NULL;

  code->service = g_strdup ("pretix");
  code->address = g_strdup ("https://pretix.eu");
  code->token = g_strdup ("abcdefgh12345678");
  text = text_of (code);
  g_assert_cmpuint (strlen (text), <, 100);
  got = foyer_setup_code_parse (text, NULL);
  g_assert_nonnull (got);
  g_assert_null (got->event);
  g_assert_cmpuint (got->lists->len, ==, 0);
  g_assert_cmpint (got->good_until, ==, FOYER_TIME_NONE);
}

/* One wrong letter, one missing, two exchanged: at every place of it. */
static void
test_every_slip (void)
{
  g_autoptr (FoyerSetupCode) code = make ();
  g_autofree char *text = text_of (code);
  gsize length = strlen (text);

  for (gsize i = 6; i < length; i++)
    {
      g_autofree char *wrong = g_strdup (text);
      g_autofree char *shorter = g_strndup (text, i);
      g_autofree char *without = g_strdup_printf ("%.*s%s", (int)i, text, text + i + 1);

      wrong[i] = wrong[i] == 'A' ? 'C' : 'A';
      assert_refused (wrong, "not complete");
      assert_refused (shorter, "not complete");
      assert_refused (without, "not complete");
      if (i + 1 < length && text[i] != text[i + 1])
        {
          g_autofree char *exchanged = g_strdup (text);

          exchanged[i] = text[i + 1];
          exchanged[i + 1] = text[i];
          assert_refused (exchanged, "not complete");
        }
    }
}

static void
test_no_code (void)
{
  g_autofree char *endless = g_strnfill (100000, 'A');
  g_autofree char *huge = g_strconcat ("FOYER1", endless, NULL);
  g_autofree char *nearly = g_strndup (huge, 4000);

  g_assert_false (foyer_setup_code_is_like (NULL));
  g_assert_false (foyer_setup_code_is_like (""));
  g_assert_false (foyer_setup_code_is_like ("foyer"));
  g_assert_false (foyer_setup_code_is_like ("https://foyer1.example.org"));
  g_assert_true (foyer_setup_code_is_like (" foyer1 abcde"));
  g_assert_true (foyer_setup_code_is_like ("FOZER1ABCDE"));
  assert_refused (NULL, "not a set-up code");
  assert_refused ("", "not a set-up code");
  assert_refused ("FOYER", "not a set-up code");
  assert_refused ("9t7fcd2r3b7pm7di", "not a set-up code");
  assert_refused ("{\"url\": \"https://pretix.eu\"}", "not a set-up code");
  assert_refused ("FOYER1ÄÖÜ", "not a set-up code");
  assert_refused (huge, "not a set-up code");
  assert_refused (nearly, "not complete");
  assert_refused ("FOYER1", "not complete");
  assert_refused ("FOYER1A", "not complete");
  assert_refused ("FOYER2ABCDE", "another version");
  assert_refused ("FOYERXABCDE", "another version");
}

/* With a right checksum, from somebody who knows how. */
static char *
forge (const guint8 *fields, gsize length)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  GString *text = g_string_new ("FOYER1");
  guint8 digest[32];
  gsize size = sizeof digest;
  guint buffer = 0;
  guint bits = 0;

  g_byte_array_append (payload, fields, (guint)length);
  g_checksum_update (sum, fields, (gssize)length);
  g_checksum_get_digest (sum, digest, &size);
  g_byte_array_append (payload, digest, 4);
  for (guint i = 0; i < payload->len; i++)
    {
      buffer = (buffer << 8 | payload->data[i]) & 0xffff;
      for (bits += 8; bits >= 5; bits -= 5)
        g_string_append_c (text, alphabet[buffer >> (bits - 5) & 31]);
    }
  if (bits > 0)
    g_string_append_c (text, alphabet[buffer << (5 - bits) & 31]);
  return g_string_free (text, FALSE);
}

#define REST "\2\021https://pretix.eu\3\1t"

static void
test_forged (void)
{
  static const struct
  {
    const char *fields;
    gsize length;
    const char *words;
  } cases[] = {
#define CASE(text, words) { text, sizeof text - 1, words }
    CASE ("\1\6pretix", "cannot be used"),                /* nothing else */
    CASE ("\1\5other" REST, "kind of service"),           /* whose driver is not here */
    CASE (REST "\1\6pretix", "cannot be used"),           /* out of order */
    CASE ("\1\6pretix\1\6pretix" REST, "cannot be used"), /* twice */
    CASE ("\1\6pretix" REST "\143\1x", "cannot be used"), /* a field that is not known */
    CASE ("\1\6pretix" REST "\4\0", "cannot be used"),    /* empty */
    CASE ("\1\6pretix" REST "\4", "cannot be used"),      /* cut */
    CASE ("\1\6pretix" REST "\4\377x", "cannot be used"), /* longer than it is */
    CASE ("\1\6pretix" REST "\4\3a/b", "cannot be used"), /* a path in a name */
    CASE ("\1\6pretix" REST "\4\2..\5\4\xff\xfe\xfd\xfc", "cannot be used"), /* no UTF-8 */
    CASE ("\1\6pretix" REST "\6\2\0\1", "cannot be used"), /* a number with a zero before */
    CASE ("\1\6pretix" REST "\6\11"
          "123456789",
          "cannot be used"), /* and one that is too large */
    CASE ("\1\6pretix" REST "\6\10\377\377\377\377\377\377\377\377", "cannot be used"),
    CASE ("\1\6pretix" REST "\10\5a\nb\nc", "cannot be used"), /* lines in a name */
    CASE ("\1\6pretix" REST "\12\10\177\377\377\377\377\377\377\377", "cannot be used"),
    CASE ("\1\6pretix\2\5hello\3\1t", "cannot be used"),
    CASE ("\1\6pretix\2\10https://\3\1t", "not an address"),
    CASE ("\1\6pretix\2\021https://pretix.eu\3\3a b", "not a token"),
#undef CASE
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = forge ((const guint8 *)cases[i].fields, cases[i].length);

      g_test_message ("case %u", (guint)i);
      assert_refused (text, cases[i].words);
    }
}

static void
test_not_writable (void)
{
  g_autofree char *long_host = g_strnfill (300, 'a');
  const struct
  {
    gsize field;
    const char *value;
  } cases[] = {
    { G_STRUCT_OFFSET (FoyerSetupCode, event), "a b" },
    { G_STRUCT_OFFSET (FoyerSetupCode, organizer), "../x" },
    { G_STRUCT_OFFSET (FoyerSetupCode, token), "" },
    { G_STRUCT_OFFSET (FoyerSetupCode, token), "a\tb" },
    { G_STRUCT_OFFSET (FoyerSetupCode, address), "" },
    { G_STRUCT_OFFSET (FoyerSetupCode, address), long_host },
    { G_STRUCT_OFFSET (FoyerSetupCode, desk), "a\nb" },
    { G_STRUCT_OFFSET (FoyerSetupCode, desk), long_host },
    { G_STRUCT_OFFSET (FoyerSetupCode, service), "other" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FoyerSetupCode) code = make ();
      g_autoptr (GError) error = NULL;
      char **slot = G_STRUCT_MEMBER_P (code, cases[i].field);

      g_test_message ("case %u", (guint)i);
      g_free (*slot);
      *slot = g_strdup (cases[i].value);
      g_assert_null (foyer_setup_code_to_text (code, &error));
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
    }
}

static void
test_too_late (void)
{
  g_autoptr (FoyerSetupCode) code = make ();
  g_autoptr (GError) error = NULL;

  g_assert_true (foyer_setup_code_check_time (code, code->good_until, &error));
  g_assert_no_error (error);
  g_assert_false (foyer_setup_code_check_time (code, code->good_until + FOYER_SECOND, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "was good until"));
  g_assert_nonnull (foyer_error_get_hint (error));
  code->good_until = FOYER_TIME_NONE;
  g_assert_true (foyer_setup_code_check_time (code, G_MAXINT64, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup-code/readings", test_readings);
  g_test_add_func ("/setup-code/least", test_least);
  g_test_add_func ("/setup-code/every-slip", test_every_slip);
  g_test_add_func ("/setup-code/no-code", test_no_code);
  g_test_add_func ("/setup-code/forged", test_forged);
  g_test_add_func ("/setup-code/not-writable", test_not_writable);
  g_test_add_func ("/setup-code/too-late", test_too_late);
  return g_test_run ();
}
