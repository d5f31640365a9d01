/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every recorded scan of a real service (fixtures/pretix-admission-cases.json), made over the wire: the
 * sandbox has to answer and to store the same. */
#define G_LOG_DOMAIN "foyer-tests"

#include <math.h>
#include <string.h>

#include "foyer-json.h"
#include "sandbox-client.h"

/* What is not played, and why. */
static const struct
{
  const char *name;
  const char *why;
} left_out[] = {
  { "secret: with a NUL", "the JSON library cannot carry it; test-world sends it by hand" },
  { "explanation in the event's language", "the sandbox speaks English only" },
};

static const char *
get_excuse (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (left_out); i++)
    if (g_str_equal (left_out[i].name, name))
      return left_out[i].why;
  return NULL;
}

static JsonObject *
load_file (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures",
                                                 "pretix-admission-cases.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static char *
to_text (JsonNode *node)
{
  return node != NULL ? json_to_string (node, FALSE) : g_strdup ("(none)");
}

typedef struct
{
  const char *name;
  guint step;
  guint wrong;
} Check;

static void
expect (Check *check, const char *what, JsonNode *expected, JsonNode *found)
{
  g_autofree char *left = to_text (expected);
  g_autofree char *right = to_text (found);

  if (g_str_equal (left, right) || (JSON_NODE_HOLDS_NULL (expected) && found == NULL))
    return;
  check->wrong++;
  g_test_message ("%s, step %u: %s: expected %s, found %s", check->name, check->step, what, left,
                  right);
}

static JsonNode *
get_id_of (JsonObject *answer, const char *field)
{
  JsonObject *object = foyer_json_get_object (answer, field);

  return object != NULL ? json_object_get_member (object, "id") : NULL;
}

/* The ids of the questions, as the file lists them. */
static JsonNode *
get_question_ids (JsonObject *answer)
{
  JsonArray *questions = foyer_json_get_array (answer, "questions");
  JsonArray *ids = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; questions != NULL && i < json_array_get_length (questions); i++)
    json_array_add_int_element (
        ids, foyer_json_get_int (json_array_get_object_element (questions, i), "id", 0));
  json_node_take_array (node, ids);
  return node;
}

static void
check_answer (Check *check, JsonObject *expected, Answer *found)
{
  static const char *const pairs[][2] = { { "status", "status" },
                                          { "reason", "reason" },
                                          { "explanation", "reason_explanation" },
                                          { "attention", "require_attention" },
                                          { "texts", "checkin_texts" },
                                          { "media_policy", "media_policy" },
                                          { "media_type", "media_type" } };
  JsonObject *object;

  if (json_object_has_member (expected, "body"))
    {
      expect (check, "body", json_object_get_member (expected, "body"), found->json);
      return;
    }
  if (!json_object_has_member (expected, "status"))
    return;
  object = answer_object (found);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (json_object_has_member (expected, pairs[i][0])
        && !(i == 2 && foyer_json_get_boolean (expected, "explanation_varies", FALSE)))
      expect (check, pairs[i][0], json_object_get_member (expected, pairs[i][0]),
              json_object_get_member (object, pairs[i][1]));
  expect (check, "list", json_object_get_member (expected, "list"), get_id_of (object, "list"));
  expect (check, "position", json_object_get_member (expected, "position"),
          get_id_of (object, "position"));
  if (json_object_has_member (expected, "questions"))
    {
      g_autoptr (JsonNode) ids = get_question_ids (object);

      expect (check, "questions", json_object_get_member (expected, "questions"), ids);
    }
}

static void
check_recorded (Check *check, FoyerSandbox *sandbox, JsonObject *expected, guint *n_rows)
{
  g_autoptr (Answer) log = ask (sandbox, NULL, "GET", "/sandbox/checkins", NULL);
  JsonArray *rows = json_node_get_array (log->json);
  guint n = json_array_get_length (rows);
  JsonObject *wanted = foyer_json_get_object (expected, "recorded");
  JsonObject *newest = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (n != *n_rows + (wanted != NULL ? 1 : 0))
    {
      check->wrong++;
      g_test_message ("%s, step %u: %u rows stored instead of %u", check->name, check->step,
                      n - *n_rows, wanted != NULL ? 1 : 0);
    }
  *n_rows = n;
  if (wanted == NULL)
    return;
  for (guint i = 0; i < n; i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (newest == NULL
          || foyer_json_get_int (row, "id", 0) > foyer_json_get_int (newest, "id", 0))
        newest = row;
    }
  if (newest == NULL)
    return;
  json_object_iter_init_ordered (&iter, wanted);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!g_str_equal (name, "error_explanation")
        || !foyer_json_get_boolean (expected, "explanation_varies", FALSE))
      expect (check, name, node, json_object_get_member (newest, name));
}

static void
check_stored_answers (Check *check, FoyerSandbox *sandbox, JsonObject *expected)
{
  gint64 position = foyer_json_get_int (expected, "position", 0);
  g_autofree char *address = NULL;
  g_autoptr (Answer) found = NULL;

  if (!json_object_has_member (expected, "answers_stored") || position == 0)
    return;
  address = g_strdup_printf ("/api/v1/organizers/demo/events/quiz/orderpositions/%" G_GINT64_FORMAT
                             "/?include_canceled_positions=true",
                             position);
  found = ask (sandbox, NULL, "GET", address, NULL);
  expect (check, "answers_stored", json_object_get_member (expected, "answers_stored"),
          json_object_get_member (answer_object (found), "answers"));
}

static char *
get_address (JsonObject *admission_case, JsonObject *step, JsonObject *scan)
{
  const char *endpoint = foyer_json_get_string (step, "endpoint");
  JsonObject *list = json_array_get_object_element (foyer_json_get_array (admission_case, "lists"),
                                                    0);
  g_autofree char *secret = NULL;

  if (endpoint == NULL)
    return g_strdup ("/api/v1/organizers/demo/checkinrpc/redeem/");
  secret = g_uri_escape_string (foyer_json_get_string (scan, "secret"), NULL, FALSE);
  return g_strdup_printf (
      "/api/v1/organizers/demo/events/%s/checkinlists/%" G_GINT64_FORMAT "/positions/%s/redeem/%s",
      foyer_json_get_string (list, "event"),
      foyer_json_get_int (foyer_json_get_object (list, "object"), "id", 0), secret,
      g_str_equal (endpoint, "legacy-untrusted") ? "?untrusted_input=1" : "");
}

static void
play (FoyerSandbox *sandbox, JsonObject *admission_case, Check *check)
{
  JsonArray *steps = foyer_json_get_array (admission_case, "steps");
  guint n_rows = 0;
  g_autoptr (Answer) before = ask (sandbox, NULL, "GET", "/sandbox/checkins", NULL);

  n_rows = json_array_get_length (json_node_get_array (before->json));
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);
      JsonObject *scan = foyer_json_get_object (step, "scan");
      JsonObject *expected = foyer_json_get_object (step, "expected");
      const char *by = foyer_json_get_string (step, "by");
      g_autofree char *body = to_text (json_object_get_member (step, "scan"));
      g_autofree char *address = get_address (admission_case, step, scan);
      g_autofree char *device = g_str_equal (by, "team") ? NULL
                                                         : g_strconcat ("Device case-", by, NULL);
      g_autoptr (Answer) found = ask (sandbox, device, "POST", address, body);

      check->step = i + 1;
      if (found->status != foyer_json_get_int (expected, "http", 0))
        {
          check->wrong++;
          g_test_message ("%s, step %u: HTTP %u instead of %d: %s", check->name, i + 1,
                          found->status, (int)foyer_json_get_int (expected, "http", 0),
                          found->text);
          continue;
        }
      check_answer (check, expected, found);
      check_recorded (check, sandbox, expected, &n_rows);
      check_stored_answers (check, sandbox, expected);
    }
}

/* The file is read once: a megabyte of JSON takes its time under a sanitizer. */
typedef struct
{
  const char *name;
  JsonObject *file;
} Group;

static void
test_group (gconstpointer data)
{
  const char *group = ((const Group *)data)->name;
  JsonObject *file = ((const Group *)data)->file;
  JsonArray *cases = foyer_json_get_array (file, "cases");
  g_autoptr (FoyerSandbox) sandbox = foyer_sandbox_new (0, 1);
  g_autoptr (GError) error = NULL;
  guint wrong = 0;
  guint played = 0;

  foyer_sandbox_start (sandbox, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *one = json_array_get_object_element (cases, i);
      Check check = { foyer_json_get_string (one, "name"), 0, 0 };
      const char *excuse = get_excuse (check.name);

      if (g_strcmp0 (foyer_json_get_string (one, "group"), group) != 0)
        continue;
      if (excuse != NULL)
        {
          g_test_message ("left out: %s: %s", check.name, excuse);
          continue;
        }
      foyer_sandbox_load_case (sandbox, file, one, &error);
      g_assert_no_error (error);
      play (sandbox, one, &check);
      wrong += check.wrong;
      played++;
    }
  g_test_message ("%s: %u cases played", group, played);
  g_assert_cmpuint (played, >, 0);
  if (wrong > 0)
    g_test_fail_printf ("%s: %u differences", group, wrong);
}

int
main (int argc, char *argv[])
{
  static const char *const groups[] = { "plain",    "single",   "pair",    "force",     "exit",
                                        "simulate", "validity", "payment", "re-entry",  "nonce",
                                        "date",     "list",     "lists",   "addon",     "revoked",
                                        "signed",   "secret",   "rules",   "questions", "medium",
                                        "language", "legacy" };

  Group data[G_N_ELEMENTS (groups)];
  g_autoptr (JsonObject) file = NULL;

  g_test_init (&argc, &argv, NULL);
  file = load_file ();
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/cases/", groups[i], NULL);

      data[i] = (Group){ groups[i], file };
      g_test_add_data_func (path, &data[i], test_group);
    }
  return g_test_run ();
}
