/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-scan-decoder.h"

#include <string.h>

/* The key of a US keyboard that writes @c, and whether with Shift. */
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

typedef struct
{
  FoyerScanDecoder *decoder;
  guint32 time;
  guint taken;
  guint passed;
} Keyboard;

static void
keyboard_init (Keyboard *keyboard)
{
  keyboard->decoder = foyer_scan_decoder_new ();
  keyboard->time = 1000;
  keyboard->taken = keyboard->passed = 0;
}

static FoyerKeyFate
press (Keyboard *keyboard, FoyerKeyPress *key, guint gap)
{
  FoyerKeyFate fate;

  keyboard->time += gap;
  key->time = keyboard->time;
  fate = foyer_scan_decoder_press (keyboard->decoder, key);
  foyer_scan_decoder_release (keyboard->decoder, key->keycode);
  if (fate == FOYER_KEY_TAKE)
    keyboard->taken++;
  if (fate == FOYER_KEY_PASS || fate == FOYER_KEY_FIRST)
    keyboard->passed++;
  return fate;
}

/* As the layout of @written sees it: the keys of @code, writing the characters of @written. */
static void
type (Keyboard *keyboard, const char *code, const char *written, guint gap)
{
  const char *at = written;

  for (const char *c = code; *c != '\0'; c++)
    {
      FoyerKeyPress key = { 0 };

      key.keycode = us_key (*c, &key.shift);
      key.unichar = *at != '_' ? g_utf8_get_char (at) : 0;
      at = g_utf8_next_char (at);
      press (keyboard, &key, gap);
    }
}

static FoyerKeyFate
enter (Keyboard *keyboard, guint gap)
{
  FoyerKeyPress key = { .keycode = 36, .suffix = TRUE };

  return press (keyboard, &key, gap);
}

static void
test_burst (void)
{
  Keyboard keyboard;

  keyboard_init (&keyboard);
  type (&keyboard, "abcDEF12", "abcDEF12", 10);
  g_assert_cmpint (enter (&keyboard, 10), ==, FOYER_KEY_SCANNED);
  g_assert_cmpstr (foyer_scan_decoder_get_code (keyboard.decoder), ==, "abcDEF12");
  g_assert_null (foyer_scan_decoder_get_alternative (keyboard.decoder));
  g_assert_cmpuint (keyboard.passed, ==, 3);
  g_assert_cmpuint (keyboard.taken, ==, 5);
  g_assert_null (foyer_scan_decoder_steal_typed (keyboard.decoder));
  foyer_scan_decoder_free (keyboard.decoder);
}

static void
test_first_key (void)
{
  Keyboard keyboard;
  FoyerKeyPress key = { .keycode = 38, .unichar = 'a' };

  keyboard_init (&keyboard);
  g_assert_cmpint (press (&keyboard, &key, 10), ==, FOYER_KEY_FIRST);
  key.keycode = 39;
  g_assert_cmpint (press (&keyboard, &key, 10), ==, FOYER_KEY_PASS);
  g_assert_cmpint (press (&keyboard, &key, 500), ==, FOYER_KEY_FIRST);
  foyer_scan_decoder_free (keyboard.decoder);
}

static void
test_typing (void)
{
  Keyboard keyboard;

  keyboard_init (&keyboard);
  type (&keyboard, "mueller", "mueller", 60);
  g_assert_cmpint (enter (&keyboard, 60), ==, FOYER_KEY_PASS);
  g_assert_cmpuint (keyboard.taken, ==, 0);
  foyer_scan_decoder_free (keyboard.decoder);
}

/* Three keys rolled over are typing; an Enter long after a burst is the person's. */
static void
test_short_or_late (void)
{
  Keyboard keyboard;
  g_autofree char *typed = NULL;

  keyboard_init (&keyboard);
  type (&keyboard, "ann", "ann", 10);
  g_assert_cmpint (enter (&keyboard, 10), ==, FOYER_KEY_PASS);

  type (&keyboard, "abcdef", "abcdef", 10);
  g_assert_cmpint (enter (&keyboard, 400), ==, FOYER_KEY_PASS);
  typed = foyer_scan_decoder_steal_typed (keyboard.decoder);
  g_assert_cmpstr (typed, ==, "abcdef");
  foyer_scan_decoder_free (keyboard.decoder);
}

static void
test_given_back (void)
{
  Keyboard keyboard;
  g_autofree char *typed = NULL;
  g_autofree char *nothing = NULL;

  keyboard_init (&keyboard);
  type (&keyboard, "asdfg", "asdfg", 20);
  typed = foyer_scan_decoder_give_up (keyboard.decoder);
  g_assert_cmpstr (typed, ==, "asdfg");
  nothing = foyer_scan_decoder_give_up (keyboard.decoder);
  g_assert_null (nothing);

  type (&keyboard, "as", "as", 20);
  nothing = foyer_scan_decoder_give_up (keyboard.decoder);
  g_assert_null (nothing);
  foyer_scan_decoder_free (keyboard.decoder);
}

/* A US scanner on a German laptop. */
static void
test_german (void)
{
  Keyboard keyboard;

  keyboard_init (&keyboard);
  type (&keyboard, "xyz-Y/=", "xzyßZ-_", 8);
  g_assert_cmpint (enter (&keyboard, 8), ==, FOYER_KEY_SCANNED);
  g_assert_cmpstr (foyer_scan_decoder_get_code (keyboard.decoder), ==, "xyz-Y/=");
  /* A dead key left a hole: the layout's reading is of no use. */
  g_assert_null (foyer_scan_decoder_get_alternative (keyboard.decoder));

  type (&keyboard, "xyzxyz", "xzyxzy", 8);
  g_assert_cmpint (enter (&keyboard, 8), ==, FOYER_KEY_SCANNED);
  g_assert_cmpstr (foyer_scan_decoder_get_alternative (keyboard.decoder), ==, "xzyxzy");
  foyer_scan_decoder_free (keyboard.decoder);
}

/* A key that no US keyboard has: then as the layout writes it. */
static void
test_falls_back (void)
{
  Keyboard keyboard;
  FoyerKeyPress key = { .keycode = 250, .unichar = 0xe9 };

  keyboard_init (&keyboard);
  type (&keyboard, "abcd", "abcd", 8);
  g_assert_cmpint (press (&keyboard, &key, 8), ==, FOYER_KEY_TAKE);
  g_assert_cmpint (enter (&keyboard, 8), ==, FOYER_KEY_SCANNED);
  g_assert_cmpstr (foyer_scan_decoder_get_code (keyboard.decoder), ==, "abcdé");
  foyer_scan_decoder_free (keyboard.decoder);
}

static void
test_held_key (void)
{
  Keyboard keyboard;
  FoyerKeyPress key = { .keycode = 38, .unichar = 'a' };

  keyboard_init (&keyboard);
  for (int i = 0; i < 20; i++)
    {
      key.time = keyboard.time += 30;
      g_assert_cmpint (foyer_scan_decoder_press (keyboard.decoder, &key), !=, FOYER_KEY_TAKE);
    }
  foyer_scan_decoder_free (keyboard.decoder);
}

/* The same letter twice is no held key if it comes up between. */
static void
test_double_letters (void)
{
  Keyboard keyboard;

  keyboard_init (&keyboard);
  type (&keyboard, "aabbccdd", "aabbccdd", 5);
  g_assert_cmpint (enter (&keyboard, 5), ==, FOYER_KEY_SCANNED);
  g_assert_cmpstr (foyer_scan_decoder_get_code (keyboard.decoder), ==, "aabbccdd");
  foyer_scan_decoder_free (keyboard.decoder);
}

static void
test_shortcuts (void)
{
  Keyboard keyboard;
  FoyerKeyPress key = { .keycode = 54, .unichar = 'c', .other = TRUE };

  keyboard_init (&keyboard);
  type (&keyboard, "abcdef", "abcdef", 5);
  g_assert_cmpint (press (&keyboard, &key, 5), ==, FOYER_KEY_PASS);
  g_assert_cmpint (enter (&keyboard, 5), ==, FOYER_KEY_PASS);
  foyer_scan_decoder_free (keyboard.decoder);
}

static void
test_clock_wraps (void)
{
  Keyboard keyboard;

  keyboard_init (&keyboard);
  keyboard.time = G_MAXUINT32 - 25;
  type (&keyboard, "abcdefgh", "abcdefgh", 10);
  g_assert_cmpint (enter (&keyboard, 10), ==, FOYER_KEY_SCANNED);
  g_assert_cmpstr (foyer_scan_decoder_get_code (keyboard.decoder), ==, "abcdefgh");
  foyer_scan_decoder_free (keyboard.decoder);
}

static void
test_speed (void)
{
  Keyboard keyboard;

  keyboard_init (&keyboard);
  type (&keyboard, "abcdefgh", "abcdefgh", 70);
  g_assert_cmpint (enter (&keyboard, 70), ==, FOYER_KEY_PASS);
  foyer_scan_decoder_set_max_gap (keyboard.decoder, 80);
  type (&keyboard, "abcdefgh", "abcdefgh", 70);
  g_assert_cmpint (enter (&keyboard, 70), ==, FOYER_KEY_SCANNED);
  foyer_scan_decoder_free (keyboard.decoder);
}

/* A busy computer holds up even a scanner; a person who has rolled over four keys once and types on is none. */
static void
test_hiccup (void)
{
  Keyboard keyboard;
  g_autofree char *typed = NULL;

  keyboard_init (&keyboard);
  type (&keyboard, "abcdefghijklm", "abcdefghijklm", 5);
  keyboard.time += 150;
  type (&keyboard, "nopqrst", "nopqrst", 5);
  g_assert_cmpint (enter (&keyboard, 5), ==, FOYER_KEY_SCANNED);
  g_assert_cmpstr (foyer_scan_decoder_get_code (keyboard.decoder), ==, "abcdefghijklmnopqrst");

  type (&keyboard, "meye", "meye", 30);
  type (&keyboard, "rhofer", "rhofer", 90);
  g_assert_cmpint (enter (&keyboard, 90), ==, FOYER_KEY_PASS);
  typed = foyer_scan_decoder_steal_typed (keyboard.decoder);
  g_assert_cmpstr (typed, ==, "meye");
  foyer_scan_decoder_free (keyboard.decoder);
}

/* Two scans back to back are two codes; 100,000 keys without an end are none, and no memory. */
static void
test_many (void)
{
  Keyboard keyboard;

  keyboard_init (&keyboard);
  type (&keyboard, "first123", "first123", 5);
  g_assert_cmpint (enter (&keyboard, 5), ==, FOYER_KEY_SCANNED);
  type (&keyboard, "second45", "second45", 5);
  g_assert_cmpint (enter (&keyboard, 5), ==, FOYER_KEY_SCANNED);
  g_assert_cmpstr (foyer_scan_decoder_get_code (keyboard.decoder), ==, "second45");

  for (int i = 0; i < 10000; i++)
    type (&keyboard, "0123456789", "0123456789", 1);
  g_assert_cmpint (enter (&keyboard, 1), ==, FOYER_KEY_SCANNED);
  g_assert_cmpuint (strlen (foyer_scan_decoder_get_code (keyboard.decoder)), <=, 4096);
  foyer_scan_decoder_free (keyboard.decoder);
}

static void
test_table (void)
{
  g_assert_cmpint (foyer_us_key_to_char (29, FALSE), ==, 'y');
  g_assert_cmpint (foyer_us_key_to_char (52, FALSE), ==, 'z');
  g_assert_cmpint (foyer_us_key_to_char (52, TRUE), ==, 'Z');
  g_assert_cmpint (foyer_us_key_to_char (20, TRUE), ==, '_');
  g_assert_cmpint (foyer_us_key_to_char (87, FALSE), ==, '1');
  g_assert_cmpint (foyer_us_key_to_char (36, FALSE), ==, 0);
  g_assert_cmpint (foyer_us_key_to_char (0, FALSE), ==, 0);
  g_assert_cmpint (foyer_us_key_to_char (9999, TRUE), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan-decoder/table", test_table);
  g_test_add_func ("/scan-decoder/burst", test_burst);
  g_test_add_func ("/scan-decoder/first-key", test_first_key);
  g_test_add_func ("/scan-decoder/typing", test_typing);
  g_test_add_func ("/scan-decoder/short-or-late", test_short_or_late);
  g_test_add_func ("/scan-decoder/given-back", test_given_back);
  g_test_add_func ("/scan-decoder/german", test_german);
  g_test_add_func ("/scan-decoder/falls-back", test_falls_back);
  g_test_add_func ("/scan-decoder/held-key", test_held_key);
  g_test_add_func ("/scan-decoder/double-letters", test_double_letters);
  g_test_add_func ("/scan-decoder/shortcuts", test_shortcuts);
  g_test_add_func ("/scan-decoder/clock-wraps", test_clock_wraps);
  g_test_add_func ("/scan-decoder/speed", test_speed);
  g_test_add_func ("/scan-decoder/hiccup", test_hiccup);
  g_test_add_func ("/scan-decoder/many", test_many);
  return g_test_run ();
}
