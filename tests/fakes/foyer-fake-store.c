/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Journal and mirror in memory. */

#include "foyer-fake-store.h"

#include "foyer-error.h"
#include "foyer-overlay.h"

/* What lies on the disk. */
typedef struct
{
  GPtrArray *commands;    /* (element-type FoyerCommand) by row */
  GPtrArray *connections; /* (element-type FoyerConnection) */
  GHashTable *settings;
  guint n_calls;
  guint n_writes; /* transactions that wrote: fsyncs */
  gint64 rows;

  FoyerEvent *event;
  GPtrArray *lists;
  GPtrArray *products;
  GHashTable *orders; /* code -> FoyerOrder */
  GHashTable *states; /* resource -> FoyerSyncState */

  GPtrArray *stores; /* not owned: who is told of changes */
  gpointer sender;
  gatomicrefcount ref_count;
} Disk;

typedef struct _FoyerFakeMirror FoyerFakeMirror;

struct _FoyerFakeStore
{
  GObject parent_instance;

  Disk *disk;
  FoyerFakeMirror *mirror; /* (owned) */
  gboolean dead;
  gboolean told;
  guint broken;
  GFunc watch;
  gpointer watch_data;
};

#define FOYER_TYPE_FAKE_TRANSACTION (foyer_fake_transaction_get_type ())
G_DECLARE_FINAL_TYPE (FoyerFakeTransaction,
                      foyer_fake_transaction,
                      FOYER,
                      FAKE_TRANSACTION,
                      GObject)

/* The mirror is an object of its own: both ports have a signal `changed`. */
#define FOYER_TYPE_FAKE_MIRROR (foyer_fake_mirror_get_type ())
G_DECLARE_FINAL_TYPE (FoyerFakeMirror, foyer_fake_mirror, FOYER, FAKE_MIRROR, GObject)

struct _FoyerFakeMirror
{
  GObject parent_instance;

  FoyerFakeStore *store; /* not owned */
};

struct _FoyerFakeTransaction
{
  GObject parent_instance;

  Disk *disk;
  gboolean wrote;
};

static void foyer_fake_transaction_transaction_init (FoyerTransactionInterface *iface);
static void foyer_fake_store_journal_init (FoyerJournalInterface *iface);
static void foyer_fake_store_mirror_init (FoyerMirrorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerFakeTransaction,
                               foyer_fake_transaction,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_TRANSACTION,
                                                      foyer_fake_transaction_transaction_init))
G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerFakeStore,
                               foyer_fake_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_JOURNAL,
                                                      foyer_fake_store_journal_init))
G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerFakeMirror,
                               foyer_fake_mirror,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_MIRROR,
                                                      foyer_fake_store_mirror_init))

static void
foyer_fake_mirror_class_init (FoyerFakeMirrorClass *klass)
{
}

static void
foyer_fake_mirror_init (FoyerFakeMirror *self)
{
}

static void
foyer_fake_transaction_class_init (FoyerFakeTransactionClass *klass)
{
}

static void
foyer_fake_transaction_init (FoyerFakeTransaction *self)
{
}

static Disk *
disk_new (void)
{
  Disk *disk = g_new0 (Disk, 1);

  g_atomic_ref_count_init (&disk->ref_count);
  disk->commands = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);
  disk->connections = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_connection_unref);
  disk->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  disk->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_list_unref);
  disk->products = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_product_unref);
  disk->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)foyer_order_unref);
  disk->states = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)foyer_sync_state_unref);
  disk->stores = g_ptr_array_new ();
  return disk;
}

static void
disk_unref (Disk *disk)
{
  if (!g_atomic_ref_count_dec (&disk->ref_count))
    return;
  g_ptr_array_unref (disk->commands);
  g_ptr_array_unref (disk->connections);
  g_hash_table_unref (disk->settings);
  g_clear_pointer (&disk->event, foyer_event_unref);
  g_ptr_array_unref (disk->lists);
  g_ptr_array_unref (disk->products);
  g_hash_table_unref (disk->orders);
  g_hash_table_unref (disk->states);
  g_ptr_array_unref (disk->stores);
  g_free (disk);
}

static GPtrArray *
copy_array (GPtrArray *array, GCopyFunc copy, GDestroyNotify destroy)
{
  GPtrArray *copied = g_ptr_array_copy (array, copy, NULL);

  g_ptr_array_set_free_func (copied, destroy);
  return copied;
}

static gpointer
ref_command (gconstpointer command, gpointer data)
{
  return foyer_command_ref ((FoyerCommand *)command);
}

static gpointer
ref_connection (gconstpointer connection, gpointer data)
{
  return foyer_connection_ref ((FoyerConnection *)connection);
}

/* The transaction. */

static FoyerAdmissionCandidate *
make_candidate (Disk *disk, FoyerOrder *order, FoyerAttendee *known, gint64 list)
{
  FoyerAdmissionCandidate *candidate = foyer_admission_candidate_new ();
  FoyerAttendee *attendee = foyer_attendee_new ();

  attendee->id = known->id;
  attendee->positionid = known->positionid;
  attendee->order = g_strdup (known->order);
  attendee->product = known->product;
  attendee->secret = g_strdup (known->secret);
  attendee->name = g_strdup (known->name);
  g_clear_pointer (&attendee->check_ins, g_ptr_array_unref);
  attendee->check_ins = foyer_overlay_lay (known->check_ins, disk->commands, known->id, list);
  candidate->order = foyer_order_ref (order);
  candidate->attendee = attendee;
  for (guint i = 0; i < disk->products->len; i++)
    {
      FoyerProduct *product = g_ptr_array_index (disk->products, i);

      if (product->id == known->product)
        candidate->product = foyer_product_ref (product);
    }
  return candidate;
}

static FoyerSyncState *
find_state (Disk *disk, FoyerResource resource)
{
  return g_hash_table_lookup (disk->states, GINT_TO_POINTER (resource));
}

static FoyerAdmissionFacts *
foyer_fake_transaction_gather_facts (FoyerTransaction *transaction,
                                     const char *code,
                                     gint64 attendee,
                                     const FoyerPlaceReference *places,
                                     gsize n_places,
                                     GError **error)
{
  Disk *disk = FOYER_FAKE_TRANSACTION (transaction)->disk;
  FoyerAdmissionFacts *facts = foyer_admission_facts_new ();
  FoyerSyncState *state = find_state (disk, FOYER_RESOURCE_ORDERS);
  GHashTableIter iter;
  gpointer value;

  facts->code = g_strdup (code);
  facts->complete = state != NULL && state->complete;
  facts->as_of = state != NULL ? state->synced_at : FOYER_TIME_NONE;
  if (facts->places == NULL)
    facts->places = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_admission_place_unref);
  if (facts->candidates == NULL)
    facts->candidates = g_ptr_array_new_with_free_func (
        (GDestroyNotify)foyer_admission_candidate_unref);
  if (disk->event == NULL)
    return facts;

  for (gsize i = 0; i < n_places; i++)
    for (guint j = 0; j < disk->lists->len; j++)
      {
        FoyerCheckInList *list = g_ptr_array_index (disk->lists, j);
        FoyerAdmissionPlace *place;

        if (list->id != places[i].list)
          continue;
        place = foyer_admission_place_new ();
        place->connection = g_strdup (places[i].connection);
        place->event = foyer_event_ref (disk->event);
        place->list = foyer_check_in_list_ref (list);
        g_ptr_array_add (facts->places, place);
      }

  g_hash_table_iter_init (&iter, disk->orders);
  while (facts->places->len > 0 && g_hash_table_iter_next (&iter, NULL, &value))
    {
      FoyerOrder *order = value;

      for (guint i = 0; i < order->attendees->len; i++)
        {
          FoyerAttendee *known = g_ptr_array_index (order->attendees, i);

          if (attendee != 0 ? known->id == attendee : g_strcmp0 (known->secret, code) == 0)
            g_ptr_array_add (facts->candidates,
                             make_candidate (disk, order, known, places[0].list));
        }
    }
  return facts;
}

static gboolean
foyer_fake_transaction_add_ticket (FoyerTransaction *transaction,
                                   FoyerAdmissionFacts *facts,
                                   guint place,
                                   FoyerAttendee *attendee,
                                   GError **error)
{
  Disk *disk = FOYER_FAKE_TRANSACTION (transaction)->disk;
  const FoyerAdmissionPlace *at = g_ptr_array_index (facts->places, place);
  g_autoptr (FoyerOrder) order = foyer_order_new ();
  FoyerAdmissionCandidate *candidate;

  order->status = FOYER_ORDER_PAID;
  candidate = make_candidate (disk, order, attendee, at->list->id);
  candidate->place = place;
  candidate->by_signature = TRUE;
  g_ptr_array_add (facts->candidates, candidate);
  return TRUE;
}

static GPtrArray *
foyer_fake_transaction_list_lists (FoyerTransaction *transaction,
                                   const char *connection,
                                   GError **error)
{
  return g_ptr_array_ref (FOYER_FAKE_TRANSACTION (transaction)->disk->lists);
}

static gint64
foyer_fake_transaction_insert_command (FoyerTransaction *transaction,
                                       FoyerCommand *command,
                                       GError **error)
{
  FoyerFakeTransaction *self = FOYER_FAKE_TRANSACTION (transaction);
  FoyerCommand *copy = foyer_command_copy (command);

  self->wrote = TRUE;
  copy->row = ++self->disk->rows;
  g_ptr_array_add (self->disk->commands, copy);
  return copy->row;
}

static FoyerCommand *
find_command (Disk *disk, const char *id, guint *position)
{
  for (guint i = 0; i < disk->commands->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (disk->commands, i);

      if (!g_str_equal (command->id, id))
        continue;
      if (position != NULL)
        *position = i;
      return command;
    }
  return NULL;
}

static FoyerCommand *
foyer_fake_transaction_get_command (FoyerTransaction *transaction, const char *id, GError **error)
{
  FoyerCommand *command = find_command (FOYER_FAKE_TRANSACTION (transaction)->disk, id, NULL);

  if (command != NULL)
    return foyer_command_ref (command);
  foyer_error_set (error, FOYER_ERROR_NOT_FOUND, NULL, "No such command");
  return NULL;
}

static gboolean
foyer_fake_transaction_update_command (FoyerTransaction *transaction,
                                       FoyerCommand *command,
                                       GError **error)
{
  FoyerFakeTransaction *self = FOYER_FAKE_TRANSACTION (transaction);
  FoyerCommand *copy;
  guint position = 0;

  g_assert_nonnull (find_command (self->disk, command->id, &position));
  copy = foyer_command_copy (command);
  copy->row = ((FoyerCommand *)g_ptr_array_index (self->disk->commands, position))->row;
  foyer_command_unref (self->disk->commands->pdata[position]);
  self->disk->commands->pdata[position] = copy;
  self->wrote = TRUE;
  return TRUE;
}

static GPtrArray *
foyer_fake_transaction_list_commands (FoyerTransaction *transaction,
                                      const char *connection,
                                      guint states,
                                      gint64 after_row,
                                      gsize limit,
                                      GError **error)
{
  Disk *disk = FOYER_FAKE_TRANSACTION (transaction)->disk;
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);

  for (guint i = 0; i < disk->commands->len && (limit == 0 || found->len < limit); i++)
    {
      FoyerCommand *command = g_ptr_array_index (disk->commands, i);

      if (command->row > after_row && (states == 0 || (states & (1u << command->state)) != 0)
          && (connection == NULL || g_str_equal (connection, command->connection)))
        g_ptr_array_add (found, foyer_command_ref (command));
    }
  return found;
}

static GPtrArray *
foyer_fake_transaction_list_recent (FoyerTransaction *transaction,
                                    const char *connection,
                                    guint kinds,
                                    gint64 after_row,
                                    gint64 before_row,
                                    gsize limit,
                                    GError **error)
{
  Disk *disk = FOYER_FAKE_TRANSACTION (transaction)->disk;
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);

  for (guint i = disk->commands->len; i > 0 && (limit == 0 || found->len < limit); i--)
    {
      FoyerCommand *command = g_ptr_array_index (disk->commands, i - 1);

      if (command->row > after_row && (before_row == 0 || command->row < before_row)
          && (kinds & (1u << command->kind)) != 0
          && (connection == NULL || g_str_equal (connection, command->connection)))
        g_ptr_array_add (found, foyer_command_ref (command));
    }
  return found;
}

static gint64
foyer_fake_transaction_count_waiting (FoyerTransaction *transaction,
                                      const char *connection,
                                      const char *target,
                                      GError **error)
{
  Disk *disk = FOYER_FAKE_TRANSACTION (transaction)->disk;
  gint64 n = 0;

  for (guint i = 0; i < disk->commands->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (disk->commands, i);

      n += foyer_command_state_is_waiting (command->state) && command->kind != FOYER_COMMAND_REFUSAL
           && g_str_equal (command->target, target)
           && g_str_equal (command->connection, connection);
    }
  return n;
}

static gboolean
foyer_fake_transaction_get_line (FoyerTransaction *transaction, FoyerLine *line, GError **error)
{
  Disk *disk = FOYER_FAKE_TRANSACTION (transaction)->disk;

  *line = (FoyerLine){ .recorded = disk->commands->len };
  for (guint i = 0; i < disk->commands->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (disk->commands, i);

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
foyer_fake_transaction_append_call (FoyerTransaction *transaction, FoyerCall *call, GError **error)
{
  FoyerFakeTransaction *self = FOYER_FAKE_TRANSACTION (transaction);

  self->disk->n_calls++;
  self->wrote = TRUE;
  return TRUE;
}

static GPtrArray *
foyer_fake_transaction_list_connections (FoyerTransaction *transaction, GError **error)
{
  return copy_array (FOYER_FAKE_TRANSACTION (transaction)->disk->connections, ref_connection,
                     (GDestroyNotify)foyer_connection_unref);
}

static gboolean
foyer_fake_transaction_delete_connection (FoyerTransaction *transaction,
                                          const char *name,
                                          GError **error)
{
  FoyerFakeTransaction *self = FOYER_FAKE_TRANSACTION (transaction);

  self->wrote = TRUE;
  for (guint i = 0; i < self->disk->connections->len; i++)
    if (g_str_equal (((FoyerConnection *)self->disk->connections->pdata[i])->name, name))
      {
        g_ptr_array_remove_index (self->disk->connections, i);
        break;
      }
  return TRUE;
}

static gboolean
foyer_fake_transaction_put_connection (FoyerTransaction *transaction,
                                       FoyerConnection *connection,
                                       GError **error)
{
  foyer_fake_transaction_delete_connection (transaction, connection->name, NULL);
  g_ptr_array_add (FOYER_FAKE_TRANSACTION (transaction)->disk->connections,
                   foyer_connection_ref (connection));
  return TRUE;
}

static gboolean
foyer_fake_transaction_get_setting (FoyerTransaction *transaction,
                                    const char *key,
                                    char **value,
                                    GError **error)
{
  *value = g_strdup (
      g_hash_table_lookup (FOYER_FAKE_TRANSACTION (transaction)->disk->settings, key));
  return TRUE;
}

static gboolean
foyer_fake_transaction_set_setting (FoyerTransaction *transaction,
                                    const char *key,
                                    const char *value,
                                    GError **error)
{
  FoyerFakeTransaction *self = FOYER_FAKE_TRANSACTION (transaction);

  self->wrote = TRUE;
  g_hash_table_replace (self->disk->settings, g_strdup (key), g_strdup (value));
  return TRUE;
}

static void
foyer_fake_transaction_transaction_init (FoyerTransactionInterface *iface)
{
  iface->gather_facts = foyer_fake_transaction_gather_facts;
  iface->add_ticket = foyer_fake_transaction_add_ticket;
  iface->list_lists = foyer_fake_transaction_list_lists;
  iface->insert_command = foyer_fake_transaction_insert_command;
  iface->get_command = foyer_fake_transaction_get_command;
  iface->update_command = foyer_fake_transaction_update_command;
  iface->list_commands = foyer_fake_transaction_list_commands;
  iface->list_recent = foyer_fake_transaction_list_recent;
  iface->count_waiting = foyer_fake_transaction_count_waiting;
  iface->get_line = foyer_fake_transaction_get_line;
  iface->append_call = foyer_fake_transaction_append_call;
  iface->list_connections = foyer_fake_transaction_list_connections;
  iface->put_connection = foyer_fake_transaction_put_connection;
  iface->delete_connection = foyer_fake_transaction_delete_connection;
  iface->get_setting = foyer_fake_transaction_get_setting;
  iface->set_setting = foyer_fake_transaction_set_setting;
}

/* The journal. */

static gboolean
on_tell (gpointer data)
{
  FoyerFakeStore *self = data;

  self->told = FALSE;
  if (!self->dead)
    g_signal_emit_by_name (FOYER_JOURNAL (self), "changed");
  return G_SOURCE_REMOVE;
}

static void
tell_all (Disk *disk)
{
  for (guint i = 0; i < disk->stores->len; i++)
    {
      FoyerFakeStore *store = g_ptr_array_index (disk->stores, i);

      if (store->told)
        continue;
      store->told = TRUE;
      g_idle_add_full (G_PRIORITY_DEFAULT, on_tell, g_object_ref (store), g_object_unref);
    }
}

typedef struct
{
  GTask *task;
  FoyerTransactionFunc func;
  gpointer data;
  GDestroyNotify data_destroy;
  GDestroyNotify result_destroy;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->data_destroy != NULL)
    work->data_destroy (work->data);
  /* The dead return no tasks; one that is freed without having returned is an error in GLib 2.84. */
  if (!FOYER_FAKE_STORE (g_task_get_source_object (work->task))->dead)
    g_clear_object (&work->task);
  g_free (work);
}

static void
watch (FoyerFakeStore *self)
{
  if (self->watch != NULL && !self->dead)
    self->watch (self, self->watch_data);
}

static gboolean
on_work (gpointer data)
{
  Work *work = data;
  FoyerFakeStore *self = g_task_get_source_object (work->task);
  Disk *disk = self->disk;
  g_autoptr (FoyerFakeTransaction) transaction = NULL;
  g_autoptr (GPtrArray) commands = NULL;
  g_autoptr (GPtrArray) connections = NULL;
  guint n_calls = disk->n_calls;
  gint64 rows = disk->rows;
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;
  gboolean done;

  if (self->dead)
    return G_SOURCE_REMOVE;

  commands = copy_array (disk->commands, ref_command, (GDestroyNotify)foyer_command_unref);
  connections = copy_array (disk->connections, ref_connection,
                            (GDestroyNotify)foyer_connection_unref);
  transaction = g_object_new (FOYER_TYPE_FAKE_TRANSACTION, NULL);
  transaction->disk = disk;
  done = work->func (FOYER_TRANSACTION (transaction), work->data, &result, &error);
  if (done && transaction->wrote && self->broken > 0)
    {
      self->broken--;
      done = FALSE;
      if (result != NULL && work->result_destroy != NULL)
        work->result_destroy (result);
      foyer_error_set (&error, FOYER_ERROR_STORAGE, "fake", "The disk is full");
    }

  if (!done)
    {
      g_ptr_array_unref (disk->commands);
      disk->commands = g_steal_pointer (&commands);
      g_ptr_array_unref (disk->connections);
      disk->connections = g_steal_pointer (&connections);
      disk->n_calls = n_calls;
      disk->rows = rows;
      g_task_return_error (work->task, g_steal_pointer (&error));
      return G_SOURCE_REMOVE;
    }

  if (transaction->wrote)
    {
      disk->n_writes++;
      tell_all (disk);
      watch (self);
    }
  if (self->dead)
    {
      if (result != NULL && work->result_destroy != NULL)
        work->result_destroy (result);
      return G_SOURCE_REMOVE;
    }
  g_task_return_pointer (work->task, result, work->result_destroy);
  return G_SOURCE_REMOVE;
}

static void
foyer_fake_store_transact_async (FoyerJournal *journal,
                                 gboolean urgent,
                                 FoyerTransactionFunc func,
                                 gpointer data,
                                 GDestroyNotify data_destroy,
                                 GDestroyNotify result_destroy,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Work *work = g_new0 (Work, 1);

  work->task = g_task_new (journal, NULL, callback, user_data);
  work->func = func;
  work->data = data;
  work->data_destroy = data_destroy;
  work->result_destroy = result_destroy;
  g_idle_add_full (urgent ? G_PRIORITY_HIGH : G_PRIORITY_DEFAULT, on_work, work, work_free);
}

static gboolean
foyer_fake_store_transact_finish (FoyerJournal *journal,
                                  GAsyncResult *result,
                                  gpointer *value,
                                  GError **error)
{
  GError *failure = NULL;
  gpointer got = g_task_propagate_pointer (G_TASK (result), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (value != NULL)
    *value = got;
  return TRUE;
}

static gboolean
foyer_fake_store_claim_sender (FoyerJournal *journal)
{
  FoyerFakeStore *self = FOYER_FAKE_STORE (journal);

  if (self->dead)
    return FALSE;
  if (self->disk->sender == NULL)
    self->disk->sender = self;
  return self->disk->sender == self;
}

static void
foyer_fake_store_poke (FoyerJournal *journal)
{
}

static void
foyer_fake_store_journal_init (FoyerJournalInterface *iface)
{
  iface->transact_async = foyer_fake_store_transact_async;
  iface->transact_finish = foyer_fake_store_transact_finish;
  iface->claim_sender = foyer_fake_store_claim_sender;
  iface->poke = foyer_fake_store_poke;
}

/* The mirror. */

static gboolean
on_return (gpointer data)
{
  GTask *task = data;
  FoyerFakeStore *self = FOYER_FAKE_MIRROR (g_task_get_source_object (task))->store;

  watch (self);
  if (!self->dead)
    g_task_return_pointer (task, g_object_steal_data (G_OBJECT (task), "value"),
                           g_object_get_data (G_OBJECT (task), "destroy"));
  return G_SOURCE_REMOVE;
}

static void
unref_living (gpointer task)
{
  if (!FOYER_FAKE_MIRROR (g_task_get_source_object (task))->store->dead)
    g_object_unref (task);
}

static void
return_later (GTask *task, gpointer value, GDestroyNotify destroy)
{
  g_object_set_data_full (G_OBJECT (task), "value", value, destroy);
  g_object_set_data (G_OBJECT (task), "destroy", destroy);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_return, task, unref_living);
}

/* Just so. */
static gboolean
has_order (Disk *disk, const FoyerOrder *order)
{
  const FoyerOrder *old = g_hash_table_lookup (disk->orders, order->code);

  if (old == NULL || old->status != order->status || old->attendees->len != order->attendees->len)
    return FALSE;
  for (guint i = 0; i < old->attendees->len; i++)
    {
      const FoyerAttendee *one = g_ptr_array_index (old->attendees, i);
      const FoyerAttendee *other = g_ptr_array_index (order->attendees, i);

      if (one->check_ins->len != other->check_ins->len)
        return FALSE;
    }
  return TRUE;
}

static void
foyer_fake_store_ingest_async (FoyerMirror *mirror,
                               const char *connection,
                               FoyerPage *page,
                               gboolean first,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Disk *disk = FOYER_FAKE_MIRROR (mirror)->store->disk;
  FoyerIngestReport report = { 0 };
  FoyerSyncState *old = find_state (disk, page->resource);
  FoyerSyncState *state = foyer_sync_state_new ();

  for (guint i = 0; i < page->records->len; i++)
    {
      gpointer record = g_ptr_array_index (page->records, i);

      if (page->resource == FOYER_RESOURCE_ORDERS && has_order (disk, record))
        {
          report.unchanged++;
          continue;
        }
      report.stored++;
      if (page->resource == FOYER_RESOURCE_ORDERS)
        g_hash_table_replace (disk->orders, g_strdup (((FoyerOrder *)record)->code),
                              foyer_order_ref (record));
      else if (page->resource == FOYER_RESOURCE_LISTS)
        {
          g_ptr_array_set_size (disk->lists, 0);
          g_ptr_array_add (disk->lists, foyer_check_in_list_ref (record));
        }
      else if (page->resource == FOYER_RESOURCE_PRODUCTS)
        {
          g_ptr_array_set_size (disk->products, 0);
          g_ptr_array_add (disk->products, foyer_product_ref (record));
        }
      else if (page->resource == FOYER_RESOURCE_EVENT)
        {
          g_clear_pointer (&disk->event, foyer_event_unref);
          disk->event = foyer_event_ref (record);
        }
    }

  state->resource = page->resource;
  state->cursor = g_strdup (page->next);
  state->stored = page->records->len + (old != NULL && !first ? old->stored : 0);
  state->total = page->total;
  state->complete = page->next == NULL || (old != NULL && old->complete);
  state->synced_at = old != NULL ? old->synced_at : FOYER_TIME_NONE;
  state->watermark = g_strdup (old != NULL ? old->watermark : NULL);
  if (page->next == NULL)
    {
      state->synced_at = page->generated;
      g_free (state->watermark);
      state->watermark = g_strdup (page->watermark);
    }
  g_hash_table_replace (disk->states, GINT_TO_POINTER (page->resource), state);
  return_later (g_task_new (mirror, cancellable, callback, user_data),
                foyer_ingest_report_copy (&report), (GDestroyNotify)foyer_ingest_report_free);
}

static FoyerIngestReport *
foyer_fake_store_ingest_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
take_back (Disk *disk, const FoyerScan *scan)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, disk->orders);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (guint i = 0; i < ((FoyerOrder *)value)->attendees->len; i++)
      {
        FoyerAttendee *known = g_ptr_array_index (((FoyerOrder *)value)->attendees, i);

        for (guint j = known->check_ins->len; known->id == scan->attendee && j > 0; j--)
          {
            FoyerCheckIn *check_in = g_ptr_array_index (known->check_ins, j - 1);

            if (check_in->datetime == scan->datetime && check_in->exit == scan->exit)
              g_ptr_array_remove_index (known->check_ins, j - 1);
          }
      }
}

static void
foyer_fake_store_apply_result_async (FoyerMirror *mirror,
                                     const char *connection,
                                     FoyerScan *scan,
                                     FoyerStepResult *answer,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  Disk *disk = FOYER_FAKE_MIRROR (mirror)->store->disk;
  gboolean there = FALSE;

  if (scan->nonce != NULL && answer->outcome == FOYER_STEP_DONE)
    take_back (disk, scan);
  else if (answer->attendee != NULL)
    {
      FoyerOrder *order = foyer_order_new ();
      FoyerAttendee *attendee = foyer_attendee_new ();

      attendee->id = answer->attendee->id;
      attendee->positionid = answer->attendee->positionid;
      attendee->order = g_strdup (answer->attendee->order);
      attendee->product = answer->attendee->product;
      attendee->secret = g_strdup (answer->attendee->secret);
      attendee->name = g_strdup (answer->attendee->name);
      g_clear_pointer (&attendee->check_ins, g_ptr_array_unref);
      attendee->check_ins = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);
      for (guint i = 0; i < answer->attendee->check_ins->len; i++)
        {
          FoyerCheckIn *check_in = g_ptr_array_index (answer->attendee->check_ins, i);

          g_ptr_array_add (attendee->check_ins, foyer_check_in_ref (check_in));
          there = there || check_in->datetime == scan->datetime;
        }
      if (answer->outcome == FOYER_STEP_DONE && !there)
        {
          FoyerCheckIn *own = foyer_check_in_new ();

          own->list = answer->list;
          own->datetime = scan->datetime;
          own->exit = scan->exit;
          g_ptr_array_add (attendee->check_ins, own);
        }
      order->code = g_strdup (attendee->order);
      order->status = FOYER_ORDER_PAID;
      if (order->attendees == NULL)
        order->attendees = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_attendee_unref);
      g_ptr_array_add (order->attendees, attendee);
      g_hash_table_replace (disk->orders, g_strdup (order->code), order);
    }
  return_later (g_task_new (mirror, cancellable, callback, user_data), GINT_TO_POINTER (TRUE),
                NULL);
}

static gboolean
foyer_fake_store_apply_result_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

static void
foyer_fake_store_load_states_async (FoyerMirror *mirror,
                                    const char *connection,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Disk *disk = FOYER_FAKE_MIRROR (mirror)->store->disk;
  GPtrArray *states = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_sync_state_unref);
  GHashTableIter iter;
  gpointer state;

  g_hash_table_iter_init (&iter, disk->states);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    g_ptr_array_add (states, foyer_sync_state_ref (state));
  return_later (g_task_new (mirror, cancellable, callback, user_data), states,
                (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
foyer_fake_store_load_states_finish (FoyerMirror *mirror, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
foyer_fake_store_forget_async (FoyerMirror *mirror,
                               const char *connection,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Disk *disk = FOYER_FAKE_MIRROR (mirror)->store->disk;

  g_hash_table_remove_all (disk->orders);
  g_hash_table_remove_all (disk->states);
  return_later (g_task_new (mirror, cancellable, callback, user_data), GINT_TO_POINTER (TRUE),
                NULL);
}

static void
foyer_fake_store_mirror_init (FoyerMirrorInterface *iface)
{
  iface->ingest_async = foyer_fake_store_ingest_async;
  iface->ingest_finish = foyer_fake_store_ingest_finish;
  iface->apply_result_async = foyer_fake_store_apply_result_async;
  iface->apply_result_finish = foyer_fake_store_apply_result_finish;
  iface->load_states_async = foyer_fake_store_load_states_async;
  iface->load_states_finish = foyer_fake_store_load_states_finish;
  iface->forget_async = foyer_fake_store_forget_async;
  iface->forget_finish = foyer_fake_store_apply_result_finish;
}

static void
foyer_fake_store_finalize (GObject *object)
{
  FoyerFakeStore *self = FOYER_FAKE_STORE (object);

  g_clear_object (&self->mirror);
  if (self->disk != NULL)
    {
      g_ptr_array_remove (self->disk->stores, self);
      if (self->disk->sender == self)
        self->disk->sender = NULL;
      disk_unref (self->disk);
    }
  G_OBJECT_CLASS (foyer_fake_store_parent_class)->finalize (object);
}

static void
foyer_fake_store_class_init (FoyerFakeStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_fake_store_finalize;
}

static void
foyer_fake_store_init (FoyerFakeStore *self)
{
  self->mirror = g_object_new (FOYER_TYPE_FAKE_MIRROR, NULL);
  self->mirror->store = self;
}

FoyerFakeStore *
foyer_fake_store_new (void)
{
  FoyerFakeStore *self = g_object_new (FOYER_TYPE_FAKE_STORE, NULL);

  self->disk = disk_new ();
  g_ptr_array_add (self->disk->stores, self);
  return self;
}

/* Another process on the same disk. */
FoyerFakeStore *
foyer_fake_store_fork (FoyerFakeStore *self)
{
  FoyerFakeStore *other = g_object_new (FOYER_TYPE_FAKE_STORE, NULL);

  g_atomic_ref_count_inc (&self->disk->ref_count);
  other->disk = self->disk;
  g_ptr_array_add (other->disk->stores, other);
  return other;
}

/* The process is gone: what was written is written, nobody hears of it, the lock is free. */
void
foyer_fake_store_kill (FoyerFakeStore *self)
{
  self->dead = TRUE;
  g_ptr_array_remove (self->disk->stores, self);
  if (self->disk->sender == self)
    self->disk->sender = NULL;
}

/* Called after each write, before its caller hears of it: where a process may die. */
void
foyer_fake_store_set_watch (FoyerFakeStore *self, GFunc func, gpointer data)
{
  self->watch = func;
  self->watch_data = data;
}

/* The next so many transactions that write fail. */
void
foyer_fake_store_break (FoyerFakeStore *self, guint transactions)
{
  self->broken = transactions;
}

FoyerMirror *
foyer_fake_store_get_mirror (FoyerFakeStore *self)
{
  return FOYER_MIRROR (self->mirror);
}

GPtrArray *
foyer_fake_store_dup_commands (FoyerFakeStore *self)
{
  return copy_array (self->disk->commands, ref_command, (GDestroyNotify)foyer_command_unref);
}

/* What a list shows of a ticket: the mirror, what waits laid over. */
GPtrArray *
foyer_fake_store_dup_check_ins (FoyerFakeStore *self, gint64 attendee)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->disk->orders);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (guint i = 0; i < ((FoyerOrder *)value)->attendees->len; i++)
      {
        FoyerAttendee *known = g_ptr_array_index (((FoyerOrder *)value)->attendees, i);

        if (known->id == attendee)
          return foyer_overlay_lay (known->check_ins, self->disk->commands, attendee, 7);
      }
  return NULL;
}

guint
foyer_fake_store_get_n_calls (FoyerFakeStore *self)
{
  return self->disk->n_calls;
}

guint
foyer_fake_store_get_n_writes (FoyerFakeStore *self)
{
  return self->disk->n_writes;
}

guint
foyer_fake_store_get_n_orders (FoyerFakeStore *self)
{
  return g_hash_table_size (self->disk->orders);
}
