/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"

G_BEGIN_DECLS

/**
 * FoyerEnoughFunc:
 * @data: given to foyer_trigram_table_index()
 *
 * Returns: whether to stop here, because somebody waits
 */
typedef gboolean (*FoyerEnoughFunc) (gpointer data);

gboolean foyer_trigram_table_add (FoyerDatabase *db, gint64 attendee_row, GError **error);
gboolean foyer_trigram_table_remove (FoyerDatabase *db,
                                     gint64 attendee_row,
                                     const char *words,
                                     GError **error);
gboolean foyer_trigram_table_count_waiting (FoyerDatabase *db,
                                            gint64 limit,
                                            gint64 *waiting,
                                            GError **error);
gboolean foyer_trigram_table_index (FoyerDatabase *db,
                                    gint64 limit,
                                    FoyerEnoughFunc enough,
                                    gpointer data,
                                    gint64 *indexed,
                                    GError **error);

G_END_DECLS
