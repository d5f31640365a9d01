/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Codes that were revoked or blocked: all that protects a desk whose copy of the order is older. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-mark-table.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-error.h"

static const char load_sql[] = "SELECT secret = ?4 AND blocked = ?5 AND changed IS ?6 FROM mark "
                               "WHERE source = ?1 AND kind = ?2 AND id = ?3";
static const char touch_sql[] = "UPDATE mark SET run = ?4 WHERE source = ?1 AND kind = ?2 AND "
                                "id = ?3 AND run <> ?4";
static const char put_sql[]
    = "INSERT INTO mark (source, kind, id, run, secret, blocked, changed) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (source, kind, id) DO UPDATE SET "
      "run = excluded.run, secret = excluded.secret, blocked = excluded.blocked, "
      "changed = excluded.changed";
static const char sweep_sql[] = "DELETE FROM mark WHERE source = ?1 AND kind = ?2 AND run <> ?3";
static const char revoked_sql[]
    = "SELECT 1 FROM mark WHERE secret = ?1 AND source = ?2 AND kind = 'revoked'";
static const char block_sql[]
    = "SELECT blocked, changed FROM mark WHERE secret = ?1 AND source = ?2 AND kind = 'blocked' "
      "ORDER BY changed DESC, id DESC LIMIT 1";

/**
 * foyer_mark_table_put:
 * @db: the mirror
 * @source: the connection's key
 * @kind: `revoked` or `blocked`
 * @run: the run that brings it
 * @mark: the mark
 * @fate: (out): what became of it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_mark_table_put (FoyerDatabase *db,
                      gint64 source,
                      const char *kind,
                      gint64 run,
                      FoyerSecretMark *mark,
                      FoyerRecordFate *fate,
                      GError **error)
{
  g_autoptr (FoyerStatement) row = NULL;
  int more;

  if (!foyer_record_check_id (mark->id, error))
    return FALSE;
  if (mark->secret == NULL)
    {
      foyer_error_set (error, FOYER_ERROR_PROTOCOL, "a mark without a secret",
                       _ ("The service sent a record that cannot be stored."));
      return FALSE;
    }

  row = foyer_database_query (db, load_sql, error, "isisbt", source, kind, mark->id, mark->secret,
                              mark->blocked, mark->changed);
  if (row == NULL || (more = foyer_database_step (db, row, error)) < 0)
    return FALSE;

  if (more == 1 && sqlite3_column_int (row, 0))
    {
      *fate = FOYER_RECORD_UNCHANGED;
      return foyer_database_run (db, touch_sql, error, "isii", source, kind, mark->id, run);
    }

  *fate = more == 1 ? FOYER_RECORD_CHANGED : FOYER_RECORD_NEW;
  return foyer_database_run (db, put_sql, error, "isiisbt", source, kind, mark->id, run,
                             mark->secret, mark->blocked, mark->changed);
}

/**
 * foyer_mark_table_sweep:
 * @db: the mirror
 * @source: the connection's key
 * @kind: `revoked` or `blocked`
 * @run: the whole run that has ended
 * @deleted: (out): rows that it did not bring
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_mark_table_sweep (FoyerDatabase *db,
                        gint64 source,
                        const char *kind,
                        gint64 run,
                        gint64 *deleted,
                        GError **error)
{
  if (!foyer_database_run (db, sweep_sql, error, "isi", source, kind, run))
    return FALSE;

  *deleted = sqlite3_changes64 (foyer_database_get_handle (db));
  return TRUE;
}

/**
 * foyer_mark_table_is_revoked:
 * @db: the mirror
 * @source: the connection's key
 * @secret: a code
 * @revoked: (out): whether it is on the list of revoked ones
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_mark_table_is_revoked (FoyerDatabase *db,
                             gint64 source,
                             const char *secret,
                             gboolean *revoked,
                             GError **error)
{
  gint64 found;

  if (!foyer_database_get_int (db, revoked_sql, &found, error, "si", secret, source))
    return FALSE;

  *revoked = found != 0;
  return TRUE;
}

/**
 * foyer_mark_table_get_block:
 * @db: the mirror
 * @source: the connection's key
 * @secret: a code
 * @known: (out): whether the list of blocked ones says something about it
 * @blocked: (out): what it says: blocked, or the block was lifted
 * @changed: (out): since when
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_mark_table_get_block (FoyerDatabase *db,
                            gint64 source,
                            const char *secret,
                            gboolean *known,
                            gboolean *blocked,
                            FoyerTime *changed,
                            GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, block_sql, error, "si", secret,
                                                         source);
  int more = row != NULL ? foyer_database_step (db, row, error) : -1;

  if (more < 0)
    return FALSE;

  *known = more == 1;
  *blocked = more == 1 && sqlite3_column_int (row, 0);
  *changed = more == 1 ? foyer_statement_get_time (row, 1) : FOYER_TIME_NONE;
  return TRUE;
}
