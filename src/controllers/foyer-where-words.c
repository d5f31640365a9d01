/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a refused ticket is valid, so that the guest can be sent there. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-where-words.h"

#include <glib/gi18n.h>

#include "foyer-rule-words.h"
#include "foyer-text.h"
#include "foyer-time-words.h"

#define NAME_MAX_CHARS 60

static char *
safe_name (const char *text)
{
  g_autofree char *clean = text != NULL ? foyer_text_clean_line (text, NAME_MAX_CHARS) : NULL;

  return clean != NULL && *clean != '\0' ? foyer_text_isolate (clean) : NULL;
}

static char *
name_date (const FoyerValidPlace *place, FoyerTime now, GTimeZone *zone)
{
  g_autofree char *name = safe_name (place->subevent_name);
  g_autofree char *from = place->from != FOYER_TIME_NONE
                              ? foyer_words_for_time (place->from, now, zone)
                              : NULL;

  if (name != NULL && from != NULL)
    /* Translators: a date of a series and when it begins: "Saturday (16 May, 10:00)" */
    return g_strdup_printf (_ ("%s (%s)"), name, from);
  return name != NULL ? g_steal_pointer (&name) : g_steal_pointer (&from);
}

/**
 * foyer_where_words_for_place:
 * @place: a place
 * @now: the time of the scan
 * @zone: (nullable): the event's zone
 *
 * Returns: (transfer full): "Hall B", "Saturday (16 May, 10:00), Hall B", "Hall B from 14:00"
 */
char *
foyer_where_words_for_place (const FoyerValidPlace *place, FoyerTime now, GTimeZone *zone)
{
  g_autofree char *date = name_date (place, now, zone);
  g_autofree char *list = safe_name (place->name);
  g_autofree char *times = foyer_rule_words_for_times (place->rule_hint, now, zone);
  g_autofree char *where = NULL;

  if (date != NULL && list != NULL)
    /* Translators: a date of a series, and an entrance */
    where = g_strdup_printf (_ ("%s, %s"), date, list);
  else
    where = g_strdup (date != NULL ? date : list != NULL ? list : "");
  /* Translators: an entrance, and when: "Hall B from 14:00" */
  return times != NULL ? g_strdup_printf (_ ("%s %s"), where, times) : g_steal_pointer (&where);
}

/**
 * foyer_where_words_for_places:
 * @places: (nullable) (element-type FoyerValidPlace): where the ticket is valid
 * @now: the time of the scan
 * @zone: (nullable): the event's zone
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL if there is no such place
 */
char *
foyer_where_words_for_places (GPtrArray *places, FoyerTime now, GTimeZone *zone)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      g_autofree char *where = foyer_where_words_for_place (g_ptr_array_index (places, i), now,
                                                            zone);

      if (*where != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", where);
    }
  if (text->len == 0)
    return NULL;
  return g_strdup_printf (_ ("It is valid at: %s."), text->str);
}
