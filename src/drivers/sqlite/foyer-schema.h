/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"

G_BEGIN_DECLS

#define FOYER_JOURNAL_APPLICATION_ID 0x466f794a /* "FoyJ" */
#define FOYER_MIRROR_APPLICATION_ID 0x466f794d  /* "FoyM" */
#define FOYER_MIRROR_VERSION 3

GStrv foyer_schema_load_journal_scripts (void);
gboolean foyer_schema_migrate_journal (FoyerDatabase *db,
                                       const char *directory,
                                       const char *const *scripts,
                                       GError **error);
gboolean foyer_schema_is_mirror_current (FoyerDatabase *db, gboolean *current, GError **error);
gboolean foyer_schema_create_mirror (FoyerDatabase *db, GError **error);
gboolean foyer_schema_get_version (FoyerDatabase *db, gint64 *version, GError **error);
gboolean foyer_schema_is_sound (FoyerDatabase *db, gboolean *sound, GError **error);

G_END_DECLS
