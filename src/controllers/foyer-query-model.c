/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A paged list over a question. What changes is told in the cheapest way that keeps selection and
 * scroll: nothing if the ids are the same (rows are read again and say so themselves), one splice
 * in the middle if they differ there, and a two-step reset if the question itself is another one
 * (GTK reads a list whole when a selection model is over it and everything changes in one step). */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-query-model.h"

#define PAGE_SIZE 64
#define MAX_PAGES 16

typedef struct
{
  guint number;    /* which page */
  GPtrArray *rows; /* (owned) (element-type FoyerRow) */
} Page;

struct _FoyerQueryModel
{
  GObject parent_instance;

  FoyerQuery *query;     /* (owned) */
  FoyerQuerySpec *spec;  /* (owned) (nullable) */
  GArray *ids;           /* (owned) (element-type gint64) the snapshot */
  GQueue pages;          /* (element-type Page) most recently used first */
  GHashTable *live;      /* id -> FoyerRow (not owned): rows somebody outside still holds */
  GCancellable *running; /* (owned) (nullable) */
  GError *error;         /* (owned) (nullable) of the last snapshot */
  guint generation;      /* of snapshots: older answers are dropped */
  gboolean fresh_spec;   /* the next answer is to another question */
  gboolean held;         /* keep the snapshot, count what is new */
  int n_new;
};

static void foyer_query_model_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerQueryModel,
                               foyer_query_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      foyer_query_model_list_model_init))

typedef enum
{
  PROP_LOADING = 1,
  PROP_N_ITEMS,
  PROP_N_NEW,
} FoyerQueryModelProperty;

static GParamSpec *properties[PROP_N_NEW + 1];

static GType
row_type_of (FoyerQueryKind kind)
{
  switch (kind)
    {
    case FOYER_QUERY_PEOPLE:
      return FOYER_TYPE_PERSON;
    case FOYER_QUERY_COMMANDS:
      return FOYER_TYPE_COMMAND;
    case FOYER_QUERY_CALLS:
      return FOYER_TYPE_CALL;
    }

  g_return_val_if_reached (G_TYPE_INVALID);
}

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->rows);
  g_free (page);
}

static void
drop_pages (FoyerQueryModel *self)
{
  g_queue_clear_full (&self->pages, page_free);
}

/* Rows are found again by id as long as anybody holds them, so that a list that scrolls back, or a new
 * snapshot, shows the very same objects. */
static void
row_gone_cb (gpointer data, GObject *where_the_row_was)
{
  FoyerQueryModel *self = data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == where_the_row_was)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static FoyerRow *
dup_row (FoyerQueryModel *self, gint64 id)
{
  FoyerRow *row = g_hash_table_lookup (self->live, &id);

  if (row != NULL)
    return g_object_ref (row);

  row = foyer_row_new (id, row_type_of (self->spec->kind));
  g_hash_table_insert (self->live, g_memdup2 (&id, sizeof id), row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  return row;
}

static void
forget_live_rows (FoyerQueryModel *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_object_weak_unref (value, row_gone_cb, self);
  g_hash_table_remove_all (self->live);
}

static void
fill_rows (FoyerQueryModel *self, guint first, GPtrArray *rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = foyer_query_hydrate (
      self->query, self->spec, &g_array_index (self->ids, gint64, first), rows->len, &error);

  if (values == NULL)
    {
      g_warning ("Rows could not be read: %s", error->message);
      return;
    }

  for (guint i = 0; i < rows->len && i < values->len; i++)
    foyer_row_set_value (g_ptr_array_index (rows, i), g_ptr_array_index (values, i));
}

static Page *
load_page (FoyerQueryModel *self, guint number)
{
  guint first = number * PAGE_SIZE;
  guint last = MIN (first + PAGE_SIZE, self->ids->len);
  Page *page = g_new0 (Page, 1);

  page->number = number;
  page->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = first; i < last; i++)
    g_ptr_array_add (page->rows, dup_row (self, g_array_index (self->ids, gint64, i)));
  fill_rows (self, first, page->rows);

  g_queue_push_head (&self->pages, page);
  if (g_queue_get_length (&self->pages) > MAX_PAGES)
    page_free (g_queue_pop_tail (&self->pages));
  return page;
}

static Page *
get_page (FoyerQueryModel *self, guint number)
{
  for (GList *link = self->pages.head; link != NULL; link = link->next)
    {
      Page *page = link->data;

      if (page->number != number)
        continue;
      if (link != self->pages.head)
        {
          g_queue_unlink (&self->pages, link);
          g_queue_push_head_link (&self->pages, link);
        }
      return page;
    }

  return load_page (self, number);
}

static GType
foyer_query_model_get_item_type (GListModel *model)
{
  return FOYER_TYPE_ROW;
}

static guint
foyer_query_model_get_n_items (GListModel *model)
{
  return FOYER_QUERY_MODEL (model)->ids->len;
}

static gpointer
foyer_query_model_get_item (GListModel *model, guint position)
{
  FoyerQueryModel *self = FOYER_QUERY_MODEL (model);
  Page *page;

  if (position >= self->ids->len)
    return NULL;

  page = get_page (self, position / PAGE_SIZE);
  return g_object_ref (g_ptr_array_index (page->rows, position % PAGE_SIZE));
}

static void
foyer_query_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = foyer_query_model_get_item_type;
  iface->get_n_items = foyer_query_model_get_n_items;
  iface->get_item = foyer_query_model_get_item;
}

static void
set_n_new (FoyerQueryModel *self, int n_new)
{
  if (self->n_new == n_new)
    return;

  self->n_new = n_new;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_NEW]);
}

static void
replace_ids (FoyerQueryModel *self, GArray *ids)
{
  g_array_unref (self->ids);
  self->ids = g_array_ref (ids);
  drop_pages (self);
}

static void
reset (FoyerQueryModel *self, GArray *ids)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint removed = self->ids->len;

  replace_ids (self, none);
  forget_live_rows (self);
  if (removed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, 0);
  replace_ids (self, ids);
  if (ids->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, ids->len);
}

static void
reload_live_rows (FoyerQueryModel *self)
{
  g_autofree gpointer *keys = NULL;
  guint n = 0;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  keys = g_hash_table_get_keys_as_array (self->live, &n);
  for (guint i = 0; i < n; i++)
    {
      g_array_append_vals (ids, keys[i], 1);
      g_ptr_array_add (rows, g_object_ref (g_hash_table_lookup (self->live, keys[i])));
    }

  for (guint first = 0; first < ids->len; first += PAGE_SIZE)
    {
      guint count = MIN (PAGE_SIZE, ids->len - first);
      g_autoptr (GPtrArray) values = foyer_query_hydrate (
          self->query, self->spec, &g_array_index (ids, gint64, first), count, NULL);

      /* An unreadable store keeps what is shown; the snapshot's own error is the one that is told. */
      for (guint i = 0; values != NULL && i < count; i++)
        foyer_row_set_value (g_ptr_array_index (rows, first + i), g_ptr_array_index (values, i));
    }
}

/* One splice between the common beginning and the common end. */
static void
splice (FoyerQueryModel *self, GArray *ids)
{
  const gint64 *old = (const gint64 *)(gpointer)self->ids->data;
  const gint64 *new = (const gint64 *)(gpointer)ids->data;
  guint n_old = self->ids->len;
  guint n_new = ids->len;
  guint head = 0;
  guint tail = 0;

  while (head < n_old && head < n_new && old[head] == new[head])
    head++;
  while (tail < n_old - head && tail < n_new - head
         && old[n_old - 1 - tail] == new[n_new - 1 - tail])
    tail++;

  replace_ids (self, ids);
  reload_live_rows (self);
  if (n_old - head - tail > 0 || n_new - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail,
                                n_new - head - tail);
}

static void
take_snapshot (FoyerQueryModel *self, GArray *ids)
{
  guint before = self->ids->len;

  if (self->fresh_spec)
    {
      self->fresh_spec = FALSE;
      reset (self, ids);
      set_n_new (self, 0);
    }
  else if (self->held)
    {
      reload_live_rows (self);
      set_n_new (self, (int)ids->len - (int)self->ids->len);
    }
  else
    {
      splice (self, ids);
      set_n_new (self, 0);
    }

  if (before != self->ids->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

typedef struct
{
  GWeakRef model;
  guint generation;
} Snapshot;

static void
snapshot_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Snapshot *snapshot = user_data;
  g_autoptr (FoyerQueryModel) self = g_weak_ref_get (&snapshot->model);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = foyer_query_snapshot_finish (FOYER_QUERY (source), result, &error);
  guint generation = snapshot->generation;

  g_weak_ref_clear (&snapshot->model);
  g_free (snapshot);
  if (self == NULL || generation != self->generation)
    return;

  g_clear_object (&self->running);
  g_clear_error (&self->error);
  if (ids != NULL)
    take_snapshot (self, ids);
  else
    self->error = g_steal_pointer (&error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
foyer_query_model_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  FoyerQueryModel *self = FOYER_QUERY_MODEL (object);

  switch ((FoyerQueryModelProperty)property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->running != NULL);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->ids->len);
      break;
    case PROP_N_NEW:
      g_value_set_int (value, self->n_new);
      break;
    }
}

static void
foyer_query_model_dispose (GObject *object)
{
  FoyerQueryModel *self = FOYER_QUERY_MODEL (object);

  self->generation++;
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  forget_live_rows (self);
  drop_pages (self);

  G_OBJECT_CLASS (foyer_query_model_parent_class)->dispose (object);
}

static void
foyer_query_model_finalize (GObject *object)
{
  FoyerQueryModel *self = FOYER_QUERY_MODEL (object);

  g_clear_object (&self->query);
  g_clear_pointer (&self->spec, foyer_query_spec_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (foyer_query_model_parent_class)->finalize (object);
}

static void
foyer_query_model_class_init (FoyerQueryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_query_model_get_property;
  object_class->dispose = foyer_query_model_dispose;
  object_class->finalize = foyer_query_model_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_NEW] = g_param_spec_int ("n-new", NULL, NULL, G_MININT, G_MAXINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_query_model_init (FoyerQueryModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->live = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->pages);
}

/**
 * foyer_query_model_new:
 * @query: the store
 *
 * Returns: (transfer full): an empty list, until it is given a question
 */
FoyerQueryModel *
foyer_query_model_new (FoyerQuery *query)
{
  FoyerQueryModel *self;

  g_return_val_if_fail (FOYER_IS_QUERY (query), NULL);

  self = g_object_new (FOYER_TYPE_QUERY_MODEL, NULL);
  self->query = g_object_ref (query);
  return self;
}

/**
 * foyer_query_model_set_spec:
 * @self: the list
 * @spec: the question
 *
 * Asks another question. What is shown stays until the answer is there, then is replaced whole.
 */
void
foyer_query_model_set_spec (FoyerQueryModel *self, FoyerQuerySpec *spec)
{
  g_return_if_fail (FOYER_IS_QUERY_MODEL (self));
  g_return_if_fail (spec != NULL);

  if (self->spec != NULL && self->spec->kind != spec->kind)
    {
      g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));

      reset (self, none);
    }
  foyer_query_spec_ref (spec);
  g_clear_pointer (&self->spec, foyer_query_spec_unref);
  self->spec = spec;
  self->fresh_spec = TRUE;
  foyer_query_model_refresh (self);
}

/**
 * foyer_query_model_get_spec:
 * @self: the list
 *
 * Returns: (transfer none) (nullable): the question
 */
FoyerQuerySpec *
foyer_query_model_get_spec (FoyerQueryModel *self)
{
  g_return_val_if_fail (FOYER_IS_QUERY_MODEL (self), NULL);

  return self->spec;
}

/**
 * foyer_query_model_refresh:
 * @self: the list
 *
 * Asks the same question again. An answer on its way is dropped.
 */
void
foyer_query_model_refresh (FoyerQueryModel *self)
{
  Snapshot *snapshot;

  g_return_if_fail (FOYER_IS_QUERY_MODEL (self));

  if (self->spec == NULL)
    return;

  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  self->running = g_cancellable_new ();
  self->generation++;

  snapshot = g_new0 (Snapshot, 1);
  g_weak_ref_init (&snapshot->model, self);
  snapshot->generation = self->generation;
  foyer_query_snapshot_async (self->query, self->spec, self->running, snapshot_cb, snapshot);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/**
 * foyer_query_model_set_held:
 * @self: the list
 * @held: whether the rows stay where they are
 *
 * While held (during a sync), a refresh changes no positions: rows show their new content, and `n-new`
 * says how many came. Letting go takes the next snapshot as it is.
 */
void
foyer_query_model_set_held (FoyerQueryModel *self, gboolean held)
{
  g_return_if_fail (FOYER_IS_QUERY_MODEL (self));

  if (self->held == held)
    return;

  self->held = held;
  if (!held && self->n_new != 0)
    foyer_query_model_refresh (self);
}

/**
 * foyer_query_model_get_loading:
 * @self: the list
 *
 * Returns: whether an answer is on its way
 */
gboolean
foyer_query_model_get_loading (FoyerQueryModel *self)
{
  g_return_val_if_fail (FOYER_IS_QUERY_MODEL (self), FALSE);

  return self->running != NULL;
}

/**
 * foyer_query_model_get_error:
 * @self: the list
 *
 * Returns: (transfer none) (nullable): why the last question could not be answered
 */
const GError *
foyer_query_model_get_error (FoyerQueryModel *self)
{
  g_return_val_if_fail (FOYER_IS_QUERY_MODEL (self), NULL);

  return self->error;
}
