/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way of a scan on this side of the core: drop it if it is a repeat, queue it, run it, put it into
 * words. The job has its own deadline, so the queue moves whatever the network does. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-door.h"

#include "foyer-admit-job.h"
#include "foyer-door-memory.h"
#include "foyer-door-turn.h"
#include "foyer-error.h"
#include "foyer-group-job.h"
#include "foyer-group-words.h"
#include "foyer-refusal.h"
#include "foyer-repeats.h"
#include "foyer-timer.h"

#include <glib/gi18n.h>

#define N_LAST 10
#define DEFAULT_PAUSE 4

/* A scanner that sends more than this at once is broken, or reads a book. */
#define MAX_QUEUE 200

struct _FoyerDoor
{
  GObject parent_instance;

  FoyerWorkspace *workspace;   /* (owned) */
  FoyerLists *lists;           /* (owned) */
  GCancellable *cancellable;   /* (owned) */
  FoyerRepeats *repeats;       /* (owned) */
  GQueue queue;                /* (element-type FoyerDoorTurn) */
  FoyerDoorTurn *turn;         /* (owned) (nullable) the one that runs */
  FoyerAdmitJob *job;          /* (owned) (nullable) */
  gboolean prefer_alternative; /* the layout's reading was right last time */

  FoyerDoorPhase phase;
  FoyerVerdictWords *words; /* (owned) (nullable) */
  GListStore *last;         /* (owned) (element-type FoyerDoorEntry) */
  guint pause;              /* seconds */
  GSource *pause_timer;     /* (owned) (nullable) */
  gboolean held;            /* the verdict stays: something is asked about it */
  gboolean leaving;         /* who is scanned goes out */
  FoyerVerdict *verdict;    /* (owned) (nullable) what the words are about */
  FoyerListChoice *shown;   /* (owned) (nullable) and where */
};

G_DEFINE_FINAL_TYPE (FoyerDoor, foyer_door, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (FoyerDoorPhase,
                    foyer_door_phase,
                    G_DEFINE_ENUM_VALUE (FOYER_DOOR_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (FOYER_DOOR_RECOGNISED, "recognised"),
                    G_DEFINE_ENUM_VALUE (FOYER_DOOR_VERDICT, "verdict"))

typedef enum
{
  PROP_PHASE = 1,
  PROP_WORDS,
  PROP_LAST,
  PROP_PAUSE,
  PROP_LEAVING,
} FoyerDoorProperty;

enum
{
  SIGNAL_VERDICT,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_LEAVING + 1];
static guint signals[N_SIGNALS];

static void run_next (FoyerDoor *self);

static void
show (FoyerDoor *self, FoyerDoorPhase phase, FoyerVerdictWords *words)
{
  FoyerVerdictWords *old = self->words;

  foyer_timer_clear (&self->pause_timer);
  self->words = words != NULL ? foyer_verdict_words_ref (words) : NULL;
  g_clear_pointer (&old, foyer_verdict_words_unref);
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
  if (self->phase != phase)
    {
      self->phase = phase;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHASE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
pause_over_cb (gpointer user_data)
{
  FoyerDoor *self = user_data;

  foyer_timer_clear (&self->pause_timer);
  if (self->held)
    return G_SOURCE_REMOVE;
  show (self, FOYER_DOOR_READY, NULL);
  return G_SOURCE_REMOVE;
}

static void
add_entry (FoyerDoor *self, FoyerDoorEntry *entry)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->last)) >= N_LAST)
    g_list_store_remove (self->last, N_LAST - 1);
  g_list_store_insert (self->last, 0, entry);
}

static void
remember (FoyerDoor *self, FoyerVerdictWords *words, gint64 attendee)
{
  g_autofree char *time = foyer_door_turn_make_clock_text (self->turn->list);
  g_autoptr (FoyerDoorEntry) entry = foyer_door_entry_new (
      time, words, foyer_list_choice_get_connection (self->turn->list), attendee);

  add_entry (self, entry);
}

static gint64
attendee_of (const FoyerAdmission *admission)
{
  if (admission->candidate == NULL || admission->candidate->attendee == NULL)
    return 0;

  return admission->candidate->attendee->id;
}

static void
set_verdict (FoyerDoor *self, FoyerVerdict *verdict)
{
  FoyerListChoice *list = self->turn != NULL ? self->turn->list : NULL;

  g_clear_pointer (&self->verdict, foyer_verdict_unref);
  if (verdict != NULL)
    self->verdict = foyer_verdict_ref (verdict);
  g_set_object (&self->shown, list);
}

static void
show_for_a_while (FoyerDoor *self, FoyerVerdictWords *words)
{
  show (self, FOYER_DOOR_VERDICT, words);
  foyer_timer_set (&self->pause_timer, foyer_workspace_get_clock (self->workspace),
                   self->pause * FOYER_SECOND, pause_over_cb, self);
  g_signal_emit (self, signals[SIGNAL_VERDICT], 0, words);
}

static void
finish_turn (FoyerDoor *self, FoyerVerdict *verdict, FoyerVerdictWords *words)
{
  set_verdict (self, verdict);
  show_for_a_while (self, words);

  g_clear_object (&self->job);
  g_clear_pointer (&self->turn, foyer_door_turn_free);
  run_next (self);
}

static void
conclude (FoyerDoor *self, FoyerVerdict *verdict, FoyerVerdictWords *words, gint64 attendee)
{
  remember (self, words, attendee);
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
  show (self, FOYER_DOOR_RECOGNISED, words);
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

      remember (self, member, attendee_of (verdict->admission));
      g_ptr_array_add (members, member);
    }
  if (verdicts == NULL)
    {
      words = foyer_verdict_words_new_for_error (error);
      remember (self, words, 0);
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

/**
 * foyer_door_tell:
 * @self: the door
 * @words: what happened besides a scan
 * @connection: name of the connection it was for
 * @attendee: id of the ticket, or 0
 *
 * Shows it like a verdict, among the last ten, too.
 */
void
foyer_door_tell (FoyerDoor *self, FoyerVerdictWords *words, const char *connection, gint64 attendee)
{
  FoyerListChoice *list;
  g_autofree char *time = NULL;
  g_autoptr (FoyerDoorEntry) entry = NULL;

  g_return_if_fail (FOYER_IS_DOOR (self));
  g_return_if_fail (words != NULL);

  list = foyer_lists_get_selected (self->lists);
  time = foyer_door_turn_make_clock_text (list);
  entry = foyer_door_entry_new (time, words, connection, attendee);
  add_entry (self, entry);
  set_verdict (self, NULL);
  show_for_a_while (self, words);
}

/**
 * foyer_door_hold:
 * @self: the door
 * @held: whether the verdict stays beyond its pause
 *
 * The next scan shows its own all the same.
 */
void
foyer_door_hold (FoyerDoor *self, gboolean held)
{
  g_return_if_fail (FOYER_IS_DOOR (self));

  if (self->held == held)
    return;

  self->held = held;
  if (!held && self->phase == FOYER_DOOR_VERDICT && self->pause_timer == NULL)
    foyer_timer_set (&self->pause_timer, foyer_workspace_get_clock (self->workspace),
                     self->pause * FOYER_SECOND, pause_over_cb, self);
}

/**
 * foyer_door_set_leaving:
 * @self: the door
 * @leaving: whether who is scanned from now on goes out
 */
void
foyer_door_set_leaving (FoyerDoor *self, gboolean leaving)
{
  g_return_if_fail (FOYER_IS_DOOR (self));

  if (self->leaving == leaving)
    return;

  self->leaving = leaving;
  /* A ticket that came in a moment ago may go out now. */
  foyer_repeats_free (self->repeats);
  self->repeats = foyer_repeats_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEAVING]);
}

/**
 * foyer_door_get_leaving:
 * @self: the door
 *
 * Returns: whether who is scanned goes out
 */
gboolean
foyer_door_get_leaving (FoyerDoor *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), FALSE);

  return self->leaving;
}

/**
 * foyer_door_get_verdict:
 * @self: the door
 * @list: (out) (optional) (nullable) (transfer none): for which list
 *
 * Returns: (transfer none) (nullable): what the words that are shown are about
 */
FoyerVerdict *
foyer_door_get_verdict (FoyerDoor *self, FoyerListChoice **list)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), NULL);

  if (list != NULL)
    *list = self->shown;
  return self->words != NULL ? self->verdict : NULL;
}

/**
 * foyer_door_clear:
 * @self: the door
 *
 * Takes the verdict off the screen before its time.
 */
void
foyer_door_clear (FoyerDoor *self)
{
  g_return_if_fail (FOYER_IS_DOOR (self));

  if (self->phase == FOYER_DOOR_VERDICT)
    show (self, FOYER_DOOR_READY, NULL);
}

static void
foyer_door_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerDoor *self = FOYER_DOOR (object);

  switch ((FoyerDoorProperty)property_id)
    {
    case PROP_PHASE:
      g_value_set_enum (value, self->phase);
      break;
    case PROP_WORDS:
      g_value_set_boxed (value, self->words);
      break;
    case PROP_LAST:
      g_value_set_object (value, self->last);
      break;
    case PROP_PAUSE:
      g_value_set_uint (value, self->pause);
      break;
    case PROP_LEAVING:
      g_value_set_boolean (value, self->leaving);
      break;
    }
}

static void
foyer_door_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  FoyerDoor *self = FOYER_DOOR (object);

  switch ((FoyerDoorProperty)property_id)
    {
    case PROP_PAUSE:
      self->pause = g_value_get_uint (value);
      break;
    case PROP_PHASE:
    case PROP_WORDS:
    case PROP_LAST:
    case PROP_LEAVING:
      g_assert_not_reached ();
    }
}

static void
foyer_door_dispose (GObject *object)
{
  FoyerDoor *self = FOYER_DOOR (object);

  g_cancellable_cancel (self->cancellable);
  foyer_timer_clear (&self->pause_timer);
  g_queue_clear_full (&self->queue, foyer_door_turn_free);
  g_clear_pointer (&self->turn, foyer_door_turn_free);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (foyer_door_parent_class)->dispose (object);
}

static void
foyer_door_finalize (GObject *object)
{
  FoyerDoor *self = FOYER_DOOR (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->lists);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->last);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->verdict, foyer_verdict_unref);
  g_clear_pointer (&self->repeats, foyer_repeats_free);
  g_clear_pointer (&self->words, foyer_verdict_words_unref);

  G_OBJECT_CLASS (foyer_door_parent_class)->finalize (object);
}

static void
foyer_door_class_init (FoyerDoorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_door_get_property;
  object_class->set_property = foyer_door_set_property;
  object_class->dispose = foyer_door_dispose;
  object_class->finalize = foyer_door_finalize;

  properties[PROP_PHASE] = g_param_spec_enum ("phase", NULL, NULL, FOYER_TYPE_DOOR_PHASE,
                                              FOYER_DOOR_READY, flags);
  properties[PROP_WORDS] = g_param_spec_boxed ("words", NULL, NULL, FOYER_TYPE_VERDICT_WORDS,
                                               flags);
  properties[PROP_LAST] = g_param_spec_object ("last", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_PAUSE] = g_param_spec_uint ("pause", NULL, NULL, 1, 60, DEFAULT_PAUSE,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LEAVING] = g_param_spec_boolean ("leaving", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_VERDICT] = g_signal_new ("verdict", FOYER_TYPE_DOOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, FOYER_TYPE_VERDICT_WORDS);
}

static void
foyer_door_init (FoyerDoor *self)
{
  self->cancellable = g_cancellable_new ();
  self->repeats = foyer_repeats_new ();
  self->last = g_list_store_new (FOYER_TYPE_DOOR_ENTRY);
  self->pause = DEFAULT_PAUSE;
  g_queue_init (&self->queue);
}

/**
 * foyer_door_new:
 * @workspace: where it works
 * @lists: says for which list
 *
 * Returns: (transfer full): a door that is ready
 */
FoyerDoor *
foyer_door_new (FoyerWorkspace *workspace, FoyerLists *lists)
{
  FoyerDoor *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (FOYER_IS_LISTS (lists), NULL);

  self = g_object_new (FOYER_TYPE_DOOR, NULL);
  self->workspace = g_object_ref (workspace);
  self->lists = g_object_ref (lists);
  foyer_door_memory_recall (workspace, lists, self->last, N_LAST, self->cancellable);
  return self;
}

/**
 * foyer_door_repeat:
 * @self: the door
 *
 * Shows the last verdict again, to be heard and spoken as well; nothing if there is none, or one is on its way.
 */
void
foyer_door_repeat (FoyerDoor *self)
{
  g_autoptr (FoyerDoorEntry) entry = NULL;
  FoyerVerdictWords *words;

  g_return_if_fail (FOYER_IS_DOOR (self));

  entry = g_list_model_get_item (G_LIST_MODEL (self->last), 0);
  if (entry == NULL || self->turn != NULL)
    return;

  words = foyer_door_entry_get_words (entry);
  show (self, FOYER_DOOR_VERDICT, words);
  foyer_timer_set (&self->pause_timer, foyer_workspace_get_clock (self->workspace),
                   self->pause * FOYER_SECOND, pause_over_cb, self);
  g_signal_emit (self, signals[SIGNAL_VERDICT], 0, words);
}

/**
 * foyer_door_get_phase:
 * @self: the door
 *
 * Returns: what is shown
 */
FoyerDoorPhase
foyer_door_get_phase (FoyerDoor *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), FOYER_DOOR_READY);

  return self->phase;
}

/**
 * foyer_door_get_words:
 * @self: the door
 *
 * Returns: (transfer none) (nullable): the words that are shown
 */
FoyerVerdictWords *
foyer_door_get_words (FoyerDoor *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), NULL);

  return self->words;
}

/**
 * foyer_door_get_last:
 * @self: the door
 *
 * Returns: (transfer none): the last ten
 */
GListModel *
foyer_door_get_last (FoyerDoor *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), NULL);

  return G_LIST_MODEL (self->last);
}

/**
 * foyer_door_is_busy:
 * @self: the door
 *
 * Returns: whether a scan is being decided
 */
gboolean
foyer_door_is_busy (FoyerDoor *self)
{
  g_return_val_if_fail (FOYER_IS_DOOR (self), FALSE);

  return self->turn != NULL;
}
