/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be wrong with the files, and what dies between two steps. */

#define G_LOG_DOMAIN "foyer-test"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "foyer-database.h"
#include "foyer-error.h"
#include "foyer-schema.h"
#include "store-fixture.h"

#define ROLE "FOYER_TEST_ROLE"
#define DIRECTORY "FOYER_TEST_DIRECTORY"

static char *
file_of (Fixture *self, const char *name)
{
  return g_build_filename (self->directory, name, NULL);
}

static void
overwrite (const char *path, goffset from, gsize length)
{
  g_autofree char *rubbish = g_malloc (length);
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  memset (rubbish, 0xa5, length);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, rubbish, length, from), ==, length);
  close (fd);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static gint64
get_int (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return value;
}

static guint
count_files (const char *directory, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);
  return n;
}

static void
put_something (Fixture *self)
{
  FoyerOrder *order = make_order ("A", FOYER_ORDER_PAID);

  make_world (self->mirror, "conf");
  for (int i = 1; i <= 200; i++)
    add_attendee (order, i, "Ada Lovelace", "secret", 1);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);
  g_free (insert_command (self->journal, make_command (1, 1, AT (1), FALSE)));
}

static void
assert_works (Fixture *self, gint64 commands)
{
  g_autofree char *journal = file_of (self, "journal.db");
  g_autofree char *names = fixture_find_names (self->query, "nobody", 0);

  g_assert_cmpint (get_int (journal, "SELECT count (*) FROM command"), ==, commands);
  g_free (insert_command (self->journal, make_command (1000, 1, AT (1000), FALSE)));
  g_assert_cmpint (get_int (journal, "SELECT count (*) FROM command"), ==, commands + 1);
  g_assert_cmpint (get_int (journal, "SELECT sum (n) FROM command_count"), ==, commands + 1);
}

static void
test_mirror (Fixture *self, gconstpointer data)
{
  const char *what = data;
  g_autofree char *path = file_of (self, "mirror.db");

  put_something (self);
  g_assert_false (foyer_sqlite_store_get_mirror_was_reset (self->store));
  fixture_close (self);
  if (g_str_equal (what, "page"))
    overwrite (path, 3 * 4096, 4096);
  else if (g_str_equal (what, "header"))
    overwrite (path, 0, 100);
  else if (g_str_equal (what, "rubbish"))
    g_assert_true (g_file_set_contents (path, "<html>no database</html>", -1, NULL));
  else if (g_str_equal (what, "newer"))
    run_sql (path, "PRAGMA user_version = 99");
  else if (g_str_equal (what, "older"))
    run_sql (path, "PRAGMA user_version = 1");
  else if (g_str_equal (what, "cut"))
    g_assert_cmpint (truncate (path, 5000), ==, 0);
  else if (g_str_equal (what, "noted"))
    {
      g_autofree char *note = g_strconcat (path, "-damaged", NULL);

      g_assert_true (g_file_set_contents (note, "", 0, NULL));
    }

  fixture_open (self);
  g_assert_true (foyer_sqlite_store_get_mirror_was_reset (self->store));
  g_assert_null (foyer_sqlite_store_get_salvage_report (self->store));
  g_assert_null (fixture_load_state (self->mirror, "conf", FOYER_RESOURCE_ORDERS));
  assert_works (self, 1);
  put_something (self);
  fixture_close (self);
  fixture_open (self);
  g_assert_false (foyer_sqlite_store_get_mirror_was_reset (self->store));
}

/* Thrown away by hand. */
static void
test_mirror_gone (Fixture *self, gconstpointer data)
{
  g_autofree char *path = file_of (self, "mirror.db");

  put_something (self);
  fixture_close (self);
  g_unlink (path);
  fixture_open (self);
  g_assert_false (foyer_sqlite_store_get_mirror_was_reset (self->store));
  g_assert_null (fixture_load_state (self->mirror, "conf", FOYER_RESOURCE_ORDERS));
}

static gboolean
insert_many (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  g_autoptr (FoyerConnection) connection = foyer_connection_new ();

  connection->name = g_strdup ("conf");
  if (!foyer_transaction_put_connection (transaction, connection, error)
      || !foyer_transaction_set_setting (transaction, "workspace", "x", error))
    return FALSE;

  for (int i = 1; i <= GPOINTER_TO_INT (data); i++)
    {
      g_autoptr (FoyerCommand) command = make_command (i, 1, AT (i), FALSE);
      FoyerCall values = { .at = AT (i), .method = (char *)"GET", .status = 200 };
      g_autoptr (FoyerCall) call = foyer_call_new (&values);

      if (foyer_transaction_insert_command (transaction, command, error) == 0
          || !foyer_transaction_append_call (transaction, call, error))
        return FALSE;
    }
  return TRUE;
}

/* A page of the command table in the middle. */
static goffset
find_page (const char *path, const char *text)
{
  g_autofree char *contents = NULL;
  gsize length;
  const char *found;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  found = memmem (contents, length, text, strlen (text));
  g_assert_nonnull (found);
  return (found - contents) / 4096 * 4096;
}

static void
test_journal (Fixture *self, gconstpointer data)
{
  const char *what = data;
  g_autofree char *path = file_of (self, "journal.db");
  const FoyerSalvageReport *report;
  gint64 saved;

  g_assert_true (
      fixture_transact (self->journal, TRUE, insert_many, GINT_TO_POINTER (500), NULL, NULL));
  fixture_close (self);
  if (g_str_equal (what, "page"))
    overwrite (path, find_page (path, "secret-250\""), 4096);
  else if (g_str_equal (what, "last"))
    overwrite (path, find_page (path, "secret-500\""), 4096);
  else if (g_str_equal (what, "two"))
    {
      overwrite (path, find_page (path, "secret-100\""), 4096);
      overwrite (path, find_page (path, "secret-400\""), 4096);
    }
  else if (g_str_equal (what, "header"))
    overwrite (path, 0, 100);
  else if (g_str_equal (what, "first"))
    overwrite (path, 0, 4096);
  else if (g_str_equal (what, "cut"))
    g_assert_cmpint (truncate (path, find_page (path, "secret-250\"")), ==, 0);
  else
    g_assert_true (g_file_set_contents (path, "<html>no database</html>", -1, NULL));

  g_test_expect_message ("foyer-sqlite", G_LOG_LEVEL_MESSAGE, "The journal was damaged*");
  fixture_open (self);
  g_test_assert_expected_messages ();
  report = foyer_sqlite_store_get_salvage_report (self->store);
  g_assert_nonnull (report);
  g_assert_true (g_file_test (report->damaged_file, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (self->directory, "journal.db."), ==, 0);
  saved = report->commands;
  g_test_message ("%s: %d commands saved, %d lost", what, (int)saved, (int)report->commands_lost);
  if (g_str_equal (what, "rubbish"))
    g_assert_cmpint (saved, ==, 0);
  else if (g_str_equal (what, "cut"))
    g_assert_cmpint (saved, >, 0);
  else
    {
      g_assert_cmpint (saved, >, 450);
      g_assert_cmpint (saved + report->commands_lost, ==, 500);
      g_assert_cmpint (report->connections, ==, 1);
      g_assert_cmpint (report->settings, ==, 1);
    }
  if (g_str_equal (what, "header") || g_str_equal (what, "first"))
    g_assert_cmpint (saved, ==, 500);
  assert_works (self, saved);

  fixture_close (self);
  fixture_open (self);
  g_assert_null (foyer_sqlite_store_get_salvage_report (self->store));
}

/* It died after the damaged journal had been put aside and before the new one was in its place. */
static void
test_salvage_cut (Fixture *self, gconstpointer data)
{
  g_autofree char *path = file_of (self, "journal.db");
  g_autofree char *salvaged = file_of (self, "journal.db.salvaged");

  put_something (self);
  fixture_close (self);
  g_assert_cmpint (g_rename (path, salvaged), ==, 0);
  fixture_open (self);
  assert_works (self, 1);
  g_assert_false (g_file_test (salvaged, G_FILE_TEST_EXISTS));
}

static void
assert_refused (Fixture *self, const char *part_of_sentence)
{
  g_autoptr (GError) error = NULL;
  FoyerSqliteStore *store = fixture_open_store (self->directory, self->clock, &error);

  g_assert_null (store);
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_STORAGE);
  g_test_message ("%s (%s)", error->message, foyer_error_get_detail (error));
  g_assert_nonnull (strstr (error->message, part_of_sentence));
}

static void
test_newer (Fixture *self, gconstpointer data)
{
  g_autofree char *path = file_of (self, "journal.db");

  put_something (self);
  fixture_close (self);
  run_sql (path, "PRAGMA user_version = 99");
  assert_refused (self, "newer Foyer");
  run_sql (path, "PRAGMA user_version = 1");
  fixture_open (self);
  assert_works (self, 1);
}

static void
test_foreign (Fixture *self, gconstpointer data)
{
  g_autofree char *path = file_of (self, "journal.db");

  fixture_close (self);
  g_unlink (path);
  run_sql (path, "CREATE TABLE other (x); PRAGMA user_version = 3");
  assert_refused (self, "not Foyer's");
  g_assert_cmpint (get_int (path, "PRAGMA user_version"), ==, 3);
}

static void
test_no_directory (Fixture *self, gconstpointer data)
{
  g_autofree char *file = file_of (self, "file");
  g_autofree char *directory = self->directory;

  fixture_close (self);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  self->directory = g_steal_pointer (&file);
  assert_refused (self, "cannot write");
  g_free (self->directory);
  self->directory = g_steal_pointer (&directory);
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  fixture_close (self);
  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  g_assert_cmpint (g_chmod (self->directory, 0500), ==, 0);
  /* Opening makes the folder ours again; so it is its parent that must not be written to. */
  {
    g_autofree char *parent = g_steal_pointer (&self->directory);

    self->directory = g_build_filename (parent, "sub", NULL);
    assert_refused (self, "cannot write");
    g_free (self->directory);
    self->directory = g_steal_pointer (&parent);
  }
  g_chmod (self->directory, 0700);
}

static const char *const scripts[] = {
  "CREATE TABLE thing (row INTEGER PRIMARY KEY, name TEXT) STRICT",
  "ALTER TABLE thing ADD COLUMN size INTEGER NOT NULL DEFAULT 1; UPDATE thing SET size = 2",
  "CREATE TABLE more (x INTEGER) STRICT; INSERT INTO thing (name) VALUES ('new')",
  NULL,
};

static FoyerDatabase *
open_and_migrate (const char *directory, const char *path, const char *const *steps, GError **error)
{
  g_autoptr (FoyerDatabase) db = foyer_database_open (
      path, FOYER_DATABASE_CREATE | FOYER_DATABASE_DURABLE, error);

  return db != NULL && foyer_schema_migrate_journal (db, directory, steps, error)
             ? g_steal_pointer (&db)
             : NULL;
}

/* From every older version to the newest, each after a backup that is what it was. */
static void
test_migrations (void)
{
  for (guint from = 1; from < G_N_ELEMENTS (scripts) - 1; from++)
    {
      g_autofree char *directory = fixture_make_directory ();
      g_autofree char *path = g_build_filename (directory, "x.db", NULL);
      const char *older[G_N_ELEMENTS (scripts)] = { NULL };
      g_autoptr (FoyerDatabase) db = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GDir) dir = NULL;
      const char *name;

      memcpy (older, scripts, from * sizeof *scripts);
      db = open_and_migrate (directory, path, older, &error);
      g_assert_no_error (error);
      g_assert_true (
          foyer_database_execute (db, "INSERT INTO thing (name) VALUES ('old')", &error));
      g_clear_pointer (&db, foyer_database_close);
      g_assert_cmpuint (count_files (directory, "journal-backup"), ==, 0);

      db = open_and_migrate (directory, path, scripts, &error);
      g_assert_no_error (error);
      g_clear_pointer (&db, foyer_database_close);
      g_assert_cmpint (get_int (path, "PRAGMA user_version"), ==, 3);
      g_assert_cmpint (get_int (path, "SELECT count (*) FROM thing WHERE size >= 1"), ==, 2);

      dir = g_dir_open (directory, 0, NULL);
      while ((name = g_dir_read_name (dir)) != NULL)
        if (g_str_has_prefix (name, "journal-backup"))
          {
            g_autofree char *backup = g_build_filename (directory, name, NULL);
            GStatBuf info;

            g_assert_cmpint (get_int (backup, "PRAGMA user_version"), ==, from);
            g_assert_cmpint (get_int (backup, "SELECT count (*) FROM thing"), ==, 1);
            g_assert_cmpint (g_stat (backup, &info), ==, 0);
            g_assert_cmpint (info.st_mode & 0777, ==, 0600);
          }
      g_assert_cmpuint (count_files (directory, "journal-backup"), ==, 1);
      fixture_remove_directory (directory);
    }
}

static void
test_migration_fails (void)
{
  static const char *const broken[] = { "CREATE TABLE thing (row INTEGER PRIMARY KEY) STRICT",
                                        "CREATE TABLE half (x INTEGER) STRICT; SELECT nonsense",
                                        NULL };
  const char *first[] = { broken[0], NULL };
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *path = g_build_filename (directory, "x.db", NULL);
  g_autoptr (FoyerDatabase) db = open_and_migrate (directory, path, first, NULL);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&db, foyer_database_close);
  db = open_and_migrate (directory, path, broken, &error);
  g_assert_null (db);
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_STORAGE);
  g_assert_cmpint (get_int (path, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (get_int (path, "SELECT count (*) FROM sqlite_schema WHERE name = 'half'"), ==,
                   0);
  fixture_remove_directory (directory);
}

/* --- other processes: this program again, in a role ------------------------------------------------- */

static GPid
start (const char *role, const char *directory, int *output)
{
  g_auto (GStrv) environment = g_get_environ ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  char *arguments[] = { program, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  environment = g_environ_setenv (environment, ROLE, role, TRUE);
  environment = g_environ_setenv (environment, DIRECTORY, directory, TRUE);
  g_assert_true (g_spawn_async_with_pipes (NULL, arguments, environment, G_SPAWN_DO_NOT_REAP_CHILD,
                                           NULL, NULL, &pid, NULL, output, NULL, &error));
  g_assert_no_error (error);
  return pid;
}

static int
wait_for_end (GPid pid)
{
  int status;

  while (waitpid (pid, &status, 0) < 0)
    g_assert_cmpint (errno, ==, EINTR);
  g_spawn_close_pid (pid);
  return status;
}

/* Two commands, an audit row and a setting that says how many there are: dies before its step @data. */
static gboolean
write_and_die (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  int die = GPOINTER_TO_INT (data);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 n;

  for (int step = 0; step < 5; step++)
    {
      if (step == die)
        kill (getpid (), SIGKILL);

      if (step == 0 || step == 2)
        {
          g_autoptr (FoyerCommand) command = make_command (step + 1, 1, AT (step), FALSE);

          if (foyer_transaction_insert_command (transaction, command, error) == 0)
            return FALSE;
        }
      else if (step == 1)
        {
          FoyerCall values = { .at = AT (1), .method = (char *)"GET", .status = 200 };
          g_autoptr (FoyerCall) call = foyer_call_new (&values);

          if (!foyer_transaction_append_call (transaction, call, error))
            return FALSE;
        }
      else if (step == 3)
        {
          if (!foyer_transaction_get_setting (transaction, "n", &before, error))
            return FALSE;
          n = before != NULL ? g_ascii_strtoll (before, NULL, 10) : 0;
          after = g_strdup_printf ("%" G_GINT64_FORMAT, n + 2);
          if (!foyer_transaction_set_setting (transaction, "n", after, error))
            return FALSE;
        }
    }

  return TRUE;
}

static int
play (const char *role)
{
  g_autoptr (FoyerClock) clock = test_clock_new (AT (0));
  g_autoptr (GError) error = NULL;
  FoyerSqliteStore *store = fixture_open_store (g_getenv (DIRECTORY), clock, &error);
  FoyerJournal *journal;

  g_assert_no_error (error);
  journal = foyer_sqlite_store_get_journal (store);

  if (g_str_has_prefix (role, "die-"))
    {
      int step = (int)g_ascii_strtoll (role + 4, NULL, 10);

      fixture_transact (journal, TRUE, write_and_die, GINT_TO_POINTER (step), NULL, &error);
      g_assert_no_error (error);
      /* On disk, and never closed. */
      kill (getpid (), SIGKILL);
    }

  if (g_str_equal (role, "write-for-ever"))
    for (;;)
      {
        fixture_transact (journal, TRUE, write_and_die, GINT_TO_POINTER (-1), NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpint (write (STDOUT_FILENO, ".", 1), ==, 1);
      }

  if (g_str_equal (role, "write-50"))
    for (int i = 0; i < 50; i++)
      {
        fixture_transact (journal, i % 2, write_and_die, GINT_TO_POINTER (-1), NULL, &error);
        g_assert_no_error (error);
      }

  if (g_str_equal (role, "hold"))
    {
      g_assert_true (foyer_journal_claim_sender (journal));
      g_assert_cmpint (write (STDOUT_FILENO, ".", 1), ==, 1);
      pause ();
    }

  if (g_str_equal (role, "full"))
    {
      struct rlimit limit = { 600 * 1024, 600 * 1024 };
      int stored = 0;

      signal (SIGXFSZ, SIG_IGN);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      while (error == NULL && stored < 10000)
        stored += fixture_transact (journal, TRUE, write_and_die, GINT_TO_POINTER (-1), NULL,
                                    &error);
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_STORAGE);
      g_assert_nonnull (strstr (error->message, "full"));
      g_assert_cmpint (stored, >, 0);
      /* Reading goes on. */
      {
        g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);
        g_autoptr (GArray) rows = NULL;

        g_clear_error (&error);
        rows = fixture_snapshot (foyer_sqlite_store_get_query (store), spec, &error);
        g_assert_no_error (error);
        g_assert_cmpint (rows->len, ==, 2 * stored);
      }
    }

  fixture_close_store (store);
  g_object_unref (store);
  return 0;
}

/* Each transaction is there whole or not at all. */
static void
assert_whole (Fixture *self, gint64 at_least)
{
  g_autofree char *path = file_of (self, "journal.db");
  gint64 commands = get_int (path, "SELECT count (*) FROM command");

  g_assert_cmpint (commands, >=, at_least);
  g_assert_cmpint (commands % 2, ==, 0);
  g_assert_cmpint (get_int (path, "SELECT coalesce (sum (n), 0) FROM command_count"), ==, commands);
  g_assert_cmpint (get_int (path, "SELECT count (*) FROM audit") * 2, ==, commands);
  g_assert_cmpint (
      get_int (path, "SELECT coalesce (max (CAST (value AS INTEGER)), 0) FROM setting"), ==,
      commands);
}

static void
test_killed_in_transaction (Fixture *self, gconstpointer data)
{
  for (int step = 0; step <= 5; step++)
    {
      g_autofree char *role = g_strdup_printf ("die-%d", step);
      int status;

      fixture_close (self);
      status = wait_for_end (start (role, self->directory, NULL));
      g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
      fixture_open (self);
      g_assert_null (foyer_sqlite_store_get_salvage_report (self->store));
      assert_whole (self, step < 5 ? 0 : 2);
    }
}

/* At any instant: what was reported as stored is there afterwards. */
static void
test_killed_while_writing (Fixture *self, gconstpointer data)
{
  gint64 reported = 0;

  fixture_close (self);
  for (int round = 0; round < 8; round++)
    {
      int output;
      char buffer[256];
      gssize n;
      GPid pid = start ("write-for-ever", self->directory, &output);

      g_assert_cmpint (read (output, buffer, 1), ==, 1);
      reported++;
      for (int i = 0; i < 3 * round && read (output, buffer, 1) == 1; i++)
        reported++;
      kill (pid, SIGKILL);
      wait_for_end (pid);
      while ((n = read (output, buffer, sizeof buffer)) > 0)
        reported += n;
      close (output);
      assert_whole (self, 2 * reported);
    }
  fixture_open (self);
}

static void
test_two_processes (Fixture *self, gconstpointer data)
{
  GPid first = start ("write-50", self->directory, NULL);
  GPid second = start ("write-50", self->directory, NULL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 50; i++)
    {
      fixture_transact (self->journal, TRUE, write_and_die, GINT_TO_POINTER (-1), NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (wait_for_end (first), ==, 0);
  g_assert_cmpint (wait_for_end (second), ==, 0);
  assert_whole (self, 300);
}

static void
test_sender_dies (Fixture *self, gconstpointer data)
{
  int output;
  char ready;
  GPid pid = start ("hold", self->directory, &output);

  g_assert_cmpint (read (output, &ready, 1), ==, 1);
  g_assert_false (foyer_journal_claim_sender (self->journal));
  kill (pid, SIGKILL);
  wait_for_end (pid);
  close (output);
  g_assert_true (foyer_journal_claim_sender (self->journal));
}

static void
test_full_disk (Fixture *self, gconstpointer data)
{
  fixture_close (self);
  g_assert_cmpint (wait_for_end (start ("full", self->directory, NULL)), ==, 0);
  assert_whole (self, 2);
  fixture_open (self);
  g_assert_null (foyer_sqlite_store_get_salvage_report (self->store));
}

/* Somebody else has the workspace open: nothing is repaired under their hands. */
static void
test_in_use (Fixture *self, gconstpointer data)
{
  g_autofree char *path = file_of (self, "mirror.db");

  put_something (self);
  run_sql (path, "PRAGMA user_version = 99");
  assert_refused (self, "Close it");
  run_sql (path, "PRAGMA user_version = 2");
}

#define ADD(path, data, func)                                                                      \
  g_test_add (path, Fixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  const char *role = g_getenv (ROLE);

  if (role != NULL)
    return play (role);

  g_test_init (&argc, &argv, NULL);

  ADD ("/recovery/mirror/page", "page", test_mirror);
  ADD ("/recovery/mirror/header", "header", test_mirror);
  ADD ("/recovery/mirror/rubbish", "rubbish", test_mirror);
  ADD ("/recovery/mirror/newer", "newer", test_mirror);
  ADD ("/recovery/mirror/older", "older", test_mirror);
  ADD ("/recovery/mirror/cut", "cut", test_mirror);
  ADD ("/recovery/mirror/noted", "noted", test_mirror);
  ADD ("/recovery/mirror/gone", NULL, test_mirror_gone);
  ADD ("/recovery/journal/page", "page", test_journal);
  ADD ("/recovery/journal/last", "last", test_journal);
  ADD ("/recovery/journal/two", "two", test_journal);
  ADD ("/recovery/journal/header", "header", test_journal);
  ADD ("/recovery/journal/first", "first", test_journal);
  ADD ("/recovery/journal/cut", "cut", test_journal);
  ADD ("/recovery/journal/rubbish", "rubbish", test_journal);
  ADD ("/recovery/journal/salvage-cut", NULL, test_salvage_cut);
  ADD ("/recovery/journal/newer", NULL, test_newer);
  ADD ("/recovery/journal/foreign", NULL, test_foreign);
  ADD ("/recovery/no-directory", NULL, test_no_directory);
  ADD ("/recovery/read-only", NULL, test_read_only);
  ADD ("/recovery/in-use", NULL, test_in_use);
  g_test_add_func ("/recovery/migrations", test_migrations);
  g_test_add_func ("/recovery/migration-fails", test_migration_fails);
  ADD ("/recovery/killed-in-transaction", NULL, test_killed_in_transaction);
  ADD ("/recovery/killed-while-writing", NULL, test_killed_while_writing);
  ADD ("/recovery/two-processes", NULL, test_two_processes);
  ADD ("/recovery/sender-dies", NULL, test_sender_dies);
  ADD ("/recovery/full-disk", NULL, test_full_disk);
  return g_test_run ();
}
