/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal: whole or not at all, the line that adds up, the audit chain, settings, connections. */

#define G_LOG_DOMAIN "foyer-test"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "foyer-error.h"
#include "foyer-reason-count.h"
#include "store-fixture.h"

static gboolean
get_line (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  FoyerLine *line = g_new0 (FoyerLine, 1);

  *result = line;
  return foyer_transaction_get_line (transaction, line, error);
}

static void
assert_line (Fixture *self, gint64 recorded, gint64 sent, gint64 waiting, gint64 needs_you)
{
  g_autofree FoyerLine *line = NULL;
  g_autoptr (GError) error = NULL;

  fixture_transact (self->journal, FALSE, get_line, NULL, (gpointer *)&line, &error);
  g_assert_no_error (error);
  g_assert_cmpint (line->recorded, ==, recorded);
  g_assert_cmpint (line->sent, ==, sent);
  g_assert_cmpint (line->waiting, ==, waiting);
  g_assert_cmpint (line->needs_you, ==, needs_you);
  g_assert_cmpint (line->recorded, ==, line->sent + line->waiting + line->needs_you);
}

static void
test_line (Fixture *self, gconstpointer data)
{
  g_autofree char *first = insert_command (self->journal, make_command (1, 1, AT (1), FALSE));
  g_autofree char *second = insert_command (self->journal, make_command (2, 1, AT (2), FALSE));

  assert_line (self, 2, 0, 2, 0);
  for (FoyerCommandState state = FOYER_STATE_PENDING; state <= FOYER_STATE_WITHDRAWN; state++)
    {
      set_command_state (self->journal, first, state);
      assert_line (self, 2,
                   state == FOYER_STATE_DONE || state == FOYER_STATE_SETTLED
                       || state == FOYER_STATE_WITHDRAWN,
                   1 + foyer_command_state_is_waiting (state), state == FOYER_STATE_NEEDS_YOU);
    }

  fixture_close (self);
  fixture_open (self);
  assert_line (self, 2, 1, 1, 0);
}

static gboolean
load (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  *result = foyer_transaction_get_command (transaction, data, error);
  return *result != NULL;
}

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr (FoyerCommand) command = make_command (12, 3, AT (9), TRUE);
  g_autoptr (FoyerCommand) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  command->unsure = TRUE;
  command->actor = g_strdup ("Zoë \"Z\" O'Hara; DROP TABLE command");
  command->desk = g_strdup ("North");
  command->attempts = 3;
  command->not_before = AT (99);
  command->result = g_strdup ("{\"outcome\":\"done\"}");
  command->problem = g_strdup ("{\"kind\":\"refused\"}");
  command->note = g_strdup ("checked");
  id = insert_command (self->journal, foyer_command_ref (command));

  fixture_transact (self->journal, FALSE, load, id, (gpointer *)&loaded, &error);
  g_assert_no_error (error);
  g_assert_cmpint (loaded->row, ==, 1);
  g_assert_cmpint (loaded->kind, ==, FOYER_COMMAND_EXIT);
  g_assert_cmpint (loaded->state, ==, FOYER_STATE_PENDING);
  g_assert_cmpstr (loaded->connection, ==, "conf");
  g_assert_cmpstr (loaded->target, ==, "12:3");
  g_assert_cmpstr (loaded->arguments, ==, command->arguments);
  g_assert_cmpstr (loaded->key, ==, command->key);
  g_assert_cmpint (loaded->created, ==, AT (9));
  g_assert_cmpint (loaded->door_time, ==, AT (9));
  g_assert_true (loaded->unsure);
  g_assert_cmpstr (loaded->actor, ==, command->actor);
  g_assert_cmpstr (loaded->desk, ==, "North");
  g_assert_cmpint (loaded->attempts, ==, 3);
  g_assert_cmpint (loaded->not_before, ==, AT (99));
  g_assert_cmpstr (loaded->result, ==, command->result);
  g_assert_cmpstr (loaded->problem, ==, command->problem);
  g_assert_cmpstr (loaded->note, ==, "checked");
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gpointer loaded = NULL;

  g_assert_false (
      fixture_transact (self->journal, FALSE, load, (gpointer) "no-such-id", &loaded, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
  g_assert_null (loaded);
}

static gboolean
insert_two_and_fail (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  g_autoptr (FoyerCommand) first = make_command (1, 1, AT (1), FALSE);
  g_autoptr (FoyerCommand) second = make_command (2, 1, AT (2), FALSE);

  if (foyer_transaction_insert_command (transaction, first, error) == 0
      || !foyer_transaction_set_setting (transaction, "a", "b", error))
    return FALSE;

  g_free (second->key);
  second->key = g_strdup (first->key);
  return foyer_transaction_insert_command (transaction, second, error) > 0;
}

/* An idempotency key is never used twice; and nothing is left of a transaction that fails. */
static void
test_all_or_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fixture_transact (self->journal, TRUE, insert_two_and_fail, NULL, NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_STORAGE);
  assert_line (self, 0, 0, 0, 0);
}

static gboolean
list (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  const guint *states = data;

  *result = foyer_transaction_list_commands (transaction, states[1] ? "conf" : NULL, states[0],
                                             states[2], states[3], error);
  return *result != NULL;
}

static void
assert_listed (Fixture *self,
               guint states,
               guint of_connection,
               guint after,
               guint limit,
               guint expected)
{
  guint what[] = { states, of_connection, after, limit };
  g_autoptr (GPtrArray) commands = NULL;
  g_autoptr (GError) error = NULL;
  gint64 last = 0;

  fixture_transact (self->journal, FALSE, list, what, (gpointer *)&commands, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commands->len, ==, expected);
  for (guint i = 0; i < commands->len; i++)
    {
      const FoyerCommand *command = g_ptr_array_index (commands, i);

      g_assert_cmpint (command->row, >, last);
      last = command->row;
    }
}

static void
test_list (Fixture *self, gconstpointer data)
{
  FoyerCommand *other = make_command (9, 1, AT (9), FALSE);

  for (int i = 1; i <= 5; i++)
    {
      g_autofree char *id = insert_command (self->journal, make_command (i, 1, AT (i), FALSE));

      if (i % 2 == 0)
        set_command_state (self->journal, id, FOYER_STATE_NEEDS_YOU);
    }
  g_free (other->connection);
  other->connection = g_strdup ("other");
  g_free (insert_command (self->journal, other));

  assert_listed (self, 0, FALSE, 0, 0, 6);
  assert_listed (self, 0, TRUE, 0, 0, 5);
  assert_listed (self, 1u << FOYER_STATE_NEEDS_YOU, TRUE, 0, 0, 2);
  assert_listed (self, 1u << FOYER_STATE_NEEDS_YOU | 1u << FOYER_STATE_PENDING, FALSE, 0, 0, 6);
  assert_listed (self, 0, FALSE, 4, 0, 2);
  assert_listed (self, 0, FALSE, 0, 3, 3);
  assert_listed (self, 1u << FOYER_STATE_DONE, FALSE, 0, 0, 0);
}

static gboolean
append_calls (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  for (int i = 0; i < GPOINTER_TO_INT (data); i++)
    {
      FoyerCall values = {
        .at = AT (i),
        .connection = (char *)"conf",
        .service = (char *)"pretix",
        .method = (char *)"POST",
        .route = (char *)"/organizers/{organizer}/checkinrpc/redeem/",
        .status = 201,
        .duration = 1234,
        .request_id = (char *)"01890000-0000-7000-8000-000000000000",
        .bytes_sent = 10,
        .bytes_received = 20,
      };
      g_autoptr (FoyerCall) call = foyer_call_new (&values);

      if (!foyer_transaction_append_call (transaction, call, error))
        return FALSE;
    }
  return TRUE;
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
assert_audit (Fixture *self, gint64 rows, gint64 first_bad)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seen, bad;

  foyer_query_verify_audit_async (self->query, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (foyer_query_verify_audit_finish (self->query, result, &seen, &bad, &error));
  g_assert_no_error (error);
  g_assert_cmpint (seen, ==, rows);
  g_assert_cmpint (bad, ==, first_bad);
}

static void
tamper (Fixture *self, const char *sql)
{
  g_autofree char *path = g_build_filename (self->directory, "journal.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_audit (Fixture *self, gconstpointer data)
{
  const char *tampering = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_CALLS);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) calls = NULL;

  assert_audit (self, 0, 0);
  fixture_transact (self->journal, FALSE, append_calls, GINT_TO_POINTER (5), NULL, &error);
  fixture_transact (self->journal, FALSE, append_calls, GINT_TO_POINTER (5), NULL, &error);
  g_assert_no_error (error);
  assert_audit (self, 10, 0);

  rows = fixture_snapshot (self->query, spec, &error);
  g_assert_cmpint (rows->len, ==, 10);
  g_assert_cmpint (g_array_index (rows, gint64, 0), ==, 10);
  calls = foyer_query_hydrate (self->query, spec, (gint64 *)rows->data, rows->len, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((FoyerCall *)g_ptr_array_index (calls, 0))->status, ==, 201);

  if (tampering == NULL)
    return;

  tamper (self, tampering);
  if (g_str_has_prefix (tampering, "DELETE FROM audit WHERE row = 10"))
    {
      assert_audit (self, 9, 10);
      /* It does not heal by going on. */
      fixture_transact (self->journal, FALSE, append_calls, GINT_TO_POINTER (1), NULL, &error);
      g_assert_no_error (error);
      assert_audit (self, 10, 10);
    }
  else
    assert_audit (self, g_str_has_prefix (tampering, "DELETE") ? 9 : 10, 4);
}

static gboolean
settings (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  g_autofree char *value = NULL;
  g_autofree char *absent = NULL;
  g_autofree char *removed = NULL;

  g_assert_true (foyer_transaction_get_setting (transaction, "x", &absent, error));
  g_assert_null (absent);
  g_assert_true (foyer_transaction_set_setting (transaction, "x", "1", error));
  g_assert_true (foyer_transaction_set_setting (transaction, "x", "", error));
  g_assert_true (foyer_transaction_get_setting (transaction, "x", &value, error));
  g_assert_cmpstr (value, ==, "");
  g_assert_true (foyer_transaction_set_setting (transaction, "x", NULL, error));
  g_assert_true (foyer_transaction_get_setting (transaction, "x", &removed, error));
  g_assert_null (removed);
  return TRUE;
}

static gboolean
connections (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  static const char *const names[] = { "b", "a" };
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (FoyerConnection) changed = foyer_connection_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FoyerConnection) connection = foyer_connection_new ();

      connection->name = g_strdup (names[i]);
      connection->service = g_strdup ("pretix");
      connection->base_url = g_strdup ("https://pretix.example");
      connection->device_id = 7;
      g_assert_true (foyer_transaction_put_connection (transaction, connection, error));
    }

  changed->name = g_strdup ("b");
  changed->sample = TRUE;
  g_assert_true (foyer_transaction_put_connection (transaction, changed, error));
  listed = foyer_transaction_list_connections (transaction, error);
  g_assert_cmpint (listed->len, ==, 2);
  g_assert_cmpstr (((FoyerConnection *)listed->pdata[0])->name, ==, "b");
  g_assert_true (((FoyerConnection *)listed->pdata[0])->sample);
  g_assert_null (((FoyerConnection *)listed->pdata[0])->service);
  g_assert_cmpint (((FoyerConnection *)listed->pdata[1])->device_id, ==, 7);

  g_assert_true (foyer_transaction_delete_connection (transaction, "b", error));
  g_assert_true (foyer_transaction_delete_connection (transaction, "b", error));
  left = foyer_transaction_list_connections (transaction, error);
  g_assert_cmpint (left->len, ==, 1);
  return TRUE;
}

static void
test_small_tables (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_transact (self->journal, FALSE, settings, NULL, NULL, &error);
  fixture_transact (self->journal, FALSE, connections, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_query (Fixture *self, gconstpointer data)
{
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) exits = NULL;
  g_autoptr (GArray) since = NULL;
  g_autoptr (GPtrArray) commands = NULL;
  g_autoptr (GError) error = NULL;
  gint64 gone[] = { 2, 99, 1 };

  for (int i = 1; i <= 3; i++)
    g_free (insert_command (self->journal, make_command (i, 1, AT (i), i == 3)));

  rows = fixture_snapshot (self->query, spec, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rows->len, ==, 3);
  g_assert_cmpint (g_array_index (rows, gint64, 0), ==, 3);

  commands = foyer_query_hydrate (self->query, spec, gone, G_N_ELEMENTS (gone), &error);
  g_assert_no_error (error);
  g_assert_cmpint (((FoyerCommand *)commands->pdata[0])->row, ==, 2);
  g_assert_null (commands->pdata[1]);
  g_assert_cmpint (((FoyerCommand *)commands->pdata[2])->row, ==, 1);

  spec->command_kind = FOYER_COMMAND_EXIT;
  exits = fixture_snapshot (self->query, spec, &error);
  g_assert_cmpint (exits->len, ==, 1);
  spec->command_kind = -1;
  spec->since = AT (2);
  since = fixture_snapshot (self->query, spec, &error);
  g_assert_cmpint (since->len, ==, 2);
}

static gboolean
block (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  while (!g_atomic_int_get ((gint *)data))
    g_usleep (200);
  return TRUE;
}

static gboolean
note_order (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  *result = GINT_TO_POINTER (TRUE);
  return TRUE;
}

typedef struct
{
  GString *order;
  const char *name;
  int *left;
} Note;

static void
on_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  Note *note = data;
  g_autoptr (GError) error = NULL;

  g_assert_true (foyer_journal_transact_finish (FOYER_JOURNAL (source), result, NULL, &error));
  g_string_append (note->order, note->name);
  (*note->left)--;
}

static gboolean
is_zero (gpointer data)
{
  return *(int *)data == 0;
}

/* A scan overtakes what waits for the thread. */
static void
test_urgent_first (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) order = g_string_new (NULL);
  gint open = 0;
  int left = 4;
  Note notes[] = {
    { order, "b", &left }, { order, "1", &left }, { order, "2", &left }, { order, "!", &left }
  };

  foyer_journal_transact_async (self->journal, FALSE, block, &open, NULL, NULL, NULL, on_noted,
                                &notes[0]);
  foyer_journal_transact_async (self->journal, FALSE, note_order, NULL, NULL, NULL, NULL, on_noted,
                                &notes[1]);
  foyer_journal_transact_async (self->journal, FALSE, note_order, NULL, NULL, NULL, NULL, on_noted,
                                &notes[2]);
  foyer_journal_transact_async (self->journal, TRUE, note_order, NULL, NULL, NULL, NULL, on_noted,
                                &notes[3]);
  g_atomic_int_set (&open, 1);
  iterate_until (is_zero, &left);
  /* The blocking one may or may not have begun before the urgent one came; the others had not. */
  g_assert_true (g_str_equal (order->str, "b!12") || g_str_equal (order->str, "!b12"));
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (foyer_journal_transact_finish (FOYER_JOURNAL (source), result, NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_CANCELLED);
  (*(int *)data)--;
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint open = 0;
  int left = 2;
  g_autoptr (GString) order = g_string_new (NULL);
  Note note = { order, "b", &left };

  foyer_journal_transact_async (self->journal, FALSE, block, &open, NULL, NULL, NULL, on_noted,
                                &note);
  foyer_journal_transact_async (self->journal, FALSE, insert_two_and_fail, NULL, NULL, NULL,
                                cancellable, on_cancelled, &left);
  g_cancellable_cancel (cancellable);
  g_atomic_int_set (&open, 1);
  iterate_until (is_zero, &left);
}

static void
count_signal (FoyerJournal *journal, gpointer data)
{
  (*(int *)data)++;
}

static gboolean
is_positive (gpointer data)
{
  return *(int *)data > 0;
}

/* Another process: here another store on the same folder, which has nothing in common but the files. */
static void
test_two_stores (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerSqliteStore) other = fixture_open_store (self->directory, self->clock, &error);
  FoyerJournal *journal;
  int changes = 0;

  g_assert_no_error (error);
  journal = foyer_sqlite_store_get_journal (other);

  g_assert_true (foyer_journal_claim_sender (self->journal));
  g_assert_true (foyer_journal_claim_sender (self->journal));
  g_assert_false (foyer_journal_claim_sender (journal));

  g_signal_connect (self->journal, "changed", G_CALLBACK (count_signal), &changes);
  for (int i = 0; i < 20; i++)
    {
      g_free (insert_command (self->journal, make_command (i + 1, 1, AT (i), FALSE)));
      g_free (insert_command (journal, make_command (i + 1, 2, AT (i), FALSE)));
    }
  assert_line (self, 40, 0, 40, 0);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  changes = 0;
  g_free (insert_command (journal, make_command (99, 2, AT (99), FALSE)));
  foyer_journal_poke (self->journal);
  iterate_until (is_positive, &changes);
  g_assert_cmpint (changes, ==, 1);

  fixture_close (self);
  g_assert_true (foyer_journal_claim_sender (journal));
  fixture_close_store (other);
}

static void
test_files (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "journal.db", "mirror.db", "sender.lock" };
  GStatBuf info;

  g_free (insert_command (self->journal, make_command (1, 1, AT (1), FALSE)));
  g_assert_cmpint (g_stat (self->directory, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->directory, names[i], NULL);
      g_autofree char *wal = g_strconcat (path, "-wal", NULL);

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
      if (g_stat (wal, &info) == 0)
        g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }

  fixture_close (self);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->directory, names[i], NULL);
      g_autofree char *wal = g_strconcat (path, "-wal", NULL);

      g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
    }
}

static guint
count_found (Fixture *self, const char *text, int kind)
{
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  spec->text = g_strdup (text);
  spec->command_kind = kind;
  rows = fixture_snapshot (self->query, spec, &error);
  g_assert_no_error (error);
  return rows->len;
}

static void
record (Fixture *self, gint64 attendee, FoyerCommandKind kind, const char *arguments)
{
  FoyerCommand *command = make_command (attendee, 1, AT (attendee), FALSE);

  command->kind = kind;
  g_free (command->arguments);
  command->arguments = g_strdup (arguments);
  g_free (insert_command (self->journal, command));
}

/* As people are sought: beginnings of words, accents and case ignored; and why the rest was not let in. */
static void
test_search (Fixture *self, gconstpointer data)
{
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (GPtrArray) few = NULL;
  const FoyerReasonCount *count;

  record (self, 1, FOYER_COMMAND_CHECK_IN,
          "{\"secret\":\"abc1\",\"name\":\"K\u00e4the "
          "M\u00fcller\",\"product\":\"Regular\",\"order\":\"XKPBK\"}");
  record (self, 2, FOYER_COMMAND_REFUSAL,
          "{\"secret\":\"abc2\",\"refusal\":\"unpaid\",\"name\":\"Ada\"}");
  record (self, 3, FOYER_COMMAND_REFUSAL, "{\"secret\":\"'; DROP TABLE\",\"refusal\":\"invalid\"}");
  record (self, 4, FOYER_COMMAND_REFUSAL,
          "{\"secret\":\"x\",\"refusal\":\"invalid\",\"name\":null}");

  g_assert_cmpuint (count_found (self, "mull kathe", -1), ==, 1);
  g_assert_cmpuint (count_found (self, "MÜLLER", -1), ==, 1);
  g_assert_cmpuint (count_found (self, "uller", -1), ==, 0);
  g_assert_cmpuint (count_found (self, "xkp", -1), ==, 1);
  g_assert_cmpuint (count_found (self, "regular ada", -1), ==, 0);
  g_assert_cmpuint (count_found (self, "abc", -1), ==, 2);
  g_assert_cmpuint (count_found (self, "abc", FOYER_COMMAND_REFUSAL), ==, 1);
  g_assert_cmpuint (count_found (self, "'; DROP", -1), ==, 1);
  g_assert_cmpuint (count_found (self, " . ", -1), ==, 4);
  g_assert_cmpuint (count_found (self, NULL, FOYER_COMMAND_REFUSAL), ==, 3);

  spec->command_kind = FOYER_COMMAND_REFUSAL;
  reasons = fixture_load_reasons (self->query, spec);
  g_assert_cmpuint (reasons->len, ==, 2);
  count = reasons->pdata[0];
  g_assert_cmpstr (count->reason, ==, "invalid");
  g_assert_cmpint (count->n, ==, 2);
  spec->text = g_strdup ("ada");
  few = fixture_load_reasons (self->query, spec);
  g_assert_cmpuint (few->len, ==, 1);
  count = few->pdata[0];
  g_assert_cmpstr (count->reason, ==, "unpaid");
}

static void
test_closed (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);
  gint64 id = 1;

  fixture_close_store (self->store);
  g_assert_false (fixture_transact (self->journal, FALSE, note_order, NULL, NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (fixture_snapshot (self->query, spec, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (foyer_query_hydrate (self->query, spec, &id, 1, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_STORAGE);
  g_clear_object (&self->store);
}

/* A store that is simply let go does what was asked for first. */
static void
test_let_go (Fixture *self, gconstpointer data)
{
  g_free (insert_command (self->journal, make_command (1, 1, AT (1), FALSE)));
  g_clear_object (&self->store);
  fixture_open (self);
  assert_line (self, 1, 0, 1, 0);
}

#define ADD(path, data, func)                                                                      \
  g_test_add (path, Fixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  /* Rights must not come from the umask. */
  umask (0);
  g_test_init (&argc, &argv, NULL);

  ADD ("/journal/line", NULL, test_line);
  ADD ("/journal/round-trip", NULL, test_round_trip);
  ADD ("/journal/missing", NULL, test_missing);
  ADD ("/journal/all-or-nothing", NULL, test_all_or_nothing);
  ADD ("/journal/list", NULL, test_list);
  ADD ("/journal/small-tables", NULL, test_small_tables);
  ADD ("/journal/query", NULL, test_query);
  ADD ("/journal/search", NULL, test_search);
  ADD ("/journal/urgent-first", NULL, test_urgent_first);
  ADD ("/journal/cancel", NULL, test_cancel);
  ADD ("/journal/two-stores", NULL, test_two_stores);
  ADD ("/journal/files", NULL, test_files);
  ADD ("/journal/closed", NULL, test_closed);
  ADD ("/journal/let-go", NULL, test_let_go);
  ADD ("/journal/audit/whole", NULL, test_audit);
  ADD ("/journal/audit/changed", "UPDATE audit SET status = 200 WHERE row = 4", test_audit);
  ADD ("/journal/audit/removed", "DELETE FROM audit WHERE row = 4", test_audit);
  ADD ("/journal/audit/cut-off", "DELETE FROM audit WHERE row = 10", test_audit);
  ADD ("/journal/audit/hash", "UPDATE audit SET hash = zeroblob (32) WHERE row = 4", test_audit);
  return g_test_run ();
}
