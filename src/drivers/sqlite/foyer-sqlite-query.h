/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-query.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SQLITE_QUERY (foyer_sqlite_query_get_type ())
G_DECLARE_FINAL_TYPE (FoyerSqliteQuery, foyer_sqlite_query, FOYER, SQLITE_QUERY, GObject)

FoyerSqliteQuery *foyer_sqlite_query_new (FoyerDatabase *reader, FoyerDatabase *hydrator);
void foyer_sqlite_query_close (FoyerSqliteQuery *self, GTask *task);

G_END_DECLS
