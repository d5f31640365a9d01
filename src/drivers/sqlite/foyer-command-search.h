/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-query.h"

G_BEGIN_DECLS

GArray *foyer_command_search_find (FoyerDatabase *db, FoyerQuerySpec *spec, GError **error);
GPtrArray *
foyer_command_search_count_reasons (FoyerDatabase *db, FoyerQuerySpec *spec, GError **error);

G_END_DECLS
