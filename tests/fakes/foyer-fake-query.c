/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People are numbered from 1; person i has the name of a short table that holds the hard ones, the secret
 * "secretNNNN" and an order of three tickets. A search finds those whose name holds the text. */

#define G_LOG_DOMAIN "foyer-fakes"

#include "foyer-fake-query.h"

#include "foyer-error.h"

#include <string.h>

#define TICKETS_PER_ORDER 3

struct _FoyerFakeQuery
{
  GObject parent_instance;

  guint n_people;
  GHashTable *names; /* (owned) id -> name, where it was changed */
  GError *error;     /* (owned) (nullable) what everything ends with */
  gboolean hold;
  GQueue held; /* (element-type GTask) */
  guint n_hydrated;
  guint n_snapshots;
  GPtrArray *commands; /* (owned) (element-type FoyerCommand) newest first */
};

static void foyer_fake_query_query_init (FoyerQueryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerFakeQuery,
                               foyer_fake_query,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_QUERY,
                                                      foyer_fake_query_query_init))

static const char *const names[] = {
  "Käthe Müller",
  "Zoë Åström-Łukasiewicz",
  "محمد بن عبد الله",
  "山田太郎",
  "O'Connor & Sons <b>Ltd</b>",
  "Anna 🎟️ Nguyễn",
  "Bartholomew Maximilian Featherstonehaugh-Cholmondeley von und zu Hohenstein-Wittelsbach the "
  "Younger, "
  "formerly of Saint-Germain-des-Prés and now of nowhere in particular, with a name that does not "
  "end soon",
  "J. Díaz",
};

static char *
name_of (FoyerFakeQuery *self, gint64 id)
{
  const char *changed = g_hash_table_lookup (self->names, &id);

  if (changed != NULL)
    return g_strdup (changed);
  return g_strdup (names[id % G_N_ELEMENTS (names)]);
}

static FoyerOrder *
create_order (gint64 id)
{
  FoyerOrder *order = foyer_order_new ();

  order->code = g_strdup_printf ("ORD%04u", (guint)((id - 1) / TICKETS_PER_ORDER));
  order->status = id % 10 == 9 ? FOYER_ORDER_PENDING : FOYER_ORDER_PAID;
  order->email = g_strdup ("guest@example.org");
  order->total = g_strdup ("447.00");
  order->attention = id % 16 == 0;
  order->checkin_text = id % 16 == 0 ? g_strdup ("Give the blue lanyard") : NULL;
  return order;
}

static FoyerAttendee *
create_attendee (FoyerFakeQuery *self, gint64 id)
{
  FoyerAttendee *attendee = foyer_attendee_new ();

  attendee->id = id;
  attendee->positionid = (id - 1) % TICKETS_PER_ORDER + 1;
  attendee->order = g_strdup_printf ("ORD%04u", (guint)((id - 1) / TICKETS_PER_ORDER));
  attendee->product = 3;
  attendee->secret = g_strdup_printf ("secret%06u", (guint)id);
  attendee->name = name_of (self, id);
  attendee->blocked = id % 12 == 11;
  return attendee;
}

static FoyerPerson *
create_person (FoyerFakeQuery *self, gint64 id)
{
  FoyerPerson *person = foyer_person_new ();

  person->attendee = create_attendee (self, id);
  person->order = create_order (id);
  person->product = g_strdup ("Conference ticket");
  person->variation = g_strdup ("Regular");
  person->on_list = id % 7 != 6;
  person->admitted_at = id % 5 == 4 ? G_GINT64_CONSTANT (1899999000000000) : FOYER_TIME_NONE;
  return person;
}

static gboolean
answer_cb (gpointer user_data)
{
  GTask *task = user_data;
  FoyerFakeQuery *self = g_task_get_source_object (task);
  gpointer value = g_object_steal_data (G_OBJECT (task), "value");
  GDestroyNotify destroy = g_object_get_data (G_OBJECT (task), "destroy");

  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_pointer (&value, destroy);
      return G_SOURCE_REMOVE;
    }
  if (self->error != NULL || value == NULL)
    {
      g_task_return_error (task, self->error != NULL ? g_error_copy (self->error)
                                                     : foyer_error_new (FOYER_ERROR_NOT_FOUND, NULL,
                                                                        "It is not there."));
      g_clear_pointer (&value, destroy);
      return G_SOURCE_REMOVE;
    }

  g_task_return_pointer (task, value, destroy);
  return G_SOURCE_REMOVE;
}

static void
answer (FoyerFakeQuery *self,
        gpointer value,
        GDestroyNotify destroy,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_object_set_data (G_OBJECT (task), "value", value);
  g_object_set_data (G_OBJECT (task), "destroy", destroy);
  if (self->hold)
    g_queue_push_tail (&self->held, task);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, task, g_object_unref);
}

static void
snapshot_async (FoyerQuery *query,
                FoyerQuerySpec *spec,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  FoyerFakeQuery *self = FOYER_FAKE_QUERY (query);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  self->n_snapshots++;
  if (spec->kind == FOYER_QUERY_COMMANDS)
    for (gint64 id = 1; id <= self->commands->len; id++)
      g_array_append_val (ids, id);
  for (gint64 id = 1; spec->kind == FOYER_QUERY_PEOPLE && id <= self->n_people; id++)
    {
      if (spec->text != NULL && *spec->text != '\0')
        {
          g_autofree char *name = name_of (self, id);
          g_autofree char *text = g_utf8_casefold (spec->text, -1);
          g_autofree char *folded = g_utf8_casefold (name, -1);
          g_autofree char *secret = g_strdup_printf ("secret%06u", (guint)id);

          if (strstr (folded, text) == NULL && !g_str_equal (secret, spec->text))
            continue;
        }
      if (spec->limit != 0 && ids->len >= spec->limit)
        break;
      g_array_append_val (ids, id);
    }
  answer (self, ids, (GDestroyNotify)g_array_unref, cancellable, callback, user_data);
}

static gpointer
finish_pointer (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GArray *
snapshot_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return finish_pointer (result, error);
}

static void
person_free (gpointer data)
{
  if (data != NULL)
    foyer_person_unref (data);
}

static GPtrArray *
hydrate (FoyerQuery *query, FoyerQuerySpec *spec, const gint64 *ids, gsize n_ids, GError **error)
{
  FoyerFakeQuery *self = FOYER_FAKE_QUERY (query);
  GPtrArray *rows;

  g_assert_cmpuint (n_ids, <=, 64);
  if (spec->kind == FOYER_QUERY_COMMANDS)
    {
      rows = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);
      for (gsize i = 0; i < n_ids; i++)
        g_ptr_array_add (rows, foyer_command_ref (g_ptr_array_index (self->commands, ids[i] - 1)));
      return rows;
    }
  rows = g_ptr_array_new_with_free_func (person_free);
  self->n_hydrated += n_ids;
  for (gsize i = 0; i < n_ids; i++)
    g_ptr_array_add (rows, ids[i] <= self->n_people ? create_person (self, ids[i]) : NULL);
  return rows;
}

static void
count_async (FoyerQuery *query,
             FoyerQuerySpec *spec,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = g_task_new (query, cancellable, callback, user_data);

  g_task_return_int (task, FOYER_FAKE_QUERY (query)->n_people);
  g_object_unref (task);
}

static gint64
count_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
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
  FoyerFakeQuery *self = FOYER_FAKE_QUERY (query);
  guint number = (guint)g_ascii_strtoull (code + 3, NULL, 10);
  FoyerOrder *order = NULL;

  if (number * TICKETS_PER_ORDER < self->n_people)
    {
      order = create_order (number * TICKETS_PER_ORDER + 1);
      order->attendees = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_attendee_unref);
      for (guint i = 1; i <= TICKETS_PER_ORDER; i++)
        g_ptr_array_add (order->attendees, create_attendee (self, number * TICKETS_PER_ORDER + i));
    }
  answer (self, order, (GDestroyNotify)foyer_order_unref, cancellable, callback, user_data);
}

static FoyerOrder *
load_order_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return finish_pointer (result, error);
}

static FoyerListSummary *
create_list (FoyerFakeQuery *self, gint64 id, const char *name)
{
  FoyerListSummary *summary = foyer_list_summary_new ();

  summary->list = foyer_check_in_list_new ();
  summary->list->id = id;
  summary->list->name = g_strdup (name);
  summary->list->all_products = TRUE;
  summary->expected = self->n_people;
  summary->admitted = self->n_people * 2 / 5;
  summary->inside = self->n_people * 3 / 10;
  for (guint i = 0; i < 2; i++)
    {
      FoyerProductCount *count = foyer_product_count_new ();

      /* Two thirds of one that has a name, a third of one that is gone. */
      count->product = 3 + i;
      count->name = i == 0 ? g_strdup ("Conference ticket") : NULL;
      count->expected = i == 0 ? self->n_people - self->n_people / 3 : self->n_people / 3;
      count->admitted = i == 0 ? summary->admitted - 2 : 2;
      count->inside = i == 0 ? summary->inside - 1 : 1;
      g_ptr_array_add (summary->by_product, count);
    }
  return summary;
}

static void
load_lists_async (FoyerQuery *query,
                  const char *connection,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  FoyerFakeQuery *self = FOYER_FAKE_QUERY (query);
  GPtrArray *lists = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_list_summary_unref);

  g_ptr_array_add (lists, create_list (self, FOYER_FAKE_QUERY_LIST, "Main entrance"));
  g_ptr_array_add (lists, create_list (self, FOYER_FAKE_QUERY_OTHER_LIST, "Workshops"));
  answer (self, lists, (GDestroyNotify)g_ptr_array_unref, cancellable, callback, user_data);
}

static GPtrArray *
load_array_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return finish_pointer (result, error);
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
  GArray *counts = g_array_new (FALSE, TRUE, sizeof (guint));

  g_array_set_size (counts, minutes);
  g_array_index (counts, guint, minutes - 1) = 3;
  g_array_index (counts, guint, 0) = 7;
  answer (FOYER_FAKE_QUERY (query), counts, (GDestroyNotify)g_array_unref, cancellable, callback,
          user_data);
}

static GArray *
load_arrivals_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return finish_pointer (result, error);
}

static void
load_reasons_async (FoyerQuery *query,
                    FoyerQuerySpec *spec,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  answer (FOYER_FAKE_QUERY (query), g_ptr_array_new (), (GDestroyNotify)g_ptr_array_unref,
          cancellable, callback, user_data);
}

static void
load_event_async (FoyerQuery *query,
                  const char *connection,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  FoyerEvent *event = foyer_event_new ();

  event->slug = g_strdup ("harbour");
  event->name = g_strdup ("Harbour Conference");
  event->zone = g_strdup ("Europe/Berlin");
  event->currency = g_strdup ("EUR");
  answer (FOYER_FAKE_QUERY (query), event, (GDestroyNotify)foyer_event_unref, cancellable, callback,
          user_data);
}

static FoyerEvent *
load_event_finish (FoyerQuery *query, GAsyncResult *result, GError **error)
{
  return finish_pointer (result, error);
}

static void
load_products_async (FoyerQuery *query,
                     const char *connection,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GPtrArray *products = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_product_unref);
  FoyerProduct *product = foyer_product_new ();

  product->id = 3;
  product->name = g_strdup ("Conference ticket");
  g_ptr_array_add (products, product);
  answer (FOYER_FAKE_QUERY (query), products, (GDestroyNotify)g_ptr_array_unref, cancellable,
          callback, user_data);
}

static void
foyer_fake_query_query_init (FoyerQueryInterface *iface)
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
}

static void
foyer_fake_query_finalize (GObject *object)
{
  FoyerFakeQuery *self = FOYER_FAKE_QUERY (object);

  g_hash_table_unref (self->names);
  g_ptr_array_unref (self->commands);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (foyer_fake_query_parent_class)->finalize (object);
}

static void
foyer_fake_query_class_init (FoyerFakeQueryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_fake_query_finalize;
}

static void
foyer_fake_query_init (FoyerFakeQuery *self)
{
  self->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->commands = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);
  g_queue_init (&self->held);
}

FoyerFakeQuery *
foyer_fake_query_new (guint n_people)
{
  FoyerFakeQuery *self = g_object_new (FOYER_TYPE_FAKE_QUERY, NULL);

  self->n_people = n_people;
  return self;
}

/* The newest one of the journal. */
void
foyer_fake_query_add_command (FoyerFakeQuery *self, FoyerCommand *command)
{
  g_ptr_array_insert (self->commands, 0, foyer_command_ref (command));
}

void
foyer_fake_query_set_n_people (FoyerFakeQuery *self, guint n_people)
{
  self->n_people = n_people;
}

void
foyer_fake_query_rename (FoyerFakeQuery *self, gint64 id, const char *name)
{
  g_hash_table_insert (self->names, g_memdup2 (&id, sizeof id), g_strdup (name));
}

/* Takes @error; NULL mends it. */
void
foyer_fake_query_break (FoyerFakeQuery *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
}

/* Held answers come, in order, when the hold ends. */
void
foyer_fake_query_hold (FoyerFakeQuery *self, gboolean hold)
{
  self->hold = hold;
  while (!hold && !g_queue_is_empty (&self->held))
    g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, g_queue_pop_head (&self->held), g_object_unref);
}

guint
foyer_fake_query_get_n_hydrated (FoyerFakeQuery *self)
{
  return self->n_hydrated;
}

guint
foyer_fake_query_get_n_snapshots (FoyerFakeQuery *self)
{
  return self->n_snapshots;
}
