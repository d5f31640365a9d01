/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"
#include "foyer-journal.h"
#include "foyer-mirror.h"
#include "foyer-query.h"
#include "foyer-salvage-report.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SQLITE_STORE (foyer_sqlite_store_get_type ())
G_DECLARE_FINAL_TYPE (FoyerSqliteStore, foyer_sqlite_store, FOYER, SQLITE_STORE, GObject)

void foyer_sqlite_store_open_async (const char *directory,
                                    FoyerClock *clock,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
FoyerSqliteStore *foyer_sqlite_store_open_finish (GAsyncResult *result, GError **error);
void foyer_sqlite_store_close_async (FoyerSqliteStore *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
foyer_sqlite_store_close_finish (FoyerSqliteStore *self, GAsyncResult *result, GError **error);

FoyerJournal *foyer_sqlite_store_get_journal (FoyerSqliteStore *self);
FoyerMirror *foyer_sqlite_store_get_mirror (FoyerSqliteStore *self);
FoyerQuery *foyer_sqlite_store_get_query (FoyerSqliteStore *self);
gboolean foyer_sqlite_store_get_mirror_was_reset (FoyerSqliteStore *self);
const FoyerSalvageReport *foyer_sqlite_store_get_salvage_report (FoyerSqliteStore *self);

G_END_DECLS
