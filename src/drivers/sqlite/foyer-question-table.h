/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-question.h"
#include "foyer-record.h"

G_BEGIN_DECLS

gboolean foyer_question_table_put (FoyerDatabase *db,
                                   gint64 source,
                                   gint64 run,
                                   FoyerQuestion *question,
                                   FoyerRecordFate *fate,
                                   GError **error);
GPtrArray *
foyer_question_table_load_asked (FoyerDatabase *db, gint64 source, gint64 product, GError **error);
gboolean foyer_question_table_sweep_options (FoyerDatabase *db, gint64 source, GError **error);
const FoyerRecordSql *foyer_question_table_get_sql (void);

G_END_DECLS
