/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-command-writer.h"
#include "foyer-desk.h"
#include "foyer-verdict-claim.h"

G_BEGIN_DECLS

#define FOYER_TYPE_LANE (foyer_lane_get_type ())

/**
 * FoyerLane:
 *
 * The lane of one connection: its waiting commands, in order, a few at a time. Part of #FoyerDispatcher.
 *
 * Signal `settled` (FoyerCommand *): a command has reached a state of rest. Signal `idle` (): nothing is
 * being sent.
 */
G_DECLARE_FINAL_TYPE (FoyerLane, foyer_lane, FOYER, LANE, GObject)

FoyerLane *foyer_lane_new (FoyerDesk *desk, FoyerCommandWriter *writer);
FoyerDesk *foyer_lane_get_desk (FoyerLane *self);
void foyer_lane_set_open (FoyerLane *self, gboolean open);
gboolean foyer_lane_get_open (FoyerLane *self);
gboolean foyer_lane_is_held (FoyerLane *self);
gboolean foyer_lane_is_idle (FoyerLane *self);
void foyer_lane_look (FoyerLane *self);
void foyer_lane_retry (FoyerLane *self);
void foyer_lane_send_now (FoyerLane *self,
                          FoyerCommand *command,
                          FoyerVerdictClaim claim,
                          gpointer user_data,
                          GDestroyNotify destroy);
void foyer_lane_forget_claim (FoyerLane *self, const char *command_id);
gint64 foyer_lane_get_deadline (FoyerLane *self);

G_END_DECLS
