/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Explore with a sample event": the sandbox in this process, and a connection to it over real HTTP. What
 * happens at it stays in the workspace's folder, so tomorrow it is still the same event. */

#define G_LOG_DOMAIN "foyer-app"

#include "config.h"

#include "foyer-sample.h"

#include <glib/gi18n.h>

#define N_ATTENDEES 5000
#define SEED 1

static void
start_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *directory = data;
  g_autofree char *state = g_build_filename (directory, "sample.state", NULL);
  g_autoptr (FoyerSandbox) sandbox = NULL;
  GError *error = NULL;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_task_return_error (task,
                           foyer_error_new (FOYER_ERROR_STORAGE, "mkdir",
                                            _ ("The folder for the sample event cannot be made.")));
      return;
    }

  sandbox = g_object_new (FOYER_TYPE_SANDBOX, "attendees", (guint64)N_ATTENDEES, "seed",
                          (guint64)SEED, "state-file", state, NULL);
  if (foyer_sandbox_start (sandbox, &error))
    g_task_return_pointer (task, g_steal_pointer (&sandbox), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * foyer_sample_start_async:
 * @directory: the workspace's folder
 * @callback: called when it listens
 * @user_data: for @callback
 */
void
foyer_sample_start_async (const char *directory, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, foyer_sample_start_async);
  g_task_set_task_data (task, g_strdup (directory), g_free);
  g_task_run_in_thread (task, start_in_thread);
}

/**
 * foyer_sample_start_finish:
 * @result: a result
 * @error: return location
 *
 * Returns: (transfer full): the sandbox, listening on loopback; %NULL with an error
 */
FoyerSandbox *
foyer_sample_start_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * foyer_sample_connect_async:
 * @sandbox: a sandbox that listens
 * @workspace: a loaded workspace
 * @callback: called when there is a desk for it
 * @user_data: for @callback
 *
 * The port is another one at each start, so the connection is written anew.
 */
void
foyer_sample_connect_async (FoyerSandbox *sandbox,
                            FoyerWorkspace *workspace,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (FoyerConnection) connection = foyer_connection_new ();

  connection->name = g_strdup ("sample");
  connection->service = g_strdup ("pretix");
  connection->base_url = g_strdup (foyer_sandbox_get_url (sandbox));
  connection->organizer = g_strdup (foyer_sandbox_get_organizer (sandbox));
  connection->event = g_strdup (foyer_sandbox_get_event (sandbox));
  connection->auth_scheme = g_strdup ("Device");
  connection->desk = g_strdup (foyer_sandbox_get_desk_name (sandbox));
  connection->device_id = foyer_sandbox_get_desk_device (sandbox);
  connection->secret_ref = g_strdup ("sample");
  connection->sample = TRUE;
  foyer_workspace_add_async (workspace, connection, foyer_sandbox_get_desk_token (sandbox), NULL,
                             callback, user_data);
}

/**
 * foyer_sample_connect_finish:
 * @workspace: the workspace
 * @result: a result
 * @error: return location
 *
 * Returns: whether the workspace is connected to the sample event
 */
gboolean
foyer_sample_connect_finish (FoyerWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return foyer_workspace_add_finish (workspace, result, NULL, error) != NULL;
}
