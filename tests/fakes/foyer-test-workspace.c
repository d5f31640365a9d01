/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server sells what the query shows: "secretNNNNNN" to the same people. */

#include "foyer-test-workspace.h"

#include "foyer-fake-secrets.h"
#include "foyer-fake-service.h"
#include "foyer-test-desk.h"

static FoyerService *
create_service (FoyerConnection *connection,
                const char *credential,
                gpointer user_data,
                GError **error)
{
  FoyerTestWorkspace *self = user_data;

  return FOYER_SERVICE (
      foyer_fake_service_new (self->server, connection, FOYER_CLOCK (self->clock)));
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

FoyerTestWorkspace *
foyer_test_workspace_new (guint n_people)
{
  FoyerTestWorkspace *self = g_new0 (FoyerTestWorkspace, 1);
  g_autoptr (FoyerFakeSecrets) secrets = foyer_fake_secrets_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->clock = foyer_fake_clock_new (FOYER_TEST_NOW);
  self->server = foyer_fake_server_new (FOYER_CLOCK (self->clock));
  self->store = foyer_fake_store_new ();
  self->query = foyer_fake_query_new (n_people);
  self->workspace = foyer_workspace_new ("test", FOYER_JOURNAL (self->store),
                                         foyer_fake_store_get_mirror (self->store),
                                         FOYER_QUERY (self->query), FOYER_SECRETS (secrets),
                                         FOYER_CLOCK (self->clock), create_service, self, NULL);
  foyer_workspace_load_async (self->workspace, NULL, on_done, &result);
  foyer_test_run_until (self->clock, has_come, &result);
  foyer_workspace_load_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  foyer_workspace_start (self->workspace);
  return self;
}

void
foyer_test_workspace_free (FoyerTestWorkspace *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  foyer_workspace_close_async (self->workspace, NULL, on_done, &result);
  foyer_test_run_until (self->clock, has_come, &result);
  foyer_workspace_close_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  foyer_test_turn ();
  g_object_unref (self->workspace);
  foyer_test_turn ();
  g_object_unref (self->query);
  g_object_unref (self->store);
  g_object_unref (self->server);
  g_object_unref (self->clock);
  g_free (self);
}

/* Adds a connection to the server, and fetches what it has sold. */
FoyerDesk *
foyer_test_workspace_connect (FoyerTestWorkspace *self)
{
  g_autoptr (FoyerConnection) connection = foyer_connection_new ();
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) synced = NULL;
  g_autoptr (GError) error = NULL;
  FoyerDesk *desk;

  connection->name = g_strdup ("door");
  connection->service = g_strdup ("pretix");
  connection->base_url = g_strdup ("https://fake.example");
  connection->secret_ref = g_strdup ("door");
  connection->desk = g_strdup ("Desk 1");
  connection->device_id = FOYER_TEST_DEVICE;

  foyer_workspace_add_async (self->workspace, connection, "key", NULL, on_done, &added);
  foyer_test_run_until (self->clock, has_come, &added);
  desk = foyer_workspace_add_finish (self->workspace, added, NULL, &error);
  g_assert_no_error (error);

  foyer_desk_sync_async (desk, FALSE, NULL, on_done, &synced);
  foyer_test_run_until (self->clock, has_come, &synced);
  foyer_desk_sync_finish (desk, synced, &error);
  g_assert_no_error (error);
  foyer_test_turn ();
  return desk;
}
