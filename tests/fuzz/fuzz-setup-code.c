/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Set-up codes as somebody of ill will prints them: as text, and as fields under a right checksum. What is
 * taken can be written again and says the same. */

#include <string.h>

#include "foyer-setup-code.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

static void
check (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerSetupCode) code = foyer_setup_code_parse (text, &error);
  g_autoptr (FoyerSetupCode) again = NULL;
  g_autofree char *written = NULL;

  g_assert_true ((code == NULL) == (error != NULL));
  foyer_setup_code_is_like (text);
  if (code == NULL)
    return;

  g_assert_true (g_utf8_validate (code->address, -1, NULL));
  written = foyer_setup_code_to_text (code, NULL);
  g_assert_nonnull (written);
  again = foyer_setup_code_parse (written, NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->address, ==, code->address);
  g_assert_cmpstr (again->token, ==, code->token);
  g_assert_cmpstr (again->event, ==, code->event);
  g_assert_cmpint (again->good_until, ==, code->good_until);
  g_assert_cmpuint (again->lists->len, ==, code->lists->len);
}

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

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autofree char *forged = forge (data, size);

  check (text);
  check (forged);
  return 0;
}
