/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"

G_BEGIN_DECLS

#define FOYER_TYPE_FAKE_CLOCK (foyer_fake_clock_get_type ())

/**
 * FoyerFakeClock:
 *
 * Clocks that stand still until a test turns them. Timers are due when they are turned past.
 */
G_DECLARE_FINAL_TYPE (FoyerFakeClock, foyer_fake_clock, FOYER, FAKE_CLOCK, GObject)

FoyerFakeClock *foyer_fake_clock_new (FoyerTime now);
void foyer_fake_clock_turn (FoyerFakeClock *self, gint64 microseconds);
void foyer_fake_clock_set_wall (FoyerFakeClock *self, FoyerTime now);
gboolean foyer_fake_clock_turn_to_next (FoyerFakeClock *self, gint64 most);

G_END_DECLS
