/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lane of one connection. The journal is the truth; what is here is only which of its waiting
 * commands are being looked after right now.
 *
 * One command's way (a flight): [look it up] -> write `sending` -> send -> [look it up] -> mirror ->
 * write the result. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-lane.h"

#include "foyer-error.h"
#include "foyer-timer.h"
#include "foyer-transition.h"

#define MOST_IN_FLIGHT 4
#define BATCH 64

#define WAITING ((1u << FOYER_STATE_PENDING) | (1u << FOYER_STATE_UNKNOWN))
#define SENDING (1u << FOYER_STATE_SENDING)

/* Of answer times, for the deadline of a verdict. */
#define SAMPLES 50
#define FEWEST_SAMPLES 5
#define LONGEST_DEADLINE (400 * FOYER_SECOND / 1000)
#define SHORTEST_DEADLINE (50 * FOYER_SECOND / 1000)

static const FoyerBackoff lane_pauses = { .first = FOYER_SECOND, .longest = 30 * FOYER_SECOND };
static const FoyerBackoff held_pauses = { .first = 60 * FOYER_SECOND,
                                          .longest = 10 * FOYER_MINUTE };

typedef struct
{
  FoyerVerdictClaim claim;
  gpointer user_data;
  GDestroyNotify destroy;
} Claim;

typedef struct
{
  FoyerLane *lane;         /* (owned) */
  FoyerCommand *command;   /* (owned) as the journal has it, or is about to */
  FoyerScan *scan;         /* (owned) (nullable) */
  FoyerStep *step;         /* (owned) (nullable) */
  FoyerStepResult *result; /* (owned) (nullable) the answer, perhaps a refusal that is doubted */
  gboolean claimed;        /* the person at the door was told the answer */
  gint64 sent_at;
} Flight;

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
  GHashTable *flights; /* command id -> Flight */
  GHashTable *targets; /* set of targets with a command in flight */
  GHashTable *claims;  /* command id -> Claim */
  gboolean looking;
  gboolean stale; /* the journal may have more than the queue */

  gint64 samples[SAMPLES];
  guint n_samples;
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
static void write_sending (Flight *flight);
static void perform (Flight *flight);

static void
claim_free (gpointer data)
{
  Claim *claim = data;

  if (claim->destroy != NULL)
    claim->destroy (claim->user_data);
  g_free (claim);
}

static void
foyer_lane_finalize (GObject *object)
{
  FoyerLane *self = FOYER_LANE (object);

  foyer_timer_clear (&self->timer);
  g_clear_pointer (&self->queue, g_ptr_array_unref);
  g_clear_pointer (&self->urgent, g_ptr_array_unref);
  g_clear_pointer (&self->flights, g_hash_table_unref);
  g_clear_pointer (&self->targets, g_hash_table_unref);
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
  self->flights = g_hash_table_new (g_str_hash, g_str_equal);
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->claims = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, claim_free);
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

/* Whoever waits at the door is told, once. */
static gboolean
answer_claim (FoyerLane *self, FoyerCommand *command, FoyerStepResult *result, const GError *error)
{
  g_autofree char *key = NULL;
  Claim *claim = NULL;
  gboolean claimed;

  if (!g_hash_table_steal_extended (self->claims, command->id, (gpointer *)&key,
                                    (gpointer *)&claim))
    return FALSE;

  claimed = claim->claim (command, result, error, claim->user_data);
  claim_free (claim);
  return claimed;
}

static Flight *
flight_new (FoyerLane *self, FoyerCommand *command)
{
  Flight *flight = g_new0 (Flight, 1);

  flight->lane = g_object_ref (self);
  flight->command = foyer_command_ref (command);
  g_hash_table_insert (self->flights, flight->command->id, flight);
  g_hash_table_add (self->targets, g_strdup (command->target));
  return flight;
}

/* Over, one way or another: the command is in the journal as @command says. */
static void
land (Flight *flight)
{
  g_autoptr (FoyerLane) self = flight->lane;
  g_autoptr (FoyerCommand) command = flight->command;

  g_hash_table_remove (self->flights, command->id);
  g_hash_table_remove (self->targets, command->target);
  g_clear_pointer (&flight->scan, foyer_scan_unref);
  g_clear_pointer (&flight->step, foyer_step_unref);
  g_clear_pointer (&flight->result, foyer_step_result_unref);
  g_free (flight);

  if (foyer_command_state_is_waiting (command->state))
    {
      /* A claim that outlives its flight would wait for ever. */
      answer_claim (self, command, NULL, NULL);
      self->stale = TRUE;
    }
  else
    g_signal_emit (self, signals[SIGNAL_SETTLED], 0, command);
  pump (self);
  if (g_hash_table_size (self->flights) == 0)
    g_signal_emit (self, signals[SIGNAL_IDLE], 0);
}

static void
set_command (Flight *flight, FoyerCommand *command)
{
  FoyerCommand *old = flight->command;

  /* The key of the table lies in the command. */
  g_hash_table_steal (flight->lane->flights, old->id);
  flight->command = foyer_command_ref (command);
  g_hash_table_insert (flight->lane->flights, flight->command->id, flight);
  foyer_command_unref (old);
}

static void
on_ended (FoyerCommand *written, const GError *error, gpointer user_data)
{
  Flight *flight = user_data;

  if (written != NULL)
    set_command (flight, written);
  land (flight);
}

/* Writes how the flight ends. What was sent is over in any case, so it is insisted on. */
static void
end_flight (Flight *flight, FoyerCommand *to)
{
  GPtrArray *calls = flight->step != NULL ? flight->step->call_log : NULL;

  foyer_command_writer_write (flight->lane->writer, WAITING | SENDING, to, calls, TRUE, on_ended,
                              flight);
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
take_failure (FoyerLane *self, const GError *error)
{
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
take_answer (FoyerLane *self)
{
  foyer_desk_hear (self->desk);
  self->failures = 0;
  self->retry_at = 0;
  if (self->held)
    {
      self->held = FALSE;
      foyer_desk_set_problem (self->desk, NULL);
    }
}

static void
add_sample (FoyerLane *self, gint64 duration)
{
  self->samples[self->n_samples++ % SAMPLES] = duration;
}

/* The answer is known: told, mirrored, written, in this order. */

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerCommand) to = NULL;

  if (!foyer_mirror_apply_result_finish (FOYER_MIRROR (source), result, &error))
    g_warning ("An answer could not be mirrored: %s", error->message);

  /* Once it is done the overlay does not show it any more: if the mirror did not take it, it stays in
   * doubt, and is looked up again. */
  if (error != NULL && flight->result->outcome == FOYER_STEP_DONE)
    to = foyer_transition_doubt (flight->command, get_now (flight->lane) + 5 * FOYER_SECOND);
  else
    to = foyer_transition_hear (flight->command, flight->result, flight->claimed);
  end_flight (flight, to);
}

static void
conclude (Flight *flight, FoyerStepResult *result)
{
  FoyerLane *self = flight->lane;

  flight->claimed = answer_claim (self, flight->command, result, NULL);
  if (flight->result != result)
    {
      g_clear_pointer (&flight->result, foyer_step_result_unref);
      flight->result = foyer_step_result_ref (result);
    }

  if (result->outcome != FOYER_STEP_DONE && result->attendee == NULL)
    {
      g_autoptr (FoyerCommand) to = foyer_transition_hear (flight->command, result,
                                                           flight->claimed);

      end_flight (flight, to);
      return;
    }
  foyer_mirror_apply_result_async (foyer_desk_get_mirror (self->desk),
                                   foyer_desk_get_connection (self->desk)->name, flight->scan,
                                   result, NULL, on_applied, flight);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  FoyerLane *self = flight->lane;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerStepResult) found = NULL;

  found = foyer_service_lookup_finish (FOYER_SERVICE (source), result, &error);
  if (error != NULL)
    {
      g_autoptr (FoyerCommand) to = NULL;
      gint64 pause = foyer_error_get_retry_after (error);

      take_failure (self, error);
      answer_claim (self, flight->command, NULL, error);
      to = foyer_transition_doubt (flight->command,
                                   pause > 0 ? get_now (self) + pause : FOYER_TIME_NONE);
      end_flight (flight, to);
      return;
    }

  take_answer (self);
  if (found != NULL)
    conclude (flight, found);
  else if (flight->result != NULL)
    conclude (flight, flight->result);
  else
    write_sending (flight);
}

static void
look_up (Flight *flight)
{
  foyer_service_lookup_async (foyer_desk_get_service (flight->lane->desk), flight->step, NULL,
                              on_looked_up, flight);
}

static void
on_performed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  FoyerLane *self = flight->lane;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerStepResult) answer = NULL;

  answer = foyer_service_perform_finish (FOYER_SERVICE (source), result, &error);
  if (answer == NULL)
    {
      g_autoptr (FoyerCommand) to = NULL;

      take_failure (self, error);
      answer_claim (self, flight->command, NULL, error);
      to = foyer_transition_fail (flight->command, error, get_now (self), g_random_double ());
      end_flight (flight, to);
      return;
    }

  take_answer (self);
  add_sample (self, foyer_clock_elapsed (self->clock) - flight->sent_at);

  /* Refused, though an earlier attempt may have been taken: is it refused *because* it is there? */
  if (answer->outcome != FOYER_STEP_DONE && flight->command->attempts > 1)
    {
      flight->result = g_steal_pointer (&answer);
      look_up (flight);
      return;
    }
  conclude (flight, answer);
}

static void
perform (Flight *flight)
{
  FoyerLane *self = flight->lane;
  FoyerService *service = foyer_desk_get_service (self->desk);

  /* It took a moment to write: are we still the one who sends, and is there still somebody to hear? */
  if (service == NULL || !self->open || !foyer_desk_can_ask (self->desk)
      || !foyer_journal_claim_sender (foyer_desk_get_journal (self->desk)))
    {
      g_autoptr (FoyerCommand) to = foyer_transition_return (flight->command);

      end_flight (flight, to);
      return;
    }

  flight->sent_at = foyer_clock_elapsed (self->clock);
  foyer_service_perform_async (service, flight->step, NULL, on_performed, flight);
}

static gboolean
make_step (Flight *flight)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&flight->scan, foyer_scan_unref);
  flight->scan = foyer_scan_from_json (flight->command->arguments, &error);
  if (flight->scan == NULL)
    return FALSE;

  g_clear_pointer (&flight->step, foyer_step_unref);
  flight->step = foyer_step_new ();
  flight->step->kind = FOYER_STEP_CHECK_IN;
  flight->step->key = g_strdup (flight->command->key);
  flight->step->scan = foyer_scan_ref (flight->scan);
  flight->step->call_log = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_call_unref);
  return TRUE;
}

static void
on_sending_written (FoyerCommand *written, const GError *error, gpointer user_data)
{
  Flight *flight = user_data;
  FoyerLane *self = flight->lane;

  if (written == NULL)
    {
      /* The disk failed, or the command is not waiting any more. Nothing was sent. */
      if (error != NULL)
        {
          answer_claim (self, flight->command, NULL, error);
          hold_back (self, &lane_pauses, 0);
        }
      land (flight);
      return;
    }

  set_command (flight, written);
  perform (flight);
}

/* A door time ahead of the service's clock: a person must look at it, nothing leaves. */
static gboolean
stop_if_ahead (Flight *flight)
{
  FoyerLane *self = flight->lane;
  g_autoptr (FoyerCommand) to = NULL;
  FoyerTime service_time;

  if (!foyer_door_clock_get_service_time (foyer_desk_get_door_clock (self->desk), &service_time)
      || !foyer_transition_is_ahead (flight->command, service_time))
    return FALSE;

  to = foyer_transition_ahead (flight->command, service_time);
  answer_claim (self, flight->command, NULL, NULL);
  end_flight (flight, to);
  return TRUE;
}

static void
write_sending (Flight *flight)
{
  FoyerLane *self = flight->lane;
  g_autoptr (FoyerCommand) to = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  FoyerTime latest = FOYER_TIME_NONE;

  if (stop_if_ahead (flight))
    return;

  foyer_door_clock_get_service_time (foyer_desk_get_door_clock (self->desk), &latest);
  to = foyer_transition_send (flight->command, latest);
  if (flight->step != NULL && flight->step->call_log->len > 0)
    calls = g_ptr_array_ref (flight->step->call_log);

  /* The arguments may have changed; and the lookup's calls are written here. */
  set_command (flight, to);
  if (!make_step (flight))
    {
      g_autoptr (FoyerCommand) damaged = foyer_transition_damaged (to, "damaged");

      end_flight (flight, damaged);
      return;
    }
  foyer_command_writer_write (self->writer, WAITING, to, calls, FALSE, on_sending_written, flight);
}

static void
begin (FoyerLane *self, FoyerCommand *command)
{
  Flight *flight = flight_new (self, command);

  if (!make_step (flight)
      || !foyer_service_can_perform (foyer_desk_get_service (self->desk), FOYER_STEP_CHECK_IN)
      || (command->kind != FOYER_COMMAND_CHECK_IN && command->kind != FOYER_COMMAND_EXIT))
    {
      g_autoptr (FoyerCommand) to = foyer_transition_damaged (
          command, flight->step == NULL ? "damaged" : "unsupported");

      end_flight (flight, to);
      return;
    }

  if (command->state == FOYER_STATE_UNKNOWN)
    {
      look_up (flight);
      return;
    }

  if (command->state == FOYER_STATE_PENDING)
    write_sending (flight);
  else if (!stop_if_ahead (flight))
    perform (flight);
}

/* Which command is next? */

static gboolean
is_ready (FoyerLane *self, FoyerCommand *command, FoyerTime now)
{
  return command->not_before == FOYER_TIME_NONE
         || command->not_before <= now
         /* a laptop's clock that was set back must not hold a command for ever */
         || command->not_before > now + FOYER_HOUR;
}

static FoyerCommand *
take_next (GPtrArray *queue, FoyerLane *self, FoyerTime *earliest)
{
  g_autoptr (GHashTable) passed = g_hash_table_new (g_str_hash, g_str_equal);
  FoyerTime now = get_now (self);

  for (guint i = 0; i < queue->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (queue, i);

      /* In order per target: one that must wait holds back those behind it. */
      if (g_hash_table_contains (self->targets, command->target)
          || g_hash_table_contains (passed, command->target))
        continue;
      if (!is_ready (self, command, now))
        {
          g_hash_table_add (passed, command->target);
          *earliest = MIN (*earliest, command->not_before);
          continue;
        }
      foyer_command_ref (command);
      g_ptr_array_remove_index (queue, i);
      return command;
    }
  return NULL;
}

/* Journal's thread. */

typedef struct
{
  char *connection;
  gsize limit;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->connection);
  g_free (look);
}

static gboolean
list_waiting (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  Look *look = data;

  *result = foyer_transaction_list_commands (transaction, look->connection, WAITING, 0, look->limit,
                                             error);
  return *result != NULL;
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
      hold_back (self, &lane_pauses, 0);
      pump (self);
      return;
    }

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
  Look *data = g_new0 (Look, 1);

  self->looking = TRUE;
  self->stale = FALSE;
  data->connection = g_strdup (foyer_desk_get_connection (self->desk)->name);
  data->limit = self->queue->len + g_hash_table_size (self->flights) + BATCH;
  foyer_journal_transact_async (foyer_desk_get_journal (self->desk), FALSE, list_waiting, data,
                                look_free, (GDestroyNotify)g_ptr_array_unref, NULL, on_listed,
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
      take_answer (self);
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

static void
on_returned (FoyerCommand *written, const GError *error, gpointer user_data)
{
  g_object_unref (user_data);
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

      answer_claim (self, command, NULL, NULL);
      to = foyer_transition_return (command);
      foyer_command_writer_write (self->writer, SENDING, to, NULL, TRUE, on_returned,
                                  g_object_ref (self));
      self->stale = TRUE;
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
      g_autoptr (FoyerCommand) command = take_next (self->urgent, self, &earliest);

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
      g_autoptr (FoyerCommand) command = take_next (self->queue, self, &earliest);

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
    {
      Claim *waiter = g_new0 (Claim, 1);

      waiter->claim = claim;
      waiter->user_data = user_data;
      waiter->destroy = destroy;
      g_hash_table_replace (self->claims, g_strdup (command->id), waiter);
    }

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

static int
compare_samples (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *)a;
  gint64 other = *(const gint64 *)b;

  return one < other ? -1 : one > other;
}

/**
 * foyer_lane_get_deadline:
 * @self: a lane
 *
 * Twice the 95th percentile of the recent answers, at most 400 ms and at least 50 (below that a person
 * sees no difference, and the service would hardly ever be heard in time).
 *
 * Returns: how long a verdict waits for the service, microseconds
 */
gint64
foyer_lane_get_deadline (FoyerLane *self)
{
  gint64 sorted[SAMPLES];
  guint n = MIN (self->n_samples, SAMPLES);

  g_return_val_if_fail (FOYER_IS_LANE (self), 0);

  if (n < FEWEST_SAMPLES)
    return LONGEST_DEADLINE;

  memcpy (sorted, self->samples, n * sizeof *sorted);
  qsort (sorted, n, sizeof *sorted, compare_samples);
  return CLAMP (2 * sorted[(n * 95 + 99) / 100 - 1], SHORTEST_DEADLINE, LONGEST_DEADLINE);
}
