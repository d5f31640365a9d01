/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the service said, as a decision on a scan: pure functions. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-reply.h"

#include "foyer-json.h"

static FoyerAdmission *
copy_admission (const FoyerAdmission *desk)
{
  FoyerAdmission *copy = foyer_admission_new ();

  *copy = *desk;
  copy->reason = g_strdup (desk->reason);
  copy->explanation = g_strdup (desk->explanation);
  copy->place = desk->place != NULL ? foyer_admission_place_ref (desk->place) : NULL;
  copy->candidate = desk->candidate != NULL ? foyer_admission_candidate_ref (desk->candidate)
                                            : NULL;
  copy->texts = g_strdupv (desk->texts);
  copy->questions = desk->questions != NULL ? g_ptr_array_ref (desk->questions) : NULL;
  copy->previous = desk->previous != NULL ? foyer_check_in_ref (desk->previous) : NULL;
  copy->rule_hint = g_strdup (desk->rule_hint);
  copy->valid_at = desk->valid_at != NULL ? g_ptr_array_ref (desk->valid_at) : NULL;
  return copy;
}

static FoyerOrder *
make_order (FoyerStepResult *answer, FoyerAdmissionCandidate *known)
{
  FoyerOrder *order;

  if (known != NULL && g_strcmp0 (known->order->code, answer->attendee->order) == 0)
    return foyer_order_ref (known->order);
  if (answer->order != NULL)
    return foyer_order_ref (answer->order);

  order = foyer_order_new ();
  order->code = g_strdup (answer->attendee->order);
  order->status = FOYER_ORDER_PAID;
  return order;
}

static FoyerAdmissionCandidate *
make_candidate (FoyerStepResult *answer, FoyerAdmissionCandidate *known)
{
  FoyerAdmissionCandidate *candidate = foyer_admission_candidate_new ();

  candidate->attendee = foyer_attendee_ref (answer->attendee);
  candidate->order = make_order (answer, known);
  if (known != NULL && known->attendee->id == answer->attendee->id)
    {
      candidate->place = known->place;
      candidate->through_main = known->through_main;
      candidate->product = known->product != NULL ? foyer_product_ref (known->product) : NULL;
      candidate->subevent = known->subevent != NULL ? foyer_subevent_ref (known->subevent) : NULL;
      candidate->questions = known->questions != NULL ? g_ptr_array_ref (known->questions) : NULL;
    }
  return candidate;
}

static FoyerCheckIn *
find_newest_entry (FoyerStepResult *answer)
{
  FoyerCheckIn *newest = NULL;

  if (answer->attendee == NULL || answer->attendee->check_ins == NULL)
    return NULL;

  for (guint i = 0; i < answer->attendee->check_ins->len; i++)
    {
      FoyerCheckIn *check_in = g_ptr_array_index (answer->attendee->check_ins, i);

      if (check_in->exit || (answer->list != 0 && check_in->list != answer->list))
        continue;
      if (newest == NULL || check_in->datetime >= newest->datetime)
        newest = check_in;
    }
  return newest;
}

/**
 * foyer_reply_to_admission:
 * @answer: the service's answer to a scan
 * @desk: what the desk had decided
 *
 * Returns: (transfer full): the service's decision; what it did not say is as the desk has it
 */
FoyerAdmission *
foyer_reply_to_admission (FoyerStepResult *answer, FoyerAdmission *desk)
{
  FoyerAdmission *admission = foyer_admission_new ();

  admission->certain = TRUE;
  admission->by_service = TRUE;
  admission->explanation = g_strdup (answer->explanation);
  admission->attention = answer->attention;
  admission->texts = g_strdupv (answer->texts);
  admission->unpaid_may_enter = desk->unpaid_may_enter;
  admission->place = desk->place != NULL ? foyer_admission_place_ref (desk->place) : NULL;
  if (answer->attendee != NULL)
    admission->candidate = make_candidate (answer, desk->candidate);
  else if (desk->candidate != NULL)
    admission->candidate = foyer_admission_candidate_ref (desk->candidate);

  switch (answer->outcome)
    {
    case FOYER_STEP_DONE:
      admission->result = FOYER_ADMISSION_ADMITTED;
      break;
    case FOYER_STEP_REFUSED:
      admission->result = FOYER_ADMISSION_REFUSED;
      admission->reason = g_strdup (answer->reason);
      if (g_strcmp0 (answer->reason, "already_redeemed") == 0)
        {
          FoyerCheckIn *previous = find_newest_entry (answer);

          admission->previous = previous != NULL ? foyer_check_in_ref (previous) : NULL;
        }
      else if (g_strcmp0 (answer->reason, "rules") == 0)
        admission->rule_hint = g_strdup (desk->rule_hint);
      admission->valid_at = desk->valid_at != NULL ? g_ptr_array_ref (desk->valid_at) : NULL;
      break;
    case FOYER_STEP_NEEDS_ANSWERS:
      admission->result = FOYER_ADMISSION_QUESTIONS;
      admission->questions = answer->questions != NULL ? g_ptr_array_ref (answer->questions) : NULL;
      break;
    }
  return admission;
}

/**
 * foyer_reply_confirm:
 * @desk: what the desk had decided
 *
 * Returns: (transfer full): the same, as the service's word
 */
FoyerAdmission *
foyer_reply_confirm (FoyerAdmission *desk)
{
  FoyerAdmission *admission = copy_admission (desk);

  admission->by_service = TRUE;
  admission->certain = TRUE;
  return admission;
}

/**
 * foyer_reply_refuse:
 * @desk: what the desk had decided
 * @result_json: (nullable): what the journal keeps of the service's refusal
 *
 * Returns: (transfer full): the service's refusal, as far as the journal has it
 */
FoyerAdmission *
foyer_reply_refuse (FoyerAdmission *desk, const char *result_json)
{
  FoyerAdmission *admission = foyer_reply_confirm (desk);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object;

  admission->result = FOYER_ADMISSION_REFUSED;
  if (result_json == NULL || !json_parser_load_from_data (parser, result_json, -1, NULL)
      || (object = foyer_json_get_root_object (json_parser_get_root (parser))) == NULL)
    return admission;

  admission->reason = g_strdup (foyer_json_get_string (object, "reason"));
  admission->explanation = g_strdup (foyer_json_get_string (object, "explanation"));
  if (g_strcmp0 (foyer_json_get_string (object, "outcome"), "needs_answers") == 0)
    admission->result = FOYER_ADMISSION_QUESTIONS;
  return admission;
}

/**
 * foyer_reply_lacking:
 * @desk: what the desk could not decide for certain
 *
 * Returns: (transfer full): what the person is told when the service could not be asked: not in, and not
 *   because of the ticket
 */
FoyerAdmission *
foyer_reply_lacking (FoyerAdmission *desk)
{
  FoyerAdmission *admission = copy_admission (desk);

  if (admission->result == FOYER_ADMISSION_ADMITTED)
    admission->result = FOYER_ADMISSION_REFUSED;
  admission->certain = FALSE;
  return admission;
}

/**
 * foyer_reply_as_asked:
 * @answer: the service's answer to a question (a simulated step)
 *
 * Returns: (transfer full): the same with nothing done: what it says of the ticket may be mirrored, an
 *   entry was not made
 */
FoyerStepResult *
foyer_reply_as_asked (FoyerStepResult *answer)
{
  FoyerStepResult *asked = foyer_step_result_new ();

  asked->outcome = FOYER_STEP_REFUSED;
  asked->list = answer->list;
  asked->answered = answer->answered;
  asked->order = answer->order != NULL ? foyer_order_ref (answer->order) : NULL;
  asked->attendee = answer->attendee != NULL ? foyer_attendee_ref (answer->attendee) : NULL;
  return asked;
}
