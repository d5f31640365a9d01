/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

typedef struct _FoyerSandboxStateLog FoyerSandboxStateLog;

/**
 * FoyerSandboxOrigin:
 *
 * What a world is grown from. A state file keeps it: opened again tomorrow, it is still the same event.
 */
typedef struct
{
  guint64 seed;
  guint64 attendees;
  FoyerTime born;
  char *date;
} FoyerSandboxOrigin;

FoyerSandboxStateLog *foyer_sandbox_state_log_open (const char *path, GError **error);
void foyer_sandbox_state_log_free (FoyerSandboxStateLog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerSandboxStateLog, foyer_sandbox_state_log_free)

gboolean foyer_sandbox_state_log_get_origin (FoyerSandboxStateLog *self,
                                             FoyerSandboxOrigin *origin);
gboolean foyer_sandbox_state_log_begin (FoyerSandboxStateLog *self,
                                        const FoyerSandboxOrigin *origin,
                                        GError **error);
void foyer_sandbox_state_log_replay (FoyerSandboxStateLog *self, FoyerSandboxWorld *world);
void foyer_sandbox_state_log_append (FoyerSandboxStateLog *self,
                                     FoyerSandboxCall *call,
                                     const char *query);

G_END_DECLS
