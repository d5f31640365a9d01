/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kill -9 at every instant: after each write, after each call, before each answer. The next process
 * finishes the work, and nothing happens twice. */

#include <stdio.h>
#include <unistd.h>

#include "foyer-test-desk.h"

#define TICKETS 3

typedef struct
{
  FoyerTestDesk *desk;
  guint instant;
  guint fatal;
  gboolean died;
} Death;

static void
on_instant (gpointer source, gpointer data)
{
  Death *death = data;

  if (death->died || death->instant++ != death->fatal)
    return;
  death->died = TRUE;
  foyer_test_desk_kill (death->desk);
}

static void
on_verdict (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FoyerVerdict) verdict = foyer_admit_job_run_finish (FOYER_ADMIT_JOB (source), result,
                                                                 NULL);
  guint *told = data;

  if (verdict != NULL && verdict->command != NULL)
    (*told)++;
}

/* Gives FALSE once the process outlives all of its instants. */
static gboolean
die_at (guint fatal, FoyerFakeFault fault)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  g_autoptr (FoyerFakeServer) server = foyer_fake_server_new (FOYER_CLOCK (clock));
  g_autoptr (FoyerFakeStore) disk = foyer_fake_store_new ();
  g_autoptr (GPtrArray) commands = NULL;
  FoyerTestDesk *desk;
  FoyerTestDesk *next;
  Death death = { .fatal = fatal };
  guint told = 0;

  for (guint i = 0; i < TICKETS; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);

      foyer_fake_server_sell (server, secret, "Ada");
    }
  desk = foyer_test_desk_new (clock, server, disk);
  foyer_test_desk_sync (desk);
  foyer_dispatcher_start (desk->dispatcher);
  foyer_test_turn ();
  foyer_fake_server_set_delay (server, 50000);
  foyer_fake_server_add_fault (server, fault);

  death.desk = desk;
  foyer_fake_store_set_watch (desk->store, on_instant, &death);
  foyer_fake_service_set_watch (desk->service, on_instant, &death);
  for (guint i = 0; i < TICKETS; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);
      g_autoptr (FoyerAdmitJob) job = foyer_test_desk_scan (desk, secret);

      foyer_admit_job_run_async (job, NULL, on_verdict, &told);
      foyer_test_run_for (clock, 60000);
    }
  foyer_test_run_for (clock, 10 * FOYER_SECOND);
  if (!death.died)
    foyer_test_desk_kill (desk);

  next = foyer_test_desk_new (clock, server, disk);
  foyer_dispatcher_start (next->dispatcher);
  foyer_test_run_until (clock, foyer_test_desk_has_settled, next);

  /* What the person at the door was told is there, once; what is recorded is carried out, once. */
  commands = foyer_fake_store_dup_commands (next->store);
  g_assert_cmpuint (commands->len, >=, told);
  foyer_test_desk_assert_line (next, commands->len, 0, 0);
  for (guint i = 0; i < TICKETS; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);
      guint recorded = 0;

      for (guint j = 0; j < commands->len; j++)
        {
          FoyerCommand *command = g_ptr_array_index (commands, j);
          g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, NULL);

          g_assert_cmpint (command->state, ==, FOYER_STATE_DONE);
          recorded += g_str_equal (scan->secret, secret);
        }
      g_assert_cmpuint (recorded, <=, 1);
      g_assert_cmpuint (foyer_fake_server_count (server, secret), ==, recorded);
    }
  foyer_test_desk_free (next);
  return death.died;
}

static void
test_every_instant (void)
{
  static const FoyerFakeFault faults[] = { FOYER_FAKE_NONE, FOYER_FAKE_LOST_ANSWER,
                                           FOYER_FAKE_LOST_REQUEST, FOYER_FAKE_NEVER_SENT,
                                           FOYER_FAKE_BUSY };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      guint instant = 0;

      while (die_at (instant, faults[i]))
        instant++;
      g_test_message ("fault %d: %u instants", faults[i], instant);
      g_assert_cmpuint (instant, >=, 4 * TICKETS);
    }
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FoyerUndo) undo = foyer_undo_finish (result, NULL);
  gboolean *told = data;

  *told = undo != NULL;
}

/* Somebody is let in and taken back, and the process dies in between: what was told holds. */
static gboolean
die_undoing_at (guint fatal, FoyerFakeFault fault, gboolean late)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  g_autoptr (FoyerFakeServer) server = foyer_fake_server_new (FOYER_CLOCK (clock));
  g_autoptr (FoyerFakeStore) disk = foyer_fake_store_new ();
  g_autoptr (FoyerVerdict) verdict = NULL;
  g_autoptr (GPtrArray) laid = NULL;
  FoyerTestDesk *desk;
  FoyerTestDesk *next;
  Death death = { .fatal = fatal };
  gboolean told = FALSE;
  gint64 attendee = foyer_fake_server_sell (server, "s0", "Ada");

  desk = foyer_test_desk_new (clock, server, disk);
  foyer_test_desk_sync (desk);
  if (!late)
    foyer_dispatcher_start (desk->dispatcher);
  foyer_test_turn ();
  verdict = foyer_test_desk_admit (desk, "s0");
  g_assert_nonnull (verdict->command);
  foyer_test_run_for (clock, FOYER_SECOND);

  foyer_fake_server_set_delay (server, 50000);
  foyer_fake_server_add_fault (server, fault);
  death.desk = desk;
  foyer_fake_store_set_watch (desk->store, on_instant, &death);
  foyer_fake_service_set_watch (desk->service, on_instant, &death);
  if (late)
    foyer_dispatcher_start (desk->dispatcher);
  foyer_undo_async (desk->desk, desk->dispatcher, verdict->command, "a mistake", "Eve",
                    FOYER_SECOND, NULL, on_undone, &told);
  foyer_test_run_for (clock, 20 * FOYER_SECOND);
  if (!death.died)
    foyer_test_desk_kill (desk);

  next = foyer_test_desk_new (clock, server, disk);
  foyer_dispatcher_start (next->dispatcher);
  foyer_test_run_until (clock, foyer_test_desk_has_settled, next);

  laid = foyer_fake_store_dup_check_ins (next->store, attendee);
  if (told)
    g_assert_cmpuint (foyer_fake_server_count (server, "s0"), ==, 0);
  g_assert_cmpuint (foyer_fake_server_count (server, "s0"), ==, laid->len);
  g_assert_cmpuint (foyer_fake_server_count_annulled (server), <=, 1);
  foyer_test_desk_free (next);
  return death.died;
}

static void
test_undo_at_every_instant (void)
{
  static const FoyerFakeFault faults[] = { FOYER_FAKE_NONE, FOYER_FAKE_LOST_ANSWER,
                                           FOYER_FAKE_LOST_REQUEST, FOYER_FAKE_NEVER_SENT,
                                           FOYER_FAKE_BUSY };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    for (int late = 0; late < 2; late++)
      {
        guint instant = 0;

        while (die_undoing_at (instant, faults[i], late))
          instant++;
        g_test_message ("fault %d, late %d: %u instants", faults[i], late, instant);
        g_assert_cmpuint (instant, >=, 1);
      }
}

/* Two processes on one journal: the first dies in the middle, the second finishes. */
static void
test_two_dispatchers (void)
{
  g_autoptr (FoyerFakeClock) clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  g_autoptr (FoyerFakeServer) server = foyer_fake_server_new (FOYER_CLOCK (clock));
  g_autoptr (FoyerFakeStore) disk = foyer_fake_store_new ();
  FoyerTestDesk *first;
  FoyerTestDesk *second;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);

      foyer_fake_server_sell (server, secret, "Ada");
    }
  first = foyer_test_desk_new (clock, server, disk);
  second = foyer_test_desk_new (clock, server, disk);
  foyer_test_desk_sync (first);
  foyer_test_desk_sync (second);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);
      g_autoptr (FoyerVerdict) verdict = foyer_test_desk_admit (first, secret);

      g_assert_nonnull (verdict->command);
    }

  foyer_fake_server_set_delay (server, FOYER_SECOND);
  foyer_dispatcher_start (first->dispatcher);
  foyer_dispatcher_start (second->dispatcher);
  foyer_test_run_for (clock, FOYER_SECOND * 3 / 2);
  g_assert_true (foyer_dispatcher_get_sender (first->dispatcher));
  g_assert_false (foyer_dispatcher_get_sender (second->dispatcher));
  g_assert_cmpuint (foyer_fake_server_get_sends (server), >, 0);
  g_assert_cmpuint (foyer_fake_server_get_sends (server), <, 10);

  foyer_test_desk_kill (first);
  foyer_test_run_until (clock, foyer_test_desk_has_settled, second);
  g_assert_true (foyer_dispatcher_get_sender (second->dispatcher));
  foyer_test_desk_assert_line (second, 10, 0, 0);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *secret = g_strdup_printf ("s%u", i);

      g_assert_cmpuint (foyer_fake_server_count (server, secret), ==, 1);
    }
  foyer_test_desk_free (second);
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/crash/every-instant", test_every_instant);
  g_test_add_func ("/commands/crash/undo-at-every-instant", test_undo_at_every_instant);
  g_test_add_func ("/commands/crash/two-dispatchers", test_two_dispatchers);
  failed = g_test_run ();

  /* Nobody frees what a killed process held: a leak checker has nothing to say about it. */
  fflush (stdout);
  _exit (failed);
}
