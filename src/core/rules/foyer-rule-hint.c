/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why did a rule say no? Of all ways in, the one is told that would be the least to ask: a minute's wait
 * rather than another ticket (contracts/pretix-checkin.md 12.5). A rule is a tree of ands and ors, so the
 * easiest way is found from the leaves up, without writing out all the ways, of which there may be
 * more than atoms. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-rule-hint.h"

#include <math.h>
#include <string.h>

/* Hardness has room for a distance in seconds below each step. */
#define STEP G_GINT64_CONSTANT (10000000000)
#define HARDNESS_ALWAYS_FALSE (5000 * STEP)
#define HARDNESS_UNKNOWN (4000 * STEP)

typedef struct
{
  gint64 hardness;
  GArray *falses; /* (element-type guint): nodes */
} Way;

static const struct
{
  const char *name;
  gint64 hardness;
  gboolean counted; /* a number that the ticket's scans make */
} subjects[] = {
  { "entry_status", 20, FALSE },
  { "minutes_since_first_entry", 80, TRUE },
  { "minutes_since_last_entry", 90, TRUE },
  { "entries_days", 100, TRUE },
  { "entries_days_since", 105, TRUE },
  { "entries_days_before", 105, TRUE },
  { "entries_since", 110, TRUE },
  { "entries_before", 110, TRUE },
  { "entries_number", 120, TRUE },
  { "entries_today", 140, TRUE },
  { "now", 200, FALSE },
  { "now_isoweekday", 210, FALSE },
  { "gate", 500, FALSE },
  { "product", 1000, FALSE },
  { "variation", 1000, FALSE },
};

static const FoyerRuleNode *
node_at (const FoyerRuleMachine *machine, guint index)
{
  return &machine->tree->nodes[index];
}

static gboolean
is_true (const FoyerRuleMachine *machine, guint index)
{
  return foyer_rule_value_is_true (&machine->values[index]);
}

static int
find_subject (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (strcmp (subjects[i].name, name) == 0)
      return (int)i;
  return -1;
}

/* What the left side of a comparison is about. */
static int
subject_of (const FoyerRuleMachine *machine, const FoyerRuleNode *comparison)
{
  const FoyerRuleNode *left;

  if (comparison->count < 2)
    return -1;

  left = node_at (machine, comparison->first);
  switch (left->op)
    {
    case FOYER_RULE_VAR:
      if (machine->values[left->first].kind != FOYER_RULE_TEXT)
        return -1;
      return find_subject (machine->values[left->first].text);
    case FOYER_RULE_ENTRIES_SINCE:
    case FOYER_RULE_ENTRIES_BEFORE:
    case FOYER_RULE_ENTRIES_DAYS_SINCE:
    case FOYER_RULE_ENTRIES_DAYS_BEFORE:
      return find_subject (foyer_rule_operator_to_name (left->op));
    case FOYER_RULE_LITERAL:
    case FOYER_RULE_AND:
    case FOYER_RULE_OR:
    case FOYER_RULE_EQUAL:
    case FOYER_RULE_NOT_EQUAL:
    case FOYER_RULE_LESS:
    case FOYER_RULE_LESS_EQUAL:
    case FOYER_RULE_GREATER:
    case FOYER_RULE_GREATER_EQUAL:
    case FOYER_RULE_IS_BEFORE:
    case FOYER_RULE_IS_AFTER:
    case FOYER_RULE_IN_LIST:
    case FOYER_RULE_OBJECT_LIST:
    case FOYER_RULE_LOOKUP:
    case FOYER_RULE_BUILD_TIME:
      return -1;
    }
  g_return_val_if_reached (-1);
}

/* The instant from which (isAfter) or until which (isBefore) the comparison is true, the tolerance
 * reckoned in. */
static gboolean
get_bound (const FoyerRuleMachine *machine, const FoyerRuleNode *comparison, FoyerTime *bound)
{
  const FoyerRuleValue *right = &machine->values[comparison->first + 1];
  double minutes = 0;

  if (right->kind != FOYER_RULE_TIME)
    return FALSE;
  if (comparison->count == 3 && foyer_rule_value_is_true (&machine->values[comparison->first + 2]))
    foyer_rule_value_to_double (&machine->values[comparison->first + 2], &minutes);

  *bound = right->time;
  if (comparison->op == FOYER_RULE_IS_BEFORE)
    *bound += (gint64)rint (minutes * (double)FOYER_MINUTE);
  else if (comparison->op == FOYER_RULE_IS_AFTER)
    *bound -= (gint64)rint (minutes * (double)FOYER_MINUTE);
  return TRUE;
}

static gint64
hardness_of (const FoyerRuleMachine *machine, guint index)
{
  const FoyerRuleNode *node = node_at (machine, index);
  int subject = subject_of (machine, node);
  gint64 hardness;

  if (node->op == FOYER_RULE_LITERAL)
    return HARDNESS_ALWAYS_FALSE;
  if (subject < 0)
    return HARDNESS_UNKNOWN;

  hardness = subjects[subject].hardness;
  if (subjects[subject].counted)
    {
      double limit;

      hardness += node->op == FOYER_RULE_EQUAL ? 2 : node->op == FOYER_RULE_NOT_EQUAL ? 3 : 1;
      /* "Not before the first entry" is not a matter of waiting. */
      if (g_str_has_prefix (subjects[subject].name, "minutes_")
          && foyer_rule_value_to_double (&machine->values[node->first + 1], &limit) && limit <= 0)
        hardness += 1000;
    }

  if (strcmp (subjects[subject].name, "now") == 0)
    {
      FoyerTime bound;

      if (get_bound (machine, node, &bound))
        return hardness * STEP
               + MIN (ABS (bound - machine->variables->context->now) / FOYER_SECOND, STEP - 1);
    }
  return hardness * STEP;
}

static void
way_clear (Way *way)
{
  g_clear_pointer (&way->falses, g_array_unref);
}

static void
explain (const FoyerRuleMachine *machine, guint index, Way *way)
{
  const FoyerRuleNode *node = node_at (machine, index);

  way->hardness = 0;
  way->falses = g_array_new (FALSE, FALSE, sizeof (guint));
  if (is_true (machine, index))
    return;

  if (node->op == FOYER_RULE_AND)
    {
      for (guint i = 0; i < node->count; i++)
        {
          Way part;

          explain (machine, node->first + i, &part);
          way->hardness = MAX (way->hardness, part.hardness);
          g_array_append_vals (way->falses, part.falses->data, part.falses->len);
          way_clear (&part);
        }
      return;
    }

  if (node->op == FOYER_RULE_OR)
    {
      for (guint i = 0; i < node->count; i++)
        {
          Way other;

          explain (machine, node->first + i, &other);
          if (i == 0 || other.hardness < way->hardness
              || (other.hardness == way->hardness && other.falses->len < way->falses->len))
            {
              Way worse = *way;

              *way = other;
              other = worse;
            }
          way_clear (&other);
        }
      return;
    }

  way->hardness = hardness_of (machine, index);
  g_array_append_val (way->falses, index);
}

static void
add_value (JsonBuilder *builder, const FoyerRuleValue *value)
{
  switch (value->kind)
    {
    case FOYER_RULE_BOOLEAN:
      json_builder_add_boolean_value (builder, value->boolean);
      break;
    case FOYER_RULE_INT:
      json_builder_add_int_value (builder, value->integer);
      break;
    case FOYER_RULE_FLOAT:
      /* Not every double is JSON. */
      if (isfinite (value->real))
        json_builder_add_double_value (builder, value->real);
      else
        json_builder_add_null_value (builder);
      break;
    case FOYER_RULE_TEXT:
      json_builder_add_string_value (builder, value->text);
      break;
    case FOYER_RULE_TIME:
      {
        g_autofree char *text = foyer_time_format_utc (value->time);

        json_builder_add_string_value (builder, text != NULL ? text : "");
        break;
      }
    case FOYER_RULE_LIST:
      json_builder_begin_array (builder);
      for (guint i = 0; i < value->length; i++)
        if (value->items[i].kind != FOYER_RULE_LIST)
          add_value (builder, &value->items[i]);
      json_builder_end_array (builder);
      break;
    case FOYER_RULE_NONE:
    case FOYER_RULE_NAIVE_TIME:
    case FOYER_RULE_OBJECT:
      json_builder_add_null_value (builder);
      break;
    }
}

static void
add_member (JsonBuilder *builder, const char *name, const FoyerRuleValue *value)
{
  json_builder_set_member_name (builder, name);
  add_value (builder, value);
}

static JsonNode *
describe (const FoyerRuleMachine *machine, guint index)
{
  const FoyerRuleNode *node = node_at (machine, index);
  int subject = subject_of (machine, node);
  g_autoptr (JsonBuilder) builder = NULL;
  const FoyerRuleNode *left;
  FoyerRuleValue bound = { .kind = FOYER_RULE_TIME };

  if (subject < 0)
    return NULL;

  left = node_at (machine, node->first);
  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "variable");
  json_builder_add_string_value (builder, subjects[subject].name);
  json_builder_set_member_name (builder, "operator");
  json_builder_add_string_value (builder, foyer_rule_operator_to_name (node->op));
  if (left->op != FOYER_RULE_VAR)
    add_member (builder, "time", &machine->values[left->first]);

  if (strcmp (subjects[subject].name, "now") == 0 && get_bound (machine, node, &bound.time))
    add_member (builder, "value", &bound);
  else
    {
      add_member (builder, "value", &machine->values[node->first + 1]);
      add_member (builder, "actual", &machine->values[node->first]);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * foyer_rule_hint_make:
 * @machine: a machine that ran and said no
 *
 * Tells what keeps the ticket out, on the easiest way in, so that a sentence can be made of it. A JSON
 * array of objects:
 *
 * - `variable`: what it is about: a variable of the rule language, or `entries_since`, `entries_before`,
 *   `entries_days_since`, `entries_days_before`;
 * - `operator`: the comparison that is false: `<`, `==`, `isAfter`, `inList`...;
 * - `value`: what it is compared with; for `now` the instant (UTC, ISO 8601) from which, or until which,
 *   it is true, the tolerance reckoned in;
 * - `actual`: what it is, but for `now`;
 * - `time`: for the `entries_` operators: since or before when.
 *
 * Returns: (transfer full) (nullable): the array as text; %NULL if nothing can be named
 */
char *
foyer_rule_hint_make (const FoyerRuleMachine *machine)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();
  Way way;

  explain (machine, 0, &way);
  for (guint i = 0; i < way.falses->len; i++)
    {
      g_autoptr (JsonNode) item = describe (machine, g_array_index (way.falses, guint, i));
      gboolean told = item == NULL;

      for (guint k = 0; !told && k < json_array_get_length (array); k++)
        told = json_node_equal (item, json_array_get_element (array, k));
      if (!told)
        json_array_add_element (array, g_steal_pointer (&item));
    }
  way_clear (&way);

  if (json_array_get_length (array) == 0)
    return NULL;
  json_node_set_array (root, array);
  return json_to_string (root, FALSE);
}
