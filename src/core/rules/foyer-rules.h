/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "foyer-rules-context.h"

G_BEGIN_DECLS

/**
 * FoyerRulesVerdict:
 * @FOYER_RULES_FALSE: the rules do not let the ticket in
 * @FOYER_RULES_TRUE: the rules let the ticket in
 * @FOYER_RULES_ERROR: the rules cannot be evaluated here. The service refuses such a ticket with the
 *   reason `rules`, unless it knows an operator that this engine leaves to it: ask it
 */
typedef enum
{
  FOYER_RULES_FALSE,
  FOYER_RULES_TRUE,
  FOYER_RULES_ERROR,
} FoyerRulesVerdict;

#define FOYER_TYPE_RULES (foyer_rules_get_type ())

/**
 * FoyerRules:
 *
 * A check-in list's rules, read once, to be evaluated for any number of scans and in any thread.
 */
typedef struct _FoyerRules FoyerRules;

GType foyer_rules_get_type (void) G_GNUC_CONST;
FoyerRules *foyer_rules_new (JsonNode *rules);
FoyerRules *foyer_rules_new_from_text (const char *text);
FoyerRules *foyer_rules_ref (FoyerRules *self);
void foyer_rules_unref (FoyerRules *self);

FoyerRulesVerdict foyer_rules_evaluate (FoyerRules *self, const FoyerRulesContext *context);
FoyerRulesVerdict
foyer_rules_evaluate_with_hint (FoyerRules *self, const FoyerRulesContext *context, char **hint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerRules, foyer_rules_unref)

G_END_DECLS
