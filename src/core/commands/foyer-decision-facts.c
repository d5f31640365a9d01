/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a decision is made from: what the copy has; and where it has nothing, what a signed code says of
 * itself. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-decision-facts.h"

static FoyerAttendee *
make_attendee (const FoyerSignedTicket *ticket, const char *code)
{
  FoyerAttendee *attendee = foyer_attendee_new ();

  attendee->id = foyer_signed_ticket_make_id (code);
  attendee->secret = g_strdup (code);
  attendee->product = ticket->product;
  attendee->variation = ticket->variation;
  attendee->subevent = ticket->subevent;
  attendee->valid_from = ticket->valid_from;
  attendee->valid_until = ticket->valid_until;
  return attendee;
}

/* A signature is as good as the event whose key it is: only that event's places are for the ticket. A
 * product that the copy does not have says nothing: then it stays a code that nobody knows. */
static gboolean
add_signed_ticket (FoyerTransaction *transaction,
                   FoyerSignatures *signatures,
                   FoyerAdmissionFacts *facts,
                   GError **error)
{
  for (guint i = 0; i < facts->places->len; i++)
    {
      const FoyerAdmissionPlace *place = g_ptr_array_index (facts->places, i);
      g_autoptr (FoyerSignedTicket) ticket = foyer_signatures_read_ticket (
          signatures, facts->code, (const char *const *)place->event->signing_keys);
      g_autoptr (FoyerAttendee) attendee = NULL;

      if (ticket == NULL)
        continue;

      attendee = make_attendee (ticket, facts->code);
      if (!foyer_transaction_add_ticket (transaction, facts, i, attendee, error))
        return FALSE;
      if (((FoyerAdmissionCandidate *)g_ptr_array_index (facts->candidates, 0))->product == NULL)
        g_ptr_array_set_size (facts->candidates, 0);
      return TRUE;
    }
  return TRUE;
}

/**
 * foyer_decision_gather_facts:
 * @transaction: a transaction of the journal
 * @signatures: (nullable): who knows signatures
 * @connection: whose lists they are
 * @scan: what was scanned
 * @lists: (array length=n_lists): the lists to look at, of one event
 * @n_lists: how many
 * @error: return location
 *
 * Returns: (transfer full) (nullable): all that is known of the code, or %NULL with an error
 */
FoyerAdmissionFacts *
foyer_decision_gather_facts (FoyerTransaction *transaction,
                             FoyerSignatures *signatures,
                             const char *connection,
                             const FoyerScan *scan,
                             const gint64 *lists,
                             gsize n_lists,
                             GError **error)
{
  g_autofree FoyerPlaceReference *places = g_new0 (FoyerPlaceReference, n_lists + 1);
  g_autoptr (FoyerAdmissionFacts) facts = NULL;

  for (gsize i = 0; i < n_lists; i++)
    {
      places[i].connection = connection;
      places[i].list = lists[i];
    }
  facts = foyer_transaction_gather_facts (transaction, scan->secret != NULL ? scan->secret : "",
                                          scan->attendee, places, n_lists, error);
  if (facts == NULL)
    return NULL;

  if (signatures != NULL && facts->candidates->len == 0 && !facts->revoked
      && foyer_signed_ticket_may_be (facts->code)
      && !add_signed_ticket (transaction, signatures, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}
