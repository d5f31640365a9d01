/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-time.h"

G_BEGIN_DECLS

char *foyer_words_for_time (FoyerTime time, FoyerTime now, GTimeZone *zone);
char *foyer_words_for_age (gint64 microseconds);

G_END_DECLS
