/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-check-in.h"
#include "foyer-database.h"

G_BEGIN_DECLS

gboolean foyer_check_in_table_remove (FoyerDatabase *db,
                                      gint64 attendee_row,
                                      FoyerCheckIn *check_in,
                                      GError **error);
gboolean foyer_check_in_table_replace (FoyerDatabase *db,
                                       gint64 attendee_row,
                                       gint64 list,
                                       GPtrArray *check_ins,
                                       FoyerTime generated,
                                       GError **error);
gboolean foyer_check_in_table_insert (FoyerDatabase *db,
                                      gint64 attendee_row,
                                      FoyerCheckIn *check_in,
                                      GError **error);
gboolean foyer_check_in_table_add_own (FoyerDatabase *db,
                                       gint64 attendee_row,
                                       FoyerCheckIn *check_in,
                                       FoyerTime written,
                                       GError **error);
gboolean foyer_check_in_table_delete (FoyerDatabase *db, gint64 attendee_row, GError **error);
GPtrArray *
foyer_check_in_table_load (FoyerDatabase *db, gint64 attendee_row, gint64 list, GError **error);
int foyer_check_in_compare (gconstpointer a, gconstpointer b);

G_END_DECLS
