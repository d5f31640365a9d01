/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a list's rules keep a ticket out for, in words: of the easiest way in, the comparisons that are false
 * (core/rules makes the hint). What has no words here is left out: better no reason than a wrong one. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-rule-words.h"

#include <glib/gi18n.h>

#include "foyer-json.h"
#include "foyer-time-words.h"

static JsonArray *
get_parts (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
is_word (JsonObject *part, const char *member, const char *word)
{
  return g_strcmp0 (foyer_json_get_string (part, member), word) == 0;
}

/* The most that a comparison lets be: of "< 3" it is 2. */
static gboolean
get_most (JsonObject *part, gint64 *most)
{
  gint64 value = foyer_json_get_int (part, "value", -1);

  if (value < 0)
    return FALSE;
  if (is_word (part, "operator", "<"))
    *most = value - 1;
  else if (is_word (part, "operator", "<=") || is_word (part, "operator", "=="))
    *most = value;
  else
    return FALSE;
  return *most >= 0;
}

static char *
name_weekday (gint64 day)
{
  /* 1 January 2024 was a Monday. */
  g_autoptr (GDateTime) date = g_date_time_new_utc (2024, 1, 1, 12, 0, 0);
  g_autoptr (GDateTime) that = g_date_time_add_days (date, (int)((day + 6) % 7));

  return g_date_time_format (that, "%A");
}

static void
add_weekday (GStrvBuilder *days, gint64 day)
{
  g_autofree char *name = NULL;

  if (day < 1 || day > 7)
    return;
  name = name_weekday (day);
  g_strv_builder_add (days, name);
}

static char *
name_weekdays (JsonObject *part)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) days = NULL;
  JsonArray *list = foyer_json_get_array (part, "value");

  if (!is_word (part, "operator", "==") && !is_word (part, "operator", "inList"))
    return NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (JSON_NODE_HOLDS_VALUE (json_array_get_element (list, i)))
      add_weekday (builder, json_array_get_int_element (list, i));
  if (list == NULL)
    add_weekday (builder, foyer_json_get_int (part, "value", 0));
  days = g_strv_builder_end (builder);
  return *days != NULL ? g_strjoinv (", ", days) : NULL;
}

static char *
name_instant (JsonObject *part, FoyerTime now, GTimeZone *zone, FoyerTime *time)
{
  const char *text = foyer_json_get_string (part, "value");

  if (text == NULL || !foyer_time_parse (text, NULL, time))
    return NULL;
  return foyer_words_for_time (*time, now, zone);
}

static char *
say_time (JsonObject *part, FoyerTime now, GTimeZone *zone)
{
  FoyerTime time;
  g_autofree char *at = name_instant (part, now, zone, &time);

  if (at == NULL)
    return NULL;
  if (is_word (part, "operator", "isAfter"))
    return g_strdup_printf (_ ("Valid here from %s."), at);
  if (is_word (part, "operator", "isBefore"))
    return g_strdup_printf (_ ("Was valid here until %s."), at);
  return NULL;
}

static char *
say_minutes (JsonObject *part, gboolean last)
{
  gint64 minutes = foyer_json_get_int (part, "value", 0);
  gint64 actual = foyer_json_get_int (part, "actual", -1);

  if (minutes <= 0)
    return NULL;
  if (is_word (part, "operator", ">") || is_word (part, "operator", ">="))
    {
      if (actual < 0)
        return NULL;
      return g_strdup_printf (last ? g_dngettext (GETTEXT_PACKAGE,
                                                  "Not before %d minute has passed since the last "
                                                  "entry.",
                                                  "Not before %d minutes have passed since the "
                                                  "last entry.",
                                                  (gulong)minutes)
                                   : g_dngettext (GETTEXT_PACKAGE,
                                                  "Not before %d minute has passed since the "
                                                  "first entry.",
                                                  "Not before %d minutes have passed since the "
                                                  "first entry.",
                                                  (gulong)minutes),
                              (int)MIN (minutes, G_MAXINT));
    }
  if (is_word (part, "operator", "<") || is_word (part, "operator", "<="))
    return g_strdup_printf (
        last ? g_dngettext (GETTEXT_PACKAGE, "Only within %d minute after the last entry.",
                            "Only within %d minutes after the last entry.", (gulong)minutes)
             : g_dngettext (GETTEXT_PACKAGE, "Only within %d minute after the first entry.",
                            "Only within %d minutes after the first entry.", (gulong)minutes),
        (int)MIN (minutes, G_MAXINT));
  return NULL;
}

static char *
say_count (JsonObject *part, const char *variable)
{
  gint64 most;

  if (!get_most (part, &most))
    return NULL;
  if (g_str_equal (variable, "entries_today"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "At most %d entry on one day.",
                                         "At most %d entries on one day.", (gulong)most),
                            (int)MIN (most, G_MAXINT));
  if (g_str_equal (variable, "entries_number"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "At most %d entry in all.",
                                         "At most %d entries in all.", (gulong)most),
                            (int)MIN (most, G_MAXINT));
  if (g_str_equal (variable, "entries_days"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Valid on at most %d day.",
                                         "Valid on at most %d days.", (gulong)most),
                            (int)MIN (most, G_MAXINT));
  return NULL;
}

static char *
say (JsonObject *part, FoyerTime now, GTimeZone *zone)
{
  const char *variable = foyer_json_get_string (part, "variable");
  g_autofree char *days = NULL;

  if (variable == NULL)
    return NULL;
  if (g_str_equal (variable, "now"))
    return say_time (part, now, zone);
  if (g_str_equal (variable, "now_isoweekday"))
    {
      days = name_weekdays (part);
      /* Translators: weekdays, such as "Saturday, Sunday" */
      return days != NULL ? g_strdup_printf (_ ("Valid here on %s."), days) : NULL;
    }
  if (g_str_equal (variable, "minutes_since_last_entry"))
    return say_minutes (part, TRUE);
  if (g_str_equal (variable, "minutes_since_first_entry"))
    return say_minutes (part, FALSE);
  if (g_str_equal (variable, "gate"))
    return g_strdup (_ ("Not at this gate."));
  if (g_str_equal (variable, "product") || g_str_equal (variable, "variation"))
    return g_strdup (_ ("Not for this kind of ticket."));
  if (g_str_equal (variable, "entry_status"))
    return g_strdup (is_word (part, "actual", "present")
                         ? _ ("Somebody is in with this ticket and has not gone out.")
                         : _ ("Nobody is in with this ticket now."));
  return say_count (part, variable);
}

/**
 * foyer_rule_words_for_refusal:
 * @hint: (nullable): what the rules keep the ticket out for, as foyer_rule_hint_make() says it
 * @now: the time of the scan
 * @zone: (nullable): the event's zone
 *
 * Returns: (transfer full) (nullable): a sentence or several, for the person at the door; %NULL if there are no
 *   words for it
 */
char *
foyer_rule_words_for_refusal (const char *hint, FoyerTime now, GTimeZone *zone)
{
  g_autoptr (JsonNode) node = hint != NULL ? json_from_string (hint, NULL) : NULL;
  JsonArray *parts = get_parts (node);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonObject *part = foyer_json_get_root_object (json_array_get_element (parts, i));
      g_autofree char *sentence = part != NULL ? say (part, now, zone) : NULL;

      if (sentence != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * foyer_rule_words_for_times:
 * @hint: (nullable): what the rules keep the ticket out for: nothing but the time
 * @now: the time of the scan
 * @zone: (nullable): the event's zone
 *
 * Returns: (transfer full) (nullable): "from 14:00", "on Saturday", to stand behind the name of a place
 */
char *
foyer_rule_words_for_times (const char *hint, FoyerTime now, GTimeZone *zone)
{
  g_autoptr (JsonNode) node = hint != NULL ? json_from_string (hint, NULL) : NULL;
  JsonArray *parts = get_parts (node);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) times = NULL;

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonObject *part = foyer_json_get_root_object (json_array_get_element (parts, i));
      g_autofree char *days = NULL;
      g_autofree char *at = NULL;
      g_autofree char *text = NULL;
      FoyerTime time;

      if (part == NULL)
        continue;
      if (is_word (part, "variable", "now_isoweekday"))
        days = name_weekdays (part);
      else
        at = name_instant (part, now, zone, &time);

      if (days != NULL)
        text = g_strdup_printf (_ ("on %s"), days);
      else if (at != NULL && is_word (part, "operator", "isAfter"))
        text = g_strdup_printf (_ ("from %s"), at);
      else if (at != NULL && is_word (part, "operator", "isBefore"))
        text = g_strdup_printf (_ ("until %s"), at);
      if (text != NULL)
        g_strv_builder_add (builder, text);
    }
  times = g_strv_builder_end (builder);
  return *times != NULL ? g_strjoinv (", ", times) : NULL;
}
