/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-desk-controller.h"

#include "foyer-error.h"
#include "foyer-test-desk.h"
#include "foyer-test-workspace.h"

#include <string.h>

typedef struct
{
  FoyerTestWorkspace *world;
  FoyerLists *lists;
  FoyerDeskController *desk;
  GString *spoken;
  int last_sound;
} Fixture;

static void
sound_cb (FoyerDeskController *desk, int tone, Fixture *fixture)
{
  fixture->last_sound = tone;
}

static void
announce_cb (FoyerDeskController *desk, const char *text, Fixture *fixture)
{
  g_string_assign (fixture->spoken, text);
}

static void
set_up (Fixture *fixture)
{
  fixture->world = foyer_test_workspace_new (600);
  for (guint i = 1; i <= 60; i++)
    {
      g_autofree char *secret = g_strdup_printf ("secret%06u", i);

      foyer_fake_server_sell (fixture->world->server, secret, "Käthe Müller");
    }
  foyer_test_workspace_connect (fixture->world);
  fixture->lists = foyer_lists_new (fixture->world->workspace);
  foyer_test_turn ();
  fixture->desk = foyer_desk_controller_new (fixture->world->workspace, fixture->lists);
  fixture->spoken = g_string_new (NULL);
  fixture->last_sound = -1;
  g_signal_connect (fixture->desk, "sound", G_CALLBACK (sound_cb), fixture);
  g_signal_connect (fixture->desk, "announce", G_CALLBACK (announce_cb), fixture);
}

static void
tear_down (Fixture *fixture)
{
  foyer_test_run_for (fixture->world->clock, FOYER_SECOND);
  g_assert_finalize_object (fixture->desk);
  g_object_run_dispose (G_OBJECT (fixture->lists));
  foyer_test_turn ();
  g_assert_finalize_object (fixture->lists);
  g_string_free (fixture->spoken, TRUE);
  foyer_test_workspace_free (fixture->world);
}

static void
act (Fixture *fixture, const char *action)
{
  GActionGroup *actions = foyer_desk_controller_get_actions (fixture->desk);

  g_assert_true (g_action_group_get_action_enabled (actions, action));
  g_action_group_activate_action (actions, action, NULL);
  foyer_test_turn ();
}

static void
type (Fixture *fixture, const char *text)
{
  foyer_desk_controller_set_search (fixture->desk, text);
  foyer_test_turn ();
}

static FoyerDeskMode
mode (Fixture *fixture)
{
  return foyer_desk_controller_get_mode (fixture->desk);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (foyer_desk_controller_get_results (fixture->desk)));
}

static void
test_modes (void)
{
  Fixture fixture;
  g_autofree char *title = NULL;

  set_up (&fixture);
  g_object_get (fixture.desk, "list-title", &title, NULL);
  g_assert_cmpstr (title, ==, "Main entrance");
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_READY);
  type (&fixture, "  Müller ");
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_RESULTS);
  g_assert_cmpuint (count (&fixture), ==, 75);
  foyer_desk_controller_submit (fixture.desk, "Müller", NULL);
  foyer_test_turn ();
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_PERSON);
  act (&fixture, "clear");
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_RESULTS);
  act (&fixture, "clear");
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_READY);
  g_assert_false (g_action_group_get_action_enabled (
      foyer_desk_controller_get_actions (fixture.desk), "clear"));
  tear_down (&fixture);
}

static void
test_results_text (void)
{
  Fixture fixture;
  g_autofree char *many = NULL;
  g_autofree char *none = NULL;

  set_up (&fixture);
  type (&fixture, "e");
  g_object_get (fixture.desk, "results-text", &many, NULL);
  g_assert_cmpuint (count (&fixture), <=, 500);
  type (&fixture, "nobody of this name");
  g_object_get (fixture.desk, "results-text", &none, NULL);
  g_assert_nonnull (strstr (none, "Nobody found"));
  tear_down (&fixture);
}

/* Found by name, admitted: the verdict comes as for a scan, and then the desk is ready for the next. */
static void
test_find_and_admit (void)
{
  Fixture fixture;

  set_up (&fixture);
  type (&fixture, "Müller");
  foyer_desk_controller_submit (fixture.desk, "Müller", NULL);
  foyer_test_turn ();
  g_assert_nonnull (
      foyer_order_detail_get_person (foyer_desk_controller_get_detail (fixture.desk)));
  act (&fixture, "admit");
  foyer_test_run_for (fixture.world->clock, FOYER_SECOND);
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_VERDICT);
  g_assert_cmpint (fixture.last_sound, ==, FOYER_TONE_GO);
  g_assert_nonnull (strstr (fixture.spoken->str, "Admitted"));
  g_assert_nonnull (strstr (fixture.spoken->str, "Käthe Müller"));
  foyer_test_run_for (fixture.world->clock, 10 * FOYER_SECOND);
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_READY);
  g_assert_cmpstr (foyer_desk_controller_get_search (fixture.desk), ==, "");
  tear_down (&fixture);
}

/* Who is refused stays in sight. */
static void
test_refused_stays (void)
{
  Fixture fixture;

  set_up (&fixture);
  foyer_fake_server_refuse (fixture.world->server, "secret000008", "blocked");
  type (&fixture, "secret000008");
  g_assert_cmpuint (count (&fixture), ==, 1);
  {
    g_autoptr (FoyerRow) row = g_list_model_get_item (
        G_LIST_MODEL (foyer_desk_controller_get_results (fixture.desk)), 0);

    foyer_desk_controller_open_row (fixture.desk, row);
    foyer_test_turn ();
  }
  act (&fixture, "admit");
  foyer_test_run_for (fixture.world->clock, FOYER_SECOND);
  g_assert_cmpint (fixture.last_sound, ==, FOYER_TONE_STOP);
  foyer_test_run_for (fixture.world->clock, 10 * FOYER_SECOND);
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_PERSON);
  tear_down (&fixture);
}

static void
test_submit (void)
{
  Fixture fixture;

  set_up (&fixture);
  g_assert_false (foyer_desk_controller_submit (fixture.desk, "  ", NULL));
  g_assert_false (foyer_desk_controller_submit (fixture.desk, "no such person", NULL));
  g_assert_false (foyer_desk_controller_submit (fixture.desk, "somebody@example.org", NULL));
  g_assert_false (foyer_desk_controller_submit (fixture.desk, "short", NULL));
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_READY);

  g_assert_true (foyer_desk_controller_submit (fixture.desk, " secret000001\n", NULL));
  foyer_test_run_for (fixture.world->clock, FOYER_SECOND);
  g_assert_cmpint (fixture.last_sound, ==, FOYER_TONE_GO);

  /* Found as somebody's code, however short the search waited. */
  type (&fixture, "secret000002");
  g_assert_true (foyer_desk_controller_submit (fixture.desk, "secret000002", NULL));
  foyer_test_run_for (fixture.world->clock, FOYER_SECOND);
  g_assert_cmpuint (foyer_fake_server_count (fixture.world->server, "secret000002"), ==, 1);
  tear_down (&fixture);
}

static void
test_other_tickets (void)
{
  Fixture fixture;
  FoyerOrderDetail *detail;
  g_autoptr (FoyerRow) other = NULL;
  gint64 before;

  set_up (&fixture);
  g_action_group_activate_action (foyer_desk_controller_get_actions (fixture.desk), "open",
                                  g_variant_new_string ("ORD0001"));
  foyer_test_turn ();
  detail = foyer_desk_controller_get_detail (fixture.desk);
  g_assert_cmpuint (g_list_model_get_n_items (foyer_order_detail_get_others (detail)), ==, 2);
  before = foyer_order_detail_get_person (detail)->attendee->id;
  other = g_list_model_get_item (foyer_order_detail_get_others (detail), 1);
  foyer_desk_controller_open_ticket (fixture.desk, other);
  g_assert_cmpint (foyer_order_detail_get_person (detail)->attendee->id, ==,
                   foyer_row_get_id (other));
  g_assert_cmpint (foyer_order_detail_get_person (detail)->attendee->id, !=, before);
  g_assert_cmpuint (g_list_model_get_n_items (foyer_order_detail_get_others (detail)), ==, 2);
  tear_down (&fixture);
}

static void
test_order_is_gone (void)
{
  Fixture fixture;
  g_autofree char *problem = NULL;

  set_up (&fixture);
  g_action_group_activate_action (foyer_desk_controller_get_actions (fixture.desk), "open",
                                  g_variant_new_string ("ORD9999"));
  foyer_test_turn ();
  g_object_get (foyer_desk_controller_get_detail (fixture.desk), "problem", &problem, NULL);
  g_assert_nonnull (problem);
  g_assert_false (g_action_group_get_action_enabled (
      foyer_desk_controller_get_actions (fixture.desk), "admit"));
  tear_down (&fixture);
}

/* A scan while somebody is looked up shows its verdict, and what was typed is still there after it. */
static void
test_scan_while_searching (void)
{
  Fixture fixture;

  set_up (&fixture);
  type (&fixture, "Müller");
  foyer_desk_controller_scan (fixture.desk, "secret000003", NULL);
  foyer_test_run_for (fixture.world->clock, FOYER_SECOND);
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_VERDICT);
  foyer_test_run_for (fixture.world->clock, 10 * FOYER_SECOND);
  g_assert_cmpint (mode (&fixture), ==, FOYER_DESK_RESULTS);
  g_assert_cmpstr (foyer_desk_controller_get_search (fixture.desk), ==, "Müller");
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/modes", test_modes);
  g_test_add_func ("/desk/results-text", test_results_text);
  g_test_add_func ("/desk/find-and-admit", test_find_and_admit);
  g_test_add_func ("/desk/refused-stays", test_refused_stays);
  g_test_add_func ("/desk/submit", test_submit);
  g_test_add_func ("/desk/other-tickets", test_other_tickets);
  g_test_add_func ("/desk/order-is-gone", test_order_is_gone);
  g_test_add_func ("/desk/scan-while-searching", test_scan_while_searching);
  return g_test_run ();
}
