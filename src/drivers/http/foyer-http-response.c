/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole answer. A page of records is never parsed as one tree: each record is parsed when it is
 * asked for, from its own stretch of the text, so that a bad one costs only itself. */

#define G_LOG_DOMAIN "foyer-http"

#include "config.h"

#include "foyer-http-response.h"

#include <glib/gi18n.h>
#include <string.h>

#include "foyer-http-errors.h"
#include "foyer-http-response-private.h"

struct _FoyerHttpResponse
{
  char *method;
  char *route;
  int status;
  GPtrArray *headers; /* (element-type utf8): name, value, name, value ... */
  GBytes *body;
  FoyerJsonMap *map; /* (nullable): NULL = not JSON */
  gint64 duration;
  gint64 retry_after;
  gatomicrefcount ref_count;

  GMutex lock; /* guards what is parsed on demand */
  JsonNode *json;
  JsonNode *envelope;
};

G_DEFINE_BOXED_TYPE (FoyerHttpResponse,
                     foyer_http_response,
                     foyer_http_response_ref,
                     foyer_http_response_unref)

FoyerHttpResponse *
foyer_http_response_new (const char *method,
                         const char *route,
                         int status,
                         GPtrArray *headers,
                         GBytes *body,
                         FoyerJsonMap *map,
                         gint64 duration,
                         gint64 retry_after)
{
  FoyerHttpResponse *self = g_new0 (FoyerHttpResponse, 1);

  self->method = g_strdup (method);
  self->route = g_strdup (route);
  self->status = status;
  self->headers = g_ptr_array_ref (headers);
  self->body = g_bytes_ref (body);
  self->map = map;
  self->duration = duration;
  self->retry_after = retry_after;
  g_mutex_init (&self->lock);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/**
 * foyer_http_response_ref:
 * @self: a response
 *
 * Returns: (transfer full): @self
 */
FoyerHttpResponse *
foyer_http_response_ref (FoyerHttpResponse *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * foyer_http_response_unref:
 * @self: (transfer full): a response
 */
void
foyer_http_response_unref (FoyerHttpResponse *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->method);
  g_free (self->route);
  g_ptr_array_unref (self->headers);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->map, foyer_json_map_free);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->envelope, json_node_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * foyer_http_response_get_status:
 * @self: a response
 *
 * Returns: the HTTP status
 */
int
foyer_http_response_get_status (FoyerHttpResponse *self)
{
  return self->status;
}

/**
 * foyer_http_response_is_success:
 * @self: a response
 *
 * Returns: whether the status is 2xx
 */
gboolean
foyer_http_response_is_success (FoyerHttpResponse *self)
{
  return self->status >= 200 && self->status < 300;
}

/**
 * foyer_http_response_get_header:
 * @self: a response
 * @name: name of a header, in any case
 *
 * Returns: (nullable): its (last) value
 */
const char *
foyer_http_response_get_header (FoyerHttpResponse *self, const char *name)
{
  for (guint i = self->headers->len; i > 0; i -= 2)
    if (g_ascii_strcasecmp (self->headers->pdata[i - 2], name) == 0)
      return self->headers->pdata[i - 1];

  return NULL;
}

/**
 * foyer_http_response_get_retry_after:
 * @self: a response
 *
 * Returns: the pause that the service asks for (`Retry-After`), in microseconds, or 0
 */
gint64
foyer_http_response_get_retry_after (FoyerHttpResponse *self)
{
  return self->retry_after;
}

/**
 * foyer_http_response_get_duration:
 * @self: a response
 *
 * Returns: microseconds from the start of the (last) attempt to the end of the answer
 */
gint64
foyer_http_response_get_duration (FoyerHttpResponse *self)
{
  return self->duration;
}

/**
 * foyer_http_response_get_body:
 * @self: a response
 *
 * Returns: (transfer none): the body as it came, unpacked; may be empty
 */
GBytes *
foyer_http_response_get_body (FoyerHttpResponse *self)
{
  return self->body;
}

/**
 * foyer_http_response_has_json:
 * @self: a response
 *
 * Returns: whether the body is well-formed JSON
 */
gboolean
foyer_http_response_has_json (FoyerHttpResponse *self)
{
  return self->map != NULL;
}

static JsonNode *
parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (json_parser_load_from_data (parser, text, (gssize)length, &reason))
    node = json_parser_steal_root (parser);
  if (node == NULL)
    /* the parser's message quotes the text: it must not get into a log */
    foyer_error_set (error, FOYER_ERROR_PROTOCOL, "JSON: the parser refuses what was checked",
                     _ ("The service sent an answer that cannot be read."));
  return g_steal_pointer (&node);
}

static void
set_unreadable (FoyerHttpResponse *self, GError **error, const char *what, gsize offset)
{
  g_autofree char *detail = g_strdup_printf ("%s %s: status %d, %s at byte %" G_GSIZE_FORMAT,
                                             self->method, self->route, self->status, what, offset);

  foyer_error_set (error, FOYER_ERROR_PROTOCOL, detail,
                   _ ("The service sent an answer that cannot be read."));
}

static void
mark_answered (FoyerHttpResponse *self, GError **error)
{
  if (error == NULL || *error == NULL)
    return;

  /* it did answer, but what it did is not known, unless it says that it refused */
  foyer_error_set_outcome (*error, self->status >= 400 && self->status < 500
                                       ? FOYER_OUTCOME_ANSWERED
                                       : FOYER_OUTCOME_UNKNOWN);
  foyer_error_set_status (*error, self->status);
}

static gboolean
check_slice (FoyerHttpResponse *self, const FoyerJsonSlice *slice, GError **error)
{
  if (slice->taint == FOYER_JSON_CLEAN)
    return TRUE;

  set_unreadable (self, error, foyer_json_taint_to_name (slice->taint), slice->taint_offset);
  return FALSE;
}

/**
 * foyer_http_response_get_json:
 * @self: a response
 * @error: return location
 *
 * The whole body as a tree, parsed at the first call. For a page of records it is cheaper to take
 * foyer_http_response_get_envelope() and foyer_http_response_dup_result().
 *
 * Fails with %FOYER_ERROR_PROTOCOL if the body is not JSON, or if any value in it would be read
 * as something else (a number out of range, a NUL, a key twice).
 *
 * Returns: (transfer none) (nullable): the tree, immutable, valid as long as @self
 */
JsonNode *
foyer_http_response_get_json (FoyerHttpResponse *self, GError **error)
{
  const char *text;
  JsonNode *json;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->map == NULL)
    {
      set_unreadable (self, error, "no JSON", 0);
      mark_answered (self, error);
      return NULL;
    }

  if (!check_slice (self, &self->map->root, error))
    {
      mark_answered (self, error);
      return NULL;
    }
  for (guint i = 0; i < self->map->records->len; i++)
    if (!check_slice (self, &g_array_index (self->map->records, FoyerJsonSlice, i), error))
      {
        mark_answered (self, error);
        return NULL;
      }

  g_mutex_lock (&self->lock);
  if (self->json == NULL)
    {
      text = g_bytes_get_data (self->body, NULL);
      self->json = parse (text + self->map->root.start, self->map->root.end - self->map->root.start,
                          error);
    }
  json = self->json;
  g_mutex_unlock (&self->lock);

  if (json == NULL)
    mark_answered (self, error);
  return json;
}

/**
 * foyer_http_response_get_object:
 * @self: a response
 * @error: return location
 *
 * foyer_http_response_get_json() for a body that must be an object.
 *
 * Returns: (transfer none) (nullable): the object
 */
JsonObject *
foyer_http_response_get_object (FoyerHttpResponse *self, GError **error)
{
  JsonNode *json = foyer_http_response_get_json (self, error);

  if (json == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (json))
    return json_node_get_object (json);

  set_unreadable (self, error, "no object", 0);
  mark_answered (self, error);
  return NULL;
}

/**
 * foyer_http_response_has_results:
 * @self: a response
 *
 * Returns: whether the body is a page: an object with an array `results`
 */
gboolean
foyer_http_response_has_results (FoyerHttpResponse *self)
{
  return self->map != NULL && self->map->has_results;
}

/**
 * foyer_http_response_get_n_results:
 * @self: a response
 *
 * Returns: the number of records on the page; 0 if it is none
 */
guint
foyer_http_response_get_n_results (FoyerHttpResponse *self)
{
  return self->map != NULL ? self->map->records->len : 0;
}

static const FoyerJsonSlice *
get_record (FoyerHttpResponse *self, guint index, GError **error)
{
  const FoyerJsonSlice *slice;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < foyer_http_response_get_n_results (self), NULL);

  slice = &g_array_index (self->map->records, FoyerJsonSlice, index);
  if (check_slice (self, slice, error))
    return slice;

  mark_answered (self, error);
  return NULL;
}

/**
 * foyer_http_response_dup_result:
 * @self: a response that is a page
 * @index: number of a record, below foyer_http_response_get_n_results()
 * @error: return location
 *
 * Parses one record. Meant for a worker thread.
 *
 * Fails with %FOYER_ERROR_PROTOCOL if just this record cannot be read: set it aside, and keep the
 * others.
 *
 * Returns: (transfer full) (nullable): the record, immutable
 */
JsonNode *
foyer_http_response_dup_result (FoyerHttpResponse *self, guint index, GError **error)
{
  const FoyerJsonSlice *slice = get_record (self, index, error);
  const char *text;
  JsonNode *node;

  if (slice == NULL)
    return NULL;

  text = g_bytes_get_data (self->body, NULL);
  node = parse (text + slice->start, slice->end - slice->start, error);
  if (node == NULL)
    mark_answered (self, error);
  return node;
}

/**
 * foyer_http_response_dup_result_text:
 * @self: a response that is a page
 * @index: number of a record
 * @error: return location
 *
 * One record as the service wrote it, for the document store: decimals keep their digits. Fails
 * as foyer_http_response_dup_result() does.
 *
 * Returns: (transfer full) (nullable): JSON text
 */
char *
foyer_http_response_dup_result_text (FoyerHttpResponse *self, guint index, GError **error)
{
  const FoyerJsonSlice *slice = get_record (self, index, error);
  const char *text;

  if (slice == NULL)
    return NULL;

  text = g_bytes_get_data (self->body, NULL);
  return g_strndup (text + slice->start, slice->end - slice->start);
}

/**
 * foyer_http_response_get_envelope:
 * @self: a response that is a page
 * @error: return location
 *
 * What stands around the records (`count`, `next`, ...): the root object with an empty array
 * `results`. A bad record does not make it fail.
 *
 * Returns: (transfer none) (nullable): the object, valid as long as @self
 */
JsonObject *
foyer_http_response_get_envelope (FoyerHttpResponse *self, GError **error)
{
  JsonNode *envelope;

  g_return_val_if_fail (self != NULL, NULL);

  if (!foyer_http_response_has_results (self))
    {
      set_unreadable (self, error, "no page", 0);
      mark_answered (self, error);
      return NULL;
    }
  if (!check_slice (self, &self->map->root, error))
    {
      mark_answered (self, error);
      return NULL;
    }

  g_mutex_lock (&self->lock);
  if (self->envelope == NULL)
    {
      const char *text = g_bytes_get_data (self->body, NULL);
      g_autoptr (GString) around = g_string_new (NULL);

      g_string_append_len (around, text + self->map->root.start,
                           (gssize)(self->map->results.start - self->map->root.start));
      g_string_append (around, "[]");
      g_string_append_len (around, text + self->map->results.end,
                           (gssize)(self->map->root.end - self->map->results.end));
      self->envelope = parse (around->str, around->len, error);
    }
  envelope = self->envelope;
  g_mutex_unlock (&self->lock);

  if (envelope != NULL)
    return json_node_get_object (envelope);

  mark_answered (self, error);
  return NULL;
}

/* Parses now, on a worker thread, what will be asked for on the main one: the envelope of a page,
 * the tree of anything else. What goes wrong is found again, and told, by the getter. */
void
foyer_http_response_parse (FoyerHttpResponse *self)
{
  if (self->map == NULL)
    return;

  if (self->map->has_results)
    foyer_http_response_get_envelope (self, NULL);
  else
    foyer_http_response_get_json (self, NULL);
}

/**
 * foyer_http_response_to_error:
 * @self: a response that is no success
 *
 * The error that a status stands for: 401 UNAUTHORIZED, 403 FORBIDDEN, 404 and 410 NOT_FOUND, 409,
 * 412 and 423 CONFLICT, 408 TIMEOUT, 429 RATE_LIMITED, 5xx SERVER, other 4xx INVALID, anything else
 * PROTOCOL. Status and pause are set in it. The outcome is %FOYER_OUTCOME_ANSWERED; but a write
 * that ended with 5xx is %FOYER_OUTCOME_UNKNOWN: the service may have done it before it failed.
 *
 * Returns: (transfer full): a new error
 */
GError *
foyer_http_response_to_error (FoyerHttpResponse *self)
{
  gboolean is_read;

  g_return_val_if_fail (self != NULL, NULL);

  is_read = g_str_equal (self->method, "GET") || g_str_equal (self->method, "HEAD");
  return foyer_http_error_from_status (self->status, is_read, self->route, self->retry_after);
}
