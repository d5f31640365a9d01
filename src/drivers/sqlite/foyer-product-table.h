/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-category.h"
#include "foyer-product.h"
#include "foyer-record.h"

G_BEGIN_DECLS

gboolean foyer_category_table_put (FoyerDatabase *db,
                                   gint64 source,
                                   gint64 run,
                                   FoyerCategory *category,
                                   FoyerRecordFate *fate,
                                   GError **error);
const FoyerRecordSql *foyer_category_table_get_sql (void);

gboolean foyer_product_table_put (FoyerDatabase *db,
                                  gint64 source,
                                  gint64 run,
                                  FoyerProduct *product,
                                  FoyerRecordFate *fate,
                                  GError **error);
FoyerProduct *
foyer_product_table_load (FoyerDatabase *db, gint64 source, gint64 id, GError **error);
GPtrArray *foyer_product_table_load_all (FoyerDatabase *db, gint64 source, GError **error);
gboolean foyer_product_table_sweep_variations (FoyerDatabase *db, gint64 source, GError **error);
const FoyerRecordSql *foyer_product_table_get_sql (void);

G_END_DECLS
