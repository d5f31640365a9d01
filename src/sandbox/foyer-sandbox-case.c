/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A world from a recorded admission case: objects with the interface's own field names. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-case.h"

#include "foyer-error.h"
#include "foyer-json.h"
#include "foyer-sandbox-devices.h"
#include "foyer-sandbox-templates.h"

static FoyerTime
read_time (JsonObject *object, const char *field, GTimeZone *zone)
{
  const char *text = foyer_json_get_string (object, field);
  FoyerTime time;

  return text != NULL && foyer_time_parse (text, zone, &time) ? time : FOYER_TIME_NONE;
}

static guint
get_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static void
load_objects (FoyerSandboxWorld *world, GPtrArray *objects, FoyerSandboxKind kind, JsonArray *array)
{
  for (guint i = 0; i < get_length (array); i++)
    {
      JsonObject *object = foyer_sandbox_template_new (kind,
                                                       json_array_get_object_element (array, i));

      foyer_sandbox_world_see_id (world, foyer_json_get_int (object, "id", 0));
      g_ptr_array_add (objects, object);
    }
}

static void
load_event (FoyerSandboxWorld *world, JsonObject *description)
{
  JsonObject *given = foyer_json_get_object (description, "event");
  g_autoptr (JsonObject) object = foyer_sandbox_template_new (FOYER_SANDBOX_KIND_EVENT, given);
  FoyerSandboxEvent *event = foyer_sandbox_world_add_event (world, object);

  if (json_object_has_member (given, "valid_keys"))
    event->valid_keys = json_object_dup_member (given, "valid_keys");
  json_object_set_boolean_member (object, "live", TRUE);
  load_objects (world, event->items, FOYER_SANDBOX_KIND_ITEM,
                foyer_json_get_array (description, "items"));
  load_objects (world, event->subevents, FOYER_SANDBOX_KIND_SUBEVENT,
                foyer_json_get_array (description, "subevents"));
  load_objects (world, event->questions, FOYER_SANDBOX_KIND_QUESTION,
                foyer_json_get_array (description, "questions"));
}

static void
load_checkins (FoyerSandboxPosition *position, JsonArray *array)
{
  FoyerSandboxEvent *event = position->order->event;

  for (guint i = 0; i < get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      FoyerSandboxCheckIn *row = foyer_sandbox_event_add_checkin (
          event, foyer_json_get_int (object, "list", 0), position);

      row->id = foyer_json_get_int (object, "id", row->id);
      event->world->next_checkin = MAX (event->world->next_checkin, row->id + 1);
      row->successful = TRUE;
      row->datetime = read_time (object, "datetime", event->zone);
      row->exit = g_strcmp0 (foyer_json_get_string (object, "type"), "exit") == 0;
      row->automatic = foyer_json_get_boolean (object, "auto_checked_in", FALSE);
      row->gate = foyer_json_get_int (object, "gate", 0);
      row->device = foyer_json_get_int (object, "device_id", 0);
    }
}

static void
load_answers (FoyerSandboxPosition *position, JsonArray *array)
{
  for (guint i = 0; i < get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      JsonArray *options = foyer_json_get_array (object, "options");
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (guint j = 0; j < get_length (options); j++)
        {
          gint64 id = json_array_get_int_element (options, j);

          g_array_append_val (ids, id);
        }
      foyer_sandbox_position_set_answer (position, foyer_json_get_int (object, "question", 0),
                                         foyer_json_get_string (object, "answer"), ids);
    }
}

static void
load_position (FoyerSandboxPosition *position, JsonObject *object)
{
  FoyerSandboxEvent *event = position->order->event;
  JsonArray *blocked = foyer_json_get_array (object, "blocked");

  position->id = (guint32)foyer_json_get_int (object, "id", 0);
  position->positionid = (guint32)foyer_json_get_int (object, "positionid", 1);
  position->item = (guint32)foyer_json_get_int (object, "item", 0);
  position->variation = (guint32)foyer_json_get_int (object, "variation", 0);
  position->subevent = (guint32)foyer_json_get_int (object, "subevent", 0);
  position->addon_to = (guint32)foyer_json_get_int (object, "addon_to", 0);
  position->name = foyer_sandbox_world_text (event->world,
                                             foyer_json_get_string (object, "attendee_name"));
  position->secret = foyer_sandbox_world_text (event->world,
                                               foyer_json_get_string (object, "secret"));
  position->canceled = foyer_json_get_boolean (object, "canceled", FALSE);
  position->valid_from = read_time (object, "valid_from", event->zone);
  position->valid_until = read_time (object, "valid_until", event->zone);
  if (get_length (blocked) > 0)
    {
      position->blocked = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < get_length (blocked); i++)
        g_ptr_array_add (position->blocked, g_strdup (json_array_get_string_element (blocked, i)));
    }
  foyer_sandbox_event_add_position (event, position);
  load_checkins (position, foyer_json_get_array (object, "checkins"));
  load_answers (position, foyer_json_get_array (object, "answers"));
}

static gboolean
load_order (FoyerSandboxWorld *world, JsonObject *object)
{
  FoyerSandboxEvent *event = foyer_sandbox_world_get_event (
      world, foyer_json_get_string (object, "event"));
  JsonArray *positions = foyer_json_get_array (object, "positions");
  FoyerSandboxOrder *order;

  if (event == NULL)
    return FALSE;
  order = foyer_sandbox_event_add_order (event, foyer_json_get_string (object, "code"),
                                         get_length (positions));
  order->status = *foyer_json_get_string (object, "status");
  order->locale = foyer_sandbox_world_text (world, foyer_json_get_string (object, "locale"));
  order->require_approval = foyer_json_get_boolean (object, "require_approval", FALSE);
  order->valid_if_pending = foyer_json_get_boolean (object, "valid_if_pending", FALSE);
  order->checkin_attention = foyer_json_get_boolean (object, "checkin_attention", FALSE);
  order->checkin_text = foyer_sandbox_world_text (world,
                                                  foyer_json_get_string (object, "checkin_text"));
  order->datetime = world->now;
  order->last_modified = world->now;
  foyer_sandbox_order_append_modified (order);
  for (guint i = 0; i < get_length (positions); i++)
    load_position (&order->positions[i], json_array_get_object_element (positions, i));
  return TRUE;
}

static void
load_devices (FoyerSandboxWorld *world, JsonObject *file)
{
  JsonObject *devices = foyer_json_get_object (file, "devices");
  JsonArray *gates = foyer_json_get_array (file, "gates");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (devices == NULL)
    return;
  json_object_iter_init_ordered (&iter, devices);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      JsonObject *object = json_node_get_object (node);
      FoyerSandboxDevice *device = foyer_sandbox_device_add (world, name, "full");

      device->id = foyer_json_get_int (object, "device_id", device->id);
      device->gate = foyer_json_get_int (object, "gate", 0);
      device->api_token = g_strconcat ("case-", name, NULL);
      device->initialized = world->now;
      for (guint i = 0; i < get_length (gates); i++)
        {
          JsonObject *gate = json_array_get_object_element (gates, i);

          if (foyer_json_get_int (gate, "id", 0) == device->gate)
            device->gate_name = g_strdup (foyer_json_get_string (gate, "name"));
        }
    }
}

/* The interface hides a medium's canceled tickets; the server finds them all the same. */
static void
link_canceled (FoyerSandboxWorld *world, FoyerSandboxMedium *medium)
{
  FoyerSandboxEvent *event = g_ptr_array_index (world->events, 0);

  for (guint i = 0; i < event->orders->len; i++)
    {
      FoyerSandboxOrder *order = g_ptr_array_index (event->orders, i);

      for (guint j = 0; j < order->n_positions; j++)
        if (order->positions[j].canceled)
          g_ptr_array_add (medium->positions, &order->positions[j]);
    }
}

static void
load_media (FoyerSandboxWorld *world, JsonArray *array)
{
  for (guint i = 0; i < get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      JsonArray *linked = foyer_json_get_array (object, "linked_orderpositions");
      FoyerSandboxMedium *medium = g_new0 (FoyerSandboxMedium, 1);

      medium->id = foyer_json_get_int (object, "id", 0);
      medium->type = g_strdup (foyer_json_get_string (object, "type"));
      medium->identifier = g_strdup (foyer_json_get_string (object, "identifier"));
      medium->active = foyer_json_get_boolean (object, "active", TRUE);
      medium->expires = read_time (object, "expires", world->zone);
      medium->positions = g_ptr_array_new ();
      for (guint j = 0; j < get_length (linked); j++)
        {
          FoyerSandboxPosition *position = foyer_sandbox_world_get_position (
              world, json_array_get_int_element (linked, j));

          if (position != NULL)
            g_ptr_array_add (medium->positions, position);
        }
      if (get_length (linked) == 0)
        link_canceled (world, medium);
      g_ptr_array_add (world->media, medium);
    }
}

/* The case's own event comes first; a revoked code belongs to the first ticket. */
static void
load_revoked (FoyerSandboxWorld *world, JsonArray *array)
{
  FoyerSandboxEvent *event = g_ptr_array_index (world->events, 0);
  FoyerSandboxOrder *order = event->orders->len > 0 ? g_ptr_array_index (event->orders, 0) : NULL;

  for (guint i = 0; i < get_length (array); i++)
    foyer_sandbox_event_add_mark (event, event->revoked, json_array_get_string_element (array, i),
                                  order != NULL ? &order->positions[0] : NULL);
}

/**
 * foyer_sandbox_case_load:
 * @world: an empty world; its clock is set
 * @file: the file of cases, for its worlds, devices and gates
 * @admission_case: the case
 * @error: return location; %FOYER_ERROR_INVALID
 */
gboolean
foyer_sandbox_case_load (FoyerSandboxWorld *world,
                         JsonObject *file,
                         JsonObject *admission_case,
                         GError **error)
{
  JsonObject *worlds = foyer_json_get_object (file, "worlds");
  JsonArray *slugs = foyer_json_get_array (admission_case, "worlds");
  JsonArray *lists = foyer_json_get_array (admission_case, "lists");
  JsonArray *orders = foyer_json_get_array (admission_case, "orders");
  gboolean good = worlds != NULL && get_length (slugs) > 0;

  for (guint i = 0; good && i < get_length (slugs); i++)
    {
      JsonObject *description = foyer_json_get_object (worlds,
                                                       json_array_get_string_element (slugs, i));

      good = description != NULL;
      if (good)
        load_event (world, description);
    }
  for (guint i = 0; good && i < get_length (lists); i++)
    {
      JsonObject *entry = json_array_get_object_element (lists, i);
      FoyerSandboxEvent *event = foyer_sandbox_world_get_event (
          world, foyer_json_get_string (entry, "event"));

      good = event != NULL;
      if (good)
        g_ptr_array_add (event->lists,
                         foyer_sandbox_template_new (FOYER_SANDBOX_KIND_LIST,
                                                     foyer_json_get_object (entry, "object")));
    }
  for (guint i = 0; good && i < get_length (orders); i++)
    good = load_order (world, json_array_get_object_element (orders, i));
  if (!good)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "admission case",
                       "This admission case cannot be read.");
      return FALSE;
    }
  load_devices (world, file);
  load_media (world, foyer_json_get_array (admission_case, "media"));
  load_revoked (world, foyer_json_get_array (admission_case, "revokedsecrets"));
  return TRUE;
}
