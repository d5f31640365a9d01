/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The addresses below /sandbox/, which no pretix has: trouble, the clock, another desk. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-control.h"

#include <string.h>

#include "foyer-json.h"
#include "foyer-sandbox-checkins.h"
#include "foyer-sandbox-faults.h"

static void
set_faults (FoyerSandboxControl *self, FoyerSandboxCall *call)
{
  g_autoptr (GError) error = NULL;

  if (self->set_faults (self->data, foyer_json_get_string (call->json, "spec"), &error))
    foyer_sandbox_call_answer (call, 200, "{}");
  else
    foyer_sandbox_call_invalid (call, "spec", "%s", error->message);
}

static void
set_clock (FoyerSandboxControl *self, FoyerSandboxCall *call)
{
  const char *skew = foyer_json_get_string (call->json, "skew");

  if (skew != NULL && foyer_sandbox_parse_span (skew, self->skew))
    foyer_sandbox_call_answer (call, 200, "{}");
  else
    foyer_sandbox_call_invalid (call, "skew", "Not a span of time.");
}

/* The key of the desk that scans besides ours; it is made when first needed. */
static char *
get_other_desk (FoyerSandboxControl *self, FoyerSandboxCall *call)
{
  g_autofree char *made = NULL;
  g_autofree char *initialised = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  for (guint i = 0; i < call->world->devices->len; i++)
    {
      FoyerSandboxDevice *device = g_ptr_array_index (call->world->devices, i);

      if (g_str_equal (device->name, "Other desk") && device->api_token != NULL)
        return g_strconcat ("Device ", device->api_token, NULL);
    }
  made = self->ask (self->data, NULL, "/api/v1/organizers/demo/devices/",
                    "{\"name\":\"Other desk\",\"all_events\":true,\"limit_events\":[]}", NULL);
  if (json_parser_load_from_data (parser, made, -1, NULL))
    {
      JsonObject *device = json_node_get_object (json_parser_get_root (parser));
      g_autofree char *body = g_strdup_printf (
          "{\"token\":\"%s\",\"hardware_brand\":\"Laptop\",\"hardware_model\":\"Other\","
          "\"software_brand\":\"Foyer\",\"software_version\":\"0\"}",
          foyer_json_get_string (device, "initialization_token"));

      initialised = self->ask (self->data, NULL, "/api/v1/device/initialize", body, NULL);
      if (json_parser_load_from_data (parser, initialised, -1, NULL))
        {
          device = json_node_get_object (json_parser_get_root (parser));
          return g_strconcat ("Device ", foyer_json_get_string (device, "api_token"), NULL);
        }
    }
  return g_strdup ("");
}

/* POST /sandbox/check-in {"secret", "list"?, "type"?}: another desk scans a ticket. */
static void
check_in (FoyerSandboxControl *self, FoyerSandboxCall *call)
{
  const char *secret = foyer_json_get_string (call->json, "secret");
  const char *type = foyer_json_get_string (call->json, "type");
  gint64 list = foyer_json_get_int (call->json, "list", 0);
  FoyerSandboxPosition *position = secret != NULL
                                       ? foyer_sandbox_world_get_by_secret (call->world, secret)
                                       : NULL;
  g_autoptr (GString) body = g_string_new (NULL);
  FoyerSandboxOut out = { .text = body };
  g_autofree char *desk = NULL;
  g_autofree char *answer = NULL;
  guint status;

  if (list == 0 && position != NULL && position->order->event->lists->len > 0)
    list = foyer_json_get_int (g_ptr_array_index (position->order->event->lists, 0), "id", 0);
  foyer_sandbox_out_open (&out, NULL, '{');
  foyer_sandbox_out_string (&out, "secret", secret);
  foyer_sandbox_out_open (&out, "lists", '[');
  foyer_sandbox_out_int (&out, NULL, list);
  foyer_sandbox_out_close (&out, ']');
  foyer_sandbox_out_string (&out, "type", type != NULL ? type : "entry");
  foyer_sandbox_out_close (&out, '}');
  desk = get_other_desk (self, call);
  answer = self->ask (self->data, desk, "/api/v1/organizers/demo/checkinrpc/redeem/", body->str,
                      &status);
  foyer_sandbox_call_answer (call, status, answer);
}

/**
 * foyer_sandbox_control_handle:
 * @self: what may be turned
 * @call: a call below /sandbox/; needs the token that may do everything
 */
void
foyer_sandbox_control_handle (FoyerSandboxControl *self, FoyerSandboxCall *call)
{
  const char *what = call->path + strlen ("/sandbox/");
  g_autofree char *expected = g_strconcat ("Token ", call->world->token_full, NULL);

  if (g_strcmp0 (call->authorization, expected) != 0)
    {
      foyer_sandbox_call_detail (call, 401, "Invalid token.");
      return;
    }
  if (g_str_equal (call->method, "GET") && g_str_equal (what, "checkins"))
    {
      foyer_sandbox_checkins_inspect (call);
      return;
    }
  if (!g_str_equal (call->method, "POST"))
    {
      foyer_sandbox_call_html (call, 404, "There is no such switch.");
      return;
    }
  if (!foyer_sandbox_call_read_body (call))
    return;
  if (g_str_equal (what, "faults"))
    set_faults (self, call);
  else if (g_str_equal (what, "clock"))
    set_clock (self, call);
  else if (g_str_equal (what, "check-in"))
    check_in (self, call);
  else
    foyer_sandbox_call_html (call, 404, "There is no such switch.");
}
