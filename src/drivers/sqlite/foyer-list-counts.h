/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"

G_BEGIN_DECLS

GPtrArray *foyer_list_counts_load (FoyerDatabase *db, const char *connection, GError **error);

G_END_DECLS
