/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-world.h"

G_BEGIN_DECLS

void foyer_sandbox_seed (FoyerSandboxWorld *world, gsize attendees, const char *date);

G_END_DECLS
