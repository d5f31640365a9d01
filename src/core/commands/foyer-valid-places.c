/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A refusal says where to go: the event's other lists are asked the same question. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-valid-places.h"

#include "foyer-admission-check.h"
#include "foyer-decision-facts.h"
#include "foyer-json.h"

#include <string.h>

/* More than a person at a door can read out; and each is a decision of its own, in the transaction. */
#define MAX_PLACES 5
#define MAX_LISTS 60

/* Whoever is refused for what the ticket is, not for what was done with it, may be right elsewhere. */
static gboolean
may_be_elsewhere (const FoyerAdmission *admission)
{
  if (admission->result != FOYER_ADMISSION_REFUSED || admission->candidate == NULL
      || admission->candidate->attendee->canceled)
    return FALSE;

  return g_strcmp0 (admission->reason, "product") == 0
         || g_strcmp0 (admission->reason, "invalid") == 0
         || (g_strcmp0 (admission->reason, "rules") == 0 && admission->certain);
}

static gboolean
is_scanned_for (const FoyerScan *scan, gint64 list)
{
  for (guint i = 0; i < scan->lists->len; i++)
    if (g_array_index (scan->lists, gint64, i) == list)
      return TRUE;
  return FALSE;
}

/* All that keeps the ticket out is the time of day: it can wait, or come back. */
static gboolean
is_about_time (const char *hint)
{
  g_autoptr (JsonNode) node = hint != NULL ? json_from_string (hint, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *part = foyer_json_get_root_object (json_array_get_element (array, i));
      const char *variable = part != NULL ? foyer_json_get_string (part, "variable") : NULL;

      if (g_strcmp0 (variable, "now") != 0 && g_strcmp0 (variable, "now_isoweekday") != 0)
        return FALSE;
    }
  return array != NULL;
}

static FoyerValidPlace *
make_place (const FoyerCheckInList *list, const FoyerAdmissionCandidate *candidate)
{
  FoyerValidPlace *place = foyer_valid_place_new ();

  if (list != NULL)
    {
      place->list = list->id;
      place->name = g_strdup (list->name);
    }
  /* A list for all dates says nothing about a date. */
  if (candidate->subevent != NULL && (list == NULL || list->subevent != 0))
    {
      place->subevent = candidate->subevent->id;
      place->subevent_name = g_strdup (candidate->subevent->name);
      place->from = candidate->subevent->date_from;
    }
  return place;
}

/* Is it let in there, or will it be? */
static FoyerValidPlace *
look_at (FoyerTransaction *transaction,
         FoyerSignatures *signatures,
         const char *connection,
         FoyerScan *scan,
         FoyerCheckInList *list,
         gint64 attendee,
         GError **error)
{
  g_autoptr (FoyerAdmissionFacts) facts = foyer_decision_gather_facts (
      transaction, signatures, connection, scan, &list->id, 1, error);
  g_autoptr (FoyerAdmission) there = NULL;
  FoyerValidPlace *place;
  gboolean later;

  if (facts == NULL)
    return NULL;

  there = foyer_admission_decide (facts, scan);
  later = g_strcmp0 (there->reason, "rules") == 0 && is_about_time (there->rule_hint);
  if (!there->certain || there->candidate == NULL || there->candidate->attendee->id != attendee
      || (there->result == FOYER_ADMISSION_REFUSED && !later))
    return NULL;

  place = make_place (list, there->candidate);
  if (later)
    place->rule_hint = g_strdup (there->rule_hint);
  return place;
}

/* Open ones first: whom to send where, before whom to ask back later. */
static void
add (GPtrArray *places, FoyerValidPlace *place)
{
  guint at = 0;

  while (at < places->len
         && (place->rule_hint != NULL
             || ((FoyerValidPlace *)g_ptr_array_index (places, at))->rule_hint == NULL))
    at++;
  g_ptr_array_insert (places, (int)at, place);
  if (places->len > MAX_PLACES)
    g_ptr_array_set_size (places, MAX_PLACES);
}

/**
 * foyer_valid_places_find:
 * @transaction: a transaction of the journal
 * @signatures: (nullable): who knows signatures
 * @connection: whose lists they are
 * @scan: what was scanned
 * @admission: the decision on it, made just now: gets its `valid_at`
 * @error: return location
 *
 * Looks for the lists of the event that let in whom this one refuses. Nothing is looked for where the ticket
 * itself is the reason (canceled, blocked, unpaid, used).
 *
 * Returns: whether it could be read
 */
gboolean
foyer_valid_places_find (FoyerTransaction *transaction,
                         FoyerSignatures *signatures,
                         const char *connection,
                         FoyerScan *scan,
                         FoyerAdmission *admission,
                         GError **error)
{
  g_autoptr (GPtrArray) lists = NULL;
  g_autoptr (GPtrArray) places = NULL;

  if (!may_be_elsewhere (admission))
    return TRUE;

  lists = foyer_transaction_list_lists (transaction, connection, error);
  if (lists == NULL)
    return FALSE;

  places = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_valid_place_unref);
  for (guint i = 0; i < MIN (lists->len, MAX_LISTS); i++)
    {
      FoyerCheckInList *list = g_ptr_array_index (lists, i);
      g_autoptr (GError) local_error = NULL;
      FoyerValidPlace *place;

      if (is_scanned_for (scan, list->id))
        continue;
      place = look_at (transaction, signatures, connection, scan, list,
                       admission->candidate->attendee->id, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (place != NULL)
        add (places, place);
    }

  /* No list has the date, but the date itself is worth knowing. */
  if (places->len == 0 && admission->candidate->subevent != NULL
      && g_strcmp0 (admission->reason, "invalid") == 0)
    g_ptr_array_add (places, make_place (NULL, admission->candidate));

  if (places->len > 0)
    admission->valid_at = g_steal_pointer (&places);
  return TRUE;
}
