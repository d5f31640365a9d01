/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The audit of reads: one fsync for a second's worth of them. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-call-recorder.h"

#include "foyer-timer.h"

#define INTERVAL FOYER_SECOND
#define BATCH 50
/* A disk that does not take them for so long has other troubles; memory must not be the next. */
#define MOST_KEPT 10000

struct _FoyerCallRecorder
{
  GObject parent_instance;

  FoyerJournal *journal; /* (owned) */
  FoyerClock *clock;     /* (owned) */
  GPtrArray *calls;      /* (element-type FoyerCall) */
  GPtrArray *writing;    /* (nullable) (element-type FoyerCall) */
  GSource *timer;
};

G_DEFINE_FINAL_TYPE (FoyerCallRecorder, foyer_call_recorder, G_TYPE_OBJECT)

static void
foyer_call_recorder_finalize (GObject *object)
{
  FoyerCallRecorder *self = FOYER_CALL_RECORDER (object);

  foyer_timer_clear (&self->timer);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->writing, g_ptr_array_unref);
  g_clear_object (&self->journal);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (foyer_call_recorder_parent_class)->finalize (object);
}

static void
foyer_call_recorder_class_init (FoyerCallRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_call_recorder_finalize;
}

static GPtrArray *
new_calls (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_call_unref);
}

static void
foyer_call_recorder_init (FoyerCallRecorder *self)
{
  self->calls = new_calls ();
}

/**
 * foyer_call_recorder_new:
 * @journal: where to
 * @clock: whose time counts
 *
 * Returns: (transfer full): a recorder
 */
FoyerCallRecorder *
foyer_call_recorder_new (FoyerJournal *journal, FoyerClock *clock)
{
  FoyerCallRecorder *self = g_object_new (FOYER_TYPE_CALL_RECORDER, NULL);

  self->journal = g_object_ref (journal);
  self->clock = g_object_ref (clock);
  return self;
}

static gboolean
on_time (gpointer data)
{
  FoyerCallRecorder *self = data;

  foyer_timer_clear (&self->timer);
  foyer_call_recorder_flush (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (FoyerCallRecorder *self)
{
  if (self->calls->len > 0 && self->timer == NULL)
    foyer_timer_set (&self->timer, self->clock, INTERVAL, on_time, self);
}

/* Journal's thread. */
static gboolean
append_all (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  GPtrArray *calls = data;

  for (guint i = 0; i < calls->len; i++)
    if (!foyer_transaction_append_call (transaction, g_ptr_array_index (calls, i), error))
      return FALSE;
  return TRUE;
}

static void
on_appended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerCallRecorder) self = user_data;
  g_autoptr (GPtrArray) calls = g_steal_pointer (&self->writing);
  g_autoptr (GError) error = NULL;

  if (foyer_journal_transact_finish (FOYER_JOURNAL (source), result, NULL, &error))
    {
      if (self->calls->len >= BATCH)
        foyer_call_recorder_flush (self);
      schedule (self);
      return;
    }

  g_warning ("The audit could not be written: %s", error->message);
  if (calls->len + self->calls->len <= MOST_KEPT)
    {
      GPtrArray *again = new_calls ();

      for (guint i = 0; i < calls->len; i++)
        g_ptr_array_add (again, foyer_call_ref (g_ptr_array_index (calls, i)));
      g_ptr_array_extend_and_steal (again, self->calls);
      self->calls = again;
    }
  schedule (self);
}

/**
 * foyer_call_recorder_flush:
 * @self: a recorder
 *
 * Writes now what was recorded so far.
 */
void
foyer_call_recorder_flush (FoyerCallRecorder *self)
{
  g_return_if_fail (FOYER_IS_CALL_RECORDER (self));

  if (self->writing != NULL || self->calls->len == 0)
    return;

  foyer_timer_clear (&self->timer);
  self->writing = g_steal_pointer (&self->calls);
  self->calls = new_calls ();
  foyer_journal_transact_async (self->journal, FALSE, append_all, g_ptr_array_ref (self->writing),
                                (GDestroyNotify)g_ptr_array_unref, NULL, NULL, on_appended,
                                g_object_ref (self));
}

/**
 * foyer_call_recorder_record:
 * @self: a recorder
 * @call: a call to the outside that is over
 *
 * Takes a call; it is on disk within a second or 50 calls.
 */
void
foyer_call_recorder_record (FoyerCallRecorder *self, FoyerCall *call)
{
  g_return_if_fail (FOYER_IS_CALL_RECORDER (self));

  g_ptr_array_add (self->calls, foyer_call_ref (call));
  if (self->calls->len >= BATCH)
    foyer_call_recorder_flush (self);
  schedule (self);
}

/**
 * foyer_call_recorder_is_idle:
 * @self: a recorder
 *
 * Returns: whether everything is on disk
 */
gboolean
foyer_call_recorder_is_idle (FoyerCallRecorder *self)
{
  g_return_val_if_fail (FOYER_IS_CALL_RECORDER (self), TRUE);

  return self->writing == NULL && self->calls->len == 0;
}
