/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which ticket does a code mean? Usually there is one. With add-on matching a main ticket's code also
 * stands for its add-ons; product and validity then tell them apart, never payment, blocks or use. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-admission-choice.h"

typedef gboolean (*Keeps) (FoyerAdmissionFacts *facts,
                           FoyerAdmissionCandidate *candidate,
                           FoyerTime now);

static FoyerAdmissionPlace *
place_of (FoyerAdmissionFacts *facts, FoyerAdmissionCandidate *candidate)
{
  return g_ptr_array_index (facts->places, candidate->place);
}

static gboolean
is_on_date (FoyerAdmissionFacts *facts, FoyerAdmissionCandidate *candidate)
{
  FoyerCheckInList *list = place_of (facts, candidate)->list;

  return list->subevent == 0 || candidate->attendee->subevent == list->subevent;
}

static gboolean
any_list_matches_addons (FoyerAdmissionFacts *facts)
{
  for (guint i = 0; i < facts->places->len; i++)
    {
      FoyerAdmissionPlace *place = g_ptr_array_index (facts->places, i);

      if (place->list->addon_match)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_meant_by_list (FoyerAdmissionFacts *facts, FoyerAdmissionCandidate *candidate, FoyerTime now)
{
  return !candidate->through_main || place_of (facts, candidate)->list->addon_match;
}

static gboolean
is_on_list (FoyerAdmissionFacts *facts, FoyerAdmissionCandidate *candidate, FoyerTime now)
{
  return foyer_check_in_list_has_product (place_of (facts, candidate)->list,
                                          candidate->attendee->product);
}

/* Unlike at the check itself, the end is excluded here. */
static gboolean
is_valid_now (FoyerAdmissionFacts *facts, FoyerAdmissionCandidate *candidate, FoyerTime now)
{
  FoyerAttendee *attendee = candidate->attendee;

  return (attendee->valid_from == FOYER_TIME_NONE || attendee->valid_from <= now)
         && (attendee->valid_until == FOYER_TIME_NONE || attendee->valid_until > now);
}

/* What is refused anyway is refused with the most helpful reason: the ticket that becomes valid next, else
 * the one that ended last, else the first. */
static FoyerAdmissionCandidate *
nearest_in_time (GPtrArray *candidates, FoyerTime now)
{
  FoyerAdmissionCandidate *next = NULL;
  FoyerAdmissionCandidate *last = NULL;

  for (guint i = 0; i < candidates->len; i++)
    {
      FoyerAdmissionCandidate *candidate = g_ptr_array_index (candidates, i);
      FoyerTime from = candidate->attendee->valid_from;
      FoyerTime until = candidate->attendee->valid_until;

      if (from != FOYER_TIME_NONE && from > now
          && (next == NULL || from < next->attendee->valid_from))
        next = candidate;
      if (until != FOYER_TIME_NONE && until <= now
          && (last == NULL || until > last->attendee->valid_until))
        last = candidate;
    }

  if (next != NULL)
    return next;
  if (last != NULL)
    return last;
  return g_ptr_array_index (candidates, 0);
}

static GPtrArray *
visible_candidates (FoyerAdmissionFacts *facts, gboolean indirect, FoyerAdmissionChoice *choice)
{
  GPtrArray *visible = g_ptr_array_new ();
  gboolean addons = any_list_matches_addons (facts);

  for (guint i = 0; i < facts->candidates->len; i++)
    {
      FoyerAdmissionCandidate *candidate = g_ptr_array_index (facts->candidates, i);

      if (candidate->place >= facts->places->len)
        continue;
      if (candidate->through_main && !addons)
        continue;

      if (!indirect && candidate->attendee->canceled)
        {
          if (choice->canceled == NULL)
            choice->canceled = candidate;
          continue;
        }
      if (!indirect && !is_on_date (facts, candidate))
        {
          if (choice->other_date == NULL)
            choice->other_date = candidate;
          continue;
        }

      g_ptr_array_add (visible, candidate);
    }
  return visible;
}

/**
 * foyer_admission_choose:
 * @facts: what is known; its candidates in the service's order, main tickets first
 * @now: when the code was scanned
 * @indirect: the candidates were found by a medium or a revoked code: canceled ones and other dates stay
 *
 * Finds the ticket as the service does (contracts/pretix-checkin.md 7, step 3).
 *
 * Returns: the choice, which points into @facts
 */
FoyerAdmissionChoice
foyer_admission_choose (FoyerAdmissionFacts *facts, FoyerTime now, gboolean indirect)
{
  static const Keeps stages[] = { is_meant_by_list, is_on_list, is_valid_now };
  FoyerAdmissionChoice choice = { NULL };
  g_autoptr (GPtrArray) candidates = NULL;

  if (facts->candidates == NULL || facts->places == NULL)
    return choice;

  candidates = visible_candidates (facts, indirect, &choice);
  if (candidates->len == 0)
    return choice;

  choice.candidate = g_ptr_array_index (candidates, 0);
  for (gsize stage = 0; candidates->len > 1 && stage < G_N_ELEMENTS (stages); stage++)
    {
      g_autoptr (GPtrArray) kept = g_ptr_array_new ();

      for (guint i = 0; i < candidates->len; i++)
        {
          FoyerAdmissionCandidate *candidate = g_ptr_array_index (candidates, i);

          if (stages[stage](facts, candidate, now))
            g_ptr_array_add (kept, candidate);
        }

      if (kept->len == 0)
        {
          choice.candidate = nearest_in_time (candidates, now);
          return choice;
        }
      g_ptr_array_unref (candidates);
      candidates = g_steal_pointer (&kept);
    }

  if (candidates->len == 1)
    choice.candidate = g_ptr_array_index (candidates, 0);
  else
    choice.several = TRUE; /* The first, usually the main ticket, speaks for all. */
  return choice;
}
