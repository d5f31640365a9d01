/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal, to be read: which commands there are, how far each is, and all about one of them. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-activity-controller.h"

#include "foyer-command-facts.h"
#include "foyer-error.h"
#include "foyer-places.h"
#include "foyer-reason-count.h"
#include "foyer-verdict-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>

struct _FoyerActivityController
{
  GObject parent_instance;

  FoyerWorkspace *workspace; /* (owned) */
  FoyerPlaces *places;       /* (owned) */
  FoyerQueryModel *commands; /* (owned) */
  FoyerActivityFilter filter;
  char *search;
  char *summary;               /* (owned) (nullable) */
  GCancellable *summing;       /* (owned) (nullable) */
  GSimpleActionGroup *actions; /* (owned) */
  FoyerRow *selected;          /* (owned) (nullable) */
  GListStore *detail;          /* (owned) (element-type FoyerFact) */
  gboolean active;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (FoyerActivityController, foyer_activity_controller, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (FoyerActivityFilter,
                    foyer_activity_filter,
                    G_DEFINE_ENUM_VALUE (FOYER_ACTIVITY_ALL, "recorded"),
                    G_DEFINE_ENUM_VALUE (FOYER_ACTIVITY_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (FOYER_ACTIVITY_NEEDS_YOU, "needs-you"),
                    G_DEFINE_ENUM_VALUE (FOYER_ACTIVITY_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (FOYER_ACTIVITY_REFUSED, "refused"))

typedef enum
{
  PROP_COMMANDS = 1,
  PROP_FILTER,
  PROP_SEARCH,
  PROP_SUMMARY,
  PROP_EMPTY,
  PROP_EMPTY_TITLE,
  PROP_EMPTY_TEXT,
  PROP_PROBLEM,
  PROP_SELECTED,
  PROP_DETAIL,
  PROP_DETAIL_TITLE,
  PROP_DETAIL_ID,
  PROP_ACTIVE,
} FoyerActivityControllerProperty;

static GParamSpec *properties[PROP_ACTIVE + 1];

enum
{
  SIGNAL_WORDS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
notify (FoyerActivityController *self, FoyerActivityControllerProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static guint
states_of (FoyerActivityFilter filter)
{
  switch (filter)
    {
    case FOYER_ACTIVITY_ALL:
    case FOYER_ACTIVITY_REFUSED:
      return 0;
    case FOYER_ACTIVITY_WAITING:
      return 1u << FOYER_STATE_PENDING | 1u << FOYER_STATE_SENDING | 1u << FOYER_STATE_UNKNOWN;
    case FOYER_ACTIVITY_NEEDS_YOU:
      return 1u << FOYER_STATE_NEEDS_YOU;
    case FOYER_ACTIVITY_SENT:
      return 1u << FOYER_STATE_DONE | 1u << FOYER_STATE_SETTLED | 1u << FOYER_STATE_WITHDRAWN;
    }

  g_return_val_if_reached (0);
}

static const char *
empty_title (FoyerActivityFilter filter)
{
  switch (filter)
    {
    case FOYER_ACTIVITY_ALL:
      return _ ("Nothing recorded yet");
    case FOYER_ACTIVITY_WAITING:
      return _ ("Nothing waits");
    case FOYER_ACTIVITY_NEEDS_YOU:
      return _ ("Nothing needs you");
    case FOYER_ACTIVITY_SENT:
      return _ ("Nothing sent yet");
    case FOYER_ACTIVITY_REFUSED:
      return _ ("Nobody was refused");
    }

  g_return_val_if_reached ("");
}

static const char *
empty_text (FoyerActivityFilter filter)
{
  switch (filter)
    {
    case FOYER_ACTIVITY_ALL:
      return _ ("Every admission at this desk appears here, with how far it is.");
    case FOYER_ACTIVITY_WAITING:
      return _ ("Everything recorded here has reached the service.");
    case FOYER_ACTIVITY_NEEDS_YOU:
      return _ ("The service agrees with everything that happened here.");
    case FOYER_ACTIVITY_SENT:
      return _ ("What has reached the service appears here.");
    case FOYER_ACTIVITY_REFUSED:
      return _ ("Everybody who came to this desk was let in.");
    }

  g_return_val_if_reached ("");
}

static gboolean
is_empty (FoyerActivityController *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->commands)) == 0
         && !foyer_query_model_get_loading (self->commands)
         && foyer_query_model_get_error (self->commands) == NULL;
}

static char *
describe_problem (FoyerActivityController *self)
{
  const GError *error = foyer_query_model_get_error (self->commands);
  const char *hint;

  if (error == NULL)
    return NULL;

  hint = foyer_error_get_hint (error);
  return hint != NULL ? g_strdup_printf ("%s %s", error->message, hint) : g_strdup (error->message);
}

static void
fill_detail (FoyerActivityController *self)
{
  const FoyerCommand *command = self->selected != NULL ? foyer_row_get_value (self->selected)
                                                       : NULL;

  g_list_store_remove_all (self->detail);
  if (command != NULL)
    {
      g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, NULL);

      foyer_command_facts_append (self->detail, command,
                                  foyer_places_get_list_name (self->places, command->connection,
                                                              foyer_command_words_find_list (scan)),
                                  foyer_places_get_now (self->places, command->connection),
                                  foyer_places_get_zone (self->places, command->connection));
    }
  notify (self, PROP_DETAIL_TITLE);
  notify (self, PROP_DETAIL_ID);
}

static void
on_places_changed (FoyerActivityController *self)
{
  fill_detail (self);
  g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0);
}

static void
on_loading (FoyerActivityController *self)
{
  notify (self, PROP_EMPTY);
  notify (self, PROP_PROBLEM);
}

static FoyerQuerySpec *
create_spec (FoyerActivityController *self)
{
  FoyerQuerySpec *spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);

  spec->states = states_of (self->filter);
  if (self->filter == FOYER_ACTIVITY_REFUSED)
    spec->command_kind = FOYER_COMMAND_REFUSAL;
  if (*self->search != '\0')
    spec->text = g_strdup (self->search);
  return spec;
}

static void
take_summary (FoyerActivityController *self, char *summary)
{
  g_free (self->summary);
  self->summary = summary;
  notify (self, PROP_SUMMARY);
}

static void
on_reasons (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerActivityController) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = foyer_query_load_reasons_finish (FOYER_QUERY (source), result,
                                                                  &error);
  g_autoptr (GString) summary = g_string_new (NULL);

  if (counts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          && !g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CANCELLED))
        g_message ("Reasons could not be counted: %s", error->message);
      return;
    }

  for (guint i = 0; i < counts->len; i++)
    {
      const FoyerReasonCount *count = g_ptr_array_index (counts, i);

      if (i > 0)
        g_string_append (summary, " · ");
      /* Translators: why people were not let in, and how many: "Not paid 12" */
      g_string_append_printf (summary, _ ("%s %" PRId64),
                              foyer_verdict_words_get_headline (count->reason), count->n);
    }
  take_summary (self, counts->len > 0 ? g_string_free (g_steal_pointer (&summary), FALSE) : NULL);
}

static void
sum_up (FoyerActivityController *self)
{
  g_autoptr (FoyerQuerySpec) spec = create_spec (self);

  if (self->summing != NULL)
    g_cancellable_cancel (self->summing);
  g_clear_object (&self->summing);
  if (self->filter != FOYER_ACTIVITY_REFUSED)
    {
      take_summary (self, NULL);
      return;
    }

  self->summing = g_cancellable_new ();
  foyer_query_load_reasons_async (foyer_workspace_get_query (self->workspace), spec, self->summing,
                                  on_reasons, g_object_ref (self));
}

static void
ask (FoyerActivityController *self)
{
  g_autoptr (FoyerQuerySpec) spec = create_spec (self);

  foyer_query_model_set_spec (self->commands, spec);
  sum_up (self);
}

static void
refresh (FoyerActivityController *self)
{
  self->stale = !self->active;
  if (self->active)
    {
      foyer_query_model_refresh (self->commands);
      sum_up (self);
    }
}

static char *
dup_detail_title (FoyerActivityController *self)
{
  g_autoptr (FoyerCommandWords) words = NULL;

  if (self->selected == NULL)
    return NULL;

  words = foyer_activity_controller_describe (self, self->selected);
  return words != NULL ? g_strdup (words->name) : NULL;
}

static const char *
get_detail_id (FoyerActivityController *self)
{
  const FoyerCommand *command = self->selected != NULL ? foyer_row_get_value (self->selected)
                                                       : NULL;

  return command != NULL ? command->id : NULL;
}

static void
foyer_activity_controller_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FoyerActivityController *self = FOYER_ACTIVITY_CONTROLLER (object);

  switch ((FoyerActivityControllerProperty)id)
    {
    case PROP_COMMANDS:
      g_value_set_object (value, self->commands);
      break;
    case PROP_FILTER:
      g_value_set_enum (value, self->filter);
      break;
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, is_empty (self));
      break;
    case PROP_EMPTY_TITLE:
      g_value_set_string (value,
                          *self->search != '\0' ? _ ("Nothing found") : empty_title (self->filter));
      break;
    case PROP_EMPTY_TEXT:
      g_value_set_string (value, *self->search != '\0'
                                     ? _ ("Try another part of the name, the product or the order.")
                                     : empty_text (self->filter));
      break;
    case PROP_PROBLEM:
      g_value_take_string (value, describe_problem (self));
      break;
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    case PROP_DETAIL:
      g_value_set_object (value, self->detail);
      break;
    case PROP_DETAIL_TITLE:
      g_value_take_string (value, dup_detail_title (self));
      break;
    case PROP_DETAIL_ID:
      g_value_set_string (value, get_detail_id (self));
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    }
}

static void
foyer_activity_controller_set_property (GObject *object,
                                        guint id,
                                        const GValue *value,
                                        GParamSpec *pspec)
{
  FoyerActivityController *self = FOYER_ACTIVITY_CONTROLLER (object);

  switch ((FoyerActivityControllerProperty)id)
    {
    case PROP_FILTER:
      foyer_activity_controller_set_filter (self, (FoyerActivityFilter)g_value_get_enum (value));
      break;
    case PROP_SEARCH:
      foyer_activity_controller_set_search (self, g_value_get_string (value));
      break;
    case PROP_SELECTED:
      foyer_activity_controller_set_selected (self, g_value_get_object (value));
      break;
    case PROP_ACTIVE:
      foyer_activity_controller_set_active (self, g_value_get_boolean (value));
      break;
    case PROP_COMMANDS:
    case PROP_SUMMARY:
    case PROP_EMPTY:
    case PROP_EMPTY_TITLE:
    case PROP_EMPTY_TEXT:
    case PROP_PROBLEM:
    case PROP_DETAIL:
    case PROP_DETAIL_TITLE:
    case PROP_DETAIL_ID:
      g_assert_not_reached ();
    }
}

static void
foyer_activity_controller_dispose (GObject *object)
{
  FoyerActivityController *self = FOYER_ACTIVITY_CONTROLLER (object);

  if (self->selected != NULL)
    g_signal_handlers_disconnect_by_data (self->selected, self);
  g_clear_object (&self->selected);
  if (self->summing != NULL)
    g_cancellable_cancel (self->summing);

  G_OBJECT_CLASS (foyer_activity_controller_parent_class)->dispose (object);
}

static void
foyer_activity_controller_finalize (GObject *object)
{
  FoyerActivityController *self = FOYER_ACTIVITY_CONTROLLER (object);

  g_clear_object (&self->commands);
  g_clear_object (&self->places);
  g_clear_object (&self->workspace);
  g_clear_object (&self->actions);
  g_clear_object (&self->detail);
  g_clear_object (&self->summing);
  g_free (self->search);
  g_free (self->summary);

  G_OBJECT_CLASS (foyer_activity_controller_parent_class)->finalize (object);
}

static void
foyer_activity_controller_class_init (FoyerActivityControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = foyer_activity_controller_get_property;
  object_class->set_property = foyer_activity_controller_set_property;
  object_class->dispose = foyer_activity_controller_dispose;
  object_class->finalize = foyer_activity_controller_finalize;

  properties[PROP_COMMANDS] = g_param_spec_object ("commands", NULL, NULL, FOYER_TYPE_QUERY_MODEL,
                                                   readable);
  properties[PROP_FILTER] = g_param_spec_enum ("filter", NULL, NULL, FOYER_TYPE_ACTIVITY_FILTER,
                                               FOYER_ACTIVITY_ALL, writable);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", writable);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, readable);
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, FALSE, readable);
  properties[PROP_EMPTY_TITLE] = g_param_spec_string ("empty-title", NULL, NULL, NULL, readable);
  properties[PROP_EMPTY_TEXT] = g_param_spec_string ("empty-text", NULL, NULL, NULL, readable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, FOYER_TYPE_ROW,
                                                   writable);
  properties[PROP_DETAIL] = g_param_spec_object ("detail", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_DETAIL_TITLE] = g_param_spec_string ("detail-title", NULL, NULL, NULL, readable);
  properties[PROP_DETAIL_ID] = g_param_spec_string ("detail-id", NULL, NULL, NULL, readable);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, writable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * FoyerActivityController::words-changed:
   *
   * Rows read differently now: names of lists have arrived.
   */
  signals[SIGNAL_WORDS_CHANGED] = g_signal_new ("words-changed", FOYER_TYPE_ACTIVITY_CONTROLLER,
                                                G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                                0);
}

static GEnumValue *
filter_value (FoyerActivityFilter filter)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (FOYER_TYPE_ACTIVITY_FILTER);

  /* The class of a static type stays. */
  return g_enum_get_value (klass, (int)filter);
}

static void
on_filter_asked (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (FOYER_TYPE_ACTIVITY_FILTER);
  GEnumValue *value = g_enum_get_value_by_nick (klass, g_variant_get_string (state, NULL));

  if (value != NULL)
    foyer_activity_controller_set_filter (user_data, (FoyerActivityFilter)value->value);
}

static void
foyer_activity_controller_init (FoyerActivityController *self)
{
  const GActionEntry entries[] = { { "filter", NULL, "s", "'recorded'", on_filter_asked } };

  self->detail = g_list_store_new (FOYER_TYPE_FACT);
  self->search = g_strdup ("");
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
}

/**
 * foyer_activity_controller_new:
 * @workspace: whose commands
 *
 * Returns: (transfer full): the activity, not yet active
 */
FoyerActivityController *
foyer_activity_controller_new (FoyerWorkspace *workspace)
{
  FoyerActivityController *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (FOYER_TYPE_ACTIVITY_CONTROLLER, NULL);
  self->workspace = g_object_ref (workspace);
  self->places = foyer_places_new (workspace);
  self->commands = foyer_query_model_new (foyer_workspace_get_query (workspace));
  g_signal_connect_object (self->places, "changed", G_CALLBACK (on_places_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->commands, "notify::loading", G_CALLBACK (on_loading), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "commands-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  ask (self);
  return self;
}

/**
 * foyer_activity_controller_get_actions:
 * @self: the activity
 *
 * Returns: (transfer none): what can be done
 */
GActionGroup *
foyer_activity_controller_get_actions (FoyerActivityController *self)
{
  g_return_val_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

/**
 * foyer_activity_controller_get_commands:
 * @self: the activity
 *
 * Returns: (transfer none): the commands
 */
FoyerQueryModel *
foyer_activity_controller_get_commands (FoyerActivityController *self)
{
  g_return_val_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (self), NULL);

  return self->commands;
}

/**
 * foyer_activity_controller_get_detail:
 * @self: the activity
 *
 * Returns: (transfer none): a list of #FoyerFact: all about the selected command
 */
GListModel *
foyer_activity_controller_get_detail (FoyerActivityController *self)
{
  g_return_val_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (self), NULL);

  return G_LIST_MODEL (self->detail);
}

/**
 * foyer_activity_controller_get_filter:
 * @self: the activity
 *
 * Returns: which commands are shown
 */
FoyerActivityFilter
foyer_activity_controller_get_filter (FoyerActivityController *self)
{
  g_return_val_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (self), FOYER_ACTIVITY_ALL);

  return self->filter;
}

/**
 * foyer_activity_controller_set_filter:
 * @self: the activity
 * @filter: which commands to show
 */
void
foyer_activity_controller_set_filter (FoyerActivityController *self, FoyerActivityFilter filter)
{
  GAction *action;

  g_return_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (self));

  if (self->filter == filter)
    return;

  self->filter = filter;
  action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "filter");
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (filter_value (filter)->value_nick));
  foyer_activity_controller_set_selected (self, NULL);
  ask (self);
  notify (self, PROP_FILTER);
  notify (self, PROP_EMPTY_TITLE);
  notify (self, PROP_EMPTY_TEXT);
}

/**
 * foyer_activity_controller_set_search:
 * @self: the activity
 * @text: (nullable): words of a name, a product, an order or a code; empty for everything
 */
void
foyer_activity_controller_set_search (FoyerActivityController *self, const char *text)
{
  g_return_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (self));

  if (text == NULL)
    text = "";
  if (g_str_equal (self->search, text))
    return;

  g_free (self->search);
  self->search = g_strdup (text);
  foyer_activity_controller_set_selected (self, NULL);
  ask (self);
  notify (self, PROP_SEARCH);
  notify (self, PROP_EMPTY_TITLE);
  notify (self, PROP_EMPTY_TEXT);
}

/**
 * foyer_activity_controller_get_selected:
 * @self: the activity
 *
 * Returns: (transfer none) (nullable): the command that is told in full
 */
FoyerRow *
foyer_activity_controller_get_selected (FoyerActivityController *self)
{
  g_return_val_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (self), NULL);

  return self->selected;
}

/**
 * foyer_activity_controller_set_selected:
 * @self: the activity
 * @row: (nullable): the command to tell in full
 */
void
foyer_activity_controller_set_selected (FoyerActivityController *self, FoyerRow *row)
{
  g_return_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (self));
  g_return_if_fail (row == NULL || FOYER_IS_ROW (row));

  if (self->selected == row)
    return;

  if (self->selected != NULL)
    g_signal_handlers_disconnect_by_data (self->selected, self);
  g_set_object (&self->selected, row);
  if (row != NULL)
    g_signal_connect_swapped (row, "changed", G_CALLBACK (fill_detail), self);
  fill_detail (self);
  notify (self, PROP_SELECTED);
}

/**
 * foyer_activity_controller_set_active:
 * @self: the activity
 * @active: somebody looks; only then the list follows the journal
 */
void
foyer_activity_controller_set_active (FoyerActivityController *self, gboolean active)
{
  g_return_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (self));

  if (self->active == active)
    return;

  self->active = active;
  if (active && self->stale)
    refresh (self);
  notify (self, PROP_ACTIVE);
}

/**
 * foyer_activity_controller_describe:
 * @self: the activity
 * @row: one of the commands
 *
 * Returns: (transfer full) (nullable): the command in words; %NULL if it is gone
 */
FoyerCommandWords *
foyer_activity_controller_describe (FoyerActivityController *self, FoyerRow *row)
{
  const FoyerCommand *command;
  g_autoptr (FoyerScan) scan = NULL;

  g_return_val_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (self), NULL);
  g_return_val_if_fail (FOYER_IS_ROW (row), NULL);

  command = foyer_row_get_value (row);
  if (command == NULL)
    return NULL;

  scan = foyer_scan_from_json (command->arguments, NULL);
  return foyer_command_words_new (command,
                                  foyer_places_get_list_name (self->places, command->connection,
                                                              foyer_command_words_find_list (scan)),
                                  foyer_places_get_now (self->places, command->connection),
                                  foyer_places_get_zone (self->places, command->connection));
}
