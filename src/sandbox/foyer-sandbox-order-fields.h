/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

gboolean foyer_sandbox_read_money (JsonNode *node, gint64 *minor);
void foyer_sandbox_order_answer (FoyerSandboxCall *call, FoyerSandboxOrder *order);
void
foyer_sandbox_order_add_payment (FoyerSandboxOrder *order, const char *provider, gint64 amount);
void foyer_sandbox_order_set_fields (FoyerSandboxOrder *order, JsonObject *body);

G_END_DECLS
