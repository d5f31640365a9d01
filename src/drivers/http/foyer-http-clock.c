/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The service's clock, learnt from the Date headers of its answers.
 *
 * A Date is cut to whole seconds, and was written at some time between sending and receiving: each
 * answer gives an interval in which the difference of the clocks must lie. The intervals of several
 * answers overlap, and what they have in common is much narrower than a second. It is kept against
 * a clock that nobody sets and that goes on while the laptop sleeps; clocks drift apart, so the
 * bounds widen with time. */

#define G_LOG_DOMAIN "foyer-http"

#include "foyer-http-clock.h"

#include <time.h>

/* Two quartz clocks: at most 100 parts in a million apart. */
#define DRIFT_DIVISOR 10000

/* Microseconds of a clock that only goes forward, also during suspend. */
gint64
foyer_http_clock_get_steady_time (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return g_get_monotonic_time ();

  return (gint64)now.tv_sec * FOYER_SECOND + now.tv_nsec / 1000;
}

/* @date: of the answer, whole seconds; @sent, @received: our steady time of the request's start and
 * of the answer's headers */
void
foyer_http_clock_sample (FoyerHttpClock *self, FoyerTime date, gint64 sent, gint64 received)
{
  gint64 low = date - received;
  gint64 high = date + FOYER_SECOND - sent;

  if (self->known)
    {
      gint64 drift = MAX (0, received - self->at) / DRIFT_DIVISOR;
      gint64 both_low = MAX (low, self->low - drift);
      gint64 both_high = MIN (high, self->high + drift);

      /* nothing in common: somebody has set the service's clock, or there are several servers;
       * the newest answer is right */
      if (both_low < both_high)
        {
          low = both_low;
          high = both_high;
        }
    }

  self->known = TRUE;
  self->low = low;
  self->high = high;
  self->at = received;
}

/* The service's time at @steady_now, or FOYER_TIME_NONE. @uncertainty: how far it may be off. */
FoyerTime
foyer_http_clock_get_time (const FoyerHttpClock *self, gint64 steady_now, gint64 *uncertainty)
{
  if (!self->known)
    {
      *uncertainty = 0;
      return FOYER_TIME_NONE;
    }

  *uncertainty = (self->high - self->low) / 2 + MAX (0, steady_now - self->at) / DRIFT_DIVISOR;
  return steady_now + self->low + (self->high - self->low) / 2;
}
