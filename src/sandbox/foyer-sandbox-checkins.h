/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

void foyer_sandbox_annul (FoyerSandboxCall *call);
void foyer_sandbox_failed_checkins (FoyerSandboxCall *call);
void foyer_sandbox_checkins_list (FoyerSandboxCall *call);
void foyer_sandbox_checkins_inspect (FoyerSandboxCall *call);
void foyer_sandbox_revoked_list (FoyerSandboxCall *call);
void foyer_sandbox_blocked_list (FoyerSandboxCall *call);

G_END_DECLS
