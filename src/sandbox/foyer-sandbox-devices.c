/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Devices: made by the organiser, initialised once, rolled, revoked by themselves. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-devices.h"

#include "foyer-json.h"

#define LOWER "abcdefghijklmnopqrstuvwxyz0123456789"
#define UPPER "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
#define VERSION "{\"pretix\":\"2026.8.0\",\"pretix_numeric\":20260080005000}"

static const char *const hardware_fields[] = { "hardware_brand", "hardware_model",
                                               "os_name",        "os_version",
                                               "software_brand", "software_version" };

/**
 * foyer_sandbox_device_add:
 * @world: the world
 * @name: name of the desk
 * @profile: security profile
 *
 * Returns: (transfer none): a device that is not yet initialised
 */
FoyerSandboxDevice *
foyer_sandbox_device_add (FoyerSandboxWorld *world, const char *name, const char *profile)
{
  FoyerSandboxDevice *device = g_new0 (FoyerSandboxDevice, 1);

  device->id = world->devices->len + 1;
  device->serial = foyer_sandbox_world_random_text (world, UPPER, 16);
  device->init_token = foyer_sandbox_world_random_text (world, LOWER, 16);
  device->name = g_strdup (name);
  device->profile = g_strdup (profile);
  device->all_events = TRUE;
  device->created = world->now;
  device->initialized = FOYER_TIME_NONE;
  device->hardware = json_object_new ();
  g_ptr_array_add (world->devices, device);
  return device;
}

/**
 * foyer_sandbox_device_add_desk:
 * @world: the world
 * @name: name of the desk
 *
 * A device that was initialised before the story begins. Its key is the same in each world of the same seed: whoever plays
 * the sample event has no keyring to keep it in.
 *
 * Returns: (transfer none): the device
 */
FoyerSandboxDevice *
foyer_sandbox_device_add_desk (FoyerSandboxWorld *world, const char *name)
{
  FoyerSandboxDevice *device = g_new0 (FoyerSandboxDevice, 1);
  g_autofree char *text = g_strdup_printf ("%s %" G_GUINT64_FORMAT, name, world->seed);

  device->id = world->devices->len + 1;
  device->api_token = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  device->serial = g_ascii_strup (device->api_token, 16);
  device->init_token = g_strndup (device->api_token + 16, 16);
  device->name = g_strdup (name);
  device->profile = g_strdup ("full");
  device->all_events = TRUE;
  device->created = world->now;
  device->initialized = world->now;
  device->hardware = json_object_new ();
  g_ptr_array_add (world->devices, device);
  return device;
}

FoyerSandboxDevice *
foyer_sandbox_device_find (FoyerSandboxWorld *world, const char *api_token)
{
  for (guint i = 0; i < world->devices->len; i++)
    {
      FoyerSandboxDevice *device = g_ptr_array_index (world->devices, i);

      if (device->api_token != NULL && g_str_equal (device->api_token, api_token))
        return device;
    }
  return NULL;
}

static void
write_own (FoyerSandboxOut *out, const char *key, const FoyerSandboxDevice *device)
{
  foyer_sandbox_out_open (out, key, '{');
  foyer_sandbox_out_string (out, "organizer", "demo");
  foyer_sandbox_out_int (out, "device_id", device->id);
  foyer_sandbox_out_string (out, "unique_serial", device->serial);
  foyer_sandbox_out_string (out, "api_token", device->api_token);
  foyer_sandbox_out_string (out, "name", device->name);
  foyer_sandbox_out_string (out, "security_profile", device->profile);
  if (device->gate == 0)
    foyer_sandbox_out_raw (out, "gate", "null");
  else
    {
      foyer_sandbox_out_open (out, "gate", '{');
      foyer_sandbox_out_int (out, "id", device->gate);
      foyer_sandbox_out_string (out, "name", device->gate_name);
      foyer_sandbox_out_string (out, "identifier", device->gate_name);
      foyer_sandbox_out_close (out, '}');
    }
  foyer_sandbox_out_close (out, '}');
}

static void
take_hardware (FoyerSandboxDevice *device, JsonObject *body)
{
  for (guint i = 0; i < G_N_ELEMENTS (hardware_fields); i++)
    {
      const char *value = foyer_json_get_string (body, hardware_fields[i]);

      if (value != NULL)
        json_object_set_string_member (device->hardware, hardware_fields[i], value);
    }
}

void
foyer_sandbox_device_initialize (FoyerSandboxCall *call)
{
  static const char *const required[] = { "token",          "hardware_brand",   "hardware_model",
                                          "software_brand", "software_version", NULL };
  FoyerSandboxWorld *world = call->world;
  const char *token;
  FoyerSandboxDevice *device = NULL;

  foyer_sandbox_call_required (call, required);
  if (call->status != 200)
    return;
  token = foyer_json_get_string (call->json, "token");
  for (guint i = 0; token != NULL && i < world->devices->len && device == NULL; i++)
    {
      FoyerSandboxDevice *candidate = g_ptr_array_index (world->devices, i);

      if (g_str_equal (candidate->init_token, token))
        device = candidate;
    }
  if (device == NULL)
    foyer_sandbox_call_invalid (call, "token", "Unknown initialization token.");
  else if (device->revoked)
    foyer_sandbox_call_invalid (call, "token", "This initialization token has been revoked.");
  else if (device->initialized != FOYER_TIME_NONE)
    foyer_sandbox_call_invalid (call, "token", "This initialization token has already been used.");
  else
    {
      device->initialized = world->now;
      device->api_token = foyer_sandbox_world_random_text (world, LOWER, 64);
      take_hardware (device, call->json);
      write_own (&call->out, NULL, device);
    }
}

void
foyer_sandbox_device_info (FoyerSandboxCall *call)
{
  foyer_sandbox_out_open (&call->out, NULL, '{');
  write_own (&call->out, "device", call->device);
  foyer_sandbox_out_raw (&call->out, "server", "{\"version\":" VERSION "}");
  foyer_sandbox_out_raw (&call->out, "medium_key_sets", "[]");
  foyer_sandbox_out_close (&call->out, '}');
}

void
foyer_sandbox_device_update (FoyerSandboxCall *call)
{
  static const char *const required[] = { "hardware_brand", "hardware_model", "software_brand",
                                          "software_version", NULL };

  foyer_sandbox_call_required (call, required);
  if (call->status != 200)
    return;
  take_hardware (call->device, call->json);
  write_own (&call->out, NULL, call->device);
}

void
foyer_sandbox_device_roll (FoyerSandboxCall *call)
{
  g_free (call->device->api_token);
  call->device->api_token = foyer_sandbox_world_random_text (call->world, LOWER, 64);
  write_own (&call->out, NULL, call->device);
}

void
foyer_sandbox_device_revoke (FoyerSandboxCall *call)
{
  call->device->revoked = TRUE;
  write_own (&call->out, NULL, call->device);
}

/* Where this desk should be now: the first live event that has a list. */
void
foyer_sandbox_device_event_selection (FoyerSandboxCall *call)
{
  FoyerSandboxOut *out = &call->out;

  for (guint i = 0; i < call->world->events->len; i++)
    {
      FoyerSandboxEvent *event = g_ptr_array_index (call->world->events, i);
      JsonObject *languages = foyer_json_get_object (event->object, "name");
      JsonObject *list;

      if (!foyer_json_get_boolean (event->object, "live", FALSE) || event->lists->len == 0
          || !foyer_sandbox_call_has_event (call, event))
        continue;
      list = g_ptr_array_index (event->lists, 0);
      if (g_strcmp0 (foyer_sandbox_call_get_query (call, "current_event"), event->slug) == 0)
        {
          foyer_sandbox_call_answer (call, 304, "");
          return;
        }
      foyer_sandbox_out_open (out, NULL, '{');
      foyer_sandbox_out_open (out, "event", '{');
      foyer_sandbox_out_string (out, "slug", event->slug);
      foyer_sandbox_out_string (out, "name",
                                languages != NULL ? foyer_json_get_string (languages, "en") : NULL);
      foyer_sandbox_out_close (out, '}');
      foyer_sandbox_out_id (out, "subevent", foyer_json_get_int (list, "subevent", 0));
      foyer_sandbox_out_int (out, "checkinlist", foyer_json_get_int (list, "id", 0));
      foyer_sandbox_out_close (out, '}');
      return;
    }
  foyer_sandbox_call_detail (call, 404, "No suitable event found.");
}

static void
write_for_organizer (FoyerSandboxOut *out, FoyerSandboxDevice *device, GTimeZone *zone)
{
  foyer_sandbox_out_open (out, NULL, '{');
  foyer_sandbox_out_int (out, "device_id", device->id);
  foyer_sandbox_out_string (out, "unique_serial", device->serial);
  foyer_sandbox_out_string (out, "initialization_token", device->init_token);
  foyer_sandbox_out_bool (out, "all_events", device->all_events);
  foyer_sandbox_out_open (out, "limit_events", '[');
  for (guint i = 0;
       device->limit_events != NULL && i < json_array_get_length (device->limit_events); i++)
    foyer_sandbox_out_node (out, NULL, json_array_get_element (device->limit_events, i));
  foyer_sandbox_out_close (out, ']');
  foyer_sandbox_out_bool (out, "revoked", device->revoked);
  foyer_sandbox_out_string (out, "name", device->name);
  foyer_sandbox_out_time (out, "created", device->created, zone);
  foyer_sandbox_out_time (out, "initialized", device->initialized, zone);
  for (guint i = 0; i < G_N_ELEMENTS (hardware_fields); i++)
    foyer_sandbox_out_string (out, hardware_fields[i],
                              foyer_json_get_string (device->hardware, hardware_fields[i]));
  foyer_sandbox_out_string (out, "security_profile", device->profile);
  foyer_sandbox_out_close (out, '}');
}

void
foyer_sandbox_devices_list (FoyerSandboxCall *call)
{
  gsize first, last;

  if (!foyer_sandbox_call_open_page (call, call->world->devices->len, &first, &last))
    return;
  for (gsize i = first; i < last; i++)
    write_for_organizer (&call->out, g_ptr_array_index (call->world->devices, i),
                         call->world->zone);
  foyer_sandbox_call_close_page (call);
}

static FoyerSandboxDevice *
get_device (FoyerSandboxCall *call)
{
  gint64 id = foyer_sandbox_call_get_segment_id (call, 3);

  for (guint i = 0; i < call->world->devices->len; i++)
    {
      FoyerSandboxDevice *device = g_ptr_array_index (call->world->devices, i);

      if (device->id == id)
        return device;
    }
  foyer_sandbox_call_detail (call, 404, "No Device matches the given query.");
  return NULL;
}

void
foyer_sandbox_devices_detail (FoyerSandboxCall *call)
{
  FoyerSandboxDevice *device = get_device (call);

  if (device != NULL)
    write_for_organizer (&call->out, device, call->world->zone);
}

static gboolean
check_limit (FoyerSandboxCall *call, JsonArray *limit)
{
  for (guint i = 0; limit != NULL && i < json_array_get_length (limit); i++)
    {
      const char *slug = foyer_json_node_get_string (json_array_get_element (limit, i));
      gboolean known = FALSE;

      for (guint j = 0; !known && j < call->world->events->len; j++)
        {
          FoyerSandboxEvent *event = g_ptr_array_index (call->world->events, j);

          known = g_strcmp0 (slug, event->slug) == 0;
        }
      if (!known)
        {
          foyer_sandbox_call_invalid (call, "limit_events", "Object with slug=%s does not exist.",
                                      slug != NULL ? slug : "");
          return FALSE;
        }
    }
  return TRUE;
}

static void
take_events (FoyerSandboxDevice *device, JsonObject *body)
{
  JsonArray *limit = foyer_json_get_array (body, "limit_events");

  device->all_events = foyer_json_get_boolean (body, "all_events", device->all_events);
  if (limit == NULL)
    return;
  g_clear_pointer (&device->limit_events, json_array_unref);
  device->limit_events = json_array_ref (limit);
}

void
foyer_sandbox_devices_patch (FoyerSandboxCall *call)
{
  FoyerSandboxDevice *device = get_device (call);
  const char *name = foyer_json_get_string (call->json, "name");

  if (device == NULL || !check_limit (call, foyer_json_get_array (call->json, "limit_events")))
    return;
  take_events (device, call->json);
  if (name != NULL)
    {
      g_free (device->name);
      device->name = g_strdup (name);
    }
  write_for_organizer (&call->out, device, call->world->zone);
}

void
foyer_sandbox_devices_create (FoyerSandboxCall *call)
{
  static const char *const required[] = { "name", "limit_events", NULL };
  const char *profile = foyer_json_get_string (call->json, "security_profile");
  FoyerSandboxDevice *device;

  foyer_sandbox_call_required (call, required);
  if (call->status != 200 || !check_limit (call, foyer_json_get_array (call->json, "limit_events")))
    return;
  device = foyer_sandbox_device_add (call->world, foyer_json_get_string (call->json, "name"),
                                     profile != NULL ? profile : "full");
  device->all_events = FALSE;
  take_events (device, call->json);
  call->status = 201;
  write_for_organizer (&call->out, device, call->world->zone);
}
