/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connections come and go; cases are answered; calls are recorded; closing leaves nothing behind. */

#include "foyer-fake-secrets.h"
#include "foyer-test-desk.h"
#include "foyer-workspace.h"

/* One process: a workspace on a disk that outlives it. */
typedef struct
{
  FoyerFakeClock *clock;
  FoyerFakeServer *server;
  FoyerFakeStore *disk;
  FoyerFakeStore *store;
  FoyerFakeSecrets *secrets;
  FoyerWorkspace *workspace;
  guint services; /* that were made */
  gboolean broken;
} World;

static void
on_done (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **)slot = g_object_ref (result);
}

static gboolean
has_come (gpointer slot)
{
  return *(GAsyncResult **)slot != NULL;
}

static GAsyncResult *
wait_for (World *self, GAsyncResult **slot)
{
  foyer_test_run_until (self->clock, has_come, slot);
  return *slot;
}

static FoyerService *
create_service (FoyerConnection *connection,
                const char *credential,
                gpointer user_data,
                GError **error)
{
  World *self = user_data;

  if (self->broken)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, NULL, "A bad address");
      return NULL;
    }
  self->services++;
  return FOYER_SERVICE (
      foyer_fake_service_new (self->server, connection, FOYER_CLOCK (self->clock)));
}

static void
open_workspace (World *self)
{
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;

  self->store = foyer_fake_store_fork (self->disk);
  self->workspace = foyer_workspace_new (
      "test", FOYER_JOURNAL (self->store), foyer_fake_store_get_mirror (self->store), NULL,
      FOYER_SECRETS (self->secrets), FOYER_CLOCK (self->clock), create_service, self, NULL);
  foyer_workspace_set_sync_interval (self->workspace, 0);
  foyer_workspace_load_async (self->workspace, NULL, on_done, &loaded);
  foyer_workspace_load_finish (self->workspace, wait_for (self, &loaded), &error);
  g_assert_no_error (error);
}

static void
close_workspace (World *self)
{
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;

  foyer_workspace_close_async (self->workspace, NULL, on_done, &closed);
  g_assert_true (foyer_workspace_close_finish (self->workspace, wait_for (self, &closed), &error));
  g_assert_no_error (error);
  g_clear_object (&closed);
  foyer_test_turn ();
  g_assert_finalize_object (g_steal_pointer (&self->workspace));
  foyer_test_turn ();
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);

  self->clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  self->server = foyer_fake_server_new (FOYER_CLOCK (self->clock));
  self->disk = foyer_fake_store_new ();
  self->secrets = foyer_fake_secrets_new ();
  foyer_fake_server_sell (self->server, "s0", "Ada");
  foyer_fake_server_sell (self->server, "s1", "Bea");
  open_workspace (self);
  return self;
}

static void
world_free (World *self)
{
  if (self->workspace != NULL)
    close_workspace (self);
  g_object_unref (self->secrets);
  g_assert_finalize_object (self->disk);
  g_object_unref (self->server);
  g_object_unref (self->clock);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static FoyerConnection *
make_connection (const char *name)
{
  FoyerConnection *connection = foyer_connection_new ();

  connection->name = g_strdup (name);
  connection->service = g_strdup ("fake");
  connection->base_url = g_strdup ("https://fake.example");
  connection->secret_ref = g_strdup (name);
  connection->device_id = FOYER_TEST_DEVICE;
  return connection;
}

/* Adds and syncs. */
static FoyerDesk *
add (World *self, const char *name)
{
  g_autoptr (FoyerConnection) connection = make_connection (name);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) synced = NULL;
  g_autoptr (FoyerDesk) desk = NULL;
  g_autoptr (GError) error = NULL;

  foyer_workspace_add_async (self->workspace, connection, "key", NULL, on_done, &added);
  desk = foyer_workspace_add_finish (self->workspace, wait_for (self, &added), NULL, &error);
  g_assert_no_error (error);
  foyer_desk_sync_async (desk, FALSE, NULL, on_done, &synced);
  foyer_desk_sync_finish (desk, wait_for (self, &synced), &error);
  g_assert_no_error (error);
  return foyer_workspace_get_desk (self->workspace, name);
}

static void
admit (World *self, FoyerDesk *desk, const char *secret)
{
  g_autoptr (FoyerScan) scan = foyer_scan_new ();
  g_autoptr (FoyerAdmitJob) job = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;
  gint64 list = FOYER_FAKE_LIST;

  scan->secret = g_strdup (secret);
  if (scan->lists == NULL)
    scan->lists = g_array_new (FALSE, FALSE, sizeof list);
  g_array_append_val (scan->lists, list);
  job = foyer_admit_job_new (desk, foyer_workspace_get_dispatcher (self->workspace), scan);
  foyer_admit_job_run_async (job, NULL, on_done, &result);
  verdict = foyer_admit_job_run_finish (job, wait_for (self, &result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->admission->result, ==, FOYER_ADMISSION_ADMITTED);
}

static gboolean
remove_connection (World *self, const char *name, gint64 may_wait, gint64 *waiting, GError **error)
{
  g_autoptr (GAsyncResult) removed = NULL;

  foyer_workspace_remove_async (self->workspace, name, may_wait, NULL, on_done, &removed);
  return foyer_workspace_remove_finish (self->workspace, wait_for (self, &removed), waiting, error);
}

static void
drain (World *self)
{
  FoyerDispatcher *dispatcher = foyer_workspace_get_dispatcher (self->workspace);
  g_autoptr (GAsyncResult) drained = NULL;
  g_autoptr (GError) error = NULL;

  foyer_dispatcher_drain_async (dispatcher, FOYER_MINUTE, NULL, on_done, &drained);
  g_assert_true (foyer_dispatcher_drain_finish (dispatcher, wait_for (self, &drained), &error));
  g_assert_no_error (error);
  foyer_test_turn ();
}

static void
assert_line (World *self, gint64 sent, gint64 waiting, gint64 needs_you)
{
  FoyerLine line;

  foyer_test_turn ();
  foyer_workspace_get_line (self->workspace, &line);
  g_assert_cmpint (line.recorded, ==, sent + waiting + needs_you);
  g_assert_cmpint (line.sent, ==, sent);
  g_assert_cmpint (line.waiting, ==, waiting);
  g_assert_cmpint (line.needs_you, ==, needs_you);
}

static guint
count_desks (World *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->workspace));
}

static void
test_load (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GAsyncResult) cleared = NULL;
  FoyerDesk *desk;
  gboolean loaded;

  g_object_get (world->workspace, "loaded", &loaded, NULL);
  g_assert_true (loaded);
  g_assert_cmpuint (count_desks (world), ==, 0);
  g_assert_null (foyer_workspace_get_desk (world->workspace, NULL));
  add (world, "one");
  add (world, "two");
  g_assert_cmpuint (count_desks (world), ==, 2);
  close_workspace (world);

  /* The next start knows both, in their order, and how fresh the copy is. */
  open_workspace (world);
  g_assert_cmpuint (count_desks (world), ==, 2);
  desk = foyer_workspace_get_desk (world->workspace, NULL);
  g_assert_cmpstr (foyer_desk_get_connection (desk)->name, ==, "one");
  g_assert_nonnull (foyer_desk_get_service (desk));
  g_assert_true (foyer_desk_get_complete (desk));
  close_workspace (world);

  /* A key that is gone makes a desk without a service; loading again finds it when it is back. */
  foyer_secrets_clear_async (FOYER_SECRETS (world->secrets), "two", NULL, on_done, &cleared);
  foyer_secrets_clear_finish (FOYER_SECRETS (world->secrets), wait_for (world, &cleared), NULL);
  open_workspace (world);
  desk = foyer_workspace_get_desk (world->workspace, "two");
  g_assert_nonnull (desk);
  g_assert_null (foyer_desk_get_service (desk));
  g_assert_cmpint (foyer_desk_get_reach (desk), ==, FOYER_REACH_OFFLINE);
  {
    g_autoptr (GAsyncResult) stored = NULL;
    g_autoptr (GAsyncResult) again = NULL;

    foyer_secrets_store_async (FOYER_SECRETS (world->secrets), "two", "two", "key", NULL, on_done,
                               &stored);
    foyer_secrets_store_finish (FOYER_SECRETS (world->secrets), wait_for (world, &stored), NULL,
                                NULL);
    foyer_workspace_load_async (world->workspace, NULL, on_done, &again);
    g_assert_true (foyer_workspace_load_finish (world->workspace, wait_for (world, &again), NULL));
  }
  g_assert_cmpuint (count_desks (world), ==, 2);
  g_assert_nonnull (foyer_desk_get_service (desk));
}

static void
test_add (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (FoyerConnection) bad = make_connection ("bad");
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GError) error = NULL;
  FoyerDesk *first;
  FoyerDesk *second;

  /* What cannot be is not kept. */
  world->broken = TRUE;
  foyer_workspace_add_async (world->workspace, bad, "key", NULL, on_done, &added);
  g_assert_null (
      foyer_workspace_add_finish (world->workspace, wait_for (world, &added), NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
  g_assert_cmpuint (count_desks (world), ==, 0);
  world->broken = FALSE;

  /* Nor what the disk does not take. */
  g_clear_object (&added);
  g_clear_error (&error);
  foyer_fake_store_break (world->store, 1);
  foyer_workspace_add_async (world->workspace, bad, "key", NULL, on_done, &added);
  g_assert_null (
      foyer_workspace_add_finish (world->workspace, wait_for (world, &added), NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_STORAGE);
  g_assert_cmpuint (count_desks (world), ==, 0);
  g_clear_object (&added);

  /* A connection of the same name takes the place of the first. */
  first = add (world, "one");
  add (world, "two");
  second = add (world, "one");
  g_assert_true (first != second);
  g_assert_cmpuint (count_desks (world), ==, 2);
  g_assert_true (foyer_workspace_get_desk (world->workspace, NULL) == second);
  close_workspace (world);
  open_workspace (world);
  g_assert_cmpuint (count_desks (world), ==, 2);
}

static void
test_two_connections (void)
{
  g_autoptr (World) world = world_new ();

  foyer_workspace_start (world->workspace);
  admit (world, add (world, "one"), "s0");
  admit (world, add (world, "two"), "s1");
  drain (world);
  assert_line (world, 2, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count (world->server, "s0"), ==, 1);
  g_assert_cmpuint (foyer_fake_server_count (world->server, "s1"), ==, 1);

  /* One gone, the other works on. */
  g_assert_true (remove_connection (world, "one", 0, NULL, NULL));
  g_assert_cmpuint (count_desks (world), ==, 1);
  g_assert_null (foyer_workspace_get_desk (world->workspace, "one"));
  g_assert_nonnull (foyer_workspace_get_desk (world->workspace, "two"));
  assert_line (world, 2, 0, 0);
}

/* Two processes, each with a journal of its own: nothing of the one is seen in the other. */
static void
test_two_workspaces (void)
{
  g_autoptr (World) here = world_new ();
  g_autoptr (World) there = world_new ();

  foyer_workspace_start (here->workspace);
  foyer_workspace_start (there->workspace);
  admit (here, add (here, "door"), "s0");
  add (there, "door");
  drain (here);
  assert_line (here, 1, 0, 0);
  assert_line (there, 0, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count (there->server, "s0"), ==, 0);
  g_assert_true (foyer_dispatcher_get_sender (foyer_workspace_get_dispatcher (here->workspace)));
  g_assert_true (foyer_dispatcher_get_sender (foyer_workspace_get_dispatcher (there->workspace)));
}

static void
test_remove_keeps_what_waits (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  gint64 waiting = -1;
  FoyerDesk *desk = add (world, "door");

  foyer_workspace_set_offline (world->workspace, TRUE);
  foyer_workspace_start (world->workspace);
  admit (world, desk, "s0");
  admit (world, desk, "s1");
  assert_line (world, 0, 2, 0);

  g_assert_false (remove_connection (world, "door", 0, &waiting, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_CONFLICT);
  g_assert_cmpint (waiting, ==, 2);
  g_clear_error (&error);
  /* Told of one only. */
  g_assert_false (remove_connection (world, "door", 1, &waiting, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (foyer_workspace_get_desk (world->workspace, "door") == desk);
  g_assert_nonnull (foyer_desk_get_service (desk));

  g_assert_true (remove_connection (world, "door", 2, &waiting, &error));
  g_assert_no_error (error);
  g_assert_cmpint (waiting, ==, 2);
  g_assert_null (foyer_workspace_get_desk (world->workspace, "door"));
  assert_line (world, 0, 2, 0);
  close_workspace (world);

  /* Connected again, they go out: nothing was lost. */
  open_workspace (world);
  g_assert_cmpuint (count_desks (world), ==, 0);
  assert_line (world, 0, 2, 0);
  foyer_workspace_start (world->workspace);
  add (world, "door");
  drain (world);
  assert_line (world, 2, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count (world->server, "s0"), ==, 1);
  g_assert_cmpuint (foyer_fake_server_count (world->server, "s1"), ==, 1);
}

static void
test_remove_unknown (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (remove_connection (world, "none", 0, NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* A double click: gone once. */
  add (world, "door");
  foyer_workspace_remove_async (world->workspace, "door", 0, NULL, on_done, &first);
  foyer_workspace_remove_async (world->workspace, "door", 0, NULL, on_done, &second);
  g_assert_true (
      foyer_workspace_remove_finish (world->workspace, wait_for (world, &first), NULL, &error));
  g_assert_false (
      foyer_workspace_remove_finish (world->workspace, wait_for (world, &second), NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* The disk does not take it: the connection is still there, and can be removed again. */
  add (world, "door");
  foyer_fake_store_break (world->store, 1);
  g_assert_false (remove_connection (world, "door", 0, NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_STORAGE);
  g_assert_cmpuint (count_desks (world), ==, 1);
  g_assert_nonnull (foyer_desk_get_problem (foyer_workspace_get_desk (world->workspace, "door")));
  g_clear_error (&error);
  g_assert_true (remove_connection (world, "door", 0, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_desks (world), ==, 0);
}

static gboolean
settle (World *self, const char *id, FoyerSettlement settlement, GError **error)
{
  g_autoptr (GAsyncResult) settled = NULL;

  foyer_workspace_settle_async (self->workspace, id, settlement, "as it was", "Ada", NULL, on_done,
                                &settled);
  return foyer_workspace_settle_finish (self->workspace, wait_for (self, &settled), error);
}

static char *
dup_command_id (World *self, guint position)
{
  g_autoptr (GPtrArray) commands = foyer_fake_store_dup_commands (self->store);

  return g_strdup (((FoyerCommand *)g_ptr_array_index (commands, position))->id);
}

static void
test_settle (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *kept = NULL;
  g_autofree char *accepted = NULL;
  g_autoptr (GPtrArray) commands = NULL;
  g_autoptr (GError) error = NULL;
  FoyerDesk *desk = add (world, "door");

  g_assert_false (settle (world, "none", FOYER_SETTLE_KEEP, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Two admissions that the service turns out to refuse. */
  foyer_workspace_set_offline (world->workspace, TRUE);
  foyer_workspace_start (world->workspace);
  admit (world, desk, "s0");
  admit (world, desk, "s1");
  kept = dup_command_id (world, 0);
  accepted = dup_command_id (world, 1);
  g_assert_false (settle (world, kept, FOYER_SETTLE_KEEP, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_CONFLICT);
  g_clear_error (&error);
  foyer_fake_server_refuse (world->server, "s0", "unpaid");
  foyer_fake_server_refuse (world->server, "s1", "blocked");
  foyer_workspace_set_offline (world->workspace, FALSE);
  drain (world);
  assert_line (world, 0, 0, 2);

  g_assert_true (settle (world, kept, FOYER_SETTLE_KEEP, &error));
  g_assert_no_error (error);
  g_assert_true (settle (world, accepted, FOYER_SETTLE_ACCEPT, &error));
  g_assert_no_error (error);
  drain (world);
  assert_line (world, 2, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count (world->server, "s0"), ==, 1);
  g_assert_cmpuint (foyer_fake_server_count (world->server, "s1"), ==, 0);
  commands = foyer_fake_store_dup_commands (world->store);
  g_assert_cmpint (((FoyerCommand *)commands->pdata[0])->state, ==, FOYER_STATE_DONE);
  g_assert_cmpint (((FoyerCommand *)commands->pdata[1])->state, ==, FOYER_STATE_SETTLED);
  g_assert_cmpstr (((FoyerCommand *)commands->pdata[1])->note, ==, "Ada: as it was");

  /* Answered once. */
  g_assert_false (settle (world, accepted, FOYER_SETTLE_KEEP, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_CONFLICT);
}

static void
test_record_call (void)
{
  g_autoptr (World) world = world_new ();
  FoyerCall values = { .at = FOYER_TEST_NOW,
                       .connection = (char *)"door",
                       .service = (char *)"fake",
                       .method = (char *)"GET",
                       .route = (char *)"/orders/",
                       .status = 200,
                       .request_id = (char *)"r1" };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (FoyerCall) call = foyer_call_new (&values);

      foyer_workspace_record_call (world->workspace, call);
    }
  foyer_test_run_for (world->clock, 2 * FOYER_SECOND);
  g_assert_cmpuint (foyer_fake_store_get_n_calls (world->store), ==, 3);

  /* What comes just before the end is written, too. */
  {
    g_autoptr (FoyerCall) call = foyer_call_new (&values);

    foyer_workspace_record_call (world->workspace, call);
  }
  close_workspace (world);
  open_workspace (world);
  g_assert_cmpuint (foyer_fake_store_get_n_calls (world->store), ==, 4);
}

/* An answer that is on its way is waited for, one that does not come is not waited for long; and nothing is
 * begun any more. */
static void
test_close (void)
{
  g_autoptr (World) world = world_new ();
  FoyerDesk *desk = add (world, "door");
  gint64 begun;

  foyer_workspace_start (world->workspace);
  foyer_test_turn ();
  foyer_fake_server_set_delay (world->server, FOYER_SECOND);
  admit (world, desk, "s0");
  assert_line (world, 0, 1, 0);
  close_workspace (world);
  open_workspace (world);
  assert_line (world, 1, 0, 0);

  foyer_workspace_start (world->workspace);
  foyer_fake_server_set_delay (world->server, 0);
  desk = foyer_workspace_get_desk (world->workspace, NULL);
  drain (world);
  foyer_fake_server_set_delay (world->server, 20 * FOYER_SECOND);
  admit (world, desk, "s1");
  {
    g_autoptr (GAsyncResult) closed = NULL;

    begun = foyer_clock_elapsed (FOYER_CLOCK (world->clock));
    foyer_workspace_close_async (world->workspace, NULL, on_done, &closed);
    foyer_workspace_close_finish (world->workspace, wait_for (world, &closed), NULL);
    g_assert_cmpint (foyer_clock_elapsed (FOYER_CLOCK (world->clock)) - begun, <=,
                     4 * FOYER_SECOND);
  }
  assert_line (world, 1, 1, 0);
  foyer_test_run_for (world->clock, FOYER_MINUTE);
  foyer_test_turn ();
  g_assert_finalize_object (g_steal_pointer (&world->workspace));
  foyer_test_turn ();
  g_assert_finalize_object (g_steal_pointer (&world->store));

  foyer_fake_server_set_delay (world->server, 0);
  open_workspace (world);
  foyer_workspace_start (world->workspace);
  drain (world);
  assert_line (world, 2, 0, 0);
  g_assert_cmpuint (foyer_fake_server_count (world->server, "s1"), ==, 1);
}

/* Out of reach for long, the next look is far off; once the network is back it is not waited for. */
static void
test_wake (void)
{
  g_autoptr (World) world = world_new ();
  FoyerDesk *desk = add (world, "door");
  gint64 begun;
  FoyerLine line;

  foyer_workspace_start (world->workspace);
  foyer_test_turn ();
  foyer_fake_server_set_down (world->server, TRUE);
  admit (world, desk, "s0");
  admit (world, desk, "s1");
  foyer_test_run_for (world->clock, 10 * FOYER_MINUTE);
  g_assert_cmpint (foyer_desk_get_reach (desk), ==, FOYER_REACH_OFFLINE);
  assert_line (world, 0, 2, 0);

  foyer_fake_server_set_down (world->server, FALSE);
  begun = foyer_clock_elapsed (FOYER_CLOCK (world->clock));
  foyer_workspace_wake (world->workspace);
  foyer_workspace_wake (world->workspace);
  foyer_test_run_for (world->clock, FOYER_SECOND);
  g_assert_cmpint (foyer_clock_elapsed (FOYER_CLOCK (world->clock)) - begun, ==, FOYER_SECOND);
  g_assert_cmpint (foyer_desk_get_reach (desk), ==, FOYER_REACH_ONLINE);
  foyer_workspace_get_line (world->workspace, &line);
  g_assert_cmpint (line.waiting, ==, 0);
  assert_line (world, 2, 0, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/workspace/load", test_load);
  g_test_add_func ("/commands/workspace/add", test_add);
  g_test_add_func ("/commands/workspace/two-connections", test_two_connections);
  g_test_add_func ("/commands/workspace/two-workspaces", test_two_workspaces);
  g_test_add_func ("/commands/workspace/remove-keeps-what-waits", test_remove_keeps_what_waits);
  g_test_add_func ("/commands/workspace/remove-unknown", test_remove_unknown);
  g_test_add_func ("/commands/workspace/settle", test_settle);
  g_test_add_func ("/commands/workspace/record-call", test_record_call);
  g_test_add_func ("/commands/workspace/close", test_close);
  g_test_add_func ("/commands/workspace/wake", test_wake);
  return g_test_run ();
}
