/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"

G_BEGIN_DECLS

/**
 * FoyerRecordSql:
 * @digest: reads the digest of row ?1
 * @touch: sets row ?1's run to ?2
 * @sweep: deletes rows from ?1 to before ?2 whose run is not ?3
 *
 * What every small table of the mirror needs beside its own INSERT, which has row, run, digest as its
 * first three parameters.
 */
typedef struct
{
  const char *digest;
  const char *touch;
  const char *sweep;
} FoyerRecordSql;

#define FOYER_RECORD_SQL(table)                                                                    \
  {                                                                                                \
    "SELECT digest FROM " table " WHERE row = ?1",                                                 \
        "UPDATE " table " SET run = ?2 WHERE row = ?1 AND run <> ?2",                              \
        "DELETE FROM " table " WHERE row >= ?1 AND row < ?2 AND run <> ?3"                         \
  }

/**
 * FoyerRecordFate:
 * @FOYER_RECORD_UNCHANGED: it was there as it came
 * @FOYER_RECORD_CHANGED: it was there, and is different now
 * @FOYER_RECORD_NEW: it was not there
 */
typedef enum
{
  FOYER_RECORD_UNCHANGED,
  FOYER_RECORD_CHANGED,
  FOYER_RECORD_NEW,
} FoyerRecordFate;

gboolean foyer_record_put (FoyerDatabase *db,
                           const FoyerRecordSql *sql,
                           FoyerStatement *insert,
                           gint64 row,
                           gint64 run,
                           guint64 more,
                           FoyerRecordFate *fate,
                           GError **error);
gboolean foyer_record_sweep (FoyerDatabase *db,
                             const FoyerRecordSql *sql,
                             gint64 source,
                             gint64 run,
                             gint64 *deleted,
                             GError **error);
gboolean foyer_record_check_id (gint64 id, GError **error);

char *foyer_ids_to_text (GArray *ids);
GArray *foyer_ids_from_text (const char *text);

G_END_DECLS
