/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-audit-controller.h"
#include "foyer-confirmation.h"
#include "foyer-connect-controller.h"
#include "foyer-connection-item.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CONNECTIONS_CONTROLLER (foyer_connections_controller_get_type ())

/**
 * FoyerConnectionsController:
 *
 * The connections of a workspace. Properties, notified: `items` (GListModel of FoyerConnectionItem), `empty`
 * (gboolean), `audit` (FoyerAuditController), `problem` (gchararray, nullable: why something was not
 * done), `active` (gboolean, writable: somebody looks; only then figures are told anew).
 *
 * Signals: `confirmation-requested` (FoyerConfirmation): to be shown and resolved; `done` (gchararray): what
 * was done, in a sentence.
 */
G_DECLARE_FINAL_TYPE (FoyerConnectionsController,
                      foyer_connections_controller,
                      FOYER,
                      CONNECTIONS_CONTROLLER,
                      GObject)

FoyerConnectionsController *foyer_connections_controller_new (FoyerWorkspace *workspace);
GListModel *foyer_connections_controller_get_items (FoyerConnectionsController *self);
FoyerAuditController *foyer_connections_controller_get_audit (FoyerConnectionsController *self);
FoyerConnectController *
foyer_connections_controller_create_connect (FoyerConnectionsController *self);
void foyer_connections_controller_set_active (FoyerConnectionsController *self, gboolean active);
void foyer_connections_controller_fetch (FoyerConnectionsController *self,
                                         FoyerConnectionItem *item);
void foyer_connections_controller_stop_fetching (FoyerConnectionsController *self,
                                                 FoyerConnectionItem *item);
void foyer_connections_controller_unlock (FoyerConnectionsController *self,
                                          FoyerConnectionItem *item);
void foyer_connections_controller_remove (FoyerConnectionsController *self,
                                          FoyerConnectionItem *item);

G_END_DECLS
