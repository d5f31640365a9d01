/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"

G_BEGIN_DECLS

#define FOYER_TYPE_DOOR_CLOCK (foyer_door_clock_get_type ())

/**
 * FoyerDoorClock:
 *
 * Door time: the service's clock as last heard plus the time gone since on a clock that never jumps. The
 * laptop's clock only before first contact, and then the time is *unsure*.
 */
G_DECLARE_FINAL_TYPE (FoyerDoorClock, foyer_door_clock, FOYER, DOOR_CLOCK, GObject)

FoyerDoorClock *foyer_door_clock_new (FoyerClock *clock);
void foyer_door_clock_hear (FoyerDoorClock *self, gint64 skew);
FoyerTime foyer_door_clock_now (FoyerDoorClock *self, gboolean *unsure);
gboolean foyer_door_clock_get_service_time (FoyerDoorClock *self, FoyerTime *time);
gboolean foyer_door_clock_get_skew (FoyerDoorClock *self, gint64 *skew);
void foyer_door_clock_pin (FoyerDoorClock *self, FoyerTime time);

G_END_DECLS
