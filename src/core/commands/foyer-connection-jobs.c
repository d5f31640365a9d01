/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeping a connection, and letting go of one: hop by hop.
 *
 *   store: credential -> journal
 *   erase: revoke at the service -> credential -> journal -> mirror
 */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-connection-jobs.h"

#include "foyer-error.h"

typedef struct
{
  FoyerConnection *connection; /* (owned) */
  FoyerSecrets *secrets;       /* (owned) */
  FoyerJournal *journal;       /* (owned) */
  FoyerMirror *mirror;         /* (owned) (nullable) */
  FoyerSecretsPlace place;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  foyer_connection_unref (job->connection);
  g_clear_object (&job->secrets);
  g_clear_object (&job->journal);
  g_clear_object (&job->mirror);
  g_free (job);
}

static Job *
job_new (FoyerConnection *connection, FoyerSecrets *secrets, FoyerJournal *journal)
{
  Job *job = g_new0 (Job, 1);

  job->connection = foyer_connection_ref (connection);
  job->secrets = g_object_ref (secrets);
  job->journal = g_object_ref (journal);
  return job;
}

/* Storing. */

/* Journal's thread. */
static gboolean
put_connection (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  return foyer_transaction_put_connection (transaction, data, error);
}

static void
on_connection_put (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (foyer_journal_transact_finish (FOYER_JOURNAL (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_credential_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!foyer_secrets_store_finish (FOYER_SECRETS (source), result, &job->place, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  foyer_journal_transact_async (job->journal, FALSE, put_connection,
                                foyer_connection_ref (job->connection),
                                (GDestroyNotify)foyer_connection_unref, NULL,
                                g_task_get_cancellable (task), on_connection_put, task);
  g_steal_pointer (&task);
}

/**
 * foyer_connection_store_async:
 * @connection: a connection, with its `secret_ref`
 * @credential: its key
 * @secrets: where the key goes
 * @journal: where the rest goes
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Keeps a connection. The key first: a connection without one would be of no use.
 */
void
foyer_connection_store_async (FoyerConnection *connection,
                              const char *credential,
                              FoyerSecrets *secrets,
                              FoyerJournal *journal,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, foyer_connection_store_async);
  g_task_set_task_data (task, job_new (connection, secrets, journal), job_free);
  foyer_secrets_store_async (secrets, connection->secret_ref, connection->name, credential,
                             cancellable, on_credential_stored, task);
}

/**
 * foyer_connection_store_finish:
 * @result: what the callback got
 * @place: (out) (optional): where the key was put
 * @error: return location
 *
 * Returns: whether it is kept
 */
gboolean
foyer_connection_store_finish (GAsyncResult *result, FoyerSecretsPlace *place, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  if (place != NULL)
    *place = job->place;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Erasing. */

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (foyer_mirror_forget_finish (FOYER_MIRROR (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Journal's thread. */
static gboolean
delete_connection (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  return foyer_transaction_delete_connection (transaction, data, error);
}

static void
on_connection_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, NULL, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  foyer_mirror_forget_async (job->mirror, job->connection->name, NULL, on_forgotten,
                             g_object_ref (task));
}

static void
on_credential_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* A key that cannot be cleared (a locked keyring) must not keep a connection alive. */
  if (!foyer_secrets_clear_finish (FOYER_SECRETS (source), result, &error))
    g_message ("A key could not be cleared: %s", error->message);
  foyer_journal_transact_async (job->journal, FALSE, delete_connection,
                                g_strdup (job->connection->name), g_free, NULL, NULL,
                                on_connection_deleted, g_object_ref (task));
}

static void
clear_credential (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  foyer_secrets_clear_async (job->secrets, job->connection->secret_ref, NULL, on_credential_cleared,
                             g_object_ref (task));
}

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* It may be revoked already, or out of reach: the person wants it gone here. */
  if (!foyer_service_revoke_finish (FOYER_SERVICE (source), result, &error))
    g_message ("A key could not be revoked: %s", error->message);
  clear_credential (task);
}

/**
 * foyer_connection_erase_async:
 * @connection: a connection
 * @service: (nullable): its service end
 * @secrets: where its key is
 * @journal: where it is
 * @mirror: where its copy is
 * @cancellable: (nullable): not looked at once it has begun
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lets go of a connection: a device's key is given back, the key cleared, the copy deleted. Its commands
 * stay in the journal.
 */
void
foyer_connection_erase_async (FoyerConnection *connection,
                              FoyerService *service,
                              FoyerSecrets *secrets,
                              FoyerJournal *journal,
                              FoyerMirror *mirror,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = job_new (connection, secrets, journal);

  job->mirror = g_object_ref (mirror);
  g_task_set_source_tag (task, foyer_connection_erase_async);
  g_task_set_task_data (task, job, job_free);
  if (service != NULL && connection->device_id != 0 && foyer_service_can_revoke (service))
    foyer_service_revoke_async (service, cancellable, on_revoked, g_object_ref (task));
  else
    clear_credential (task);
}

/**
 * foyer_connection_erase_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it is gone
 */
gboolean
foyer_connection_erase_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
