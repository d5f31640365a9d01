/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be asked of a service. The path is always made from the route's template, so the
 * template that the audit sees cannot differ from what was called, and a value can never reach
 * into another part of the path. */

#define G_LOG_DOMAIN "foyer-http"

#include "config.h"

#include "foyer-http-request.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "foyer-http-request-private.h"

G_DEFINE_BOXED_TYPE (FoyerHttpRequest,
                     foyer_http_request,
                     foyer_http_request_ref,
                     foyer_http_request_unref)

static gboolean
is_token (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-.^_`|~", *p) == NULL)
      return FALSE;

  return TRUE;
}

/* No line break, no control character: nothing that could begin another header. */
static gboolean
is_field_value (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;

  return TRUE;
}

/**
 * foyer_http_request_new:
 * @method: `GET`, `POST`, ... in capitals
 * @route: the route's template below the connection's base URL, beginning with a slash:
 *   `/api/v1/organizers/{organizer}/events/`. Each name in braces is filled by
 *   foyer_http_request_set_segment().
 *
 * Returns: (transfer full): a new request
 */
FoyerHttpRequest *
foyer_http_request_new (const char *method, const char *route)
{
  FoyerHttpRequest *self;

  g_return_val_if_fail (method != NULL && is_token (method), NULL);
  g_return_val_if_fail (route != NULL && route[0] == '/', NULL);

  self = g_new0 (FoyerHttpRequest, 1);
  self->method = g_strdup (method);
  self->route = g_strdup (route);
  self->segments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->query = g_string_new (NULL);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->deadline = FOYER_HTTP_DEFAULT_DEADLINE;
  self->patience = -1;
  self->max_body = FOYER_HTTP_DEFAULT_MAX_BODY;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/**
 * foyer_http_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
FoyerHttpRequest *
foyer_http_request_ref (FoyerHttpRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * foyer_http_request_unref:
 * @self: (transfer full): a request
 */
void
foyer_http_request_unref (FoyerHttpRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->method);
  g_free (self->route);
  g_hash_table_unref (self->segments);
  g_string_free (self->query, TRUE);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);
  g_free (self->accept);
  g_clear_pointer (&self->call_log, g_ptr_array_unref);
  g_free (self);
}

/**
 * foyer_http_request_set_segment:
 * @self: a request
 * @name: a name that stands in braces in the route
 * @value: what to put there; any text but the empty one, `.` and `..`; it is encoded
 */
void
foyer_http_request_set_segment (FoyerHttpRequest *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && value != NULL);

  g_hash_table_insert (self->segments, g_strdup (name), g_strdup (value));
}

/**
 * foyer_http_request_add_query:
 * @self: a request
 * @name: name of the parameter
 * @value: its value, plain; it is encoded (a plus as %2B, a space as %20)
 *
 * The same name may be added more than once.
 */
void
foyer_http_request_add_query (FoyerHttpRequest *self, const char *name, const char *value)
{
  g_autofree char *escaped_name = NULL, *escaped_value = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && value != NULL);

  escaped_name = g_uri_escape_string (name, NULL, FALSE);
  escaped_value = g_uri_escape_string (value, NULL, FALSE);
  if (self->query->len > 0)
    g_string_append_c (self->query, '&');
  g_string_append_printf (self->query, "%s=%s", escaped_name, escaped_value);
}

/**
 * foyer_http_request_add_query_int:
 * @self: a request
 * @name: name of the parameter
 * @value: its value
 */
void
foyer_http_request_add_query_int (FoyerHttpRequest *self, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  foyer_http_request_add_query (self, name, text);
}

/**
 * foyer_http_request_set_header:
 * @self: a request
 * @name: name of the header, `X-Idempotency-Key`
 * @value: its value
 *
 * Sets a header of this request, in place of an earlier one of that name. `Authorization` and
 * `Host` are the connection's. A value with a control character makes the sending fail.
 */
void
foyer_http_request_set_header (FoyerHttpRequest *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && is_token (name));
  g_return_if_fail (g_ascii_strcasecmp (name, "Authorization") != 0);
  g_return_if_fail (g_ascii_strcasecmp (name, "Host") != 0);
  g_return_if_fail (value != NULL);

  if (!is_field_value (value))
    {
      self->bad = TRUE;
      return;
    }

  for (guint i = 0; i < self->headers->len; i += 2)
    if (g_ascii_strcasecmp (self->headers->pdata[i], name) == 0)
      {
        g_ptr_array_remove_range (self->headers, i, 2);
        break;
      }
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

/**
 * foyer_http_request_set_json:
 * @self: a request
 * @body: the body
 *
 * Sets a JSON body. @body is written out here: what is changed in it later is not sent.
 */
void
foyer_http_request_set_json (FoyerHttpRequest *self, JsonNode *body)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  g_return_if_fail (self != NULL);
  g_return_if_fail (body != NULL);

  text = json_to_string (body, FALSE);
  length = strlen (text);
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  foyer_http_request_set_body (self, "application/json", bytes);
}

/**
 * foyer_http_request_set_body:
 * @self: a request
 * @content_type: what the body is, `application/json`
 * @body: the body
 */
void
foyer_http_request_set_body (FoyerHttpRequest *self, const char *content_type, GBytes *body)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (content_type != NULL && is_field_value (content_type));
  g_return_if_fail (body != NULL);

  g_bytes_ref (body);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body;
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
}

/**
 * foyer_http_request_set_accept:
 * @self: a request
 * @content_type: (nullable): what is wanted, `application/pdf`; %NULL for JSON
 *
 * By default an answer that is not JSON is an error. With another type the body is handed over as
 * it came; an answer of that type without a Content-Length is refused, since nothing would prove
 * that it is whole.
 */
void
foyer_http_request_set_accept (FoyerHttpRequest *self, const char *content_type)
{
  char *copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (content_type == NULL || is_field_value (content_type));

  copy = g_strdup (content_type);
  g_free (self->accept);
  self->accept = copy;
}

/**
 * foyer_http_request_set_deadline:
 * @self: a request
 * @microseconds: how long one attempt may take, from its start to the last byte; 15 s by default
 *
 * An attempt that takes longer is broken off (%FOYER_ERROR_TIMEOUT).
 */
void
foyer_http_request_set_deadline (FoyerHttpRequest *self, gint64 microseconds)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (microseconds > 0);

  self->deadline = microseconds;
}

/**
 * foyer_http_request_set_patience:
 * @self: a request
 * @microseconds: how long after the first start another attempt may begin; 0 for a single attempt
 *
 * Only reads (GET, HEAD) are tried again: after no answer, 429 and 5xx, with growing pauses, or
 * the pause that the service asks for. 30 s by default. A write is never tried again here,
 * whatever is set: whether it happened must be looked up first.
 */
void
foyer_http_request_set_patience (FoyerHttpRequest *self, gint64 microseconds)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (microseconds >= 0);

  self->patience = microseconds;
}

/**
 * foyer_http_request_set_max_body:
 * @self: a request
 * @bytes: the longest answer that is read, after unpacking; 16 MiB by default
 */
void
foyer_http_request_set_max_body (FoyerHttpRequest *self, gsize bytes)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes > 0);

  self->max_body = bytes;
}

/**
 * foyer_http_request_set_expect_success:
 * @self: a request
 * @expect_success: whether a status that is not 2xx is an error
 *
 * By default any whole answer is a response, since a refusal is an answer. With this the
 * statuses become errors: see foyer_http_response_to_error().
 */
void
foyer_http_request_set_expect_success (FoyerHttpRequest *self, gboolean expect_success)
{
  g_return_if_fail (self != NULL);

  self->expect_success = expect_success;
}

/**
 * foyer_http_request_set_probe:
 * @self: a request
 * @probe: whether it is sent even while the circuit is open
 */
void
foyer_http_request_set_probe (FoyerHttpRequest *self, gboolean probe)
{
  g_return_if_fail (self != NULL);

  self->probe = probe;
}

/**
 * foyer_http_request_set_urgent:
 * @self: a request
 * @urgent: whether a person waits for it
 *
 * An urgent request passes those that wait for their turn; two places are kept for them.
 */
void
foyer_http_request_set_urgent (FoyerHttpRequest *self, gboolean urgent)
{
  g_return_if_fail (self != NULL);

  self->urgent = urgent;
}

/**
 * foyer_http_request_set_call_log:
 * @self: a request
 * @call_log: (nullable) (element-type FoyerCall): where the records of the calls go
 *
 * Commands store their audit row in the transaction that stores the result: their calls are
 * added to @call_log (before the sending ends), instead of being told to the audit listener. The
 * array must have foyer_call_unref() as its free function.
 */
void
foyer_http_request_set_call_log (FoyerHttpRequest *self, GPtrArray *call_log)
{
  g_return_if_fail (self != NULL);

  if (call_log != NULL)
    g_ptr_array_ref (call_log);
  g_clear_pointer (&self->call_log, g_ptr_array_unref);
  self->call_log = call_log;
}

/**
 * foyer_http_request_get_method:
 * @self: a request
 *
 * Returns: the method
 */
const char *
foyer_http_request_get_method (FoyerHttpRequest *self)
{
  return self->method;
}

/**
 * foyer_http_request_get_route:
 * @self: a request
 *
 * Returns: the route's template
 */
const char *
foyer_http_request_get_route (FoyerHttpRequest *self)
{
  return self->route;
}

/**
 * foyer_http_request_is_read:
 * @self: a request
 *
 * Returns: whether the request changes nothing, and so may be sent any number of times
 */
gboolean
foyer_http_request_is_read (FoyerHttpRequest *self)
{
  return g_str_equal (self->method, "GET") || g_str_equal (self->method, "HEAD");
}

static void
set_invalid (FoyerHttpRequest *self, const char *what, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%s %s: %s", self->method, self->route, what);

  foyer_error_set (error, FOYER_ERROR_INVALID, detail,
                   _ ("Something was entered that cannot be sent to the service."));
}

/* The encoded path, or NULL. A segment must not be empty or dots: no encoding keeps a proxy from
 * reading `..` as "one up". */
char *
foyer_http_request_build_path (FoyerHttpRequest *self, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  const char *p = self->route;

  while (*p != '\0')
    {
      const char *open = strchrnul (p, '{'), *close;
      g_autofree char *name = NULL;
      const char *value;

      g_string_append_len (path, p, open - p);
      if (*open == '\0')
        break;

      close = strchr (open, '}');
      name = close != NULL ? g_strndup (open + 1, (gsize)(close - open - 1)) : NULL;
      value = name != NULL ? g_hash_table_lookup (self->segments, name) : NULL;
      if (value == NULL || *value == '\0' || g_str_equal (value, ".") || g_str_equal (value, ".."))
        {
          set_invalid (self, "a part of the path is missing or not usable", error);
          return NULL;
        }

      g_string_append_uri_escaped (path, value, NULL, FALSE);
      p = close + 1;
    }

  return g_string_free (g_steal_pointer (&path), FALSE);
}

/* The whole address below @base_url, which has no slash at its end. */
GUri *
foyer_http_request_build_uri (FoyerHttpRequest *self, const char *base_url, GError **error)
{
  g_autofree char *path = NULL, *text = NULL;
  g_autoptr (GUri) uri = NULL;

  if (self->bad)
    {
      set_invalid (self, "a header holds a control character", error);
      return NULL;
    }

  path = foyer_http_request_build_path (self, error);
  if (path == NULL)
    return NULL;

  text = g_strconcat (base_url, path, self->query->len > 0 ? "?" : "", self->query->str, NULL);
  uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL)
    set_invalid (self, "the address cannot be built", error);
  return g_steal_pointer (&uri);
}
