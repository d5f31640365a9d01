/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One organiser's connections with their journal and mirror. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-workspace.h"

#include "foyer-call-recorder.h"
#include "foyer-connection-jobs.h"
#include "foyer-error.h"
#include "foyer-timer.h"

/* How long the end of a process waits for answers. What comes later is looked up at the next start. */
#define LAST_PATIENCE (3 * FOYER_SECOND)
#define LAST_LOOK (20 * FOYER_SECOND / 1000)
/* When the service is back: what waits first, then what is new. */
#define DRAIN_PATIENCE (10 * FOYER_SECOND)

/* All laptops of a hall get their network back at the same moment; they need not all speak at once. */
#define WAKE_SPREAD (FOYER_SECOND / 2)

/* What the service has not answered for good. */
#define UNSENT                                                                                     \
  ((1u << FOYER_STATE_PENDING) | (1u << FOYER_STATE_SENDING) | (1u << FOYER_STATE_UNKNOWN)         \
   | (1u << FOYER_STATE_NEEDS_YOU))

struct _FoyerWorkspace
{
  GObject parent_instance;

  char *name;
  FoyerJournal *journal; /* (owned) */
  FoyerMirror *mirror;   /* (owned) */
  FoyerQuery *query;     /* (owned) */
  FoyerSecrets *secrets; /* (owned) */
  FoyerClock *clock;     /* (owned) */
  FoyerServiceFactory factory;
  gpointer factory_data;
  GDestroyNotify factory_destroy;

  GListStore *desks;
  FoyerDispatcher *dispatcher; /* (owned) */
  FoyerCallRecorder *recorder; /* (owned) */
  FoyerLine line;
  gboolean counting;
  gboolean count_again;
  gboolean loaded;
  gboolean started;
  gboolean offline;
  guint sync_interval;
  GSource *wake_timer;

  GTask *closing; /* (owned) (nullable) */
  gint64 close_by;
  GSource *close_timer;
};

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
static void count (FoyerWorkspace *self);

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
  g_clear_object (&self->clock);
  if (self->factory_destroy != NULL)
    self->factory_destroy (self->factory_data);
  g_free (self->name);
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
    count (self);
}

static void
count (FoyerWorkspace *self)
{
  self->count_again = self->counting;
  if (self->counting)
    return;

  self->counting = TRUE;
  foyer_journal_transact_async (self->journal, FALSE, read_line, NULL, NULL, g_free, NULL,
                                on_counted, g_object_ref (self));
}

static void on_sender_changed (FoyerWorkspace *self);

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
  g_signal_connect_swapped (journal, "changed", G_CALLBACK (count), self);
  g_signal_connect_swapped (self->dispatcher, "notify::sender", G_CALLBACK (on_sender_changed),
                            self);
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

static FoyerDesk *
get_nth (FoyerWorkspace *self, guint position)
{
  g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->desks), position);

  /* The list keeps it. */
  return desk;
}

static guint
get_n_desks (FoyerWorkspace *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->desks));
}

static FoyerDesk *
find_desk (FoyerWorkspace *self, const char *connection, guint *position)
{
  for (guint i = 0; i < get_n_desks (self); i++)
    {
      FoyerDesk *desk = get_nth (self, i);

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
    return get_n_desks (self) > 0 ? get_nth (self, 0) : NULL;
  return find_desk (self, connection, NULL);
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

/* Being at work. */

static void
on_drained (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerDesk) desk = user_data;

  /* Whether or not all is sent by now. */
  foyer_dispatcher_drain_finish (FOYER_DISPATCHER (source), result, NULL);
  if (foyer_desk_can_ask (desk))
    foyer_desk_sync_async (desk, FALSE, NULL, NULL, NULL);
}

static void
on_reach_changed (FoyerDesk *desk, GParamSpec *pspec, FoyerWorkspace *self)
{
  if (!self->started || self->sync_interval == 0 || !foyer_dispatcher_get_sender (self->dispatcher)
      || foyer_desk_get_reach (desk) != FOYER_REACH_ONLINE || foyer_desk_get_syncing (desk))
    return;

  foyer_dispatcher_drain_async (self->dispatcher, DRAIN_PATIENCE, NULL, on_drained,
                                g_object_ref (desk));
}

static void
set_to_work (FoyerWorkspace *self, FoyerDesk *desk)
{
  gboolean syncs = self->started && self->closing == NULL
                   && foyer_dispatcher_get_sender (self->dispatcher);

  foyer_desk_set_offline (desk, self->offline);
  foyer_desk_set_probing (desk, self->started && self->closing == NULL);
  foyer_desk_set_sync_interval (desk, syncs ? self->sync_interval : 0);
  if (syncs && self->sync_interval > 0 && foyer_desk_can_ask (desk))
    foyer_desk_sync_async (desk, FALSE, NULL, NULL, NULL);
}

static void
set_all_to_work (FoyerWorkspace *self)
{
  for (guint i = 0; i < get_n_desks (self); i++)
    set_to_work (self, get_nth (self, i));
}

static void
on_sender_changed (FoyerWorkspace *self)
{
  set_all_to_work (self);
}

/**
 * foyer_workspace_start:
 * @self: a loaded workspace
 *
 * From now on it works by itself: carries out what waits, looks whether a service is back, syncs.
 */
void
foyer_workspace_start (FoyerWorkspace *self)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  if (self->started)
    return;

  self->started = TRUE;
  foyer_dispatcher_start (self->dispatcher);
  set_all_to_work (self);
}

/**
 * foyer_workspace_set_sync_interval:
 * @self: a workspace
 * @seconds: from the end of a sync to the next while it is started; 0 = never by itself
 */
void
foyer_workspace_set_sync_interval (FoyerWorkspace *self, guint seconds)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  self->sync_interval = seconds;
  if (self->started)
    set_all_to_work (self);
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
  for (guint i = 0; i < get_n_desks (self); i++)
    foyer_desk_set_offline (get_nth (self, i), offline);
  foyer_dispatcher_set_paused (self->dispatcher, offline);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE]);
}

static gboolean
on_wake_time (gpointer data)
{
  FoyerWorkspace *self = data;

  foyer_timer_clear (&self->wake_timer);
  for (guint i = 0; i < get_n_desks (self); i++)
    foyer_desk_wake (get_nth (self, i));
  foyer_dispatcher_retry (self->dispatcher);
  return G_SOURCE_REMOVE;
}

/**
 * foyer_workspace_wake:
 * @self: a workspace
 *
 * The network may be back: looks whether services are, and sends what waits, half a second later at most
 * instead of when the pause of the last attempt ends.
 */
void
foyer_workspace_wake (FoyerWorkspace *self)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  if (!self->started || self->closing != NULL || self->wake_timer != NULL)
    return;
  foyer_timer_set (&self->wake_timer, self->clock,
                   (gint64)(g_random_double () * (double)WAKE_SPREAD), on_wake_time, self);
}

/* Loading. */

typedef struct
{
  guint left;
} Load;

typedef struct
{
  GTask *task;     /* (owned) */
  FoyerDesk *desk; /* (owned) */
} DeskLoad;

static void
desk_load_free (DeskLoad *load)
{
  g_clear_object (&load->task);
  g_clear_object (&load->desk);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskLoad, desk_load_free)

static void
end_desk_load (DeskLoad *load)
{
  FoyerWorkspace *self = g_task_get_source_object (load->task);
  Load *all = g_task_get_task_data (load->task);

  set_to_work (self, load->desk);
  if (--all->left > 0)
    return;

  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
  g_task_return_boolean (load->task, TRUE);
}

static void
on_desk_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskLoad) load = user_data;
  g_autoptr (GError) error = NULL;

  /* A mirror that cannot be read is thrown away and fetched again: nothing is lost. */
  if (!foyer_desk_load_finish (FOYER_DESK (source), result, &error))
    g_warning ("The mirror could not be read: %s", error->message);
  end_desk_load (load);
}

static void
on_credential_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskLoad) load = user_data;
  FoyerWorkspace *self = g_task_get_source_object (load->task);
  FoyerConnection *connection = foyer_desk_get_connection (load->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerService) service = NULL;
  char *credential = foyer_secrets_lookup_finish (FOYER_SECRETS (source), result, &error);

  if (credential != NULL)
    service = self->factory (connection, credential, self->factory_data, &error);
  foyer_secrets_wipe (credential);

  if (service != NULL)
    foyer_desk_set_problem (load->desk, NULL);
  else
    foyer_desk_set_problem (load->desk, error);
  foyer_desk_set_service (load->desk, service);
  foyer_desk_load_async (load->desk, NULL, on_desk_loaded, load);
  g_steal_pointer (&load);
}

static FoyerDesk *
add_desk (FoyerWorkspace *self, FoyerConnection *connection, FoyerService *service)
{
  g_autoptr (FoyerDesk) desk = foyer_desk_new (connection, service, self->journal, self->mirror,
                                               self->query, self->clock);
  guint position;

  foyer_desk_set_offline (desk, self->offline);
  g_signal_connect_object (desk, "notify::reach", G_CALLBACK (on_reach_changed), self, 0);
  foyer_dispatcher_add_desk (self->dispatcher, desk);
  if (find_desk (self, connection->name, &position) != NULL)
    g_list_store_splice (self->desks, position, 1, (gpointer *)&desk, 1);
  else
    g_list_store_append (self->desks, desk);
  return desk;
}

/* Journal's thread. */
static gboolean
list_connections (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  *result = foyer_transaction_list_connections (transaction, error);
  return *result != NULL;
}

static void
on_connections_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerWorkspace *self = g_task_get_source_object (task);
  Load *all = g_task_get_task_data (task);
  g_autoptr (GPtrArray) connections = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  connections = value;
  all->left = 1;
  for (guint i = 0; i < connections->len; i++)
    {
      FoyerConnection *connection = g_ptr_array_index (connections, i);
      FoyerDesk *desk = find_desk (self, connection->name, NULL);
      DeskLoad *load;

      if (desk == NULL)
        desk = add_desk (self, connection, NULL);
      if (foyer_desk_get_service (desk) != NULL)
        continue;

      all->left++;
      load = g_new0 (DeskLoad, 1);
      load->task = g_object_ref (task);
      load->desk = g_object_ref (desk);
      foyer_secrets_lookup_async (self->secrets, connection->secret_ref, NULL, on_credential_found,
                                  load);
    }

  if (--all->left == 0)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
      g_task_return_boolean (task, TRUE);
    }
}

/**
 * foyer_workspace_load_async:
 * @self: a workspace
 * @cancellable: (nullable): to stop it
 * @callback: called when it is loaded
 * @user_data: for @callback
 *
 * Reads the connections and their credentials, and makes the desks. A desk whose credential cannot be
 * read is there without a service; loading again (after the keyring was unlocked) tries those again.
 */
void
foyer_workspace_load_async (FoyerWorkspace *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_workspace_load_async);
  g_task_set_task_data (task, g_new0 (Load, 1), g_free);
  count (self);
  foyer_journal_transact_async (self->journal, FALSE, list_connections, NULL, NULL,
                                (GDestroyNotify)g_ptr_array_unref, cancellable,
                                on_connections_listed, task);
}

/**
 * foyer_workspace_load_finish:
 * @self: a workspace
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it could be loaded
 */
gboolean
foyer_workspace_load_finish (FoyerWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Adding and removing a connection. */

typedef struct
{
  FoyerConnection *connection; /* (owned) */
  FoyerService *service;       /* (owned) */
  FoyerSecretsPlace place;
} Add;

static void
add_free (gpointer data)
{
  Add *add = data;

  foyer_connection_unref (add->connection);
  g_clear_object (&add->service);
  g_free (add);
}

static void
on_added_desk_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!foyer_desk_load_finish (FOYER_DESK (source), result, &error))
    g_warning ("The mirror could not be read: %s", error->message);
  set_to_work (g_task_get_source_object (task), FOYER_DESK (source));
  g_task_return_pointer (task, g_object_ref (source), g_object_unref);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerWorkspace *self = g_task_get_source_object (task);
  Add *add = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  FoyerDesk *desk;

  if (!foyer_connection_store_finish (result, &add->place, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  desk = add_desk (self, add->connection, add->service);
  foyer_desk_load_async (desk, NULL, on_added_desk_loaded, g_steal_pointer (&task));
}

/**
 * foyer_workspace_add_async:
 * @self: a workspace
 * @connection: what to connect to; its name is free, or is that of a connection to be replaced
 * @credential: its key
 * @cancellable: (nullable): to stop it
 * @callback: called when there is a desk for it
 * @user_data: for @callback
 *
 * Keeps a connection that was found good, and makes its desk.
 */
void
foyer_workspace_add_async (FoyerWorkspace *self,
                           FoyerConnection *connection,
                           const char *credential,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerService) service = NULL;
  Add *add;

  g_return_if_fail (FOYER_IS_WORKSPACE (self));
  g_return_if_fail (connection != NULL && connection->name != NULL);
  g_return_if_fail (connection->secret_ref != NULL && credential != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_workspace_add_async);
  service = self->factory (connection, credential, self->factory_data, &error);
  if (service == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  add = g_new0 (Add, 1);
  add->connection = foyer_connection_ref (connection);
  add->service = g_steal_pointer (&service);
  g_task_set_task_data (task, add, add_free);
  foyer_connection_store_async (connection, credential, self->secrets, self->journal, cancellable,
                                on_stored, g_steal_pointer (&task));
}

/**
 * foyer_workspace_add_finish:
 * @self: a workspace
 * @result: what the callback got
 * @place: (out) (optional): where the key was put
 * @error: return location
 *
 * Returns: (transfer full): the desk, or %NULL with an error
 */
FoyerDesk *
foyer_workspace_add_finish (FoyerWorkspace *self,
                            GAsyncResult *result,
                            FoyerSecretsPlace *place,
                            GError **error)
{
  Add *add;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  add = g_task_get_task_data (G_TASK (result));
  if (place != NULL && add != NULL)
    *place = add->place;
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  char *name;                  /* (owned) */
  FoyerConnection *connection; /* (owned) (nullable) once it is being let go of */
  gint64 may_wait;
  gint64 waiting;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_free (removal->name);
  g_clear_pointer (&removal->connection, foyer_connection_unref);
  g_free (removal);
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerWorkspace *self = g_task_get_source_object (task);
  Removal *removal = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (foyer_connection_erase_finish (result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* It is still there, without its key: so it must be seen, and can be removed again. */
  if (find_desk (self, removal->name, NULL) == NULL)
    foyer_desk_set_problem (add_desk (self, removal->connection, NULL), error);
  g_task_return_error (task, g_steal_pointer (&error));
}

static GError *
new_no_connection_error (void)
{
  return foyer_error_new_plain (FOYER_ERROR_NOT_FOUND, "no such connection");
}

/* Journal's thread. */
static gboolean
count_unsent (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  g_autoptr (GPtrArray) commands = foyer_transaction_list_commands (transaction, data, UNSENT, 0, 0,
                                                                    error);

  if (commands == NULL)
    return FALSE;
  *result = GSIZE_TO_POINTER (commands->len);
  return TRUE;
}

static void
on_unsent_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerWorkspace *self = g_task_get_source_object (task);
  Removal *removal = g_task_get_task_data (task);
  g_autoptr (FoyerDesk) desk = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;
  guint position;

  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  removal->waiting = (gint64)GPOINTER_TO_SIZE (value);
  if (removal->waiting > removal->may_wait)
    {
      g_autofree char *detail = g_strdup_printf ("%" G_GINT64_FORMAT " commands wait",
                                                 removal->waiting);

      g_task_return_error (task, foyer_error_new_plain (FOYER_ERROR_CONFLICT, detail));
      return;
    }

  /* It may have been removed twice at once. */
  desk = find_desk (self, removal->name, &position);
  if (desk == NULL)
    {
      g_task_return_error (task, new_no_connection_error ());
      return;
    }

  g_object_ref (desk);
  removal->connection = foyer_connection_ref (foyer_desk_get_connection (desk));
  foyer_dispatcher_remove_desk (self->dispatcher, desk);
  foyer_desk_set_sync_interval (desk, 0);
  foyer_desk_set_probing (desk, FALSE);
  foyer_desk_cancel_sync (desk);
  g_list_store_remove (self->desks, position);
  foyer_connection_erase_async (removal->connection, foyer_desk_get_service (desk), self->secrets,
                                self->journal, self->mirror, g_task_get_cancellable (task),
                                on_erased, g_object_ref (task));
}

/**
 * foyer_workspace_remove_async:
 * @self: a workspace
 * @connection: name of a connection
 * @may_wait: how many of its commands may be without the service's answer: as many as the person was
 *   told of; 0 for none, %G_MAXINT64 for any number
 * @cancellable: (nullable): to stop it
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Lets go of a connection. What waits for it, or needs a person, stays in the journal: it can be sent
 * only when there is a connection of this name again, so nobody gets there without knowing it.
 */
void
foyer_workspace_remove_async (FoyerWorkspace *self,
                              const char *connection,
                              gint64 may_wait,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Removal *removal;

  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_workspace_remove_async);
  removal = g_new0 (Removal, 1);
  removal->name = g_strdup (connection);
  removal->may_wait = may_wait;
  g_task_set_task_data (task, removal, removal_free);
  if (find_desk (self, connection, NULL) == NULL)
    {
      g_task_return_error (task, new_no_connection_error ());
      return;
    }

  foyer_journal_transact_async (self->journal, FALSE, count_unsent, g_strdup (connection), g_free,
                                NULL, cancellable, on_unsent_counted, g_steal_pointer (&task));
}

/**
 * foyer_workspace_remove_finish:
 * @self: a workspace
 * @result: what the callback got
 * @waiting: (out) (optional): how many of its commands are without the service's answer
 * @error: return location
 *
 * Returns: whether it is gone; %FALSE with %FOYER_ERROR_CONFLICT if more wait than may
 */
gboolean
foyer_workspace_remove_finish (FoyerWorkspace *self,
                               GAsyncResult *result,
                               gint64 *waiting,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (waiting != NULL)
    *waiting = ((Removal *)g_task_get_task_data (G_TASK (result)))->waiting;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The inbox. */

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerWorkspace *self = g_task_get_source_object (task);
  g_autoptr (FoyerCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  command = value;
  foyer_dispatcher_wake (self->dispatcher);
  g_task_return_boolean (task, TRUE);
}

/**
 * foyer_workspace_settle_async:
 * @self: a workspace
 * @command_id: a command that needs a person
 * @settlement: what the person said
 * @note: (nullable): what the person wrote
 * @actor: (nullable): who
 * @cancellable: (nullable): to stop it
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Answers a case of the inbox.
 */
void
foyer_workspace_settle_async (FoyerWorkspace *self,
                              const char *command_id,
                              FoyerSettlement settlement,
                              const char *note,
                              const char *actor,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  FoyerSettlementRequest *request;
  GTask *task;

  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_workspace_settle_async);
  request = g_new0 (FoyerSettlementRequest, 1);
  request->id = g_strdup (command_id);
  request->settlement = settlement;
  request->note = g_strdup (note);
  request->actor = g_strdup (actor);
  foyer_journal_transact_async (self->journal, TRUE, foyer_settlement_make, request,
                                (GDestroyNotify)foyer_settlement_request_free,
                                (GDestroyNotify)foyer_command_unref, cancellable, on_settled, task);
}

/**
 * foyer_workspace_settle_finish:
 * @self: a workspace
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether the answer is on disk
 */
gboolean
foyer_workspace_settle_finish (FoyerWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
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

/* Closing. */

static gboolean
look_whether_quiet (gpointer data)
{
  FoyerWorkspace *self = data;
  gint64 now = foyer_clock_elapsed (self->clock);
  gboolean quiet = foyer_dispatcher_is_idle (self->dispatcher);

  foyer_timer_clear (&self->close_timer);
  for (guint i = 0; quiet && i < get_n_desks (self); i++)
    quiet = !foyer_desk_get_syncing (get_nth (self, i));
  if (quiet)
    {
      foyer_call_recorder_flush (self->recorder);
      quiet = foyer_call_recorder_is_idle (self->recorder);
    }

  if (!quiet && now < self->close_by)
    {
      foyer_timer_set (&self->close_timer, self->clock, LAST_LOOK, look_whether_quiet, self);
      return G_SOURCE_REMOVE;
    }

  {
    g_autoptr (GTask) task = g_steal_pointer (&self->closing);

    g_task_return_boolean (task, TRUE);
  }
  return G_SOURCE_REMOVE;
}

/**
 * foyer_workspace_close_async:
 * @self: a workspace
 * @cancellable: (nullable): not looked at
 * @callback: called when it is quiet
 * @user_data: for @callback
 *
 * Begins nothing more, waits a moment for answers that are on their way, and writes what is to be
 * written.
 */
void
foyer_workspace_close_async (FoyerWorkspace *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));
  g_return_if_fail (self->closing == NULL);

  self->closing = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->closing, foyer_workspace_close_async);
  self->close_by = foyer_clock_elapsed (self->clock) + LAST_PATIENCE;
  foyer_timer_clear (&self->wake_timer);
  foyer_dispatcher_stop (self->dispatcher);
  for (guint i = 0; i < get_n_desks (self); i++)
    {
      FoyerDesk *desk = get_nth (self, i);

      foyer_desk_set_sync_interval (desk, 0);
      foyer_desk_set_probing (desk, FALSE);
      foyer_desk_cancel_sync (desk);
    }
  foyer_timer_set (&self->close_timer, self->clock, 0, look_whether_quiet, self);
}

/**
 * foyer_workspace_close_finish:
 * @self: a workspace
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE
 */
gboolean
foyer_workspace_close_finish (FoyerWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
