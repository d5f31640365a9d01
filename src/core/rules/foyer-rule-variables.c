/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a rule can ask about: the moment, the ticket, the gate, and the ticket's earlier scans on this list
 * (contracts/pretix-checkin.md 12.1). Entries of the future count, refused scans are not among them. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-rule-variables.h"

#include "foyer-re-entry.h"

#include <string.h>

#define FEW_DAYS 64

/**
 * foyer_rule_variables_clear:
 * @self: the variables
 */
void
foyer_rule_variables_clear (FoyerRuleVariables *self)
{
  foyer_rule_clock_clear (&self->clock);
}

static gboolean
ensure_clock (FoyerRuleVariables *self)
{
  if (self->clock.zone != NULL)
    return TRUE;
  if (self->broken)
    return FALSE;

  self->broken = !foyer_rule_clock_init (&self->clock, self->context->event->zone,
                                         self->context->now);
  if (!self->broken)
    self->now = foyer_rule_clock_to_wall (&self->clock, self->context->now);
  return !self->broken;
}

static gboolean
is_entry_here (FoyerRuleVariables *self, FoyerCheckIn *check_in)
{
  return !check_in->exit && check_in->list == self->context->list
         && check_in->datetime != FOYER_TIME_NONE;
}

/**
 * foyer_rule_variables_count_entries:
 * @self: the variables
 * @from: the first instant that counts, or %FOYER_TIME_NONE
 * @to: the first instant after it that does not, or %FOYER_TIME_NONE
 *
 * Returns: how many entries the ticket has on the list
 */
gint64
foyer_rule_variables_count_entries (FoyerRuleVariables *self, FoyerTime from, FoyerTime to)
{
  GPtrArray *check_ins = self->context->check_ins;
  gint64 count = 0;

  for (guint i = 0; check_ins != NULL && i < check_ins->len; i++)
    {
      FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i);

      if (is_entry_here (self, check_in) && (from == FOYER_TIME_NONE || check_in->datetime >= from)
          && (to == FOYER_TIME_NONE || check_in->datetime < to))
        count++;
    }
  return count;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/**
 * foyer_rule_variables_count_days:
 * @self: the variables
 * @from: the first instant that counts, or %FOYER_TIME_NONE
 * @to: the first instant after it that does not, or %FOYER_TIME_NONE
 * @days: (out): on how many different days of the event's calendar the ticket entered
 *
 * Returns: %FALSE if the event's zone is not known
 */
gboolean
foyer_rule_variables_count_days (FoyerRuleVariables *self,
                                 FoyerTime from,
                                 FoyerTime to,
                                 gint64 *days)
{
  GPtrArray *check_ins = self->context->check_ins;
  gint64 few[FEW_DAYS];
  g_autofree gint64 *many = NULL;
  gint64 *found = few;
  gsize count = 0;

  if (!ensure_clock (self))
    return FALSE;

  if (check_ins != NULL && check_ins->len > FEW_DAYS)
    found = many = g_new (gint64, check_ins->len);
  for (guint i = 0; check_ins != NULL && i < check_ins->len; i++)
    {
      FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i);

      if (is_entry_here (self, check_in) && (from == FOYER_TIME_NONE || check_in->datetime >= from)
          && (to == FOYER_TIME_NONE || check_in->datetime < to))
        found[count++] = foyer_rule_clock_get_day (&self->clock, check_in->datetime);
    }

  qsort (found, count, sizeof *found, compare_days);
  *days = 0;
  for (gsize i = 0; i < count; i++)
    *days += i == 0 || found[i] != found[i - 1];
  return TRUE;
}

static gboolean
count_today (FoyerRuleVariables *self, gint64 *count)
{
  FoyerRuleWall midnight;

  if (!ensure_clock (self))
    return FALSE;

  midnight = self->now;
  midnight.time = 0;
  *count = foyer_rule_variables_count_entries (
      self, foyer_rule_clock_from_wall (&self->clock, &midnight), FOYER_TIME_NONE);
  return TRUE;
}

/* Whole minutes, rounded down, so that the future is negative; -1 also without any entry. */
static double
minutes_since (FoyerRuleVariables *self, gboolean last)
{
  GPtrArray *check_ins = self->context->check_ins;
  FoyerTime found = FOYER_TIME_NONE;
  gint64 distance;

  for (guint i = 0; check_ins != NULL && i < check_ins->len; i++)
    {
      FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i);

      if (!is_entry_here (self, check_in))
        continue;
      if (found == FOYER_TIME_NONE
          || (last ? check_in->datetime > found : check_in->datetime < found))
        found = check_in->datetime;
    }
  if (found == FOYER_TIME_NONE)
    return -1;

  distance = self->context->now - found;
  return (double)(distance / FOYER_MINUTE - (distance % FOYER_MINUTE < 0));
}

static void
set_id (FoyerRuleValue *value, gint64 id)
{
  value->kind = id != 0 ? FOYER_RULE_INT : FOYER_RULE_NONE;
  value->integer = id;
}

/**
 * foyer_rule_variables_get:
 * @self: the variables
 * @name: name of a variable
 * @value: (out): its value
 * @known: (out): whether there is such a variable
 *
 * Returns: %FALSE if the value cannot be worked out
 */
gboolean
foyer_rule_variables_get (FoyerRuleVariables *self,
                          const char *name,
                          FoyerRuleValue *value,
                          gboolean *known)
{
  const FoyerRulesContext *context = self->context;

  *known = TRUE;
  value->kind = FOYER_RULE_INT;
  value->length = 0;
  if (strcmp (name, "now") == 0)
    {
      value->kind = FOYER_RULE_TIME;
      value->time = context->now;
      return TRUE;
    }
  if (strcmp (name, "now_isoweekday") == 0)
    {
      if (!ensure_clock (self))
        return FALSE;
      value->integer = foyer_rule_clock_get_weekday (self->now.day);
      return TRUE;
    }
  if (strcmp (name, "product") == 0)
    set_id (value, context->product);
  else if (strcmp (name, "variation") == 0)
    set_id (value, context->variation);
  else if (strcmp (name, "gate") == 0)
    set_id (value, context->gate);
  else if (strcmp (name, "entries_number") == 0)
    value->integer = foyer_rule_variables_count_entries (self, FOYER_TIME_NONE, FOYER_TIME_NONE);
  else if (strcmp (name, "entries_today") == 0)
    return count_today (self, &value->integer);
  else if (strcmp (name, "entries_days") == 0)
    return foyer_rule_variables_count_days (self, FOYER_TIME_NONE, FOYER_TIME_NONE,
                                            &value->integer);
  else if (strcmp (name, "minutes_since_last_entry") == 0
           || strcmp (name, "minutes_since_first_entry") == 0)
    {
      /* The service's -1 for "none yet" is an int and prints without a point; its minutes are floats, one
       * second ahead included. */
      value->integer = -1;
      if (foyer_rule_variables_count_entries (self, FOYER_TIME_NONE, FOYER_TIME_NONE) > 0)
        {
          value->kind = FOYER_RULE_FLOAT;
          value->real = minutes_since (self, strcmp (name, "minutes_since_last_entry") == 0);
        }
    }
  else if (strcmp (name, "entry_status") == 0)
    {
      value->kind = FOYER_RULE_TEXT;
      value->text = foyer_re_entry_is_inside (context->check_ins, context->list) ? "present"
                                                                                 : "absent";
    }
  else
    {
      value->kind = FOYER_RULE_NONE;
      *known = FALSE;
    }
  return TRUE;
}

static gboolean
parse_custom (const char *text, FoyerRuleValue *time)
{
  g_autofree char *joined = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  const char *blank = strrchr (text, ' ');

  /* One blank before the offset is not ISO 8601, but what a Python program may have stored. */
  if (blank != NULL && (blank[1] == '+' || blank[1] == '-'))
    {
      joined = g_strdup_printf ("%.*s%s", (int)(blank - text), text, blank + 1);
      text = joined;
    }

  time->kind = FOYER_RULE_TIME;
  if (foyer_time_parse (text, NULL, &time->time))
    return TRUE;

  time->kind = FOYER_RULE_NAIVE_TIME;
  zone = g_time_zone_new_utc ();
  return foyer_time_parse (text, zone, &time->time);
}

static FoyerTime
first_given (FoyerTime time, FoyerTime fallback)
{
  return time != FOYER_TIME_NONE ? time : fallback;
}

/**
 * foyer_rule_variables_build_time:
 * @self: the variables
 * @kind: `custom`, `customtime`, `date_from`, `date_to` or `date_admission`
 * @argument: (nullable): the time of the first two
 * @time: (out): the instant; nothing for another kind
 *
 * The language's `buildTime`. The dates are those of the ticket's series date if it has one, never mixed
 * with the event's.
 *
 * Returns: %FALSE if @argument cannot be read
 */
gboolean
foyer_rule_variables_build_time (FoyerRuleVariables *self,
                                 const FoyerRuleValue *kind,
                                 const FoyerRuleValue *argument,
                                 FoyerRuleValue *time)
{
  FoyerEvent *event = self->context->event;
  FoyerSubevent *subevent = self->context->subevent;
  const char *name = kind->kind == FOYER_RULE_TEXT ? kind->text : "";
  FoyerTime from = subevent != NULL ? subevent->date_from : event->date_from;

  memset (time, 0, sizeof *time);
  if (strcmp (name, "custom") == 0)
    return argument != NULL && argument->kind == FOYER_RULE_TEXT
           && parse_custom (argument->text, time);

  if (strcmp (name, "customtime") == 0)
    {
      FoyerRuleWall wall;

      if (argument == NULL || argument->kind != FOYER_RULE_TEXT || !ensure_clock (self))
        return FALSE;
      wall = self->now;
      if (!foyer_rule_clock_parse_time_of_day (argument->text, &wall.time))
        return FALSE;
      time->time = foyer_rule_clock_from_wall (&self->clock, &wall);
      time->kind = FOYER_RULE_TIME;
      return TRUE;
    }

  if (strcmp (name, "date_from") == 0)
    time->time = from;
  else if (strcmp (name, "date_to") == 0)
    time->time = first_given (subevent != NULL ? subevent->date_to : event->date_to, from);
  else if (strcmp (name, "date_admission") == 0)
    time->time = first_given (subevent != NULL ? subevent->date_admission : event->date_admission,
                              from);
  else
    return TRUE;

  /* An event without a beginning is not one: the copy is damaged. */
  time->kind = FOYER_RULE_TIME;
  return time->time != FOYER_TIME_NONE && !self->context->dates_unknown;
}
