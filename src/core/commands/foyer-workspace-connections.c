/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection comes into a workspace, or is let go of. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-workspace.h"

#include "foyer-connection-jobs.h"
#include "foyer-error.h"
#include "foyer-workspace-private.h"

/* What the service has not answered for good. */
#define UNSENT                                                                                     \
  ((1u << FOYER_STATE_PENDING) | (1u << FOYER_STATE_SENDING) | (1u << FOYER_STATE_UNKNOWN)         \
   | (1u << FOYER_STATE_NEEDS_YOU))

typedef struct
{
  FoyerConnection *connection; /* (owned) */
  FoyerService *service;       /* (owned) */
  FoyerSecretsPlace place;
} Add;

static void
add_free (gpointer data)
{
  Add *add = data;

  foyer_connection_unref (add->connection);
  g_clear_object (&add->service);
  g_free (add);
}

static void
on_added_desk_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!foyer_desk_load_finish (FOYER_DESK (source), result, &error))
    g_warning ("The mirror could not be read: %s", error->message);
  foyer_workspace_set_to_work (g_task_get_source_object (task), FOYER_DESK (source));
  g_task_return_pointer (task, g_object_ref (source), g_object_unref);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerWorkspace *self = g_task_get_source_object (task);
  Add *add = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  FoyerDesk *desk;

  if (!foyer_connection_store_finish (result, &add->place, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  desk = foyer_workspace_add_desk (self, add->connection, add->service);
  foyer_desk_load_async (desk, NULL, on_added_desk_loaded, g_steal_pointer (&task));
}

/**
 * foyer_workspace_add_async:
 * @self: a workspace
 * @connection: what to connect to; its name is free, or is that of a connection to be replaced
 * @credential: its key
 * @cancellable: (nullable): to stop it
 * @callback: called when there is a desk for it
 * @user_data: for @callback
 *
 * Keeps a connection that was found good, and makes its desk.
 */
void
foyer_workspace_add_async (FoyerWorkspace *self,
                           FoyerConnection *connection,
                           const char *credential,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerService) service = NULL;
  Add *add;

  g_return_if_fail (FOYER_IS_WORKSPACE (self));
  g_return_if_fail (connection != NULL && connection->name != NULL);
  g_return_if_fail (connection->secret_ref != NULL && credential != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_workspace_add_async);
  service = self->factory (connection, credential, self->factory_data, &error);
  if (service == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  add = g_new0 (Add, 1);
  add->connection = foyer_connection_ref (connection);
  add->service = g_steal_pointer (&service);
  g_task_set_task_data (task, add, add_free);
  foyer_connection_store_async (connection, credential, self->secrets, self->journal, cancellable,
                                on_stored, g_steal_pointer (&task));
}

/**
 * foyer_workspace_add_finish:
 * @self: a workspace
 * @result: what the callback got
 * @place: (out) (optional): where the key was put
 * @error: return location
 *
 * Returns: (transfer full): the desk, or %NULL with an error
 */
FoyerDesk *
foyer_workspace_add_finish (FoyerWorkspace *self,
                            GAsyncResult *result,
                            FoyerSecretsPlace *place,
                            GError **error)
{
  Add *add;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  add = g_task_get_task_data (G_TASK (result));
  if (place != NULL && add != NULL)
    *place = add->place;
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  char *name;                  /* (owned) */
  FoyerConnection *connection; /* (owned) (nullable) once it is being let go of */
  gint64 may_wait;
  gint64 waiting;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_free (removal->name);
  g_clear_pointer (&removal->connection, foyer_connection_unref);
  g_free (removal);
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerWorkspace *self = g_task_get_source_object (task);
  Removal *removal = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (foyer_connection_erase_finish (result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* It is still there, without its key: so it must be seen, and can be removed again. */
  if (foyer_workspace_find_desk (self, removal->name, NULL) == NULL)
    foyer_desk_set_problem (foyer_workspace_add_desk (self, removal->connection, NULL), error);
  g_task_return_error (task, g_steal_pointer (&error));
}

static GError *
new_no_connection_error (void)
{
  return foyer_error_new_plain (FOYER_ERROR_NOT_FOUND, "no such connection");
}

/* Journal's thread. */
static gboolean
count_unsent (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  g_autoptr (GPtrArray) commands = foyer_transaction_list_commands (transaction, data, UNSENT, 0, 0,
                                                                    error);

  if (commands == NULL)
    return FALSE;
  *result = GSIZE_TO_POINTER (commands->len);
  return TRUE;
}

static void
on_unsent_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerWorkspace *self = g_task_get_source_object (task);
  Removal *removal = g_task_get_task_data (task);
  g_autoptr (FoyerDesk) desk = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;
  guint position;

  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  removal->waiting = (gint64)GPOINTER_TO_SIZE (value);
  if (removal->waiting > removal->may_wait)
    {
      g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT " commands wait",
                                                 removal->waiting);

      g_task_return_error (task, foyer_error_new_plain (FOYER_ERROR_CONFLICT, detail));
      return;
    }

  /* It may have been removed twice at once. */
  desk = foyer_workspace_find_desk (self, removal->name, &position);
  if (desk == NULL)
    {
      g_task_return_error (task, new_no_connection_error ());
      return;
    }

  g_object_ref (desk);
  removal->connection = foyer_connection_ref (foyer_desk_get_connection (desk));
  foyer_dispatcher_remove_desk (self->dispatcher, desk);
  foyer_desk_set_sync_interval (desk, 0);
  foyer_desk_set_probing (desk, FALSE);
  foyer_desk_cancel_sync (desk);
  g_list_store_remove (self->desks, position);
  foyer_connection_erase_async (removal->connection, foyer_desk_get_service (desk), self->secrets,
                                self->journal, self->mirror, g_task_get_cancellable (task),
                                on_erased, g_object_ref (task));
}

/**
 * foyer_workspace_remove_async:
 * @self: a workspace
 * @connection: name of a connection
 * @may_wait: how many of its commands may be without the service's answer: as many as the person was
 *   told of; 0 for none, %G_MAXINT64 for any number
 * @cancellable: (nullable): to stop it
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Lets go of a connection. What waits for it, or needs a person, stays in the journal: it can be sent
 * only when there is a connection of this name again, so nobody gets there without knowing it.
 */
void
foyer_workspace_remove_async (FoyerWorkspace *self,
                              const char *connection,
                              gint64 may_wait,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Removal *removal;

  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_workspace_remove_async);
  removal = g_new0 (Removal, 1);
  removal->name = g_strdup (connection);
  removal->may_wait = may_wait;
  g_task_set_task_data (task, removal, removal_free);
  if (foyer_workspace_find_desk (self, connection, NULL) == NULL)
    {
      g_task_return_error (task, new_no_connection_error ());
      return;
    }

  foyer_journal_transact_async (self->journal, FALSE, count_unsent, g_strdup (connection), g_free,
                                NULL, cancellable, on_unsent_counted, g_steal_pointer (&task));
}

/**
 * foyer_workspace_remove_finish:
 * @self: a workspace
 * @result: what the callback got
 * @waiting: (out) (optional): how many of its commands are without the service's answer
 * @error: return location
 *
 * Returns: whether it is gone; %FALSE with %FOYER_ERROR_CONFLICT if more wait than may
 */
gboolean
foyer_workspace_remove_finish (FoyerWorkspace *self,
                               GAsyncResult *result,
                               gint64 *waiting,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (waiting != NULL)
    *waiting = ((Removal *)g_task_get_task_data (G_TASK (result)))->waiting;
  return g_task_propagate_boolean (G_TASK (result), error);
}
