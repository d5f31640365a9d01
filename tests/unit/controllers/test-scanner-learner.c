/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scanners of every kind, as streams of keys; and what was learned is what the decoder then reads by. */

#include "foyer-scanner-learner.h"

#include "foyer-fact.h"

#include <string.h>

/**
 * Scanner:
 * @german: it is plugged into a German laptop
 * @for_german: and set up for one
 * @caps_lock: the laptop's Caps Lock is on
 * @reversed: it believes that Caps Lock is on
 * @gap: milliseconds between two keys
 * @prefix: what it sends before
 * @suffix: the keyboard code of what it sends after, or 0
 */
typedef struct
{
  gboolean german;
  gboolean for_german;
  gboolean caps_lock;
  gboolean reversed;
  guint gap;
  const char *prefix;
  guint suffix;
} Scanner;

#define ENTER 36
#define TAB 23

static guint
us_key (char c, gboolean *shift)
{
  for (guint keycode = 1; keycode < 128; keycode++)
    for (int level = 0; level < 2; level++)
      if (foyer_us_key_to_char (keycode, level) == c)
        {
          *shift = level;
          return keycode;
        }
  g_assert_not_reached ();
}

static char
german (char c)
{
  static const char us[] = "yzYZ-_";
  static const char de[] = "zyZY";
  const char *found = strchr (us, c);

  return found != NULL && found - us < 4 ? de[found - us] : c;
}

/* The key that a scanner presses to have @c written, and what the laptop's layout makes of it. */
static FoyerKeyPress
key_for (const Scanner *scanner, char c)
{
  FoyerKeyPress key = { 0 };
  char us = scanner->for_german ? german (c) : c;

  key.keycode = us_key (us, &key.shift);
  if (scanner->reversed && g_ascii_isalpha (us))
    key.shift = !key.shift;
  us = foyer_us_key_to_char (key.keycode, key.shift);
  if (scanner->german && us == '-')
    key.unichar = scanner->for_german ? '-' : 0xdf; /* ß stands there */
  else
    key.unichar = (gunichar)(scanner->german ? german (us) : us);
  if (scanner->caps_lock && key.unichar < 128 && g_ascii_isalpha ((char)key.unichar))
    key.unichar ^= 0x20;
  return key;
}

static guint32 now;

static void
scan (FoyerScannerLearner *learner, const Scanner *scanner, const char *code)
{
  g_autofree char *sent = g_strconcat (scanner->prefix != NULL ? scanner->prefix : "", code, NULL);

  now += 3000;
  for (const char *c = sent; *c != '\0'; c++)
    {
      FoyerKeyPress key = key_for (scanner, *c);

      key.time = now += scanner->gap;
      g_assert_true (foyer_scanner_learner_press (learner, &key, FALSE, scanner->caps_lock));
    }
  if (scanner->suffix != 0)
    {
      FoyerKeyPress key = { .keycode = scanner->suffix, .suffix = TRUE };

      key.time = now += scanner->gap;
      g_assert_true (
          foyer_scanner_learner_press (learner, &key, scanner->suffix == TAB, scanner->caps_lock));
    }
  else
    foyer_scanner_learner_fall_silent (learner);
}

/* What the door then reads of a ticket. */
static void
assert_reads (FoyerScannerProfile *profile, const Scanner *scanner, const char *code)
{
  g_autoptr (FoyerScanDecoder) decoder = foyer_scan_decoder_new ();
  g_autofree char *sent = g_strconcat (scanner->prefix != NULL ? scanner->prefix : "", code, NULL);
  FoyerKeyFate fate = FOYER_KEY_PASS;

  foyer_scan_decoder_set_profile (decoder, profile);
  now += 3000;
  for (const char *c = sent; *c != '\0'; c++)
    {
      FoyerKeyPress key = key_for (scanner, *c);

      key.time = now += scanner->gap;
      fate = foyer_scan_decoder_press (decoder, &key);
      foyer_scan_decoder_release (decoder, key.keycode);
    }
  g_assert_cmpint (fate, ==, FOYER_KEY_TAKE);
  if (scanner->suffix != 0)
    {
      FoyerKeyPress key = { .keycode = scanner->suffix, .suffix = TRUE };

      key.time = now += scanner->gap;
      fate = foyer_scan_decoder_press (decoder, &key);
    }
  else
    fate = foyer_scan_decoder_fall_silent (decoder);
  g_assert_cmpint (fate, ==, FOYER_KEY_SCANNED);
  g_assert_cmpstr (foyer_scan_decoder_get_code (decoder), ==, code);
}

static FoyerScannerProfile *
learn (const Scanner *scanner)
{
  g_autoptr (FoyerScannerLearner) learner = foyer_scanner_learner_new ();

  for (int i = 0; i < 3; i++)
    {
      g_assert_null (foyer_scanner_learner_get_profile (learner));
      g_assert_cmpint (foyer_scanner_learner_get_count (learner), ==, i);
      scan (learner, scanner, FOYER_SCANNER_TEST_CODE);
      g_assert_null (foyer_scanner_learner_get_problem (learner));
    }
  g_assert_nonnull (foyer_scanner_learner_get_profile (learner));
  g_assert_cmpuint (g_list_model_get_n_items (foyer_scanner_learner_get_facts (learner)), >=, 4);
  return foyer_scanner_profile_ref (foyer_scanner_learner_get_profile (learner));
}

static void
test_kinds (void)
{
  static const struct
  {
    Scanner scanner;
    FoyerScannerSuffix suffix;
    gboolean by_layout;
    gboolean swap_case;
    guint least_gap;
    guint most_gap;
  } kinds[] = {
    /* plain */
    { { .gap = 8, .suffix = ENTER }, FOYER_SCANNER_ENTER, FALSE, FALSE, 35, 35 },
    /* a US scanner at a German laptop */
    { { .gap = 8, .suffix = ENTER, .german = TRUE }, FOYER_SCANNER_ENTER, FALSE, FALSE, 35, 35 },
    /* a German scanner at a German laptop */
    { { .gap = 8, .suffix = ENTER, .german = TRUE, .for_german = TRUE },
      FOYER_SCANNER_ENTER,
      TRUE,
      FALSE,
      35,
      35 },
    /* slow, over the air */
    { { .gap = 110, .suffix = ENTER }, FOYER_SCANNER_ENTER, FALSE, FALSE, 150, 200 },
    /* Caps Lock is on: the keys are the same */
    { { .gap = 12, .suffix = ENTER, .caps_lock = TRUE },
      FOYER_SCANNER_ENTER,
      FALSE,
      FALSE,
      35,
      35 },
    { { .gap = 12, .suffix = ENTER, .caps_lock = TRUE, .german = TRUE },
      FOYER_SCANNER_ENTER,
      FALSE,
      FALSE,
      35,
      35 },
    /* the scanner believes that it is */
    { { .gap = 12, .suffix = ENTER, .reversed = TRUE }, FOYER_SCANNER_ENTER, FALSE, TRUE, 35, 35 },
    { { .gap = 12, .suffix = TAB, .reversed = TRUE, .german = TRUE },
      FOYER_SCANNER_TAB,
      FALSE,
      TRUE,
      35,
      35 },
    /* ends with nothing, with Tab */
    { { .gap = 15, .suffix = 0 }, FOYER_SCANNER_NOTHING, FALSE, FALSE, 35, 35 },
    { { .gap = 120, .suffix = 0, .german = TRUE }, FOYER_SCANNER_NOTHING, FALSE, FALSE, 150, 200 },
    { { .gap = 40, .suffix = TAB }, FOYER_SCANNER_TAB, FALSE, FALSE, 60, 70 },
    /* says first what kind of code it is */
    { { .gap = 8, .suffix = ENTER, .prefix = "]Q1" }, FOYER_SCANNER_ENTER, FALSE, FALSE, 35, 35 },
    { { .gap = 8, .suffix = 0, .prefix = "*X*", .german = TRUE, .reversed = TRUE },
      FOYER_SCANNER_NOTHING,
      FALSE,
      TRUE,
      35,
      35 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (FoyerScannerProfile) profile = NULL;

      g_test_message ("kind %u", (guint)i);
      profile = learn (&kinds[i].scanner);
      g_assert_cmpint (profile->suffix, ==, kinds[i].suffix);
      g_assert_cmpint (profile->by_layout, ==, kinds[i].by_layout);
      g_assert_cmpint (profile->swap_case, ==, kinds[i].swap_case);
      g_assert_cmpuint (profile->max_gap, >=, kinds[i].least_gap);
      g_assert_cmpuint (profile->max_gap, <=, kinds[i].most_gap);
      assert_reads (profile, &kinds[i].scanner, "zy4hQ7wYmaZ0");
    }
}

/* A scanner that cannot read a screen: any ticket teaches suffix and speed. */
static void
test_another_code (void)
{
  const Scanner scanner = { .gap = 20, .suffix = TAB };
  const Scanner typed = { .gap = 250, .suffix = ENTER };
  g_autoptr (FoyerScannerLearner) learner = foyer_scanner_learner_new ();

  scan (learner, &scanner, "h4x0rsecret");
  g_assert_cmpint (foyer_scanner_learner_get_count (learner), ==, 1);
  scan (learner, &scanner, "anotherticket");
  g_assert_cmpint (foyer_scanner_learner_get_count (learner), ==, 0);
  g_assert_nonnull (foyer_scanner_learner_get_problem (learner));

  scan (learner, &typed, "h4x0rsecret");
  g_assert_nonnull (strstr (foyer_scanner_learner_get_problem (learner), "typed"));
  for (int i = 0; i < 3; i++)
    scan (learner, &scanner, "h4x0rsecret");
  g_assert_nonnull (foyer_scanner_learner_get_profile (learner));
  g_assert_cmpint (foyer_scanner_learner_get_profile (learner)->suffix, ==, FOYER_SCANNER_TAB);
  g_assert_false (foyer_scanner_learner_get_profile (learner)->by_layout);

  /* And again, for the next one. */
  foyer_scanner_learner_restart (learner);
  g_assert_null (foyer_scanner_learner_get_profile (learner));
  g_assert_cmpint (foyer_scanner_learner_get_count (learner), ==, 0);
}

static void
test_not_alike (void)
{
  const Scanner one = { .gap = 10, .suffix = ENTER };
  const Scanner other = { .gap = 10, .suffix = ENTER, .reversed = TRUE };
  const Scanner third = { .gap = 10, .suffix = TAB };
  g_autoptr (FoyerScannerLearner) learner = foyer_scanner_learner_new ();

  scan (learner, &one, FOYER_SCANNER_TEST_CODE);
  scan (learner, &other, FOYER_SCANNER_TEST_CODE);
  g_assert_cmpint (foyer_scanner_learner_get_count (learner), ==, 0);
  g_assert_nonnull (strstr (foyer_scanner_learner_get_problem (learner), "not like"));
  scan (learner, &one, FOYER_SCANNER_TEST_CODE);
  scan (learner, &third, FOYER_SCANNER_TEST_CODE);
  g_assert_cmpint (foyer_scanner_learner_get_count (learner), ==, 0);
}

/* What a person presses by hand goes on, and counts for nothing. */
static void
test_hands (void)
{
  g_autoptr (FoyerScannerLearner) learner = foyer_scanner_learner_new ();
  FoyerKeyPress enter = { .keycode = ENTER, .suffix = TRUE, .time = 1000 };
  FoyerKeyPress arrow = { .keycode = 116, .time = 5000 };
  FoyerKeyPress alt = { .keycode = 87, .other = TRUE, .unichar = '1', .time = 9000 };

  g_assert_false (foyer_scanner_learner_press (learner, &enter, FALSE, FALSE));
  foyer_scanner_learner_fall_silent (learner);
  g_assert_false (foyer_scanner_learner_press (learner, &arrow, FALSE, FALSE));
  foyer_scanner_learner_fall_silent (learner);
  g_assert_null (foyer_scanner_learner_get_problem (learner));

  /* Alt and digits for each letter: told what to do. */
  for (int i = 0; i < 30; i++)
    {
      alt.time += 5;
      foyer_scanner_learner_press (learner, &alt, FALSE, FALSE);
    }
  foyer_scanner_learner_fall_silent (learner);
  g_assert_nonnull (strstr (foyer_scanner_learner_get_problem (learner), "US"));
  g_assert_cmpint (foyer_scanner_learner_get_count (learner), ==, 0);
}

/* A scanner for this layout is at the mercy of Caps Lock, which is not to be learned. */
static void
test_caps_lock (void)
{
  const Scanner scanner
      = { .gap = 10, .suffix = ENTER, .german = TRUE, .for_german = TRUE, .caps_lock = TRUE };
  g_autoptr (FoyerScannerLearner) learner = foyer_scanner_learner_new ();

  scan (learner, &scanner, FOYER_SCANNER_TEST_CODE);
  g_assert_cmpint (foyer_scanner_learner_get_count (learner), ==, 0);
  g_assert_nonnull (strstr (foyer_scanner_learner_get_problem (learner), "Caps Lock"));
}

static void
test_words (void)
{
  const FoyerScannerSuffix all[] = { FOYER_SCANNER_ENTER, FOYER_SCANNER_TAB,
                                     FOYER_SCANNER_NOTHING };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_assert_cmpint (foyer_scanner_suffix_from_word (foyer_scanner_suffix_to_word (all[i])), ==,
                     all[i]);
  g_assert_cmpint (foyer_scanner_suffix_from_word ("?"), ==, FOYER_SCANNER_ENTER);
  g_assert_cmpint (foyer_scanner_suffix_from_word (NULL), ==, FOYER_SCANNER_ENTER);
}

/* One that ends with nothing makes no scan of a short word. */
static void
test_unended_typing (void)
{
  g_autoptr (FoyerScanDecoder) decoder = foyer_scan_decoder_new ();
  g_autoptr (FoyerScannerProfile) profile = foyer_scanner_profile_new ();
  const Scanner scanner = { .gap = 20 };
  g_autofree char *typed = NULL;

  profile->suffix = FOYER_SCANNER_NOTHING;
  foyer_scan_decoder_set_profile (decoder, profile);
  for (const char *c = "mueller"; *c != '\0'; c++)
    {
      FoyerKeyPress key = key_for (&scanner, *c);

      key.time = now += 20;
      foyer_scan_decoder_press (decoder, &key);
      foyer_scan_decoder_release (decoder, key.keycode);
    }
  g_assert_cmpint (foyer_scan_decoder_fall_silent (decoder), ==, FOYER_KEY_PASS);
  typed = foyer_scan_decoder_give_up (decoder);
  g_assert_cmpstr (typed, ==, "mueller");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner-learner/kinds", test_kinds);
  g_test_add_func ("/scanner-learner/another-code", test_another_code);
  g_test_add_func ("/scanner-learner/not-alike", test_not_alike);
  g_test_add_func ("/scanner-learner/hands", test_hands);
  g_test_add_func ("/scanner-learner/caps-lock", test_caps_lock);
  g_test_add_func ("/scanner-learner/words", test_words);
  g_test_add_func ("/scanner-learner/unended-typing", test_unended_typing);
  return g_test_run ();
}
