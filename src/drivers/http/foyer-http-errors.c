/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what HTTP, TLS and the network say to what a person can do about it. */

#define G_LOG_DOMAIN "foyer-http"

#include "config.h"

#include "foyer-http-errors.h"

#include <glib/gi18n.h>

#include "foyer-error.h"

static FoyerError
code_of_status (int status)
{
  switch (status)
    {
    case 401:
      return FOYER_ERROR_UNAUTHORIZED;
    case 403:
      return FOYER_ERROR_FORBIDDEN;
    case 404:
    case 410:
      return FOYER_ERROR_NOT_FOUND;
    case 408:
      return FOYER_ERROR_TIMEOUT;
    case 409:
    case 412:
    case 423:
      return FOYER_ERROR_CONFLICT;
    case 429:
      return FOYER_ERROR_RATE_LIMITED;
    case 407:
      return FOYER_ERROR_PROTOCOL;
    default:
      if (status >= 500 && status < 600)
        return FOYER_ERROR_SERVER;
      if (status >= 400 && status < 500)
        return FOYER_ERROR_INVALID;
      return FOYER_ERROR_PROTOCOL;
    }
}

static const char *
sentence_of_status (FoyerError code)
{
  switch (code)
    {
    case FOYER_ERROR_UNAUTHORIZED:
      return _ ("The service does not accept the key of this connection.");
    case FOYER_ERROR_FORBIDDEN:
      return _ ("The key of this connection does not allow this.");
    case FOYER_ERROR_NOT_FOUND:
      return _ ("The service does not have this.");
    case FOYER_ERROR_TIMEOUT:
      return _ ("The service gave up waiting for our request.");
    case FOYER_ERROR_CONFLICT:
      return _ ("This has changed at the service in the meantime, or is being changed.");
    case FOYER_ERROR_RATE_LIMITED:
      return _ ("The service asks for fewer requests.");
    case FOYER_ERROR_INVALID:
      return _ ("The service did not accept what was sent.");
    case FOYER_ERROR_SERVER:
      return _ ("The service has a problem of its own.");
    case FOYER_ERROR_OFFLINE:
    case FOYER_ERROR_TLS:
    case FOYER_ERROR_PROTOCOL:
    case FOYER_ERROR_STORAGE:
    case FOYER_ERROR_KEYRING:
    case FOYER_ERROR_CANCELLED:
      break;
    }

  return _ ("The service answered in a way that is not understood.");
}

static const char *
hint_of_status (int status, FoyerError code)
{
  if (status == 407)
    return _ ("A proxy on the way asks for a password. Use a network without it.");
  if (code == FOYER_ERROR_UNAUTHORIZED)
    return _ ("It may have been revoked. Enter a new one under Connections.");
  if (code == FOYER_ERROR_FORBIDDEN)
    return _ ("Ask an administrator of the service for the permission.");
  if (code == FOYER_ERROR_RATE_LIMITED || code == FOYER_ERROR_SERVER || code == FOYER_ERROR_TIMEOUT)
    return _ ("It will be tried again.");

  return NULL;
}

/* Documented at foyer_http_response_to_error(). */
GError *
foyer_http_error_from_status (int status, gboolean is_read, const char *route, gint64 retry_after)
{
  FoyerError code = code_of_status (status);
  g_autofree char *detail = g_strdup_printf ("status %d from %s", status, route);
  GError *error = foyer_error_new (code, detail, "%s", sentence_of_status (code));

  foyer_error_set_hint (error, hint_of_status (status, code));
  foyer_error_set_status (error, status);
  foyer_error_set_retry_after (error, retry_after);
  foyer_error_set_outcome (error, !is_read && (status < 400 || status >= 500)
                                      ? FOYER_OUTCOME_UNKNOWN
                                      : FOYER_OUTCOME_ANSWERED);
  return error;
}

static char *
format_day (GDateTime *time)
{
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  /* ISO 8601: understood everywhere, and never read the wrong way round */
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("?");
}

static GError *
error_of_certificate (GTlsCertificateFlags flags, GTlsCertificate *certificate, const char *route)
{
  g_autofree char *detail = g_strdup_printf ("certificate flags 0x%x at %s", (guint)flags, route);
  g_autoptr (GDateTime) begin = NULL;
  g_autoptr (GDateTime) end = NULL;
  g_autofree char *day = NULL;
  GError *error;

  if (certificate != NULL)
    {
      begin = g_tls_certificate_get_not_valid_before (certificate);
      end = g_tls_certificate_get_not_valid_after (certificate);
    }

  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    {
      day = format_day (end);
      error = foyer_error_new (FOYER_ERROR_TLS, detail,
                               _ ("The certificate of the service expired on %s."), day);
      foyer_error_set_hint (error, _ ("Check the date and time of this laptop. If they are right, "
                                      "the service has to renew its certificate."));
    }
  else if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    {
      day = format_day (begin);
      error = foyer_error_new (FOYER_ERROR_TLS, detail,
                               _ ("The certificate of the service is valid only from %s."), day);
      foyer_error_set_hint (error, _ ("The clock of this laptop is probably wrong: set its date "
                                      "and time."));
    }
  else if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    {
      error = foyer_error_new (FOYER_ERROR_TLS, detail,
                               _ ("The certificate belongs to another address than this one."));
      foyer_error_set_hint (error, _ ("Check the address of the connection. In a guest network, "
                                      "open its login page in a browser first."));
    }
  else if (flags & G_TLS_CERTIFICATE_REVOKED)
    {
      error = foyer_error_new (FOYER_ERROR_TLS, detail,
                               _ ("The certificate of the service has been revoked."));
      foyer_error_set_hint (error, _ ("Do not use this connection. Ask the service."));
    }
  else if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    {
      error = foyer_error_new (FOYER_ERROR_TLS, detail,
                               _ ("The certificate comes from an issuer that is not known."));
      foyer_error_set_hint (error, _ ("If the service has an issuer of its own, choose its CA file "
                                      "in the connection's settings."));
    }
  else
    {
      error = foyer_error_new (FOYER_ERROR_TLS, detail,
                               _ ("The certificate of the service is not safe."));
      foyer_error_set_hint (error, _ ("Do not use this connection. Ask the service."));
    }

  return error;
}

static gboolean
is_unreachable (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

/* What stopped a request, without its outcome. @flags and @certificate: what the server showed,
 * if it was not trusted. The library's message is left out: it may quote the address. */
GError *
foyer_http_error_from_transport (const GError *error,
                                 GTlsCertificateFlags flags,
                                 GTlsCertificate *certificate,
                                 const char *route)
{
  g_autofree char *detail = g_strdup_printf ("%s %d at %s", g_quark_to_string (error->domain),
                                             error->code, route);
  GError *result;

  if (flags != 0)
    return error_of_certificate (flags, certificate, route);

  if (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF)
    {
      result = foyer_error_new (FOYER_ERROR_TLS, detail,
                                _ ("There is no secure connection at this address."));
      foyer_error_set_hint (result, _ ("Check the address of the connection."));
      return result;
    }

  if (error->domain == SOUP_SESSION_ERROR)
    return foyer_error_new (FOYER_ERROR_PROTOCOL, detail,
                            _ ("The answer broke off, or it is not one of a web service."));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return foyer_error_new (FOYER_ERROR_TIMEOUT, detail, _ ("The service did not answer in time."));

  if (error->domain == G_RESOLVER_ERROR
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    {
      result = foyer_error_new (FOYER_ERROR_OFFLINE, detail,
                                _ ("The address of the service cannot be found."));
      foyer_error_set_hint (result, _ ("Check the network of this laptop, then the address of the "
                                       "connection."));
      return result;
    }

  if (is_unreachable (error))
    {
      result = foyer_error_new (FOYER_ERROR_OFFLINE, detail, _ ("The service cannot be reached."));
      foyer_error_set_hint (result, _ ("Check the network of this laptop."));
      return result;
    }

  return foyer_error_new (FOYER_ERROR_OFFLINE, detail,
                          _ ("The connection to the service broke off."));
}

/* The value of a Retry-After header, in microseconds from now; 0 = none, or not readable. It is
 * either seconds or a date, which is the service's clock. More than a day is taken for a day. */
gint64
foyer_http_parse_retry_after (const char *value, FoyerTime service_now)
{
  guint64 seconds;
  FoyerTime when;

  if (value == NULL)
    return 0;

  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &seconds, NULL))
    return (gint64)MIN (seconds, 86400) * FOYER_SECOND;

  if (!foyer_time_parse_http_date (value, &when) || when <= service_now)
    return 0;

  return MIN (when - service_now, 24 * FOYER_HOUR);
}
