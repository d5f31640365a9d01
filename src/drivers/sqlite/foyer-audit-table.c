/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The audit: every outside call, each row's hash taken over the hash before it. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-audit-table.h"

#include <string.h>

#define HASH_SIZE 32
#define COLUMNS                                                                                    \
  "row, at, connection, service, method, route, status, duration, request_id, error, bytes_sent, " \
  "bytes_received, hash"

static const char append_sql[]
    = "INSERT INTO audit (row, at, connection, service, method, route, status, duration, "
      "request_id, error, bytes_sent, bytes_received, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
      "?8, "
      "?9, ?10, ?11, ?12, ?13)";
static const char last_sql[] = "SELECT row, hash FROM audit ORDER BY row DESC LIMIT 1";
static const char highest_sql[] = "SELECT seq FROM sqlite_sequence WHERE name = 'audit'";
static const char load_sql[] = "SELECT " COLUMNS " FROM audit WHERE row = ?1";
static const char all_sql[] = "SELECT " COLUMNS " FROM audit ORDER BY row";
static const char find_sql[]
    = "SELECT row FROM audit WHERE (?1 IS NULL OR connection = ?1) AND (?2 IS NULL OR at >= ?2) "
      "ORDER BY row DESC LIMIT ?3";

static void
add_int (GChecksum *checksum, gint64 value)
{
  gint64 big_endian = GINT64_TO_BE (value);

  g_checksum_update (checksum, (const guchar *)&big_endian, sizeof big_endian);
}

/* With its length, so that no two rows make the same bytes. */
static void
add_text (GChecksum *checksum, const char *text)
{
  add_int (checksum, text != NULL ? (gint64)strlen (text) : -1);
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *)text, -1);
}

static void
get_hash (const guint8 *before, gint64 row, const FoyerCall *call, guint8 *hash)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = HASH_SIZE;

  g_checksum_update (checksum, before, HASH_SIZE);
  add_int (checksum, row);
  add_int (checksum, call->at);
  add_text (checksum, call->connection);
  add_text (checksum, call->service);
  add_text (checksum, call->method);
  add_text (checksum, call->route);
  add_int (checksum, call->status);
  add_int (checksum, call->duration);
  add_text (checksum, call->request_id);
  add_text (checksum, call->error);
  add_int (checksum, (gint64)call->bytes_sent);
  add_int (checksum, (gint64)call->bytes_received);
  g_checksum_get_digest (checksum, hash, &size);
}

static gboolean
get_last (FoyerDatabase *db, gint64 *row, guint8 *hash, GError **error)
{
  g_autoptr (FoyerStatement) last = foyer_database_query (db, last_sql, error, "");
  int more = last != NULL ? foyer_database_step (db, last, error) : -1;

  memset (hash, 0, HASH_SIZE);
  *row = 0;
  if (more <= 0)
    return more == 0;

  *row = sqlite3_column_int64 (last, 0);
  if (sqlite3_column_bytes (last, 1) == HASH_SIZE)
    memcpy (hash, sqlite3_column_blob (last, 1), HASH_SIZE);
  return TRUE;
}

/**
 * foyer_audit_table_append:
 * @db: the journal, in a transaction
 * @call: a call
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_audit_table_append (FoyerDatabase *db, const FoyerCall *call, GError **error)
{
  guint8 before[HASH_SIZE], hash[HASH_SIZE];
  gint64 last, highest;
  g_autoptr (GBytes) bytes = NULL;

  /* A row that is missing at the end stays missing: its number is not given again. */
  if (!get_last (db, &last, before, error)
      || !foyer_database_get_int (db, highest_sql, &highest, error, ""))
    return FALSE;

  last = MAX (last, highest);
  get_hash (before, last + 1, call, hash);
  bytes = g_bytes_new (hash, HASH_SIZE);
  return foyer_database_run (db, append_sql, error, "itssssdissiix", last + 1, call->at,
                             call->connection, call->service, call->method, call->route,
                             call->status, call->duration, call->request_id, call->error,
                             (gint64)call->bytes_sent, (gint64)call->bytes_received, bytes);
}

static FoyerCall *
read_row (FoyerStatement *row)
{
  FoyerCall call = {
    .at = foyer_statement_get_time (row, 1),
    .connection = (char *)sqlite3_column_text (row, 2),
    .service = (char *)sqlite3_column_text (row, 3),
    .method = (char *)sqlite3_column_text (row, 4),
    .route = (char *)sqlite3_column_text (row, 5),
    .status = sqlite3_column_int (row, 6),
    .duration = sqlite3_column_int64 (row, 7),
    .request_id = (char *)sqlite3_column_text (row, 8),
    .error = (char *)sqlite3_column_text (row, 9),
    .bytes_sent = (gsize)sqlite3_column_int64 (row, 10),
    .bytes_received = (gsize)sqlite3_column_int64 (row, 11),
  };

  return foyer_call_new (&call);
}

/**
 * foyer_audit_table_load_row:
 * @db: the journal
 * @row: a row
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the call; %NULL without an error if there is none
 */
FoyerCall *
foyer_audit_table_load_row (FoyerDatabase *db, gint64 row, GError **error)
{
  g_autoptr (FoyerStatement) found = foyer_database_query (db, load_sql, error, "i", row);

  return found != NULL && foyer_database_step (db, found, error) == 1 ? read_row (found) : NULL;
}

/**
 * foyer_audit_table_find:
 * @db: the journal
 * @spec: a question about calls
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the rows, newest first, or %NULL with an
 *   error
 */
GArray *
foyer_audit_table_find (FoyerDatabase *db, FoyerQuerySpec *spec, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (
      db, find_sql, error, "sti", spec->connection, spec->since,
      spec->limit != 0 ? (gint64)spec->limit : (gint64)-1);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      gint64 number = sqlite3_column_int64 (row, 0);

      g_array_append_val (rows, number);
    }

  return more == 0 ? g_steal_pointer (&rows) : NULL;
}

/**
 * foyer_audit_table_verify:
 * @db: the journal
 * @rows: (out): rows seen
 * @first_bad: (out): the first row that is not as it was written, or missing; 0 if the chain is whole
 * @error: return location
 *
 * Walks the chain.
 *
 * Returns: %TRUE if the chain could be read
 */
gboolean
foyer_audit_table_verify (FoyerDatabase *db, gint64 *rows, gint64 *first_bad, GError **error)
{
  guint8 before[HASH_SIZE] = { 0 };
  gint64 expected = 1;
  gint64 highest;
  g_autoptr (FoyerStatement) row = NULL;
  int more;

  *rows = 0;
  *first_bad = 0;
  if (!foyer_database_get_int (db, highest_sql, &highest, error, "")
      || (row = foyer_database_query (db, all_sql, error, "")) == NULL)
    return FALSE;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      gint64 number = sqlite3_column_int64 (row, 0);
      g_autoptr (FoyerCall) call = read_row (row);
      guint8 hash[HASH_SIZE];

      (*rows)++;
      if (*first_bad != 0)
        continue;

      get_hash (before, number, call, hash);
      if (number != expected)
        *first_bad = expected;
      else if (sqlite3_column_bytes (row, 12) != HASH_SIZE
               || memcmp (sqlite3_column_blob (row, 12), hash, HASH_SIZE) != 0)
        *first_bad = number;
      memcpy (before, hash, HASH_SIZE);
      expected = number + 1;
    }

  if (*first_bad == 0 && highest >= expected)
    *first_bad = expected;
  return more == 0;
}
