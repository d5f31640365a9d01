/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-time.h"

G_BEGIN_DECLS

/**
 * FoyerHttpClock:
 *
 * What is known of a service's clock: bounds of (service's time - our steady time).
 */
typedef struct
{
  gboolean known;
  gint64 low;
  gint64 high;
  gint64 at; /* our steady time of the last sample */
} FoyerHttpClock;

gint64 foyer_http_clock_get_steady_time (void);
void foyer_http_clock_sample (FoyerHttpClock *self, FoyerTime date, gint64 sent, gint64 received);
FoyerTime
foyer_http_clock_get_time (const FoyerHttpClock *self, gint64 steady_now, gint64 *uncertainty);

G_END_DECLS
