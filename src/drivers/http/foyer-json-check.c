/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks at every byte of a JSON text before a parser does. json-glib crashes on 100,000 nested
 * brackets, wraps 2^63 and cuts strings at NUL; SQLite turns 1e400 into infinity. One pass finds
 * all that, and where the records of a page lie, so that one bad record does not cost the page.
 *
 * Grammar: RFC 8259, strictly. No recursion; the memory used is the keys of the open objects. */

#define G_LOG_DOMAIN "foyer-http"

#include "config.h"

#include "foyer-json-check.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "foyer-error.h"
#include "foyer-json-token.h"

typedef enum
{
  CONTAINER_ARRAY,
  CONTAINER_OBJECT,
} Container;

typedef struct
{
  Container container;
  guint first_key; /* index in Scan.keys of this object's first one */
} Level;

typedef struct
{
  FoyerJsonCursor cursor;
  guint max_depth;
  guint max_members;
  guint depth;
  Level levels[FOYER_JSON_MAX_DEPTH];

  GArray *keys; /* (element-type guint64): hashes of the keys of all open objects */

  FoyerJsonMap *map;
  gboolean in_results;     /* between the brackets of the root's `results` */
  gboolean results_next;   /* the value that comes is the root's `results` */
  FoyerJsonSlice *current; /* (nullable): the record that we are in */
  FoyerJsonSlice record;

} Scan;

static gboolean
fail (Scan *self, const char *complaint)
{
  self->cursor.complaint = complaint;
  return FALSE;
}

static void
taint (Scan *self, FoyerJsonTaint what, gsize offset)
{
  FoyerJsonSlice *slice = self->current != NULL ? self->current : &self->map->root;

  self->map->n_taints++;
  if (slice->taint != FOYER_JSON_CLEAN)
    return;

  slice->taint = what;
  slice->taint_offset = offset;
}

/* Hands on what a token was tainted with. */
static inline gboolean
scan_token (Scan *self, gboolean ok)
{
  FoyerJsonCursor *cursor = &self->cursor;

  if (G_UNLIKELY (cursor->n_taints > 0))
    {
      taint (self, cursor->taint, cursor->taint_offset);
      self->map->n_taints += cursor->n_taints - 1;
      cursor->taint = FOYER_JSON_CLEAN;
      cursor->n_taints = 0;
    }
  return ok;
}

static inline void
skip_space (Scan *self)
{
  while (self->cursor.at < self->cursor.length)
    {
      guint8 c = self->cursor.data[self->cursor.at];

      if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
        break;
      self->cursor.at++;
    }
}

static int
compare_hashes (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

  return x < y ? -1 : x > y;
}

/* A few keys are compared as they come; many are sorted once, when the object ends. Two different
 * keys with one 64-bit hash would be called the same: 1 in 10^14 even with 500 keys. */
#define FEW_KEYS 24

static gboolean
add_key (Scan *self, guint64 hash, gsize offset)
{
  guint first = self->levels[self->depth - 1].first_key, n = self->keys->len - first;
  const guint64 *hashes = n > 0 ? &g_array_index (self->keys, guint64, first) : NULL;

  if (n >= self->max_members)
    return fail (self, "too many members");

  if (n < FEW_KEYS)
    for (guint i = 0; i < n; i++)
      if (hashes[i] == hash)
        {
          taint (self, FOYER_JSON_TAINT_DUPLICATE_KEY, offset);
          break;
        }

  g_array_append_val (self->keys, hash);
  return TRUE;
}

static void
forget_keys (Scan *self)
{
  guint first = self->levels[self->depth - 1].first_key, n = self->keys->len - first;
  guint64 *hashes = &g_array_index (self->keys, guint64, first);

  if (n > FEW_KEYS)
    {
      qsort (hashes, n, sizeof *hashes, compare_hashes);
      for (guint i = 1; i < n; i++)
        if (hashes[i] == hashes[i - 1])
          {
            taint (self, FOYER_JSON_TAINT_DUPLICATE_KEY, self->cursor.at);
            break;
          }
    }
  g_array_set_size (self->keys, first);
}

static gboolean
open_level (Scan *self, Container container)
{
  Level *level;

  if (self->depth >= self->max_depth)
    return fail (self, "nested too deep");

  level = &self->levels[self->depth++];
  level->container = container;
  level->first_key = self->keys->len;
  self->cursor.at++;
  return TRUE;
}

/* At the quote of a key: the key, the colon, and the space behind. */
static gboolean
scan_member_name (Scan *self)
{
  static const char results[] = "\"results\"";
  gsize start = self->cursor.at;
  guint64 hash;

  if (self->cursor.at >= self->cursor.length || self->cursor.data[self->cursor.at] != '"')
    return fail (self, "a key is missing");
  if (!scan_token (self, foyer_json_scan_key (&self->cursor, &hash))
      || !add_key (self, hash, start))
    return FALSE;

  self->results_next = self->depth == 1 && !self->map->has_results
                       && self->cursor.at - start == sizeof results - 1
                       && memcmp (self->cursor.data + start, results, sizeof results - 1) == 0;

  skip_space (self);
  if (self->cursor.at >= self->cursor.length || self->cursor.data[self->cursor.at] != ':')
    return fail (self, "a colon is missing");
  self->cursor.at++;
  skip_space (self);
  return TRUE;
}

/* A record is a value right inside the brackets of the root's `results`. */
static inline gboolean
is_record_level (Scan *self)
{
  return self->in_results && self->depth == 2;
}

static inline void
begin_value (Scan *self)
{
  if (!is_record_level (self))
    return;

  self->record = (FoyerJsonSlice){ .start = self->cursor.at };
  self->current = &self->record;
}

static inline void
end_value (Scan *self)
{
  if (self->current == NULL || !is_record_level (self))
    return;

  self->record.end = self->cursor.at;
  g_array_append_val (self->map->records, self->record);
  self->current = NULL;
}

static gboolean
scan_scalar (Scan *self)
{
  switch (self->cursor.data[self->cursor.at])
    {
    case '"':
      return scan_token (self, foyer_json_scan_string (&self->cursor));
    case 't':
      return foyer_json_scan_word (&self->cursor, "true");
    case 'f':
      return foyer_json_scan_word (&self->cursor, "false");
    case 'n':
      return foyer_json_scan_word (&self->cursor, "null");
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return scan_token (self, foyer_json_scan_number (&self->cursor));
    default:
      return fail (self, "a value is missing");
    }
}

/* Behind a value: closes what ends here, until a next value is due (TRUE, *done unset), or the
 * root has ended. */
static gboolean
scan_behind_value (Scan *self, gboolean *done)
{
  for (;;)
    {
      Level *level;
      guint8 c;

      end_value (self);
      if (self->depth == 0)
        {
          *done = TRUE;
          return TRUE;
        }

      level = &self->levels[self->depth - 1];
      skip_space (self);
      if (self->cursor.at >= self->cursor.length)
        return fail (self, "the text ends too early");

      c = self->cursor.data[self->cursor.at];
      if (c == ',')
        {
          self->cursor.at++;
          skip_space (self);
          return level->container == CONTAINER_ARRAY || scan_member_name (self);
        }
      if (c != (level->container == CONTAINER_ARRAY ? ']' : '}'))
        return fail (self, "a comma or the end is missing");

      if (level->container == CONTAINER_OBJECT)
        forget_keys (self);
      self->cursor.at++;
      if (is_record_level (self))
        {
          self->in_results = FALSE;
          self->map->results.end = self->cursor.at;
        }
      self->depth--;
    }
}

/* An opened array or object that ends at once is a whole value; else its first value is due. */
static gboolean
scan_opening (Scan *self, Container container, gboolean *whole)
{
  gboolean results = self->results_next && self->depth == 1 && container == CONTAINER_ARRAY;
  gsize start = self->cursor.at;
  guint8 close = container == CONTAINER_ARRAY ? ']' : '}';

  if (!open_level (self, container))
    return FALSE;

  if (results)
    {
      self->map->has_results = TRUE;
      self->map->results.start = start;
      self->in_results = TRUE;
    }

  skip_space (self);
  if (self->cursor.at < self->cursor.length && self->cursor.data[self->cursor.at] == close)
    {
      self->cursor.at++;
      if (results)
        {
          self->in_results = FALSE;
          self->map->results.end = self->cursor.at;
        }
      self->depth--;
      *whole = TRUE;
      return TRUE;
    }

  *whole = FALSE;
  return container == CONTAINER_ARRAY || scan_member_name (self);
}

static gboolean
scan_root (Scan *self)
{
  gboolean done = FALSE;

  skip_space (self);
  self->map->root.start = self->cursor.at;
  while (!done)
    {
      gboolean whole = TRUE;
      gboolean ok;

      if (self->cursor.at >= self->cursor.length)
        return fail (self, "the text ends too early");

      begin_value (self);
      if (self->cursor.data[self->cursor.at] == '{')
        ok = scan_opening (self, CONTAINER_OBJECT, &whole);
      else if (self->cursor.data[self->cursor.at] == '[')
        ok = scan_opening (self, CONTAINER_ARRAY, &whole);
      else
        ok = scan_scalar (self);

      self->results_next = self->results_next && !whole && self->depth < 2;
      if (!ok || (whole && !scan_behind_value (self, &done)))
        return FALSE;
    }

  self->map->root.end = self->cursor.at;
  skip_space (self);
  if (self->cursor.at < self->cursor.length)
    return fail (self, "something follows the end");
  return TRUE;
}

/**
 * foyer_json_check:
 * @data: (array length=length): the text
 * @length: its length in bytes
 * @limits: (nullable): limits, or %NULL for the default ones
 * @error: return location
 *
 * Checks that @data is one whole JSON text in UTF-8, within the limits, and finds the records of
 * a page. Values that would be read as something else are marked, they are no error.
 *
 * The error is %FOYER_ERROR_PROTOCOL; its detail names the offset and what is wrong there, never
 * the text.
 *
 * Returns: (transfer full): what was found, or %NULL
 */
FoyerJsonMap *
foyer_json_check (const char *data, gsize length, const FoyerJsonLimits *limits, GError **error)
{
  const FoyerJsonLimits none = { 0 };
  const FoyerJsonLimits *given = limits != NULL ? limits : &none;
  gsize max_bytes = given->max_bytes > 0 ? given->max_bytes : FOYER_JSON_MAX_BYTES;
  g_autoptr (FoyerJsonMap) map = NULL;
  g_autofree char *detail = NULL;
  Scan scan = { 0 };
  gboolean ok;

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  g_return_val_if_fail (given->max_depth <= FOYER_JSON_MAX_DEPTH, NULL);

  map = g_new0 (FoyerJsonMap, 1);
  map->records = g_array_new (FALSE, FALSE, sizeof (FoyerJsonSlice));

  scan.cursor.data = (const guint8 *)data;
  scan.cursor.length = length;
  scan.max_depth = given->max_depth > 0 ? given->max_depth : FOYER_JSON_MAX_DEPTH;
  scan.max_members = given->max_members > 0 ? given->max_members : FOYER_JSON_MAX_MEMBERS;
  scan.map = map;
  scan.keys = g_array_new (FALSE, FALSE, sizeof (guint64));

  ok = length <= max_bytes ? scan_root (&scan) : fail (&scan, "too long");
  g_array_unref (scan.keys);
  if (ok)
    return g_steal_pointer (&map);

  detail = g_strdup_printf ("JSON: %s at byte %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT,
                            scan.cursor.complaint, scan.cursor.at, length);
  foyer_error_set (error, FOYER_ERROR_PROTOCOL, detail,
                   _ ("The service sent an answer that cannot be read."));
  return NULL;
}

/**
 * foyer_json_map_is_clean:
 * @self: what was found
 *
 * Returns: whether the whole text may be given to a parser
 */
gboolean
foyer_json_map_is_clean (const FoyerJsonMap *self)
{
  return self->n_taints == 0;
}

/**
 * foyer_json_map_free:
 * @self: (transfer full): what was found
 */
void
foyer_json_map_free (FoyerJsonMap *self)
{
  g_array_unref (self->records);
  g_free (self);
}
