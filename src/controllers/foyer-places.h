/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-workspace.h"

G_BEGIN_DECLS

#define FOYER_TYPE_PLACES (foyer_places_get_type ())

/**
 * FoyerPlaces:
 *
 * What the copy calls things: names of check-in lists, the events' time zones. Commands hold numbers
 * only, and people read names.
 *
 * Signal `changed` (): a name or a zone may be another one now.
 */
G_DECLARE_FINAL_TYPE (FoyerPlaces, foyer_places, FOYER, PLACES, GObject)

FoyerPlaces *foyer_places_new (FoyerWorkspace *workspace);
const char *foyer_places_get_list_name (FoyerPlaces *self, const char *connection, gint64 list);
GTimeZone *foyer_places_get_zone (FoyerPlaces *self, const char *connection);
FoyerEvent *foyer_places_get_event (FoyerPlaces *self, const char *connection);
FoyerTime foyer_places_get_now (FoyerPlaces *self, const char *connection);
gint64 foyer_places_get_device (FoyerPlaces *self, const char *connection);

G_END_DECLS
