/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mirror port's real end: one thread that writes the mirror. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-sqlite-mirror.h"

#include "foyer-connection-table.h"
#include "foyer-error.h"
#include "foyer-ingest.h"
#include "foyer-notifier.h"
#include "foyer-source-table.h"
#include "foyer-sync-table.h"
#include "foyer-trigram-table.h"
#include "foyer-worker.h"

#define POLL_INTERVAL G_USEC_PER_SEC

/* Rows are indexed for search in large batches, in the time between pages: at once when so many wait, the
 * rest when no page has come for so long. */
#define INDEX_BATCH 20000
#define INDEX_AT_ONCE 4000
#define INDEX_AFTER (G_USEC_PER_SEC / 2)

/* Indexes by name and code are written to all over: room for their pages while a sync runs (given back when it
 * is over), and rarely written back to the file, each page once for many changes. */
#define WRITER_PRAGMAS                                                                             \
  "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8192; PRAGMA secure_delete = FAST;"     \
  "PRAGMA journal_size_limit = 67108864"

#define ALL_RESOURCES ((1u << FOYER_N_RESOURCES) - 1)

typedef struct
{
  FoyerDatabase *mirror;
  FoyerDatabase *journal; /* for reading: the desk's own number */
  FoyerClock *clock;
  FoyerNotifier *notifier;
  FoyerWorker *worker; /* unowned; set by the thread that made it, after it runs */
  GHashTable
      *runs; /* (element-type utf8 gint64) runs that this process has begun or gone on with */
  gint64 data_version;
  gint64 last_write; /* monotonic */
  gint64 unindexed;  /* about */
  gboolean behind;   /* pages come faster than their rows can be indexed between them */
} Engine;

typedef struct
{
  char *connection;
  FoyerPage *page;
  gboolean first;
  FoyerScan *scan;
  FoyerStepResult *result;
} Write;

struct _FoyerSqliteMirror
{
  GObject parent;

  FoyerWorker *worker;
  FoyerNotifier *notifier;
};

static void foyer_sqlite_mirror_iface_init (FoyerMirrorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerSqliteMirror,
                               foyer_sqlite_mirror,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_MIRROR,
                                                      foyer_sqlite_mirror_iface_init))

static void
write_free (gpointer data)
{
  Write *job = data;

  g_free (job->connection);
  g_clear_pointer (&job->page, foyer_page_unref);
  g_clear_pointer (&job->scan, foyer_scan_unref);
  g_clear_pointer (&job->result, foyer_step_result_unref);
  g_free (job);
}

static gboolean
begin (Engine *engine, GCancellable *cancellable, GError **error)
{
  foyer_database_set_cancellable (engine->mirror, cancellable);
  if (foyer_database_run (engine->mirror, "BEGIN IMMEDIATE", error, ""))
    return TRUE;

  foyer_database_set_cancellable (engine->mirror, NULL);
  return FALSE;
}

/* Ends the transaction of begin(): commits if @ok. */
static gboolean
end (Engine *engine, gboolean ok, GError **error)
{
  foyer_database_set_cancellable (engine->mirror, NULL);
  if (ok && foyer_database_run (engine->mirror, "COMMIT", error, ""))
    {
      engine->last_write = g_get_monotonic_time ();
      return TRUE;
    }

  if (!sqlite3_get_autocommit (foyer_database_get_handle (engine->mirror)))
    foyer_database_run (engine->mirror, "ROLLBACK", NULL, "");
  return FALSE;
}

static gboolean
is_wanted (gpointer data)
{
  Engine *engine = data;
  FoyerWorker *worker = g_atomic_pointer_get (&engine->worker);

  return worker != NULL
         && foyer_worker_is_wanted (worker,
                                    engine->behind ? FOYER_PRIORITY_URGENT : FOYER_PRIORITY_NORMAL);
}

static void
index_some (Engine *engine)
{
  g_autoptr (GError) error = NULL;
  gint64 indexed = 0;
  gboolean ok;

  ok = begin (engine, NULL, &error)
       && end (engine,
               foyer_trigram_table_index (engine->mirror, INDEX_BATCH, is_wanted, engine, &indexed,
                                          &error),
               &error);
  if (!ok)
    g_warning ("People could not be indexed for search: %s", foyer_error_get_detail (error));

  /* Counted roughly while they come (an order is not a ticket), exactly when it is done. */
  engine->unindexed = ok && indexed > 0 ? MAX (engine->unindexed - indexed, 1) : 0;
}

static char *
run_key (const Write *job)
{
  return g_strconcat (foyer_resource_to_word (job->page->resource), " ", job->connection, NULL);
}

static gpointer
ingest (gpointer thread_data, gpointer job_data, GCancellable *cancellable, GError **error)
{
  Engine *engine = thread_data;
  const Write *job = job_data;
  g_autofree char *key = run_key (job);
  gint64 *known = g_hash_table_lookup (engine->runs, key);
  gint64 run = known != NULL && !job->first ? *known : 0;
  FoyerIngestReport *report;

  if (!begin (engine, cancellable, error))
    return NULL;

  report = foyer_ingest_page (engine->mirror, job->connection, job->page, job->first,
                              foyer_clock_now (engine->clock), &run, error);
  if (!end (engine, report != NULL, error))
    {
      g_clear_pointer (&report, foyer_ingest_report_free);
      return NULL;
    }

  if (job->page->next != NULL)
    g_hash_table_replace (engine->runs, g_steal_pointer (&key), g_memdup2 (&run, sizeof run));
  else
    g_hash_table_remove (engine->runs, key);

  engine->unindexed += report->stored;
  engine->behind = engine->unindexed >= INDEX_BATCH;
  if (engine->behind)
    index_some (engine);
  foyer_notifier_notify (engine->notifier, job->connection, 1u << job->page->resource);
  return report;
}

static gpointer
apply_result (gpointer thread_data, gpointer job_data, GCancellable *cancellable, GError **error)
{
  Engine *engine = thread_data;
  const Write *job = job_data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FoyerConnection) connection = foyer_connection_table_load (
      engine->journal, job->connection, &local_error);
  gboolean ok;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  ok = begin (engine, cancellable, error)
       && end (engine,
               foyer_ingest_result (engine->mirror, job->connection, job->scan, job->result,
                                    connection != NULL ? connection->device_id : 0,
                                    connection != NULL ? connection->gate : 0,
                                    foyer_clock_now (engine->clock), error),
               error);
  if (!ok)
    return NULL;

  engine->unindexed++;
  foyer_notifier_notify (engine->notifier, job->connection, 1u << FOYER_RESOURCE_ORDERS);
  return GINT_TO_POINTER (TRUE);
}

static gpointer
load_states (gpointer thread_data, gpointer job_data, GCancellable *cancellable, GError **error)
{
  Engine *engine = thread_data;
  const Write *job = job_data;
  gint64 source;

  if (!foyer_source_table_find (engine->mirror, job->connection, &source, error))
    return NULL;

  return foyer_sync_table_load (engine->mirror, source, error);
}

static gpointer
forget (gpointer thread_data, gpointer job_data, GCancellable *cancellable, GError **error)
{
  Engine *engine = thread_data;
  const Write *job = job_data;

  if (!begin (engine, cancellable, error)
      || !end (engine, foyer_ingest_forget (engine->mirror, job->connection, error), error))
    return NULL;

  g_hash_table_remove_all (engine->runs);
  foyer_notifier_notify (engine->notifier, job->connection, ALL_RESOURCES);
  return GINT_TO_POINTER (TRUE);
}

static void
announce_others (Engine *engine)
{
  g_auto (GStrv) names = foyer_source_table_list (engine->mirror, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    foyer_notifier_notify (engine->notifier, names[i], ALL_RESOURCES);
}

static gint64
tick (gpointer thread_data, gboolean quiet)
{
  Engine *engine = thread_data;
  gint64 data_version = engine->data_version;
  gint64 waited = g_get_monotonic_time () - engine->last_write;

  if (foyer_database_get_int (engine->mirror, "PRAGMA data_version", &data_version, NULL, "")
      && data_version != engine->data_version)
    {
      engine->data_version = data_version;
      announce_others (engine);
    }

  if (!quiet || engine->unindexed == 0)
    return POLL_INTERVAL;

  if (engine->unindexed < INDEX_AT_ONCE && waited < INDEX_AFTER)
    return INDEX_AFTER - waited;

  index_some (engine);
  if (engine->unindexed > 0)
    return 0;

  sqlite3_db_release_memory (foyer_database_get_handle (engine->mirror));
  return POLL_INTERVAL;
}

static void
engine_free (gpointer data)
{
  Engine *engine = data;

  g_clear_pointer (&engine->journal, foyer_database_close);
  foyer_database_execute (engine->mirror, "PRAGMA analysis_limit = 400; PRAGMA optimize", NULL);
  g_clear_pointer (&engine->mirror, foyer_database_close);
  g_clear_pointer (&engine->notifier, foyer_notifier_unref);
  g_clear_pointer (&engine->runs, g_hash_table_unref);
  g_clear_object (&engine->clock);
  g_free (engine);
}

static void
run (FoyerSqliteMirror *self,
     FoyerPriority priority,
     FoyerJobFunc func,
     Write *job,
     GDestroyNotify result_free,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, func);
  foyer_worker_run_async (self->worker, priority, func, task, job, write_free, result_free);
}

static Write *
write_new (const char *connection)
{
  Write *job = g_new0 (Write, 1);

  job->connection = g_strdup (connection);
  return job;
}

static void
foyer_sqlite_mirror_ingest_async (FoyerMirror *mirror,
                                  const char *connection,
                                  FoyerPage *page,
                                  gboolean first,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Write *job = write_new (connection);

  job->page = foyer_page_ref (page);
  job->first = first;
  run (FOYER_SQLITE_MIRROR (mirror), FOYER_PRIORITY_NORMAL, ingest, job,
       (GDestroyNotify)foyer_ingest_report_free, cancellable, callback, user_data);
}

static FoyerIngestReport *
foyer_sqlite_mirror_ingest_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, mirror), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
foyer_sqlite_mirror_apply_result_async (FoyerMirror *mirror,
                                        const char *connection,
                                        FoyerScan *scan,
                                        FoyerStepResult *result,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  Write *job = write_new (connection);

  job->scan = foyer_scan_ref (scan);
  job->result = foyer_step_result_ref (result);
  run (FOYER_SQLITE_MIRROR (mirror), FOYER_PRIORITY_URGENT, apply_result, job, NULL, cancellable,
       callback, user_data);
}

static gboolean
finish_boolean (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, mirror), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

static void
foyer_sqlite_mirror_load_states_async (FoyerMirror *mirror,
                                       const char *connection,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  run (FOYER_SQLITE_MIRROR (mirror), FOYER_PRIORITY_NORMAL, load_states, write_new (connection),
       (GDestroyNotify)g_ptr_array_unref, cancellable, callback, user_data);
}

static GPtrArray *
foyer_sqlite_mirror_load_states_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, mirror), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
foyer_sqlite_mirror_forget_async (FoyerMirror *mirror,
                                  const char *connection,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  run (FOYER_SQLITE_MIRROR (mirror), FOYER_PRIORITY_NORMAL, forget, write_new (connection), NULL,
       cancellable, callback, user_data);
}

static void
on_notify (gpointer object, const char *name, guint bits)
{
  g_signal_emit_by_name (object, "changed", name, bits);
}

static void
foyer_sqlite_mirror_dispose (GObject *object)
{
  FoyerSqliteMirror *self = FOYER_SQLITE_MIRROR (object);

  if (self->notifier != NULL)
    foyer_notifier_disconnect (self->notifier);
  g_clear_pointer (&self->worker, foyer_worker_free);
  g_clear_pointer (&self->notifier, foyer_notifier_unref);

  G_OBJECT_CLASS (foyer_sqlite_mirror_parent_class)->dispose (object);
}

static void
foyer_sqlite_mirror_class_init (FoyerSqliteMirrorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = foyer_sqlite_mirror_dispose;
}

static void
foyer_sqlite_mirror_init (FoyerSqliteMirror *self)
{
}

static void
foyer_sqlite_mirror_iface_init (FoyerMirrorInterface *iface)
{
  iface->ingest_async = foyer_sqlite_mirror_ingest_async;
  iface->ingest_finish = foyer_sqlite_mirror_ingest_finish;
  iface->apply_result_async = foyer_sqlite_mirror_apply_result_async;
  iface->apply_result_finish = finish_boolean;
  iface->load_states_async = foyer_sqlite_mirror_load_states_async;
  iface->load_states_finish = foyer_sqlite_mirror_load_states_finish;
  iface->forget_async = foyer_sqlite_mirror_forget_async;
  iface->forget_finish = finish_boolean;
}

/**
 * foyer_sqlite_mirror_new:
 * @mirror: (transfer full): a connection that writes the mirror, to be used by its thread from now on
 * @journal: (transfer full): a connection that reads the journal, likewise
 * @clock: the laptop's clock; asked on the thread
 *
 * Returns: (transfer full): the mirror; it announces changes on the thread-default main context of this
 *   call
 */
FoyerSqliteMirror *
foyer_sqlite_mirror_new (FoyerDatabase *mirror, FoyerDatabase *journal, FoyerClock *clock)
{
  FoyerSqliteMirror *self = g_object_new (FOYER_TYPE_SQLITE_MIRROR, NULL);
  Engine *engine = g_new0 (Engine, 1);

  self->notifier = foyer_notifier_new (self, on_notify);
  engine->mirror = mirror;
  engine->journal = journal;
  engine->clock = g_object_ref (clock);
  engine->notifier = foyer_notifier_ref (self->notifier);
  engine->runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  engine->last_write = g_get_monotonic_time ();
  foyer_database_execute (mirror, WRITER_PRAGMAS, NULL);
  foyer_database_get_int (mirror, "PRAGMA data_version", &engine->data_version, NULL, "");
  foyer_trigram_table_count_waiting (mirror, INDEX_BATCH, &engine->unindexed, NULL);
  self->worker = foyer_worker_new ("foyer-mirror", engine, engine_free, tick);
  g_atomic_pointer_set (&engine->worker, self->worker);
  return self;
}

/**
 * foyer_sqlite_mirror_close:
 * @self: a mirror
 * @task: (transfer full): answered when everything is stored and the files are closed
 */
void
foyer_sqlite_mirror_close (FoyerSqliteMirror *self, GTask *task)
{
  foyer_worker_close_async (self->worker, task);
}
