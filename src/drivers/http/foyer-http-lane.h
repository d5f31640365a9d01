/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FoyerHttpLane:
 *
 * How many requests of a connection may go out, and when, as a value: times are given.
 */
typedef struct
{
  guint max_in_flight;
  guint reserved; /* places that only urgent requests may take */
  guint in_flight;

  guint per_minute; /* 0 = no limit */
  guint burst;
  double tokens;
  gint64 filled_at;

  gint64 paused_until; /* the service said Retry-After */
} FoyerHttpLane;

void foyer_http_lane_init (FoyerHttpLane *self);
void foyer_http_lane_set_rate (FoyerHttpLane *self, gint64 now, guint per_minute, guint burst);
gint64 foyer_http_lane_try (FoyerHttpLane *self, gint64 now, gboolean urgent);
void foyer_http_lane_leave (FoyerHttpLane *self);
void foyer_http_lane_pause (FoyerHttpLane *self, gint64 until);

G_END_DECLS
