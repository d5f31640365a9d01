/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Instants: read from what services write, written as they read it.
 *
 * The parser is our own because g_date_time_new_from_iso8601() goes through a double: the last
 * digit of a microsecond is then not the one the service wrote, and a watermark made from it
 * would skip or repeat a record. */

#define G_LOG_DOMAIN "foyer-base"

#include "foyer-time.h"
#include "foyer-zone-names.h"

#include <string.h>

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z: what GDateTime, Python and ISO 8601 agree on. */
#define FIRST_SECOND G_GINT64_CONSTANT (-62135596800)
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)

static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
/* From Thursday: 1970-01-01 was one. */
static const char *const day_names[] = { "Thursday", "Friday",  "Saturday", "Sunday",
                                         "Monday",   "Tuesday", "Wednesday" };

typedef struct
{
  int year;
  int month;
  int day;
  int hour;
  int minute;
  int second; /* 60 in a leap second */
  int microsecond;
} Wall;

static gboolean
read_digits (const char **cursor, int count, int *value)
{
  const char *p = *cursor;
  int read = 0;

  for (int i = 0; i < count; i++, p++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
      read = read * 10 + (*p - '0');
    }

  *cursor = p;
  *value = read;
  return TRUE;
}

static gboolean
read_char (const char **cursor, char expected)
{
  if (**cursor != expected)
    return FALSE;

  (*cursor)++;
  return TRUE;
}

static gboolean
read_word (const char **cursor, const char *expected, gsize length)
{
  if (strncmp (*cursor, expected, length) != 0)
    return FALSE;

  *cursor += length;
  return TRUE;
}

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static gboolean
wall_is_valid (const Wall *wall)
{
  return wall->year >= 1 && wall->year <= 9999 && wall->month >= 1 && wall->month <= 12
         && wall->day >= 1 && wall->day <= days_in_month (wall->year, wall->month)
         && wall->hour >= 0 && wall->hour <= 23 && wall->minute >= 0 && wall->minute <= 59
         && wall->second >= 0 && wall->second <= 60;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar; the year is counted from March, so
 * that the leap day is its last. */
static gint64
days_from_date (int year, int month, int day)
{
  int shifted = month <= 2 ? year - 1 : year; /* >= 0, since year >= 1 */
  int era = shifted / 400;
  int year_of_era = shifted % 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return (gint64)era * 146097 + day_of_era - 719468;
}

/* As if the wall clock stood in UTC. A leap second is the first second of the next minute, as
 * every POSIX clock has it. */
static gint64
wall_to_seconds (const Wall *wall)
{
  return days_from_date (wall->year, wall->month, wall->day) * SECONDS_PER_DAY + wall->hour * 3600
         + wall->minute * 60 + wall->second;
}

static gint64
zone_offset_at (GTimeZone *zone, gint64 unix_seconds)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, unix_seconds);

  return g_time_zone_get_offset (zone, interval);
}

static gint64
local_to_utc (gint64 local, GTimeZone *zone)
{
  gint64 before = zone_offset_at (zone, local - SECONDS_PER_DAY);
  gint64 after = zone_offset_at (zone, local + SECONDS_PER_DAY);

  if (before == after || zone_offset_at (zone, local - before) == before)
    return local - before;
  if (zone_offset_at (zone, local - after) == after)
    return local - after;

  return local - before;
}

static gboolean
finish (gint64 unix_seconds, int microsecond, FoyerTime *time)
{
  if (unix_seconds < FIRST_SECOND || unix_seconds > LAST_SECOND)
    return FALSE;

  if (time != NULL)
    *time = unix_seconds * FOYER_SECOND + microsecond;
  return TRUE;
}

/* hh:mm[:ss[.fraction]]; digits beyond the sixth are dropped, never rounded up: a time must not
 * move into the next second, or day. */
static gboolean
read_clock (const char **cursor, Wall *wall)
{
  int scale = 100000;

  if (!read_digits (cursor, 2, &wall->hour) || !read_char (cursor, ':')
      || !read_digits (cursor, 2, &wall->minute))
    return FALSE;

  if (!read_char (cursor, ':'))
    return TRUE;
  if (!read_digits (cursor, 2, &wall->second))
    return FALSE;

  if (!read_char (cursor, '.') && !read_char (cursor, ','))
    return TRUE;
  if (!g_ascii_isdigit (**cursor))
    return FALSE;
  for (; g_ascii_isdigit (**cursor); (*cursor)++, scale /= 10)
    wall->microsecond += (**cursor - '0') * scale;

  return TRUE;
}

/* Z, +hh, +hhmm, +hh:mm, and +hh:mm:ss as Python writes it for times before the railways. */
static gboolean
read_offset (const char **cursor, gint64 *offset)
{
  int sign;
  int hours;
  int minutes = 0;
  int seconds = 0;

  *offset = 0;
  if (read_char (cursor, 'Z') || read_char (cursor, 'z'))
    return TRUE;

  if (read_char (cursor, '+'))
    sign = 1;
  else if (read_char (cursor, '-'))
    sign = -1;
  else
    return FALSE;

  if (!read_digits (cursor, 2, &hours))
    return FALSE;
  if (read_char (cursor, ':'))
    {
      if (!read_digits (cursor, 2, &minutes))
        return FALSE;
      if (read_char (cursor, ':') && !read_digits (cursor, 2, &seconds))
        return FALSE;
    }
  else if (g_ascii_isdigit (**cursor) && !read_digits (cursor, 2, &minutes))
    return FALSE;

  if (hours > 23 || minutes > 59 || seconds > 59)
    return FALSE;

  *offset = sign * (gint64)(hours * 3600 + minutes * 60 + seconds);
  return TRUE;
}

/**
 * foyer_time_parse:
 * @text: (nullable): an ISO 8601 time
 * @zone_if_absent: (nullable): where a time without an offset was written
 * @time: (out) (optional): the instant; left as it was on failure
 *
 * Reads a time as services write it (pretix: `2026-05-01T10:00:00.123456+02:00`):
 *
 * - a date `YYYY-MM-DD`, years 0001 to 9999;
 * - then `T`, `t` or one blank, and `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f...` with any number of
 *   digits (a comma will do); what is below a microsecond is cut off, not rounded;
 * - then `Z`, `+hh`, `+hhmm`, `+hh:mm` or `+hh:mm:ss`, either sign.
 *
 * Without an offset the time is one on the wall in @zone_if_absent; a date alone is its midnight
 * there. Where the clocks are turned, the rule is that of RFC 5545, 3.3.5: a wall time that comes
 * twice is the first of the two, and one that is skipped is reckoned with the offset before the
 * jump (02:30 in a night that goes from 2 to 3 is 03:30).
 *
 * Nothing else is accepted: no blank around it, no `24:00`, no week dates, no short forms. A leap
 * second (`:60`) is the next second.
 *
 * Returns: %TRUE if @text is a time; %FALSE if it is %NULL, is anything else, has no offset while
 *   @zone_if_absent is %NULL, or lies outside of the years 1 to 9999 in UTC
 */
gboolean
foyer_time_parse (const char *text, GTimeZone *zone_if_absent, FoyerTime *time)
{
  const char *cursor = text;
  Wall wall = { 0 };
  gint64 local;
  gint64 offset;

  if (text == NULL)
    return FALSE;

  if (!read_digits (&cursor, 4, &wall.year) || !read_char (&cursor, '-')
      || !read_digits (&cursor, 2, &wall.month) || !read_char (&cursor, '-')
      || !read_digits (&cursor, 2, &wall.day))
    return FALSE;

  if (*cursor != '\0')
    {
      if (!read_char (&cursor, 'T') && !read_char (&cursor, 't') && !read_char (&cursor, ' '))
        return FALSE;
      if (!read_clock (&cursor, &wall))
        return FALSE;
    }

  if (!wall_is_valid (&wall))
    return FALSE;
  local = wall_to_seconds (&wall);

  if (*cursor == '\0')
    return zone_if_absent != NULL
           && finish (local_to_utc (local, zone_if_absent), wall.microsecond, time);

  if (!read_offset (&cursor, &offset) || *cursor != '\0')
    return FALSE;

  return finish (local - offset, wall.microsecond, time);
}

/* The names are told apart by their first three letters; RFC 850 alone writes them out. */
static int
read_day_name (const char **cursor, gboolean *in_full)
{
  for (gsize i = 0; i < G_N_ELEMENTS (day_names); i++)
    {
      gsize length = strlen (day_names[i]);

      *in_full = read_word (cursor, day_names[i], length);
      if (*in_full || read_word (cursor, day_names[i], 3))
        return (int)i;
    }
  return -1;
}

static gboolean
read_month_name (const char **cursor, int *month)
{
  for (gsize i = 0; i < G_N_ELEMENTS (month_names); i++)
    if (read_word (cursor, month_names[i], 3))
      {
        *month = (int)i + 1;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_http_clock (const char **cursor, Wall *wall)
{
  return read_digits (cursor, 2, &wall->hour) && read_char (cursor, ':')
         && read_digits (cursor, 2, &wall->minute) && read_char (cursor, ':')
         && read_digits (cursor, 2, &wall->second);
}

static gboolean
falls_on (const Wall *wall, int day_name)
{
  gint64 days;

  if (!wall_is_valid (wall))
    return FALSE;

  days = days_from_date (wall->year, wall->month, wall->day);
  return (days % 7 + 7) % 7 == day_name;
}

/**
 * foyer_time_parse_http_date:
 * @text: (nullable): the value of a `Date`, `Expires` or `Retry-After` header
 * @time: (out) (optional): the instant; left as it was on failure
 *
 * Reads an HTTP-date (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, and the two old forms
 * `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`. The day of the week has to be
 * the right one. The year of two digits is taken from the century (1900 to 2199) in which it is:
 * so no clock is asked, and of three centuries at most one fits.
 *
 * Returns: %TRUE if @text is an HTTP-date
 */
gboolean
foyer_time_parse_http_date (const char *text, FoyerTime *time)
{
  const char *cursor = text;
  Wall wall = { 0 };
  gboolean in_full;
  int day_name;

  if (text == NULL)
    return FALSE;

  day_name = read_day_name (&cursor, &in_full);
  if (day_name < 0)
    return FALSE;

  if (in_full)
    {
      if (!read_word (&cursor, ", ", 2) || !read_digits (&cursor, 2, &wall.day)
          || !read_char (&cursor, '-') || !read_month_name (&cursor, &wall.month)
          || !read_char (&cursor, '-') || !read_digits (&cursor, 2, &wall.year)
          || !read_char (&cursor, ' ') || !read_http_clock (&cursor, &wall)
          || !read_word (&cursor, " GMT", 4))
        return FALSE;

      for (wall.year += 1900; wall.year < 2200 && !falls_on (&wall, day_name);)
        wall.year += 100;
    }
  else if (read_char (&cursor, ','))
    {
      if (!read_char (&cursor, ' ') || !read_digits (&cursor, 2, &wall.day)
          || !read_char (&cursor, ' ') || !read_month_name (&cursor, &wall.month)
          || !read_char (&cursor, ' ') || !read_digits (&cursor, 4, &wall.year)
          || !read_char (&cursor, ' ') || !read_http_clock (&cursor, &wall)
          || !read_word (&cursor, " GMT", 4))
        return FALSE;
    }
  else
    {
      if (!read_char (&cursor, ' ') || !read_month_name (&cursor, &wall.month)
          || !read_char (&cursor, ' ')
          || !(read_char (&cursor, ' ') ? read_digits (&cursor, 1, &wall.day)
                                        : read_digits (&cursor, 2, &wall.day))
          || !read_char (&cursor, ' ') || !read_http_clock (&cursor, &wall)
          || !read_char (&cursor, ' ') || !read_digits (&cursor, 4, &wall.year))
        return FALSE;
    }

  if (*cursor != '\0' || !falls_on (&wall, day_name))
    return FALSE;

  return finish (wall_to_seconds (&wall), 0, time);
}

/**
 * foyer_time_to_date_time:
 * @time: an instant
 * @zone: (nullable): where to show it; %NULL for UTC
 *
 * Returns: (transfer full) (nullable): @time on the clocks of @zone, to the microsecond; %NULL if
 *   it is %FOYER_TIME_NONE or outside of the years 1 to 9999 there
 */
GDateTime *
foyer_time_to_date_time (FoyerTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) second = NULL;
  g_autoptr (GDateTime) utc = NULL;
  gint64 seconds;
  gint64 microseconds;

  if (time == FOYER_TIME_NONE)
    return NULL;

  seconds = time / FOYER_SECOND;
  microseconds = time % FOYER_SECOND;
  if (microseconds < 0)
    {
      seconds--;
      microseconds += FOYER_SECOND;
    }
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND)
    return NULL;

  second = g_date_time_new_from_unix_utc (seconds);
  utc = g_date_time_add (second, microseconds);
  if (zone == NULL)
    return g_steal_pointer (&utc);

  return g_date_time_to_timezone (utc, zone);
}

/**
 * foyer_time_from_date_time:
 * @date_time: (nullable): a date and time in any zone
 *
 * Returns: the instant, or %FOYER_TIME_NONE for %NULL
 */
FoyerTime
foyer_time_from_date_time (GDateTime *date_time)
{
  if (date_time == NULL)
    return FOYER_TIME_NONE;

  return g_date_time_to_unix (date_time) * FOYER_SECOND + g_date_time_get_microsecond (date_time);
}

static void
append_wall (GString *out, GDateTime *date_time)
{
  int microsecond = g_date_time_get_microsecond (date_time);

  g_string_append_printf (out, "%04d-%02d-%02dT%02d:%02d:%02d", g_date_time_get_year (date_time),
                          g_date_time_get_month (date_time),
                          g_date_time_get_day_of_month (date_time),
                          g_date_time_get_hour (date_time), g_date_time_get_minute (date_time),
                          g_date_time_get_second (date_time));
  if (microsecond != 0)
    g_string_append_printf (out, ".%06d", microsecond);
}

/**
 * foyer_time_format:
 * @time: an instant
 * @zone: (nullable): in which zone; %NULL for UTC
 *
 * Writes what foyer_time_parse() reads: `2026-05-01T10:00:00+02:00`, with six digits of fraction
 * if there is one. It is for the wire and the files, not for people.
 *
 * Returns: (transfer full) (nullable): the text; %NULL where foyer_time_to_date_time() gives none
 */
char *
foyer_time_format (FoyerTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) date_time = foyer_time_to_date_time (time, zone);
  GString *out;
  int offset;
  int distance;

  if (date_time == NULL)
    return NULL;

  out = g_string_sized_new (40);
  append_wall (out, date_time);
  offset = (int)(g_date_time_get_utc_offset (date_time) / G_TIME_SPAN_SECOND);
  distance = ABS (offset);
  g_string_append_printf (out, "%c%02d:%02d", offset < 0 ? '-' : '+', distance / 3600,
                          distance / 60 % 60);
  if (distance % 60 != 0)
    g_string_append_printf (out, ":%02d", distance % 60);
  return g_string_free (out, FALSE);
}

/**
 * foyer_time_format_utc:
 * @time: an instant
 *
 * The same in UTC, ending in `Z`: the form for the journal and for query strings (a `+` would have
 * to be escaped there).
 *
 * Returns: (transfer full) (nullable): the text, `2026-05-01T08:00:00Z`; %NULL where
 *   foyer_time_to_date_time() gives none
 */
char *
foyer_time_format_utc (FoyerTime time)
{
  g_autoptr (GDateTime) date_time = foyer_time_to_date_time (time, NULL);
  GString *out;

  if (date_time == NULL)
    return NULL;

  out = g_string_sized_new (32);
  append_wall (out, date_time);
  g_string_append_c (out, 'Z');
  return g_string_free (out, FALSE);
}

/* GLib also takes offsets and POSIX rules ("ABC5", "<x>-3") for identifiers, and joins what is
 * left to a path; a service's text is none of these. The few real names with a digit and no slash
 * are listed. */
static gboolean
is_zone_name (const char *text)
{
  static const char *const with_digits[] = { "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT",
                                             "GMT0",    "GMT+0",   "GMT-0",   NULL };
  gboolean has_digit = FALSE;
  gboolean has_slash = FALSE;
  gsize length;

  for (length = 0; text[length] != '\0'; length++)
    {
      char c = text[length];
      gboolean starts_part = length == 0 || text[length - 1] == '/';

      if (starts_part ? !g_ascii_isalpha (c)
                      : !g_ascii_isalnum (c) && c != '/' && c != '_' && c != '-' && c != '+')
        return FALSE;
      has_digit |= g_ascii_isdigit (c);
      has_slash |= c == '/';
    }

  if (length < 2 || length > 64 || text[length - 1] == '/')
    return FALSE;

  return has_slash || !has_digit || g_strv_contains (with_digits, text);
}

/**
 * foyer_time_zone_new:
 * @identifier: (nullable): an IANA name, `Europe/Berlin`
 *
 * A name that this machine no longer knows is looked up by the one that it has today.
 *
 * Returns: (transfer full) (nullable): the zone; %NULL if this machine does not know it, or if
 *   @identifier is %NULL or anything but a name
 */
GTimeZone *
foyer_time_zone_new (const char *identifier)
{
  GTimeZone *zone;
  const char *today;

  if (identifier == NULL || !is_zone_name (identifier))
    return NULL;

  zone = g_time_zone_new_identifier (identifier);
  if (zone == NULL && (today = foyer_zone_name_today (identifier)) != NULL)
    zone = g_time_zone_new_identifier (today);
  return zone;
}
