/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-query.h"
#include "foyer-trigram-sample.h"

G_BEGIN_DECLS

GArray *foyer_people_search (FoyerDatabase *db,
                             FoyerTrigramSample *sample,
                             FoyerQuerySpec *spec,
                             GError **error);

G_END_DECLS
