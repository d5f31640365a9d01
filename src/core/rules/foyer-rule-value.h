/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-time.h"

G_BEGIN_DECLS

/**
 * FoyerRuleKind:
 * @FOYER_RULE_NONE: null
 * @FOYER_RULE_BOOLEAN: true or false
 * @FOYER_RULE_INT: a whole number
 * @FOYER_RULE_FLOAT: any other number
 * @FOYER_RULE_TEXT: a text
 * @FOYER_RULE_TIME: an instant
 * @FOYER_RULE_NAIVE_TIME: a time without a zone: it may be there, but comparing with it is an error
 * @FOYER_RULE_LIST: a list
 * @FOYER_RULE_OBJECT: an object inside of a list, which the language leaves as it is
 *
 * What the rule language knows, which is what Python knows.
 */
typedef enum
{
  FOYER_RULE_NONE,
  FOYER_RULE_BOOLEAN,
  FOYER_RULE_INT,
  FOYER_RULE_FLOAT,
  FOYER_RULE_TEXT,
  FOYER_RULE_TIME,
  FOYER_RULE_NAIVE_TIME,
  FOYER_RULE_LIST,
  FOYER_RULE_OBJECT,
} FoyerRuleKind;

/**
 * FoyerRuleValue:
 * @kind: what it is
 * @length: of a list
 *
 * A value while a rule is evaluated. It owns nothing: texts and lists live in the rule.
 */
typedef struct _FoyerRuleValue FoyerRuleValue;
struct _FoyerRuleValue
{
  FoyerRuleKind kind;
  guint length;
  union
  {
    gboolean boolean;
    gint64 integer;
    double real;
    const char *text;
    FoyerTime time;
    const FoyerRuleValue *items;
  };
};

gboolean foyer_rule_value_is_true (const FoyerRuleValue *self);
gboolean foyer_rule_value_equal (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *equal);
gboolean
foyer_rule_value_soft_equal (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *equal);
gboolean foyer_rule_value_less (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *less);
gboolean
foyer_rule_value_soft_less (const FoyerRuleValue *a, const FoyerRuleValue *b, gboolean *less);
gboolean
foyer_rule_value_in (const FoyerRuleValue *needle, const FoyerRuleValue *haystack, gboolean *in);
gboolean foyer_rule_value_to_double (const FoyerRuleValue *self, double *number);
char *foyer_rule_value_dup_double_text (double number);
gboolean foyer_rule_value_to_int (const FoyerRuleValue *self, gint64 *number);

G_END_DECLS
