/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names and zones, read from the copy once for each desk and again after each of its syncs. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-places.h"

#include "foyer-error.h"
#include "foyer-text.h"

#define NAME_MAX_CHARS 120

typedef struct
{
  FoyerDesk *desk;   /* (owned) */
  FoyerEvent *event; /* (owned) (nullable) */
  GTimeZone *zone;   /* (owned) (nullable) */
  GHashTable *lists; /* (owned) gint64 -> name, safe to show */
  gulong synced;
} Place;

struct _FoyerPlaces
{
  GObject parent_instance;

  FoyerWorkspace *workspace; /* (owned) */
  GHashTable *places;        /* (owned) name of the connection -> Place */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (FoyerPlaces, foyer_places, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
place_free (gpointer data)
{
  Place *place = data;

  g_clear_signal_handler (&place->synced, place->desk);
  g_clear_object (&place->desk);
  g_clear_pointer (&place->event, foyer_event_unref);
  g_clear_pointer (&place->zone, g_time_zone_unref);
  g_clear_pointer (&place->lists, g_hash_table_unref);
  g_free (place);
}

/* Who asked, for whom: the place may be gone when the answer comes. */
typedef struct
{
  FoyerPlaces *places; /* (owned) */
  FoyerDesk *desk;     /* (owned) */
} Question;

static Question *
question_new (FoyerPlaces *self, FoyerDesk *desk)
{
  Question *question = g_new0 (Question, 1);

  question->places = g_object_ref (self);
  question->desk = g_object_ref (desk);
  return question;
}

static void
question_free (Question *question)
{
  g_clear_object (&question->places);
  g_clear_object (&question->desk);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static Place *
find_place (FoyerPlaces *self, const char *connection)
{
  return connection != NULL ? g_hash_table_lookup (self->places, connection) : NULL;
}

static Place *
place_of_question (Question *question)
{
  Place *place = find_place (question->places, foyer_desk_get_connection (question->desk)->name);

  return place != NULL && place->desk == question->desk ? place : NULL;
}

static void
report_unread (const GError *error)
{
  /* Before the first sync there is nothing to read. */
  if (!g_error_matches (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND)
      && !g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CANCELLED)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Names could not be read: %s", error->message);
}

static void
on_lists (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists = foyer_query_load_lists_finish (FOYER_QUERY (source), result,
                                                               &error);
  Place *place = place_of_question (question);

  if (lists == NULL)
    {
      report_unread (error);
      return;
    }
  if (place == NULL)
    return;

  g_hash_table_remove_all (place->lists);
  for (guint i = 0; i < lists->len; i++)
    {
      FoyerListSummary *summary = g_ptr_array_index (lists, i);
      g_autofree char *name = foyer_text_clean_line (summary->list->name, NAME_MAX_CHARS);

      g_hash_table_insert (place->lists, g_memdup2 (&summary->list->id, sizeof (gint64)),
                           foyer_text_isolate (name));
    }
  g_signal_emit (question->places, signals[SIGNAL_CHANGED], 0);
}

static void
on_event (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerEvent) event = foyer_query_load_event_finish (FOYER_QUERY (source), result,
                                                                &error);
  Place *place = place_of_question (question);

  if (event == NULL)
    {
      report_unread (error);
      return;
    }
  if (place == NULL)
    return;

  g_clear_pointer (&place->event, foyer_event_unref);
  g_clear_pointer (&place->zone, g_time_zone_unref);
  place->zone = foyer_time_zone_new (event->zone);
  place->event = g_steal_pointer (&event);
  g_signal_emit (question->places, signals[SIGNAL_CHANGED], 0);
}

static void
read_place (FoyerPlaces *self, FoyerDesk *desk)
{
  FoyerQuery *query = foyer_workspace_get_query (self->workspace);
  const char *connection = foyer_desk_get_connection (desk)->name;

  foyer_query_load_lists_async (query, connection, self->cancellable, on_lists,
                                question_new (self, desk));
  foyer_query_load_event_async (query, connection, self->cancellable, on_event,
                                question_new (self, desk));
}

static void
on_synced (FoyerDesk *desk, FoyerPlaces *self)
{
  read_place (self, desk);
}

static void
on_desks_changed (FoyerPlaces *self)
{
  GListModel *desks = G_LIST_MODEL (self->workspace);
  g_autoptr (GHashTable) left = g_steal_pointer (&self->places);

  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, place_free);
  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (desks, i);
      const char *name = foyer_desk_get_connection (desk)->name;
      Place *place = g_hash_table_lookup (left, name);
      gpointer key = NULL;

      if (place != NULL && place->desk == desk)
        {
          g_hash_table_steal_extended (left, name, &key, NULL);
          g_hash_table_insert (self->places, key, place);
          continue;
        }
      place = g_new0 (Place, 1);
      place->desk = g_object_ref (desk);
      place->lists = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
      place->synced = g_signal_connect (desk, "synced", G_CALLBACK (on_synced), self);
      g_hash_table_insert (self->places, g_strdup (name), place);
      read_place (self, desk);
    }
}

static void
foyer_places_dispose (GObject *object)
{
  FoyerPlaces *self = FOYER_PLACES (object);

  g_cancellable_cancel (self->cancellable);
  g_hash_table_remove_all (self->places);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (foyer_places_parent_class)->dispose (object);
}

static void
foyer_places_finalize (GObject *object)
{
  FoyerPlaces *self = FOYER_PLACES (object);

  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (foyer_places_parent_class)->finalize (object);
}

static void
foyer_places_class_init (FoyerPlacesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = foyer_places_dispose;
  object_class->finalize = foyer_places_finalize;

  /**
   * FoyerPlaces::changed:
   *
   * A name or a zone may be another one now.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", FOYER_TYPE_PLACES, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
foyer_places_init (FoyerPlaces *self)
{
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, place_free);
  self->cancellable = g_cancellable_new ();
}

/**
 * foyer_places_new:
 * @workspace: whose lists and events
 *
 * Returns: (transfer full): the names, being read
 */
FoyerPlaces *
foyer_places_new (FoyerWorkspace *workspace)
{
  FoyerPlaces *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (FOYER_TYPE_PLACES, NULL);
  self->workspace = g_object_ref (workspace);
  g_signal_connect_swapped (workspace, "items-changed", G_CALLBACK (on_desks_changed), self);
  on_desks_changed (self);
  return self;
}

/**
 * foyer_places_get_list_name:
 * @self: the names
 * @connection: (nullable): name of a connection
 * @list: id of a check-in list
 *
 * Returns: (nullable): the list's name, safe to show; %NULL while it is not known
 */
const char *
foyer_places_get_list_name (FoyerPlaces *self, const char *connection, gint64 list)
{
  Place *place;

  g_return_val_if_fail (FOYER_IS_PLACES (self), NULL);

  place = find_place (self, connection);
  return place != NULL ? g_hash_table_lookup (place->lists, &list) : NULL;
}

/**
 * foyer_places_get_zone:
 * @self: the names
 * @connection: (nullable): name of a connection
 *
 * Returns: (transfer none) (nullable): its event's zone; %NULL while it is not known
 */
GTimeZone *
foyer_places_get_zone (FoyerPlaces *self, const char *connection)
{
  Place *place;

  g_return_val_if_fail (FOYER_IS_PLACES (self), NULL);

  place = find_place (self, connection);
  return place != NULL ? place->zone : NULL;
}

/**
 * foyer_places_get_event:
 * @self: the names
 * @connection: (nullable): name of a connection
 *
 * Returns: (transfer none) (nullable): its event; %NULL while it is not known
 */
FoyerEvent *
foyer_places_get_event (FoyerPlaces *self, const char *connection)
{
  Place *place;

  g_return_val_if_fail (FOYER_IS_PLACES (self), NULL);

  place = find_place (self, connection);
  return place != NULL ? place->event : NULL;
}

/**
 * foyer_places_get_now:
 * @self: the names
 * @connection: (nullable): name of a connection
 *
 * Returns: door time there; the laptop's clock where there is no such desk (any more)
 */
FoyerTime
foyer_places_get_now (FoyerPlaces *self, const char *connection)
{
  Place *place;

  g_return_val_if_fail (FOYER_IS_PLACES (self), FOYER_TIME_NONE);

  place = find_place (self, connection);
  if (place == NULL)
    return foyer_clock_now (foyer_workspace_get_clock (self->workspace));

  return foyer_door_clock_now (foyer_desk_get_door_clock (place->desk), NULL);
}

/**
 * foyer_places_get_device:
 * @self: the names
 * @connection: (nullable): name of a connection
 *
 * Returns: number of this desk's device there, or 0
 */
gint64
foyer_places_get_device (FoyerPlaces *self, const char *connection)
{
  Place *place;

  g_return_val_if_fail (FOYER_IS_PLACES (self), 0);

  place = find_place (self, connection);
  return place != NULL ? foyer_desk_get_connection (place->desk)->device_id : 0;
}
