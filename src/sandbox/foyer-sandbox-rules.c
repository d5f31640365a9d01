/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list's rules: evaluated by core/rules, put into the words that pretix would use. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-rules.h"

#include "foyer-check-in.h"
#include "foyer-event.h"
#include "foyer-json.h"
#include "foyer-rules.h"
#include "foyer-subevent.h"

static FoyerTime
read_time (JsonObject *object, const char *field, GTimeZone *zone)
{
  const char *text = foyer_json_get_string (object, field);
  FoyerTime time;

  return text != NULL && foyer_time_parse (text, zone, &time) ? time : FOYER_TIME_NONE;
}

static FoyerEvent *
make_event (FoyerSandboxEvent *event)
{
  FoyerEvent *value = foyer_event_new ();

  value->slug = g_strdup (event->slug);
  value->zone = g_strdup (foyer_json_get_string (event->object, "timezone"));
  value->date_from = read_time (event->object, "date_from", event->zone);
  value->date_to = read_time (event->object, "date_to", event->zone);
  value->date_admission = read_time (event->object, "date_admission", event->zone);
  value->has_subevents = foyer_json_get_boolean (event->object, "has_subevents", FALSE);
  return value;
}

static FoyerSubevent *
make_subevent (FoyerSandboxPosition *position)
{
  FoyerSandboxEvent *event = position->order->event;
  JsonObject *object = foyer_sandbox_find (event->subevents, position->subevent);
  FoyerSubevent *value;

  if (object == NULL)
    return NULL;
  value = foyer_subevent_new ();
  value->id = position->subevent;
  value->date_from = read_time (object, "date_from", event->zone);
  value->date_to = read_time (object, "date_to", event->zone);
  value->date_admission = read_time (object, "date_admission", event->zone);
  return value;
}

static GPtrArray *
make_check_ins (FoyerSandboxPosition *position, gint64 list)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);

  for (guint i = 0; position->checkins != NULL && i < position->checkins->len; i++)
    {
      const FoyerSandboxCheckIn *row = g_ptr_array_index (position->checkins, i);
      FoyerCheckIn *value;

      if (!row->successful || row->list != list)
        continue;
      value = foyer_check_in_new ();
      value->id = row->id;
      value->list = row->list;
      value->datetime = row->datetime;
      value->exit = row->exit;
      value->automatic = row->automatic;
      value->gate = row->gate;
      value->device_id = row->device;
      g_ptr_array_add (rows, value);
    }
  return rows;
}

static char *
local_time (JsonObject *atom, const char *field, GTimeZone *zone)
{
  FoyerTime time = read_time (atom, field, zone);
  g_autoptr (GDateTime) local = time != FOYER_TIME_NONE ? foyer_time_to_date_time (time, zone)
                                                        : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("?");
}

static const char *
get_counted (const char *variable)
{
  static const char *const names[][2] = {
    { "entries_number", "number of entries" },
    { "entries_today", "number of entries today" },
    { "entries_days", "number of days with an entry" },
    { "entries_since", "number of entries since" },
    { "entries_before", "number of entries before" },
    { "entries_days_since", "number of days with an entry since" },
    { "entries_days_before", "number of days with an entry before" },
    { "minutes_since_last_entry", "time since last entry" },
    { "minutes_since_first_entry", "time since first entry" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], variable))
      return names[i][1];
  return NULL;
}

static char *
value_text (JsonObject *atom)
{
  JsonNode *node = json_object_get_member (atom, "value");
  gint64 number;

  if (node != NULL && foyer_json_node_get_int (node, &number))
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);
  return g_strdup (node != NULL && foyer_json_node_get_string (node) != NULL
                       ? json_node_get_string (node)
                       : "?");
}

/* One false comparison in pretix' words. */
static char *
explain_atom (JsonObject *atom, GTimeZone *zone)
{
  static const char *const days[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday" };
  const char *variable = foyer_json_get_string (atom, "variable");
  const char *op = foyer_json_get_string (atom, "operator");
  const char *counted = variable != NULL ? get_counted (variable) : NULL;
  g_autofree char *value = value_text (atom);

  if (variable == NULL || op == NULL)
    return g_strdup ("unknown reason");
  if (g_str_equal (variable, "gate"))
    return g_strdup ("Wrong entrance gate");
  if (g_str_equal (variable, "product") || g_str_equal (variable, "variation"))
    return g_strdup ("Ticket type not allowed");
  if (g_str_equal (variable, "entry_status"))
    return g_strdup (g_str_equal (value, "absent") ? "Attendee is already checked in"
                                                   : "Attendee is not checked in");
  if (g_str_equal (variable, "now"))
    {
      g_autofree char *bound = local_time (atom, "value", zone);

      return g_strconcat (g_str_equal (op, "isBefore") ? "Only allowed before "
                                                       : "Only allowed after ",
                          bound, NULL);
    }
  if (g_str_equal (variable, "now_isoweekday"))
    {
      guint day = (guint)g_ascii_strtoull (value, NULL, 10);

      return g_strdup_printf ("week day is not %s", day >= 1 && day <= 7 ? days[day - 1] : value);
    }
  if (counted == NULL)
    return g_strdup ("unknown reason");
  {
    g_autofree char *since = json_object_has_member (atom, "time") ? local_time (atom, "time", zone)
                                                                   : NULL;
    g_autofree char *what = since != NULL ? g_strconcat (counted, " ", since, NULL)
                                          : g_strdup (counted);

    if (*op == '<')
      return g_strconcat ("Maximum ", what, " exceeded", NULL);
    if (*op == '>')
      return g_strconcat ("Minimum ", what, " exceeded", NULL);
    return g_strdup_printf ("%s is %s%s", what, *op == '=' ? "not " : "", value);
  }
}

/* The atoms of the easiest way in; NULL if there are none: there the real one falls over. */
static char *
explain (const char *hint, GTimeZone *zone)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;
  GString *text;

  if (hint == NULL || !json_parser_load_from_data (parser, hint, -1, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  if (!JSON_NODE_HOLDS_ARRAY (root) || json_array_get_length (json_node_get_array (root)) == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
    {
      JsonNode *atom = json_array_get_element (json_node_get_array (root), i);
      g_autofree char *part = JSON_NODE_HOLDS_OBJECT (atom)
                                  ? explain_atom (json_node_get_object (atom), zone)
                                  : g_strdup ("unknown reason");

      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, part);
    }
  return g_string_free (text, FALSE);
}

/**
 * foyer_sandbox_rules_decide:
 * @position: a ticket
 * @list: the list
 * @gate: of the device, or 0
 * @at: time of the scan
 * @explanation: (out) (nullable): for false: why
 */
FoyerSandboxVerdict
foyer_sandbox_rules_decide (FoyerSandboxPosition *position,
                            JsonObject *list,
                            gint64 gate,
                            FoyerTime at,
                            char **explanation)
{
  JsonNode *node = json_object_get_member (list, "rules");
  g_autoptr (FoyerEvent) event = NULL;
  g_autoptr (FoyerSubevent) subevent = NULL;
  g_autoptr (GPtrArray) check_ins = NULL;
  g_autoptr (FoyerRules) rules = NULL;
  g_autofree char *hint = NULL;
  FoyerRulesContext context;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node)
      || (JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) == 0))
    return FOYER_SANDBOX_RULES_TRUE;
  event = make_event (position->order->event);
  subevent = make_subevent (position);
  check_ins = make_check_ins (position, foyer_json_get_int (list, "id", 0));
  rules = foyer_rules_new (node);
  context = (FoyerRulesContext){ .now = at,
                                 .event = event,
                                 .subevent = subevent,
                                 .product = position->item,
                                 .variation = position->variation,
                                 .gate = gate,
                                 .list = foyer_json_get_int (list, "id", 0),
                                 .check_ins = check_ins };
  switch (foyer_rules_evaluate_with_hint (rules, &context, &hint))
    {
    case FOYER_RULES_TRUE:
      return FOYER_SANDBOX_RULES_TRUE;
    case FOYER_RULES_ERROR:
      return FOYER_SANDBOX_RULES_ERROR;
    case FOYER_RULES_FALSE:
      *explanation = explain (hint, position->order->event->zone);
      return *explanation != NULL ? FOYER_SANDBOX_RULES_FALSE : FOYER_SANDBOX_RULES_CRASH;
    }
  return FOYER_SANDBOX_RULES_ERROR;
}
