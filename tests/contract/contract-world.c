/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The world of the contract suite: an event of its own, made by plain HTTP, and the service's calls
 * in a form in which a test can wait for them. */

#include "contract-world.h"

#include <libsoup/soup.h>
#include <string.h>

#include "foyer-json.h"
#include "foyer-pretix-service.h"
#include "foyer-uuid.h"

typedef struct
{
  GAsyncResult *result;
} Waiting;

static void
on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->result = g_object_ref (result);
}

static gboolean
on_too_late (gpointer user_data)
{
  g_error ("no answer within two minutes");
  return G_SOURCE_REMOVE;
}

static GAsyncResult *
wait_for (Waiting *waiting)
{
  guint alarm = g_timeout_add_seconds (120, on_too_late, NULL);

  while (waiting->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
  return waiting->result;
}

/**
 * contract_call:
 *
 * One plain call, past everything that is tested: with the key that may do all.
 *
 * Returns: (transfer full) (nullable): the body, if it is JSON
 */
JsonNode *
contract_call (ContractWorld *self,
               const char *method,
               const char *path,
               const char *body,
               guint *status)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *address = g_strconcat (self->url, path, NULL);
  g_autofree char *authorization = g_strconcat ("Token ", self->token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  Waiting waiting = { NULL };

  g_assert_nonnull (message);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               authorization);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_ready, &waiting);
  result = wait_for (&waiting);
  answer = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  *status = soup_message_get_status (message);
  if (g_bytes_get_size (answer) == 0
      || !json_parser_load_from_data (parser, g_bytes_get_data (answer, NULL),
                                      (gssize)g_bytes_get_size (answer), NULL))
    return NULL;

  return json_parser_steal_root (parser);
}

static void
explain (const char *method, const char *path, const char *body, guint status, JsonNode *answer)
{
  g_autofree char *text = answer != NULL ? json_to_string (answer, FALSE) : g_strdup ("no JSON");

  g_test_message ("%s %s %s: %u %.800s", method, path, body, status, text);
}

static JsonNode *
write_something (ContractWorld *self, const char *method, const char *path, const char *body)
{
  guint status;
  JsonNode *node = contract_call (self, method, path, body, &status);

  if (status < 200 || status >= 300)
    {
      explain (method, path, body, status, node);
      g_test_message ("the world could not be prepared");
      g_assert_cmpuint (status, <, 300);
    }
  return node;
}

/* Makes something; gives the object, owned by @node. */
JsonObject *
contract_make (ContractWorld *self, JsonNode **node, const char *path, const char *body_format, ...)
{
  g_autofree char *body = NULL;
  va_list args;

  va_start (args, body_format);
  body = g_strdup_vprintf (body_format, args);
  va_end (args);
  *node = write_something (self, "POST", path, body);
  g_assert_nonnull (foyer_json_get_root_object (*node));
  return json_node_get_object (*node);
}

gint64
contract_make_id (ContractWorld *self, const char *path, const char *body_format, ...)
{
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) node = NULL;
  gint64 id;
  va_list args;

  va_start (args, body_format);
  body = g_strdup_vprintf (body_format, args);
  va_end (args);
  node = write_something (self, "POST", path, body);
  id = foyer_json_get_int (foyer_json_get_root_object (node), "id", 0);
  g_assert_cmpint (id, >, 0);
  return id;
}

void
contract_patch (ContractWorld *self, const char *path, const char *body_format, ...)
{
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) node = NULL;
  va_list args;

  va_start (args, body_format);
  body = g_strdup_vprintf (body_format, args);
  va_end (args);
  node = write_something (self, "PATCH", path, body);
}

static char *
event_path (ContractWorld *self, const char *rest)
{
  return g_strdup_printf ("/api/v1/organizers/%s/events/%s/%s", self->organizer, self->event, rest);
}

static void
make_catalogue (ContractWorld *self)
{
  g_autofree char *items = event_path (self, "items/");
  g_autofree char *quotas = event_path (self, "quotas/");
  g_autofree char *categories = event_path (self, "categories/");
  g_autofree char *questions = event_path (self, "questions/");
  g_autoptr (JsonNode) gala = NULL;
  g_autoptr (JsonNode) question = NULL;
  JsonArray *variations;
  JsonObject *made;
  gint64 category = contract_make_id (
      self, categories,
      "{\"name\": {\"en\": \"Tickets\"}, \"description\": {}, \"position\": 1,"
      " \"is_addon\": false}");

  self->ticket = contract_make_id (
      self, items,
      "{\"name\": {\"en\": \"Ticket\", \"de\": \"Eintritt\"}, \"default_price\": \"10.00\","
      " \"category\": %" G_GINT64_FORMAT ", \"admission\": true, \"personalized\": true}",
      category);
  self->workshop = contract_make_id (
      self, items,
      "{\"name\": {\"en\": \"Workshop\"}, \"default_price\": \"5.00\","
      " \"admission\": true, \"personalized\": true, \"checkin_attention\": true,"
      " \"checkin_text\": \"Room 3\"}");
  made = contract_make (
      self, &gala, items,
      "{\"name\": {\"en\": \"Gala\"}, \"default_price\": \"50.00\", \"admission\": true,"
      " \"personalized\": true, \"has_variations\": true, \"variations\": ["
      "{\"value\": {\"en\": \"Regular\"}, \"default_price\": null, \"position\": 0},"
      "{\"value\": {\"en\": \"Reduced\"}, \"default_price\": \"30.00\", \"position\": 1}]}");
  self->gala = foyer_json_get_int (made, "id", 0);
  variations = foyer_json_get_array (made, "variations");
  g_assert_nonnull (variations);
  g_assert_cmpuint (json_array_get_length (variations), ==, 2);
  self->gala_regular = foyer_json_get_int (json_array_get_object_element (variations, 0), "id", 0);
  self->gala_reduced = foyer_json_get_int (json_array_get_object_element (variations, 1), "id", 0);

  contract_make_id (
      self, quotas,
      "{\"name\": \"All\", \"size\": null, \"items\": [%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
      ", %" G_GINT64_FORMAT "], \"variations\": [%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT "]}",
      self->ticket, self->workshop, self->gala, self->gala_regular, self->gala_reduced);

  made = contract_make (
      self, &question, questions,
      "{\"question\": {\"en\": \"Lunch?\"}, \"type\": \"C\", \"required\": true, \"items\": "
      "[%" G_GINT64_FORMAT
      "], \"identifier\": \"LUNCH\", \"ask_during_checkin\": true, \"options\": ["
      "{\"identifier\": \"SOUP\", \"answer\": {\"en\": \"Soup\"}, \"position\": 1},"
      "{\"identifier\": \"SALAD\", \"answer\": {\"en\": \"Salad\"}, \"position\": 2}]}",
      self->workshop);
  self->question = foyer_json_get_int (made, "id", 0);
  self->option = foyer_json_get_int (
      json_array_get_object_element (foyer_json_get_array (made, "options"), 0), "id", 0);
  g_assert_cmpint (self->option, >, 0);
}

static void
make_lists (ContractWorld *self)
{
  g_autofree char *lists = event_path (self, "checkinlists/");

  self->door = contract_make_id (
      self, lists, "{\"name\": \"Door\", \"all_products\": true, \"limit_products\": []}");
  self->workshop_list = contract_make_id (
      self, lists,
      "{\"name\": \"Workshop\", \"all_products\": false, \"limit_products\": [%" G_GINT64_FORMAT
      "]}",
      self->workshop);
  self->rules_list = contract_make_id (
      self, lists,
      "{\"name\": \"Never\", \"all_products\": true, \"limit_products\": [],"
      " \"rules\": {\"isAfter\": [{\"var\": \"now\"}, {\"buildTime\": [\"custom\","
      " \"2090-01-01T00:00:00Z\"]}, 0]}}");
  self->pending_list = contract_make_id (
      self, lists,
      "{\"name\": \"Unpaid too\", \"all_products\": true, \"limit_products\": [],"
      " \"include_pending\": true, \"allow_multiple_entries\": true}");
  self->addon_list = contract_make_id (
      self, lists,
      "{\"name\": \"With add-ons\", \"all_products\": true, \"limit_products\": [],"
      " \"addon_match\": true}");
}

/* Makes the event, if there is none yet. */
void
contract_world_prepare (ContractWorld *self)
{
  g_autofree char *events = NULL;
  g_autofree char *id = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) event = NULL;

  if (self->event != NULL)
    return;

  id = foyer_uuid_new_v7 (g_get_real_time ());
  /* the end of it is random, the beginning the time */
  self->event = g_strdup_printf ("t%.12s", id + 24);
  events = g_strdup_printf ("/api/v1/organizers/%s/events/", self->organizer);
  body = g_strdup_printf (
      "{\"name\": {\"en\": \"Contract\", \"de\": \"Vertrag\"}, \"slug\": \"%s\", \"currency\": "
      "\"EUR\","
      " \"date_from\": \"2031-05-01T10:00:00+02:00\", \"date_to\": \"2031-05-02T18:00:00+02:00\","
      " \"date_admission\": \"2031-05-01T09:00:00+02:00\", \"timezone\": \"Europe/Berlin\","
      " \"live\": false, \"plugins\": [\"pretix.plugins.manualpayment\","
      " \"pretix.plugins.ticketoutputpdf\"]}",
      self->event);
  event = write_something (self, "POST", events, body);
  make_catalogue (self);
  make_lists (self);
}

void
contract_world_clear (ContractWorld *self)
{
  g_clear_pointer (&self->proxy, contract_proxy_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->organizer, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->token_door, g_free);
  g_clear_pointer (&self->token_read, g_free);
  g_clear_pointer (&self->line, g_free);
  g_clear_pointer (&self->event, g_free);
}

void
contract_ticket_clear (ContractTicket *self)
{
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->secret, g_free);
}

/**
 * contract_sell:
 * @status: `p` or `n`
 * @order_extra: (nullable): more members of the order, after a comma of ours
 * @position_extra: (nullable): more members of its one position
 *
 * Returns: a ticket
 */
ContractTicket
contract_sell (ContractWorld *self,
               gint64 item,
               const char *status,
               const char *order_extra,
               const char *position_extra)
{
  g_autofree char *orders = event_path (self, "orders/");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *position;
  JsonObject *order = contract_make (
      self, &node, orders,
      "{\"email\": \"ada@example.org\", \"locale\": \"en\", \"sales_channel\": \"web\","
      " \"send_email\": false, \"status\": \"%s\"%s, \"fees\": [], \"positions\": [{\"item\":"
      " %" G_GINT64_FORMAT ", \"variation\": null, \"price\": \"10.00\", \"attendee_name_parts\":"
      " {\"_scheme\": \"full\", \"full_name\": \"Ada Example\"}%s%s}]%s%s}",
      status, g_str_equal (status, "p") ? ", \"payment_provider\": \"manual\"" : "", item,
      position_extra != NULL ? ", " : "", position_extra != NULL ? position_extra : "",
      order_extra != NULL ? ", " : "", order_extra != NULL ? order_extra : "");
  ContractTicket ticket;

  position = json_array_get_object_element (foyer_json_get_array (order, "positions"), 0);
  ticket.code = g_strdup (foyer_json_get_string (order, "code"));
  ticket.secret = g_strdup (foyer_json_get_string (position, "secret"));
  ticket.position = foyer_json_get_int (position, "id", 0);
  g_assert_nonnull (ticket.code);
  g_assert_nonnull (ticket.secret);
  return ticket;
}

/* POST orders/{code}/{action}/ */
void
contract_act (ContractWorld *self, const char *code, const char *action, const char *body)
{
  g_autofree char *rest = g_strdup_printf ("orders/%s/%s/", code, action);
  g_autofree char *path = event_path (self, rest);
  g_autoptr (JsonNode) node = write_something (self, "POST", path, body);
}

/**
 * contract_service:
 * @base_url: (nullable): where; %NULL: through the line that can be cut
 * @event: (nullable): slug; %NULL: none chosen
 *
 * Returns: (transfer full): what is tested
 */
FoyerService *
contract_service (ContractWorld *self,
                  const char *base_url,
                  const char *scheme,
                  const char *credential,
                  const char *event,
                  gint64 device_id)
{
  g_autoptr (FoyerConnection) connection = foyer_connection_new ();
  g_autoptr (FoyerHttp) http = NULL;
  g_autoptr (GError) error = NULL;
  FoyerService *service;
  static const char *const languages[] = { "de_DE", "de", NULL };

  connection->name = g_strdup ("contract");
  connection->service = g_strdup ("pretix");
  connection->base_url = g_strdup (base_url != NULL ? base_url : self->line);
  connection->organizer = g_strdup (event != NULL ? self->organizer : NULL);
  connection->event = g_strdup (event);
  connection->auth_scheme = g_strdup (scheme);
  connection->device_id = device_id;
  http = foyer_http_new (connection->name, "pretix", connection->base_url, NULL, "Foyer/test",
                         &error);
  g_assert_no_error (error);
  service = foyer_pretix_service_new (connection, credential, http, &error);
  g_assert_no_error (error);
  foyer_pretix_service_set_languages (FOYER_PRETIX_SERVICE (service), languages);
  return service;
}

FoyerServiceReport *
contract_check (FoyerService *service, GError **error)
{
  Waiting waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  foyer_service_check_async (service, NULL, on_ready, &waiting);
  result = wait_for (&waiting);
  return foyer_service_check_finish (service, result, error);
}

FoyerPage *
contract_pull (FoyerService *service,
               FoyerResource resource,
               const char *cursor,
               const char *watermark,
               GError **error)
{
  Waiting waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerPullRequest) request = foyer_pull_request_new (resource, cursor, watermark);

  foyer_service_pull_async (service, request, NULL, on_ready, &waiting);
  result = wait_for (&waiting);
  return foyer_service_pull_finish (service, result, error);
}

FoyerStepResult *
contract_perform (FoyerService *service, FoyerStep *step, GError **error)
{
  Waiting waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  foyer_service_perform_async (service, step, NULL, on_ready, &waiting);
  result = wait_for (&waiting);
  return foyer_service_perform_finish (service, result, error);
}

/* @found: whether there was an answer and no error */
FoyerStepResult *
contract_lookup (FoyerService *service, FoyerStep *step, gboolean *found, GError **error)
{
  Waiting waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  FoyerStepResult *answer;

  foyer_service_lookup_async (service, step, NULL, on_ready, &waiting);
  result = wait_for (&waiting);
  answer = foyer_service_lookup_finish (service, result, error);
  *found = answer != NULL;
  return answer;
}

FoyerEnrolment *
contract_enroll (FoyerService *service, const char *token, GError **error)
{
  Waiting waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  foyer_service_enroll_async (service, token, NULL, on_ready, &waiting);
  result = wait_for (&waiting);
  return foyer_service_enroll_finish (service, result, error);
}

gboolean
contract_revoke (FoyerService *service, GError **error)
{
  Waiting waiting = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  foyer_service_revoke_async (service, NULL, on_ready, &waiting);
  result = wait_for (&waiting);
  return foyer_service_revoke_finish (service, result, error);
}

/* A scan of one code for one list, with a key of its own. */
FoyerStep *
contract_step (const char *secret, gint64 list, FoyerTime datetime)
{
  FoyerStep *step = foyer_step_new ();
  FoyerScan *scan = foyer_scan_new ();

  step->kind = FOYER_STEP_CHECK_IN;
  step->key = foyer_uuid_new_v7 (g_get_real_time ());
  step->call_log = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_call_unref);
  step->scan = scan;
  scan->secret = g_strdup (secret);
  scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (scan->lists, list);
  scan->datetime = datetime;
  return step;
}

void
contract_add_test (ContractWorld *world, const char *name, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/contract/%s/%s", world->name, name);

  g_test_add_data_func (path, world, func);
}
