/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From JSON to a flat tree. Operators are looked up once; the operands of a node lie side by side, so that
 * evaluating needs one array of values, as long as the tree, and nothing else from the heap. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-rule-tree.h"

#include <string.h>

static const char *const operator_names[] = {
  [FOYER_RULE_LITERAL] = "",
  [FOYER_RULE_AND] = "and",
  [FOYER_RULE_OR] = "or",
  [FOYER_RULE_EQUAL] = "==",
  [FOYER_RULE_NOT_EQUAL] = "!=",
  [FOYER_RULE_LESS] = "<",
  [FOYER_RULE_LESS_EQUAL] = "<=",
  [FOYER_RULE_GREATER] = ">",
  [FOYER_RULE_GREATER_EQUAL] = ">=",
  [FOYER_RULE_IS_BEFORE] = "isBefore",
  [FOYER_RULE_IS_AFTER] = "isAfter",
  [FOYER_RULE_IN_LIST] = "inList",
  [FOYER_RULE_OBJECT_LIST] = "objectList",
  [FOYER_RULE_LOOKUP] = "lookup",
  [FOYER_RULE_VAR] = "var",
  [FOYER_RULE_BUILD_TIME] = "buildTime",
  [FOYER_RULE_ENTRIES_SINCE] = "entries_since",
  [FOYER_RULE_ENTRIES_BEFORE] = "entries_before",
  [FOYER_RULE_ENTRIES_DAYS_SINCE] = "entries_days_since",
  [FOYER_RULE_ENTRIES_DAYS_BEFORE] = "entries_days_before",
};

typedef struct
{
  FoyerRuleTree *tree;
  GArray *nodes;
  guint literals; /* items of literal lists, which count towards the size */
} Compiler;

/**
 * foyer_rule_operator_to_name:
 * @op: an operator
 *
 * Returns: its word in a rule
 */
const char *
foyer_rule_operator_to_name (FoyerRuleOperator op)
{
  return operator_names[op];
}

static gboolean
operator_from_name (const char *name, FoyerRuleOperator *op)
{
  for (gsize i = FOYER_RULE_AND; i < G_N_ELEMENTS (operator_names); i++)
    if (strcmp (operator_names[i], name) == 0)
      {
        *op = (FoyerRuleOperator)i;
        return TRUE;
      }
  return FALSE;
}

static void
read_scalar (Compiler *compiler, JsonNode *json, FoyerRuleValue *value)
{
  GType type = json_node_get_value_type (json);

  if (type == G_TYPE_BOOLEAN)
    {
      value->kind = FOYER_RULE_BOOLEAN;
      value->boolean = json_node_get_boolean (json);
    }
  else if (type == G_TYPE_INT64)
    {
      value->kind = FOYER_RULE_INT;
      value->integer = json_node_get_int (json);
    }
  else if (type == G_TYPE_DOUBLE)
    {
      value->kind = FOYER_RULE_FLOAT;
      value->real = json_node_get_double (json);
    }
  else if (type == G_TYPE_STRING)
    {
      value->kind = FOYER_RULE_TEXT;
      value->text = g_string_chunk_insert_const (compiler->tree->texts,
                                                 json_node_get_string (json));
    }
}

/* The language does not look into a literal list: an object in it stays an object. */
static gboolean
read_literal (Compiler *compiler, JsonNode *json, guint depth, FoyerRuleValue *value)
{
  JsonArray *array;
  FoyerRuleValue *items;

  memset (value, 0, sizeof *value);
  if (depth > FOYER_RULE_MAX_DEPTH)
    return FALSE;

  switch (json_node_get_node_type (json))
    {
    case JSON_NODE_NULL:
      return TRUE;
    case JSON_NODE_VALUE:
      read_scalar (compiler, json, value);
      return TRUE;
    case JSON_NODE_OBJECT:
      value->kind = FOYER_RULE_OBJECT;
      return TRUE;
    case JSON_NODE_ARRAY:
      break;
    }

  array = json_node_get_array (json);
  value->kind = FOYER_RULE_LIST;
  value->length = json_array_get_length (array);
  compiler->literals += value->length;
  if (compiler->literals > FOYER_RULE_MAX_NODES)
    return FALSE;

  items = g_new0 (FoyerRuleValue, value->length);
  g_ptr_array_add (compiler->tree->lists, items);
  value->items = items;
  for (guint i = 0; i < value->length; i++)
    if (!read_literal (compiler, json_array_get_element (array, i), depth + 1, &items[i]))
      return FALSE;
  return TRUE;
}

/* The first key that is no note decides; the others are not looked at. */
static gboolean
find_operator (JsonObject *object, FoyerRuleOperator *op, JsonNode **operands)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, operands))
    if (!g_str_has_prefix (name, "__"))
      return operator_from_name (name, op);
  return FALSE;
}

static gboolean
compile (Compiler *compiler, guint index, JsonNode *json, guint depth)
{
  FoyerRuleNode node = { 0 };
  JsonNode *operands = NULL;
  JsonArray *array = NULL;

  if (depth > FOYER_RULE_MAX_DEPTH)
    return FALSE;

  if (!JSON_NODE_HOLDS_OBJECT (json))
    {
      if (!read_literal (compiler, json, depth, &node.literal))
        return FALSE;
      g_array_index (compiler->nodes, FoyerRuleNode, index) = node;
      return TRUE;
    }

  if (!find_operator (json_node_get_object (json), &node.op, &operands))
    return FALSE;

  node.first = compiler->nodes->len;
  node.count = 1;
  if (JSON_NODE_HOLDS_ARRAY (operands))
    {
      array = json_node_get_array (operands);
      node.count = json_array_get_length (array);
    }
  if (node.count > FOYER_RULE_MAX_NODES - node.first)
    return FALSE;

  g_array_set_size (compiler->nodes, node.first + node.count);
  g_array_index (compiler->nodes, FoyerRuleNode, index) = node;
  for (guint i = 0; i < node.count; i++)
    if (!compile (compiler, node.first + i,
                  array != NULL ? json_array_get_element (array, i) : operands, depth + 1))
      return FALSE;
  return TRUE;
}

/**
 * foyer_rule_tree_init:
 * @self: (out caller-allocates): the tree; clear it with foyer_rule_tree_clear()
 * @rule: a rule
 *
 * Compiles @rule. A rule that can never be evaluated (an operator that is not known here, an object
 * without one, too deep, too large) makes a tree that is broken.
 */
void
foyer_rule_tree_init (FoyerRuleTree *self, JsonNode *rule)
{
  Compiler compiler = { .tree = self };

  memset (self, 0, sizeof *self);
  self->texts = g_string_chunk_new (256);
  self->lists = g_ptr_array_new_with_free_func (g_free);

  compiler.nodes = g_array_sized_new (FALSE, TRUE, sizeof (FoyerRuleNode), 64);
  g_array_set_size (compiler.nodes, 1);
  self->broken = !compile (&compiler, 0, rule, 1);
  self->count = compiler.nodes->len;
  self->nodes = (FoyerRuleNode *)(void *)g_array_free (compiler.nodes, FALSE);
}

/**
 * foyer_rule_tree_clear:
 * @self: a tree
 */
void
foyer_rule_tree_clear (FoyerRuleTree *self)
{
  g_clear_pointer (&self->nodes, g_free);
  g_clear_pointer (&self->texts, g_string_chunk_free);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
}
