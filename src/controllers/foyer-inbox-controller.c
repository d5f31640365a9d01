/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cases that need a person, and their answers. A case that is being answered cannot be answered
 * again, so a double click is one click. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-inbox-controller.h"

#include "foyer-command-words.h"
#include "foyer-error.h"
#include "foyer-places.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* Cards are made whole, so not all of a thousand at once: the others come up as these go. */
#define MOST_CASES 100

struct _FoyerInboxController
{
  GObject parent_instance;

  FoyerWorkspace *workspace; /* (owned) */
  FoyerPlaces *places;       /* (owned) */
  FoyerQueryModel *cases;    /* (owned) */
  GHashTable *busy;          /* (owned) (element-type utf8): commands being answered */
  gboolean active;
  gboolean stale;
  char *problem;
};

G_DEFINE_FINAL_TYPE (FoyerInboxController, foyer_inbox_controller, G_TYPE_OBJECT)

typedef enum
{
  PROP_CASES = 1,
  PROP_EMPTY,
  PROP_REST_TEXT,
  PROP_PROBLEM,
  PROP_ACTIVE,
} FoyerInboxControllerProperty;

static GParamSpec *properties[PROP_ACTIVE + 1];

enum
{
  SIGNAL_SETTLED,
  SIGNAL_WORDS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
notify (FoyerInboxController *self, FoyerInboxControllerProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_problem (FoyerInboxController *self, const GError *error)
{
  const char *hint = error != NULL ? foyer_error_get_hint (error) : NULL;

  g_free (self->problem);
  if (error == NULL)
    self->problem = NULL;
  else if (hint != NULL)
    self->problem = g_strdup_printf ("%s %s", error->message, hint);
  else
    self->problem = g_strdup (error->message);
  notify (self, PROP_PROBLEM);
}

static char *
describe_rest (FoyerInboxController *self)
{
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->cases));
  FoyerLine line;
  gint64 rest;

  foyer_workspace_get_line (self->workspace, &line);
  rest = line.needs_you - shown;
  if (shown < MOST_CASES || rest <= 0)
    return NULL;

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%'" PRId64 " more comes up as these are settled.",
                   "%'" PRId64 " more come up as these are settled.", (gulong)rest),
      rest);
}

static void
refresh (FoyerInboxController *self)
{
  if (!self->active)
    {
      self->stale = TRUE;
      return;
    }

  self->stale = FALSE;
  foyer_query_model_refresh (self->cases);
  notify (self, PROP_REST_TEXT);
}

static void
on_cases_changed (FoyerInboxController *self)
{
  const GError *error = foyer_query_model_get_error (self->cases);

  if (error != NULL)
    set_problem (self, error);
  notify (self, PROP_EMPTY);
  notify (self, PROP_REST_TEXT);
}

static void
on_places_changed (FoyerInboxController *self)
{
  g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0);
}

static void
foyer_inbox_controller_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FoyerInboxController *self = FOYER_INBOX_CONTROLLER (object);

  switch ((FoyerInboxControllerProperty)id)
    {
    case PROP_CASES:
      g_value_set_object (value, self->cases);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, foyer_inbox_controller_get_empty (self));
      break;
    case PROP_REST_TEXT:
      g_value_take_string (value, describe_rest (self));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    }
}

static void
foyer_inbox_controller_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_ACTIVE);

  foyer_inbox_controller_set_active (FOYER_INBOX_CONTROLLER (object), g_value_get_boolean (value));
}

static void
foyer_inbox_controller_finalize (GObject *object)
{
  FoyerInboxController *self = FOYER_INBOX_CONTROLLER (object);

  g_clear_object (&self->cases);
  g_clear_object (&self->places);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->busy, g_hash_table_unref);
  g_free (self->problem);

  G_OBJECT_CLASS (foyer_inbox_controller_parent_class)->finalize (object);
}

static void
foyer_inbox_controller_class_init (FoyerInboxControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_inbox_controller_get_property;
  object_class->set_property = foyer_inbox_controller_set_property;
  object_class->finalize = foyer_inbox_controller_finalize;

  properties[PROP_CASES] = g_param_spec_object ("cases", NULL, NULL, FOYER_TYPE_QUERY_MODEL, flags);
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, FALSE, flags);
  properties[PROP_REST_TEXT] = g_param_spec_string ("rest-text", NULL, NULL, NULL, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * FoyerInboxController::settled:
   * @sentence: what has become of the case
   *
   * An answer is on disk.
   */
  signals[SIGNAL_SETTLED] = g_signal_new ("settled", FOYER_TYPE_INBOX_CONTROLLER, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * FoyerInboxController::words-changed:
   *
   * Cases read differently now: names of lists have arrived.
   */
  signals[SIGNAL_WORDS_CHANGED] = g_signal_new ("words-changed", FOYER_TYPE_INBOX_CONTROLLER,
                                                G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                                0);
}

static void
foyer_inbox_controller_init (FoyerInboxController *self)
{
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * foyer_inbox_controller_new:
 * @workspace: whose cases
 *
 * Returns: (transfer full): the inbox, not yet active
 */
FoyerInboxController *
foyer_inbox_controller_new (FoyerWorkspace *workspace)
{
  FoyerInboxController *self;
  g_autoptr (FoyerQuerySpec) spec = NULL;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (FOYER_TYPE_INBOX_CONTROLLER, NULL);
  self->workspace = g_object_ref (workspace);
  self->places = foyer_places_new (workspace);
  self->cases = foyer_query_model_new (foyer_workspace_get_query (workspace));
  g_signal_connect_object (self->places, "changed", G_CALLBACK (on_places_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cases, "notify::loading", G_CALLBACK (on_cases_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "commands-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);

  spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);
  spec->states = 1u << FOYER_STATE_NEEDS_YOU;
  spec->limit = MOST_CASES;
  foyer_query_model_set_spec (self->cases, spec);
  return self;
}

/**
 * foyer_inbox_controller_get_cases:
 * @self: the inbox
 *
 * Returns: (transfer none): the cases
 */
FoyerQueryModel *
foyer_inbox_controller_get_cases (FoyerInboxController *self)
{
  g_return_val_if_fail (FOYER_IS_INBOX_CONTROLLER (self), NULL);

  return self->cases;
}

/**
 * foyer_inbox_controller_get_empty:
 * @self: the inbox
 *
 * Returns: whether it is known that nothing needs anybody
 */
gboolean
foyer_inbox_controller_get_empty (FoyerInboxController *self)
{
  g_return_val_if_fail (FOYER_IS_INBOX_CONTROLLER (self), FALSE);

  return g_list_model_get_n_items (G_LIST_MODEL (self->cases)) == 0
         && !foyer_query_model_get_loading (self->cases)
         && foyer_query_model_get_error (self->cases) == NULL;
}

/**
 * foyer_inbox_controller_set_active:
 * @self: the inbox
 * @active: somebody looks
 */
void
foyer_inbox_controller_set_active (FoyerInboxController *self, gboolean active)
{
  g_return_if_fail (FOYER_IS_INBOX_CONTROLLER (self));

  if (self->active == active)
    return;

  self->active = active;
  if (active && self->stale)
    refresh (self);
  notify (self, PROP_ACTIVE);
}

/**
 * foyer_inbox_controller_describe:
 * @self: the inbox
 * @row: one of the cases
 *
 * Returns: (transfer full) (nullable): the case in words; %NULL if it is gone
 */
FoyerCaseWords *
foyer_inbox_controller_describe (FoyerInboxController *self, FoyerRow *row)
{
  const FoyerCommand *command;
  g_autoptr (FoyerScan) scan = NULL;
  FoyerCaseContext context = { 0 };

  g_return_val_if_fail (FOYER_IS_INBOX_CONTROLLER (self), NULL);

  command = foyer_row_get_value (row);
  if (command == NULL)
    return NULL;

  scan = foyer_scan_from_json (command->arguments, NULL);
  context.list_name = foyer_places_get_list_name (self->places, command->connection,
                                                  foyer_command_words_find_list (scan));
  context.their_list_name = foyer_places_get_list_name (self->places, command->connection,
                                                        foyer_case_words_find_their_list (command));
  context.desk_device = foyer_places_get_device (self->places, command->connection);
  context.zone = foyer_places_get_zone (self->places, command->connection);
  context.now = foyer_places_get_now (self->places, command->connection);
  return foyer_case_words_new (command, &context);
}

/**
 * foyer_inbox_controller_is_busy:
 * @self: the inbox
 * @row: one of the cases
 *
 * Returns: whether it is being answered
 */
gboolean
foyer_inbox_controller_is_busy (FoyerInboxController *self, FoyerRow *row)
{
  const FoyerCommand *command;

  g_return_val_if_fail (FOYER_IS_INBOX_CONTROLLER (self), FALSE);

  command = foyer_row_get_value (row);
  return command != NULL && g_hash_table_contains (self->busy, command->id);
}

typedef struct
{
  FoyerInboxController *inbox; /* (owned) */
  char *id;
  char *sentence;
} Answer;

static void
answer_free (Answer *answer)
{
  g_clear_object (&answer->inbox);
  g_free (answer->id);
  g_free (answer->sentence);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Answer) answer = user_data;
  g_autoptr (GError) error = NULL;

  g_hash_table_remove (answer->inbox->busy, answer->id);
  if (foyer_workspace_settle_finish (FOYER_WORKSPACE (source), result, &error))
    g_signal_emit (answer->inbox, signals[SIGNAL_SETTLED], 0, answer->sentence);
  else if (g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CONFLICT))
    /* Somebody else, in the other window, was quicker. The case goes with the refresh. */
    g_signal_emit (answer->inbox, signals[SIGNAL_SETTLED], 0, _ ("This case was settled already."));
  else
    set_problem (answer->inbox, error);
  refresh (answer->inbox);
  g_signal_emit (answer->inbox, signals[SIGNAL_WORDS_CHANGED], 0);
}

static char *
describe_answer (FoyerSettlement settlement, FoyerCommandKind kind, const char *name)
{
  if (kind == FOYER_COMMAND_UNDO)
    /* Translators: %s is the name of a person */
    return g_strdup_printf (settlement == FOYER_SETTLE_KEEP ? _ ("%s: an exit was entered.")
                                                            : _ ("%s: the admission counts."),
                            name);

  switch (settlement)
    {
    case FOYER_SETTLE_KEEP:
      /* Translators: %s is the name of a person */
      return g_strdup_printf (_ ("%s: kept, and sent again."), name);
    case FOYER_SETTLE_ACCEPT:
      /* Translators: %s is the name of a person */
      return g_strdup_printf (_ ("%s: closed, the service’s word stands."), name);
    }

  g_return_val_if_reached (NULL);
}

static void
settle (FoyerInboxController *self, FoyerRow *row, FoyerSettlement settlement, const char *note)
{
  const FoyerCommand *command = foyer_row_get_value (row);
  g_autofree char *stripped = note != NULL ? g_strstrip (g_strdup (note)) : NULL;
  g_autoptr (FoyerScan) scan = NULL;
  g_autofree char *name = NULL;
  Answer *answer;

  if (command == NULL || g_hash_table_contains (self->busy, command->id))
    return;

  set_problem (self, NULL);
  scan = foyer_scan_from_json (command->arguments, NULL);
  name = foyer_command_words_for_name (scan);
  answer = g_new0 (Answer, 1);
  answer->inbox = g_object_ref (self);
  answer->id = g_strdup (command->id);
  answer->sentence = describe_answer (settlement, command->kind, name);
  g_hash_table_add (self->busy, g_strdup (command->id));
  g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0);
  foyer_workspace_settle_async (self->workspace, answer->id, settlement,
                                stripped != NULL && *stripped != '\0' ? stripped : NULL,
                                foyer_workspace_get_actor (self->workspace), NULL, on_settled,
                                answer);
}

/**
 * foyer_inbox_controller_keep:
 * @self: the inbox
 * @row: one of the cases
 * @note: (nullable): what the person wrote
 *
 * What happened here stands: it is sent again.
 */
void
foyer_inbox_controller_keep (FoyerInboxController *self, FoyerRow *row, const char *note)
{
  g_return_if_fail (FOYER_IS_INBOX_CONTROLLER (self));
  g_return_if_fail (FOYER_IS_ROW (row));

  settle (self, row, FOYER_SETTLE_KEEP, note);
}

/**
 * foyer_inbox_controller_accept:
 * @self: the inbox
 * @row: one of the cases
 * @note: (nullable): what the person wrote
 *
 * The service's word stands.
 */
void
foyer_inbox_controller_accept (FoyerInboxController *self, FoyerRow *row, const char *note)
{
  g_return_if_fail (FOYER_IS_INBOX_CONTROLLER (self));
  g_return_if_fail (FOYER_IS_ROW (row));

  settle (self, row, FOYER_SETTLE_ACCEPT, note);
}
