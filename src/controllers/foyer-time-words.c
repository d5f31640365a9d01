/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times as people say them. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-time-words.h"

#include <glib/gi18n.h>

/**
 * foyer_words_for_age:
 * @microseconds: how long ago; negative counts as now
 *
 * Returns: (transfer full): "just now", "12 seconds ago", "9 minutes ago", "3 hours ago", "2 days ago"
 */
char *
foyer_words_for_age (gint64 microseconds)
{
  gint64 seconds = MAX (microseconds, 0) / FOYER_SECOND;

  if (seconds < 5)
    return g_strdup (_ ("just now"));
  if (seconds < 60)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d second ago", "%d seconds ago", (gulong)seconds),
        (int)seconds);
  if (seconds < 3600)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d minute ago", "%d minutes ago", (gulong)(seconds / 60)),
        (int)(seconds / 60));
  if (seconds < 86400)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d hour ago", "%d hours ago", (gulong)(seconds / 3600)),
        (int)(seconds / 3600));

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d day ago", "%d days ago", (gulong)(seconds / 86400)),
      (int)MIN (seconds / 86400, G_MAXINT));
}

/**
 * foyer_words_for_time:
 * @time: an instant
 * @now: the present
 * @zone: (nullable): the event's zone; %NULL is the laptop's
 *
 * Returns: (transfer full): "10:42" on the day of @now, "16 May, 10:42" on another; empty for
 *   %FOYER_TIME_NONE
 */
char *
foyer_words_for_time (FoyerTime time, FoyerTime now, GTimeZone *zone)
{
  g_autoptr (GTimeZone) local = NULL;
  g_autoptr (GDateTime) when = NULL;
  g_autoptr (GDateTime) today = NULL;

  if (time == FOYER_TIME_NONE)
    return g_strdup ("");

  if (zone == NULL)
    zone = local = g_time_zone_new_local ();
  when = foyer_time_to_date_time (time, zone);
  today = foyer_time_to_date_time (now, zone);
  if (when == NULL)
    return g_strdup ("");

  if (today != NULL && g_date_time_get_year (when) == g_date_time_get_year (today)
      && g_date_time_get_day_of_year (when) == g_date_time_get_day_of_year (today))
    return g_date_time_format (when, "%H:%M");

  /* Translators: a date without its year, and a time, such as "16 May, 10:42" */
  return g_date_time_format (when, _ ("%-d %B, %H:%M"));
}
