/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-audit-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_AUDIT_VIEW (foyer_audit_view_get_type ())

/**
 * FoyerAuditView:
 *
 * The record of outside calls as a table.
 */
G_DECLARE_FINAL_TYPE (FoyerAuditView, foyer_audit_view, FOYER, AUDIT_VIEW, AdwBin)

GtkWidget *foyer_audit_view_new (FoyerAuditController *controller);

G_END_DECLS
