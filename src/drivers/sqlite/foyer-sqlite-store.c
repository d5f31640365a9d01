/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace's store: journal, mirror and query over two files in one folder. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-sqlite-store.h"

#include <unistd.h>

#include "foyer-sqlite-journal.h"
#include "foyer-sqlite-mirror.h"
#include "foyer-sqlite-query.h"
#include "foyer-store-files.h"
#include "foyer-worker.h"

struct _FoyerSqliteStore
{
  GObject parent;

  int lock_fd;
  FoyerSqliteJournal *journal;
  FoyerSqliteMirror *mirror;
  FoyerSqliteQuery *query;
  FoyerSalvageReport *salvage;
  gboolean mirror_was_reset;
  guint closed; /* parts that were told to close */
};

G_DEFINE_FINAL_TYPE (FoyerSqliteStore, foyer_sqlite_store, G_TYPE_OBJECT)

typedef struct
{
  FoyerClock *clock;
  FoyerWorker *worker;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_pointer (&opening->worker, foyer_worker_free);
  g_object_unref (opening->clock);
  g_free (opening);
}

static void
release_lock (FoyerSqliteStore *self)
{
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}

static void
foyer_sqlite_store_dispose (GObject *object)
{
  FoyerSqliteStore *self = FOYER_SQLITE_STORE (object);

  g_clear_object (&self->query);
  g_clear_object (&self->journal);
  g_clear_object (&self->mirror);

  G_OBJECT_CLASS (foyer_sqlite_store_parent_class)->dispose (object);
}

static void
foyer_sqlite_store_finalize (GObject *object)
{
  FoyerSqliteStore *self = FOYER_SQLITE_STORE (object);

  release_lock (self);
  g_clear_pointer (&self->salvage, foyer_salvage_report_free);

  G_OBJECT_CLASS (foyer_sqlite_store_parent_class)->finalize (object);
}

static void
foyer_sqlite_store_class_init (FoyerSqliteStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = foyer_sqlite_store_dispose;
  object_class->finalize = foyer_sqlite_store_finalize;
}

static void
foyer_sqlite_store_init (FoyerSqliteStore *self)
{
  self->lock_fd = -1;
}

static gpointer
open_files (gpointer thread_data, gpointer job_data, GCancellable *cancellable, GError **error)
{
  return foyer_store_files_open (thread_data, error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  FoyerStoreFiles *files = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_pointer (&opening->worker, foyer_worker_free);
  if (files != NULL)
    g_task_return_pointer (task, files, (GDestroyNotify)foyer_store_files_free);
  else
    g_task_return_error (task, error);
}

/**
 * foyer_sqlite_store_open_async:
 * @directory: the workspace's folder; made (0700) if it is not there
 * @clock: the laptop's clock
 * @cancellable: (nullable): to give up waiting
 * @callback: called on the thread-default main context of this call
 * @user_data: for @callback
 *
 * Opens the store: makes what is not there, migrates the journal after a backup, salvages a damaged one,
 * throws away a mirror that is damaged or of another version.
 */
void
foyer_sqlite_store_open_async (const char *directory,
                               FoyerClock *clock,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->clock = g_object_ref (clock);
  /* Not g_task_run_in_thread(), whose thread may be the last to let go of the task and of the clock. */
  opening->worker = foyer_worker_new ("foyer-open", g_strdup (directory), g_free, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, foyer_sqlite_store_open_async);
  g_task_set_task_data (task, opening, opening_free);
  foyer_worker_run_async (opening->worker, FOYER_PRIORITY_NORMAL, open_files,
                          g_task_new (NULL, cancellable, on_opened, g_object_ref (task)), NULL,
                          NULL, (GDestroyNotify)foyer_store_files_free);
}

/**
 * foyer_sqlite_store_open_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with %FOYER_ERROR_STORAGE (the sentence says
 *   what to do) or %FOYER_ERROR_CANCELLED
 */
FoyerSqliteStore *
foyer_sqlite_store_open_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (FoyerStoreFiles) files = NULL;
  const Opening *opening;
  FoyerSqliteStore *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  files = g_task_propagate_pointer (G_TASK (result), error);
  if (files == NULL)
    return NULL;

  opening = g_task_get_task_data (G_TASK (result));
  self = g_object_new (FOYER_TYPE_SQLITE_STORE, NULL);
  self->lock_fd = files->lock_fd;
  files->lock_fd = -1;
  self->salvage = g_steal_pointer (&files->salvage);
  self->mirror_was_reset = files->mirror_was_reset;
  self->journal = foyer_sqlite_journal_new (
      g_steal_pointer (&files->journal), g_steal_pointer (&files->journal_mirror), self->lock_fd);
  self->mirror = foyer_sqlite_mirror_new (g_steal_pointer (&files->mirror),
                                          g_steal_pointer (&files->mirror_journal), opening->clock);
  self->query = foyer_sqlite_query_new (g_steal_pointer (&files->reader),
                                        g_steal_pointer (&files->hydrator));
  return self;
}

static void on_part_closed (GObject *source, GAsyncResult *result, gpointer user_data);

/* One part after the other: of two connections that are closed at the same moment each takes the other for
 * one that stays, and nobody takes the -wal along. */
static void
close_next (GTask *task)
{
  FoyerSqliteStore *self = g_task_get_source_object (task);
  gpointer parts[] = { self->query, self->mirror, self->journal };
  GTask *part;

  if (self->closed == G_N_ELEMENTS (parts))
    {
      release_lock (self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  part = g_task_new (parts[self->closed], NULL, on_part_closed, g_object_ref (task));
  switch (self->closed++)
    {
    case 0:
      foyer_sqlite_query_close (self->query, part);
      break;
    case 1:
      foyer_sqlite_mirror_close (self->mirror, part);
      break;
    default:
      foyer_sqlite_journal_close (self->journal, part);
    }
}

static void
on_part_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_propagate_pointer (G_TASK (result), NULL);
  close_next (task);
}

/**
 * foyer_sqlite_store_close_async:
 * @self: a store
 * @callback: called on the thread-default main context of this call
 * @user_data: for @callback
 *
 * Does what was asked for, writes everything back into the two files and closes them. After this nothing can
 * be asked of the store. A store that just goes away loses nothing either; but whoever lets it go
 * waits for the disk.
 */
void
foyer_sqlite_store_close_async (FoyerSqliteStore *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FOYER_IS_SQLITE_STORE (self));
  g_return_if_fail (self->closed == 0);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, foyer_sqlite_store_close_async);
  close_next (task);
}

/**
 * foyer_sqlite_store_close_finish:
 * @self: a store
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE
 */
gboolean
foyer_sqlite_store_close_finish (FoyerSqliteStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * foyer_sqlite_store_get_journal:
 * @self: a store
 *
 * Returns: (transfer none): its journal
 */
FoyerJournal *
foyer_sqlite_store_get_journal (FoyerSqliteStore *self)
{
  return FOYER_JOURNAL (self->journal);
}

/**
 * foyer_sqlite_store_get_mirror:
 * @self: a store
 *
 * Returns: (transfer none): its mirror
 */
FoyerMirror *
foyer_sqlite_store_get_mirror (FoyerSqliteStore *self)
{
  return FOYER_MIRROR (self->mirror);
}

/**
 * foyer_sqlite_store_get_query:
 * @self: a store
 *
 * Returns: (transfer none): its query
 */
FoyerQuery *
foyer_sqlite_store_get_query (FoyerSqliteStore *self)
{
  return FOYER_QUERY (self->query);
}

/**
 * foyer_sqlite_store_get_mirror_was_reset:
 * @self: a store
 *
 * Returns: whether the copy had to be thrown away when the store was opened, and is to be fetched again
 */
gboolean
foyer_sqlite_store_get_mirror_was_reset (FoyerSqliteStore *self)
{
  return self->mirror_was_reset;
}

/**
 * foyer_sqlite_store_get_salvage_report:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): what was saved of a damaged journal when the store was opened; %NULL
 *   if it was sound
 */
const FoyerSalvageReport *
foyer_sqlite_store_get_salvage_report (FoyerSqliteStore *self)
{
  return self->salvage;
}
