/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-time.h"

G_BEGIN_DECLS

char *foyer_uuid_new_v7 (FoyerTime now);
gboolean foyer_uuid_is_valid (const char *text);

G_END_DECLS
