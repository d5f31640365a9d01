/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking an admission back, in one transaction: whoever sends looks at the state in one of its own before
 * anything leaves, so what is withdrawn here is never sent.
 *
 *   not sent            -> withdrawn
 *   refused             -> settled
 *   sent, or maybe sent -> an undo behind it: annulled at the service
 *                          an exit behind it, if that is too late */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-undo.h"

#include "foyer-error.h"
#include "foyer-overlay.h"

/* From the admission to its undo, both by the door's clock (contracts/pretix-checkin.md 13). */
#define WINDOW (15 * FOYER_MINUTE)

#define PAGE 64

#define ADMISSIONS (1u << FOYER_COMMAND_CHECK_IN)
#define UNDOINGS ((1u << FOYER_COMMAND_UNDO) | (1u << FOYER_COMMAND_EXIT))

/**
 * foyer_undo_request_free:
 * @self: (transfer full): a request
 */
void
foyer_undo_request_free (FoyerUndoRequest *self)
{
  g_free (self->connection);
  g_free (self->command);
  g_free (self->reason);
  g_free (self->actor);
  g_free (self->id);
  g_free (self->key);
  g_free (self);
}

/**
 * foyer_undo_free:
 * @self: (transfer full): what became of it
 */
void
foyer_undo_free (FoyerUndo *self)
{
  g_clear_pointer (&self->command, foyer_command_unref);
  g_clear_pointer (&self->scan, foyer_scan_unref);
  g_free (self->undone);
  g_free (self);
}

/* An undo that a person gave up (settled) does not hold, nor does an exit that was taken back itself. */
static gboolean
holds (const FoyerCommand *command)
{
  return command->state != FOYER_STATE_WITHDRAWN && command->state != FOYER_STATE_SETTLED;
}

/* Ids of what has been taken back since @after_row. */
static GHashTable *
list_undone (FoyerTransaction *transaction, gint64 after_row, gint64 before_row, GError **error)
{
  g_autoptr (GHashTable) undone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) commands = foyer_transaction_list_recent (transaction, NULL, UNDOINGS,
                                                                  after_row, before_row, 0, error);

  if (commands == NULL)
    return NULL;

  for (guint i = 0; i < commands->len; i++)
    {
      const FoyerCommand *command = g_ptr_array_index (commands, i);
      g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, NULL);

      if (scan != NULL && scan->undoes != NULL && holds (command))
        g_hash_table_add (undone, g_strdup (scan->undoes));
    }
  return g_steal_pointer (&undone);
}

/**
 * foyer_undo_find_last:
 * @transaction: a transaction of the journal
 * @connection: (nullable): of which connection; %NULL: of any
 * @error: return location
 *
 * Returns: (transfer full): the last admission of this desk that stands, or %NULL with
 *   %FOYER_ERROR_NOT_FOUND
 */
FoyerCommand *
foyer_undo_find_last (FoyerTransaction *transaction, const char *connection, GError **error)
{
  gint64 before_row = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) commands = foyer_transaction_list_recent (
          transaction, connection, ADMISSIONS, 0, before_row, PAGE, error);
      g_autoptr (GHashTable) undone = NULL;

      if (commands == NULL)
        return NULL;
      if (commands->len == 0)
        {
          foyer_error_set_plain (error, FOYER_ERROR_NOT_FOUND, "no admission that stands");
          return NULL;
        }

      before_row = ((FoyerCommand *)g_ptr_array_index (commands, commands->len - 1))->row;
      undone = list_undone (transaction, before_row, 0, error);
      if (undone == NULL)
        return NULL;
      for (guint i = 0; i < commands->len; i++)
        {
          FoyerCommand *command = g_ptr_array_index (commands, i);

          if (holds (command) && !g_hash_table_contains (undone, command->id))
            return foyer_command_ref (command);
        }
    }
}

static FoyerCommand *
find (FoyerTransaction *transaction, const FoyerUndoRequest *request, GError **error)
{
  g_autoptr (FoyerCommand) command = NULL;
  g_autoptr (GHashTable) undone = NULL;

  if (request->command == NULL)
    return foyer_undo_find_last (transaction, request->connection, error);

  command = foyer_transaction_get_command (transaction, request->command, error);
  if (command == NULL)
    return NULL;
  if (command->kind != FOYER_COMMAND_CHECK_IN && command->kind != FOYER_COMMAND_EXIT)
    {
      foyer_error_set_plain (error, FOYER_ERROR_INVALID,
                             foyer_command_kind_to_word (command->kind));
      return NULL;
    }

  undone = list_undone (transaction, command->row, 0, error);
  if (undone == NULL)
    return NULL;
  if (!holds (command) || g_hash_table_contains (undone, command->id))
    {
      foyer_error_set_plain (error, FOYER_ERROR_CONFLICT, "taken back already");
      return NULL;
    }
  return g_steal_pointer (&command);
}

static char *
make_note (const FoyerUndoRequest *request)
{
  if (request->actor == NULL || *request->actor == '\0')
    return g_strdup (request->reason);
  return g_strdup_printf ("%s: %s", request->actor, request->reason != NULL ? request->reason : "");
}

static gboolean
close_admission (FoyerTransaction *transaction,
                 const FoyerUndoRequest *request,
                 const FoyerCommand *admission,
                 FoyerCommandState state,
                 FoyerUndo *undo,
                 GError **error)
{
  FoyerCommand *next = foyer_command_copy (admission);

  next->state = state;
  next->not_before = FOYER_TIME_NONE;
  g_free (next->note);
  next->note = make_note (request);
  g_clear_pointer (&undo->command, foyer_command_unref);
  undo->command = next;
  undo->manner = state == FOYER_STATE_WITHDRAWN ? FOYER_UNDO_WITHDRAWN : FOYER_UNDO_SETTLED;
  return foyer_transaction_update_command (transaction, next, error);
}

/**
 * foyer_undo_make_exit:
 * @undone: the admission, or an undo of it that the service does not take
 * @door_time: when it was taken back
 * @created: the laptop's clock
 * @id: id of the new command
 * @key: its nonce
 * @undoes: id of the admission
 * @error: return location
 *
 * What cannot be taken back is made good by an exit: who is not inside is not counted as inside.
 *
 * Returns: (transfer full): the exit, not recorded yet
 */
FoyerCommand *
foyer_undo_make_exit (const FoyerCommand *undone,
                      FoyerTime door_time,
                      FoyerTime created,
                      const char *id,
                      const char *key,
                      const char *undoes,
                      GError **error)
{
  g_autoptr (FoyerScan) scan = foyer_scan_from_json (undone->arguments, error);
  FoyerCommand *command;

  if (scan == NULL)
    return NULL;

  scan->datetime = MAX (door_time, scan->datetime + 1);
  scan->exit = TRUE;
  scan->force = TRUE;
  g_clear_pointer (&scan->answers, g_free);
  g_clear_pointer (&scan->nonce, g_free);
  g_free (scan->undoes);
  scan->undoes = g_strdup (undoes);

  command = foyer_command_new ();
  command->id = g_strdup (id);
  command->key = g_strdup (key);
  command->kind = FOYER_COMMAND_EXIT;
  command->connection = g_strdup (undone->connection);
  command->target = g_strdup (undone->target);
  command->arguments = foyer_scan_to_json (scan);
  command->created = created;
  command->door_time = scan->datetime;
  command->unsure = undone->unsure;
  command->actor = g_strdup (undone->actor);
  command->desk = g_strdup (undone->desk);
  command->state = FOYER_STATE_PENDING;
  return command;
}

static FoyerCommand *
make_command (const FoyerUndoRequest *request,
              const FoyerCommand *admission,
              const FoyerScan *scan,
              FoyerUndo *undo,
              GError **error)
{
  g_autoptr (FoyerScan) annulled = NULL;
  FoyerCommand *command;

  if (!scan->exit && request->door_time > scan->datetime + WINDOW)
    {
      undo->manner = FOYER_UNDO_EXIT;
      command = foyer_undo_make_exit (admission, request->door_time, request->created, request->id,
                                      request->key, admission->id, error);
    }
  else
    {
      undo->manner = FOYER_UNDO_ANNULLED;
      annulled = foyer_scan_copy (scan);
      g_free (annulled->undoes);
      annulled->undoes = g_strdup (admission->id);
      annulled->nonce = g_strdup (admission->key);
      g_free (annulled->reason);
      annulled->reason = g_strdup (request->reason);
      command = foyer_command_copy (admission);
      command->row = 0;
      command->kind = FOYER_COMMAND_UNDO;
      command->state = FOYER_STATE_PENDING;
      command->attempts = 0;
      command->not_before = FOYER_TIME_NONE;
      command->created = request->created;
      command->door_time = request->door_time;
      g_free (command->id);
      command->id = g_strdup (request->id);
      g_free (command->key);
      command->key = g_strdup (request->key);
      g_free (command->arguments);
      command->arguments = foyer_scan_to_json (annulled);
      g_clear_pointer (&command->result, g_free);
      g_clear_pointer (&command->problem, g_free);
    }
  if (command == NULL)
    return NULL;

  command->unsure = request->unsure;
  g_free (command->actor);
  command->actor = g_strdup (request->actor);
  g_free (command->note);
  command->note = g_strdup (request->reason);
  return command;
}

/* Nothing of it can be at the service. */
static gboolean
was_never_stored (const FoyerCommand *admission)
{
  return admission->attempts == 0
         && (admission->state == FOYER_STATE_PENDING || admission->state == FOYER_STATE_NEEDS_YOU);
}

/**
 * foyer_undo_make:
 * @transaction: a transaction of the journal
 * @request: (type FoyerUndoRequest): which, why, by whom
 * @undo: (out) (type FoyerUndo) (transfer full): what became of it
 * @error: return location
 *
 * A #FoyerTransactionFunc.
 *
 * Returns: %FALSE with %FOYER_ERROR_NOT_FOUND if there is no such admission, with %FOYER_ERROR_CONFLICT if
 *   it does not stand any more, with %FOYER_ERROR_INVALID if it is none
 */
gboolean
foyer_undo_make (FoyerTransaction *transaction, gpointer request, gpointer *undo, GError **error)
{
  const FoyerUndoRequest *asked = request;
  g_autoptr (FoyerCommand) admission = find (transaction, asked, error);
  g_autoptr (FoyerUndo) made = g_new0 (FoyerUndo, 1);
  FoyerCommandState close_as = FOYER_STATE_SETTLED;

  if (admission == NULL)
    return FALSE;

  made->undone = g_strdup (admission->id);
  made->scan = foyer_scan_from_json (admission->arguments, error);
  if (made->scan == NULL)
    return FALSE;

  if (was_never_stored (admission))
    close_as = FOYER_STATE_WITHDRAWN;
  if (close_as == FOYER_STATE_WITHDRAWN || admission->state == FOYER_STATE_NEEDS_YOU)
    {
      if (!close_admission (transaction, asked, admission, close_as, made, error))
        return FALSE;
      /* Refused for certain; one that failed again and again may be there after all. */
      if (close_as == FOYER_STATE_WITHDRAWN || admission->result != NULL)
        {
          *undo = g_steal_pointer (&made);
          return TRUE;
        }
    }

  g_clear_pointer (&made->command, foyer_command_unref);
  made->command = make_command (asked, admission, made->scan, made, error);
  if (made->command == NULL)
    return FALSE;
  made->command->row = foyer_transaction_insert_command (transaction, made->command, error);
  if (made->command->row <= 0)
    return FALSE;

  *undo = g_steal_pointer (&made);
  return TRUE;
}
