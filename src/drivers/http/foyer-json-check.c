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
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "foyer-error.h"

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
  const guint8 *data;
  gsize length;
  gsize at;

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

  const char *complaint; /* for the log: what is wrong at @at */
} Scan;

static gboolean
fail (Scan *self, const char *complaint)
{
  self->complaint = complaint;
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

static inline void
skip_space (Scan *self)
{
  while (self->at < self->length)
    {
      guint8 c = self->data[self->at];

      if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
        break;
      self->at++;
    }
}

/* Length of the well-formed UTF-8 sequence at @p (RFC 3629: no overlong ones, no surrogates), or
 * 0. The first byte is 0x80 or more. */
static gsize
utf8_length (const guint8 *p, gsize available)
{
  guint8 low = 0x80, high = 0xBF;
  gsize n;

  if (p[0] >= 0xC2 && p[0] <= 0xDF)
    n = 2;
  else if (p[0] >= 0xE0 && p[0] <= 0xEF)
    n = 3;
  else if (p[0] >= 0xF0 && p[0] <= 0xF4)
    n = 4;
  else
    return 0;

  if (n > available)
    return 0;

  if (p[0] == 0xE0)
    low = 0xA0;
  else if (p[0] == 0xED)
    high = 0x9F;
  else if (p[0] == 0xF0)
    low = 0x90;
  else if (p[0] == 0xF4)
    high = 0x8F;

  if (p[1] < low || p[1] > high)
    return 0;
  for (gsize i = 2; i < n; i++)
    if ((p[i] & 0xC0) != 0x80)
      return 0;

  return n;
}

/* Whether one of eight bytes needs a look: a control character, a quote, a backslash, or the
 * beginning of a longer sequence. */
static inline gboolean
has_special (guint64 word)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 highs = G_GUINT64_CONSTANT (0x8080808080808080);
  guint64 quote = word ^ (ones * '"');
  guint64 backslash = word ^ (ones * '\\');

  return (((word - ones * 0x20) | (quote - ones) | (backslash - ones) | word) & highs) != 0;
}

static gboolean
scan_hex4 (Scan *self, guint *unit)
{
  guint value = 0;

  if (self->length - self->at < 4)
    {
      self->at = self->length;
      return fail (self, "the text ends in an escape");
    }

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value ((char)self->data[self->at]);

      if (digit < 0)
        return fail (self, "bad \\u escape");
      value = value << 4 | (guint)digit;
      self->at++;
    }

  *unit = value;
  return TRUE;
}

#define HASH_START G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define HASH_PRIME G_GUINT64_CONSTANT (0x00000100000001b3)

static inline void
hash_byte (guint64 *hash, guint8 byte)
{
  *hash = (*hash ^ byte) * HASH_PRIME;
}

static void
hash_unichar (guint64 *hash, gunichar c)
{
  char text[6];
  int n = g_unichar_to_utf8 (c, text);

  for (int i = 0; i < n; i++)
    hash_byte (hash, (guint8)text[i]);
}

/* Behind the backslash. @hash sees the character that is meant, so that "a" and "\u0061" are the
 * same key. */
static gboolean
scan_escape (Scan *self, guint64 *hash)
{
  gsize start = self->at - 1;
  guint unit, low;

  if (self->at >= self->length)
    return fail (self, "the text ends in an escape");

  switch (self->data[self->at++])
    {
    case '"':
      hash_byte (hash, '"');
      return TRUE;
    case '\\':
      hash_byte (hash, '\\');
      return TRUE;
    case '/':
      hash_byte (hash, '/');
      return TRUE;
    case 'b':
      hash_byte (hash, '\b');
      return TRUE;
    case 'f':
      hash_byte (hash, '\f');
      return TRUE;
    case 'n':
      hash_byte (hash, '\n');
      return TRUE;
    case 'r':
      hash_byte (hash, '\r');
      return TRUE;
    case 't':
      hash_byte (hash, '\t');
      return TRUE;
    case 'u':
      break;
    default:
      self->at--;
      return fail (self, "unknown escape");
    }

  if (!scan_hex4 (self, &unit))
    return FALSE;

  if (unit == 0)
    taint (self, FOYER_JSON_TAINT_NUL, start);

  if (unit < 0xD800 || unit > 0xDFFF)
    {
      hash_unichar (hash, unit);
      return TRUE;
    }

  /* a high half must be followed by a low one; whatever follows else is looked at on its own */
  if (unit <= 0xDBFF && self->length - self->at >= 6 && self->data[self->at] == '\\'
      && self->data[self->at + 1] == 'u')
    {
      gsize before = self->at;

      self->at += 2;
      if (!scan_hex4 (self, &low))
        return FALSE;
      if (low >= 0xDC00 && low <= 0xDFFF)
        {
          hash_unichar (hash, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
          return TRUE;
        }
      self->at = before;
    }

  taint (self, FOYER_JSON_TAINT_SURROGATE, start);
  hash_byte (hash, (guint8)(unit >> 8));
  hash_byte (hash, (guint8)unit);
  return TRUE;
}

/* At the opening quote. */
static gboolean
scan_string (Scan *self)
{
  guint64 ignored = 0;

  self->at++;
  while (self->at < self->length)
    {
      guint8 c;

      while (self->length - self->at >= 8)
        {
          guint64 word;

          memcpy (&word, self->data + self->at, 8);
          if (has_special (word))
            break;
          self->at += 8;
        }

      if (self->at >= self->length)
        break;

      c = self->data[self->at];
      if (c == '"')
        {
          self->at++;
          return TRUE;
        }
      if (c == '\\')
        {
          self->at++;
          if (!scan_escape (self, &ignored))
            return FALSE;
        }
      else if (c < 0x20)
        return fail (self, "control character in a string");
      else if (c < 0x80)
        self->at++;
      else
        {
          gsize n = utf8_length (self->data + self->at, self->length - self->at);

          if (n == 0)
            return fail (self, "not UTF-8");
          self->at += n;
        }
    }

  return fail (self, "the text ends in a string");
}

/* At the opening quote. Keys are short: byte by byte, with the hash made on the way. */
static gboolean
scan_key (Scan *self, guint64 *hash)
{
  *hash = HASH_START;
  self->at++;
  while (self->at < self->length)
    {
      guint8 c = self->data[self->at];
      gsize n = 1;

      if (c == '"')
        {
          self->at++;
          return TRUE;
        }
      if (c == '\\')
        {
          self->at++;
          if (!scan_escape (self, hash))
            return FALSE;
          continue;
        }
      if (c < 0x20)
        return fail (self, "control character in a key");
      if (c >= 0x80)
        n = utf8_length (self->data + self->at, self->length - self->at);
      if (n == 0)
        return fail (self, "not UTF-8");
      for (gsize i = 0; i < n; i++)
        hash_byte (hash, self->data[self->at + i]);
      self->at += n;
    }

  return fail (self, "the text ends in a key");
}

/* Whether the number, which is well-formed, is more than a double can hold. Rare: only numbers
 * with an exponent or with more than 300 digits come here. */
static gboolean
is_beyond_double (Scan *self, gsize start)
{
  g_autofree char *text = g_strndup ((const char *)self->data + start, self->at - start);

  return !isfinite (g_ascii_strtod (text, NULL));
}

/* Digits only, no leading zero. */
static gboolean
is_beyond_int64 (const guint8 *digits, gsize n, gboolean negative)
{
  static const char greatest[] = "9223372036854775807";
  static const char least[] = "9223372036854775808";

  if (n != sizeof greatest - 1)
    return n > sizeof greatest - 1;

  return memcmp (digits, negative ? least : greatest, n) > 0;
}

static inline gsize
scan_digits (Scan *self)
{
  gsize start = self->at;

  while (self->at < self->length && g_ascii_isdigit ((char)self->data[self->at]))
    self->at++;

  return self->at - start;
}

static gboolean
scan_number (Scan *self)
{
  gsize start = self->at, first_digit, n_digits;
  gboolean negative = self->data[self->at] == '-', integer = TRUE, has_exponent = FALSE;

  if (negative)
    self->at++;
  first_digit = self->at;
  n_digits = scan_digits (self);
  if (n_digits == 0)
    return fail (self, "a number without digits");
  if (n_digits > 1 && self->data[first_digit] == '0')
    {
      self->at = first_digit;
      return fail (self, "a number with a leading zero");
    }

  if (self->at < self->length && self->data[self->at] == '.')
    {
      integer = FALSE;
      self->at++;
      if (scan_digits (self) == 0)
        return fail (self, "a fraction without digits");
    }
  if (self->at < self->length && (self->data[self->at] | 0x20) == 'e')
    {
      integer = FALSE;
      has_exponent = TRUE;
      self->at++;
      if (self->at < self->length && (self->data[self->at] == '+' || self->data[self->at] == '-'))
        self->at++;
      if (scan_digits (self) == 0)
        return fail (self, "an exponent without digits");
    }

  if (integer ? is_beyond_int64 (self->data + first_digit, n_digits, negative)
              : (has_exponent || n_digits > 300) && is_beyond_double (self, start))
    taint (self, FOYER_JSON_TAINT_NUMBER, start);
  return TRUE;
}

static gboolean
scan_word (Scan *self, const char *word)
{
  gsize n = strlen (word);

  if (self->length - self->at < n || memcmp (self->data + self->at, word, n) != 0)
    return fail (self, "unknown word");

  self->at += n;
  return TRUE;
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
            taint (self, FOYER_JSON_TAINT_DUPLICATE_KEY, self->at);
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
  self->at++;
  return TRUE;
}

/* At the quote of a key: the key, the colon, and the space behind. */
static gboolean
scan_member_name (Scan *self)
{
  static const char results[] = "\"results\"";
  gsize start = self->at;
  guint64 hash;

  if (self->at >= self->length || self->data[self->at] != '"')
    return fail (self, "a key is missing");
  if (!scan_key (self, &hash) || !add_key (self, hash, start))
    return FALSE;

  self->results_next = self->depth == 1 && !self->map->has_results
                       && self->at - start == sizeof results - 1
                       && memcmp (self->data + start, results, sizeof results - 1) == 0;

  skip_space (self);
  if (self->at >= self->length || self->data[self->at] != ':')
    return fail (self, "a colon is missing");
  self->at++;
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

  self->record = (FoyerJsonSlice){ .start = self->at };
  self->current = &self->record;
}

static inline void
end_value (Scan *self)
{
  if (self->current == NULL || !is_record_level (self))
    return;

  self->record.end = self->at;
  g_array_append_val (self->map->records, self->record);
  self->current = NULL;
}

static gboolean
scan_scalar (Scan *self)
{
  switch (self->data[self->at])
    {
    case '"':
      return scan_string (self);
    case 't':
      return scan_word (self, "true");
    case 'f':
      return scan_word (self, "false");
    case 'n':
      return scan_word (self, "null");
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
      return scan_number (self);
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
      if (self->at >= self->length)
        return fail (self, "the text ends too early");

      c = self->data[self->at];
      if (c == ',')
        {
          self->at++;
          skip_space (self);
          return level->container == CONTAINER_ARRAY || scan_member_name (self);
        }
      if (c != (level->container == CONTAINER_ARRAY ? ']' : '}'))
        return fail (self, "a comma or the end is missing");

      if (level->container == CONTAINER_OBJECT)
        forget_keys (self);
      self->at++;
      if (is_record_level (self))
        {
          self->in_results = FALSE;
          self->map->results.end = self->at;
        }
      self->depth--;
    }
}

/* An opened array or object that ends at once is a whole value; else its first value is due. */
static gboolean
scan_opening (Scan *self, Container container, gboolean *whole)
{
  gboolean results = self->results_next && self->depth == 1 && container == CONTAINER_ARRAY;
  gsize start = self->at;
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
  if (self->at < self->length && self->data[self->at] == close)
    {
      self->at++;
      if (results)
        {
          self->in_results = FALSE;
          self->map->results.end = self->at;
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
  self->map->root.start = self->at;
  while (!done)
    {
      gboolean whole = TRUE;
      gboolean ok;

      if (self->at >= self->length)
        return fail (self, "the text ends too early");

      begin_value (self);
      if (self->data[self->at] == '{')
        ok = scan_opening (self, CONTAINER_OBJECT, &whole);
      else if (self->data[self->at] == '[')
        ok = scan_opening (self, CONTAINER_ARRAY, &whole);
      else
        ok = scan_scalar (self);

      self->results_next = self->results_next && !whole && self->depth < 2;
      if (!ok || (whole && !scan_behind_value (self, &done)))
        return FALSE;
    }

  self->map->root.end = self->at;
  skip_space (self);
  if (self->at < self->length)
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

  scan.data = (const guint8 *)data;
  scan.length = length;
  scan.max_depth = given->max_depth > 0 ? given->max_depth : FOYER_JSON_MAX_DEPTH;
  scan.max_members = given->max_members > 0 ? given->max_members : FOYER_JSON_MAX_MEMBERS;
  scan.map = map;
  scan.keys = g_array_new (FALSE, FALSE, sizeof (guint64));

  ok = length <= max_bytes ? scan_root (&scan) : fail (&scan, "too long");
  g_array_unref (scan.keys);
  if (ok)
    return g_steal_pointer (&map);

  detail = g_strdup_printf ("JSON: %s at byte %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT,
                            scan.complaint, scan.at, length);
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

/**
 * foyer_json_taint_to_name:
 * @taint: what is wrong
 *
 * Returns: (nullable): words for the log, %NULL for %FOYER_JSON_CLEAN
 */
const char *
foyer_json_taint_to_name (FoyerJsonTaint taint)
{
  switch (taint)
    {
    case FOYER_JSON_TAINT_NUMBER:
      return "a number out of range";
    case FOYER_JSON_TAINT_NUL:
      return "a NUL character";
    case FOYER_JSON_TAINT_SURROGATE:
      return "half a surrogate pair";
    case FOYER_JSON_TAINT_DUPLICATE_KEY:
      return "a key twice";
    case FOYER_JSON_CLEAN:
      break;
    }

  return NULL;
}
