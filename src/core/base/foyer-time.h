/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FoyerTime:
 *
 * An instant: microseconds since 1970-01-01T00:00:00Z. %FOYER_TIME_NONE means "no time given".
 */
typedef gint64 FoyerTime;

#define FOYER_TIME_NONE G_MININT64
#define FOYER_SECOND G_GINT64_CONSTANT (1000000)
#define FOYER_MINUTE (60 * FOYER_SECOND)
#define FOYER_HOUR (60 * FOYER_MINUTE)

gboolean foyer_time_parse (const char *text, GTimeZone *zone_if_absent, FoyerTime *time);
char *foyer_time_format (FoyerTime time, GTimeZone *zone);
char *foyer_time_format_utc (FoyerTime time);
GDateTime *foyer_time_to_date_time (FoyerTime time, GTimeZone *zone);
FoyerTime foyer_time_from_date_time (GDateTime *date_time);
GTimeZone *foyer_time_zone_new (const char *identifier);
gboolean foyer_time_parse_http_date (const char *text, FoyerTime *time);

G_END_DECLS
