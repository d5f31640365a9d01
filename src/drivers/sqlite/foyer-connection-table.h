/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-connection.h"
#include "foyer-database.h"

G_BEGIN_DECLS

GPtrArray *foyer_connection_table_list (FoyerDatabase *db, GError **error);
FoyerConnection *foyer_connection_table_load (FoyerDatabase *db, const char *name, GError **error);
gboolean
foyer_connection_table_put (FoyerDatabase *db, const FoyerConnection *connection, GError **error);
gboolean foyer_connection_table_delete (FoyerDatabase *db, const char *name, GError **error);

gboolean foyer_setting_table_get (FoyerDatabase *db, const char *key, char **value, GError **error);
gboolean
foyer_setting_table_set (FoyerDatabase *db, const char *key, const char *value, GError **error);

G_END_DECLS
