/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text of services made safe to show. None of it is markup, and none of it may reach out of its
 * place on the screen: not by direction, not by lines, not by length. */

#define G_LOG_DOMAIN "foyer-base"

#include "foyer-text.h"

#include "foyer-letters.h"

#include <string.h>

#define FIRST_STRONG_ISOLATE "\342\201\250"    /* U+2068 */
#define POP_DIRECTIONAL_ISOLATE "\342\201\251" /* U+2069 */
#define ELLIPSIS "\342\200\246"                /* U+2026 */
#define REPLACEMENT 0xfffd
#define ZERO_WIDTH_JOINER 0x200d

/* The next character, whatever the bytes are; a bad byte is U+FFFD. Unlike g_utf8_make_valid()
 * this does not touch the megabytes behind the part that is shown. */
static gunichar
next_char (const char **cursor)
{
  gunichar ch = g_utf8_get_char_validated (*cursor, -1);

  if (ch == (gunichar)-1 || ch == (gunichar)-2)
    {
      (*cursor)++;
      return REPLACEMENT;
    }

  *cursor = g_utf8_next_char (*cursor);
  return ch;
}

/* Embeddings, overrides, isolates and their ends. The marks U+200E, U+200F and U+061C are not of
 * them: they open nothing, and Arabic and Hebrew texts need them. */
static gboolean
is_bidi_control (gunichar ch)
{
  return (ch >= 0x202a && ch <= 0x202e) || (ch >= 0x2066 && ch <= 0x2069);
}

static gboolean
is_regional_indicator (gunichar ch)
{
  return ch >= 0x1f1e6 && ch <= 0x1f1ff;
}

/* What stays with the character before it: marks, joiners, skin tones, tags of flags, the later
 * jamo of a Hangul syllable, Thai and Lao am. */
static gboolean
extends (gunichar ch)
{
  return g_unichar_ismark (ch) || ch == ZERO_WIDTH_JOINER || ch == 0x200c
         || (ch >= 0x1f3fb && ch <= 0x1f3ff) || (ch >= 0xe0020 && ch <= 0xe007f)
         || (ch >= 0x1160 && ch <= 0x11ff) || (ch >= 0xd7b0 && ch <= 0xd7fb) || ch == 0x0e33
         || ch == 0x0eb3;
}

/* The length in bytes of the longest start of @text with at most @max_chars characters that ends
 * between two characters as people count them. A single one that is longer is cut nevertheless. */
static gsize
find_cut (const char *text, gsize max_chars)
{
  const char *cut = text;
  const char *p = text;
  gunichar previous = 0;
  gsize n_indicators = 0;
  gsize n = 0;

  for (; *p != '\0' && n <= max_chars; n++)
    {
      gunichar ch = g_utf8_get_char (p);
      gboolean joined = extends (ch) || previous == ZERO_WIDTH_JOINER
                        || g_unichar_combining_class (previous) == 9 || /* a consonant cluster */
                        (is_regional_indicator (ch) && n_indicators % 2 == 1);

      if (!joined)
        cut = p;
      n_indicators = is_regional_indicator (ch) ? n_indicators + 1 : 0;
      previous = ch;
      if (n < max_chars)
        p = g_utf8_next_char (p);
    }

  return cut > text ? cut - text : p - text;
}

/* @text is valid UTF-8. */
static char *
ellipsize_valid (const char *text, gsize max_chars)
{
  const char *p = text;
  gsize n = 0;
  gsize length;

  for (; *p != '\0' && n < max_chars; n++)
    p = g_utf8_next_char (p);
  if (*p == '\0')
    return g_strdup (text);
  if (max_chars == 0)
    return g_strdup ("");

  length = max_chars > 1 ? find_cut (text, max_chars - 1) : 0;
  while (length > 0)
    {
      const char *last = g_utf8_prev_char (text + length);

      if (!foyer_letter_is_blank (g_utf8_get_char (last)))
        break;
      length = last - text;
    }

  return g_strdup_printf ("%.*s" ELLIPSIS, (int)length, text);
}

/**
 * foyer_text_isolate:
 * @text: (nullable): any text
 *
 * Makes @text safe to be put into a sentence or beside other text, whatever its direction: between
 * U+2068 and U+2069 (UAX #9), so that it finds its own direction and does not turn what stands
 * around it. The controls that could end or escape this (U+202A to U+202E, U+2066 to U+2069) are
 * removed; the marks U+200E, U+200F and U+061C stay, since they reach no further than the isolate.
 * A paragraph ends every isolate: give one line (see foyer_text_clean_line()).
 *
 * It is for showing only: never store it, compare it or send it.
 *
 * Returns: (transfer full): the isolated text, valid UTF-8; empty if @text is %NULL or holds nothing
 */
char *
foyer_text_isolate (const char *text)
{
  g_autoptr (GString) out = g_string_new (FIRST_STRONG_ISOLATE);
  const char *p = text != NULL ? text : "";
  gsize empty = out->len;

  while (*p != '\0')
    {
      gunichar ch = next_char (&p);

      if (!is_bidi_control (ch))
        g_string_append_unichar (out, ch);
    }
  if (out->len == empty)
    return g_strdup ("");

  g_string_append (out, POP_DIRECTIONAL_ISOLATE);
  return g_strndup (out->str, out->len);
}

/**
 * foyer_text_clean_line:
 * @text: (nullable): any text
 * @max_chars: the most characters (code points) of the result; %G_MAXSIZE for no limit, 0 for none
 *
 * One line for a row, a title or a log: white space and control characters of all kinds, line ends
 * among them, become one blank, none at the ends; bidi controls are removed as by
 * foyer_text_isolate(), which is still needed where other text stands beside it; invalid bytes
 * become U+FFFD. What is too long ends with an ellipsis, as by foyer_text_ellipsize().
 *
 * Only as much of @text is read as is needed.
 *
 * Returns: (transfer full): the line, valid UTF-8; empty for %NULL
 */
char *
foyer_text_clean_line (const char *text, gsize max_chars)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = text != NULL ? text : "";
  gboolean blank = FALSE;
  gsize n = 0;

  while (*p != '\0' && n <= max_chars)
    {
      gunichar ch = next_char (&p);

      if (is_bidi_control (ch))
        continue;
      if (foyer_letter_is_blank (ch))
        {
          blank = n > 0;
          continue;
        }

      if (blank)
        {
          g_string_append_c (out, ' ');
          n++;
        }
      blank = FALSE;
      g_string_append_unichar (out, ch);
      n++;
    }

  return ellipsize_valid (out->str, max_chars);
}

/**
 * foyer_text_ellipsize:
 * @text: (nullable): any text
 * @max_chars: the most characters (code points) of the result; 0 for none
 *
 * Shortens @text to @max_chars, the ellipsis included. It is not cut between a letter and its
 * marks, inside of a flag, of an emoji made of several, of a Hangul syllable or of an Indian
 * consonant cluster; only one that is itself too long (a letter under a hundred marks) is. No blank
 * is left before the ellipsis. Otherwise @text stays as it is, but for invalid bytes, which become
 * U+FFFD.
 *
 * Returns: (transfer full): the text, valid UTF-8; empty for %NULL
 */
char *
foyer_text_ellipsize (const char *text, gsize max_chars)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = text != NULL ? text : "";

  for (gsize n = 0; *p != '\0' && n <= max_chars; n++)
    g_string_append_unichar (out, next_char (&p));

  return ellipsize_valid (out->str, max_chars);
}
