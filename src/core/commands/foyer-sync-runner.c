/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One sync at a time, and the next one when its time has come. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-sync-runner.h"

#include "foyer-sync-job.h"
#include "foyer-timer.h"

struct _FoyerSyncRunner
{
  GObject parent_instance;

  FoyerMirror *mirror; /* (owned) */
  FoyerClock *clock;   /* (owned) */
  gint64 stored;
  gint64 total;
  FoyerSyncReport report;
  GCancellable *cancellable; /* (owned) (nullable) while a sync runs */
  GPtrArray *tasks;          /* (element-type GTask): who waits for it */
  guint interval;            /* seconds, 0 = never by itself */
  GSource *timer;
};

G_DEFINE_FINAL_TYPE (FoyerSyncRunner, foyer_sync_runner, G_TYPE_OBJECT)

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_HEARD,
  SIGNAL_FETCHED,
  SIGNAL_ENDED,
  SIGNAL_DUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
foyer_sync_runner_dispose (GObject *object)
{
  FoyerSyncRunner *self = FOYER_SYNC_RUNNER (object);

  foyer_timer_clear (&self->timer);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (foyer_sync_runner_parent_class)->dispose (object);
}

static void
foyer_sync_runner_finalize (GObject *object)
{
  FoyerSyncRunner *self = FOYER_SYNC_RUNNER (object);

  g_clear_object (&self->mirror);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  foyer_sync_report_clear (&self->report);
  G_OBJECT_CLASS (foyer_sync_runner_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, gboolean with_error)
{
  if (!with_error)
    return g_signal_new (name, FOYER_TYPE_SYNC_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 0);
  return g_signal_new (name, FOYER_TYPE_SYNC_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
foyer_sync_runner_class_init (FoyerSyncRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = foyer_sync_runner_dispose;
  object_class->finalize = foyer_sync_runner_finalize;

  signals[SIGNAL_PROGRESS] = new_signal ("progress", FALSE);
  signals[SIGNAL_HEARD] = new_signal ("heard", FALSE);
  signals[SIGNAL_FETCHED] = new_signal ("fetched", TRUE);
  signals[SIGNAL_ENDED] = new_signal ("ended", TRUE);
  signals[SIGNAL_DUE] = new_signal ("due", FALSE);
}

static void
foyer_sync_runner_init (FoyerSyncRunner *self)
{
  self->total = -1;
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * foyer_sync_runner_new:
 * @mirror: where it goes
 * @clock: whose time counts
 *
 * Returns: (transfer full): a runner that runs nothing
 */
FoyerSyncRunner *
foyer_sync_runner_new (FoyerMirror *mirror, FoyerClock *clock)
{
  FoyerSyncRunner *self = g_object_new (FOYER_TYPE_SYNC_RUNNER, NULL);

  self->mirror = g_object_ref (mirror);
  self->clock = g_object_ref (clock);
  return self;
}

/**
 * foyer_sync_runner_get_running:
 * @self: a runner
 *
 * Returns: whether a sync runs
 */
gboolean
foyer_sync_runner_get_running (FoyerSyncRunner *self)
{
  g_return_val_if_fail (FOYER_IS_SYNC_RUNNER (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * foyer_sync_runner_get_stored:
 * @self: a runner
 *
 * Returns: orders stored so far
 */
gint64
foyer_sync_runner_get_stored (FoyerSyncRunner *self)
{
  g_return_val_if_fail (FOYER_IS_SYNC_RUNNER (self), 0);

  return self->stored;
}

/**
 * foyer_sync_runner_get_total:
 * @self: a runner
 *
 * Returns: orders that the service says there are, or -1
 */
gint64
foyer_sync_runner_get_total (FoyerSyncRunner *self)
{
  g_return_val_if_fail (FOYER_IS_SYNC_RUNNER (self), -1);

  return self->total;
}

/**
 * foyer_sync_runner_get_report:
 * @self: a runner
 *
 * Returns: (transfer none): what the last sync did; zeros before the first
 */
const FoyerSyncReport *
foyer_sync_runner_get_report (FoyerSyncRunner *self)
{
  g_return_val_if_fail (FOYER_IS_SYNC_RUNNER (self), NULL);

  return &self->report;
}

static gboolean
on_time (gpointer data)
{
  FoyerSyncRunner *self = data;

  foyer_timer_clear (&self->timer);
  g_signal_emit (self, signals[SIGNAL_DUE], 0);
  return G_SOURCE_REMOVE;
}

/**
 * foyer_sync_runner_wait:
 * @self: a runner
 *
 * `due` again after the interval, unless a sync runs.
 */
void
foyer_sync_runner_wait (FoyerSyncRunner *self)
{
  g_return_if_fail (FOYER_IS_SYNC_RUNNER (self));

  if (self->interval == 0)
    foyer_timer_clear (&self->timer);
  else if (self->cancellable == NULL)
    foyer_timer_set (&self->timer, self->clock, self->interval * FOYER_SECOND, on_time, self);
}

/**
 * foyer_sync_runner_set_interval:
 * @self: a runner
 * @seconds: from the end of a sync until the next is due; 0 = never
 */
void
foyer_sync_runner_set_interval (FoyerSyncRunner *self, guint seconds)
{
  g_return_if_fail (FOYER_IS_SYNC_RUNNER (self));

  self->interval = seconds;
  foyer_sync_runner_wait (self);
}

static void
on_progress (FoyerSyncRunner *self, gint64 stored, gint64 total)
{
  self->stored = stored;
  self->total = total;
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

static void
on_heard (FoyerSyncRunner *self)
{
  g_signal_emit (self, signals[SIGNAL_HEARD], 0);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerSyncRunner) self = user_data;
  g_autoptr (GError) error = NULL;

  g_signal_handlers_disconnect_by_data (source, self);
  foyer_sync_report_clear (&self->report);
  foyer_sync_job_run_finish (FOYER_SYNC_JOB (source), result, &self->report, &error);
  g_signal_emit (self, signals[SIGNAL_FETCHED], 0, error);
}

/**
 * foyer_sync_runner_run:
 * @self: a runner
 * @service: from where
 * @full: everything anew, not only what changed
 * @task: (transfer full): who waits for it
 *
 * Begins a sync, or lets @task wait for the one that runs.
 *
 * Returns: whether one was begun
 */
gboolean
foyer_sync_runner_run (FoyerSyncRunner *self, FoyerService *service, gboolean full, GTask *task)
{
  g_autoptr (FoyerSyncJob) job = NULL;

  g_return_val_if_fail (FOYER_IS_SYNC_RUNNER (self), FALSE);

  g_ptr_array_add (self->tasks, task);
  if (self->cancellable != NULL)
    return FALSE;

  foyer_timer_clear (&self->timer);
  self->cancellable = g_cancellable_new ();
  self->stored = 0;
  self->total = -1;
  job = foyer_sync_job_new (service, self->mirror, self->clock, full);
  g_signal_connect_swapped (job, "progress", G_CALLBACK (on_progress), self);
  g_signal_connect_swapped (job, "heard", G_CALLBACK (on_heard), self);
  foyer_sync_job_run_async (job, self->cancellable, on_run, g_object_ref (self));
  return TRUE;
}

/**
 * foyer_sync_runner_end:
 * @self: a runner whose job is over
 * @error: (nullable): why it is, if it did not work
 *
 * Tells who waited.
 */
void
foyer_sync_runner_end (FoyerSyncRunner *self, const GError *error)
{
  g_autoptr (GPtrArray) tasks = NULL;

  g_return_if_fail (FOYER_IS_SYNC_RUNNER (self));

  tasks = g_steal_pointer (&self->tasks);
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_object (&self->cancellable);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, error);
  foyer_sync_runner_wait (self);

  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

/**
 * foyer_sync_runner_cancel:
 * @self: a runner
 *
 * Stops a running sync. What is stored stays; the next one goes on from there.
 */
void
foyer_sync_runner_cancel (FoyerSyncRunner *self)
{
  g_return_if_fail (FOYER_IS_SYNC_RUNNER (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}
