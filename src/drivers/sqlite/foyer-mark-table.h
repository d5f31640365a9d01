/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-record.h"
#include "foyer-secret-mark.h"

G_BEGIN_DECLS

gboolean foyer_mark_table_put (FoyerDatabase *db,
                               gint64 source,
                               const char *kind,
                               gint64 run,
                               FoyerSecretMark *mark,
                               FoyerRecordFate *fate,
                               GError **error);
gboolean foyer_mark_table_sweep (FoyerDatabase *db,
                                 gint64 source,
                                 const char *kind,
                                 gint64 run,
                                 gint64 *deleted,
                                 GError **error);
gboolean foyer_mark_table_is_revoked (FoyerDatabase *db,
                                      gint64 source,
                                      const char *secret,
                                      gboolean *revoked,
                                      GError **error);
gboolean foyer_mark_table_get_block (FoyerDatabase *db,
                                     gint64 source,
                                     const char *secret,
                                     gboolean *known,
                                     gboolean *blocked,
                                     FoyerTime *changed,
                                     GError **error);

G_END_DECLS
