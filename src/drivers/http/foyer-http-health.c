/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a service does: counts since the start, percentiles of the last answers. Calls without an
 * answer have no duration: what they took says how long we waited. */

#define G_LOG_DOMAIN "foyer-http"

#include "foyer-http-health.h"

#include <stdlib.h>
#include <string.h>

void
foyer_http_health_init (FoyerHttpHealth *self)
{
  *self = (FoyerHttpHealth){ .last_answer = FOYER_TIME_NONE };
}

void
foyer_http_health_add (FoyerHttpHealth *self, gint64 duration, gboolean answered, gboolean failed)
{
  self->calls++;
  if (failed)
    self->failures++;
  if (!answered)
    return;

  self->durations[self->answers % FOYER_HTTP_HEALTH_WINDOW] = duration;
  self->answers++;
  self->last_answer = g_get_real_time ();
}

static int
compare_durations (const void *a, const void *b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return x < y ? -1 : x > y;
}

/* Nearest rank: the smallest one that is not below @percent of all. */
static gint64
percentile (const gint64 *sorted, guint n, guint percent)
{
  return sorted[(n * percent + 99) / 100 - 1];
}

void
foyer_http_health_fill (const FoyerHttpHealth *self, FoyerHealth *health)
{
  gint64 sorted[FOYER_HTTP_HEALTH_WINDOW];
  guint n = (guint)MIN (self->answers, FOYER_HTTP_HEALTH_WINDOW);

  health->calls = self->calls;
  health->failures = self->failures;
  health->last_answer = self->last_answer;
  health->p50 = 0;
  health->p95 = 0;
  if (n == 0)
    return;

  memcpy (sorted, self->durations, n * sizeof *sorted);
  qsort (sorted, n, sizeof *sorted, compare_durations);
  health->p50 = percentile (sorted, n, 50);
  health->p95 = percentile (sorted, n, 95);
}
