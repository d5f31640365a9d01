/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One scan, from the code to the verdict. */

#include "foyer-test-desk.h"

typedef struct
{
  FoyerFakeClock *clock;
  FoyerFakeServer *server;
  FoyerTestDesk *desk;
} World;

static void
world_begin (World *world, gboolean online)
{
  world->clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  world->server = foyer_fake_server_new (FOYER_CLOCK (world->clock));
  foyer_fake_server_sell (world->server, "ada", "Ada");
  foyer_fake_server_sell (world->server, "bob", "Bob");
  world->desk = foyer_test_desk_new (world->clock, world->server, NULL);
  foyer_test_desk_sync (world->desk);
  if (online)
    {
      foyer_dispatcher_start (world->desk->dispatcher);
      foyer_test_turn ();
      g_assert_true (foyer_dispatcher_get_sender (world->desk->dispatcher));
    }
  foyer_fake_server_set_delay (world->server, 30000);
}

static void
world_end (World *world)
{
  foyer_test_desk_free (world->desk);
  g_object_unref (world->server);
  g_object_unref (world->clock);
}

static void
settle_all (World *world)
{
  foyer_test_run_until (world->clock, foyer_test_desk_has_settled, world->desk);
}

static void
test_online (void)
{
  World world;
  g_autoptr (FoyerVerdict) verdict = NULL;
  g_autoptr (FoyerVerdict) again = NULL;
  g_autoptr (FoyerCommand) command = NULL;
  guint writes;

  world_begin (&world, TRUE);
  writes = foyer_fake_store_get_n_writes (world.desk->store);
  verdict = foyer_test_desk_admit (world.desk, "ada");
  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
  g_assert_true (verdict->by_service);
  g_assert_false (verdict->unsure);
  g_assert_cmpstr (verdict->admission->candidate->attendee->name, ==, "Ada");
  g_assert_cmpstr (verdict->scan->product, ==, "Regular");
  settle_all (&world);
  foyer_test_desk_assert_line (world.desk, 1, 0, 0);
  command = foyer_test_desk_dup_command (world.desk, 0);
  g_assert_cmpint (command->state, ==, FOYER_STATE_DONE);
  g_assert_cmpstr (command->target, ==, "100:7");
  g_assert_cmpstr (command->desk, ==, "Desk 1");
  /* one fsync before the request leaves, one after */
  g_assert_cmpuint (foyer_fake_store_get_n_writes (world.desk->store) - writes, ==, 2);

  again = foyer_test_desk_admit (world.desk, "ada");
  g_assert_cmpint (again->admission->result, ==, FOYER_ADMISSION_REFUSED);
  g_assert_cmpstr (again->admission->reason, ==, "already_redeemed");
  g_assert_nonnull (again->admission->previous);
  g_assert_null (again->command);
  g_assert_true (again->by_service);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "ada"), ==, 1);

  /* It was only asked: the service hears of the refusal. */
  settle_all (&world);
  foyer_test_desk_assert_line (world.desk, 2, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count_refusals (world.server), ==, 1);
  world_end (&world);
}

/* Two scans of one code at once: one is let in. */
static void
count_admitted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FoyerVerdict) verdict = foyer_admit_job_run_finish (FOYER_ADMIT_JOB (source), result,
                                                                 NULL);
  guint *counts = data;

  counts[verdict->admission->result == FOYER_ADMISSION_ADMITTED ? 0 : 1]++;
}

static void
test_twice_at_once (void)
{
  for (int online = 0; online < 2; online++)
    {
      World world;
      g_autoptr (FoyerAdmitJob) one = NULL;
      g_autoptr (FoyerAdmitJob) other = NULL;
      guint counts[2] = { 0 };

      world_begin (&world, online == 1);
      one = foyer_test_desk_scan (world.desk, "ada");
      other = foyer_test_desk_scan (world.desk, "ada");
      foyer_admit_job_run_async (one, NULL, count_admitted, counts);
      foyer_admit_job_run_async (other, NULL, count_admitted, counts);
      foyer_test_run_for (world.clock, FOYER_SECOND);
      g_assert_cmpuint (counts[0], ==, 1);
      g_assert_cmpuint (counts[1], ==, 1);
      g_clear_object (&one);
      g_clear_object (&other);
      world_end (&world);
    }
}

static void
test_late_yes (void)
{
  World world;
  g_autoptr (FoyerVerdict) verdict = NULL;
  gint64 began;

  world_begin (&world, TRUE);
  foyer_fake_server_set_delay (world.server, 2 * FOYER_SECOND);
  began = foyer_clock_elapsed (FOYER_CLOCK (world.clock));
  verdict = foyer_test_desk_admit (world.desk, "ada");
  g_assert_cmpint (foyer_clock_elapsed (FOYER_CLOCK (world.clock)) - began, ==, 400000);
  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
  g_assert_false (verdict->by_service);
  g_assert_true (verdict->asked);
  settle_all (&world);
  foyer_test_desk_assert_line (world.desk, 1, 0, 0);
  world_end (&world);
}

/* Refused in time: told at the door, nothing for the inbox. Too late: the person is in. */
static void
test_refused (void)
{
  for (int late = 0; late < 2; late++)
    {
      World world;
      g_autoptr (FoyerVerdict) verdict = NULL;

      world_begin (&world, TRUE);
      foyer_fake_server_refuse (world.server, "ada", "blocked");
      if (late)
        foyer_fake_server_set_delay (world.server, 2 * FOYER_SECOND);
      verdict = foyer_test_desk_admit (world.desk, "ada");
      settle_all (&world);
      if (late)
        {
          g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
          g_assert_nonnull (verdict->command);
          foyer_test_desk_assert_line (world.desk, 0, 0, 1);
        }
      else
        {
          g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_REFUSED);
          g_assert_cmpstr (verdict->admission->reason, ==, "blocked");
          g_assert_true (verdict->by_service);
          g_assert_null (verdict->command);
          foyer_test_desk_assert_line (world.desk, 1, 0, 0);
        }
      world_end (&world);
    }
}

/* The deadline falls in the same turn as the answer: whichever comes first, both agree. */
static void
test_photo_finish (void)
{
  for (int i = -1; i <= 1; i++)
    {
      World world;
      g_autoptr (FoyerVerdict) verdict = NULL;

      world_begin (&world, TRUE);
      foyer_fake_server_refuse (world.server, "ada", "blocked");
      foyer_fake_server_set_delay (world.server, 400000 + i);
      verdict = foyer_test_desk_admit (world.desk, "ada");
      settle_all (&world);
      if (verdict->admission->result == FOYER_ADMISSION_ADMITTED)
        foyer_test_desk_assert_line (world.desk, 0, 0, 1);
      else
        foyer_test_desk_assert_line (world.desk, 1, 0, 0);
      world_end (&world);
    }
}

static void
test_deadline_adapts (void)
{
  World world;

  world_begin (&world, TRUE);
  g_assert_cmpint (foyer_dispatcher_get_deadline (world.desk->dispatcher, world.desk->desk), ==,
                   400000);
  foyer_fake_server_set_delay (world.server, 60000);
  for (int i = 0; i < 10; i++)
    {
      g_autofree char *secret = g_strdup_printf ("x%d", i);
      g_autoptr (FoyerVerdict) verdict = NULL;

      foyer_fake_server_sell (world.server, secret, "Eve");
      verdict = foyer_test_desk_admit (world.desk, secret);
      g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
      settle_all (&world);
    }
  g_assert_cmpint (foyer_dispatcher_get_deadline (world.desk->dispatcher, world.desk->desk), ==,
                   120000);
  foyer_dispatcher_set_paused (world.desk->dispatcher, TRUE);
  g_assert_cmpint (foyer_dispatcher_get_deadline (world.desk->dispatcher, world.desk->desk), ==, 0);
  world_end (&world);
}

/* Sold a moment ago: not in the copy, so the service is asked, then it is recorded like any other. */
static void
test_unknown_here (void)
{
  World world;
  g_autoptr (FoyerVerdict) verdict = NULL;
  g_autoptr (FoyerVerdict) again = NULL;
  g_autoptr (FoyerVerdict) nobody = NULL;

  world_begin (&world, TRUE);
  foyer_fake_server_sell (world.server, "new", "Noor");
  verdict = foyer_test_desk_admit (world.desk, "new");
  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
  g_assert_true (verdict->by_service);
  g_assert_nonnull (verdict->command);
  g_assert_cmpstr (verdict->scan->name, ==, "Noor");
  settle_all (&world);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "new"), ==, 1);

  again = foyer_test_desk_admit (world.desk, "new");
  g_assert_cmpstr (again->admission->reason, ==, "already_redeemed");
  nobody = foyer_test_desk_admit (world.desk, "nobody");
  g_assert_cmpint (nobody->admission->result, ==, FOYER_ADMISSION_REFUSED);
  g_assert_cmpstr (nobody->admission->reason, ==, "invalid");
  g_assert_true (nobody->by_service);
  world_end (&world);
}

/* ... and its admission waits, since the answer was lost: the same code does not come in twice. */
static void
test_unknown_waiting (void)
{
  World world;
  g_autoptr (FoyerVerdict) verdict = NULL;
  g_autoptr (FoyerVerdict) again = NULL;

  world_begin (&world, TRUE);
  foyer_fake_server_sell (world.server, "new", "Noor");
  foyer_fake_server_add_fault (world.server, FOYER_FAKE_NONE);
  foyer_fake_server_add_fault (world.server, FOYER_FAKE_LOST_REQUEST);
  verdict = foyer_test_desk_admit (world.desk, "new");
  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
  g_assert_false (verdict->by_service && verdict->command == NULL);
  again = foyer_test_desk_admit (world.desk, "new");
  g_assert_cmpint (again->admission->result, ==, FOYER_ADMISSION_REFUSED);
  settle_all (&world);
  foyer_test_desk_assert_line (world.desk, 2, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count_refusals (world.server), ==, 1);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "new"), ==, 1);
  world_end (&world);
}

/* An empty copy, and nobody to ask: "cannot decide", not "unknown". */
static void
test_cannot_know (void)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  g_autoptr (FoyerFakeServer) server = foyer_fake_server_new (FOYER_CLOCK (clock));
  g_autoptr (FoyerTestDesk) desk = NULL;
  g_autoptr (FoyerVerdict) verdict = NULL;

  foyer_fake_server_sell (server, "ada", "Ada");
  desk = foyer_test_desk_new (clock, server, NULL);
  foyer_desk_set_offline (desk->desk, TRUE);
  verdict = foyer_test_desk_admit (desk, "ada");
  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_REFUSED);
  g_assert_false (verdict->admission->certain);
  g_assert_false (verdict->asked);
  g_assert_true (verdict->unsure);
  foyer_test_desk_assert_line (desk, 0, 0, 0);
}

/* It takes as long as it takes: "unknown" is never said while the service can be asked. */
static void
test_unknown_slow (void)
{
  World world;
  g_autoptr (FoyerAdmitJob) job = NULL;
  guint counts[2] = { 0 };

  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  g_autoptr (FoyerFakeServer) server = foyer_fake_server_new (FOYER_CLOCK (clock));

  world.clock = clock;
  world.server = server;
  foyer_fake_server_sell (server, "ada", "Ada");
  world.desk = foyer_test_desk_new (clock, server, NULL);
  foyer_test_desk_sync (world.desk);
  /* a copy that is not complete does not know the new one */
  foyer_fake_server_sell (server, "new", "Noor");
  foyer_fake_server_set_page_size (server, 1);
  foyer_dispatcher_start (world.desk->dispatcher);
  foyer_test_turn ();
  foyer_fake_server_set_delay (server, 300000);
  job = foyer_test_desk_scan (world.desk, "new");
  foyer_admit_job_run_async (job, NULL, count_admitted, counts);
  foyer_test_run_for (clock, 2 * FOYER_SECOND);
  g_assert_cmpuint (counts[0], ==, 1);
  g_clear_object (&job);
  foyer_test_desk_free (world.desk);
}

static void
test_offline (void)
{
  World world;
  g_autoptr (FoyerVerdict) verdict = NULL;
  g_autoptr (FoyerVerdict) again = NULL;
  gint64 began;

  world_begin (&world, TRUE);
  foyer_dispatcher_set_paused (world.desk->dispatcher, TRUE);
  foyer_desk_set_offline (world.desk->desk, TRUE);
  began = foyer_clock_elapsed (FOYER_CLOCK (world.clock));
  verdict = foyer_test_desk_admit (world.desk, "ada");
  again = foyer_test_desk_admit (world.desk, "ada");
  g_assert_cmpint (foyer_clock_elapsed (FOYER_CLOCK (world.clock)), ==, began);
  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
  g_assert_false (verdict->by_service);
  g_assert_cmpstr (again->admission->reason, ==, "already_redeemed");
  g_assert_true (again->admission->previous->waiting);
  foyer_test_desk_assert_line (world.desk, 0, 2, 0);

  foyer_desk_set_offline (world.desk->desk, FALSE);
  foyer_dispatcher_set_paused (world.desk->dispatcher, FALSE);
  settle_all (&world);
  foyer_test_desk_assert_line (world.desk, 2, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count_refusals (world.server), ==, 1);
  g_assert_cmpuint (foyer_fake_server_count (world.server, "ada"), ==, 1);
  world_end (&world);
}

/* The service says less than the desk: its word is the verdict, and nothing is recorded. */
static void
test_questions (void)
{
  World world;
  g_autoptr (FoyerVerdict) verdict = NULL;

  world_begin (&world, TRUE);
  foyer_fake_server_refuse (world.server, "ada", "incomplete");
  verdict = foyer_test_desk_admit (world.desk, "ada");
  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_QUESTIONS);
  g_assert_true (verdict->by_service);
  settle_all (&world);
  foyer_test_desk_assert_line (world.desk, 1, 0, 0);
  world_end (&world);
}

/* Used in the copy, but taken back at the service since. */
static void
test_service_knows_better (void)
{
  World world;
  g_autoptr (FoyerVerdict) verdict = NULL;

  world_begin (&world, TRUE);
  foyer_fake_server_enter (world.server, "ada", FOYER_TEST_NOW - FOYER_HOUR, 9);
  foyer_test_desk_sync (world.desk);
  {
    g_autoptr (FoyerFakeServer) fresh = foyer_fake_server_new (FOYER_CLOCK (world.clock));
    g_autoptr (FoyerService) service = NULL;

    foyer_fake_server_sell (fresh, "ada", "Ada");
    service = FOYER_SERVICE (foyer_fake_service_new (
        fresh, foyer_desk_get_connection (world.desk->desk), FOYER_CLOCK (world.clock)));
    foyer_desk_set_service (world.desk->desk, service);
    verdict = foyer_test_desk_admit (world.desk, "ada");
    g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
    g_assert_nonnull (verdict->command);
    settle_all (&world);
    g_assert_cmpuint (foyer_fake_server_count (fresh, "ada"), ==, 1);
  }
  world_end (&world);
}

static void
count_call (FoyerDispatcher *dispatcher, guint *calls)
{
  (*calls)++;
}

/* Another process sends: this one says that there is something, and watches the journal. */
static void
test_other_sender (void)
{
  for (int refused = 0; refused < 2; refused++)
    {
      World world;
      FoyerTestDesk *other;
      g_autoptr (FoyerVerdict) verdict = NULL;
      guint said = 0;
      guint heard = 0;

      world_begin (&world, TRUE);
      g_signal_connect (world.desk->dispatcher, "left-to-others", G_CALLBACK (count_call), &heard);
      if (refused)
        foyer_fake_server_refuse (world.server, "ada", "blocked");
      other = foyer_test_desk_new (world.clock, world.server, world.desk->store);
      foyer_test_desk_sync (other);
      foyer_dispatcher_start (other->dispatcher);
      g_signal_connect (other->dispatcher, "left-to-others", G_CALLBACK (count_call), &said);
      verdict = foyer_test_desk_admit (other, "ada");
      g_assert_cmpuint (said, ==, 1);
      g_assert_cmpuint (heard, ==, 0);
      g_assert_true (verdict->by_service);
      g_assert_cmpint (verdict->admission->result, ==,
                       refused ? FOYER_ADMISSION_REFUSED : FOYER_ADMISSION_ADMITTED);
      if (refused)
        g_assert_cmpstr (verdict->admission->reason, ==, "blocked");
      settle_all (&world);
      foyer_test_desk_assert_line (world.desk, 1, 0, 0);
      foyer_test_desk_free (other);
      world_end (&world);
    }
}

/* The other process hears the refusal when this one has let the person in: that needs somebody. */
static void
test_other_sender_late (void)
{
  World world;
  FoyerTestDesk *other;
  g_autoptr (FoyerVerdict) verdict = NULL;

  world_begin (&world, TRUE);
  foyer_fake_server_refuse (world.server, "ada", "blocked");
  foyer_fake_server_set_delay (world.server, 2 * FOYER_SECOND);
  other = foyer_test_desk_new (world.clock, world.server, world.desk->store);
  foyer_test_desk_sync (other);
  foyer_dispatcher_start (other->dispatcher);
  verdict = foyer_test_desk_admit (other, "ada");
  g_assert_false (verdict->by_service);
  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
  settle_all (&world);
  foyer_test_run_for (world.clock, 3 * FOYER_SECOND);
  foyer_test_desk_assert_line (world.desk, 0, 0, 1);
  foyer_test_desk_free (other);
  world_end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/admit/online", test_online);
  g_test_add_func ("/commands/admit/twice-at-once", test_twice_at_once);
  g_test_add_func ("/commands/admit/late-yes", test_late_yes);
  g_test_add_func ("/commands/admit/refused", test_refused);
  g_test_add_func ("/commands/admit/photo-finish", test_photo_finish);
  g_test_add_func ("/commands/admit/deadline-adapts", test_deadline_adapts);
  g_test_add_func ("/commands/admit/unknown-here", test_unknown_here);
  g_test_add_func ("/commands/admit/unknown-waiting", test_unknown_waiting);
  g_test_add_func ("/commands/admit/cannot-know", test_cannot_know);
  g_test_add_func ("/commands/admit/unknown-slow", test_unknown_slow);
  g_test_add_func ("/commands/admit/offline", test_offline);
  g_test_add_func ("/commands/admit/questions", test_questions);
  g_test_add_func ("/commands/admit/service-knows-better", test_service_knows_better);
  g_test_add_func ("/commands/admit/other-sender", test_other_sender);
  g_test_add_func ("/commands/admit/other-sender-late", test_other_sender_late);
  return g_test_run ();
}
