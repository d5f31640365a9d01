/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"

G_BEGIN_DECLS

GArray *foyer_arrivals_load (FoyerDatabase *db,
                             const char *connection,
                             gint64 list,
                             FoyerTime since,
                             guint minutes,
                             GError **error);

G_END_DECLS
