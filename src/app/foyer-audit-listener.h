/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-call-listener.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

#define FOYER_TYPE_AUDIT_LISTENER (foyer_audit_listener_get_type ())

/**
 * FoyerAuditListener:
 *
 * Carries the calls that belong to no command from the connections to the workspace's audit.
 */
G_DECLARE_FINAL_TYPE (FoyerAuditListener, foyer_audit_listener, FOYER, AUDIT_LISTENER, GObject)

FoyerAuditListener *foyer_audit_listener_new (void);
void foyer_audit_listener_set_workspace (FoyerAuditListener *self, FoyerWorkspace *workspace);

G_END_DECLS
