/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A damaged journal is never written to again. What can be read of it goes, row by row, into a new one; the
 * old one is put aside under a name with the date. The new journal takes its place only when it is whole
 * and on disk. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-salvage.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "foyer-database.h"
#include "foyer-error.h"
#include "foyer-schema.h"

#define SALVAGE_SUFFIX ".salvaged"

/* Rows asked for one by one where a table cannot be walked. */
#define MAX_PROBES 2000000

G_DEFINE_BOXED_TYPE (FoyerSalvageReport,
                     foyer_salvage_report,
                     foyer_salvage_report_copy,
                     foyer_salvage_report_free)

typedef struct
{
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
    "SELECT " columns " FROM " name " NOT INDEXED WHERE row > ?1 ORDER BY row",                    \
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
static const char settings_sql[] = "SELECT key, value FROM setting";
static const char insert_setting_sql[]
    = "INSERT OR IGNORE INTO setting (key, value) VALUES (?1, ?2)";

/**
 * foyer_salvage_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): a copy
 */
FoyerSalvageReport *
foyer_salvage_report_copy (const FoyerSalvageReport *self)
{
  FoyerSalvageReport *copy = g_memdup2 (self, sizeof *self);

  copy->damaged_file = g_strdup (self->damaged_file);
  return copy;
}

/**
 * foyer_salvage_report_free:
 * @self: (transfer full): a report
 */
void
foyer_salvage_report_free (FoyerSalvageReport *self)
{
  g_free (self->damaged_file);
  g_free (self);
}

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

/* Walks a table; where a page cannot be read, asks for its rows one by one: an interior page leads to the
 * good leaves still. */
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
  *highest = 0;
  if (!foyer_database_get_int (from, table->last, highest, NULL, ""))
    *highest = 0;

  while (!walked && probes < MAX_PROBES)
    {
      g_autoptr (FoyerStatement) row = foyer_database_query (from, table->select, NULL, "i", last);
      int code = SQLITE_ERROR;
      gint64 before = last;

      while (row != NULL && (code = sqlite3_step (row)) == SQLITE_ROW)
        {
          last = sqlite3_column_int64 (row, 0);
          if (!copy_row (to, table->insert, row, saved))
            return FALSE;
        }
      walked = row == NULL || code == SQLITE_DONE;
      g_clear_pointer (&row, foyer_statement_reset);

      /* The page behind is bad: find the next row that can be had by itself. */
      while (!walked && probes < MAX_PROBES && last - before < MAX_PROBES)
        {
          g_autoptr (FoyerStatement) one = NULL;

          if (*highest != 0 && last >= *highest)
            {
              walked = TRUE;
              break;
            }
          last++;
          probes++;
          one = foyer_database_query (from, table->probe, NULL, "i", last);
          if (one == NULL)
            break;
          if (sqlite3_step (one) == SQLITE_ROW)
            {
              if (!copy_row (to, table->insert, one, saved))
                return FALSE;
              break;
            }
        }
    }

  *highest = MAX (*highest, last * (*saved > 0 && *highest != 0));
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

static gboolean
copy_everything (FoyerDatabase *from, FoyerDatabase *to, FoyerSalvageReport *report, GError **error)
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

static gboolean
move (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;

  foyer_database_set_error_code (SQLITE_CANTOPEN, errno, "moving the damaged journal", error);
  return FALSE;
}

static gboolean
sync_directory (const char *directory)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

/**
 * foyer_salvage_finish:
 * @path: the journal
 * @error: return location
 *
 * If a salvage was cut short after the damaged journal had been put aside, puts the new one into its
 * place.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_salvage_finish (const char *path, GError **error)
{
  g_autofree char *salvaged = g_strconcat (path, SALVAGE_SUFFIX, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      /* It was cut short before that, so the new one may be half of it. */
      g_unlink (salvaged);
      return TRUE;
    }

  return move (salvaged, path, error);
}

static void
remove_with_companions (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (path);
  g_unlink (wal);
  g_unlink (shm);
}

static FoyerDatabase *
create_new (const char *directory, const char *path, GError **error)
{
  g_auto (GStrv) scripts = foyer_schema_load_journal_scripts ();
  g_autoptr (FoyerDatabase) db = foyer_database_open (
      path, FOYER_DATABASE_CREATE | FOYER_DATABASE_DURABLE, error);

  if (db == NULL
      || !foyer_schema_migrate_journal (db, directory, (const char *const *)scripts, error))
    return NULL;

  return g_steal_pointer (&db);
}

static gboolean
put_aside (const char *directory, const char *path, FoyerSalvageReport *report, GError **error)
{
  static const char *const companions[] = { "-wal", "-shm", "" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%dT%H%M%S%f");
  g_autofree char *name = g_strdup_printf ("journal-damaged-%s.db", date);

  report->damaged_file = g_build_filename (directory, name, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *from = g_strconcat (path, companions[i], NULL);
      g_autofree char *to = g_strconcat (report->damaged_file, companions[i], NULL);

      if (!move (from, to, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * foyer_salvage_journal:
 * @directory: the workspace's folder
 * @path: the damaged journal; nobody else has it open
 * @error: return location
 *
 * Saves what can be read of a damaged journal.
 *
 * Returns: (transfer full) (nullable): what was saved, or %NULL with an error; then nothing was moved
 */
FoyerSalvageReport *
foyer_salvage_journal (const char *directory, const char *path, GError **error)
{
  g_autoptr (FoyerSalvageReport) report = g_new0 (FoyerSalvageReport, 1);
  g_autofree char *salvaged = g_strconcat (path, SALVAGE_SUFFIX, NULL);
  g_autoptr (FoyerDatabase) to = NULL;
  g_autoptr (FoyerDatabase) from = NULL;

  remove_with_companions (salvaged);
  to = create_new (directory, salvaged, error);
  if (to == NULL)
    return NULL;

  /* A file that cannot be opened at all has nothing to give. */
  from = foyer_database_open (path, 0, NULL);
  if (from != NULL && !copy_everything (from, to, report, error))
    return NULL;

  g_clear_pointer (&from, foyer_database_close);
  g_clear_pointer (&to, foyer_database_close);
  if (!sync_directory (directory) || !put_aside (directory, path, report, error)
      || !move (salvaged, path, error))
    return NULL;

  sync_directory (directory);
  g_warning ("The journal was damaged: %" G_GINT64_FORMAT " commands were saved, %" G_GINT64_FORMAT
             " are missing",
             report->commands, report->commands_lost);
  return g_steal_pointer (&report);
}
