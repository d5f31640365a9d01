/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lists are read again when a sync has ended and when commands have changed what they count; rarely
 * enough that a busy door does not count twenty times a second. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-lists.h"

#define REFRESH_INTERVAL_MS 1000

struct _FoyerLists
{
  GObject parent_instance;

  FoyerWorkspace *workspace;  /* (owned) */
  GPtrArray *choices;         /* (owned) (element-type FoyerListChoice) */
  FoyerListChoice *selected;  /* (owned) (nullable) */
  char *preferred_connection; /* (owned) (nullable) until a person chooses */
  gint64 preferred_list;
  GCancellable *cancellable; /* (owned) */
  GHashTable *loads;         /* (owned) desk -> Load (not owned), the newest of each */
  guint timer;
  gboolean again; /* something changed while the timer ran */
};

/* What is being read of one desk. */
typedef struct
{
  FoyerLists *lists; /* (owned) */
  FoyerDesk *desk;   /* (owned) */
  FoyerEvent *event; /* (owned) (nullable) */
} Load;

static void foyer_lists_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerLists,
                               foyer_lists,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      foyer_lists_list_model_init))

typedef enum
{
  PROP_SELECTED = 1,
} FoyerListsProperty;

static GParamSpec *properties[PROP_SELECTED + 1];

static GType
foyer_lists_get_item_type (GListModel *model)
{
  return FOYER_TYPE_LIST_CHOICE;
}

static guint
foyer_lists_get_n_items (GListModel *model)
{
  return FOYER_LISTS (model)->choices->len;
}

static gpointer
foyer_lists_get_item (GListModel *model, guint position)
{
  FoyerLists *self = FOYER_LISTS (model);

  if (position >= self->choices->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->choices, position));
}

static void
foyer_lists_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = foyer_lists_get_item_type;
  iface->get_n_items = foyer_lists_get_n_items;
  iface->get_item = foyer_lists_get_item;
}

static void
load_free (Load *load)
{
  g_object_unref (load->lists);
  g_object_unref (load->desk);
  g_clear_pointer (&load->event, foyer_event_unref);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static FoyerListChoice *
find_choice (FoyerLists *self, FoyerDesk *desk, gint64 id)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      FoyerListChoice *choice = g_ptr_array_index (self->choices, i);

      if (foyer_list_choice_get_desk (choice) == desk && foyer_list_choice_get_id (choice) == id)
        return choice;
    }

  return NULL;
}

static void
select_choice (FoyerLists *self, FoyerListChoice *choice)
{
  if (!g_set_object (&self->selected, choice))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* Most people come in through the list that expects most of them. */
static FoyerListChoice *
find_largest (FoyerLists *self)
{
  FoyerListChoice *largest = NULL;

  for (guint i = 0; i < self->choices->len; i++)
    {
      FoyerListChoice *choice = g_ptr_array_index (self->choices, i);

      if (largest == NULL
          || foyer_list_choice_get_summary (choice)->expected
                 > foyer_list_choice_get_summary (largest)->expected)
        largest = choice;
    }

  return largest;
}

/* What was chosen last time, as soon as it is there; else the largest list. */
static void
choose_by_itself (FoyerLists *self)
{
  if (self->preferred_connection != NULL)
    for (guint i = 0; i < self->choices->len; i++)
      {
        FoyerListChoice *choice = g_ptr_array_index (self->choices, i);

        if (foyer_list_choice_get_id (choice) == self->preferred_list
            && g_str_equal (foyer_list_choice_get_connection (choice), self->preferred_connection))
          {
            select_choice (self, choice);
            return;
          }
      }

  if (self->selected == NULL || !g_ptr_array_find (self->choices, self->selected, NULL))
    select_choice (self, find_largest (self));
}

static gboolean
has_desk (FoyerLists *self, FoyerDesk *desk)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->workspace));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FoyerDesk) other = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);

      if (other == desk)
        return TRUE;
    }

  return FALSE;
}

/* The lists of @desk are replaced by @fresh; those of desks that are gone go. */
static void
merge (FoyerLists *self, FoyerDesk *desk, GPtrArray *summaries, FoyerEvent *event)
{
  g_autoptr (GPtrArray) merged = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_desks = g_list_model_get_n_items (G_LIST_MODEL (self->workspace));
  guint n_old = self->choices->len;
  gboolean same = TRUE;

  for (guint d = 0; d < n_desks; d++)
    {
      g_autoptr (FoyerDesk) other = g_list_model_get_item (G_LIST_MODEL (self->workspace), d);

      if (other != desk)
        {
          for (guint i = 0; i < n_old; i++)
            {
              FoyerListChoice *choice = g_ptr_array_index (self->choices, i);

              if (foyer_list_choice_get_desk (choice) == other)
                g_ptr_array_add (merged, g_object_ref (choice));
            }
          continue;
        }

      for (guint i = 0; summaries != NULL && i < summaries->len; i++)
        {
          FoyerListSummary *summary = g_ptr_array_index (summaries, i);
          FoyerListChoice *choice = find_choice (self, desk, summary->list->id);

          if (choice != NULL)
            foyer_list_choice_update (choice, summary, event);
          g_ptr_array_add (merged, choice != NULL ? g_object_ref (choice)
                                                  : foyer_list_choice_new (desk, summary, event));
        }
    }

  if (merged->len != n_old)
    same = FALSE;
  for (guint i = 0; same && i < n_old; i++)
    same = g_ptr_array_index (merged, i) == g_ptr_array_index (self->choices, i);

  if (!same)
    {
      g_ptr_array_unref (self->choices);
      self->choices = g_steal_pointer (&merged);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, self->choices->len);
    }
  choose_by_itself (self);
}

static void
lists_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  FoyerLists *self = load->lists;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) summaries = foyer_query_load_lists_finish (FOYER_QUERY (source), result,
                                                                   &error);

  /* Another read of the same desk has begun since, or the desk is gone. */
  if (g_hash_table_lookup (self->loads, load->desk) != load)
    return;

  g_hash_table_remove (self->loads, load->desk);
  if (summaries == NULL)
    {
      if (!g_cancellable_is_cancelled (self->cancellable))
        g_message ("The check-in lists could not be read: %s", error->message);
      return;
    }
  if (has_desk (self, load->desk))
    merge (self, load->desk, summaries, load->event);
}

static void
event_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GError) error = NULL;

  /* Before the first sync there is none: the lists then show without it. */
  load->event = foyer_query_load_event_finish (FOYER_QUERY (source), result, &error);
  if (load->event == NULL)
    g_debug ("No event yet: %s", error->message);
  foyer_query_load_lists_async (FOYER_QUERY (source), foyer_desk_get_connection (load->desk)->name,
                                load->lists->cancellable, lists_loaded_cb, load);
}

static void
load_desk (FoyerLists *self, FoyerDesk *desk)
{
  Load *load = g_new0 (Load, 1);

  load->lists = g_object_ref (self);
  load->desk = g_object_ref (desk);
  g_hash_table_insert (self->loads, desk, load);
  foyer_query_load_event_async (foyer_desk_get_query (desk), foyer_desk_get_connection (desk)->name,
                                self->cancellable, event_loaded_cb, load);
}

static gboolean
timer_cb (gpointer user_data)
{
  FoyerLists *self = user_data;

  self->timer = 0;
  if (self->again)
    foyer_lists_refresh (self);
  return G_SOURCE_REMOVE;
}

/**
 * foyer_lists_refresh:
 * @self: the lists
 *
 * Reads them again, at once or, if that was done within the last second, after it.
 */
void
foyer_lists_refresh (FoyerLists *self)
{
  guint n;

  g_return_if_fail (FOYER_IS_LISTS (self));

  if (self->timer != 0)
    {
      self->again = TRUE;
      return;
    }

  self->again = FALSE;
  self->timer = g_timeout_add (REFRESH_INTERVAL_MS, timer_cb, self);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->workspace));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);

      load_desk (self, desk);
    }
}

static void
desks_changed_cb (FoyerLists *self, guint position, guint removed, guint added)
{
  if (removed > 0)
    merge (self, NULL, NULL, NULL);
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);

      g_signal_connect_object (desk, "synced", G_CALLBACK (foyer_lists_refresh), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (desk, "notify::sync-stored", G_CALLBACK (foyer_lists_refresh), self,
                               G_CONNECT_SWAPPED);
      load_desk (self, desk);
    }
}

static void
foyer_lists_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerLists *self = FOYER_LISTS (object);

  switch ((FoyerListsProperty)property_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    }
}

static void
foyer_lists_set_property (GObject *object,
                          guint property_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  FoyerLists *self = FOYER_LISTS (object);

  switch ((FoyerListsProperty)property_id)
    {
    case PROP_SELECTED:
      foyer_lists_set_selected (self, g_value_get_object (value));
      break;
    }
}

static void
foyer_lists_dispose (GObject *object)
{
  FoyerLists *self = FOYER_LISTS (object);

  g_cancellable_cancel (self->cancellable);
  g_hash_table_remove_all (self->loads);
  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (foyer_lists_parent_class)->dispose (object);
}

static void
foyer_lists_finalize (GObject *object)
{
  FoyerLists *self = FOYER_LISTS (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->selected);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->choices);
  g_hash_table_unref (self->loads);
  g_free (self->preferred_connection);

  G_OBJECT_CLASS (foyer_lists_parent_class)->finalize (object);
}

static void
foyer_lists_class_init (FoyerListsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_lists_get_property;
  object_class->set_property = foyer_lists_set_property;
  object_class->dispose = foyer_lists_dispose;
  object_class->finalize = foyer_lists_finalize;

  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, FOYER_TYPE_LIST_CHOICE,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                       | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_lists_init (FoyerLists *self)
{
  self->choices = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->loads = g_hash_table_new (NULL, NULL);
}

/**
 * foyer_lists_new:
 * @workspace: whose lists
 *
 * Returns: (transfer full): the lists, as soon as they are read
 */
FoyerLists *
foyer_lists_new (FoyerWorkspace *workspace)
{
  FoyerLists *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (FOYER_TYPE_LISTS, NULL);
  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "items-changed", G_CALLBACK (desks_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "commands-changed", G_CALLBACK (foyer_lists_refresh), self,
                           G_CONNECT_SWAPPED);
  desks_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (workspace)));
  return self;
}

/**
 * foyer_lists_prefer:
 * @self: the lists
 * @connection: (nullable): name of a connection
 * @list: id of one of its lists
 *
 * Selects that list as soon as it is there, unless a person has chosen another by then.
 */
void
foyer_lists_prefer (FoyerLists *self, const char *connection, gint64 list)
{
  g_return_if_fail (FOYER_IS_LISTS (self));

  g_free (self->preferred_connection);
  self->preferred_connection = connection != NULL && *connection != '\0' ? g_strdup (connection)
                                                                         : NULL;
  self->preferred_list = list;
  choose_by_itself (self);
}

/**
 * foyer_lists_get_selected:
 * @self: the lists
 *
 * Returns: (transfer none) (nullable): the list that is worked for
 */
FoyerListChoice *
foyer_lists_get_selected (FoyerLists *self)
{
  g_return_val_if_fail (FOYER_IS_LISTS (self), NULL);

  return self->selected;
}

/**
 * foyer_lists_set_selected:
 * @self: the lists
 * @choice: one of them
 *
 * A person's choice.
 */
void
foyer_lists_set_selected (FoyerLists *self, FoyerListChoice *choice)
{
  g_return_if_fail (FOYER_IS_LISTS (self));
  g_return_if_fail (FOYER_IS_LIST_CHOICE (choice));

  g_clear_pointer (&self->preferred_connection, g_free);
  select_choice (self, choice);
}
