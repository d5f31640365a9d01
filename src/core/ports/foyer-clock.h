/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CLOCK (foyer_clock_get_type ())
G_DECLARE_INTERFACE (FoyerClock, foyer_clock, FOYER, CLOCK, GObject)

/**
 * FoyerClockInterface:
 * @now: the laptop's wall clock, which may be wrong and may jump
 * @elapsed: microseconds on a clock that never jumps and counts while the laptop sleeps
 *   (CLOCK_BOOTTIME)
 * @create_timer: a source, not yet attached, that is ready once after so many microseconds
 *
 * The machine's clocks. Tests have their own.
 */
struct _FoyerClockInterface
{
  GTypeInterface parent;

  FoyerTime (*now) (FoyerClock *self);
  gint64 (*elapsed) (FoyerClock *self);
  GSource *(*create_timer) (FoyerClock *self, gint64 delay);
};

FoyerTime foyer_clock_now (FoyerClock *self);
gint64 foyer_clock_elapsed (FoyerClock *self);
GSource *foyer_clock_create_timer (FoyerClock *self, gint64 delay);

G_END_DECLS
