/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-rule-clock.h"
#include "foyer-rule-value.h"
#include "foyer-rules-context.h"

G_BEGIN_DECLS

/**
 * FoyerRuleVariables:
 * @context: what is asked about
 * @clock: the clocks of the event's zone, once they were needed
 * @now: the scan's time on them
 * @broken: the event's zone is not known here
 *
 * The variables of one evaluation, each worked out when it is asked for.
 */
typedef struct
{
  const FoyerRulesContext *context;
  FoyerRuleClock clock;
  FoyerRuleWall now;
  gboolean broken;
} FoyerRuleVariables;

void foyer_rule_variables_clear (FoyerRuleVariables *self);
gboolean foyer_rule_variables_get (FoyerRuleVariables *self,
                                   const char *name,
                                   FoyerRuleValue *value,
                                   gboolean *known);
gboolean foyer_rule_variables_build_time (FoyerRuleVariables *self,
                                          const FoyerRuleValue *kind,
                                          const FoyerRuleValue *argument,
                                          FoyerRuleValue *time);
gint64 foyer_rule_variables_count_entries (FoyerRuleVariables *self, FoyerTime from, FoyerTime to);
gboolean foyer_rule_variables_count_days (FoyerRuleVariables *self,
                                          FoyerTime from,
                                          FoyerTime to,
                                          gint64 *days);

G_END_DECLS
