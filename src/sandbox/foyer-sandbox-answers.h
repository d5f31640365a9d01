/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

GPtrArray *
foyer_sandbox_answers_take (FoyerSandboxPosition *position, JsonObject *answers, gboolean store);

G_END_DECLS
