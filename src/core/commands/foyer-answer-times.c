/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a service took to answer lately: for the deadline of a verdict. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-answer-times.h"

#include "foyer-time.h"

#include <string.h>

#define FEWEST_SAMPLES 5
#define LONGEST_DEADLINE (400 * FOYER_SECOND / 1000)
#define SHORTEST_DEADLINE (50 * FOYER_SECOND / 1000)

/**
 * foyer_answer_times_add:
 * @self: the times
 * @duration: of an answer, microseconds
 */
void
foyer_answer_times_add (FoyerAnswerTimes *self, gint64 duration)
{
  self->samples[self->n++ % FOYER_ANSWER_TIMES] = duration;
}

static int
compare_samples (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *)a;
  gint64 other = *(const gint64 *)b;

  return one < other ? -1 : one > other;
}

/**
 * foyer_answer_times_get_deadline:
 * @self: the times
 *
 * Twice the 95th percentile of the recent answers, at most 400 ms and at least 50 (below that a person
 * sees no difference, and the service would hardly ever be heard in time).
 *
 * Returns: how long a verdict waits for the service, microseconds
 */
gint64
foyer_answer_times_get_deadline (const FoyerAnswerTimes *self)
{
  gint64 sorted[FOYER_ANSWER_TIMES];
  guint n = MIN (self->n, FOYER_ANSWER_TIMES);

  if (n < FEWEST_SAMPLES)
    return LONGEST_DEADLINE;

  memcpy (sorted, self->samples, n * sizeof *sorted);
  qsort (sorted, n, sizeof *sorted, compare_samples);
  return CLAMP (2 * sorted[(n * 95 + 99) / 100 - 1], SHORTEST_DEADLINE, LONGEST_DEADLINE);
}
