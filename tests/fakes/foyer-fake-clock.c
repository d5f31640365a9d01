/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A virtual clock: no test sleeps. */

#include "foyer-fake-clock.h"

typedef struct
{
  GSource source;
  FoyerFakeClock *clock; /* not owned */
  gint64 due;
} Timer;

struct _FoyerFakeClock
{
  GObject parent_instance;

  FoyerTime wall;
  gint64 elapsed;
  GList *timers; /* of Timer, not owned: they take themselves out */
};

static void foyer_fake_clock_clock_init (FoyerClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerFakeClock,
                               foyer_fake_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_CLOCK,
                                                      foyer_fake_clock_clock_init))

static gboolean
timer_prepare (GSource *source, int *timeout)
{
  Timer *timer = (Timer *)source;

  *timeout = -1;
  return timer->clock != NULL && timer->due <= timer->clock->elapsed;
}

static gboolean
timer_check (GSource *source)
{
  Timer *timer = (Timer *)source;

  return timer->clock != NULL && timer->due <= timer->clock->elapsed;
}

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback != NULL ? callback (data) : G_SOURCE_REMOVE;
}

static void
timer_finalize (GSource *source)
{
  Timer *timer = (Timer *)source;

  if (timer->clock != NULL)
    timer->clock->timers = g_list_remove (timer->clock->timers, timer);
}

static GSourceFuncs timer_funcs = {
  .prepare = timer_prepare,
  .check = timer_check,
  .dispatch = timer_dispatch,
  .finalize = timer_finalize,
};

static FoyerTime
foyer_fake_clock_now (FoyerClock *clock)
{
  return FOYER_FAKE_CLOCK (clock)->wall;
}

static gint64
foyer_fake_clock_elapsed (FoyerClock *clock)
{
  return FOYER_FAKE_CLOCK (clock)->elapsed;
}

static GSource *
foyer_fake_clock_create_timer (FoyerClock *clock, gint64 delay)
{
  FoyerFakeClock *self = FOYER_FAKE_CLOCK (clock);
  GSource *source = g_source_new (&timer_funcs, sizeof (Timer));
  Timer *timer = (Timer *)source;

  timer->clock = self;
  timer->due = self->elapsed + delay;
  self->timers = g_list_prepend (self->timers, timer);
  return source;
}

static void
foyer_fake_clock_clock_init (FoyerClockInterface *iface)
{
  iface->now = foyer_fake_clock_now;
  iface->elapsed = foyer_fake_clock_elapsed;
  iface->create_timer = foyer_fake_clock_create_timer;
}

static void
foyer_fake_clock_finalize (GObject *object)
{
  FoyerFakeClock *self = FOYER_FAKE_CLOCK (object);

  for (GList *l = self->timers; l != NULL; l = l->next)
    ((Timer *)l->data)->clock = NULL;
  g_clear_pointer (&self->timers, g_list_free);
  G_OBJECT_CLASS (foyer_fake_clock_parent_class)->finalize (object);
}

static void
foyer_fake_clock_class_init (FoyerFakeClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_fake_clock_finalize;
}

static void
foyer_fake_clock_init (FoyerFakeClock *self)
{
  self->elapsed = FOYER_HOUR;
}

/**
 * foyer_fake_clock_new:
 * @now: what the wall clock says
 *
 * Returns: (transfer full): clocks
 */
FoyerFakeClock *
foyer_fake_clock_new (FoyerTime now)
{
  FoyerFakeClock *self = g_object_new (FOYER_TYPE_FAKE_CLOCK, NULL);

  self->wall = now;
  return self;
}

/**
 * foyer_fake_clock_turn:
 * @self: clocks
 * @microseconds: how far
 *
 * Lets time pass. What is due then happens in the next turn of the main loop.
 */
void
foyer_fake_clock_turn (FoyerFakeClock *self, gint64 microseconds)
{
  self->elapsed += microseconds;
  self->wall += microseconds;
  g_main_context_wakeup (NULL);
}

/**
 * foyer_fake_clock_set_wall:
 * @self: clocks
 * @now: what the wall clock says from now on
 *
 * Somebody sets the laptop's clock.
 */
void
foyer_fake_clock_set_wall (FoyerFakeClock *self, FoyerTime now)
{
  self->wall = now;
}

/**
 * foyer_fake_clock_turn_to_next:
 * @self: clocks
 * @most: not further than this, microseconds
 *
 * Lets time pass until the next timer is due.
 *
 * Returns: %FALSE if there is none so near
 */
gboolean
foyer_fake_clock_turn_to_next (FoyerFakeClock *self, gint64 most)
{
  gint64 next = G_MAXINT64;

  for (GList *l = self->timers; l != NULL; l = l->next)
    if (!g_source_is_destroyed (l->data))
      next = MIN (next, ((Timer *)l->data)->due);
  if (next == G_MAXINT64 || next - self->elapsed > most)
    return FALSE;
  foyer_fake_clock_turn (self, MAX (next - self->elapsed, 0));
  return TRUE;
}
