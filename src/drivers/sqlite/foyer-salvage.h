/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-salvage-report.h"

G_BEGIN_DECLS

FoyerSalvageReport *foyer_salvage_journal (const char *directory, const char *path, GError **error);
gboolean foyer_salvage_finish (const char *path, GError **error);

G_END_DECLS
