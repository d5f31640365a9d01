/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person does to a command that is recorded already. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-workspace.h"

#include "foyer-uuid.h"
#include "foyer-workspace-private.h"

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FoyerWorkspace *self = g_task_get_source_object (task);
  g_autoptr (FoyerCommand) command = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  command = value;
  foyer_dispatcher_wake (self->dispatcher);
  g_task_return_boolean (task, TRUE);
}

/**
 * foyer_workspace_settle_async:
 * @self: a workspace
 * @command_id: a command that needs a person
 * @settlement: what the person said
 * @note: (nullable): what the person wrote
 * @actor: (nullable): who
 * @cancellable: (nullable): to stop it
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Answers a case of the inbox.
 */
void
foyer_workspace_settle_async (FoyerWorkspace *self,
                              const char *command_id,
                              FoyerSettlement settlement,
                              const char *note,
                              const char *actor,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  FoyerSettlementRequest *request;
  GTask *task;

  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_workspace_settle_async);
  request = g_new0 (FoyerSettlementRequest, 1);
  request->id = g_strdup (command_id);
  request->settlement = settlement;
  request->note = g_strdup (note);
  request->actor = g_strdup (actor);
  request->created = foyer_clock_now (self->clock);
  request->new_id = foyer_uuid_new_v7 (request->created);
  request->new_key = g_uuid_string_random ();
  foyer_journal_transact_async (self->journal, TRUE, foyer_settlement_make, request,
                                (GDestroyNotify)foyer_settlement_request_free,
                                (GDestroyNotify)foyer_command_unref, cancellable, on_settled, task);
}

/**
 * foyer_workspace_settle_finish:
 * @self: a workspace
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether the answer is on disk
 */
gboolean
foyer_workspace_settle_finish (FoyerWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
