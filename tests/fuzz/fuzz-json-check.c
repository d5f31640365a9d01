/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever the scanner lets through, json-glib must read without an error and without a critical:
 * the whole text if nothing is marked, and each record of a page that is not marked. */

#include <json-glib/json-glib.h>

#include "foyer-json-check.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

static void
parse (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, (gssize)length, &error);
  g_assert_no_error (error);
  g_assert_nonnull (json_parser_get_root (parser));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const char *text = (const char *)data;
  g_autoptr (FoyerJsonMap) map = foyer_json_check (text, size, NULL, NULL);

  if (map == NULL)
    return 0;

  g_assert_cmpuint (map->root.start, <, map->root.end);
  g_assert_cmpuint (map->root.end, <=, size);
  if (foyer_json_map_is_clean (map))
    parse (text + map->root.start, map->root.end - map->root.start);

  for (guint i = 0; i < map->records->len; i++)
    {
      const FoyerJsonSlice *slice = &g_array_index (map->records, FoyerJsonSlice, i);

      g_assert_cmpuint (slice->start, >, map->results.start);
      g_assert_cmpuint (slice->start, <, slice->end);
      g_assert_cmpuint (slice->end, <, map->results.end);
      if (slice->taint == FOYER_JSON_CLEAN)
        parse (text + slice->start, slice->end - slice->start);
    }

  return 0;
}
