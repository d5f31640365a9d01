/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a damaged journal into a new one, row by row. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-salvage-copy.h"

/* Rows asked for one by one where a table cannot be walked. */
#define MAX_PROBES 2000000

typedef struct
{
  const char *name;
  const char *select; /* all rows, by ascending number, behind ?1 */
  const char *probe;  /* the row ?1 */
  const char *last;   /* the highest number */
  const char *insert;
} Table;

#define COMMAND_COLUMNS                                                                            \
  "row, id, kind, connection, target, arguments, key, created, door_time, unsure, actor, desk, "   \
  "state, attempts, not_before, result, problem, note, laid_attendee, laid_list, laid_at, "        \
  "laid_exit"
#define AUDIT_COLUMNS                                                                              \
  "row, at, connection, service, method, route, status, duration, request_id, error, bytes_sent, " \
  "bytes_received, hash"
#define CONNECTION_COLUMNS                                                                         \
  "row, name, service, base_url, organizer, event, subevent, auth_scheme, secret_ref, desk, "      \
  "device_id, gate, gate_name, security_profile, ca_file, version, sample"

/* NOT INDEXED: the table itself is read, whatever state its indexes are in. */
#define TABLE(name, columns, values)                                                               \
  {                                                                                                \
    name, "SELECT " columns " FROM " name " NOT INDEXED WHERE row > ?1 ORDER BY row",              \
        "SELECT " columns " FROM " name " NOT INDEXED WHERE row = ?1",                             \
        "SELECT row FROM " name " NOT INDEXED ORDER BY row DESC LIMIT 1",                          \
        "INSERT OR IGNORE INTO " name " (" columns ") VALUES (" values ")"                         \
  }

static const Table command_table = TABLE (
    "command",
    COMMAND_COLUMNS,
    "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, "
    "?20, ?21, ?22");
static const Table audit_table
    = TABLE ("audit", AUDIT_COLUMNS, "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13");
static const Table connection_table = TABLE (
    "connection",
    CONNECTION_COLUMNS,
    "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17");
static const char sequence_sql[] = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
static const char settings_sql[] = "SELECT key, value FROM setting";
static const char insert_setting_sql[]
    = "INSERT OR IGNORE INTO setting (key, value) VALUES (?1, ?2)";

/* Copies one row as it is; a row that the new journal does not accept is not one. */
static gboolean
copy_row (FoyerDatabase *to, const char *insert, FoyerStatement *row, gint64 *saved)
{
  g_autoptr (FoyerStatement) statement = foyer_database_query (to, insert, NULL, "");
  int code;

  if (statement == NULL)
    return FALSE;

  for (int i = 0; i < sqlite3_column_count (row); i++)
    sqlite3_bind_value (statement, i + 1, sqlite3_column_value (row, i));
  code = sqlite3_step (statement);
  if (code == SQLITE_DONE)
    *saved += sqlite3_changes (foyer_database_get_handle (to));
  return code == SQLITE_DONE || (code & 0xff) == SQLITE_CONSTRAINT
         || (code & 0xff) == SQLITE_MISMATCH;
}

/* The highest number that a row of the table ever had, as far as that can be known; else 0. */
static gint64
get_highest (FoyerDatabase *from, const Table *table)
{
  gint64 highest;

  if (foyer_database_get_int (from, sequence_sql, &highest, NULL, "s", table->name) && highest > 0)
    return highest;

  return foyer_database_get_int (from, table->last, &highest, NULL, "") ? highest : 0;
}

/* Copies what comes behind *@last as far as that can be walked. *@walked: to the end. */
static gboolean
walk (FoyerDatabase *from,
      FoyerDatabase *to,
      const Table *table,
      gint64 *last,
      gint64 *saved,
      gboolean *walked)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (from, table->select, NULL, "i", *last);
  int code = SQLITE_DONE; /* a table that is not in the schema */

  /* Numbers must rise, or a damaged tree could be walked in circles. */
  while (row != NULL && (code = sqlite3_step (row)) == SQLITE_ROW
         && sqlite3_column_int64 (row, 0) > *last)
    {
      *last = sqlite3_column_int64 (row, 0);
      if (!copy_row (to, table->insert, row, saved))
        return FALSE;
    }

  *walked = code == SQLITE_DONE;
  return TRUE;
}

/* Copies the next row behind *@last that can be had by itself: its page may be good where the way to it along
 * the table is not. */
static gboolean
probe (FoyerDatabase *from,
       FoyerDatabase *to,
       const Table *table,
       gint64 *last,
       gint64 highest,
       gint64 *saved,
       int *probes)
{
  while (*last < highest && *probes < MAX_PROBES)
    {
      g_autoptr (FoyerStatement) row = NULL;

      (*last)++;
      (*probes)++;
      row = foyer_database_query (from, table->probe, NULL, "i", *last);
      if (row != NULL && sqlite3_step (row) == SQLITE_ROW)
        return copy_row (to, table->insert, row, saved);
    }

  return TRUE;
}

static gboolean
copy_table (FoyerDatabase *from,
            FoyerDatabase *to,
            const Table *table,
            gint64 *saved,
            gint64 *highest)
{
  gint64 last = 0;
  int probes = 0;
  gboolean walked = FALSE;

  *saved = 0;
  *highest = get_highest (from, table);
  while (!walked)
    {
      if (!walk (from, to, table, &last, saved, &walked))
        return FALSE;
      if (walked || last >= *highest || probes >= MAX_PROBES)
        break;
      if (!probe (from, to, table, &last, *highest, saved, &probes))
        return FALSE;
    }

  return TRUE;
}

static gboolean
copy_settings (FoyerDatabase *from, FoyerDatabase *to, gint64 *saved)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (from, settings_sql, NULL, "");

  *saved = 0;
  while (row != NULL && sqlite3_step (row) == SQLITE_ROW)
    if (!copy_row (to, insert_setting_sql, row, saved))
      return FALSE;

  return TRUE;
}

/**
 * foyer_salvage_copy:
 * @from: a damaged journal
 * @to: a new one
 * @report: what was saved is noted here
 * @error: return location
 *
 * Returns: %TRUE if all that can be read was written
 */
gboolean
foyer_salvage_copy (FoyerDatabase *from,
                    FoyerDatabase *to,
                    FoyerSalvageReport *report,
                    GError **error)
{
  gint64 highest;
  gboolean ok;

  if (!foyer_database_run (to, "BEGIN IMMEDIATE", error, ""))
    return FALSE;

  ok = copy_table (from, to, &connection_table, &report->connections, &highest)
       && copy_settings (from, to, &report->settings)
       && copy_table (from, to, &command_table, &report->commands, &highest);
  if (ok)
    report->commands_lost = MAX (highest - report->commands, 0);
  ok = ok && copy_table (from, to, &audit_table, &report->calls, &highest);
  if (ok)
    return foyer_database_run (to, "COMMIT", error, "");

  foyer_database_set_error (to, "salvaging", error);
  foyer_database_run (to, "ROLLBACK", NULL, "");
  return FALSE;
}
