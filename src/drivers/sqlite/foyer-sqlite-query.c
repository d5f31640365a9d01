/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The query port's real end: a thread that reads, and a connection of the calling thread for the rows of
 * one page. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-sqlite-query.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-arrivals.h"
#include "foyer-audit-table.h"
#include "foyer-command-search.h"
#include "foyer-command-table.h"
#include "foyer-error.h"
#include "foyer-event-table.h"
#include "foyer-list-counts.h"
#include "foyer-people-search.h"
#include "foyer-people-table.h"
#include "foyer-product-table.h"
#include "foyer-source-table.h"
#include "foyer-worker.h"

/* A page of a list model. */
#define MAX_HYDRATE 64

typedef struct
{
  FoyerDatabase *db;
  FoyerTrigramSample *sample;
} Engine;

typedef struct
{
  FoyerQuerySpec *spec;
  char *connection;
  char *code;
  gint64 list;
} Question;

typedef struct
{
  gint64 rows;
  gint64 first_bad;
} Verdict;

typedef gpointer (*ReadFunc) (Engine *engine, const Question *question, GError **error);

struct _FoyerSqliteQuery
{
  GObject parent;

  FoyerWorker *worker;
  FoyerDatabase *hydrator; /* (nullable) of the calling thread */
};

static void foyer_sqlite_query_iface_init (FoyerQueryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerSqliteQuery,
                               foyer_sqlite_query,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_QUERY,
                                                      foyer_sqlite_query_iface_init))

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->spec, foyer_query_spec_unref);
  g_free (question->connection);
  g_free (question->code);
  g_free (question);
}

/* One snapshot of both files for everything that an answer is made of. */
static gpointer
read_in_transaction (gpointer thread_data,
                     const Question *question,
                     ReadFunc func,
                     GCancellable *cancellable,
                     GError **error)
{
  Engine *engine = thread_data;
  FoyerDatabase *db = engine->db;
  gpointer result = NULL;

  foyer_database_set_cancellable (db, cancellable);
  if (foyer_database_run (db, "BEGIN", error, ""))
    {
      result = func (engine, question, error);
      foyer_database_run (db, "ROLLBACK", NULL, "");
    }
  foyer_database_set_cancellable (db, NULL);
  return result;
}

static GArray *
find_rows (Engine *engine, FoyerQuerySpec *spec, GError **error)
{
  switch (spec->kind)
    {
    case FOYER_QUERY_PEOPLE:
      return foyer_people_search (engine->db, engine->sample, spec, error);
    case FOYER_QUERY_COMMANDS:
      return foyer_command_search_find (engine->db, spec, error);
    case FOYER_QUERY_CALLS:
      return foyer_audit_table_find (engine->db, spec, error);
    }

  g_return_val_if_reached (NULL);
}

static gpointer
read_snapshot (Engine *engine, const Question *question, GError **error)
{
  return find_rows (engine, question->spec, error);
}

static gpointer
read_count (Engine *engine, const Question *question, GError **error)
{
  g_autoptr (GArray) rows = find_rows (engine, question->spec, error);
  gint64 count = rows != NULL ? rows->len : 0;

  return rows != NULL ? g_memdup2 (&count, sizeof count) : NULL;
}

static gpointer
read_order (Engine *engine, const Question *question, GError **error)
{
  return foyer_people_table_load_order (engine->db, question->connection, question->code,
                                        question->list, error);
}

static gpointer
read_lists (Engine *engine, const Question *question, GError **error)
{
  return foyer_list_counts_load (engine->db, question->connection, error);
}

static gpointer
read_event (Engine *engine, const Question *question, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  FoyerEvent *event = NULL;
  gint64 source;

  if (foyer_source_table_find (engine->db, question->connection, &source, &local_error))
    event = foyer_event_table_load (engine->db, source, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (event == NULL)
    foyer_error_set (error, FOYER_ERROR_NOT_FOUND, "no event in the mirror",
                     _ ("This event has not been fetched yet."));
  return event;
}

static gpointer
read_products (Engine *engine, const Question *question, GError **error)
{
  gint64 source;

  if (!foyer_source_table_find (engine->db, question->connection, &source, error))
    return NULL;

  return foyer_product_table_load_all (engine->db, source, error);
}

static gpointer
read_arrivals (Engine *engine, const Question *question, GError **error)
{
  const FoyerQuerySpec *spec = question->spec;

  return foyer_arrivals_load (engine->db, spec->connection, spec->list, spec->since,
                              (guint)spec->limit, error);
}

static gpointer
read_reasons (Engine *engine, const Question *question, GError **error)
{
  return foyer_command_search_count_reasons (engine->db, question->spec, error);
}

static gpointer
read_verdict (Engine *engine, const Question *question, GError **error)
{
  Verdict verdict;

  return foyer_audit_table_verify (engine->db, &verdict.rows, &verdict.first_bad, error)
             ? g_memdup2 (&verdict, sizeof verdict)
             : NULL;
}

#define DEFINE_JOB(name)                                                                           \
  static gpointer job_##name (gpointer thread_data, gpointer job_data, GCancellable *cancellable,  \
                              GError **error)                                                      \
  {                                                                                                \
    return read_in_transaction (thread_data, job_data, read_##name, cancellable, error);           \
  }

DEFINE_JOB (snapshot)
DEFINE_JOB (count)
DEFINE_JOB (order)
DEFINE_JOB (lists)
DEFINE_JOB (event)
DEFINE_JOB (products)
DEFINE_JOB (arrivals)
DEFINE_JOB (reasons)
DEFINE_JOB (verdict)

static void
ask (FoyerQuery *query,
     FoyerJobFunc func,
     FoyerQuerySpec *spec,
     const char *connection,
     const char *code,
     gint64 list,
     GDestroyNotify result_free,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  FoyerSqliteQuery *self = FOYER_SQLITE_QUERY (query);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->spec = spec != NULL ? foyer_query_spec_ref (spec) : NULL;
  question->connection = g_strdup (connection);
  question->code = g_strdup (code);
  question->list = list;
  g_task_set_source_tag (task, func);
  foyer_worker_run_async (self->worker, FOYER_PRIORITY_NORMAL, func, task, question, question_free,
                          result_free);
}

static gpointer
get_answer (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, query), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
foyer_sqlite_query_snapshot_async (FoyerQuery *query,
                                   FoyerQuerySpec *spec,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  ask (query, job_snapshot, spec, NULL, NULL, 0, (GDestroyNotify)g_array_unref, cancellable,
       callback, user_data);
}

static GArray *
foyer_sqlite_query_snapshot_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return get_answer (query, result, error);
}

static void
row_free (gpointer row)
{
  if (row != NULL)
    foyer_command_unref (row);
}

static void
call_free (gpointer row)
{
  if (row != NULL)
    foyer_call_unref (row);
}

static GPtrArray *
hydrate_commands (FoyerDatabase *db, const gint64 *ids, gsize n_ids, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full ((guint)n_ids, row_free);

  for (gsize i = 0; i < n_ids; i++)
    {
      g_autoptr (GError) local_error = NULL;

      g_ptr_array_add (rows, foyer_command_table_load_row (db, ids[i], &local_error));
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }

  return g_steal_pointer (&rows);
}

static GPtrArray *
hydrate_calls (FoyerDatabase *db, const gint64 *ids, gsize n_ids, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full ((guint)n_ids, call_free);

  for (gsize i = 0; i < n_ids; i++)
    {
      g_autoptr (GError) local_error = NULL;

      g_ptr_array_add (rows, foyer_audit_table_load_row (db, ids[i], &local_error));
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }

  return g_steal_pointer (&rows);
}

static GPtrArray *
foyer_sqlite_query_hydrate (FoyerQuery *query,
                            FoyerQuerySpec *spec,
                            const gint64 *ids,
                            gsize n_ids,
                            GError **error)
{
  FoyerSqliteQuery *self = FOYER_SQLITE_QUERY (query);
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (n_ids <= MAX_HYDRATE, NULL);

  if (self->hydrator == NULL)
    {
      foyer_error_set (error, FOYER_ERROR_STORAGE, "the store is closed",
                       _ ("Foyer is closing: nothing more is read."));
      return NULL;
    }

  if (!foyer_database_run (self->hydrator, "BEGIN", error, ""))
    return NULL;

  switch (spec->kind)
    {
    case FOYER_QUERY_PEOPLE:
      rows = foyer_people_table_hydrate (self->hydrator, spec, ids, n_ids, error);
      break;
    case FOYER_QUERY_COMMANDS:
      rows = hydrate_commands (self->hydrator, ids, n_ids, error);
      break;
    case FOYER_QUERY_CALLS:
      rows = hydrate_calls (self->hydrator, ids, n_ids, error);
      break;
    }

  foyer_database_run (self->hydrator, "ROLLBACK", NULL, "");
  return g_steal_pointer (&rows);
}

static void
foyer_sqlite_query_count_async (FoyerQuery *query,
                                FoyerQuerySpec *spec,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  ask (query, job_count, spec, NULL, NULL, 0, g_free, cancellable, callback, user_data);
}

static gint64
foyer_sqlite_query_count_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *count = get_answer (query, result, error);

  return count != NULL ? *count : -1;
}

static void
foyer_sqlite_query_load_order_async (FoyerQuery *query,
                                     const char *connection,
                                     const char *code,
                                     gint64 list,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  ask (query, job_order, NULL, connection, code, list, (GDestroyNotify)foyer_order_unref,
       cancellable, callback, user_data);
}

static FoyerOrder *
foyer_sqlite_query_load_order_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return get_answer (query, result, error);
}

static void
foyer_sqlite_query_load_lists_async (FoyerQuery *query,
                                     const char *connection,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  ask (query, job_lists, NULL, connection, NULL, 0, (GDestroyNotify)g_ptr_array_unref, cancellable,
       callback, user_data);
}

static GPtrArray *
foyer_sqlite_query_load_lists_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return get_answer (query, result, error);
}

static void
foyer_sqlite_query_load_arrivals_async (FoyerQuery *query,
                                        const char *connection,
                                        gint64 list,
                                        FoyerTime since,
                                        guint minutes,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_PEOPLE);

  spec->connection = g_strdup (connection);
  spec->list = list;
  spec->since = since;
  spec->limit = minutes;
  ask (query, job_arrivals, spec, NULL, NULL, 0, (GDestroyNotify)g_array_unref, cancellable,
       callback, user_data);
}

static GArray *
foyer_sqlite_query_load_arrivals_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return get_answer (query, result, error);
}

static void
foyer_sqlite_query_load_reasons_async (FoyerQuery *query,
                                       FoyerQuerySpec *spec,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  ask (query, job_reasons, spec, NULL, NULL, 0, (GDestroyNotify)g_ptr_array_unref, cancellable,
       callback, user_data);
}

static GPtrArray *
foyer_sqlite_query_load_reasons_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return get_answer (query, result, error);
}

static void
foyer_sqlite_query_load_event_async (FoyerQuery *query,
                                     const char *connection,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  ask (query, job_event, NULL, connection, NULL, 0, (GDestroyNotify)foyer_event_unref, cancellable,
       callback, user_data);
}

static FoyerEvent *
foyer_sqlite_query_load_event_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return get_answer (query, result, error);
}

static void
foyer_sqlite_query_load_products_async (FoyerQuery *query,
                                        const char *connection,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  ask (query, job_products, NULL, connection, NULL, 0, (GDestroyNotify)g_ptr_array_unref,
       cancellable, callback, user_data);
}

static GPtrArray *
foyer_sqlite_query_load_products_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return get_answer (query, result, error);
}

static void
foyer_sqlite_query_verify_audit_async (FoyerQuery *query,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  ask (query, job_verdict, NULL, NULL, NULL, 0, g_free, cancellable, callback, user_data);
}

static gboolean
foyer_sqlite_query_verify_audit_finish (FoyerQuery *query,
                                        GAsyncResult *result,
                                        gint64 *rows,
                                        gint64 *first_bad,
                                        GError **error)
{
  g_autofree Verdict *verdict = get_answer (query, result, error);

  if (verdict == NULL)
    return FALSE;

  if (rows != NULL)
    *rows = verdict->rows;
  if (first_bad != NULL)
    *first_bad = verdict->first_bad;
  return TRUE;
}

static void
foyer_sqlite_query_dispose (GObject *object)
{
  FoyerSqliteQuery *self = FOYER_SQLITE_QUERY (object);

  g_clear_pointer (&self->worker, foyer_worker_free);
  g_clear_pointer (&self->hydrator, foyer_database_close);

  G_OBJECT_CLASS (foyer_sqlite_query_parent_class)->dispose (object);
}

static void
foyer_sqlite_query_class_init (FoyerSqliteQueryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = foyer_sqlite_query_dispose;
}

static void
foyer_sqlite_query_init (FoyerSqliteQuery *self)
{
}

static void
foyer_sqlite_query_iface_init (FoyerQueryInterface *iface)
{
  iface->snapshot_async = foyer_sqlite_query_snapshot_async;
  iface->snapshot_finish = foyer_sqlite_query_snapshot_finish;
  iface->hydrate = foyer_sqlite_query_hydrate;
  iface->count_async = foyer_sqlite_query_count_async;
  iface->count_finish = foyer_sqlite_query_count_finish;
  iface->load_order_async = foyer_sqlite_query_load_order_async;
  iface->load_order_finish = foyer_sqlite_query_load_order_finish;
  iface->load_lists_async = foyer_sqlite_query_load_lists_async;
  iface->load_lists_finish = foyer_sqlite_query_load_lists_finish;
  iface->load_arrivals_async = foyer_sqlite_query_load_arrivals_async;
  iface->load_arrivals_finish = foyer_sqlite_query_load_arrivals_finish;
  iface->load_reasons_async = foyer_sqlite_query_load_reasons_async;
  iface->load_reasons_finish = foyer_sqlite_query_load_reasons_finish;
  iface->load_event_async = foyer_sqlite_query_load_event_async;
  iface->load_event_finish = foyer_sqlite_query_load_event_finish;
  iface->load_products_async = foyer_sqlite_query_load_products_async;
  iface->load_products_finish = foyer_sqlite_query_load_products_finish;
  iface->verify_audit_async = foyer_sqlite_query_verify_audit_async;
  iface->verify_audit_finish = foyer_sqlite_query_verify_audit_finish;
}

static void
engine_free (gpointer data)
{
  Engine *engine = data;

  foyer_trigram_sample_free (engine->sample);
  foyer_database_close (engine->db);
  g_free (engine);
}

/**
 * foyer_sqlite_query_new:
 * @reader: (transfer full): a connection that reads both files, to be used by its thread from now on
 * @hydrator: (transfer full): another one, for the calling thread
 *
 * Returns: (transfer full): the query
 */
FoyerSqliteQuery *
foyer_sqlite_query_new (FoyerDatabase *reader, FoyerDatabase *hydrator)
{
  FoyerSqliteQuery *self = g_object_new (FOYER_TYPE_SQLITE_QUERY, NULL);
  Engine *engine = g_new0 (Engine, 1);

  engine->db = reader;
  engine->sample = foyer_trigram_sample_new ();
  self->worker = foyer_worker_new ("foyer-reader", engine, engine_free, NULL);
  self->hydrator = hydrator;
  return self;
}

/**
 * foyer_sqlite_query_close:
 * @self: a query
 * @task: (transfer full): answered when the files are closed
 */
void
foyer_sqlite_query_close (FoyerSqliteQuery *self, GTask *task)
{
  g_clear_pointer (&self->hydrator, foyer_database_close);
  foyer_worker_close_async (self->worker, task);
}
