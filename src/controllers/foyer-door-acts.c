/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Acts at the door besides scanning. What is asked about is remembered when it is asked: the verdict on the
 * screen may be another one by then. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-door-acts.h"

#include "foyer-undo-job.h"
#include "foyer-undo-words.h"

#include <glib/gi18n.h>

/* How long the words of an undo wait for the service's answer. */
#define PATIENCE FOYER_SECOND

typedef enum
{
  ASK_NOTHING,
  ASK_UNDO,
  ASK_OVERRIDE,
} Ask;

struct _FoyerDoorActs
{
  GObject parent_instance;

  FoyerWorkspace *workspace; /* (owned) */
  FoyerLists *lists;         /* (owned) */
  FoyerDoor *door;           /* (owned) */
  GSimpleAction *undo;       /* (owned) */
  GSimpleAction *suggest;    /* (owned) */
  GSimpleAction *leaving;    /* (owned) */
  GHashTable *undone;        /* set of ids of admissions */

  Ask ask;
  char *question;        /* (owned) (nullable) */
  char *command;         /* (owned) (nullable) what is to be taken back; NULL: the last */
  FoyerListChoice *list; /* (owned) (nullable) where */
  FoyerScan *scan;       /* (owned) (nullable) who is to be let in */
};

G_DEFINE_FINAL_TYPE (FoyerDoorActs, foyer_door_acts, G_TYPE_OBJECT)

typedef enum
{
  PROP_ASKING = 1,
  PROP_QUESTION,
  PROP_CONFIRM,
  PROP_REASON_NEEDED,
} FoyerDoorActsProperty;

static GParamSpec *properties[PROP_REASON_NEEDED + 1];

static void
ask (FoyerDoorActs *self, Ask what, char *question)
{
  self->ask = what;
  g_free (self->question);
  self->question = question;
  foyer_door_hold (self->door, what != ASK_NOTHING);
  for (gsize i = 1; i < G_N_ELEMENTS (properties); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
stop_asking (FoyerDoorActs *self)
{
  g_clear_pointer (&self->command, g_free);
  g_clear_pointer (&self->scan, foyer_scan_unref);
  g_clear_object (&self->list);
  ask (self, ASK_NOTHING, NULL);
}

/* Undo. */

/* The newest that was let in here and not taken back. */
static FoyerVerdictWords *
find_undoable (FoyerDoorActs *self)
{
  FoyerVerdictWords *shown = foyer_door_get_words (self->door);
  GListModel *last = foyer_door_get_last (self->door);

  if (shown != NULL && shown->command != NULL
      && !g_hash_table_contains (self->undone, shown->command))
    return shown;

  for (guint i = 0; i < g_list_model_get_n_items (last); i++)
    {
      g_autoptr (FoyerDoorEntry) entry = g_list_model_get_item (last, i);
      FoyerVerdictWords *words = foyer_door_entry_get_words (entry);

      if (words->command != NULL && !g_hash_table_contains (self->undone, words->command))
        return words;
    }
  return NULL;
}

static void
undo_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerDoorActs *self = user_data;
  FoyerListChoice *list = foyer_lists_get_selected (self->lists);
  FoyerVerdictWords *words;

  if (list == NULL)
    return;

  stop_asking (self);
  words = find_undoable (self);
  self->list = g_object_ref (list);
  self->command = words != NULL ? g_strdup (words->command) : NULL;
  ask (self, ASK_UNDO,
       words != NULL && words->name != NULL
           ? g_strdup_printf (_ ("Take back %s. Why?"), words->name)
           : g_strdup (_ ("Take back the last admission of this desk. Why?")));
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerDoorActs) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerUndo) undo = foyer_undo_finish (result, &error);
  g_autoptr (FoyerVerdictWords) words = undo != NULL ? foyer_undo_words_new (undo)
                                                     : foyer_undo_words_new_for_error (error);

  if (undo != NULL)
    g_hash_table_add (self->undone, g_strdup (undo->undone));
  foyer_door_tell (self->door, words, foyer_desk_get_connection (FOYER_DESK (source))->name,
                   undo != NULL ? undo->scan->attendee : 0);
}

static void
undo (FoyerDoorActs *self, const char *reason)
{
  g_autoptr (FoyerDesk) desk = NULL;
  GListModel *desks = G_LIST_MODEL (self->workspace);

  /* Gone while it was asked. */
  for (guint i = 0; desk == NULL && i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (FoyerDesk) one = g_list_model_get_item (desks, i);

      if (one == foyer_list_choice_get_desk (self->list))
        desk = g_steal_pointer (&one);
    }
  if (desk != NULL)
    foyer_undo_async (desk, foyer_workspace_get_dispatcher (self->workspace), self->command, reason,
                      foyer_workspace_get_actor (self->workspace), PATIENCE, NULL, undone_cb,
                      g_object_ref (self));
}

/* Letting in who was refused. */

static void
let_in (FoyerDoorActs *self, FoyerScan *scan, FoyerListChoice *list)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_scan_unref);

  scan->datetime = FOYER_TIME_NONE;
  scan->list = 0;
  g_ptr_array_add (scans, foyer_scan_ref (scan));
  foyer_door_take (self->door, scans, list);
}

static void
suggest_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerDoorActs *self = user_data;
  FoyerVerdictWords *words = foyer_door_get_words (self->door);
  FoyerListChoice *list = NULL;
  FoyerVerdict *verdict = foyer_door_get_verdict (self->door, &list);
  g_autoptr (FoyerScan) scan = NULL;

  if (words == NULL || verdict == NULL)
    return;

  scan = foyer_scan_copy (verdict->scan);
  switch (words->offer)
    {
    case FOYER_OFFER_NOTHING:
      return;
    case FOYER_OFFER_UNPAID:
      scan->ignore_unpaid = TRUE;
      let_in (self, scan, list);
      return;
    case FOYER_OFFER_OVERRIDE:
      stop_asking (self);
      self->scan = g_steal_pointer (&scan);
      self->list = g_object_ref (list);
      ask (self, ASK_OVERRIDE,
           words->name != NULL ? g_strdup_printf (_ ("Let %s in anyway. Why?"), words->name)
                               : g_strdup (_ ("Let this ticket in anyway. Why?")));
      return;
    }
}

/* The answer. */

static void
answer_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerDoorActs *self = user_data;
  g_autofree char *reason = g_strstrip (g_strdup (g_variant_get_string (parameter, NULL)));

  switch (self->ask)
    {
    case ASK_NOTHING:
      return;
    case ASK_UNDO:
      undo (self, *reason != '\0' ? reason : NULL);
      break;
    case ASK_OVERRIDE:
      if (*reason == '\0')
        return;
      g_free (self->scan->override_reason);
      self->scan->override_reason = g_strdup (reason);
      let_in (self, self->scan, self->list);
      break;
    }
  stop_asking (self);
}

static void
cancel_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  stop_asking (user_data);
}

static void
leaving_changed_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  FoyerDoorActs *self = user_data;

  g_simple_action_set_state (action, value);
  foyer_door_set_leaving (self->door, g_variant_get_boolean (value));
}

static void
words_changed_cb (FoyerDoorActs *self)
{
  FoyerVerdictWords *words = foyer_door_get_words (self->door);

  g_simple_action_set_enabled (self->suggest, words != NULL && words->offer != FOYER_OFFER_NOTHING);
}

static void
foyer_door_acts_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerDoorActs *self = FOYER_DOOR_ACTS (object);

  switch ((FoyerDoorActsProperty)property_id)
    {
    case PROP_ASKING:
      g_value_set_boolean (value, self->ask != ASK_NOTHING);
      break;
    case PROP_QUESTION:
      g_value_set_string (value, self->question);
      break;
    case PROP_CONFIRM:
      g_value_set_string (value, self->ask == ASK_UNDO ? _ ("Take back") : _ ("Let in"));
      break;
    case PROP_REASON_NEEDED:
      g_value_set_boolean (value, self->ask == ASK_OVERRIDE);
      break;
    }
}

static void
foyer_door_acts_finalize (GObject *object)
{
  FoyerDoorActs *self = FOYER_DOOR_ACTS (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->lists);
  g_clear_object (&self->door);
  g_clear_object (&self->undo);
  g_clear_object (&self->suggest);
  g_clear_object (&self->leaving);
  g_clear_object (&self->list);
  g_clear_pointer (&self->scan, foyer_scan_unref);
  g_clear_pointer (&self->undone, g_hash_table_unref);
  g_free (self->question);
  g_free (self->command);

  G_OBJECT_CLASS (foyer_door_acts_parent_class)->finalize (object);
}

static void
foyer_door_acts_class_init (FoyerDoorActsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_door_acts_get_property;
  object_class->finalize = foyer_door_acts_finalize;

  properties[PROP_ASKING] = g_param_spec_boolean ("asking", NULL, NULL, FALSE, flags);
  properties[PROP_QUESTION] = g_param_spec_string ("question", NULL, NULL, NULL, flags);
  properties[PROP_CONFIRM] = g_param_spec_string ("confirm", NULL, NULL, NULL, flags);
  properties[PROP_REASON_NEEDED] = g_param_spec_boolean ("reason-needed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_door_acts_init (FoyerDoorActs *self)
{
  self->undone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * foyer_door_acts_new:
 * @workspace: where
 * @lists: says for which list
 * @door: the scans
 *
 * Returns: (transfer full): the acts
 */
FoyerDoorActs *
foyer_door_acts_new (FoyerWorkspace *workspace, FoyerLists *lists, FoyerDoor *door)
{
  FoyerDoorActs *self = g_object_new (FOYER_TYPE_DOOR_ACTS, NULL);

  self->workspace = g_object_ref (workspace);
  self->lists = g_object_ref (lists);
  self->door = g_object_ref (door);
  return self;
}

/**
 * foyer_door_acts_add_actions:
 * @self: the acts
 * @map: where the page finds them
 */
void
foyer_door_acts_add_actions (FoyerDoorActs *self, GActionMap *map)
{
  const GActionEntry entries[] = {
    { "undo", undo_activated_cb, NULL, NULL, NULL, { 0 } },
    { "suggest", suggest_activated_cb, NULL, NULL, NULL, { 0 } },
    { "answer", answer_activated_cb, "s", NULL, NULL, { 0 } },
    { "cancel-answer", cancel_activated_cb, NULL, NULL, NULL, { 0 } },
    { "leaving", NULL, NULL, "false", leaving_changed_cb, { 0 } },
  };

  g_return_if_fail (FOYER_IS_DOOR_ACTS (self));

  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), self);
  self->undo = G_SIMPLE_ACTION (g_object_ref (g_action_map_lookup_action (map, "undo")));
  self->suggest = G_SIMPLE_ACTION (g_object_ref (g_action_map_lookup_action (map, "suggest")));
  self->leaving = G_SIMPLE_ACTION (g_object_ref (g_action_map_lookup_action (map, "leaving")));
  g_signal_connect_object (self->door, "notify::words", G_CALLBACK (words_changed_cb), self,
                           G_CONNECT_SWAPPED);
  words_changed_cb (self);
}

/**
 * foyer_door_acts_get_asking:
 * @self: the acts
 *
 * Returns: whether a reason is asked for
 */
gboolean
foyer_door_acts_get_asking (FoyerDoorActs *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR_ACTS (self), FALSE);

  return self->ask != ASK_NOTHING;
}
