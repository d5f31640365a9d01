/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace at work: it carries out what waits, looks whether a service is back, syncs, and ends. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-workspace.h"

#include "foyer-timer.h"
#include "foyer-workspace-private.h"

/* How long the end of a process waits for answers. What comes later is looked up at the next start. */
#define LAST_PATIENCE (3 * FOYER_SECOND)
#define LAST_LOOK (20 * FOYER_SECOND / 1000)
/* When the service is back: what waits first, then what is new. */
#define DRAIN_PATIENCE (10 * FOYER_SECOND)

/* All laptops of a hall get their network back at the same moment; they need not all speak at once. */
#define WAKE_SPREAD (FOYER_SECOND / 2)

static void
on_drained (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerDesk) desk = user_data;

  /* Whether or not all is sent by now. */
  foyer_dispatcher_drain_finish (FOYER_DISPATCHER (source), result, NULL);
  if (foyer_desk_can_ask (desk))
    foyer_desk_sync_async (desk, FALSE, NULL, NULL, NULL);
}

static void
on_reach_changed (FoyerDesk *desk, GParamSpec *pspec, FoyerWorkspace *self)
{
  if (!self->started || self->sync_interval == 0 || !foyer_dispatcher_get_sender (self->dispatcher)
      || foyer_desk_get_reach (desk) != FOYER_REACH_ONLINE || foyer_desk_get_syncing (desk))
    return;

  foyer_dispatcher_drain_async (self->dispatcher, DRAIN_PATIENCE, NULL, on_drained,
                                g_object_ref (desk));
}

void
foyer_workspace_set_to_work (FoyerWorkspace *self, FoyerDesk *desk)
{
  gboolean syncs = self->started && self->closing == NULL
                   && foyer_dispatcher_get_sender (self->dispatcher);

  foyer_desk_set_offline (desk, self->offline);
  foyer_desk_set_probing (desk, self->started && self->closing == NULL);
  foyer_desk_set_sync_interval (desk, syncs ? self->sync_interval : 0);
  if (syncs && self->sync_interval > 0 && foyer_desk_can_ask (desk))
    foyer_desk_sync_async (desk, FALSE, NULL, NULL, NULL);
}

void
foyer_workspace_set_all_to_work (FoyerWorkspace *self)
{
  for (guint i = 0; i < foyer_workspace_get_n_desks (self); i++)
    foyer_workspace_set_to_work (self, foyer_workspace_get_nth (self, i));
}

FoyerDesk *
foyer_workspace_add_desk (FoyerWorkspace *self, FoyerConnection *connection, FoyerService *service)
{
  g_autoptr (FoyerDesk) desk = foyer_desk_new (connection, service, self->journal, self->mirror,
                                               self->query, self->clock);
  guint position;

  foyer_desk_set_offline (desk, self->offline);
  foyer_desk_set_signatures (desk, self->signatures);
  g_signal_connect_object (desk, "notify::reach", G_CALLBACK (on_reach_changed), self, 0);
  foyer_dispatcher_add_desk (self->dispatcher, desk);
  if (foyer_workspace_find_desk (self, connection->name, &position) != NULL)
    g_list_store_splice (self->desks, position, 1, (gpointer *)&desk, 1);
  else
    g_list_store_append (self->desks, desk);
  return desk;
}

/**
 * foyer_workspace_start:
 * @self: a loaded workspace
 *
 * From now on it works by itself: carries out what waits, looks whether a service is back, syncs.
 */
void
foyer_workspace_start (FoyerWorkspace *self)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  if (self->started)
    return;

  self->started = TRUE;
  foyer_dispatcher_start (self->dispatcher);
  foyer_workspace_set_all_to_work (self);
}

/**
 * foyer_workspace_set_sync_interval:
 * @self: a workspace
 * @seconds: from the end of a sync to the next while it is started; 0 = never by itself
 */
void
foyer_workspace_set_sync_interval (FoyerWorkspace *self, guint seconds)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  self->sync_interval = seconds;
  if (self->started)
    foyer_workspace_set_all_to_work (self);
}

static gboolean
on_wake_time (gpointer data)
{
  FoyerWorkspace *self = data;

  foyer_timer_clear (&self->wake_timer);
  for (guint i = 0; i < foyer_workspace_get_n_desks (self); i++)
    foyer_desk_wake (foyer_workspace_get_nth (self, i));
  foyer_dispatcher_retry (self->dispatcher);
  return G_SOURCE_REMOVE;
}

/**
 * foyer_workspace_wake:
 * @self: a workspace
 *
 * The network may be back: looks whether services are, and sends what waits, half a second later at most
 * instead of when the pause of the last attempt ends.
 */
void
foyer_workspace_wake (FoyerWorkspace *self)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));

  if (!self->started || self->closing != NULL || self->wake_timer != NULL)
    return;
  foyer_timer_set (&self->wake_timer, self->clock,
                   (gint64)(g_random_double () * (double)WAKE_SPREAD), on_wake_time, self);
}

/* Closing. */

static gboolean
look_whether_quiet (gpointer data)
{
  FoyerWorkspace *self = data;
  gint64 now = foyer_clock_elapsed (self->clock);
  gboolean quiet = foyer_dispatcher_is_idle (self->dispatcher);

  foyer_timer_clear (&self->close_timer);
  for (guint i = 0; quiet && i < foyer_workspace_get_n_desks (self); i++)
    quiet = !foyer_desk_get_syncing (foyer_workspace_get_nth (self, i));
  if (quiet)
    {
      foyer_call_recorder_flush (self->recorder);
      quiet = foyer_call_recorder_is_idle (self->recorder);
    }

  if (!quiet && now < self->close_by)
    {
      foyer_timer_set (&self->close_timer, self->clock, LAST_LOOK, look_whether_quiet, self);
      return G_SOURCE_REMOVE;
    }

  {
    g_autoptr (GTask) task = g_steal_pointer (&self->closing);

    g_task_return_boolean (task, TRUE);
  }
  return G_SOURCE_REMOVE;
}

/**
 * foyer_workspace_close_async:
 * @self: a workspace
 * @cancellable: (nullable): not looked at
 * @callback: called when it is quiet
 * @user_data: for @callback
 *
 * Begins nothing more, waits a moment for answers that are on their way, and writes what is to be
 * written.
 */
void
foyer_workspace_close_async (FoyerWorkspace *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (FOYER_IS_WORKSPACE (self));
  g_return_if_fail (self->closing == NULL);

  self->closing = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->closing, foyer_workspace_close_async);
  self->close_by = foyer_clock_elapsed (self->clock) + LAST_PATIENCE;
  foyer_timer_clear (&self->wake_timer);
  foyer_dispatcher_stop (self->dispatcher);
  for (guint i = 0; i < foyer_workspace_get_n_desks (self); i++)
    {
      FoyerDesk *desk = foyer_workspace_get_nth (self, i);

      foyer_desk_set_sync_interval (desk, 0);
      foyer_desk_set_probing (desk, FALSE);
      foyer_desk_cancel_sync (desk);
    }
  foyer_timer_set (&self->close_timer, self->clock, 0, look_whether_quiet, self);
}

/**
 * foyer_workspace_close_finish:
 * @self: a workspace
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE
 */
gboolean
foyer_workspace_close_finish (FoyerWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
