/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connections and settings of the workspace. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-connection-table.h"

#define COLUMNS                                                                                    \
  "name, service, base_url, organizer, event, subevent, auth_scheme, secret_ref, desk, "           \
  "device_id, "                                                                                    \
  "gate, gate_name, security_profile, ca_file, version, sample"

static const char list_sql[] = "SELECT " COLUMNS " FROM connection ORDER BY row";
static const char load_sql[] = "SELECT " COLUMNS " FROM connection WHERE name = ?1";
static const char put_sql[]
    = "INSERT INTO connection (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
      "?12, ?13, ?14, ?15, ?16) ON CONFLICT (name) DO UPDATE SET service = excluded.service, "
      "base_url = excluded.base_url, organizer = excluded.organizer, event = excluded.event, "
      "subevent = excluded.subevent, auth_scheme = excluded.auth_scheme, "
      "secret_ref = excluded.secret_ref, desk = excluded.desk, device_id = excluded.device_id, "
      "gate = excluded.gate, gate_name = excluded.gate_name, "
      "security_profile = excluded.security_profile, ca_file = excluded.ca_file, "
      "version = excluded.version, sample = excluded.sample";
static const char delete_sql[] = "DELETE FROM connection WHERE name = ?1";
static const char get_setting_sql[] = "SELECT value FROM setting WHERE key = ?1";
static const char set_setting_sql[] = "INSERT INTO setting (key, value) VALUES (?1, ?2) "
                                      "ON CONFLICT (key) DO UPDATE SET value = excluded.value";
static const char remove_setting_sql[] = "DELETE FROM setting WHERE key = ?1";

static FoyerConnection *
read_row (FoyerStatement *row)
{
  FoyerConnection *connection = foyer_connection_new ();

  connection->name = foyer_statement_dup_text (row, 0);
  connection->service = foyer_statement_dup_text (row, 1);
  connection->base_url = foyer_statement_dup_text (row, 2);
  connection->organizer = foyer_statement_dup_text (row, 3);
  connection->event = foyer_statement_dup_text (row, 4);
  connection->subevent = sqlite3_column_int64 (row, 5);
  connection->auth_scheme = foyer_statement_dup_text (row, 6);
  connection->secret_ref = foyer_statement_dup_text (row, 7);
  connection->desk = foyer_statement_dup_text (row, 8);
  connection->device_id = sqlite3_column_int64 (row, 9);
  connection->gate = sqlite3_column_int64 (row, 10);
  connection->gate_name = foyer_statement_dup_text (row, 11);
  connection->security_profile = foyer_statement_dup_text (row, 12);
  connection->ca_file = foyer_statement_dup_text (row, 13);
  connection->version = foyer_statement_dup_text (row, 14);
  connection->sample = sqlite3_column_int (row, 15);
  return connection;
}

/**
 * foyer_connection_table_list:
 * @db: the journal
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerConnection): in the order they were made, or
 *   %NULL with an error
 */
GPtrArray *
foyer_connection_table_list (FoyerDatabase *db, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, list_sql, error, "");
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_connection_unref);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    g_ptr_array_add (connections, read_row (row));
  return more == 0 ? g_steal_pointer (&connections) : NULL;
}

/**
 * foyer_connection_table_load:
 * @db: the journal
 * @name: a name
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the connection; %NULL without an error if there is none
 */
FoyerConnection *
foyer_connection_table_load (FoyerDatabase *db, const char *name, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_sql, error, "s", name);

  return row != NULL && foyer_database_step (db, row, error) > 0 ? read_row (row) : NULL;
}

/**
 * foyer_connection_table_put:
 * @db: the journal
 * @connection: a connection
 * @error: return location
 *
 * Adds a connection, or replaces the one of this name in its place.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_connection_table_put (FoyerDatabase *db, const FoyerConnection *connection, GError **error)
{
  return foyer_database_run (db, put_sql, error, "sssssisssiissssb", connection->name,
                             connection->service, connection->base_url, connection->organizer,
                             connection->event, connection->subevent, connection->auth_scheme,
                             connection->secret_ref, connection->desk, connection->device_id,
                             connection->gate, connection->gate_name, connection->security_profile,
                             connection->ca_file, connection->version, connection->sample);
}

/**
 * foyer_connection_table_delete:
 * @db: the journal
 * @name: a name
 * @error: return location
 *
 * Returns: %TRUE if there is none of this name now
 */
gboolean
foyer_connection_table_delete (FoyerDatabase *db, const char *name, GError **error)
{
  return foyer_database_run (db, delete_sql, error, "s", name);
}

/**
 * foyer_setting_table_get:
 * @db: the journal
 * @key: a key
 * @value: (out) (transfer full) (nullable): its value; %NULL if it has none
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_setting_table_get (FoyerDatabase *db, const char *key, char **value, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, get_setting_sql, error, "s", key);
  int more = row != NULL ? foyer_database_step (db, row, error) : -1;

  *value = more == 1 ? foyer_statement_dup_text (row, 0) : NULL;
  return more >= 0;
}

/**
 * foyer_setting_table_set:
 * @db: the journal
 * @key: a key
 * @value: (nullable): its new value; %NULL removes it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_setting_table_set (FoyerDatabase *db, const char *key, const char *value, GError **error)
{
  if (value == NULL)
    return foyer_database_run (db, remove_setting_sql, error, "s", key);

  return foyer_database_run (db, set_setting_sql, error, "ss", key, value);
}
