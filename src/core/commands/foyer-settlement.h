/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-journal.h"

G_BEGIN_DECLS

/**
 * FoyerSettlement:
 * @FOYER_SETTLE_KEEP: what happened at the door stands: the command is sent again with `force`; where an
 *   admission cannot be taken back, an exit is entered
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
 * @new_id: (owned): id of a command that takes its place, if there will be one
 * @new_key: (owned): its key
 * @created: the laptop's clock
 *
 * Everything that foyer_settlement_make() needs.
 */
typedef struct
{
  char *id;
  FoyerSettlement settlement;
  char *note;
  char *actor;
  char *new_id;
  char *new_key;
  FoyerTime created;
} FoyerSettlementRequest;

void foyer_settlement_request_free (FoyerSettlementRequest *self);
gboolean foyer_settlement_make (FoyerTransaction *transaction,
                                gpointer request,
                                gpointer *result,
                                GError **error);

G_END_DECLS
