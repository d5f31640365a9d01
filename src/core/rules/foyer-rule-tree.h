/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "foyer-rule-value.h"

G_BEGIN_DECLS

/* A rule deeper or larger than this is an error: it is never evaluated. The service itself gives up at
 * Python's recursion limit. */
#define FOYER_RULE_MAX_DEPTH 256
#define FOYER_RULE_MAX_NODES 20000

/**
 * FoyerRuleOperator:
 *
 * The operators that the service lets be stored, and a literal.
 */
typedef enum
{
  FOYER_RULE_LITERAL,
  FOYER_RULE_AND,
  FOYER_RULE_OR,
  FOYER_RULE_EQUAL,
  FOYER_RULE_NOT_EQUAL,
  FOYER_RULE_LESS,
  FOYER_RULE_LESS_EQUAL,
  FOYER_RULE_GREATER,
  FOYER_RULE_GREATER_EQUAL,
  FOYER_RULE_IS_BEFORE,
  FOYER_RULE_IS_AFTER,
  FOYER_RULE_IN_LIST,
  FOYER_RULE_OBJECT_LIST,
  FOYER_RULE_LOOKUP,
  FOYER_RULE_VAR,
  FOYER_RULE_BUILD_TIME,
  FOYER_RULE_ENTRIES_SINCE,
  FOYER_RULE_ENTRIES_BEFORE,
  FOYER_RULE_ENTRIES_DAYS_SINCE,
  FOYER_RULE_ENTRIES_DAYS_BEFORE,
} FoyerRuleOperator;

/**
 * FoyerRuleNode:
 * @op: the operator, or a literal
 * @first: index of the first operand in the tree; the others follow it
 * @count: how many operands
 * @literal: the value of a literal
 */
typedef struct
{
  FoyerRuleOperator op;
  guint first;
  guint count;
  FoyerRuleValue literal;
} FoyerRuleNode;

/**
 * FoyerRuleTree:
 * @nodes: (array length=count): the nodes, the root first, a node's operands side by side
 * @count: how many
 * @broken: the rule cannot be evaluated, ever
 *
 * A rule made ready for being evaluated many times.
 */
typedef struct
{
  FoyerRuleNode *nodes;
  guint count;
  gboolean broken;
  GStringChunk *texts;
  GPtrArray *lists;
} FoyerRuleTree;

void foyer_rule_tree_init (FoyerRuleTree *self, JsonNode *rule);
void foyer_rule_tree_clear (FoyerRuleTree *self);
const char *foyer_rule_operator_to_name (FoyerRuleOperator op);

G_END_DECLS
