/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-command.h"
#include "foyer-step-result.h"

G_BEGIN_DECLS

/**
 * FoyerVerdictClaim:
 * @command: the command that was answered
 * @result: (nullable): the answer; %NULL: none came
 * @error: (nullable): why none came
 * @user_data: the waiter's own
 *
 * Called on the main context the moment an answer is there, before it is stored: somebody at the door
 * may still be waiting for it. Called at most once.
 *
 * Returns: %TRUE if the waiter now shows the service's answer as the verdict: a refusal then closes the
 *   command (settled) instead of going to the inbox
 */
typedef gboolean (*FoyerVerdictClaim) (FoyerCommand *command,
                                       FoyerStepResult *result,
                                       const GError *error,
                                       gpointer user_data);

G_END_DECLS
