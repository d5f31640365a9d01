/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far the mirror of each resource is. A run outlives the process: its number, its watermark and
 * whether it may still delete are here, so that the rest of a run knows what its beginning brought. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-sync-table.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-error.h"

static const char begin_sql[]
    = "INSERT INTO sync_state (source, resource, run, run_whole, run_watermark, run_began) "
      "VALUES (?1, ?2, 1, ?3, ?4, ?5) ON CONFLICT (source, resource) DO UPDATE SET run = run + 1, "
      "run_whole = excluded.run_whole, run_watermark = excluded.run_watermark, "
      "run_began = excluded.run_began, cursor = NULL";
static const char go_on_sql[]
    = "UPDATE sync_state SET run_whole = run_whole AND ?3 WHERE source = ?1 AND resource = ?2";
static const char run_sql[]
    = "SELECT run, run_whole FROM sync_state WHERE source = ?1 AND resource = ?2";
static const char advance_sql[]
    = "UPDATE sync_state SET cursor = ?3, stored = max (stored + ?4, 0), total = ?5, "
      "run_whole = ?6 WHERE source = ?1 AND resource = ?2";
static const char end_sql[]
    = "UPDATE sync_state SET cursor = NULL, stored = max (stored + ?3, 0), total = ?4, "
      "watermark = coalesce (run_watermark, watermark), complete = 1, synced_at = run_began "
      "WHERE source = ?1 AND resource = ?2";
static const char load_sql[]
    = "SELECT resource, cursor, watermark, complete, synced_at, stored, total FROM sync_state "
      "WHERE source = ?1";
static const char complete_sql[]
    = "SELECT complete, synced_at FROM sync_state WHERE source = ?1 AND resource = ?2";
static const char delete_sql[] = "DELETE FROM sync_state WHERE source = ?1";

/**
 * foyer_sync_table_begin:
 * @db: the mirror
 * @source: the connection's key
 * @page: a page that came
 * @first: whether it begins a run
 * @now: the laptop's clock
 * @run: (inout): the run it belongs to; for a later page the number that this process knows, or 0
 * @error: return location
 *
 * The rest of a run is refused if another run has begun meanwhile, or if its beginning is not here any more:
 * what the store then held would be neither of both.
 *
 * A run may delete only as long as every one of its pages is part of a listing of everything and no record
 * of it was refused: a ticket that could not be read this once is not gone.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_sync_table_begin (FoyerDatabase *db,
                        gint64 source,
                        FoyerPage *page,
                        gboolean first,
                        FoyerTime now,
                        FoyerSyncRun *run,
                        GError **error)
{
  const char *resource = foyer_resource_to_word (page->resource);
  gboolean whole = page->whole && (page->rejects == NULL || page->rejects->len == 0);
  g_autoptr (FoyerStatement) row = NULL;
  int more;

  if (!first)
    {
      if (!foyer_database_run (db, go_on_sql, error, "isb", source, resource, whole))
        return FALSE;
    }

  else if (!foyer_database_run (db, begin_sql, error, "isbst", source, resource, whole,
                                page->watermark,
                                page->generated != FOYER_TIME_NONE ? page->generated : now))
    return FALSE;

  row = foyer_database_query (db, run_sql, error, "is", source, resource);
  more = row != NULL ? foyer_database_step (db, row, error) : -1;
  if (more < 0)
    return FALSE;

  if (more == 0 || (!first && run->run != 0 && run->run != sqlite3_column_int64 (row, 0)))
    {
      foyer_error_set (error, FOYER_ERROR_CONFLICT, "a page of a run that is not the current one",
                       _ ("Another window has begun to fetch the same. Let it finish."));
      return FALSE;
    }

  run->run = sqlite3_column_int64 (row, 0);
  run->whole = sqlite3_column_int (row, 1);
  return TRUE;
}

/**
 * foyer_sync_table_advance:
 * @db: the mirror
 * @source: the connection's key
 * @page: a page that is stored
 * @run: its run
 * @added: records that are more now (or fewer)
 * @error: return location
 *
 * Notes where the run goes on; or with the last page, that it has ended.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_sync_table_advance (FoyerDatabase *db,
                          gint64 source,
                          FoyerPage *page,
                          const FoyerSyncRun *run,
                          gint64 added,
                          GError **error)
{
  const char *resource = foyer_resource_to_word (page->resource);

  if (page->next == NULL)
    return foyer_database_run (db, end_sql, error, "isii", source, resource, added, page->total);

  return foyer_database_run (db, advance_sql, error, "issiib", source, resource,
                             page->resume != NULL ? page->resume : page->next, added, page->total,
                             run->whole);
}

/**
 * foyer_sync_table_load:
 * @db: the mirror
 * @source: the connection's key
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerSyncState): how far each resource is, or %NULL
 *   with an error
 */
GPtrArray *
foyer_sync_table_load (FoyerDatabase *db, gint64 source, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_sql, error, "i", source);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_sync_state_unref);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      g_autoptr (FoyerSyncState) state = foyer_sync_state_new ();

      if (!foyer_resource_from_word ((const char *)sqlite3_column_text (row, 0), &state->resource))
        continue;

      state->cursor = foyer_statement_dup_text (row, 1);
      state->watermark = foyer_statement_dup_text (row, 2);
      state->complete = sqlite3_column_int (row, 3);
      state->synced_at = foyer_statement_get_time (row, 4);
      state->stored = sqlite3_column_int64 (row, 5);
      state->total = sqlite3_column_int64 (row, 6);
      g_ptr_array_add (states, g_steal_pointer (&state));
    }

  return more == 0 ? g_steal_pointer (&states) : NULL;
}

/**
 * foyer_sync_table_get_complete:
 * @db: the mirror
 * @source: the connection's key
 * @resource: of what
 * @complete: (out): whether the store holds all of it
 * @synced_at: (out): as of when, or %FOYER_TIME_NONE
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_sync_table_get_complete (FoyerDatabase *db,
                               gint64 source,
                               FoyerResource resource,
                               gboolean *complete,
                               FoyerTime *synced_at,
                               GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, complete_sql, error, "is", source,
                                                         foyer_resource_to_word (resource));
  int more = row != NULL ? foyer_database_step (db, row, error) : -1;

  if (more < 0)
    return FALSE;

  *complete = more == 1 && sqlite3_column_int (row, 0);
  *synced_at = more == 1 ? foyer_statement_get_time (row, 1) : FOYER_TIME_NONE;
  return TRUE;
}

/**
 * foyer_sync_table_delete:
 * @db: the mirror
 * @source: the connection's key
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_sync_table_delete (FoyerDatabase *db, gint64 source, GError **error)
{
  return foyer_database_run (db, delete_sql, error, "i", source);
}
