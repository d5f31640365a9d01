/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-check-in-list.h"
#include "foyer-record.h"

G_BEGIN_DECLS

gboolean foyer_list_table_put (FoyerDatabase *db,
                               gint64 source,
                               gint64 run,
                               FoyerCheckInList *list,
                               FoyerRecordFate *fate,
                               GError **error);
FoyerCheckInList *
foyer_list_table_load (FoyerDatabase *db, gint64 source, gint64 id, GError **error);
GPtrArray *foyer_list_table_load_all (FoyerDatabase *db, gint64 source, GError **error);
const FoyerRecordSql *foyer_list_table_get_sql (void);

G_END_DECLS
