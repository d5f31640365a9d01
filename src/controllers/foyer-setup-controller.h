/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-lists.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SETUP_CONTROLLER (foyer_setup_controller_get_type ())

/**
 * FoyerSetupController:
 *
 * Making the page that sets up another laptop as a desk of the event that is worked for.
 *
 * Properties, notified. Writable: `desk-name`, `gate`, `token` (gchararray); `only-check-in` (gboolean);
 * `good-for` (int, hours). Read-only: `needs-token` (gboolean: the service's key may not make devices, so a
 * person gives an initialisation token), `busy`, `ready` (gboolean: there is a code), `problem`, `hint`,
 * `warning` (gchararray, nullable), `place` (gchararray: the event), `until` (gchararray: how long the code
 * is good).
 *
 * The code itself is no property: it holds the token, and nobody is to print it by accident.
 *
 * Actions (foyer_setup_controller_get_actions()): `make`: the code; `again`: back, for another desk.
 */
G_DECLARE_FINAL_TYPE (FoyerSetupController,
                      foyer_setup_controller,
                      FOYER,
                      SETUP_CONTROLLER,
                      GObject)

FoyerSetupController *foyer_setup_controller_new (FoyerWorkspace *workspace, FoyerLists *lists);
GActionGroup *foyer_setup_controller_get_actions (FoyerSetupController *self);
GListModel *foyer_setup_controller_get_lists (FoyerSetupController *self);
GListModel *foyer_setup_controller_get_facts (FoyerSetupController *self);
const char *foyer_setup_controller_get_code (FoyerSetupController *self);
gboolean foyer_setup_controller_get_ready (FoyerSetupController *self);
void foyer_setup_controller_cancel (FoyerSetupController *self);

G_END_DECLS
