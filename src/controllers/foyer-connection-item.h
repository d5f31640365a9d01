/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-desk-status.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CONNECTION_ITEM (foyer_connection_item_get_type ())

/**
 * FoyerConnectionItem:
 *
 * One connection as its page shows it. Properties, read-only, notified: `status` (FoyerDeskStatus);
 * `title`, `address`, `account`, `desk-text`, `figures`, `version` (gchararray); `clock-text` (gchararray,
 * nullable: the laptop's clock is wrong); `locked` (gboolean: the keyring must be unlocked first);
 * `needs-key` (gboolean: the key is gone or no longer accepted: connect again); `can-sync` (gboolean);
 * `busy` (gboolean: being removed or unlocked).
 */
G_DECLARE_FINAL_TYPE (FoyerConnectionItem, foyer_connection_item, FOYER, CONNECTION_ITEM, GObject)

FoyerConnectionItem *foyer_connection_item_new (FoyerDesk *desk);
FoyerDesk *foyer_connection_item_get_desk (FoyerConnectionItem *self);
FoyerDeskStatus *foyer_connection_item_get_status (FoyerConnectionItem *self);
const char *foyer_connection_item_get_name (FoyerConnectionItem *self);
const char *foyer_connection_item_get_address (FoyerConnectionItem *self);
gboolean foyer_connection_item_get_busy (FoyerConnectionItem *self);
void foyer_connection_item_set_busy (FoyerConnectionItem *self, gboolean busy);
void foyer_connection_item_tick (FoyerConnectionItem *self);

char *foyer_connection_item_describe_figures (const FoyerHealth *health);
char *foyer_connection_item_describe_clock (const FoyerHealth *health);

G_END_DECLS
