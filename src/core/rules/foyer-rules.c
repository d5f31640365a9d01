/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list's rules: JSON logic with pretix's own words (contracts/pretix-checkin.md 12). */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-rules.h"

#include "foyer-rule-hint.h"
#include "foyer-rule-machine.h"
#include "foyer-shallow-json.h"

/* A rule is an object and its operands a list: two brackets a level. */
#define MAX_JSON_DEPTH (2 * FOYER_RULE_MAX_DEPTH + 2)

/* The values of usual rules stay on the stack. */
#define FEW_NODES 256

struct _FoyerRules
{
  FoyerRuleTree tree;
  gboolean none; /* nothing that could say no */
};

G_DEFINE_BOXED_TYPE (FoyerRules, foyer_rules, foyer_rules_ref, foyer_rules_unref)

/**
 * foyer_rules_new:
 * @rules: (nullable): the value of the list's `rules`
 *
 * Reads rules. Rules that cannot be read give an object too, which evaluates to %FOYER_RULES_ERROR.
 *
 * Returns: (transfer full): the rules
 */
FoyerRules *
foyer_rules_new (JsonNode *rules)
{
  FoyerRules *self = g_atomic_rc_box_new0 (FoyerRules);
  g_autoptr (JsonNode) nothing = NULL;

  if (rules == NULL)
    rules = nothing = json_node_new (JSON_NODE_NULL);
  foyer_rule_tree_init (&self->tree, rules);

  /* An empty value is no rule, and any other that is no object is true. */
  self->none = JSON_NODE_HOLDS_OBJECT (rules)
                   ? json_object_get_size (json_node_get_object (rules)) == 0
                   : !self->tree.broken;
  return self;
}

/**
 * foyer_rules_new_from_text:
 * @text: (nullable): the value of the list's `rules` as JSON text; %NULL for none
 *
 * Reads rules from the text that a list carries. Text that is no JSON, or nested deeper than any rule may
 * be, gives rules that evaluate to %FOYER_RULES_ERROR.
 *
 * Returns: (transfer full): the rules
 */
FoyerRules *
foyer_rules_new_from_text (const char *text)
{
  g_autoptr (JsonNode) root = NULL;
  FoyerRules *self;

  if (text == NULL)
    return foyer_rules_new (NULL);

  root = foyer_shallow_json_parse (text, MAX_JSON_DEPTH);
  self = foyer_rules_new (root);
  if (root == NULL)
    {
      self->none = FALSE;
      self->tree.broken = TRUE;
    }
  return self;
}

/**
 * foyer_rules_ref:
 * @self: rules
 *
 * Returns: (transfer full): @self
 */
FoyerRules *
foyer_rules_ref (FoyerRules *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
foyer_rules_clear (gpointer data)
{
  FoyerRules *self = data;

  foyer_rule_tree_clear (&self->tree);
}

/**
 * foyer_rules_unref:
 * @self: (transfer full): rules
 */
void
foyer_rules_unref (FoyerRules *self)
{
  g_atomic_rc_box_release_full (self, foyer_rules_clear);
}

/**
 * foyer_rules_evaluate:
 * @self: rules
 * @context: the scan, the ticket, and its earlier scans
 *
 * Evaluates rules as the service does, but in exact instants: where the service is an hour off around a
 * clock change, this is not. Rules are for entries; an exit needs none.
 *
 * GLib reads a zone's file again unless somebody holds the zone: who evaluates often and wants it quick
 * keeps a reference to the event's #GTimeZone meanwhile.
 *
 * Returns: whether the ticket may enter
 */
FoyerRulesVerdict
foyer_rules_evaluate (FoyerRules *self, const FoyerRulesContext *context)
{
  return foyer_rules_evaluate_with_hint (self, context, NULL);
}

/**
 * foyer_rules_evaluate_with_hint:
 * @self: rules
 * @context: the scan, the ticket, and its earlier scans
 * @hint: (out) (optional) (nullable) (transfer full): for %FOYER_RULES_FALSE, why: see
 *   foyer_rule_hint_make(); %NULL if there is nothing to say
 *
 * The same as foyer_rules_evaluate(), with what a sentence for the person can be made of.
 *
 * Returns: whether the ticket may enter
 */
FoyerRulesVerdict
foyer_rules_evaluate_with_hint (FoyerRules *self, const FoyerRulesContext *context, char **hint)
{
  FoyerRuleVariables variables = { .context = context };
  FoyerRuleValue few[FEW_NODES];
  g_autofree FoyerRuleValue *many = NULL;
  FoyerRuleMachine machine = { .tree = &self->tree, .variables = &variables, .values = few };
  FoyerRulesVerdict verdict = FOYER_RULES_ERROR;

  if (hint != NULL)
    *hint = NULL;
  if (self->none)
    return FOYER_RULES_TRUE;
  if (context->now == FOYER_TIME_NONE)
    return FOYER_RULES_ERROR;

  if (self->tree.count > FEW_NODES)
    machine.values = many = g_new (FoyerRuleValue, self->tree.count);
  if (foyer_rule_machine_run (&machine))
    verdict = foyer_rule_value_is_true (&machine.values[0]) ? FOYER_RULES_TRUE : FOYER_RULES_FALSE;
  if (verdict == FOYER_RULES_FALSE && hint != NULL)
    *hint = foyer_rule_hint_make (&machine);

  foyer_rule_variables_clear (&variables);
  return verdict;
}
