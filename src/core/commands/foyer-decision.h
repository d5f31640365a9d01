/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admission.h"
#include "foyer-command.h"
#include "foyer-journal.h"
#include "foyer-scan.h"
#include "foyer-signatures.h"
#include "foyer-step-result.h"

G_BEGIN_DECLS

/**
 * FoyerDecisionRequest:
 * @scan: (owned): the scan, with its door time
 * @signatures: (owned) (nullable): who knows signatures
 * @connection: (owned): whose lists they are
 * @id: (owned): id of the command, if there will be one
 * @key: (owned): its nonce
 * @created: the laptop's clock
 * @unsure: the door time is a guess
 * @actor: (owned) (nullable): who
 * @desk: (owned) (nullable): where
 * @leaves: a command would be sent at once: it is recorded as being sent
 * @told: (owned) (nullable): the service was asked, and would admit
 *
 * Everything that foyer_decision_make() needs. Not changed by it.
 */
typedef struct
{
  FoyerScan *scan;
  FoyerSignatures *signatures;
  char *connection;
  char *id;
  char *key;
  FoyerTime created;
  gboolean unsure;
  char *actor;
  char *desk;
  gboolean leaves;
  FoyerStepResult *told;
} FoyerDecisionRequest;

/**
 * FoyerDecision:
 * @admission: (owned): the desk's decision
 * @scan: (owned): the scan with what was found out about it
 * @command: (owned) (nullable): the command that was recorded, if the decision is to let in
 *
 * What came of it.
 */
typedef struct
{
  FoyerAdmission *admission;
  FoyerScan *scan;
  FoyerCommand *command;
} FoyerDecision;

void foyer_decision_request_free (FoyerDecisionRequest *self);
void foyer_decision_free (FoyerDecision *self);
gboolean foyer_decision_make (FoyerTransaction *transaction,
                              gpointer request,
                              gpointer *decision,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerDecisionRequest, foyer_decision_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerDecision, foyer_decision_free)

G_END_DECLS
