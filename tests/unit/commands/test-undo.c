/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking an admission back: withdrawn, annulled, an exit, a case; and what is shown meanwhile. */

#include <string.h>

#include "foyer-settlement.h"
#include "foyer-test-desk.h"

typedef struct
{
  FoyerFakeClock *clock;
  FoyerFakeServer *server;
  FoyerTestDesk *desk;
  gint64 attendee;
} World;

static void
world_begin (World *world, gboolean online)
{
  world->clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  world->server = foyer_fake_server_new (FOYER_CLOCK (world->clock));
  world->attendee = foyer_fake_server_sell (world->server, "s0", "Ada");
  foyer_fake_server_sell (world->server, "s1", "Bo");
  world->desk = foyer_test_desk_new (world->clock, world->server, NULL);
  foyer_test_desk_sync (world->desk);
  if (online)
    foyer_dispatcher_start (world->desk->dispatcher);
  foyer_test_turn ();
}

static void
world_end (World *world)
{
  foyer_test_desk_free (world->desk);
  g_object_unref (world->server);
  g_object_unref (world->clock);
}

static char *
admit (World *world, const char *secret)
{
  g_autoptr (FoyerVerdict) verdict = foyer_test_desk_admit (world->desk, secret);

  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
  return g_strdup (verdict->command);
}

static FoyerUndo *
undo (World *world, const char *command)
{
  g_autoptr (GError) error = NULL;
  FoyerUndo *undone = foyer_test_desk_undo (world->desk, command, &error);

  g_assert_no_error (error);
  return undone;
}

static void
refuse_to_undo (World *world, const char *command, FoyerError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (foyer_test_desk_undo (world->desk, command, &error));
  g_assert_error (error, FOYER_ERROR, (int)code);
}

static guint
count_shown (World *world)
{
  g_autoptr (GPtrArray) laid = foyer_fake_store_dup_check_ins (world->desk->store, world->attendee);

  return laid->len;
}

static void
carry_out (World *world)
{
  foyer_dispatcher_start (world->desk->dispatcher);
  foyer_test_run_until (world->clock, foyer_test_desk_has_settled, world->desk);
}

static void
test_withdrawn (void)
{
  World world;
  g_autofree char *id = NULL;
  g_autoptr (FoyerUndo) undone = NULL;
  g_autoptr (FoyerCommand) command = NULL;

  world_begin (&world, FALSE);
  id = admit (&world, "s0");
  g_assert_cmpuint (count_shown (&world), ==, 1);
  undone = undo (&world, id);
  g_assert_cmpint (undone->manner, ==, FOYER_UNDO_WITHDRAWN);
  g_assert_cmpstr (undone->undone, ==, id);
  g_assert_cmpstr (undone->scan->name, ==, "Ada");
  g_assert_cmpuint (count_shown (&world), ==, 0);
  command = foyer_test_desk_dup_command (world.desk, 0);
  g_assert_cmpint (command->state, ==, FOYER_STATE_WITHDRAWN);
  g_assert_cmpstr (command->note, ==, "Eve: a mistake");

  refuse_to_undo (&world, id, FOYER_ERROR_CONFLICT);
  refuse_to_undo (&world, NULL, FOYER_ERROR_NOT_FOUND);
  refuse_to_undo (&world, "nobody", FOYER_ERROR_NOT_FOUND);

  carry_out (&world);
  g_assert_cmpuint (foyer_fake_server_get_sends (world.server), ==, 0);
  foyer_test_desk_assert_line (world.desk, 1, 0, 0);
  world_end (&world);
}

static void
test_annulled (void)
{
  World world;
  g_autofree char *id = NULL;
  g_autofree char *again = NULL;
  g_autoptr (FoyerUndo) undone = NULL;
  g_autoptr (FoyerUndo) second = NULL;

  world_begin (&world, TRUE);
  id = admit (&world, "s0");
  foyer_test_run_for (world.clock, FOYER_MINUTE);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s0"), ==, 1);

  undone = undo (&world, NULL);
  g_assert_cmpint (undone->manner, ==, FOYER_UNDO_ANNULLED);
  g_assert_cmpstr (undone->undone, ==, id);
  g_assert_cmpint (undone->command->state, ==, FOYER_STATE_DONE);
  g_assert_cmpint (undone->command->kind, ==, FOYER_COMMAND_UNDO);
  g_assert_cmpstr (undone->command->actor, ==, "Eve");
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s0"), ==, 0);
  g_assert_cmpuint (count_shown (&world), ==, 0);
  refuse_to_undo (&world, id, FOYER_ERROR_CONFLICT);
  refuse_to_undo (&world, undone->command->id, FOYER_ERROR_INVALID);

  /* The same ticket comes in again, and that can be taken back, too. */
  again = admit (&world, "s0");
  second = undo (&world, NULL);
  g_assert_cmpstr (second->undone, ==, again);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s0"), ==, 0);
  foyer_test_desk_assert_line (world.desk, 4, 0, 0);
  world_end (&world);
}

/* Sent, and the service is gone: what is taken back is not shown, and who comes next goes behind it. */
static void
test_order (void)
{
  World world;
  g_autofree char *id = NULL;
  g_autofree char *again = NULL;
  g_autoptr (FoyerUndo) undone = NULL;
  g_autoptr (FoyerCommand) third = NULL;

  world_begin (&world, TRUE);
  id = admit (&world, "s0");
  foyer_test_run_for (world.clock, FOYER_SECOND);
  foyer_fake_server_set_down (world.server, TRUE);
  undone = undo (&world, id);
  g_assert_cmpint (undone->manner, ==, FOYER_UNDO_ANNULLED);
  g_assert_true (foyer_command_state_is_waiting (undone->command->state));
  g_assert_cmpuint (count_shown (&world), ==, 0);

  again = admit (&world, "s0");
  third = foyer_test_desk_dup_command (world.desk, 2);
  g_assert_cmpint (third->state, ==, FOYER_STATE_PENDING);
  g_assert_cmpuint (count_shown (&world), ==, 1);

  foyer_fake_server_set_down (world.server, FALSE);
  foyer_test_run_until (world.clock, foyer_test_desk_has_settled, world.desk);
  foyer_test_desk_assert_line (world.desk, 3, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s0"), ==, 1);
  g_assert_cmpuint (foyer_fake_server_count_annulled (world.server), ==, 1);
  g_assert_cmpuint (count_shown (&world), ==, 1);
  world_end (&world);
}

/* In doubt when it is taken back: it is looked up, stored or not, and then it is not there. */
static void
test_doubt (void)
{
  static const FoyerFakeFault faults[] = { FOYER_FAKE_LOST_ANSWER, FOYER_FAKE_LOST_REQUEST };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      World world;
      g_autofree char *id = NULL;
      g_autoptr (FoyerUndo) undone = NULL;

      world_begin (&world, TRUE);
      foyer_fake_server_add_fault (world.server, faults[i]);
      id = admit (&world, "s0");
      undone = undo (&world, id);
      g_assert_cmpint (undone->manner, ==, FOYER_UNDO_ANNULLED);
      foyer_test_run_until (world.clock, foyer_test_desk_has_settled, world.desk);
      foyer_test_desk_assert_line (world.desk, 2, 0, 0);
      g_assert_cmpuint (foyer_fake_server_count (world.server, "s0"), ==, 0);
      g_assert_cmpuint (count_shown (&world), ==, 0);
      world_end (&world);
    }
}

static void
test_too_late (void)
{
  World world;
  g_autofree char *id = NULL;
  g_autoptr (FoyerUndo) undone = NULL;
  g_autoptr (GPtrArray) laid = NULL;

  world_begin (&world, TRUE);
  id = admit (&world, "s0");
  foyer_test_run_for (world.clock, 16 * FOYER_MINUTE);
  undone = undo (&world, NULL);
  g_assert_cmpint (undone->manner, ==, FOYER_UNDO_EXIT);
  g_assert_cmpint (undone->command->kind, ==, FOYER_COMMAND_EXIT);
  foyer_test_run_until (world.clock, foyer_test_desk_has_settled, world.desk);
  laid = foyer_fake_store_dup_check_ins (world.desk->store, world.attendee);
  g_assert_cmpuint (laid->len, ==, 2);
  g_assert_true (((FoyerCheckIn *)laid->pdata[1])->exit);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s0"), ==, 2);
  refuse_to_undo (&world, id, FOYER_ERROR_CONFLICT);
  world_end (&world);
}

/* Refused by the service: there is nothing to take back there. */
static void
test_refused (void)
{
  World world;
  g_autofree char *id = NULL;
  g_autoptr (FoyerUndo) undone = NULL;

  world_begin (&world, FALSE);
  id = admit (&world, "s0");
  foyer_fake_server_refuse (world.server, "s0", "blocked");
  carry_out (&world);
  foyer_test_desk_assert_line (world.desk, 0, 0, 1);
  g_assert_cmpuint (count_shown (&world), ==, 1);
  undone = undo (&world, NULL);
  g_assert_cmpint (undone->manner, ==, FOYER_UNDO_SETTLED);
  foyer_test_desk_assert_line (world.desk, 1, 0, 0);
  g_assert_cmpuint (count_shown (&world), ==, 0);
  world_end (&world);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  gpointer command = NULL;
  gboolean *done = data;
  g_autoptr (GError) error = NULL;

  foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &command, &error);
  g_assert_no_error (error);
  foyer_command_unref (command);
  *done = TRUE;
}

static void
settle (World *world, const char *id, FoyerSettlement settlement)
{
  FoyerSettlementRequest *request = g_new0 (FoyerSettlementRequest, 1);
  gboolean done = FALSE;

  request->id = g_strdup (id);
  request->settlement = settlement;
  request->note = g_strdup ("gone home");
  request->actor = g_strdup ("Eve");
  request->new_id = g_uuid_string_random ();
  request->new_key = g_uuid_string_random ();
  request->created = FOYER_TEST_NOW;
  foyer_journal_transact_async (FOYER_JOURNAL (world->desk->store), TRUE, foyer_settlement_make,
                                request, (GDestroyNotify)foyer_settlement_request_free,
                                (GDestroyNotify)foyer_command_unref, NULL, on_settled, &done);
  foyer_test_turn ();
  g_assert_true (done);
}

/* Only the service knows that it is too late: a person chooses. */
static void
test_case (void)
{
  for (int keep = 0; keep < 2; keep++)
    {
      World world;
      g_autofree char *id = NULL;
      g_autoptr (FoyerUndo) undone = NULL;

      world_begin (&world, TRUE);
      id = admit (&world, "s0");
      foyer_test_run_for (world.clock, FOYER_SECOND);
      foyer_fake_server_forbid_annulment (world.server);
      undone = undo (&world, id);
      g_assert_cmpint (undone->command->state, ==, FOYER_STATE_NEEDS_YOU);
      g_assert_nonnull (strstr (undone->command->problem, "\"undo\""));
      g_assert_nonnull (strstr (undone->command->problem, "\"too_late\""));
      g_assert_cmpuint (count_shown (&world), ==, 0);
      refuse_to_undo (&world, id, FOYER_ERROR_CONFLICT);

      settle (&world, undone->command->id, keep ? FOYER_SETTLE_KEEP : FOYER_SETTLE_ACCEPT);
      foyer_test_run_until (world.clock, foyer_test_desk_has_settled, world.desk);
      g_assert_cmpuint (foyer_fake_server_count (world.server, "s0"), ==, keep ? 2 : 1);
      g_assert_cmpuint (count_shown (&world), ==, keep ? 2 : 1);
      foyer_test_desk_assert_line (world.desk, keep ? 3 : 2, 0, 0);
      world_end (&world);
    }
}

/* The last that stands, not the last of all. */
static void
test_last (void)
{
  World world;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (FoyerUndo) one = NULL;
  g_autoptr (FoyerUndo) other = NULL;

  world_begin (&world, FALSE);
  first = admit (&world, "s0");
  second = admit (&world, "s1");
  one = undo (&world, NULL);
  other = undo (&world, NULL);
  g_assert_cmpstr (one->undone, ==, second);
  g_assert_cmpstr (other->undone, ==, first);
  refuse_to_undo (&world, NULL, FOYER_ERROR_NOT_FOUND);
  world_end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/undo/withdrawn", test_withdrawn);
  g_test_add_func ("/commands/undo/annulled", test_annulled);
  g_test_add_func ("/commands/undo/order", test_order);
  g_test_add_func ("/commands/undo/doubt", test_doubt);
  g_test_add_func ("/commands/undo/too-late", test_too_late);
  g_test_add_func ("/commands/undo/refused", test_refused);
  g_test_add_func ("/commands/undo/case", test_case);
  g_test_add_func ("/commands/undo/last", test_last);
  return g_test_run ();
}
