/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates and times as answers. The service guesses at any spelling; here the canonical ones are read and
 * those that people type where they are sure to mean what the service takes them for. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-answer-time.h"

#include "foyer-rule-clock.h"

#include <string.h>

static gboolean
read_number (const char **cursor, int min_digits, int max_digits, int *number)
{
  int digits = 0;

  for (*number = 0; digits < max_digits && g_ascii_isdigit (**cursor); (*cursor)++, digits++)
    *number = *number * 10 + (**cursor - '0');
  return digits >= min_digits;
}

/* 31.01.2030 or 31/1/2030. The service takes the first number for the month if it can be one, as an
 * American does, and the second only else. */
static gboolean
read_spoken_date (const char *text, int *year, int *month, int *day)
{
  const char *cursor = text;
  char separator;
  int first;
  int second;

  if (!read_number (&cursor, 1, 2, &first))
    return FALSE;
  separator = *cursor++;
  if (strchr ("./-", separator) == NULL || !read_number (&cursor, 1, 2, &second)
      || *cursor++ != separator || !read_number (&cursor, 4, 4, year) || *cursor != '\0')
    return FALSE;

  *month = first <= 12 ? first : second;
  *day = first <= 12 ? second : first;
  return TRUE;
}

/**
 * foyer_answer_date_to_canonical:
 * @text: `2030-01-31`, a time of that day, or `31.01.2030`
 *
 * Returns: (transfer full) (nullable): `2030-01-31`; %NULL if @text is no date
 */
char *
foyer_answer_date_to_canonical (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  int year;
  int month;
  int day;

  /* The day is the one that is written, whatever the offset. */
  if (foyer_time_parse (text, utc, NULL))
    return g_strndup (text, strlen ("2030-01-31"));

  if (!read_spoken_date (text, &year, &month, &day) || month < 1 || day < 1
      || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/**
 * foyer_answer_clock_to_canonical:
 * @text: `09:30`, `09:30:15` or `9:30 PM`
 *
 * Returns: (transfer full) (nullable): `09:30:00`; %NULL if @text is no time of day
 */
char *
foyer_answer_clock_to_canonical (const char *text)
{
  g_autofree char *clock = g_strdup (text);
  gsize length = strlen (clock);
  gboolean halves = FALSE;
  gboolean afternoon = FALSE;
  gint64 time;
  int hour;

  if (length > 2
      && (g_ascii_strcasecmp (clock + length - 2, "am") == 0
          || g_ascii_strcasecmp (clock + length - 2, "pm") == 0))
    {
      halves = TRUE;
      afternoon = g_ascii_tolower (clock[length - 2]) == 'p';
      clock[length - 2] = '\0';
      g_strchomp (clock);
    }

  if (!foyer_rule_clock_parse_time_of_day (clock, &time))
    return NULL;

  hour = (int)(time / FOYER_HOUR);
  if (halves)
    {
      if (hour < 1 || hour > 12)
        return NULL;
      hour = hour % 12 + (afternoon ? 12 : 0);
    }

  if (time % FOYER_SECOND != 0)
    return g_strdup_printf ("%02d:%02d:%02d.%06d", hour, (int)(time / FOYER_MINUTE % 60),
                            (int)(time / FOYER_SECOND % 60), (int)(time % FOYER_SECOND));
  return g_strdup_printf ("%02d:%02d:%02d", hour, (int)(time / FOYER_MINUTE % 60),
                          (int)(time / FOYER_SECOND % 60));
}

/* The offset as it was written; NULL if there is none. */
static GTimeZone *
written_zone (const char *text)
{
  const char *clock = strpbrk (text, "Tt ");
  const char *offset;

  if (clock == NULL)
    return NULL;
  offset = strpbrk (clock, "Zz+-");
  if (offset == NULL)
    return NULL;
  if (*offset == 'Z' || *offset == 'z')
    return g_time_zone_new_utc ();
  return g_time_zone_new_identifier (offset);
}

/**
 * foyer_answer_datetime_to_canonical:
 * @text: `2030-01-31T09:30:00+02:00`, with a blank for the T, without seconds, without an offset
 * @zone: the event's zone, for a time without an offset
 * @time: (out): the instant
 *
 * Returns: (transfer full) (nullable): `2030-01-31 09:30:00+02:00`, in the offset it was given in; %NULL if
 *   @text is no date and time
 */
char *
foyer_answer_datetime_to_canonical (const char *text, GTimeZone *zone, FoyerTime *time)
{
  g_autoptr (GTimeZone) written = NULL;
  char *canonical;

  if (!foyer_time_parse (text, zone, time))
    return NULL;

  written = written_zone (text);
  canonical = foyer_time_format (*time, written != NULL ? written : zone);
  if (canonical != NULL)
    canonical[strlen ("2030-01-31")] = ' ';
  return canonical;
}
