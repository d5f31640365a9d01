/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-call.h"

#include <string.h>

#include "foyer-json.h"

#define PAGE_CAP 50
#define MAX_DEPTH 64

/* A form's decoding: percent signs, and + as a blank. The trap of a bare + in a time comes from it. */
static char *
decode (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (*at == '+')
      g_string_append_c (out, ' ');
    else if (*at == '%' && g_ascii_isxdigit (at[1]) && g_ascii_isxdigit (at[2]))
      {
        g_string_append_c (
            out, (char)(g_ascii_xdigit_value (at[1]) * 16 + g_ascii_xdigit_value (at[2])));
        at += 2;
      }
    else
      g_string_append_c (out, *at);
  return g_string_free (out, FALSE);
}

/**
 * foyer_sandbox_call_new:
 * @world: the world; outlives the call
 * @method: `GET`, ...; outlives the call
 * @path: decoded path; outlives the call
 * @query: (nullable): the query as sent
 * @base: scheme and host, for absolute links; outlives the call
 */
FoyerSandboxCall *
foyer_sandbox_call_new (FoyerSandboxWorld *world,
                        const char *method,
                        const char *path,
                        const char *query,
                        const char *base)
{
  FoyerSandboxCall *self = g_new0 (FoyerSandboxCall, 1);

  self->world = world;
  self->method = method;
  self->path = path;
  self->base = base;
  self->segments = g_strsplit (g_str_has_prefix (path, "/api/v1/") ? path + 8 : path, "/", -1);
  self->query = g_ptr_array_new_with_free_func (g_free);
  if (query != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (query, "&", -1);

      for (guint i = 0; parts[i] != NULL; i++)
        {
          char *equals = strchr (parts[i], '=');

          if (*parts[i] == '\0')
            continue;
          if (equals != NULL)
            *equals = '\0';
          g_ptr_array_add (self->query, decode (parts[i]));
          g_ptr_array_add (self->query, decode (equals != NULL ? equals + 1 : ""));
        }
    }
  self->status = 200;
  self->content_type = "application/json";
  self->out.text = g_string_new (NULL);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
foyer_sandbox_call_free (FoyerSandboxCall *self)
{
  g_strfreev (self->segments);
  g_ptr_array_unref (self->query);
  g_ptr_array_unref (self->headers);
  g_clear_object (&self->parser);
  g_clear_pointer (&self->json, json_object_unref);
  g_clear_pointer (&self->out.include, g_ptr_array_unref);
  g_clear_pointer (&self->out.exclude, g_ptr_array_unref);
  g_string_free (self->out.text, TRUE);
  g_free (self);
}

/* The last one counts if a name is repeated. */
const char *
foyer_sandbox_call_get_query (FoyerSandboxCall *self, const char *name)
{
  for (guint i = self->query->len; i >= 2; i -= 2)
    if (g_str_equal (g_ptr_array_index (self->query, i - 2), name))
      return g_ptr_array_index (self->query, i - 1);
  return NULL;
}

/**
 * foyer_sandbox_call_get_all:
 *
 * Returns: (nullable) (transfer container): every value of a repeatable name; %NULL if there is none
 */
GPtrArray *
foyer_sandbox_call_get_all (FoyerSandboxCall *self, const char *name)
{
  GPtrArray *values = NULL;

  for (guint i = 0; i + 1 < self->query->len; i += 2)
    if (g_str_equal (g_ptr_array_index (self->query, i), name))
      {
        if (values == NULL)
          values = g_ptr_array_new ();
        g_ptr_array_add (values, g_ptr_array_index (self->query, i + 1));
      }
  return values;
}

gboolean
foyer_sandbox_call_get_flag (FoyerSandboxCall *self, const char *name)
{
  const char *value = foyer_sandbox_call_get_query (self, name);

  return value != NULL && (g_str_equal (value, "true") || g_str_equal (value, "True"));
}

/**
 * foyer_sandbox_call_get_time:
 * @time: (out): the instant, or %FOYER_TIME_NONE
 *
 * Returns: %FALSE if the value is no time; the answer is then made
 */
gboolean
foyer_sandbox_call_get_time (FoyerSandboxCall *self, const char *name, FoyerTime *time)
{
  const char *value = foyer_sandbox_call_get_query (self, name);

  *time = FOYER_TIME_NONE;
  if (value == NULL || *value == '\0')
    return TRUE;
  if (foyer_time_parse (value, self->event != NULL ? self->event->zone : self->world->zone, time))
    return TRUE;
  foyer_sandbox_call_invalid (self, name, "Enter a valid date/time.");
  return FALSE;
}

/* json-glib recurses: what nests deeper than any honest body is not given to it. */
static gboolean
too_deep (const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    if (quoted)
      {
        if (text[i] == '\\')
          i++;
        else if (text[i] == '"')
          quoted = FALSE;
      }
    else if (text[i] == '"')
      quoted = TRUE;
    else if (text[i] == '[' || text[i] == '{')
      {
        if (++depth > MAX_DEPTH)
          return TRUE;
      }
    else if (text[i] == ']' || text[i] == '}')
      depth = depth > 0 ? depth - 1 : 0;
  return FALSE;
}

/**
 * foyer_sandbox_call_read_body:
 * @self: a call
 *
 * Reads the body into @json; an empty one is an empty object.
 *
 * Returns: %FALSE if it cannot be read; the answer is then made
 */
gboolean
foyer_sandbox_call_read_body (FoyerSandboxCall *self)
{
  gsize length = 0;
  const char *text = self->body != NULL ? g_bytes_get_data (self->body, &length) : NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *root;

  if (length == 0)
    {
      self->json = json_object_new ();
      return TRUE;
    }
  if (self->request_type == NULL || !g_str_has_prefix (self->request_type, "application/json"))
    {
      g_autofree char *detail = g_strdup_printf ("Unsupported media type \"%s\" in request.",
                                                 self->request_type != NULL ? self->request_type
                                                                            : "");

      foyer_sandbox_call_detail (self, 415, detail);
      return FALSE;
    }
  self->parser = json_parser_new_immutable ();
  if (too_deep (text, length) || !g_utf8_validate (text, (gssize)length, NULL)
      || !json_parser_load_from_data (self->parser, text, (gssize)length, &error))
    {
      foyer_sandbox_call_detail (self, 400, "JSON parse error - Expected object or value");
      return FALSE;
    }
  root = json_parser_get_root (self->parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      foyer_sandbox_call_answer (
          self, 400,
          "{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got list.\"]}");
      return FALSE;
    }
  self->json = json_object_ref (json_node_get_object (root));
  return TRUE;
}

gint64
foyer_sandbox_call_get_segment_id (FoyerSandboxCall *self, guint segment)
{
  guint64 id = 0;

  if (segment < g_strv_length (self->segments)
      && g_ascii_string_to_unsigned (self->segments[segment], 10, 1, G_MAXUINT32, &id, NULL))
    return (gint64)id;
  return 0;
}

/* Whether the credential covers @event. */
gboolean
foyer_sandbox_call_has_event (FoyerSandboxCall *self, FoyerSandboxEvent *event)
{
  FoyerSandboxDevice *device = self->device;

  if (device == NULL || device->all_events)
    return TRUE;
  for (guint i = 0;
       device->limit_events != NULL && i < json_array_get_length (device->limit_events); i++)
    {
      const char *slug = foyer_json_node_get_string (
          json_array_get_element (device->limit_events, i));

      if (g_strcmp0 (slug, event->slug) == 0)
        return TRUE;
    }
  return FALSE;
}

void
foyer_sandbox_call_answer (FoyerSandboxCall *self, guint status, const char *json)
{
  self->status = status;
  self->content_type = "application/json";
  g_string_assign (self->out.text, json);
}

void
foyer_sandbox_call_detail (FoyerSandboxCall *self, guint status, const char *detail)
{
  FoyerSandboxOut out = { .text = self->out.text };

  foyer_sandbox_call_answer (self, status, "{");
  foyer_sandbox_out_string (&out, "detail", detail);
  foyer_sandbox_out_close (&out, '}');
}

/**
 * foyer_sandbox_call_html:
 * @self: a call
 * @status: 404 or 500
 * @text: what the page says
 *
 * The page that a person would see: unknown paths, missing slashes and crashes get it, clients too.
 */
void
foyer_sandbox_call_html (FoyerSandboxCall *self, guint status, const char *text)
{
  const char *title = status == 404 ? "Not found" : "Internal Server Error";

  self->status = status;
  self->content_type = "text/html; charset=utf-8";
  g_string_printf (self->out.text,
                   "\n\n\n\n<!DOCTYPE html>\n<html>\n<head>\n    <title>%s</title>\n"
                   "    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "    <meta charset=\"utf-8\">\n</head>\n<body>\n<div class=\"container\">\n"
                   "    <div class=\"error-details\">\n        <h1>%s</h1>\n        <p>%s</p>\n"
                   "    </div>\n</div>\n</body>\n</html>\n",
                   title, title, text);
}

/* Says which of @fields (NULL-terminated) the body lacks; leaves status 200 if none. */
void
foyer_sandbox_call_required (FoyerSandboxCall *self, const char *const *fields)
{
  FoyerSandboxOut out = { .text = self->out.text };
  gboolean missing = FALSE;

  for (guint i = 0; fields[i] != NULL; i++)
    if (!json_object_has_member (self->json, fields[i]))
      {
        if (!missing)
          foyer_sandbox_call_answer (self, 400, "{");
        missing = TRUE;
        foyer_sandbox_out_raw (&out, fields[i], "[\"This field is required.\"]");
      }
  if (missing)
    foyer_sandbox_out_close (&out, '}');
}

void
foyer_sandbox_call_invalid (FoyerSandboxCall *self, const char *field, const char *format, ...)
{
  FoyerSandboxOut out = { .text = self->out.text };
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  foyer_sandbox_call_answer (self, 400, "{");
  foyer_sandbox_out_open (&out, field, '[');
  foyer_sandbox_out_string (&out, NULL, text);
  foyer_sandbox_out_close (&out, ']');
  foyer_sandbox_out_close (&out, '}');
}

void
foyer_sandbox_call_add_header (FoyerSandboxCall *self, const char *name, const char *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

typedef struct
{
  const char *name;
  const char *value;
} Pair;

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Pair *)a)->name, ((const Pair *)b)->name);
}

/* The address of another page: absolute, the names sorted, as the framework writes it. */
static char *
page_url (FoyerSandboxCall *self, gsize page)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_autofree char *number = g_strdup_printf ("%" G_GSIZE_FORMAT, page);
  GString *url = g_string_new (self->base);
  char separator = '?';

  for (guint i = 0; i + 1 < self->query->len; i += 2)
    {
      Pair pair = { g_ptr_array_index (self->query, i), g_ptr_array_index (self->query, i + 1) };

      if (!g_str_equal (pair.name, "page"))
        g_array_append_val (pairs, pair);
    }
  if (page > 1)
    {
      Pair pair = { "page", number };

      g_array_append_val (pairs, pair);
    }
  g_array_sort (pairs, compare_pairs);
  g_string_append (url, self->path);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      g_autofree char *name = g_uri_escape_string (pair->name, NULL, FALSE);
      g_autofree char *value = g_uri_escape_string (pair->value, NULL, FALSE);

      g_string_append_printf (url, "%c%s=%s", separator, name, value);
      separator = '&';
    }
  return g_string_free (url, FALSE);
}

static gboolean
read_number (const char *text, guint64 max, guint64 *number)
{
  return text != NULL && g_ascii_string_to_unsigned (text, 10, 1, max, number, NULL);
}

/**
 * foyer_sandbox_call_open_page:
 * @self: a call
 * @count: how many rows there are
 * @first: (out): the first row of this page
 * @last: (out): one behind the last
 *
 * Begins a page of at most 50 rows, whatever was asked for.
 *
 * Returns: %FALSE beyond the end; the answer is then made
 */
gboolean
foyer_sandbox_call_open_page (FoyerSandboxCall *self, gsize count, gsize *first, gsize *last)
{
  const char *page_text = foyer_sandbox_call_get_query (self, "page");
  FoyerSandboxOut out = { .text = self->out.text };
  guint64 size = PAGE_CAP;
  guint64 page = 1;
  g_autofree char *next = NULL;
  g_autofree char *previous = NULL;

  if (!read_number (foyer_sandbox_call_get_query (self, "page_size"), PAGE_CAP, &size))
    size = PAGE_CAP;
  if ((page_text != NULL && !read_number (page_text, G_MAXINT32, &page))
      || (page > 1 && (page - 1) * size >= count))
    {
      foyer_sandbox_call_detail (self, 404, "Invalid page.");
      return FALSE;
    }
  *first = (page - 1) * size;
  *last = MIN (*first + size, count);
  if (*last < count)
    next = page_url (self, page + 1);
  if (page > 1)
    previous = page_url (self, page - 1);
  foyer_sandbox_out_open (&out, NULL, '{');
  foyer_sandbox_out_int (&out, "count", (gint64)count);
  foyer_sandbox_out_string (&out, "next", next);
  foyer_sandbox_out_string (&out, "previous", previous);
  foyer_sandbox_out_open (&out, "results", '[');
  return TRUE;
}

void
foyer_sandbox_call_close_page (FoyerSandboxCall *self)
{
  g_string_append (self->out.text, "]}");
}

/* A page of plain objects. */
void
foyer_sandbox_call_objects (FoyerSandboxCall *self, GPtrArray *objects)
{
  gsize first, last;

  if (!foyer_sandbox_call_open_page (self, objects->len, &first, &last))
    return;
  for (gsize i = first; i < last; i++)
    foyer_sandbox_out_object (&self->out, NULL, g_ptr_array_index (objects, i));
  foyer_sandbox_call_close_page (self);
}
