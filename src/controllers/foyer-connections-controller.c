/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The connections of a workspace, and what can be done with each. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-connections-controller.h"

#include "foyer-error.h"
#include "foyer-text.h"
#include "foyer-timer.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define TICK (2 * FOYER_SECOND)
#define NAME_MAX_CHARS 120

struct _FoyerConnectionsController
{
  GObject parent_instance;

  FoyerWorkspace *workspace;   /* (owned) */
  GListStore *items;           /* (owned) (element-type FoyerConnectionItem) */
  FoyerAuditController *audit; /* (owned) */
  gboolean active;
  GSource *timer;
  char *problem;
};

G_DEFINE_FINAL_TYPE (FoyerConnectionsController, foyer_connections_controller, G_TYPE_OBJECT)

typedef enum
{
  PROP_ITEMS = 1,
  PROP_EMPTY,
  PROP_AUDIT,
  PROP_PROBLEM,
  PROP_ACTIVE,
} FoyerConnectionsControllerProperty;

static GParamSpec *properties[PROP_ACTIVE + 1];

enum
{
  SIGNAL_CONFIRMATION_REQUESTED,
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static guint
get_n_items (FoyerConnectionsController *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

static void
set_problem (FoyerConnectionsController *self, const GError *error)
{
  const char *hint = error != NULL ? foyer_error_get_hint (error) : NULL;

  g_free (self->problem);
  if (error == NULL)
    self->problem = NULL;
  else if (hint != NULL)
    self->problem = g_strdup_printf ("%s %s", error->message, hint);
  else
    self->problem = g_strdup (error->message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static gboolean
on_tick (gpointer data)
{
  FoyerConnectionsController *self = data;

  foyer_timer_clear (&self->timer);
  for (guint i = 0; i < get_n_items (self); i++)
    {
      g_autoptr (FoyerConnectionItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      foyer_connection_item_tick (item);
    }
  if (self->active)
    foyer_timer_set (&self->timer, foyer_workspace_get_clock (self->workspace), TICK, on_tick,
                     self);
  return G_SOURCE_REMOVE;
}

/* The same desks keep their items, so that nothing on screen is made anew when one comes or goes. */
static void
on_desks_changed (FoyerConnectionsController *self, guint position, guint removed, guint added)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean was_empty = get_n_items (self) == 0;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);

      g_ptr_array_add (fresh, foyer_connection_item_new (desk));
    }
  g_list_store_splice (self->items, position, removed, fresh->pdata, fresh->len);
  if (was_empty != (get_n_items (self) == 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
foyer_connections_controller_get_property (GObject *object,
                                           guint id,
                                           GValue *value,
                                           GParamSpec *pspec)
{
  FoyerConnectionsController *self = FOYER_CONNECTIONS_CONTROLLER (object);

  switch ((FoyerConnectionsControllerProperty)id)
    {
    case PROP_ITEMS:
      g_value_set_object (value, self->items);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, get_n_items (self) == 0);
      break;
    case PROP_AUDIT:
      g_value_set_object (value, self->audit);
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
foyer_connections_controller_set_property (GObject *object,
                                           guint id,
                                           const GValue *value,
                                           GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_ACTIVE);

  foyer_connections_controller_set_active (FOYER_CONNECTIONS_CONTROLLER (object),
                                           g_value_get_boolean (value));
}

static void
foyer_connections_controller_dispose (GObject *object)
{
  FoyerConnectionsController *self = FOYER_CONNECTIONS_CONTROLLER (object);

  foyer_timer_clear (&self->timer);

  G_OBJECT_CLASS (foyer_connections_controller_parent_class)->dispose (object);
}

static void
foyer_connections_controller_finalize (GObject *object)
{
  FoyerConnectionsController *self = FOYER_CONNECTIONS_CONTROLLER (object);

  g_clear_object (&self->items);
  g_clear_object (&self->audit);
  g_clear_object (&self->workspace);
  g_free (self->problem);

  G_OBJECT_CLASS (foyer_connections_controller_parent_class)->finalize (object);
}

static void
foyer_connections_controller_class_init (FoyerConnectionsControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_connections_controller_get_property;
  object_class->set_property = foyer_connections_controller_set_property;
  object_class->dispose = foyer_connections_controller_dispose;
  object_class->finalize = foyer_connections_controller_finalize;

  properties[PROP_ITEMS] = g_param_spec_object ("items", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, flags);
  properties[PROP_AUDIT] = g_param_spec_object ("audit", NULL, NULL, FOYER_TYPE_AUDIT_CONTROLLER,
                                                flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * FoyerConnectionsController::confirmation-requested:
   * @confirmation: a question to be shown and resolved
   *
   * A connection is to be removed.
   */
  signals[SIGNAL_CONFIRMATION_REQUESTED] = g_signal_new (
      "confirmation-requested", FOYER_TYPE_CONNECTIONS_CONTROLLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, FOYER_TYPE_CONFIRMATION);

  /**
   * FoyerConnectionsController::done:
   * @sentence: what was done
   *
   * Something was done.
   */
  signals[SIGNAL_DONE] = g_signal_new ("done", FOYER_TYPE_CONNECTIONS_CONTROLLER, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
foyer_connections_controller_init (FoyerConnectionsController *self)
{
  self->items = g_list_store_new (FOYER_TYPE_CONNECTION_ITEM);
}

/**
 * foyer_connections_controller_new:
 * @workspace: whose connections
 *
 * Returns: (transfer full): the connections, not yet active
 */
FoyerConnectionsController *
foyer_connections_controller_new (FoyerWorkspace *workspace)
{
  FoyerConnectionsController *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (FOYER_TYPE_CONNECTIONS_CONTROLLER, NULL);
  self->workspace = g_object_ref (workspace);
  self->audit = foyer_audit_controller_new (workspace);
  g_signal_connect_object (workspace, "items-changed", G_CALLBACK (on_desks_changed), self,
                           G_CONNECT_SWAPPED);
  on_desks_changed (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (workspace)));
  return self;
}

/**
 * foyer_connections_controller_get_items:
 * @self: the connections
 *
 * Returns: (transfer none): a list of #FoyerConnectionItem
 */
GListModel *
foyer_connections_controller_get_items (FoyerConnectionsController *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECTIONS_CONTROLLER (self), NULL);

  return G_LIST_MODEL (self->items);
}

/**
 * foyer_connections_controller_get_audit:
 * @self: the connections
 *
 * Returns: (transfer none): the record of outside calls
 */
FoyerAuditController *
foyer_connections_controller_get_audit (FoyerConnectionsController *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECTIONS_CONTROLLER (self), NULL);

  return self->audit;
}

/**
 * foyer_connections_controller_create_connect:
 * @self: the connections
 *
 * Returns: (transfer full): the way to a new one
 */
FoyerConnectController *
foyer_connections_controller_create_connect (FoyerConnectionsController *self)
{
  g_return_val_if_fail (FOYER_IS_CONNECTIONS_CONTROLLER (self), NULL);

  return foyer_connect_controller_new (self->workspace);
}

/**
 * foyer_connections_controller_set_active:
 * @self: the connections
 * @active: somebody looks
 */
void
foyer_connections_controller_set_active (FoyerConnectionsController *self, gboolean active)
{
  g_return_if_fail (FOYER_IS_CONNECTIONS_CONTROLLER (self));

  if (self->active == active)
    return;

  self->active = active;
  if (active)
    on_tick (self);
  else
    foyer_timer_clear (&self->timer);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/**
 * foyer_connections_controller_fetch:
 * @self: the connections
 * @item: one of them
 *
 * Brings its copy up to date now. How it goes is told by the item's status.
 */
void
foyer_connections_controller_fetch (FoyerConnectionsController *self, FoyerConnectionItem *item)
{
  g_return_if_fail (FOYER_IS_CONNECTIONS_CONTROLLER (self));
  g_return_if_fail (FOYER_IS_CONNECTION_ITEM (item));

  set_problem (self, NULL);
  foyer_desk_sync_async (foyer_connection_item_get_desk (item), FALSE, NULL, NULL, NULL);
}

/**
 * foyer_connections_controller_stop_fetching:
 * @self: the connections
 * @item: one of them
 *
 * Stops its sync. What has arrived stays.
 */
void
foyer_connections_controller_stop_fetching (FoyerConnectionsController *self,
                                            FoyerConnectionItem *item)
{
  g_return_if_fail (FOYER_IS_CONNECTIONS_CONTROLLER (self));
  g_return_if_fail (FOYER_IS_CONNECTION_ITEM (item));

  foyer_desk_cancel_sync (foyer_connection_item_get_desk (item));
}

/* What is done with one connection, while it is done. */
typedef struct
{
  FoyerConnectionsController *connections; /* (owned) */
  FoyerConnectionItem *item;               /* (owned) */
  gint64 told;                             /* of how many that wait the person was told */
} Act;

static Act *
act_new (FoyerConnectionsController *self, FoyerConnectionItem *item)
{
  Act *act = g_new0 (Act, 1);

  act->connections = g_object_ref (self);
  act->item = g_object_ref (item);
  return act;
}

static void
act_free (Act *act)
{
  g_clear_object (&act->connections);
  g_clear_object (&act->item);
  g_free (act);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Act, act_free)

static void
end_act (Act *act, const GError *error)
{
  foyer_connection_item_set_busy (act->item, FALSE);
  if (error != NULL && !g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CANCELLED))
    set_problem (act->connections, error);
}

/* --- unlocking ---------------------------------------------------------------------------------- */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;

  foyer_workspace_load_finish (FOYER_WORKSPACE (source), result, &error);
  end_act (act, error);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;

  if (!foyer_secrets_unlock_finish (FOYER_SECRETS (source), result, &error))
    {
      end_act (act, error);
      return;
    }

  foyer_workspace_load_async (act->connections->workspace, NULL, on_loaded, act);
  g_steal_pointer (&act);
}

/**
 * foyer_connections_controller_unlock:
 * @self: the connections
 * @item: one whose key lies in a locked keyring
 *
 * Asks the person to unlock the keyring, then reads the keys.
 */
void
foyer_connections_controller_unlock (FoyerConnectionsController *self, FoyerConnectionItem *item)
{
  g_return_if_fail (FOYER_IS_CONNECTIONS_CONTROLLER (self));
  g_return_if_fail (FOYER_IS_CONNECTION_ITEM (item));

  if (foyer_connection_item_get_busy (item))
    return;

  set_problem (self, NULL);
  foyer_connection_item_set_busy (item, TRUE);
  foyer_secrets_unlock_async (foyer_workspace_get_secrets (self->workspace), NULL, on_unlocked,
                              act_new (self, item));
}

/* --- removing ----------------------------------------------------------------------------------- */

static char *
dup_safe_name (FoyerConnectionItem *item)
{
  g_autofree char *clean = foyer_text_clean_line (foyer_connection_item_get_name (item),
                                                  NAME_MAX_CHARS);

  return foyer_text_isolate (clean);
}

static void ask_to_remove (Act *act, gint64 waiting);

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dup_safe_name (act->item);
  g_autofree char *sentence = NULL;
  gint64 waiting = 0;

  foyer_workspace_remove_finish (FOYER_WORKSPACE (source), result, &waiting, &error);
  if (g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CONFLICT))
    {
      /* More people came in while the question stood there. */
      ask_to_remove (act, waiting);
      return;
    }
  end_act (act, error);
  if (error != NULL)
    return;

  /* Translators: %s is the name of an event */
  sentence = g_strdup_printf (_ ("%s was removed from this laptop."), name);
  g_signal_emit (act->connections, signals[SIGNAL_DONE], 0, sentence);
}

static void
on_resolved (FoyerConfirmation *confirmation, gboolean yes, Act *act)
{
  if (!yes)
    {
      foyer_connection_item_set_busy (act->item, FALSE);
      return;
    }

  foyer_workspace_remove_async (act->connections->workspace,
                                foyer_connection_item_get_name (act->item), act->told, NULL,
                                on_removed, act_new (act->connections, act->item));
}

static char *
describe_removal (FoyerConnectionItem *item, gint64 waiting)
{
  const FoyerConnection *connection = foyer_desk_get_connection (
      foyer_connection_item_get_desk (item));
  g_autoptr (GString) body = g_string_new (NULL);

  if (waiting > 0)
    {
      g_string_append_printf (
          body,
          g_dngettext (GETTEXT_PACKAGE,
                       "%'" PRId64 " admission has not been sent yet. It stays in the "
                       "journal, and is sent only if you connect to this event again.",
                       "%'" PRId64 " admissions have not been sent yet. They stay in the "
                       "journal, and are sent only if you connect to this event again.",
                       (gulong)waiting),
          waiting);
      g_string_append (body, "\n\n");
    }
  if (connection->device_id != 0)
    g_string_append (body, _ ("The service is asked to revoke the key of this desk: to connect "
                              "again you need a new device there. The copy on this laptop is "
                              "deleted; nothing changes at the service otherwise."));
  else
    g_string_append (body,
                     _ ("The key and the copy on this laptop are deleted. The API token stays "
                        "valid until it is deleted at the service."));
  return g_string_free (g_steal_pointer (&body), FALSE);
}

static void
ask_to_remove (Act *act, gint64 waiting)
{
  Act *asked = act_new (act->connections, act->item);
  g_autoptr (FoyerConfirmation) confirmation = NULL;
  g_autofree char *name = dup_safe_name (act->item);
  g_autofree char *heading = NULL;
  g_autofree char *body = describe_removal (act->item, waiting);

  /* Translators: %s is the name of an event */
  heading = g_strdup_printf (_ ("Remove %s?"), name);
  asked->told = waiting;
  confirmation = foyer_confirmation_new (heading, body, _ ("Keep it"), _ ("Remove"));
  g_signal_connect_data (confirmation, "resolved", G_CALLBACK (on_resolved), asked,
                         (GClosureNotify)act_free, G_CONNECT_DEFAULT);
  g_signal_emit (act->connections, signals[SIGNAL_CONFIRMATION_REQUESTED], 0, confirmation);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;
  gint64 waiting = foyer_query_count_finish (FOYER_QUERY (source), result, &error);

  if (error != NULL)
    end_act (act, error);
  else
    ask_to_remove (act, waiting);
}

/**
 * foyer_connections_controller_remove:
 * @self: the connections
 * @item: one of them
 *
 * Asks first, saying what becomes of what waits, then lets go of the connection.
 */
void
foyer_connections_controller_remove (FoyerConnectionsController *self, FoyerConnectionItem *item)
{
  g_autoptr (FoyerQuerySpec) spec = NULL;

  g_return_if_fail (FOYER_IS_CONNECTIONS_CONTROLLER (self));
  g_return_if_fail (FOYER_IS_CONNECTION_ITEM (item));

  if (foyer_connection_item_get_busy (item))
    return;

  set_problem (self, NULL);
  foyer_connection_item_set_busy (item, TRUE);
  spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);
  spec->connection = g_strdup (foyer_connection_item_get_name (item));
  spec->states = 1u << FOYER_STATE_PENDING | 1u << FOYER_STATE_SENDING | 1u << FOYER_STATE_UNKNOWN
                 | 1u << FOYER_STATE_NEEDS_YOU;
  foyer_query_count_async (foyer_workspace_get_query (self->workspace), spec, NULL, on_counted,
                           act_new (self, item));
}
