/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "foyer-valid-place.h"

G_BEGIN_DECLS

char *foyer_where_words_for_place (const FoyerValidPlace *place, FoyerTime now, GTimeZone *zone);
char *foyer_where_words_for_places (GPtrArray *places, FoyerTime now, GTimeZone *zone);

G_END_DECLS
