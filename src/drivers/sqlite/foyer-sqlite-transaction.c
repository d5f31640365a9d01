/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The transaction port's real end: which table does what. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-sqlite-transaction.h"

#include "foyer-audit-table.h"
#include "foyer-command-table.h"
#include "foyer-connection-table.h"
#include "foyer-facts.h"
#include "foyer-list-table.h"
#include "foyer-source-table.h"

struct _FoyerSqliteTransaction
{
  GObject parent;

  FoyerDatabase *journal; /* unowned: the thread's */
  FoyerDatabase *mirror;  /* unowned: the thread's, for reading */
};

static void foyer_sqlite_transaction_iface_init (FoyerTransactionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerSqliteTransaction,
                               foyer_sqlite_transaction,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_TRANSACTION,
                                                      foyer_sqlite_transaction_iface_init))

static FoyerAdmissionFacts *
foyer_sqlite_transaction_gather_facts (FoyerTransaction *transaction,
                                       const char *code,
                                       gint64 attendee,
                                       const FoyerPlaceReference *places,
                                       gsize n_places,
                                       GError **error)
{
  FoyerSqliteTransaction *self = FOYER_SQLITE_TRANSACTION (transaction);

  return foyer_facts_gather (self->journal, self->mirror, code, attendee, places, n_places, error);
}

static gboolean
foyer_sqlite_transaction_add_ticket (FoyerTransaction *transaction,
                                     FoyerAdmissionFacts *facts,
                                     guint place,
                                     FoyerAttendee *attendee,
                                     GError **error)
{
  FoyerSqliteTransaction *self = FOYER_SQLITE_TRANSACTION (transaction);

  return foyer_facts_add_ticket (self->journal, self->mirror, facts, place, attendee, error);
}

static GPtrArray *
foyer_sqlite_transaction_list_lists (FoyerTransaction *transaction,
                                     const char *connection,
                                     GError **error)
{
  FoyerSqliteTransaction *self = FOYER_SQLITE_TRANSACTION (transaction);
  gint64 source;

  if (!foyer_source_table_find (self->mirror, connection, &source, error))
    return NULL;
  return foyer_list_table_load_all (self->mirror, source, error);
}

static gint64
foyer_sqlite_transaction_insert_command (FoyerTransaction *transaction,
                                         FoyerCommand *command,
                                         GError **error)
{
  return foyer_command_table_insert (FOYER_SQLITE_TRANSACTION (transaction)->journal, command,
                                     error);
}

static FoyerCommand *
foyer_sqlite_transaction_get_command (FoyerTransaction *transaction, const char *id, GError **error)
{
  return foyer_command_table_load (FOYER_SQLITE_TRANSACTION (transaction)->journal, id, error);
}

static gboolean
foyer_sqlite_transaction_update_command (FoyerTransaction *transaction,
                                         FoyerCommand *command,
                                         GError **error)
{
  return foyer_command_table_update (FOYER_SQLITE_TRANSACTION (transaction)->journal, command,
                                     error);
}

static GPtrArray *
foyer_sqlite_transaction_list_commands (FoyerTransaction *transaction,
                                        const char *connection,
                                        guint states,
                                        gint64 after_row,
                                        gsize limit,
                                        GError **error)
{
  return foyer_command_table_list (FOYER_SQLITE_TRANSACTION (transaction)->journal, connection,
                                   states, after_row, limit, error);
}

static GPtrArray *
foyer_sqlite_transaction_list_recent (FoyerTransaction *transaction,
                                      const char *connection,
                                      guint kinds,
                                      gint64 after_row,
                                      gint64 before_row,
                                      gsize limit,
                                      GError **error)
{
  return foyer_command_table_list_recent (FOYER_SQLITE_TRANSACTION (transaction)->journal,
                                          connection, kinds, after_row, before_row, limit, error);
}

static gint64
foyer_sqlite_transaction_count_waiting (FoyerTransaction *transaction,
                                        const char *connection,
                                        const char *target,
                                        GError **error)
{
  return foyer_command_table_count_waiting (FOYER_SQLITE_TRANSACTION (transaction)->journal,
                                            connection, target, error);
}

static gboolean
foyer_sqlite_transaction_get_line (FoyerTransaction *transaction, FoyerLine *line, GError **error)
{
  return foyer_command_table_get_line (FOYER_SQLITE_TRANSACTION (transaction)->journal, line,
                                       error);
}

static gboolean
foyer_sqlite_transaction_append_call (FoyerTransaction *transaction,
                                      FoyerCall *call,
                                      GError **error)
{
  return foyer_audit_table_append (FOYER_SQLITE_TRANSACTION (transaction)->journal, call, error);
}

static GPtrArray *
foyer_sqlite_transaction_list_connections (FoyerTransaction *transaction, GError **error)
{
  return foyer_connection_table_list (FOYER_SQLITE_TRANSACTION (transaction)->journal, error);
}

static gboolean
foyer_sqlite_transaction_put_connection (FoyerTransaction *transaction,
                                         FoyerConnection *connection,
                                         GError **error)
{
  return foyer_connection_table_put (FOYER_SQLITE_TRANSACTION (transaction)->journal, connection,
                                     error);
}

static gboolean
foyer_sqlite_transaction_delete_connection (FoyerTransaction *transaction,
                                            const char *name,
                                            GError **error)
{
  return foyer_connection_table_delete (FOYER_SQLITE_TRANSACTION (transaction)->journal, name,
                                        error);
}

static gboolean
foyer_sqlite_transaction_get_setting (FoyerTransaction *transaction,
                                      const char *key,
                                      char **value,
                                      GError **error)
{
  return foyer_setting_table_get (FOYER_SQLITE_TRANSACTION (transaction)->journal, key, value,
                                  error);
}

static gboolean
foyer_sqlite_transaction_set_setting (FoyerTransaction *transaction,
                                      const char *key,
                                      const char *value,
                                      GError **error)
{
  return foyer_setting_table_set (FOYER_SQLITE_TRANSACTION (transaction)->journal, key, value,
                                  error);
}

static void
foyer_sqlite_transaction_class_init (FoyerSqliteTransactionClass *klass)
{
}

static void
foyer_sqlite_transaction_init (FoyerSqliteTransaction *self)
{
}

static void
foyer_sqlite_transaction_iface_init (FoyerTransactionInterface *iface)
{
  iface->gather_facts = foyer_sqlite_transaction_gather_facts;
  iface->add_ticket = foyer_sqlite_transaction_add_ticket;
  iface->list_lists = foyer_sqlite_transaction_list_lists;
  iface->insert_command = foyer_sqlite_transaction_insert_command;
  iface->get_command = foyer_sqlite_transaction_get_command;
  iface->update_command = foyer_sqlite_transaction_update_command;
  iface->list_commands = foyer_sqlite_transaction_list_commands;
  iface->list_recent = foyer_sqlite_transaction_list_recent;
  iface->count_waiting = foyer_sqlite_transaction_count_waiting;
  iface->get_line = foyer_sqlite_transaction_get_line;
  iface->append_call = foyer_sqlite_transaction_append_call;
  iface->list_connections = foyer_sqlite_transaction_list_connections;
  iface->put_connection = foyer_sqlite_transaction_put_connection;
  iface->delete_connection = foyer_sqlite_transaction_delete_connection;
  iface->get_setting = foyer_sqlite_transaction_get_setting;
  iface->set_setting = foyer_sqlite_transaction_set_setting;
}

/**
 * foyer_sqlite_transaction_new:
 * @journal: (transfer none): the journal's connection; the caller begins and commits
 * @mirror: (transfer none): a connection that reads the mirror
 *
 * Returns: (transfer full): a transaction that can be used again and again on one thread
 */
FoyerSqliteTransaction *
foyer_sqlite_transaction_new (FoyerDatabase *journal, FoyerDatabase *mirror)
{
  FoyerSqliteTransaction *self = g_object_new (FOYER_TYPE_SQLITE_TRANSACTION, NULL);

  self->journal = journal;
  self->mirror = mirror;
  return self;
}
