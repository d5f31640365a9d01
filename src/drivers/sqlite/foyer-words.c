/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words by which a person may be found, as the store keeps them: folded, each with two blanks before
 * it, so that the beginning of a word is three letters of its own ("  a", " an") in the trigram index. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-words.h"

#include <string.h>

#include "foyer-text.h"

/* Enough to sort by; the index holds it a second time. */
#define SORT_KEY_CHARS 48

static gboolean
has_word (const GString *words, const char *word, gsize length)
{
  for (const char *p = words->str; (p = strstr (p, "  ")) != NULL;)
    {
      p += 2;
      if (strncmp (p, word, length) == 0 && (p[length] == '\0' || p[length] == ' '))
        return TRUE;
    }

  return FALSE;
}

/* @folded: words with single blanks between. */
static void
append_words (GString *words, const char *folded)
{
  while (*folded != '\0')
    {
      gsize length = strcspn (folded, " ");

      if (length > 0 && !has_word (words, folded, length))
        {
          g_string_append (words, "  ");
          g_string_append_len (words, folded, length);
        }
      folded += length;
      while (*folded == ' ')
        folded++;
    }
}

static void
append_text (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;

  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, part);
}

/**
 * foyer_words_of_order:
 * @order: an order
 *
 * Returns: (transfer full): its words, which all its tickets share: code, buyer, company
 */
char *
foyer_words_of_order (const FoyerOrder *order)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_text (text, order->code);
  append_text (text, order->name);
  append_text (text, order->email);
  append_text (text, order->company);
  return foyer_text_fold_for_index (text->str);
}

/* What the order has anyhow need not be folded again: most people buy for themselves. */
static void
append_own (GString *text, const char *part, const char *of_order)
{
  if (of_order == NULL || g_strcmp0 (part, of_order) != 0)
    append_text (text, part);
}

/**
 * foyer_words_of_attendee:
 * @attendee: a ticket
 * @order: its order
 * @order_words: what foyer_words_of_order() made of it
 *
 * Returns: (transfer full): all words it may be found by, each once
 */
char *
foyer_words_of_attendee (const FoyerAttendee *attendee,
                         const FoyerOrder *order,
                         const char *order_words)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *folded = NULL;
  GString *words = g_string_sized_new (128);

  append_own (text, attendee->name, order->name);
  append_own (text, attendee->email, order->email);
  append_own (text, attendee->company, order->company);
  folded = text->len > 0 ? foyer_text_fold_for_index (text->str) : NULL;
  if (folded != NULL)
    append_words (words, folded);
  append_words (words, order_words);
  return g_string_free (words, FALSE);
}

/**
 * foyer_words_sort_key:
 * @name: (nullable): a person's name
 *
 * Returns: (transfer full): what lists are sorted by; people without a name come last
 */
char *
foyer_words_sort_key (const char *name)
{
  g_autofree char *folded = foyer_text_fold (name);

  if (*folded == '\0')
    return g_strdup ("\xf4\x8f\xbf\xbf");

  return g_utf8_substring (folded, 0, MIN (SORT_KEY_CHARS, g_utf8_strlen (folded, -1)));
}

/**
 * foyer_words_have_prefix:
 * @words: what foyer_words_of_attendee() made
 * @word: a folded word
 *
 * Returns: whether some word begins with it
 */
gboolean
foyer_words_have_prefix (const char *words, const char *word)
{
  gsize length = strlen (word);

  for (const char *p = words; (p = strstr (p, "  ")) != NULL;)
    {
      p += 2;
      if (strncmp (p, word, length) == 0)
        return TRUE;
    }

  return FALSE;
}
