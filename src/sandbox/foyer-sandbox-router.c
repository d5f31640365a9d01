/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an address to its handler, past the same gates in the same order as at pretix: the address (404
 * as HTML, or a slash is missing), an idempotency key, what the client accepts, who asks, what the
 * device's profile and the rights allow (403 also for what is not there), the method (405), the body. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-router.h"

#include <string.h>

#include "foyer-sandbox-catalogue.h"
#include "foyer-sandbox-checkins.h"
#include "foyer-sandbox-devices.h"
#include "foyer-sandbox-lists.h"
#include "foyer-sandbox-redeem.h"
#include "foyer-sandbox-sales.h"

#define ORGANIZER "organizers/*/"
#define EVENT ORGANIZER "events/*/"

#define READ FOYER_SANDBOX_RIGHT_ORDERS_READ
#define WRITE FOYER_SANDBOX_RIGHT_ORDERS_WRITE
#define CHECKIN FOYER_SANDBOX_RIGHT_CHECKIN
#define ITEMS FOYER_SANDBOX_RIGHT_ITEMS
#define SETTINGS FOYER_SANDBOX_RIGHT_SETTINGS

/* Who may come: with a credential, a device's key only, nobody needed; and the profiles' three steps. */
typedef enum
{
  ANYBODY = 1 << 0,
  DEVICE = 1 << 1,
  FORBIDDEN_IF_UNKNOWN = 1 << 2,
  SCAN = 1 << 3,
  NO_ORDERS = 1 << 4,
  KIOSK = 1 << 5,
} RouteFlags;

#define SCANNERS (SCAN | NO_ORDERS | KIOSK)

typedef struct
{
  const char *method;
  const char *pattern;
  void (*handle) (FoyerSandboxCall *call);
  guint rights;
  guint flags;
} Route;

/* clang-format off */
static const Route routes[] = {
  { "GET", "", foyer_sandbox_root, 0, 0 },
  { "GET", "version", foyer_sandbox_version, 0, FORBIDDEN_IF_UNKNOWN | SCANNERS },
  { "GET", "me", NULL, 0, FORBIDDEN_IF_UNKNOWN },
  { "GET", "idempotency_query", NULL, 0, SCANNERS },
  { "POST", "device/initialize", foyer_sandbox_device_initialize, 0, ANYBODY | SCANNERS },
  { "GET", "device/info", foyer_sandbox_device_info, 0, DEVICE | SCANNERS },
  { "POST", "device/update", foyer_sandbox_device_update, 0, DEVICE | SCANNERS },
  { "POST", "device/roll", foyer_sandbox_device_roll, 0, DEVICE | SCANNERS },
  { "POST", "device/revoke", foyer_sandbox_device_revoke, 0, DEVICE | SCANNERS },
  { "GET", "device/eventselection", foyer_sandbox_device_event_selection, 0, DEVICE | SCANNERS },
  { "GET", "organizers/", foyer_sandbox_organizers, 0, 0 },
  { "GET", ORGANIZER, foyer_sandbox_organizer, 0, 0 },
  { "GET", ORGANIZER "events/", foyer_sandbox_events_list, 0, SCANNERS },
  { "POST", ORGANIZER "events/", foyer_sandbox_events_create, FOYER_SANDBOX_RIGHT_EVENTS, 0 },
  { "GET", ORGANIZER "subevents/", foyer_sandbox_subevents_all, 0, SCANNERS },
  { "GET", ORGANIZER "orders/", foyer_sandbox_orders_list_all, 0, 0 },
  { "GET", ORGANIZER "devices/", foyer_sandbox_devices_list, FOYER_SANDBOX_RIGHT_DEVICES, 0 },
  { "POST", ORGANIZER "devices/", foyer_sandbox_devices_create, FOYER_SANDBOX_RIGHT_DEVICES, 0 },
  { "GET", ORGANIZER "devices/*/", foyer_sandbox_devices_detail, FOYER_SANDBOX_RIGHT_DEVICES, 0 },
  { "PATCH", ORGANIZER "devices/*/", foyer_sandbox_devices_patch, FOYER_SANDBOX_RIGHT_DEVICES, 0 },
  { "GET", ORGANIZER "teams/", foyer_sandbox_nothing, SETTINGS, 0 },
  { "GET", ORGANIZER "webhooks/", foyer_sandbox_nothing, SETTINGS, 0 },
  { "GET", ORGANIZER "giftcards/", foyer_sandbox_nothing, FOYER_SANDBOX_RIGHT_GIFTCARDS, 0 },
  { "GET", ORGANIZER "reusablemedia/", foyer_sandbox_nothing, FOYER_SANDBOX_RIGHT_GIFTCARDS, SCAN },
  { "POST", ORGANIZER "checkinrpc/redeem/", foyer_sandbox_redeem, 0, SCANNERS },
  { "GET", ORGANIZER "checkinrpc/search/", foyer_sandbox_search, READ | WRITE | CHECKIN, SCANNERS },
  { "POST", ORGANIZER "checkinrpc/annul/", foyer_sandbox_annul, WRITE | CHECKIN, SCANNERS },
  { "GET", EVENT, foyer_sandbox_events_detail, 0, SCANNERS },
  { "GET", EVENT "settings/", foyer_sandbox_settings, 0, SCANNERS },
  { "GET", EVENT "subevents/", foyer_sandbox_catalogue_list, 0, SCANNERS },
  { "POST", EVENT "subevents/", foyer_sandbox_catalogue_create, SETTINGS, 0 },
  { "GET", EVENT "subevents/*/", foyer_sandbox_catalogue_detail, 0, SCANNERS },
  { "PATCH", EVENT "subevents/*/", foyer_sandbox_catalogue_patch, SETTINGS, 0 },
  { "GET", EVENT "categories/", foyer_sandbox_catalogue_list, 0, SCANNERS },
  { "POST", EVENT "categories/", foyer_sandbox_catalogue_create, ITEMS, 0 },
  { "GET", EVENT "categories/*/", foyer_sandbox_catalogue_detail, 0, 0 },
  { "GET", EVENT "items/", foyer_sandbox_catalogue_list, 0, SCANNERS },
  { "POST", EVENT "items/", foyer_sandbox_catalogue_create, ITEMS, 0 },
  { "GET", EVENT "items/*/", foyer_sandbox_catalogue_detail, 0, 0 },
  { "PATCH", EVENT "items/*/", foyer_sandbox_catalogue_patch, ITEMS, 0 },
  { "GET", EVENT "questions/", foyer_sandbox_catalogue_list, 0, SCANNERS },
  { "POST", EVENT "questions/", foyer_sandbox_catalogue_create, ITEMS, 0 },
  { "GET", EVENT "questions/*/", foyer_sandbox_catalogue_detail, 0, 0 },
  { "PATCH", EVENT "questions/*/", foyer_sandbox_catalogue_patch, ITEMS, 0 },
  { "GET", EVENT "quotas/", foyer_sandbox_catalogue_list, 0, 0 },
  { "POST", EVENT "quotas/", foyer_sandbox_catalogue_create, ITEMS, 0 },
  { "GET", EVENT "quotas/*/", foyer_sandbox_catalogue_detail, 0, 0 },
  { "PATCH", EVENT "quotas/*/", foyer_sandbox_catalogue_patch, ITEMS, 0 },
  { "GET", EVENT "taxrules/", foyer_sandbox_catalogue_list, 0, 0 },
  { "POST", EVENT "taxrules/", foyer_sandbox_catalogue_create, SETTINGS, 0 },
  { "GET", EVENT "vouchers/", foyer_sandbox_nothing, FOYER_SANDBOX_RIGHT_VOUCHERS, 0 },
  { "GET", EVENT "badgelayouts/", foyer_sandbox_nothing, 0, SCANNERS },
  { "GET", EVENT "badgeitems/", foyer_sandbox_nothing, 0, SCANNERS },
  { "GET", EVENT "checkinlists/", foyer_sandbox_lists_list, READ | CHECKIN, SCANNERS },
  { "POST", EVENT "checkinlists/", foyer_sandbox_catalogue_create, SETTINGS, 0 },
  { "GET", EVENT "checkinlists/*/", foyer_sandbox_lists_detail, READ | CHECKIN, 0 },
  { "PATCH", EVENT "checkinlists/*/", foyer_sandbox_catalogue_patch, SETTINGS, 0 },
  { "DELETE", EVENT "checkinlists/*/", foyer_sandbox_catalogue_delete, SETTINGS, 0 },
  { "GET", EVENT "checkinlists/*/status/", foyer_sandbox_lists_status, READ | CHECKIN, SCANNERS },
  { "GET", EVENT "checkinlists/*/positions/", foyer_sandbox_lists_positions, READ | CHECKIN, SCAN | NO_ORDERS },
  { "POST", EVENT "checkinlists/*/positions/*/redeem/", foyer_sandbox_redeem_per_list, WRITE | CHECKIN, SCANNERS },
  { "POST", EVENT "checkinlists/*/failed_checkins/", foyer_sandbox_failed_checkins, WRITE | CHECKIN, SCANNERS },
  { "GET", EVENT "checkins/", foyer_sandbox_checkins_list, READ, 0 },
  { "GET", EVENT "revokedsecrets/", foyer_sandbox_revoked_list, READ, SCANNERS },
  { "GET", EVENT "blockedsecrets/", foyer_sandbox_blocked_list, READ, SCANNERS },
  { "GET", EVENT "orders/", foyer_sandbox_orders_list, READ, SCAN },
  { "POST", EVENT "orders/", foyer_sandbox_orders_create, WRITE, 0 },
  { "GET", EVENT "orders/*/", foyer_sandbox_orders_detail, READ, 0 },
  { "PATCH", EVENT "orders/*/", foyer_sandbox_orders_patch, WRITE, 0 },
  { "POST", EVENT "orders/*/mark_paid/", foyer_sandbox_orders_mark_paid, WRITE, 0 },
  { "POST", EVENT "orders/*/mark_pending/", foyer_sandbox_orders_mark_pending, WRITE, 0 },
  { "POST", EVENT "orders/*/mark_expired/", foyer_sandbox_orders_mark_expired, WRITE, 0 },
  { "POST", EVENT "orders/*/mark_canceled/", foyer_sandbox_orders_mark_canceled, WRITE, 0 },
  { "GET", EVENT "orderpositions/", foyer_sandbox_positions_list, READ, 0 },
  { "GET", EVENT "orderpositions/*/", foyer_sandbox_positions_detail, READ, 0 },
  { "DELETE", EVENT "orderpositions/*/", foyer_sandbox_positions_cancel, WRITE, 0 },
  { "POST", EVENT "orderpositions/*/add_block/", foyer_sandbox_positions_add_block, WRITE, 0 },
  { "POST", EVENT "orderpositions/*/remove_block/", foyer_sandbox_positions_remove_block, WRITE, 0 },
};
/* clang-format on */

/* Whether a path is of a pattern, in which a star stands for one segment. */
static gboolean
matches (const char *pattern, const char *path)
{
  while (*pattern != '\0')
    {
      if (*pattern == '*')
        {
          if (*path == '/' || *path == '\0')
            return FALSE;
          while (*path != '/' && *path != '\0')
            path++;
          pattern++;
        }
      else if (*pattern++ != *path++)
        return FALSE;
    }
  return *path == '\0';
}

static const Route *
find_route (const char *method, const char *path, gboolean *known)
{
  *known = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (matches (routes[i].pattern, path))
      {
        *known = TRUE;
        if (g_str_equal (routes[i].method, method))
          return &routes[i];
      }
  return NULL;
}

/* Any route of the path: its gates apply before the method is looked at. */
static const Route *
find_any (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (matches (routes[i].pattern, path))
      return &routes[i];
  return NULL;
}

static void
fail_authentication (FoyerSandboxCall *call, const Route *route, const char *detail)
{
  if (route->flags & FORBIDDEN_IF_UNKNOWN)
    {
      foyer_sandbox_call_detail (call, 403, detail);
      return;
    }
  foyer_sandbox_call_detail (call, 401, detail);
  foyer_sandbox_call_add_header (call, "WWW-Authenticate",
                                 route->flags & DEVICE ? "Device" : "Token");
}

static gboolean
authenticate_device (FoyerSandboxCall *call, const Route *route, const char *key)
{
  FoyerSandboxDevice *device = foyer_sandbox_device_find (call->world, key);

  if (device == NULL || device->revoked)
    {
      fail_authentication (call, route,
                           device != NULL ? "Device access has been revoked." : "Invalid token.");
      return FALSE;
    }
  call->device = device;
  call->rights = READ | WRITE | CHECKIN | FOYER_SANDBOX_RIGHT_VOUCHERS
                 | FOYER_SANDBOX_RIGHT_GIFTCARDS;
  return TRUE;
}

static gboolean
authenticate_token (FoyerSandboxCall *call, const Route *route, const char *token)
{
  FoyerSandboxWorld *world = call->world;

  if (g_str_equal (token, world->token_full))
    call->rights = (guint)~0;
  else if (g_str_equal (token, world->token_door))
    call->rights = CHECKIN;
  else if (g_str_equal (token, world->token_read))
    call->rights = READ;
  else
    {
      fail_authentication (call, route, "Invalid token.");
      return FALSE;
    }
  return TRUE;
}

static gboolean
authenticate (FoyerSandboxCall *call, const Route *route)
{
  const char *value = call->authorization != NULL ? call->authorization : "";
  gboolean token = g_str_has_prefix (value, "Token ");
  gboolean device = g_str_has_prefix (value, "Device ");

  if (route->flags & ANYBODY)
    return TRUE;
  if ((!token && !device) || (token && (route->flags & DEVICE)))
    {
      fail_authentication (call, route, "Authentication credentials were not provided.");
      return FALSE;
    }
  value = strchr (value, ' ') + 1;
  if (strchr (value, ' ') != NULL)
    {
      fail_authentication (call, route,
                           "Invalid token header. Token string should not contain spaces.");
      return FALSE;
    }
  return token ? authenticate_token (call, route, value) : authenticate_device (call, route, value);
}

static gboolean
profile_allows (const FoyerSandboxDevice *device, const Route *route)
{
  guint needed = 0;

  if (device == NULL || g_str_equal (device->profile, "full"))
    return TRUE;
  if (g_str_equal (device->profile, "pretixscan"))
    needed = SCAN;
  else if (g_str_equal (device->profile, "pretixscan_online_noorders"))
    needed = NO_ORDERS;
  else if (g_str_equal (device->profile, "pretixscan_online_kiosk"))
    needed = KIOSK;
  return (route->flags & needed) != 0;
}

/* What is not there is forbidden, too: pretix does not tell the two apart. */
static gboolean
permit (FoyerSandboxCall *call, const Route *route)
{
  guint n = g_strv_length (call->segments);
  gboolean allowed = TRUE;

  if (!profile_allows (call->device, route))
    {
      foyer_sandbox_call_detail (call, 403, "Request denied by device security profile.");
      return FALSE;
    }
  if (n > 2 && g_str_equal (call->segments[0], "organizers"))
    allowed = g_str_equal (call->segments[1], "demo");
  if (allowed && n > 4 && g_str_equal (call->segments[2], "events"))
    {
      call->event = foyer_sandbox_world_get_event (call->world, call->segments[3]);
      allowed = call->event != NULL && foyer_sandbox_call_has_event (call, call->event);
    }
  if (allowed && route->rights != 0)
    allowed = (call->rights & route->rights) != 0;
  if (!allowed)
    foyer_sandbox_call_detail (call, 403, "You do not have permission to perform this action.");
  return allowed;
}

static gboolean
accepts_json (const char *accept)
{
  return accept == NULL || *accept == '\0' || strstr (accept, "*/*") != NULL
         || strstr (accept, "application/json") != NULL || strstr (accept, "application/*") != NULL;
}

/* The key is looked up with the credential only: neither method, path nor body count. */
static char *
make_reply_key (FoyerSandboxCall *call, const char *key)
{
  return g_strconcat (call->authorization != NULL ? call->authorization : "", "\n", key, NULL);
}

static gboolean
replay (FoyerSandboxCall *call, const char *key)
{
  g_autofree char *full = make_reply_key (call, key);
  GPtrArray *reply = g_hash_table_lookup (call->world->replies, full);

  if (reply == NULL)
    return FALSE;
  call->status = GPOINTER_TO_UINT (g_ptr_array_index (reply, 0));
  call->content_type = g_ptr_array_index (reply, 1);
  g_string_assign (call->out.text, g_ptr_array_index (reply, 2));
  return TRUE;
}

/* Everything is kept but what says "try again", refusals too. */
static void
keep_reply (FoyerSandboxCall *call, const char *key)
{
  GPtrArray *reply;

  if (call->status == 409 || call->status == 429 || call->status == 500 || call->status == 503)
    return;
  reply = g_ptr_array_new ();
  g_ptr_array_add (reply, GUINT_TO_POINTER (call->status));
  g_ptr_array_add (reply, (char *)(g_str_has_prefix (call->content_type, "text/html")
                                       ? "text/html; charset=utf-8"
                                       : "application/json"));
  g_ptr_array_add (reply, (char *)foyer_sandbox_world_text (call->world, call->out.text->str));
  g_hash_table_insert (call->world->replies, make_reply_key (call, key), reply);
}

/* GET idempotency_query?key= */
static void
query_reply (FoyerSandboxCall *call)
{
  const char *key = foyer_sandbox_call_get_query (call, "key");

  if (key == NULL || !replay (call, key))
    foyer_sandbox_call_answer (call, 404, "{\"detail\": \"Idempotency key not seen before.\"}");
}

static void
serve (FoyerSandboxCall *call, const char *path, const Route *route)
{
  const Route *gate = route != NULL ? route : find_any (path);

  if (!accepts_json (call->accept))
    {
      foyer_sandbox_call_detail (call, 406, "Could not satisfy the request Accept header.");
      return;
    }
  if (!authenticate (call, gate) || !permit (call, gate))
    return;
  if (route == NULL)
    {
      g_autofree char *detail = g_strdup_printf ("Method \"%s\" not allowed.", call->method);

      foyer_sandbox_call_detail (call, 405, detail);
      return;
    }
  if (g_str_equal (path, "idempotency_query"))
    query_reply (call);
  else if (g_str_equal (path, "me"))
    foyer_sandbox_call_detail (call, 403, "Authentication credentials were not provided.");
  else if (g_str_equal (call->method, "GET") || foyer_sandbox_call_read_body (call))
    route->handle (call);
}

static gboolean
is_write (const char *method)
{
  return g_str_equal (method, "POST") || g_str_equal (method, "PUT")
         || g_str_equal (method, "PATCH") || g_str_equal (method, "DELETE");
}

static void
miss (FoyerSandboxCall *call, const char *path)
{
  g_autofree char *with_slash = g_strconcat (path, "/", NULL);

  if (find_any (with_slash) == NULL)
    {
      foyer_sandbox_call_html (call, 404,
                               "I'm afraid we could not find the the resource you "
                               "requested.");
      return;
    }
  if (is_write (call->method))
    {
      foyer_sandbox_call_html (call, 404, "Please append a / at the end of the URL");
      return;
    }
  {
    g_autofree char *location = g_strconcat (call->path, "/", NULL);

    foyer_sandbox_call_answer (call, 301, "");
    call->content_type = "text/html; charset=utf-8";
    foyer_sandbox_call_add_header (call, "Location", location);
  }
}

/**
 * foyer_sandbox_route:
 * @call: a call; its answer is made
 */
void
foyer_sandbox_route (FoyerSandboxCall *call)
{
  const char *path = call->path;
  const Route *route;
  gboolean known;
  gboolean write = is_write (call->method);

  if (g_str_equal (path, "/api/"))
    {
      foyer_sandbox_call_answer (call, 302, "");
      foyer_sandbox_call_add_header (call, "Location", "/api/v1/");
      return;
    }
  if (!g_str_has_prefix (path, "/api/v1/"))
    {
      foyer_sandbox_call_html (call, 404,
                               "I'm afraid we could not find the the resource you "
                               "requested.");
      return;
    }
  path += strlen ("/api/v1/");
  if (write && call->idempotency_key != NULL && replay (call, call->idempotency_key))
    return;
  route = find_route (call->method, path, &known);
  if (known)
    serve (call, path, route);
  else
    miss (call, path);
  if (write && call->idempotency_key != NULL)
    keep_reply (call, call->idempotency_key);
}
