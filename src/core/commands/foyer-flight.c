/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One command's way:
 *
 *   [look it up] -> write `sending` -> send -> [look it up] -> mirror -> write the result */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-flight.h"

#include "foyer-error.h"
#include "foyer-transition.h"

#define WAITING ((1u << FOYER_STATE_PENDING) | (1u << FOYER_STATE_UNKNOWN))
#define SENDING (1u << FOYER_STATE_SENDING)

struct _FoyerFlight
{
  const FoyerFlightTower *functions;
  GObject *tower;             /* (owned) */
  FoyerDesk *desk;            /* (owned) */
  FoyerCommandWriter *writer; /* (owned) */
  FoyerCommand *command;      /* (owned) as the journal has it, or is about to */
  FoyerScan *scan;            /* (owned) (nullable) */
  FoyerStep *step;            /* (owned) (nullable) */
  FoyerStepResult *result;    /* (owned) (nullable) the answer, perhaps a refusal that is doubted */
  gboolean claimed;           /* the person at the door was told the answer */
  gint64 sent_at;
};

static void write_sending (FoyerFlight *flight);

/* Over, one way or another: the command is in the journal as it is here. */
static void
land (FoyerFlight *flight)
{
  const FoyerFlightTower *functions = flight->functions;
  g_autoptr (GObject) tower = flight->tower;
  g_autoptr (FoyerCommand) command = flight->command;

  g_clear_pointer (&flight->scan, foyer_scan_unref);
  g_clear_pointer (&flight->step, foyer_step_unref);
  g_clear_pointer (&flight->result, foyer_step_result_unref);
  g_clear_object (&flight->desk);
  g_clear_object (&flight->writer);
  g_free (flight);
  functions->landed (tower, command);
}

static void
set_command (FoyerFlight *flight, FoyerCommand *command)
{
  FoyerCommand *old = flight->command;

  flight->command = foyer_command_ref (command);
  foyer_command_unref (old);
}

static void
on_ended (FoyerCommand *written, const GError *error, gpointer user_data)
{
  FoyerFlight *flight = user_data;

  if (written != NULL)
    set_command (flight, written);
  land (flight);
}

/* Writes how the flight ends. What was sent is over in any case, so it is insisted on. */
static void
end_flight (FoyerFlight *flight, FoyerCommand *to)
{
  GPtrArray *calls = flight->step != NULL ? flight->step->call_log : NULL;

  foyer_command_writer_write (flight->writer, WAITING | SENDING, to, calls, TRUE, on_ended, flight);
}

static FoyerTime
get_now (FoyerFlight *flight)
{
  return foyer_clock_now (foyer_desk_get_clock (flight->desk));
}

static gint64
get_elapsed (FoyerFlight *flight)
{
  return foyer_clock_elapsed (foyer_desk_get_clock (flight->desk));
}

static gboolean
tell (FoyerFlight *flight, FoyerStepResult *result, const GError *error)
{
  return flight->functions->tell (flight->tower, flight->command, result, error);
}

/* The answer is known: told, mirrored, written, in this order. */

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerFlight *flight = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerCommand) to = NULL;

  if (!foyer_mirror_apply_result_finish (FOYER_MIRROR (source), result, &error))
    g_warning ("An answer could not be mirrored: %s", error->message);

  /* Once it is done the overlay does not show it any more: if the mirror did not take it, it stays in
   * doubt, and is looked up again. */
  if (error != NULL && flight->result->outcome == FOYER_STEP_DONE)
    to = foyer_transition_doubt (flight->command, get_now (flight) + 5 * FOYER_SECOND);
  else
    to = foyer_transition_hear (flight->command, flight->result, flight->claimed);
  end_flight (flight, to);
}

static void
conclude (FoyerFlight *flight, FoyerStepResult *result)
{
  flight->claimed = tell (flight, result, NULL);
  if (flight->result != result)
    {
      g_clear_pointer (&flight->result, foyer_step_result_unref);
      flight->result = foyer_step_result_ref (result);
    }

  if (flight->step->kind == FOYER_STEP_REFUSAL
      || (result->outcome != FOYER_STEP_DONE && result->attendee == NULL))
    {
      g_autoptr (FoyerCommand) to = foyer_transition_hear (flight->command, result,
                                                           flight->claimed);

      end_flight (flight, to);
      return;
    }
  foyer_mirror_apply_result_async (foyer_desk_get_mirror (flight->desk),
                                   foyer_desk_get_connection (flight->desk)->name, flight->scan,
                                   result, NULL, on_applied, flight);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerFlight *flight = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerStepResult) found = NULL;

  found = foyer_service_lookup_finish (FOYER_SERVICE (source), result, &error);
  if (error != NULL)
    {
      g_autoptr (FoyerCommand) to = NULL;
      gint64 pause = foyer_error_get_retry_after (error);

      flight->functions->failed (flight->tower, error);
      tell (flight, NULL, error);
      to = foyer_transition_doubt (flight->command,
                                   pause > 0 ? get_now (flight) + pause : FOYER_TIME_NONE);
      end_flight (flight, to);
      return;
    }

  flight->functions->answered (flight->tower, -1);
  if (found != NULL)
    conclude (flight, found);
  else if (flight->result != NULL)
    conclude (flight, flight->result);
  else
    write_sending (flight);
}

static void
look_up (FoyerFlight *flight)
{
  foyer_service_lookup_async (foyer_desk_get_service (flight->desk), flight->step, NULL,
                              on_looked_up, flight);
}

static void
on_performed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerFlight *flight = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerStepResult) answer = NULL;

  answer = foyer_service_perform_finish (FOYER_SERVICE (source), result, &error);
  if (answer == NULL)
    {
      g_autoptr (FoyerCommand) to = NULL;

      flight->functions->failed (flight->tower, error);
      tell (flight, NULL, error);
      to = foyer_transition_fail (flight->command, error, get_now (flight), g_random_double ());
      end_flight (flight, to);
      return;
    }

  flight->functions->answered (flight->tower, get_elapsed (flight) - flight->sent_at);

  /* Refused, though an earlier attempt may have been taken: is it refused *because* it is there? And what
   * cannot be taken back may be there no more. */
  if (answer->outcome != FOYER_STEP_DONE
      && (flight->command->attempts > 1 || flight->step->kind == FOYER_STEP_ANNUL))
    {
      flight->result = g_steal_pointer (&answer);
      look_up (flight);
      return;
    }
  conclude (flight, answer);
}

static void
perform (FoyerFlight *flight)
{
  FoyerService *service = foyer_desk_get_service (flight->desk);

  /* It took a moment to write: are we still the one who sends, and is there still somebody to hear? */
  if (service == NULL || !flight->functions->may_leave (flight->tower)
      || !foyer_desk_can_ask (flight->desk)
      || !foyer_journal_claim_sender (foyer_desk_get_journal (flight->desk)))
    {
      g_autoptr (FoyerCommand) to = foyer_transition_return (flight->command);

      end_flight (flight, to);
      return;
    }

  flight->sent_at = get_elapsed (flight);
  foyer_service_perform_async (service, flight->step, NULL, on_performed, flight);
}

/* What is taken back, or told of, happened at the latest now. */
static FoyerTime
get_time_of_step (FoyerFlight *flight)
{
  FoyerTime service_time;

  if (!foyer_door_clock_get_service_time (foyer_desk_get_door_clock (flight->desk), &service_time))
    return flight->command->door_time;
  return MIN (flight->command->door_time, service_time);
}

static FoyerStepKind
get_kind_of_step (const FoyerCommand *command)
{
  switch (command->kind)
    {
    case FOYER_COMMAND_CHECK_IN:
    case FOYER_COMMAND_EXIT:
      return FOYER_STEP_CHECK_IN;
    case FOYER_COMMAND_UNDO:
      return FOYER_STEP_ANNUL;
    case FOYER_COMMAND_REFUSAL:
      return FOYER_STEP_REFUSAL;
    }

  g_return_val_if_reached (FOYER_STEP_CHECK_IN);
}

static gboolean
make_step (FoyerFlight *flight)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&flight->scan, foyer_scan_unref);
  flight->scan = foyer_scan_from_json (flight->command->arguments, &error);
  if (flight->scan == NULL)
    return FALSE;

  g_clear_pointer (&flight->step, foyer_step_unref);
  flight->step = foyer_step_new ();
  flight->step->kind = get_kind_of_step (flight->command);
  flight->step->key = g_strdup (flight->step->kind == FOYER_STEP_ANNUL ? flight->scan->nonce
                                                                       : flight->command->key);
  flight->step->at = get_time_of_step (flight);
  flight->step->scan = foyer_scan_ref (flight->scan);
  flight->step->call_log = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_call_unref);
  return TRUE;
}

static void
on_sending_written (FoyerCommand *written, const GError *error, gpointer user_data)
{
  FoyerFlight *flight = user_data;

  if (written == NULL)
    {
      /* The disk failed, or the command is not waiting any more. Nothing was sent. */
      if (error != NULL)
        {
          tell (flight, NULL, error);
          flight->functions->stuck (flight->tower);
        }
      land (flight);
      return;
    }

  set_command (flight, written);
  perform (flight);
}

/* A door time ahead of the service's clock: a person must look at it, nothing leaves. */
static gboolean
stop_if_ahead (FoyerFlight *flight)
{
  g_autoptr (FoyerCommand) to = NULL;
  FoyerTime service_time;

  if (!foyer_door_clock_get_service_time (foyer_desk_get_door_clock (flight->desk), &service_time)
      || !foyer_transition_is_ahead (flight->command, service_time))
    return FALSE;

  to = foyer_transition_ahead (flight->command, service_time);
  tell (flight, NULL, NULL);
  end_flight (flight, to);
  return TRUE;
}

static void
write_sending (FoyerFlight *flight)
{
  g_autoptr (FoyerCommand) to = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  FoyerTime latest = FOYER_TIME_NONE;

  if (stop_if_ahead (flight))
    return;

  foyer_door_clock_get_service_time (foyer_desk_get_door_clock (flight->desk), &latest);
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
  foyer_command_writer_write (flight->writer, WAITING, to, calls, FALSE, on_sending_written,
                              flight);
}

/**
 * foyer_flight_begin:
 * @desk: whose command it is
 * @writer: writes what becomes of it
 * @command: a command that waits, or one that was recorded as being sent
 * @functions: what the flight needs
 * @tower: who starts it; kept until it has landed
 *
 * Carries out one command. It lands in any case.
 */
void
foyer_flight_begin (FoyerDesk *desk,
                    FoyerCommandWriter *writer,
                    FoyerCommand *command,
                    const FoyerFlightTower *functions,
                    GObject *tower)
{
  FoyerFlight *flight = g_new0 (FoyerFlight, 1);

  flight->functions = functions;
  flight->tower = g_object_ref (tower);
  flight->desk = g_object_ref (desk);
  flight->writer = g_object_ref (writer);
  flight->command = foyer_command_ref (command);

  if (!make_step (flight)
      || !foyer_service_can_perform (foyer_desk_get_service (desk), flight->step->kind))
    {
      g_autoptr (FoyerCommand) to = foyer_transition_damaged (
          command, flight->step == NULL ? "damaged" : "unsupported");

      end_flight (flight, to);
      return;
    }

  if (command->state == FOYER_STATE_UNKNOWN)
    look_up (flight);
  else if (command->state == FOYER_STATE_PENDING)
    write_sending (flight);
  else if (!stop_if_ahead (flight))
    perform (flight);
}
