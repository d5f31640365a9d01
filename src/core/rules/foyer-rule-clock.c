/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days and times of day in a zone, by arithmetic on the zone's offsets: a rule asks for them too often to
 * make a GDateTime each time, and needs to say which pass of a repeated hour is meant. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-rule-clock.h"

#define DAY (24 * FOYER_HOUR)

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

static int
find_interval (GTimeZone *zone, gint64 utc)
{
  return g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, floor_div (utc, FOYER_SECOND));
}

/* GLib walks through all the changes since the zone was made, each time. Two instants of one interval have
 * no change between them, so what lies between needs no walk. */
static gint64
offset_at (FoyerRuleClock *self, gint64 utc)
{
  int interval;

  if (utc >= self->first && utc <= self->last)
    return self->offset;

  interval = find_interval (self->zone, utc);
  if (interval != self->interval)
    return g_time_zone_get_offset (self->zone, interval) * FOYER_SECOND;

  self->first = MIN (self->first, utc);
  self->last = MAX (self->last, utc);
  return self->offset;
}

/**
 * foyer_rule_clock_init:
 * @self: (out caller-allocates): the clocks
 * @zone: (nullable): an IANA name
 * @around: the instant near which most questions will be
 *
 * Returns: %FALSE if this machine does not know @zone
 */
gboolean
foyer_rule_clock_init (FoyerRuleClock *self, const char *zone, FoyerTime around)
{
  self->zone = foyer_time_zone_new (zone);
  if (self->zone == NULL)
    return FALSE;

  self->interval = find_interval (self->zone, around);
  self->offset = g_time_zone_get_offset (self->zone, self->interval) * FOYER_SECOND;
  self->first = self->last = around;
  offset_at (self, around - 2 * DAY);
  offset_at (self, around + 2 * DAY);
  return TRUE;
}

/**
 * foyer_rule_clock_clear:
 * @self: the clocks
 */
void
foyer_rule_clock_clear (FoyerRuleClock *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

/* The offsets that hold a day before and after a local time; they differ if the clocks are set between. */
static void
offsets_around (FoyerRuleClock *self, gint64 local, gint64 *before, gint64 *after)
{
  *before = offset_at (self, local - DAY);
  *after = offset_at (self, local + DAY);
}

static gboolean
is_twice (FoyerRuleClock *self, gint64 local, gint64 before, gint64 after)
{
  return before != after && offset_at (self, local - before) == before
         && offset_at (self, local - after) == after;
}

/**
 * foyer_rule_clock_to_wall:
 * @self: the clocks
 * @time: an instant
 *
 * Returns: what the clock on the wall shows
 */
FoyerRuleWall
foyer_rule_clock_to_wall (FoyerRuleClock *self, FoyerTime time)
{
  gint64 offset = offset_at (self, time);
  gint64 local = time + offset;
  FoyerRuleWall wall = { .day = floor_div (local, DAY) };
  gint64 before;
  gint64 after;

  wall.time = local - wall.day * DAY;
  offsets_around (self, local, &before, &after);
  wall.second_pass = offset == after && is_twice (self, local, before, after);
  return wall;
}

/**
 * foyer_rule_clock_from_wall:
 * @self: the clocks
 * @wall: what they show
 *
 * Returns: the instant. A time that is skipped is reckoned with the offset before the jump, as
 *   foyer_time_parse() does it; of one that comes twice @wall says which is meant
 */
FoyerTime
foyer_rule_clock_from_wall (FoyerRuleClock *self, const FoyerRuleWall *wall)
{
  gint64 local = wall->day * DAY + wall->time;
  gint64 before;
  gint64 after;

  offsets_around (self, local, &before, &after);
  if (is_twice (self, local, before, after))
    return local - (wall->second_pass ? after : before);
  if (before != after && offset_at (self, local - before) != before
      && offset_at (self, local - after) == after)
    return local - after;

  return local - before;
}

/**
 * foyer_rule_clock_get_day:
 * @self: the clocks
 * @time: an instant
 *
 * Returns: the calendar day there, in days since 1970-01-01
 */
gint64
foyer_rule_clock_get_day (FoyerRuleClock *self, FoyerTime time)
{
  return floor_div (time + offset_at (self, time), DAY);
}

/**
 * foyer_rule_clock_get_weekday:
 * @day: days since 1970-01-01
 *
 * Returns: 1 for Monday to 7 for Sunday
 */
int
foyer_rule_clock_get_weekday (gint64 day)
{
  gint64 from_monday = day + 3; /* 1970-01-01 was a Thursday. */

  return (int)(from_monday - floor_div (from_monday, 7) * 7) + 1;
}

static gboolean
read_number (const char **cursor, int least_digits, int limit, gint64 *number)
{
  int digits = 0;

  for (*number = 0; digits < 2 && g_ascii_isdigit (**cursor); (*cursor)++, digits++)
    *number = *number * 10 + (**cursor - '0');
  return digits >= least_digits && *number < limit;
}

/**
 * foyer_rule_clock_parse_time_of_day:
 * @text: `H:MM`, `HH:MM`, `HH:MM:SS` or `HH:MM:SS.ffffff`
 * @time: (out): microseconds since 00:00
 *
 * Returns: whether @text is one. The service guesses at other spellings; they are left to it
 */
gboolean
foyer_rule_clock_parse_time_of_day (const char *text, gint64 *time)
{
  const char *cursor = text;
  gint64 hours;
  gint64 minutes;
  gint64 seconds = 0;
  gint64 fraction = 0;

  if (!read_number (&cursor, 1, 24, &hours) || *cursor++ != ':'
      || !read_number (&cursor, 2, 60, &minutes))
    return FALSE;

  if (*cursor == ':')
    {
      cursor++;
      if (!read_number (&cursor, 2, 60, &seconds))
        return FALSE;
      if (*cursor == '.')
        {
          gint64 scale = FOYER_SECOND / 10;

          cursor++;
          if (!g_ascii_isdigit (*cursor))
            return FALSE;
          for (; g_ascii_isdigit (*cursor); cursor++, scale /= 10)
            fraction += (*cursor - '0') * scale;
        }
    }

  if (*cursor != '\0')
    return FALSE;
  *time = hours * FOYER_HOUR + minutes * FOYER_MINUTE + seconds * FOYER_SECOND + fraction;
  return TRUE;
}
