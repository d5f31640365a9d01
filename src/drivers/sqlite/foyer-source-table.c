/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mirror's numbers for connections. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-source-table.h"

static const char find_sql[] = "SELECT key FROM source WHERE name = ?1";
static const char add_sql[] = "INSERT INTO source (name) VALUES (?1) ON CONFLICT DO NOTHING";
static const char name_sql[] = "SELECT name FROM source WHERE key = ?1";
static const char list_sql[] = "SELECT name FROM source ORDER BY key";

/**
 * foyer_source_table_find:
 * @db: the mirror
 * @name: name of a connection
 * @key: (out): its number, 0 if the mirror has nothing of it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_source_table_find (FoyerDatabase *db, const char *name, gint64 *key, GError **error)
{
  return foyer_database_get_int (db, find_sql, key, error, "s", name);
}

/**
 * foyer_source_table_ensure:
 * @db: the mirror
 * @name: name of a connection
 * @key: (out): its number
 * @error: return location
 *
 * Gives a connection a number if it has none. A number is never given twice.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_source_table_ensure (FoyerDatabase *db, const char *name, gint64 *key, GError **error)
{
  if (!foyer_source_table_find (db, name, key, error))
    return FALSE;
  if (*key != 0)
    return TRUE;

  return foyer_database_run (db, add_sql, error, "s", name)
         && foyer_source_table_find (db, name, key, error);
}

/**
 * foyer_source_table_dup_name:
 * @db: the mirror
 * @key: a number
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the connection's name; %NULL without an error if there is none
 */
char *
foyer_source_table_dup_name (FoyerDatabase *db, gint64 key, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, name_sql, error, "i", key);

  return row != NULL && foyer_database_step (db, row, error) > 0 ? foyer_statement_dup_text (row, 0)
                                                                 : NULL;
}

/**
 * foyer_source_table_list:
 * @db: the mirror
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the names of all connections, or %NULL with an error
 */
GStrv
foyer_source_table_list (FoyerDatabase *db, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, list_sql, error, "");
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    g_strv_builder_add (names, (const char *)sqlite3_column_text (row, 0));
  return more == 0 ? g_strv_builder_end (names) : NULL;
}
