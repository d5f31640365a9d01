/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kill -9 at a chosen instant. */

#define G_LOG_DOMAIN "foyer-fakes"

#include "foyer-kill-point.h"

#include <signal.h>
#include <unistd.h>

/**
 * foyer_kill_point_arm:
 * @self: where to die
 * @instants: how many instants to live through; negative: all
 */
void
foyer_kill_point_arm (FoyerKillPoint *self, int instants)
{
  g_atomic_int_set (&self->left, instants);
  g_atomic_int_set (&self->armed, instants >= 0);
}

/**
 * foyer_kill_point_pass:
 * @self: where to die
 *
 * An instant between two steps. From any thread.
 */
void
foyer_kill_point_pass (FoyerKillPoint *self)
{
  if (!g_atomic_int_get (&self->armed) || g_atomic_int_add (&self->left, -1) != 0)
    return;

  kill (getpid (), SIGKILL);
  for (;;)
    pause ();
}

/**
 * foyer_kill_point_task:
 * @source: a port that counts instants
 * @point: where to die
 * @callback: the caller's
 * @user_data: for @callback
 *
 * Passes the instant before a call.
 *
 * Returns: (transfer full): what foyer_kill_point_forward() takes
 */
GTask *
foyer_kill_point_task (gpointer source,
                       FoyerKillPoint *point,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (source, NULL, callback, user_data);

  g_task_set_task_data (task, point, NULL);
  foyer_kill_point_pass (point);
  return task;
}

/**
 * foyer_kill_point_forward:
 * @source: the real port
 * @result: its result
 * @task: (transfer full) (type GTask): what foyer_kill_point_task() made
 *
 * A GAsyncReadyCallback: passes the instant between what a call did and the hearing of it.
 */
void
foyer_kill_point_forward (GObject *source, GAsyncResult *result, gpointer task)
{
  g_autoptr (GTask) owned = task;

  foyer_kill_point_pass (g_task_get_task_data (owned));
  g_task_return_pointer (owned, g_object_ref (result), g_object_unref);
}

/**
 * foyer_kill_point_open:
 * @result: what the caller's callback got
 *
 * Returns: (transfer full): the real port's result
 */
GAsyncResult *
foyer_kill_point_open (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
