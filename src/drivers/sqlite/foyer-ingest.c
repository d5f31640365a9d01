/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From pages and answers into tables. A record that the store refuses is set aside, and its page stays. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-ingest.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-error.h"
#include "foyer-event-table.h"
#include "foyer-list-table.h"
#include "foyer-mark-table.h"
#include "foyer-order-table.h"
#include "foyer-product-table.h"
#include "foyer-question-table.h"
#include "foyer-record.h"
#include "foyer-source-table.h"
#include "foyer-sync-table.h"

static gboolean
put_record (FoyerDatabase *db,
            gint64 source,
            const FoyerSyncRun *run,
            FoyerPage *page,
            gpointer record,
            FoyerRecordFate *fate,
            GError **error)
{
  switch (page->resource)
    {
    case FOYER_RESOURCE_EVENT:
      return foyer_event_table_put (db, source, run->run, record, fate, error);
    case FOYER_RESOURCE_SUBEVENTS:
      return foyer_subevent_table_put (db, source, run->run, record, fate, error);
    case FOYER_RESOURCE_CATEGORIES:
      return foyer_category_table_put (db, source, run->run, record, fate, error);
    case FOYER_RESOURCE_PRODUCTS:
      return foyer_product_table_put (db, source, run->run, record, fate, error);
    case FOYER_RESOURCE_QUESTIONS:
      return foyer_question_table_put (db, source, run->run, record, fate, error);
    case FOYER_RESOURCE_LISTS:
      return foyer_list_table_put (db, source, run->run, record, fate, error);
    case FOYER_RESOURCE_REVOKED:
      return foyer_mark_table_put (db, source, "revoked", run->run, record, fate, error);
    case FOYER_RESOURCE_BLOCKED:
      return foyer_mark_table_put (db, source, "blocked", run->run, record, fate, error);
    case FOYER_RESOURCE_ORDERS:
      return foyer_order_table_put (db, source, run->run, run->whole, page->generated, record, fate,
                                    error);
    case FOYER_RESOURCE_ORGANIZERS:
    case FOYER_RESOURCE_EVENTS:
      break;
    }

  g_return_val_if_reached (FALSE);
}

static gboolean
sweep (FoyerDatabase *db,
       gint64 source,
       gint64 run,
       FoyerResource resource,
       gint64 *deleted,
       GError **error)
{
  switch (resource)
    {
    case FOYER_RESOURCE_EVENT:
      return foyer_record_sweep (db, foyer_event_table_get_sql (), source, run, deleted, error);
    case FOYER_RESOURCE_SUBEVENTS:
      return foyer_record_sweep (db, foyer_subevent_table_get_sql (), source, run, deleted, error);
    case FOYER_RESOURCE_CATEGORIES:
      return foyer_record_sweep (db, foyer_category_table_get_sql (), source, run, deleted, error);
    case FOYER_RESOURCE_PRODUCTS:
      return foyer_record_sweep (db, foyer_product_table_get_sql (), source, run, deleted, error)
             && foyer_product_table_sweep_variations (db, source, error);
    case FOYER_RESOURCE_QUESTIONS:
      return foyer_record_sweep (db, foyer_question_table_get_sql (), source, run, deleted, error)
             && foyer_question_table_sweep_options (db, source, error);
    case FOYER_RESOURCE_LISTS:
      return foyer_record_sweep (db, foyer_list_table_get_sql (), source, run, deleted, error);
    case FOYER_RESOURCE_REVOKED:
      return foyer_mark_table_sweep (db, source, "revoked", run, deleted, error);
    case FOYER_RESOURCE_BLOCKED:
      return foyer_mark_table_sweep (db, source, "blocked", run, deleted, error);
    case FOYER_RESOURCE_ORDERS:
      return foyer_order_table_sweep (db, source, run, deleted, error);
    case FOYER_RESOURCE_ORGANIZERS:
    case FOYER_RESOURCE_EVENTS:
      break;
    }

  g_return_val_if_reached (FALSE);
}

/* A fault of the record, as against one of the disk, after which nothing more can be stored. */
static gboolean
is_fault_of_record (FoyerDatabase *db, const GError *error)
{
  int code = sqlite3_errcode (foyer_database_get_handle (db)) & 0xff;

  if (g_error_matches (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL))
    return TRUE;

  return g_error_matches (error, FOYER_ERROR, FOYER_ERROR_STORAGE)
         && (code == SQLITE_CONSTRAINT || code == SQLITE_MISMATCH || code == SQLITE_TOOBIG);
}

/* All records, none of which is refused: the common case, without the price of a savepoint each. *@fault:
 * one was. */
static gboolean
put_good_records (FoyerDatabase *db,
                  gint64 source,
                  const FoyerSyncRun *run,
                  FoyerPage *page,
                  FoyerIngestReport *report,
                  gint64 *added,
                  gboolean *fault,
                  GError **error)
{
  for (guint i = 0; page->records != NULL && i < page->records->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      FoyerRecordFate fate = FOYER_RECORD_UNCHANGED;

      if (!put_record (db, source, run, page, g_ptr_array_index (page->records, i), &fate,
                       &local_error))
        {
          *fault = is_fault_of_record (db, local_error);
          if (!*fault)
            g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      report->stored += fate != FOYER_RECORD_UNCHANGED;
      report->unchanged += fate == FOYER_RECORD_UNCHANGED;
      *added += fate == FOYER_RECORD_NEW;
    }

  return TRUE;
}

static gboolean
put_records_one_by_one (FoyerDatabase *db,
                        gint64 source,
                        FoyerSyncRun *run,
                        FoyerPage *page,
                        FoyerIngestReport *report,
                        gint64 *added,
                        GError **error)
{
  for (guint i = 0; page->records != NULL && i < page->records->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      FoyerRecordFate fate = FOYER_RECORD_UNCHANGED;

      if (!foyer_database_run (db, "SAVEPOINT record", error, ""))
        return FALSE;

      if (put_record (db, source, run, page, g_ptr_array_index (page->records, i), &fate,
                      &local_error))
        {
          report->stored += fate != FOYER_RECORD_UNCHANGED;
          report->unchanged += fate == FOYER_RECORD_UNCHANGED;
          *added += fate == FOYER_RECORD_NEW;
        }
      else if (is_fault_of_record (db, local_error))
        {
          g_message ("A record of %s was set aside: %s", foyer_resource_to_word (page->resource),
                     foyer_error_get_detail (local_error));
          report->rejected++;
          run->whole = FALSE;
          if (!foyer_database_run (db, "ROLLBACK TO record", error, ""))
            return FALSE;
        }
      else
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      if (!foyer_database_run (db, "RELEASE record", error, ""))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_page (FoyerDatabase *db,
          const char *connection,
          FoyerPage *page,
          gboolean first,
          FoyerTime now,
          gint64 *source,
          FoyerSyncRun *run,
          FoyerIngestReport *report,
          gint64 *added,
          GError **error)
{
  const FoyerSyncRun known = *run;
  gboolean fault = FALSE;

  if (!foyer_source_table_ensure (db, connection, source, error)
      || !foyer_sync_table_begin (db, *source, page, first, now, run, error))
    return FALSE;
  if (put_good_records (db, *source, run, page, report, added, &fault, error))
    return TRUE;
  if (!fault)
    return FALSE;

  /* From the beginning, now with care. The transaction holds nothing but this page. */
  *run = known;
  *report = (FoyerIngestReport){ 0 };
  *added = 0;
  return foyer_database_run (db, "ROLLBACK", error, "")
         && foyer_database_run (db, "BEGIN IMMEDIATE", error, "")
         && foyer_source_table_ensure (db, connection, source, error)
         && foyer_sync_table_begin (db, *source, page, first, now, run, error)
         && put_records_one_by_one (db, *source, run, page, report, added, error);
}

/**
 * foyer_ingest_page:
 * @db: the mirror, in a transaction that has written nothing
 * @connection: whose
 * @page: a page
 * @first: whether it begins a run
 * @now: the laptop's clock
 * @run: (inout): the run's number as far as this process knows it, or 0
 * @error: return location
 *
 * Stores a page, and how far its run is.
 *
 * Returns: (transfer full) (nullable): what became of it, or %NULL with an error
 */
FoyerIngestReport *
foyer_ingest_page (FoyerDatabase *db,
                   const char *connection,
                   FoyerPage *page,
                   gboolean first,
                   FoyerTime now,
                   gint64 *run,
                   GError **error)
{
  g_autoptr (FoyerIngestReport) report = g_new0 (FoyerIngestReport, 1);
  FoyerSyncRun sync_run = { *run, FALSE };
  gint64 source;
  gint64 added = 0;

  if (page->resource == FOYER_RESOURCE_ORGANIZERS || page->resource == FOYER_RESOURCE_EVENTS)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "a resource that is never mirrored",
                       _ ("The data could not be stored."));
      return NULL;
    }

  if (!put_page (db, connection, page, first, now, &source, &sync_run, report, &added, error))
    return NULL;

  if (page->next == NULL && sync_run.whole
      && !sweep (db, source, sync_run.run, page->resource, &report->deleted, error))
    return NULL;

  if (!foyer_sync_table_advance (db, source, page, &sync_run, added - report->deleted, error))
    return NULL;

  *run = sync_run.run;
  return g_steal_pointer (&report);
}
