/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-time.h"

G_BEGIN_DECLS

/**
 * FoyerRuleWall:
 * @day: days since 1970-01-01 on the zone's calendar
 * @time: microseconds since the day's 00:00 by the clock on the wall
 * @second_pass: the clock shows this time for the second time, having been set back
 *
 * An instant as the clock on the wall shows it.
 */
typedef struct
{
  gint64 day;
  gint64 time;
  gboolean second_pass;
} FoyerRuleWall;

/**
 * FoyerRuleClock:
 *
 * The clocks of a zone. It remembers where it has looked, so it belongs to one evaluation.
 */
typedef struct
{
  GTimeZone *zone;
  int interval;
  gint64 first;
  gint64 last;
  gint64 offset;
} FoyerRuleClock;

gboolean foyer_rule_clock_init (FoyerRuleClock *self, const char *zone, FoyerTime around);
void foyer_rule_clock_clear (FoyerRuleClock *self);
FoyerRuleWall foyer_rule_clock_to_wall (FoyerRuleClock *self, FoyerTime time);
FoyerTime foyer_rule_clock_from_wall (FoyerRuleClock *self, const FoyerRuleWall *wall);
gint64 foyer_rule_clock_get_day (FoyerRuleClock *self, FoyerTime time);
int foyer_rule_clock_get_weekday (gint64 day);
gboolean foyer_rule_clock_parse_time_of_day (const char *text, gint64 *time);

G_END_DECLS
