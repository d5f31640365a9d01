/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One sync at a time, and the next one when its time has come. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-sync-runner.h"

#include "foyer-timer.h"

/* What another desk does is here within seconds: one request each time, where a service allows hundreds a minute. */
#define GLANCE_SECONDS 5

struct _FoyerSyncRunner
{
  GObject parent_instance;

  FoyerMirror *mirror; /* (owned) */
  FoyerClock *clock;   /* (owned) */
  gint64 stored;
  gint64 total;
  FoyerSyncReport report;
  GCancellable *cancellable; /* (owned) (nullable) while a sync runs */
  FoyerSyncScope scope;      /* of the one that runs, or ran last */
  FoyerService *next;        /* (owned) (nullable) somebody wants more than the glance that runs */
  FoyerSyncScope next_scope;
  GPtrArray *tasks; /* (element-type GTask): who waits for it */
  guint interval;   /* seconds, 0 = never by itself */
  gint64 ended_at;  /* elapsed time at which the last one ended that was more than a glance */
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
  g_clear_object (&self->next);
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
  signals[SIGNAL_DUE] = g_signal_new ("due", FOYER_TYPE_SYNC_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
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
 * Returns: whether a sync runs that a person is told of: a glance is not
 */
gboolean
foyer_sync_runner_get_running (FoyerSyncRunner *self)
{
  g_return_val_if_fail (FOYER_IS_SYNC_RUNNER (self), FALSE);

  return self->cancellable != NULL && self->scope != FOYER_SYNC_GLANCE;
}

/**
 * foyer_sync_runner_get_scope:
 * @self: a runner
 *
 * Returns: of the sync that runs, or ran last
 */
FoyerSyncScope
foyer_sync_runner_get_scope (FoyerSyncRunner *self)
{
  g_return_val_if_fail (FOYER_IS_SYNC_RUNNER (self), FOYER_SYNC_CHANGES);

  return self->scope;
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
  gint64 since = foyer_clock_elapsed (self->clock) - self->ended_at;

  foyer_timer_clear (&self->timer);
  g_signal_emit (self, signals[SIGNAL_DUE], 0,
                 since >= self->interval * FOYER_SECOND ? FOYER_SYNC_CHANGES : FOYER_SYNC_GLANCE);
  return G_SOURCE_REMOVE;
}

/**
 * foyer_sync_runner_wait:
 * @self: a runner
 *
 * `due` again after a moment, unless a sync runs: a glance, or a sync if the interval is over.
 */
void
foyer_sync_runner_wait (FoyerSyncRunner *self)
{
  g_return_if_fail (FOYER_IS_SYNC_RUNNER (self));

  if (self->interval == 0)
    foyer_timer_clear (&self->timer);
  else if (self->cancellable == NULL)
    foyer_timer_set (&self->timer, self->clock, MIN (self->interval, GLANCE_SECONDS) * FOYER_SECOND,
                     on_time, self);
}

/**
 * foyer_sync_runner_set_interval:
 * @self: a runner
 * @seconds: from the end of a sync until the next is due, with glances between them; 0 = never
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

static void
begin (FoyerSyncRunner *self, FoyerService *service, FoyerSyncScope scope)
{
  g_autoptr (FoyerSyncJob) job = foyer_sync_job_new (service, self->mirror, self->clock, scope);

  foyer_timer_clear (&self->timer);
  self->cancellable = g_cancellable_new ();
  self->scope = scope;
  if (scope != FOYER_SYNC_GLANCE)
    {
      self->stored = 0;
      self->total = -1;
      g_signal_connect_swapped (job, "progress", G_CALLBACK (on_progress), self);
    }
  g_signal_connect_swapped (job, "heard", G_CALLBACK (on_heard), self);
  foyer_sync_job_run_async (job, self->cancellable, on_run, g_object_ref (self));
  if (scope != FOYER_SYNC_GLANCE)
    g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

/**
 * foyer_sync_runner_run:
 * @self: a runner
 * @service: from where
 * @scope: what to fetch
 * @task: (transfer full): who waits for it
 *
 * Begins a sync, or lets @task wait for the one that runs. A glance is not enough for who wants more: then
 * the sync follows it.
 */
void
foyer_sync_runner_run (FoyerSyncRunner *self,
                       FoyerService *service,
                       FoyerSyncScope scope,
                       GTask *task)
{
  g_return_if_fail (FOYER_IS_SYNC_RUNNER (self));

  g_ptr_array_add (self->tasks, task);
  if (self->cancellable == NULL)
    begin (self, service, scope);
  else if (scope > self->scope && self->scope == FOYER_SYNC_GLANCE)
    {
      g_set_object (&self->next, service);
      self->next_scope = MAX (scope, self->next_scope);
    }
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

  g_clear_object (&self->cancellable);
  if (self->scope != FOYER_SYNC_GLANCE)
    self->ended_at = foyer_clock_elapsed (self->clock);
  if (self->next != NULL)
    {
      g_autoptr (FoyerService) next = g_steal_pointer (&self->next);
      FoyerSyncScope scope = self->next_scope;

      self->next_scope = FOYER_SYNC_GLANCE;
      begin (self, next, scope);
      return;
    }

  tasks = g_steal_pointer (&self->tasks);
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
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

  g_clear_object (&self->next);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}
