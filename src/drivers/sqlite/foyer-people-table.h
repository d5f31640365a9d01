/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-order.h"
#include "foyer-query.h"

G_BEGIN_DECLS

GPtrArray *foyer_people_table_hydrate (FoyerDatabase *db,
                                       FoyerQuerySpec *spec,
                                       const gint64 *rows,
                                       gsize n_rows,
                                       GError **error);
FoyerOrder *foyer_people_table_load_order (FoyerDatabase *db,
                                           const char *connection,
                                           const char *code,
                                           gint64 list,
                                           GError **error);

G_END_DECLS
