/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal port: dispatch only. */

#define G_LOG_DOMAIN "foyer-ports"

#include "foyer-journal.h"

G_DEFINE_INTERFACE (FoyerTransaction, foyer_transaction, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (FoyerJournal, foyer_journal, G_TYPE_OBJECT)

static void
foyer_transaction_default_init (FoyerTransactionInterface *iface)
{
}

static void
foyer_journal_default_init (FoyerJournalInterface *iface)
{
  /**
   * FoyerJournal::changed:
   *
   * Something was committed, by this or by another process.
   */
  g_signal_new ("changed", FOYER_TYPE_JOURNAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);
}

/**
 * foyer_transaction_gather_facts:
 * @self: the object
 * @code: see #FoyerTransactionInterface
 * @attendee: see #FoyerTransactionInterface
 * @places: see #FoyerTransactionInterface
 * @n_places: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerAdmissionFacts *
foyer_transaction_gather_facts (FoyerTransaction *self,
                                const char *code,
                                gint64 attendee,
                                const FoyerPlaceReference *places,
                                gsize n_places,
                                GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), NULL);

  return FOYER_TRANSACTION_GET_IFACE (self)->gather_facts (self, code, attendee, places, n_places,
                                                           error);
}

/**
 * foyer_transaction_add_ticket:
 * @self: the object
 * @facts: facts that this transaction gathered, and nobody has seen yet
 * @place: index of the place in them
 * @attendee: (transfer none): the ticket, without check-ins and answers, which are filled in
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: whether it could be read; @facts has one candidate more
 */
gboolean
foyer_transaction_add_ticket (FoyerTransaction *self,
                              FoyerAdmissionFacts *facts,
                              guint place,
                              FoyerAttendee *attendee,
                              GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), FALSE);
  g_return_val_if_fail (place < facts->places->len, FALSE);

  return FOYER_TRANSACTION_GET_IFACE (self)->add_ticket (self, facts, place, attendee, error);
}

/**
 * foyer_transaction_list_lists:
 * @self: the object
 * @connection: name of a connection
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: (transfer full) (element-type FoyerCheckInList): the lists
 */
GPtrArray *
foyer_transaction_list_lists (FoyerTransaction *self, const char *connection, GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), NULL);

  return FOYER_TRANSACTION_GET_IFACE (self)->list_lists (self, connection, error);
}

/**
 * foyer_transaction_insert_command:
 * @self: the object
 * @command: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: as the interface says
 */
gint64
foyer_transaction_insert_command (FoyerTransaction *self, FoyerCommand *command, GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), 0);

  return FOYER_TRANSACTION_GET_IFACE (self)->insert_command (self, command, error);
}

/**
 * foyer_transaction_get_command:
 * @self: the object
 * @id: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
FoyerCommand *
foyer_transaction_get_command (FoyerTransaction *self, const char *id, GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), NULL);

  return FOYER_TRANSACTION_GET_IFACE (self)->get_command (self, id, error);
}

/**
 * foyer_transaction_update_command:
 * @self: the object
 * @command: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_transaction_update_command (FoyerTransaction *self, FoyerCommand *command, GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), FALSE);

  return FOYER_TRANSACTION_GET_IFACE (self)->update_command (self, command, error);
}

/**
 * foyer_transaction_list_commands:
 * @self: the object
 * @connection: see #FoyerTransactionInterface
 * @states: see #FoyerTransactionInterface
 * @after_row: see #FoyerTransactionInterface
 * @limit: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
GPtrArray *
foyer_transaction_list_commands (FoyerTransaction *self,
                                 const char *connection,
                                 guint states,
                                 gint64 after_row,
                                 gsize limit,
                                 GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), NULL);

  return FOYER_TRANSACTION_GET_IFACE (self)->list_commands (self, connection, states, after_row,
                                                            limit, error);
}

/**
 * foyer_transaction_list_recent:
 * @self: the object
 * @connection: (nullable): see #FoyerTransactionInterface
 * @kinds: see #FoyerTransactionInterface
 * @after_row: see #FoyerTransactionInterface
 * @before_row: see #FoyerTransactionInterface
 * @limit: at most so many
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: (transfer full) (nullable): the commands, newest first, or %NULL with an error
 */
GPtrArray *
foyer_transaction_list_recent (FoyerTransaction *self,
                               const char *connection,
                               guint kinds,
                               gint64 after_row,
                               gint64 before_row,
                               gsize limit,
                               GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), NULL);

  return FOYER_TRANSACTION_GET_IFACE (self)->list_recent (self, connection, kinds, after_row,
                                                          before_row, limit, error);
}

/**
 * foyer_transaction_count_waiting:
 * @self: the object
 * @connection: see #FoyerTransactionInterface
 * @target: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: how many, or -1 with an error
 */
gint64
foyer_transaction_count_waiting (FoyerTransaction *self,
                                 const char *connection,
                                 const char *target,
                                 GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), -1);

  return FOYER_TRANSACTION_GET_IFACE (self)->count_waiting (self, connection, target, error);
}

/**
 * foyer_transaction_get_line:
 * @self: the object
 * @line: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_transaction_get_line (FoyerTransaction *self, FoyerLine *line, GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), FALSE);

  return FOYER_TRANSACTION_GET_IFACE (self)->get_line (self, line, error);
}

/**
 * foyer_transaction_append_call:
 * @self: the object
 * @call: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_transaction_append_call (FoyerTransaction *self, FoyerCall *call, GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), FALSE);

  return FOYER_TRANSACTION_GET_IFACE (self)->append_call (self, call, error);
}

/**
 * foyer_transaction_list_connections:
 * @self: the object
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error
 */
GPtrArray *
foyer_transaction_list_connections (FoyerTransaction *self, GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), NULL);

  return FOYER_TRANSACTION_GET_IFACE (self)->list_connections (self, error);
}

/**
 * foyer_transaction_put_connection:
 * @self: the object
 * @connection: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_transaction_put_connection (FoyerTransaction *self,
                                  FoyerConnection *connection,
                                  GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), FALSE);

  return FOYER_TRANSACTION_GET_IFACE (self)->put_connection (self, connection, error);
}

/**
 * foyer_transaction_delete_connection:
 * @self: the object
 * @name: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_transaction_delete_connection (FoyerTransaction *self, const char *name, GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), FALSE);

  return FOYER_TRANSACTION_GET_IFACE (self)->delete_connection (self, name, error);
}

/**
 * foyer_transaction_get_setting:
 * @self: the object
 * @key: see #FoyerTransactionInterface
 * @value: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_transaction_get_setting (FoyerTransaction *self,
                               const char *key,
                               char **value,
                               GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), FALSE);

  return FOYER_TRANSACTION_GET_IFACE (self)->get_setting (self, key, value, error);
}

/**
 * foyer_transaction_set_setting:
 * @self: the object
 * @key: see #FoyerTransactionInterface
 * @value: see #FoyerTransactionInterface
 * @error: return location
 *
 * See #FoyerTransactionInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_transaction_set_setting (FoyerTransaction *self,
                               const char *key,
                               const char *value,
                               GError **error)
{
  g_return_val_if_fail (FOYER_IS_TRANSACTION (self), FALSE);

  return FOYER_TRANSACTION_GET_IFACE (self)->set_setting (self, key, value, error);
}

/**
 * foyer_journal_transact_async:
 * @self: the object
 * @urgent: see #FoyerJournalInterface
 * @func: see #FoyerJournalInterface
 * @data: see #FoyerJournalInterface
 * @data_destroy: see #FoyerJournalInterface
 * @result_destroy: see #FoyerJournalInterface
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * See #FoyerJournalInterface.
 */
void
foyer_journal_transact_async (FoyerJournal *self,
                              gboolean urgent,
                              FoyerTransactionFunc func,
                              gpointer data,
                              GDestroyNotify data_destroy,
                              GDestroyNotify result_destroy,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (FOYER_IS_JOURNAL (self));

  FOYER_JOURNAL_GET_IFACE (self)->transact_async (self, urgent, func, data, data_destroy,
                                                  result_destroy, cancellable, callback, user_data);
}

/**
 * foyer_journal_transact_finish:
 * @self: the object
 * @result: what @callback got
 * @value: see #FoyerJournalInterface
 * @error: return location
 *
 * See #FoyerJournalInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_journal_transact_finish (FoyerJournal *self,
                               GAsyncResult *result,
                               gpointer *value,
                               GError **error)
{
  g_return_val_if_fail (FOYER_IS_JOURNAL (self), FALSE);

  return FOYER_JOURNAL_GET_IFACE (self)->transact_finish (self, result, value, error);
}

/**
 * foyer_journal_claim_sender:
 * @self: the object
 *
 * See #FoyerJournalInterface.
 *
 * Returns: as the interface says
 */
gboolean
foyer_journal_claim_sender (FoyerJournal *self)
{
  g_return_val_if_fail (FOYER_IS_JOURNAL (self), FALSE);

  return FOYER_JOURNAL_GET_IFACE (self)->claim_sender (self);
}

/**
 * foyer_journal_poke:
 * @self: the object
 *
 * See #FoyerJournalInterface.
 */
void
foyer_journal_poke (FoyerJournal *self)
{
  g_return_if_fail (FOYER_IS_JOURNAL (self));

  FOYER_JOURNAL_GET_IFACE (self)->poke (self);
}
