/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many came in, minute by minute: what the service knows, of every desk, and what waits here. An undo that waits is
 * laid where its admission was, and takes one away. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-arrivals.h"

#include "foyer-mirror-row.h"
#include "foyer-source-table.h"

#define MINUTE (60 * FOYER_SECOND)

/* The index is by list and time; a list's number is one service's, so tickets of another are left out by their rows. */
static const char mirror_sql[]
    = "SELECT (datetime - ?2) / 60000000, count(*) FROM check_in "
      "WHERE list = ?1 AND exit = 0 AND datetime >= ?2 AND datetime < ?3 "
      "AND attendee >= ?4 AND attendee < ?5 GROUP BY 1";
static const char laid_sql[] = "SELECT (laid_at - ?3) / 60000000, "
                               "sum (CASE kind WHEN 'undo' THEN -1 ELSE 1 END) FROM command "
                               "WHERE laid_attendee IS NOT NULL AND laid_exit = 0 "
                               "AND connection = ?1 AND laid_list = ?2 "
                               "AND laid_at >= ?3 AND laid_at < ?4 GROUP BY 1";

static gboolean
add_rows (FoyerDatabase *db, FoyerStatement *row, GArray *counts, GError **error)
{
  int more;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      gint64 minute = sqlite3_column_int64 (row, 0);
      guint *count;

      if (minute < 0 || minute >= counts->len)
        continue;
      count = &g_array_index (counts, guint, minute);
      *count = (guint)MAX (*count + sqlite3_column_int64 (row, 1), 0);
    }

  return more == 0;
}

/**
 * foyer_arrivals_load:
 * @db: a connection that reads journal and mirror, in a read transaction
 * @connection: name of a connection
 * @list: one of its check-in lists
 * @since: where the first minute begins
 * @minutes: how many
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type guint): entries in each of these minutes, or %NULL with an error
 */
GArray *
foyer_arrivals_load (FoyerDatabase *db,
                     const char *connection,
                     gint64 list,
                     FoyerTime since,
                     guint minutes,
                     GError **error)
{
  g_autoptr (GArray) counts = g_array_sized_new (FALSE, TRUE, sizeof (guint), minutes);
  g_autoptr (FoyerStatement) mirrored = NULL;
  g_autoptr (FoyerStatement) laid = NULL;
  FoyerTime until = since + minutes * MINUTE;
  gint64 source;

  g_array_set_size (counts, minutes);
  if (!foyer_source_table_find (db, connection, &source, error))
    return NULL;
  if (source == 0)
    return g_steal_pointer (&counts);

  mirrored = foyer_database_query (db, mirror_sql, error, "iiiii", list, since, until,
                                   foyer_mirror_row_begin (source), foyer_mirror_row_end (source));
  if (mirrored == NULL || !add_rows (db, mirrored, counts, error))
    return NULL;

  laid = foyer_database_query (db, laid_sql, error, "siii", connection, list, since, until);
  if (laid == NULL || !add_rows (db, laid, counts, error))
    return NULL;

  return g_steal_pointer (&counts);
}
