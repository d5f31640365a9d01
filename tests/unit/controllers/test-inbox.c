/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-inbox-controller.h"

#include "foyer-scan.h"
#include "page-world.h"

#include <string.h>

#define UNPAID "{\"kind\":\"refused\",\"reason\":\"unpaid\"}"

static FoyerRow *
nth (FoyerInboxController *inbox, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (foyer_inbox_controller_get_cases (inbox)), position);
}

static guint
count (FoyerInboxController *inbox)
{
  return g_list_model_get_n_items (G_LIST_MODEL (foyer_inbox_controller_get_cases (inbox)));
}

static void
remember (FoyerInboxController *inbox, const char *sentence, char **last)
{
  g_free (*last);
  *last = g_strdup (sentence);
}

static void
test_empty (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerInboxController) inbox = NULL;

  page_world_load (world);
  inbox = foyer_inbox_controller_new (world->workspace);
  g_assert_false (foyer_inbox_controller_get_empty (inbox));
  page_world_settle (world);
  g_assert_true (foyer_inbox_controller_get_empty (inbox));
  g_assert_cmpuint (count (inbox), ==, 0);
}

static void
test_keep (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerInboxController) inbox = NULL;
  g_autoptr (FoyerRow) row = NULL;
  g_autoptr (FoyerCaseWords) words = NULL;
  g_autoptr (FoyerScan) scan = NULL;
  g_autofree char *said = NULL;
  FoyerCommand *command;

  page_world_load (world);
  inbox = foyer_inbox_controller_new (world->workspace);
  g_signal_connect (inbox, "settled", G_CALLBACK (remember), &said);
  foyer_inbox_controller_set_active (inbox, TRUE);
  page_world_add (world, "one", "Käthe Müller", FOYER_STATE_NEEDS_YOU, UNPAID);
  page_world_add (world, "two", "Zoë", FOYER_STATE_DONE, NULL);
  page_world_settle (world);
  g_assert_cmpuint (count (inbox), ==, 1);

  row = nth (inbox, 0);
  words = foyer_inbox_controller_describe (inbox, row);
  g_assert_cmpstr (words->headline, ==, "Not paid");
  g_assert_nonnull (strstr (words->ours_by, "Main entrance"));
  /* The event's zone, not the laptop's. */
  g_assert_cmpstr (words->ours_at, ==, "11:02");

  foyer_inbox_controller_keep (inbox, row, "  she paid in cash ");
  g_assert_true (foyer_inbox_controller_is_busy (inbox, row));
  foyer_inbox_controller_accept (inbox, row, "a second click");
  page_world_settle (world);

  command = foyer_page_store_get_command (world->store, "one");
  g_assert_cmpint (command->state, ==, FOYER_STATE_PENDING);
  g_assert_nonnull (strstr (command->note, "she paid in cash"));
  scan = foyer_scan_from_json (command->arguments, NULL);
  g_assert_true (scan->force);
  g_assert_cmpuint (count (inbox), ==, 0);
  g_assert_true (foyer_inbox_controller_get_empty (inbox));
  g_assert_nonnull (strstr (said, "Käthe Müller"));
  g_assert_nonnull (strstr (said, "kept"));
}

static void
test_accept (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerInboxController) inbox = NULL;
  g_autoptr (FoyerRow) row = NULL;

  page_world_load (world);
  page_world_add (world, "one", "Zoë", FOYER_STATE_NEEDS_YOU, UNPAID);
  page_world_add (world, "two", "Ann", FOYER_STATE_NEEDS_YOU, UNPAID);
  inbox = foyer_inbox_controller_new (world->workspace);
  foyer_inbox_controller_set_active (inbox, TRUE);
  page_world_settle (world);
  g_assert_cmpuint (count (inbox), ==, 2);

  row = nth (inbox, 1); /* newest first */
  foyer_inbox_controller_accept (inbox, row, "   ");
  page_world_settle (world);
  g_assert_cmpint (foyer_page_store_get_command (world->store, "one")->state, ==,
                   FOYER_STATE_SETTLED);
  g_assert_null (foyer_page_store_get_command (world->store, "one")->note);
  g_assert_cmpuint (count (inbox), ==, 1);
}

static void
test_somebody_was_quicker (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerInboxController) inbox = NULL;
  g_autoptr (FoyerRow) row = NULL;
  g_autofree char *said = NULL;
  g_autofree char *problem = NULL;

  page_world_load (world);
  page_world_add (world, "one", "Zoë", FOYER_STATE_NEEDS_YOU, UNPAID);
  inbox = foyer_inbox_controller_new (world->workspace);
  g_signal_connect (inbox, "settled", G_CALLBACK (remember), &said);
  foyer_inbox_controller_set_active (inbox, TRUE);
  page_world_settle (world);
  row = nth (inbox, 0);

  foyer_page_store_get_command (world->store, "one")->state = FOYER_STATE_SETTLED;
  foyer_inbox_controller_keep (inbox, row, NULL);
  page_world_settle (world);
  g_assert_nonnull (strstr (said, "already"));
  g_object_get (inbox, "problem", &problem, NULL);
  g_assert_null (problem);
  g_assert_cmpuint (count (inbox), ==, 0);
}

static void
test_disk_full (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerInboxController) inbox = NULL;
  g_autoptr (FoyerRow) row = NULL;
  g_autofree char *problem = NULL;

  page_world_load (world);
  page_world_add (world, "one", "Zoë", FOYER_STATE_NEEDS_YOU, UNPAID);
  inbox = foyer_inbox_controller_new (world->workspace);
  foyer_inbox_controller_set_active (inbox, TRUE);
  page_world_settle (world);
  row = nth (inbox, 0);

  foyer_page_store_set_broken (world->store, TRUE);
  foyer_inbox_controller_keep (inbox, row, NULL);
  page_world_settle (world);
  g_object_get (inbox, "problem", &problem, NULL);
  g_assert_cmpstr (problem, ==, "The disk is full");
  g_assert_false (foyer_inbox_controller_is_busy (inbox, row));
  g_assert_false (foyer_inbox_controller_get_empty (inbox));
  g_assert_cmpint (foyer_page_store_get_command (world->store, "one")->state, ==,
                   FOYER_STATE_NEEDS_YOU);
}

static void
test_many (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerInboxController) inbox = NULL;
  g_autofree char *rest = NULL;

  page_world_load (world);
  for (guint i = 0; i < 130; i++)
    {
      g_autofree char *id = g_strdup_printf ("id-%u", i);

      page_world_add (world, id, "Zoë", FOYER_STATE_NEEDS_YOU, UNPAID);
    }
  inbox = foyer_inbox_controller_new (world->workspace);
  foyer_inbox_controller_set_active (inbox, TRUE);
  page_world_settle (world);
  g_assert_cmpuint (count (inbox), ==, 100);
  g_object_get (inbox, "rest-text", &rest, NULL);
  g_assert_cmpstr (rest, ==, "30 more come up as these are settled.");
}

static void
test_nobody_looks (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerInboxController) inbox = NULL;

  page_world_load (world);
  inbox = foyer_inbox_controller_new (world->workspace);
  page_world_settle (world);
  page_world_add (world, "one", "Zoë", FOYER_STATE_NEEDS_YOU, UNPAID);
  page_world_settle (world);
  g_assert_cmpuint (count (inbox), ==, 0);
  foyer_inbox_controller_set_active (inbox, TRUE);
  page_world_settle (world);
  g_assert_cmpuint (count (inbox), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inbox/empty", test_empty);
  g_test_add_func ("/inbox/keep", test_keep);
  g_test_add_func ("/inbox/accept", test_accept);
  g_test_add_func ("/inbox/somebody-was-quicker", test_somebody_was_quicker);
  g_test_add_func ("/inbox/disk-full", test_disk_full);
  g_test_add_func ("/inbox/many", test_many);
  g_test_add_func ("/inbox/nobody-looks", test_nobody_looks);
  return g_test_run ();
}
