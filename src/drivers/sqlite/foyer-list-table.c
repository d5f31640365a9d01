/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Check-in lists. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-list-table.h"

#include "foyer-digest.h"
#include "foyer-mirror-row.h"

#define COLUMNS                                                                                    \
  "name, all_products, products, subevent, include_pending, allow_multiple_entries, "              \
  "allow_entry_after_exit, addon_match, rules, exit_all_at"

static const FoyerRecordSql list_record_sql = FOYER_RECORD_SQL ("list");

static const char put_sql[] = "INSERT OR REPLACE INTO list (row, run, digest, " COLUMNS
                              ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
static const char load_sql[] = "SELECT row, " COLUMNS " FROM list WHERE row = ?1";
static const char load_all_sql[] = "SELECT row, " COLUMNS
                                   " FROM list WHERE row >= ?1 AND row < ?2 ORDER BY name, row";

/**
 * foyer_list_table_put:
 * @db: the mirror
 * @source: the connection's key
 * @run: the run that brings it
 * @list: the list
 * @fate: (out): what became of it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_list_table_put (FoyerDatabase *db,
                      gint64 source,
                      gint64 run,
                      FoyerCheckInList *list,
                      FoyerRecordFate *fate,
                      GError **error)
{
  g_autofree char *products = foyer_ids_to_text (list->products);
  g_autoptr (FoyerStatement) insert = NULL;

  if (!foyer_record_check_id (list->id, error))
    return FALSE;

  insert = foyer_database_query (
      db, put_sql, error, "dddsbsibbbbst", 0, 0, 0, list->name, list->all_products, products,
      list->subevent, list->include_pending, list->allow_multiple_entries,
      list->allow_entry_after_exit, list->addon_match, list->rules, list->exit_all_at);
  return insert != NULL
         && foyer_record_put (db, &list_record_sql, insert,
                              foyer_mirror_row_make (source, list->id), run, foyer_digest_begin (),
                              fate, error);
}

static FoyerCheckInList *
read_row (FoyerStatement *row)
{
  FoyerCheckInList *list = foyer_check_in_list_new ();

  list->id = foyer_mirror_row_get_id (sqlite3_column_int64 (row, 0));
  list->name = foyer_statement_dup_text (row, 1);
  list->all_products = sqlite3_column_int (row, 2);
  list->products = foyer_ids_from_text ((const char *)sqlite3_column_text (row, 3));
  list->subevent = sqlite3_column_int64 (row, 4);
  list->include_pending = sqlite3_column_int (row, 5);
  list->allow_multiple_entries = sqlite3_column_int (row, 6);
  list->allow_entry_after_exit = sqlite3_column_int (row, 7);
  list->addon_match = sqlite3_column_int (row, 8);
  list->rules = foyer_statement_dup_text (row, 9);
  list->exit_all_at = foyer_statement_get_time (row, 10);
  return list;
}

/**
 * foyer_list_table_load:
 * @db: the mirror
 * @source: the connection's key
 * @id: the service's id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the list; %NULL without an error if there is none
 */
FoyerCheckInList *
foyer_list_table_load (FoyerDatabase *db, gint64 source, gint64 id, GError **error)
{
  g_autoptr (FoyerStatement) row = NULL;

  if (!foyer_mirror_row_id_fits (id))
    return NULL;

  row = foyer_database_query (db, load_sql, error, "i", foyer_mirror_row_make (source, id));
  return row != NULL && foyer_database_step (db, row, error) > 0 ? read_row (row) : NULL;
}

/**
 * foyer_list_table_load_all:
 * @db: the mirror
 * @source: the connection's key
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerCheckInList): the lists by name, or %NULL with
 *   an error
 */
GPtrArray *
foyer_list_table_load_all (FoyerDatabase *db, gint64 source, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_all_sql, error, "ii",
                                                         foyer_mirror_row_begin (source),
                                                         foyer_mirror_row_end (source));
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_check_in_list_unref);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    g_ptr_array_add (lists, read_row (row));
  return more == 0 ? g_steal_pointer (&lists) : NULL;
}

/**
 * foyer_list_table_get_sql:
 *
 * Returns: (transfer none): what the table has in common with others
 */
const FoyerRecordSql *
foyer_list_table_get_sql (void)
{
  return &list_record_sql;
}
