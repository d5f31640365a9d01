/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search index: every three letters of everybody's words. A row is first only noted (`unindexed`, which
 * a search reads through) and indexed later together with many others: FTS5 merges what each
 * transaction brings, so a thousand small ones cost several times one large one. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-trigram-table.h"

/* Rows between two looks at whether somebody waits. */
#define LOOK_EVERY 64

static const char note_sql[] = "INSERT OR IGNORE INTO unindexed (attendee) VALUES (?1)";
static const char forget_sql[] = "DELETE FROM unindexed WHERE attendee = ?1";
static const char unindex_sql[]
    = "INSERT INTO trigram (trigram, rowid, words) VALUES ('delete', ?1, ?2)";
static const char count_sql[] = "SELECT count(*) FROM (SELECT 1 FROM unindexed LIMIT ?1)";
static const char waiting_sql[]
    = "SELECT u.attendee, a.words FROM unindexed u LEFT JOIN attendee a ON a.row = u.attendee "
      "WHERE u.attendee > ?1 ORDER BY u.attendee LIMIT ?2";
static const char index_sql[] = "INSERT INTO trigram (rowid, words) VALUES (?1, ?2)";
static const char done_sql[] = "DELETE FROM unindexed WHERE attendee <= ?1";

/**
 * foyer_trigram_table_add:
 * @db: the mirror
 * @attendee_row: whose words are new
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_trigram_table_add (FoyerDatabase *db, gint64 attendee_row, GError **error)
{
  return foyer_database_run (db, note_sql, error, "i", attendee_row);
}

/**
 * foyer_trigram_table_remove:
 * @db: the mirror
 * @attendee_row: whose words go
 * @words: the words as they are stored: what is taken out of the index must be what was put in
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_trigram_table_remove (FoyerDatabase *db,
                            gint64 attendee_row,
                            const char *words,
                            GError **error)
{
  if (!foyer_database_run (db, forget_sql, error, "i", attendee_row))
    return FALSE;
  if (sqlite3_changes (foyer_database_get_handle (db)) > 0)
    return TRUE;

  return foyer_database_run (db, unindex_sql, error, "is", attendee_row, words);
}

/**
 * foyer_trigram_table_count_waiting:
 * @db: the mirror
 * @limit: count no further
 * @waiting: (out): rows not indexed yet
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_trigram_table_count_waiting (FoyerDatabase *db, gint64 limit, gint64 *waiting, GError **error)
{
  return foyer_database_get_int (db, count_sql, waiting, error, "i", limit);
}

/**
 * foyer_trigram_table_index:
 * @db: the mirror, in a transaction
 * @limit: rows at most
 * @enough: (nullable): asked now and then
 * @data: for @enough
 * @indexed: (out): rows done
 * @error: return location
 *
 * Indexes rows that wait for it.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_trigram_table_index (FoyerDatabase *db,
                           gint64 limit,
                           FoyerEnoughFunc enough,
                           gpointer data,
                           gint64 *indexed,
                           GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, waiting_sql, error, "ii", G_MININT64,
                                                         limit);
  gint64 last = G_MININT64;
  int more;

  *indexed = 0;
  if (row == NULL)
    return FALSE;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      last = sqlite3_column_int64 (row, 0);
      if (sqlite3_column_type (row, 1) != SQLITE_NULL
          && !foyer_database_run (db, index_sql, error, "is", last,
                                  (const char *)sqlite3_column_text (row, 1)))
        return FALSE;

      (*indexed)++;
      if (*indexed % LOOK_EVERY == 0 && enough != NULL && enough (data))
        break;
    }

  if (more < 0)
    return FALSE;

  sqlite3_reset (row);
  return *indexed == 0 || foyer_database_run (db, done_sql, error, "i", last);
}
