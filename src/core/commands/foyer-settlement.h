/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-journal.h"

G_BEGIN_DECLS

/**
 * FoyerSettlement:
 * @FOYER_SETTLE_KEEP: what happened at the door stands: the command is sent again with `force`
 * @FOYER_SETTLE_ACCEPT: the service's word stands: ours is closed with the note
 *
 * How a person answers a case of the inbox.
 */
typedef enum
{
  FOYER_SETTLE_KEEP,
  FOYER_SETTLE_ACCEPT,
} FoyerSettlement;

/**
 * FoyerSettlementRequest:
 * @id: (owned): the command
 * @settlement: how
 * @note: (owned) (nullable): what the person wrote
 * @actor: (owned) (nullable): who
 *
 * Everything that foyer_settlement_make() needs.
 */
typedef struct
{
  char *id;
  FoyerSettlement settlement;
  char *note;
  char *actor;
} FoyerSettlementRequest;

void foyer_settlement_request_free (FoyerSettlementRequest *self);
gboolean foyer_settlement_make (FoyerTransaction *transaction,
                                gpointer request,
                                gpointer *result,
                                GError **error);

G_END_DECLS
