/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Letting in who was refused, taking back who was let in, letting out: without a display. */

#include "foyer-door-acts.h"

#include "foyer-test-desk.h"
#include "foyer-test-workspace.h"

#include <string.h>

typedef struct
{
  FoyerTestWorkspace *world;
  FoyerLists *lists;
  FoyerDoor *door;
  FoyerDoorActs *acts;
  GSimpleActionGroup *actions;
} Fixture;

static void
set_up (Fixture *fixture)
{
  fixture->world = foyer_test_workspace_new (30);
  foyer_fake_server_sell (fixture->world->server, "secret000001", "Käthe Müller");
  foyer_fake_server_sell (fixture->world->server, "secret000002", "J. Díaz");
  foyer_test_workspace_connect (fixture->world);
  foyer_workspace_set_actor (fixture->world->workspace, "Eve");
  fixture->lists = foyer_lists_new (fixture->world->workspace);
  foyer_test_turn ();
  fixture->door = foyer_door_new (fixture->world->workspace, fixture->lists);
  fixture->acts = foyer_door_acts_new (fixture->world->workspace, fixture->lists, fixture->door);
  fixture->actions = g_simple_action_group_new ();
  foyer_door_acts_add_actions (fixture->acts, G_ACTION_MAP (fixture->actions));
}

static void
tear_down (Fixture *fixture)
{
  foyer_test_run_for (fixture->world->clock, 10 * FOYER_SECOND);
  g_assert_finalize_object (fixture->actions);
  g_assert_finalize_object (fixture->acts);
  g_assert_finalize_object (fixture->door);
  g_object_run_dispose (G_OBJECT (fixture->lists));
  foyer_test_turn ();
  g_assert_finalize_object (fixture->lists);
  foyer_test_workspace_free (fixture->world);
}

static gboolean
is_idle (gpointer data)
{
  return !foyer_door_is_busy (data);
}

static FoyerVerdictWords *
scan (Fixture *fixture, const char *code)
{
  foyer_test_run_for (fixture->world->clock, 3 * FOYER_SECOND);
  foyer_door_scan (fixture->door, code, NULL);
  foyer_test_run_until (fixture->world->clock, is_idle, fixture->door);
  return foyer_door_get_words (fixture->door);
}

static void
act (Fixture *fixture, const char *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->actions), name, NULL);
  foyer_test_turn ();
}

static void
answer (Fixture *fixture, const char *reason)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->actions), "answer",
                                  g_variant_new_string (reason));
  foyer_test_run_for (fixture->world->clock, FOYER_SECOND);
}

static gboolean
may (Fixture *fixture, const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->actions), name);
}

static void
test_override (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) commands = NULL;
  const FoyerCommand *command;
  g_autofree char *question = NULL;

  set_up (&fixture);
  foyer_fake_server_refuse (fixture.world->server, "secret000001", "blocked");
  g_assert_false (may (&fixture, "suggest"));
  g_assert_cmpint (scan (&fixture, "secret000001")->tone, ==, FOYER_TONE_STOP);
  g_assert_cmpint (foyer_door_get_words (fixture.door)->offer, ==, FOYER_OFFER_OVERRIDE);
  g_assert_true (may (&fixture, "suggest"));

  act (&fixture, "suggest");
  g_assert_true (foyer_door_acts_get_asking (fixture.acts));
  g_object_get (fixture.acts, "question", &question, NULL);
  g_assert_nonnull (strstr (question, "Käthe Müller"));

  /* The verdict stays while it is asked; without a reason nobody comes in; another scan does not wait. */
  foyer_test_run_for (fixture.world->clock, FOYER_MINUTE);
  g_assert_cmpint (foyer_door_get_phase (fixture.door), ==, FOYER_DOOR_VERDICT);
  answer (&fixture, "  ");
  g_assert_true (foyer_door_acts_get_asking (fixture.acts));
  g_assert_cmpint (scan (&fixture, "secret000002")->tone, ==, FOYER_TONE_GO);
  answer (&fixture, "is a speaker");
  g_assert_false (foyer_door_acts_get_asking (fixture.acts));
  g_assert_cmpint (foyer_door_get_words (fixture.door)->tone, ==, FOYER_TONE_GO);
  g_assert_nonnull (strstr (foyer_door_get_words (fixture.door)->name, "Käthe Müller"));
  g_assert_cmpuint (foyer_fake_server_count (fixture.world->server, "secret000001"), ==, 1);

  commands = foyer_fake_store_dup_commands (fixture.world->store);
  command = g_ptr_array_index (commands, commands->len - 1);
  g_assert_cmpstr (command->actor, ==, "Eve");
  g_assert_nonnull (strstr (command->arguments, "is a speaker"));
  g_clear_pointer (&commands, g_ptr_array_unref);
  tear_down (&fixture);
}

static void
test_no_offer (void)
{
  Fixture fixture;

  set_up (&fixture);
  g_assert_cmpint (scan (&fixture, "nobody-has-this")->offer, ==, FOYER_OFFER_NOTHING);
  g_assert_false (may (&fixture, "suggest"));
  g_assert_cmpint (scan (&fixture, "secret000001")->offer, ==, FOYER_OFFER_NOTHING);
  tear_down (&fixture);
}

static void
test_undo (void)
{
  Fixture fixture;

  set_up (&fixture);
  g_assert_nonnull (scan (&fixture, "secret000001")->command);
  act (&fixture, "undo");
  act (&fixture, "cancel-answer");
  g_assert_false (foyer_door_acts_get_asking (fixture.acts));
  g_assert_cmpuint (foyer_fake_server_count (fixture.world->server, "secret000001"), ==, 1);

  /* Who is asked about is who was shown, not who came since. */
  act (&fixture, "undo");
  scan (&fixture, "secret000002");
  answer (&fixture, "");
  foyer_test_run_for (fixture.world->clock, 2 * FOYER_SECOND);
  g_assert_cmpuint (foyer_fake_server_count (fixture.world->server, "secret000001"), ==, 0);
  g_assert_cmpuint (foyer_fake_server_count (fixture.world->server, "secret000002"), ==, 1);
  g_assert_nonnull (strstr (foyer_door_get_words (fixture.door)->name, "Käthe Müller"));

  /* Then the one before; then nobody is left. */
  act (&fixture, "undo");
  answer (&fixture, "both");
  foyer_test_run_for (fixture.world->clock, 2 * FOYER_SECOND);
  g_assert_cmpuint (foyer_fake_server_count (fixture.world->server, "secret000002"), ==, 0);
  act (&fixture, "undo");
  answer (&fixture, "");
  foyer_test_run_for (fixture.world->clock, 2 * FOYER_SECOND);
  g_assert_cmpuint (foyer_fake_server_count_annulled (fixture.world->server), ==, 2);
  g_assert_null (foyer_door_get_words (fixture.door)->name);
  tear_down (&fixture);
}

static void
test_leaving (void)
{
  Fixture fixture;

  set_up (&fixture);
  scan (&fixture, "secret000001");
  act (&fixture, "leaving");
  g_assert_true (foyer_door_get_leaving (fixture.door));
  g_assert_cmpint (scan (&fixture, "secret000001")->tone, ==, FOYER_TONE_OUT);
  act (&fixture, "leaving");
  g_assert_false (foyer_door_get_leaving (fixture.door));
  g_assert_cmpint (scan (&fixture, "secret000001")->tone, ==, FOYER_TONE_GO);
  g_assert_cmpuint (foyer_fake_server_count (fixture.world->server, "secret000001"), ==, 3);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/controllers/door-acts/override", test_override);
  g_test_add_func ("/controllers/door-acts/no-offer", test_no_offer);
  g_test_add_func ("/controllers/door-acts/undo", test_undo);
  g_test_add_func ("/controllers/door-acts/leaving", test_leaving);
  return g_test_run ();
}
