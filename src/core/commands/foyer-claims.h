/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-verdict-claim.h"

G_BEGIN_DECLS

GHashTable *foyer_claims_new (void);
void foyer_claims_add (GHashTable *claims,
                       const char *command_id,
                       FoyerVerdictClaim claim,
                       gpointer user_data,
                       GDestroyNotify destroy);
gboolean foyer_claims_answer (GHashTable *claims,
                              FoyerCommand *command,
                              FoyerStepResult *result,
                              const GError *error);

G_END_DECLS
