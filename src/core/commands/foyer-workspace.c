/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One organiser's connections with their journal and mirror. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-workspace.h"

#include "foyer-timer.h"
#include "foyer-workspace-private.h"

typedef enum
{
  PROP_RECORDED = 1,
  PROP_SENT,
  PROP_WAITING,
  PROP_NEEDS_YOU,
  PROP_LOADED,
  PROP_OFFLINE,
} FoyerWorkspaceProperty;

static GParamSpec *properties[PROP_OFFLINE + 1];

enum
{
  SIGNAL_COMMANDS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void foyer_workspace_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerWorkspace,
                               foyer_workspace,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      foyer_workspace_list_model_init))

static void
foyer_workspace_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FoyerWorkspace *self = FOYER_WORKSPACE (object);

  switch ((FoyerWorkspaceProperty)id)
    {
    case PROP_RECORDED:
      g_value_set_int64 (value, self->line.recorded);
      break;
    case PROP_SENT:
      g_value_set_int64 (value, self->line.sent);
      break;
    case PROP_WAITING:
      g_value_set_int64 (value, self->line.waiting);
      break;
    case PROP_NEEDS_YOU:
      g_value_set_int64 (value, self->line.needs_you);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_OFFLINE:
      g_value_set_boolean (value, self->offline);
      break;
    }
}

static void
foyer_workspace_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FoyerWorkspace *self = FOYER_WORKSPACE (object);

  switch ((FoyerWorkspaceProperty)id)
    {
    case PROP_OFFLINE:
      foyer_workspace_set_offline (self, g_value_get_boolean (value));
      break;
    case PROP_RECORDED:
    case PROP_SENT:
    case PROP_WAITING:
    case PROP_NEEDS_YOU:
    case PROP_LOADED:
      g_assert_not_reached ();
    }
}

static void
foyer_workspace_dispose (GObject *object)
{
  FoyerWorkspace *self = FOYER_WORKSPACE (object);

  foyer_timer_clear (&self->close_timer);
  foyer_timer_clear (&self->wake_timer);
  if (self->journal != NULL)
    g_signal_handlers_disconnect_by_data (self->journal, self);
  if (self->dispatcher != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->dispatcher, self);
      foyer_dispatcher_stop (self->dispatcher);
    }
  G_OBJECT_CLASS (foyer_workspace_parent_class)->dispose (object);
}

static void
foyer_workspace_finalize (GObject *object)
{
  FoyerWorkspace *self = FOYER_WORKSPACE (object);

  g_clear_object (&self->dispatcher);
  g_clear_object (&self->recorder);
  g_clear_object (&self->desks);
  g_clear_object (&self->journal);
  g_clear_object (&self->mirror);
  g_clear_object (&self->query);
  g_clear_object (&self->secrets);
  g_clear_object (&self->signatures);
  g_clear_object (&self->clock);
  if (self->factory_destroy != NULL)
    self->factory_destroy (self->factory_data);
  g_free (self->name);
  g_free (self->actor);
  G_OBJECT_CLASS (foyer_workspace_parent_class)->finalize (object);
}

static void
foyer_workspace_class_init (FoyerWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_workspace_get_property;
  object_class->set_property = foyer_workspace_set_property;
  object_class->dispose = foyer_workspace_dispose;
  object_class->finalize = foyer_workspace_finalize;

  properties[PROP_RECORDED] = g_param_spec_int64 ("recorded", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SENT] = g_param_spec_int64 ("sent", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_WAITING] = g_param_spec_int64 ("waiting", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_NEEDS_YOU] = g_param_spec_int64 ("needs-you", NULL, NULL, 0, G_MAXINT64, 0,
                                                   flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_OFFLINE] = g_param_spec_boolean ("offline", NULL, NULL, FALSE,
                                                   flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * FoyerWorkspace::commands-changed:
   *
   * Commands or the inbox may look different now.
   */
  signals[SIGNAL_COMMANDS_CHANGED] = g_signal_new ("commands-changed", FOYER_TYPE_WORKSPACE,
                                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                   G_TYPE_NONE, 0);
}

static void
foyer_workspace_init (FoyerWorkspace *self)
{
  self->desks = g_list_store_new (FOYER_TYPE_DESK);
  g_signal_connect_swapped (self->desks, "items-changed", G_CALLBACK (g_list_model_items_changed),
                            self);
}

static GType
foyer_workspace_get_item_type (GListModel *model)
{
  return FOYER_TYPE_DESK;
}

static guint
foyer_workspace_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (FOYER_WORKSPACE (model)->desks));
}

static gpointer
foyer_workspace_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (FOYER_WORKSPACE (model)->desks), position);
}

static void
foyer_workspace_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = foyer_workspace_get_item_type;
  iface->get_n_items = foyer_workspace_get_n_items;
  iface->get_item = foyer_workspace_get_item;
}

/* The line that adds up. */

/* Journal's thread. */
static gboolean
read_line (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  g_autofree FoyerLine *line = g_new0 (FoyerLine, 1);

  if (!foyer_transaction_get_line (transaction, line, error))
    return FALSE;
  *result = g_steal_pointer (&line);
  return TRUE;
}

static void
set_line (FoyerWorkspace *self, const FoyerLine *line)
{
  FoyerLine old = self->line;

  self->line = *line;
  g_object_freeze_notify (G_OBJECT (self));
  if (old.recorded != line->recorded)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORDED]);
  if (old.sent != line->sent)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENT]);
  if (old.waiting != line->waiting)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
  if (old.needs_you != line->needs_you)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEEDS_YOU]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerWorkspace) self = user_data;
  g_autofree FoyerLine *line = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  self->counting = FALSE;
  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_warning ("The journal could not be read: %s", error->message);
      return;
    }
  line = value;
  set_line (self, line);
  g_signal_emit (self, signals[SIGNAL_COMMANDS_CHANGED], 0);
  if (self->count_again)
    foyer_workspace_count (self);
}

void
foyer_workspace_count (FoyerWorkspace *self)
{
  self->count_again = self->counting;
  if (self->counting)
    return;

  self->counting = TRUE;
  foyer_journal_transact_async (self->journal, FALSE, read_line, NULL, NULL, g_free, NULL,
                                on_counted, g_object_ref (self));
}

/**
 * foyer_workspace_new:
 * @name: its name
 * @journal: the journal
 * @mirror: the mirror
 * @query: the reader
 * @secrets: the keeper of credentials
 * @clock: the machine's clocks
 * @factory: makes the service end of a connection
 * @factory_data: for @factory
 * @factory_destroy: (nullable): for @factory_data
 *
 * Returns: (transfer full): a workspace that is not loaded
 */
FoyerWorkspace *
foyer_workspace_new (const char *name,
                     FoyerJournal *journal,
                     FoyerMirror *mirror,
                     FoyerQuery *query,
                     FoyerSecrets *secrets,
                     FoyerClock *clock,
                     FoyerServiceFactory factory,
                     gpointer factory_data,
                     GDestroyNotify factory_destroy)
{
  FoyerWorkspace *self = g_object_new (FOYER_TYPE_WORKSPACE, NULL);

  self->name = g_strdup (name);
  self->journal = g_object_ref (journal);
  self->mirror = g_object_ref (mirror);
  self->query = query != NULL ? g_object_ref (query) : NULL;
  self->secrets = g_object_ref (secrets);
  self->clock = g_object_ref (clock);
  self->factory = factory;
  self->factory_data = factory_data;
  self->factory_destroy = factory_destroy;
  self->dispatcher = foyer_dispatcher_new (journal, clock);
  self->recorder = foyer_call_recorder_new (journal, clock);
  self->sync_interval = 20;
  g_signal_connect_swapped (journal, "changed", G_CALLBACK (foyer_workspace_count), self);
  g_signal_connect_swapped (self->dispatcher, "notify::sender",
                            G_CALLBACK (foyer_workspace_set_all_to_work), self);
  return self;
}

/**
 * foyer_workspace_get_name:
 * @self: a workspace
 *
 * Returns: (transfer none): its name
 */
const char *
foyer_workspace_get_name (FoyerWorkspace *self)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), NULL);

  return self->name;
}

/**
 * foyer_workspace_get_actor:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): who works here now
 */
const char *
foyer_workspace_get_actor (FoyerWorkspace *self)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), NULL);

  return self->actor;
}

/**
 * foyer_workspace_set_actor:
 * @self: a workspace
 * @actor: (nullable): who works here from now on: it is written beside what is done
 */
void
foyer_workspace_set_actor (FoyerWorkspace *self, const char *actor)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  if (g_strcmp0 (self->actor, actor) == 0)
    return;
  g_free (self->actor);
  self->actor = g_strdup (actor);
}

/**
 * foyer_workspace_get_journal:
 * @self: a workspace
 *
 * Returns: (transfer none): the journal
 */
FoyerJournal *
foyer_workspace_get_journal (FoyerWorkspace *self)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), NULL);

  return self->journal;
}

/**
 * foyer_workspace_get_mirror:
 * @self: a workspace
 *
 * Returns: (transfer none): the mirror
 */
FoyerMirror *
foyer_workspace_get_mirror (FoyerWorkspace *self)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), NULL);

  return self->mirror;
}

/**
 * foyer_workspace_get_query:
 * @self: a workspace
 *
 * Returns: (transfer none): the reader
 */
FoyerQuery *
foyer_workspace_get_query (FoyerWorkspace *self)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), NULL);

  return self->query;
}

/**
 * foyer_workspace_set_signatures:
 * @self: a workspace that was not loaded
 * @signatures: who knows signatures; without them a signed code is a code like any other
 */
void
foyer_workspace_set_signatures (FoyerWorkspace *self, FoyerSignatures *signatures)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  g_set_object (&self->signatures, signatures);
}

/**
 * foyer_workspace_get_secrets:
 * @self: a workspace
 *
 * Returns: (transfer none): the keeper of credentials
 */
FoyerSecrets *
foyer_workspace_get_secrets (FoyerWorkspace *self)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), NULL);

  return self->secrets;
}

/**
 * foyer_workspace_get_clock:
 * @self: a workspace
 *
 * Returns: (transfer none): the machine's clocks
 */
FoyerClock *
foyer_workspace_get_clock (FoyerWorkspace *self)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), NULL);

  return self->clock;
}

/**
 * foyer_workspace_get_dispatcher:
 * @self: a workspace
 *
 * Returns: (transfer none): who carries out
 */
FoyerDispatcher *
foyer_workspace_get_dispatcher (FoyerWorkspace *self)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), NULL);

  return self->dispatcher;
}

FoyerDesk *
foyer_workspace_get_nth (FoyerWorkspace *self, guint position)
{
  g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->desks), position);

  /* The list keeps it. */
  return desk;
}

guint
foyer_workspace_get_n_desks (FoyerWorkspace *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->desks));
}

FoyerDesk *
foyer_workspace_find_desk (FoyerWorkspace *self, const char *connection, guint *position)
{
  for (guint i = 0; i < foyer_workspace_get_n_desks (self); i++)
    {
      FoyerDesk *desk = foyer_workspace_get_nth (self, i);

      if (g_strcmp0 (foyer_desk_get_connection (desk)->name, connection) != 0)
        continue;
      if (position != NULL)
        *position = i;
      return desk;
    }
  return NULL;
}

/**
 * foyer_workspace_get_desk:
 * @self: a workspace
 * @connection: (nullable): name of a connection; %NULL: the first
 *
 * Returns: (transfer none) (nullable): the desk for it
 */
FoyerDesk *
foyer_workspace_get_desk (FoyerWorkspace *self, const char *connection)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), NULL);

  if (connection == NULL)
    return foyer_workspace_get_n_desks (self) > 0 ? foyer_workspace_get_nth (self, 0) : NULL;
  return foyer_workspace_find_desk (self, connection, NULL);
}

/**
 * foyer_workspace_get_line:
 * @self: a workspace
 * @line: (out caller-allocates): the line that adds up
 */
void
foyer_workspace_get_line (FoyerWorkspace *self, FoyerLine *line)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  *line = self->line;
}

/**
 * foyer_workspace_create_service:
 * @self: a workspace
 * @connection: what to connect to
 * @credential: (nullable): its key; %NULL for enrolment
 * @error: return location
 *
 * Returns: (transfer full): its service end, or %NULL with an error
 */
FoyerService *
foyer_workspace_create_service (FoyerWorkspace *self,
                                FoyerConnection *connection,
                                const char *credential,
                                GError **error)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), NULL);

  return self->factory (connection, credential, self->factory_data, error);
}

/**
 * foyer_workspace_record_call:
 * @self: a workspace
 * @call: a call to the outside that belongs to no command
 *
 * Takes a call into the audit.
 */
void
foyer_workspace_record_call (FoyerWorkspace *self, FoyerCall *call)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  foyer_call_recorder_record (self->recorder, call);
}

/* The connections and their desks are known. */
void
foyer_workspace_set_loaded (FoyerWorkspace *self)
{
  if (self->loaded)
    return;

  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

/**
 * foyer_workspace_get_offline:
 * @self: a workspace
 *
 * Returns: whether it was told to send and fetch nothing
 */
gboolean
foyer_workspace_get_offline (FoyerWorkspace *self)
{
  g_return_val_if_fail (FOYER_IS_WORKSPACE (self), FALSE);

  return self->offline;
}

/**
 * foyer_workspace_set_offline:
 * @self: a workspace
 * @offline: send and fetch nothing
 */
void
foyer_workspace_set_offline (FoyerWorkspace *self, gboolean offline)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  if (self->offline == offline)
    return;

  self->offline = offline;
  for (guint i = 0; i < foyer_workspace_get_n_desks (self); i++)
    foyer_desk_set_offline (foyer_workspace_get_nth (self, i), offline);
  foyer_dispatcher_set_paused (self->dispatcher, offline);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE]);
}
