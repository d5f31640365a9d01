/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-journal.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SQLITE_TRANSACTION (foyer_sqlite_transaction_get_type ())
G_DECLARE_FINAL_TYPE (FoyerSqliteTransaction,
                      foyer_sqlite_transaction,
                      FOYER,
                      SQLITE_TRANSACTION,
                      GObject)

FoyerSqliteTransaction *foyer_sqlite_transaction_new (FoyerDatabase *journal,
                                                      FoyerDatabase *mirror);

G_END_DECLS
