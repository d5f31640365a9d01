/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of JSON: strings, numbers, names. Every byte of every answer passes here, so a string is
 * looked at eight bytes at a time. */

#define G_LOG_DOMAIN "foyer-http"

#include "foyer-json-token.h"

#include <math.h>
#include <string.h>

static gboolean
fail (FoyerJsonCursor *self, const char *complaint)
{
  self->complaint = complaint;
  return FALSE;
}

static void
taint (FoyerJsonCursor *self, FoyerJsonTaint what, gsize offset)
{
  self->n_taints++;
  if (self->taint != FOYER_JSON_CLEAN)
    return;

  self->taint = what;
  self->taint_offset = offset;
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
scan_hex4 (FoyerJsonCursor *self, guint *unit)
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
scan_escape (FoyerJsonCursor *self, guint64 *hash)
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
gboolean
foyer_json_scan_string (FoyerJsonCursor *self)
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
gboolean
foyer_json_scan_key (FoyerJsonCursor *self, guint64 *hash)
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
is_beyond_double (FoyerJsonCursor *self, gsize start)
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
scan_digits (FoyerJsonCursor *self)
{
  gsize start = self->at;

  while (self->at < self->length && g_ascii_isdigit ((char)self->data[self->at]))
    self->at++;

  return self->at - start;
}

gboolean
foyer_json_scan_number (FoyerJsonCursor *self)
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

gboolean
foyer_json_scan_word (FoyerJsonCursor *self, const char *word)
{
  gsize n = strlen (word);

  if (self->length - self->at < n || memcmp (self->data + self->at, word, n) != 0)
    return fail (self, "unknown word");

  self->at += n;
  return TRUE;
}
