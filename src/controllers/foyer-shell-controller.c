/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window's controller. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-shell-controller.h"

#include "foyer-error.h"
#include "foyer-text.h"

#include <glib/gi18n.h>

#define TICK_SECONDS 5
#define TITLE_MAX_CHARS 120

struct _FoyerShellController
{
  GObject parent_instance;

  FoyerWorkspace *workspace;   /* (owned) */
  FoyerLists *lists;           /* (owned) */
  FoyerDeskStatus *status;     /* (owned) */
  GSimpleActionGroup *actions; /* (owned) */
  char *problem;               /* (owned) (nullable) */
  guint timer;
};

G_DEFINE_FINAL_TYPE (FoyerShellController, foyer_shell_controller, G_TYPE_OBJECT)

typedef enum
{
  PROP_LISTS = 1,
  PROP_STATUS,
  PROP_LOADED,
  PROP_HAS_CONNECTIONS,
  PROP_EVENT_TEXT,
  PROP_RECORDED,
  PROP_SENT,
  PROP_WAITING,
  PROP_NEEDS_YOU,
  PROP_PROBLEM,
} FoyerShellControllerProperty;

static GParamSpec *properties[PROP_PROBLEM + 1];

static void
notify_line (FoyerShellController *self)
{
  for (guint i = PROP_RECORDED; i <= PROP_NEEDS_YOU; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
loaded_cb (FoyerShellController *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_CONNECTIONS]);
}

static void
update_actions (FoyerShellController *self)
{
  FoyerDesk *desk = foyer_desk_status_get_desk (self->status);
  gboolean syncing = desk != NULL && foyer_desk_get_syncing (desk);
  GAction *sync = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "sync");
  GAction *cancel = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "cancel-sync");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (sync), desk != NULL && !syncing);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (cancel), syncing);
}

/* Before the first sync there are no lists, but there is something to tell about the first desk. */
static void
follow_desk (FoyerShellController *self)
{
  FoyerListChoice *choice = foyer_lists_get_selected (self->lists);
  g_autoptr (FoyerDesk) first = g_list_model_get_item (G_LIST_MODEL (self->workspace), 0);

  foyer_desk_status_set_desk (self->status,
                              choice != NULL ? foyer_list_choice_get_desk (choice) : first);
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EVENT_TEXT]);
}

static void
desks_changed_cb (FoyerShellController *self)
{
  follow_desk (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_CONNECTIONS]);
}

static gboolean
tick_cb (gpointer user_data)
{
  FoyerShellController *self = user_data;

  foyer_desk_status_tick (self->status);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EVENT_TEXT]);
  return G_SOURCE_CONTINUE;
}

static char *
describe_event (FoyerShellController *self)
{
  FoyerListChoice *choice = foyer_lists_get_selected (self->lists);
  FoyerEvent *event = choice != NULL ? foyer_list_choice_get_event (choice) : NULL;
  FoyerDesk *desk = foyer_desk_status_get_desk (self->status);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) there = NULL;
  g_autoptr (GDateTime) here = NULL;
  g_autofree char *name = NULL;
  g_autofree char *time = NULL;

  if (desk == NULL)
    return g_strdup (_ ("Foyer"));
  if (event == NULL)
    return foyer_text_clean_line (foyer_desk_get_connection (desk)->name, TITLE_MAX_CHARS);

  zone = foyer_time_zone_new (event->zone);
  there = foyer_time_to_date_time (foyer_door_clock_now (foyer_desk_get_door_clock (desk), NULL),
                                   zone);
  name = foyer_text_clean_line (event->name, TITLE_MAX_CHARS);
  if (there == NULL)
    return g_steal_pointer (&name);

  /* The event's time, and it says so where the laptop lives in another zone. */
  here = g_date_time_to_local (there);
  time = g_date_time_format (
      there, here != NULL && g_date_time_get_utc_offset (here) == g_date_time_get_utc_offset (there)
                 ? _ ("%a %H:%M")
                 : _ ("%a %H:%M %Z"));
  return g_strdup_printf ("%s · %s", name, time);
}

static gint64
line_value (FoyerShellController *self, FoyerShellControllerProperty property)
{
  FoyerLine line = { 0, 0, 0, 0 };

  foyer_workspace_get_line (self->workspace, &line);
  if (property == PROP_RECORDED)
    return line.recorded;
  if (property == PROP_SENT)
    return line.sent;
  return property == PROP_WAITING ? line.waiting : line.needs_you;
}

static void
sync_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The desk keeps the problem and shows it; here it is only looked at. */
  if (!foyer_desk_sync_finish (FOYER_DESK (source), result, &error))
    g_debug ("The sync ended: %s", error->message);
}

static void
sync_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerShellController *self = user_data;
  FoyerDesk *desk = foyer_desk_status_get_desk (self->status);

  if (desk != NULL)
    foyer_desk_sync_async (desk, FALSE, NULL, sync_done_cb, NULL);
}

static void
cancel_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerShellController *self = user_data;
  FoyerDesk *desk = foyer_desk_status_get_desk (self->status);

  if (desk != NULL)
    foyer_desk_cancel_sync (desk);
}

static void
foyer_shell_controller_get_property (GObject *object,
                                     guint property_id,
                                     GValue *value,
                                     GParamSpec *pspec)
{
  FoyerShellController *self = FOYER_SHELL_CONTROLLER (object);

  switch ((FoyerShellControllerProperty)property_id)
    {
    case PROP_LISTS:
      g_value_set_object (value, self->lists);
      break;
    case PROP_STATUS:
      g_value_set_object (value, self->status);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, foyer_shell_controller_get_loaded (self));
      break;
    case PROP_HAS_CONNECTIONS:
      g_value_set_boolean (value, foyer_shell_controller_get_has_connections (self));
      break;
    case PROP_EVENT_TEXT:
      g_value_take_string (value, describe_event (self));
      break;
    case PROP_RECORDED:
    case PROP_SENT:
    case PROP_WAITING:
    case PROP_NEEDS_YOU:
      g_value_set_int64 (value, line_value (self, (FoyerShellControllerProperty)property_id));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    }
}

static void
foyer_shell_controller_dispose (GObject *object)
{
  g_clear_handle_id (&FOYER_SHELL_CONTROLLER (object)->timer, g_source_remove);

  G_OBJECT_CLASS (foyer_shell_controller_parent_class)->dispose (object);
}

static void
foyer_shell_controller_finalize (GObject *object)
{
  FoyerShellController *self = FOYER_SHELL_CONTROLLER (object);

  g_clear_object (&self->lists);
  g_clear_object (&self->status);
  g_clear_object (&self->actions);
  g_clear_object (&self->workspace);
  g_free (self->problem);

  G_OBJECT_CLASS (foyer_shell_controller_parent_class)->finalize (object);
}

static void
foyer_shell_controller_class_init (FoyerShellControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const char *numbers[] = { "recorded", "sent", "waiting", "needs-you" };

  object_class->get_property = foyer_shell_controller_get_property;
  object_class->dispose = foyer_shell_controller_dispose;
  object_class->finalize = foyer_shell_controller_finalize;

  properties[PROP_LISTS] = g_param_spec_object ("lists", NULL, NULL, FOYER_TYPE_LISTS, flags);
  properties[PROP_STATUS] = g_param_spec_object ("status", NULL, NULL, FOYER_TYPE_DESK_STATUS,
                                                 flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_CONNECTIONS] = g_param_spec_boolean ("has-connections", NULL, NULL, FALSE,
                                                           flags);
  properties[PROP_EVENT_TEXT] = g_param_spec_string ("event-text", NULL, NULL, NULL, flags);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    properties[PROP_RECORDED + i] = g_param_spec_int64 (numbers[i], NULL, NULL, 0, G_MAXINT64, 0,
                                                        flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_shell_controller_init (FoyerShellController *self)
{
  const GActionEntry entries[] = {
    { "sync", sync_activated_cb, NULL, NULL, NULL, { 0 } },
    { "cancel-sync", cancel_activated_cb, NULL, NULL, NULL, { 0 } },
  };

  self->status = foyer_desk_status_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  g_signal_connect_object (self->status, "notify::syncing", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
}

/**
 * foyer_shell_controller_new:
 * @workspace: what is open
 *
 * Returns: (transfer full): the window's controller
 */
FoyerShellController *
foyer_shell_controller_new (FoyerWorkspace *workspace)
{
  const char *line[] = { "notify::recorded", "notify::sent", "notify::waiting",
                         "notify::needs-you" };
  FoyerShellController *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (FOYER_TYPE_SHELL_CONTROLLER, NULL);
  self->workspace = g_object_ref (workspace);
  self->lists = foyer_lists_new (workspace);
  self->timer = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);

  for (gsize i = 0; i < G_N_ELEMENTS (line); i++)
    g_signal_connect_object (workspace, line[i], G_CALLBACK (notify_line), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "items-changed", G_CALLBACK (desks_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lists, "notify::selected", G_CALLBACK (follow_desk), self,
                           G_CONNECT_SWAPPED);
  follow_desk (self);
  return self;
}

/**
 * foyer_shell_controller_get_workspace:
 * @self: the controller
 *
 * Returns: (transfer none): what is open
 */
FoyerWorkspace *
foyer_shell_controller_get_workspace (FoyerShellController *self)
{
  g_return_val_if_fail (FOYER_IS_SHELL_CONTROLLER (self), NULL);

  return self->workspace;
}

/**
 * foyer_shell_controller_get_lists:
 * @self: the controller
 *
 * Returns: (transfer none): the lists, and the one that is worked for
 */
FoyerLists *
foyer_shell_controller_get_lists (FoyerShellController *self)
{
  g_return_val_if_fail (FOYER_IS_SHELL_CONTROLLER (self), NULL);

  return self->lists;
}

/**
 * foyer_shell_controller_get_status:
 * @self: the controller
 *
 * Returns: (transfer none): how the desk is
 */
FoyerDeskStatus *
foyer_shell_controller_get_status (FoyerShellController *self)
{
  g_return_val_if_fail (FOYER_IS_SHELL_CONTROLLER (self), NULL);

  return self->status;
}

/**
 * foyer_shell_controller_get_actions:
 * @self: the controller
 *
 * Returns: (transfer none): what the window can do
 */
GActionGroup *
foyer_shell_controller_get_actions (FoyerShellController *self)
{
  g_return_val_if_fail (FOYER_IS_SHELL_CONTROLLER (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

/**
 * foyer_shell_controller_get_loaded:
 * @self: the controller
 *
 * Returns: whether the workspace has been read
 */
gboolean
foyer_shell_controller_get_loaded (FoyerShellController *self)
{
  gboolean loaded = FALSE;

  g_return_val_if_fail (FOYER_IS_SHELL_CONTROLLER (self), FALSE);

  g_object_get (self->workspace, "loaded", &loaded, NULL);
  return loaded;
}

/**
 * foyer_shell_controller_get_has_connections:
 * @self: the controller
 *
 * Returns: whether there is anything to work for
 */
gboolean
foyer_shell_controller_get_has_connections (FoyerShellController *self)
{
  g_return_val_if_fail (FOYER_IS_SHELL_CONTROLLER (self), FALSE);

  return g_list_model_get_n_items (G_LIST_MODEL (self->workspace)) > 0;
}

/**
 * foyer_shell_controller_fail:
 * @self: the controller
 * @error: why the workspace cannot be read
 */
void
foyer_shell_controller_fail (FoyerShellController *self, const GError *error)
{
  const char *hint = foyer_error_get_hint (error);

  g_return_if_fail (FOYER_IS_SHELL_CONTROLLER (self));

  g_free (self->problem);
  self->problem = hint != NULL ? g_strdup_printf ("%s %s", error->message, hint)
                               : g_strdup (error->message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}
