/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All about one command, line by line. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-command-facts.h"

#include "foyer-command-words.h"
#include "foyer-fact.h"
#include "foyer-json.h"
#include "foyer-text.h"
#include "foyer-verdict-words.h"

#include <glib/gi18n.h>

#define VALUE_MAX_CHARS 300

static void
add (GListStore *facts, const char *label, const char *value)
{
  g_autoptr (FoyerFact) fact = NULL;

  if (value == NULL || *value == '\0')
    return;

  fact = foyer_fact_new (label, value);
  g_list_store_append (facts, fact);
}

static void
add_foreign (GListStore *facts, const char *label, const char *text)
{
  g_autofree char *clean = text != NULL ? foyer_text_clean_line (text, VALUE_MAX_CHARS) : NULL;
  g_autofree char *safe = clean != NULL ? foyer_text_isolate (clean) : NULL;

  add (facts, label, safe);
}

static char *
to_the_second (FoyerTime time, GTimeZone *zone)
{
  g_autoptr (GTimeZone) local = NULL;
  g_autoptr (GDateTime) when = NULL;

  if (time == FOYER_TIME_NONE)
    return NULL;

  if (zone == NULL)
    zone = local = g_time_zone_new_local ();
  when = foyer_time_to_date_time (time, zone);
  /* Translators: a date and a time to the second, such as "16 May 2026, 10:42:07" */
  return when != NULL ? g_date_time_format (when, _ ("%-d %B %Y, %H:%M:%S")) : NULL;
}

static void
add_when (GListStore *facts, const FoyerCommand *command, GTimeZone *zone)
{
  g_autofree char *at = to_the_second (command->door_time, zone);
  g_autofree char *unsure = NULL;

  if (command->unsure && at != NULL)
    unsure = g_strdup_printf (_ ("%s (by the clock of this laptop)"), at);
  add (facts, _ ("Happened"), unsure != NULL ? unsure : at);
}

static JsonObject *
read_object (JsonParser *parser, const char *json)
{
  if (json == NULL || !json_parser_load_from_data (parser, json, -1, NULL))
    return NULL;

  return foyer_json_get_root_object (json_parser_get_root (parser));
}

/* What the service said, if it said anything but yes. */
static void
add_answer (GListStore *facts, const char *json)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *answer = read_object (parser, json);
  const char *explanation;

  if (answer == NULL)
    return;

  explanation = foyer_json_get_string (answer, "explanation");
  add_foreign (facts, _ ("Service’s answer"),
               explanation != NULL ? explanation : foyer_json_get_string (answer, "reason"));
}

/**
 * foyer_command_facts_append:
 * @facts: (element-type FoyerFact): a list to add to
 * @command: a command
 * @list_name: (nullable): name of its list, safe to show
 * @now: door time
 * @zone: (nullable): the event's zone
 *
 * Tells all about a command.
 */
void
foyer_command_facts_append (GListStore *facts,
                            const FoyerCommand *command,
                            const char *list_name,
                            FoyerTime now,
                            GTimeZone *zone)
{
  g_autoptr (FoyerCommandWords) words = foyer_command_words_new (command, list_name, now, zone);
  g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, NULL);
  g_autofree char *next = NULL;

  add (facts, _ ("What"), words->what);
  add (facts, _ ("State"), words->state_sentence);
  add_when (facts, command, zone);
  add (facts, _ ("Ticket"), words->ticket);
  add (facts, _ ("List"), words->place);
  add_foreign (facts, _ ("Desk"), command->desk);
  add_foreign (facts, _ ("By"), command->actor);
  add (facts, _ ("Attempts"), words->attempts);
  if (foyer_command_state_is_waiting (command->state) && command->not_before != FOYER_TIME_NONE
      && command->not_before > now)
    next = to_the_second (command->not_before, zone);
  add (facts, _ ("Next attempt"), next);
  add_answer (facts, command->result != NULL ? command->result : command->problem);
  add_foreign (facts, _ ("Reason"), scan != NULL ? scan->override_reason : NULL);
  add_foreign (facts, _ ("Note"), command->note);
  add_foreign (facts, _ ("Connection"), command->connection);
}
