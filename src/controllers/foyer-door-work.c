/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way of a scan on this side of the core: drop it if it is a repeat, queue it, run it, put it into
 * words. The job has its own deadline, so the queue moves whatever the network does. A group is several jobs. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-door.h"

#include "foyer-door-private.h"
#include "foyer-group-job.h"
#include "foyer-group-words.h"
#include "foyer-refusal.h"

/* A scanner that sends more than this at once is broken, or reads a book. */
#define MAX_QUEUE 200

static void run_next (FoyerDoor *self);

static gint64
attendee_of (const FoyerAdmission *admission)
{
  if (admission->candidate == NULL || admission->candidate->attendee == NULL)
    return 0;

  return admission->candidate->attendee->id;
}

static void
finish_turn (FoyerDoor *self, FoyerVerdict *verdict, FoyerVerdictWords *words)
{
  foyer_door_set_verdict (self, verdict);
  foyer_door_show_for_a_while (self, words);

  g_clear_object (&self->job);
  g_clear_pointer (&self->turn, foyer_door_turn_free);
  run_next (self);
}

static void
conclude (FoyerDoor *self, FoyerVerdict *verdict, FoyerVerdictWords *words, gint64 attendee)
{
  foyer_door_remember (self, words, attendee);
  finish_turn (self, verdict, words);
}

static gboolean
is_unknown (const FoyerVerdict *verdict)
{
  return verdict->admission->candidate == NULL
         && verdict->admission->result == FOYER_ADMISSION_REFUSED;
}

static void
recognised_cb (FoyerAdmitJob *job, FoyerAdmission *admission, gpointer user_data)
{
  FoyerDoor *self = user_data;
  g_autoptr (FoyerVerdictWords) words = NULL;

  if (job != self->job || attendee_of (admission) == 0)
    return;

  words = foyer_verdict_words_new_for_recognised (admission);
  foyer_door_show (self, FOYER_DOOR_RECOGNISED, words);
}

static void
refusal_recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!foyer_refusal_record_finish (result, &error))
    g_warning ("A refusal could not be recorded: %s", error->message);
}

static void
record_refusal (FoyerDoor *self, const FoyerVerdict *verdict)
{
  if (foyer_refusal_is_to_be_recorded (verdict->scan, verdict->admission))
    foyer_refusal_record_async (
        foyer_list_choice_get_desk (self->turn->list),
        foyer_workspace_get_dispatcher (self->workspace), verdict->scan, verdict->admission,
        verdict->unsure, foyer_workspace_get_actor (self->workspace), refusal_recorded_cb, NULL);
}

static void start_job (FoyerDoor *self, const char *code);

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerDoor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerVerdict) verdict = foyer_admit_job_run_finish (FOYER_ADMIT_JOB (source), result,
                                                                 &error);
  g_autoptr (FoyerVerdictWords) words = NULL;
  FoyerVerdictContext context;

  if (self->turn == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  if (verdict == NULL)
    {
      words = foyer_verdict_words_new_for_error (error);
      conclude (self, NULL, words, 0);
      return;
    }

  if (is_unknown (verdict) && self->turn->alternative != NULL && self->turn->first == NULL)
    {
      self->turn->first = g_steal_pointer (&verdict);
      start_job (self, self->turn->alternative);
      return;
    }
  if (self->turn->first != NULL)
    {
      /* Both readings unknown: the first one's verdict stands. */
      if (is_unknown (verdict))
        {
          record_refusal (self, self->turn->first);
          foyer_verdict_unref (verdict);
          verdict = foyer_verdict_ref (self->turn->first);
        }
      else
        self->prefer_alternative = !self->prefer_alternative;
    }

  context = foyer_door_turn_make_context (self->turn);
  words = foyer_verdict_words_new (verdict, &context);
  conclude (self, verdict, words, attendee_of (verdict->admission));
}

static void
start_job (FoyerDoor *self, const char *code)
{
  g_autoptr (FoyerScan) scan = foyer_door_turn_make_scan (self->turn, code);

  g_clear_object (&self->job);
  self->job = foyer_admit_job_new (foyer_list_choice_get_desk (self->turn->list),
                                   foyer_workspace_get_dispatcher (self->workspace), scan);
  g_signal_connect_object (self->job, "recognised", G_CALLBACK (recognised_cb), self,
                           G_CONNECT_DEFAULT);
  foyer_admit_job_set_actor (self->job, foyer_workspace_get_actor (self->workspace));
  foyer_admit_job_set_tentative (self->job, self->turn->alternative != NULL);
  foyer_admit_job_run_async (self->job, self->cancellable, job_done_cb, g_object_ref (self));
}

/* A group: each ticket stands among the last ten, one result names all. */

static void
group_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerDoor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) verdicts = foyer_group_admit_finish (result, &error);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_verdict_words_unref);
  g_autoptr (FoyerVerdictWords) words = NULL;
  FoyerVerdictContext context;

  if (self->turn == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  context = foyer_door_turn_make_context (self->turn);
  for (guint i = 0; verdicts != NULL && i < verdicts->len; i++)
    {
      FoyerVerdict *verdict = g_ptr_array_index (verdicts, i);
      FoyerVerdictWords *member = foyer_verdict_words_new (verdict, &context);

      foyer_door_remember (self, member, attendee_of (verdict->admission));
      g_ptr_array_add (members, member);
    }
  if (verdicts == NULL)
    {
      words = foyer_verdict_words_new_for_error (error);
      foyer_door_remember (self, words, 0);
    }
  else
    words = foyer_group_words_new (members);
  finish_turn (self, NULL, words);
}

static void
start_group (FoyerDoor *self)
{
  FoyerDesk *desk = foyer_list_choice_get_desk (self->turn->list);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->turn->scans->len; i++)
    {
      FoyerAdmitJob *job = foyer_admit_job_new (desk,
                                                foyer_workspace_get_dispatcher (self->workspace),
                                                g_ptr_array_index (self->turn->scans, i));

      foyer_admit_job_set_actor (job, foyer_workspace_get_actor (self->workspace));
      g_ptr_array_add (jobs, job);
    }
  foyer_group_admit_async (jobs, desk, self->cancellable, group_done_cb, g_object_ref (self));
}

static void
run_next (FoyerDoor *self)
{
  if (self->turn != NULL)
    return;

  self->turn = g_queue_pop_head (&self->queue);
  if (self->turn == NULL)
    return;

  if (self->prefer_alternative && self->turn->alternative != NULL)
    {
      char *code = self->turn->code;

      self->turn->code = self->turn->alternative;
      self->turn->alternative = code;
    }
  if (self->turn->scans != NULL && self->turn->scans->len > 1)
    start_group (self);
  else
    start_job (self, self->turn->code);
}

static void
enqueue (FoyerDoor *self, FoyerDoorTurn *turn)
{
  g_queue_push_tail (&self->queue, turn);
  run_next (self);
}

static gboolean
may_take (FoyerDoor *self, const char *key)
{
  gint64 now = foyer_clock_elapsed (foyer_workspace_get_clock (self->workspace));

  if (foyer_lists_get_selected (self->lists) == NULL)
    return FALSE;
  if (foyer_repeats_see (self->repeats, key, now))
    return FALSE;
  if (g_queue_get_length (&self->queue) >= MAX_QUEUE)
    {
      g_message ("More scans than anybody can serve; one was dropped");
      return FALSE;
    }

  return TRUE;
}

/**
 * foyer_door_scan:
 * @self: the door
 * @code: what was scanned
 * @alternative: (nullable): what else it may have been, tried if nobody knows @code
 *
 * Takes a scan for the selected list. A repeat within two seconds is dropped.
 */
void
foyer_door_scan (FoyerDoor *self, const char *code, const char *alternative)
{
  FoyerDoorTurn *turn;

  g_return_if_fail (FOYER_IS_DOOR (self));
  g_return_if_fail (code != NULL);

  if (*code == '\0' || !may_take (self, code))
    return;

  turn = foyer_door_turn_new (foyer_lists_get_selected (self->lists), self->leaving);
  turn->code = g_strdup (code);
  turn->alternative = g_strdup (alternative);
  enqueue (self, turn);
}

/**
 * foyer_door_admit:
 * @self: the door
 * @secret: (nullable): the ticket's code
 * @attendee: id of the ticket
 * @order: (nullable): code of its order
 *
 * Admits somebody who was found by name. A double click counts once.
 */
void
foyer_door_admit (FoyerDoor *self, const char *secret, gint64 attendee, const char *order)
{
  g_autofree char *key = NULL;
  FoyerDoorTurn *turn;

  g_return_if_fail (FOYER_IS_DOOR (self));
  g_return_if_fail (attendee != 0);

  key = g_strdup_printf ("\001%" G_GINT64_FORMAT, attendee);
  if (!may_take (self, key))
    return;

  turn = foyer_door_turn_new (foyer_lists_get_selected (self->lists), self->leaving);
  turn->code = g_strdup (secret != NULL ? secret : "");
  turn->attendee = attendee;
  turn->order = g_strdup (order);
  enqueue (self, turn);
}

/**
 * foyer_door_take:
 * @self: the door
 * @scans: (element-type FoyerScan): all that is to be said but the time; several are a group
 * @list: for which list
 *
 * Takes what a person has decided about who is known already. A repeat is none.
 */
void
foyer_door_take (FoyerDoor *self, GPtrArray *scans, FoyerListChoice *list)
{
  FoyerDoorTurn *turn;

  g_return_if_fail (FOYER_IS_DOOR (self));
  g_return_if_fail (scans != NULL && scans->len > 0);

  turn = foyer_door_turn_new (list, self->leaving);
  turn->scans = g_ptr_array_ref (scans);
  enqueue (self, turn);
}
