/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What folding knows of single letters.
 *
 * The table is our own because SQLite's tokenizer folds neither ł nor ı nor ß, knows nothing of
 * ue for ü, and takes a Japanese name for one word. */

#define G_LOG_DOMAIN "foyer-base"

#include "foyer-letters.h"

#include <stdlib.h>

typedef struct
{
  gunichar letter;
  const char *plain;
  const char *spelled; /* (nullable): how it is written out where the key is missing */
} Mapping;

/* Letters that Unicode does not decompose; after case folding, in order of code point. */
static const Mapping mappings[] = {
  { 0x00e6, "ae", NULL }, /* æ */
  { 0x00f0, "d", NULL },  /* ð */
  { 0x00f8, "o", "oe" },  /* ø */
  { 0x00fe, "th", NULL }, /* þ */
  { 0x0111, "d", NULL },  /* đ */
  { 0x0127, "h", NULL },  /* ħ */
  { 0x0131, "i", NULL },  /* ı */
  { 0x0138, "k", NULL },  /* ĸ */
  { 0x0142, "l", NULL },  /* ł */
  { 0x014b, "n", NULL },  /* ŋ */
  { 0x0153, "oe", NULL }, /* œ */
  { 0x0167, "t", NULL },  /* ŧ */
  { 0x0180, "b", NULL },  /* ƀ */
  { 0x0188, "c", NULL },  /* ƈ */
  { 0x0192, "f", NULL },  /* ƒ */
  { 0x0199, "k", NULL },  /* ƙ */
  { 0x019a, "l", NULL },  /* ƚ */
  { 0x019e, "n", NULL },  /* ƞ */
  { 0x01a5, "p", NULL },  /* ƥ */
  { 0x01ad, "t", NULL },  /* ƭ */
  { 0x01b4, "y", NULL },  /* ƴ */
  { 0x01b6, "z", NULL },  /* ƶ */
  { 0x01dd, "e", NULL },  /* ǝ */
  { 0x01e5, "g", NULL },  /* ǥ */
  { 0x0237, "j", NULL },  /* ȷ */
  { 0x023c, "c", NULL },  /* ȼ */
  { 0x023f, "s", NULL },  /* ȿ */
  { 0x0247, "e", NULL },  /* ɇ */
  { 0x0249, "j", NULL },  /* ɉ */
  { 0x024d, "r", NULL },  /* ɍ */
  { 0x024f, "y", NULL },  /* ɏ */
  { 0x0253, "b", NULL },  /* ɓ */
  { 0x0254, "o", NULL },  /* ɔ */
  { 0x0256, "d", NULL },  /* ɖ */
  { 0x0257, "d", NULL },  /* ɗ */
  { 0x0259, "e", NULL },  /* ə */
  { 0x025b, "e", NULL },  /* ɛ */
  { 0x0260, "g", NULL },  /* ɠ */
  { 0x0263, "g", NULL },  /* ɣ */
  { 0x0268, "i", NULL },  /* ɨ */
  { 0x0269, "i", NULL },  /* ɩ */
  { 0x026b, "l", NULL },  /* ɫ */
  { 0x0272, "n", NULL },  /* ɲ */
  { 0x0275, "o", NULL },  /* ɵ */
  { 0x0280, "r", NULL },  /* ʀ */
  { 0x0283, "s", NULL },  /* ʃ */
  { 0x0288, "t", NULL },  /* ʈ */
  { 0x0289, "u", NULL },  /* ʉ */
  { 0x028a, "u", NULL },  /* ʊ */
  { 0x028b, "v", NULL },  /* ʋ */
  { 0x0292, "z", NULL },  /* ʒ */
  { 0x0491, "г", NULL },  /* ґ: typed as г on a Russian keyboard */
  { 0x0629, "ه", NULL },  /* teh marbuta as heh */
  { 0x0640, "", NULL },   /* tatweel only stretches */
  { 0x0649, "ي", NULL },  /* alef maksura as yeh */
  { 0x0671, "ا", NULL },  /* alef wasla */
  { 0x06a9, "ك", NULL },  /* Persian and Urdu kaf, heh, yeh as the Arabic ones */
  { 0x06be, "ه", NULL },  { 0x06c1, "ه", NULL },
  { 0x06cc, "ي", NULL },  { 0x2c65, "a", NULL }, /* ⱥ */
  { 0x2c66, "t", NULL },                         /* ⱦ */
};

static int
compare_mapping (const void *key, const void *element)
{
  gunichar letter = *(const gunichar *)key;
  const Mapping *mapping = element;

  return letter < mapping->letter ? -1 : letter > mapping->letter;
}

/**
 * foyer_letter_is_joint:
 * @ch: a character
 *
 * Apostrophes as they are typed, autocorrected, and written in Hawaiian, Ukrainian, Hebrew or
 * Arabic names; hyphens short of the long dashes, and the middle dot of Catalan.
 *
 * Returns: %TRUE if @ch joins parts of a word, and folding drops it
 */
gboolean
foyer_letter_is_joint (gunichar ch)
{
  switch (ch)
    {
    case '\'':
    case '`':
    case '-':
    case 0x00b4: /* acute accent */
    case 0x00b7: /* middle dot */
    case 0x02b9: /* prime */
    case 0x02bb: /* ʻokina */
    case 0x02bc: /* modifier letter apostrophe */
    case 0x02bd:
    case 0x02be: /* half rings: ʾ hamza, ʿ ayn */
    case 0x02bf:
    case 0x02c8:
    case 0x02ca:
    case 0x02cb:
    case 0x0374: /* Greek numeral sign */
    case 0x0384: /* tonos */
    case 0x055a: /* Armenian apostrophe */
    case 0x058a: /* Armenian hyphen */
    case 0x05be: /* maqaf */
    case 0x05f3: /* geresh */
    case 0x07f4:
    case 0x07f5:
    case 0x1806: /* Mongolian hyphen */
    case 0x1fbd: /* koronis, and the spacing forms of Greek accents */
    case 0x1fbf:
    case 0x1fef:
    case 0x1ffd:
    case 0x1ffe:
    case 0x2010: /* hyphen */
    case 0x2011: /* non-breaking hyphen */
    case 0x2012: /* figure dash */
    case 0x2013: /* en dash */
    case 0x2018: /* quotation marks used as apostrophes */
    case 0x2019:
    case 0x201a:
    case 0x201b:
    case 0x2027:
    case 0x2032: /* prime */
    case 0x2035:
    case 0x2212: /* minus */
    case 0xa78b: /* saltillo */
    case 0xa78c:
    case 0xfe63:
    case 0xff07: /* full width */
    case 0xff0d:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * foyer_letter_is_dropped_mark:
 * @ch: a character
 *
 * Accents, Hebrew points and Arabic vowels are dropped. What the vowels of Thai and of the scripts
 * of India are written with, and the voicing of kana, is the letter's substance and stays.
 *
 * Returns: %TRUE if @ch is a mark without which the word is still the same to a person who types
 */
gboolean
foyer_letter_is_dropped_mark (gunichar ch)
{
  GUnicodeType type = g_unichar_type (ch);
  int class;

  if (type == G_UNICODE_ENCLOSING_MARK)
    return TRUE;
  if (type != G_UNICODE_NON_SPACING_MARK && type != G_UNICODE_SPACING_MARK)
    return FALSE;

  class = g_unichar_combining_class (ch);
  if (class == 0)
    return ch == 0x034f || (ch >= 0x180b && ch <= 0x180f) || (ch >= 0xfe00 && ch <= 0xfe0f)
           || (ch >= 0xe0100 && ch <= 0xe01ef);

  return class == 1 || class == 7 || (class >= 10 && class <= 36) || class >= 200;
}

/**
 * foyer_letter_is_hangul_syllable:
 * @ch: a character
 *
 * Returns: %TRUE if @ch is a composed syllable, which stays composed
 */
gboolean
foyer_letter_is_hangul_syllable (gunichar ch)
{
  return ch >= 0xac00 && ch <= 0xd7a3;
}

/**
 * foyer_letter_is_cjk:
 * @ch: a character, composed
 *
 * Returns: %TRUE if @ch is Han, kana, bopomofo or Hangul: there are no blanks between words there,
 *   so each character is sought as one
 */
gboolean
foyer_letter_is_cjk (gunichar ch)
{
  GUnicodeScript script;

  if (ch < 0x1100)
    return FALSE;
  if (foyer_letter_is_hangul_syllable (ch) || ch == 0x30fc)
    return TRUE;

  script = g_unichar_get_script (ch);
  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA
         || script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_HANGUL
         || script == G_UNICODE_SCRIPT_BOPOMOFO;
}

/**
 * foyer_letter_is_word_char:
 * @ch: a character
 *
 * Returns: %TRUE if words are made of it: a letter, a digit or a mark
 */
gboolean
foyer_letter_is_word_char (gunichar ch)
{
  if (ch < 0x80)
    return g_ascii_isalnum ((char)ch);

  return g_unichar_isalnum (ch) || g_unichar_ismark (ch);
}

/**
 * foyer_letter_is_blank:
 * @ch: a character
 *
 * Returns: %TRUE if @ch is white space, a line end or a control character
 */
gboolean
foyer_letter_is_blank (gunichar ch)
{
  switch ((int)g_unichar_type (ch))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * foyer_letter_append:
 * @out: where to
 * @ch: a letter after case folding, without marks
 * @spelled: whether to write it out (`oe` for ø) where that is done
 *
 * Appends what @ch is folded to.
 */
void
foyer_letter_append (GString *out, gunichar ch, gboolean spelled)
{
  const Mapping *mapping = bsearch (&ch, mappings, G_N_ELEMENTS (mappings), sizeof *mappings,
                                    compare_mapping);

  if (mapping != NULL)
    g_string_append (out, spelled && mapping->spelled != NULL ? mapping->spelled : mapping->plain);
  else if (g_unichar_isdigit (ch))
    g_string_append_c (out, (char)('0' + g_unichar_digit_value (ch)));
  else if ((ch >= 0x30a1 && ch <= 0x30f6) || ch == 0x30fd || ch == 0x30fe)
    g_string_append_unichar (out, ch - 0x60); /* katakana as hiragana */
  else if (ch >= 0xab70 && ch <= 0xabbf)
    g_string_append_unichar (out, ch - 0xab70 + 0x13a0); /* GLib swaps the two cases of Cherokee */
  else if (ch >= 0x13f8 && ch <= 0x13fd)
    g_string_append_unichar (out, ch - 0x8);
  else
    g_string_append_unichar (out, ch);
}
