/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every part of the driver needs: the line, the account, the reader; and requests made of it. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-client.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (FoyerPretixClient,
                     foyer_pretix_client,
                     foyer_pretix_client_ref,
                     foyer_pretix_client_unref)

/**
 * foyer_pretix_client_new:
 * @http: the line to the server
 * @connection: which account, which event
 * @locales: the languages of the person in front of the screen, best first
 * @authorized: whether there is a key
 *
 * Returns: (transfer full): a new client
 */
FoyerPretixClient *
foyer_pretix_client_new (FoyerHttp *http,
                         FoyerConnection *connection,
                         const char *const *locales,
                         gboolean authorized)
{
  FoyerPretixClient *self = g_rc_box_new0 (FoyerPretixClient);

  self->http = g_object_ref (http);
  self->connection = foyer_connection_ref (connection);
  self->locales = g_strdupv ((GStrv)locales);
  self->reader = foyer_pretix_reader_new (locales, NULL);
  self->authorized = authorized;
  return self;
}

/**
 * foyer_pretix_client_ref:
 * @self: a client
 *
 * Returns: (transfer full): @self
 */
FoyerPretixClient *
foyer_pretix_client_ref (FoyerPretixClient *self)
{
  return g_rc_box_acquire (self);
}

static void
foyer_pretix_client_clear (gpointer data)
{
  FoyerPretixClient *self = data;

  g_object_unref (self->http);
  foyer_connection_unref (self->connection);
  foyer_pretix_reader_unref (self->reader);
  g_strfreev (self->locales);
}

/**
 * foyer_pretix_client_unref:
 * @self: (transfer full): a client
 */
void
foyer_pretix_client_unref (FoyerPretixClient *self)
{
  g_rc_box_release_full (self, foyer_pretix_client_clear);
}

/**
 * foyer_pretix_client_is_device:
 * @self: a client
 *
 * Returns: whether the key is a device's: narrowed by a profile, and with a name in conflicts
 */
gboolean
foyer_pretix_client_is_device (FoyerPretixClient *self)
{
  return g_strcmp0 (self->connection->auth_scheme, "Device") == 0;
}

/**
 * foyer_pretix_client_learn_locale:
 * @self: a client
 * @event_locale: (nullable): the event's own language
 *
 * From now on names are taken in the event's language where the reader's is missing. Pulling the
 * event, which every sync begins with, tells it. Until then English stands in its place.
 */
void
foyer_pretix_client_learn_locale (FoyerPretixClient *self, const char *event_locale)
{
  FoyerPretixReader *reader = foyer_pretix_reader_new ((const char *const *)self->locales,
                                                       event_locale);

  foyer_pretix_reader_unref (self->reader);
  self->reader = reader;
}

/**
 * foyer_pretix_client_check_route:
 * @self: a client
 * @route: template of a route
 * @error: return location
 *
 * Returns: whether the connection has what the route needs; %FALSE with %FOYER_ERROR_INVALID and a
 *   sentence that says what is missing
 */
gboolean
foyer_pretix_client_check_route (FoyerPretixClient *self, const char *route, GError **error)
{
  if (strstr (route, "{organizer}") != NULL && self->connection->organizer == NULL)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "no organizer",
                       _ ("This connection has no organiser yet. Choose one first."));
      return FALSE;
    }
  if (strstr (route, "{event}") != NULL && self->connection->event == NULL)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "no event",
                       _ ("This connection has no event yet. Choose one first."));
      return FALSE;
    }

  return TRUE;
}

/**
 * foyer_pretix_client_dup_path:
 * @self: a client
 * @route: template of a route, with nothing but `{organizer}` and `{event}` in it
 *
 * Returns: (transfer full): the path as the server would say it, not encoded
 */
char *
foyer_pretix_client_dup_path (FoyerPretixClient *self, const char *route)
{
  GString *path = g_string_new (route);

  if (self->connection->organizer != NULL)
    g_string_replace (path, "{organizer}", self->connection->organizer, 1);
  if (self->connection->event != NULL)
    g_string_replace (path, "{event}", self->connection->event, 1);

  return g_string_free (path, FALSE);
}

/**
 * foyer_pretix_client_new_request:
 * @self: a client
 * @method: `GET` or `POST`
 * @route: template of the route
 *
 * Returns: (transfer full): a request for this account and event, in the reader's language
 */
FoyerHttpRequest *
foyer_pretix_client_new_request (FoyerPretixClient *self, const char *method, const char *route)
{
  FoyerHttpRequest *request = foyer_http_request_new (method, route);
  g_autofree char *languages = foyer_pretix_reader_dup_accept_language (self->reader);

  foyer_http_request_set_header (request, "Accept-Language", languages);
  if (self->connection->organizer != NULL)
    foyer_http_request_set_segment (request, "organizer", self->connection->organizer);
  if (self->connection->event != NULL)
    foyer_http_request_set_segment (request, "event", self->connection->event);

  return request;
}
