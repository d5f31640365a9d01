/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lane of one connection. The journal is the truth; what is here is only which of its waiting
 * commands are being looked after right now; each goes its way by itself (foyer-flight.c). */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-lane.h"

#include "foyer-answer-times.h"
#include "foyer-claims.h"
#include "foyer-error.h"
#include "foyer-flight.h"
#include "foyer-lane-queue.h"
#include "foyer-timer.h"
#include "foyer-transition.h"

#define MOST_IN_FLIGHT 4
#define BATCH 64

#define SENDING (1u << FOYER_STATE_SENDING)

static const FoyerBackoff lane_pauses = { .first = FOYER_SECOND, .longest = 30 * FOYER_SECOND };
static const FoyerBackoff held_pauses = { .first = 60 * FOYER_SECOND,
                                          .longest = 10 * FOYER_MINUTE };

struct _FoyerLane
{
  GObject parent_instance;

  FoyerDesk *desk;            /* (owned) */
  FoyerCommandWriter *writer; /* (owned) */
  FoyerClock *clock;          /* (owned) */

  gboolean open;
  gboolean checking; /* asking the service what time it is before anything is sent */
  gboolean checked;
  gboolean held; /* the service does not let this desk do anything: a person must act */
  guint failures;
  gint64 retry_at; /* elapsed time before which nothing is sent */
  GSource *timer;

  GPtrArray *queue;    /* (element-type FoyerCommand) waiting, in the journal's order */
  GPtrArray *urgent;   /* (element-type FoyerCommand) recorded as `sending`, somebody at the door */
  GHashTable *flights; /* set of ids of commands in flight */
  GHashTable *targets; /* set of targets that are taken: nothing else of theirs may leave */
  GHashTable
      *back; /* set of targets whose command came back and waits: the queue does not know it yet */
  GHashTable *listed; /* set of those that the look that runs will find */
  GHashTable *claims; /* who waits at the door for which */
  gboolean looking;
  gboolean stale; /* the journal may have more than the queue */

  FoyerAnswerTimes times; /* for the deadline of a verdict */
};

G_DEFINE_FINAL_TYPE (FoyerLane, foyer_lane, G_TYPE_OBJECT)

enum
{
  SIGNAL_SETTLED,
  SIGNAL_IDLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void pump (FoyerLane *self);

static void
foyer_lane_finalize (GObject *object)
{
  FoyerLane *self = FOYER_LANE (object);

  foyer_timer_clear (&self->timer);
  g_clear_pointer (&self->queue, g_ptr_array_unref);
  g_clear_pointer (&self->urgent, g_ptr_array_unref);
  g_clear_pointer (&self->flights, g_hash_table_unref);
  g_clear_pointer (&self->targets, g_hash_table_unref);
  g_clear_pointer (&self->back, g_hash_table_unref);
  g_clear_pointer (&self->listed, g_hash_table_unref);
  g_clear_pointer (&self->claims, g_hash_table_unref);
  g_clear_object (&self->desk);
  g_clear_object (&self->writer);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (foyer_lane_parent_class)->finalize (object);
}

static void
foyer_lane_class_init (FoyerLaneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_lane_finalize;

  /**
   * FoyerLane::settled:
   * @command: a command that has reached a state of rest
   */
  signals[SIGNAL_SETTLED] = g_signal_new ("settled", FOYER_TYPE_LANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, FOYER_TYPE_COMMAND);

  /**
   * FoyerLane::idle:
   *
   * Nothing is being sent.
   */
  signals[SIGNAL_IDLE] = g_signal_new ("idle", FOYER_TYPE_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
foyer_lane_init (FoyerLane *self)
{
  self->queue = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);
  self->urgent = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);
  self->flights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->back = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->claims = foyer_claims_new ();
}

/**
 * foyer_lane_new:
 * @desk: whose lane
 * @writer: writes what becomes of commands
 *
 * Returns: (transfer full): a closed lane
 */
FoyerLane *
foyer_lane_new (FoyerDesk *desk, FoyerCommandWriter *writer)
{
  FoyerLane *self = g_object_new (FOYER_TYPE_LANE, NULL);

  self->desk = g_object_ref (desk);
  self->writer = g_object_ref (writer);
  self->clock = g_object_ref (foyer_desk_get_clock (desk));
  return self;
}

/**
 * foyer_lane_get_desk:
 * @self: a lane
 *
 * Returns: (transfer none): whose lane it is
 */
FoyerDesk *
foyer_lane_get_desk (FoyerLane *self)
{
  return self->desk;
}

static FoyerTime
get_now (FoyerLane *self)
{
  return foyer_clock_now (self->clock);
}

static void
hold_back (FoyerLane *self, const FoyerBackoff *pauses, gint64 at_least)
{
  gint64 elapsed = foyer_clock_elapsed (self->clock);
  gint64 pause;

  /* Those that fail together are one failure. */
  if (self->retry_at <= elapsed)
    self->failures++;
  pause = foyer_backoff_get_pause (pauses, self->failures, g_random_double ());
  self->retry_at = MAX (self->retry_at, elapsed + MAX (pause, at_least));
}

static void
take_failure (gpointer data, const GError *error)
{
  FoyerLane *self = data;

  foyer_desk_hear (self->desk);
  if (foyer_transition_holds_lane (error))
    {
      self->held = TRUE;
      foyer_desk_set_problem (self->desk, error);
      hold_back (self, &held_pauses, 0);
      return;
    }
  if (g_error_matches (error, FOYER_ERROR, FOYER_ERROR_RATE_LIMITED))
    hold_back (self, &lane_pauses, foyer_error_get_retry_after (error));
  else if (foyer_error_get_outcome (error) != FOYER_OUTCOME_ANSWERED)
    hold_back (self, &lane_pauses, 0);
}

static void
take_answer (gpointer data, gint64 duration)
{
  FoyerLane *self = data;

  if (duration >= 0)
    foyer_answer_times_add (&self->times, duration);
  foyer_desk_hear (self->desk);
  self->failures = 0;
  self->retry_at = 0;
  if (self->held)
    {
      self->held = FALSE;
      foyer_desk_set_problem (self->desk, NULL);
    }
}

static gboolean
may_leave (gpointer data)
{
  return FOYER_LANE (data)->open;
}

/* Whoever waits at the door. */
static gboolean
tell (gpointer data, FoyerCommand *command, FoyerStepResult *result, const GError *error)
{
  return foyer_claims_answer (FOYER_LANE (data)->claims, command, result, error);
}

static void
take_stuck (gpointer data)
{
  hold_back (data, &lane_pauses, 0);
}

/* A command that came back waits in the journal, before those of its target that came after it; but the queue, read
 * while it was under way, has only them. Until the journal has been read again they would overtake it. */
static void
keep_target (FoyerLane *self, const FoyerCommand *command)
{
  if (!foyer_lane_queue_keeps_order (command))
    return;

  g_hash_table_add (self->targets, g_strdup (command->target));
  g_hash_table_add (self->back, g_strdup (command->target));
}

/* The queue knows of them now. */
static void
free_listed (FoyerLane *self)
{
  GHashTableIter iter;
  gpointer target;

  g_hash_table_iter_init (&iter, self->listed);
  while (g_hash_table_iter_next (&iter, &target, NULL))
    if (!g_hash_table_contains (self->back, target))
      g_hash_table_remove (self->targets, target);
  g_hash_table_remove_all (self->listed);
}

/* Nothing could be read. */
static void
keep_listed (FoyerLane *self)
{
  GHashTableIter iter;
  gpointer target;

  g_hash_table_iter_init (&iter, self->listed);
  while (g_hash_table_iter_next (&iter, &target, NULL))
    g_hash_table_add (self->back, g_strdup (target));
  g_hash_table_remove_all (self->listed);
  self->stale = TRUE;
}

static void
take_landed (gpointer data, FoyerCommand *command)
{
  FoyerLane *self = data;

  g_hash_table_remove (self->flights, command->id);
  if (foyer_command_state_is_waiting (command->state))
    {
      keep_target (self, command);
      /* A claim that outlives its flight would wait for ever. */
      foyer_claims_answer (self->claims, command, NULL, NULL);
      self->stale = TRUE;
    }
  else
    {
      if (foyer_lane_queue_keeps_order (command))
        g_hash_table_remove (self->targets, command->target);
      g_signal_emit (self, signals[SIGNAL_SETTLED], 0, command);
    }
  pump (self);
  if (g_hash_table_size (self->flights) == 0)
    g_signal_emit (self, signals[SIGNAL_IDLE], 0);
}

static const FoyerFlightTower tower = {
  .may_leave = may_leave,
  .tell = tell,
  .failed = take_failure,
  .answered = take_answer,
  .stuck = take_stuck,
  .landed = take_landed,
};

static void
begin (FoyerLane *self, FoyerCommand *command)
{
  g_hash_table_add (self->flights, g_strdup (command->id));
  if (foyer_lane_queue_keeps_order (command))
    g_hash_table_add (self->targets, g_strdup (command->target));
  foyer_flight_begin (self->desk, self->writer, command, &tower, G_OBJECT (self));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerLane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) commands = NULL;
  gpointer value = NULL;

  self->looking = FALSE;
  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_warning ("The journal could not be read: %s", error->message);
      keep_listed (self);
      hold_back (self, &lane_pauses, 0);
      pump (self);
      return;
    }

  free_listed (self);
  commands = value;
  g_ptr_array_set_size (self->queue, 0);
  for (guint i = 0; i < commands->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (commands, i);

      if (!g_hash_table_contains (self->flights, command->id))
        g_ptr_array_add (self->queue, foyer_command_ref (command));
    }
  pump (self);
}

static void
look (FoyerLane *self)
{
  gsize limit = self->queue->len + g_hash_table_size (self->flights) + BATCH;

  GHashTable *back = self->back;

  self->back = self->listed;
  self->listed = back;
  self->looking = TRUE;
  self->stale = FALSE;
  foyer_lane_queue_load_async (foyer_desk_get_journal (self->desk),
                               foyer_desk_get_connection (self->desk)->name, limit, on_listed,
                               g_object_ref (self));
}

static gboolean
on_time (gpointer data)
{
  FoyerLane *self = data;

  foyer_timer_clear (&self->timer);
  pump (self);
  return G_SOURCE_REMOVE;
}

/* Before the first command leaves, the service's clock must be known: a command from a laptop whose
 * clock is a year ahead would be stored like that. */
static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerLane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerServiceReport) report = foyer_desk_check_finish (FOYER_DESK (source), result,
                                                                   &error);

  self->checking = FALSE;
  if (report == NULL)
    {
      take_failure (self, error);
      if (foyer_error_get_outcome (error) == FOYER_OUTCOME_ANSWERED
          && !foyer_transition_holds_lane (error))
        self->checked = TRUE;
    }
  else
    {
      take_answer (self, -1);
      self->checked = TRUE;
    }
  pump (self);
}

static gboolean
knows_time (FoyerLane *self)
{
  FoyerTime time;

  if (self->checked
      || foyer_door_clock_get_service_time (foyer_desk_get_door_clock (self->desk), &time))
    return TRUE;

  if (!self->checking)
    {
      self->checking = TRUE;
      foyer_desk_check_async (self->desk, NULL, on_checked, g_object_ref (self));
    }
  return FALSE;
}

static gboolean
may_send (FoyerLane *self)
{
  return self->open && foyer_desk_get_service (self->desk) != NULL
         && foyer_desk_can_ask (self->desk);
}

typedef struct
{
  FoyerLane *lane;       /* (owned) */
  FoyerCommand *command; /* (owned) */
} Return;

/* In the journal as waiting, or (written by somebody else meanwhile) as whatever it is: the next look tells. */
static void
on_returned (FoyerCommand *written, const GError *error, gpointer user_data)
{
  g_autofree Return *back = user_data;
  g_autoptr (FoyerLane) self = back->lane;
  g_autoptr (FoyerCommand) command = back->command;

  keep_target (self, command);
  self->stale = TRUE;
  pump (self);
}

/* Nobody will be answered now: those at the door get the desk's word, the commands wait. */
static void
return_urgent (FoyerLane *self)
{
  g_autoptr (GPtrArray) urgent = g_steal_pointer (&self->urgent);

  self->urgent = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_command_unref);
  for (guint i = 0; i < urgent->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (urgent, i);
      g_autoptr (FoyerCommand) to = NULL;
      Return *back = g_new0 (Return, 1);

      foyer_claims_answer (self->claims, command, NULL, NULL);
      if (foyer_lane_queue_keeps_order (command))
        g_hash_table_add (self->targets, g_strdup (command->target));
      back->lane = g_object_ref (self);
      back->command = foyer_command_ref (command);
      to = foyer_transition_return (command);
      foyer_command_writer_write (self->writer, SENDING, to, NULL, TRUE, on_returned, back);
    }
}

static void
pump (FoyerLane *self)
{
  FoyerTime earliest = G_MAXINT64;
  gint64 elapsed = foyer_clock_elapsed (self->clock);

  foyer_timer_clear (&self->timer);
  if (!may_send (self))
    {
      return_urgent (self);
      return;
    }
  if (self->urgent->len + self->queue->len > 0 && !knows_time (self))
    {
      if (self->held || self->retry_at > elapsed)
        return_urgent (self);
      if (!self->checking && self->retry_at > elapsed)
        foyer_timer_set (&self->timer, self->clock, self->retry_at - elapsed, on_time, self);
      return;
    }

  /* Somebody waits at the door: no bound, no pause but that of a service that holds us all. */
  while (!self->held || self->retry_at <= elapsed)
    {
      g_autoptr (FoyerCommand) command = foyer_lane_queue_take (self->urgent, self->targets,
                                                                get_now (self), &earliest);

      if (command == NULL)
        break;
      begin (self, command);
    }
  if (self->held && self->retry_at > elapsed)
    return_urgent (self);

  if (self->retry_at > elapsed)
    {
      foyer_timer_set (&self->timer, self->clock, self->retry_at - elapsed, on_time, self);
      return;
    }

  while (g_hash_table_size (self->flights) < MOST_IN_FLIGHT)
    {
      g_autoptr (FoyerCommand) command = foyer_lane_queue_take (self->queue, self->targets,
                                                                get_now (self), &earliest);

      if (command == NULL)
        {
          if (self->stale && !self->looking)
            look (self);
          break;
        }
      begin (self, command);
    }

  if (earliest != G_MAXINT64)
    foyer_timer_set (&self->timer, self->clock, earliest - get_now (self), on_time, self);
}

/**
 * foyer_lane_set_open:
 * @self: a lane
 * @open: whether it may send
 */
void
foyer_lane_set_open (FoyerLane *self, gboolean open)
{
  g_return_if_fail (FOYER_IS_LANE (self));

  self->open = open;
  if (open)
    self->stale = TRUE;
  pump (self);
}

/**
 * foyer_lane_get_open:
 * @self: a lane
 *
 * Returns: whether it may send
 */
gboolean
foyer_lane_get_open (FoyerLane *self)
{
  g_return_val_if_fail (FOYER_IS_LANE (self), FALSE);

  return self->open;
}

/**
 * foyer_lane_is_held:
 * @self: a lane
 *
 * Returns: whether the service lets this desk do nothing until a person acts
 */
gboolean
foyer_lane_is_held (FoyerLane *self)
{
  g_return_val_if_fail (FOYER_IS_LANE (self), FALSE);

  return self->held;
}

/**
 * foyer_lane_is_idle:
 * @self: a lane
 *
 * Returns: whether nothing is being sent
 */
gboolean
foyer_lane_is_idle (FoyerLane *self)
{
  g_return_val_if_fail (FOYER_IS_LANE (self), TRUE);

  return g_hash_table_size (self->flights) == 0;
}

/**
 * foyer_lane_look:
 * @self: a lane
 *
 * The journal has changed: there may be more to send.
 */
void
foyer_lane_look (FoyerLane *self)
{
  g_return_if_fail (FOYER_IS_LANE (self));

  self->stale = TRUE;
  pump (self);
}

/**
 * foyer_lane_retry:
 * @self: a lane
 *
 * Something is different now (the service is back, a person asks): forget the pause.
 */
void
foyer_lane_retry (FoyerLane *self)
{
  g_return_if_fail (FOYER_IS_LANE (self));

  self->retry_at = 0;
  self->failures = 0;
  self->stale = TRUE;
  pump (self);
}

/**
 * foyer_lane_send_now:
 * @self: a lane
 * @command: a command just recorded: as `sending`, it leaves ahead of those that wait; as `pending`, it
 *   takes its turn (something of its target waits already)
 * @claim: (nullable): called with the answer, at most once
 * @user_data: for @claim
 * @destroy: (nullable): for @user_data
 *
 * Sends a command while somebody waits for its answer. If it cannot be sent now, @claim is called
 * without an answer.
 */
void
foyer_lane_send_now (FoyerLane *self,
                     FoyerCommand *command,
                     FoyerVerdictClaim claim,
                     gpointer user_data,
                     GDestroyNotify destroy)
{
  g_return_if_fail (FOYER_IS_LANE (self));
  g_return_if_fail (command != NULL);

  if (claim != NULL)
    foyer_claims_add (self->claims, command->id, claim, user_data, destroy);

  if (command->state == FOYER_STATE_SENDING && !g_hash_table_contains (self->flights, command->id))
    g_ptr_array_add (self->urgent, foyer_command_ref (command));
  self->stale = TRUE;
  pump (self);
}

/**
 * foyer_lane_forget_claim:
 * @self: a lane
 * @command_id: a command
 *
 * Nobody waits for its answer any more.
 */
void
foyer_lane_forget_claim (FoyerLane *self, const char *command_id)
{
  g_return_if_fail (FOYER_IS_LANE (self));

  g_hash_table_remove (self->claims, command_id);
}

/**
 * foyer_lane_get_deadline:
 * @self: a lane
 *
 * Returns: how long a verdict waits for the service, microseconds
 */
gint64
foyer_lane_get_deadline (FoyerLane *self)
{
  g_return_val_if_fail (FOYER_IS_LANE (self), 0);

  return foyer_answer_times_get_deadline (&self->times);
}
