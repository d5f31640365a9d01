/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-admission-facts.h"
#include "foyer-call.h"
#include "foyer-command.h"
#include "foyer-connection.h"

G_BEGIN_DECLS

/**
 * FoyerLine:
 * @recorded: commands ever recorded
 * @sent: done, settled or withdrawn
 * @waiting: pending, being sent, or sent without an answer
 * @needs_you: in the inbox
 *
 * The line that adds up: @recorded = @sent + @waiting + @needs_you, always.
 */
typedef struct
{
  gint64 recorded;
  gint64 sent;
  gint64 waiting;
  gint64 needs_you;
} FoyerLine;

/**
 * FoyerPlaceReference:
 * @connection: name of a connection
 * @list: id of a check-in list of its event
 *
 * A list, wherever it is.
 */
typedef struct
{
  const char *connection;
  gint64 list;
} FoyerPlaceReference;

#define FOYER_TYPE_TRANSACTION (foyer_transaction_get_type ())
G_DECLARE_INTERFACE (FoyerTransaction, foyer_transaction, FOYER, TRANSACTION, GObject)

/**
 * FoyerTransactionInterface:
 * @gather_facts: all that the copy (mirror with waiting commands laid over) knows about a code, or about
 *   one ticket if @attendee is not 0, on these lists
 * @add_ticket: adds to facts, as a candidate of the place with this index, a ticket that the copy does not
 *   have (its code says what it is), with all that the copy knows about its kind, and what waits of it
 * @list_lists: (element-type FoyerCheckInList): the check-in lists of a connection's event, by name
 * @insert_command: adds a command; gives its row number
 * @get_command: by id; %NULL with %FOYER_ERROR_NOT_FOUND if there is none
 * @update_command: writes a changed command back (by its id)
 * @list_commands: oldest first; @states is a set of `1 << FoyerCommandState`; 0 = all
 * @list_recent: newest first, of some kinds: @kinds is a set of `1 << FoyerCommandKind`; those after
 *   @after_row and, if it is not 0, before @before_row
 * @count_waiting: how many reports about one ticket and list (a @target of such) have not been answered
 * @get_line: the line that adds up
 * @append_call: adds an audit row to the hash chain
 * @list_connections: (element-type FoyerConnection): in the order they were made
 * @put_connection: adds or replaces by name
 * @delete_connection: by name; its commands stay in the journal
 * @get_setting: (nullable): a value of this workspace
 * @set_setting: @value %NULL removes it
 *
 * One transaction over the journal (BEGIN IMMEDIATE: nobody else, in any process, writes meanwhile),
 * used inside a #FoyerTransactionFunc on the journal's own thread only. All or nothing: if the
 * function fails, nothing was written.
 */
struct _FoyerTransactionInterface
{
  GTypeInterface parent;

  FoyerAdmissionFacts *(*gather_facts) (FoyerTransaction *self,
                                        const char *code,
                                        gint64 attendee,
                                        const FoyerPlaceReference *places,
                                        gsize n_places,
                                        GError **error);
  gboolean (*add_ticket) (FoyerTransaction *self,
                          FoyerAdmissionFacts *facts,
                          guint place,
                          FoyerAttendee *attendee,
                          GError **error);
  GPtrArray *(*list_lists) (FoyerTransaction *self, const char *connection, GError **error);
  gint64 (*insert_command) (FoyerTransaction *self, FoyerCommand *command, GError **error);
  FoyerCommand *(*get_command) (FoyerTransaction *self, const char *id, GError **error);
  gboolean (*update_command) (FoyerTransaction *self, FoyerCommand *command, GError **error);
  GPtrArray *(*list_commands) (FoyerTransaction *self,
                               const char *connection,
                               guint states,
                               gint64 after_row,
                               gsize limit,
                               GError **error);
  GPtrArray *(*list_recent) (FoyerTransaction *self,
                             const char *connection,
                             guint kinds,
                             gint64 after_row,
                             gint64 before_row,
                             gsize limit,
                             GError **error);
  gint64 (*count_waiting) (FoyerTransaction *self,
                           const char *connection,
                           const char *target,
                           GError **error);
  gboolean (*get_line) (FoyerTransaction *self, FoyerLine *line, GError **error);
  gboolean (*append_call) (FoyerTransaction *self, FoyerCall *call, GError **error);
  GPtrArray *(*list_connections) (FoyerTransaction *self, GError **error);
  gboolean (*put_connection) (FoyerTransaction *self, FoyerConnection *connection, GError **error);
  gboolean (*delete_connection) (FoyerTransaction *self, const char *name, GError **error);
  gboolean (*get_setting) (FoyerTransaction *self, const char *key, char **value, GError **error);
  gboolean (*set_setting) (FoyerTransaction *self,
                           const char *key,
                           const char *value,
                           GError **error);
};

FoyerAdmissionFacts *foyer_transaction_gather_facts (FoyerTransaction *self,
                                                     const char *code,
                                                     gint64 attendee,
                                                     const FoyerPlaceReference *places,
                                                     gsize n_places,
                                                     GError **error);
gboolean foyer_transaction_add_ticket (FoyerTransaction *self,
                                       FoyerAdmissionFacts *facts,
                                       guint place,
                                       FoyerAttendee *attendee,
                                       GError **error);
GPtrArray *
foyer_transaction_list_lists (FoyerTransaction *self, const char *connection, GError **error);
gint64
foyer_transaction_insert_command (FoyerTransaction *self, FoyerCommand *command, GError **error);
FoyerCommand *
foyer_transaction_get_command (FoyerTransaction *self, const char *id, GError **error);
gboolean
foyer_transaction_update_command (FoyerTransaction *self, FoyerCommand *command, GError **error);
GPtrArray *foyer_transaction_list_commands (FoyerTransaction *self,
                                            const char *connection,
                                            guint states,
                                            gint64 after_row,
                                            gsize limit,
                                            GError **error);
GPtrArray *foyer_transaction_list_recent (FoyerTransaction *self,
                                          const char *connection,
                                          guint kinds,
                                          gint64 after_row,
                                          gint64 before_row,
                                          gsize limit,
                                          GError **error);
gint64 foyer_transaction_count_waiting (FoyerTransaction *self,
                                        const char *connection,
                                        const char *target,
                                        GError **error);
gboolean foyer_transaction_get_line (FoyerTransaction *self, FoyerLine *line, GError **error);
gboolean foyer_transaction_append_call (FoyerTransaction *self, FoyerCall *call, GError **error);
GPtrArray *foyer_transaction_list_connections (FoyerTransaction *self, GError **error);
gboolean foyer_transaction_put_connection (FoyerTransaction *self,
                                           FoyerConnection *connection,
                                           GError **error);
gboolean
foyer_transaction_delete_connection (FoyerTransaction *self, const char *name, GError **error);
gboolean foyer_transaction_get_setting (FoyerTransaction *self,
                                        const char *key,
                                        char **value,
                                        GError **error);
gboolean foyer_transaction_set_setting (FoyerTransaction *self,
                                        const char *key,
                                        const char *value,
                                        GError **error);

/**
 * FoyerTransactionFunc:
 * @transaction: the transaction, valid during the call
 * @data: what was given to foyer_journal_transact_async()
 * @result: (out) (nullable) (transfer full): what foyer_journal_transact_finish() gives back
 * @error: return location; setting it rolls everything back
 *
 * Work inside one transaction. Runs on the journal's thread: no GTK, no main-context objects, only
 * values and pure functions. It may be run again from the start if the disk was busy, so it must not
 * change @data.
 *
 * Returns: %TRUE to commit
 */
typedef gboolean (*FoyerTransactionFunc) (FoyerTransaction *transaction,
                                          gpointer data,
                                          gpointer *result,
                                          GError **error);

#define FOYER_TYPE_JOURNAL (foyer_journal_get_type ())
G_DECLARE_INTERFACE (FoyerJournal, foyer_journal, FOYER, JOURNAL, GObject)

/**
 * FoyerJournalInterface:
 * @transact_async: runs a function in a transaction; finished only once it is on disk
 *   (synchronous=FULL). @urgent work (a scan) goes before other work that waits for the thread.
 * @claim_sender: tries to become (or checks that it still is) the one process of this workspace that
 *   carries commands out: an OFD lock, free when the process dies. Cheap; asked before every send.
 *
 * The sacred file: commands, audit, connections, settings. Signal `changed` is emitted on the main
 * context after a commit of this process (coalesced per turn) and when another process has
 * committed (noticed within a second, or at once by foyer_journal_poke()).
 */
struct _FoyerJournalInterface
{
  GTypeInterface parent;

  void (*transact_async) (FoyerJournal *self,
                          gboolean urgent,
                          FoyerTransactionFunc func,
                          gpointer data,
                          GDestroyNotify data_destroy,
                          GDestroyNotify result_destroy,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  gboolean (*transact_finish) (FoyerJournal *self,
                               GAsyncResult *result,
                               gpointer *value,
                               GError **error);
  gboolean (*claim_sender) (FoyerJournal *self);
  void (*poke) (FoyerJournal *self);
};

void foyer_journal_transact_async (FoyerJournal *self,
                                   gboolean urgent,
                                   FoyerTransactionFunc func,
                                   gpointer data,
                                   GDestroyNotify data_destroy,
                                   GDestroyNotify result_destroy,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean foyer_journal_transact_finish (FoyerJournal *self,
                                        GAsyncResult *result,
                                        gpointer *value,
                                        GError **error);
gboolean foyer_journal_claim_sender (FoyerJournal *self);
void foyer_journal_poke (FoyerJournal *self);

G_END_DECLS
