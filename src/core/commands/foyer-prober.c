/* SPDX-License-Identifier: GPL-3.0-or-later */

/* While a service is out of reach: a harmless question now and then. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-prober.h"

#include "foyer-timer.h"
#include "foyer-transition.h"

struct _FoyerProber
{
  GObject parent_instance;

  FoyerClock *clock; /* (owned) */
  gboolean wanted;
  guint probes; /* in a row, without an answer */
  GSource *timer;
  GCancellable *probe; /* (owned) (nullable) while one is under way */
  gboolean hurry;      /* the next one does not wait */
};

G_DEFINE_FINAL_TYPE (FoyerProber, foyer_prober, G_TYPE_OBJECT)

enum
{
  SIGNAL_ASK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const FoyerBackoff pauses = { .first = FOYER_SECOND, .longest = 30 * FOYER_SECOND };

static void
foyer_prober_dispose (GObject *object)
{
  FoyerProber *self = FOYER_PROBER (object);

  foyer_timer_clear (&self->timer);
  G_OBJECT_CLASS (foyer_prober_parent_class)->dispose (object);
}

static void
foyer_prober_finalize (GObject *object)
{
  FoyerProber *self = FOYER_PROBER (object);

  g_clear_object (&self->probe);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (foyer_prober_parent_class)->finalize (object);
}

static void
foyer_prober_class_init (FoyerProberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = foyer_prober_dispose;
  object_class->finalize = foyer_prober_finalize;

  /**
   * FoyerProber::ask:
   * @cancellable: stops the question
   *
   * It is time to ask.
   */
  signals[SIGNAL_ASK] = g_signal_new ("ask", FOYER_TYPE_PROBER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_CANCELLABLE);
}

static void
foyer_prober_init (FoyerProber *self)
{
}

/**
 * foyer_prober_new:
 * @clock: whose time counts
 *
 * Returns: (transfer full): a prober that does not ask
 */
FoyerProber *
foyer_prober_new (FoyerClock *clock)
{
  FoyerProber *self = g_object_new (FOYER_TYPE_PROBER, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

static gboolean
on_time (gpointer data)
{
  FoyerProber *self = data;

  foyer_timer_clear (&self->timer);
  self->probes++;
  self->probe = g_cancellable_new ();
  g_signal_emit (self, signals[SIGNAL_ASK], 0, self->probe);
  return G_SOURCE_REMOVE;
}

static void
schedule (FoyerProber *self)
{
  gint64 pause;

  if (!self->wanted)
    {
      foyer_timer_clear (&self->timer);
      return;
    }
  if (self->probe != NULL || (self->timer != NULL && self->probes > 0))
    return;

  pause = self->hurry ? 0 : foyer_backoff_get_pause (&pauses, self->probes + 1, g_random_double ());
  self->hurry = FALSE;
  foyer_timer_set (&self->timer, self->clock, pause, on_time, self);
}

/**
 * foyer_prober_set_wanted:
 * @self: a prober
 * @wanted: the service is out of reach, and whoever owns it wants to know when it is back
 */
void
foyer_prober_set_wanted (FoyerProber *self, gboolean wanted)
{
  g_return_if_fail (FOYER_IS_PROBER (self));

  self->wanted = wanted;
  schedule (self);
}

/**
 * foyer_prober_answered:
 * @self: a prober
 * @heard: whether the question was answered
 *
 * The question of the last `ask` is over.
 */
void
foyer_prober_answered (FoyerProber *self, gboolean heard)
{
  g_return_if_fail (FOYER_IS_PROBER (self));

  g_clear_object (&self->probe);
  if (heard)
    self->probes = 0;
  schedule (self);
}

/**
 * foyer_prober_forget:
 * @self: a prober
 *
 * The service was heard of in another way: the next pause is a first one.
 */
void
foyer_prober_forget (FoyerProber *self)
{
  g_return_if_fail (FOYER_IS_PROBER (self));

  self->probes = 0;
}

/**
 * foyer_prober_wake:
 * @self: a prober
 *
 * Something about the network is different now: asks at once, if it is wanted. A question that is on its
 * way, over the network as it was, is dropped.
 */
void
foyer_prober_wake (FoyerProber *self)
{
  g_return_if_fail (FOYER_IS_PROBER (self));

  self->probes = 0;
  self->hurry = TRUE;
  if (self->probe != NULL)
    g_cancellable_cancel (self->probe);
  else
    schedule (self);
}
