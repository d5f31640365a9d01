/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One scan, from the code to the verdict.
 *
 *   decide -> recorded? -> send, hear until the deadline            -> verdict
 *          -> not?      -> ask (harmless) -> would admit -> record -> send, hear
 *                                         -> would not              -> verdict
 */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-admit-job.h"

#include "foyer-refusal.h"
#include "foyer-reply.h"
#include "foyer-decision.h"
#include "foyer-error.h"
#include "foyer-timer.h"
#include "foyer-transition.h"
#include "foyer-uuid.h"

struct _FoyerAdmitJob
{
  GObject parent_instance;

  FoyerDesk *desk;             /* (owned) */
  FoyerDispatcher *dispatcher; /* (owned) */
  FoyerScan *scan;             /* (owned) */
  char *actor;
  gint64 deadline; /* microseconds, or FOYER_DEADLINE_ADAPTIVE */

  GTask *task;          /* (owned) while running */
  GCancellable *asking; /* (owned) (nullable) stops the question when nobody waits any more */
  gulong cancelled;     /* handler on the caller's cancellable */
  gulong changed;       /* handler on the journal */
  GSource *timer;
  GSource *watch;          /* looks for what another process makes of the command */
  FoyerDecision *decision; /* (owned) (nullable) the desk's */
  FoyerStepResult *told;   /* (owned) (nullable) the service would admit */
  FoyerAdmission *refusal; /* (owned) (nullable) what will be told once that is on disk */
  gboolean unsure;
  gboolean tentative; /* another reading of the code will be tried if nobody knows this one */
  gboolean asked;
  gboolean deciding; /* what is decided now will stand: nothing may be told before */
  gboolean watching;
  gboolean watch_again;
};

/* Between two looks at what another process writes: small against the deadline, and each costs one
 * PRAGMA on the journal's thread. */
#define WATCH_INTERVAL (20 * FOYER_SECOND / 1000)

G_DEFINE_FINAL_TYPE (FoyerAdmitJob, foyer_admit_job, G_TYPE_OBJECT)

enum
{
  SIGNAL_RECOGNISED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void decide (FoyerAdmitJob *self);
static void take_decision (FoyerAdmitJob *self, FoyerDecision *decision, gboolean again);

static void
foyer_admit_job_finalize (GObject *object)
{
  FoyerAdmitJob *self = FOYER_ADMIT_JOB (object);

  foyer_timer_clear (&self->timer);
  foyer_timer_clear (&self->watch);
  g_clear_pointer (&self->decision, foyer_decision_free);
  g_clear_pointer (&self->told, foyer_step_result_unref);
  g_clear_pointer (&self->refusal, foyer_admission_unref);
  g_clear_pointer (&self->scan, foyer_scan_unref);
  g_clear_object (&self->asking);
  g_clear_object (&self->desk);
  g_clear_object (&self->dispatcher);
  g_free (self->actor);
  G_OBJECT_CLASS (foyer_admit_job_parent_class)->finalize (object);
}

static void
foyer_admit_job_class_init (FoyerAdmitJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_admit_job_finalize;

  /**
   * FoyerAdmitJob::recognised:
   * @admission: the desk's own decision
   *
   * The desk has decided, and what it decided is on disk: the name can be shown.
   */
  signals[SIGNAL_RECOGNISED] = g_signal_new ("recognised", FOYER_TYPE_ADMIT_JOB, G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                             FOYER_TYPE_ADMISSION);
}

static void
foyer_admit_job_init (FoyerAdmitJob *self)
{
  self->deadline = FOYER_DEADLINE_ADAPTIVE;
}

/**
 * foyer_admit_job_new:
 * @desk: where
 * @dispatcher: who sends
 * @scan: what was scanned: its code (or its ticket's id) and lists; without a `datetime` it happens now
 *
 * Returns: (transfer full): a job, to be run once
 */
FoyerAdmitJob *
foyer_admit_job_new (FoyerDesk *desk, FoyerDispatcher *dispatcher, FoyerScan *scan)
{
  FoyerAdmitJob *self = g_object_new (FOYER_TYPE_ADMIT_JOB, NULL);

  self->desk = g_object_ref (desk);
  self->dispatcher = g_object_ref (dispatcher);
  self->scan = foyer_scan_copy (scan);
  if (self->scan->lists == NULL)
    self->scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

/**
 * foyer_admit_job_set_deadline:
 * @self: a job that was not run
 * @microseconds: how long the verdict waits for the service, or %FOYER_DEADLINE_ADAPTIVE
 */
void
foyer_admit_job_set_deadline (FoyerAdmitJob *self, gint64 microseconds)
{
  g_return_if_fail (FOYER_IS_ADMIT_JOB (self));

  self->deadline = microseconds;
}

/**
 * foyer_admit_job_set_actor:
 * @self: a job that was not run
 * @actor: (nullable): who scans
 */
void
foyer_admit_job_set_actor (FoyerAdmitJob *self, const char *actor)
{
  g_return_if_fail (FOYER_IS_ADMIT_JOB (self));

  g_free (self->actor);
  self->actor = g_strdup (actor);
}

/**
 * foyer_admit_job_set_tentative:
 * @self: a job that was not run
 * @tentative: another reading of the same code is tried if nobody knows this one
 *
 * A code that nobody knows is then not recorded as refused: it may have been read wrongly.
 */
void
foyer_admit_job_set_tentative (FoyerAdmitJob *self, gboolean tentative)
{
  g_return_if_fail (FOYER_IS_ADMIT_JOB (self));

  self->tentative = tentative;
}

/* The end of it. */

static void
let_go (FoyerAdmitJob *self)
{
  foyer_timer_clear (&self->timer);
  foyer_timer_clear (&self->watch);
  g_clear_signal_handler (&self->changed, foyer_desk_get_journal (self->desk));
  if (self->decision != NULL && self->decision->command != NULL)
    foyer_dispatcher_forget_claim (self->dispatcher, self->decision->command->id);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
}

static GTask *
steal_task (FoyerAdmitJob *self)
{
  GTask *task = g_steal_pointer (&self->task);

  if (self->cancelled != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->cancelled);
  self->cancelled = 0;
  return task;
}

static void
fail (FoyerAdmitJob *self, GError *error)
{
  g_autoptr (GTask) task = NULL;

  if (self->task == NULL)
    {
      g_error_free (error);
      return;
    }
  task = steal_task (self);
  let_go (self);
  g_task_return_error (task, error);
}

static void
tell_now (FoyerAdmitJob *self, FoyerAdmission *admission)
{
  g_autoptr (GTask) task = NULL;
  FoyerVerdict *verdict;

  if (self->task == NULL)
    return;

  verdict = foyer_verdict_new ();
  verdict->admission = foyer_admission_ref (admission);
  verdict->scan = foyer_scan_ref (self->decision->scan);
  if (self->decision->command != NULL && admission->result == FOYER_ADMISSION_ADMITTED)
    verdict->command = g_strdup (self->decision->command->id);
  verdict->by_service = admission->by_service;
  verdict->unsure = self->unsure;
  verdict->asked = self->asked;

  task = steal_task (self);
  let_go (self);
  g_task_return_pointer (task, verdict, (GDestroyNotify)foyer_verdict_unref);
}

static void
on_refusal_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerAdmitJob) self = user_data;
  g_autoptr (GError) error = NULL;

  /* A refusal is told in any case. */
  if (!foyer_refusal_record_finish (result, &error))
    g_warning ("A refusal could not be recorded: %s", error->message);
  tell_now (self, self->refusal);
}

/* What was decided without a command is a refusal of which the service does not know. */
static void
tell (FoyerAdmitJob *self, FoyerAdmission *admission)
{
  if (self->task == NULL || self->refusal != NULL)
    return;

  if (self->decision->command != NULL || (self->tentative && admission->candidate == NULL)
      || !foyer_refusal_is_to_be_recorded (self->decision->scan, admission))
    {
      tell_now (self, admission);
      return;
    }

  self->refusal = foyer_admission_ref (admission);
  foyer_timer_clear (&self->timer);
  foyer_refusal_record_async (self->desk, self->dispatcher, self->decision->scan, admission,
                              self->unsure, self->actor, on_refusal_recorded, g_object_ref (self));
}

/* The service has not answered in time, or cannot be asked: the desk's word stands, as its own. */
static void
tell_own (FoyerAdmitJob *self)
{
  FoyerAdmission *admission = self->decision->admission;
  g_autoptr (FoyerAdmission) lacking = NULL;

  if (self->decision->command == NULL && !admission->certain)
    {
      lacking = foyer_reply_lacking (admission);
      admission = lacking;
    }
  tell (self, admission);
}

static gboolean
on_deadline (gpointer data)
{
  FoyerAdmitJob *self = data;

  foyer_timer_clear (&self->timer);
  if (self->deciding)
    self->deadline = 0;
  else if (self->refusal == NULL)
    tell_own (self);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  FoyerAdmitJob *self = data;

  /* Not from within the handler: it may not be disconnected there. */
  foyer_timer_set (&self->timer, foyer_desk_get_clock (self->desk), 0, on_deadline, self);
}

static gint64
get_deadline (FoyerAdmitJob *self)
{
  gint64 longest = foyer_dispatcher_get_deadline (self->dispatcher, self->desk);

  if (longest == 0 || self->deadline == FOYER_DEADLINE_ADAPTIVE)
    return longest;
  return MAX (self->deadline, 0);
}

static void
set_deadline (FoyerAdmitJob *self)
{
  if (self->timer == NULL)
    foyer_timer_set (&self->timer, foyer_desk_get_clock (self->desk), get_deadline (self),
                     on_deadline, self);
}

/* This process sends: hear the answer. */

static gboolean
on_answered (FoyerCommand *command,
             FoyerStepResult *result,
             const GError *error,
             gpointer user_data)
{
  FoyerAdmitJob *self = user_data;
  g_autoptr (FoyerAdmission) admission = NULL;

  if (self->task == NULL)
    return FALSE;
  if (result == NULL)
    {
      tell_own (self);
      return FALSE;
    }

  admission = foyer_reply_to_admission (result, self->decision->admission);
  tell (self, admission);
  return TRUE;
}

/* Another process sends: watch what becomes of the command. */

static void look_at_command (FoyerAdmitJob *self);

/* Journal's thread. */
static gboolean
read_command (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  *result = foyer_transaction_get_command (transaction, data, error);
  return *result != NULL;
}

/* Journal's thread. A refusal that the person at the door is told now needs nobody later. */
static gboolean
close_refused (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  g_autoptr (FoyerCommand) command = foyer_transaction_get_command (transaction, data, error);
  g_autoptr (FoyerCommand) settled = NULL;

  if (command == NULL)
    return FALSE;
  if (command->state != FOYER_STATE_NEEDS_YOU)
    return TRUE;

  settled = foyer_command_copy (command);
  settled->state = FOYER_STATE_SETTLED;
  return foyer_transaction_update_command (transaction, settled, error);
}

static void
on_refused_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerAdmitJob) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Then it stays in the inbox as well, which loses nothing. */
  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, NULL, &error))
    g_message ("A refusal could not be closed: %s", error->message);
  tell_now (self, self->refusal);
}

static void
on_command_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerAdmitJob) self = user_data;
  g_autoptr (FoyerCommand) command = NULL;
  g_autoptr (FoyerAdmission) admission = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = NULL;

  self->watching = FALSE;
  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      g_message ("The journal could not be read: %s", error->message);
      return;
    }

  command = value;
  if (self->task == NULL || self->refusal != NULL)
    return;
  if (command->state == FOYER_STATE_DONE)
    {
      admission = foyer_reply_confirm (self->decision->admission);
      tell (self, admission);
    }
  else if (command->state == FOYER_STATE_NEEDS_YOU && command->result != NULL)
    {
      /* From here on nothing else can be told, so it may be closed: one whose deadline had passed before would have
       * heard "admitted", and that conflict needs a person. */
      self->refusal = foyer_reply_refuse (self->decision->admission, command->result);
      foyer_timer_clear (&self->timer);
      foyer_timer_clear (&self->watch);
      foyer_journal_transact_async (FOYER_JOURNAL (source), TRUE, close_refused,
                                    g_strdup (command->id), g_free, NULL, NULL, on_refused_closed,
                                    g_object_ref (self));
    }
  else if (self->watch_again)
    look_at_command (self);
}

static void
look_at_command (FoyerAdmitJob *self)
{
  self->watch_again = self->watching;
  if (self->watching || self->task == NULL || self->refusal != NULL)
    return;

  self->watching = TRUE;
  foyer_journal_transact_async (foyer_desk_get_journal (self->desk), TRUE, read_command,
                                g_strdup (self->decision->command->id), g_free,
                                (GDestroyNotify)foyer_command_unref, NULL, on_command_read,
                                g_object_ref (self));
}

static gboolean
on_watch_time (gpointer data)
{
  FoyerAdmitJob *self = data;

  foyer_journal_poke (foyer_desk_get_journal (self->desk));
  foyer_timer_set (&self->watch, foyer_desk_get_clock (self->desk), WATCH_INTERVAL, on_watch_time,
                   self);
  return G_SOURCE_REMOVE;
}

static void
watch (FoyerAdmitJob *self)
{
  self->changed = g_signal_connect_swapped (foyer_desk_get_journal (self->desk), "changed",
                                            G_CALLBACK (look_at_command), self);
  foyer_timer_set (&self->watch, foyer_desk_get_clock (self->desk), WATCH_INTERVAL, on_watch_time,
                   self);
  /* It may have been quicker than we are. */
  look_at_command (self);
}

static void
hear (FoyerAdmitJob *self)
{
  FoyerCommand *command = self->decision->command;
  gboolean sends = foyer_dispatcher_get_sender (self->dispatcher)
                   || command->state == FOYER_STATE_SENDING;

  if (!sends)
    foyer_dispatcher_wake (self->dispatcher);
  if (get_deadline (self) <= 0)
    {
      tell_own (self);
      if (sends)
        foyer_dispatcher_send_now (self->dispatcher, command, on_answered, g_object_ref (self),
                                   g_object_unref);
      return;
    }

  self->asked = TRUE;
  set_deadline (self);
  if (sends)
    foyer_dispatcher_send_now (self->dispatcher, command, on_answered, g_object_ref (self),
                               g_object_unref);
  else
    watch (self);
}

/* The desk does not let in, or does not know: ask, harmlessly. */

static void
on_asked_mirrored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerAdmitJob) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!foyer_mirror_apply_result_finish (FOYER_MIRROR (source), result, &error))
    g_message ("An answer could not be mirrored: %s", error->message);
  if (self->task != NULL)
    decide (self);
}

static void
on_refusal_mirrored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!foyer_mirror_apply_result_finish (FOYER_MIRROR (source), result, &error))
    g_message ("An answer could not be mirrored: %s", error->message);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerAdmitJob) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerStepResult) answer = foyer_service_perform_finish (FOYER_SERVICE (source), result,
                                                                     &error);

  foyer_desk_hear (self->desk);
  if (self->task == NULL)
    return;
  if (answer == NULL)
    {
      if (foyer_transition_holds_lane (error))
        foyer_desk_set_problem (self->desk, error);
      tell_own (self);
      return;
    }

  if (answer->outcome == FOYER_STEP_DONE)
    {
      g_autoptr (FoyerStepResult) asked = foyer_reply_as_asked (answer);

      /* The copy must know the ticket before the desk lets it in, or it would not see the same code
       * coming a second time while this admission waits. */
      foyer_timer_clear (&self->timer);
      g_clear_object (&self->asking);
      self->deciding = TRUE;
      self->told = g_steal_pointer (&answer);
      foyer_mirror_apply_result_async (
          foyer_desk_get_mirror (self->desk), foyer_desk_get_connection (self->desk)->name,
          self->decision->scan, asked, NULL, on_asked_mirrored, g_object_ref (self));
    }
  else
    {
      g_autoptr (FoyerAdmission) admission = foyer_reply_to_admission (answer,
                                                                       self->decision->admission);

      tell (self, admission);
      if (answer->attendee != NULL)
        foyer_mirror_apply_result_async (
            foyer_desk_get_mirror (self->desk), foyer_desk_get_connection (self->desk)->name,
            self->decision->scan, answer, NULL, on_refusal_mirrored, NULL);
    }
}

static gboolean
is_worth_asking (FoyerAdmitJob *self)
{
  FoyerAdmission *admission = self->decision->admission;
  FoyerScan *scan = self->decision->scan;

  if (self->told != NULL || !foyer_desk_can_ask (self->desk)
      || foyer_dispatcher_get_paused (self->dispatcher) || scan->lists->len == 0
      || scan->secret == NULL || *scan->secret == '\0')
    return FALSE;

  /* What waits at this desk the service cannot know. */
  if (admission->previous != NULL && admission->previous->waiting)
    return FALSE;

  return !admission->certain || get_deadline (self) > 0;
}

static void
ask (FoyerAdmitJob *self)
{
  g_autoptr (FoyerStep) step = foyer_step_new ();

  step->kind = FOYER_STEP_CHECK_IN;
  step->key = foyer_uuid_new_v7 (foyer_clock_now (foyer_desk_get_clock (self->desk)));
  step->scan = foyer_scan_ref (self->decision->scan);
  step->simulate = TRUE;

  /* "Unknown" is never said while the service can be asked: only then there is no deadline. */
  self->asked = TRUE;
  if (self->decision->admission->certain)
    set_deadline (self);
  self->asking = g_cancellable_new ();
  foyer_service_perform_async (foyer_desk_get_service (self->desk), step, self->asking, on_asked,
                               g_object_ref (self));
}

static void
on_decided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerAdmitJob) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean again = self->decision != NULL;
  gpointer value = NULL;

  self->deciding = FALSE;
  if (!foyer_journal_transact_finish (FOYER_JOURNAL (source), result, &value, &error))
    {
      fail (self, g_steal_pointer (&error));
      return;
    }

  take_decision (self, value, again);
}

static void
take_decision (FoyerAdmitJob *self, FoyerDecision *decision, gboolean again)
{
  g_clear_pointer (&self->decision, foyer_decision_free);
  self->decision = decision;
  if (!again || self->decision->command != NULL)
    g_signal_emit (self, signals[SIGNAL_RECOGNISED], 0, self->decision->admission);

  if (self->decision->command != NULL)
    hear (self);
  else if (is_worth_asking (self))
    ask (self);
  else
    tell_own (self);
}

/**
 * foyer_admit_job_make_request:
 * @self: a job that was not run
 *
 * Dates the scan, if it has no time yet.
 *
 * Returns: (transfer full): what foyer_decision_make() needs: for who decides several at once
 */
FoyerDecisionRequest *
foyer_admit_job_make_request (FoyerAdmitJob *self)
{
  FoyerConnection *connection = foyer_desk_get_connection (self->desk);
  FoyerTime created = foyer_clock_now (foyer_desk_get_clock (self->desk));
  FoyerDecisionRequest *request = g_new0 (FoyerDecisionRequest, 1);

  if (self->scan->datetime == FOYER_TIME_NONE)
    self->scan->datetime = foyer_door_clock_now (foyer_desk_get_door_clock (self->desk),
                                                 &self->unsure);
  request->scan = foyer_scan_copy (self->scan);
  request->connection = g_strdup (connection->name);
  if (foyer_desk_get_signatures (self->desk) != NULL)
    request->signatures = g_object_ref (foyer_desk_get_signatures (self->desk));
  request->id = foyer_uuid_new_v7 (created);
  request->key = g_uuid_string_random ();
  request->created = created;
  request->unsure = self->unsure;
  request->actor = g_strdup (self->actor);
  request->desk = g_strdup (connection->desk);
  request->leaves = foyer_dispatcher_would_send (self->dispatcher, self->desk);
  request->told = self->told != NULL ? foyer_step_result_ref (self->told) : NULL;
  return request;
}

static void
decide (FoyerAdmitJob *self)
{
  FoyerDecisionRequest *request = foyer_admit_job_make_request (self);

  self->deciding = TRUE;
  foyer_journal_transact_async (foyer_desk_get_journal (self->desk), TRUE, foyer_decision_make,
                                request, (GDestroyNotify)foyer_decision_request_free,
                                (GDestroyNotify)foyer_decision_free, NULL, on_decided,
                                g_object_ref (self));
}

static void
start (FoyerAdmitJob *self,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, foyer_admit_job_run_async);
  g_task_set_check_cancellable (self->task, FALSE);
  if (g_cancellable_is_cancelled (cancellable))
    self->deadline = 0;
  else if (cancellable != NULL)
    self->cancelled = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), self);
}

/**
 * foyer_admit_job_go_on_async:
 * @self: a job that was not run
 * @decision: (transfer full): what was decided about its request, and is on disk
 * @cancellable: (nullable): as in foyer_admit_job_run_async()
 * @callback: called with the verdict
 * @user_data: for @callback
 *
 * Sends, hears. foyer_admit_job_run_finish() gives the verdict.
 */
void
foyer_admit_job_go_on_async (FoyerAdmitJob *self,
                             FoyerDecision *decision,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (FOYER_IS_ADMIT_JOB (self));
  g_return_if_fail (self->task == NULL);

  start (self, cancellable, callback, user_data);
  take_decision (self, decision, FALSE);
}

/**
 * foyer_admit_job_run_async:
 * @self: a job that was not run
 * @cancellable: (nullable): stops waiting for the service: the desk's word stands at once
 * @callback: called with the verdict
 * @user_data: for @callback
 *
 * Decides, records, sends, hears.
 */
void
foyer_admit_job_run_async (FoyerAdmitJob *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (FOYER_IS_ADMIT_JOB (self));
  g_return_if_fail (self->task == NULL);

  start (self, cancellable, callback, user_data);
  decide (self);
}

/**
 * foyer_admit_job_run_finish:
 * @self: the job
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the verdict, or %NULL with an error: nothing was decided, nothing recorded
 */
FoyerVerdict *
foyer_admit_job_run_finish (FoyerAdmitJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_ADMIT_JOB (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
