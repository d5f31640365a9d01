/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-door.h"

#include "foyer-error.h"
#include "foyer-test-desk.h"
#include "foyer-test-workspace.h"

#include <string.h>

typedef struct
{
  FoyerTestWorkspace *world;
  FoyerLists *lists;
  FoyerDoor *door;
  GPtrArray *verdicts; /* (element-type FoyerVerdictWords) */
  guint n_recognised;
} Fixture;

static void
verdict_cb (FoyerDoor *door, FoyerVerdictWords *words, Fixture *fixture)
{
  g_ptr_array_add (fixture->verdicts, foyer_verdict_words_ref (words));
}

static void
phase_cb (FoyerDoor *door, GParamSpec *pspec, Fixture *fixture)
{
  fixture->n_recognised += foyer_door_get_phase (door) == FOYER_DOOR_RECOGNISED;
}

static void
set_up (Fixture *fixture)
{
  fixture->world = foyer_test_workspace_new (30);
  foyer_fake_server_sell (fixture->world->server, "secret000001", "Käthe Müller");
  foyer_fake_server_sell (fixture->world->server, "secret000002", "J. Díaz");
  foyer_fake_server_sell (fixture->world->server, "yz-secret", "Zoë Zyx");
  foyer_test_workspace_connect (fixture->world);
  fixture->lists = foyer_lists_new (fixture->world->workspace);
  foyer_test_turn ();
  fixture->door = foyer_door_new (fixture->world->workspace, fixture->lists);
  fixture->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_verdict_words_unref);
  fixture->n_recognised = 0;
  g_signal_connect (fixture->door, "verdict", G_CALLBACK (verdict_cb), fixture);
  g_signal_connect (fixture->door, "notify::phase", G_CALLBACK (phase_cb), fixture);
}

static void
tear_down (Fixture *fixture)
{
  foyer_test_run_for (fixture->world->clock, FOYER_SECOND);
  g_assert_finalize_object (fixture->door);
  g_object_run_dispose (G_OBJECT (fixture->lists));
  foyer_test_turn ();
  g_assert_finalize_object (fixture->lists);
  g_ptr_array_unref (fixture->verdicts);
  foyer_test_workspace_free (fixture->world);
}

static gboolean
is_idle (gpointer data)
{
  return !foyer_door_is_busy (data);
}

static void
scan (Fixture *fixture, const char *code, const char *alternative)
{
  foyer_door_scan (fixture->door, code, alternative);
  foyer_test_run_until (fixture->world->clock, is_idle, fixture->door);
}

static FoyerVerdictWords *
verdict_at (Fixture *fixture, guint position)
{
  g_assert_cmpuint (position, <, fixture->verdicts->len);
  return g_ptr_array_index (fixture->verdicts, position);
}

static void
test_admits (void)
{
  Fixture fixture;
  g_autoptr (FoyerDoorEntry) entry = NULL;

  set_up (&fixture);
  scan (&fixture, "secret000001", NULL);
  g_assert_cmpuint (fixture.verdicts->len, ==, 1);
  g_assert_cmpint (verdict_at (&fixture, 0)->tone, ==, FOYER_TONE_GO);
  g_assert_nonnull (strstr (verdict_at (&fixture, 0)->name, "Käthe Müller"));
  g_assert_cmpint (foyer_door_get_phase (fixture.door), ==, FOYER_DOOR_VERDICT);
  g_assert_cmpuint (fixture.n_recognised, ==, 1);
  g_assert_cmpuint (foyer_fake_server_count (fixture.world->server, "secret000001"), ==, 1);

  entry = g_list_model_get_item (foyer_door_get_last (fixture.door), 0);
  g_assert_cmpint (foyer_door_entry_get_words (entry)->tone, ==, FOYER_TONE_GO);
  g_assert_cmpint (foyer_door_entry_get_attendee (entry), !=, 0);
  g_clear_object (&entry);
  tear_down (&fixture);
}

/* It goes back by itself after the pause, and not before. */
static void
test_pause (void)
{
  Fixture fixture;

  set_up (&fixture);
  g_object_set (fixture.door, "pause", 8, NULL);
  scan (&fixture, "secret000001", NULL);
  foyer_test_run_for (fixture.world->clock, 7 * FOYER_SECOND);
  g_assert_cmpint (foyer_door_get_phase (fixture.door), ==, FOYER_DOOR_VERDICT);
  foyer_test_run_for (fixture.world->clock, 2 * FOYER_SECOND);
  g_assert_cmpint (foyer_door_get_phase (fixture.door), ==, FOYER_DOOR_READY);
  g_assert_null (foyer_door_get_words (fixture.door));
  tear_down (&fixture);
}

static void
test_next_does_not_wait (void)
{
  Fixture fixture;

  set_up (&fixture);
  g_object_set (fixture.door, "pause", 60, NULL);
  scan (&fixture, "secret000001", NULL);
  scan (&fixture, "secret000002", NULL);
  g_assert_cmpuint (fixture.verdicts->len, ==, 2);
  g_assert_nonnull (strstr (foyer_door_get_words (fixture.door)->name, "Díaz"));
  tear_down (&fixture);
}

static void
test_repeat_is_dropped (void)
{
  Fixture fixture;

  set_up (&fixture);
  scan (&fixture, "secret000001", NULL);
  scan (&fixture, "secret000001", NULL);
  g_assert_cmpuint (fixture.verdicts->len, ==, 1);

  foyer_test_run_for (fixture.world->clock, 3 * FOYER_SECOND);
  scan (&fixture, "secret000001", NULL);
  g_assert_cmpuint (fixture.verdicts->len, ==, 2);
  g_assert_cmpint (verdict_at (&fixture, 1)->tone, ==, FOYER_TONE_STOP);
  tear_down (&fixture);
}

/* Twenty at once, bad ones among them: all are answered, in order. */
static void
test_queue (void)
{
  Fixture fixture;

  set_up (&fixture);
  for (guint i = 0; i < 18; i++)
    {
      g_autofree char *code = g_strdup_printf ("nobody's %u ' \" <b> %%s", i);

      foyer_door_scan (fixture.door, code, NULL);
    }
  foyer_door_scan (fixture.door, "secret000001", NULL);
  foyer_door_scan (fixture.door, "secret000002", NULL);
  foyer_test_run_until (fixture.world->clock, is_idle, fixture.door);
  g_assert_cmpuint (fixture.verdicts->len, ==, 20);
  g_assert_cmpint (verdict_at (&fixture, 17)->tone, ==, FOYER_TONE_STOP);
  g_assert_cmpint (verdict_at (&fixture, 18)->tone, ==, FOYER_TONE_GO);
  g_assert_cmpint (verdict_at (&fixture, 19)->tone, ==, FOYER_TONE_GO);
  g_assert_cmpuint (g_list_model_get_n_items (foyer_door_get_last (fixture.door)), ==, 10);
  tear_down (&fixture);
}

/* The other reading is tried where nobody knows the first, and then first of all. */
static void
test_alternative (void)
{
  Fixture fixture;

  set_up (&fixture);
  scan (&fixture, "zy-secret", "yz-secret");
  g_assert_cmpuint (fixture.verdicts->len, ==, 1);
  g_assert_cmpint (verdict_at (&fixture, 0)->tone, ==, FOYER_TONE_GO);

  scan (&fixture, "neither", "nor");
  g_assert_cmpuint (fixture.verdicts->len, ==, 2);
  g_assert_cmpint (verdict_at (&fixture, 1)->tone, ==, FOYER_TONE_STOP);

  scan (&fixture, "wrong again", "secret000002");
  g_assert_cmpint (verdict_at (&fixture, 2)->tone, ==, FOYER_TONE_GO);
  tear_down (&fixture);
}

static void
test_disk_breaks (void)
{
  Fixture fixture;

  set_up (&fixture);
  foyer_fake_store_break (fixture.world->store, 1);
  scan (&fixture, "secret000001", NULL);
  g_assert_cmpuint (fixture.verdicts->len, ==, 1);
  g_assert_cmpint (verdict_at (&fixture, 0)->tone, ==, FOYER_TONE_CARE);
  g_assert_cmpstr (verdict_at (&fixture, 0)->sentence, !=, "");

  foyer_test_run_for (fixture.world->clock, 3 * FOYER_SECOND);
  scan (&fixture, "secret000002", NULL);
  g_assert_cmpint (verdict_at (&fixture, 1)->tone, ==, FOYER_TONE_GO);
  tear_down (&fixture);
}

/* Without the network it is the same, and says who decided. */
static void
test_offline (void)
{
  Fixture fixture;

  set_up (&fixture);
  foyer_fake_server_set_down (fixture.world->server, TRUE);
  scan (&fixture, "secret000001", NULL);
  g_assert_cmpint (verdict_at (&fixture, 0)->tone, ==, FOYER_TONE_GO);
  g_assert_nonnull (verdict_at (&fixture, 0)->source);
  foyer_fake_server_set_down (fixture.world->server, FALSE);
  tear_down (&fixture);
}

static void
test_admit_by_name (void)
{
  Fixture fixture;
  gint64 attendee;
  g_autoptr (FoyerDoorEntry) entry = NULL;

  set_up (&fixture);
  scan (&fixture, "secret000001", NULL);
  entry = g_list_model_get_item (foyer_door_get_last (fixture.door), 0);
  attendee = foyer_door_entry_get_attendee (entry) + 1;
  g_clear_object (&entry);

  foyer_door_admit (fixture.door, "secret000002", attendee, NULL);
  foyer_door_admit (fixture.door, "secret000002", attendee, NULL);
  foyer_test_run_until (fixture.world->clock, is_idle, fixture.door);
  g_assert_cmpuint (fixture.verdicts->len, ==, 2);
  g_assert_cmpint (verdict_at (&fixture, 1)->tone, ==, FOYER_TONE_GO);
  g_assert_cmpuint (foyer_fake_server_count (fixture.world->server, "secret000002"), ==, 1);
  tear_down (&fixture);
}

static void
test_clear (void)
{
  Fixture fixture;

  set_up (&fixture);
  foyer_door_clear (fixture.door);
  scan (&fixture, "secret000001", NULL);
  foyer_door_clear (fixture.door);
  g_assert_cmpint (foyer_door_get_phase (fixture.door), ==, FOYER_DOOR_READY);
  scan (&fixture, "", NULL);
  g_assert_cmpuint (fixture.verdicts->len, ==, 1);
  tear_down (&fixture);
}

/* The window may close while a scan is being decided. */
static void
test_gone_meanwhile (void)
{
  Fixture fixture;

  set_up (&fixture);
  foyer_door_scan (fixture.door, "secret000001", NULL);
  g_object_run_dispose (G_OBJECT (fixture.door));
  foyer_test_run_for (fixture.world->clock, 5 * FOYER_SECOND);
  g_assert_cmpuint (fixture.verdicts->len, ==, 0);
  tear_down (&fixture);
}

static void
add_command (Fixture *fixture, FoyerCommandKind kind, const char *arguments, FoyerTime at)
{
  g_autoptr (FoyerCommand) command = foyer_command_new ();

  command->kind = kind;
  command->connection = g_strdup ("door");
  command->arguments = g_strdup (arguments);
  command->door_time = at;
  foyer_fake_query_add_command (fixture->world->query, command);
}

/* What the desk did before it was opened, newest first; one that cannot be read is left out. */
static void
test_remembers (void)
{
  static const char *const headlines[] = { "Not paid", "Gone out", "Admitted" };
  Fixture fixture;
  GListModel *last;

  set_up (&fixture);
  foyer_test_turn ();
  g_assert_cmpuint (g_list_model_get_n_items (foyer_door_get_last (fixture.door)), ==, 0);
  add_command (&fixture, FOYER_COMMAND_CHECK_IN,
               "{\"secret\":\"a\",\"lists\":[7],\"attendee\":3,\"name\":\"Ada\"}", FOYER_TEST_NOW);
  add_command (&fixture, FOYER_COMMAND_EXIT, "{\"secret\":\"a\",\"lists\":[7],\"exit\":true}",
               FOYER_TEST_NOW + FOYER_SECOND);
  add_command (&fixture, FOYER_COMMAND_CHECK_IN, "[]", FOYER_TEST_NOW);
  add_command (&fixture, FOYER_COMMAND_REFUSAL,
               "{\"secret\":\"b\",\"lists\":[7],\"refusal\":\"unpaid\"}", FOYER_TIME_NONE);

  g_assert_finalize_object (fixture.door);
  fixture.door = foyer_door_new (fixture.world->workspace, fixture.lists);
  foyer_test_turn ();
  last = foyer_door_get_last (fixture.door);
  g_assert_cmpuint (g_list_model_get_n_items (last), ==, G_N_ELEMENTS (headlines));
  for (guint i = 0; i < G_N_ELEMENTS (headlines); i++)
    {
      g_autoptr (FoyerDoorEntry) entry = g_list_model_get_item (last, i);

      g_assert_cmpstr (foyer_door_entry_get_words (entry)->headline, ==, headlines[i]);
      g_assert_cmpint (foyer_door_entry_get_attendee (entry), ==, i == 2 ? 3 : 0);
    }
  tear_down (&fixture);
}

static void
test_repeats_verdict (void)
{
  Fixture fixture;

  set_up (&fixture);
  foyer_door_repeat (fixture.door);
  g_assert_cmpuint (fixture.verdicts->len, ==, 0);
  g_assert_cmpint (foyer_door_get_phase (fixture.door), ==, FOYER_DOOR_READY);

  scan (&fixture, "secret000001", NULL);
  foyer_door_clear (fixture.door);
  foyer_door_repeat (fixture.door);
  g_assert_cmpint (foyer_door_get_phase (fixture.door), ==, FOYER_DOOR_VERDICT);
  g_assert_true (foyer_door_get_words (fixture.door) == verdict_at (&fixture, 0));
  g_assert_cmpuint (fixture.verdicts->len, ==, 2);
  /* Seen again, not done again. */
  g_assert_cmpuint (g_list_model_get_n_items (foyer_door_get_last (fixture.door)), ==, 1);
  foyer_test_run_for (fixture.world->clock, 5 * FOYER_SECOND);
  g_assert_cmpint (foyer_door_get_phase (fixture.door), ==, FOYER_DOOR_READY);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/door/admits", test_admits);
  g_test_add_func ("/door/pause", test_pause);
  g_test_add_func ("/door/next-does-not-wait", test_next_does_not_wait);
  g_test_add_func ("/door/repeat-is-dropped", test_repeat_is_dropped);
  g_test_add_func ("/door/queue", test_queue);
  g_test_add_func ("/door/alternative", test_alternative);
  g_test_add_func ("/door/disk-breaks", test_disk_breaks);
  g_test_add_func ("/door/offline", test_offline);
  g_test_add_func ("/door/admit-by-name", test_admit_by_name);
  g_test_add_func ("/door/clear", test_clear);
  g_test_add_func ("/door/gone-meanwhile", test_gone_meanwhile);
  g_test_add_func ("/door/remembers", test_remembers);
  g_test_add_func ("/door/repeats-verdict", test_repeats_verdict);
  return g_test_run ();
}
