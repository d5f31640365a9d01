/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-lists.h"

G_BEGIN_DECLS

/* Of the picture of arrivals. */
#define FOYER_PULSE_MINUTES 60

#define FOYER_TYPE_PULSE (foyer_pulse_get_type ())

/**
 * FoyerPulse:
 *
 * What is going on at the list that is worked for: what the service knows and what waits here, so it moves with the scan.
 *
 * Properties, notified: `inside`, `admitted` (gchararray): numbers for people; `arrivals-sentence` (gchararray): the
 * picture in words; `fraction` (gdouble, 0 to 1): of those expected; `arrivals` (GArray of guint, nullable):
 * entries in each of the last %FOYER_PULSE_MINUTES minutes, oldest first; `products` (GListModel of FoyerFact).
 */
G_DECLARE_FINAL_TYPE (FoyerPulse, foyer_pulse, FOYER, PULSE, GObject)

FoyerPulse *foyer_pulse_new (FoyerWorkspace *workspace, FoyerLists *lists);
GListModel *foyer_pulse_get_products (FoyerPulse *self);
GArray *foyer_pulse_get_arrivals (FoyerPulse *self);

G_END_DECLS
