/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

/**
 * FoyerSandboxPositionShape:
 * @checkin_form: as check-in lists, search and redeem show it, not as orders do
 * @zone: the zone of its times
 * @lists: (nullable) (element-type JsonObject): only check-ins of these lists; %NULL: all
 * @expand_item: and so on: ids become objects
 * @addons: add the add-ons
 *
 * How a ticket is to be written.
 */
typedef struct
{
  gboolean checkin_form;
  GTimeZone *zone;
  GPtrArray *lists;
  gboolean expand_item;
  gboolean expand_variation;
  gboolean expand_subevent;
  gboolean expand_question;
  gboolean addons;
} FoyerSandboxPositionShape;

void foyer_sandbox_position_shape_init (FoyerSandboxPositionShape *shape, FoyerSandboxCall *call);
void foyer_sandbox_write_position (FoyerSandboxOut *out,
                                   const char *key,
                                   FoyerSandboxPosition *position,
                                   const FoyerSandboxPositionShape *shape,
                                   const char *base);
void foyer_sandbox_write_order (FoyerSandboxOut *out,
                                FoyerSandboxOrder *order,
                                gboolean canceled_positions,
                                gboolean canceled_fees,
                                const char *base);

JsonObject *foyer_sandbox_position_get_item (FoyerSandboxPosition *self);
JsonObject *foyer_sandbox_position_get_variation (FoyerSandboxPosition *self);
gboolean foyer_sandbox_position_get_attention (FoyerSandboxPosition *self);

G_END_DECLS
