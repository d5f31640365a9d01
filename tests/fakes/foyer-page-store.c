/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-page-store.h"

#include "foyer-error.h"
#include "foyer-reason-count.h"

#include <string.h>

struct _FoyerPageStore
{
  GObject parent_instance;

  GPtrArray *commands;    /* (element-type FoyerCommand) oldest first, row n at n - 1 */
  GPtrArray *calls;       /* (element-type FoyerCall) */
  GPtrArray *connections; /* (element-type FoyerConnection) */
  GPtrArray *lists;       /* (element-type FoyerListSummary) */
  FoyerEvent *event;
  GHashTable *settings;
  gboolean broken;
  gint64 bad_call;
};

static void transaction_init (FoyerTransactionInterface *iface);
static void journal_init (FoyerJournalInterface *iface);
static void query_init (FoyerQueryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerPageStore,
                               foyer_page_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_TRANSACTION, transaction_init)
                                   G_IMPLEMENT_INTERFACE (FOYER_TYPE_JOURNAL, journal_init)
                                       G_IMPLEMENT_INTERFACE (FOYER_TYPE_QUERY, query_init))

static void
foyer_page_store_finalize (GObject *object)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (object);

  g_ptr_array_unref (self->commands);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->lists);
  g_clear_pointer (&self->event, foyer_event_unref);
  g_hash_table_unref (self->settings);

  G_OBJECT_CLASS (foyer_page_store_parent_class)->finalize (object);
}

static void
foyer_page_store_class_init (FoyerPageStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_page_store_finalize;
}

static void
foyer_page_store_init (FoyerPageStore *self)
{
  self->commands = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_call_unref);
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_connection_unref);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_list_summary_unref);
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

FoyerPageStore *
foyer_page_store_new (void)
{
  return g_object_new (FOYER_TYPE_PAGE_STORE, NULL);
}

static void
emit_changed (FoyerPageStore *self)
{
  g_signal_emit_by_name (self, "changed");
}

void
foyer_page_store_add_command (FoyerPageStore *self, FoyerCommand *command)
{
  command->row = (gint64)self->commands->len + 1;
  g_ptr_array_add (self->commands, foyer_command_ref (command));
}

void
foyer_page_store_add_call (FoyerPageStore *self, FoyerCall *call)
{
  g_ptr_array_add (self->calls, foyer_call_ref (call));
}

void
foyer_page_store_add_connection (FoyerPageStore *self, FoyerConnection *connection)
{
  g_ptr_array_add (self->connections, foyer_connection_ref (connection));
}

void
foyer_page_store_add_list (FoyerPageStore *self, gint64 id, const char *name)
{
  FoyerListSummary *summary = foyer_list_summary_new ();

  summary->list = foyer_check_in_list_new ();
  summary->list->id = id;
  summary->list->name = g_strdup (name);
  summary->list->all_products = TRUE;
  g_ptr_array_add (self->lists, summary);
}

void
foyer_page_store_set_event (FoyerPageStore *self, FoyerEvent *event)
{
  g_clear_pointer (&self->event, foyer_event_unref);
  self->event = foyer_event_ref (event);
}

void
foyer_page_store_set_broken (FoyerPageStore *self, gboolean broken)
{
  self->broken = broken;
}

void
foyer_page_store_set_bad_call (FoyerPageStore *self, gint64 row)
{
  self->bad_call = row;
}

static FoyerCommand *
find_command (FoyerPageStore *self, const char *id, guint *position)
{
  for (guint i = 0; i < self->commands->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (self->commands, i);

      if (g_strcmp0 (command->id, id) != 0)
        continue;
      if (position != NULL)
        *position = i;
      return command;
    }
  return NULL;
}

FoyerCommand *
foyer_page_store_get_command (FoyerPageStore *self, const char *id)
{
  return find_command (self, id, NULL);
}

guint
foyer_page_store_get_n_connections (FoyerPageStore *self)
{
  return self->connections->len;
}

/* --- a transaction ------------------------------------------------------------------------------ */

static FoyerAdmissionFacts *
gather_facts (FoyerTransaction *transaction,
              const char *code,
              gint64 attendee,
              const FoyerPlaceReference *places,
              gsize n_places,
              GError **error)
{
  return foyer_admission_facts_new ();
}

static gint64
insert_command (FoyerTransaction *transaction, FoyerCommand *command, GError **error)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (transaction);

  foyer_page_store_add_command (self, command);
  return command->row;
}

static FoyerCommand *
get_command (FoyerTransaction *transaction, const char *id, GError **error)
{
  FoyerCommand *command = find_command (FOYER_PAGE_STORE (transaction), id, NULL);

  if (command == NULL)
    foyer_error_set (error, FOYER_ERROR_NOT_FOUND, NULL, "There is no such command");
  return command != NULL ? foyer_command_ref (command) : NULL;
}

static gboolean
update_command (FoyerTransaction *transaction, FoyerCommand *command, GError **error)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (transaction);
  guint position;

  if (find_command (self, command->id, &position) == NULL)
    return FALSE;

  foyer_command_unref (self->commands->pdata[position]);
  self->commands->pdata[position] = foyer_command_ref (command);
  return TRUE;
}

static gboolean
answers (const FoyerCommand *command, const char *connection, guint states)
{
  return (connection == NULL || g_strcmp0 (command->connection, connection) == 0)
         && (states == 0 || (states & 1u << command->state) != 0);
}

static GPtrArray *
list_commands (FoyerTransaction *transaction,
               const char *connection,
               guint states,
               gint64 after_row,
               gsize limit,
               GError **error)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (transaction);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);

  for (guint i = 0; i < self->commands->len && (limit == 0 || found->len < limit); i++)
    {
      FoyerCommand *command = g_ptr_array_index (self->commands, i);

      if (command->row > after_row && answers (command, connection, states))
        g_ptr_array_add (found, foyer_command_ref (command));
    }
  return found;
}

static gboolean
get_line (FoyerTransaction *transaction, FoyerLine *line, GError **error)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (transaction);

  *line = (FoyerLine){ .recorded = self->commands->len };
  for (guint i = 0; i < self->commands->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (self->commands, i);

      if (foyer_command_state_is_waiting (command->state))
        line->waiting++;
      else if (command->state == FOYER_STATE_NEEDS_YOU)
        line->needs_you++;
      else
        line->sent++;
    }
  return TRUE;
}

static gboolean
append_call (FoyerTransaction *transaction, FoyerCall *call, GError **error)
{
  foyer_page_store_add_call (FOYER_PAGE_STORE (transaction), call);
  return TRUE;
}

static GPtrArray *
list_connections (FoyerTransaction *transaction, GError **error)
{
  return g_ptr_array_copy (FOYER_PAGE_STORE (transaction)->connections,
                           (GCopyFunc)(void *)foyer_connection_ref, NULL);
}

static gboolean
delete_connection (FoyerTransaction *transaction, const char *name, GError **error)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (transaction);

  for (guint i = 0; i < self->connections->len; i++)
    {
      FoyerConnection *connection = g_ptr_array_index (self->connections, i);

      if (g_str_equal (connection->name, name))
        {
          g_ptr_array_remove_index (self->connections, i);
          break;
        }
    }
  return TRUE;
}

static gboolean
put_connection (FoyerTransaction *transaction, FoyerConnection *connection, GError **error)
{
  delete_connection (transaction, connection->name, NULL);
  foyer_page_store_add_connection (FOYER_PAGE_STORE (transaction), connection);
  return TRUE;
}

static gboolean
get_setting (FoyerTransaction *transaction, const char *key, char **value, GError **error)
{
  *value = g_strdup (g_hash_table_lookup (FOYER_PAGE_STORE (transaction)->settings, key));
  return TRUE;
}

static gboolean
set_setting (FoyerTransaction *transaction, const char *key, const char *value, GError **error)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (transaction);

  if (value != NULL)
    g_hash_table_insert (self->settings, g_strdup (key), g_strdup (value));
  else
    g_hash_table_remove (self->settings, key);
  return TRUE;
}

static void
transaction_init (FoyerTransactionInterface *iface)
{
  iface->gather_facts = gather_facts;
  iface->insert_command = insert_command;
  iface->get_command = get_command;
  iface->update_command = update_command;
  iface->list_commands = list_commands;
  iface->get_line = get_line;
  iface->append_call = append_call;
  iface->list_connections = list_connections;
  iface->put_connection = put_connection;
  iface->delete_connection = delete_connection;
  iface->get_setting = get_setting;
  iface->set_setting = set_setting;
}

/* --- the journal -------------------------------------------------------------------------------- */

static gboolean
fail_if_broken (FoyerPageStore *self, GTask *task)
{
  if (self->broken)
    g_task_return_error (task, foyer_error_new (FOYER_ERROR_STORAGE, NULL, "The disk is full"));
  return self->broken;
}

static void
transact_async (FoyerJournal *journal,
                gboolean urgent,
                FoyerTransactionFunc func,
                gpointer data,
                GDestroyNotify data_destroy,
                GDestroyNotify result_destroy,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (journal);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  if (!fail_if_broken (self, task))
    {
      if (func (FOYER_TRANSACTION (self), data, &value, &error))
        g_task_return_pointer (task, value, result_destroy);
      else
        g_task_return_error (task, g_steal_pointer (&error));
    }
  if (data_destroy != NULL)
    data_destroy (data);
}

static gboolean
transact_finish (FoyerJournal *journal, GAsyncResult *result, gpointer *value, GError **error)
{
  gpointer got;

  if (g_task_had_error (G_TASK (result)))
    {
      g_task_propagate_pointer (G_TASK (result), error);
      return FALSE;
    }
  got = g_task_propagate_pointer (G_TASK (result), error);
  if (value != NULL)
    *value = got;
  return TRUE;
}

static gboolean
claim_sender (FoyerJournal *journal)
{
  return TRUE;
}

static void
poke (FoyerJournal *journal)
{
  emit_changed (FOYER_PAGE_STORE (journal));
}

static void
journal_init (FoyerJournalInterface *iface)
{
  iface->transact_async = transact_async;
  iface->transact_finish = transact_finish;
  iface->claim_sender = claim_sender;
  iface->poke = poke;
}

/* The mirror is an object of its own: its signal has the same name as the journal's. */

#define FOYER_TYPE_PAGE_MIRROR (foyer_page_mirror_get_type ())
G_DECLARE_FINAL_TYPE (FoyerPageMirror, foyer_page_mirror, FOYER, PAGE_MIRROR, GObject)

struct _FoyerPageMirror
{
  GObject parent_instance;
};

static void mirror_init (FoyerMirrorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerPageMirror,
                               foyer_page_mirror,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_MIRROR, mirror_init))

static void
foyer_page_mirror_class_init (FoyerPageMirrorClass *klass)
{
}

static void
foyer_page_mirror_init (FoyerPageMirror *self)
{
}

FoyerMirror *
foyer_page_store_create_mirror (void)
{
  return g_object_new (FOYER_TYPE_PAGE_MIRROR, NULL);
}

static void
ingest_async (FoyerMirror *mirror,
              const char *connection,
              FoyerPage *page,
              gboolean first,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (mirror, cancellable, callback, user_data);
  FoyerIngestReport report = { 0 };

  report.stored = page->records != NULL ? page->records->len : 0;
  g_task_return_pointer (task, foyer_ingest_report_copy (&report),
                         (GDestroyNotify)foyer_ingest_report_free);
}

static FoyerIngestReport *
ingest_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
finish_boolean (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
apply_result_async (FoyerMirror *mirror,
                    const char *connection,
                    FoyerScan *scan,
                    FoyerStepResult *answer,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (mirror, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static void
load_states_async (FoyerMirror *mirror,
                   const char *connection,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (mirror, cancellable, callback, user_data);

  g_task_return_pointer (task,
                         g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_sync_state_unref),
                         (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
load_states_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
forget_async (FoyerMirror *mirror,
              const char *connection,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (mirror, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static void
mirror_init (FoyerMirrorInterface *iface)
{
  iface->ingest_async = ingest_async;
  iface->ingest_finish = ingest_finish;
  iface->apply_result_async = apply_result_async;
  iface->apply_result_finish = finish_boolean;
  iface->load_states_async = load_states_async;
  iface->load_states_finish = load_states_finish;
  iface->forget_async = forget_async;
  iface->forget_finish = finish_boolean;
}

/* --- the query ---------------------------------------------------------------------------------- */

/* Plainly: the text stands somewhere in it. */
static gboolean
is_sought (const FoyerCommand *command, FoyerQuerySpec *spec)
{
  return (spec->command_kind < 0 || (int)command->kind == spec->command_kind)
         && (spec->text == NULL || strstr (command->arguments, spec->text) != NULL);
}

static GArray *
find_ids (FoyerPageStore *self, FoyerQuerySpec *spec)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GPtrArray *rows = spec->kind == FOYER_QUERY_CALLS      ? self->calls
                    : spec->kind == FOYER_QUERY_COMMANDS ? self->commands
                                                         : NULL;

  for (guint i = rows != NULL ? rows->len : 0; i > 0; i--)
    {
      gint64 id = i;

      if (spec->limit != 0 && ids->len == spec->limit)
        break;
      if (spec->kind == FOYER_QUERY_CALLS
          || (answers (rows->pdata[i - 1], spec->connection, spec->states)
              && is_sought (rows->pdata[i - 1], spec)))
        g_array_append_val (ids, id);
    }
  return ids;
}

static void
snapshot_async (FoyerQuery *query,
                FoyerQuerySpec *spec,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (query);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (!fail_if_broken (self, task))
    g_task_return_pointer (task, find_ids (self, spec), (GDestroyNotify)g_array_unref);
}

static GArray *
snapshot_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
unref_command (gpointer command)
{
  if (command != NULL)
    foyer_command_unref (command);
}

static void
unref_call (gpointer call)
{
  if (call != NULL)
    foyer_call_unref (call);
}

static GPtrArray *
hydrate (FoyerQuery *query, FoyerQuerySpec *spec, const gint64 *ids, gsize n_ids, GError **error)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (query);
  gboolean commands = spec->kind == FOYER_QUERY_COMMANDS;
  GPtrArray *rows = g_ptr_array_new_with_free_func (commands ? unref_command : unref_call);

  for (gsize i = 0; i < n_ids; i++)
    if (commands)
      g_ptr_array_add (rows, foyer_command_ref (self->commands->pdata[ids[i] - 1]));
    else
      g_ptr_array_add (rows, foyer_call_ref (self->calls->pdata[ids[i] - 1]));
  return rows;
}

static void
count_async (FoyerQuery *query,
             FoyerQuerySpec *spec,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (query);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GArray) ids = find_ids (self, spec);

  if (!fail_if_broken (self, task))
    g_task_return_int (task, ids->len);
}

static gint64
count_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
load_lists_async (FoyerQuery *query,
                  const char *connection,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (query, cancellable, callback, user_data);

  g_task_return_pointer (task, g_ptr_array_ref (FOYER_PAGE_STORE (query)->lists),
                         (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
load_array_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_arrivals_async (FoyerQuery *query,
                     const char *connection,
                     gint64 list,
                     FoyerTime since,
                     guint minutes,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (query, cancellable, callback, user_data);
  GArray *counts = g_array_new (FALSE, TRUE, sizeof (guint));

  g_array_set_size (counts, minutes);
  g_task_return_pointer (task, counts, (GDestroyNotify)g_array_unref);
}

static GArray *
load_arrivals_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_reasons_async (FoyerQuery *query,
                    FoyerQuerySpec *spec,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (query, cancellable, callback, user_data);
  GPtrArray *counts = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_reason_count_unref);

  for (guint i = 0; spec->text == NULL && i < 2; i++)
    {
      FoyerReasonCount *count = foyer_reason_count_new (i == 0 ? "already_redeemed" : "unpaid");

      count->n = 3 - i;
      g_ptr_array_add (counts, count);
    }
  g_task_return_pointer (task, counts, (GDestroyNotify)g_ptr_array_unref);
}

static void
load_event_async (FoyerQuery *query,
                  const char *connection,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (query);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->event != NULL)
    g_task_return_pointer (task, foyer_event_ref (self->event), (GDestroyNotify)foyer_event_unref);
  else
    g_task_return_error (task,
                         foyer_error_new (FOYER_ERROR_NOT_FOUND, NULL, "There is no event yet"));
}

static FoyerEvent *
load_event_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_order_async (FoyerQuery *query,
                  const char *connection,
                  const char *code,
                  gint64 list,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (query, cancellable, callback, user_data);

  g_task_return_error (task,
                       foyer_error_new (FOYER_ERROR_NOT_FOUND, NULL, "There is no such order"));
}

static FoyerOrder *
load_order_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_products_async (FoyerQuery *query,
                     const char *connection,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (query, cancellable, callback, user_data);

  g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify)g_ptr_array_unref);
}

static void
verify_audit_async (FoyerQuery *query,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (query);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (!fail_if_broken (self, task))
    g_task_return_boolean (task, TRUE);
}

static gboolean
verify_audit_finish (FoyerQuery *query,
                     GAsyncResult *result,
                     gint64 *rows,
                     gint64 *first_bad,
                     GError **error)
{
  FoyerPageStore *self = FOYER_PAGE_STORE (query);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  *rows = self->calls->len;
  *first_bad = self->bad_call;
  return TRUE;
}

static void
query_init (FoyerQueryInterface *iface)
{
  iface->snapshot_async = snapshot_async;
  iface->snapshot_finish = snapshot_finish;
  iface->hydrate = hydrate;
  iface->count_async = count_async;
  iface->count_finish = count_finish;
  iface->load_order_async = load_order_async;
  iface->load_order_finish = load_order_finish;
  iface->load_lists_async = load_lists_async;
  iface->load_lists_finish = load_array_finish;
  iface->load_arrivals_async = load_arrivals_async;
  iface->load_arrivals_finish = load_arrivals_finish;
  iface->load_reasons_async = load_reasons_async;
  iface->load_reasons_finish = load_array_finish;
  iface->load_event_async = load_event_async;
  iface->load_event_finish = load_event_finish;
  iface->load_products_async = load_products_async;
  iface->load_products_finish = load_array_finish;
  iface->verify_audit_async = verify_audit_async;
  iface->verify_audit_finish = verify_audit_finish;
}
