/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A damaged journal is never written to again. What can be read of it goes, row by row, into a new one; the
 * old one is put aside under a name with the date. The new journal takes its place only when it is whole
 * and on disk. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-salvage.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "foyer-database.h"
#include "foyer-salvage-copy.h"
#include "foyer-schema.h"

#define SALVAGE_SUFFIX ".salvaged"
#define READING_SUFFIX ".reading"

/* Where in the first page the size of the file stands, in pages, and the list of free pages. */
#define SIZE_OFFSET 28
#define FREE_OFFSET 32
#define PAGE_SIZE_OFFSET 16

static gboolean
move (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;

  foyer_database_set_error_code (SQLITE_CANTOPEN, errno, "moving the damaged journal", error);
  return FALSE;
}

static gboolean
sync_directory (const char *directory, GError **error)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    foyer_database_set_error_code (SQLITE_IOERR, errno, "writing the folder", error);
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

static gboolean
copy_file (const char *from, const char *to)
{
  int source = open (from, O_RDONLY | O_CLOEXEC);
  int target = foyer_database_create_file (to, NULL) ? open (to, O_WRONLY | O_TRUNC | O_CLOEXEC)
                                                     : -1;
  gssize n = -1;

  if (source >= 0 && target >= 0)
    do
      n = sendfile (target, source, NULL, 1 << 20);
    while (n > 0 || (n < 0 && errno == EINTR));

  if (source >= 0)
    close (source);
  if (target >= 0)
    close (target);
  return n == 0;
}

/* The first page tells where every table begins. All journals of one version were made by the same
 * statements, so a new one's first page will do. */
static gboolean
lend_first_page (const char *path, const char *new_journal)
{
  g_autofree char *page = NULL;
  gsize length;
  guint32 page_size;
  GStatBuf info;
  int fd;
  gboolean ok;

  if (!g_file_get_contents (new_journal, &page, &length, NULL) || length < 512
      || g_stat (path, &info) != 0)
    return FALSE;

  page_size = ((guint8)page[PAGE_SIZE_OFFSET] << 8 | (guint8)page[PAGE_SIZE_OFFSET + 1]);
  page_size = page_size == 1 ? 65536 : page_size;
  if (page_size > length || info.st_size < page_size)
    return FALSE;

  *(guint32 *)(gpointer)(page + SIZE_OFFSET) = GUINT32_TO_BE ((guint32)(info.st_size / page_size));
  memset (page + FREE_OFFSET, 0, 8);
  fd = open (path, O_WRONLY | O_CLOEXEC);
  ok = fd >= 0 && pwrite (fd, page, page_size, 0) == (gssize)page_size;
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
has_commands (FoyerDatabase *db)
{
  gint64 n;

  return foyer_database_get_int (db, "SELECT count (*) FROM sqlite_schema WHERE name = 'command'",
                                 &n, NULL, "")
         && n == 1;
}

/* A copy of the damaged journal to read from: SQLite writes to what it opens. */
static FoyerDatabase *
open_copy (const char *path, const char *new_journal)
{
  g_autofree char *reading = g_strconcat (path, READING_SUFFIX, NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *reading_wal = g_strconcat (reading, "-wal", NULL);
  g_autoptr (FoyerDatabase) db = NULL;

  remove_with_companions (reading);
  if (!copy_file (path, reading))
    return NULL;
  if (g_file_test (wal, G_FILE_TEST_EXISTS))
    copy_file (wal, reading_wal);

  db = foyer_database_open (reading, 0, NULL);
  if (db != NULL && has_commands (db))
    return g_steal_pointer (&db);

  g_clear_pointer (&db, foyer_database_close);
  if (!copy_file (path, reading) || !lend_first_page (reading, new_journal))
    return NULL;
  return foyer_database_open (reading, 0, NULL);
}

static gboolean
salvage (const char *directory,
         const char *path,
         const char *salvaged,
         FoyerSalvageReport *report,
         GError **error)
{
  g_autoptr (FoyerDatabase) to = create_new (directory, salvaged, error);
  g_autoptr (FoyerDatabase) from = NULL;

  if (to == NULL || !foyer_database_execute (to, "PRAGMA wal_checkpoint (TRUNCATE)", error))
    return FALSE;

  /* A file of which nothing can be read at all has nothing to give. */
  from = open_copy (path, salvaged);
  return from == NULL || foyer_salvage_copy (from, to, report, error);
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
  g_autofree char *reading = g_strconcat (path, READING_SUFFIX, NULL);
  g_autofree char *note = g_strconcat (reading, FOYER_DATABASE_DAMAGED_SUFFIX, NULL);
  gboolean ok;

  remove_with_companions (salvaged);
  ok = salvage (directory, path, salvaged, report, error);
  remove_with_companions (reading);
  g_unlink (note);
  if (!ok || !sync_directory (directory, error) || !put_aside (directory, path, report, error)
      || !move (salvaged, path, error) || !sync_directory (directory, error))
    return NULL;

  g_message ("The journal was damaged: %" G_GINT64_FORMAT " commands were saved, %" G_GINT64_FORMAT
             " are missing",
             report->commands, report->commands_lost);
  return g_steal_pointer (&report);
}
