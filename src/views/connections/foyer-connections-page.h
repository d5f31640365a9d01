/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-connections-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CONNECTIONS_PAGE (foyer_connections_page_get_type ())

/**
 * FoyerConnectionsPage:
 *
 * The connections, and the record of outside calls. Property `controller` (FoyerConnectionsController,
 * construct-only). Action `connections.reconnect` (s: an address): the way to a connection, with the
 * address filled in.
 */
G_DECLARE_FINAL_TYPE (FoyerConnectionsPage, foyer_connections_page, FOYER, CONNECTIONS_PAGE, AdwBin)

GtkWidget *foyer_connections_page_new (FoyerConnectionsController *controller);

G_END_DECLS
