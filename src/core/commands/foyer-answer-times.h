/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FOYER_ANSWER_TIMES 50

/**
 * FoyerAnswerTimes:
 * @samples: the last ones, microseconds
 * @n: how many there ever were
 *
 * How long a service took to answer lately. Zero-filled: nothing is known yet.
 */
typedef struct
{
  gint64 samples[FOYER_ANSWER_TIMES];
  guint n;
} FoyerAnswerTimes;

void foyer_answer_times_add (FoyerAnswerTimes *self, gint64 duration);
gint64 foyer_answer_times_get_deadline (const FoyerAnswerTimes *self);

G_END_DECLS
