/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-connections-controller.h"

#include "page-world.h"

#include <string.h>

static FoyerConnectionItem *
first (FoyerConnectionsController *connections)
{
  return g_list_model_get_item (foyer_connections_controller_get_items (connections), 0);
}

static char *
text_of (gpointer object, const char *property)
{
  char *text;

  g_object_get (object, property, &text, NULL);
  return text;
}

static void
test_item (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerConnectionsController) connections = NULL;
  g_autoptr (FoyerConnectionItem) item = NULL;
  g_autofree char *title = NULL;
  g_autofree char *account = NULL;
  g_autofree char *desk = NULL;
  gboolean empty = TRUE;
  gboolean needs_key = FALSE;

  connections = foyer_connections_controller_new (world->workspace);
  g_object_get (connections, "empty", &empty, NULL);
  g_assert_true (empty);
  page_world_load (world);
  g_object_get (connections, "empty", &empty, NULL);
  g_assert_false (empty);

  item = first (connections);
  title = text_of (item, "title");
  account = text_of (item, "account");
  desk = text_of (item, "desk-text");
  g_assert_nonnull (strstr (title, "Harbour Conference"));
  g_assert_nonnull (strstr (account, "harbour"));
  g_assert_nonnull (strstr (desk, "North"));

  /* There was no key for it. */
  g_object_get (item, "needs-key", &needs_key, NULL);
  g_assert_true (needs_key);
}

static void
test_figures (void)
{
  FoyerHealth health = { 0 };
  g_autofree char *none = foyer_connection_item_describe_figures (NULL);
  g_autofree char *unasked = foyer_connection_item_describe_figures (&health);
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;

  g_assert_cmpstr (none, ==, unasked);
  health.calls = 412;
  health.p50 = 84 * 1000;
  health.p95 = 1210 * 1000;
  good = foyer_connection_item_describe_figures (&health);
  g_assert_cmpstr (good, ==, "Answers in 84 ms, nearly always within 1.2 s");
  health.failures = 3;
  bad = foyer_connection_item_describe_figures (&health);
  g_assert_cmpstr (bad, ==, "Answers in 84 ms, nearly always within 1.2 s; 3 of 412 calls failed");
}

static void
test_clock (void)
{
  const struct
  {
    gint64 skew;
    const char *says;
  } cases[] = {
    { 0, NULL },
    { 30 * FOYER_SECOND, NULL },
    { -30 * FOYER_SECOND, NULL },
    { 31 * FOYER_SECOND, "31 seconds behind" },
    { -5 * FOYER_MINUTE, "5 minutes ahead" },
    { 2 * FOYER_HOUR, "2 hours behind" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FoyerHealth health = { .skew_known = TRUE, .skew = cases[i].skew };
      g_autofree char *text = foyer_connection_item_describe_clock (&health);

      if (cases[i].says == NULL)
        g_assert_null (text);
      else
        g_assert_nonnull (strstr (text, cases[i].says));
    }
}

static void
keep_confirmation (FoyerConnectionsController *connections,
                   FoyerConfirmation *confirmation,
                   FoyerConfirmation **kept)
{
  g_set_object (kept, confirmation);
}

static void
keep_sentence (FoyerConnectionsController *connections, const char *sentence, char **kept)
{
  g_free (*kept);
  *kept = g_strdup (sentence);
}

static void
test_remove (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerConnectionsController) connections = NULL;
  g_autoptr (FoyerConnectionItem) item = NULL;
  g_autoptr (FoyerConfirmation) question = NULL;
  g_autofree char *said = NULL;

  page_world_load (world);
  page_world_add (world, "one", "Zoë", FOYER_STATE_PENDING, NULL);
  page_world_add (world, "two", "Ann", FOYER_STATE_DONE, NULL);
  connections = foyer_connections_controller_new (world->workspace);
  g_signal_connect (connections, "confirmation-requested", G_CALLBACK (keep_confirmation),
                    &question);
  g_signal_connect (connections, "done", G_CALLBACK (keep_sentence), &said);
  item = first (connections);

  foyer_connections_controller_remove (connections, item);
  foyer_connections_controller_remove (connections, item); /* a double click */
  page_world_settle (world);
  g_assert_nonnull (question);
  g_assert_nonnull (strstr (foyer_confirmation_get_heading (question), "Harbour Conference"));
  g_assert_nonnull (strstr (foyer_confirmation_get_body (question), "1 admission has not been"));
  g_assert_nonnull (strstr (foyer_confirmation_get_body (question), "revoke the key"));
  g_assert_true (foyer_connection_item_get_busy (item));

  /* Put aside without an answer, it is a no. */
  g_clear_object (&question);
  page_world_settle (world);
  g_assert_false (foyer_connection_item_get_busy (item));
  g_assert_cmpuint (foyer_page_store_get_n_connections (world->store), ==, 1);

  /* Somebody comes in while the question stands there: it is asked again. */
  foyer_connections_controller_remove (connections, item);
  page_world_settle (world);
  page_world_add (world, "three", "Bob", FOYER_STATE_PENDING, NULL);
  foyer_confirmation_resolve (question, TRUE);
  page_world_settle (world);
  g_assert_cmpuint (foyer_page_store_get_n_connections (world->store), ==, 1);
  g_assert_nonnull (strstr (foyer_confirmation_get_body (question), "2 admissions have not been"));
  g_assert_true (foyer_connection_item_get_busy (item));

  foyer_confirmation_resolve (question, TRUE);
  foyer_confirmation_resolve (question, FALSE);
  page_world_settle (world);
  g_assert_cmpuint (foyer_page_store_get_n_connections (world->store), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (foyer_connections_controller_get_items (connections)),
                    ==, 0);
  g_assert_nonnull (strstr (said, "Harbour Conference"));
  /* What was recorded stays. */
  g_assert_nonnull (foyer_page_store_get_command (world->store, "one"));
}

static void
test_unlock (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerConnectionsController) connections = NULL;
  g_autoptr (FoyerConnectionItem) item = NULL;

  page_world_load (world);
  connections = foyer_connections_controller_new (world->workspace);
  item = first (connections);
  foyer_connections_controller_unlock (connections, item);
  g_assert_true (foyer_connection_item_get_busy (item));
  page_world_settle (world);
  g_assert_false (foyer_connection_item_get_busy (item));
}

static void
test_audit (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerAuditController) audit = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *broken = NULL;
  g_autofree char *failed = NULL;
  g_autoptr (FoyerRow) row = NULL;
  g_autoptr (FoyerCallWords) words = NULL;

  for (guint i = 0; i < 3; i++)
    {
      FoyerCall values = { .at = PAGE_NOW,
                           .connection = (char *)"Harbour Conference",
                           .service = (char *)"pretix",
                           .method = (char *)"GET",
                           .route = (char *)"/organizers/{organizer}/events/",
                           .status = i == 2 ? 0 : 200,
                           .error = i == 2 ? (char *)"TIMEOUT" : NULL,
                           .duration = 84 * 1000 };
      g_autoptr (FoyerCall) call = foyer_call_new (&values);

      foyer_page_store_add_call (world->store, call);
    }
  page_world_load (world);
  audit = foyer_audit_controller_new (world->workspace);
  page_world_settle (world);
  g_assert_cmpuint (
      g_list_model_get_n_items (G_LIST_MODEL (foyer_audit_controller_get_calls (audit))), ==, 3);
  row = g_list_model_get_item (G_LIST_MODEL (foyer_audit_controller_get_calls (audit)), 0);
  words = foyer_call_words_new (foyer_row_get_value (row));
  g_assert_cmpstr (words->answer, ==, "No answer · 84 ms");
  g_assert_cmpstr (words->request, ==, "GET /organizers/{organizer}/events/");
  g_assert_true (words->failed);

  foyer_audit_controller_verify (audit);
  g_assert_cmpint (foyer_audit_controller_get_verdict (audit), ==, FOYER_AUDIT_CHECKING);
  page_world_settle (world);
  g_assert_cmpint (foyer_audit_controller_get_verdict (audit), ==, FOYER_AUDIT_INTACT);
  whole = text_of (audit, "verdict-text");
  g_assert_cmpstr (whole, ==, "Intact: 3 records, none changed or removed.");

  foyer_page_store_set_bad_call (world->store, 2);
  foyer_audit_controller_verify (audit);
  page_world_settle (world);
  g_assert_cmpint (foyer_audit_controller_get_verdict (audit), ==, FOYER_AUDIT_BROKEN);
  broken = text_of (audit, "verdict-text");
  g_assert_nonnull (strstr (broken, "Record 2"));

  foyer_page_store_set_broken (world->store, TRUE);
  foyer_audit_controller_verify (audit);
  page_world_settle (world);
  g_assert_cmpint (foyer_audit_controller_get_verdict (audit), ==, FOYER_AUDIT_FAILED);
  failed = text_of (audit, "verdict-text");
  g_assert_nonnull (strstr (failed, "The disk is full"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connections/item", test_item);
  g_test_add_func ("/connections/figures", test_figures);
  g_test_add_func ("/connections/clock", test_clock);
  g_test_add_func ("/connections/remove", test_remove);
  g_test_add_func ("/connections/unlock", test_unlock);
  g_test_add_func ("/connections/audit", test_audit);
  return g_test_run ();
}
