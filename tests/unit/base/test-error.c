/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-error.h"

#include <string.h>

static void
test_new (void)
{
  g_autoptr (GError) error = foyer_error_new (FOYER_ERROR_NOT_FOUND, "GET /orders/: 404",
                                              "There is no order %s.", "A%sB");

  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "There is no order A%sB.");
  g_assert_cmpstr (foyer_error_get_detail (error), ==, "GET /orders/: 404");
  g_assert_null (foyer_error_get_hint (error));
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_NEVER_SENT);
  g_assert_cmpint (foyer_error_get_retry_after (error), ==, 0);
  g_assert_cmpint (foyer_error_get_status (error), ==, 0);
}

static void
test_set (void)
{
  GError *error = NULL;

  foyer_error_set (NULL, FOYER_ERROR_SERVER, NULL, "Nobody listens.");
  foyer_error_set (&error, FOYER_ERROR_SERVER, NULL, "The service failed (%d).", 503);
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_SERVER);
  g_assert_cmpstr (error->message, ==, "The service failed (503).");
  g_assert_null (foyer_error_get_detail (error));
  g_clear_error (&error);
}

/* What an error carries stays with its copies, and is theirs. */
static void
test_extras_survive_copy (void)
{
  g_autoptr (GError) copy = NULL;
  GError *error = foyer_error_new (FOYER_ERROR_RATE_LIMITED, "429", "Too many requests.");

  foyer_error_set_hint (error, "Wait.");
  foyer_error_set_hint (error, foyer_error_get_hint (error));
  foyer_error_set_hint (error, "Wait a minute.");
  foyer_error_set_outcome (error, FOYER_OUTCOME_ANSWERED);
  foyer_error_set_retry_after (error, 60000000);
  foyer_error_set_status (error, 429);

  copy = g_error_copy (error);
  foyer_error_set_hint (error, NULL);
  g_assert_null (foyer_error_get_hint (error));
  g_error_free (error);

  g_assert_cmpstr (copy->message, ==, "Too many requests.");
  g_assert_cmpstr (foyer_error_get_detail (copy), ==, "429");
  g_assert_cmpstr (foyer_error_get_hint (copy), ==, "Wait a minute.");
  g_assert_cmpint (foyer_error_get_outcome (copy), ==, FOYER_OUTCOME_ANSWERED);
  g_assert_cmpint (foyer_error_get_retry_after (copy), ==, 60000000);
  g_assert_cmpint (foyer_error_get_status (copy), ==, 429);
}

static void
test_prefixed (void)
{
  GError *error = foyer_error_new (FOYER_ERROR_TLS, "detail", "Not trusted.");

  g_prefix_error (&error, "Sync: ");
  g_assert_cmpstr (error->message, ==, "Sync: Not trusted.");
  g_assert_cmpstr (foyer_error_get_detail (error), ==, "detail");
  g_clear_error (&error);
}

/* Of an error of another domain nothing is known, and the careful answer is given. */
static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_MARKUP_ERROR, G_MARKUP_ERROR_PARSE, "no");

  g_assert_null (foyer_error_get_detail (error));
  g_assert_null (foyer_error_get_hint (error));
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_UNKNOWN);
  g_assert_cmpint (foyer_error_get_outcome (NULL), ==, FOYER_OUTCOME_UNKNOWN);
  g_assert_cmpint (foyer_error_get_retry_after (error), ==, 0);
  g_assert_cmpint (foyer_error_get_status (NULL), ==, 0);
  g_assert_false (foyer_error_is_transient (error));
  g_assert_false (foyer_error_is_transient (NULL));
}

static void
test_codes (void)
{
  static const struct
  {
    FoyerError code;
    const char *name;
    gboolean transient;
  } codes[] = {
    { FOYER_ERROR_OFFLINE, "OFFLINE", TRUE },
    { FOYER_ERROR_TIMEOUT, "TIMEOUT", TRUE },
    { FOYER_ERROR_TLS, "TLS", FALSE },
    { FOYER_ERROR_UNAUTHORIZED, "UNAUTHORIZED", FALSE },
    { FOYER_ERROR_FORBIDDEN, "FORBIDDEN", FALSE },
    { FOYER_ERROR_NOT_FOUND, "NOT_FOUND", FALSE },
    { FOYER_ERROR_CONFLICT, "CONFLICT", FALSE },
    { FOYER_ERROR_RATE_LIMITED, "RATE_LIMITED", TRUE },
    { FOYER_ERROR_INVALID, "INVALID", FALSE },
    { FOYER_ERROR_SERVER, "SERVER", TRUE },
    { FOYER_ERROR_PROTOCOL, "PROTOCOL", FALSE },
    { FOYER_ERROR_STORAGE, "STORAGE", FALSE },
    { FOYER_ERROR_KEYRING, "KEYRING", FALSE },
    { FOYER_ERROR_CANCELLED, "CANCELLED", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = foyer_error_new (codes[i].code, NULL, "x");

      g_assert_cmpstr (foyer_error_code_to_name (codes[i].code), ==, codes[i].name);
      g_assert_cmpint (foyer_error_is_transient (error), ==, codes[i].transient);
    }
  g_assert_cmpstr (foyer_error_code_to_name ((FoyerError)9999), ==, "INTERNAL");
}

/* A sentence for each, none of them twice, and the detail stays in the log. */
static void
test_plain (void)
{
  g_autoptr (GHashTable) sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) set = NULL;

  for (int code = FOYER_ERROR_OFFLINE; code <= FOYER_ERROR_CANCELLED; code++)
    {
      g_autoptr (GError) error = foyer_error_new_plain ((FoyerError)code, "inside");

      g_assert_error (error, FOYER_ERROR, code);
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_null (strstr (error->message, "inside"));
      g_assert_cmpstr (foyer_error_get_detail (error), ==, "inside");
      g_assert_true (g_hash_table_add (sentences, g_strdup (error->message)));
    }

  foyer_error_set_plain (NULL, FOYER_ERROR_OFFLINE, NULL);
  foyer_error_set_plain (&set, FOYER_ERROR_CONFLICT, NULL);
  g_assert_error (set, FOYER_ERROR, FOYER_ERROR_CONFLICT);
  g_assert_null (foyer_error_get_detail (set));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/error/new", test_new);
  g_test_add_func ("/base/error/set", test_set);
  g_test_add_func ("/base/error/extras-survive-copy", test_extras_survive_copy);
  g_test_add_func ("/base/error/prefixed", test_prefixed);
  g_test_add_func ("/base/error/foreign", test_foreign);
  g_test_add_func ("/base/error/codes", test_codes);
  g_test_add_func ("/base/error/plain", test_plain);

  return g_test_run ();
}
