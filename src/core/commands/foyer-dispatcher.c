/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who carries out: the sender's lock, and a lane for every connection. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-dispatcher.h"

#include "foyer-error.h"
#include "foyer-lane.h"
#include "foyer-timer.h"

/* Another process may have ended without anybody being told. */
#define LOCK_INTERVAL (2 * FOYER_SECOND)
#define RECOVERY_INTERVAL FOYER_SECOND

typedef struct
{
  FoyerDispatcher *dispatcher;
  GTask *task; /* (owned) */
  GSource *timer;
} Drain;

struct _FoyerDispatcher
{
  GObject parent_instance;

  FoyerJournal *journal;      /* (owned) */
  FoyerClock *clock;          /* (owned) */
  FoyerCommandWriter *writer; /* (owned) */
  GHashTable *lanes;          /* connection name -> FoyerLane */
  gboolean running;
  gboolean sender; /* it has the lock, and found what its predecessor left behind */
  gboolean recovering;
  gboolean paused;
  GSource *timer;
  GPtrArray *drains; /* (element-type Drain) */
  gboolean counting;
  gboolean count_again;
};

G_DEFINE_FINAL_TYPE (FoyerDispatcher, foyer_dispatcher, G_TYPE_OBJECT)

typedef enum
{
  PROP_SENDER = 1,
  PROP_PAUSED,
} FoyerDispatcherProperty;

static GParamSpec *properties[PROP_PAUSED + 1];

enum
{
  SIGNAL_SETTLED,
  SIGNAL_LEFT_TO_OTHERS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void become_sender (FoyerDispatcher *self);
static void count (FoyerDispatcher *self);

static void
foyer_dispatcher_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FoyerDispatcher *self = FOYER_DISPATCHER (object);

  switch ((FoyerDispatcherProperty)id)
    {
    case PROP_SENDER:
      g_value_set_boolean (value, self->sender);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    }
}

static void
foyer_dispatcher_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FoyerDispatcher *self = FOYER_DISPATCHER (object);

  switch ((FoyerDispatcherProperty)id)
    {
    case PROP_PAUSED:
      foyer_dispatcher_set_paused (self, g_value_get_boolean (value));
      break;
    case PROP_SENDER:
      g_assert_not_reached ();
    }
}

static void
drain_free (gpointer data)
{
  Drain *drain = data;

  foyer_timer_clear (&drain->timer);
  g_clear_object (&drain->task);
  g_free (drain);
}

static void
foyer_dispatcher_dispose (GObject *object)
{
  FoyerDispatcher *self = FOYER_DISPATCHER (object);
  GHashTableIter iter;
  gpointer lane;

  foyer_dispatcher_stop (self);
  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &lane))
    {
      g_signal_handlers_disconnect_by_data (foyer_lane_get_desk (lane), lane);
      g_signal_handlers_disconnect_by_data (lane, self);
    }
  g_hash_table_remove_all (self->lanes);
  G_OBJECT_CLASS (foyer_dispatcher_parent_class)->dispose (object);
}

static void
foyer_dispatcher_finalize (GObject *object)
{
  FoyerDispatcher *self = FOYER_DISPATCHER (object);

  g_clear_pointer (&self->lanes, g_hash_table_unref);
  g_clear_pointer (&self->drains, g_ptr_array_unref);
  g_clear_object (&self->writer);
  g_clear_object (&self->journal);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (foyer_dispatcher_parent_class)->finalize (object);
}

static void
foyer_dispatcher_class_init (FoyerDispatcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_dispatcher_get_property;
  object_class->set_property = foyer_dispatcher_set_property;
  object_class->dispose = foyer_dispatcher_dispose;
  object_class->finalize = foyer_dispatcher_finalize;

  properties[PROP_SENDER] = g_param_spec_boolean ("sender", NULL, NULL, FALSE, flags);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE,
                                                  flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * FoyerDispatcher::settled:
   * @command: a command that has reached a state of rest
   */
  signals[SIGNAL_SETTLED] = g_signal_new ("settled", FOYER_TYPE_DISPATCHER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, FOYER_TYPE_COMMAND);

  /**
   * FoyerDispatcher::left-to-others:
   *
   * Something waits here that another process carries out: whoever can should tell it.
   */
  signals[SIGNAL_LEFT_TO_OTHERS] = g_signal_new ("left-to-others", FOYER_TYPE_DISPATCHER,
                                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 0);
}

static void
foyer_dispatcher_init (FoyerDispatcher *self)
{
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->drains = g_ptr_array_new_with_free_func (drain_free);
}

/**
 * foyer_dispatcher_new:
 * @journal: what is to be carried out
 * @clock: the machine's clocks
 *
 * Returns: (transfer full): a dispatcher that is not started
 */
FoyerDispatcher *
foyer_dispatcher_new (FoyerJournal *journal, FoyerClock *clock)
{
  FoyerDispatcher *self = g_object_new (FOYER_TYPE_DISPATCHER, NULL);

  self->journal = g_object_ref (journal);
  self->clock = g_object_ref (clock);
  self->writer = foyer_command_writer_new (journal, clock);
  return self;
}

static void
open_lanes (FoyerDispatcher *self)
{
  gboolean open = self->running && self->sender && !self->paused;
  GHashTableIter iter;
  gpointer lane;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &lane))
    if (foyer_lane_get_open (lane) != open)
      foyer_lane_set_open (lane, open);
}

static void
on_lane_settled (FoyerDispatcher *self, FoyerCommand *command)
{
  g_signal_emit (self, signals[SIGNAL_SETTLED], 0, command);
}

static void
on_reach_changed (FoyerDesk *desk, GParamSpec *pspec, FoyerLane *lane)
{
  if (foyer_desk_get_reach (desk) == FOYER_REACH_ONLINE)
    foyer_lane_retry (lane);
  else
    foyer_lane_look (lane);
}

static void
on_service_changed (FoyerDesk *desk, GParamSpec *pspec, FoyerLane *lane)
{
  foyer_lane_retry (lane);
}

/**
 * foyer_dispatcher_add_desk:
 * @self: a dispatcher
 * @desk: whose commands are to be carried out, too
 */
void
foyer_dispatcher_add_desk (FoyerDispatcher *self, FoyerDesk *desk)
{
  FoyerLane *lane;

  g_return_if_fail (FOYER_IS_DISPATCHER (self));
  g_return_if_fail (FOYER_IS_DESK (desk));

  foyer_dispatcher_remove_desk (self, desk);
  lane = foyer_lane_new (desk, self->writer);
  g_hash_table_insert (self->lanes, g_strdup (foyer_desk_get_connection (desk)->name), lane);
  g_signal_connect_swapped (lane, "settled", G_CALLBACK (on_lane_settled), self);
  g_signal_connect_object (desk, "notify::reach", G_CALLBACK (on_reach_changed), lane, 0);
  g_signal_connect_object (desk, "notify::service", G_CALLBACK (on_service_changed), lane, 0);
  open_lanes (self);
}

/**
 * foyer_dispatcher_remove_desk:
 * @self: a dispatcher
 * @desk: a desk whose commands are not to be carried out any more
 */
void
foyer_dispatcher_remove_desk (FoyerDispatcher *self, FoyerDesk *desk)
{
  const char *name;
  FoyerLane *lane;

  g_return_if_fail (FOYER_IS_DISPATCHER (self));
  g_return_if_fail (FOYER_IS_DESK (desk));

  name = foyer_desk_get_connection (desk)->name;
  lane = g_hash_table_lookup (self->lanes, name);
  if (lane == NULL)
    return;

  g_signal_handlers_disconnect_by_data (foyer_lane_get_desk (lane), lane);
  g_signal_handlers_disconnect_by_data (lane, self);
  foyer_lane_set_open (lane, FALSE);
  g_hash_table_remove (self->lanes, name);
}

static FoyerLane *
find_lane (FoyerDispatcher *self, FoyerDesk *desk)
{
  return g_hash_table_lookup (self->lanes, foyer_desk_get_connection (desk)->name);
}

/* What the process before us was sending when it ended may have reached the service. Journal's thread. */
static gboolean
doubt_sending (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  gint64 row = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) commands = foyer_transaction_list_commands (
          transaction, NULL, 1u << FOYER_STATE_SENDING, row, 256, error);

      if (commands == NULL)
        return FALSE;
      if (commands->len == 0)
        return TRUE;

      for (guint i = 0; i < commands->len; i++)
        {
          FoyerCommand *command = g_ptr_array_index (commands, i);
          g_autoptr (FoyerCommand) doubted = foyer_command_copy (command);

          doubted->state = FOYER_STATE_UNKNOWN;
          doubted->not_before = FOYER_TIME_NONE;
          row = command->row;
          if (!foyer_transaction_update_command (transaction, doubted, error))
            return FALSE;
        }
    }
}

static gboolean
on_lock_time (gpointer data)
{
  FoyerDispatcher *self = data;

  foyer_timer_clear (&self->timer);
  become_sender (self);
  return G_SOURCE_REMOVE;
}

static void
on_recovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerDispatcher) self = user_data;
  g_autoptr (GError) error = NULL;

  self->recovering = FALSE;
  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, NULL, &error))
    {
      g_warning ("The journal could not be read: %s", error->message);
      if (self->running)
        foyer_timer_set (&self->timer, self->clock, RECOVERY_INTERVAL, on_lock_time, self);
      return;
    }

  self->sender = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDER]);
  open_lanes (self);
  count (self);
}

static void
become_sender (FoyerDispatcher *self)
{
  if (!self->running || self->sender || self->recovering)
    return;

  if (!foyer_journal_claim_sender (self->journal))
    {
      if (self->timer == NULL)
        foyer_timer_set (&self->timer, self->clock, LOCK_INTERVAL, on_lock_time, self);
      return;
    }

  foyer_timer_clear (&self->timer);
  self->recovering = TRUE;
  foyer_journal_transact_async (self->journal, TRUE, doubt_sending, NULL, NULL, NULL, NULL,
                                on_recovered, g_object_ref (self));
}

static void
wake_lanes (FoyerDispatcher *self)
{
  GHashTableIter iter;
  gpointer lane;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &lane))
    foyer_lane_look (lane);
}

static void
tell_others (FoyerDispatcher *self)
{
  if (self->running && !self->paused && !self->sender && !self->recovering)
    g_signal_emit (self, signals[SIGNAL_LEFT_TO_OTHERS], 0);
}

static void
on_journal_changed (FoyerDispatcher *self)
{
  if (self->running && !self->paused)
    {
      become_sender (self);
      wake_lanes (self);
    }
  count (self);
}

/**
 * foyer_dispatcher_start:
 * @self: a dispatcher
 *
 * From now on carries out, as soon as no other process of this workspace does.
 */
void
foyer_dispatcher_start (FoyerDispatcher *self)
{
  g_return_if_fail (FOYER_IS_DISPATCHER (self));

  if (self->running)
    return;

  self->running = TRUE;
  g_signal_connect_swapped (self->journal, "changed", G_CALLBACK (on_journal_changed), self);
  if (!self->paused)
    become_sender (self);
  open_lanes (self);
}

/**
 * foyer_dispatcher_stop:
 * @self: a dispatcher
 *
 * Begins nothing more. What is being sent is still waited for (foyer_dispatcher_is_idle()).
 */
void
foyer_dispatcher_stop (FoyerDispatcher *self)
{
  g_return_if_fail (FOYER_IS_DISPATCHER (self));

  if (!self->running)
    return;

  self->running = FALSE;
  foyer_timer_clear (&self->timer);
  g_signal_handlers_disconnect_by_func (self->journal, on_journal_changed, self);
  open_lanes (self);
}

/**
 * foyer_dispatcher_is_idle:
 * @self: a dispatcher
 *
 * Returns: whether nothing is being sent, and all that became of it is on disk
 */
gboolean
foyer_dispatcher_is_idle (FoyerDispatcher *self)
{
  GHashTableIter iter;
  gpointer lane;

  g_return_val_if_fail (FOYER_IS_DISPATCHER (self), TRUE);

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &lane))
    if (!foyer_lane_is_idle (lane))
      return FALSE;
  return foyer_command_writer_is_idle (self->writer);
}

/**
 * foyer_dispatcher_wake:
 * @self: a dispatcher
 *
 * There is something to send, for this process or for the one that sends.
 */
void
foyer_dispatcher_wake (FoyerDispatcher *self)
{
  g_return_if_fail (FOYER_IS_DISPATCHER (self));

  wake_lanes (self);
  tell_others (self);
}

/**
 * foyer_dispatcher_retry:
 * @self: a dispatcher
 *
 * Something is different now: what waits for a pause to end waits no longer.
 */
void
foyer_dispatcher_retry (FoyerDispatcher *self)
{
  GHashTableIter iter;
  gpointer lane;

  g_return_if_fail (FOYER_IS_DISPATCHER (self));

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &lane))
    foyer_lane_retry (lane);
}

/**
 * foyer_dispatcher_get_sender:
 * @self: a dispatcher
 *
 * Returns: whether this process carries out
 */
gboolean
foyer_dispatcher_get_sender (FoyerDispatcher *self)
{
  g_return_val_if_fail (FOYER_IS_DISPATCHER (self), FALSE);

  return self->sender;
}

/**
 * foyer_dispatcher_get_paused:
 * @self: a dispatcher
 *
 * Returns: whether it was told to send nothing
 */
gboolean
foyer_dispatcher_get_paused (FoyerDispatcher *self)
{
  g_return_val_if_fail (FOYER_IS_DISPATCHER (self), FALSE);

  return self->paused;
}

/**
 * foyer_dispatcher_set_paused:
 * @self: a dispatcher
 * @paused: send nothing
 */
void
foyer_dispatcher_set_paused (FoyerDispatcher *self, gboolean paused)
{
  g_return_if_fail (FOYER_IS_DISPATCHER (self));

  if (self->paused == paused)
    return;

  self->paused = paused;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
  if (!paused)
    become_sender (self);
  open_lanes (self);
}

/**
 * foyer_dispatcher_would_send:
 * @self: a dispatcher
 * @desk: a desk
 *
 * Returns: whether a command of @desk that is recorded now would leave at once, from this process
 */
gboolean
foyer_dispatcher_would_send (FoyerDispatcher *self, FoyerDesk *desk)
{
  FoyerLane *lane;

  g_return_val_if_fail (FOYER_IS_DISPATCHER (self), FALSE);
  g_return_val_if_fail (FOYER_IS_DESK (desk), FALSE);

  lane = find_lane (self, desk);
  return lane != NULL && foyer_lane_get_open (lane) && !foyer_lane_is_held (lane)
         && foyer_desk_can_ask (desk);
}

/**
 * foyer_dispatcher_get_deadline:
 * @self: a dispatcher
 * @desk: a desk
 *
 * Returns: how long a verdict of @desk waits for the service, microseconds; 0 if it is out of reach
 */
gint64
foyer_dispatcher_get_deadline (FoyerDispatcher *self, FoyerDesk *desk)
{
  FoyerLane *lane;

  g_return_val_if_fail (FOYER_IS_DISPATCHER (self), 0);
  g_return_val_if_fail (FOYER_IS_DESK (desk), 0);

  lane = find_lane (self, desk);
  if (lane == NULL || self->paused || !foyer_desk_can_ask (desk))
    return 0;
  return foyer_lane_get_deadline (lane);
}

/**
 * foyer_dispatcher_send_now:
 * @self: a dispatcher
 * @command: a command just recorded
 * @claim: called with the answer, at most once
 * @user_data: for @claim
 * @destroy: (nullable): for @user_data
 *
 * Sends a command while somebody waits for its answer.
 */
void
foyer_dispatcher_send_now (FoyerDispatcher *self,
                           FoyerCommand *command,
                           FoyerVerdictClaim claim,
                           gpointer user_data,
                           GDestroyNotify destroy)
{
  FoyerLane *lane;

  g_return_if_fail (FOYER_IS_DISPATCHER (self));
  g_return_if_fail (command != NULL && claim != NULL);

  lane = g_hash_table_lookup (self->lanes, command->connection);
  if (lane != NULL)
    {
      foyer_lane_send_now (lane, command, claim, user_data, destroy);
      return;
    }

  claim (command, NULL, NULL, user_data);
  if (destroy != NULL)
    destroy (user_data);
}

/**
 * foyer_dispatcher_forget_claim:
 * @self: a dispatcher
 * @command_id: id of a command
 *
 * Nobody waits for its answer any more.
 */
void
foyer_dispatcher_forget_claim (FoyerDispatcher *self, const char *command_id)
{
  GHashTableIter iter;
  gpointer lane;

  g_return_if_fail (FOYER_IS_DISPATCHER (self));

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &lane))
    foyer_lane_forget_claim (lane, command_id);
}

/* Draining: wait until nothing waits. */

static void
end_drain (FoyerDispatcher *self, Drain *drain, gboolean drained)
{
  g_autoptr (GTask) task = g_steal_pointer (&drain->task);

  g_ptr_array_remove (self->drains, drain);
  g_task_return_boolean (task, drained);
}

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
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerDispatcher) self = user_data;
  g_autofree FoyerLine *line = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  self->counting = FALSE;
  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      while (self->drains->len > 0)
        {
          Drain *drain = g_ptr_array_index (self->drains, 0);
          g_autoptr (GTask) task = g_steal_pointer (&drain->task);

          g_ptr_array_remove_index (self->drains, 0);
          g_task_return_error (task, g_error_copy (error));
        }
      return;
    }

  line = value;
  while (line->waiting == 0 && self->drains->len > 0)
    end_drain (self, g_ptr_array_index (self->drains, 0), TRUE);
  if (self->count_again)
    count (self);
}

static void
count (FoyerDispatcher *self)
{
  if (self->drains->len == 0)
    return;

  self->count_again = self->counting;
  if (self->counting)
    return;

  self->counting = TRUE;
  foyer_journal_transact_async (self->journal, FALSE, read_line, NULL, NULL, g_free, NULL,
                                on_counted, g_object_ref (self));
}

static gboolean
on_patience_ended (gpointer data)
{
  Drain *drain = data;

  foyer_timer_clear (&drain->timer);
  end_drain (drain->dispatcher, drain, FALSE);
  return G_SOURCE_REMOVE;
}

/**
 * foyer_dispatcher_drain_async:
 * @self: a started dispatcher
 * @patience: how long to wait, microseconds
 * @cancellable: (nullable): to stop waiting
 * @callback: called when nothing waits any more, or the patience has ended
 * @user_data: for @callback
 *
 * Waits until every command is carried out (or in the inbox). Where another process sends, it watches.
 */
void
foyer_dispatcher_drain_async (FoyerDispatcher *self,
                              gint64 patience,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Drain *drain;

  g_return_if_fail (FOYER_IS_DISPATCHER (self));

  drain = g_new0 (Drain, 1);
  drain->dispatcher = self;
  drain->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (drain->task, foyer_dispatcher_drain_async);
  g_ptr_array_add (self->drains, drain);
  foyer_timer_set (&drain->timer, self->clock, patience, on_patience_ended, drain);

  foyer_dispatcher_retry (self);
  tell_others (self);
  foyer_journal_poke (self->journal);
  count (self);
}

/**
 * foyer_dispatcher_drain_finish:
 * @self: a dispatcher
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE if nothing waits; %FALSE without an error: the patience has ended first
 */
gboolean
foyer_dispatcher_drain_finish (FoyerDispatcher *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
