/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-rule-tree.h"
#include "foyer-rule-variables.h"

G_BEGIN_DECLS

/**
 * FoyerRuleMachine:
 * @tree: the rule
 * @variables: what it asks about
 * @values: (array): where the nodes' values go, as many as the tree has nodes
 *
 * One evaluation of a rule. After a successful one @values holds what every node came to, which is what
 * the hint is made from.
 */
typedef struct
{
  const FoyerRuleTree *tree;
  FoyerRuleVariables *variables;
  FoyerRuleValue *values;
} FoyerRuleMachine;

gboolean foyer_rule_machine_run (FoyerRuleMachine *self);

G_END_DECLS
