/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-bench"

#include "bench-service.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "foyer-json.h"
#include "foyer-pretix-service.h"

static char *
dup_member (JsonNode *node, const char *name)
{
  return g_strdup (foyer_json_get_string (foyer_json_get_root_object (node), name));
}

/* A bench that fails ends at once, and its sandbox with it. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/**
 * bench_service_start:
 *
 * Starts a sandbox with so many attendees, and waits until it can be asked.
 */
void
bench_service_start (BenchService *self, const char *program, gint64 attendees)
{
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, attendees);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, program, "--attendees", size,
                                               NULL);
  bench_require (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  bench_require (error);
  node = json_from_string (line != NULL ? line : "", &error);
  bench_require (error);
  if (node == NULL)
    g_error ("The sandbox did not start");
  self->url = dup_member (node, "url");
  self->token = dup_member (node, "token");
  self->organizer = dup_member (node, "organizer");
  self->event = dup_member (node, "event");
  self->session = soup_session_new ();
}

void
bench_service_clear (BenchService *self)
{
  if (self->process != NULL)
    {
      g_subprocess_send_signal (self->process, SIGTERM);
      g_subprocess_wait (self->process, NULL, NULL);
    }
  g_clear_object (&self->process);
  g_clear_object (&self->session);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->organizer, g_free);
  g_clear_pointer (&self->event, g_free);
}

/**
 * bench_service_call:
 * @body: (nullable): JSON to POST; %NULL for a GET
 *
 * One request as bare libsoup does it.
 *
 * Returns: (transfer full): the body
 */
GBytes *
bench_service_call (BenchService *self, const char *path, const char *body)
{
  g_autofree char *address = g_strconcat (self->url, path, NULL);
  g_autofree char *authorization = g_strconcat ("Token ", self->token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (body != NULL ? "POST" : "GET", address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *answer;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               authorization);
  /* Else libsoup opens a new connection for every POST. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL,
                                    bench_keep_result, &result);
  answer = soup_session_send_and_read_finish (self->session, bench_wait_for (&result), &error);
  bench_require (error);
  if (soup_message_get_status (message) >= 300)
    g_error ("%s: %u", path, soup_message_get_status (message));
  return answer;
}

JsonNode *
bench_service_read (BenchService *self, const char *path, const char *body)
{
  g_autoptr (GBytes) answer = bench_service_call (self, path, body);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, g_bytes_get_data (answer, NULL),
                              (gssize)g_bytes_get_size (answer), &error);
  bench_require (error);
  return json_parser_steal_root (parser);
}

char *
bench_service_dup_event_path (BenchService *self, const char *rest)
{
  return g_strdup_printf ("/api/v1/organizers/%s/events/%s/%s", self->organizer, self->event, rest);
}

static gint64
find_list (BenchService *self)
{
  g_autofree char *path = bench_service_dup_event_path (self, "checkinlists/");
  g_autoptr (JsonNode) node = bench_service_read (self, path, NULL);
  JsonArray *lists = json_object_get_array_member (json_node_get_object (node), "results");

  for (guint i = 0; i < json_array_get_length (lists); i++)
    {
      JsonObject *list = json_array_get_object_element (lists, i);

      if (foyer_json_get_boolean (list, "all_products", FALSE)
          && json_object_get_size (json_object_get_object_member (list, "rules")) == 0)
        return json_object_get_int_member (list, "id");
    }
  g_error ("The sandbox has no list for everybody");
}

/* Products at whose door something is asked first. */
static GHashTable *
list_asking (BenchService *self)
{
  g_autofree char *path = bench_service_dup_event_path (self, "questions/");
  g_autoptr (JsonNode) node = bench_service_read (self, path, NULL);
  JsonArray *questions = json_object_get_array_member (json_node_get_object (node), "results");
  GHashTable *asking = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < json_array_get_length (questions); i++)
    {
      JsonObject *question = json_array_get_object_element (questions, i);
      JsonArray *items = json_object_get_array_member (question, "items");

      if (!foyer_json_get_boolean (question, "ask_during_checkin", FALSE))
        continue;
      for (guint j = 0; j < json_array_get_length (items); j++)
        g_hash_table_add (asking, GSIZE_TO_POINTER (json_array_get_int_element (items, j)));
    }
  return asking;
}

static void
add_secrets (JsonObject *order, GHashTable *asking, GPtrArray *secrets)
{
  JsonArray *positions = json_object_get_array_member (order, "positions");

  if (g_strcmp0 (foyer_json_get_string (order, "status"), "p") != 0)
    return;

  for (guint i = 0; i < json_array_get_length (positions); i++)
    {
      JsonObject *position = json_array_get_object_element (positions, i);

      if (json_array_get_length (json_object_get_array_member (position, "checkins")) == 0
          && !g_hash_table_contains (asking,
                                     GSIZE_TO_POINTER (foyer_json_get_int (position, "item", 0)))
          && json_node_is_null (json_object_get_member (position, "addon_to"))
          && json_node_is_null (json_object_get_member (position, "valid_from"))
          && json_node_is_null (json_object_get_member (position, "valid_until"))
          && !foyer_json_get_boolean (position, "canceled", TRUE)
          && json_node_is_null (json_object_get_member (position, "blocked")))
        g_ptr_array_add (secrets, g_strdup (foyer_json_get_string (position, "secret")));
    }
}

/**
 * bench_service_list_secrets:
 * @n: how many
 * @list: (out): a list that admits them
 *
 * Returns: (transfer full) (element-type utf8): codes of tickets that were not used yet, the last sold
 *   first, so that a sync comes to them last
 */
GPtrArray *
bench_service_list_secrets (BenchService *self, guint n, gint64 *list)
{
  GPtrArray *secrets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) asking = list_asking (self);

  *list = find_list (self);
  for (int page = 1; secrets->len < n; page++)
    {
      g_autofree char *rest = g_strdup_printf ("orders/?ordering=-datetime&page=%d", page);
      g_autofree char *path = bench_service_dup_event_path (self, rest);
      g_autoptr (JsonNode) node = bench_service_read (self, path, NULL);
      JsonArray *orders = json_object_get_array_member (json_node_get_object (node), "results");

      for (guint i = 0; i < json_array_get_length (orders); i++)
        add_secrets (json_array_get_object_element (orders, i), asking, secrets);
    }
  return secrets;
}

/**
 * bench_service_redeem:
 *
 * Lets one ticket in by one bare request.
 */
void
bench_service_redeem (BenchService *self, const char *secret, gint64 list)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/organizers/%s/checkinrpc/redeem/",
                                           self->organizer);
  g_autofree char *nonce = g_uuid_string_random ();
  g_autofree char *body = g_strdup_printf (
      "{\"secret\":\"%s\",\"lists\":[%" G_GINT64_FORMAT "],\"nonce\":\"%s\"}", secret, list, nonce);

  g_bytes_unref (bench_service_call (self, path, body));
}

/**
 * bench_admit:
 *
 * Lets one ticket in as Foyer does; anything but an admission ends the program.
 */
void
bench_admit (FoyerDesk *desk, FoyerDispatcher *dispatcher, const char *secret, gint64 list)
{
  g_autoptr (FoyerScan) scan = foyer_scan_new ();
  g_autoptr (FoyerAdmitJob) job = NULL;
  g_autoptr (FoyerVerdict) verdict = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  scan->secret = g_strdup (secret);
  g_clear_pointer (&scan->lists, g_array_unref);
  scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (scan->lists, list);
  scan->datetime = FOYER_TIME_NONE;
  job = foyer_admit_job_new (desk, dispatcher, scan);
  foyer_admit_job_run_async (job, NULL, bench_keep_result, &result);
  verdict = foyer_admit_job_run_finish (job, bench_wait_for (&result), &error);
  bench_require (error);
  if (verdict->admission->result != FOYER_ADMISSION_ADMITTED)
    g_error ("The verdict is not the right one: %d", (int)verdict->admission->result);
}

FoyerConnection *
bench_service_create_connection (BenchService *self)
{
  FoyerConnection *connection = bench_connection_new (self->url);

  g_free (connection->organizer);
  connection->organizer = g_strdup (self->organizer);
  g_free (connection->event);
  connection->event = g_strdup (self->event);
  return connection;
}

/**
 * bench_service_connect:
 *
 * Returns: (transfer full): Foyer's own end of it
 */
FoyerService *
bench_service_connect (BenchService *self, FoyerConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerHttp) http = foyer_http_new (connection->name, connection->service,
                                               connection->base_url, NULL, "Foyer-bench", &error);
  FoyerService *service;

  bench_require (error);
  service = foyer_pretix_service_new (connection, self->token, http, &error);
  bench_require (error);
  return service;
}
