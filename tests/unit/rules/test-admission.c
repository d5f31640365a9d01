/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The decision on a scan against what a real service answered (fixtures/pretix-admission-cases.json): as a
 * desk, by the file's offline column, and as the service itself. */

#include "foyer-admission-check.h"

#include "foyer-case-world.h"
#include "foyer-json.h"

#include <string.h>

/* How many steps are played; a lower number means that some fell out unseen. */
#define PLAYED_AS_DESK 482
#define PLAYED_AS_SERVICE 517

/* Groups about the wire: the request's shape, repeating it, the older address. */
static const char *const wire_groups[] = { "simulate", "nonce", "legacy", NULL };

/* Groups about what a copy does not have: media, and codes that carry their ticket in them. */
static const char *const other_groups[] = { "medium", "signed", NULL };

typedef struct
{
  guint played;
  GHashTable *skipped; /* reason -> count */
} Tally;

static JsonNode *
load_cases (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures",
                                                 "pretix-admission-cases.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static void
tally_skip (Tally *tally, const char *reason)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (tally->skipped, reason));

  g_hash_table_insert (tally->skipped, (gpointer)reason, GUINT_TO_POINTER (count + 1));
}

static void
tally_report (Tally *tally)
{
  GHashTableIter iter;
  gpointer reason;
  gpointer count;

  g_test_message ("%u steps played", tally->played);
  g_hash_table_iter_init (&iter, tally->skipped);
  while (g_hash_table_iter_next (&iter, &reason, &count))
    g_test_message ("%u steps skipped: %s", GPOINTER_TO_UINT (count), (const char *)reason);
  g_hash_table_unref (tally->skipped);
}

static const char *
result_name (FoyerAdmission *admission)
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
join_texts (JsonArray *texts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) strings = NULL;

  for (guint i = 0; texts != NULL && i < json_array_get_length (texts); i++)
    g_strv_builder_add (builder, json_array_get_string_element (texts, i));
  strings = g_strv_builder_end (builder);
  return g_strjoinv (" | ", strings);
}

static char *
join_questions (FoyerAdmission *admission)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; admission->questions != NULL && i < admission->questions->len; i++)
    {
      FoyerQuestion *question = g_ptr_array_index (admission->questions, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " ", question->id);
    }
  return g_string_free (text, FALSE);
}

static char *
join_ids (JsonArray *ids)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", json_array_get_int_element (ids, i));
  return g_string_free (text, FALSE);
}

static void
differ (const char *name, guint step, const char *what, const char *expected, const char *seen)
{
  g_test_message ("%s, step %u: %s is %s, not %s", name, step + 1, what, seen, expected);
  g_test_fail ();
}

static void
compare_text (const char *name,
              guint step,
              const char *what,
              const char *expected,
              const char *seen)
{
  if (g_strcmp0 (expected, seen) != 0)
    differ (name, step, what, expected != NULL ? expected : "none", seen != NULL ? seen : "none");
}

static void
compare_id (const char *name, guint step, const char *what, gint64 expected, gint64 seen)
{
  g_autofree char *expected_text = g_strdup_printf ("%" G_GINT64_FORMAT, expected);
  g_autofree char *seen_text = g_strdup_printf ("%" G_GINT64_FORMAT, seen);

  compare_text (name, step, what, expected_text, seen_text);
}

static void
compare_decision (const char *name,
                  guint step,
                  JsonObject *decision,
                  JsonObject *expected,
                  FoyerAdmission *admission)
{
  compare_text (name, step, "result", foyer_json_get_string (decision, "result"),
                result_name (admission));
  compare_text (name, step, "reason", foyer_json_get_string (decision, "reason"),
                admission->reason);
  if (json_object_has_member (decision, "questions"))
    {
      g_autofree char *questions = join_ids (foyer_json_get_array (decision, "questions"));
      g_autofree char *seen = join_questions (admission);

      compare_text (name, step, "questions", questions, seen);
    }

  if (json_object_has_member (expected, "list"))
    compare_id (name, step, "list", foyer_json_get_int (expected, "list", 0),
                admission->place->list->id);
}

static void
compare_ticket (const char *name, guint step, JsonObject *expected, FoyerAdmission *admission)
{
  g_autofree char *texts = join_texts (foyer_json_get_array (expected, "texts"));
  g_autofree char *seen = g_strjoinv (" | ", admission->texts != NULL ? admission->texts
                                                                      : (char *[]){ NULL });

  compare_id (name, step, "ticket", foyer_json_get_int (expected, "position", 0),
              admission->candidate != NULL ? admission->candidate->attendee->id : 0);
  compare_text (name, step, "texts", texts, seen);
  compare_id (name, step, "attention", foyer_json_get_boolean (expected, "attention", FALSE),
              admission->attention);
}

/* Deciding changes nothing and depends on nothing else. */
static void
assert_pure (FoyerAdmissionFacts *facts,
             FoyerScan *scan,
             FoyerAdmissionFlags flags,
             FoyerAdmission *admission)
{
  g_autoptr (FoyerAdmission) again = foyer_admission_check (facts, scan, flags);

  g_assert_cmpint (again->result, ==, admission->result);
  g_assert_cmpstr (again->reason, ==, admission->reason);
  g_assert_cmpint (again->certain, ==, admission->certain);
  g_assert_true (again->candidate == admission->candidate);
  g_assert_true (again->place == admission->place);
  g_assert_cmpstr (again->rule_hint, ==, admission->rule_hint);
}

/* What the copy cannot know is said so. */
static void
compare_certainty (const char *name,
                   guint step,
                   FoyerAdmissionFacts *facts,
                   FoyerAdmission *admission)
{
  gboolean unknown = g_strcmp0 (admission->reason, "invalid") == 0 && admission->candidate == NULL
                     && *facts->code != '\0';

  if (unknown || g_strcmp0 (admission->reason, "exchange") == 0)
    compare_id (name, step, "certain", FALSE, admission->certain);
  if (admission->result == FOYER_ADMISSION_ADMITTED)
    compare_id (name, step, "certain", TRUE, admission->certain);
}

static gboolean
is_simulated (JsonObject *step)
{
  return foyer_json_get_boolean (foyer_json_get_object (step, "scan"), "simulate", FALSE);
}

static const char *
why_no_desk (const char *group, JsonObject *step, FoyerScan *scan)
{
  JsonObject *decision = foyer_json_get_object (step, "offline");

  if (g_strv_contains (wire_groups, group))
    return "about the wire";
  if (g_strv_contains (other_groups, group))
    return "media and signed codes";
  if (scan == NULL)
    return "a time that is no time";
  if (decision == NULL)
    decision = foyer_json_get_object (step, "expected");
  if (g_strcmp0 (foyer_json_get_string (decision, "result"), "invalid request") == 0)
    return "the service calls the request malformed";
  return NULL;
}

static void
play_as_desk (const char *name,
              const char *group,
              guint index,
              FoyerCaseWorld *world,
              JsonObject *step,
              Tally *tally)
{
  JsonObject *expected = foyer_json_get_object (step, "expected");
  JsonObject *offline = foyer_json_get_object (step, "offline");
  g_autoptr (FoyerScan) scan = foyer_case_world_read_scan (world, step);
  g_autoptr (FoyerAdmissionFacts) facts = NULL;
  g_autoptr (FoyerAdmission) admission = NULL;
  const char *why = why_no_desk (group, step, scan);

  if (why != NULL)
    {
      tally_skip (tally, why);
      return;
    }

  facts = foyer_case_world_gather (world, step, scan, NULL, NULL);
  g_assert_nonnull (facts);
  admission = foyer_admission_decide (facts, scan);
  tally->played++;

  compare_decision (name, index, offline != NULL ? offline : expected, expected, admission);
  compare_certainty (name, index, facts, admission);
  assert_pure (facts, scan, FOYER_ADMISSION_AS_DESK, admission);
  /* The copy names a ticket of another date; it does not know whose a revoked code was. */
  if (g_strcmp0 (admission->reason, "invalid") == 0)
    g_assert_false (admission->attention);
  else if (g_strcmp0 (admission->reason, "revoked") != 0 && offline == NULL)
    compare_ticket (name, index, expected, admission);

  if (!is_simulated (step))
    foyer_case_world_apply (world, admission, scan);
}

static const char *
why_no_service (const char *name, const char *group, JsonObject *step, FoyerScan *scan)
{
  JsonObject *object = foyer_json_get_object (step, "scan");
  JsonObject *expected = foyer_json_get_object (step, "expected");

  if (g_strv_contains (wire_groups, group))
    return "about the wire";
  if (scan == NULL
      || g_strcmp0 (foyer_json_get_string (expected, "result"), "invalid request") == 0)
    return "malformed";
  if (g_strcmp0 (foyer_json_get_string (expected, "result"), "server error") == 0)
    return "the service fell over";
  if (json_object_has_member (object, "exchange_medium_type"))
    return "exchange";
  if (strstr (name, "same second") != NULL)
    return "the service does not define it";
  if (strstr (name, "expires before the scan") != NULL)
    return "the service's own clock decides";
  if (strstr (name, "medium with a canceled ticket") != NULL)
    return "a link that the wire does not show";
  return NULL;
}

static void
play_as_service (const char *name,
                 const char *group,
                 guint index,
                 FoyerCaseWorld *world,
                 JsonObject *step,
                 Tally *tally)
{
  JsonObject *expected = foyer_json_get_object (step, "expected");
  JsonObject *recorded = foyer_json_get_object (expected, "recorded");
  JsonObject *object = foyer_json_get_object (step, "scan");
  g_autoptr (FoyerScan) scan = foyer_case_world_read_scan (world, step);
  g_autoptr (FoyerAdmissionFacts) facts = NULL;
  g_autoptr (FoyerAdmission) admission = NULL;
  FoyerAdmissionFlags flags = FOYER_ADMISSION_AS_SERVICE;
  gboolean indirect;
  gboolean medium;
  const char *why = why_no_service (name, group, step, scan);

  if (why != NULL)
    {
      tally_skip (tally, why);
      return;
    }

  facts = foyer_case_world_gather (world, step, scan, &indirect, &medium);
  g_assert_nonnull (facts);
  if (indirect)
    flags |= FOYER_ADMISSION_INDIRECT;
  if (medium)
    flags |= FOYER_ADMISSION_MEDIUM;
  if (!foyer_json_get_boolean (object, "questions_supported", TRUE))
    flags |= FOYER_ADMISSION_QUESTIONS_UNSUPPORTED;
  admission = foyer_admission_check (facts, scan, flags);
  tally->played++;

  compare_decision (name, index, expected, expected, admission);
  compare_ticket (name, index, expected, admission);
  compare_id (name, index, "certain", TRUE, admission->certain);
  assert_pure (facts, scan, flags, admission);
  if (recorded != NULL && foyer_json_get_boolean (recorded, "successful", FALSE))
    compare_id (name, index, "forced", foyer_json_get_boolean (recorded, "forced", FALSE),
                admission->forced);

  if (!is_simulated (step))
    foyer_case_world_apply (world, admission, scan);

  if (json_object_has_member (expected, "answers_stored"))
    {
      FoyerAttendee *attendee = foyer_case_world_find_attendee (
          world, foyer_json_get_int (expected, "position", 0));
      JsonArray *stored = foyer_json_get_array (expected, "answers_stored");

      compare_id (name, index, "number of answers", json_array_get_length (stored),
                  attendee->answers->len);
      for (guint i = 0; i < MIN (json_array_get_length (stored), attendee->answers->len); i++)
        {
          JsonObject *item = json_array_get_object_element (stored, i);
          FoyerAnswer *answer = g_ptr_array_index (attendee->answers, i);
          JsonArray *options = foyer_json_get_array (item, "options");

          compare_id (name, index, "question", foyer_json_get_int (item, "question", 0),
                      answer->question);
          compare_text (name, index, "answer", foyer_json_get_string (item, "answer"),
                        answer->answer);
          compare_id (name, index, "options", json_array_get_length (options),
                      answer->options != NULL ? answer->options->len : 0);
        }
    }
}

static void
play (gboolean as_service, guint least)
{
  g_autoptr (JsonNode) root = load_cases ();
  JsonObject *file = json_node_get_object (root);
  JsonArray *cases = foyer_json_get_array (file, "cases");
  Tally tally = { .skipped = g_hash_table_new (g_str_hash, g_str_equal) };
  guint played;

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *object = json_array_get_object_element (cases, i);
      JsonArray *steps = foyer_json_get_array (object, "steps");
      const char *name = foyer_json_get_string (object, "name");
      const char *group = foyer_json_get_string (object, "group");
      g_autoptr (FoyerCaseWorld) world = foyer_case_world_new (file, object);

      for (guint k = 0; k < json_array_get_length (steps); k++)
        {
          JsonObject *step = json_array_get_object_element (steps, k);

          if (as_service)
            play_as_service (name, group, k, world, step, &tally);
          else
            play_as_desk (name, group, k, world, step, &tally);
        }
    }

  played = tally.played;
  tally_report (&tally);
  g_assert_cmpuint (played, >=, least);
}

static void
test_as_desk (void)
{
  play (FALSE, PLAYED_AS_DESK);
}

static void
test_as_service (void)
{
  play (TRUE, PLAYED_AS_SERVICE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/admission/cases/as-desk", test_as_desk);
  g_test_add_func ("/admission/cases/as-service", test_as_service);
  return g_test_run ();
}
