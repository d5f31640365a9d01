/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

void foyer_sandbox_redeem (FoyerSandboxCall *call);
void foyer_sandbox_redeem_per_list (FoyerSandboxCall *call);

G_END_DECLS
