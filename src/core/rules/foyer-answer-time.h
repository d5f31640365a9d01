/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-time.h"

G_BEGIN_DECLS

char *foyer_answer_date_to_canonical (const char *text);
char *foyer_answer_clock_to_canonical (const char *text);
char *foyer_answer_datetime_to_canonical (const char *text, GTimeZone *zone, FoyerTime *time);

G_END_DECLS
