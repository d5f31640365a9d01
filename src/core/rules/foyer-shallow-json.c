/* SPDX-License-Identifier: GPL-3.0-or-later */

/* json-glib descends by recursion and dies of a hundred thousand brackets: look before it leaps. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-shallow-json.h"

static gboolean
is_shallow (const char *text, guint max_depth)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (in_string)
        {
          if (*p == '\\' && p[1] != '\0')
            p++;
          else if (*p == '"')
            in_string = FALSE;
        }
      else if (*p == '"')
        in_string = TRUE;
      else if (*p == '[' || *p == '{')
        {
          if (++depth > max_depth)
            return FALSE;
        }
      else if ((*p == ']' || *p == '}') && depth > 0)
        depth--;
    }
  return TRUE;
}

/**
 * foyer_shallow_json_parse:
 * @text: JSON text
 * @max_depth: how many brackets may be open at once
 *
 * Returns: (transfer full) (nullable): its root; %NULL if it is no JSON, or deeper
 */
JsonNode *
foyer_shallow_json_parse (const char *text, guint max_depth)
{
  g_autoptr (JsonParser) parser = NULL;

  if (!is_shallow (text, max_depth))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;

  return json_parser_steal_root (parser);
}
