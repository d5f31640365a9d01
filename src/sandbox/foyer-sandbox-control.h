/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

/**
 * FoyerSandboxControl:
 * @skew: the wrongness of the clock, microseconds
 * @set_faults: gives new fault rules
 * @ask: carries out a request of somebody else
 *
 * What the addresses below /sandbox/ may turn.
 */
typedef struct
{
  gint64 *skew;
  gboolean (*set_faults) (gpointer data, const char *spec, GError **error);
  char *(*ask) (gpointer data,
                const char *authorization,
                const char *address,
                const char *body,
                guint *status);
  gpointer data;
} FoyerSandboxControl;

void foyer_sandbox_control_handle (FoyerSandboxControl *self, FoyerSandboxCall *call);

G_END_DECLS
