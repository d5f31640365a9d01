/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A verdict in words: say what happened, then what to do. One table for the refusals, keyed by the
 * service's own word; what varies (times, desks) is made by a function of its own. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-verdict-words.h"

#include "foyer-error.h"
#include "foyer-rule-words.h"
#include "foyer-scan.h"
#include "foyer-text.h"
#include "foyer-where-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define NAME_MAX_CHARS 200
#define EXPLANATION_MAX_CHARS 300

G_DEFINE_BOXED_TYPE (FoyerVerdictWords,
                     foyer_verdict_words,
                     foyer_verdict_words_ref,
                     foyer_verdict_words_unref)

typedef struct
{
  const char *reason;
  FoyerTone tone;
  const char *headline;
  const char *sentence;
} Refusal;

static const Refusal refusals[] = {
  { "invalid", FOYER_TONE_STOP, N_ ("Unknown"),
    N_ ("This code is not a ticket for this entrance. Look the person up by name.") },
  { "revoked", FOYER_TONE_STOP, N_ ("Old code"),
    N_ ("This code was replaced. Ask for the newest ticket.") },
  { "ambiguous", FOYER_TONE_CARE, N_ ("Several tickets"),
    N_ ("This code stands for several tickets. Find the person by name and choose one.") },
  { "canceled", FOYER_TONE_STOP, N_ ("Cancelled"),
    N_ ("This order was cancelled. The ticket is no longer valid.") },
  { "blocked", FOYER_TONE_STOP, N_ ("Blocked"),
    N_ ("The organiser has blocked this ticket. Call the organiser.") },
  { "unapproved", FOYER_TONE_STOP, N_ ("Not approved"),
    N_ ("The organiser has not approved this order yet.") },
  { "invalid_time", FOYER_TONE_STOP, N_ ("Wrong time"), N_ ("This ticket is not valid now.") },
  { "product", FOYER_TONE_STOP, N_ ("Wrong entrance"),
    N_ ("This ticket is not for this entrance.") },
  { "unpaid", FOYER_TONE_STOP, N_ ("Not paid"), N_ ("The order has not been paid yet.") },
  { "rules", FOYER_TONE_STOP, N_ ("Not now"),
    N_ ("The rules of this list do not let this ticket in now.") },
  { "exchange", FOYER_TONE_CARE, N_ ("Exchange first"),
    N_ ("This ticket must be exchanged for a wristband first. The service is needed for that.") },
  { "already_exchanged", FOYER_TONE_STOP, N_ ("Use the wristband"),
    N_ ("This ticket was exchanged for a wristband. Scan that instead.") },
  { "already_redeemed", FOYER_TONE_STOP, N_ ("Already used"),
    N_ ("Somebody has already come in with this ticket.") },
  { "medium_invalid", FOYER_TONE_STOP, N_ ("Wristband unknown"),
    N_ ("This wristband cannot be used. Take another one.") },
  { "medium_exists", FOYER_TONE_STOP, N_ ("Wristband taken"),
    N_ ("This wristband belongs to another ticket. Take another one.") },
  { "error", FOYER_TONE_CARE, N_ ("Not possible"),
    N_ ("The service could not do this. Try again.") },
};

static const Refusal unknown_refusal = { NULL, FOYER_TONE_STOP, N_ ("Refused"),
                                         N_ ("The service does not let this ticket in.") };

static const Refusal *
find_refusal (const char *reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_strcmp0 (refusals[i].reason, reason) == 0)
      return &refusals[i];

  return &unknown_refusal;
}

static char *
safe_line (const char *text, gsize max_chars)
{
  g_autofree char *clean = NULL;

  if (text == NULL)
    return NULL;

  clean = foyer_text_clean_line (text, max_chars);
  return *clean != '\0' ? foyer_text_isolate (clean) : NULL;
}

static GTimeZone *
zone_of (const FoyerVerdictContext *context)
{
  return context->event != NULL ? foyer_time_zone_new (context->event->zone) : NULL;
}

/* "In since 10:42 (9 minutes ago), at desk 3." The service names a desk by its number. */
static char *
describe_previous (const FoyerAdmission *admission, const FoyerVerdictContext *context)
{
  const FoyerCheckIn *previous = admission->previous;
  g_autoptr (GTimeZone) zone = zone_of (context);
  g_autofree char *at = NULL;
  g_autofree char *age = NULL;

  if (previous == NULL || previous->datetime == FOYER_TIME_NONE)
    return NULL;

  at = foyer_words_for_time (previous->datetime, context->now, zone);
  age = foyer_words_for_age (context->now - previous->datetime);
  if (previous->waiting
      || (previous->device_id != 0 && previous->device_id == context->desk_device))
    return g_strdup_printf (_ ("Came in at %s (%s), at this desk."), at, age);
  if (previous->automatic)
    return g_strdup_printf (_ ("Checked in by the service itself at %s (%s)."), at, age);
  if (previous->device_id != 0)
    return g_strdup_printf (_ ("Came in at %s (%s), at desk %" PRId64 "."), at, age,
                            previous->device_id);

  return g_strdup_printf (_ ("Came in at %s (%s), at a desk without a name."), at, age);
}

static char *
describe_validity (const FoyerAdmission *admission,
                   const FoyerScan *scan,
                   const FoyerVerdictContext *context)
{
  const FoyerAttendee *attendee;
  FoyerTime at = scan != NULL && scan->datetime != FOYER_TIME_NONE ? scan->datetime : context->now;
  g_autoptr (GTimeZone) zone = zone_of (context);

  if (admission->candidate == NULL || admission->candidate->attendee == NULL)
    return NULL;

  attendee = admission->candidate->attendee;
  if (attendee->valid_from != FOYER_TIME_NONE && at < attendee->valid_from)
    {
      g_autofree char *from = foyer_words_for_time (attendee->valid_from, context->now, zone);

      return g_strdup_printf (_ ("This ticket is valid from %s."), from);
    }
  if (attendee->valid_until != FOYER_TIME_NONE && at > attendee->valid_until)
    {
      g_autofree char *until = foyer_words_for_time (attendee->valid_until, context->now, zone);

      return g_strdup_printf (_ ("This ticket was valid until %s."), until);
    }

  return NULL;
}

/* The service calls a ticket for another date unknown; a copy knows better. */
static gboolean
is_of_other_date (const FoyerAdmission *admission)
{
  return g_strcmp0 (admission->reason, "invalid") == 0 && admission->candidate != NULL
         && admission->place != NULL && admission->place->list != NULL
         && admission->place->list->subevent != 0
         && admission->candidate->attendee->subevent != admission->place->list->subevent;
}

static char *
describe_refusal (const FoyerVerdict *verdict,
                  const FoyerVerdictContext *context,
                  const Refusal *refusal)
{
  const FoyerAdmission *admission = verdict->admission;
  char *own = NULL;

  if (g_strcmp0 (admission->reason, "already_redeemed") == 0)
    own = describe_previous (admission, context);
  else if (g_strcmp0 (admission->reason, "invalid_time") == 0)
    own = describe_validity (admission, verdict->scan, context);
  else if (g_strcmp0 (admission->reason, "unpaid") == 0 && admission->unpaid_may_enter)
    own = g_strdup (_ ("Not paid yet. This list lets you decide to let unpaid guests in."));
  else if (is_of_other_date (admission))
    own = g_strdup (_ ("This ticket is for another date."));
  if (own != NULL)
    return own;

  /* The service's own sentence is better than ours where it explains a rule, or a word we do not know. */
  if (admission->explanation != NULL
      && (refusal == &unknown_refusal || g_strcmp0 (admission->reason, "rules") == 0))
    return safe_line (admission->explanation, EXPLANATION_MAX_CHARS);
  if (g_strcmp0 (admission->reason, "rules") == 0)
    {
      g_autoptr (GTimeZone) zone = zone_of (context);

      own = foyer_rule_words_for_refusal (admission->rule_hint, context->now, zone);
    }
  return own != NULL ? own : g_strdup (_ (refusal->sentence));
}

/* Why, and where to go instead. */
static char *
describe_way (const FoyerVerdict *verdict,
              const FoyerVerdictContext *context,
              const Refusal *refusal)
{
  g_autofree char *why = describe_refusal (verdict, context, refusal);
  g_autoptr (GTimeZone) zone = zone_of (context);
  g_autofree char *where = foyer_where_words_for_places (verdict->admission->valid_at, context->now,
                                                         zone);

  return where != NULL ? g_strdup_printf ("%s %s", why, where) : g_steal_pointer (&why);
}

/* The desk is alone and its copy does not settle it: say so, never guess. */
static void
fill_undecided (FoyerVerdictWords *self,
                const FoyerVerdict *verdict,
                const FoyerVerdictContext *context)
{
  const char *reason = verdict->admission->reason;

  self->tone = FOYER_TONE_CARE;
  self->icon = "dialog-question-symbolic";
  self->headline = g_strdup (_ ("Cannot decide"));
  if (g_strcmp0 (reason, "rules") == 0)
    self->sentence = g_strdup (_ ("This list has rules that only the service can judge, and it "
                                  "cannot be reached. Ask your supervisor."));
  else if (g_strcmp0 (reason, "exchange") == 0)
    self->sentence = g_strdup (
        _ ("This ticket must be exchanged first, which needs the service, and "
           "it cannot be reached."));
  else if (context->as_of == FOYER_TIME_NONE)
    self->sentence = g_strdup (_ ("This ticket is not in the part of the list that has arrived so "
                                  "far, and the service cannot be reached. It may still be good."));
  else
    {
      g_autoptr (GTimeZone) zone = zone_of (context);
      g_autofree char *at = foyer_words_for_time (context->as_of, context->now, zone);

      self->sentence = g_strdup_printf (_ ("This ticket is not in our copy of %s, and the service "
                                           "cannot be reached. It may have been sold since."),
                                        at);
    }
}

static void
fill_result (FoyerVerdictWords *self,
             const FoyerVerdict *verdict,
             const FoyerVerdictContext *context)
{
  const FoyerAdmission *admission = verdict->admission;
  const Refusal *refusal;

  switch (admission->result)
    {
    case FOYER_ADMISSION_ADMITTED:
      self->tone = FOYER_TONE_GO;
      self->icon = "object-select-symbolic";
      if (verdict->scan != NULL && verdict->scan->exit)
        {
          self->tone = FOYER_TONE_OUT;
          self->icon = "system-log-out-symbolic";
          self->headline = g_strdup (_ ("Out"));
          self->sentence = g_strdup (_ ("Goodbye."));
          return;
        }
      self->headline = g_strdup (_ ("Admitted"));
      self->sentence = g_strdup (admission->attention ? _ ("Welcome. Look at the note first.")
                                                      : _ ("Welcome."));
      return;

    case FOYER_ADMISSION_QUESTIONS:
      self->tone = FOYER_TONE_CARE;
      self->icon = "dialog-question-symbolic";
      self->headline = g_strdup (_ ("Questions first"));
      self->sentence = g_strdup (
          _ ("This ticket asks questions before it lets in. Not admitted yet."));
      return;

    case FOYER_ADMISSION_REFUSED:
      break;
    }

  if (!admission->certain && !verdict->by_service)
    {
      fill_undecided (self, verdict, context);
      return;
    }

  refusal = find_refusal (admission->reason);
  self->tone = refusal->tone;
  self->icon = refusal->tone == FOYER_TONE_STOP ? "window-close-symbolic"
                                                : "dialog-warning-symbolic";
  self->headline = g_strdup (is_of_other_date (admission) ? _ ("Other date")
                                                          : _ (refusal->headline));
  self->sentence = describe_way (verdict, context, refusal);
}

static void
fill_person (FoyerVerdictWords *self, const FoyerAdmission *admission)
{
  FoyerAdmissionCandidate *candidate = admission->candidate;
  g_autoptr (GString) ticket = NULL;

  if (candidate == NULL || candidate->attendee == NULL)
    return;

  self->name = safe_line (candidate->attendee->name, NAME_MAX_CHARS);
  self->order = g_strdup (candidate->attendee->order);
  if (candidate->product == NULL)
    return;

  ticket = g_string_new (candidate->product->name);
  if (candidate->attendee->variation != 0)
    {
      FoyerVariation *variation = foyer_product_get_variation (candidate->product,
                                                               candidate->attendee->variation);

      if (variation != NULL && variation->name != NULL)
        g_string_append_printf (ticket, " · %s", variation->name);
    }
  self->ticket = safe_line (ticket->str, NAME_MAX_CHARS);
}

static void
fill_note (FoyerVerdictWords *self, const FoyerAdmission *admission)
{
  g_autoptr (GString) note = g_string_new (NULL);

  for (guint i = 0; admission->texts != NULL && admission->texts[i] != NULL; i++)
    {
      g_autofree char *line = safe_line (admission->texts[i], EXPLANATION_MAX_CHARS);

      if (line != NULL)
        g_string_append_printf (note, "%s%s", note->len > 0 ? "\n" : "", line);
    }
  if (admission->attention && note->len == 0)
    g_string_append (note, _ ("Look closer at this ticket."));
  if (note->len > 0)
    self->note = g_string_free (g_steal_pointer (&note), FALSE);
}

/* Not for who goes out: nobody is kept inside. */
static void
fill_offer (FoyerVerdictWords *self, const FoyerVerdict *verdict)
{
  if (verdict->scan == NULL || verdict->scan->exit)
    return;

  self->offer = foyer_override_find_offer (verdict->admission);
  if (self->offer == FOYER_OFFER_UNPAID)
    self->offer_label = g_strdup (_ ("Let in unpaid"));
  else if (self->offer == FOYER_OFFER_OVERRIDE)
    self->offer_label = g_strdup (_ ("Let in anyway…"));
}

static void
fill_source (FoyerVerdictWords *self,
             const FoyerVerdict *verdict,
             const FoyerVerdictContext *context)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *at = NULL;

  if (verdict->by_service)
    return;
  if (verdict->admission->candidate != NULL && verdict->admission->candidate->by_signature)
    {
      self->source = g_strdup (_ ("Decided by this desk, by the ticket's own signature: it is not "
                                  "in our list yet."));
      return;
    }
  if (context->as_of == FOYER_TIME_NONE)
    {
      self->source = g_strdup (_ ("Decided by this desk; the list is still arriving."));
      return;
    }

  zone = zone_of (context);
  at = foyer_words_for_time (context->as_of, context->now, zone);
  self->source = verdict->asked
                     ? g_strdup_printf (_ ("Decided by this desk, from the list of %s; the service "
                                           "was too slow."),
                                        at)
                     : g_strdup_printf (_ ("Decided by this desk, from the list of %s."), at);
}

/**
 * foyer_verdict_words_new:
 * @verdict: what was decided
 * @context: what else is known
 *
 * Returns: (transfer full): the verdict in the person's language
 */
FoyerVerdictWords *
foyer_verdict_words_new (FoyerVerdict *verdict, const FoyerVerdictContext *context)
{
  FoyerVerdictWords *self;

  g_return_val_if_fail (verdict != NULL && verdict->admission != NULL, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  self = g_atomic_rc_box_new0 (FoyerVerdictWords);
  fill_result (self, verdict, context);
  fill_person (self, verdict->admission);
  fill_note (self, verdict->admission);
  fill_source (self, verdict, context);
  fill_offer (self, verdict);
  self->command = g_strdup (verdict->command);
  return self;
}

/**
 * foyer_verdict_words_new_for_recognised:
 * @admission: what the desk thinks, while the service is still asked
 *
 * Returns: (transfer full): whose ticket it is, and no verdict
 */
FoyerVerdictWords *
foyer_verdict_words_new_for_recognised (const FoyerAdmission *admission)
{
  FoyerVerdictWords *self;

  g_return_val_if_fail (admission != NULL, NULL);

  self = g_atomic_rc_box_new0 (FoyerVerdictWords);
  self->tone = FOYER_TONE_NEUTRAL;
  self->icon = "content-loading-symbolic";
  self->headline = g_strdup (_ ("Asking…"));
  self->sentence = g_strdup ("");
  fill_person (self, admission);
  fill_note (self, admission);
  return self;
}

/**
 * foyer_verdict_words_new_for_error:
 * @error: why there is no verdict
 *
 * Returns: (transfer full): words that say that nothing was decided, and what to do
 */
FoyerVerdictWords *
foyer_verdict_words_new_for_error (const GError *error)
{
  FoyerVerdictWords *self = g_atomic_rc_box_new0 (FoyerVerdictWords);
  const char *hint = foyer_error_get_hint (error);

  self->tone = FOYER_TONE_CARE;
  self->icon = "dialog-warning-symbolic";
  self->headline = g_strdup (_ ("Not recorded"));
  self->sentence = hint != NULL ? g_strdup_printf ("%s %s", error->message, hint)
                                : g_strdup (error->message);
  return self;
}

/**
 * foyer_verdict_words_new_for_scan:
 * @kind: what was recorded
 * @scan: its arguments
 *
 * Returns: (transfer full): what the door said at that time, as far as the journal has it
 */
FoyerVerdictWords *
foyer_verdict_words_new_for_scan (FoyerCommandKind kind, const FoyerScan *scan)
{
  FoyerVerdictWords *self = g_atomic_rc_box_new0 (FoyerVerdictWords);
  const Refusal *refusal = find_refusal (scan->refusal);

  self->tone = FOYER_TONE_GO;
  self->icon = "object-select-symbolic";
  self->sentence = g_strdup ("");
  self->name = safe_line (scan->name, NAME_MAX_CHARS);
  self->ticket = safe_line (scan->product, NAME_MAX_CHARS);
  self->order = g_strdup (scan->order);
  switch (kind)
    {
    case FOYER_COMMAND_CHECK_IN:
      self->headline = g_strdup (_ ("Admitted"));
      break;
    case FOYER_COMMAND_EXIT:
      /* Translators: of a person who has gone out */
      self->headline = g_strdup (_ ("Gone out"));
      break;
    case FOYER_COMMAND_UNDO:
      self->tone = FOYER_TONE_CARE;
      self->icon = "edit-undo-symbolic";
      self->headline = g_strdup (_ ("Taken back"));
      break;
    case FOYER_COMMAND_REFUSAL:
      self->tone = refusal->tone;
      self->icon = refusal->tone == FOYER_TONE_STOP ? "window-close-symbolic"
                                                    : "dialog-warning-symbolic";
      self->headline = g_strdup (_ (refusal->headline));
      break;
    }
  return self;
}

/**
 * foyer_verdict_words_get_headline:
 * @reason: (nullable): the service's own word for a refusal
 *
 * Returns: the same in a word or two for people
 */
const char *
foyer_verdict_words_get_headline (const char *reason)
{
  return _ (find_refusal (reason)->headline);
}

/**
 * foyer_verdict_words_ref:
 * @self: the words
 *
 * Returns: (transfer full): @self
 */
FoyerVerdictWords *
foyer_verdict_words_ref (FoyerVerdictWords *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
foyer_verdict_words_clear (gpointer data)
{
  FoyerVerdictWords *self = data;

  g_free (self->headline);
  g_free (self->sentence);
  g_free (self->name);
  g_free (self->ticket);
  g_free (self->order);
  g_free (self->note);
  g_free (self->source);
  g_free (self->offer_label);
  g_free (self->command);
}

/**
 * foyer_verdict_words_unref:
 * @self: (transfer full): the words
 */
void
foyer_verdict_words_unref (FoyerVerdictWords *self)
{
  g_atomic_rc_box_release_full (self, foyer_verdict_words_clear);
}
