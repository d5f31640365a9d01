/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace is loaded: its connections, their credentials, and a desk for each. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-workspace.h"

#include "foyer-workspace-private.h"

typedef struct
{
  guint left;
} Load;

typedef struct
{
  GTask *task;     /* (owned) */
  FoyerDesk *desk; /* (owned) */
} DeskLoad;

static void
desk_load_free (DeskLoad *load)
{
  g_clear_object (&load->task);
  g_clear_object (&load->desk);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLoad, desk_load_free)

static void
end_desk_load (DeskLoad *load)
{
  FoyerWorkspace *self = g_task_get_source_object (load->task);
  Load *all = g_task_get_task_data (load->task);

  foyer_workspace_set_to_work (self, load->desk);
  if (--all->left > 0)
    return;

  foyer_workspace_set_loaded (self);
  g_task_return_boolean (load->task, TRUE);
}

static void
on_desk_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskLoad) load = user_data;
  g_autoptr (GError) error = NULL;

  /* A mirror that cannot be read is thrown away and fetched again: nothing is lost. */
  if (!foyer_desk_load_finish (FOYER_DESK (source), result, &error))
    g_warning ("The mirror could not be read: %s", error->message);
  end_desk_load (load);
}

static void
on_credential_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskLoad) load = user_data;
  FoyerWorkspace *self = g_task_get_source_object (load->task);
  FoyerConnection *connection = foyer_desk_get_connection (load->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerService) service = NULL;
  char *credential = foyer_secrets_lookup_finish (FOYER_SECRETS (source), result, &error);

  if (credential != NULL)
    service = self->factory (connection, credential, self->factory_data, &error);
  foyer_secrets_wipe (credential);

  if (service != NULL)
    foyer_desk_set_problem (load->desk, NULL);
  else
    foyer_desk_set_problem (load->desk, error);
  foyer_desk_set_service (load->desk, service);
  foyer_desk_load_async (load->desk, NULL, on_desk_loaded, load);
  g_steal_pointer (&load);
}

/* Journal's thread. */
static gboolean
list_connections (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  *result = foyer_transaction_list_connections (transaction, error);
  return *result != NULL;
}

static void
on_connections_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerWorkspace *self = g_task_get_source_object (task);
  Load *all = g_task_get_task_data (task);
  g_autoptr (GPtrArray) connections = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  connections = value;
  all->left = 1;
  for (guint i = 0; i < connections->len; i++)
    {
      FoyerConnection *connection = g_ptr_array_index (connections, i);
      FoyerDesk *desk = foyer_workspace_find_desk (self, connection->name, NULL);
      DeskLoad *load;

      if (desk == NULL)
        desk = foyer_workspace_add_desk (self, connection, NULL);
      if (foyer_desk_get_service (desk) != NULL)
        continue;

      all->left++;
      load = g_new0 (DeskLoad, 1);
      load->task = g_object_ref (task);
      load->desk = g_object_ref (desk);
      foyer_secrets_lookup_async (self->secrets, connection->secret_ref, NULL, on_credential_found,
                                  load);
    }

  if (--all->left == 0)
    {
      foyer_workspace_set_loaded (self);
      g_task_return_boolean (task, TRUE);
    }
}

/**
 * foyer_workspace_load_async:
 * @self: a workspace
 * @cancellable: (nullable): to stop it
 * @callback: called when it is loaded
 * @user_data: for @callback
 *
 * Reads the connections and their credentials, and makes the desks. A desk whose credential cannot be
 * read is there without a service; loading again (after the keyring was unlocked) tries those again.
 */
void
foyer_workspace_load_async (FoyerWorkspace *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_workspace_load_async);
  g_task_set_task_data (task, g_new0 (Load, 1), g_free);
  foyer_workspace_count (self);
  foyer_journal_transact_async (self->journal, FALSE, list_connections, NULL, NULL,
                                (GDestroyNotify)g_ptr_array_unref, cancellable,
                                on_connections_listed, task);
}

/**
 * foyer_workspace_load_finish:
 * @self: a workspace
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it could be loaded
 */
gboolean
foyer_workspace_load_finish (FoyerWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
