/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Successful scans, as the service has them, and the ones written here from the answer to a redeem until
 * a page brings them with their number. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-check-in-table.h"

/* The time of an answer is known to the second only (HTTP's Date); a page's to the microsecond. */
#define ANSWER_MARGIN (2 * FOYER_SECOND)

static const char insert_sql[]
    = "INSERT OR REPLACE INTO check_in (attendee, list, datetime, id, exit, automatic, gate, "
      "device_id, written) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
static const char delete_sql[] = "DELETE FROM check_in WHERE attendee = ?1";
static const char delete_of_list_sql[] = "DELETE FROM check_in WHERE attendee = ?1 AND list = ?2";
static const char load_own_sql[]
    = "SELECT list, datetime, exit, gate, device_id, written FROM check_in "
      "WHERE attendee = ?1 AND (?2 = 0 OR list = ?2) AND id = 0 AND written IS NOT NULL";
static const char exists_sql[] = "SELECT 1 FROM check_in WHERE attendee = ?1 AND list = ?2 AND "
                                 "datetime = ?3 AND exit = ?4";
static const char remove_sql[] = "DELETE FROM check_in WHERE attendee = ?1 AND list = ?2 AND "
                                 "datetime = ?3 AND exit = ?4";
static const char load_sql[]
    = "SELECT id, list, datetime, exit, automatic, gate, device_id FROM check_in "
      "WHERE attendee = ?1 ORDER BY datetime, id";
static const char load_of_list_sql[]
    = "SELECT id, list, datetime, exit, automatic, gate, device_id FROM check_in "
      "WHERE attendee = ?1 AND list = ?2 ORDER BY datetime, id";

typedef struct
{
  gint64 list;
  FoyerTime datetime;
  gboolean exit;
  gint64 gate;
  gint64 device_id;
  FoyerTime written;
} OwnCheckIn;

static GArray *
load_own (FoyerDatabase *db, gint64 attendee_row, gint64 list, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_own_sql, error, "ii",
                                                         attendee_row, list);
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (OwnCheckIn));
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      OwnCheckIn check_in = {
        .list = sqlite3_column_int64 (row, 0),
        .datetime = sqlite3_column_int64 (row, 1),
        .exit = sqlite3_column_int (row, 2),
        .gate = sqlite3_column_int64 (row, 3),
        .device_id = sqlite3_column_int64 (row, 4),
        .written = sqlite3_column_int64 (row, 5),
      };

      g_array_append_val (own, check_in);
    }

  return more == 0 ? g_steal_pointer (&own) : NULL;
}

/**
 * foyer_check_in_table_insert:
 * @db: the mirror
 * @attendee_row: whose
 * @check_in: a scan as the service has it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_check_in_table_insert (FoyerDatabase *db,
                             gint64 attendee_row,
                             FoyerCheckIn *check_in,
                             GError **error)
{
  return foyer_database_run (db, insert_sql, error, "iiiibbiit", attendee_row, check_in->list,
                             check_in->datetime, check_in->id, check_in->exit, check_in->automatic,
                             check_in->gate, check_in->device_id, FOYER_TIME_NONE);
}

/**
 * foyer_check_in_table_add_own:
 * @db: the mirror
 * @attendee_row: whose
 * @check_in: the scan that was just answered
 * @written: service's time of the answer
 * @error: return location
 *
 * Adds a scan whose number the answer did not say, unless it is there.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_check_in_table_add_own (FoyerDatabase *db,
                              gint64 attendee_row,
                              FoyerCheckIn *check_in,
                              FoyerTime written,
                              GError **error)
{
  gint64 exists;

  if (!foyer_database_get_int (db, exists_sql, &exists, error, "iiib", attendee_row, check_in->list,
                               check_in->datetime, check_in->exit))
    return FALSE;
  if (exists)
    return TRUE;

  return foyer_database_run (db, insert_sql, error, "iiiibbiit", attendee_row, check_in->list,
                             check_in->datetime, (gint64)0, check_in->exit, FALSE, check_in->gate,
                             check_in->device_id, written);
}

/**
 * foyer_check_in_table_remove:
 * @db: the mirror
 * @attendee_row: whose
 * @check_in: the scan that the service has taken back
 * @error: return location
 *
 * Returns: %TRUE if it is not there
 */
gboolean
foyer_check_in_table_remove (FoyerDatabase *db,
                             gint64 attendee_row,
                             FoyerCheckIn *check_in,
                             GError **error)
{
  return foyer_database_run (db, remove_sql, error, "iiib", attendee_row, check_in->list,
                             check_in->datetime, check_in->exit);
}

/**
 * foyer_check_in_table_replace:
 * @db: the mirror
 * @attendee_row: whose
 * @list: of which list; 0 for all
 * @check_ins: (nullable) (element-type FoyerCheckIn): all there are, says the service
 * @generated: when it said so, by its clock, or %FOYER_TIME_NONE
 * @error: return location
 *
 * Takes the service's word, but for what was written here after it spoke: a page made before the redeem
 * of a moment ago would undo it.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_check_in_table_replace (FoyerDatabase *db,
                              gint64 attendee_row,
                              gint64 list,
                              GPtrArray *check_ins,
                              FoyerTime generated,
                              GError **error)
{
  g_autoptr (GArray) own = load_own (db, attendee_row, list, error);

  if (own == NULL)
    return FALSE;

  if (list == 0 ? !foyer_database_run (db, delete_sql, error, "i", attendee_row)
                : !foyer_database_run (db, delete_of_list_sql, error, "ii", attendee_row, list))
    return FALSE;

  for (guint i = 0; check_ins != NULL && i < check_ins->len; i++)
    {
      FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i);

      if ((list == 0 || check_in->list == list)
          && !foyer_check_in_table_insert (db, attendee_row, check_in, error))
        return FALSE;
    }

  for (guint i = 0; i < own->len; i++)
    {
      const OwnCheckIn *kept = &g_array_index (own, OwnCheckIn, i);
      FoyerCheckIn check_in = {
        .list = kept->list,
        .datetime = kept->datetime,
        .exit = kept->exit,
        .gate = kept->gate,
        .device_id = kept->device_id,
      };

      if ((generated == FOYER_TIME_NONE || kept->written + ANSWER_MARGIN > generated)
          && !foyer_check_in_table_add_own (db, attendee_row, &check_in, kept->written, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * foyer_check_in_table_delete:
 * @db: the mirror
 * @attendee_row: whose
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_check_in_table_delete (FoyerDatabase *db, gint64 attendee_row, GError **error)
{
  return foyer_database_run (db, delete_sql, error, "i", attendee_row);
}

/**
 * foyer_check_in_table_load:
 * @db: the mirror
 * @attendee_row: whose
 * @list: of which list; 0 for all
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerCheckIn): the scans by time then number, or
 *   %NULL with an error
 */
GPtrArray *
foyer_check_in_table_load (FoyerDatabase *db, gint64 attendee_row, gint64 list, GError **error)
{
  g_autoptr (FoyerStatement) row
      = list == 0 ? foyer_database_query (db, load_sql, error, "i", attendee_row)
                  : foyer_database_query (db, load_of_list_sql, error, "ii", attendee_row, list);
  g_autoptr (GPtrArray) check_ins = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_check_in_unref);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerCheckIn *check_in = foyer_check_in_new ();

      check_in->id = sqlite3_column_int64 (row, 0);
      check_in->list = sqlite3_column_int64 (row, 1);
      check_in->datetime = sqlite3_column_int64 (row, 2);
      check_in->exit = sqlite3_column_int (row, 3);
      check_in->automatic = sqlite3_column_int (row, 4);
      check_in->gate = sqlite3_column_int64 (row, 5);
      check_in->device_id = sqlite3_column_int64 (row, 6);
      g_ptr_array_add (check_ins, check_in);
    }

  return more == 0 ? g_steal_pointer (&check_ins) : NULL;
}

/**
 * foyer_check_in_compare:
 * @a: place of a check-in in a GPtrArray
 * @b: place of another
 *
 * Returns: the order by time; of the same time by number, ones without a number last
 */
int
foyer_check_in_compare (gconstpointer a, gconstpointer b)
{
  const FoyerCheckIn *left = *(FoyerCheckIn *const *)a;
  const FoyerCheckIn *right = *(FoyerCheckIn *const *)b;

  if (left->datetime != right->datetime)
    return left->datetime < right->datetime ? -1 : 1;
  if ((left->id == 0) != (right->id == 0))
    return left->id == 0 ? 1 : -1;
  return left->id < right->id ? -1 : left->id > right->id;
}
