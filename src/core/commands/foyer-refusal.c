/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody was refused at this desk. The service records the refusals that it makes itself, at a scan that
 * was sent; of one that the desk decided, or that was only asked for, it knows nothing until it is told. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-refusal.h"

#include "foyer-overlay.h"
#include "foyer-uuid.h"

/**
 * foyer_refusal_is_to_be_recorded:
 * @scan: what was scanned
 * @admission: what was decided about it, without a command having been sent
 *
 * "Cannot decide" is no refusal, and one without a code or a list cannot be told to anybody.
 *
 * Returns: whether it is a refusal of the desk's
 */
gboolean
foyer_refusal_is_to_be_recorded (const FoyerScan *scan, const FoyerAdmission *admission)
{
  return admission->result == FOYER_ADMISSION_REFUSED
         && (admission->certain || admission->by_service) && scan->secret != NULL
         && *scan->secret != '\0' && scan->list != 0;
}

/* Journal's thread. */
static gboolean
insert (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  return foyer_transaction_insert_command (transaction, data, error) > 0;
}

static void
on_inserted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  foyer_dispatcher_wake (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * foyer_refusal_record_async:
 * @desk: at which desk
 * @dispatcher: who sends
 * @scan: what was scanned
 * @admission: the refusal
 * @unsure: the scan's time is a guess
 * @actor: (nullable): who
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Records a refusal, to be told to the service. It counts for nobody: it is not laid over the mirror.
 */
void
foyer_refusal_record_async (FoyerDesk *desk,
                            FoyerDispatcher *dispatcher,
                            const FoyerScan *scan,
                            const FoyerAdmission *admission,
                            gboolean unsure,
                            const char *actor,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  FoyerConnection *connection = foyer_desk_get_connection (desk);
  g_autoptr (FoyerScan) refused = foyer_scan_copy (scan);
  FoyerCommand *command = foyer_command_new ();
  GTask *task = g_task_new (desk, NULL, callback, user_data);

  g_task_set_source_tag (task, foyer_refusal_record_async);
  g_task_set_task_data (task, g_object_ref (dispatcher), g_object_unref);
  g_free (refused->refusal);
  refused->refusal = g_strdup (admission->reason != NULL ? admission->reason : "error");
  command->kind = FOYER_COMMAND_REFUSAL;
  command->created = foyer_clock_now (foyer_desk_get_clock (desk));
  command->id = foyer_uuid_new_v7 (command->created);
  command->key = g_uuid_string_random ();
  command->connection = g_strdup (connection->name);
  command->target = foyer_overlay_make_target (scan->attendee, scan->list);
  command->arguments = foyer_scan_to_json (refused);
  command->door_time = scan->datetime;
  command->unsure = unsure;
  command->actor = g_strdup (actor);
  command->desk = g_strdup (connection->desk);
  command->state = FOYER_STATE_PENDING;
  foyer_journal_transact_async (foyer_desk_get_journal (desk), TRUE, insert, command,
                                (GDestroyNotify)foyer_command_unref, NULL, NULL, on_inserted, task);
}

/**
 * foyer_refusal_record_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
foyer_refusal_record_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
