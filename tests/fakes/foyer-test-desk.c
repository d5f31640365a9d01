/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One process of a test, and the turning of its clock. */

#include "foyer-test-desk.h"

/* Runs the main loop until nothing is ready: time stands still. */
void
foyer_test_turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Lets time pass, timer by timer, until something is true; an hour is too long. */
void
foyer_test_run_until (FoyerFakeClock *clock, FoyerTestPredicate predicate, gpointer data)
{
  gint64 end = foyer_clock_elapsed (FOYER_CLOCK (clock)) + FOYER_HOUR;

  for (;;)
    {
      foyer_test_turn ();
      if (predicate (data))
        return;
      g_assert_true (
          foyer_fake_clock_turn_to_next (clock, end - foyer_clock_elapsed (FOYER_CLOCK (clock))));
    }
}

void
foyer_test_run_for (FoyerFakeClock *clock, gint64 microseconds)
{
  gint64 end = foyer_clock_elapsed (FOYER_CLOCK (clock)) + microseconds;

  foyer_test_turn ();
  while (foyer_fake_clock_turn_to_next (clock, end - foyer_clock_elapsed (FOYER_CLOCK (clock))))
    foyer_test_turn ();
  foyer_fake_clock_turn (clock, end - foyer_clock_elapsed (FOYER_CLOCK (clock)));
  foyer_test_turn ();
}

FoyerTestDesk *
foyer_test_desk_new (FoyerFakeClock *clock, FoyerFakeServer *server, FoyerFakeStore *disk)
{
  FoyerTestDesk *self = g_new0 (FoyerTestDesk, 1);
  g_autoptr (FoyerConnection) connection = foyer_connection_new ();

  connection->name = g_strdup ("door");
  connection->service = g_strdup ("fake");
  connection->base_url = g_strdup ("https://fake.example");
  connection->secret_ref = g_strdup ("door");
  connection->desk = g_strdup ("Desk 1");
  connection->device_id = FOYER_TEST_DEVICE;

  self->clock = g_object_ref (clock);
  self->server = g_object_ref (server);
  self->store = disk != NULL ? foyer_fake_store_fork (disk) : foyer_fake_store_new ();
  self->service = foyer_fake_service_new (server, connection, FOYER_CLOCK (clock));
  self->desk = foyer_desk_new (
      connection, FOYER_SERVICE (self->service), FOYER_JOURNAL (self->store),
      foyer_fake_store_get_mirror (self->store), NULL, FOYER_CLOCK (clock));
  self->dispatcher = foyer_dispatcher_new (FOYER_JOURNAL (self->store), FOYER_CLOCK (clock));
  foyer_dispatcher_add_desk (self->dispatcher, self->desk);
  foyer_desk_set_probing (self->desk, TRUE);
  return self;
}

void
foyer_test_desk_free (FoyerTestDesk *self)
{
  foyer_dispatcher_stop (self->dispatcher);
  foyer_desk_set_probing (self->desk, FALSE);
  foyer_test_run_for (self->clock, FOYER_SECOND);
  g_object_run_dispose (G_OBJECT (self->dispatcher));
  g_assert_finalize_object (self->dispatcher);
  g_assert_finalize_object (self->desk);
  g_assert_finalize_object (self->service);
  foyer_test_turn ();
  g_assert_finalize_object (self->store);
  g_object_unref (self->server);
  g_object_unref (self->clock);
  g_free (self);
}

/* The process ends here and now. What it held stays in memory: nobody frees what kill -9 leaves. */
void
foyer_test_desk_kill (FoyerTestDesk *self)
{
  foyer_fake_store_kill (self->store);
  foyer_fake_service_kill (self->service);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **got = user_data;

  *got = g_object_ref (result);
}

static gboolean
has_come (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

void
foyer_test_desk_sync (FoyerTestDesk *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  foyer_desk_sync_async (self->desk, FALSE, NULL, on_done, &result);
  foyer_test_run_until (self->clock, has_come, &result);
  foyer_desk_sync_finish (self->desk, result, &error);
  g_assert_no_error (error);
}

static FoyerAdmitJob *
make_job (FoyerTestDesk *self, const char *secret, gboolean leaving)
{
  g_autoptr (FoyerScan) scan = foyer_scan_new ();
  gint64 list = FOYER_FAKE_LIST;

  scan->secret = g_strdup (secret);
  scan->exit = leaving;
  if (scan->lists == NULL)
    scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (scan->lists, list);
  return foyer_admit_job_new (self->desk, self->dispatcher, scan);
}

FoyerAdmitJob *
foyer_test_desk_scan (FoyerTestDesk *self, const char *secret)
{
  return make_job (self, secret, FALSE);
}

FoyerAdmitJob *
foyer_test_desk_leave (FoyerTestDesk *self, const char *secret)
{
  return make_job (self, secret, TRUE);
}

FoyerVerdict *
foyer_test_desk_admit (FoyerTestDesk *self, const char *secret)
{
  g_autoptr (FoyerAdmitJob) job = foyer_test_desk_scan (self, secret);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FoyerVerdict *verdict;

  foyer_admit_job_run_async (job, NULL, on_done, &result);
  foyer_test_run_until (self->clock, has_come, &result);
  verdict = foyer_admit_job_run_finish (job, result, &error);
  g_assert_no_error (error);
  return verdict;
}

FoyerCommand *
foyer_test_desk_dup_command (FoyerTestDesk *self, guint position)
{
  g_autoptr (GPtrArray) commands = foyer_fake_store_dup_commands (self->store);

  g_assert_cmpuint (position, <, commands->len);
  return foyer_command_ref (g_ptr_array_index (commands, position));
}

void
foyer_test_desk_assert_line (FoyerTestDesk *self, guint sent, guint waiting, guint needs_you)
{
  g_autoptr (GPtrArray) commands = foyer_fake_store_dup_commands (self->store);
  guint counted[3] = { 0 };

  for (guint i = 0; i < commands->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (commands, i);

      if (foyer_command_state_is_waiting (command->state))
        counted[1]++;
      else
        counted[command->state == FOYER_STATE_NEEDS_YOU ? 2 : 0]++;
    }
  g_assert_cmpuint (counted[0], ==, sent);
  g_assert_cmpuint (counted[1], ==, waiting);
  g_assert_cmpuint (counted[2], ==, needs_you);
}

/* Whether nothing waits. */
gboolean
foyer_test_desk_has_settled (gpointer data)
{
  FoyerTestDesk *self = data;
  g_autoptr (GPtrArray) commands = foyer_fake_store_dup_commands (self->store);

  for (guint i = 0; i < commands->len; i++)
    if (foyer_command_state_is_waiting (((FoyerCommand *)commands->pdata[i])->state))
      return FALSE;
  return foyer_dispatcher_is_idle (self->dispatcher);
}

/* Takes an admission back; %NULL: the last. Gives %NULL if nothing was taken back, and why. */
FoyerUndo *
foyer_test_desk_undo (FoyerTestDesk *self, const char *command, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_undo_async (self->desk, self->dispatcher, command, "a mistake", "Eve", FOYER_SECOND, NULL,
                    on_done, &result);
  foyer_test_run_until (self->clock, has_come, &result);
  return foyer_undo_finish (result, error);
}
