/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-out.h"

#include <string.h>

static gboolean
has_value (GPtrArray *values, const char *value)
{
  if (values == NULL)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    if (g_str_equal (g_ptr_array_index (values, i), value))
      return TRUE;
  return FALSE;
}

static gboolean
has_dotted (GPtrArray *values, const char *parent, const char *child)
{
  gsize length = strlen (parent);

  if (values == NULL)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    {
      const char *value = g_ptr_array_index (values, i);

      if (!g_str_has_prefix (value, parent) || value[length] != '.')
        continue;
      if (child == NULL ? strchr (value + length + 1, '.') == NULL
                        : g_str_equal (value + length + 1, child))
        return TRUE;
    }
  return FALSE;
}

/**
 * foyer_sandbox_out_wants:
 * @out: a writer
 * @key: a field
 *
 * Whether `include=` and `exclude=` leave @key in. A dotted value reaches the children of a list only.
 */
gboolean
foyer_sandbox_out_wants (const FoyerSandboxOut *out, const char *key)
{
  if (out->include == NULL && out->exclude == NULL)
    return TRUE;
  if (out->scope == NULL)
    {
      if (out->include != NULL && !has_value (out->include, key)
          && !has_dotted (out->include, key, NULL))
        return FALSE;
      return !has_value (out->exclude, key);
    }
  if (out->include != NULL && !has_value (out->include, out->scope)
      && !has_dotted (out->include, out->scope, key))
    return FALSE;
  return !has_dotted (out->exclude, out->scope, key);
}

/* A comma is due unless something was just opened: the text itself tells. */
static void
comma (GString *text)
{
  char last = text->len > 0 ? text->str[text->len - 1] : '[';

  if (last != '{' && last != '[' && last != ':')
    g_string_append_c (text, ',');
}

static void
append_quoted (GString *text, const char *value)
{
  const char *run = value;

  g_string_append_c (text, '"');
  for (const char *at = value; *at != '\0';)
    {
      guchar byte = (guchar)*at;
      gunichar letter;

      if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\')
        {
          at++;
          continue;
        }
      g_string_append_len (text, run, at - run);
      letter = g_utf8_get_char_validated (at, -1);
      if (letter == (gunichar)-1 || letter == (gunichar)-2)
        {
          letter = 0xfffd;
          at++;
        }
      else
        at = g_utf8_next_char (at);
      run = at;
      switch (letter)
        {
        case '"':
          g_string_append (text, "\\\"");
          break;
        case '\\':
          g_string_append (text, "\\\\");
          break;
        case '\n':
          g_string_append (text, "\\n");
          break;
        case '\r':
          g_string_append (text, "\\r");
          break;
        case '\t':
          g_string_append (text, "\\t");
          break;
        default:
          if (letter > 0xffff)
            g_string_append_printf (text, "\\u%04x\\u%04x", 0xd800 + ((letter - 0x10000) >> 10),
                                    0xdc00 + ((letter - 0x10000) & 0x3ff));
          else
            g_string_append_printf (text, "\\u%04x", letter);
          break;
        }
    }
  g_string_append (text, run);
  g_string_append_c (text, '"');
}

/* Writes `"key":`; FALSE if the field is not wanted. */
static gboolean
begin (FoyerSandboxOut *out, const char *key)
{
  if (key != NULL && !foyer_sandbox_out_wants (out, key))
    return FALSE;
  comma (out->text);
  if (key != NULL)
    {
      g_string_append_c (out->text, '"');
      g_string_append (out->text, key);
      g_string_append (out->text, "\":");
    }
  return TRUE;
}

/**
 * foyer_sandbox_out_open:
 * @out: a writer
 * @key: (nullable): the field, or %NULL inside a list
 * @bracket: `{` or `[`
 *
 * Returns: %FALSE if the field is not wanted; then nothing is open
 */
gboolean
foyer_sandbox_out_open (FoyerSandboxOut *out, const char *key, char bracket)
{
  if (!begin (out, key))
    return FALSE;
  g_string_append_c (out->text, bracket);
  return TRUE;
}

void
foyer_sandbox_out_close (FoyerSandboxOut *out, char bracket)
{
  g_string_append_c (out->text, bracket);
}

void
foyer_sandbox_out_string (FoyerSandboxOut *out, const char *key, const char *value)
{
  if (!begin (out, key))
    return;
  if (value == NULL)
    g_string_append (out->text, "null");
  else
    append_quoted (out->text, value);
}

void
foyer_sandbox_out_int (FoyerSandboxOut *out, const char *key, gint64 value)
{
  if (begin (out, key))
    g_string_append_printf (out->text, "%" G_GINT64_FORMAT, value);
}

/* 0 is no id: null */
void
foyer_sandbox_out_id (FoyerSandboxOut *out, const char *key, gint64 id)
{
  if (id == 0)
    foyer_sandbox_out_raw (out, key, "null");
  else
    foyer_sandbox_out_int (out, key, id);
}

void
foyer_sandbox_out_bool (FoyerSandboxOut *out, const char *key, gboolean value)
{
  foyer_sandbox_out_raw (out, key, value ? "true" : "false");
}

void
foyer_sandbox_out_raw (FoyerSandboxOut *out, const char *key, const char *json)
{
  if (begin (out, key))
    g_string_append (out->text, json);
}

void
foyer_sandbox_out_money (FoyerSandboxOut *out, const char *key, gint64 minor)
{
  if (begin (out, key))
    g_string_append_printf (out->text, "\"%s%" G_GINT64_FORMAT ".%02d\"", minor < 0 ? "-" : "",
                            ABS (minor) / 100, (int)(ABS (minor) % 100));
}

void
foyer_sandbox_out_time (FoyerSandboxOut *out, const char *key, FoyerTime time, GTimeZone *zone)
{
  g_autofree char *text = NULL;

  if (!begin (out, key))
    return;
  if (time == FOYER_TIME_NONE)
    {
      g_string_append (out->text, "null");
      return;
    }
  text = foyer_time_format (time, zone);
  g_string_append_c (out->text, '"');
  g_string_append (out->text, text);
  g_string_append_c (out->text, '"');
}

static void
write_node (FoyerSandboxOut *out, const char *key, JsonNode *node)
{
  GType type;

  if (node == NULL)
    {
      foyer_sandbox_out_raw (out, key, "null");
      return;
    }
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      foyer_sandbox_out_object (out, key, json_node_get_object (node));
      return;
    case JSON_NODE_ARRAY:
      {
        JsonArray *array = json_node_get_array (node);
        guint length = json_array_get_length (array);

        foyer_sandbox_out_open (out, key, '[');
        for (guint i = 0; i < length; i++)
          write_node (out, NULL, json_array_get_element (array, i));
        foyer_sandbox_out_close (out, ']');
        return;
      }
    case JSON_NODE_NULL:
      foyer_sandbox_out_raw (out, key, "null");
      return;
    case JSON_NODE_VALUE:
      break;
    }
  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    foyer_sandbox_out_string (out, key, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    foyer_sandbox_out_bool (out, key, json_node_get_boolean (node));
  else if (type == G_TYPE_INT64)
    foyer_sandbox_out_int (out, key, json_node_get_int (node));
  else
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      foyer_sandbox_out_raw (out, key,
                             g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
    }
}

/**
 * foyer_sandbox_out_node:
 * @out: a writer
 * @key: (nullable): the field
 * @node: (nullable): any JSON
 *
 * Writes @node as it stands; what lies below is not filtered.
 */
void
foyer_sandbox_out_node (FoyerSandboxOut *out, const char *key, JsonNode *node)
{
  FoyerSandboxOut plain = { .text = out->text };

  if (key == NULL || foyer_sandbox_out_wants (out, key))
    write_node (&plain, key, node);
}

void
foyer_sandbox_out_object (FoyerSandboxOut *out, const char *key, JsonObject *object)
{
  FoyerSandboxOut plain = { .text = out->text };

  if (key != NULL && !foyer_sandbox_out_wants (out, key))
    return;
  foyer_sandbox_out_open (&plain, key, '{');
  foyer_sandbox_out_members (&plain, object);
  foyer_sandbox_out_close (&plain, '}');
}

/* The members of @object into the object that is open now. */
void
foyer_sandbox_out_members (FoyerSandboxOut *out, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    write_node (out, name, node);
}
