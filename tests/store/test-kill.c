/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kill -9 between any two steps of a command, with the real store, the real driver and a server that
 * lives on: a process of its own admits and dies at the Nth instant, another one finishes its work. What a
 * person was told is recorded, what is recorded is at the server exactly once, and the line adds up. */

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "foyer-admit-job.h"
#include "foyer-fake-secrets.h"
#include "foyer-http.h"
#include "foyer-kill-journal.h"
#include "foyer-kill-mirror.h"
#include "foyer-kill-service.h"
#include "foyer-pretix-service.h"
#include "foyer-sandbox.h"
#include "foyer-system-clock.h"
#include "foyer-workspace.h"
#include "store-fixture.h"

#define TICKETS 2
#define PATIENCE (30 * FOYER_SECOND)

/* The process that dies, and the one after it. */

typedef struct
{
  FoyerKillPoint point;
  FoyerClock *clock;
  FoyerSqliteStore *store;
  FoyerJournal *journal;
  FoyerMirror *mirror;
  FoyerSecrets *secrets;
  FoyerWorkspace *workspace;
} Process;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **)slot = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

/* A line for the parent. In the pipe at once: what is said before the process dies was said. */
static void G_GNUC_PRINTF (1, 2) say (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  g_assert_cmpint (write (STDOUT_FILENO, line, strlen (line)), ==, strlen (line));
}

static FoyerService *
make_service (FoyerConnection *connection,
              const char *credential,
              gpointer user_data,
              GError **error)
{
  g_autoptr (FoyerHttp) http = foyer_http_new (connection->name, connection->service,
                                               connection->base_url, NULL, "Foyer/test", error);
  g_autoptr (FoyerService) service = NULL;

  if (http != NULL)
    service = foyer_pretix_service_new (connection, credential, http, error);
  return service != NULL ? foyer_kill_service_new (service, user_data) : NULL;
}

static FoyerConnection *
make_connection (char **where)
{
  FoyerConnection *connection = foyer_connection_new ();

  connection->name = g_strdup ("door");
  connection->service = g_strdup ("pretix");
  connection->base_url = g_strdup (where[0]);
  connection->organizer = g_strdup (where[1]);
  connection->event = g_strdup (where[2]);
  connection->auth_scheme = g_strdup ("Token");
  connection->secret_ref = g_strdup ("door");
  return connection;
}

static void
open_process (Process *self, const char *directory, char **where)
{
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;

  self->clock = foyer_system_clock_new ();
  self->store = fixture_open_store (directory, self->clock, &error);
  g_assert_no_error (error);
  self->journal = foyer_kill_journal_new (foyer_sqlite_store_get_journal (self->store),
                                          &self->point);
  self->mirror = foyer_kill_mirror_new (foyer_sqlite_store_get_mirror (self->store), &self->point);
  self->secrets = FOYER_SECRETS (foyer_fake_secrets_new ());
  foyer_secrets_store_async (self->secrets, "door", "door", where[3], NULL, keep_result, &stored);
  foyer_secrets_store_finish (self->secrets, wait_for (&stored), NULL, &error);
  g_assert_no_error (error);

  self->workspace = foyer_workspace_new ("kill", self->journal, self->mirror,
                                         foyer_sqlite_store_get_query (self->store), self->secrets,
                                         self->clock, make_service, &self->point, NULL);
  foyer_workspace_set_sync_interval (self->workspace, 0);
  foyer_workspace_load_async (self->workspace, NULL, keep_result, &loaded);
  foyer_workspace_load_finish (self->workspace, wait_for (&loaded), &error);
  g_assert_no_error (error);
}

static void
close_process (Process *self)
{
  g_autoptr (GAsyncResult) closed = NULL;

  foyer_workspace_close_async (self->workspace, NULL, keep_result, &closed);
  foyer_workspace_close_finish (self->workspace, wait_for (&closed), NULL);
  g_clear_object (&closed);
  g_clear_object (&self->workspace);
  g_clear_object (&self->journal);
  g_clear_object (&self->mirror);
  fixture_close_store (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->secrets);
  g_clear_object (&self->clock);
}

/* The first start: a connection, and all that the server has. */
static void
prepare (const char *directory, char **where)
{
  Process process = { 0 };
  g_autoptr (FoyerConnection) connection = make_connection (where);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) synced = NULL;
  g_autoptr (FoyerDesk) desk = NULL;
  g_autoptr (GError) error = NULL;

  open_process (&process, directory, where);
  foyer_workspace_add_async (process.workspace, connection, where[3], NULL, keep_result, &added);
  desk = foyer_workspace_add_finish (process.workspace, wait_for (&added), NULL, &error);
  g_assert_no_error (error);
  foyer_desk_sync_async (desk, FALSE, NULL, keep_result, &synced);
  foyer_desk_sync_finish (desk, wait_for (&synced), &error);
  g_assert_no_error (error);
  g_clear_object (&added);
  g_clear_object (&synced);
  g_clear_object (&desk);
  close_process (&process);
}

static void
drain (Process *self)
{
  FoyerDispatcher *dispatcher = foyer_workspace_get_dispatcher (self->workspace);
  g_autoptr (GAsyncResult) drained = NULL;
  g_autoptr (GError) error = NULL;

  foyer_dispatcher_drain_async (dispatcher, PATIENCE, NULL, keep_result, &drained);
  g_assert_true (foyer_dispatcher_drain_finish (dispatcher, wait_for (&drained), &error));
  g_assert_no_error (error);
}

static void
start (Process *self)
{
  FoyerDispatcher *dispatcher = foyer_workspace_get_dispatcher (self->workspace);
  gint64 deadline = g_get_monotonic_time () + PATIENCE;

  foyer_workspace_start (self->workspace);
  while (!foyer_dispatcher_get_sender (dispatcher))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
admit (Process *self, FoyerDesk *desk, const char *secret, gint64 list, gint64 deadline)
{
  g_autoptr (FoyerScan) scan = foyer_scan_new ();
  g_autoptr (FoyerAdmitJob) job = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  scan->secret = g_strdup (secret);
  g_clear_pointer (&scan->lists, g_array_unref);
  scan->lists = g_array_new (FALSE, FALSE, sizeof list);
  g_array_append_val (scan->lists, list);
  job = foyer_admit_job_new (desk, foyer_workspace_get_dispatcher (self->workspace), scan);
  foyer_admit_job_set_deadline (job, deadline);
  foyer_admit_job_run_async (job, NULL, keep_result, &result);
  verdict = foyer_admit_job_run_finish (job, wait_for (&result), &error);
  g_assert_no_error (error);
  if (verdict->admission->result == FOYER_ADMISSION_ADMITTED)
    say ("told %s\n", secret);
}

/* WHERE DIRECTORY INSTANTS LIST SECRET... */
static int
live (char **args, gint64 deadline)
{
  Process process = { 0 };

  open_process (&process, args[4], args);
  foyer_kill_point_arm (&process.point, atoi (args[5]));
  start (&process);
  for (char **secret = &args[7]; *secret != NULL; secret++)
    admit (&process, foyer_workspace_get_desk (process.workspace, NULL), *secret, atoi (args[6]),
           deadline);
  drain (&process);
  foyer_kill_point_arm (&process.point, -1);
  close_process (&process);
  return 0;
}

/* Journal's thread. */
static gboolean
list_all (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  *result = foyer_transaction_list_commands (transaction, NULL, 0, 0, 0, error);
  return *result != NULL;
}

/* The next start: finishes, and says what is there. */
static int
finish (char **args)
{
  Process process = { 0 };
  g_autoptr (GAsyncResult) verified = NULL;
  g_autoptr (GPtrArray) commands = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;
  FoyerQuery *query;
  gint64 rows, first_bad;

  open_process (&process, args[4], args);
  start (&process);
  drain (&process);

  fixture_transact (foyer_sqlite_store_get_journal (process.store), FALSE, list_all, NULL, &value,
                    &error);
  g_assert_no_error (error);
  commands = value;
  for (guint i = 0; i < commands->len; i++)
    {
      const FoyerCommand *command = g_ptr_array_index (commands, i);
      g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, &error);

      g_assert_no_error (error);
      say ("%s %s\n", foyer_command_state_to_word (command->state), scan->secret);
    }

  query = foyer_sqlite_store_get_query (process.store);
  foyer_query_verify_audit_async (query, NULL, keep_result, &verified);
  g_assert_true (
      foyer_query_verify_audit_finish (query, wait_for (&verified), &rows, &first_bad, &error));
  g_assert_no_error (error);
  g_assert_cmpint (first_bad, ==, 0);
  g_clear_object (&verified);
  close_process (&process);
  return 0;
}

/* The parent: the server, and the truth. */

typedef struct
{
  char *program;
  FoyerSandbox *sandbox;
  char *folder;
  char *template;
  char *list;
  GPtrArray *secrets;
  guint used;
  GHashTable *positions; /* secret -> position, as text */
} World;

static char *
ask (World *self, const char *method, const char *address, const char *body, guint *status)
{
  return foyer_sandbox_ask (self->sandbox, NULL, method, address, body, status);
}

static JsonNode *
ask_json (World *self, const char *address)
{
  guint status = 0;
  g_autofree char *answer = ask (self, "GET", address, NULL, &status);
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (answer, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (status, ==, 200);
  return node;
}

static char *
make_address (World *self, const char *rest)
{
  return g_strdup_printf ("/api/v1/organizers/%s/events/%s/%s",
                          foyer_sandbox_get_organizer (self->sandbox),
                          foyer_sandbox_get_event (self->sandbox), rest);
}

static void
find_list (World *self)
{
  g_autofree char *address = make_address (self, "checkinlists/");
  g_autoptr (JsonNode) node = ask_json (self, address);
  JsonArray *lists = json_object_get_array_member (json_node_get_object (node), "results");

  for (guint i = 0; self->list == NULL && i < json_array_get_length (lists); i++)
    {
      JsonObject *list = json_array_get_object_element (lists, i);

      if (json_object_get_boolean_member (list, "all_products"))
        self->list = g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (list, "id"));
    }
  g_assert_nonnull (self->list);
}

static gboolean
would_enter (World *self, const char *secret)
{
  g_autofree char *address = g_strdup_printf ("/api/v1/organizers/%s/checkinrpc/redeem/",
                                              foyer_sandbox_get_organizer (self->sandbox));
  g_autofree char *body = g_strdup_printf (
      "{\"secret\": \"%s\", \"lists\": [%s], \"simulate\": true}", secret, self->list);
  guint status = 0;
  g_autofree char *answer = ask (self, "POST", address, body, &status);

  return status == 201;
}

static void
find_tickets (World *self)
{
  for (int page = 1; self->secrets->len < 320 && page < 40; page++)
    {
      g_autofree char *rest = g_strdup_printf ("orderpositions/?page=%d", page);
      g_autofree char *address = make_address (self, rest);
      g_autoptr (JsonNode) node = ask_json (self, address);
      JsonObject *answer = json_node_get_object (node);
      JsonArray *positions = json_object_get_array_member (answer, "results");

      for (guint i = 0; i < json_array_get_length (positions); i++)
        {
          JsonObject *position = json_array_get_object_element (positions, i);
          const char *secret = json_object_get_string_member (position, "secret");

          if (!json_object_get_null_member (position, "addon_to") || !would_enter (self, secret))
            continue;
          g_ptr_array_add (self->secrets, g_strdup (secret));
          g_hash_table_insert (
              self->positions, g_strdup (secret),
              g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (position, "id")));
        }
      if (json_object_get_null_member (answer, "next"))
        break;
    }
}

static guint
count_entries (World *self, const char *secret)
{
  g_autofree char *rest = g_strdup_printf ("orderpositions/%s/",
                                           (char *)g_hash_table_lookup (self->positions, secret));
  g_autofree char *address = make_address (self, rest);
  g_autoptr (JsonNode) node = ask_json (self, address);

  return json_array_get_length (
      json_object_get_array_member (json_node_get_object (node), "checkins"));
}

/* Runs a process to its end; says whether it was killed. */
static gboolean
run (World *self, char **output, const char *directory, const char *how, ...)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  const char *arg;
  va_list more;

  g_ptr_array_add (args, self->program);
  g_ptr_array_add (args, (char *)how);
  g_ptr_array_add (args, (char *)foyer_sandbox_get_url (self->sandbox));
  g_ptr_array_add (args, (char *)foyer_sandbox_get_organizer (self->sandbox));
  g_ptr_array_add (args, (char *)foyer_sandbox_get_event (self->sandbox));
  g_ptr_array_add (args, (char *)foyer_sandbox_get_token (self->sandbox));
  g_ptr_array_add (args, (char *)directory);
  va_start (more, how);
  while ((arg = va_arg (more, const char *)) != NULL)
    g_ptr_array_add (args, (char *)arg);
  va_end (more);
  g_ptr_array_add (args, NULL);

  process = g_subprocess_newv ((const char *const *)args->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, output, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (process))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
      return TRUE;
    }
  g_assert_true (g_subprocess_get_successful (process));
  return FALSE;
}

static void
copy_folder (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autoptr (GFile) source_file = g_file_new_for_path (source);
      g_autoptr (GFile) target_file = g_file_new_for_path (target);
      g_autoptr (GError) error = NULL;

      g_file_copy (source_file, target_file, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

static guint
count_lines (const char *text, const char *line)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (char **one = lines; *one != NULL; one++)
    n += g_str_equal (*one, line);
  return n;
}

static guint
count_all_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

/* Says whether the process died. */
static gboolean
die_at (World *self, const char *how, guint instant)
{
  const char *secrets[TICKETS];
  g_autofree char *directory = g_build_filename (self->folder, "work", NULL);
  g_autofree char *instants = g_strdup_printf ("%u", instant);
  g_autofree char *said = NULL;
  g_autofree char *found = NULL;
  guint n_found = 0;
  gboolean died;

  for (guint i = 0; i < TICKETS; i++)
    {
      g_assert_cmpuint (self->used, <, self->secrets->len);
      secrets[i] = g_ptr_array_index (self->secrets, self->used++);
    }
  copy_folder (self->template, directory);
  died = run (self, &said, directory, how, instants, self->list, secrets[0], secrets[1], NULL);
  g_assert_false (run (self, &found, directory, "finish", NULL));

  for (guint i = 0; i < TICKETS; i++)
    {
      g_autofree char *told = g_strdup_printf ("told %s", secrets[i]);
      g_autofree char *done = g_strdup_printf ("done %s", secrets[i]);
      guint recorded = count_lines (found, done);

      g_test_message ("%s %u: told %u, done %u", how, instant, count_lines (said, told), recorded);
      g_assert_cmpuint (count_lines (said, told), <=, recorded);
      g_assert_cmpuint (recorded, <=, 1);
      g_assert_cmpuint (count_entries (self, secrets[i]), ==, recorded);
      n_found += recorded;
    }
  /* All that is recorded is done: recorded = sent, nothing waits, nothing needs a person. */
  g_assert_cmpuint (count_all_lines (found), ==, n_found);
  if (!died)
    g_assert_cmpuint (n_found, ==, TICKETS);
  fixture_remove_directory (directory);
  return died;
}

static void
test_every_instant (gconstpointer data)
{
  World *self = (World *)data;
  guint instant = 0;

  while (die_at (self, "live", instant))
    instant++;
  g_test_message ("%u instants", instant);
  g_assert_cmpuint (instant, >=, 8 * TICKETS);
}

/* The person does not wait: the desk's word is given while the command is still under way. */
static void
test_no_deadline (gconstpointer data)
{
  World *self = (World *)data;
  guint instant = 0;

  while (die_at (self, "hurry", instant))
    instant++;
  g_assert_cmpuint (instant, >=, 8 * TICKETS);
}

int
main (int argc, char **argv)
{
  World world = { .program = argv[0] };
  g_autoptr (GError) error = NULL;
  int failed;

  foyer_http_init_process ();
  if (argc > 6 && g_str_equal (argv[1], "live"))
    return live (&argv[2], FOYER_DEADLINE_ADAPTIVE);
  if (argc > 6 && g_str_equal (argv[1], "hurry"))
    return live (&argv[2], 0);
  if (argc > 6 && g_str_equal (argv[1], "finish"))
    return finish (&argv[2]);
  if (argc > 6 && g_str_equal (argv[1], "prepare"))
    {
      prepare (argv[6], &argv[2]);
      return 0;
    }

  g_test_init (&argc, &argv, NULL);
  world.sandbox = foyer_sandbox_new (700, 7);
  foyer_sandbox_start (world.sandbox, &error);
  g_assert_no_error (error);
  world.folder = fixture_make_directory ();
  world.template = g_build_filename (world.folder, "template", NULL);
  world.secrets = g_ptr_array_new_with_free_func (g_free);
  world.positions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  find_list (&world);
  find_tickets (&world);
  g_assert_false (run (&world, NULL, world.template, "prepare", NULL));

  g_test_add_data_func ("/store/kill/every-instant", &world, test_every_instant);
  g_test_add_data_func ("/store/kill/no-deadline", &world, test_no_deadline);
  failed = g_test_run ();

  foyer_sandbox_stop (world.sandbox);
  g_object_unref (world.sandbox);
  fixture_remove_directory (world.folder);
  g_free (world.folder);
  g_free (world.template);
  g_free (world.list);
  g_ptr_array_unref (world.secrets);
  g_hash_table_unref (world.positions);
  return failed;
}
