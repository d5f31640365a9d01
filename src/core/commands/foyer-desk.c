/* SPDX-License-Identifier: GPL-3.0-or-later */

/* This laptop working for one connection. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-desk.h"

#include "foyer-error.h"
#include "foyer-prober.h"
#include "foyer-sync-runner.h"
#include "foyer-transition.h"

struct _FoyerDesk
{
  GObject parent_instance;

  FoyerConnection *connection; /* (owned) */
  FoyerService *service;       /* (owned) (nullable) */
  FoyerJournal *journal;       /* (owned) */
  FoyerMirror *mirror;         /* (owned) */
  FoyerQuery *query;           /* (owned) */
  FoyerClock *clock;           /* (owned) */
  FoyerDoorClock *door_clock;  /* (owned) */
  FoyerSignatures *signatures; /* (owned) (nullable) */
  GError *problem;             /* (owned) (nullable) */
  FoyerReach reach;
  FoyerTime heard; /* the service's last answer that the door clock has heard of */
  gboolean offline;

  FoyerTime synced_at;
  gboolean complete;
  FoyerSyncRunner *syncs; /* (owned) */

  gboolean probing;
  FoyerProber *prober; /* (owned) */
};

G_DEFINE_FINAL_TYPE (FoyerDesk, foyer_desk, G_TYPE_OBJECT)

typedef enum
{
  PROP_CONNECTION = 1,
  PROP_SERVICE,
  PROP_PROBLEM,
  PROP_REACH,
  PROP_SYNCED_AT,
  PROP_COMPLETE,
  PROP_SYNCING,
  PROP_SYNC_STORED,
  PROP_SYNC_TOTAL,
  PROP_OFFLINE,
} FoyerDeskProperty;

static GParamSpec *properties[PROP_OFFLINE + 1];

enum
{
  SIGNAL_SYNCED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void on_probe_time (FoyerDesk *self, GCancellable *cancellable);
static void on_sync_progress (FoyerDesk *self);
static void on_sync_fetched (FoyerDesk *self, const GError *error);
static void on_sync_ended (FoyerDesk *self, const GError *error);
static void on_sync_due (FoyerDesk *self, int scope);

static void
foyer_desk_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FoyerDesk *self = FOYER_DESK (object);

  switch ((FoyerDeskProperty)id)
    {
    case PROP_CONNECTION:
      g_value_set_boxed (value, self->connection);
      break;
    case PROP_SERVICE:
      g_value_set_object (value, self->service);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    case PROP_REACH:
      g_value_set_int (value, (int)foyer_desk_get_reach (self));
      break;
    case PROP_SYNCED_AT:
      g_value_set_int64 (value, self->synced_at);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_SYNCING:
      g_value_set_boolean (value, foyer_sync_runner_get_running (self->syncs));
      break;
    case PROP_SYNC_STORED:
      g_value_set_int64 (value, foyer_sync_runner_get_stored (self->syncs));
      break;
    case PROP_SYNC_TOTAL:
      g_value_set_int64 (value, foyer_sync_runner_get_total (self->syncs));
      break;
    case PROP_OFFLINE:
      g_value_set_boolean (value, self->offline);
      break;
    }
}

static void
foyer_desk_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FoyerDesk *self = FOYER_DESK (object);

  switch ((FoyerDeskProperty)id)
    {
    case PROP_OFFLINE:
      foyer_desk_set_offline (self, g_value_get_boolean (value));
      break;
    case PROP_CONNECTION:
    case PROP_SERVICE:
    case PROP_PROBLEM:
    case PROP_REACH:
    case PROP_SYNCED_AT:
    case PROP_COMPLETE:
    case PROP_SYNCING:
    case PROP_SYNC_STORED:
    case PROP_SYNC_TOTAL:
      g_assert_not_reached ();
    }
}

static void
foyer_desk_dispose (GObject *object)
{
  FoyerDesk *self = FOYER_DESK (object);

  if (self->syncs != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->syncs, self);
      g_object_run_dispose (G_OBJECT (self->syncs));
    }
  if (self->prober != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->prober, self);
      g_object_run_dispose (G_OBJECT (self->prober));
    }
  if (self->service != NULL)
    g_signal_handlers_disconnect_by_data (self->service, self);
  G_OBJECT_CLASS (foyer_desk_parent_class)->dispose (object);
}

static void
foyer_desk_finalize (GObject *object)
{
  FoyerDesk *self = FOYER_DESK (object);

  g_clear_pointer (&self->connection, foyer_connection_unref);
  g_clear_object (&self->service);
  g_clear_object (&self->journal);
  g_clear_object (&self->mirror);
  g_clear_object (&self->query);
  g_clear_object (&self->clock);
  g_clear_object (&self->door_clock);
  g_clear_object (&self->signatures);
  g_clear_error (&self->problem);
  g_clear_object (&self->syncs);
  g_clear_object (&self->prober);
  G_OBJECT_CLASS (foyer_desk_parent_class)->finalize (object);
}

static void
foyer_desk_class_init (FoyerDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_desk_get_property;
  object_class->set_property = foyer_desk_set_property;
  object_class->dispose = foyer_desk_dispose;
  object_class->finalize = foyer_desk_finalize;

  properties[PROP_CONNECTION] = g_param_spec_boxed ("connection", NULL, NULL, FOYER_TYPE_CONNECTION,
                                                    flags);
  properties[PROP_SERVICE] = g_param_spec_object ("service", NULL, NULL, FOYER_TYPE_SERVICE, flags);
  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_REACH] = g_param_spec_int ("reach", NULL, NULL, FOYER_REACH_UNKNOWN,
                                             FOYER_REACH_OFFLINE, FOYER_REACH_UNKNOWN, flags);
  properties[PROP_SYNCED_AT] = g_param_spec_int64 ("synced-at", NULL, NULL, G_MININT64, G_MAXINT64,
                                                   FOYER_TIME_NONE, flags);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_SYNCING] = g_param_spec_boolean ("syncing", NULL, NULL, FALSE, flags);
  properties[PROP_SYNC_STORED] = g_param_spec_int64 ("sync-stored", NULL, NULL, 0, G_MAXINT64, 0,
                                                     flags);
  properties[PROP_SYNC_TOTAL] = g_param_spec_int64 ("sync-total", NULL, NULL, -1, G_MAXINT64, -1,
                                                    flags);
  properties[PROP_OFFLINE] = g_param_spec_boolean ("offline", NULL, NULL, FALSE,
                                                   flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * FoyerDesk::synced:
   *
   * A sync has finished.
   */
  signals[SIGNAL_SYNCED] = g_signal_new ("synced", FOYER_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
foyer_desk_init (FoyerDesk *self)
{
  self->synced_at = FOYER_TIME_NONE;
  self->heard = FOYER_TIME_NONE;
}

static void
start_helpers (FoyerDesk *self)
{
  self->prober = foyer_prober_new (self->clock);
  g_signal_connect_swapped (self->prober, "ask", G_CALLBACK (on_probe_time), self);

  self->syncs = foyer_sync_runner_new (self->mirror, self->clock);
  g_signal_connect_swapped (self->syncs, "progress", G_CALLBACK (on_sync_progress), self);
  g_signal_connect_swapped (self->syncs, "heard", G_CALLBACK (foyer_desk_hear), self);
  g_signal_connect_swapped (self->syncs, "fetched", G_CALLBACK (on_sync_fetched), self);
  g_signal_connect_swapped (self->syncs, "ended", G_CALLBACK (on_sync_ended), self);
  g_signal_connect_swapped (self->syncs, "due", G_CALLBACK (on_sync_due), self);
}

/**
 * foyer_desk_new:
 * @connection: whom for
 * @service: (nullable): its service end; %NULL while there is none
 * @journal: the journal
 * @mirror: the mirror
 * @query: the reader
 * @clock: the machine's clocks
 *
 * Returns: (transfer full): a desk
 */
FoyerDesk *
foyer_desk_new (FoyerConnection *connection,
                FoyerService *service,
                FoyerJournal *journal,
                FoyerMirror *mirror,
                FoyerQuery *query,
                FoyerClock *clock)
{
  FoyerDesk *self = g_object_new (FOYER_TYPE_DESK, NULL);

  self->connection = foyer_connection_ref (connection);
  self->journal = g_object_ref (journal);
  self->mirror = g_object_ref (mirror);
  self->query = query != NULL ? g_object_ref (query) : NULL;
  self->clock = g_object_ref (clock);
  self->door_clock = foyer_door_clock_new (clock);
  start_helpers (self);
  foyer_desk_set_service (self, service);
  return self;
}

/**
 * foyer_desk_get_connection:
 * @self: a desk
 *
 * Returns: (transfer none): whom it works for
 */
FoyerConnection *
foyer_desk_get_connection (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), NULL);

  return self->connection;
}

/**
 * foyer_desk_get_service:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): the service end; %NULL while the credential cannot be read
 */
FoyerService *
foyer_desk_get_service (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), NULL);

  return self->service;
}

/**
 * foyer_desk_get_journal:
 * @self: a desk
 *
 * Returns: (transfer none): the journal
 */
FoyerJournal *
foyer_desk_get_journal (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), NULL);

  return self->journal;
}

/**
 * foyer_desk_get_mirror:
 * @self: a desk
 *
 * Returns: (transfer none): the mirror
 */
FoyerMirror *
foyer_desk_get_mirror (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), NULL);

  return self->mirror;
}

/**
 * foyer_desk_get_query:
 * @self: a desk
 *
 * Returns: (transfer none): the reader
 */
FoyerQuery *
foyer_desk_get_query (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), NULL);

  return self->query;
}

/**
 * foyer_desk_get_clock:
 * @self: a desk
 *
 * Returns: (transfer none): the machine's clocks
 */
FoyerClock *
foyer_desk_get_clock (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), NULL);

  return self->clock;
}

/**
 * foyer_desk_get_door_clock:
 * @self: a desk
 *
 * Returns: (transfer none): its door time
 */
FoyerDoorClock *
foyer_desk_get_door_clock (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), NULL);

  return self->door_clock;
}

/**
 * foyer_desk_get_signatures:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): who knows signatures
 */
FoyerSignatures *
foyer_desk_get_signatures (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), NULL);

  return self->signatures;
}

/**
 * foyer_desk_set_signatures:
 * @self: a desk
 * @signatures: (nullable): who knows signatures; without them a signed code is a code like any other
 */
void
foyer_desk_set_signatures (FoyerDesk *self, FoyerSignatures *signatures)
{
  g_return_if_fail (FOYER_IS_DESK (self));

  g_set_object (&self->signatures, signatures);
}

/**
 * foyer_desk_get_problem:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): why there is no service, or what a person must put right
 */
const GError *
foyer_desk_get_problem (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), NULL);

  return self->problem;
}

/**
 * foyer_desk_get_reach:
 * @self: a desk
 *
 * Returns: whether the service is in reach; without a service, or set offline, it is not
 */
FoyerReach
foyer_desk_get_reach (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), FOYER_REACH_UNKNOWN);

  if (self->service == NULL || self->offline)
    return FOYER_REACH_OFFLINE;
  return foyer_service_get_reach (self->service);
}

/**
 * foyer_desk_can_ask:
 * @self: a desk
 *
 * Returns: whether it makes sense to ask the service something now
 */
gboolean
foyer_desk_can_ask (FoyerDesk *self)
{
  return foyer_desk_get_reach (self) != FOYER_REACH_OFFLINE;
}

/**
 * foyer_desk_get_synced_at:
 * @self: a desk
 *
 * Returns: service's time of the last finished sync of everything, or %FOYER_TIME_NONE
 */
FoyerTime
foyer_desk_get_synced_at (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), FOYER_TIME_NONE);

  return self->synced_at;
}

/**
 * foyer_desk_get_complete:
 * @self: a desk
 *
 * Returns: whether the mirror holds the whole event
 */
gboolean
foyer_desk_get_complete (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), FALSE);

  return self->complete;
}

/**
 * foyer_desk_get_syncing:
 * @self: a desk
 *
 * Returns: whether a sync runs
 */
gboolean
foyer_desk_get_syncing (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), FALSE);

  return foyer_sync_runner_get_running (self->syncs);
}

/**
 * foyer_desk_get_sync_report:
 * @self: a desk
 *
 * Returns: (transfer none): what the last sync of this process did; zeros before the first
 */
const FoyerSyncReport *
foyer_desk_get_sync_report (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), NULL);

  return foyer_sync_runner_get_report (self->syncs);
}

/**
 * foyer_desk_get_offline:
 * @self: a desk
 *
 * Returns: whether it was told to send and fetch nothing
 */
gboolean
foyer_desk_get_offline (FoyerDesk *self)
{
  g_return_val_if_fail (FOYER_IS_DESK (self), FALSE);

  return self->offline;
}

static void
update_prober (FoyerDesk *self)
{
  foyer_prober_set_wanted (self->prober,
                           self->probing && !self->offline && self->service != NULL
                               && foyer_service_get_reach (self->service) == FOYER_REACH_OFFLINE);
}

static void
on_reach_changed (FoyerDesk *self)
{
  FoyerReach reach = foyer_desk_get_reach (self);

  if (reach != self->reach)
    {
      self->reach = reach;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REACH]);
    }
  if (reach == FOYER_REACH_ONLINE)
    foyer_prober_forget (self->prober);
  update_prober (self);
}

/**
 * foyer_desk_set_offline:
 * @self: a desk
 * @offline: send and fetch nothing
 */
void
foyer_desk_set_offline (FoyerDesk *self, gboolean offline)
{
  g_return_if_fail (FOYER_IS_DESK (self));

  if (self->offline == offline)
    return;

  self->offline = offline;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE]);
  on_reach_changed (self);
}

/**
 * foyer_desk_set_service:
 * @self: a desk
 * @service: (nullable): its service end
 *
 * The credential was read, changed, or is gone.
 */
void
foyer_desk_set_service (FoyerDesk *self, FoyerService *service)
{
  g_return_if_fail (FOYER_IS_DESK (self));

  if (self->service != NULL)
    g_signal_handlers_disconnect_by_data (self->service, self);
  if (g_set_object (&self->service, service))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVICE]);
  if (service != NULL)
    {
      g_signal_connect_swapped (service, "notify::reach", G_CALLBACK (on_reach_changed), self);
      foyer_desk_hear (self);
    }
  on_reach_changed (self);
}

/**
 * foyer_desk_set_problem:
 * @self: a desk
 * @problem: (nullable): what a person must put right; %NULL: nothing any more
 */
void
foyer_desk_set_problem (FoyerDesk *self, const GError *problem)
{
  g_return_if_fail (FOYER_IS_DESK (self));

  if (problem == NULL && self->problem == NULL)
    return;

  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/**
 * foyer_desk_hear:
 * @self: a desk
 *
 * To be called after every answer of the service: sets the door clock.
 */
void
foyer_desk_hear (FoyerDesk *self)
{
  g_autoptr (FoyerHealth) health = NULL;

  g_return_if_fail (FOYER_IS_DESK (self));

  if (self->service == NULL)
    return;

  health = foyer_service_dup_health (self->service);
  if (health == NULL || !health->skew_known || health->last_answer == self->heard)
    return;

  self->heard = health->last_answer;
  foyer_door_clock_hear (self->door_clock, health->skew);
}

static void
take_states (FoyerDesk *self, GPtrArray *states)
{
  FoyerTime synced_at = FOYER_TIME_NONE;
  gboolean complete = FALSE;

  for (guint i = 0; i < states->len; i++)
    {
      const FoyerSyncState *state = g_ptr_array_index (states, i);

      /* Orders are fetched last: their run began when all others had been fetched. */
      if (state->resource != FOYER_RESOURCE_ORDERS)
        continue;
      synced_at = state->synced_at;
      complete = state->complete;
    }

  if (synced_at != self->synced_at)
    {
      self->synced_at = synced_at;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCED_AT]);
    }
  if (complete != self->complete)
    {
      self->complete = complete;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
    }
}

static void
on_states_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = foyer_mirror_load_states_finish (FOYER_MIRROR (source), result,
                                                                  &error);

  if (states == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  take_states (g_task_get_source_object (task), states);
  g_task_return_boolean (task, TRUE);
}

/**
 * foyer_desk_load_async:
 * @self: a desk
 * @cancellable: (nullable): to stop it
 * @callback: called when it is loaded
 * @user_data: for @callback
 *
 * Reads from the mirror how fresh the copy is.
 */
void
foyer_desk_load_async (FoyerDesk *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FOYER_IS_DESK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_desk_load_async);
  foyer_mirror_load_states_async (self->mirror, self->connection->name, cancellable,
                                  on_states_loaded, task);
}

/**
 * foyer_desk_load_finish:
 * @self: a desk
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
foyer_desk_load_finish (FoyerDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The check: who am I here? */

static GError *
new_no_service_error (FoyerDesk *self)
{
  if (self->problem != NULL && !self->offline)
    return g_error_copy (self->problem);
  return foyer_error_new_plain (FOYER_ERROR_OFFLINE, "no service");
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerDesk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerServiceReport) report = foyer_service_check_finish (FOYER_SERVICE (source),
                                                                      result, &error);

  foyer_desk_hear (self);
  if (report == NULL)
    {
      if (foyer_transition_holds_lane (error))
        foyer_desk_set_problem (self, error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (foyer_transition_holds_lane (self->problem))
    foyer_desk_set_problem (self, NULL);
  g_task_return_pointer (task, g_steal_pointer (&report),
                         (GDestroyNotify)foyer_service_report_unref);
}

/**
 * foyer_desk_check_async:
 * @self: a desk
 * @cancellable: (nullable): to stop it
 * @callback: called when the service has answered
 * @user_data: for @callback
 *
 * Asks the service who this desk is: harmless, says what time it is, and clears a problem with the
 * credential.
 */
void
foyer_desk_check_async (FoyerDesk *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FOYER_IS_DESK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_desk_check_async);
  if (self->service == NULL || self->offline)
    {
      g_task_return_error (task, new_no_service_error (self));
      g_object_unref (task);
      return;
    }
  foyer_service_check_async (self->service, cancellable, on_checked, task);
}

/**
 * foyer_desk_check_finish:
 * @self: a desk
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the answer, or %NULL with an error
 */
FoyerServiceReport *
foyer_desk_check_finish (FoyerDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Probing: while the service is out of reach, a harmless question now and then. */

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerDesk) self = user_data;
  g_autoptr (FoyerServiceReport) report = foyer_desk_check_finish (self, result, NULL);

  foyer_prober_answered (self->prober, report != NULL);
}

static void
on_probe_time (FoyerDesk *self, GCancellable *cancellable)
{
  foyer_desk_check_async (self, cancellable, on_probed, g_object_ref (self));
}

/**
 * foyer_desk_set_probing:
 * @self: a desk
 * @probing: whether to look, while the service is out of reach, if it is back
 */
void
foyer_desk_set_probing (FoyerDesk *self, gboolean probing)
{
  g_return_if_fail (FOYER_IS_DESK (self));

  self->probing = probing;
  update_prober (self);
}

/**
 * foyer_desk_wake:
 * @self: a desk
 *
 * Something about the network is different now: looks at once whether the service is back, if it was out
 * of reach. A question that is on its way, over the network as it was, is dropped.
 */
void
foyer_desk_wake (FoyerDesk *self)
{
  g_return_if_fail (FOYER_IS_DESK (self));

  foyer_prober_wake (self->prober);
}

/* Syncing. */

static void
on_sync_ended (FoyerDesk *self, const GError *error)
{
  if (error == NULL)
    foyer_desk_set_problem (self, NULL);
  else if (!g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CANCELLED)
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    foyer_desk_set_problem (self, error);

  if (foyer_sync_runner_get_scope (self->syncs) == FOYER_SYNC_GLANCE)
    {
      const FoyerSyncReport *report = foyer_sync_runner_get_report (self->syncs);

      /* Nothing new, and nobody need count again. */
      if (report->stored + report->deleted > 0)
        g_signal_emit (self, signals[SIGNAL_SYNCED], 0);
      return;
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCING]);
  g_signal_emit (self, signals[SIGNAL_SYNCED], 0);
}

static void
on_sync_states_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerDesk) self = user_data;
  g_autoptr (GError) error = NULL;

  foyer_desk_load_finish (self, result, &error);
  foyer_sync_runner_end (self->syncs, error);
}

static void
on_sync_fetched (FoyerDesk *self, const GError *error)
{
  if (error != NULL)
    foyer_sync_runner_end (self->syncs, error);
  else
    foyer_desk_load_async (self, NULL, on_sync_states_loaded, g_object_ref (self));
}

static void
on_sync_progress (FoyerDesk *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNC_STORED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNC_TOTAL]);
}

/**
 * foyer_desk_sync_async:
 * @self: a desk
 * @full: fetch everything anew, not only what changed
 * @cancellable: (nullable): stops waiting for it; foyer_desk_cancel_sync() stops the sync
 * @callback: called when it is over
 * @user_data: for @callback
 *
 * Brings the mirror up to date. While a sync runs, another call waits for that one.
 */
void
foyer_desk_sync_async (FoyerDesk *self,
                       gboolean full,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FOYER_IS_DESK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_desk_sync_async);
  if (self->service == NULL || self->offline)
    {
      g_task_return_error (task, new_no_service_error (self));
      return;
    }
  foyer_sync_runner_run (self->syncs, self->service, full ? FOYER_SYNC_FULL : FOYER_SYNC_CHANGES,
                         g_steal_pointer (&task));
}

/**
 * foyer_desk_sync_finish:
 * @self: a desk
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether the mirror is up to date; see also foyer_desk_get_sync_report()
 */
gboolean
foyer_desk_sync_finish (FoyerDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * foyer_desk_cancel_sync:
 * @self: a desk
 *
 * Stops a running sync. What is stored stays; the next one goes on from there.
 */
void
foyer_desk_cancel_sync (FoyerDesk *self)
{
  g_return_if_fail (FOYER_IS_DESK (self));

  foyer_sync_runner_cancel (self->syncs);
}

/* A copy that is not whole yet is not glanced at: it is fetched. */
static void
on_sync_due (FoyerDesk *self, int scope)
{
  if (!foyer_desk_can_ask (self))
    foyer_sync_runner_wait (self->syncs);
  else if (scope == FOYER_SYNC_GLANCE && self->complete && self->service != NULL && !self->offline)
    foyer_sync_runner_run (self->syncs, self->service, FOYER_SYNC_GLANCE,
                           g_task_new (self, NULL, NULL, NULL));
  else
    foyer_desk_sync_async (self, FALSE, NULL, NULL, NULL);
}

/**
 * foyer_desk_set_sync_interval:
 * @self: a desk
 * @seconds: from the end of a sync to the next, while the service is in reach; 0 = never by itself
 */
void
foyer_desk_set_sync_interval (FoyerDesk *self, guint seconds)
{
  g_return_if_fail (FOYER_IS_DESK (self));

  foyer_sync_runner_set_interval (self->syncs, seconds);
}
