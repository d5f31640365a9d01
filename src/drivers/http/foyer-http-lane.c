/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast a service may be asked: a limit of requests in flight, a token bucket, and the pause
 * that a 429 asks for. */

#define G_LOG_DOMAIN "foyer-http"

#include "foyer-http-lane.h"

#define MINUTE G_GINT64_CONSTANT (60000000)

void
foyer_http_lane_init (FoyerHttpLane *self)
{
  *self = (FoyerHttpLane){ .max_in_flight = 6, .reserved = 2 };
}

/* @per_minute: 0 for no limit; @burst: how many may go at once after a rest, at least 1 */
void
foyer_http_lane_set_rate (FoyerHttpLane *self, gint64 now, guint per_minute, guint burst)
{
  self->per_minute = per_minute;
  self->burst = MAX (burst, 1);
  self->tokens = self->burst;
  self->filled_at = now;
}

static void
fill (FoyerHttpLane *self, gint64 now)
{
  double more = (double)(now - self->filled_at) * self->per_minute / (double)MINUTE;

  self->tokens = MIN (self->tokens + MAX (more, 0), self->burst);
  self->filled_at = now;
}

/* Takes a place: 0 if it was given; else the microseconds until it is worth another try, -1 for
 * "when a request has left". */
gint64
foyer_http_lane_try (FoyerHttpLane *self, gint64 now, gboolean urgent)
{
  guint places = urgent ? self->max_in_flight : self->max_in_flight - self->reserved;

  if (now < self->paused_until)
    return self->paused_until - now;
  if (self->in_flight >= places)
    return -1;

  if (self->per_minute > 0)
    {
      fill (self, now);
      if (self->tokens < 1)
        return (gint64)((1 - self->tokens) * (double)MINUTE / self->per_minute) + 1;
      self->tokens -= 1;
    }

  self->in_flight++;
  return 0;
}

void
foyer_http_lane_leave (FoyerHttpLane *self)
{
  g_return_if_fail (self->in_flight > 0);

  self->in_flight--;
}

void
foyer_http_lane_pause (FoyerHttpLane *self, gint64 until)
{
  self->paused_until = MAX (self->paused_until, until);
}
