/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All that the copy knows about a code, for the decision on a scan: contracts/pretix-checkin.md section 7
 * says which tickets a code may stand for. Every statement here is a look-up by an index. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-facts.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-answer-table.h"
#include "foyer-attendee-table.h"
#include "foyer-check-in-table.h"
#include "foyer-command-table.h"
#include "foyer-connection-table.h"
#include "foyer-error.h"
#include "foyer-event-table.h"
#include "foyer-list-table.h"
#include "foyer-mark-table.h"
#include "foyer-order-table.h"
#include "foyer-product-table.h"
#include "foyer-questions.h"
#include "foyer-question-table.h"
#include "foyer-mirror-row.h"
#include "foyer-signed-ticket.h"
#include "foyer-source-table.h"
#include "foyer-sync-table.h"

#define CANDIDATE_COLUMNS "a.orders, " FOYER_ATTENDEE_COLUMNS ", " FOYER_ORDER_COLUMNS
#define FIRST_OF_ORDER (1 + FOYER_ATTENDEE_N_COLUMNS)

/* A code that stands for more tickets than this is not one that a person could choose from. */
#define MAX_CANDIDATES 64

static const char by_secret_sql[]
    = "SELECT " CANDIDATE_COLUMNS " FROM attendee a JOIN orders o ON o.row = a.orders "
      "WHERE a.secret = ?1 AND a.row >= ?2 AND a.row < ?3 ORDER BY a.addon_to <> 0, a.row LIMIT ?4";
static const char by_row_sql[] = "SELECT " CANDIDATE_COLUMNS
                                 " FROM attendee a JOIN orders o ON o.row = a.orders "
                                 "WHERE a.row = ?1";
static const char addons_sql[]
    = "SELECT " CANDIDATE_COLUMNS " FROM attendee a JOIN orders o ON o.row = a.orders "
      "WHERE a.orders = ?1 AND a.addon_to = ?2 ORDER BY a.positionid, a.row LIMIT ?3";

typedef struct
{
  FoyerDatabase *journal;
  FoyerDatabase *mirror;
  FoyerAdmissionFacts *facts;
  FoyerAdmissionPlace *place;
  guint index;
  gint64 source;
} Gathering;

static gboolean
lay_scans_over (Gathering *self, const FoyerAttendee *attendee, gint64 id, GError **error)
{
  return foyer_command_table_lay_over (self->journal, self->place->connection, id,
                                       self->place->list->id, attendee->check_ins, error);
}

static gboolean
load_scans (Gathering *self, FoyerAttendee *attendee, GError **error)
{
  g_clear_pointer (&attendee->check_ins, g_ptr_array_unref);
  attendee->check_ins = foyer_check_in_table_load (
      self->mirror, foyer_mirror_row_make (self->source, attendee->id), self->place->list->id,
      error);
  if (attendee->check_ins == NULL || !lay_scans_over (self, attendee, attendee->id, error))
    return FALSE;

  /* It may have come in by its signature before the copy had it. */
  return attendee->id < 0 || attendee->secret == NULL
         || !foyer_signed_ticket_may_be (attendee->secret)
         || lay_scans_over (self, attendee, foyer_signed_ticket_make_id (attendee->secret), error);
}

static gboolean
check_block (Gathering *self, FoyerTime modified, FoyerAttendee *attendee, GError **error)
{
  gboolean known, blocked;
  FoyerTime changed;

  if (attendee->secret == NULL)
    return TRUE;
  if (!foyer_mark_table_get_block (self->mirror, self->source, attendee->secret, &known, &blocked,
                                   &changed, error))
    return FALSE;

  /* The list of blocked codes comes more often than orders: the newer of both is right. */
  if (known && (modified == FOYER_TIME_NONE || changed == FOYER_TIME_NONE || changed > modified))
    attendee->blocked = blocked;
  return TRUE;
}

static void
replace_answer (GPtrArray *answers, FoyerAnswer *answer)
{
  for (guint i = answers->len; i-- > 0;)
    if (((FoyerAnswer *)g_ptr_array_index (answers, i))->question == answer->question)
      g_ptr_array_remove_index (answers, i);
  g_ptr_array_add (answers, foyer_answer_ref (answer));
}

/* What was answered at this desk and waits: nobody is asked twice. */
static gboolean
lay_answers_over (Gathering *self, FoyerAttendee *attendee, GPtrArray *questions, GError **error)
{
  g_autoptr (GPtrArray) given = NULL;
  g_autoptr (GTimeZone) zone = NULL;

  if (questions == NULL || questions->len == 0)
    return TRUE;

  given = foyer_command_table_list_laid_answers (self->journal, self->place->connection,
                                                 attendee->id, error);
  if (given == NULL)
    return FALSE;

  if (given->len > 0)
    zone = foyer_time_zone_new (self->place->event->zone);
  for (guint i = 0; i < given->len; i++)
    {
      g_autoptr (GPtrArray) stored = foyer_questions_find_stored (
          questions, attendee->product, attendee->answers, g_ptr_array_index (given, i), zone);

      for (guint k = 0; k < stored->len; k++)
        replace_answer (attendee->answers, g_ptr_array_index (stored, k));
    }
  return TRUE;
}

static gboolean
complete_candidate (Gathering *self, FoyerAdmissionCandidate *candidate, GError **error)
{
  FoyerAttendee *attendee = candidate->attendee;
  g_autoptr (GError) local_error = NULL;

  g_clear_pointer (&attendee->answers, g_ptr_array_unref);
  attendee->answers = foyer_answer_table_load (
      self->mirror, foyer_mirror_row_make (self->source, attendee->id), error);
  if (attendee->answers == NULL || !load_scans (self, attendee, error)
      || !check_block (self, candidate->order->last_modified, attendee, error))
    return FALSE;

  candidate->product = foyer_product_table_load (self->mirror, self->source, attendee->product,
                                                 &local_error);
  if (local_error == NULL)
    candidate->subevent = foyer_subevent_table_load (self->mirror, self->source, attendee->subevent,
                                                     &local_error);
  if (local_error == NULL)
    candidate->questions = foyer_question_table_load_asked (self->mirror, self->source,
                                                            attendee->product, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return lay_answers_over (self, attendee, candidate->questions, error);
}

/* Takes one row as a candidate, of whatever date: the rules tell which one the list is for. */
static gboolean
take (Gathering *self, FoyerStatement *row, gboolean through_main, GError **error)
{
  g_autoptr (FoyerAdmissionCandidate) candidate = foyer_admission_candidate_new ();

  candidate->attendee = foyer_attendee_table_read (row, 1);
  candidate->place = self->index;
  candidate->through_main = through_main;
  candidate->order = foyer_order_table_read (row, FIRST_OF_ORDER);
  if (!complete_candidate (self, candidate, error))
    return FALSE;

  g_ptr_array_add (self->facts->candidates, g_steal_pointer (&candidate));
  return TRUE;
}

typedef struct
{
  gint64 order_row;
  gint64 id;
} MainTicket;

static gboolean
gather_by_secret (Gathering *self, GError **error)
{
  g_autoptr (GArray) mains = g_array_new (FALSE, FALSE, sizeof (MainTicket));
  int more;

  {
    g_autoptr (FoyerStatement) row = foyer_database_query (
        self->mirror, by_secret_sql, error, "siid", self->facts->code,
        foyer_mirror_row_begin (self->source), foyer_mirror_row_end (self->source), MAX_CANDIDATES);

    if (row == NULL)
      return FALSE;

    while ((more = foyer_database_step (self->mirror, row, error)) > 0)
      {
        MainTicket ticket = { sqlite3_column_int64 (row, 0),
                              foyer_mirror_row_get_id (sqlite3_column_int64 (row, 1)) };

        g_array_append_val (mains, ticket);
        if (!take (self, row, FALSE, error))
          return FALSE;
      }
    if (more < 0)
      return FALSE;
  }

  for (guint i = 0; self->place->list->addon_match && i < mains->len; i++)
    {
      const MainTicket *ticket = &g_array_index (mains, MainTicket, i);
      g_autoptr (FoyerStatement) row = foyer_database_query (
          self->mirror, addons_sql, error, "iid", ticket->order_row, ticket->id, MAX_CANDIDATES);

      if (row == NULL)
        return FALSE;

      while ((more = foyer_database_step (self->mirror, row, error)) > 0)
        if (!take (self, row, TRUE, error))
          return FALSE;
      if (more < 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
gather_by_id (Gathering *self, gint64 attendee, GError **error)
{
  g_autoptr (FoyerStatement) row = NULL;
  int more;

  if (!foyer_mirror_row_id_fits (attendee))
    return TRUE;

  row = foyer_database_query (self->mirror, by_row_sql, error, "i",
                              foyer_mirror_row_make (self->source, attendee));
  more = row != NULL ? foyer_database_step (self->mirror, row, error) : -1;
  if (more == 1)
    {
      if (*self->facts->code == '\0' && sqlite3_column_text (row, 7) != NULL)
        {
          g_free (self->facts->code);
          self->facts->code = foyer_statement_dup_text (row, 7);
        }
      return take (self, row, FALSE, error);
    }

  return more == 0;
}

static FoyerAdmissionPlace *
load_place (FoyerDatabase *journal,
            FoyerDatabase *mirror,
            const FoyerPlaceReference *reference,
            gint64 source,
            GError **error)
{
  g_autoptr (FoyerAdmissionPlace) place = foyer_admission_place_new ();
  g_autoptr (FoyerConnection) connection = NULL;
  g_autoptr (GError) local_error = NULL;

  place->connection = g_strdup (reference->connection);
  place->event = foyer_event_table_load (mirror, source, &local_error);
  if (local_error == NULL)
    place->list = foyer_list_table_load (mirror, source, reference->list, &local_error);
  if (local_error == NULL)
    connection = foyer_connection_table_load (journal, reference->connection, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (place->event == NULL || place->list == NULL)
    {
      foyer_error_set (error, FOYER_ERROR_NOT_FOUND, "no such event or list in the mirror",
                       _ ("This check-in list is not on this desk. Fetch the event again, then "
                          "choose a list."));
      return NULL;
    }

  place->gate = connection != NULL ? connection->gate : 0;
  return g_steal_pointer (&place);
}

static gboolean
note_age (FoyerDatabase *mirror, gint64 source, FoyerAdmissionFacts *facts, GError **error)
{
  gboolean complete;
  FoyerTime as_of;

  if (!foyer_sync_table_get_complete (mirror, source, FOYER_RESOURCE_ORDERS, &complete, &as_of,
                                      error))
    return FALSE;

  if (!complete)
    {
      facts->complete = FALSE;
      facts->as_of = FOYER_TIME_NONE;
    }
  else if (facts->complete)
    facts->as_of = facts->as_of == FOYER_TIME_NONE ? as_of : MIN (facts->as_of, as_of);
  return TRUE;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const FoyerAdmissionCandidate *left = *(FoyerAdmissionCandidate *const *)a;
  const FoyerAdmissionCandidate *right = *(FoyerAdmissionCandidate *const *)b;

  return (left->attendee->addon_to != 0) - (right->attendee->addon_to != 0);
}

/* Main tickets first. g_ptr_array_sort() is not stable. */
static void
sort_candidates (GPtrArray *candidates)
{
  for (guint i = 1; i < candidates->len; i++)
    for (guint j = i;
         j > 0 && compare_candidates (&candidates->pdata[j - 1], &candidates->pdata[j]) > 0; j--)
      {
        gpointer before = candidates->pdata[j - 1];

        candidates->pdata[j - 1] = candidates->pdata[j];
        candidates->pdata[j] = before;
      }
}

static gboolean
gather_all (FoyerDatabase *journal,
            FoyerDatabase *mirror,
            FoyerAdmissionFacts *facts,
            gint64 attendee,
            const FoyerPlaceReference *places,
            gsize n_places,
            GError **error)
{
  facts->complete = n_places > 0;
  for (gsize i = 0; i < n_places; i++)
    {
      Gathering gathering = { journal, mirror, facts, NULL, (guint)i, 0 };
      gboolean revoked;

      if (!foyer_source_table_find (mirror, places[i].connection, &gathering.source, error))
        return FALSE;

      gathering.place = load_place (journal, mirror, &places[i], gathering.source, error);
      if (gathering.place == NULL)
        return FALSE;
      g_ptr_array_add (facts->places, gathering.place);

      if (!note_age (mirror, gathering.source, facts, error)
          || (attendee != 0 ? !gather_by_id (&gathering, attendee, error)
                            : !gather_by_secret (&gathering, error))
          || !foyer_mark_table_is_revoked (mirror, gathering.source, facts->code, &revoked, error))
        return FALSE;

      facts->revoked = facts->revoked || revoked;
    }

  sort_candidates (facts->candidates);
  return TRUE;
}

/**
 * foyer_facts_gather:
 * @journal: the journal, in a transaction: what waits
 * @mirror: the mirror, without one
 * @code: (nullable): a code as scanned
 * @attendee: id of a ticket to look at instead of looking for the code, or 0
 * @places: the lists scanned for
 * @n_places: how many
 * @error: return location
 *
 * The mirror is read in one snapshot, begun after the journal's: what has gone from the journal to the
 * mirror is seen there.
 *
 * Returns: (transfer full) (nullable): the facts, or %NULL with an error; %FOYER_ERROR_NOT_FOUND if a list
 *   is not in the mirror
 */
FoyerAdmissionFacts *
foyer_facts_gather (FoyerDatabase *journal,
                    FoyerDatabase *mirror,
                    const char *code,
                    gint64 attendee,
                    const FoyerPlaceReference *places,
                    gsize n_places,
                    GError **error)
{
  g_autoptr (FoyerAdmissionFacts) facts = foyer_admission_facts_new ();
  gboolean gathered;

  facts->code = g_strstrip (g_strdup (code != NULL ? code : ""));
  facts->places = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_admission_place_unref);
  facts->candidates = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_admission_candidate_unref);
  facts->as_of = FOYER_TIME_NONE;

  if (!foyer_database_run (mirror, "BEGIN", error, ""))
    return NULL;
  gathered = gather_all (journal, mirror, facts, attendee, places, n_places, error);
  foyer_database_run (mirror, "ROLLBACK", NULL, "");
  return gathered ? g_steal_pointer (&facts) : NULL;
}

/**
 * foyer_facts_add_ticket:
 * @journal: the journal, in a transaction: what waits
 * @mirror: the mirror, without one
 * @facts: facts that were gathered from them
 * @place: index of a place in them
 * @attendee: a ticket that is not in the mirror
 * @error: return location
 *
 * Adds it as a candidate. Of its order nothing is known but that it was sold: it is taken for paid.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_facts_add_ticket (FoyerDatabase *journal,
                        FoyerDatabase *mirror,
                        FoyerAdmissionFacts *facts,
                        guint place,
                        FoyerAttendee *attendee,
                        GError **error)
{
  Gathering gathering
      = { journal, mirror, facts, g_ptr_array_index (facts->places, place), place, 0 };
  g_autoptr (FoyerAdmissionCandidate) candidate = foyer_admission_candidate_new ();
  gboolean done;

  candidate->place = place;
  candidate->by_signature = TRUE;
  candidate->attendee = foyer_attendee_ref (attendee);
  candidate->order = foyer_order_new ();
  candidate->order->status = FOYER_ORDER_PAID;

  if (!foyer_database_run (mirror, "BEGIN", error, ""))
    return FALSE;
  done = foyer_source_table_find (mirror, gathering.place->connection, &gathering.source, error)
         && complete_candidate (&gathering, candidate, error);
  foyer_database_run (mirror, "ROLLBACK", NULL, "");
  if (done)
    g_ptr_array_add (facts->candidates, g_steal_pointer (&candidate));
  return done;
}
