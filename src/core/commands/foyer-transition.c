/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a command goes from state to state: pure functions, each giving a new value. The lane decides when;
 * nothing else decides what.
 *
 *   pending -> sending -> done | settled | needs_you
 *                      -> pending (never sent) | unknown (sent, no answer) -> sending
 */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-transition.h"

#include <json-glib/json-glib.h>

/* A check-in dated ahead is stored by pretix and then refuses today's scan (docs/architecture.md). */
#define AHEAD_SURE (2 * FOYER_MINUTE)
#define AHEAD_UNSURE (2 * FOYER_SECOND)

/* A step that the service fails at again and again while it answers everything else will not get
 * better by itself (contracts/pretix-checkin.md 2, trap 9). */
#define MOST_FAILURES 6

static const FoyerBackoff failing = { .first = 2 * FOYER_SECOND, .longest = 60 * FOYER_SECOND };

/**
 * foyer_backoff_get_pause:
 * @self: how pauses grow
 * @failures: failures in a row, from 1 on
 * @random: from 0 to 1
 *
 * Returns: microseconds to wait before the next attempt: between half of the doubled pause and all of it
 */
gint64
foyer_backoff_get_pause (const FoyerBackoff *self, guint failures, double random)
{
  guint doublings = MIN (failures > 0 ? failures - 1 : 0, 30);
  gint64 pause = MIN (self->first << doublings, self->longest);

  return pause / 2 + (gint64)((double)(pause / 2) * random);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_time (JsonBuilder *builder, const char *name, FoyerTime time)
{
  g_autofree char *text = foyer_time_format_utc (time);

  add_string (builder, name, text);
}

/* The newest entry on a list that is not ours: whom the service counts instead. */
static const FoyerCheckIn *
find_theirs (const FoyerCommand *command, const FoyerStepResult *result)
{
  const FoyerCheckIn *theirs = NULL;

  if (result->attendee == NULL || result->attendee->check_ins == NULL)
    return NULL;

  for (guint i = 0; i < result->attendee->check_ins->len; i++)
    {
      const FoyerCheckIn *check_in = g_ptr_array_index (result->attendee->check_ins, i);

      if (check_in->exit || check_in->datetime == command->door_time
          || (result->list != 0 && check_in->list != result->list))
        continue;
      if (theirs == NULL || check_in->datetime >= theirs->datetime)
        theirs = check_in;
    }
  return theirs;
}

static char *
make_problem (const char *kind, const char *reason, const char *explanation)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "kind", kind);
  add_string (builder, "reason", reason);
  add_string (builder, "explanation", explanation);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static char *
make_refusal_problem (const FoyerCommand *command, const FoyerStepResult *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  const FoyerCheckIn *theirs = find_theirs (command, result);
  gboolean conflict = g_strcmp0 (result->reason, "already_redeemed") == 0;
  const char *reason = result->reason;

  if (reason == NULL && result->outcome == FOYER_STEP_NEEDS_ANSWERS)
    reason = "incomplete";

  json_builder_begin_object (builder);
  if (command->kind == FOYER_COMMAND_UNDO)
    add_string (builder, "kind", "undo");
  else
    add_string (builder, "kind", conflict ? "conflict" : "refused");
  add_string (builder, "reason", reason);
  add_string (builder, "explanation", result->explanation);
  if (theirs != NULL)
    {
      json_builder_set_member_name (builder, "theirs");
      json_builder_begin_object (builder);
      add_time (builder, "datetime", theirs->datetime);
      json_builder_set_member_name (builder, "device_id");
      json_builder_add_int_value (builder, theirs->device_id);
      json_builder_set_member_name (builder, "gate");
      json_builder_add_int_value (builder, theirs->gate);
      json_builder_set_member_name (builder, "list");
      json_builder_add_int_value (builder, theirs->list);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static FoyerCommand *
change (const FoyerCommand *command, FoyerCommandState state)
{
  FoyerCommand *next = foyer_command_copy (command);

  next->state = state;
  next->not_before = FOYER_TIME_NONE;
  return next;
}

static FoyerCommand *
ask_person (const FoyerCommand *command, char *problem)
{
  FoyerCommand *next = change (command, FOYER_STATE_NEEDS_YOU);

  g_free (next->problem);
  next->problem = problem;
  return next;
}

static gboolean
is_forced (const FoyerCommand *command)
{
  g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, NULL);

  return scan != NULL && scan->force;
}

/**
 * foyer_transition_is_ahead:
 * @command: a command that is about to be sent
 * @service_time: the service's time now
 *
 * A door time ahead of the service's clock needs a person first: by more than two minutes, or at all if
 * it was only a guess. After the person said that it stands it is not asked again.
 *
 * Returns: whether a person must look at it
 */
gboolean
foyer_transition_is_ahead (const FoyerCommand *command, FoyerTime service_time)
{
  gint64 most = command->unsure ? AHEAD_UNSURE : AHEAD_SURE;

  /* They leave with the service's time if theirs is later, and decide about nobody's next scan. */
  if (command->kind == FOYER_COMMAND_UNDO || command->kind == FOYER_COMMAND_REFUSAL)
    return FALSE;

  return command->door_time > service_time + most && !is_forced (command);
}

/**
 * foyer_transition_holds_lane:
 * @error: why a step was not done
 *
 * Returns: whether every other step of the connection would fail the same way until a person does something
 */
gboolean
foyer_transition_holds_lane (const GError *error)
{
  return g_error_matches (error, FOYER_ERROR, FOYER_ERROR_UNAUTHORIZED)
         || g_error_matches (error, FOYER_ERROR, FOYER_ERROR_FORBIDDEN);
}

/**
 * foyer_transition_send:
 * @command: a command that waits
 * @latest: the service's time now, or %FOYER_TIME_NONE if it is not known
 *
 * The command leaves. What a person kept although it is dated ahead leaves with the service's time:
 * nothing happened later than now.
 *
 * Returns: (transfer full): the command as it is being sent
 */
FoyerCommand *
foyer_transition_send (const FoyerCommand *command, FoyerTime latest)
{
  FoyerCommand *next = change (command, FOYER_STATE_SENDING);

  next->attempts++;
  if (latest != FOYER_TIME_NONE && next->door_time > latest + AHEAD_SURE)
    {
      g_autoptr (FoyerScan) scan = foyer_scan_from_json (next->arguments, NULL);

      if (scan != NULL && scan->force)
        {
          scan->datetime = latest;
          next->door_time = latest;
          g_free (next->arguments);
          next->arguments = foyer_scan_to_json (scan);
        }
    }
  return next;
}

/**
 * foyer_transition_hear:
 * @command: a command that was sent
 * @result: the service's answer
 * @claimed: the person at the door was told this very answer
 *
 * Returns: (transfer full): the command as it is now
 */
FoyerCommand *
foyer_transition_hear (const FoyerCommand *command, const FoyerStepResult *result, gboolean claimed)
{
  FoyerCommand *next;

  if (result->outcome == FOYER_STEP_DONE)
    next = change (command, FOYER_STATE_DONE);
  else if (claimed)
    next = change (command, FOYER_STATE_SETTLED);
  else
    next = ask_person (command, make_refusal_problem (command, result));

  g_free (next->result);
  next->result = foyer_step_result_to_json (result);
  return next;
}

/**
 * foyer_transition_doubt:
 * @command: a command that may have reached the service
 * @not_before: not to be looked up before this instant, or %FOYER_TIME_NONE
 *
 * Returns: (transfer full): the command, to be looked up before it is sent again
 */
FoyerCommand *
foyer_transition_doubt (const FoyerCommand *command, FoyerTime not_before)
{
  FoyerCommand *next = change (command, FOYER_STATE_UNKNOWN);

  next->not_before = not_before;
  return next;
}

/**
 * foyer_transition_return:
 * @command: a command that was to be sent, and was not
 *
 * Returns: (transfer full): the command, waiting as before: as one that is in doubt if an earlier
 *   attempt may have reached the service
 */
FoyerCommand *
foyer_transition_return (const FoyerCommand *command)
{
  FoyerCommand *next;

  next = change (command, command->attempts > 1 ? FOYER_STATE_UNKNOWN : FOYER_STATE_PENDING);
  next->attempts = MAX (command->attempts - 1, 0);
  return next;
}

/**
 * foyer_transition_fail:
 * @command: a command that was sent
 * @error: why there is no answer
 * @now: the laptop's clock
 * @random: from 0 to 1
 *
 * Returns: (transfer full): the command as it is now
 */
FoyerCommand *
foyer_transition_fail (const FoyerCommand *command,
                       const GError *error,
                       FoyerTime now,
                       double random)
{
  gint64 asked = foyer_error_get_retry_after (error);
  gint64 pause = MAX (
      asked, foyer_backoff_get_pause (&failing, (guint)MAX (command->attempts, 1), random));
  FoyerCommand *next;

  if (error->domain != FOYER_ERROR)
    return foyer_transition_doubt (command, now + pause);

  switch (foyer_error_get_outcome (error))
    {
    case FOYER_OUTCOME_NEVER_SENT:
      return foyer_transition_return (command);
    case FOYER_OUTCOME_UNKNOWN:
      return foyer_transition_doubt (command, now + pause);
    case FOYER_OUTCOME_ANSWERED:
      break;
    }

  switch ((FoyerError)error->code)
    {
    case FOYER_ERROR_UNAUTHORIZED:
    case FOYER_ERROR_FORBIDDEN:
      /* Not done, and nothing of it: it waits until the desk may again. */
      return foyer_transition_return (command);
    case FOYER_ERROR_RATE_LIMITED:
      next = foyer_transition_return (command);
      next->not_before = now + pause;
      return next;
    case FOYER_ERROR_INVALID:
    case FOYER_ERROR_NOT_FOUND:
      return ask_person (command, make_problem ("invalid", NULL, error->message));
    case FOYER_ERROR_SERVER:
    case FOYER_ERROR_PROTOCOL:
      if (command->attempts >= MOST_FAILURES)
        return ask_person (command, make_problem ("server", NULL, error->message));
      return foyer_transition_doubt (command, now + pause);
    case FOYER_ERROR_CONFLICT:
    case FOYER_ERROR_OFFLINE:
    case FOYER_ERROR_TIMEOUT:
    case FOYER_ERROR_TLS:
    case FOYER_ERROR_STORAGE:
    case FOYER_ERROR_KEYRING:
    case FOYER_ERROR_CANCELLED:
      return foyer_transition_doubt (command, now + pause);
    }

  g_return_val_if_reached (foyer_transition_doubt (command, now + pause));
}

/**
 * foyer_transition_ahead:
 * @command: a command whose door time is ahead
 * @service_time: the service's time now
 *
 * Returns: (transfer full): the command, waiting for a person
 */
FoyerCommand *
foyer_transition_ahead (const FoyerCommand *command, FoyerTime service_time)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "kind", "clock");
  add_string (builder, "reason", "ahead");
  add_string (builder, "explanation", NULL);
  json_builder_set_member_name (builder, "theirs");
  json_builder_begin_object (builder);
  add_time (builder, "datetime", service_time);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return ask_person (command, json_to_string (root, FALSE));
}

/**
 * foyer_transition_damaged:
 * @command: a command that cannot be sent as it is
 * @reason: a word for it
 *
 * Returns: (transfer full): the command, waiting for a person
 */
FoyerCommand *
foyer_transition_damaged (const FoyerCommand *command, const char *reason)
{
  return ask_person (command, make_problem ("invalid", reason, NULL));
}
