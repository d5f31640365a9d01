/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules engine against what a real service's own engine said (fixtures/pretix-rules-vectors.json),
 * and against rules nobody would write. */

#include "foyer-rules.h"

#include "foyer-json.h"

#include <string.h>

#define THIS_LIST 1
#define OTHER_LIST 2

/* How many vectors are played; a lower number means that some fell out unseen. */
#define PLAYED 471

typedef struct
{
  FoyerEvent *event;
  FoyerSubevent *subevent;
  GPtrArray *check_ins;
  FoyerRulesContext context;
} World;

static JsonNode *
load_fixture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static FoyerTime
read_time (JsonObject *object, const char *member)
{
  FoyerTime time = FOYER_TIME_NONE;

  if (!foyer_json_is_null (object, member))
    g_assert_true (foyer_time_parse (foyer_json_get_string (object, member), NULL, &time));
  return time;
}

static FoyerCheckIn *
read_check_in (JsonObject *object, gint64 id)
{
  FoyerCheckIn *check_in = foyer_check_in_new ();

  check_in->id = id;
  check_in->datetime = read_time (object, "datetime");
  check_in->exit = g_strcmp0 (foyer_json_get_string (object, "type"), "exit") == 0;
  check_in->automatic = foyer_json_get_boolean (object, "auto", FALSE);
  check_in->list = g_strcmp0 (foyer_json_get_string (object, "list"), "other") == 0 ? OTHER_LIST
                                                                                    : THIS_LIST;
  return check_in;
}

static void
world_init (World *self, JsonObject *events, JsonObject *context)
{
  JsonObject *event = foyer_json_get_object (events, foyer_json_get_string (context, "event"));
  JsonArray *check_ins = foyer_json_get_array (context, "checkins");
  gint64 subevent = foyer_json_get_int (context, "subevent", 0);

  memset (self, 0, sizeof *self);
  self->event = foyer_event_new ();
  self->event->zone = g_strdup (foyer_json_get_string (event, "timezone"));
  self->event->date_from = read_time (event, "date_from");
  self->event->date_to = read_time (event, "date_to");
  self->event->date_admission = read_time (event, "date_admission");

  if (subevent != 0)
    {
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, subevent);
      JsonObject *object = foyer_json_get_object (foyer_json_get_object (event, "subevents"), key);

      self->subevent = foyer_subevent_new ();
      self->subevent->id = subevent;
      self->subevent->date_from = read_time (object, "date_from");
      self->subevent->date_to = read_time (object, "date_to");
      self->subevent->date_admission = read_time (object, "date_admission");
    }

  self->check_ins = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);
  for (guint i = 0; i < json_array_get_length (check_ins); i++)
    {
      JsonObject *object = json_array_get_object_element (check_ins, i);

      /* Only successful ones are on the wire. */
      if (foyer_json_get_boolean (object, "successful", TRUE))
        g_ptr_array_add (self->check_ins, read_check_in (object, i + 1));
    }

  self->context = (FoyerRulesContext){
    .now = read_time (context, "now"),
    .event = self->event,
    .subevent = self->subevent,
    .product = foyer_json_get_int (context, "product", 0),
    .variation = foyer_json_get_int (context, "variation", 0),
    .gate = foyer_json_get_int (context, "gate", 0),
    .list = THIS_LIST,
    .check_ins = self->check_ins,
  };
}

static void
world_clear (World *self)
{
  g_clear_pointer (&self->event, foyer_event_unref);
  g_clear_pointer (&self->subevent, foyer_subevent_unref);
  g_clear_pointer (&self->check_ins, g_ptr_array_unref);
}

static const char *
verdict_name (FoyerRulesVerdict verdict)
{
  switch (verdict)
    {
    case FOYER_RULES_TRUE:
      return "true";
    case FOYER_RULES_FALSE:
      return "false";
    case FOYER_RULES_ERROR:
      return "error";
    }
  g_return_val_if_reached (NULL);
}

/* Operators that cannot be stored in a list are left to the service. */
static gboolean
is_left_to_service (const char *name)
{
  return g_str_has_prefix (name, "base language") || g_str_has_prefix (name, "===")
         || g_str_has_prefix (name, "!==");
}

static void
test_vectors (void)
{
  g_autoptr (JsonNode) root = load_fixture ("pretix-rules-vectors.json");
  JsonObject *file = json_node_get_object (root);
  JsonArray *vectors = foyer_json_get_array (file, "vectors");
  guint played = 0;
  guint may_differ = 0;
  guint left = 0;

  for (guint i = 0; i < json_array_get_length (vectors); i++)
    {
      JsonObject *vector = json_array_get_object_element (vectors, i);
      const char *name = foyer_json_get_string (vector, "name");
      const char *expected = foyer_json_get_string (vector, "offline");
      g_autoptr (FoyerRules) rules = NULL;
      g_autoptr (FoyerRules) from_text = NULL;
      g_autofree char *text = json_to_string (json_object_get_member (vector, "rule"), FALSE);
      g_autofree char *hint = NULL;
      FoyerRulesVerdict verdict;
      World world;

      if (expected == NULL)
        expected = foyer_json_get_string (vector, "expected");

      world_init (&world, foyer_json_get_object (file, "events"),
                  foyer_json_get_object (vector, "context"));
      rules = foyer_rules_new (json_object_get_member (vector, "rule"));
      from_text = foyer_rules_new_from_text (text);
      verdict = foyer_rules_evaluate_with_hint (rules, &world.context, &hint);
      g_assert_cmpint (foyer_rules_evaluate (rules, &world.context), ==, verdict);

      if (is_left_to_service (name))
        {
          left++;
          g_assert_cmpint (verdict, ==, FOYER_RULES_ERROR);
        }
      else if (json_object_has_member (vector, "may_differ"))
        may_differ++;
      else
        {
          played++;
          if (g_strcmp0 (verdict_name (verdict), expected) != 0)
            {
              g_test_message ("%s: %s is %s, not %s", name, text, expected, verdict_name (verdict));
              g_test_fail ();
            }
          g_assert_cmpint (foyer_rules_evaluate (from_text, &world.context), ==, verdict);
        }
      if (hint != NULL)
        g_assert_cmpint (verdict, ==, FOYER_RULES_FALSE);

      world_clear (&world);
    }

  g_test_message ("%u vectors played, %u may differ, %u left to the service", played, may_differ,
                  left);
  g_assert_cmpuint (played, >=, PLAYED);
}

typedef struct
{
  const char *rule;
  const char *hint; /* (nullable) */
} HintCase;

static const HintCase hint_cases[] = {
  { "{\"<\": [{\"var\": \"entries_today\"}, 1]}",
    "[{\"variable\":\"entries_today\",\"operator\":\"<\",\"value\":1,\"actual\":2}]" },
  /* The tolerance is reckoned in: from 11:30 UTC on. */
  { "{\"isAfter\": [{\"var\": \"now\"}, {\"buildTime\": [\"date_to\"]}, 30]}",
    "[{\"variable\":\"now\",\"operator\":\"isAfter\",\"value\":\"2030-06-01T11:30:00Z\"}]" },
  { "{\"isBefore\": [{\"var\": \"now\"}, {\"buildTime\": [\"date_from\"]}, 30]}",
    "[{\"variable\":\"now\",\"operator\":\"isBefore\",\"value\":\"2030-06-01T08:30:00Z\"}]" },
  { "{\"<\": [{\"entries_since\": [{\"buildTime\": [\"date_from\"]}]}, 1]}",
    "[{\"variable\":\"entries_since\",\"operator\":\"<\",\"time\":\"2030-06-01T08:00:00Z\","
    "\"value\":1,"
    "\"actual\":2}]" },
  { "{\"inList\": [{\"var\": \"gate\"}, {\"objectList\": [{\"lookup\": [\"gate\", \"7\", "
    "\"North\"]}]}]}",
    "[{\"variable\":\"gate\",\"operator\":\"inList\",\"value\":[7],\"actual\":null}]" },
  /* Of two ways in, the one that can be waited for, not the other ticket. */
  { "{\"or\": [{\"==\": [{\"var\": \"product\"}, 4]}, {\"isAfter\": [{\"var\": \"now\"},"
    " {\"buildTime\": [\"date_to\"]}]}]}",
    "[{\"variable\":\"now\",\"operator\":\"isAfter\",\"value\":\"2030-06-01T12:00:00Z\"}]" },
  /* What holds already is not told, what holds twice is told once. */
  { "{\"and\": [{\"==\": [{\"var\": \"product\"}, 3]}, {\"<\": [{\"var\": \"entries_number\"}, 1]},"
    " {\"<\": [{\"var\": \"entries_number\"}, 1]}]}",
    "[{\"variable\":\"entries_number\",\"operator\":\"<\",\"value\":1,\"actual\":2}]" },
  /* The nearer of two times. */
  { "{\"or\": [{\"isBefore\": [{\"var\": \"now\"}, {\"buildTime\": [\"date_from\"]}]}, "
    "{\"isAfter\":"
    " [{\"var\": \"now\"}, {\"buildTime\": [\"date_to\"]}]}]}",
    "[{\"variable\":\"now\",\"operator\":\"isAfter\",\"value\":\"2030-06-01T12:00:00Z\"}]" },
  { "{\"or\": []}", NULL },
  { "{\"==\": [1, 2]}", NULL },
  { "{\"and\": [false]}", NULL },
  { "{\"==\": [{\"var\": \"nothing\"}, 2]}", NULL },
};

static FoyerCheckIn *
make_entry (const char *at)
{
  FoyerCheckIn *check_in = foyer_check_in_new ();

  check_in->list = THIS_LIST;
  g_assert_true (foyer_time_parse (at, NULL, &check_in->datetime));
  return check_in;
}

static void
small_world_init (World *self)
{
  memset (self, 0, sizeof *self);
  self->event = foyer_event_new ();
  self->event->zone = g_strdup ("Europe/Berlin");
  g_assert_true (foyer_time_parse ("2030-06-01T08:00:00Z", NULL, &self->event->date_from));
  g_assert_true (foyer_time_parse ("2030-06-01T12:00:00Z", NULL, &self->event->date_to));
  self->check_ins = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);
  g_ptr_array_add (self->check_ins, make_entry ("2030-06-01T09:00:00Z"));
  g_ptr_array_add (self->check_ins, make_entry ("2030-06-01T09:30:00Z"));
  self->context = (FoyerRulesContext){
    .event = self->event,
    .product = 3,
    .list = THIS_LIST,
    .check_ins = self->check_ins,
  };
  g_assert_true (foyer_time_parse ("2030-06-01T10:30:00Z", NULL, &self->context.now));
}

static void
test_hints (void)
{
  World world;

  small_world_init (&world);
  for (gsize i = 0; i < G_N_ELEMENTS (hint_cases); i++)
    {
      g_autoptr (FoyerRules) rules = foyer_rules_new_from_text (hint_cases[i].rule);
      g_autofree char *hint = NULL;

      g_test_message ("%s", hint_cases[i].rule);
      g_assert_cmpint (foyer_rules_evaluate_with_hint (rules, &world.context, &hint), ==,
                       FOYER_RULES_FALSE);
      g_assert_cmpstr (hint, ==, hint_cases[i].hint);
    }
  world_clear (&world);
}

static char *
nest (const char *opening, const char *inner, const char *closing, guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, opening);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, closing);
  return g_string_free (text, FALSE);
}

static FoyerRulesVerdict
evaluate_text (World *world, const char *text)
{
  g_autoptr (FoyerRules) rules = foyer_rules_new_from_text (text);
  g_autofree char *hint = NULL;

  return foyer_rules_evaluate_with_hint (rules, &world->context, &hint);
}

static void
test_bad_text (void)
{
  static const char *const broken[] = { "", "{", "nonsense", "{\"and\": [}",
                                        "{\"and\": [true]} x" };
  g_autofree char *deep = nest ("{\"and\":[", "true", "]}", 10000);
  g_autofree char *deep_bare = nest ("{\"and\":", "true", "}", 100000);
  g_autofree char *deep_list = nest ("[", "1", "]", 100000);
  g_autofree char *allowed = nest ("{\"and\":[", "true", "]}", 250);
  g_autofree char *brackets_in_text = nest ("", "{\"==\": [\"[[[[\\\"[[[[\", \"x\"]}", "", 1);
  g_autofree char *unclosed = nest ("[", "", "", 100000);
  GString *wide = g_string_new ("{\"or\": [");
  World world;

  small_world_init (&world);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    g_assert_cmpint (evaluate_text (&world, broken[i]), ==, FOYER_RULES_ERROR);
  g_assert_cmpint (evaluate_text (&world, deep), ==, FOYER_RULES_ERROR);
  g_assert_cmpint (evaluate_text (&world, deep_bare), ==, FOYER_RULES_ERROR);
  g_assert_cmpint (evaluate_text (&world, deep_list), ==, FOYER_RULES_ERROR);
  g_assert_cmpint (evaluate_text (&world, unclosed), ==, FOYER_RULES_ERROR);
  g_assert_cmpint (evaluate_text (&world, allowed), ==, FOYER_RULES_TRUE);
  g_assert_cmpint (evaluate_text (&world, brackets_in_text), ==, FOYER_RULES_FALSE);
  g_assert_cmpint (evaluate_text (&world, NULL), ==, FOYER_RULES_TRUE);

  for (guint i = 0; i < 100000; i++)
    g_string_append (wide, "false,");
  g_string_append (wide, "true]}");
  g_assert_cmpint (evaluate_text (&world, wide->str), ==, FOYER_RULES_ERROR);
  g_string_free (wide, TRUE);
  world_clear (&world);
}

/* A tree that never went through text. */
static void
test_deep_tree (void)
{
  JsonNode *node = json_node_init_boolean (json_node_alloc (), TRUE);
  g_autoptr (FoyerRules) rules = NULL;
  World world;

  small_world_init (&world);
  for (guint i = 0; i < 10000; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_member (object, "and", node);
      node = json_node_init_object (json_node_alloc (), object);
      json_object_unref (object);
    }
  rules = foyer_rules_new (node);
  g_assert_cmpint (foyer_rules_evaluate (rules, &world.context), ==, FOYER_RULES_ERROR);
  json_node_unref (node);
  world_clear (&world);
}

/* A damaged copy must not do harm. */
static void
test_missing_times (void)
{
  World world;
  FoyerCheckIn *check_in = foyer_check_in_new ();

  small_world_init (&world);
  check_in->list = THIS_LIST;
  g_ptr_array_add (world.check_ins, check_in);
  g_assert_cmpint (evaluate_text (&world, "{\"==\": [{\"var\": \"entries_number\"}, 2]}"), ==,
                   FOYER_RULES_TRUE);
  g_assert_cmpint (evaluate_text (&world, "{\"==\": [{\"var\": \"entries_days\"}, 1]}"), ==,
                   FOYER_RULES_TRUE);
  g_assert_cmpint (
      evaluate_text (&world, "{\"==\": [{\"var\": \"minutes_since_first_entry\"}, 90]}"), ==,
      FOYER_RULES_TRUE);
  world.event->date_from = FOYER_TIME_NONE;
  g_assert_cmpint (
      evaluate_text (&world,
                     "{\"isAfter\": [{\"var\": \"now\"}, {\"buildTime\": [\"date_from\"]}]}"),
      ==, FOYER_RULES_ERROR);
  world.context.now = FOYER_TIME_NONE;
  g_assert_cmpint (evaluate_text (&world, "{\"==\": [{\"var\": \"entries_number\"}, 2]}"), ==,
                   FOYER_RULES_ERROR);
  g_assert_cmpint (evaluate_text (&world, "{}"), ==, FOYER_RULES_TRUE);
  world_clear (&world);
}

static void
test_unknown_zone (void)
{
  World world;

  small_world_init (&world);
  g_clear_pointer (&world.event->zone, g_free);
  world.event->zone = g_strdup ("Middle/Earth");
  g_assert_cmpint (evaluate_text (&world, "{\"<\": [{\"var\": \"entries_today\"}, 9]}"), ==,
                   FOYER_RULES_ERROR);
  g_assert_cmpint (evaluate_text (&world, "{\"<\": [{\"var\": \"entries_number\"}, 9]}"), ==,
                   FOYER_RULES_TRUE);
  world_clear (&world);
}

static const char *const operators[] = {
  "and",
  "or",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "isBefore",
  "isAfter",
  "inList",
  "objectList",
  "lookup",
  "var",
  "buildTime",
  "entries_since",
  "entries_before",
  "entries_days_since",
  "entries_days_before",
  "between",
  "__note",
};

static const char *const leaves[] = {
  "null",
  "true",
  "false",
  "0",
  "1",
  "-1",
  "1.5",
  "1e300",
  "-1e300",
  "9223372036854775807",
  "-9223372036854775808",
  "\"\"",
  "\"x\"",
  "\"1\"",
  "\"12:00\"",
  "\"custom\"",
  "\"customtime\"",
  "\"date_from\"",
  "\"date_to\"",
  "\"now\"",
  "\"product\"",
  "\"entries_today\"",
  "\"minutes_since_last_entry\"",
  "\"now_isoweekday\"",
  "\"entry_status\"",
  "\"2030-06-01T10:00:00Z\"",
  "\"9999-12-31T23:59:59Z\"",
  "\"0001-01-01T00:00:00Z\"",
  "\"2030-06-01T10:00:00\"",
  "{\"var\": \"now\"}",
  "{\"var\": \"entries_days\"}",
  "{\"buildTime\": [\"customtime\", \"23:59:59.999999\"]}",
  "{}",
  "[]",
  "[1, [2], {\"and\": []}]",
};

static void
append_random_rule (GString *text, guint depth)
{
  int count = g_test_rand_int_range (0, 4);

  if (depth == 0 || g_test_rand_int_range (0, 4) == 0)
    {
      g_string_append (text, leaves[g_test_rand_int_range (0, G_N_ELEMENTS (leaves))]);
      return;
    }

  g_string_append_printf (text, "{\"%s\": [",
                          operators[g_test_rand_int_range (0, G_N_ELEMENTS (operators))]);
  for (int i = 0; i < count; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_random_rule (text, depth - 1);
    }
  g_string_append (text, "]}");
}

/* Whatever a rule says, it comes to the same verdict each time, and a hint is JSON. */
static void
test_random (void)
{
  World world;
  guint verdicts[3] = { 0 };

  small_world_init (&world);
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (FoyerRules) rules = NULL;
      g_autofree char *hint = NULL;
      g_autofree char *again = NULL;
      FoyerRulesVerdict verdict;

      append_random_rule (text, 1 + i % 4);
      rules = foyer_rules_new_from_text (text->str);
      verdict = foyer_rules_evaluate_with_hint (rules, &world.context, &hint);
      g_assert_cmpint (foyer_rules_evaluate_with_hint (rules, &world.context, &again), ==, verdict);
      g_assert_cmpstr (hint, ==, again);
      verdicts[verdict]++;
      if (hint != NULL)
        {
          g_autoptr (JsonNode) node = json_from_string (hint, NULL);

          g_assert_nonnull (node);
          g_assert_true (JSON_NODE_HOLDS_ARRAY (node));
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    g_assert_cmpuint (verdicts[i], >, 0);
  world_clear (&world);
}

/* Run with -m perf: forty terms. */
static void
test_speed (void)
{
  g_autoptr (GString) text = g_string_new ("{\"and\": [");
  g_autoptr (FoyerRules) rules = NULL;
  g_autoptr (GTimeZone) zone = foyer_time_zone_new (
      "Europe/Berlin"); /* Somebody shows its times. */
  World world;
  double seconds;

  if (!g_test_perf ())
    {
      g_test_skip ("only with -m perf");
      return;
    }

  small_world_init (&world);
  for (guint i = 0; i < 10; i++)
    g_string_append (text,
                     "{\"<\": [{\"var\": \"entries_today\"}, 5]},"
                     "{\"isAfter\": [{\"var\": \"now\"}, {\"buildTime\": [\"customtime\","
                     " \"09:00\"]}, 30]},"
                     "{\"inList\": [{\"var\": \"product\"}, {\"objectList\": [{\"lookup\":"
                     " [\"product\", \"3\", \"x\"]}]}]},"
                     "{\"<\": [{\"entries_days_since\": [{\"buildTime\": [\"date_from\"]}]}, 5]},");
  g_string_append (text, "true]}");
  rules = foyer_rules_new_from_text (text->str);

  g_test_timer_start ();
  for (guint i = 0; i < 10000; i++)
    g_assert_cmpint (foyer_rules_evaluate (rules, &world.context), ==, FOYER_RULES_TRUE);
  seconds = g_test_timer_elapsed ();
  g_test_minimized_result (seconds / 10000 * 1e6, "forty terms: %.2f us", seconds / 10000 * 1e6);
  g_test_timer_start ();
  for (guint i = 0; i < 2000; i++)
    g_assert_cmpint (evaluate_text (&world, text->str), ==, FOYER_RULES_TRUE);
  seconds = g_test_timer_elapsed ();
  g_test_minimized_result (seconds / 2000 * 1e6, "forty terms, read anew: %.2f us",
                           seconds / 2000 * 1e6);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/vectors", test_vectors);
  g_test_add_func ("/rules/hints", test_hints);
  g_test_add_func ("/rules/bad-text", test_bad_text);
  g_test_add_func ("/rules/deep-tree", test_deep_tree);
  g_test_add_func ("/rules/missing-times", test_missing_times);
  g_test_add_func ("/rules/unknown-zone", test_unknown_zone);
  g_test_add_func ("/rules/random", test_random);
  g_test_add_func ("/rules/speed", test_speed);
  return g_test_run ();
}
