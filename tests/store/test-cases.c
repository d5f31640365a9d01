/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every recorded door scan (fixtures/pretix-admission-cases.json) the way a desk that is on its own goes: read by
 * the driver's mappers, kept in the real store, decided and recorded in a transaction of the journal, what
 * waits laid over what came. What it must say stands in the file's offline column. */

#define G_LOG_DOMAIN "foyer-test"

#include <string.h>

#include "foyer-decision.h"
#include "foyer-json.h"
#include "foyer-pretix-mapper-event.h"
#include "foyer-pretix-mapper-item.h"
#include "foyer-pretix-mapper-list.h"
#include "foyer-pretix-mapper-order.h"
#include "foyer-pretix-mapper-question.h"
#include "foyer-secret-mark.h"
#include "foyer-sodium-signatures.h"
#include "foyer-uuid.h"
#include "store-fixture.h"

/* Python's times without a zone are in the server's default zone, which was this one. */
#define SERVER_ZONE "Europe/Berlin"

/* Every group of the file, and how many of its scans are decided here. A group that is not named fails. What is left
 * out is about the wire: the form of the request, repeating it, the older address, a medium given in exchange. */
static const struct
{
  const char *group;
  guint steps;
  guint played;
} groups[] = {
  { "addon", 26, 26 },  { "date", 6, 5 },          { "exit", 13, 13 },     { "force", 20, 20 },
  { "language", 2, 2 }, { "legacy", 8, 0 },        { "list", 14, 11 },     { "lists", 6, 6 },
  { "medium", 29, 21 }, { "nonce", 24, 0 },        { "pair", 75, 75 },     { "payment", 18, 18 },
  { "plain", 16, 16 },  { "questions", 137, 137 }, { "re-entry", 51, 51 }, { "revoked", 10, 10 },
  { "rules", 30, 30 },  { "secret", 34, 34 },      { "signed", 22, 22 },   { "simulate", 7, 7 },
  { "single", 13, 13 }, { "validity", 15, 15 },
};

typedef struct
{
  Fixture *fixture;
  JsonObject *file;
  FoyerSignatures *signatures;
  FoyerPretixReader *reader;
  guint number; /* of the case: part of its connections' names */
  guint steps[G_N_ELEMENTS (groups)];
  guint played[G_N_ELEMENTS (groups)];
  guint said; /* scans of media that the desk said it cannot decide */
} Play;

typedef gpointer (*Map) (JsonNode *node, FoyerPretixReader *reader, GError **error);

static char *
name_connection (const Play *play, const char *slug)
{
  return g_strdup_printf ("%s-%u", slug, play->number);
}

static void
map_into (Play *play, GPtrArray *records, JsonNode *node, Map map)
{
  g_autoptr (GError) error = NULL;
  gpointer record = map (node, play->reader, &error);

  g_assert_no_error (error);
  g_ptr_array_add (records, record);
}

static void
ingest (Play *play, const char *connection, FoyerResource resource, GPtrArray *records)
{
  fixture_ingest_all (play->fixture->mirror, connection, resource, records);
}

static void
ingest_array (Play *play,
              const char *connection,
              FoyerResource resource,
              JsonArray *array,
              Map map,
              gpointer unref)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)unref);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    map_into (play, records, json_array_get_element (array, i), map);
  ingest (play, connection, resource, records);
}

/* Things of a case stand beside the name of their event. */
static void
ingest_of_event (Play *play,
                 const char *connection,
                 const char *slug,
                 FoyerResource resource,
                 JsonArray *array,
                 gboolean wrapped,
                 Map map,
                 gpointer unref)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)unref);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *item = json_array_get_object_element (array, i);

      if (g_strcmp0 (foyer_json_get_string (item, "event"), slug) == 0)
        map_into (play, records,
                  wrapped ? json_object_get_member (item, "object")
                          : json_array_get_element (array, i),
                  map);
    }
  ingest (play, connection, resource, records);
}

static void
ingest_revoked (Play *play, const char *connection, JsonArray *codes)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_secret_mark_unref);

  for (guint i = 0; codes != NULL && i < json_array_get_length (codes); i++)
    {
      FoyerSecretMark *mark = foyer_secret_mark_new ();

      mark->id = i + 1;
      mark->secret = g_strdup (json_array_get_string_element (codes, i));
      g_ptr_array_add (records, mark);
    }
  ingest (play, connection, FOYER_RESOURCE_REVOKED, records);
}

static void
ingest_world (Play *play, JsonObject *object, const char *slug)
{
  g_autofree char *connection = name_connection (play, slug);
  JsonObject *world = foyer_json_get_object (foyer_json_get_object (play->file, "worlds"), slug);
  g_autoptr (GPtrArray) event = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_event_unref);

  map_into (play, event, json_object_get_member (world, "event"), (Map)foyer_pretix_map_event);
  ingest (play, connection, FOYER_RESOURCE_EVENT, event);
  ingest_array (play, connection, FOYER_RESOURCE_SUBEVENTS,
                foyer_json_get_array (world, "subevents"), (Map)foyer_pretix_map_subevent,
                foyer_subevent_unref);
  ingest_array (play, connection, FOYER_RESOURCE_PRODUCTS, foyer_json_get_array (world, "items"),
                (Map)foyer_pretix_map_item, foyer_product_unref);
  ingest_array (play, connection, FOYER_RESOURCE_QUESTIONS,
                foyer_json_get_array (world, "questions"), (Map)foyer_pretix_map_question,
                foyer_question_unref);
  ingest_of_event (play, connection, slug, FOYER_RESOURCE_LISTS,
                   foyer_json_get_array (object, "lists"), TRUE, (Map)foyer_pretix_map_list,
                   foyer_check_in_list_unref);
  ingest_revoked (play, connection, foyer_json_get_array (object, "revokedsecrets"));
  ingest_of_event (play, connection, slug, FOYER_RESOURCE_ORDERS,
                   foyer_json_get_array (object, "orders"), FALSE, (Map)foyer_pretix_map_order,
                   foyer_order_unref);
}

static gboolean
put_connection (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  return foyer_transaction_put_connection (transaction, data, error);
}

/* The gate is the device's, and the device scans. */
static void
stand_at_gate (Play *play, const char *name, JsonObject *step)
{
  g_autoptr (FoyerConnection) connection = foyer_connection_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *device = foyer_json_get_object (foyer_json_get_object (play->file, "devices"),
                                              foyer_json_get_string (step, "by"));

  connection->name = g_strdup (name);
  connection->service = g_strdup ("pretix");
  connection->gate = device != NULL ? foyer_json_get_int (device, "gate", 0) : 0;
  g_assert_true (
      fixture_transact (play->fixture->journal, TRUE, put_connection, connection, NULL, &error));
  g_assert_no_error (error);
}

static FoyerScan *
read_scan (JsonObject *step)
{
  JsonObject *object = foyer_json_get_object (step, "scan");
  g_autoptr (FoyerScan) scan = foyer_scan_new ();
  g_autoptr (GTimeZone) zone = foyer_time_zone_new (SERVER_ZONE);
  const char *secret = foyer_json_get_string (object, "secret");

  scan->secret = g_strdup (secret != NULL ? secret : "");
  g_clear_pointer (&scan->lists, g_array_unref);
  scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  scan->exit = g_strcmp0 (foyer_json_get_string (object, "type"), "exit") == 0;
  scan->ignore_unpaid = foyer_json_get_boolean (object, "ignore_unpaid", FALSE);
  if (json_object_has_member (object, "answers"))
    scan->answers = json_to_string (json_object_get_member (object, "answers"), FALSE);
  return foyer_time_parse (foyer_json_get_string (object, "datetime"), zone, &scan->datetime)
             ? g_steal_pointer (&scan)
             : NULL;
}

static const char *
event_of_list (JsonObject *object, gint64 list)
{
  JsonArray *lists = foyer_json_get_array (object, "lists");

  for (guint i = 0; i < json_array_get_length (lists); i++)
    {
      JsonObject *item = json_array_get_object_element (lists, i);

      if (foyer_json_get_int (foyer_json_get_object (item, "object"), "id", 0) == list)
        return foyer_json_get_string (item, "event");
    }
  return NULL;
}

typedef struct
{
  FoyerDecisionRequest *request;
  FoyerDecision *decision;
} Rehearsal;

/* Decides, and leaves nothing behind. */
static gboolean
rehearse (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  Rehearsal *rehearsal = data;
  gpointer decision = NULL;

  if (foyer_decision_make (transaction, rehearsal->request, &decision, error))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "only a rehearsal");
  rehearsal->decision = decision;
  return FALSE;
}

static FoyerDecision *
decide_at (Play *play, JsonObject *object, JsonObject *step, gint64 list)
{
  g_autoptr (FoyerDecisionRequest) request = g_new0 (FoyerDecisionRequest, 1);
  g_autoptr (GError) error = NULL;
  gpointer decision = NULL;

  request->scan = read_scan (step);
  g_array_append_val (request->scan->lists, list);
  request->signatures = g_object_ref (play->signatures);
  request->connection = name_connection (play, event_of_list (object, list));
  request->id = foyer_uuid_new_v7 (AT (0));
  request->key = g_uuid_string_random ();
  request->created = AT (0);
  stand_at_gate (play, request->connection, step);
  if (foyer_json_get_boolean (foyer_json_get_object (step, "scan"), "simulate", FALSE))
    {
      Rehearsal rehearsal = { request, NULL };

      g_assert_false (
          fixture_transact (play->fixture->journal, TRUE, rehearse, &rehearsal, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      return rehearsal.decision;
    }
  g_assert_true (fixture_transact (play->fixture->journal, TRUE, foyer_decision_make, request,
                                   &decision, &error));
  g_assert_no_error (error);
  return decision;
}

/* Lists of two events: the first that knows the code decides; if none does, the first one says so. */
static FoyerDecision *
decide (Play *play, JsonObject *object, JsonObject *step)
{
  JsonArray *lists = foyer_json_get_array (foyer_json_get_object (step, "scan"), "lists");
  g_autoptr (FoyerDecision) first = NULL;

  for (guint i = 0; i < json_array_get_length (lists); i++)
    {
      g_autoptr (FoyerDecision) decision = decide_at (play, object, step,
                                                      json_array_get_int_element (lists, i));

      if (decision->admission->candidate != NULL)
        return g_steal_pointer (&decision);
      if (first == NULL)
        first = g_steal_pointer (&decision);
    }
  return g_steal_pointer (&first);
}

static const char *
result_name (const FoyerAdmission *admission)
{
  switch (admission->result)
    {
    case FOYER_ADMISSION_ADMITTED:
      return "admitted";
    case FOYER_ADMISSION_REFUSED:
      return "refused";
    case FOYER_ADMISSION_QUESTIONS:
      return "questions";
    }
  g_return_val_if_reached (NULL);
}

static char *
describe_questions (const FoyerAdmission *admission)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; admission->questions != NULL && i < admission->questions->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ",
                            ((FoyerQuestion *)g_ptr_array_index (admission->questions, i))->id);
  return g_string_free (text, FALSE);
}

static char *
describe_expected_questions (JsonObject *decision)
{
  JsonArray *ids = foyer_json_get_array (decision, "questions");
  GString *text = g_string_new (NULL);

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", json_array_get_int_element (ids, i));
  return g_string_free (text, FALSE);
}

static char *
describe_texts (JsonObject *expected)
{
  JsonArray *texts = foyer_json_get_array (expected, "texts");
  GString *text = g_string_new (NULL);

  for (guint i = 0; texts != NULL && i < json_array_get_length (texts); i++)
    g_string_append_printf (text, "%s | ", json_array_get_string_element (texts, i));
  return g_string_free (text, FALSE);
}

static void
compare (const char *what, const char *name, const char *expected, const char *seen)
{
  if (g_strcmp0 (expected, seen) == 0)
    return;

  g_test_message ("%s: %s is %s, not %s", name, what, seen, expected);
  g_test_fail ();
}

static void
compare_ticket (const char *name, JsonObject *expected, const FoyerAdmission *admission)
{
  g_autofree char *texts = describe_texts (expected);
  g_autoptr (GString) seen = g_string_new (NULL);

  for (char **text = admission->texts; text != NULL && *text != NULL; text++)
    g_string_append_printf (seen, "%s | ", *text);
  compare ("texts", name, texts, seen->str);
  compare ("attention", name, foyer_json_get_boolean (expected, "attention", FALSE) ? "yes" : "no",
           admission->attention ? "yes" : "no");
  if (foyer_json_get_int (expected, "position", 0) != 0)
    g_assert_cmpint (admission->candidate->attendee->id, ==,
                     foyer_json_get_int (expected, "position", 0));
}

static gboolean
is_about_the_wire (const char *group, JsonObject *step)
{
  static const char *const wire[] = { "nonce", "legacy", NULL };
  JsonObject *decision = foyer_json_get_object (step, "offline");
  g_autoptr (FoyerScan) scan = read_scan (step);

  if (decision == NULL)
    decision = foyer_json_get_object (step, "expected");
  /* A desk has no medium to give in exchange: that is asked for on the wire alone. */
  if (json_object_has_member (foyer_json_get_object (step, "scan"), "exchange_medium_type"))
    return TRUE;
  return scan == NULL || g_strv_contains (wire, group)
         || g_strcmp0 (foyer_json_get_string (decision, "result"), "invalid request") == 0;
}

static void
play_step (Play *play, JsonObject *object, JsonObject *step, gsize group)
{
  const char *name = foyer_json_get_string (object, "name");
  JsonObject *expected = foyer_json_get_object (step, "expected");
  JsonObject *offline = foyer_json_get_object (step, "offline");
  JsonObject *right = offline != NULL ? offline : expected;
  g_autoptr (FoyerDecision) decision = NULL;
  const FoyerAdmission *admission;

  play->steps[group]++;
  if (is_about_the_wire (groups[group].group, step))
    return;

  play->played[group]++;
  decision = decide (play, object, step);
  admission = decision->admission;
  g_assert_cmpint (decision->command != NULL, ==, admission->result == FOYER_ADMISSION_ADMITTED);

  /* Media are not in the copy: where it makes a difference it is said, never guessed. */
  if (g_str_equal (groups[group].group, "medium")
      && g_strcmp0 (foyer_json_get_string (right, "result"), result_name (admission)) != 0)
    {
      g_test_message ("%s", name);
      g_assert_cmpint (admission->result, ==, FOYER_ADMISSION_REFUSED);
      g_assert_false (admission->certain);
      play->said++;
      return;
    }
  if (g_str_equal (groups[group].group, "medium") && !admission->certain)
    return;

  compare ("result", name, foyer_json_get_string (right, "result"), result_name (admission));
  compare ("reason", name, foyer_json_get_string (right, "reason"), admission->reason);
  if (json_object_has_member (right, "questions"))
    {
      g_autofree char *questions = describe_expected_questions (right);
      g_autofree char *seen = describe_questions (admission);

      compare ("questions", name, questions, seen);
    }
  if (offline == NULL && g_strcmp0 (admission->reason, "invalid") != 0
      && g_strcmp0 (admission->reason, "revoked") != 0)
    compare_ticket (name, expected, admission);
}

static gsize
find_group (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i].group, name))
      return i;

  g_error ("The group “%s” is new: nobody has said how it is played", name);
}

static void
test_cases (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures",
                                                 "pretix-admission-cases.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerSignatures) signatures = foyer_sodium_signatures_new ();
  g_autoptr (FoyerPretixReader) reader = foyer_pretix_reader_new (NULL, "en");
  Play play = { .fixture = fixture, .signatures = signatures, .reader = reader };
  JsonArray *cases;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  play.file = json_node_get_object (json_parser_get_root (parser));
  cases = foyer_json_get_array (play.file, "cases");

  for (; play.number < json_array_get_length (cases); play.number++)
    {
      JsonObject *object = json_array_get_object_element (cases, play.number);
      JsonArray *worlds = foyer_json_get_array (object, "worlds");
      JsonArray *steps = foyer_json_get_array (object, "steps");
      gsize group = find_group (foyer_json_get_string (object, "group"));

      for (guint i = 0; i < json_array_get_length (worlds); i++)
        ingest_world (&play, object, json_array_get_string_element (worlds, i));
      for (guint i = 0; i < json_array_get_length (steps); i++)
        play_step (&play, object, json_array_get_object_element (steps, i), group);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_test_message ("%s: %u of %u", groups[i].group, play.played[i], play.steps[i]);
      if (play.steps[i] != groups[i].steps || play.played[i] != groups[i].played)
        g_test_fail ();
    }
  g_test_message ("%u scans of media were left to the service", play.said);
  g_assert_cmpuint (play.said, <=, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/cases", Fixture, NULL, fixture_set_up, test_cases, fixture_tear_down);
  return g_test_run ();
}
