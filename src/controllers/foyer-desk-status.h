/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-desk.h"

G_BEGIN_DECLS

#define FOYER_TYPE_DESK_STATUS (foyer_desk_status_get_type ())

/**
 * FoyerDeskStatus:
 *
 * How a connection is, in words: in reach or not, how fresh the copy is, how far a sync is.
 *
 * Properties, notified: `desk` (FoyerDesk, nullable, writable); read-only: `reach-word`, `reach-icon`,
 * `reach-sentence`, `synced-text`, `sync-text` (gchararray); `sync-fraction` (gdouble, 0 to 1, -1 while
 * nobody knows how much there is); `syncing` (gboolean); `problem` (gchararray, nullable): what a person
 * must know, with what to do.
 */
G_DECLARE_FINAL_TYPE (FoyerDeskStatus, foyer_desk_status, FOYER, DESK_STATUS, GObject)

FoyerDeskStatus *foyer_desk_status_new (void);
FoyerDesk *foyer_desk_status_get_desk (FoyerDeskStatus *self);
void foyer_desk_status_set_desk (FoyerDeskStatus *self, FoyerDesk *desk);
void foyer_desk_status_tick (FoyerDeskStatus *self);

G_END_DECLS
