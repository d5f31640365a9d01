/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making a device for another laptop (contracts/pretix.md 4.9). Only a team's key may, and only with the
 * right to; a device never. Whatever gets lost on the way leaves at most a device that nobody has
 * initialised: it opens nothing until its token is used. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-invite.h"

#include <glib/gi18n.h>

#include "foyer-json.h"
#include "foyer-pretix-errors.h"
#include "foyer-secrets.h"

#define ROUTE FOYER_PRETIX_ROUTE_ORGANIZER "/devices/"

/* Enough to fetch the list and to check people in; not to change, sell or refund (contracts/pretix.md 1.3). */
#define PROFILE_CHECK_IN "pretixscan"
#define PROFILE_FULL "full"

static JsonNode *
build_body (FoyerPretixClient *client, const char *desk, gboolean only_check_in)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, desk);
  json_builder_set_member_name (builder, "all_events");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_set_member_name (builder, "limit_events");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, client->connection->event);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "security_profile");
  json_builder_add_string_value (builder, only_check_in ? PROFILE_CHECK_IN : PROFILE_FULL);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static GError *
error_of_answer (FoyerHttpResponse *response)
{
  g_autoptr (GError) error = foyer_pretix_error_from_answer (response);
  GError *refused;

  if (!g_error_matches (error, FOYER_ERROR, FOYER_ERROR_FORBIDDEN))
    return g_steal_pointer (&error);

  refused = foyer_pretix_error_with_sentence (
      error, _ ("The key of this connection may not make devices in pretix."));
  foyer_error_set_hint (refused, _ ("Add a device in pretix yourself, under Devices, and give its "
                                    "initialisation token here."));
  return refused;
}

static void
answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (FOYER_HTTP (source), result,
                                                                   &error);
  JsonObject *device = NULL;
  const char *token = NULL;
  JsonNode *node;

  if (response == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!foyer_http_response_is_success (response))
    {
      g_task_return_error (task, error_of_answer (response));
      return;
    }

  node = foyer_http_response_get_json (response, &error);
  if (node != NULL)
    {
      device = foyer_json_get_root_object (node);
      token = device != NULL ? foyer_json_get_string (device, "initialization_token") : NULL;
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else if (token == NULL || *token == '\0')
    g_task_return_error (task, foyer_error_new_plain (FOYER_ERROR_PROTOCOL,
                                                      "a device without initialization_token"));
  else
    g_task_return_pointer (task, g_strdup (token), (GDestroyNotify)foyer_secrets_wipe);
}

/**
 * foyer_pretix_invite_async:
 * @client: the client, with a team's key
 * @source_object: source of the result
 * @desk: name of the new device
 * @only_check_in: whether it is to check people in and nothing else
 * @cancellable: (nullable): to stop it
 * @callback: called when there is an answer
 * @user_data: for @callback
 *
 * Makes a device for the connection's event.
 */
void
foyer_pretix_invite_async (FoyerPretixClient *client,
                           gpointer source_object,
                           const char *desk,
                           gboolean only_check_in,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source_object, cancellable, callback, user_data);
  g_autoptr (FoyerHttpRequest) request = NULL;
  g_autoptr (JsonNode) body = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, foyer_pretix_invite_async);
  if (!foyer_pretix_client_check_route (client, FOYER_PRETIX_ROUTE_EVENT, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  body = build_body (client, desk, only_check_in);
  request = foyer_pretix_client_new_request (client, "POST", ROUTE);
  foyer_http_request_set_json (request, body);
  foyer_http_request_set_urgent (request, TRUE);
  foyer_http_send_async (client->http, request, cancellable, answered, g_object_ref (task));
}

/**
 * foyer_pretix_invite_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the token that the device is initialised with, once; %NULL with an
 *   error
 */
char *
foyer_pretix_invite_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
