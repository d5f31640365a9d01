/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Versions, devices, and what a device's profile lets it do (contracts/pretix.md 1.1, 1.3). */

#define G_LOG_DOMAIN "foyer-pretix"

#include "foyer-pretix-mapper-device.h"

#include "foyer-json.h"

/**
 * foyer_pretix_map_version:
 * @object: (nullable): `{"pretix": "2026.8.0", "pretix_numeric": 20260080005000}`
 * @report: where it goes
 * @error: return location
 *
 * Returns: %FALSE with an error if it is no version of pretix
 */
gboolean
foyer_pretix_map_version (JsonObject *object, FoyerServiceReport *report, GError **error)
{
  g_autofree char *version = foyer_pretix_read_text (object, "pretix");

  if (version == NULL)
    {
      foyer_pretix_reject (error, "pretix is no text");
      return FALSE;
    }

  report->version_supported = foyer_json_get_int (object, "pretix_numeric", 0)
                              >= FOYER_PRETIX_OLDEST_VERSION;
  report->version = g_steal_pointer (&version);
  return TRUE;
}

static void
map_gate (JsonObject *device, gint64 *gate, char **gate_name)
{
  JsonObject *object = foyer_json_get_object (device, "gate");

  *gate = foyer_pretix_read_reference (object, "id");
  *gate_name = foyer_pretix_read_text (object, "name");
}

/**
 * foyer_pretix_map_device_info:
 * @node: the answer of `device/info`
 * @report: where it goes
 * @error: return location
 *
 * Returns: %FALSE with an error if it does not speak of a device
 */
gboolean
foyer_pretix_map_device_info (JsonNode *node, FoyerServiceReport *report, GError **error)
{
  JsonObject *root = foyer_json_get_root_object (node);
  JsonObject *device = foyer_json_get_object (root, "device");
  JsonObject *server = foyer_json_get_object (root, "server");

  if (!foyer_pretix_map_version (foyer_json_get_object (server, "version"), report, error)
      || !foyer_pretix_read_id (device, "device_id", &report->device_id, error))
    return FALSE;

  report->desk = foyer_pretix_read_text (device, "name");
  report->organizer = foyer_pretix_read_text (device, "organizer");
  report->security_profile = foyer_pretix_read_text (device, "security_profile");
  map_gate (device, &report->gate, &report->gate_name);
  return TRUE;
}

/**
 * foyer_pretix_map_enrolment:
 * @node: the answer of `device/initialize`
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the new device, or %NULL with an error
 */
FoyerEnrolment *
foyer_pretix_map_enrolment (JsonNode *node, GError **error)
{
  JsonObject *device = foyer_json_get_root_object (node);
  g_autoptr (FoyerEnrolment) self = foyer_enrolment_new ();

  self->credential = foyer_pretix_read_text (device, "api_token");
  if (self->credential == NULL)
    {
      foyer_pretix_reject (error, "api_token is no text");
      return NULL;
    }
  if (!foyer_pretix_read_id (device, "device_id", &self->device_id, error))
    return NULL;

  self->organizer = foyer_pretix_read_text (device, "organizer");
  self->desk = foyer_pretix_read_text (device, "name");
  self->security_profile = foyer_pretix_read_text (device, "security_profile");
  map_gate (device, &self->gate, &self->gate_name);
  return g_steal_pointer (&self);
}

/**
 * foyer_pretix_profile_permissions:
 * @security_profile: (nullable): a device's profile
 * @permissions: (out): a set of #FoyerPermission
 *
 * Returns: %FALSE if the profile is not known: plugins add some, so it has to be tried out
 */
gboolean
foyer_pretix_profile_permissions (const char *security_profile, guint *permissions)
{
  if (g_strcmp0 (security_profile, "full") == 0)
    *permissions = FOYER_PERMISSION_READ_ORDERS | FOYER_PERMISSION_CHECK_IN
                   | FOYER_PERMISSION_WRITE_ORDERS;
  else if (g_strcmp0 (security_profile, "pretixscan") == 0)
    *permissions = FOYER_PERMISSION_READ_ORDERS | FOYER_PERMISSION_CHECK_IN;
  else if (g_strcmp0 (security_profile, "pretixscan_online_noorders") == 0
           || g_strcmp0 (security_profile, "pretixscan_online_kiosk") == 0)
    *permissions = FOYER_PERMISSION_CHECK_IN;
  else
    return FALSE;

  return TRUE;
}
