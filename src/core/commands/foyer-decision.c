/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deciding an admission: facts, rule, record, all in one transaction, so that two windows cannot both
 * admit (docs/architecture.md). */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-decision.h"

#include "foyer-admission-check.h"
#include "foyer-decision-facts.h"
#include "foyer-reply.h"
#include "foyer-overlay.h"
#include "foyer-override.h"
#include "foyer-valid-places.h"

/**
 * foyer_decision_request_free:
 * @self: (transfer full): a request
 */
void
foyer_decision_request_free (FoyerDecisionRequest *self)
{
  g_clear_pointer (&self->scan, foyer_scan_unref);
  g_clear_pointer (&self->told, foyer_step_result_unref);
  g_clear_object (&self->signatures);
  g_free (self->connection);
  g_free (self->id);
  g_free (self->key);
  g_free (self->actor);
  g_free (self->desk);
  g_free (self);
}

/**
 * foyer_decision_free:
 * @self: (transfer full): a decision
 */
void
foyer_decision_free (FoyerDecision *self)
{
  g_clear_pointer (&self->admission, foyer_admission_unref);
  g_clear_pointer (&self->scan, foyer_scan_unref);
  g_clear_pointer (&self->command, foyer_command_unref);
  g_free (self);
}

static FoyerAdmission *
decide (FoyerTransaction *transaction, FoyerDecisionRequest *request, GError **error)
{
  FoyerScan *scan = request->scan;
  g_autoptr (FoyerAdmissionFacts) facts = foyer_decision_gather_facts (
      transaction, request->signatures, request->connection, scan,
      (const gint64 *)(void *)scan->lists->data, scan->lists->len, error);
  g_autoptr (FoyerAdmission) admission = NULL;

  if (facts == NULL)
    return NULL;

  admission = foyer_admission_decide (facts, scan);
  if (!foyer_valid_places_find (transaction, request->signatures, request->connection, scan,
                                admission, error))
    return NULL;
  return g_steal_pointer (&admission);
}

/* The same scan with what was found: so that the inbox can say whom it is about, and the service is
 * asked with the ticket's own code. */
static FoyerScan *
complete_scan (FoyerScan *scan, FoyerAdmission *admission, FoyerStepResult *told)
{
  FoyerScan *complete = foyer_scan_copy (scan);
  FoyerAdmissionCandidate *candidate = admission->candidate;

  if (told != NULL && told->list != 0)
    complete->list = told->list;
  else if (admission->place != NULL && admission->place->list != NULL)
    complete->list = admission->place->list->id;
  else if (scan->lists->len > 0)
    complete->list = g_array_index (scan->lists, gint64, 0);

  if (candidate == NULL)
    return complete;

  complete->attendee = candidate->attendee->id;
  if (complete->secret == NULL || *complete->secret == '\0')
    {
      g_free (complete->secret);
      complete->secret = g_strdup (candidate->attendee->secret);
    }
  g_free (complete->order);
  complete->order = g_strdup (candidate->order->code);
  g_free (complete->name);
  complete->name = g_strdup (candidate->attendee->name);
  g_free (complete->product);
  complete->product = candidate->product != NULL ? g_strdup (candidate->product->name) : NULL;
  return complete;
}

/* Something about this ticket and list waits already: ours must go after it. */
static gboolean
has_waiting (FoyerTransaction *transaction,
             const FoyerDecisionRequest *request,
             const FoyerScan *scan,
             gboolean *waiting,
             GError **error)
{
  g_autofree char *target = foyer_overlay_make_target (scan->attendee, scan->list);
  gint64 n = foyer_transaction_count_waiting (transaction, request->connection, target, error);

  *waiting = n > 0;
  return n >= 0;
}

/* A person has said that somebody comes in all the same, and why. Not where the service would not take it
 * even so, or where it is not known whom it is about. */
static gboolean
is_overridden (const FoyerDecisionRequest *request, const FoyerAdmission *admission)
{
  return request->scan->override_reason != NULL
         && foyer_override_find_offer (admission) != FOYER_OFFER_NOTHING;
}

static void
let_in (FoyerAdmission *admission)
{
  admission->result = FOYER_ADMISSION_ADMITTED;
  admission->certain = TRUE;
  admission->forced = TRUE;
  g_clear_pointer (&admission->reason, g_free);
}

static FoyerCommand *
make_command (FoyerDecisionRequest *request, FoyerScan *scan, gboolean behind)
{
  FoyerCommand *command = foyer_command_new ();

  command->id = g_strdup (request->id);
  command->kind = scan->exit ? FOYER_COMMAND_EXIT : FOYER_COMMAND_CHECK_IN;
  command->connection = g_strdup (request->connection);
  command->target = foyer_overlay_make_target (scan->attendee, scan->list);
  command->arguments = foyer_scan_to_json (scan);
  command->key = g_strdup (request->key);
  command->created = request->created;
  command->door_time = scan->datetime;
  command->unsure = request->unsure;
  command->actor = g_strdup (request->actor);
  command->desk = g_strdup (request->desk);
  command->state = FOYER_STATE_PENDING;
  if (request->leaves && !behind)
    {
      /* One fsync instead of two. If the process dies before it is sent, it is looked up. */
      command->state = FOYER_STATE_SENDING;
      command->attempts = 1;
    }
  return command;
}

/**
 * foyer_decision_make:
 * @transaction: a transaction of the journal
 * @request: (type FoyerDecisionRequest): the scan and who asks
 * @decision: (out) (type FoyerDecision) (transfer full): what came of it
 * @error: return location
 *
 * A #FoyerTransactionFunc. Lets in only what the copy is certain of, or what the service said it would
 * let in; the copy's knowledge of what waits at this desk stands even then, for the service does not
 * have it yet.
 *
 * Returns: whether it was decided
 */
gboolean
foyer_decision_make (FoyerTransaction *transaction,
                     gpointer request,
                     gpointer *decision,
                     GError **error)
{
  FoyerDecisionRequest *asked = request;
  g_autoptr (FoyerDecision) made = g_new0 (FoyerDecision, 1);
  gboolean admit;

  made->admission = decide (transaction, asked, error);
  if (made->admission == NULL)
    return FALSE;

  admit = made->admission->result == FOYER_ADMISSION_ADMITTED && made->admission->certain;
  if (asked->told != NULL && !admit
      && (made->admission->previous == NULL || !made->admission->previous->waiting))
    {
      g_autoptr (FoyerAdmission) desk = g_steal_pointer (&made->admission);

      made->admission = foyer_reply_to_admission (asked->told, desk);
      admit = made->admission->candidate != NULL;
    }

  made->scan = complete_scan (asked->scan, made->admission, asked->told);
  if (is_overridden (asked, made->admission))
    {
      let_in (made->admission);
      admit = TRUE;
    }
  /* The service may see what this copy does not. */
  if (admit && asked->scan->override_reason != NULL)
    made->scan->force = TRUE;
  if (admit)
    {
      gboolean behind;

      if (!has_waiting (transaction, asked, made->scan, &behind, error))
        return FALSE;
      made->command = make_command (asked, made->scan, behind);
      made->command->row = foyer_transaction_insert_command (transaction, made->command, error);
      if (made->command->row <= 0)
        return FALSE;
    }

  *decision = g_steal_pointer (&made);
  return TRUE;
}
