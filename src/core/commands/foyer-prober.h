/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define FOYER_TYPE_PROBER (foyer_prober_get_type ())

/**
 * FoyerProber:
 *
 * When to look, while a service is out of reach, if it is back: a pause that grows with every question
 * that stays without an answer. Knows neither the service nor the question.
 *
 * Signal `ask` (GCancellable *): the owner asks now, and says foyer_prober_answered() when it has heard,
 * or that it has not.
 */
G_DECLARE_FINAL_TYPE (FoyerProber, foyer_prober, FOYER, PROBER, GObject)

FoyerProber *foyer_prober_new (FoyerClock *clock);
void foyer_prober_set_wanted (FoyerProber *self, gboolean wanted);
void foyer_prober_answered (FoyerProber *self, gboolean heard);
void foyer_prober_forget (FoyerProber *self);
void foyer_prober_wake (FoyerProber *self);

G_END_DECLS
