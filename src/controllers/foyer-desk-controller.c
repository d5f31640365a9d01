/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Desk page's state: what was typed, who was found, who is looked at; the door does the scans. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-desk-controller.h"

#include <glib/gi18n.h>
#include <string.h>

/* Nobody scrolls further; they type another letter. */
#define MAX_RESULTS 500

/* What is typed and looks like a ticket's code: long, and one word. */
#define MIN_CODE_LENGTH 10

struct _FoyerDeskController
{
  GObject parent_instance;

  FoyerWorkspace *workspace;   /* (owned) */
  FoyerLists *lists;           /* (owned) */
  FoyerDoor *door;             /* (owned) */
  FoyerDoorActs *acts;         /* (owned) */
  FoyerPulse *pulse;           /* (owned) */
  FoyerQueryModel *results;    /* (owned) */
  FoyerOrderDetail *detail;    /* (owned) (nullable) */
  FoyerGroup *group;           /* (owned) (nullable) of the detail */
  GSimpleActionGroup *actions; /* (owned) */
  GSignalGroup *list_signals;  /* (owned) of the selected list */
  char *search;                /* (owned) */
  FoyerDeskMode mode;
  gboolean admitting; /* the person shown is being admitted */
};

G_DEFINE_FINAL_TYPE (FoyerDeskController, foyer_desk_controller, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (FoyerDeskMode,
                    foyer_desk_mode,
                    G_DEFINE_ENUM_VALUE (FOYER_DESK_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (FOYER_DESK_VERDICT, "verdict"),
                    G_DEFINE_ENUM_VALUE (FOYER_DESK_RESULTS, "results"),
                    G_DEFINE_ENUM_VALUE (FOYER_DESK_PERSON, "person"),
                    G_DEFINE_ENUM_VALUE (FOYER_DESK_GROUP, "group"))

typedef enum
{
  PROP_MODE = 1,
  PROP_DOOR,
  PROP_ACTS,
  PROP_LISTS,
  PROP_RESULTS,
  PROP_SEARCH,
  PROP_RESULTS_TEXT,
  PROP_DETAIL,
  PROP_GROUP,
  PROP_LIST_TITLE,
  PROP_COUNTS,
  PROP_PULSE,
} FoyerDeskControllerProperty;

enum
{
  SIGNAL_SOUND,
  SIGNAL_ANNOUNCE,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_PULSE + 1];
static guint signals[N_SIGNALS];

static void
update_mode (FoyerDeskController *self)
{
  FoyerDeskMode mode = FOYER_DESK_READY;
  GAction *clear = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "clear");
  GAction *admit = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "admit");
  GAction *admit_group = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "admit-group");

  if (foyer_door_get_phase (self->door) != FOYER_DOOR_READY)
    mode = FOYER_DESK_VERDICT;
  else if (self->group != NULL)
    mode = FOYER_DESK_GROUP;
  else if (self->detail != NULL)
    mode = FOYER_DESK_PERSON;
  else if (*self->search != '\0')
    mode = FOYER_DESK_RESULTS;

  g_simple_action_set_enabled (G_SIMPLE_ACTION (clear), mode != FOYER_DESK_READY);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (admit),
                               self->detail != NULL && !self->admitting
                                   && foyer_order_detail_can_admit (self->detail));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (admit_group),
                               self->group != NULL && !self->admitting
                                   && foyer_group_get_count (self->group) > 0);
  if (self->mode == mode)
    return;

  self->mode = mode;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}

static void
set_group (FoyerDeskController *self, FoyerGroup *group)
{
  if (!g_set_object (&self->group, group))
    return;

  if (group != NULL)
    g_signal_connect_object (group, "notify::count", G_CALLBACK (update_mode), self,
                             G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GROUP]);
  update_mode (self);
}

static void
set_detail (FoyerDeskController *self, FoyerOrderDetail *detail)
{
  if (!g_set_object (&self->detail, detail))
    return;

  set_group (self, NULL);
  self->admitting = FALSE;
  if (detail != NULL)
    g_signal_connect_object (detail, "notify::person", G_CALLBACK (update_mode), self,
                             G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  update_mode (self);
}

static void
ask (FoyerDeskController *self)
{
  FoyerListChoice *choice = foyer_lists_get_selected (self->lists);
  g_autoptr (FoyerQuerySpec) spec = NULL;

  if (choice == NULL || *self->search == '\0')
    return;

  spec = foyer_query_spec_new (FOYER_QUERY_PEOPLE);
  spec->connection = g_strdup (foyer_list_choice_get_connection (choice));
  spec->text = g_strdup (self->search);
  spec->list = foyer_list_choice_get_id (choice);
  spec->limit = MAX_RESULTS;
  foyer_query_model_set_spec (self->results, spec);
}

static void
list_changed_cb (FoyerDeskController *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIST_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNTS]);
}

static void
selected_cb (FoyerDeskController *self)
{
  g_signal_group_set_target (self->list_signals, foyer_lists_get_selected (self->lists));
  list_changed_cb (self);
  set_detail (self, NULL);
  ask (self);
}

static void
commands_changed_cb (FoyerDeskController *self)
{
  if (*self->search != '\0')
    foyer_query_model_refresh (self->results);
  if (self->detail != NULL)
    foyer_order_detail_refresh (self->detail);
}

static void
results_changed_cb (FoyerDeskController *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESULTS_TEXT]);
}

/* What a screen reader says: the same that everybody sees, in the order of its weight. */
static char *
spoken (const FoyerVerdictWords *words)
{
  const char *parts[] = { words->headline, words->name, words->note, words->sentence,
                          words->source };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      {
        const char *between = text->len == 0 ? "" : text->str[text->len - 1] == '.' ? " " : ". ";

        g_string_append_printf (text, "%s%s", between, parts[i]);
      }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
verdict_cb (FoyerDeskController *self, FoyerVerdictWords *words)
{
  g_autofree char *text = spoken (words);

  /* Who was looked up and is in now has been dealt with: the next guest starts afresh. */
  if (self->admitting)
    {
      self->admitting = FALSE;
      if (words->tone == FOYER_TONE_GO || words->tone == FOYER_TONE_OUT || self->group != NULL)
        {
          foyer_desk_controller_set_search (self, "");
          set_detail (self, NULL);
        }
      update_mode (self);
    }
  g_signal_emit (self, signals[SIGNAL_SOUND], 0, (int)words->tone);
  g_signal_emit (self, signals[SIGNAL_ANNOUNCE], 0, text);
}

static char *
describe_results (FoyerDeskController *self)
{
  const GError *error = foyer_query_model_get_error (self->results);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->results));

  if (error != NULL)
    return g_strdup (error->message);
  if (n == 0)
    return g_strdup (foyer_query_model_get_loading (self->results)
                         ? _ ("Looking…")
                         : _ ("Nobody found. Try another part of the name, the e-mail address or "
                              "the order code."));
  if (n >= MAX_RESULTS)
    return g_strdup_printf (_ ("The first %u; type more to find fewer"), n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u ticket", "%u tickets", n), n);
}

static void
admit_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerDeskController *self = user_data;
  FoyerPerson *person = self->detail != NULL ? foyer_order_detail_get_person (self->detail) : NULL;

  if (person == NULL)
    return;

  self->admitting = TRUE;
  update_mode (self);
  foyer_door_admit (self->door, person->attendee->secret, person->attendee->id,
                    person->attendee->order);
  /* A double click was dropped: there is no verdict to come. */
  if (!foyer_door_is_busy (self->door))
    {
      self->admitting = FALSE;
      update_mode (self);
    }
}

static FoyerPersonWords *
describe_cb (FoyerPerson *person, gpointer user_data)
{
  return foyer_desk_controller_describe (user_data, person);
}

static void open_order (FoyerDeskController *self, const char *order, gint64 attendee);

/* Of the person who is looked at, or of the ticket that was just scanned. */
static void
group_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerDeskController *self = user_data;
  FoyerVerdictWords *words = foyer_door_get_words (self->door);
  g_autoptr (FoyerGroup) group = NULL;

  if (words != NULL && words->order != NULL)
    open_order (self, words->order, 0);
  if (self->detail == NULL)
    return;

  group = foyer_group_new (self->detail, describe_cb, self);
  set_group (self, group);
}

static void
admit_group_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerDeskController *self = user_data;
  FoyerListChoice *choice = foyer_lists_get_selected (self->lists);
  g_autoptr (GPtrArray) scans = NULL;

  if (self->group == NULL || choice == NULL)
    return;

  scans = foyer_group_make_scans (self->group, foyer_list_choice_get_id (choice),
                                  foyer_door_get_leaving (self->door));
  if (scans->len == 0)
    return;

  self->admitting = TRUE;
  update_mode (self);
  foyer_door_take (self->door, scans, choice);
}

static void
clear_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerDeskController *self = user_data;

  if (self->mode == FOYER_DESK_VERDICT)
    foyer_door_clear (self->door);
  else if (self->mode == FOYER_DESK_GROUP)
    set_group (self, NULL);
  else if (self->mode == FOYER_DESK_PERSON)
    set_detail (self, NULL);
  else
    foyer_desk_controller_set_search (self, "");
}

static void
open_order (FoyerDeskController *self, const char *order, gint64 attendee)
{
  FoyerListChoice *choice = foyer_lists_get_selected (self->lists);
  g_autoptr (FoyerOrderDetail) detail = NULL;

  if (choice == NULL || order == NULL)
    return;

  foyer_door_clear (self->door);
  detail = foyer_order_detail_new (choice, order, attendee);
  set_detail (self, detail);
}

static void
repeat_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  foyer_door_repeat (FOYER_DESK_CONTROLLER (user_data)->door);
}

static void
open_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_order (user_data, g_variant_get_string (parameter, NULL), 0);
}

static void
foyer_desk_controller_get_property (GObject *object,
                                    guint property_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  FoyerDeskController *self = FOYER_DESK_CONTROLLER (object);
  FoyerListChoice *choice = foyer_lists_get_selected (self->lists);

  switch ((FoyerDeskControllerProperty)property_id)
    {
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_DOOR:
      g_value_set_object (value, self->door);
      break;
    case PROP_ACTS:
      g_value_set_object (value, self->acts);
      break;
    case PROP_LISTS:
      g_value_set_object (value, self->lists);
      break;
    case PROP_RESULTS:
      g_value_set_object (value, self->results);
      break;
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_RESULTS_TEXT:
      g_value_take_string (value, describe_results (self));
      break;
    case PROP_DETAIL:
      g_value_set_object (value, self->detail);
      break;
    case PROP_GROUP:
      g_value_set_object (value, self->group);
      break;
    case PROP_LIST_TITLE:
      g_value_set_string (value, choice != NULL ? foyer_list_choice_get_title (choice)
                                                : _ ("No check-in list yet"));
      break;
    case PROP_PULSE:
      g_value_set_object (value, self->pulse);
      break;
    case PROP_COUNTS:
      if (choice != NULL)
        g_object_get_property (G_OBJECT (choice), "counts", value);
      break;
    }
}

static void
foyer_desk_controller_set_property (GObject *object,
                                    guint property_id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_SEARCH);

  foyer_desk_controller_set_search (FOYER_DESK_CONTROLLER (object), g_value_get_string (value));
}

static void
foyer_desk_controller_finalize (GObject *object)
{
  FoyerDeskController *self = FOYER_DESK_CONTROLLER (object);

  g_clear_object (&self->list_signals);
  g_clear_object (&self->group);
  g_clear_object (&self->detail);
  g_clear_object (&self->results);
  g_clear_object (&self->acts);
  g_clear_object (&self->door);
  g_clear_object (&self->pulse);
  g_clear_object (&self->lists);
  g_clear_object (&self->actions);
  g_clear_object (&self->workspace);
  g_free (self->search);

  G_OBJECT_CLASS (foyer_desk_controller_parent_class)->finalize (object);
}

static void
foyer_desk_controller_class_init (FoyerDeskControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_desk_controller_get_property;
  object_class->set_property = foyer_desk_controller_set_property;
  object_class->finalize = foyer_desk_controller_finalize;

  properties[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, FOYER_TYPE_DESK_MODE,
                                             FOYER_DESK_READY, flags);
  properties[PROP_DOOR] = g_param_spec_object ("door", NULL, NULL, FOYER_TYPE_DOOR, flags);
  properties[PROP_ACTS] = g_param_spec_object ("acts", NULL, NULL, FOYER_TYPE_DOOR_ACTS, flags);
  properties[PROP_LISTS] = g_param_spec_object ("lists", NULL, NULL, FOYER_TYPE_LISTS, flags);
  properties[PROP_RESULTS] = g_param_spec_object ("results", NULL, NULL, FOYER_TYPE_QUERY_MODEL,
                                                  flags);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "",
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                     | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_RESULTS_TEXT] = g_param_spec_string ("results-text", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_object ("detail", NULL, NULL, FOYER_TYPE_ORDER_DETAIL,
                                                 flags);
  properties[PROP_GROUP] = g_param_spec_object ("group", NULL, NULL, FOYER_TYPE_GROUP, flags);
  properties[PROP_LIST_TITLE] = g_param_spec_string ("list-title", NULL, NULL, NULL, flags);
  properties[PROP_COUNTS] = g_param_spec_string ("counts", NULL, NULL, NULL, flags);
  properties[PROP_PULSE] = g_param_spec_object ("pulse", NULL, NULL, FOYER_TYPE_PULSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_SOUND] = g_signal_new ("sound", FOYER_TYPE_DESK_CONTROLLER, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_ANNOUNCE] = g_signal_new ("announce", FOYER_TYPE_DESK_CONTROLLER,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_STRING);
}

static void
foyer_desk_controller_init (FoyerDeskController *self)
{
  const GActionEntry entries[] = {
    { "admit", admit_activated_cb, NULL, NULL, NULL, { 0 } },
    { "clear", clear_activated_cb, NULL, NULL, NULL, { 0 } },
    { "open", open_activated_cb, "s", NULL, NULL, { 0 } },
    { "repeat", repeat_activated_cb, NULL, NULL, NULL, { 0 } },
    { "group", group_activated_cb, NULL, NULL, NULL, { 0 } },
    { "admit-group", admit_group_activated_cb, NULL, NULL, NULL, { 0 } },
  };

  self->search = g_strdup ("");
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  self->list_signals = g_signal_group_new (FOYER_TYPE_LIST_CHOICE);
  g_signal_group_connect_object (self->list_signals, "notify", G_CALLBACK (list_changed_cb), self,
                                 G_CONNECT_SWAPPED);
}

/**
 * foyer_desk_controller_new:
 * @workspace: where it works
 * @lists: says for which list
 *
 * Returns: (transfer full): the Desk page's controller
 */
FoyerDeskController *
foyer_desk_controller_new (FoyerWorkspace *workspace, FoyerLists *lists)
{
  FoyerDeskController *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (FOYER_IS_LISTS (lists), NULL);

  self = g_object_new (FOYER_TYPE_DESK_CONTROLLER, NULL);
  self->workspace = g_object_ref (workspace);
  self->lists = g_object_ref (lists);
  self->door = foyer_door_new (workspace, lists);
  self->acts = foyer_door_acts_new (workspace, lists, self->door);
  foyer_door_acts_add_actions (self->acts, G_ACTION_MAP (self->actions));
  self->pulse = foyer_pulse_new (workspace, lists);
  self->results = foyer_query_model_new (foyer_workspace_get_query (workspace));

  g_signal_connect_object (lists, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "commands-changed", G_CALLBACK (commands_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->door, "notify::phase", G_CALLBACK (update_mode), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->door, "verdict", G_CALLBACK (verdict_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->results, "notify", G_CALLBACK (results_changed_cb), self,
                           G_CONNECT_SWAPPED);
  selected_cb (self);
  return self;
}

/**
 * foyer_desk_controller_get_actions:
 * @self: the controller
 *
 * Returns: (transfer none): what the page can do
 */
GActionGroup *
foyer_desk_controller_get_actions (FoyerDeskController *self)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

/**
 * foyer_desk_controller_get_door:
 * @self: the controller
 *
 * Returns: (transfer none): the scans
 */
FoyerDoor *
foyer_desk_controller_get_door (FoyerDeskController *self)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), NULL);

  return self->door;
}

/**
 * foyer_desk_controller_get_acts:
 * @self: the controller
 *
 * Returns: (transfer none): what is done besides scanning
 */
FoyerDoorActs *
foyer_desk_controller_get_acts (FoyerDeskController *self)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), NULL);

  return self->acts;
}

/**
 * foyer_desk_controller_get_pulse:
 * @self: the controller
 *
 * Returns: (transfer none): what is going on at the list that is worked for
 */
FoyerPulse *
foyer_desk_controller_get_pulse (FoyerDeskController *self)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), NULL);

  return self->pulse;
}

/**
 * foyer_desk_controller_get_results:
 * @self: the controller
 *
 * Returns: (transfer none): who was found
 */
FoyerQueryModel *
foyer_desk_controller_get_results (FoyerDeskController *self)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), NULL);

  return self->results;
}

/**
 * foyer_desk_controller_get_detail:
 * @self: the controller
 *
 * Returns: (transfer none) (nullable): who is looked at
 */
FoyerOrderDetail *
foyer_desk_controller_get_detail (FoyerDeskController *self)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), NULL);

  return self->detail;
}

/**
 * foyer_desk_controller_get_group:
 * @self: the controller
 *
 * Returns: (transfer none) (nullable): the tickets to be ticked
 */
FoyerGroup *
foyer_desk_controller_get_group (FoyerDeskController *self)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), NULL);

  return self->group;
}

/**
 * foyer_desk_controller_get_mode:
 * @self: the controller
 *
 * Returns: what the large part of the page shows
 */
FoyerDeskMode
foyer_desk_controller_get_mode (FoyerDeskController *self)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), FOYER_DESK_READY);

  return self->mode;
}

/**
 * foyer_desk_controller_get_search:
 * @self: the controller
 *
 * Returns: (transfer none): what was typed
 */
const char *
foyer_desk_controller_get_search (FoyerDeskController *self)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), NULL);

  return self->search;
}

/**
 * foyer_desk_controller_set_search:
 * @self: the controller
 * @text: (nullable): what is typed now
 */
void
foyer_desk_controller_set_search (FoyerDeskController *self, const char *text)
{
  g_autofree char *stripped = NULL;

  g_return_if_fail (FOYER_IS_DESK_CONTROLLER (self));

  stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  if (g_str_equal (stripped, self->search))
    return;

  g_free (self->search);
  self->search = g_steal_pointer (&stripped);
  if (*self->search != '\0')
    {
      /* Who types goes on to somebody else. */
      set_detail (self, NULL);
      foyer_door_clear (self->door);
      ask (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
  update_mode (self);
}

/**
 * foyer_desk_controller_scan:
 * @self: the controller
 * @code: what was scanned
 * @alternative: (nullable): what else it may have been
 */
void
foyer_desk_controller_scan (FoyerDeskController *self, const char *code, const char *alternative)
{
  g_return_if_fail (FOYER_IS_DESK_CONTROLLER (self));

  foyer_door_scan (self->door, code, alternative);
}

static gboolean
looks_like_code (const char *text)
{
  if (strlen (text) < MIN_CODE_LENGTH)
    return FALSE;

  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isspace (*c) || *c == '@' || (guchar)*c >= 0x80)
      return FALSE;

  return TRUE;
}

/**
 * foyer_desk_controller_submit:
 * @self: the controller
 * @text: what stands in the entry when Enter is pressed
 * @selected: (nullable): who is selected among the results
 *
 * A code that was pasted or typed counts as a scan. Else who is selected is looked at.
 *
 * Returns: whether it was a scan: the entry is to be emptied
 */
gboolean
foyer_desk_controller_submit (FoyerDeskController *self, const char *text, FoyerRow *selected)
{
  g_autofree char *stripped = NULL;
  g_autoptr (FoyerRow) first = NULL;
  FoyerPerson *person;

  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), FALSE);

  stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  if (*stripped == '\0')
    return FALSE;

  if (g_str_equal (stripped, self->search) && !foyer_query_model_get_loading (self->results))
    first = g_list_model_get_item (G_LIST_MODEL (self->results), 0);
  person = first != NULL ? foyer_row_get_value (first) : NULL;
  if ((person != NULL && g_strcmp0 (person->attendee->secret, stripped) == 0)
      || (person == NULL && looks_like_code (stripped)))
    {
      foyer_door_scan (self->door, stripped, NULL);
      foyer_desk_controller_set_search (self, "");
      return TRUE;
    }

  if (person != NULL)
    foyer_desk_controller_open_row (self, selected != NULL ? selected : first);
  return FALSE;
}

/**
 * foyer_desk_controller_open_row:
 * @self: the controller
 * @row: somebody who was found
 */
void
foyer_desk_controller_open_row (FoyerDeskController *self, FoyerRow *row)
{
  FoyerPerson *person;

  g_return_if_fail (FOYER_IS_DESK_CONTROLLER (self));
  g_return_if_fail (FOYER_IS_ROW (row));

  person = foyer_row_get_value (row);
  if (person != NULL)
    open_order (self, person->attendee->order, person->attendee->id);
}

/**
 * foyer_desk_controller_open_entry:
 * @self: the controller
 * @entry: one of the last ten
 */
void
foyer_desk_controller_open_entry (FoyerDeskController *self, FoyerDoorEntry *entry)
{
  g_return_if_fail (FOYER_IS_DESK_CONTROLLER (self));
  g_return_if_fail (FOYER_IS_DOOR_ENTRY (entry));

  open_order (self, foyer_door_entry_get_words (entry)->order,
              foyer_door_entry_get_attendee (entry));
}

/**
 * foyer_desk_controller_open_ticket:
 * @self: the controller
 * @row: another ticket of the order that is looked at
 */
void
foyer_desk_controller_open_ticket (FoyerDeskController *self, FoyerRow *row)
{
  g_return_if_fail (FOYER_IS_DESK_CONTROLLER (self));
  g_return_if_fail (FOYER_IS_ROW (row));

  if (self->detail != NULL)
    foyer_order_detail_set_attendee (self->detail, foyer_row_get_id (row));
}

/**
 * foyer_desk_controller_describe:
 * @self: the controller
 * @person: a ticket
 *
 * Returns: (transfer full): the ticket in words, at the door's time
 */
FoyerPersonWords *
foyer_desk_controller_describe (FoyerDeskController *self, FoyerPerson *person)
{
  FoyerListChoice *choice;
  g_autoptr (GTimeZone) zone = NULL;
  FoyerTime now;

  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (self), NULL);
  g_return_val_if_fail (person != NULL, NULL);

  choice = foyer_lists_get_selected (self->lists);
  if (choice == NULL)
    return foyer_person_words_new (
        person, foyer_clock_now (foyer_workspace_get_clock (self->workspace)), NULL);

  now = foyer_door_clock_now (foyer_desk_get_door_clock (foyer_list_choice_get_desk (choice)),
                              NULL);
  if (foyer_list_choice_get_event (choice) != NULL)
    zone = foyer_time_zone_new (foyer_list_choice_get_event (choice)->zone);
  return foyer_person_words_new (person, now, zone);
}
