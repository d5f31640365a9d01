/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the wire to the audit. */

#define G_LOG_DOMAIN "foyer-app"

#include "foyer-audit-listener.h"

struct _FoyerAuditListener
{
  GObject parent_instance;

  FoyerWorkspace *workspace; /* weak: the workspace holds us, by its factory */
};

static void
foyer_audit_listener_call_finished (FoyerCallListener *listener, FoyerCall *call)
{
  FoyerAuditListener *self = FOYER_AUDIT_LISTENER (listener);

  if (self->workspace != NULL)
    foyer_workspace_record_call (self->workspace, call);
}

static void
foyer_audit_listener_call_listener_init (FoyerCallListenerInterface *iface)
{
  iface->call_finished = foyer_audit_listener_call_finished;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerAuditListener,
                               foyer_audit_listener,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_CALL_LISTENER,
                                                      foyer_audit_listener_call_listener_init))

static void
foyer_audit_listener_finalize (GObject *object)
{
  g_clear_weak_pointer (&FOYER_AUDIT_LISTENER (object)->workspace);
  G_OBJECT_CLASS (foyer_audit_listener_parent_class)->finalize (object);
}

static void
foyer_audit_listener_class_init (FoyerAuditListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_audit_listener_finalize;
}

static void
foyer_audit_listener_init (FoyerAuditListener *self)
{
}

/**
 * foyer_audit_listener_new:
 *
 * Returns: (transfer full): a listener that tells nobody yet
 */
FoyerAuditListener *
foyer_audit_listener_new (void)
{
  return g_object_new (FOYER_TYPE_AUDIT_LISTENER, NULL);
}

/**
 * foyer_audit_listener_set_workspace:
 * @self: a listener
 * @workspace: whose audit it is
 */
void
foyer_audit_listener_set_workspace (FoyerAuditListener *self, FoyerWorkspace *workspace)
{
  g_set_weak_pointer (&self->workspace, workspace);
}
