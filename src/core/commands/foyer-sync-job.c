/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One sync of one connection. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-sync-job.h"

#include "foyer-error.h"

struct _FoyerSyncJob
{
  GObject parent_instance;

  FoyerService *service; /* (owned) */
  FoyerMirror *mirror;   /* (owned) */
  FoyerClock *clock;     /* (owned) */
  FoyerSyncScope scope;

  GTask *task;               /* (owned) while running */
  GCancellable *cancellable; /* (owned) */
  GPtrArray *states;         /* (element-type FoyerSyncState) */
  FoyerSyncReport report;
  gint64 began;

  /* of the resource under way */
  FoyerResource resource;
  gboolean first; /* its next page begins a run */
  gboolean fetching;
  gboolean storing;
  FoyerPage *fetched; /* (owned) (nullable) waits for the store */
  gboolean last;      /* the page with no next one is being stored */
  GError *error;      /* (owned) (nullable) why this resource ends here */
  gint64 stored;
};

G_DEFINE_FINAL_TYPE (FoyerSyncJob, foyer_sync_job, G_TYPE_OBJECT)

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_HEARD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void begin_resource (FoyerSyncJob *self);
static void store (FoyerSyncJob *self, FoyerPage *page);

static void
foyer_sync_job_finalize (GObject *object)
{
  FoyerSyncJob *self = FOYER_SYNC_JOB (object);

  g_clear_object (&self->service);
  g_clear_object (&self->mirror);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->states, g_ptr_array_unref);
  g_clear_pointer (&self->fetched, foyer_page_unref);
  g_clear_error (&self->error);
  foyer_sync_report_clear (&self->report);
  G_OBJECT_CLASS (foyer_sync_job_parent_class)->finalize (object);
}

static void
foyer_sync_job_class_init (FoyerSyncJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_sync_job_finalize;

  /**
   * FoyerSyncJob::progress:
   * @stored: orders stored so far
   * @total: orders there are, or -1
   */
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", FOYER_TYPE_SYNC_JOB, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64,
                                           G_TYPE_INT64);

  /**
   * FoyerSyncJob::heard:
   *
   * The service answered: its clock may be read.
   */
  signals[SIGNAL_HEARD] = g_signal_new ("heard", FOYER_TYPE_SYNC_JOB, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
foyer_sync_job_init (FoyerSyncJob *self)
{
}

/**
 * foyer_sync_job_new:
 * @service: where from
 * @mirror: where to
 * @clock: for the duration
 * @scope: what to fetch
 *
 * Returns: (transfer full): a job, to be run once
 */
FoyerSyncJob *
foyer_sync_job_new (FoyerService *service,
                    FoyerMirror *mirror,
                    FoyerClock *clock,
                    FoyerSyncScope scope)
{
  FoyerSyncJob *self = g_object_new (FOYER_TYPE_SYNC_JOB, NULL);

  self->service = g_object_ref (service);
  self->mirror = g_object_ref (mirror);
  self->clock = g_object_ref (clock);
  self->scope = scope;
  return self;
}

static const char *
get_connection_name (FoyerSyncJob *self)
{
  return foyer_service_get_connection (self->service)->name;
}

static FoyerSyncState *
find_state (FoyerSyncJob *self, FoyerResource resource)
{
  for (guint i = 0; i < self->states->len; i++)
    {
      FoyerSyncState *state = g_ptr_array_index (self->states, i);

      if (state->resource == resource)
        return state;
    }
  return NULL;
}

static void
finish (FoyerSyncJob *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  self->report.duration = foyer_clock_elapsed (self->clock) - self->began;
  self->report.complete = error == NULL && self->report.refused == 0;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Whether the other resources would fail just the same. */
static gboolean
stops_all (const GError *error)
{
  return foyer_error_is_transient (error)
         || g_error_matches (error, FOYER_ERROR, FOYER_ERROR_OFFLINE)
         || g_error_matches (error, FOYER_ERROR, FOYER_ERROR_TLS)
         || g_error_matches (error, FOYER_ERROR, FOYER_ERROR_UNAUTHORIZED)
         || g_error_matches (error, FOYER_ERROR, FOYER_ERROR_STORAGE)
         || g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CANCELLED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
end_resource (FoyerSyncJob *self)
{
  g_autoptr (GError) error = g_steal_pointer (&self->error);

  if (error != NULL)
    {
      if (self->resource == FOYER_RESOURCE_ORDERS || stops_all (error))
        {
          finish (self, g_steal_pointer (&error));
          return;
        }
      g_message ("%s could not be fetched: %s", foyer_resource_to_word (self->resource),
                 error->message);
      self->report.refused |= 1u << self->resource;
      if (self->report.refusal == NULL)
        self->report.refusal = g_steal_pointer (&error);
    }

  if (self->resource == FOYER_RESOURCE_ORDERS)
    {
      finish (self, NULL);
      return;
    }
  self->resource++;
  begin_resource (self);
}

static void
end_resource_if_quiet (FoyerSyncJob *self)
{
  if (!self->fetching && !self->storing)
    end_resource (self);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerSyncJob) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerPage) page = NULL;

  self->fetching = FALSE;
  page = foyer_service_pull_finish (FOYER_SERVICE (source), result, &error);
  self->report.requests++;
  g_signal_emit (self, signals[SIGNAL_HEARD], 0);
  if (page == NULL)
    {
      if (self->error == NULL)
        self->error = g_steal_pointer (&error);
      end_resource_if_quiet (self);
      return;
    }

  self->report.bytes += page->bytes;
  if (page->rejects != NULL)
    {
      self->report.rejected += page->rejects->len;
      for (guint i = 0; i < page->rejects->len; i++)
        g_message ("%s: a record was set aside: %s", foyer_resource_to_word (self->resource),
                   (const char *)g_ptr_array_index (page->rejects, i));
    }

  if (self->error != NULL)
    end_resource_if_quiet (self);
  else if (self->storing)
    self->fetched = g_steal_pointer (&page);
  else
    store (self, page);
}

static void
fetch (FoyerSyncJob *self, const char *cursor, const char *watermark)
{
  g_autoptr (FoyerPullRequest) request = foyer_pull_request_new (self->resource, cursor, watermark);

  self->fetching = TRUE;
  foyer_service_pull_async (self->service, request, self->cancellable, on_fetched,
                            g_object_ref (self));
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerSyncJob) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerIngestReport) report = NULL;
  g_autoptr (FoyerPage) next = g_steal_pointer (&self->fetched);

  self->storing = FALSE;
  report = foyer_mirror_ingest_finish (FOYER_MIRROR (source), result, &error);
  if (report == NULL)
    {
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      end_resource_if_quiet (self);
      return;
    }

  self->report.stored += report->stored;
  self->report.unchanged += report->unchanged;
  self->report.rejected += report->rejected;
  self->report.deleted += report->deleted;

  if (self->error != NULL || self->last)
    end_resource_if_quiet (self);
  else if (next != NULL)
    store (self, next);
}

static void
store (FoyerSyncJob *self, FoyerPage *page)
{
  gboolean first = self->first;

  self->storing = TRUE;
  self->first = FALSE;
  self->last = page->next == NULL;
  if (self->resource == FOYER_RESOURCE_ORDERS)
    {
      self->stored += page->records != NULL ? page->records->len : 0;
      g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, self->stored, page->total);
    }

  foyer_mirror_ingest_async (self->mirror, get_connection_name (self), page, first,
                             self->cancellable, on_stored, g_object_ref (self));
  if (page->next != NULL)
    fetch (self, page->next, NULL);
}

static void
begin_resource (FoyerSyncJob *self)
{
  FoyerSyncState *state = find_state (self, self->resource);
  const char *watermark = NULL;
  const char *cursor = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      finish (self, foyer_error_new_plain (FOYER_ERROR_CANCELLED, NULL));
      return;
    }

  /* A first run that was cut goes on where it was; a delta that was cut begins anew, since what changes
   * meanwhile moves its pages (contracts/pretix.md 3.2). */
  if (self->scope != FOYER_SYNC_FULL && state != NULL)
    {
      watermark = state->complete ? state->watermark : NULL;
      cursor = watermark == NULL ? state->cursor : NULL;
    }

  self->first = cursor == NULL;
  self->last = FALSE;
  self->stored = cursor != NULL ? state->stored : 0;
  fetch (self, cursor, watermark);
}

static void
on_states_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerSyncJob) self = user_data;
  g_autoptr (GError) error = NULL;

  self->states = foyer_mirror_load_states_finish (FOYER_MIRROR (source), result, &error);
  if (self->states == NULL)
    {
      finish (self, g_steal_pointer (&error));
      return;
    }

  self->resource = self->scope == FOYER_SYNC_GLANCE ? FOYER_RESOURCE_ORDERS : FOYER_RESOURCE_EVENT;
  begin_resource (self);
}

/**
 * foyer_sync_job_run_async:
 * @self: a job that was not run
 * @cancellable: (nullable): stops it; what is stored stays
 * @callback: called when it is over
 * @user_data: for @callback
 *
 * Brings the mirror up to date.
 */
void
foyer_sync_job_run_async (FoyerSyncJob *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (FOYER_IS_SYNC_JOB (self));
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->task, foyer_sync_job_run_async);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  self->began = foyer_clock_elapsed (self->clock);
  foyer_mirror_load_states_async (self->mirror, get_connection_name (self), self->cancellable,
                                  on_states_loaded, g_object_ref (self));
}

/**
 * foyer_sync_job_run_finish:
 * @self: the job
 * @result: what the callback got
 * @report: (out caller-allocates) (optional): what was done, also if it failed midway; to be cleared
 * @error: return location
 *
 * Returns: whether it went through to the end; single resources may have been refused, see @report
 */
gboolean
foyer_sync_job_run_finish (FoyerSyncJob *self,
                           GAsyncResult *result,
                           FoyerSyncReport *report,
                           GError **error)
{
  g_return_val_if_fail (FOYER_IS_SYNC_JOB (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (report != NULL)
    {
      *report = self->report;
      self->report = (FoyerSyncReport){ 0 };
    }
  return g_task_propagate_boolean (G_TASK (result), error);
}
