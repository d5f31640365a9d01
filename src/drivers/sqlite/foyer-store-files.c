/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a workspace: the folder, the locks, what has to be repaired, and all connections. Repairs are made
 * only by a process that has the workspace for itself. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-store-files.h"

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "foyer-error.h"
#include "foyer-locks.h"
#include "foyer-salvage.h"
#include "foyer-schema.h"

/* Files up to this size are looked at whole at each start (about a second for a gigabyte, and a check cannot be
 * cut short). In a larger one a damaged page is met when it is read, and noted for the next start,
 * which then looks however long it takes. */
#define JOURNAL_SIZE (G_GINT64_CONSTANT (128) << 20)
#define MIRROR_SIZE (G_GINT64_CONSTANT (16) << 20)

/* Another process may be salvaging or migrating. */
#define SHARE_PATIENCE (30 * G_USEC_PER_SEC)

static gboolean
make_directory (const char *directory, GError **error)
{
  if (g_mkdir_with_parents (directory, 0700) == 0 && g_chmod (directory, 0700) == 0)
    return TRUE;

  foyer_database_set_error_code (errno == ENOSPC || errno == EDQUOT ? SQLITE_FULL : SQLITE_CANTOPEN,
                                 errno, "making the folder of the workspace", error);
  return FALSE;
}

static void
remove_file (const char *path, const char *suffix)
{
  g_autofree char *file = g_strconcat (path, suffix, NULL);

  g_unlink (file);
}

static gboolean
is_noted_as_damaged (const char *path)
{
  g_autofree char *note = g_strconcat (path, FOYER_DATABASE_DAMAGED_SUFFIX, NULL);

  return g_file_test (note, G_FILE_TEST_EXISTS);
}

static gint64
get_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

/* Somebody has deleted or emptied the file: what still lies beside it belongs to nothing, and SQLite would
 * wait for it in vain. *@lost: something was in it. */
static gboolean
is_orphaned (const char *path, gboolean *lost)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  gboolean orphaned = get_size (path) == 0
                      && (g_file_test (wal, G_FILE_TEST_EXISTS)
                          || g_file_test (shm, G_FILE_TEST_EXISTS));

  *lost = orphaned && get_size (wal) > 0;
  return orphaned;
}

/* Opens a file and looks at it. *@damaged: it is no sound database; then %NULL without an error. */
static FoyerDatabase *
open_and_look (const char *path,
               FoyerDatabaseFlags flags,
               gint64 size,
               gboolean *damaged,
               GError **error)
{
  gboolean noted = is_noted_as_damaged (path);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FoyerDatabase) db = foyer_database_open (path, flags, &local_error);
  GStatBuf info;
  gboolean sound = TRUE;

  /* foyer_database_open() has already tried to read it, for the WAL mode. */
  *damaged = db == NULL && is_noted_as_damaged (path);
  if (db != NULL && g_stat (path, &info) == 0 && (noted || info.st_size <= size)
      && foyer_schema_is_sound (db, &sound, &local_error))
    *damaged = !sound;

  if (*damaged)
    return NULL;
  if (local_error == NULL)
    return g_steal_pointer (&db);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
open_journal (FoyerStoreFiles *self,
              const char *directory,
              const char *path,
              gboolean alone,
              GError **error)
{
  static const FoyerDatabaseFlags flags = FOYER_DATABASE_CREATE | FOYER_DATABASE_DURABLE;
  g_auto (GStrv) scripts = foyer_schema_load_journal_scripts ();
  gint64 version;
  gboolean damaged = FALSE;

  if (alone)
    {
      if (!foyer_salvage_finish (path, error))
        return FALSE;

      if (is_orphaned (path, &damaged) && !damaged)
        {
          remove_file (path, "-wal");
          remove_file (path, "-shm");
        }
      if (!damaged)
        self->journal = open_and_look (path, flags, JOURNAL_SIZE, &damaged, error);
      if (damaged)
        {
          self->salvage = foyer_salvage_journal (directory, path, error);
          if (self->salvage == NULL)
            return FALSE;
        }
      else if (self->journal == NULL)
        return FALSE;
      remove_file (path, FOYER_DATABASE_DAMAGED_SUFFIX);
    }

  if (self->journal == NULL)
    self->journal = foyer_database_open (path, flags, error);
  if (self->journal == NULL || !foyer_schema_get_version (self->journal, &version, error))
    return FALSE;

  if (!alone && version < (gint64)g_strv_length (scripts))
    {
      foyer_error_set (error, FOYER_ERROR_STORAGE, "an older Foyer has the journal open",
                       _ ("An older Foyer is still open. Close it, then start again."));
      return FALSE;
    }

  return foyer_schema_migrate_journal (self->journal, directory, (const char *const *)scripts,
                                       error);
}

static gboolean
open_mirror (FoyerStoreFiles *self, const char *path, gboolean alone, GError **error)
{
  gboolean existed = g_file_test (path, G_FILE_TEST_EXISTS);
  gboolean lost;
  gboolean damaged = alone && (is_noted_as_damaged (path) || is_orphaned (path, &lost));
  gboolean current = FALSE;
  gint64 version = 0;

  if (!damaged)
    {
      self->mirror = open_and_look (path, FOYER_DATABASE_CREATE, MIRROR_SIZE, &damaged, error);
      if (self->mirror == NULL && !damaged)
        return FALSE;
    }

  if (!damaged
      && (!foyer_schema_is_mirror_current (self->mirror, &current, error)
          || !foyer_schema_get_version (self->mirror, &version, error)))
    return FALSE;
  if (current)
    return TRUE;

  if (!alone)
    {
      foyer_error_set (error, FOYER_ERROR_STORAGE, "the mirror is unfit and in use",
                       _ ("Another Foyer holds a copy that this one cannot read. Close it, then "
                          "start again."));
      return FALSE;
    }

  g_clear_pointer (&self->mirror, foyer_database_close);
  remove_file (path, "");
  remove_file (path, "-wal");
  remove_file (path, "-shm");
  remove_file (path, FOYER_DATABASE_DAMAGED_SUFFIX);
  self->mirror_was_reset = existed && (damaged || version != 0);
  self->mirror = foyer_database_open (path, FOYER_DATABASE_CREATE, error);
  return self->mirror != NULL && foyer_schema_create_mirror (self->mirror, error);
}

static FoyerDatabase *
open_both (const char *journal, const char *mirror, GError **error)
{
  g_autoptr (FoyerDatabase) db = foyer_database_open (journal, FOYER_DATABASE_QUERY_ONLY, error);

  if (db == NULL || !foyer_database_attach (db, mirror, error))
    return NULL;

  return g_steal_pointer (&db);
}

/**
 * foyer_store_files_open:
 * @directory: the workspace's folder; made if it is not there
 * @error: return location
 *
 * Blocks: to be called in a thread.
 *
 * Returns: (transfer full) (nullable): the files, or %NULL with %FOYER_ERROR_STORAGE
 */
FoyerStoreFiles *
foyer_store_files_open (const char *directory, GError **error)
{
  g_autoptr (FoyerStoreFiles) self = g_new0 (FoyerStoreFiles, 1);
  g_autofree char *journal = g_build_filename (directory, "journal.db", NULL);
  g_autofree char *mirror = g_build_filename (directory, "mirror.db", NULL);
  gboolean alone;

  self->lock_fd = -1;
  if (!make_directory (directory, error))
    return NULL;
  self->lock_fd = foyer_locks_open (directory, error);
  if (self->lock_fd < 0)
    return NULL;

  alone = foyer_locks_claim_alone (self->lock_fd);
  if (!alone && !foyer_locks_share (self->lock_fd, SHARE_PATIENCE, error))
    return NULL;

  if (!open_journal (self, directory, journal, alone, error)
      || !open_mirror (self, mirror, alone, error)
      || (alone && !foyer_locks_share (self->lock_fd, 0, error)))
    return NULL;

  self->journal_mirror = foyer_database_open (mirror, FOYER_DATABASE_QUERY_ONLY, error);
  if (self->journal_mirror == NULL)
    return NULL;
  self->mirror_journal = foyer_database_open (journal, FOYER_DATABASE_QUERY_ONLY, error);
  if (self->mirror_journal == NULL)
    return NULL;
  self->reader = open_both (journal, mirror, error);
  if (self->reader == NULL)
    return NULL;
  self->hydrator = open_both (journal, mirror, error);
  if (self->hydrator == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * foyer_store_files_free:
 * @self: (transfer full): files; connections that somebody took are %NULL
 */
void
foyer_store_files_free (FoyerStoreFiles *self)
{
  g_clear_pointer (&self->hydrator, foyer_database_close);
  g_clear_pointer (&self->reader, foyer_database_close);
  g_clear_pointer (&self->mirror_journal, foyer_database_close);
  g_clear_pointer (&self->journal_mirror, foyer_database_close);
  g_clear_pointer (&self->mirror, foyer_database_close);
  g_clear_pointer (&self->journal, foyer_database_close);
  g_clear_pointer (&self->salvage, foyer_salvage_report_free);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self);
}
