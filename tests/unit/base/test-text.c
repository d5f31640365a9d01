/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-text.h"

#include <string.h>

typedef char *(*Change) (const char *text);

typedef struct
{
  const char *text;
  const char *expected;
} Pair;

static void
check_pairs (const Pair *pairs, gsize n_pairs, Change change)
{
  for (gsize i = 0; i < n_pairs; i++)
    {
      g_autofree char *result = change (pairs[i].text);

      g_test_message ("pair %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (result, ==, pairs[i].expected);
    }
}

static void
test_fold (void)
{
  static const Pair pairs[] = {
    { NULL, "" },
    { "", "" },
    { " \t\n ", "" },
    { "  Anna \t Lena\n", "anna lena" },
    { "M\u00fcller", "muller" },
    { "Mu\u0308ller", "muller" },
    { "STRAUSS", "strauss" },
    { "Strau\u00df", "strauss" },
    { "STRAU\u1e9e", "strauss" },
    { "\u0141ukasz", "lukasz" },
    { "S\u00f8ren", "soren" },
    { "\u00c6gir \u0152uvre", "aegir oeuvre" },
    { "\u0110or\u0111e \u00d0a\u00f0i \u00de\u00f3r", "dorde dadi thor" },
    { "\u0130stanbul I\u015f\u0131k", "istanbul isik" },
    { "Nguy\u1ec5n Th\u1ecb", "nguyen thi" },
    { "Dvo\u0159\u00e1k Zo\u00eb", "dvorak zoe" },
    { "\u018fliyev", "eliyev" },
    { "O'Connor", "oconnor" },
    { "O\u2019Connor", "oconnor" },
    { "O\u00b4Connor O`Connor", "oconnor oconnor" },
    { "Ka\u02bbahumanu", "kaahumanu" },
    { "Jean-Luc", "jeanluc" },
    { "Jean\u2010Luc Jean\u2011Luc Jean\u2013Luc", "jeanluc jeanluc jeanluc" },
    { "Gal\u00b7la Ga\u0140la", "galla galla" },
    { "a - b", "a b" },
    { "-", "" },
    { "\uff26\uff4f\uff59\uff45\uff52", "foyer" },
    { "\ufb01nn", "finn" },
    { "\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3",
      "\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03c5\u03c3" },
    { "\u03bf\u03b4\u03c5\u03c3\u03c3\u03ad\u03b1\u03c2",
      "\u03bf\u03b4\u03c5\u03c3\u03c3\u03b5\u03b1\u03c3" },
    { "\u1fb3", "\u03b1" },
    { "\u13a0\uab70", "\u13a0\u13a0" },
    { "\u0401\u043b\u043a\u0430", "\u0435\u043b\u043a\u0430" },
    /* Arabic: vowels, hamza, tatweel, the Persian yeh. */
    { "\u0645\u064f\u062d\u064e\u0645\u0651\u062f", "\u0645\u062d\u0645\u062f" },
    { "\u0623\u062d\u0645\u0640\u0640\u062f", "\u0627\u062d\u0645\u062f" },
    { "\u0639\u0644\u06cc", "\u0639\u0644\u064a" },
    /* Hebrew points. */
    { "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd" },
    /* Vowel signs of Hindi and Thai stay. */
    { "\u0915\u0941\u092e\u093e\u0930", "\u0915\u0941\u092e\u093e\u0930" },
    { "\u0e01\u0e34\u0e15\u0e15\u0e34", "\u0e01\u0e34\u0e15\u0e15\u0e34" },
    /* Kana: one sort, voiced apart from voiceless. Hangul stays composed. */
    { "\u30bf\u30ca\u30ab", "\u305f\u306a\u304b" },
    { "\uff80\uff9e\uff85\uff76", "\u3060\u306a\u304b" },
    { "\ud55c\uae00", "\ud55c\uae00" },
    { "\u1112\u1161\u11ab", "\ud55c" },
    { "\u0661\u0662 \u0967\uff11\u00b2", "12 112" },
    /* What is not seen is not there. */
    { "An\u200bna\u200d\u00ad\ufeff \u202eLena\u2069", "anna lena" },
    { "\u2764\ufe0f", "\u2764" },
    { "a\001b\u2028c\u3000d", "a b c d" },
    /* Punctuation stays. */
    { "Dr. A. (Ph.D.) a_b@example.org", "dr. a. (ph.d.) a_b@example.org" },
    { "\xff"
      "A\xc3",
      "\ufffd"
      "a\ufffd" },
    { "\xed\xa0\x80", "\ufffd\ufffd\ufffd" },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), foyer_text_fold);
}

static void
test_fold_for_index (void)
{
  static const Pair pairs[] = {
    { NULL, "" },
    { "", "" },
    { " - ' . ", "" },
    { "Anna Schmidt", "anna schmidt" },
    { "M\u00fcller", "muller mueller" },
    { "Mu\u0308ller", "muller mueller" },
    { "Mueller", "mueller muller" },
    { "Muller", "muller" },
    { "J\u00fcrgen M\u00fcller", "jurgen muller juergen mueller" },
    { "B\u00e4uerle", "bauerle baeuerle" },
    { "Baeuerle", "baeuerle bauerle" },
    { "S\u00f8ren \u00c5g\u00e5rd", "soren agard soeren aagaard" },
    { "Aagaard", "aagaard agard" },
    { "Erd\u0151s", "erdos erdoes" },
    { "Bauer Neuer Enrique", "bauer neuer enrique" },
    { "Goethe", "goethe gothe" },
    { "Stra\u00dfe", "strasse" },
    { "O'Connor", "oconnor o connor" },
    { "Jean-Luc", "jeanluc jean luc" },
    { "Jean- -Luc", "jean luc" },
    { "M\u00fcller-L\u00fcdenscheidt",
      "mullerludenscheidt muller ludenscheidt muellerluedenscheidt mueller luedenscheidt" },
    { "anna@example.org, \"x\"*", "anna example org x" },
    { "\u5c71\u7530\u592a\u90ce", "\u5c71 \u7530 \u592a \u90ce" },
    { "\ud55c\uae00 Kim", "\ud55c \uae00 kim" },
    { "\u30b9\u30fc\u30d1\u30fc\u30fb\u5c71a1", "\u3059 \u30fc \u3071 \u30fc \u5c71 a1" },
    { "\u0e01\u0e34\u0e15\u0e15\u0e34 \u0915\u0941\u092e\u093e\u0930",
      "\u0e01\u0e34\u0e15\u0e15\u0e34 \u0915\u0941\u092e\u093e\u0930" },
    { "\U0001f389 Party \U0001f389", "party" },
    { "\xff"
      "A",
      "a" },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), foyer_text_fold_for_index);
}

static char *
join_words (const char *text)
{
  g_auto (GStrv) words = foyer_text_fold_words (text);

  return g_strjoinv ("|", words);
}

static void
test_fold_words (void)
{
  static const Pair pairs[] = {
    { NULL, "" },
    { "", "" },
    { " . \" * ", "" },
    { "M\u00fcller", "muller" },
    { "Mueller  anna", "mueller|anna" },
    { "O'Connor Jean-Luc", "o|connor|jean|luc" },
    { "\u5c71\u7530 Taro", "\u5c71|\u7530|taro" },
    { "a.b@c.de", "a|b|c|de" },
    { "\"x\" OR y* NEAR(z)", "x|or|y|near|z" },
  };
  g_autoptr (GString) many = g_string_new (NULL);
  g_auto (GStrv) words = NULL;

  check_pairs (pairs, G_N_ELEMENTS (pairs), join_words);

  for (int i = 0; i < 100; i++)
    g_string_append (many, "word ");
  words = foyer_text_fold_words (many->str);
  g_assert_cmpuint (g_strv_length (words), ==, 32);
}

/* The rule of the search: every word typed is the beginning of some word stored. */
static gboolean
finds (const char *typed, const char *stored)
{
  g_auto (GStrv) sought = foyer_text_fold_words (typed);
  g_autofree char *index = foyer_text_fold_for_index (stored);
  g_auto (GStrv) words = g_strsplit (index, " ", -1);

  for (char **word = sought; *word != NULL; word++)
    {
      gboolean found = FALSE;

      for (char **candidate = words; *candidate != NULL && !found; candidate++)
        found = g_str_has_prefix (*candidate, *word);
      if (!found)
        return FALSE;
    }
  return sought[0] != NULL;
}

static void
test_search (void)
{
  static const Pair found[] = {
    { "Mueller", "M\u00fcller" },
    { "mueller", "Mueller" },
    { "M\u00fcller", "Mueller" },
    { "M\u00fcller", "Muller" },
    { "M\u00fcller", "M\u00dcLLER" },
    { "muller", "M\u00fcller" },
    { "muller", "Mueller" },
    { "mue", "M\u00fcller" },
    { "m\u00fc", "Mueller" },
    { "Goethe", "G\u00f6the" },
    { "G\u00f6the", "Goethe" },
    { "Soeren", "S\u00f8ren" },
    { "S\u00f6ren", "Soeren" },
    { "S\u00f8ren", "S\u00f6ren" },
    { "Aagaard", "\u00c5g\u00e5rd" },
    { "\u00c5g\u00e5rd", "Aagaard" },
    { "strauss", "Strau\u00df" },
    { "Strau\u00df", "STRAUSS" },
    { "oconnor", "O'Connor" },
    { "connor", "O\u2019Connor" },
    { "O'Connor", "O Connor" },
    { "O\u2019Connor", "O'Connor" },
    { "luc", "Jean-Luc Picard" },
    { "jean luc", "Jean-Luc Picard" },
    { "Jean-Luc", "Jean Luc" },
    { "jeanluc", "Jean-Luc" },
    { "picard jean", "Jean-Luc Picard" },
    { "Luedenscheidt", "M\u00fcller-L\u00fcdenscheidt" },
    { "lukasz", "\u0141ukasz" },
    { "isik", "I\u015f\u0131k" },
    { "\u592a\u90ce", "\u5c71\u7530\u592a\u90ce" },
    { "\u30bf\u30ca\u30ab", "\u305f\u306a\u304b" },
    { "\uae00", "\ud55c\uae00" },
    { "anna@example", "anna@example.org" },
  };
  static const Pair not_found[] = {
    { "Mueller", "Muller" }, { "Baur", "Bauer" },    { "anna", "Hanna" },
    { "anna x", "Anna" },    { "\u3060", "\u305f" }, { "", "Anna" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_test_message ("%s in %s", found[i].text, found[i].expected);
      g_assert_true (finds (found[i].text, found[i].expected));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (not_found); i++)
    {
      g_test_message ("%s in %s", not_found[i].text, not_found[i].expected);
      g_assert_false (finds (not_found[i].text, not_found[i].expected));
    }
}

static void
test_isolate (void)
{
  static const Pair pairs[] = {
    { NULL, "" },
    { "", "" },
    { "\u202e\u2066", "" },
    { "Anna", "\u2068Anna\u2069" },
    { "\u05e9\u05dc\u05d5\u05dd", "\u2068\u05e9\u05dc\u05d5\u05dd\u2069" },
    { "a\u202eb\u202ac\u202cd\u2067e\u2069f", "\u2068abcdef\u2069" },
    { "a\u200e\u200f\u061cb", "\u2068a\u200e\u200f\u061cb\u2069" },
    { "<b>&amp; %s", "\u2068<b>&amp; %s\u2069" },
    { "\xe2\x81"
      "A",
      "\u2068\ufffd\ufffdA\u2069" },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), foyer_text_isolate);
}

typedef struct
{
  const char *text;
  gsize max_chars;
  const char *expected;
} Cut;

static void
test_clean_line (void)
{
  static const Cut cuts[] = {
    { NULL, 10, "" },
    { "", 10, "" },
    { "Anna", 0, "" },
    { " \n\t ", 10, "" },
    { " Anna\r\n\tLena\001\177 \xc2\x85\u2028\u2029\u3000B. ", 40, "Anna Lena B." },
    { "\u202eAnna\u2069", 40, "Anna" },
    { "A\xff", 40, "A\ufffd" },
    { "Anna Lena", 9, "Anna Lena" },
    { "Anna Lena   ", 9, "Anna Lena" },
    { "Anna Lena", 8, "Anna Le\u2026" },
    { "Anna Lena", 6, "Anna\u2026" },
    { "Anna Lena", 1, "\u2026" },
    { "Anna Lena", G_MAXSIZE, "Anna Lena" },
    { "\x1b[31mred", 40, "[31mred" },
    { "<b>%n</b>", 40, "<b>%n</b>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autofree char *line = foyer_text_clean_line (cuts[i].text, cuts[i].max_chars);

      g_assert_cmpstr (line, ==, cuts[i].expected);
    }
}

static void
test_ellipsize (void)
{
  /* A family of three people and two joiners; the flag of Germany; a thumb of one skin tone. */
#define FAMILY "\U0001f469\u200d\U0001f467\u200d\U0001f466"
#define FLAG "\U0001f1e9\U0001f1ea"
#define THUMB "\U0001f44d\U0001f3fd"
  static const Cut cuts[] = {
    { NULL, 5, "" },
    { "Anna", 4, "Anna" },
    { "Anna", 3, "An\u2026" },
    { "Anna", 0, "" },
    { "a\nb  ", 5, "a\nb  " },
    { "ae\u0301e", 3, "a\u2026" },
    { "ae\u0301ee", 4, "ae\u0301\u2026" },
    { "a" FAMILY "b", 7, "a" FAMILY "b" },
    { "a" FAMILY "bc", 7, "a" FAMILY "\u2026" },
    { "a" FAMILY "bc", 6, "a\u2026" },
    { "a" FAMILY "bc", 3, "a\u2026" },
    { FLAG FLAG FLAG, 4, FLAG "\u2026" },
    { FLAG FLAG FLAG, 5, FLAG FLAG "\u2026" },
    { "a" THUMB "bc", 3, "a\u2026" },
    { "a" THUMB "bc", 4, "a" THUMB "\u2026" },
    { "a\u0915\u094d\u0937bc", 4, "a\u2026" },
    { "a\u1112\u1161\u11abbc", 4, "a\u2026" },
    { "a\u2764\ufe0fbc", 3, "a\u2026" },
    /* One letter under too many marks. */
    { "e\u0301\u0301\u0301\u0301\u0301", 3, "e\u0301\u2026" },
    { "a\xff\xff\xff", 3, "a\ufffd\u2026" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autofree char *line = foyer_text_ellipsize (cuts[i].text, cuts[i].max_chars);

      g_assert_cmpstr (line, ==, cuts[i].expected);
    }
}

static void
test_bounded (void)
{
  g_autofree char *long_text = g_strnfill (1000000, 'x');
  g_autofree char *folded = foyer_text_fold (long_text);
  g_autofree char *line = foyer_text_clean_line (long_text, 80);
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autofree char *index = NULL;
  g_autofree char *narrow = NULL;

  g_assert_cmpuint (strlen (folded), ==, 4096);
  g_assert_cmpint (g_utf8_strlen (line, -1), ==, 80);

  /* The byte limit falls into a character: nothing of it may show. */
  g_string_append_c (wide, 'a');
  for (int i = 0; i < 5000; i++)
    g_string_append_unichar (wide, 0x10348);
  narrow = foyer_text_fold (wide->str);
  g_assert_cmpint (g_utf8_strlen (narrow, -1), ==, 4096);
  g_assert_null (strstr (narrow, "\ufffd"));

  /* The worst expansion of a single character there is. */
  g_string_truncate (wide, 0);
  for (int i = 0; i < 5000; i++)
    g_string_append_unichar (wide, 0xfdfa);
  index = foyer_text_fold_for_index (wide->str);
  g_assert_cmpint (g_utf8_strlen (index, -1), <=, 4096 * 40);
}

static gunichar
random_char (void)
{
  static const gunichar blocks[] = { 0x20,   0xa0,   0x100,  0x180,   0x250,   0x2b0,   0x300,
                                     0x340,  0x370,  0x400,  0x5d0,   0x600,   0x640,   0x900,
                                     0xe00,  0x1100, 0x1160, 0x1e00,  0x1f00,  0x2000,  0x2010,
                                     0x2060, 0x2100, 0x3040, 0x30a0,  0x4e00,  0xac00,  0xfb00,
                                     0xfe00, 0xff00, 0xff60, 0x1f1e6, 0x1f3f0, 0x1f440, 0xe0100 };

  if (g_test_rand_int_range (0, 4) == 0)
    {
      gunichar ch = (gunichar)g_test_rand_int_range (1, 0x110000);

      return g_unichar_validate (ch) ? ch : 'x';
    }
  return blocks[g_test_rand_int_range (0, G_N_ELEMENTS (blocks))]
         + (gunichar)g_test_rand_int_range (0, 96);
}

static void
check_all (const char *text)
{
  g_autofree char *folded = foyer_text_fold (text);
  g_autofree char *again = foyer_text_fold (folded);
  g_autofree char *index = foyer_text_fold_for_index (text);
  g_auto (GStrv) words = foyer_text_fold_words (text);
  g_autofree char *isolated = foyer_text_isolate (text);
  g_autofree char *isolated_again = foyer_text_isolate (isolated);
  gsize max = (gsize)g_test_rand_int_range (0, 24);
  g_autofree char *line = foyer_text_clean_line (text, max);
  g_autofree char *line_again = foyer_text_clean_line (line, max);
  g_autofree char *shorter = foyer_text_ellipsize (text, max);

  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_cmpstr (folded, ==, again);
  g_assert_true (g_utf8_validate (index, -1, NULL));
  g_assert_null (strstr (index, "  "));
  g_assert_null (strchr (index, '"'));
  g_assert_false (g_str_has_prefix (index, " ") || g_str_has_suffix (index, " "));
  g_assert_true (words[0] == NULL || finds (text, text));
  g_assert_true (g_utf8_validate (isolated, -1, NULL));
  g_assert_cmpstr (isolated, ==, isolated_again);
  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (line, -1), <=, max);
  g_assert_cmpstr (line, ==, line_again);
  g_assert_true (g_utf8_validate (shorter, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (shorter, -1), <=, max);
}

static void
test_random_text (void)
{
  for (int i = 0; i < 1000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      int length = g_test_rand_int_range (0, 24);

      for (int k = 0; k < length; k++)
        g_string_append_unichar (text, random_char ());
      check_all (text->str);
    }
}

static void
test_random_bytes (void)
{
  for (int i = 0; i < 1000; i++)
    {
      char text[48];
      int length = g_test_rand_int_range (0, sizeof text);

      for (int k = 0; k < length; k++)
        text[k] = (char)g_test_rand_int_range (1, 256);
      text[length] = '\0';
      check_all (text);
    }
}

static void
check_folds_once (const char *text)
{
  g_autofree char *folded = foyer_text_fold (text);
  g_autofree char *again = foyer_text_fold (folded);

  if (strcmp (folded, again) != 0)
    g_test_message ("U+%04X", g_utf8_get_char (g_utf8_prev_char (text + strlen (text))));
  g_assert_cmpstr (folded, ==, again);
}

/* Each character alone and behind a blank, of the long tables in the higher planes some: a second folding
 * changes nothing. */
static void
test_every_char (void)
{
  for (gunichar ch = 1; ch < 0x30000; ch += ch < 0x3100 || (ch >= 0xa640 && ch < 0xac00) ? 1 : 37)
    {
      char text[9] = "a ";

      if (!g_unichar_validate (ch))
        continue;
      g_unichar_to_utf8 (ch, &text[2]);
      check_folds_once (&text[2]);
      check_folds_once (text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/text/fold", test_fold);
  g_test_add_func ("/base/text/fold-for-index", test_fold_for_index);
  g_test_add_func ("/base/text/fold-words", test_fold_words);
  g_test_add_func ("/base/text/search", test_search);
  g_test_add_func ("/base/text/isolate", test_isolate);
  g_test_add_func ("/base/text/clean-line", test_clean_line);
  g_test_add_func ("/base/text/ellipsize", test_ellipsize);
  g_test_add_func ("/base/text/bounded", test_bounded);
  g_test_add_func ("/base/text/every-char", test_every_char);
  g_test_add_func ("/base/text/random-text", test_random_text);
  g_test_add_func ("/base/text/random-bytes", test_random_bytes);

  return g_test_run ();
}
