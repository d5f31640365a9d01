/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits in a lane: read from the journal, taken one by one. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-lane-queue.h"

#define WAITING ((1u << FOYER_STATE_PENDING) | (1u << FOYER_STATE_UNKNOWN))

static gboolean
is_ready (const FoyerCommand *command, FoyerTime now)
{
  return command->not_before == FOYER_TIME_NONE
         || command->not_before <= now
         /* a laptop's clock that was set back must not hold a command for ever */
         || command->not_before > now + FOYER_HOUR;
}

/**
 * foyer_lane_queue_keeps_order:
 * @command: a command
 *
 * What is told of a refusal neither waits for an admission of the same ticket nor holds it back.
 *
 * Returns: whether it goes after what was recorded about its target before
 */
gboolean
foyer_lane_queue_keeps_order (const FoyerCommand *command)
{
  return command->kind != FOYER_COMMAND_REFUSAL;
}

/**
 * foyer_lane_queue_take:
 * @queue: (element-type FoyerCommand): waiting commands, in the journal's order
 * @busy: set of targets with a command in flight
 * @now: the laptop's clock
 * @earliest: (inout): lowered to when the next may be ready that is not yet
 *
 * In order per target: one that must wait holds back those behind it.
 *
 * Returns: (transfer full) (nullable): the next to be sent, taken out of @queue
 */
FoyerCommand *
foyer_lane_queue_take (GPtrArray *queue, GHashTable *busy, FoyerTime now, FoyerTime *earliest)
{
  g_autoptr (GHashTable) passed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < queue->len; i++)
    {
      FoyerCommand *command = g_ptr_array_index (queue, i);

      if (foyer_lane_queue_keeps_order (command)
          && (g_hash_table_contains (busy, command->target)
              || g_hash_table_contains (passed, command->target)))
        continue;
      if (!is_ready (command, now))
        {
          if (foyer_lane_queue_keeps_order (command))
            g_hash_table_add (passed, command->target);
          *earliest = MIN (*earliest, command->not_before);
          continue;
        }
      foyer_command_ref (command);
      g_ptr_array_remove_index (queue, i);
      return command;
    }
  return NULL;
}

typedef struct
{
  char *connection;
  gsize limit;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->connection);
  g_free (look);
}

/* Journal's thread. */
static gboolean
list_waiting (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  Look *look = data;

  *result = foyer_transaction_list_commands (transaction, look->connection, WAITING, 0, look->limit,
                                             error);
  return *result != NULL;
}

/**
 * foyer_lane_queue_load_async:
 * @journal: the journal
 * @connection: name of a connection
 * @limit: at most so many
 * @callback: called with the commands that wait, in order (foyer_journal_transact_finish(): a GPtrArray
 *   of #FoyerCommand, to be unreffed)
 * @user_data: for @callback
 */
void
foyer_lane_queue_load_async (FoyerJournal *journal,
                             const char *connection,
                             gsize limit,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Look *data = g_new0 (Look, 1);

  data->connection = g_strdup (connection);
  data->limit = limit;
  foyer_journal_transact_async (journal, FALSE, list_waiting, data, look_free,
                                (GDestroyNotify)g_ptr_array_unref, NULL, callback, user_data);
}
