/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-mirror.h"

G_BEGIN_DECLS

FoyerIngestReport *foyer_ingest_page (FoyerDatabase *db,
                                      const char *connection,
                                      FoyerPage *page,
                                      gboolean first,
                                      FoyerTime now,
                                      gint64 *run,
                                      GError **error);
gboolean foyer_ingest_result (FoyerDatabase *db,
                              const char *connection,
                              FoyerScan *scan,
                              FoyerStepResult *result,
                              gint64 device_id,
                              gint64 gate,
                              FoyerTime now,
                              GError **error);
gboolean foyer_ingest_forget (FoyerDatabase *db, const char *connection, GError **error);

G_END_DECLS
