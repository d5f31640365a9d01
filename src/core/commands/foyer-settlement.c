/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a person answers a case of the inbox. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-settlement.h"

#include "foyer-error.h"
#include "foyer-scan.h"
#include "foyer-undo.h"

/**
 * foyer_settlement_request_free:
 * @self: (transfer full): a request
 */
void
foyer_settlement_request_free (FoyerSettlementRequest *self)
{
  g_free (self->id);
  g_free (self->note);
  g_free (self->actor);
  g_free (self->new_id);
  g_free (self->new_key);
  g_free (self);
}

static char *
make_note (const FoyerSettlementRequest *request)
{
  if (request->actor == NULL || *request->actor == '\0')
    return g_strdup (request->note);
  return g_strdup_printf ("%s: %s", request->actor, request->note != NULL ? request->note : "");
}

/* The undo is given up, and what it was for is done in the other way. */
static gboolean
enter_exit (FoyerTransaction *transaction,
            const FoyerSettlementRequest *asked,
            const FoyerCommand *undo,
            GError **error)
{
  g_autoptr (FoyerScan) scan = foyer_scan_from_json (undo->arguments, error);
  g_autoptr (FoyerCommand) leaving = NULL;

  if (scan == NULL)
    return FALSE;

  leaving = foyer_undo_make_exit (undo, undo->door_time, asked->created, asked->new_id,
                                  asked->new_key, scan->undoes, error);
  if (leaving == NULL)
    return FALSE;
  g_free (leaving->actor);
  leaving->actor = g_strdup (asked->actor);
  leaving->note = g_strdup (asked->note);
  return foyer_transaction_insert_command (transaction, leaving, error) > 0;
}

/**
 * foyer_settlement_make:
 * @transaction: a transaction of the journal
 * @request: (type FoyerSettlementRequest): which, how, by whom
 * @result: (out) (type FoyerCommand) (transfer full): the command as it is now
 * @error: return location
 *
 * A #FoyerTransactionFunc. Keeping sends the command again with `force`, its true time, and the same
 * nonce: a refused scan is never taken for a repeated one (contracts/pretix-checkin.md 6), and if an
 * earlier attempt was stored after all, that nonce is what keeps it from being stored twice.
 *
 * Returns: %FALSE with %FOYER_ERROR_NOT_FOUND if there is no such command, with %FOYER_ERROR_CONFLICT if
 *   it does not need anybody (any more)
 */
gboolean
foyer_settlement_make (FoyerTransaction *transaction,
                       gpointer request,
                       gpointer *result,
                       GError **error)
{
  const FoyerSettlementRequest *asked = request;
  g_autoptr (FoyerCommand) command = foyer_transaction_get_command (transaction, asked->id, error);
  g_autoptr (FoyerCommand) next = NULL;
  g_autoptr (FoyerScan) scan = NULL;

  if (command == NULL)
    return FALSE;
  if (command->state != FOYER_STATE_NEEDS_YOU)
    {
      foyer_error_set_plain (error, FOYER_ERROR_CONFLICT,
                             foyer_command_state_to_word (command->state));
      return FALSE;
    }

  next = foyer_command_copy (command);
  next->not_before = FOYER_TIME_NONE;
  g_free (next->note);
  next->note = make_note (asked);
  switch (asked->settlement)
    {
    case FOYER_SETTLE_KEEP:
      if (command->kind == FOYER_COMMAND_UNDO)
        {
          if (!enter_exit (transaction, asked, command, error))
            return FALSE;
          next->state = FOYER_STATE_SETTLED;
          break;
        }
      scan = foyer_scan_from_json (command->arguments, error);
      if (scan == NULL)
        return FALSE;
      scan->force = TRUE;
      g_free (next->arguments);
      next->arguments = foyer_scan_to_json (scan);
      next->state = FOYER_STATE_PENDING;
      break;
    case FOYER_SETTLE_ACCEPT:
      next->state = FOYER_STATE_SETTLED;
      break;
    }

  if (!foyer_transaction_update_command (transaction, next, error))
    return FALSE;
  *result = g_steal_pointer (&next);
  return TRUE;
}
