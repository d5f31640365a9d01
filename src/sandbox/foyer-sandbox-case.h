/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox-world.h"

G_BEGIN_DECLS

gboolean foyer_sandbox_case_load (FoyerSandboxWorld *world,
                                  JsonObject *file,
                                  JsonObject *admission_case,
                                  GError **error);

G_END_DECLS
