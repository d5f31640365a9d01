/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The decision on a scan: the service's checks in the service's order (contracts/pretix-checkin.md 4), the
 * first that applies answers. One walk serves the desk, which decides from its copy, and whoever plays the
 * service. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-admission-check.h"

#include "foyer-admission-choice.h"
#include "foyer-questions.h"
#include "foyer-re-entry.h"
#include "foyer-rules.h"

typedef struct
{
  FoyerAdmission *admission;
  FoyerScan *scan;
  FoyerAdmissionFlags flags;
  FoyerAdmissionPlace *place;
  FoyerAdmissionCandidate *candidate;
} Check;

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
as_service (const Check *check)
{
  return (check->flags & FOYER_ADMISSION_AS_SERVICE) != 0;
}

static gboolean
is_forced (const Check *check)
{
  return as_service (check) && check->scan->force;
}

static void
refuse (Check *check, const char *reason)
{
  check->admission->result = FOYER_ADMISSION_REFUSED;
  g_clear_pointer (&check->admission->reason, g_free);
  check->admission->reason = g_strdup (reason);
}

static void
refuse_uncertainly (Check *check, const char *reason)
{
  refuse (check, reason);
  check->admission->certain = as_service (check);
}

/* TRUE: the check holds the ticket, and force does not help. */
static gboolean
holds (Check *check, gboolean fails, const char *reason)
{
  if (!fails)
    return FALSE;

  if (is_forced (check))
    {
      check->admission->forced = TRUE;
      return FALSE;
    }

  refuse (check, reason);
  return TRUE;
}

static void
tell_texts (Check *check)
{
  FoyerOrder *order = check->candidate->order;
  FoyerProduct *product = check->candidate->product;
  FoyerVariation *variation = NULL;
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  if (product != NULL && check->candidate->attendee->variation != 0)
    variation = foyer_product_get_variation (product, check->candidate->attendee->variation);

  check->admission->attention = order->attention || (product != NULL && product->attention)
                                || (variation != NULL && variation->attention);

  if (has_text (order->checkin_text))
    g_strv_builder_add (texts, order->checkin_text);
  if (variation != NULL && has_text (variation->checkin_text))
    g_strv_builder_add (texts, variation->checkin_text);
  if (product != NULL && has_text (product->checkin_text))
    g_strv_builder_add (texts, product->checkin_text);

  g_clear_pointer (&check->admission->texts, g_strfreev);
  check->admission->texts = g_strv_builder_end (texts);
}

static void
go_on_with (Check *check, FoyerAdmissionFacts *facts, FoyerAdmissionCandidate *candidate)
{
  FoyerAdmission *admission = check->admission;

  check->candidate = candidate;
  check->place = g_ptr_array_index (facts->places, candidate->place);

  g_clear_pointer (&admission->candidate, foyer_admission_candidate_unref);
  admission->candidate = foyer_admission_candidate_ref (candidate);
  g_clear_pointer (&admission->place, foyer_admission_place_unref);
  admission->place = foyer_admission_place_ref (check->place);
}

/* No ticket can be gone on with. What a copy knows more than the service says is told by the candidate. */
static void
refuse_unknown (Check *check, FoyerAdmissionFacts *facts, const FoyerAdmissionChoice *choice)
{
  if (facts->revoked)
    {
      if (check->flags & FOYER_ADMISSION_INDIRECT && choice->candidate != NULL)
        go_on_with (check, facts, choice->candidate);
      else if (!as_service (check) && choice->canceled != NULL)
        go_on_with (check, facts, choice->canceled);
      refuse (check, "revoked");
      return;
    }

  if (!as_service (check) && choice->canceled != NULL)
    {
      go_on_with (check, facts, choice->canceled);
      tell_texts (check);
      refuse (check, "canceled");
      return;
    }

  if (!as_service (check) && choice->other_date != NULL)
    {
      go_on_with (check, facts, choice->other_date);
      refuse (check, "invalid");
      return;
    }

  refuse (check, "invalid");
  /* It may be new, or a medium's; but nothing at all is certainly no ticket. */
  check->admission->certain = as_service (check) || !has_text (facts->code);
}

static gboolean
is_held_by_status (Check *check)
{
  FoyerOrder *order = check->candidate->order;
  FoyerAttendee *attendee = check->candidate->attendee;
  FoyerTime now = check->scan->datetime;
  gboolean live = order->status == FOYER_ORDER_PAID || order->status == FOYER_ORDER_PENDING;

  if (holds (check, !live || attendee->canceled, "canceled"))
    return TRUE;
  if (holds (check, attendee->blocked, "blocked"))
    return TRUE;
  if (holds (check, order->status == FOYER_ORDER_PENDING && order->require_approval, "unapproved"))
    return TRUE;
  if (check->scan->exit)
    return FALSE;

  return holds (check, attendee->valid_from != FOYER_TIME_NONE && attendee->valid_from > now,
                "invalid_time")
         || holds (check, attendee->valid_until != FOYER_TIME_NONE && attendee->valid_until < now,
                   "invalid_time");
}

static gboolean
is_held_by_list (Check *check)
{
  FoyerOrder *order = check->candidate->order;
  FoyerAttendee *attendee = check->candidate->attendee;
  FoyerCheckInList *list = check->place->list;
  gboolean pending = order->status == FOYER_ORDER_PENDING;
  gboolean paid = order->status == FOYER_ORDER_PAID || order->valid_if_pending
                  || (pending && list->include_pending && check->scan->ignore_unpaid);

  if (holds (check, !foyer_check_in_list_has_product (list, attendee->product), "product"))
    return TRUE;
  if (holds (check, list->subevent != 0 && attendee->subevent != list->subevent, "product"))
    return TRUE;

  if (holds (check, !paid, "unpaid"))
    {
      check->admission->unpaid_may_enter = pending && list->include_pending;
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_held_by_rules (Check *check)
{
  FoyerAttendee *attendee = check->candidate->attendee;
  FoyerRulesContext context = {
    .now = check->scan->datetime,
    .event = check->place->event,
    .subevent = check->candidate->subevent,
    .dates_unknown = attendee->subevent != 0 && check->candidate->subevent == NULL,
    .product = attendee->product,
    .variation = attendee->variation,
    .gate = check->place->gate,
    .list = check->place->list->id,
    .check_ins = attendee->check_ins,
  };
  g_autoptr (FoyerRules) rules = NULL;
  g_autofree char *hint = NULL;
  FoyerRulesVerdict verdict;

  if (check->scan->exit || check->place->list->rules == NULL)
    return FALSE;

  rules = foyer_rules_new_from_text (check->place->list->rules);
  verdict = foyer_rules_evaluate_with_hint (rules, &context, &hint);
  if (verdict == FOYER_RULES_ERROR)
    {
      /* The one thing that force does not pass. */
      refuse_uncertainly (check, "rules");
      return TRUE;
    }
  if (!holds (check, verdict == FOYER_RULES_FALSE, "rules"))
    return FALSE;

  check->admission->rule_hint = g_steal_pointer (&hint);
  return TRUE;
}

/* A file must be uploaded before it is an answer, which takes the service. */
static gboolean
has_file (GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++)
    {
      FoyerQuestion *question = g_ptr_array_index (questions, i);

      if (g_strcmp0 (question->type, "F") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_held_by_questions (Check *check)
{
  FoyerAttendee *attendee = check->candidate->attendee;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GPtrArray) open = NULL;

  if (check->scan->exit || is_forced (check) || check->flags & FOYER_ADMISSION_QUESTIONS_UNSUPPORTED
      || check->candidate->questions == NULL || check->candidate->questions->len == 0)
    return FALSE;

  zone = foyer_time_zone_new (check->place->event->zone);
  open = foyer_questions_find_open (check->candidate->questions, attendee->product,
                                    attendee->answers, check->scan->answers, zone,
                                    as_service (check));
  if (open->len == 0)
    return FALSE;

  check->admission->result = FOYER_ADMISSION_QUESTIONS;
  check->admission->certain &= as_service (check) || !has_file (open);
  check->admission->questions = g_steal_pointer (&open);
  return TRUE;
}

static gboolean
is_held_by_medium (Check *check)
{
  FoyerProduct *product = check->candidate->product;

  if (is_forced (check) || check->flags & FOYER_ADMISSION_MEDIUM || product == NULL
      || !has_text (product->media_policy) || !has_text (product->media_type))
    return FALSE;

  /* A copy does not know the media: the ticket may have been exchanged long since. */
  refuse_uncertainly (check, "exchange");
  return TRUE;
}

static gboolean
is_held_by_use (Check *check)
{
  GPtrArray *check_ins = check->candidate->attendee->check_ins;
  FoyerCheckInList *list = check->place->list;
  FoyerCheckIn *previous;

  if (check->scan->exit
      || !holds (check, !foyer_re_entry_is_allowed (list, check_ins), "already_redeemed"))
    return FALSE;

  previous = foyer_re_entry_get_newest_entry (check_ins, list->id);
  if (previous != NULL)
    check->admission->previous = foyer_check_in_ref (previous);
  return TRUE;
}

/**
 * foyer_admission_check:
 * @facts: what is known of the code, its lists and tickets
 * @scan: the scan: its `datetime`, `exit`, `ignore_unpaid`, `answers`, and with
 *   %FOYER_ADMISSION_AS_SERVICE `force`; nothing else of it is looked at
 * @flags: how to decide
 *
 * Walks through the service's checks in the service's order (contracts/pretix-checkin.md 4), from finding
 * the ticket on. Nothing but its arguments decides, and none of them is changed.
 *
 * Left to a caller that plays the service: whether the request is well-formed, media and exchange (checks
 * 1, 2a, 4), and the nonce (17): an admission, or a refusal as `already_redeemed`, whose nonce the list
 * already knows for this ticket is answered as admitted, and nothing is stored.
 *
 * For `invalid` and `revoked` the place is the first of the lists, and there is no ticket, except
 * that a desk names the one of another date or the canceled one, if its copy has it, and whoever
 * passes %FOYER_ADMISSION_INDIRECT gets the one that a revoked code belonged to.
 *
 * Returns: (transfer full): the decision
 */
FoyerAdmission *
foyer_admission_check (FoyerAdmissionFacts *facts, FoyerScan *scan, FoyerAdmissionFlags flags)
{
  g_autoptr (FoyerAdmission) admission = foyer_admission_new ();
  Check check = { .admission = admission, .scan = scan, .flags = flags };
  gboolean indirect = (flags & FOYER_ADMISSION_INDIRECT) != 0;
  FoyerAdmissionChoice choice;

  admission->certain = TRUE;
  if (facts->places == NULL || facts->places->len == 0)
    {
      /* A desk without a list does not scan. */
      refuse_uncertainly (&check, "invalid");
      return g_steal_pointer (&admission);
    }
  admission->place = foyer_admission_place_ref (g_ptr_array_index (facts->places, 0));

  choice = foyer_admission_choose (facts, scan->datetime, indirect);
  if (choice.candidate == NULL || (indirect && facts->revoked && !is_forced (&check)))
    {
      refuse_unknown (&check, facts, &choice);
      return g_steal_pointer (&admission);
    }

  go_on_with (&check, facts, choice.candidate);
  tell_texts (&check);
  if (choice.candidate->product == NULL)
    admission->certain = as_service (&check);
  if (choice.several)
    {
      refuse (&check, "ambiguous");
      return g_steal_pointer (&admission);
    }
  if (indirect && facts->revoked)
    admission->forced = TRUE;

  if (!is_held_by_status (&check) && !is_held_by_list (&check) && !is_held_by_rules (&check)
      && !is_held_by_questions (&check) && !is_held_by_medium (&check) && !is_held_by_use (&check))
    admission->result = FOYER_ADMISSION_ADMITTED;
  return g_steal_pointer (&admission);
}

/**
 * foyer_admission_decide:
 * @facts: what the copy knows
 * @scan: the scan: its `datetime`, `exit`, `ignore_unpaid` and `answers`; nothing else of it is looked at
 *
 * The desk's decision: foyer_admission_check() with %FOYER_ADMISSION_AS_DESK. Where the result is not
 * certain, the copy cannot know: ask the service, or say so.
 *
 * Returns: (transfer full): the decision
 */
FoyerAdmission *
foyer_admission_decide (FoyerAdmissionFacts *facts, FoyerScan *scan)
{
  return foyer_admission_check (facts, scan, FOYER_ADMISSION_AS_DESK);
}

/**
 * foyer_admission_stores_answers:
 * @admission: a decision
 * @scan: the scan it is about
 *
 * Valid answers are stored as soon as the ticket, its status and its validity are right; a later refusal
 * keeps them (see foyer_questions_find_stored()).
 *
 * Returns: whether the answers given with @scan are stored
 */
gboolean
foyer_admission_stores_answers (FoyerAdmission *admission, FoyerScan *scan)
{
  static const char *const before[] = { "invalid", "revoked",    "ambiguous",    "canceled",
                                        "blocked", "unapproved", "invalid_time", NULL };

  if (scan->exit || scan->answers == NULL || admission->candidate == NULL)
    return FALSE;

  return admission->reason == NULL || !g_strv_contains (before, admission->reason);
}
