/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Carrying out: each command exactly once, whatever the network does. */

#include "foyer-settlement.h"
#include "foyer-test-desk.h"

typedef struct
{
  FoyerFakeClock *clock;
  FoyerFakeServer *server;
  FoyerTestDesk *desk;
} World;

static void
world_begin (World *world, guint tickets)
{
  world->clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  world->server = foyer_fake_server_new (FOYER_CLOCK (world->clock));
  for (guint i = 0; i < tickets; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);

      foyer_fake_server_sell (world->server, secret, "Ada");
    }
  world->desk = foyer_test_desk_new (world->clock, world->server, NULL);
  foyer_test_desk_sync (world->desk);
}

static void
world_end (World *world)
{
  foyer_test_desk_free (world->desk);
  g_object_unref (world->server);
  g_object_unref (world->clock);
}

/* Scans while nothing is sent, then starts. */
static void
record (World *world, guint tickets)
{
  for (guint i = 0; i < tickets; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);
      g_autoptr (FoyerVerdict) verdict = foyer_test_desk_admit (world->desk, secret);

      g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
      g_assert_nonnull (verdict->command);
    }
  foyer_test_desk_assert_line (world->desk, 0, tickets, 0);
}

static void
carry_out (World *world)
{
  foyer_dispatcher_start (world->desk->dispatcher);
  foyer_test_run_until (world->clock, foyer_test_desk_has_settled, world->desk);
}

static void
assert_once (World *world, guint tickets)
{
  for (guint i = 0; i < tickets; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);

      g_assert_cmpuint (foyer_fake_server_count (world->server, secret), ==, 1);
    }
}

static void
test_drain (void)
{
  World world;
  guint before;

  world_begin (&world, 100);
  record (&world, 100);
  before = foyer_fake_store_get_n_writes (world.desk->store);
  carry_out (&world);
  foyer_test_desk_assert_line (world.desk, 100, 0, 0);
  assert_once (&world, 100);
  g_assert_cmpuint (foyer_fake_server_get_sends (world.server), ==, 100);
  /* at most two fsyncs a command, and an audit row for each */
  g_assert_cmpuint (foyer_fake_store_get_n_writes (world.desk->store) - before, <=, 200);
  g_assert_cmpuint (foyer_fake_store_get_n_calls (world.desk->store), ==, 100);
  world_end (&world);
}

static void
test_faults (void)
{
  static const FoyerFakeFault faults[] = { FOYER_FAKE_NEVER_SENT,  FOYER_FAKE_LOST_REQUEST,
                                           FOYER_FAKE_LOST_ANSWER, FOYER_FAKE_BUSY,
                                           FOYER_FAKE_BROKEN,      FOYER_FAKE_UNAUTHORIZED,
                                           FOYER_FAKE_FORBIDDEN };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint times = 1; times <= 3; times++)
      {
        World world;

        world_begin (&world, 6);
        record (&world, 6);
        for (guint j = 0; j < times; j++)
          foyer_fake_server_add_fault (world.server, faults[i]);
        carry_out (&world);
        foyer_test_desk_assert_line (world.desk, 6, 0, 0);
        assert_once (&world, 6);
        g_assert_null (foyer_desk_get_problem (world.desk->desk));
        world_end (&world);
      }
}

/* The answer is lost, and when it is asked again the ticket is used: by us. */
static void
test_lost_then_refused (void)
{
  World world;

  world_begin (&world, 1);
  record (&world, 1);
  foyer_fake_server_add_fault (world.server, FOYER_FAKE_LOST_ANSWER);
  carry_out (&world);
  foyer_test_desk_assert_line (world.desk, 1, 0, 0);
  assert_once (&world, 1);
  /* found by looking, not by sending it again */
  g_assert_cmpuint (foyer_fake_server_get_sends (world.server), ==, 1);
  world_end (&world);
}

static void
test_conflict (void)
{
  World world;
  g_autoptr (FoyerCommand) command = NULL;
  g_autoptr (GPtrArray) check_ins = NULL;

  world_begin (&world, 2);
  record (&world, 2);
  foyer_fake_server_enter (world.server, "s0", FOYER_TEST_NOW - FOYER_MINUTE, 9);
  carry_out (&world);
  foyer_test_desk_assert_line (world.desk, 1, 0, 1);
  command = foyer_test_desk_dup_command (world.desk, 0);
  g_assert_cmpint (command->state, ==, FOYER_STATE_NEEDS_YOU);
  g_assert_nonnull (strstr (command->problem, "\"conflict\""));
  g_assert_nonnull (strstr (command->problem, "\"device_id\":9"));

  /* no answer takes a person out of the hall */
  check_ins = foyer_fake_store_dup_check_ins (world.desk->store, 100);
  g_assert_cmpuint (check_ins->len, ==, 2);
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
  request->note = g_strdup ("seen");
  request->actor = g_strdup ("Eve");
  foyer_journal_transact_async (FOYER_JOURNAL (world->desk->store), TRUE, foyer_settlement_make,
                                request, (GDestroyNotify)foyer_settlement_request_free,
                                (GDestroyNotify)foyer_command_unref, NULL, on_settled, &done);
  foyer_test_turn ();
  g_assert_true (done);
}

static void
test_settle (void)
{
  World world;
  g_autoptr (FoyerCommand) kept = NULL;
  g_autoptr (FoyerCommand) accepted = NULL;
  g_autoptr (FoyerCommand) after = NULL;

  world_begin (&world, 2);
  record (&world, 2);
  foyer_fake_server_refuse (world.server, "s0", "blocked");
  foyer_fake_server_refuse (world.server, "s1", "blocked");
  carry_out (&world);
  foyer_test_desk_assert_line (world.desk, 0, 0, 2);

  kept = foyer_test_desk_dup_command (world.desk, 0);
  accepted = foyer_test_desk_dup_command (world.desk, 1);
  settle (&world, kept->id, FOYER_SETTLE_KEEP);
  settle (&world, accepted->id, FOYER_SETTLE_ACCEPT);
  foyer_test_run_until (world.clock, foyer_test_desk_has_settled, world.desk);
  foyer_test_desk_assert_line (world.desk, 2, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s0"), ==, 1);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s1"), ==, 0);
  after = foyer_test_desk_dup_command (world.desk, 1);
  g_assert_cmpint (after->state, ==, FOYER_STATE_SETTLED);
  g_assert_cmpstr (after->note, ==, "Eve: seen");
  world_end (&world);
}

static void
test_ahead (void)
{
  World world;
  g_autoptr (FoyerCommand) command = NULL;

  world_begin (&world, 1);
  foyer_door_clock_pin (foyer_desk_get_door_clock (world.desk->desk),
                        FOYER_TEST_NOW + 365 * 24 * FOYER_HOUR);
  record (&world, 1);
  carry_out (&world);
  command = foyer_test_desk_dup_command (world.desk, 0);
  g_assert_cmpint (command->state, ==, FOYER_STATE_NEEDS_YOU);
  g_assert_nonnull (strstr (command->problem, "\"clock\""));
  g_assert_cmpuint (foyer_fake_server_get_sends (world.server), ==, 0);
  world_end (&world);
}

/* Nothing is sent before it is known what time it is at the service. */
static void
test_clock_first (void)
{
  World world;
  FoyerTestDesk *other;

  world_begin (&world, 1);
  record (&world, 1);
  other = foyer_test_desk_new (world.clock, world.server, world.desk->store);
  foyer_fake_server_set_skew (world.server, -FOYER_HOUR);
  foyer_dispatcher_start (other->dispatcher);
  foyer_test_run_until (world.clock, foyer_test_desk_has_settled, other);
  g_assert_cmpuint (foyer_fake_service_get_checks (other->service), ==, 1);
  g_assert_cmpuint (foyer_fake_server_get_sends (world.server), ==, 0);
  foyer_test_desk_assert_line (other, 0, 0, 1);
  foyer_test_desk_free (other);
  world_end (&world);
}

/* An entry and an exit of one ticket leave in order; another ticket does not wait for them. */
static void
test_order (void)
{
  World world;

  world_begin (&world, 2);
  {
    g_autoptr (FoyerVerdict) in = foyer_test_desk_admit (world.desk, "s0");
    g_autoptr (FoyerAdmitJob) out = foyer_test_desk_leave (world.desk, "s0");
    g_autoptr (FoyerVerdict) other = NULL;

    foyer_admit_job_run_async (out, NULL, NULL, NULL);
    foyer_test_turn ();
    other = foyer_test_desk_admit (world.desk, "s1");
  }
  foyer_test_desk_assert_line (world.desk, 0, 3, 0);
  foyer_fake_server_set_delay (world.server, FOYER_SECOND);
  /* the entry is thrown back once */
  foyer_fake_server_add_fault (world.server, FOYER_FAKE_BUSY);
  carry_out (&world);
  foyer_test_desk_assert_line (world.desk, 3, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s0"), ==, 2);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "s1"), ==, 1);
  world_end (&world);
}

/* However often the entry is thrown back, the exit that waits behind it never overtakes it. */
static void
test_never_overtaken (void)
{
  static const FoyerFakeFault faults[] = { FOYER_FAKE_BUSY, FOYER_FAKE_BROKEN,
                                           FOYER_FAKE_NEVER_SENT, FOYER_FAKE_LOST_REQUEST,
                                           FOYER_FAKE_LOST_ANSWER };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint times = 1; times <= 3; times++)
      {
        World world;
        g_autofree char *ways = NULL;

        world_begin (&world, 6);
        record (&world, 6);
        for (guint n = 0; n < 6; n++)
          {
            g_autofree char *secret = g_strdup_printf ("s%u", n);
            g_autoptr (FoyerAdmitJob) out = foyer_test_desk_leave (world.desk, secret);

            foyer_admit_job_run_async (out, NULL, NULL, NULL);
            foyer_test_turn ();
          }
        for (guint n = 0; n < times; n++)
          foyer_fake_server_add_fault (world.server, faults[i]);
        carry_out (&world);
        for (guint n = 0; n < 6; n++)
          {
            g_autofree char *secret = g_strdup_printf ("s%u", n);

            g_free (ways);
            ways = foyer_fake_server_dup_ways (world.server, secret);
            g_assert_cmpstr (ways, ==, "io");
          }
        world_end (&world);
      }
}

static void
test_outage (void)
{
  World world;

  world_begin (&world, 20);
  record (&world, 20);
  foyer_fake_server_set_down (world.server, TRUE);
  foyer_dispatcher_start (world.desk->dispatcher);
  foyer_test_run_for (world.clock, 30 * FOYER_MINUTE);
  foyer_test_desk_assert_line (world.desk, 0, 20, 0);
  g_assert_cmpint (foyer_desk_get_reach (world.desk->desk), ==, FOYER_REACH_OFFLINE);
  foyer_fake_server_set_down (world.server, FALSE);
  foyer_test_run_for (world.clock, FOYER_MINUTE);
  foyer_test_desk_assert_line (world.desk, 20, 0, 0);
  assert_once (&world, 20);
  world_end (&world);
}

static void
test_full_disk (void)
{
  World world;

  world_begin (&world, 5);
  record (&world, 5);
  g_test_expect_message ("foyer-commands", G_LOG_LEVEL_WARNING, "*journal could not be written*");
  g_test_expect_message ("foyer-commands", G_LOG_LEVEL_WARNING, "*journal could not be written*");
  foyer_dispatcher_start (world.desk->dispatcher);
  foyer_fake_server_set_delay (world.server, FOYER_SECOND);
  foyer_test_turn ();
  foyer_fake_store_break (world.desk->store, 2);
  foyer_test_run_until (world.clock, foyer_test_desk_has_settled, world.desk);
  g_test_assert_expected_messages ();
  foyer_test_desk_assert_line (world.desk, 5, 0, 0);
  assert_once (&world, 5);
  world_end (&world);
}

static void
test_invalid (void)
{
  World world;

  world_begin (&world, 2);
  record (&world, 2);
  foyer_fake_server_add_fault (world.server, FOYER_FAKE_INVALID);
  carry_out (&world);
  foyer_test_desk_assert_line (world.desk, 1, 0, 1);
  world_end (&world);
}

static void
on_drained (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  int *drained = data;

  *drained = foyer_dispatcher_drain_finish (FOYER_DISPATCHER (source), result, &error);
  g_assert_no_error (error);
}

static void
test_patience (void)
{
  World world;
  int drained = -1;

  world_begin (&world, 3);
  record (&world, 3);
  foyer_fake_server_set_down (world.server, TRUE);
  foyer_dispatcher_start (world.desk->dispatcher);
  foyer_dispatcher_drain_async (world.desk->dispatcher, 5 * FOYER_SECOND, NULL, on_drained,
                                &drained);
  foyer_test_run_for (world.clock, 4 * FOYER_SECOND);
  g_assert_cmpint (drained, ==, -1);
  foyer_test_run_for (world.clock, 2 * FOYER_SECOND);
  g_assert_cmpint (drained, ==, FALSE);

  foyer_fake_server_set_down (world.server, FALSE);
  drained = -1;
  foyer_dispatcher_drain_async (world.desk->dispatcher, FOYER_HOUR, NULL, on_drained, &drained);
  foyer_test_run_for (world.clock, 2 * FOYER_MINUTE);
  g_assert_cmpint (drained, ==, TRUE);
  foyer_test_desk_assert_line (world.desk, 3, 0, 0);
  world_end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/dispatcher/drain", test_drain);
  g_test_add_func ("/commands/dispatcher/faults", test_faults);
  g_test_add_func ("/commands/dispatcher/lost-then-refused", test_lost_then_refused);
  g_test_add_func ("/commands/dispatcher/conflict", test_conflict);
  g_test_add_func ("/commands/dispatcher/settle", test_settle);
  g_test_add_func ("/commands/dispatcher/ahead", test_ahead);
  g_test_add_func ("/commands/dispatcher/clock-first", test_clock_first);
  g_test_add_func ("/commands/dispatcher/order", test_order);
  g_test_add_func ("/commands/dispatcher/never-overtaken", test_never_overtaken);
  g_test_add_func ("/commands/dispatcher/outage", test_outage);
  g_test_add_func ("/commands/dispatcher/full-disk", test_full_disk);
  g_test_add_func ("/commands/dispatcher/invalid", test_invalid);
  g_test_add_func ("/commands/dispatcher/patience", test_patience);
  return g_test_run ();
}
