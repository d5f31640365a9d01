/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SYSTEM_CLOCK (foyer_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (FoyerSystemClock, foyer_system_clock, FOYER, SYSTEM_CLOCK, GObject)

FoyerClock *foyer_system_clock_new (void);

G_END_DECLS
