/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text made comparable: what people type is found in what people are called. */

#define G_LOG_DOMAIN "foyer-base"

#include "foyer-text.h"

#include "foyer-letters.h"

#include <string.h>

/* A name has tens of characters; a paste of a whole file must not cost more than a name does. */
#define MAX_CHARS 4096
#define MAX_QUERY_WORDS 32
#define MAX_DECOMPOSED 18

/* What stands for an apostrophe or a hyphen inside of a word, while words are being made. */
#define JOINT '-'

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar)*text >= 0x80)
      return FALSE;
  return TRUE;
}

/* Valid UTF-8 of at most MAX_CHARS. 4 bytes a character are always enough to hold them, so a
 * character that the first cut halves lies behind the second. */
static char *
dup_bounded (const char *text)
{
  g_autofree char *start = g_strndup (text, MAX_CHARS * 4);
  g_autofree char *valid = g_utf8_make_valid (start, -1);

  if (g_utf8_strlen (valid, -1) > MAX_CHARS)
    *g_utf8_offset_to_pointer (valid, MAX_CHARS) = '\0';
  return g_steal_pointer (&valid);
}

/* Compatibility forms resolved, case folded, then composed again: so that what belongs together
 * (a Hangul syllable, a vowel and its dots) is one character. */
static char *
normalize (const char *text)
{
  g_autofree char *bounded = dup_bounded (text);
  g_autofree char *decomposed = NULL;
  g_autofree char *folded = NULL;
  GString *prepared;

  if (is_ascii (bounded))
    return g_steal_pointer (&bounded);

  /* Spacing accents would decompose into a blank and tear the word. */
  prepared = g_string_sized_new (strlen (bounded));
  for (const char *p = bounded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      g_string_append_unichar (prepared, foyer_letter_is_joint (ch) ? JOINT : ch);
    }
  decomposed = g_utf8_normalize (prepared->str, -1, G_NORMALIZE_ALL);

  /* The iota below a Greek vowel is a mark until it is case folded: then it would be a letter. */
  g_string_truncate (prepared, 0);
  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) != 0x0345)
      g_string_append_len (prepared, p, g_utf8_next_char (p) - p);
  folded = g_utf8_casefold (prepared->str, -1);
  g_string_free (prepared, TRUE);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);
}

static void
append_decomposed (GString *out, gunichar ch, gboolean spelled)
{
  gunichar parts[MAX_DECOMPOSED];
  gsize n_parts = g_unichar_fully_decompose (ch, FALSE, parts, G_N_ELEMENTS (parts));
  gboolean drops = FALSE;

  for (gsize i = 0; i < n_parts; i++)
    drops |= foyer_letter_is_dropped_mark (parts[i]);
  if (!drops)
    {
      foyer_letter_append (out, ch, spelled);
      return;
    }

  for (gsize i = 0; i < n_parts; i++)
    {
      if (!foyer_letter_is_dropped_mark (parts[i]))
        foyer_letter_append (out, parts[i], spelled);
      else if (!spelled || i == 0)
        continue;
      else if (parts[i] == 0x030a && parts[0] == 'a')
        g_string_append_c (out, 'a');
      else if ((parts[i] == 0x0308 && strchr ("aou", (int)MIN (parts[0], 0x7f)) != NULL)
               || (parts[i] == 0x030b && (parts[0] == 'o' || parts[0] == 'u')))
        g_string_append_c (out, 'e');
    }
}

/* @spelled: ü as ue. @keep_joints: apostrophes and hyphens as JOINT, not dropped. */
static char *
fold_normalized (const char *normalized, gboolean spelled, gboolean keep_joints)
{
  GString *out = g_string_sized_new (strlen (normalized) + 8);
  gboolean blank = FALSE;
  gboolean ascii = TRUE;
  g_autofree char *loose = NULL;

  for (const char *p = normalized; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);
      gsize end = out->len;
      gsize begin;

      if (foyer_letter_is_blank (ch))
        {
          blank = out->len > 0;
          continue;
        }
      if (foyer_letter_is_joint (ch) && !keep_joints)
        continue;
      if (ch >= 0x80
          && (g_unichar_type (ch) == G_UNICODE_FORMAT || foyer_letter_is_dropped_mark (ch)))
        continue;

      if (blank)
        g_string_append_c (out, ' ');
      begin = out->len;

      if (foyer_letter_is_joint (ch))
        g_string_append_c (out, JOINT);
      else if (ch < 0x80)
        g_string_append_c (out, g_ascii_tolower ((char)ch));
      else if (foyer_letter_is_hangul_syllable (ch))
        g_string_append_unichar (out, ch);
      else
        append_decomposed (out, ch, spelled);
      ascii = ascii && ch < 0x80;

      /* Some letters are nothing but what is dropped: no blank before nothing. */
      if (out->len == begin)
        g_string_truncate (out, end);
      else
        blank = FALSE;
    }

  if (ascii)
    return g_string_free (out, FALSE);

  /* What a dropped mark kept apart may have come together. */
  loose = g_string_free (out, FALSE);
  return g_utf8_normalize (loose, -1, G_NORMALIZE_ALL_COMPOSE);
}

/**
 * foyer_text_fold:
 * @text: (nullable): any text
 *
 * Makes texts that a person takes for the same equal, byte by byte:
 *
 * - compatibility forms are resolved (full width, ligatures), case is folded;
 * - accents, Hebrew points and Arabic vowels are dropped; vowel signs of Thai and of Indian
 *   scripts and the voicing of kana stay;
 * - ø ł ı ß æ œ đ ð þ ħ ŋ ŧ and their like become the Latin letters they are typed as; variants of
 *   Arabic alef, yeh, kaf, heh fall together; katakana becomes hiragana; digits of any script
 *   become 0 to 9;
 * - apostrophes and hyphens of all kinds are dropped, so are invisible format characters;
 * - white space and control characters become one blank, none at the ends.
 *
 * Other punctuation stays. Folding twice gives what folding once gave. Invalid UTF-8 becomes
 * U+FFFD; only the first 4096 characters count.
 *
 * Returns: (transfer full): the folded text, valid UTF-8; empty for %NULL
 */
char *
foyer_text_fold (const char *text)
{
  g_autofree char *normalized = NULL;

  if (text == NULL)
    return g_strdup ("");

  normalized = normalize (text);
  return fold_normalized (normalized, FALSE, FALSE);
}

/* Cuts folded text with its joints into words. With @joined, a word with joints inside is one word
 * in @joined, and its parts are words in @parts; without, the parts are all there is. */
static void
cut (const char *folded, GPtrArray *joined, GPtrArray *parts)
{
  g_autoptr (GString) word = g_string_new (NULL);
  const char *start = folded;

  while (*start != '\0')
    {
      const char *end = start;
      guint n_parts = parts->len;

      g_string_truncate (word, 0);
      if (foyer_letter_is_cjk (g_utf8_get_char (start))
          && foyer_letter_is_word_char (g_utf8_get_char (start)))
        {
          end = g_utf8_next_char (start);
          g_ptr_array_add (joined != NULL ? joined : parts, g_strndup (start, end - start));
          start = end;
          continue;
        }

      while (*end == JOINT
             || (foyer_letter_is_word_char (g_utf8_get_char (end))
                 && !foyer_letter_is_cjk (g_utf8_get_char (end))))
        {
          const char *from = end;

          while (*end != '\0' && foyer_letter_is_word_char (g_utf8_get_char (end))
                 && !foyer_letter_is_cjk (g_utf8_get_char (end)))
            end = g_utf8_next_char (end);
          if (end > from)
            {
              g_ptr_array_add (parts, g_strndup (from, end - from));
              g_string_append_len (word, from, end - from);
            }
          if (*end == JOINT)
            end++;
        }

      if (joined != NULL && word->len > 0)
        {
          if (parts->len == n_parts + 1) /* no joint inside: the word is its only part */
            g_ptr_array_remove_index (parts, n_parts);
          g_ptr_array_add (joined, g_strndup (word->str, word->len));
        }
      start = end > start ? end : g_utf8_next_char (start);
    }
}

/* @p is not at the end. */
static gboolean
is_pair (const char *p)
{
  return (strchr ("aou", p[0]) != NULL && p[0] != '\0' && p[1] == 'e')
         || (p[0] == 'a' && p[1] == 'a');
}

/* "mueller" as it would be folded from "Müller". After a vowel or a q the pair is something else:
 * "Bauer", "Enrique". Returns NULL if there is nothing to undo. */
static char *
undo_spelling (const char *word)
{
  GString *out = NULL;

  for (const char *p = word; *p != '\0'; p++)
    {
      gboolean undo = is_pair (p) && (p == word || strchr ("aeiouq", p[-1]) == NULL);

      if (undo && out == NULL)
        out = g_string_new_len (word, p - word);
      if (out != NULL)
        g_string_append_c (out, *p);
      if (undo)
        p++;
    }

  return out != NULL ? g_string_free (out, FALSE) : NULL;
}

static void
append_word (GString *out, const char *word)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append (out, word);
}

static void
append_words (GString *out, GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    append_word (out, g_ptr_array_index (words, i));
}

static void
append_undone (GString *out, GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *undone = undo_spelling (g_ptr_array_index (words, i));

      if (undone != NULL)
        append_word (out, undone);
    }
}

/* Both lists stem from one text, so their words stand at the same places, unless a spelled one is
 * not there at all. */
static void
append_spelled (GString *out, GPtrArray *plain, GPtrArray *spelled)
{
  for (guint i = 0; i < spelled->len; i++)
    {
      const char *word = g_ptr_array_index (spelled, i);

      if (i >= plain->len || strcmp (word, g_ptr_array_index (plain, i)) != 0)
        append_word (out, word);
    }
}

/**
 * foyer_text_fold_for_index:
 * @text: (nullable): any text, such as a name
 *
 * The words of @text as they go into the search index: letters, digits and marks, separated by
 * single blanks and nothing else, so that any tokenizer that cuts at blanks will do (for FTS5
 * `unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'`: without the marks it would cut Thai
 * and Hindi inside of words). In this order:
 *
 * 1. each word folded as by foyer_text_fold(), with its apostrophes and hyphens dropped
 *    (`Jean-Luc`: `jeanluc`); Han, kana, bopomofo and Hangul character by character;
 * 2. the parts of words that had such a sign inside (`jean`, `luc`);
 * 3. the same words with ä ö ü ő ű ø å written out, where that differs (`Müller`: `mueller`,
 *    `Ågård`: `aagaard`);
 * 4. the same words with ae oe ue aa taken for a letter that was written out, where there is one
 *    that does not follow a vowel or a q (`Mueller`: `muller`).
 *
 * With foyer_text_fold_words() on the other side, each word sought as a prefix and all of them
 * required, this is what finds what:
 *
 * | typed     | sought    | in Müller (muller mueller) | in Mueller (mueller muller) | in Muller |
 * |-----------|-----------|----------------------------|-----------------------------|-----------|
 * | `Müller`  | `muller`  | yes                        | yes                         | yes       |
 * | `Mueller` | `mueller` | yes                        | yes                         | no        |
 * | `muller`  | `muller`  | yes                        | yes                         | yes       |
 *
 * Returns: (transfer full): the words, valid UTF-8; empty if there are none
 */
char *
foyer_text_fold_for_index (const char *text)
{
  g_autoptr (GPtrArray) joined = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *normalized = NULL;
  g_autofree char *plain = NULL;
  GString *out;

  if (text == NULL)
    return g_strdup ("");

  normalized = normalize (text);
  plain = fold_normalized (normalized, FALSE, TRUE);
  cut (plain, joined, parts);

  out = g_string_sized_new (strlen (plain) * 2);
  append_words (out, joined);
  append_words (out, parts);

  if (!is_ascii (normalized))
    {
      g_autoptr (GPtrArray) spelled_joined = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) spelled_parts = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *spelled = fold_normalized (normalized, TRUE, TRUE);

      cut (spelled, spelled_joined, spelled_parts);
      append_spelled (out, joined, spelled_joined);
      append_spelled (out, parts, spelled_parts);
    }

  append_undone (out, joined);
  append_undone (out, parts);
  return g_string_free (out, FALSE);
}

/**
 * foyer_text_fold_words:
 * @text: (nullable): what a person typed
 *
 * The words to seek in what foyer_text_fold_for_index() made; the scheme is described there. Each
 * is folded as by foyer_text_fold(). Blanks and punctuation separate words, apostrophes and hyphens
 * too (`O'Connor`: `o`, `connor`, which finds `O Connor` as well); Han, kana, bopomofo and Hangul
 * come one character each. A person means a record in which every word is the beginning of some
 * word. The words hold letters, digits and marks only: nothing to escape inside of quotes.
 *
 * At most 32 words are given: a longer paste is not a search.
 *
 * Returns: (transfer full) (array zero-terminated=1): the words in their order; empty if there is
 *   nothing to seek
 */
char **
foyer_text_fold_words (const char *text)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *normalized = NULL;
  g_autofree char *folded = NULL;

  if (text != NULL)
    {
      normalized = normalize (text);
      folded = fold_normalized (normalized, FALSE, TRUE);
      cut (folded, NULL, words);
    }
  if (words->len > MAX_QUERY_WORDS)
    g_ptr_array_set_size (words, MAX_QUERY_WORDS);

  g_ptr_array_add (words, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&words), FALSE);
}
