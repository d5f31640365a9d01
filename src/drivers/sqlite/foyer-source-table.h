/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"

G_BEGIN_DECLS

gboolean foyer_source_table_find (FoyerDatabase *db, const char *name, gint64 *key, GError **error);
gboolean
foyer_source_table_ensure (FoyerDatabase *db, const char *name, gint64 *key, GError **error);
char *foyer_source_table_dup_name (FoyerDatabase *db, gint64 key, GError **error);
GStrv foyer_source_table_list (FoyerDatabase *db, GError **error);

G_END_DECLS
