/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-call.h"
#include "foyer-database.h"
#include "foyer-query.h"

G_BEGIN_DECLS

gboolean foyer_audit_table_append (FoyerDatabase *db, const FoyerCall *call, GError **error);
FoyerCall *foyer_audit_table_load_row (FoyerDatabase *db, gint64 row, GError **error);
GArray *foyer_audit_table_find (FoyerDatabase *db, FoyerQuerySpec *spec, GError **error);
gboolean
foyer_audit_table_verify (FoyerDatabase *db, gint64 *rows, gint64 *first_bad, GError **error);

G_END_DECLS
