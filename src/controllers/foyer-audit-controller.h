/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-call-words.h"
#include "foyer-query-model.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

/**
 * FoyerAuditVerdict:
 * @FOYER_AUDIT_UNCHECKED: nobody has looked yet
 * @FOYER_AUDIT_CHECKING: being walked
 * @FOYER_AUDIT_INTACT: nothing was changed or removed
 * @FOYER_AUDIT_BROKEN: something was
 * @FOYER_AUDIT_FAILED: it could not be read
 *
 * What is known of the record of outside calls.
 */
typedef enum
{
  FOYER_AUDIT_UNCHECKED,
  FOYER_AUDIT_CHECKING,
  FOYER_AUDIT_INTACT,
  FOYER_AUDIT_BROKEN,
  FOYER_AUDIT_FAILED,
} FoyerAuditVerdict;

#define FOYER_TYPE_AUDIT_CONTROLLER (foyer_audit_controller_get_type ())

/**
 * FoyerAuditController:
 *
 * The record of outside calls. Properties, notified: `calls` (FoyerQueryModel, rows of FoyerCall, newest
 * first), `empty` (gboolean), `verdict` (int, #FoyerAuditVerdict), `verdict-text` (gchararray),
 * `verdict-icon` (gchararray), `checking` (gboolean), `active` (gboolean, writable: somebody looks).
 */
G_DECLARE_FINAL_TYPE (FoyerAuditController,
                      foyer_audit_controller,
                      FOYER,
                      AUDIT_CONTROLLER,
                      GObject)

FoyerAuditController *foyer_audit_controller_new (FoyerWorkspace *workspace);
FoyerQueryModel *foyer_audit_controller_get_calls (FoyerAuditController *self);
FoyerAuditVerdict foyer_audit_controller_get_verdict (FoyerAuditController *self);
void foyer_audit_controller_set_active (FoyerAuditController *self, gboolean active);
void foyer_audit_controller_verify (FoyerAuditController *self);

G_END_DECLS
