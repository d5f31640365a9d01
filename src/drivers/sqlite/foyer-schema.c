/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shapes of both files. The journal is migrated, step by step, after a backup; the mirror is made
 * anew. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-schema.h"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "foyer-error.h"
#include "foyer-sqlite-resources.h"

#define RESOURCE_PATH "/io/github/foyerdesk/Foyer/sqlite/"

static const char application_sql[] = "PRAGMA application_id";
static const char version_sql[] = "PRAGMA user_version";
static const char tables_sql[] = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'";

static char *
load_script (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_PATH, name, NULL);
  /* Named here so that the linker keeps it: this is a static library. */
  g_autoptr (GBytes) bytes = g_resource_lookup_data (foyer_sqlite_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    return NULL;

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/**
 * foyer_schema_load_journal_scripts:
 *
 * Returns: (transfer full): the journal's migrations: the first makes version 1 out of nothing
 */
GStrv
foyer_schema_load_journal_scripts (void)
{
  g_autoptr (GStrvBuilder) scripts = g_strv_builder_new ();

  for (int version = 1;; version++)
    {
      g_autofree char *name = g_strdup_printf ("journal-%d.sql", version);
      g_autofree char *script = load_script (name);

      if (script == NULL)
        return g_strv_builder_end (scripts);
      g_strv_builder_add (scripts, script);
    }
}

/**
 * foyer_schema_get_version:
 * @db: a file of ours
 * @version: (out): the version of its schema; 0 for an empty file
 * @error: return location
 *
 * Returns: %TRUE if it could be read
 */
gboolean
foyer_schema_get_version (FoyerDatabase *db, gint64 *version, GError **error)
{
  return foyer_database_get_int (db, version_sql, version, error, "");
}

static gboolean
set_numbers (FoyerDatabase *db, int application, int version, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                          application, version);

  return foyer_database_execute (db, sql, error);
}

/* A journal is never changed before there is a second one as it was. */
static gboolean
back_up (FoyerDatabase *db, const char *directory, gint64 version, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%dT%H%M%S%f");
  g_autofree char *name = g_strdup_printf ("journal-backup-v%" G_GINT64_FORMAT "-%s.db", version,
                                           date);
  g_autofree char *path = g_build_filename (directory, name, NULL);

  /* VACUUM INTO takes an empty file, too; it exists before so that it has our rights. */
  return foyer_database_create_file (path, error)
         && foyer_database_run (db, "VACUUM INTO ?1", error, "s", path);
}

static gboolean
run_scripts (FoyerDatabase *db, const char *const *scripts, int n_scripts, GError **error)
{
  gint64 version;

  if (!foyer_schema_get_version (db, &version, error))
    return FALSE;

  for (gint64 i = version; i < n_scripts; i++)
    if (!foyer_database_execute (db, scripts[i], error))
      return FALSE;

  return set_numbers (db, FOYER_JOURNAL_APPLICATION_ID, n_scripts, error);
}

/**
 * foyer_schema_migrate_journal:
 * @db: the journal
 * @directory: where backups go
 * @scripts: (array zero-terminated=1): the migrations
 * @error: return location
 *
 * Brings the journal to the newest version, in one transaction, after a backup.
 *
 * Returns: %TRUE if it is of the newest version; %FALSE with %FOYER_ERROR_STORAGE, also if it was made by
 *   a newer Foyer
 */
gboolean
foyer_schema_migrate_journal (FoyerDatabase *db,
                              const char *directory,
                              const char *const *scripts,
                              GError **error)
{
  int n_scripts = (int)g_strv_length ((char **)scripts);
  gint64 version, application, tables;
  gboolean ok;

  if (!foyer_schema_get_version (db, &version, error)
      || !foyer_database_get_int (db, application_sql, &application, error, "")
      || !foyer_database_get_int (db, tables_sql, &tables, error, ""))
    return FALSE;

  if (version > n_scripts && application == FOYER_JOURNAL_APPLICATION_ID)
    {
      foyer_error_set (error, FOYER_ERROR_STORAGE, "the journal is of a newer version",
                       _ ("Foyer's journal was written by a newer Foyer. Update Foyer, then start "
                          "again: nothing is lost."));
      return FALSE;
    }
  if (version == n_scripts && application == FOYER_JOURNAL_APPLICATION_ID)
    return TRUE;
  if (tables > 0 && application != FOYER_JOURNAL_APPLICATION_ID)
    {
      foyer_error_set (
          error, FOYER_ERROR_STORAGE, "journal.db is another program's file",
          _ ("The file journal.db in Foyer's folder is not Foyer's. Move it away, then "
             "start again."));
      return FALSE;
    }

  if (version > 0 && !back_up (db, directory, version, error))
    return FALSE;

  if (!foyer_database_run (db, "BEGIN IMMEDIATE", error, ""))
    return FALSE;
  ok = run_scripts (db, scripts, n_scripts, error) && foyer_database_run (db, "COMMIT", error, "");
  if (!ok && !sqlite3_get_autocommit (foyer_database_get_handle (db)))
    foyer_database_run (db, "ROLLBACK", NULL, "");
  return ok;
}

/**
 * foyer_schema_is_mirror_current:
 * @db: the mirror
 * @current: (out): whether it is of this program's version
 * @error: return location
 *
 * Returns: %TRUE if it could be read
 */
gboolean
foyer_schema_is_mirror_current (FoyerDatabase *db, gboolean *current, GError **error)
{
  gint64 version, application;

  if (!foyer_schema_get_version (db, &version, error)
      || !foyer_database_get_int (db, application_sql, &application, error, ""))
    return FALSE;

  *current = version == FOYER_MIRROR_VERSION && application == FOYER_MIRROR_APPLICATION_ID;
  return TRUE;
}

/**
 * foyer_schema_create_mirror:
 * @db: an empty file
 * @error: return location
 *
 * Returns: %TRUE if it is a mirror now
 */
gboolean
foyer_schema_create_mirror (FoyerDatabase *db, GError **error)
{
  g_autofree char *script = load_script ("mirror.sql");
  gboolean current;
  gboolean ok;

  if (!foyer_database_run (db, "BEGIN IMMEDIATE", error, ""))
    return FALSE;

  /* Another process may have been faster. */
  ok = foyer_schema_is_mirror_current (db, &current, error)
       && (current
           || (foyer_database_execute (db, script, error)
               && set_numbers (db, FOYER_MIRROR_APPLICATION_ID, FOYER_MIRROR_VERSION, error)))
       && foyer_database_run (db, "COMMIT", error, "");
  if (!ok && !sqlite3_get_autocommit (foyer_database_get_handle (db)))
    foyer_database_run (db, "ROLLBACK", NULL, "");
  return ok;
}

/**
 * foyer_schema_is_sound:
 * @db: a file
 * @sound: (out): whether nothing wrong was found
 * @error: return location
 *
 * Reads the whole file. SQLite does not let itself be stopped in this.
 *
 * Returns: %TRUE if it could be checked
 */
gboolean
foyer_schema_is_sound (FoyerDatabase *db, gboolean *sound, GError **error)
{
  g_autoptr (FoyerStatement) row = NULL;
  g_autoptr (GError) local_error = NULL;
  int more;

  row = foyer_database_query (db, "PRAGMA quick_check (1)", &local_error, "");
  more = row != NULL ? foyer_database_step (db, row, &local_error) : -1;
  *sound = more == 1 && strcmp ((const char *)sqlite3_column_text (row, 0), "ok") == 0;
  if (more == 1 || foyer_database_is_damaged (db))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
