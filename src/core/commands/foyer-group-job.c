/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several tickets at once: decided, and recorded, in one transaction, each as a command of its own; then each
 * goes its way. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-group-job.h"

typedef struct
{
  FoyerDesk *desk;     /* (owned) */
  GPtrArray *jobs;     /* (owned) (element-type FoyerAdmitJob) */
  GPtrArray *verdicts; /* (owned) (element-type FoyerVerdict) in the order of the jobs */
  guint left;
  GError *error; /* (owned) (nullable) the first */
} Group;

typedef struct
{
  GTask *task; /* (owned) */
  guint position;
} Member;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_object_unref (group->desk);
  g_ptr_array_unref (group->jobs);
  g_clear_pointer (&group->verdicts, g_ptr_array_unref);
  g_clear_error (&group->error);
  g_free (group);
}

/* Journal's thread: all of them, or none. */
static gboolean
decide_all (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  GPtrArray *requests = data;
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_decision_free);

  for (guint i = 0; i < requests->len; i++)
    {
      gpointer decision = NULL;

      if (!foyer_decision_make (transaction, g_ptr_array_index (requests, i), &decision, error))
        return FALSE;
      g_ptr_array_add (decisions, decision);
    }
  *result = g_steal_pointer (&decisions);
  return TRUE;
}

static void
verdict_unref (gpointer data)
{
  if (data != NULL)
    foyer_verdict_unref (data);
}

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Member *member = user_data;
  g_autoptr (GTask) task = member->task;
  Group *group = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  group->verdicts->pdata[member->position] = foyer_admit_job_run_finish (FOYER_ADMIT_JOB (source),
                                                                         result, &error);
  if (error != NULL && group->error == NULL)
    group->error = g_steal_pointer (&error);
  if (--group->left > 0)
    return;

  if (group->error != NULL)
    g_task_return_error (task, g_steal_pointer (&group->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&group->verdicts),
                           (GDestroyNotify)g_ptr_array_unref);
}

static void
on_decided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Group *group = g_task_get_task_data (task);
  g_autoptr (GPtrArray) decisions = NULL;
  GError *error = NULL;
  gpointer value = NULL;

  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  decisions = value;
  group->verdicts = g_ptr_array_new_with_free_func (verdict_unref);
  g_ptr_array_set_size (group->verdicts, (int)group->jobs->len);
  group->left = group->jobs->len;
  for (guint i = 0; i < group->jobs->len; i++)
    {
      Member *member = g_new0 (Member, 1);
      FoyerDecision *decision = g_steal_pointer (&decisions->pdata[i]);

      member->task = g_object_ref (task);
      member->position = i;
      foyer_admit_job_go_on_async (g_ptr_array_index (group->jobs, i), decision,
                                   g_task_get_cancellable (task), on_told, member);
    }
  /* What was handed over is not theirs any more. */
  g_ptr_array_set_free_func (decisions, NULL);
}

/**
 * foyer_group_admit_async:
 * @jobs: (element-type FoyerAdmitJob): jobs of one desk that were not run, at least one
 * @desk: the desk
 * @cancellable: (nullable): stops waiting for the service
 * @callback: called with the verdicts
 * @user_data: for @callback
 *
 * Lets a group in: who may come in is recorded together, so that either all of the laptop's yeses are on
 * disk or none is; who is refused does not hold up the others.
 */
void
foyer_group_admit_async (GPtrArray *jobs,
                         FoyerDesk *desk,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;
  Group *group;
  GPtrArray *requests;

  g_return_if_fail (jobs != NULL && jobs->len > 0);
  g_return_if_fail (FOYER_IS_DESK (desk));

  task = g_task_new (desk, cancellable, callback, user_data);
  g_task_set_source_tag (task, foyer_group_admit_async);
  g_task_set_check_cancellable (task, FALSE);
  group = g_new0 (Group, 1);
  group->desk = g_object_ref (desk);
  group->jobs = g_ptr_array_ref (jobs);
  g_task_set_task_data (task, group, group_free);

  requests = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_decision_request_free);
  for (guint i = 0; i < jobs->len; i++)
    g_ptr_array_add (requests, foyer_admit_job_make_request (g_ptr_array_index (jobs, i)));
  foyer_journal_transact_async (foyer_desk_get_journal (desk), TRUE, decide_all, requests,
                                (GDestroyNotify)g_ptr_array_unref,
                                (GDestroyNotify)g_ptr_array_unref, NULL, on_decided, task);
}

/**
 * foyer_group_admit_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (element-type FoyerVerdict): the verdicts in the order of the jobs, or %NULL
 *   with an error
 */
GPtrArray *
foyer_group_admit_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
