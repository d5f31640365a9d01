/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who waits at the door for the answer to which command. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-claims.h"

typedef struct
{
  FoyerVerdictClaim claim;
  gpointer user_data;
  GDestroyNotify destroy;
} Claim;

static void
claim_free (gpointer data)
{
  Claim *claim = data;

  if (claim->destroy != NULL)
    claim->destroy (claim->user_data);
  g_free (claim);
}

/**
 * foyer_claims_new:
 *
 * Returns: (transfer full): command id to who waits; nobody yet
 */
GHashTable *
foyer_claims_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, claim_free);
}

/**
 * foyer_claims_add:
 * @claims: the claims
 * @command_id: a command
 * @claim: called with its answer, at most once
 * @user_data: for @claim
 * @destroy: (nullable): for @user_data
 */
void
foyer_claims_add (GHashTable *claims,
                  const char *command_id,
                  FoyerVerdictClaim claim,
                  gpointer user_data,
                  GDestroyNotify destroy)
{
  Claim *waiter = g_new0 (Claim, 1);

  waiter->claim = claim;
  waiter->user_data = user_data;
  waiter->destroy = destroy;
  g_hash_table_replace (claims, g_strdup (command_id), waiter);
}

/**
 * foyer_claims_answer:
 * @claims: the claims
 * @command: a command
 * @result: (nullable): its answer
 * @error: (nullable): why there is none
 *
 * Whoever waits at the door is told, once.
 *
 * Returns: whether the person at the door was told this very answer
 */
gboolean
foyer_claims_answer (GHashTable *claims,
                     FoyerCommand *command,
                     FoyerStepResult *result,
                     const GError *error)
{
  g_autofree char *key = NULL;
  Claim *claim = NULL;
  gboolean claimed;

  if (!g_hash_table_steal_extended (claims, command->id, (gpointer *)&key, (gpointer *)&claim))
    return FALSE;

  claimed = claim->claim (command, result, error, claim->user_data);
  claim_free (claim);
  return claimed;
}
