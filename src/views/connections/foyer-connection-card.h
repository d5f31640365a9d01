/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-connections-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CONNECTION_CARD (foyer_connection_card_get_type ())

/**
 * FoyerConnectionCard:
 *
 * A connection: who we are there, how well it goes, and what can be done. Property `item`
 * (FoyerConnectionItem, construct-only).
 */
G_DECLARE_FINAL_TYPE (FoyerConnectionCard,
                      foyer_connection_card,
                      FOYER,
                      CONNECTION_CARD,
                      AdwPreferencesGroup)

GtkWidget *foyer_connection_card_new (FoyerConnectionsController *controller,
                                      FoyerConnectionItem *item);

G_END_DECLS
