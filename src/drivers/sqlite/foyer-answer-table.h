/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-answer.h"
#include "foyer-database.h"

G_BEGIN_DECLS

gboolean foyer_answer_table_insert (FoyerDatabase *db,
                                    gint64 attendee_row,
                                    GPtrArray *answers,
                                    GError **error);
gboolean foyer_answer_table_delete (FoyerDatabase *db, gint64 attendee_row, GError **error);
GPtrArray *foyer_answer_table_load (FoyerDatabase *db, gint64 attendee_row, GError **error);

G_END_DECLS
