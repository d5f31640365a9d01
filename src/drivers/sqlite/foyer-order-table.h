/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-order.h"
#include "foyer-record.h"

G_BEGIN_DECLS

/* What foyer_order_table_read() reads, out of `orders o`. */
#define FOYER_ORDER_COLUMNS                                                                        \
  "o.code, o.status, o.require_approval, o.valid_if_pending, o.testmode, o.attention, "            \
  "o.checkin_text, o.email, o.phone, o.name, o.company, o.locale, o.total, o.datetime, "           \
  "o.expires, o.last_modified"

gboolean foyer_order_table_put (FoyerDatabase *db,
                                gint64 source,
                                gint64 run,
                                gboolean whole,
                                FoyerTime generated,
                                FoyerOrder *order,
                                FoyerRecordFate *fate,
                                GError **error);
gboolean foyer_order_table_sweep (FoyerDatabase *db,
                                  gint64 source,
                                  gint64 run,
                                  gint64 *deleted,
                                  GError **error);
gboolean foyer_order_table_delete (FoyerDatabase *db, gint64 row, GError **error);
gboolean foyer_order_table_apply (FoyerDatabase *db,
                                  gint64 source,
                                  const FoyerOrder *answer,
                                  gint64 *row,
                                  FoyerOrder **order,
                                  GError **error);
gboolean foyer_order_table_touch (FoyerDatabase *db, gint64 row, GError **error);
FoyerOrder *foyer_order_table_load_by_code (FoyerDatabase *db,
                                            gint64 source,
                                            const char *code,
                                            gint64 *row,
                                            GError **error);
FoyerOrder *foyer_order_table_read (FoyerStatement *row, int first);

G_END_DECLS
