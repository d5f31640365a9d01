/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sent for a scan, what is made of strange answers, and what a check makes of strange servers. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "foyer-json.h"
#include "pretix-fixture.h"

static FoyerStep *
step_of (const char *secret)
{
  FoyerStep *step = foyer_step_new ();
  gint64 list = 4;

  step->kind = FOYER_STEP_CHECK_IN;
  step->key = g_strdup ("0192-nonce");
  step->scan = foyer_scan_new ();
  step->scan->secret = g_strdup (secret);
  step->scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (step->scan->lists, list);
  g_assert_true (foyer_time_parse ("2026-05-01T09:00:00.123456Z", NULL, &step->scan->datetime));
  return step;
}

#define INVALID_TICKET                                                                             \
  "{\"detail\": \"Not found.\", \"status\": \"error\", \"reason\": \"invalid\", \"list\": "        \
  "{\"id\": 4}}"

static JsonNode *
sent_body (Fixture *fixture, guint index)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (foyer_fault_server_get_request (fixture->server, index)->body,
                                     &error);

  g_assert_no_error (error);
  return node;
}

static void
test_sent (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (FoyerStep) step = step_of ("a\"b\\c\n ü€");
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerStepResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  const FoyerFaultRequest *request;
  JsonObject *body;

  fixture_init (&fixture, "Device", NULL);
  step->scan->exit = TRUE;
  step->scan->force = TRUE;
  step->scan->ignore_unpaid = TRUE;
  step->scan->answers = g_strdup ("{\"7\": \"x\", \"8\": \"true\"}");
  step->scan->name = g_strdup ("Somebody");
  step->scan->override_reason = g_strdup ("the boss said so");
  fixture_push (&fixture, 404, NULL, INVALID_TICKET);
  result = fixture_perform (&fixture, step, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->reason, ==, "invalid");
  g_assert_cmpint (result->list, ==, 4);

  request = foyer_fault_server_get_request (fixture.server, 0);
  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->target, ==, "/api/v1/organizers/org/checkinrpc/redeem/");
  g_assert_nonnull (strstr (request->head, "Authorization: Device k3y"));
  g_assert_null (strcasestr (request->head, "Idempotency-Key"));
  /* names and reasons are ours, and stay here */
  g_assert_null (strstr (request->body, "Somebody"));
  g_assert_null (strstr (request->body, "boss"));
  node = sent_body (&fixture, 0);
  body = json_node_get_object (node);
  g_assert_cmpstr (foyer_json_get_string (body, "secret"), ==, "a\"b\\c\n ü€");
  g_assert_cmpstr (foyer_json_get_string (body, "nonce"), ==, "0192-nonce");
  g_assert_cmpstr (foyer_json_get_string (body, "type"), ==, "exit");
  g_assert_cmpstr (foyer_json_get_string (body, "datetime"), ==, "2026-05-01T09:00:00.123456Z");
  g_assert_true (foyer_json_get_boolean (body, "force", FALSE));
  g_assert_true (foyer_json_get_boolean (body, "ignore_unpaid", FALSE));
  g_assert_true (foyer_json_get_boolean (body, "questions_supported", FALSE));
  g_assert_false (foyer_json_get_boolean (body, "simulate", FALSE));
  g_assert_cmpuint (json_array_get_length (foyer_json_get_array (body, "lists")), ==, 1);
  g_assert_cmpint (json_array_get_int_element (foyer_json_get_array (body, "lists"), 0), ==, 4);
  g_assert_cmpstr (foyer_json_get_string (foyer_json_get_object (body, "answers"), "7"), ==, "x");
}

/* The list that decided at the desk is the one that is told. */
static void
test_decided_list (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (FoyerStep) step = step_of ("code");
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerStepResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  gint64 another = 5;

  fixture_init (&fixture, "Token", NULL);
  g_array_append_val (step->scan->lists, another);
  step->scan->list = 5;
  fixture_push (&fixture, 404, NULL, INVALID_TICKET);
  result = fixture_perform (&fixture, step, &error);
  g_assert_no_error (error);
  node = sent_body (&fixture, 0);
  g_assert_cmpint (
      json_array_get_int_element (foyer_json_get_array (json_node_get_object (node), "lists"), 0),
      ==, 5);
}

static void
test_bad_answers (void)
{
  static const struct
  {
    int status;
    const char *headers;
    const char *body;
    FoyerError code;
    FoyerOutcome outcome;
  } cases[] = {
    { 500, NULL, "<html>oops</html>", FOYER_ERROR_SERVER, FOYER_OUTCOME_UNKNOWN },
    { 502, NULL, "<html>oops</html>", FOYER_ERROR_SERVER, FOYER_OUTCOME_UNKNOWN },
    { 503, NULL, "{}", FOYER_ERROR_SERVER, FOYER_OUTCOME_UNKNOWN },
    { 409, "Retry-After: 5\r\n", "{\"detail\": \"busy\"}", FOYER_ERROR_RATE_LIMITED,
      FOYER_OUTCOME_ANSWERED },
    { 429, "Retry-After: 5\r\n", "{\"detail\": \"slow\"}", FOYER_ERROR_RATE_LIMITED,
      FOYER_OUTCOME_ANSWERED },
    { 401, NULL, "{\"detail\": \"no\"}", FOYER_ERROR_UNAUTHORIZED, FOYER_OUTCOME_ANSWERED },
    { 403, NULL, "{\"detail\": \"no\"}", FOYER_ERROR_FORBIDDEN, FOYER_OUTCOME_ANSWERED },
    { 404, NULL, "<html>no</html>", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_ANSWERED },
    { 400, NULL, "<html>bad request</html>", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_ANSWERED },
    { 400, NULL, "{\"status\": \"error\", \"rea", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN },
    { 404, NULL, "{\"detail\": \"no\"}", FOYER_ERROR_NOT_FOUND, FOYER_OUTCOME_ANSWERED },
    { 400, NULL, "{\"answers\": [\"no\"]}", FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED },
    { 400, NULL, "[\"no\"]", FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED },
    { 400, NULL, "{\"status\": \"incomplete\"}", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_ANSWERED },
    { 415, NULL, "{\"detail\": \"no\"}", FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED },
    { 200, NULL, "<html>log in</html>", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN },
    { 201, NULL, "{}", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN },
    { 201, NULL, "[]", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN },
    { 201, NULL, "{\"status\": \"ok", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN },
    { 201, NULL, "{\"status\": \"ok\", \"list\": {\"id\": 9223372036854775808}}",
      FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN },
    { 200, NULL, "{\"status\": \"ok\"}", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (FoyerStep) step = step_of ("code");
      g_autoptr (GError) error = NULL;

      fixture_init (&fixture, "Token", NULL);
      fixture_push (&fixture, cases[i].status, cases[i].headers, cases[i].body);
      g_test_message ("%d %s", cases[i].status, cases[i].body);
      g_assert_null (fixture_perform (&fixture, step, &error));
      g_assert_error (error, FOYER_ERROR, cases[i].code);
      g_assert_cmpint (foyer_error_get_outcome (error), ==, cases[i].outcome);
      g_assert_cmpuint (foyer_fault_server_count_requests (fixture.server), ==, 1);
      if (cases[i].headers != NULL)
        g_assert_cmpint (foyer_error_get_retry_after (error), ==, 5 * FOYER_SECOND);
    }
}

/* A deleted list, or a key that was shut out: the first answer does not tell. */
static void
test_unseen_list (void)
{
  static const struct
  {
    int status;
    const char *body;
    FoyerError code;
  } cases[] = {
    { 400, "{\"error_reason\": [\"This field is required.\"]}", FOYER_ERROR_INVALID },
    { 403, "{\"detail\": \"no\"}", FOYER_ERROR_FORBIDDEN },
    { 401, "{\"detail\": \"no\"}", FOYER_ERROR_UNAUTHORIZED },
    { 500, "<html>oops</html>", FOYER_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (FoyerStep) step = step_of ("code");
      g_autoptr (GError) error = NULL;

      fixture_init (&fixture, "Token", NULL);
      fixture_push (&fixture, 400, NULL, "{\"lists\": [\"Invalid pk - object does not exist.\"]}");
      fixture_push (&fixture, cases[i].status, NULL, cases[i].body);
      g_assert_null (fixture_perform (&fixture, step, &error));
      g_assert_error (error, FOYER_ERROR, cases[i].code);
      g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_ANSWERED);
      g_assert_cmpuint (foyer_fault_server_count_requests (fixture.server), ==, 2);
    }
}

/* A lookup that could not look says so: "it did not happen" must be an answer. */
static void
test_bad_lookups (void)
{
  static const struct
  {
    gboolean knows_order;
    int status;
    const char *body;
    FoyerError code;
  } cases[] = {
    { FALSE, 500, "<html>oops</html>", FOYER_ERROR_SERVER },
    { FALSE, 403, "{\"detail\": \"no\"}", FOYER_ERROR_FORBIDDEN },
    { FALSE, 400, "{\"lists\": [\"no\"]}", FOYER_ERROR_INVALID },
    { FALSE, 200, "{}", FOYER_ERROR_PROTOCOL },
    { TRUE, 404, "<html>oops</html>", FOYER_ERROR_PROTOCOL },
    { TRUE, 401, "{\"detail\": \"no\"}", FOYER_ERROR_UNAUTHORIZED },
    { TRUE, 200, "{}", FOYER_ERROR_PROTOCOL },
    { TRUE, 200, "{\"results\": [{\"code\": \"ABCDE\"}]}", FOYER_ERROR_PROTOCOL },
    { TRUE, 200, "{\"results\": [{\"code\": \"AB\\u0000\"}]}", FOYER_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (FoyerStep) step = step_of ("code");
      g_autoptr (GError) error = NULL;

      fixture_init (&fixture, "Token", NULL);
      if (cases[i].knows_order)
        step->scan->order = g_strdup ("ABCDE");
      fixture_push (&fixture, cases[i].status, NULL, cases[i].body);
      g_test_message ("%d %s", cases[i].status, cases[i].body);
      g_assert_null (fixture_lookup (&fixture, step, &error));
      g_assert_error (error, FOYER_ERROR, cases[i].code);
    }
}

/* Looking stores nothing, and no rule or broken explanation keeps it from seeing. */
static void
test_lookup_sent (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (FoyerStep) step = step_of ("code");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *body;

  fixture_init (&fixture, "Token", NULL);
  step->scan->answers = g_strdup ("{\"7\": \"x\"}");
  fixture_push (&fixture, 404, NULL, INVALID_TICKET);
  g_assert_null (fixture_lookup (&fixture, step, &error));
  g_assert_no_error (error);
  node = sent_body (&fixture, 0);
  body = json_node_get_object (node);
  g_assert_true (foyer_json_get_boolean (body, "simulate", FALSE));
  g_assert_true (foyer_json_get_boolean (body, "force", FALSE));
  g_assert_false (json_object_has_member (body, "nonce"));
  g_assert_false (json_object_has_member (body, "answers"));
}

#define OLD "{\"pretix\": \"2024.1.0\", \"pretix_numeric\": 20240010005000}"
#define DEVICE(profile)                                                                            \
  "{\"device\": {\"device_id\": 3, \"name\": \"Desk\", \"organizer\": \"org\", \"gate\": "         \
  "{\"id\": 8,"                                                                                    \
  " \"name\": \"North\"}, \"security_profile\": \"" profile "\"}, \"server\": {\"version\": " OLD  \
  "}}"

static void
test_check_old (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerServiceReport) report = NULL;

  fixture_init (&fixture, "Token", NULL);
  fixture_push (&fixture, 200, NULL, "{\"organizers\": \"http://x/\"}");
  fixture_push (&fixture, 200, NULL, OLD);
  fixture_push (&fixture, 200, NULL, "{\"slug\": \"ev\"}");
  fixture_push (&fixture, 200, NULL, "{\"results\": []}");
  fixture_push (&fixture, 403, NULL, "{\"detail\": \"no\"}");
  fixture_push (&fixture, 400, NULL, "{\"positions\": []}");
  report = fixture_check (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report->version, ==, "2024.1.0");
  g_assert_false (report->version_supported);
  g_assert_cmpuint (report->permissions, ==,
                    FOYER_PERMISSION_READ_ORDERS | FOYER_PERMISSION_WRITE_ORDERS);
  g_assert_cmpstr (foyer_fault_server_get_request (fixture.server, 4)->body, ==, "{}");
}

/* A profile that a plugin has added is tried out. */
static void
test_check_strange_profile (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerServiceReport) report = NULL;

  fixture_init (&fixture, "Device", NULL);
  fixture_push (&fixture, 200, NULL, DEVICE ("from_a_plugin"));
  fixture_push (&fixture, 200, NULL, "{\"slug\": \"ev\"}");
  fixture_push (&fixture, 403, NULL, "{\"detail\": \"no\"}");
  fixture_push (&fixture, 400, NULL, "{\"raw_barcode\": []}");
  fixture_push (&fixture, 403, NULL, "{\"detail\": \"no\"}");
  report = fixture_check (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->permissions, ==, FOYER_PERMISSION_CHECK_IN);
  g_assert_true (report->permissions_known);
  g_assert_cmpint (report->gate, ==, 8);
  g_assert_cmpstr (report->gate_name, ==, "North");
}

static void
test_check_known_profile (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerServiceReport) report = NULL;

  fixture_init (&fixture, "Device", NULL);
  fixture_push (&fixture, 200, NULL, DEVICE ("pretixscan"));
  fixture_push (&fixture, 200, NULL, "{\"slug\": \"ev\"}");
  report = fixture_check (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->permissions, ==,
                    FOYER_PERMISSION_READ_ORDERS | FOYER_PERMISSION_CHECK_IN);
  g_assert_cmpuint (foyer_fault_server_count_requests (fixture.server), ==, 2);
}

static void
test_check_troubled (void)
{
  static const struct
  {
    int status;
    const char *headers;
    const char *body;
    FoyerError code;
    const char *says;
  } cases[] = {
    { 503, NULL, "<html>maintenance</html>", FOYER_ERROR_SERVER, NULL },
    { 429, "Retry-After: 9\r\n", "{}", FOYER_ERROR_RATE_LIMITED, NULL },
    { 301, "Location: https://tickets.example.org/api/v1/\r\n", "{}", FOYER_ERROR_PROTOCOL,
      "tickets.example.org" },
    { 401, "WWW-Authenticate: Basic\r\n", "{\"message\": \"x\"}", FOYER_ERROR_PROTOCOL,
      "There is no pretix" },
  };
  static const char *const schemes[] = { "Token", "Device" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (GError) error = NULL;

      fixture_init (&fixture, schemes[i % 2], NULL);
      fixture_push (&fixture, cases[i / 2].status, cases[i / 2].headers, cases[i / 2].body);
      g_assert_null (fixture_check (&fixture, &error));
      g_test_message ("%d: %s", cases[i / 2].status, error->message);
      g_assert_error (error, FOYER_ERROR, cases[i / 2].code);
      if (cases[i / 2].says != NULL)
        g_assert_nonnull (strstr (error->message, cases[i / 2].says));
    }
}

static void
test_enroll_troubled (void)
{
  static const struct
  {
    int status;
    const char *body;
    FoyerError code;
    FoyerOutcome outcome;
    const char *says;
  } cases[] = {
    { 200, "{\"device_id\": 1}", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN, "used up" },
    { 200, "[]", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN, "used up" },
    { 500, "<html>oops</html>", FOYER_ERROR_SERVER, FOYER_OUTCOME_UNKNOWN, "used up" },
    { 404, "<html>no</html>", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_ANSWERED, "There is no pretix" },
    { 404, "{\"a\": 1}", FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_ANSWERED, "There is no pretix" },
    { 400, "{\"token\": [\"Used.\\nTwice\"]}", FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED,
      "Used." },
    { 400, "{}", FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED, "does not take" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (GError) error = NULL;

      fixture_init (&fixture, "Device", NULL);
      fixture_push (&fixture, cases[i].status, NULL, cases[i].body);
      g_assert_null (fixture_enroll (&fixture, "abc", &error));
      g_test_message ("%d: %s", cases[i].status, error->message);
      g_assert_error (error, FOYER_ERROR, cases[i].code);
      g_assert_cmpint (foyer_error_get_outcome (error), ==, cases[i].outcome);
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_null (strchr (error->message, '\n'));
    }
}

/* What a device is told of this computer: its make, never its name. */
static void
test_enroll_sent (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerEnrolment) enrolment = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *body;

  fixture_init (&fixture, "Device", NULL);
  fixture_push (&fixture, 200, NULL,
                "{\"device_id\": 1, \"api_token\": \"abcdef\", \"name\": \"A\"}");
  enrolment = fixture_enroll (&fixture, " abc ", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (enrolment->credential, ==, "abcdef");
  g_assert_cmpstr (fixture_get_target (&fixture, 0), ==, "/api/v1/device/initialize");
  node = sent_body (&fixture, 0);
  body = json_node_get_object (node);
  g_assert_cmpstr (foyer_json_get_string (body, "token"), ==, "abc");
  g_assert_cmpstr (foyer_json_get_string (body, "software_brand"), ==, "Foyer");
  g_assert_nonnull (foyer_json_get_string (body, "hardware_brand"));
  g_assert_cmpuint (json_object_get_size (body), ==, 7);
  names = json_object_get_members (body);
  for (const GList *l = names; l != NULL; l = l->next)
    g_assert_cmpstr (foyer_json_get_string (body, l->data), !=, g_get_host_name ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pretix/step/sent", test_sent);
  g_test_add_func ("/pretix/step/decided-list", test_decided_list);
  g_test_add_func ("/pretix/step/bad-answers", test_bad_answers);
  g_test_add_func ("/pretix/step/unseen-list", test_unseen_list);
  g_test_add_func ("/pretix/step/bad-lookups", test_bad_lookups);
  g_test_add_func ("/pretix/step/lookup-sent", test_lookup_sent);
  g_test_add_func ("/pretix/check/old", test_check_old);
  g_test_add_func ("/pretix/check/strange-profile", test_check_strange_profile);
  g_test_add_func ("/pretix/check/known-profile", test_check_known_profile);
  g_test_add_func ("/pretix/check/troubled", test_check_troubled);
  g_test_add_func ("/pretix/enroll/troubled", test_enroll_troubled);
  g_test_add_func ("/pretix/enroll/sent", test_enroll_sent);
  return g_test_run ();
}
