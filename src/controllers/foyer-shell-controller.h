/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-desk-status.h"
#include "foyer-lists.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SHELL_CONTROLLER (foyer_shell_controller_get_type ())

/**
 * FoyerShellController:
 *
 * What the window shows around its pages: which list, which event and its time, whether the service is
 * in reach, and the line that adds up.
 *
 * Properties, notified, read-only: `lists` (FoyerLists), `status` (FoyerDeskStatus of the desk that the
 * selected list belongs to), `loaded`, `has-connections` (gboolean), `event-text` (gchararray: name and
 * time), `recorded`, `sent`, `waiting`, `needs-you` (gint64), `problem` (gchararray, nullable): why the
 * workspace could not be read.
 *
 * Actions (foyer_shell_controller_get_actions()): `sync`, `cancel-sync`.
 */
G_DECLARE_FINAL_TYPE (FoyerShellController,
                      foyer_shell_controller,
                      FOYER,
                      SHELL_CONTROLLER,
                      GObject)

FoyerShellController *foyer_shell_controller_new (FoyerWorkspace *workspace);
FoyerWorkspace *foyer_shell_controller_get_workspace (FoyerShellController *self);
FoyerLists *foyer_shell_controller_get_lists (FoyerShellController *self);
FoyerDeskStatus *foyer_shell_controller_get_status (FoyerShellController *self);
GActionGroup *foyer_shell_controller_get_actions (FoyerShellController *self);
gboolean foyer_shell_controller_get_loaded (FoyerShellController *self);
gboolean foyer_shell_controller_get_has_connections (FoyerShellController *self);
void foyer_shell_controller_fail (FoyerShellController *self, const GError *error);

G_END_DECLS
