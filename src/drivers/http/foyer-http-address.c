/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which addresses a connection may have. */

#define G_LOG_DOMAIN "foyer-http"

#include "config.h"

#include "foyer-http-address.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "foyer-error.h"

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* A name or an address; GUri lets anything through. */
static gboolean
is_host (const char *host)
{
  g_autofree char *ascii = NULL;

  if (g_hostname_is_ip_address (host))
    return TRUE;

  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL || *ascii == '\0')
    return FALSE;
  for (const char *p = ascii; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-._", *p) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * foyer_http_check_base_url:
 * @base_url: what a person has entered as the address of a service
 * @error: return location
 *
 * Returns: whether it may be used: https, or http to this computer itself; no name, password,
 *   query or fragment. Else %FALSE with %FOYER_ERROR_INVALID and a sentence that says what is
 *   wrong.
 */
gboolean
foyer_http_check_base_url (const char *base_url, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme, *host;

  g_return_val_if_fail (base_url != NULL, FALSE);

  uri = g_uri_parse (base_url, SOUP_HTTP_URI_FLAGS, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (scheme == NULL || host == NULL || !is_host (host)
      || (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http")))
    foyer_error_set (error, FOYER_ERROR_INVALID, "base URL",
                     _ ("This is not an address of a service. It should look like "
                        "https://tickets.example.org."));
  else if (g_uri_get_userinfo (uri) != NULL)
    foyer_error_set (error, FOYER_ERROR_INVALID, "base URL with user info",
                     _ ("The address must not hold a name or a password."));
  else if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    foyer_error_set (error, FOYER_ERROR_INVALID, "base URL with a query",
                     _ ("The address must not hold a question mark or a hash sign."));
  else if (g_str_equal (scheme, "http") && !is_loopback (host))
    foyer_error_set (error, FOYER_ERROR_INVALID, "base URL without TLS",
                     _ ("The address must begin with https://: everything else could be read "
                        "and changed on the way."));
  else
    return TRUE;

  return FALSE;
}
