/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every change of a command's state. */

#include "foyer-transition.h"

#include <json-glib/json-glib.h>

#define NOW G_GINT64_CONSTANT (1900000000000000)

static FoyerCommand *
make_command (FoyerCommandState state, int attempts)
{
  g_autoptr (FoyerScan) scan = foyer_scan_new ();
  FoyerCommand *command = foyer_command_new ();

  scan->secret = g_strdup ("abc");
  scan->list = 7;
  scan->datetime = NOW;
  command->id = g_strdup ("id");
  command->state = state;
  command->attempts = attempts;
  command->door_time = NOW;
  command->arguments = foyer_scan_to_json (scan);
  return command;
}

static const char *
get_problem (FoyerCommand *command, JsonParser *parser, const char *member)
{
  g_assert_true (json_parser_load_from_data (parser, command->problem, -1, NULL));
  return json_object_get_string_member (json_node_get_object (json_parser_get_root (parser)),
                                        member);
}

static void
test_send (void)
{
  g_autoptr (FoyerCommand) command = make_command (FOYER_STATE_PENDING, 0);
  g_autoptr (FoyerCommand) sent = foyer_transition_send (command, FOYER_TIME_NONE);
  g_autoptr (FoyerCommand) back = foyer_transition_return (sent);
  g_autoptr (FoyerCommand) again = foyer_transition_send (sent, NOW);
  g_autoptr (FoyerCommand) doubted = foyer_transition_return (again);

  g_assert_cmpint (sent->state, ==, FOYER_STATE_SENDING);
  g_assert_cmpint (sent->attempts, ==, 1);
  g_assert_cmpint (command->attempts, ==, 0);
  g_assert_cmpint (back->state, ==, FOYER_STATE_PENDING);
  g_assert_cmpint (back->attempts, ==, 0);
  /* An earlier attempt may have been taken: that this one never left says nothing about it. */
  g_assert_cmpint (doubted->state, ==, FOYER_STATE_UNKNOWN);
  g_assert_cmpint (doubted->attempts, ==, 1);
}

static void
test_hear (void)
{
  static const struct
  {
    FoyerStepOutcome outcome;
    const char *reason;
    gboolean claimed;
    FoyerCommandState state;
    const char *kind;
    const char *said;
  } cases[] = {
    { FOYER_STEP_DONE, NULL, FALSE, FOYER_STATE_DONE, NULL, NULL },
    { FOYER_STEP_DONE, NULL, TRUE, FOYER_STATE_DONE, NULL, NULL },
    { FOYER_STEP_REFUSED, "blocked", TRUE, FOYER_STATE_SETTLED, NULL, NULL },
    { FOYER_STEP_REFUSED, "blocked", FALSE, FOYER_STATE_NEEDS_YOU, "refused", "blocked" },
    { FOYER_STEP_REFUSED, "already_redeemed", FALSE, FOYER_STATE_NEEDS_YOU, "conflict",
      "already_redeemed" },
    { FOYER_STEP_NEEDS_ANSWERS, NULL, FALSE, FOYER_STATE_NEEDS_YOU, "refused", "incomplete" },
    { FOYER_STEP_NEEDS_ANSWERS, NULL, TRUE, FOYER_STATE_SETTLED, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FoyerCommand) command = make_command (FOYER_STATE_SENDING, 1);
      g_autoptr (FoyerStepResult) result = foyer_step_result_new ();
      g_autoptr (FoyerCommand) next = NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();

      result->outcome = cases[i].outcome;
      result->reason = g_strdup (cases[i].reason);
      next = foyer_transition_hear (command, result, cases[i].claimed);
      g_assert_cmpint (next->state, ==, cases[i].state);
      g_assert_nonnull (next->result);
      if (cases[i].kind != NULL)
        {
          g_assert_cmpstr (get_problem (next, parser, "kind"), ==, cases[i].kind);
          g_assert_cmpstr (get_problem (next, parser, "reason"), ==, cases[i].said);
        }
      else
        g_assert_null (next->problem);
    }
}

static void
test_both_sides (void)
{
  g_autoptr (FoyerCommand) command = make_command (FOYER_STATE_SENDING, 1);
  g_autoptr (FoyerStepResult) result = foyer_step_result_new ();
  g_autoptr (FoyerCommand) next = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  FoyerTime times[] = { NOW - 90 * FOYER_SECOND, NOW - 30 * FOYER_SECOND, NOW };
  JsonObject *theirs;

  result->outcome = FOYER_STEP_REFUSED;
  result->reason = g_strdup ("already_redeemed");
  result->attendee = foyer_attendee_new ();
  g_clear_pointer (&result->attendee->check_ins, g_ptr_array_unref);
  result->attendee->check_ins = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_check_in_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      FoyerCheckIn *check_in = foyer_check_in_new ();

      check_in->list = 7;
      check_in->datetime = times[i];
      check_in->device_id = 20 + (gint64)i;
      g_ptr_array_add (result->attendee->check_ins, check_in);
    }

  next = foyer_transition_hear (command, result, FALSE);
  g_assert_cmpstr (get_problem (next, parser, "kind"), ==, "conflict");
  theirs = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)),
                                          "theirs");
  /* The newest that is not ours. */
  g_assert_cmpint (json_object_get_int_member (theirs, "device_id"), ==, 21);
}

static void
test_fail (void)
{
  static const struct
  {
    FoyerError code;
    FoyerOutcome outcome;
    int attempts;
    FoyerCommandState state;
    int attempts_after;
    const char *kind;
  } cases[] = {
    { FOYER_ERROR_OFFLINE, FOYER_OUTCOME_NEVER_SENT, 1, FOYER_STATE_PENDING, 0, NULL },
    { FOYER_ERROR_OFFLINE, FOYER_OUTCOME_NEVER_SENT, 2, FOYER_STATE_UNKNOWN, 1, NULL },
    { FOYER_ERROR_TIMEOUT, FOYER_OUTCOME_UNKNOWN, 1, FOYER_STATE_UNKNOWN, 1, NULL },
    { FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN, 1, FOYER_STATE_UNKNOWN, 1, NULL },
    { FOYER_ERROR_CANCELLED, FOYER_OUTCOME_UNKNOWN, 1, FOYER_STATE_UNKNOWN, 1, NULL },
    { FOYER_ERROR_RATE_LIMITED, FOYER_OUTCOME_ANSWERED, 1, FOYER_STATE_PENDING, 0, NULL },
    { FOYER_ERROR_UNAUTHORIZED, FOYER_OUTCOME_ANSWERED, 1, FOYER_STATE_PENDING, 0, NULL },
    { FOYER_ERROR_FORBIDDEN, FOYER_OUTCOME_ANSWERED, 1, FOYER_STATE_PENDING, 0, NULL },
    { FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED, 1, FOYER_STATE_NEEDS_YOU, 1, "invalid" },
    { FOYER_ERROR_SERVER, FOYER_OUTCOME_ANSWERED, 1, FOYER_STATE_UNKNOWN, 1, NULL },
    { FOYER_ERROR_SERVER, FOYER_OUTCOME_ANSWERED, 6, FOYER_STATE_NEEDS_YOU, 6, "server" },
    { FOYER_ERROR_CONFLICT, FOYER_OUTCOME_ANSWERED, 1, FOYER_STATE_UNKNOWN, 1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FoyerCommand) command = make_command (FOYER_STATE_SENDING, cases[i].attempts);
      g_autoptr (GError) error = foyer_error_new (cases[i].code, NULL, "no");
      g_autoptr (FoyerCommand) next = NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();

      foyer_error_set_outcome (error, cases[i].outcome);
      foyer_error_set_retry_after (error, 100 * FOYER_SECOND);
      next = foyer_transition_fail (command, error, NOW, 0.5);
      g_assert_cmpint (next->state, ==, cases[i].state);
      g_assert_cmpint (next->attempts, ==, cases[i].attempts_after);
      if (cases[i].kind != NULL)
        g_assert_cmpstr (get_problem (next, parser, "kind"), ==, cases[i].kind);
      if (cases[i].code == FOYER_ERROR_RATE_LIMITED)
        g_assert_cmpint (next->not_before, ==, NOW + 100 * FOYER_SECOND);
    }
}

static void
test_ahead (void)
{
  g_autoptr (FoyerCommand) sure = make_command (FOYER_STATE_PENDING, 0);
  g_autoptr (FoyerCommand) guess = make_command (FOYER_STATE_PENDING, 0);
  g_autoptr (FoyerCommand) kept = make_command (FOYER_STATE_PENDING, 0);
  g_autoptr (FoyerCommand) asked = NULL;
  g_autoptr (FoyerCommand) sent = NULL;
  g_autoptr (FoyerScan) scan = foyer_scan_from_json (kept->arguments, NULL);
  g_autoptr (FoyerScan) left = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  guess->unsure = TRUE;
  g_assert_false (foyer_transition_is_ahead (sure, NOW));
  g_assert_false (foyer_transition_is_ahead (sure, NOW - 2 * FOYER_MINUTE));
  g_assert_true (foyer_transition_is_ahead (sure, NOW - 2 * FOYER_MINUTE - 1));
  g_assert_false (foyer_transition_is_ahead (guess, NOW + FOYER_HOUR));
  g_assert_true (foyer_transition_is_ahead (guess, NOW - 3 * FOYER_SECOND));

  asked = foyer_transition_ahead (sure, NOW - FOYER_HOUR);
  g_assert_cmpint (asked->state, ==, FOYER_STATE_NEEDS_YOU);
  g_assert_cmpstr (get_problem (asked, parser, "kind"), ==, "clock");

  /* Kept by a person, it leaves with the service's time. */
  scan->force = TRUE;
  g_free (kept->arguments);
  kept->arguments = foyer_scan_to_json (scan);
  g_assert_false (foyer_transition_is_ahead (kept, NOW - FOYER_HOUR));
  sent = foyer_transition_send (kept, NOW - FOYER_HOUR);
  g_assert_cmpint (sent->door_time, ==, NOW - FOYER_HOUR);
  left = foyer_scan_from_json (sent->arguments, NULL);
  g_assert_cmpint (left->datetime, ==, NOW - FOYER_HOUR);
}

static void
test_backoff (void)
{
  FoyerBackoff backoff = { .first = FOYER_SECOND, .longest = 30 * FOYER_SECOND };

  g_assert_cmpint (foyer_backoff_get_pause (&backoff, 1, 0.0), ==, FOYER_SECOND / 2);
  g_assert_cmpint (foyer_backoff_get_pause (&backoff, 1, 1.0), ==, FOYER_SECOND);
  g_assert_cmpint (foyer_backoff_get_pause (&backoff, 3, 1.0), ==, 4 * FOYER_SECOND);
  g_assert_cmpint (foyer_backoff_get_pause (&backoff, 99, 1.0), ==, 30 * FOYER_SECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/transition/send", test_send);
  g_test_add_func ("/commands/transition/hear", test_hear);
  g_test_add_func ("/commands/transition/both-sides", test_both_sides);
  g_test_add_func ("/commands/transition/fail", test_fail);
  g_test_add_func ("/commands/transition/ahead", test_ahead);
  g_test_add_func ("/commands/transition/backoff", test_backoff);
  return g_test_run ();
}
