/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The circuit breaker: after five faults in a row nothing is sent for a pause that grows from 1 s
 * to 30 s; then one read may try. Beside it the reach, which is quicker: a door must know at the
 * first refused connection that it is on its own. */

#define G_LOG_DOMAIN "foyer-http"

#include "foyer-http-breaker.h"

#define THRESHOLD 5
#define UNANSWERED_OFFLINE 2

/* @seed: 0 for a random one */
void
foyer_http_breaker_init (FoyerHttpBreaker *self, guint32 seed)
{
  *self = (FoyerHttpBreaker){
    .first_pause = FOYER_SECOND,
    .longest_pause = 30 * FOYER_SECOND,
    .threshold = THRESHOLD,
    .reach = FOYER_REACH_UNKNOWN,
    .random = seed != 0 ? g_rand_new_with_seed (seed) : g_rand_new (),
  };
}

void
foyer_http_breaker_clear (FoyerHttpBreaker *self)
{
  g_clear_pointer (&self->random, g_rand_free);
}

gboolean
foyer_http_breaker_is_open (const FoyerHttpBreaker *self)
{
  return self->pause > 0;
}

/* Microseconds until a read may try; 0 if one may now. */
gint64
foyer_http_breaker_get_wait (const FoyerHttpBreaker *self, gint64 now)
{
  return self->pause > 0 ? MAX (0, self->open_until - now) : 0;
}

/* Whether a request may be sent. Writes wait until a read has closed the circuit: what is lost
 * with a read is nothing. */
gboolean
foyer_http_breaker_allow (FoyerHttpBreaker *self, gint64 now, gboolean is_read, gboolean probe)
{
  if (self->pause == 0 || probe)
    return TRUE;
  if (now < self->open_until || !is_read || self->trying)
    return FALSE;

  self->trying = TRUE;
  return TRUE;
}

static void
open_circuit (FoyerHttpBreaker *self, gint64 now)
{
  double jitter = g_rand_double_range (self->random, 0.8, 1.2);

  self->pause = self->pause == 0 ? self->first_pause : MIN (self->pause * 2, self->longest_pause);
  self->open_until = now + (gint64)((double)self->pause * jitter);
}

/* A call is over. */
void
foyer_http_breaker_report (FoyerHttpBreaker *self, gint64 now, FoyerHttpFault fault)
{
  self->trying = FALSE;

  switch (fault)
    {
    case FOYER_HTTP_FAULT_NONE:
      self->faults = 0;
      self->unanswered = 0;
      self->pause = 0;
      self->reach = FOYER_REACH_ONLINE;
      return;

    case FOYER_HTTP_FAULT_BUSY:
      self->unanswered = 0;
      self->reach = FOYER_REACH_ONLINE;
      break;

    case FOYER_HTTP_FAULT_UNREACHED:
      self->unanswered++;
      self->reach = FOYER_REACH_OFFLINE;
      break;

    case FOYER_HTTP_FAULT_UNANSWERED:
      self->unanswered++;
      if (self->unanswered >= UNANSWERED_OFFLINE)
        self->reach = FOYER_REACH_OFFLINE;
      break;
    }

  self->faults++;
  /* several calls that were on their way together fail together: that is one more reason for the
   * pause that runs, not for a longer one */
  if (self->faults >= self->threshold && now >= self->open_until)
    open_circuit (self, now);
  if (self->pause > 0 && fault != FOYER_HTTP_FAULT_BUSY)
    self->reach = FOYER_REACH_OFFLINE;
}

/* A call that was allowed ended without saying anything: it was cancelled. */
void
foyer_http_breaker_withdraw (FoyerHttpBreaker *self)
{
  self->trying = FALSE;
}
