/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal port's real end: one thread that owns the journal, and runs one transaction after the
 * other. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-sqlite-journal.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-error.h"
#include "foyer-locks.h"
#include "foyer-notifier.h"
#include "foyer-sqlite-transaction.h"
#include "foyer-worker.h"

/* How often a function is run again because another process was in the way, each time after waiting as
 * long as a connection waits for a lock. */
#define MAX_RUNS 3

/* Pages in the write-ahead log after which it is written back when it is quiet; and at once. */
#define CHECKPOINT_PAGES 256
#define CHECKPOINT_PAGES_AT_ONCE 8192

#define POLL_INTERVAL G_USEC_PER_SEC
#define QUIET_INTERVAL (G_USEC_PER_SEC / 4)

typedef struct
{
  FoyerDatabase *journal;
  FoyerDatabase *mirror;
  FoyerSqliteTransaction *transaction;
  FoyerNotifier *notifier;
  gint64 data_version; /* of the last look: changes when another connection commits */
  int wal_pages;
} Engine;

typedef struct
{
  FoyerTransactionFunc func;
  gpointer data;
  GDestroyNotify data_destroy;
  GDestroyNotify result_destroy;
} Transact;

struct _FoyerSqliteJournal
{
  GObject parent;

  FoyerWorker *worker;
  FoyerNotifier *notifier;
  int lock_fd; /* unowned: the store's */
};

static void foyer_sqlite_journal_iface_init (FoyerJournalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerSqliteJournal,
                               foyer_sqlite_journal,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_JOURNAL,
                                                      foyer_sqlite_journal_iface_init))

static void
transact_free (gpointer data)
{
  Transact *transact = data;

  if (transact->data_destroy != NULL && transact->data != NULL)
    transact->data_destroy (transact->data);
  g_free (transact);
}

static void
drop_result (const Transact *transact, gpointer *result)
{
  if (*result != NULL && transact->result_destroy != NULL)
    transact->result_destroy (*result);
  *result = NULL;
}

typedef enum
{
  RUN_COMMITTED,
  RUN_FAILED,
  RUN_BUSY,
} RunResult;

static RunResult
run_once (Engine *engine,
          const Transact *transact,
          GCancellable *cancellable,
          gpointer *result,
          GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean ok, busy;

  foyer_database_set_cancellable (engine->journal, cancellable);
  foyer_database_set_cancellable (engine->mirror, cancellable);
  ok = foyer_database_run (engine->journal, "BEGIN IMMEDIATE", &local_error, "");
  if (ok)
    {
      ok = transact->func (FOYER_TRANSACTION (engine->transaction), transact->data, result,
                           &local_error)
           && local_error == NULL;
      if (!ok && local_error == NULL)
        foyer_error_set (&local_error, FOYER_ERROR_STORAGE, "a transaction gave no reason",
                         _ ("The data could not be stored."));
    }

  /* From here on it is too late to stop. */
  foyer_database_set_cancellable (engine->journal, NULL);
  foyer_database_set_cancellable (engine->mirror, NULL);
  if (ok)
    ok = foyer_database_run (engine->journal, "COMMIT", &local_error, "");
  if (ok)
    return RUN_COMMITTED;

  busy = foyer_database_is_busy (engine->journal);
  if (!sqlite3_get_autocommit (foyer_database_get_handle (engine->journal)))
    foyer_database_run (engine->journal, "ROLLBACK", NULL, "");
  drop_result (transact, result);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return busy ? RUN_BUSY : RUN_FAILED;
}

static gpointer
run_transact (gpointer thread_data, gpointer job_data, GCancellable *cancellable, GError **error)
{
  Engine *engine = thread_data;
  const Transact *transact = job_data;
  gpointer result = NULL;
  gint64 changes = sqlite3_total_changes64 (foyer_database_get_handle (engine->journal));

  for (int run = 1;; run++)
    {
      g_autoptr (GError) local_error = NULL;

      switch (run_once (engine, transact, cancellable, &result, &local_error))
        {
        case RUN_COMMITTED:
          if (sqlite3_total_changes64 (foyer_database_get_handle (engine->journal)) != changes)
            foyer_notifier_notify (engine->notifier, "journal", 1);
          return result;
        case RUN_BUSY:
          if (run < MAX_RUNS && local_error->domain == FOYER_ERROR
              && local_error->code == FOYER_ERROR_STORAGE)
            continue;
          break;
        case RUN_FAILED:
          break;
        }

      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
}

static int
on_wal (gpointer user_data, sqlite3 *handle, const char *schema, int pages)
{
  Engine *engine = user_data;

  engine->wal_pages = pages;
  if (pages >= CHECKPOINT_PAGES_AT_ONCE)
    sqlite3_wal_checkpoint_v2 (handle, schema, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  return SQLITE_OK;
}

static gint64
tick (gpointer thread_data, gboolean quiet)
{
  Engine *engine = thread_data;
  gint64 data_version = engine->data_version;

  if (foyer_database_get_int (engine->journal, "PRAGMA data_version", &data_version, NULL, "")
      && data_version != engine->data_version)
    {
      engine->data_version = data_version;
      foyer_notifier_notify (engine->notifier, "journal", 1);
    }

  if (quiet && engine->wal_pages >= CHECKPOINT_PAGES)
    {
      sqlite3_wal_checkpoint_v2 (foyer_database_get_handle (engine->journal), NULL,
                                 SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
      engine->wal_pages = 0;
    }

  return engine->wal_pages >= CHECKPOINT_PAGES ? QUIET_INTERVAL : POLL_INTERVAL;
}

static void
engine_free (gpointer data)
{
  Engine *engine = data;
  sqlite3 *handle = foyer_database_get_handle (engine->journal);

  g_clear_object (&engine->transaction);
  g_clear_pointer (&engine->mirror, foyer_database_close);
  foyer_database_execute (engine->journal, "PRAGMA optimize", NULL);
  sqlite3_wal_checkpoint_v2 (handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  g_clear_pointer (&engine->journal, foyer_database_close);
  g_clear_pointer (&engine->notifier, foyer_notifier_unref);
  g_free (engine);
}

static void
foyer_sqlite_journal_transact_async (FoyerJournal *journal,
                                     gboolean urgent,
                                     FoyerTransactionFunc func,
                                     gpointer data,
                                     GDestroyNotify data_destroy,
                                     GDestroyNotify result_destroy,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  FoyerSqliteJournal *self = FOYER_SQLITE_JOURNAL (journal);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Transact *transact = g_new0 (Transact, 1);

  transact->func = func;
  transact->data = data;
  transact->data_destroy = data_destroy;
  transact->result_destroy = result_destroy;
  g_task_set_source_tag (task, foyer_sqlite_journal_transact_async);
  foyer_worker_run_async (self->worker, urgent ? FOYER_PRIORITY_URGENT : FOYER_PRIORITY_NORMAL,
                          run_transact, task, transact, transact_free, result_destroy);
}

static gboolean
foyer_sqlite_journal_transact_finish (FoyerJournal *journal,
                                      GAsyncResult *result,
                                      gpointer *value,
                                      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gpointer pointer;

  g_return_val_if_fail (g_task_is_valid (result, journal), FALSE);

  if (value == NULL)
    {
      /* The task frees what nobody takes. */
      if (!g_task_had_error (G_TASK (result)))
        return TRUE;
    }

  pointer = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (value != NULL)
    *value = pointer;
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
foyer_sqlite_journal_claim_sender (FoyerJournal *journal)
{
  return foyer_locks_claim_sender (FOYER_SQLITE_JOURNAL (journal)->lock_fd);
}

static void
foyer_sqlite_journal_poke (FoyerJournal *journal)
{
  foyer_worker_wake (FOYER_SQLITE_JOURNAL (journal)->worker);
}

static void
on_notify (gpointer object, const char *name, guint bits)
{
  g_signal_emit_by_name (object, "changed");
}

static void
foyer_sqlite_journal_dispose (GObject *object)
{
  FoyerSqliteJournal *self = FOYER_SQLITE_JOURNAL (object);

  if (self->notifier != NULL)
    foyer_notifier_disconnect (self->notifier);
  g_clear_pointer (&self->worker, foyer_worker_free);
  g_clear_pointer (&self->notifier, foyer_notifier_unref);

  G_OBJECT_CLASS (foyer_sqlite_journal_parent_class)->dispose (object);
}

static void
foyer_sqlite_journal_class_init (FoyerSqliteJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = foyer_sqlite_journal_dispose;
}

static void
foyer_sqlite_journal_init (FoyerSqliteJournal *self)
{
}

static void
foyer_sqlite_journal_iface_init (FoyerJournalInterface *iface)
{
  iface->transact_async = foyer_sqlite_journal_transact_async;
  iface->transact_finish = foyer_sqlite_journal_transact_finish;
  iface->claim_sender = foyer_sqlite_journal_claim_sender;
  iface->poke = foyer_sqlite_journal_poke;
}

/**
 * foyer_sqlite_journal_new:
 * @journal: (transfer full): a connection to the journal, to be used by its thread from now on
 * @mirror: (transfer full): a connection that reads the mirror, likewise
 * @lock_fd: (transfer none): the workspace's lock file
 *
 * Returns: (transfer full): the journal; it announces changes on the thread-default main context of this
 *   call
 */
FoyerSqliteJournal *
foyer_sqlite_journal_new (FoyerDatabase *journal, FoyerDatabase *mirror, int lock_fd)
{
  FoyerSqliteJournal *self = g_object_new (FOYER_TYPE_SQLITE_JOURNAL, NULL);
  Engine *engine = g_new0 (Engine, 1);

  self->lock_fd = lock_fd;
  self->notifier = foyer_notifier_new (self, on_notify);
  engine->journal = journal;
  engine->mirror = mirror;
  engine->transaction = foyer_sqlite_transaction_new (journal, mirror);
  engine->notifier = foyer_notifier_ref (self->notifier);
  foyer_database_get_int (journal, "PRAGMA data_version", &engine->data_version, NULL, "");
  sqlite3_wal_hook (foyer_database_get_handle (journal), on_wal, engine);
  self->worker = foyer_worker_new ("foyer-journal", engine, engine_free, tick);
  return self;
}

/**
 * foyer_sqlite_journal_close:
 * @self: a journal
 * @task: (transfer full): answered when everything is on disk and the files are closed
 */
void
foyer_sqlite_journal_close (FoyerSqliteJournal *self, GTask *task)
{
  foyer_worker_close_async (self->worker, task);
}
