/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the small tables of the mirror have in common. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-record.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-digest.h"
#include "foyer-error.h"
#include "foyer-mirror-row.h"

/**
 * foyer_record_put:
 * @db: the mirror
 * @sql: the table's
 * @insert: an upsert with all but its parameters 1 to 3 bound
 * @row: its row
 * @run: the run that brings it
 * @more: digest of what belongs to the record and stands in other tables
 * @fate: (out): what became of it
 * @error: return location
 *
 * Writes a record unless it is there as it came.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_record_put (FoyerDatabase *db,
                  const FoyerRecordSql *sql,
                  FoyerStatement *insert,
                  gint64 row,
                  gint64 run,
                  guint64 more,
                  FoyerRecordFate *fate,
                  GError **error)
{
  char *text = sqlite3_expanded_sql (insert);
  gint64 digest = foyer_digest_end (foyer_digest_text (more, text));
  gint64 before;

  sqlite3_free (text);
  if (!foyer_database_get_int (db, sql->digest, &before, error, "i", row))
    return FALSE;

  if (before == digest)
    {
      *fate = FOYER_RECORD_UNCHANGED;
      return foyer_database_run (db, sql->touch, error, "ii", row, run);
    }

  *fate = before != 0 ? FOYER_RECORD_CHANGED : FOYER_RECORD_NEW;
  sqlite3_bind_int64 (insert, 1, row);
  sqlite3_bind_int64 (insert, 2, run);
  sqlite3_bind_int64 (insert, 3, digest);
  return foyer_database_step (db, insert, error) == 0;
}

/**
 * foyer_record_sweep:
 * @db: the mirror
 * @sql: the table's
 * @source: the connection's key
 * @run: the whole run that has ended
 * @deleted: (out): rows that it did not bring
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_record_sweep (FoyerDatabase *db,
                    const FoyerRecordSql *sql,
                    gint64 source,
                    gint64 run,
                    gint64 *deleted,
                    GError **error)
{
  if (!foyer_database_run (db, sql->sweep, error, "iii", foyer_mirror_row_begin (source),
                           foyer_mirror_row_end (source), run))
    return FALSE;

  *deleted = sqlite3_changes64 (foyer_database_get_handle (db));
  return TRUE;
}

/**
 * foyer_record_check_id:
 * @id: a number from a service
 * @error: return location
 *
 * Returns: %FALSE with %FOYER_ERROR_PROTOCOL if it is none that a row can have
 */
gboolean
foyer_record_check_id (gint64 id, GError **error)
{
  if (foyer_mirror_row_id_fits (id))
    return TRUE;

  foyer_error_set (error, FOYER_ERROR_PROTOCOL, "an id is out of range",
                   _ ("The service sent a record that cannot be stored."));
  return FALSE;
}

/**
 * foyer_ids_to_text:
 * @ids: (nullable) (element-type gint64): numbers
 *
 * Returns: (transfer full) (nullable): them with commas between; %NULL for none
 */
char *
foyer_ids_to_text (GArray *ids)
{
  GString *text;

  if (ids == NULL || ids->len == 0)
    return NULL;

  text = g_string_sized_new (ids->len * 8);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, i == 0 ? "%" G_GINT64_FORMAT : ",%" G_GINT64_FORMAT,
                            g_array_index (ids, gint64, i));
  return g_string_free (text, FALSE);
}

/**
 * foyer_ids_from_text:
 * @text: (nullable): what foyer_ids_to_text() made
 *
 * Returns: (transfer full) (element-type gint64): the numbers
 */
GArray *
foyer_ids_from_text (const char *text)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (text != NULL && *text != '\0')
    {
      char *end;
      gint64 id = g_ascii_strtoll (text, &end, 10);

      if (end == text)
        break;
      g_array_append_val (ids, id);
      text = *end == ',' ? end + 1 : end;
    }

  return ids;
}
