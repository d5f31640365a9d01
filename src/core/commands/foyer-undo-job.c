/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One undo: recorded, and its answer waited for a moment. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-undo-job.h"

#include "foyer-timer.h"
#include "foyer-uuid.h"

/* Between two looks at what another process writes. */
#define LOOK_INTERVAL (20 * FOYER_SECOND / 1000)

typedef struct
{
  FoyerDesk *desk;             /* (owned) */
  FoyerDispatcher *dispatcher; /* (owned) */
  gint64 patience;
  gint64 wait_until; /* elapsed time */
  FoyerUndo *undo;   /* (owned) (nullable) once it is on disk */
  GSource *timer;
} Undoing;

static void look (GTask *task);

static void
undoing_free (gpointer data)
{
  Undoing *self = data;

  foyer_timer_clear (&self->timer);
  g_clear_pointer (&self->undo, foyer_undo_free);
  g_object_unref (self->desk);
  g_object_unref (self->dispatcher);
  g_free (self);
}

static gint64
get_elapsed (Undoing *self)
{
  return foyer_clock_elapsed (foyer_desk_get_clock (self->desk));
}

static gboolean
is_over (Undoing *self)
{
  return !foyer_command_state_is_waiting (self->undo->command->state)
         || get_elapsed (self) >= self->wait_until;
}

static void
end (GTask *task)
{
  Undoing *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&self->undo), (GDestroyNotify)foyer_undo_free);
  g_object_unref (task);
}

static gboolean
on_look_time (gpointer data)
{
  GTask *task = data;
  Undoing *self = g_task_get_task_data (task);

  foyer_timer_clear (&self->timer);
  foyer_journal_poke (foyer_desk_get_journal (self->desk));
  look (task);
  return G_SOURCE_REMOVE;
}

/* Journal's thread. */
static gboolean
read_command (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  *result = foyer_transaction_get_command (transaction, data, error);
  return *result != NULL;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Undoing *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  if (foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      foyer_command_unref (self->undo->command);
      self->undo->command = value;
    }
  else
    {
      /* It is recorded: what becomes of it is told elsewhere. */
      g_message ("The journal could not be read: %s", error->message);
      self->wait_until = 0;
    }

  if (is_over (self))
    end (task);
  else
    foyer_timer_set (&self->timer, foyer_desk_get_clock (self->desk), LOOK_INTERVAL, on_look_time,
                     task);
}

static void
look (GTask *task)
{
  Undoing *self = g_task_get_task_data (task);

  foyer_journal_transact_async (foyer_desk_get_journal (self->desk), TRUE, read_command,
                                g_strdup (self->undo->command->id), g_free,
                                (GDestroyNotify)foyer_command_unref, NULL, on_read, task);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Undoing *self = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer value = NULL;

  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  self->undo = value;
  foyer_dispatcher_wake (self->dispatcher);
  if (foyer_dispatcher_get_deadline (self->dispatcher, self->desk) > 0)
    self->wait_until = get_elapsed (self) + self->patience;
  if (is_over (self))
    end (task);
  else
    look (task);
}

/**
 * foyer_undo_async:
 * @desk: at which desk
 * @dispatcher: who sends
 * @command_id: (nullable): the admission (or exit) to be taken back; %NULL: the desk's last admission
 * @reason: (nullable): why
 * @actor: (nullable): who
 * @patience: how long to wait for the service's answer if it is in reach, microseconds
 * @cancellable: (nullable): not looked at: what is recorded is recorded
 * @callback: called when it is on disk, and answered if that came in time
 * @user_data: for @callback
 *
 * Takes an admission back.
 */
void
foyer_undo_async (FoyerDesk *desk,
                  FoyerDispatcher *dispatcher,
                  const char *command_id,
                  const char *reason,
                  const char *actor,
                  gint64 patience,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  FoyerUndoRequest *request;
  Undoing *self;
  GTask *task;

  g_return_if_fail (FOYER_IS_DESK (desk));
  g_return_if_fail (FOYER_IS_DISPATCHER (dispatcher));

  task = g_task_new (desk, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_undo_async);
  g_task_set_check_cancellable (task, FALSE);
  self = g_new0 (Undoing, 1);
  self->desk = g_object_ref (desk);
  self->dispatcher = g_object_ref (dispatcher);
  self->patience = patience;
  g_task_set_task_data (task, self, undoing_free);

  request = g_new0 (FoyerUndoRequest, 1);
  request->connection = g_strdup (foyer_desk_get_connection (desk)->name);
  request->command = g_strdup (command_id);
  request->reason = g_strdup (reason);
  request->actor = g_strdup (actor);
  request->created = foyer_clock_now (foyer_desk_get_clock (desk));
  request->id = foyer_uuid_new_v7 (request->created);
  request->key = g_uuid_string_random ();
  request->door_time = foyer_door_clock_now (foyer_desk_get_door_clock (desk), &request->unsure);
  foyer_journal_transact_async (foyer_desk_get_journal (desk), TRUE, foyer_undo_make, request,
                                (GDestroyNotify)foyer_undo_request_free,
                                (GDestroyNotify)foyer_undo_free, NULL, on_made, task);
}

/**
 * foyer_undo_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): what became of it, or %NULL with an error: nothing was recorded
 */
FoyerUndo *
foyer_undo_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
