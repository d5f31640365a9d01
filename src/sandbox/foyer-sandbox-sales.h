/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

void foyer_sandbox_orders_list (FoyerSandboxCall *call);
void foyer_sandbox_orders_list_all (FoyerSandboxCall *call);
void foyer_sandbox_orders_detail (FoyerSandboxCall *call);
void foyer_sandbox_orders_create (FoyerSandboxCall *call);
void foyer_sandbox_orders_patch (FoyerSandboxCall *call);
void foyer_sandbox_orders_mark_paid (FoyerSandboxCall *call);
void foyer_sandbox_orders_mark_pending (FoyerSandboxCall *call);
void foyer_sandbox_orders_mark_expired (FoyerSandboxCall *call);
void foyer_sandbox_orders_mark_canceled (FoyerSandboxCall *call);
void foyer_sandbox_positions_list (FoyerSandboxCall *call);
void foyer_sandbox_positions_detail (FoyerSandboxCall *call);
void foyer_sandbox_positions_add_block (FoyerSandboxCall *call);
void foyer_sandbox_positions_remove_block (FoyerSandboxCall *call);
void foyer_sandbox_positions_cancel (FoyerSandboxCall *call);

G_END_DECLS
