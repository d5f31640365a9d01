/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The operators (contracts/pretix-checkin.md 12.2). Nothing is skipped: all operands are evaluated, and an
 * error in any of them is an error of the rule. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-rule-machine.h"

#include <math.h>
#include <string.h>

/* A tolerance of more than ten thousand years leads nowhere. */
#define MAX_TOLERANCE (G_GINT64_CONSTANT (10000) * 366 * 24 * FOYER_HOUR)

typedef gboolean (*Compare) (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *result);

static void
set_boolean (FoyerRuleValue *value, gboolean boolean)
{
  value->kind = FOYER_RULE_BOOLEAN;
  value->boolean = boolean;
}

/* Python's `and` and `or`: the operand that decides, or the last. */
static void
run_junction (const FoyerRuleValue *operands, guint count, gboolean stop_at, FoyerRuleValue *value)
{
  if (count == 0)
    {
      set_boolean (value, !stop_at);
      return;
    }

  for (guint i = 0; i < count; i++)
    if (i == count - 1 || !foyer_rule_value_is_true (&operands[i]) == !stop_at)
      {
        *value = operands[i];
        return;
      }
}

static gboolean
less_or_equal (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *result)
{
  if (!foyer_rule_value_soft_less (a, b, result))
    return FALSE;

  return *result || foyer_rule_value_soft_equal (a, b, result);
}

/* a < b < c: the first pair that fails ends it, and what is behind it is not compared. */
static gboolean
run_chain (const FoyerRuleValue *operands, guint count, Compare compare, FoyerRuleValue *value)
{
  gboolean result = TRUE;

  if (count < 2)
    return FALSE;

  for (guint i = 0; result && i + 1 < count; i++)
    if (!compare (&operands[i], &operands[i + 1], &result))
      return FALSE;
  set_boolean (value, result);
  return TRUE;
}

static gboolean
run_pair (const FoyerRuleValue *a, const FoyerRuleValue *b, Compare compare, FoyerRuleValue *value)
{
  gboolean result;

  if (!compare (a, b, &result))
    return FALSE;

  set_boolean (value, result);
  return TRUE;
}

static gboolean
add_minutes (FoyerRuleValue *time, const FoyerRuleValue *tolerance)
{
  double minutes;
  double microseconds;

  if (!foyer_rule_value_is_true (tolerance))
    return TRUE;
  if (time->kind != FOYER_RULE_TIME || !foyer_rule_value_to_double (tolerance, &minutes))
    return FALSE;

  microseconds = minutes * (double)FOYER_MINUTE;
  if (!(fabs (microseconds) < (double)MAX_TOLERANCE) || ABS (time->time) > MAX_TOLERANCE)
    return FALSE;
  time->time += (gint64)rint (microseconds);
  return TRUE;
}

/* Strict, in instants. The tolerance makes both wider: later ends and earlier beginnings. */
static gboolean
run_is_before (const FoyerRuleValue *operands, guint count, gboolean after, FoyerRuleValue *value)
{
  FoyerRuleValue earlier;
  FoyerRuleValue later;

  if (count < 2 || count > 3)
    return FALSE;

  earlier = operands[after ? 1 : 0];
  later = operands[after ? 0 : 1];
  if (count == 3 && !add_minutes (&later, &operands[2]))
    return FALSE;

  return run_pair (&earlier, &later, foyer_rule_value_less, value);
}

static gboolean
run_var (FoyerRuleMachine *self, const FoyerRuleValue *operands, guint count, FoyerRuleValue *value)
{
  gboolean known = FALSE;

  if (count < 1 || count > 2)
    return FALSE;

  if (operands[0].kind == FOYER_RULE_TEXT
      && !foyer_rule_variables_get (self->variables, operands[0].text, value, &known))
    return FALSE;

  if (!known && count == 2)
    *value = operands[1];
  return TRUE;
}

static gboolean
run_lookup (const FoyerRuleValue *operands, guint count, FoyerRuleValue *value)
{
  value->kind = FOYER_RULE_INT;
  return count == 3 && foyer_rule_value_to_int (&operands[1], &value->integer);
}

static gboolean
run_build_time (FoyerRuleMachine *self,
                const FoyerRuleValue *operands,
                guint count,
                FoyerRuleValue *value)
{
  if (count == 0)
    return TRUE;
  if (count > 2)
    return FALSE;

  return foyer_rule_variables_build_time (self->variables, &operands[0],
                                          count == 2 ? &operands[1] : NULL, value);
}

static gboolean
run_entries (FoyerRuleMachine *self,
             FoyerRuleOperator op,
             const FoyerRuleValue *operands,
             guint count,
             FoyerRuleValue *value)
{
  gboolean since = op == FOYER_RULE_ENTRIES_SINCE || op == FOYER_RULE_ENTRIES_DAYS_SINCE;
  FoyerTime from;
  FoyerTime to;

  if (count != 1 || operands[0].kind != FOYER_RULE_TIME)
    return FALSE;

  from = since ? operands[0].time : FOYER_TIME_NONE;
  to = since ? FOYER_TIME_NONE : operands[0].time;
  value->kind = FOYER_RULE_INT;
  if (op == FOYER_RULE_ENTRIES_DAYS_SINCE || op == FOYER_RULE_ENTRIES_DAYS_BEFORE)
    return foyer_rule_variables_count_days (self->variables, from, to, &value->integer);

  value->integer = foyer_rule_variables_count_entries (self->variables, from, to);
  return TRUE;
}

static gboolean
run_operator (FoyerRuleMachine *self, const FoyerRuleNode *node, FoyerRuleValue *value)
{
  const FoyerRuleValue *operands = &self->values[node->first];
  guint count = node->count;

  switch (node->op)
    {
    case FOYER_RULE_LITERAL:
      *value = node->literal;
      return TRUE;
    case FOYER_RULE_AND:
      run_junction (operands, count, FALSE, value);
      return TRUE;
    case FOYER_RULE_OR:
      run_junction (operands, count, TRUE, value);
      return TRUE;
    case FOYER_RULE_EQUAL:
      return count == 2
             && run_pair (&operands[0], &operands[1], foyer_rule_value_soft_equal, value);
    case FOYER_RULE_NOT_EQUAL:
      if (count != 2 || !run_pair (&operands[0], &operands[1], foyer_rule_value_soft_equal, value))
        return FALSE;
      value->boolean = !value->boolean;
      return TRUE;
    case FOYER_RULE_LESS:
      return run_chain (operands, count, foyer_rule_value_soft_less, value);
    case FOYER_RULE_LESS_EQUAL:
      return run_chain (operands, count, less_or_equal, value);
    case FOYER_RULE_GREATER:
      return count == 2 && run_pair (&operands[1], &operands[0], foyer_rule_value_soft_less, value);
    case FOYER_RULE_GREATER_EQUAL:
      return count == 2 && run_pair (&operands[1], &operands[0], less_or_equal, value);
    case FOYER_RULE_IS_BEFORE:
      return run_is_before (operands, count, FALSE, value);
    case FOYER_RULE_IS_AFTER:
      return run_is_before (operands, count, TRUE, value);
    case FOYER_RULE_IN_LIST:
      return count == 2 && run_pair (&operands[0], &operands[1], foyer_rule_value_in, value);
    case FOYER_RULE_OBJECT_LIST:
      value->kind = FOYER_RULE_LIST;
      value->length = count;
      value->items = operands;
      return TRUE;
    case FOYER_RULE_LOOKUP:
      return run_lookup (operands, count, value);
    case FOYER_RULE_VAR:
      return run_var (self, operands, count, value);
    case FOYER_RULE_BUILD_TIME:
      return run_build_time (self, operands, count, value);
    case FOYER_RULE_ENTRIES_SINCE:
    case FOYER_RULE_ENTRIES_BEFORE:
    case FOYER_RULE_ENTRIES_DAYS_SINCE:
    case FOYER_RULE_ENTRIES_DAYS_BEFORE:
      return run_entries (self, node->op, operands, count, value);
    }
  g_return_val_if_reached (FALSE);
}

/**
 * foyer_rule_machine_run:
 * @self: the machine
 *
 * Evaluates every node. A node's operands always stand behind it in the tree, so going backwards works
 * without recursion.
 *
 * Returns: %FALSE if the rule cannot be evaluated
 */
gboolean
foyer_rule_machine_run (FoyerRuleMachine *self)
{
  if (self->tree->broken)
    return FALSE;

  for (guint i = self->tree->count; i-- > 0;)
    {
      memset (&self->values[i], 0, sizeof self->values[i]);
      if (!run_operator (self, &self->tree->nodes[i], &self->values[i]))
        return FALSE;
    }
  return TRUE;
}
