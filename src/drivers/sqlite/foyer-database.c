/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One SQLite connection and its prepared statements. Everything that speaks SQL goes through here, so
 * that every failure of the disk becomes a sentence, and every long statement can be stopped. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-database.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "foyer-error.h"

/* How long another process may hold the write lock before we give up: a whole page of a slow disk. */
#define BUSY_TIMEOUT_MS 10000

/* Virtual machine steps between two looks at the cancellable: some tens of microseconds. */
#define PROGRESS_STEPS 2000

struct _FoyerDatabase
{
  sqlite3 *handle;
  GHashTable *statements; /* (owned) address of the SQL text -> sqlite3_stmt */
  GCancellable *cancellable;
};

static int
on_progress (gpointer user_data)
{
  FoyerDatabase *self = user_data;

  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

/**
 * foyer_database_create_file:
 * @path: a file
 * @error: return location
 *
 * Makes an empty file that only its owner may read and write, whatever the umask, unless it is there.
 *
 * Returns: %TRUE if it is there with these rights
 */
gboolean
foyer_database_create_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  int saved;

  if (fd >= 0 && fchmod (fd, 0600) == 0)
    {
      close (fd);
      return TRUE;
    }

  saved = errno;
  if (fd >= 0)
    close (fd);
  foyer_database_set_error_code (saved == ENOSPC || saved == EDQUOT ? SQLITE_FULL : SQLITE_CANTOPEN,
                                 saved, "creating a database file", error);
  return FALSE;
}

/**
 * foyer_database_open:
 * @path: the file
 * @flags: how
 * @error: return location
 *
 * Opens a connection in WAL mode. -wal and -shm get the rights of the file itself.
 *
 * Returns: (transfer full) (nullable): a connection, or %NULL with %FOYER_ERROR_STORAGE
 */
FoyerDatabase *
foyer_database_open (const char *path, FoyerDatabaseFlags flags, GError **error)
{
  g_autoptr (FoyerDatabase) self = g_new0 (FoyerDatabase, 1);

  self->statements = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)sqlite3_finalize);

  if ((flags & FOYER_DATABASE_CREATE) != 0 && !foyer_database_create_file (path, error))
    return NULL;

  if (sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)
      != SQLITE_OK)
    {
      foyer_database_set_error (self, "opening", error);
      return NULL;
    }

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, on_progress, self);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);

  if (!foyer_database_execute (self, "PRAGMA journal_mode = WAL", error)
      || !foyer_database_execute (self, "PRAGMA foreign_keys = ON", error)
      || !foyer_database_execute (self, "PRAGMA temp_store = MEMORY", error)
      || !foyer_database_execute (self,
                                  (flags & FOYER_DATABASE_DURABLE) != 0
                                      ? "PRAGMA synchronous = FULL"
                                      : "PRAGMA synchronous = NORMAL",
                                  error)
      || ((flags & FOYER_DATABASE_QUERY_ONLY) != 0
          && !foyer_database_execute (self, "PRAGMA query_only = ON", error)))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * foyer_database_close:
 * @self: (transfer full) (nullable): a connection
 *
 * Closes it. The last connection to a file, in any process, takes the -wal with it.
 */
void
foyer_database_close (FoyerDatabase *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  if (sqlite3_close (self->handle) != SQLITE_OK)
    {
      g_critical ("A database connection was closed while it was in use");
      sqlite3_close_v2 (self->handle);
    }
  g_free (self);
}

/**
 * foyer_database_get_handle:
 * @self: a connection
 *
 * Returns: (transfer none): SQLite's own handle
 */
sqlite3 *
foyer_database_get_handle (FoyerDatabase *self)
{
  return self->handle;
}

/**
 * foyer_database_set_cancellable:
 * @self: a connection
 * @cancellable: (nullable): what stops the statements from now on
 */
void
foyer_database_set_cancellable (FoyerDatabase *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

/**
 * foyer_database_attach:
 * @self: a connection
 * @path: the mirror's file
 * @error: return location
 *
 * Attaches the mirror as schema `mirror`. The journal is the *first* file of such a connection: SQLite
 * begins to read it first, and a check-in goes from the journal to the mirror, so it may be seen in both
 * for a moment, but never in none.
 *
 * Returns: %TRUE if the file is attached
 */
gboolean
foyer_database_attach (FoyerDatabase *self, const char *path, GError **error)
{
  return foyer_database_run (self, "ATTACH DATABASE ?1 AS mirror", error, "s", path);
}

/**
 * foyer_database_execute:
 * @self: a connection
 * @sql: one or more statements without parameters
 * @error: return location
 *
 * Runs statements that are not worth keeping.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_database_execute (FoyerDatabase *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  foyer_database_set_error (self, "executing", error);
  return FALSE;
}

static gboolean
bind_all (FoyerStatement *statement, const char *types, va_list args)
{
  int code = SQLITE_OK;

  for (int i = 1; types[i - 1] != '\0' && code == SQLITE_OK; i++)
    switch (types[i - 1])
      {
      case 'i':
        code = sqlite3_bind_int64 (statement, i, va_arg (args, gint64));
        break;
      case 'd':
        code = sqlite3_bind_int (statement, i, va_arg (args, int));
        break;
      case 'b':
        code = sqlite3_bind_int (statement, i, va_arg (args, int) != 0);
        break;
      case 's':
        code = sqlite3_bind_text (statement, i, va_arg (args, const char *), -1, SQLITE_STATIC);
        break;
      case 't':
        {
          FoyerTime time = va_arg (args, FoyerTime);

          code = time != FOYER_TIME_NONE ? sqlite3_bind_int64 (statement, i, time)
                                         : sqlite3_bind_null (statement, i);
        }
        break;
      case 'x':
        {
          GBytes *bytes = va_arg (args, GBytes *);

          code = sqlite3_bind_blob (statement, i, g_bytes_get_data (bytes, NULL),
                                    (int)g_bytes_get_size (bytes), SQLITE_STATIC);
        }
        break;
      default:
        g_return_val_if_reached (FALSE);
      }

  return code == SQLITE_OK;
}

static FoyerStatement *
query_valist (FoyerDatabase *self, const char *sql, GError **error, const char *types, va_list args)
{
  FoyerStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)
          != SQLITE_OK)
        {
          foyer_database_set_error (self, "preparing", error);
          return NULL;
        }
      g_hash_table_insert (self->statements, (gpointer)sql, statement);
    }
  else if (sqlite3_stmt_busy (statement))
    {
      g_critical ("A statement is used inside of itself: %s", sql);
      sqlite3_reset (statement);
    }

  if (!bind_all (statement, types, args))
    {
      foyer_database_set_error (self, "binding", error);
      foyer_statement_reset (statement);
      return NULL;
    }

  return statement;
}

/**
 * foyer_database_query:
 * @self: a connection
 * @sql: one statement: a text that lives as long as the program (a literal, an interned string), since
 *   the statement is kept under its *address*
 * @error: return location
 * @types: of the parameters, in order: `i` gint64, `d` int, `b` gboolean, `s` const char * (%NULL is
 *   NULL), `t` FoyerTime (%FOYER_TIME_NONE is NULL), `x` GBytes *
 * @...: their values; texts must live until the statement is reset
 *
 * Prepares (once) and binds a statement.
 *
 * Returns: (transfer full) (nullable): the statement, to be stepped; reset it by g_autoptr
 */
FoyerStatement *
foyer_database_query (FoyerDatabase *self, const char *sql, GError **error, const char *types, ...)
{
  FoyerStatement *statement;
  va_list args;

  va_start (args, types);
  statement = query_valist (self, sql, error, types, args);
  va_end (args);
  return statement;
}

/**
 * foyer_database_step:
 * @self: a connection
 * @statement: a statement of foyer_database_query()
 * @error: return location
 *
 * Returns: 1 with a row, 0 at the end, -1 with an error
 */
int
foyer_database_step (FoyerDatabase *self, FoyerStatement *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return 1;
  if (code == SQLITE_DONE)
    return 0;

  foyer_database_set_error (self, "reading", error);
  return -1;
}

/**
 * foyer_database_run:
 * @self: a connection
 * @sql: see foyer_database_query()
 * @error: return location
 * @types: see foyer_database_query()
 * @...: see foyer_database_query()
 *
 * Runs a kept statement to its end.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_database_run (FoyerDatabase *self, const char *sql, GError **error, const char *types, ...)
{
  g_autoptr (FoyerStatement) statement = NULL;
  va_list args;
  int code;

  va_start (args, types);
  statement = query_valist (self, sql, error, types, args);
  va_end (args);
  if (statement == NULL)
    return FALSE;

  do
    code = sqlite3_step (statement);
  while (code == SQLITE_ROW);

  if (code == SQLITE_DONE)
    return TRUE;

  foyer_database_set_error (self, "writing", error);
  return FALSE;
}

/**
 * foyer_database_get_int:
 * @self: a connection
 * @sql: a statement with one number as its answer
 * @value: (out): the number; 0 if there is no row
 * @error: return location
 * @types: see foyer_database_query()
 * @...: see foyer_database_query()
 *
 * Returns: %FALSE with an error
 */
gboolean
foyer_database_get_int (FoyerDatabase *self,
                        const char *sql,
                        gint64 *value,
                        GError **error,
                        const char *types,
                        ...)
{
  g_autoptr (FoyerStatement) statement = NULL;
  va_list args;
  int code;

  va_start (args, types);
  statement = query_valist (self, sql, error, types, args);
  va_end (args);
  if (statement == NULL)
    return FALSE;

  code = foyer_database_step (self, statement, error);
  *value = code == 1 ? sqlite3_column_int64 (statement, 0) : 0;
  return code >= 0;
}

/**
 * foyer_statement_reset:
 * @statement: (nullable): a statement of foyer_database_query()
 */
void
foyer_statement_reset (FoyerStatement *statement)
{
  if (statement == NULL)
    return;

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

/**
 * foyer_database_set_error_code:
 * @code: SQLite's (extended) result code
 * @system_errno: what the system said, or 0
 * @detail: for the log, without personal data
 * @error: return location
 *
 * Turns a failure of the disk into a sentence that says what to do.
 */
void
foyer_database_set_error_code (int code, int system_errno, const char *detail, GError **error)
{
  g_autofree char *whole = g_strdup_printf ("%s: SQLite %d, errno %d", detail, code, system_errno);
  gboolean full = code == SQLITE_FULL || system_errno == ENOSPC || system_errno == EDQUOT
                  || system_errno == EFBIG;

  g_debug ("%s", whole);
  if (code == SQLITE_INTERRUPT)
    foyer_error_set (error, FOYER_ERROR_CANCELLED, whole, _ ("Stopped"));
  else if (full)
    foyer_error_set (error, FOYER_ERROR_STORAGE, whole,
                     _ ("The disk is full. Make some room, then try again."));
  else
    switch (code & 0xff)
      {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        foyer_error_set (error, FOYER_ERROR_STORAGE, whole,
                         _ ("Another program holds Foyer's data. Close it, then try again."));
        break;
      case SQLITE_READONLY:
      case SQLITE_CANTOPEN:
      case SQLITE_PERM:
      case SQLITE_AUTH:
        foyer_error_set (
            error, FOYER_ERROR_STORAGE, whole,
            _ ("Foyer cannot write to its folder. Check that the folder belongs to you "
               "and that the disk is not read-only, then start again."));
        break;
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        foyer_error_set (error, FOYER_ERROR_STORAGE, whole,
                         _ ("Foyer's data on this disk is damaged. Start Foyer again: it will save "
                            "what can be read."));
        break;
      case SQLITE_IOERR:
        if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_FSYNC
            || code == SQLITE_IOERR_TRUNCATE)
          {
            foyer_error_set (error, FOYER_ERROR_STORAGE, whole,
                             _ ("The disk did not take what was written. See whether it is full or "
                                "failing, then try again."));
            break;
          }
        foyer_error_set (error, FOYER_ERROR_STORAGE, whole,
                         _ ("The disk did not answer. Check the disk, then start Foyer again."));
        break;
      default:
        foyer_error_set (error, FOYER_ERROR_STORAGE, whole, _ ("The data could not be stored."));
      }
}

/* So that the next start looks closely, however large the file is. */
static void
note_damage (FoyerDatabase *self)
{
  static const char *const schemas[] = { "main", "mirror" };

  for (guint i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      const char *file = sqlite3_db_filename (self->handle, schemas[i]);
      g_autofree char *path = NULL;

      if (file == NULL || *file == '\0')
        continue;
      path = g_strconcat (file, FOYER_DATABASE_DAMAGED_SUFFIX, NULL);
      foyer_database_create_file (path, NULL);
    }
}

/**
 * foyer_database_set_error:
 * @self: a connection whose last call failed
 * @doing: what was tried, for the log
 * @error: return location
 */
void
foyer_database_set_error (FoyerDatabase *self, const char *doing, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%s: %s", doing, sqlite3_errmsg (self->handle));
  int code = sqlite3_extended_errcode (self->handle);
  int system_errno = self->handle != NULL ? sqlite3_system_errno (self->handle) : 0;

  if (foyer_database_is_damaged (self))
    note_damage (self);
  foyer_database_set_error_code (code, system_errno, detail, error);
}

/**
 * foyer_database_is_busy:
 * @self: a connection whose last call failed
 *
 * Returns: whether it failed because another connection holds a lock
 */
gboolean
foyer_database_is_busy (FoyerDatabase *self)
{
  int code = sqlite3_errcode (self->handle) & 0xff;

  return code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

/**
 * foyer_database_is_damaged:
 * @self: a connection whose last call failed
 *
 * Returns: whether it failed because the file is no sound database
 */
gboolean
foyer_database_is_damaged (FoyerDatabase *self)
{
  int code = sqlite3_errcode (self->handle) & 0xff;

  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

/**
 * foyer_statement_dup_text:
 * @statement: a statement with a row
 * @column: which column
 *
 * Returns: (transfer full) (nullable): its text
 */
char *
foyer_statement_dup_text (FoyerStatement *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

/**
 * foyer_statement_get_time:
 * @statement: a statement with a row
 * @column: which column
 *
 * Returns: its time; %FOYER_TIME_NONE for NULL
 */
FoyerTime
foyer_statement_get_time (FoyerStatement *statement, int column)
{
  return sqlite3_column_type (statement, column) != SQLITE_NULL
             ? sqlite3_column_int64 (statement, column)
             : FOYER_TIME_NONE;
}
