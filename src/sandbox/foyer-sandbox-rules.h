/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-world.h"

G_BEGIN_DECLS

/**
 * FoyerSandboxVerdict:
 * @FOYER_SANDBOX_RULES_TRUE: let in, or there are no rules
 * @FOYER_SANDBOX_RULES_FALSE: not let in; there is an explanation
 * @FOYER_SANDBOX_RULES_ERROR: the rules cannot be evaluated
 * @FOYER_SANDBOX_RULES_CRASH: false, but the explanation falls over: HTTP 500
 */
typedef enum
{
  FOYER_SANDBOX_RULES_TRUE,
  FOYER_SANDBOX_RULES_FALSE,
  FOYER_SANDBOX_RULES_ERROR,
  FOYER_SANDBOX_RULES_CRASH,
} FoyerSandboxVerdict;

FoyerSandboxVerdict foyer_sandbox_rules_decide (FoyerSandboxPosition *position,
                                                JsonObject *list,
                                                gint64 gate,
                                                FoyerTime at,
                                                char **explanation);

G_END_DECLS
