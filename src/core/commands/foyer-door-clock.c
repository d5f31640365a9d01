/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When something happened at the door. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-door-clock.h"

/* A Date header has whole seconds: what differs less is noise, and would only make time jump. */
#define NOISE (2 * FOYER_SECOND)

struct _FoyerDoorClock
{
  GObject parent_instance;

  FoyerClock *clock; /* (owned) */
  gboolean heard;
  gint64 base;      /* service's time minus elapsed time; only if heard */
  FoyerTime pinned; /* or FOYER_TIME_NONE */
  FoyerTime last;   /* newest time given out */
};

G_DEFINE_FINAL_TYPE (FoyerDoorClock, foyer_door_clock, G_TYPE_OBJECT)

static void
foyer_door_clock_finalize (GObject *object)
{
  FoyerDoorClock *self = FOYER_DOOR_CLOCK (object);

  g_clear_object (&self->clock);
  G_OBJECT_CLASS (foyer_door_clock_parent_class)->finalize (object);
}

static void
foyer_door_clock_class_init (FoyerDoorClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_door_clock_finalize;
}

static void
foyer_door_clock_init (FoyerDoorClock *self)
{
  self->pinned = FOYER_TIME_NONE;
  self->last = FOYER_TIME_NONE;
}

/**
 * foyer_door_clock_new:
 * @clock: the machine's clocks
 *
 * Returns: (transfer full): a door clock that has not heard the service yet
 */
FoyerDoorClock *
foyer_door_clock_new (FoyerClock *clock)
{
  FoyerDoorClock *self = g_object_new (FOYER_TYPE_DOOR_CLOCK, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

/**
 * foyer_door_clock_hear:
 * @self: a door clock
 * @skew: service's clock minus the laptop's *now*, microseconds
 *
 * Takes the service's time over. Must be called right after an answer, while the laptop's clock is still
 * the one that @skew was measured against.
 */
void
foyer_door_clock_hear (FoyerDoorClock *self, gint64 skew)
{
  gint64 base;

  g_return_if_fail (FOYER_IS_DOOR_CLOCK (self));

  base = foyer_clock_now (self->clock) + skew - foyer_clock_elapsed (self->clock);
  if (self->heard && ABS (base - self->base) <= NOISE)
    return;

  self->base = base;
  self->heard = TRUE;
}

/**
 * foyer_door_clock_get_service_time:
 * @self: a door clock
 * @time: (out): the service's time now
 *
 * Returns: %FALSE if the service was not heard yet
 */
gboolean
foyer_door_clock_get_service_time (FoyerDoorClock *self, FoyerTime *time)
{
  g_return_val_if_fail (FOYER_IS_DOOR_CLOCK (self), FALSE);

  if (!self->heard)
    return FALSE;

  *time = self->base + foyer_clock_elapsed (self->clock);
  return TRUE;
}

/**
 * foyer_door_clock_now:
 * @self: a door clock
 * @unsure: (out) (optional): the time is the laptop's guess
 *
 * A time for something that happens now. No two are the same, and a later one is later: a check-in
 * found at the service with exactly this time can only be ours.
 *
 * Returns: door time
 */
FoyerTime
foyer_door_clock_now (FoyerDoorClock *self, gboolean *unsure)
{
  FoyerTime now;
  gboolean guess = FALSE;

  g_return_val_if_fail (FOYER_IS_DOOR_CLOCK (self), 0);

  if (self->pinned != FOYER_TIME_NONE)
    now = self->pinned;
  else if (!foyer_door_clock_get_service_time (self, &now))
    {
      now = foyer_clock_now (self->clock);
      guess = TRUE;
    }

  /* A guess far ahead must not hold back the true time, once it is heard: only noise is evened out. */
  if (self->last != FOYER_TIME_NONE && now <= self->last && self->last - now <= 2 * NOISE)
    now = self->last + 1;
  self->last = now;

  if (unsure != NULL)
    *unsure = guess;
  return now;
}

/**
 * foyer_door_clock_get_skew:
 * @self: a door clock
 * @skew: (out): service's clock minus the laptop's, microseconds
 *
 * Returns: %FALSE if the service was not heard yet
 */
gboolean
foyer_door_clock_get_skew (FoyerDoorClock *self, gint64 *skew)
{
  FoyerTime time;

  g_return_val_if_fail (FOYER_IS_DOOR_CLOCK (self), FALSE);

  if (!foyer_door_clock_get_service_time (self, &time))
    return FALSE;

  *skew = time - foyer_clock_now (self->clock);
  return TRUE;
}

/**
 * foyer_door_clock_pin:
 * @self: a door clock
 * @time: the time that decisions and the journal shall use, or %FOYER_TIME_NONE for the real one
 *
 * A person said what time it is (`foyerctl --at`): that is sure.
 */
void
foyer_door_clock_pin (FoyerDoorClock *self, FoyerTime time)
{
  g_return_if_fail (FOYER_IS_DOOR_CLOCK (self));

  self->pinned = time;
}
