/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts that are kept along. Whoever changes a ticket or its check-ins takes it out of the counts before
 * and puts it in again after. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-tally-table.h"

#include "foyer-mirror-row.h"

static const char group_sql[] = "SELECT product, subevent, standing FROM attendee WHERE row = ?1";
static const char lists_sql[]
    = "SELECT list, max (CASE WHEN exit = 0 THEN datetime END), "
      "max (CASE WHEN exit = 1 THEN datetime END) FROM check_in WHERE attendee = ?1 GROUP BY list";
static const char count_sql[]
    = "INSERT INTO tally (source, list, product, subevent, standing, n, inside) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET n = n + excluded.n, "
      "inside = inside + excluded.inside";
static const char load_sql[]
    = "SELECT list, product, subevent, standing, n, inside FROM tally WHERE source = ?1";
static const char delete_sql[] = "DELETE FROM tally WHERE source = ?1";

static gboolean
count_one (FoyerDatabase *db, gint64 source, const FoyerTally *tally, GError **error)
{
  return foyer_database_run (db, count_sql, error, "iiiidii", source, tally->list, tally->product,
                             tally->subevent, tally->standing, tally->n, tally->inside);
}

static gboolean
count (FoyerDatabase *db, gint64 attendee_row, int sign, GError **error)
{
  gint64 source = foyer_mirror_row_get_source (attendee_row);
  FoyerTally tally = { .n = sign };
  g_autoptr (FoyerStatement) list = NULL;
  int more;

  {
    g_autoptr (FoyerStatement) group = foyer_database_query (db, group_sql, error, "i",
                                                             attendee_row);

    more = group != NULL ? foyer_database_step (db, group, error) : -1;
    if (more <= 0)
      return more == 0;

    tally.product = sqlite3_column_int64 (group, 0);
    tally.subevent = sqlite3_column_int64 (group, 1);
    tally.standing = sqlite3_column_int (group, 2);
  }

  if (!count_one (db, source, &tally, error))
    return FALSE;

  list = foyer_database_query (db, lists_sql, error, "i", attendee_row);
  if (list == NULL)
    return FALSE;

  while ((more = foyer_database_step (db, list, error)) > 0)
    {
      FoyerTime last_entry = foyer_statement_get_time (list, 1);
      FoyerTime last_exit = foyer_statement_get_time (list, 2);

      if (last_entry == FOYER_TIME_NONE)
        continue;

      /* FOYER_TIME_NONE is the smallest of all; a tie is outside. */
      tally.list = sqlite3_column_int64 (list, 0);
      tally.inside = last_exit < last_entry ? sign : 0;
      if (!count_one (db, source, &tally, error))
        return FALSE;
    }

  return more == 0;
}

/**
 * foyer_tally_table_add:
 * @db: the mirror
 * @attendee_row: a ticket that was just written, with its check-ins
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_tally_table_add (FoyerDatabase *db, gint64 attendee_row, GError **error)
{
  return count (db, attendee_row, 1, error);
}

/**
 * foyer_tally_table_remove:
 * @db: the mirror
 * @attendee_row: a ticket that is about to be changed or deleted; need not be there
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_tally_table_remove (FoyerDatabase *db, gint64 attendee_row, GError **error)
{
  return count (db, attendee_row, -1, error);
}

/**
 * foyer_tally_table_load:
 * @db: the mirror
 * @source: the connection's key
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerTally): the counts, or %NULL with an error
 */
GArray *
foyer_tally_table_load (FoyerDatabase *db, gint64 source, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_sql, error, "i", source);
  g_autoptr (GArray) tallies = g_array_new (FALSE, FALSE, sizeof (FoyerTally));
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerTally tally = {
        .list = sqlite3_column_int64 (row, 0),
        .product = sqlite3_column_int64 (row, 1),
        .subevent = sqlite3_column_int64 (row, 2),
        .standing = sqlite3_column_int (row, 3),
        .n = sqlite3_column_int64 (row, 4),
        .inside = sqlite3_column_int64 (row, 5),
      };

      g_array_append_val (tallies, tally);
    }

  return more == 0 ? g_steal_pointer (&tallies) : NULL;
}

/**
 * foyer_tally_table_delete:
 * @db: the mirror
 * @source: the connection's key
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_tally_table_delete (FoyerDatabase *db, gint64 source, GError **error)
{
  return foyer_database_run (db, delete_sql, error, "i", source);
}
