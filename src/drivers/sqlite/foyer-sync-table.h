/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-mirror.h"

G_BEGIN_DECLS

/**
 * FoyerSyncRun:
 * @run: number of the run; higher than that of any before
 * @whole: nothing yet speaks against deleting what the run does not bring
 *
 * The run that a page belongs to.
 */
typedef struct
{
  gint64 run;
  gboolean whole;
} FoyerSyncRun;

gboolean foyer_sync_table_begin (FoyerDatabase *db,
                                 gint64 source,
                                 FoyerPage *page,
                                 gboolean first,
                                 FoyerTime now,
                                 FoyerSyncRun *run,
                                 GError **error);
gboolean foyer_sync_table_advance (FoyerDatabase *db,
                                   gint64 source,
                                   FoyerPage *page,
                                   const FoyerSyncRun *run,
                                   gint64 added,
                                   GError **error);
GPtrArray *foyer_sync_table_load (FoyerDatabase *db, gint64 source, GError **error);
gboolean foyer_sync_table_get_complete (FoyerDatabase *db,
                                        gint64 source,
                                        FoyerResource resource,
                                        gboolean *complete,
                                        FoyerTime *synced_at,
                                        GError **error);
gboolean foyer_sync_table_delete (FoyerDatabase *db, gint64 source, GError **error);

G_END_DECLS
