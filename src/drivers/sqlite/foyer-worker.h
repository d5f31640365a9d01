/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FoyerWorker:
 *
 * A thread that owns something (a database connection) and does one job after the other with it.
 */
typedef struct _FoyerWorker FoyerWorker;

/**
 * FoyerPriority:
 * @FOYER_PRIORITY_URGENT: a person waits at the door
 * @FOYER_PRIORITY_NORMAL: everything else
 * @FOYER_PRIORITY_LAST: after all that was asked for: closing
 */
typedef enum
{
  FOYER_PRIORITY_URGENT,
  FOYER_PRIORITY_NORMAL,
  FOYER_PRIORITY_LAST,
} FoyerPriority;

/**
 * FoyerJobFunc:
 * @thread_data: what the thread owns
 * @job_data: what the job was given
 * @cancellable: (nullable): to be looked at in long work
 * @error: return location
 *
 * A job, run on the worker's thread.
 *
 * Returns: what g_task_propagate_pointer() gives; it counts if @error was not set
 */
typedef gpointer (*FoyerJobFunc) (gpointer thread_data,
                                  gpointer job_data,
                                  GCancellable *cancellable,
                                  GError **error);

/**
 * FoyerTickFunc:
 * @thread_data: what the thread owns
 * @quiet: nothing was asked for lately
 *
 * House-keeping on the worker's thread: about each second, and sooner when it is quiet.
 *
 * Returns: microseconds after which it wants to be called again
 */
typedef gint64 (*FoyerTickFunc) (gpointer thread_data, gboolean quiet);

FoyerWorker *foyer_worker_new (const char *name,
                               gpointer thread_data,
                               GDestroyNotify thread_data_free,
                               FoyerTickFunc tick);
void foyer_worker_free (FoyerWorker *self);
void foyer_worker_run_async (FoyerWorker *self,
                             FoyerPriority priority,
                             FoyerJobFunc func,
                             GTask *task,
                             gpointer job_data,
                             GDestroyNotify job_data_free,
                             GDestroyNotify result_free);
void foyer_worker_wake (FoyerWorker *self);
void foyer_worker_close_async (FoyerWorker *self, GTask *task);
gboolean foyer_worker_is_wanted (FoyerWorker *self, FoyerPriority priority);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerWorker, foyer_worker_free)

G_END_DECLS
