/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-call.h"

G_BEGIN_DECLS

#define FOYER_HTTP_HEALTH_WINDOW 64

/**
 * FoyerHttpHealth:
 *
 * Counts and recent durations of a connection's calls, as a value.
 */
typedef struct
{
  gint64 durations[FOYER_HTTP_HEALTH_WINDOW]; /* a ring */
  guint64 answers;
  guint64 calls;
  guint64 failures;
  FoyerTime last_answer;
} FoyerHttpHealth;

void foyer_http_health_init (FoyerHttpHealth *self);
void
foyer_http_health_add (FoyerHttpHealth *self, gint64 duration, gboolean answered, gboolean failed);
void foyer_http_health_fill (const FoyerHttpHealth *self, FoyerHealth *health);

G_END_DECLS
