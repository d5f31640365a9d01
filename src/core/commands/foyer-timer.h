/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"

G_BEGIN_DECLS

void
foyer_timer_set (GSource **timer, FoyerClock *clock, gint64 delay, GSourceFunc func, gpointer data);
void foyer_timer_clear (GSource **timer);

G_END_DECLS
