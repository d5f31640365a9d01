/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-world.h"

G_BEGIN_DECLS

const char *foyer_sandbox_name_pick (FoyerSandboxWorld *world, guint64 number);
const char *foyer_sandbox_company_pick (guint64 number);

G_END_DECLS
