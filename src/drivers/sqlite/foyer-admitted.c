/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is in, as SQL over both files: the mirror with what waits laid over it. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-admitted.h"

#include "foyer-mirror-row.h"

/* In the mirror's numbers for rows. */
#define LAID_ROW "((s.key << 44) | c.laid_attendee)"

G_STATIC_ASSERT (FOYER_MIRROR_ROW_BITS == 44);

/* An undo that waits takes away what it names, from the mirror as well as from what is laid over it. */
#define NOT_UNDONE                                                                                 \
  "kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM command u WHERE u.laid_attendee = "                \
  "c.laid_attendee AND u.laid_list = c.laid_list AND u.kind = 'undo' AND u.laid_at = c.laid_at "   \
  "AND u.laid_exit = c.laid_exit AND u.connection = c.connection)"
#define THERE_NOT_UNDONE                                                                           \
  "NOT EXISTS (SELECT 1 FROM command u WHERE u.laid_attendee = ?3 AND u.laid_list = m.list AND "   \
  "u.kind = 'undo' AND u.laid_at = m.datetime AND u.laid_exit = m.exit AND "                       \
  "u.connection = (SELECT name FROM source WHERE key = ?4))"

static const char presence_sql[] = "SELECT min (CASE WHEN exit = 0 THEN datetime END), max (CASE "
                                   "WHEN exit = 0 THEN datetime END), "
                                   "max (CASE WHEN exit = 1 THEN datetime END) FROM check_in "
                                   "WHERE attendee = ?1 AND (?2 = 0 OR list = ?2)";
static const char undone_presence_sql[]
    = "SELECT min (CASE WHEN exit = 0 THEN datetime END), max (CASE WHEN exit = 0 THEN datetime "
      "END), max (CASE WHEN exit = 1 THEN datetime END) FROM check_in m "
      "WHERE attendee = ?1 AND (?2 = 0 OR list = ?2) AND " THERE_NOT_UNDONE;
static const char laid_presence_sql[]
    = "SELECT min (CASE WHEN laid_exit = 0 AND holds THEN laid_at END), "
      "max (CASE WHEN laid_exit = 0 AND holds THEN laid_at END), "
      "max (CASE WHEN laid_exit = 1 AND holds THEN laid_at END), count (*), "
      "sum (kind = 'undo') FROM (SELECT c.kind, c.laid_exit, c.laid_at, (c." NOT_UNDONE
      ") AS holds "
      "FROM command c WHERE c.laid_attendee = ?1 AND (?2 = 0 OR c.laid_list = ?2) AND "
      "c.connection = (SELECT name FROM source WHERE key = ?3))";
static const char entry_sql[]
    = "SELECT 1 FROM check_in m INDEXED BY entry_by_list "
      "WHERE list = ?2 AND attendee = ?1 AND exit = 0 AND " THERE_NOT_UNDONE " LIMIT 1";
static const char laid_entry_sql[]
    = "SELECT 1 FROM command c WHERE laid_attendee = ?1 AND laid_list = ?2 AND laid_exit = 0 AND "
      "connection = (SELECT name FROM source WHERE key = ?3) AND c." NOT_UNDONE " LIMIT 1";
static const char list_sql[]
    = "SELECT DISTINCT attendee FROM check_in INDEXED BY entry_by_list "
      "WHERE list = ?1 AND exit = 0 AND attendee >= ?2 AND attendee < ?3 "
      "UNION SELECT " LAID_ROW " FROM command c JOIN source s ON s.name = c.connection "
      "WHERE c.laid_attendee > 0 AND c.laid_list = ?1 AND c.laid_exit = 0 ORDER BY 1";
/* Undoing is rare: whom it concerns is looked at again, one by one. */
static const char undone_sql[]
    = "SELECT DISTINCT " LAID_ROW " FROM command c JOIN source s ON s.name = c.connection "
      "WHERE c.laid_attendee > 0 AND c.laid_list = ?1 AND c.kind = 'undo'";

/**
 * foyer_presence_is_inside:
 * @self: what a ticket has done
 *
 * Returns: whether its newest entry is newer than its newest exit; a tie is outside
 */
gboolean
foyer_presence_is_inside (const FoyerPresence *self)
{
  return self->last_entry != FOYER_TIME_NONE
         && (self->last_exit == FOYER_TIME_NONE || self->last_exit < self->last_entry);
}

static FoyerTime
earlier (FoyerTime a, FoyerTime b)
{
  if (a == FOYER_TIME_NONE || b == FOYER_TIME_NONE)
    return a == FOYER_TIME_NONE ? b : a;

  return MIN (a, b);
}

/**
 * foyer_admitted_load:
 * @db: a connection that reads journal and mirror
 * @row: a ticket's row
 * @list: a list; 0 for all
 * @laid_over: whether to look at what waits, too
 * @presence: (out): what the ticket has done there
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_admitted_load (FoyerDatabase *db,
                     gint64 row,
                     gint64 list,
                     gboolean laid_over,
                     FoyerPresence *presence,
                     GError **error)
{
  gboolean undone = FALSE;

  *presence = (FoyerPresence){ FOYER_TIME_NONE, FOYER_TIME_NONE, FOYER_TIME_NONE, FALSE };

  /* The journal first: see foyer_database_attach(). */
  if (laid_over)
    {
      g_autoptr (FoyerStatement) laid = foyer_database_query (db, laid_presence_sql, error, "iii",
                                                              foyer_mirror_row_get_id (row), list,
                                                              foyer_mirror_row_get_source (row));

      if (laid == NULL || foyer_database_step (db, laid, error) < 0)
        return FALSE;
      presence->first_entry = foyer_statement_get_time (laid, 0);
      presence->last_entry = foyer_statement_get_time (laid, 1);
      presence->last_exit = foyer_statement_get_time (laid, 2);
      presence->waiting = sqlite3_column_int (laid, 3) > 0;
      undone = sqlite3_column_int (laid, 4) > 0;
    }

  {
    g_autoptr (FoyerStatement) there
        = undone ? foyer_database_query (db, undone_presence_sql, error, "iiii", row, list,
                                         foyer_mirror_row_get_id (row),
                                         foyer_mirror_row_get_source (row))
                 : foyer_database_query (db, presence_sql, error, "ii", row, list);

    if (there == NULL || foyer_database_step (db, there, error) < 0)
      return FALSE;
    /* FOYER_TIME_NONE is the smallest of all. */
    presence->first_entry = earlier (presence->first_entry, foyer_statement_get_time (there, 0));
    presence->last_entry = MAX (presence->last_entry, foyer_statement_get_time (there, 1));
    presence->last_exit = MAX (presence->last_exit, foyer_statement_get_time (there, 2));
  }

  return TRUE;
}

/**
 * foyer_admitted_check:
 * @db: a connection that reads journal and mirror
 * @row: a ticket's row
 * @list: a list
 * @admitted: (out): whether it has any entry there
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_admitted_check (FoyerDatabase *db,
                      gint64 row,
                      gint64 list,
                      gboolean *admitted,
                      GError **error)
{
  gint64 found;

  if (!foyer_database_get_int (db, laid_entry_sql, &found, error, "iii",
                               foyer_mirror_row_get_id (row), list,
                               foyer_mirror_row_get_source (row)))
    return FALSE;
  if (!found
      && !foyer_database_get_int (db, entry_sql, &found, error, "iiii", row, list,
                                  foyer_mirror_row_get_id (row), foyer_mirror_row_get_source (row)))
    return FALSE;

  *admitted = found != 0;
  return TRUE;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a;
  gint64 right = *(const gint64 *)b;

  return left < right ? -1 : left > right;
}

/* Takes out of @rows who has no entry left. */
static gboolean
take_undone (FoyerDatabase *db, gint64 list, GArray *rows, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, undone_sql, error, "i", list);
  int more;

  if (row == NULL)
    return FALSE;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      gint64 number = sqlite3_column_int64 (row, 0);
      gboolean admitted;
      guint at;

      if (!g_array_binary_search (rows, &number, compare_rows, &at))
        continue;
      if (!foyer_admitted_check (db, number, list, &admitted, error))
        return FALSE;
      if (!admitted)
        g_array_remove_index (rows, at);
    }

  return more == 0;
}

/**
 * foyer_admitted_list:
 * @db: a connection that reads journal and mirror
 * @begin: the first row of interest
 * @end: the row behind the last one
 * @list: a list
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the rows of tickets that have an entry there,
 *   ascending, or %NULL with an error
 */
GArray *
foyer_admitted_list (FoyerDatabase *db, gint64 begin, gint64 end, gint64 list, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, list_sql, error, "iii", list, begin,
                                                         end);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      gint64 number = sqlite3_column_int64 (row, 0);

      g_array_append_val (rows, number);
    }

  return more == 0 && take_undone (db, list, rows, error) ? g_steal_pointer (&rows) : NULL;
}

/**
 * foyer_admitted_list_has:
 * @sorted: (element-type gint64): what foyer_admitted_list() gave
 * @row: a row
 *
 * Returns: whether it is among them
 */
gboolean
foyer_admitted_list_has (GArray *sorted, gint64 row)
{
  return g_array_binary_search (sorted, &row, compare_rows, NULL);
}
