/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-activity-controller.h"

#include "page-world.h"

#include <string.h>

static guint
count (FoyerActivityController *activity)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (foyer_activity_controller_get_commands (activity)));
}

static FoyerRow *
nth (FoyerActivityController *activity, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (foyer_activity_controller_get_commands (activity)),
                                position);
}

static void
add_all (PageWorld *world)
{
  for (int state = FOYER_STATE_PENDING; state <= FOYER_STATE_WITHDRAWN; state++)
    page_world_add (world, foyer_command_state_to_word ((FoyerCommandState)state), "Zoë",
                    (FoyerCommandState)state, NULL);
}

static void
test_filter (void)
{
  const struct
  {
    FoyerActivityFilter filter;
    const char *name;
    guint n;
  } cases[] = {
    { FOYER_ACTIVITY_WAITING, "waiting", 3 },
    { FOYER_ACTIVITY_NEEDS_YOU, "needs-you", 1 },
    { FOYER_ACTIVITY_SENT, "sent", 3 },
    { FOYER_ACTIVITY_ALL, "recorded", 7 },
  };
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerActivityController) activity = NULL;
  GActionGroup *actions;

  page_world_load (world);
  add_all (world);
  activity = foyer_activity_controller_new (world->workspace);
  actions = foyer_activity_controller_get_actions (activity);
  page_world_settle (world);
  g_assert_cmpuint (count (activity), ==, 7);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GVariant) state = NULL;

      g_action_group_change_action_state (actions, "filter", g_variant_new_string (cases[i].name));
      page_world_settle (world);
      g_assert_cmpint (foyer_activity_controller_get_filter (activity), ==, cases[i].filter);
      state = g_action_group_get_action_state (actions, "filter");
      g_assert_cmpstr (g_variant_get_string (state, NULL), ==, cases[i].name);
      g_assert_cmpuint (count (activity), ==, cases[i].n);
    }

  g_action_group_change_action_state (actions, "filter", g_variant_new_string ("nonsense"));
  g_assert_cmpint (foyer_activity_controller_get_filter (activity), ==, FOYER_ACTIVITY_ALL);
}

static const char *
fact (FoyerActivityController *activity, const char *label)
{
  GListModel *detail = foyer_activity_controller_get_detail (activity);

  for (guint i = 0; i < g_list_model_get_n_items (detail); i++)
    {
      g_autoptr (FoyerFact) one = g_list_model_get_item (detail, i);

      if (g_str_equal (foyer_fact_get_label (one), label))
        return foyer_fact_get_value (one);
    }
  return NULL;
}

static void
test_words (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerActivityController) activity = NULL;

  page_world_load (world);
  add_all (world);
  activity = foyer_activity_controller_new (world->workspace);
  page_world_settle (world);
  for (guint i = 0; i < count (activity); i++)
    {
      g_autoptr (FoyerRow) row = nth (activity, i);
      g_autoptr (FoyerCommandWords) words = foyer_activity_controller_describe (activity, row);

      g_assert_cmpstr (words->at, ==, "11:02");
      g_assert_nonnull (strstr (words->name, "Zoë"));
      g_assert_nonnull (strstr (words->place, "Main entrance"));
      g_assert_cmpint (strlen (words->state), >, 0);
      g_assert_cmpint (strlen (words->state_sentence), >, 0);
      g_assert_cmpint (strlen (words->attempts), >, 0);
    }
}

static void
test_detail (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerActivityController) activity = NULL;
  g_autoptr (FoyerRow) row = NULL;
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  FoyerCommand *command;

  page_world_load (world);
  command = page_world_add (world, "one", "Zoë", FOYER_STATE_UNKNOWN, NULL);
  command->attempts = 2;
  command->unsure = TRUE;
  command->not_before = PAGE_NOW + FOYER_MINUTE;
  command->result = g_strdup ("{\"outcome\":\"refused\",\"explanation\":\"Not today\"}");
  activity = foyer_activity_controller_new (world->workspace);
  foyer_activity_controller_set_active (activity, TRUE);
  page_world_settle (world);

  row = nth (activity, 0);
  foyer_activity_controller_set_selected (activity, row);
  g_object_get (activity, "detail-id", &id, "detail-title", &title, NULL);
  g_assert_cmpstr (id, ==, "one");
  g_assert_nonnull (strstr (title, "Zoë"));
  g_assert_cmpstr (fact (activity, "Attempts"), ==, "Sent 2 times");
  g_assert_cmpstr (fact (activity, "Happened"), ==,
                   "16 May 2025, 11:02:00 (by the clock of this laptop)");
  g_assert_cmpstr (fact (activity, "Next attempt"), ==, "16 May 2025, 11:03:00");
  g_assert_nonnull (strstr (fact (activity, "Service’s answer"), "Not today"));
  g_assert_nonnull (strstr (fact (activity, "Connection"), "Harbour Conference"));
  g_assert_null (fact (activity, "Note"));

  /* The selected one is told anew when it changes. */
  {
    g_autoptr (FoyerCommand) next = foyer_command_copy (command);
    g_autoptr (GError) error = NULL;

    next->state = FOYER_STATE_DONE;
    next->attempts = 3;
    foyer_transaction_update_command (FOYER_TRANSACTION (world->store), next, &error);
    g_assert_no_error (error);
  }
  foyer_journal_poke (FOYER_JOURNAL (world->store));
  page_world_settle (world);
  g_assert_cmpstr (fact (activity, "Attempts"), ==, "Sent 3 times");

  foyer_activity_controller_set_filter (activity, FOYER_ACTIVITY_WAITING);
  g_assert_null (foyer_activity_controller_get_selected (activity));
  g_assert_cmpuint (g_list_model_get_n_items (foyer_activity_controller_get_detail (activity)), ==,
                    0);
}

static void
test_broken (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerActivityController) activity = NULL;
  g_autofree char *problem = NULL;
  gboolean empty = TRUE;

  page_world_load (world);
  foyer_page_store_set_broken (world->store, TRUE);
  activity = foyer_activity_controller_new (world->workspace);
  page_world_settle (world);
  g_object_get (activity, "problem", &problem, "empty", &empty, NULL);
  g_assert_cmpstr (problem, ==, "The disk is full");
  g_assert_false (empty);
}

static char *
get_text (FoyerActivityController *activity, const char *property)
{
  char *text = NULL;

  g_object_get (activity, property, &text, NULL);
  return text;
}

static void
test_search (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerActivityController) activity = NULL;
  g_autofree char *title = NULL;

  page_world_load (world);
  page_world_add (world, "one", "Zoë", FOYER_STATE_DONE, NULL);
  page_world_add (world, "two", "Ada", FOYER_STATE_DONE, NULL);
  page_world_add (world, "three", "Ada", FOYER_STATE_PENDING, NULL);
  activity = foyer_activity_controller_new (world->workspace);
  page_world_settle (world);
  g_assert_cmpuint (count (activity), ==, 3);

  foyer_activity_controller_set_search (activity, "Ada");
  page_world_settle (world);
  g_assert_cmpuint (count (activity), ==, 2);
  foyer_activity_controller_set_filter (activity, FOYER_ACTIVITY_WAITING);
  page_world_settle (world);
  g_assert_cmpuint (count (activity), ==, 1);
  foyer_activity_controller_set_search (activity, "Nobody");
  page_world_settle (world);
  g_assert_cmpuint (count (activity), ==, 0);
  title = get_text (activity, "empty-title");
  g_assert_cmpstr (title, ==, "Nothing found");
  foyer_activity_controller_set_search (activity, NULL);
  page_world_settle (world);
  g_assert_cmpuint (count (activity), ==, 1);
}

static void
test_reasons (void)
{
  g_autoptr (PageWorld) world = page_world_new ();
  g_autoptr (FoyerActivityController) activity = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *nothing = NULL;

  page_world_load (world);
  activity = foyer_activity_controller_new (world->workspace);
  page_world_settle (world);
  nothing = get_text (activity, "summary");
  g_assert_null (nothing);
  g_action_group_change_action_state (foyer_activity_controller_get_actions (activity), "filter",
                                      g_variant_new_string ("refused"));
  page_world_settle (world);
  summary = get_text (activity, "summary");
  g_assert_cmpstr (summary, ==, "Already used 3 · Not paid 2");
  foyer_activity_controller_set_search (activity, "Nobody");
  page_world_settle (world);
  nothing = get_text (activity, "summary");
  g_assert_null (nothing);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/activity/filter", test_filter);
  g_test_add_func ("/activity/words", test_words);
  g_test_add_func ("/activity/detail", test_detail);
  g_test_add_func ("/activity/broken", test_broken);
  g_test_add_func ("/activity/search", test_search);
  g_test_add_func ("/activity/reasons", test_reasons);
  return g_test_run ();
}
