/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The organiser's side of a new desk: a device made at the service (or its token, given by hand), and all
 * that the other laptop needs, in one code. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-setup-controller.h"

#include "foyer-connect-input.h"
#include "foyer-error.h"
#include "foyer-fact.h"
#include "foyer-secrets.h"
#include "foyer-setup-code.h"
#include "foyer-text.h"
#include "foyer-tick.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME_MAX_CHARS 60
#define DEFAULT_HOURS 24

struct _FoyerSetupController
{
  GObject parent_instance;

  FoyerDesk *desk;   /* (owned) (nullable) whose event it is */
  FoyerEvent *event; /* (owned) (nullable) */
  FoyerClock *clock; /* (owned) */
  GSimpleActionGroup *actions;
  GListStore *lists; /* (owned) (element-type FoyerTick) */
  GListStore *facts; /* (owned) (element-type FoyerFact) what stands on the page */
  GCancellable *running;
  char *desk_name;
  guint desk_number;
  char *gate;
  char *token;
  gboolean only_check_in;
  int good_for;
  gboolean needs_token;
  char *problem;
  char *hint;
  char *code;
  FoyerTime until;
};

G_DEFINE_FINAL_TYPE (FoyerSetupController, foyer_setup_controller, G_TYPE_OBJECT)

typedef enum
{
  PROP_DESK_NAME = 1,
  PROP_GATE,
  PROP_TOKEN,
  PROP_ONLY_CHECK_IN,
  PROP_GOOD_FOR,
  PROP_NEEDS_TOKEN,
  PROP_BUSY,
  PROP_READY,
  PROP_PROBLEM,
  PROP_HINT,
  PROP_WARNING,
  PROP_PLACE,
  PROP_UNTIL,
} FoyerSetupControllerProperty;

static GParamSpec *properties[PROP_UNTIL + 1];

static void
notify (FoyerSetupController *self, FoyerSetupControllerProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static FoyerConnection *
connection_of (FoyerSetupController *self)
{
  return self->desk != NULL ? foyer_desk_get_connection (self->desk) : NULL;
}

static void
set_problem (FoyerSetupController *self, const char *problem, const char *hint)
{
  g_free (self->problem);
  g_free (self->hint);
  self->problem = g_strdup (problem);
  self->hint = g_strdup (hint);
  notify (self, PROP_HINT);
  notify (self, PROP_PROBLEM);
}

static void
fail (FoyerSetupController *self, const GError *error)
{
  if (g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CANCELLED))
    return;

  g_message ("No set-up code: %s (%s)", error->message, foyer_error_get_detail (error));
  set_problem (self, error->message, foyer_error_get_hint (error));
}

static void
set_running (FoyerSetupController *self, GCancellable *running)
{
  GAction *make = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "make");

  g_set_object (&self->running, running);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (make), running == NULL && self->desk != NULL);
  notify (self, PROP_BUSY);
}

static void
set_needs_token (FoyerSetupController *self)
{
  if (self->needs_token)
    return;

  self->needs_token = TRUE;
  notify (self, PROP_NEEDS_TOKEN);
}

static void
set_code (FoyerSetupController *self, char *code)
{
  foyer_secrets_wipe (self->code);
  self->code = code;
  notify (self, PROP_UNTIL);
  notify (self, PROP_READY);
}

static char *
describe_until (FoyerSetupController *self)
{
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *when = NULL;

  if (self->until == FOYER_TIME_NONE)
    return NULL;

  until = g_date_time_new_from_unix_utc (self->until / FOYER_SECOND);
  local = g_date_time_to_local (until);
  when = g_date_time_format (local, _ ("%-d %B %Y, %H:%M"));
  return g_strdup_printf (_ ("For one laptop, once, until %s"), when);
}

static char *
dup_place (FoyerSetupController *self)
{
  FoyerConnection *connection = connection_of (self);

  if (connection == NULL)
    return NULL;
  return foyer_text_clean_line (self->event != NULL ? self->event->name : connection->name,
                                NAME_MAX_CHARS);
}

static gboolean
is_loopback (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL
         && (g_str_has_prefix (host, "127.") || g_str_equal (host, "localhost")
             || g_str_equal (host, "::1"));
}

static const char *
find_warning (FoyerSetupController *self)
{
  FoyerConnection *connection = connection_of (self);

  if (connection == NULL)
    return NULL;
  if (is_loopback (connection->base_url))
    return _ ("This service can be reached from this laptop only: another one will not find it.");
  if (connection->ca_file != NULL)
    return _ ("Your pretix has a certificate of its own issuer. The other laptop needs that file, "
              "too: choose it there before the code is scanned.");
  return NULL;
}

/* --- the page ------------------------------------------------------------------------------------- */

static void
add_fact (FoyerSetupController *self, const char *label, const char *value)
{
  g_autoptr (FoyerFact) fact = NULL;

  if (value == NULL || *value == '\0')
    return;

  fact = foyer_fact_new (label, value);
  g_list_store_append (self->facts, fact);
}

static char *
join_lists (FoyerSetupController *self)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->lists)); i++)
    {
      g_autoptr (FoyerTick) list = g_list_model_get_item (G_LIST_MODEL (self->lists), i);

      if (foyer_tick_get_ticked (list))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                foyer_tick_get_title (list));
    }
  return g_string_free (names, FALSE);
}

static void
fill_facts (FoyerSetupController *self)
{
  g_autofree char *place = dup_place (self);
  g_autofree char *lists = join_lists (self);
  g_autofree char *until = describe_until (self);

  g_list_store_remove_all (self->facts);
  add_fact (self, _ ("Desk"), self->desk_name);
  add_fact (self, _ ("Event"), place);
  add_fact (self, _ ("Check-in lists"), lists);
  add_fact (self, _ ("Gate"), self->gate);
  add_fact (self, _ ("Service"), connection_of (self)->base_url);
  add_fact (self, _ ("Good"), until);
}

static FoyerSetupCode *
make_code (FoyerSetupController *self, const char *token)
{
  FoyerConnection *connection = connection_of (self);
  g_autoptr (FoyerSetupCode) code = foyer_setup_code_new ();

  code->service = g_strdup (connection->service);
  code->address = g_strdup (connection->base_url);
  code->token = g_strdup (token);
  code->organizer = g_strdup (connection->organizer);
  code->event = g_strdup (connection->event);
  code->subevent = connection->subevent;
  code->gate = g_strdup (self->gate);
  code->desk = g_strdup (self->desk_name);
  code->good_until = self->until;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->lists)); i++)
    {
      g_autoptr (FoyerTick) list = g_list_model_get_item (G_LIST_MODEL (self->lists), i);
      gint64 id = foyer_tick_get_number (list);

      if (foyer_tick_get_ticked (list))
        g_array_append_val (code->lists, id);
    }
  return g_steal_pointer (&code);
}

static void
take_token (FoyerSetupController *self, const char *token)
{
  g_autoptr (FoyerSetupCode) code = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  self->until = foyer_clock_now (self->clock) + self->good_for * FOYER_HOUR;
  code = make_code (self, token);
  text = foyer_setup_code_to_text (code, &error);
  if (text == NULL)
    {
      self->until = FOYER_TIME_NONE;
      fail (self, error);
      return;
    }

  fill_facts (self);
  set_code (self, text);
}

static void
invited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerSetupController) self = user_data;
  g_autoptr (GError) error = NULL;
  char *token = foyer_service_invite_finish (FOYER_SERVICE (source), result, &error);

  set_running (self, NULL);
  if (token == NULL)
    {
      if (g_error_matches (error, FOYER_ERROR, FOYER_ERROR_FORBIDDEN))
        set_needs_token (self);
      fail (self, error);
      return;
    }

  take_token (self, token);
  foyer_secrets_wipe (token);
}

/* A token may be given as pretix shows it: alone, or in its own code. */
static void
use_given_token (FoyerSetupController *self)
{
  g_autofree char *address = NULL;
  g_autofree char *clean = NULL;
  char *token = NULL;

  if (foyer_connect_input_parse_code (self->token, &address, &token))
    clean = foyer_connect_input_clean_address (address);
  if (clean != NULL && g_strcmp0 (clean, connection_of (self)->base_url) != 0)
    {
      g_autofree char *other = foyer_text_clean_line (clean, NAME_MAX_CHARS);
      g_autofree char *sentence = g_strdup_printf (_ ("This token is of another pretix: %s."),
                                                   other);

      set_problem (self, sentence, NULL);
    }
  else
    take_token (self, token != NULL ? token : self->token);
  foyer_secrets_wipe (token);
}

static void
make_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerSetupController *self = user_data;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  FoyerService *service = foyer_desk_get_service (self->desk);

  set_problem (self, NULL, NULL);
  if (*self->desk_name == '\0')
    {
      set_problem (self, _ ("Give the desk a name. Others see it when two desks disagree."), NULL);
      return;
    }
  if (*self->token != '\0')
    {
      use_given_token (self);
      return;
    }
  if (self->needs_token)
    {
      set_problem (self, _ ("Give the initialisation token of a new device."),
                   _ ("In pretix, under Devices, add one; it shows the token."));
      return;
    }
  if (service == NULL || !foyer_service_can_invite (service))
    {
      set_needs_token (self);
      set_problem (self, _ ("Foyer cannot make a device here. Give the token of one."), NULL);
      return;
    }

  set_running (self, cancellable);
  foyer_service_invite_async (service, self->desk_name, self->only_check_in, cancellable,
                              invited_cb, g_object_ref (self));
}

static void
number_desk (FoyerSetupController *self)
{
  g_free (self->desk_name);
  self->desk_name = g_strdup_printf (_ ("Desk %u"), self->desk_number++);
  notify (self, PROP_DESK_NAME);
}

/* Each token is for one laptop: the next desk begins with another name and without it. */
static void
again_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerSetupController *self = user_data;

  self->until = FOYER_TIME_NONE;
  g_object_set (self, "token", "", NULL);
  number_desk (self);
  set_code (self, NULL);
}

/* --- object --------------------------------------------------------------------------------------- */

static void
foyer_setup_controller_get_property (GObject *object,
                                     guint property_id,
                                     GValue *value,
                                     GParamSpec *pspec)
{
  FoyerSetupController *self = FOYER_SETUP_CONTROLLER (object);

  switch ((FoyerSetupControllerProperty)property_id)
    {
    case PROP_DESK_NAME:
      g_value_set_string (value, self->desk_name);
      break;
    case PROP_GATE:
      g_value_set_string (value, self->gate);
      break;
    case PROP_TOKEN:
      g_value_set_string (value, self->token);
      break;
    case PROP_ONLY_CHECK_IN:
      g_value_set_boolean (value, self->only_check_in);
      break;
    case PROP_GOOD_FOR:
      g_value_set_int (value, self->good_for);
      break;
    case PROP_NEEDS_TOKEN:
      g_value_set_boolean (value, self->needs_token);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->running != NULL);
      break;
    case PROP_READY:
      g_value_set_boolean (value, self->code != NULL);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    case PROP_WARNING:
      g_value_set_string (value, find_warning (self));
      break;
    case PROP_PLACE:
      g_value_take_string (value, dup_place (self));
      break;
    case PROP_UNTIL:
      g_value_take_string (value, describe_until (self));
      break;
    }
}

static void
set_text (FoyerSetupController *self,
          char **slot,
          const GValue *value,
          FoyerSetupControllerProperty property)
{
  const char *text = g_value_get_string (value);
  char *clean = foyer_text_clean_line (text != NULL ? text : "", NAME_MAX_CHARS);

  if (g_strcmp0 (*slot, clean) == 0)
    {
      g_free (clean);
      return;
    }
  g_free (*slot);
  *slot = clean;
  notify (self, property);
}

static void
set_token (FoyerSetupController *self, const char *text)
{
  char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (g_strcmp0 (self->token, stripped) == 0)
    {
      foyer_secrets_wipe (stripped);
      return;
    }
  foyer_secrets_wipe (self->token);
  self->token = stripped;
  notify (self, PROP_TOKEN);
}

static void
foyer_setup_controller_set_property (GObject *object,
                                     guint property_id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  FoyerSetupController *self = FOYER_SETUP_CONTROLLER (object);

  switch ((FoyerSetupControllerProperty)property_id)
    {
    case PROP_DESK_NAME:
      set_text (self, &self->desk_name, value, PROP_DESK_NAME);
      break;
    case PROP_GATE:
      set_text (self, &self->gate, value, PROP_GATE);
      break;
    case PROP_TOKEN:
      set_token (self, g_value_get_string (value));
      break;
    case PROP_ONLY_CHECK_IN:
      self->only_check_in = g_value_get_boolean (value);
      notify (self, PROP_ONLY_CHECK_IN);
      break;
    case PROP_GOOD_FOR:
      self->good_for = g_value_get_int (value);
      notify (self, PROP_GOOD_FOR);
      break;
    case PROP_NEEDS_TOKEN:
    case PROP_BUSY:
    case PROP_READY:
    case PROP_PROBLEM:
    case PROP_HINT:
    case PROP_WARNING:
    case PROP_PLACE:
    case PROP_UNTIL:
      g_assert_not_reached ();
    }
}

static void
foyer_setup_controller_dispose (GObject *object)
{
  foyer_setup_controller_cancel (FOYER_SETUP_CONTROLLER (object));

  G_OBJECT_CLASS (foyer_setup_controller_parent_class)->dispose (object);
}

static void
foyer_setup_controller_finalize (GObject *object)
{
  FoyerSetupController *self = FOYER_SETUP_CONTROLLER (object);

  foyer_secrets_wipe (self->code);
  foyer_secrets_wipe (self->token);
  g_clear_object (&self->running);
  g_clear_object (&self->desk);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->event, foyer_event_unref);
  g_object_unref (self->actions);
  g_object_unref (self->lists);
  g_object_unref (self->facts);
  g_free (self->desk_name);
  g_free (self->gate);
  g_free (self->problem);
  g_free (self->hint);

  G_OBJECT_CLASS (foyer_setup_controller_parent_class)->finalize (object);
}

static void
foyer_setup_controller_class_init (FoyerSetupControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = foyer_setup_controller_get_property;
  object_class->set_property = foyer_setup_controller_set_property;
  object_class->dispose = foyer_setup_controller_dispose;
  object_class->finalize = foyer_setup_controller_finalize;

  properties[PROP_DESK_NAME] = g_param_spec_string ("desk-name", NULL, NULL, NULL, writable);
  properties[PROP_GATE] = g_param_spec_string ("gate", NULL, NULL, NULL, writable);
  properties[PROP_TOKEN] = g_param_spec_string ("token", NULL, NULL, NULL, writable);
  properties[PROP_ONLY_CHECK_IN] = g_param_spec_boolean ("only-check-in", NULL, NULL, TRUE,
                                                         writable);
  properties[PROP_GOOD_FOR] = g_param_spec_int ("good-for", NULL, NULL, 1, 24 * 60, DEFAULT_HOURS,
                                                writable);
  properties[PROP_NEEDS_TOKEN] = g_param_spec_boolean ("needs-token", NULL, NULL, FALSE, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, readable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, readable);
  properties[PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, readable);
  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, readable);
  properties[PROP_UNTIL] = g_param_spec_string ("until", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_setup_controller_init (FoyerSetupController *self)
{
  const GActionEntry entries[] = {
    { "make", make_activated_cb, NULL, NULL, NULL, { 0 } },
    { "again", again_activated_cb, NULL, NULL, NULL, { 0 } },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  self->lists = g_list_store_new (FOYER_TYPE_TICK);
  self->facts = g_list_store_new (FOYER_TYPE_FACT);
  self->desk_number = 2;
  self->gate = g_strdup ("");
  self->token = g_strdup ("");
  self->only_check_in = TRUE;
  self->good_for = DEFAULT_HOURS;
  self->until = FOYER_TIME_NONE;
}

/* The lists of that event; the one that is worked for here is ticked. */
static void
fill_lists (FoyerSetupController *self, FoyerLists *lists)
{
  FoyerListChoice *selected = foyer_lists_get_selected (lists);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (lists)); i++)
    {
      g_autoptr (FoyerListChoice) choice = g_list_model_get_item (G_LIST_MODEL (lists), i);
      g_autoptr (FoyerTick) tick = NULL;

      if (foyer_list_choice_get_desk (choice) != self->desk)
        continue;
      tick = foyer_tick_new (foyer_list_choice_get_title (choice),
                             foyer_list_choice_get_id (choice), choice == selected);
      g_list_store_append (self->lists, tick);
    }
}

/**
 * foyer_setup_controller_new:
 * @workspace: what is open
 * @lists: its lists; the other desk is for the event of the selected one
 *
 * Returns: (transfer full): the controller of a set-up page
 */
FoyerSetupController *
foyer_setup_controller_new (FoyerWorkspace *workspace, FoyerLists *lists)
{
  FoyerListChoice *selected;
  FoyerSetupController *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (FOYER_IS_LISTS (lists), NULL);

  self = g_object_new (FOYER_TYPE_SETUP_CONTROLLER, NULL);
  self->clock = g_object_ref (foyer_workspace_get_clock (workspace));
  selected = foyer_lists_get_selected (lists);
  if (selected != NULL)
    {
      FoyerEvent *event = foyer_list_choice_get_event (selected);

      self->desk = g_object_ref (foyer_list_choice_get_desk (selected));
      self->event = event != NULL ? foyer_event_ref (event) : NULL;
    }
  else
    self->desk = g_list_model_get_item (G_LIST_MODEL (workspace), 0);

  fill_lists (self, lists);
  number_desk (self);
  if (self->desk != NULL && connection_of (self)->gate_name != NULL)
    g_object_set (self, "gate", connection_of (self)->gate_name, NULL);
  /* A device may never make another one. */
  if (self->desk != NULL && g_strcmp0 (connection_of (self)->auth_scheme, "Device") == 0)
    set_needs_token (self);
  if (self->desk == NULL)
    set_problem (self, _ ("Connect this laptop first: another desk gets its event from it."), NULL);
  set_running (self, NULL);
  return self;
}

/**
 * foyer_setup_controller_get_actions:
 * @self: the controller
 *
 * Returns: (transfer none): what can be done
 */
GActionGroup *
foyer_setup_controller_get_actions (FoyerSetupController *self)
{
  g_return_val_if_fail (FOYER_IS_SETUP_CONTROLLER (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

/**
 * foyer_setup_controller_get_lists:
 * @self: the controller
 *
 * Returns: (transfer none): a list of #FoyerTick: which lists the desk is to work for
 */
GListModel *
foyer_setup_controller_get_lists (FoyerSetupController *self)
{
  g_return_val_if_fail (FOYER_IS_SETUP_CONTROLLER (self), NULL);

  return G_LIST_MODEL (self->lists);
}

/**
 * foyer_setup_controller_get_facts:
 * @self: the controller
 *
 * Returns: (transfer none): a list of #FoyerFact: what stands on the page beside the code
 */
GListModel *
foyer_setup_controller_get_facts (FoyerSetupController *self)
{
  g_return_val_if_fail (FOYER_IS_SETUP_CONTROLLER (self), NULL);

  return G_LIST_MODEL (self->facts);
}

/**
 * foyer_setup_controller_get_code:
 * @self: the controller
 *
 * Returns: (transfer none) (nullable): the code, once it is made: a secret
 */
const char *
foyer_setup_controller_get_code (FoyerSetupController *self)
{
  g_return_val_if_fail (FOYER_IS_SETUP_CONTROLLER (self), NULL);

  return self->code;
}

/**
 * foyer_setup_controller_get_ready:
 * @self: the controller
 *
 * Returns: whether there is a code
 */
gboolean
foyer_setup_controller_get_ready (FoyerSetupController *self)
{
  g_return_val_if_fail (FOYER_IS_SETUP_CONTROLLER (self), FALSE);

  return self->code != NULL;
}

/**
 * foyer_setup_controller_cancel:
 * @self: the controller
 *
 * Stops what is under way.
 */
void
foyer_setup_controller_cancel (FoyerSetupController *self)
{
  g_return_if_fail (FOYER_IS_SETUP_CONTROLLER (self));

  if (self->running != NULL)
    g_cancellable_cancel (self->running);
}
