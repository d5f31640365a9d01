/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The machine's clocks: the port. */

#define G_LOG_DOMAIN "foyer-ports"

#include "foyer-clock.h"

G_DEFINE_INTERFACE (FoyerClock, foyer_clock, G_TYPE_OBJECT)

static void
foyer_clock_default_init (FoyerClockInterface *iface)
{
}

/**
 * foyer_clock_now:
 * @self: the object
 *
 * See #FoyerClockInterface.
 *
 * Returns: the wall clock
 */
FoyerTime
foyer_clock_now (FoyerClock *self)
{
  g_return_val_if_fail (FOYER_IS_CLOCK (self), 0);

  return FOYER_CLOCK_GET_IFACE (self)->now (self);
}

/**
 * foyer_clock_elapsed:
 * @self: the object
 *
 * See #FoyerClockInterface.
 *
 * Returns: microseconds
 */
gint64
foyer_clock_elapsed (FoyerClock *self)
{
  g_return_val_if_fail (FOYER_IS_CLOCK (self), 0);

  return FOYER_CLOCK_GET_IFACE (self)->elapsed (self);
}

/**
 * foyer_clock_create_timer:
 * @self: the object
 * @delay: microseconds from now
 *
 * See #FoyerClockInterface.
 *
 * Returns: (transfer full): a source, to be given a callback and attached
 */
GSource *
foyer_clock_create_timer (FoyerClock *self, gint64 delay)
{
  g_return_val_if_fail (FOYER_IS_CLOCK (self), NULL);

  return FOYER_CLOCK_GET_IFACE (self)->create_timer (self, delay);
}
