/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A thread with a queue. A job's answer, its data and the last reference to its task are handed back to
 * the main context that asked: nothing of the caller is ever freed on this thread. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-worker.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-error.h"

/* The longest time between two ticks. */
#define TICK_INTERVAL G_USEC_PER_SEC

typedef enum
{
  JOB_RUN,
  JOB_WAKE,
  JOB_CLOSE,
  JOB_QUIT,
} JobType;

typedef struct
{
  JobType type;
  FoyerPriority priority;
  guint64 number;
  FoyerJobFunc func;
  GTask *task;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  gpointer result;
  GError *error;
} Job;

struct _FoyerWorker
{
  GThread *thread;
  GAsyncQueue *queue; /* of Job, urgent ones first, else in order */
  gpointer thread_data;
  GDestroyNotify thread_data_free;
  FoyerTickFunc tick;
  gint urgent;         /* atomic: urgent jobs in the queue */
  guint64 last_number; /* the callers' side */
  gboolean closed;     /* the callers' side */
};

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->data_free != NULL && job->data != NULL)
    job->data_free (job->data);
  g_clear_object (&job->task);
  g_clear_error (&job->error);
  g_free (job);
}

static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Job *left = a;
  const Job *right = b;

  if (left->priority != right->priority)
    return left->priority < right->priority ? -1 : 1;

  return left->number < right->number ? -1 : left->number > right->number;
}

static gboolean
complete_job (gpointer data)
{
  Job *job = data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, job->result, job->result_free);

  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(): if nobody runs the context at the moment, that would run it here. */
static void
hand_back (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, job->priority == FOYER_PRIORITY_URGENT ? G_PRIORITY_HIGH
                                                                        : G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "foyer-job");
  g_source_set_callback (source, complete_job, job, job_free);
  g_source_attach (source, g_task_get_context (job->task));
}

static void
run_job (FoyerWorker *self, Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);

  if (cancellable != NULL && g_cancellable_is_cancelled (cancellable))
    foyer_error_set (&job->error, FOYER_ERROR_CANCELLED, NULL, _ ("Stopped"));
  else
    job->result = job->func (self->thread_data, job->data, cancellable, &job->error);

  hand_back (job);
}

static gpointer
thread_main (gpointer data)
{
  FoyerWorker *self = data;
  gint64 next_tick = g_get_monotonic_time ();
  gint64 latest_tick = next_tick + TICK_INTERVAL;
  gboolean running = TRUE;

  while (running)
    {
      gint64 now = g_get_monotonic_time ();
      Job *job = NULL;

      if (self->thread_data == NULL)
        job = g_async_queue_pop (self->queue);
      else if (now < next_tick)
        job = g_async_queue_timeout_pop (self->queue, next_tick - now);
      else
        job = g_async_queue_try_pop (self->queue);

      if (job != NULL && job->priority == FOYER_PRIORITY_URGENT)
        g_atomic_int_add (&self->urgent, -1);
      if (job != NULL)
        switch (job->type)
          {
          case JOB_RUN:
            run_job (self, job);
            break;
          case JOB_WAKE:
            latest_tick = 0;
            job_free (job);
            break;
          case JOB_CLOSE:
            g_clear_pointer (&self->thread_data, self->thread_data_free);
            job->result = GINT_TO_POINTER (TRUE);
            hand_back (job);
            break;
          case JOB_QUIT:
            running = FALSE;
            job_free (job);
            break;
          }

      now = g_get_monotonic_time ();
      if (running && self->thread_data != NULL && (job == NULL || now >= latest_tick))
        {
          gint64 wait = self->tick != NULL ? self->tick (self->thread_data, job == NULL)
                                           : 60 * TICK_INTERVAL;

          now = g_get_monotonic_time ();
          next_tick = now + wait;
          latest_tick = now + TICK_INTERVAL;
        }
    }

  g_clear_pointer (&self->thread_data, self->thread_data_free);
  return NULL;
}

/**
 * foyer_worker_new:
 * @name: the thread's name, at most 15 letters
 * @thread_data: (transfer full): what the thread owns
 * @thread_data_free: ends it, on the thread
 * @tick: (nullable): house-keeping
 *
 * Returns: (transfer full): a running worker
 */
FoyerWorker *
foyer_worker_new (const char *name,
                  gpointer thread_data,
                  GDestroyNotify thread_data_free,
                  FoyerTickFunc tick)
{
  FoyerWorker *self = g_new0 (FoyerWorker, 1);

  self->queue = g_async_queue_new_full (job_free);
  self->thread_data = thread_data;
  self->thread_data_free = thread_data_free;
  self->tick = tick;
  self->thread = g_thread_new (name, thread_main, self);
  return self;
}

static void
push (FoyerWorker *self, Job *job)
{
  job->number = ++self->last_number;
  if (job->priority == FOYER_PRIORITY_URGENT)
    g_atomic_int_inc (&self->urgent);
  g_async_queue_push_sorted (self->queue, job, compare_jobs, NULL);
}

/**
 * foyer_worker_free:
 * @self: (transfer full) (nullable): a worker; called on the thread that made it
 *
 * Does what is still in the queue, ends what the thread owns, and waits for the thread.
 */
void
foyer_worker_free (FoyerWorker *self)
{
  Job *quit;

  if (self == NULL)
    return;

  quit = g_new0 (Job, 1);
  quit->type = JOB_QUIT;
  quit->priority = FOYER_PRIORITY_LAST;
  push (self, quit);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_free (self);
}

/**
 * foyer_worker_run_async:
 * @self: a worker
 * @priority: whom it may overtake
 * @func: the job
 * @task: (transfer full): answered when the job is done, by a pointer or an error
 * @job_data: (transfer full) (nullable): for @func; freed on the task's main context
 * @job_data_free: (nullable): frees it
 * @result_free: (nullable): frees a result that nobody took
 *
 * Queues a job. A job whose task was cancelled before its turn is not run.
 */
void
foyer_worker_run_async (FoyerWorker *self,
                        FoyerPriority priority,
                        FoyerJobFunc func,
                        GTask *task,
                        gpointer job_data,
                        GDestroyNotify job_data_free,
                        GDestroyNotify result_free)
{
  Job *job = g_new0 (Job, 1);

  job->type = JOB_RUN;
  job->priority = priority;
  job->func = func;
  job->task = task;
  job->data = job_data;
  job->data_free = job_data_free;
  job->result_free = result_free;
  g_task_set_check_cancellable (task, FALSE);

  if (self->closed)
    {
      foyer_error_set (&job->error, FOYER_ERROR_STORAGE, "the store is closed",
                       _ ("Foyer is closing: nothing more is stored."));
      hand_back (job);
      return;
    }

  push (self, job);
}

/**
 * foyer_worker_wake:
 * @self: a worker
 *
 * Makes it tick now.
 */
void
foyer_worker_wake (FoyerWorker *self)
{
  Job *job = g_new0 (Job, 1);

  job->type = JOB_WAKE;
  job->priority = FOYER_PRIORITY_URGENT;
  push (self, job);
}

/**
 * foyer_worker_close_async:
 * @self: a worker
 * @task: (transfer full): answered with a pointer when all jobs are done and what the thread owned is ended
 *
 * Takes no more jobs, does the ones it has, and ends what the thread owns.
 */
void
foyer_worker_close_async (FoyerWorker *self, GTask *task)
{
  Job *job = g_new0 (Job, 1);

  job->type = JOB_CLOSE;
  job->priority = FOYER_PRIORITY_LAST;
  job->task = task;
  g_task_set_check_cancellable (task, FALSE);
  self->closed = TRUE;
  push (self, job);
}

/**
 * foyer_worker_is_wanted:
 * @self: a worker
 * @priority: %FOYER_PRIORITY_URGENT: only by somebody at the door
 *
 * To be asked on the worker's thread, in long work that can be cut short.
 *
 * Returns: whether another job waits
 */
gboolean
foyer_worker_is_wanted (FoyerWorker *self, FoyerPriority priority)
{
  if (priority == FOYER_PRIORITY_URGENT)
    return g_atomic_int_get (&self->urgent) > 0;

  return g_async_queue_length (self->queue) > 0;
}
