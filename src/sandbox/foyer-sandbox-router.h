/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-call.h"

G_BEGIN_DECLS

void foyer_sandbox_route (FoyerSandboxCall *call);

G_END_DECLS
