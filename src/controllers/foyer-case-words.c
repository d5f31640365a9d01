/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A case of the inbox in words: both sides, what that means, and answers that say what they do. One
 * table, keyed by the service's own word for the refusal; what it does not know is told with the
 * service's own sentence. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-case-words.h"

#include "foyer-command-words.h"
#include "foyer-json.h"
#include "foyer-text.h"
#include "foyer-verdict-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define EXPLANATION_MAX_CHARS 300

G_DEFINE_BOXED_TYPE (FoyerCaseWords, foyer_case_words, foyer_case_words_ref, foyer_case_words_unref)

/* What is in a command's problem. */
typedef struct
{
  char *kind;
  char *reason;
  char *explanation; /* safe to show */
  gboolean has_theirs;
  FoyerTime theirs_at;
  gint64 device;
  gint64 list;
} Problem;

static void
problem_clear (Problem *problem)
{
  g_free (problem->kind);
  g_free (problem->reason);
  g_free (problem->explanation);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Problem, problem_clear)

typedef struct
{
  const char *reason;
  const char *headline;
  const char *theirs;
  const char *meaning;
  gboolean can_force; /* the service stores it when it is told that it stands */
} Refusal;

static const Refusal refusals[] = {
  { "invalid", N_ ("Ticket unknown"), N_ ("No valid ticket has this code here."),
    N_ ("The ticket was cancelled, moved to another date or deleted after our copy was made. If "
        "that "
        "was put right at the service, send it once more."),
    FALSE },
  { "ambiguous", N_ ("Several tickets"), N_ ("This code stands for several tickets."),
    N_ ("The service cannot tell which of them was used. Scan the code of the very ticket next "
        "time."),
    FALSE },
  { "revoked", N_ ("Old code"), N_ ("This code was replaced by a new one."),
    N_ ("The person came in with an old code: a new one exists, and somebody else may hold it."),
    TRUE },
  { "canceled", N_ ("Cancelled"), N_ ("The order was cancelled."),
    N_ ("The order was cancelled before the service heard of this entry."), TRUE },
  { "blocked", N_ ("Blocked"), N_ ("The organiser has blocked this ticket."),
    N_ ("The ticket was blocked before the service heard of this entry. Ask the organiser why."),
    TRUE },
  { "unapproved", N_ ("Not approved"), N_ ("The order has not been approved yet."),
    N_ ("The organiser still has to approve the order. The entry can count anyway."), TRUE },
  { "unpaid", N_ ("Not paid"), N_ ("The order has not been paid."),
    N_ ("The person came in though the order is not paid. The entry can count; the money stays "
        "open."),
    TRUE },
  { "invalid_time", N_ ("Wrong time"), N_ ("The ticket was not valid at that time."),
    N_ ("The person came in earlier or later than the ticket permits."), TRUE },
  { "product", N_ ("Wrong entrance"), N_ ("This ticket is not for this entrance."),
    N_ ("The person came in by an entrance that the ticket is not for."), TRUE },
  { "rules", N_ ("Against the rules"), N_ ("The rules of this list do not permit it."),
    N_ ("The person came in though the rules of the list say no."), TRUE },
  { "incomplete", N_ ("Questions open"), N_ ("This ticket has questions that were not answered."),
    N_ ("The person came in without answering the questions of the ticket."), TRUE },
  { "exchange", N_ ("Not exchanged"), N_ ("This ticket must be exchanged for a wristband first."),
    N_ ("The person came in without the wristband."), TRUE },
  { "already_exchanged", N_ ("Wristband not used"),
    N_ ("This ticket was exchanged for a wristband."),
    N_ ("The person came in with the ticket instead of the wristband; somebody else may wear it."),
    TRUE },
};

static const Refusal unknown_refusal
    = { NULL, N_ ("Refused"), N_ ("The service does not accept this entry."),
        N_ ("The person came in, and the service does not count it."), TRUE };

static const Refusal *
find_refusal (const char *reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_strcmp0 (refusals[i].reason, reason) == 0)
      return &refusals[i];

  return &unknown_refusal;
}

static char *
safe_sentence (const char *text)
{
  g_autofree char *clean = NULL;

  if (text == NULL)
    return NULL;

  clean = foyer_text_clean_line (text, EXPLANATION_MAX_CHARS);
  return *clean != '\0' ? foyer_text_isolate (clean) : NULL;
}

/* A problem that cannot be read is still a case that somebody must close. */
static void
problem_read (Problem *problem, const char *json)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object = NULL;
  JsonObject *theirs;
  const char *datetime;

  problem->theirs_at = FOYER_TIME_NONE;
  if (json != NULL && json_parser_load_from_data (parser, json, -1, NULL))
    object = foyer_json_get_root_object (json_parser_get_root (parser));
  if (object == NULL)
    return;

  problem->kind = g_strdup (foyer_json_get_string (object, "kind"));
  problem->reason = g_strdup (foyer_json_get_string (object, "reason"));
  problem->explanation = safe_sentence (foyer_json_get_string (object, "explanation"));
  theirs = foyer_json_get_object (object, "theirs");
  if (theirs == NULL)
    return;

  problem->has_theirs = TRUE;
  problem->device = foyer_json_get_int (theirs, "device_id", 0);
  problem->list = foyer_json_get_int (theirs, "list", 0);
  datetime = foyer_json_get_string (theirs, "datetime");
  if (datetime != NULL && !foyer_time_parse (datetime, NULL, &problem->theirs_at))
    problem->theirs_at = FOYER_TIME_NONE;
}

static char *
join_place (const char *list, const char *desk)
{
  if (list != NULL && *list != '\0' && desk != NULL && *desk != '\0')
    return g_strdup_printf ("%s · %s", list, desk);
  if (list != NULL && *list != '\0')
    return g_strdup (list);

  return desk != NULL && *desk != '\0' ? g_strdup (desk) : NULL;
}

static void
fill_ours (FoyerCaseWords *self, const FoyerCommand *command, const FoyerCaseContext *context)
{
  g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, NULL);
  g_autofree char *desk = NULL;

  self->name = foyer_command_words_for_name (scan);
  self->ticket = foyer_command_words_for_ticket (scan);
  self->ours = g_strdup (foyer_command_words_for_kind (command->kind));
  self->ours_at = foyer_words_for_time (command->door_time, context->now, context->zone);
  desk = command->desk != NULL ? safe_sentence (command->desk) : g_strdup (_ ("this desk"));
  self->ours_by = join_place (context->list_name, desk);
}

static void
fill_theirs (FoyerCaseWords *self, const Problem *problem, const FoyerCaseContext *context)
{
  g_autofree char *desk = NULL;

  if (!problem->has_theirs)
    return;

  if (problem->theirs_at != FOYER_TIME_NONE)
    self->theirs_at = foyer_words_for_time (problem->theirs_at, context->now, context->zone);
  if (problem->device != 0 && problem->device == context->desk_device)
    desk = g_strdup (_ ("this desk"));
  else if (problem->device != 0)
    desk = g_strdup_printf (_ ("desk %" PRId64), problem->device);
  else
    desk = g_strdup (_ ("a desk without a name"));
  self->theirs_by = join_place (context->their_list_name, desk);
}

/* Somebody else was first, or so it seems: what that means depends on who was, and when. */
static void
fill_conflict (FoyerCaseWords *self,
               const FoyerCommand *command,
               const Problem *problem,
               const FoyerCaseContext *context)
{
  self->headline = g_strdup (_ ("Two entries, one ticket"));
  self->theirs = g_strdup (_ ("Already let in"));
  self->keep = g_strdup (_ ("Keep: this person is inside"));

  if (!problem->has_theirs || problem->theirs_at == FOYER_TIME_NONE)
    {
      self->meaning = g_strdup (
          _ ("The ticket had been used before. Two people may share it, or one "
             "person came in twice."));
      self->accept = g_strdup (_ ("Accept: count only the other entry"));
      return;
    }

  if (problem->device != 0 && problem->device == context->desk_device)
    {
      self->meaning = g_strdup (
          _ ("This desk let the same ticket in twice. Two people may share it, "
             "or one person came in twice."));
      self->accept = g_strdup (_ ("Accept: count only the other entry"));
      return;
    }

  if (problem->theirs_at <= command->door_time)
    self->meaning = g_strdup (_ ("The ticket had already been used elsewhere when this person came "
                                 "in here. Two people may share it, or one person came in twice."));
  else
    self->meaning = g_strdup (
        _ ("This person came in here first; afterwards the ticket was used "
           "elsewhere. Two people may share it, or one person came in twice."));
  if (problem->device != 0)
    self->accept = g_strdup_printf (_ ("Accept: count desk %" PRId64 "’s"), problem->device);
  else
    self->accept = g_strdup (_ ("Accept: count only the other entry"));
}

static void
fill_refused (FoyerCaseWords *self, const FoyerCommand *command, const Problem *problem)
{
  const Refusal *refusal = find_refusal (problem->reason);
  gboolean own_words = problem->explanation != NULL
                       && (refusal == &unknown_refusal
                           || g_strcmp0 (problem->reason, "rules") == 0);

  self->headline = g_strdup (_ (refusal->headline));
  self->theirs = g_strdup (own_words ? problem->explanation : _ (refusal->theirs));
  self->meaning = g_strdup (_ (refusal->meaning));
  if (!refusal->can_force)
    self->keep = g_strdup (_ ("Send it once more"));
  else if (command->kind == FOYER_COMMAND_EXIT)
    self->keep = g_strdup (_ ("Keep: this person is outside"));
  else
    self->keep = g_strdup (_ ("Keep: this person is inside"));
  self->accept = g_strdup (_ ("Accept: do not count it"));
}

static void
fill_ahead (FoyerCaseWords *self, const FoyerCommand *command, const Problem *problem)
{
  gint64 minutes = problem->theirs_at != FOYER_TIME_NONE
                       ? (command->door_time - problem->theirs_at) / FOYER_MINUTE
                       : 0;

  self->headline = g_strdup (_ ("Clock is ahead"));
  self->theirs = g_strdup (_ ("Its clock when this was to be sent"));
  if (minutes > 0)
    self->meaning = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     "The clock of this laptop was %d minute ahead. Sent like this, the service "
                     "would refuse today’s next scan of the ticket.",
                     "The clock of this laptop was %d minutes ahead. Sent like this, the service "
                     "would refuse today’s next scan of the ticket.",
                     (gulong)minutes),
        (int)MIN (minutes, G_MAXINT));
  else
    self->meaning = g_strdup (_ ("The clock of this laptop was ahead of the service’s. Check its "
                                 "date and time."));
  self->keep = g_strdup (_ ("Keep: send it with the service’s time"));
  self->accept = g_strdup (_ ("Drop it: it did not happen"));
}

static void
fill_failed (FoyerCaseWords *self, const Problem *problem)
{
  if (g_strcmp0 (problem->kind, "server") == 0)
    {
      self->headline = g_strdup (_ ("The service failed"));
      self->theirs = g_strdup (problem->explanation != NULL
                                   ? problem->explanation
                                   : _ ("It answered with a failure every time."));
      self->meaning = g_strdup (_ ("The service failed at this again and again while it answered "
                                   "everything else. Send it once more later, or enter it there by "
                                   "hand."));
    }
  else
    {
      self->headline = g_strdup (_ ("Not accepted"));
      self->theirs = g_strdup (problem->explanation != NULL ? problem->explanation
                                                            : _ ("It cannot take this as it is."));
      self->meaning = g_strdup (_ ("Something this entry needs is gone at the service, such as the "
                                   "list. If that was put right, send it once more."));
    }
  self->keep = g_strdup (_ ("Send it once more"));
  self->accept = g_strdup (_ ("Close: do not count it"));
}

static void
fill_undo (FoyerCaseWords *self, const Problem *problem)
{
  self->headline = g_strdup (_ ("Cannot be taken back"));
  if (g_strcmp0 (problem->reason, "too_late") == 0)
    self->theirs = g_strdup (_ ("It takes back only what this desk entered less than 15 minutes "
                                "before."));
  else if (g_strcmp0 (problem->reason, "unknown") == 0)
    self->theirs = g_strdup (_ ("It holds this entry as another desk’s."));
  else
    self->theirs = g_strdup (problem->explanation != NULL
                                 ? problem->explanation
                                 : _ ("It does not take this entry back."));
  self->meaning = g_strdup (_ ("Here the admission was taken back, at the service it still counts. "
                               "With an exit this person does not count as inside any more."));
  self->keep = g_strdup (_ ("Enter an exit instead"));
  self->accept = g_strdup (_ ("Let the admission count"));
}

/**
 * foyer_case_words_new:
 * @command: a command that needs a person
 * @context: what else is known
 *
 * Returns: (transfer full): the case in the person's language
 */
FoyerCaseWords *
foyer_case_words_new (const FoyerCommand *command, const FoyerCaseContext *context)
{
  FoyerCaseWords *self;
  g_auto (Problem) problem = { 0 };

  g_return_val_if_fail (command != NULL, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  self = g_atomic_rc_box_new0 (FoyerCaseWords);
  problem_read (&problem, command->problem);
  fill_ours (self, command, context);
  if (g_strcmp0 (problem.kind, "conflict") == 0)
    {
      fill_theirs (self, &problem, context);
      fill_conflict (self, command, &problem, context);
    }
  else if (g_strcmp0 (problem.kind, "undo") == 0)
    fill_undo (self, &problem);
  else if (g_strcmp0 (problem.kind, "clock") == 0)
    {
      if (problem.theirs_at != FOYER_TIME_NONE)
        self->theirs_at = foyer_words_for_time (problem.theirs_at, context->now, context->zone);
      fill_ahead (self, command, &problem);
    }
  else if (g_strcmp0 (problem.kind, "invalid") == 0 || g_strcmp0 (problem.kind, "server") == 0)
    fill_failed (self, &problem);
  else
    fill_refused (self, command, &problem);
  return self;
}

/**
 * foyer_case_words_find_their_list:
 * @command: a command that needs a person
 *
 * Returns: id of the list of the service's entry, or 0
 */
gint64
foyer_case_words_find_their_list (const FoyerCommand *command)
{
  g_auto (Problem) problem = { 0 };

  problem_read (&problem, command->problem);
  return problem.list;
}

/**
 * foyer_case_words_ref:
 * @self: the words
 *
 * Returns: (transfer full): @self
 */
FoyerCaseWords *
foyer_case_words_ref (FoyerCaseWords *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
foyer_case_words_clear (gpointer data)
{
  FoyerCaseWords *self = data;

  g_free (self->name);
  g_free (self->ticket);
  g_free (self->headline);
  g_free (self->ours);
  g_free (self->ours_at);
  g_free (self->ours_by);
  g_free (self->theirs);
  g_free (self->theirs_at);
  g_free (self->theirs_by);
  g_free (self->meaning);
  g_free (self->keep);
  g_free (self->accept);
}

/**
 * foyer_case_words_unref:
 * @self: (transfer full): the words
 */
void
foyer_case_words_unref (FoyerCaseWords *self)
{
  g_atomic_rc_box_release_full (self, foyer_case_words_clear);
}
