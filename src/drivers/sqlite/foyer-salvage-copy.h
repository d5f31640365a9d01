/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"
#include "foyer-salvage-report.h"

G_BEGIN_DECLS

gboolean foyer_salvage_copy (FoyerDatabase *from,
                             FoyerDatabase *to,
                             FoyerSalvageReport *report,
                             GError **error);

G_END_DECLS
