/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

gboolean foyer_sandbox_list_has_product (JsonObject *list, gint64 item);
void foyer_sandbox_lists_list (FoyerSandboxCall *call);
void foyer_sandbox_lists_detail (FoyerSandboxCall *call);
void foyer_sandbox_lists_status (FoyerSandboxCall *call);
void foyer_sandbox_lists_positions (FoyerSandboxCall *call);
void foyer_sandbox_search (FoyerSandboxCall *call);
void foyer_sandbox_list_write (FoyerSandboxOut *out, FoyerSandboxEvent *event, JsonObject *list);

G_END_DECLS
