/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-repeats.h"

static void
test_repeats (void)
{
  g_autoptr (FoyerRepeats) repeats = foyer_repeats_new ();

  g_assert_false (foyer_repeats_see (repeats, "a", 0));
  g_assert_true (foyer_repeats_see (repeats, "a", 1));
  g_assert_false (foyer_repeats_see (repeats, "b", 1));
  g_assert_true (foyer_repeats_see (repeats, "a", FOYER_REPEAT_WINDOW));
  g_assert_false (foyer_repeats_see (repeats, "a", 2 * FOYER_REPEAT_WINDOW));
}

/* A ticket that stays before the scanner is one guest, however long. */
static void
test_stays (void)
{
  g_autoptr (FoyerRepeats) repeats = foyer_repeats_new ();

  g_assert_false (foyer_repeats_see (repeats, "a", 0));
  for (gint64 now = FOYER_REPEAT_WINDOW / 2; now < 20 * FOYER_REPEAT_WINDOW;
       now += FOYER_REPEAT_WINDOW / 2)
    g_assert_true (foyer_repeats_see (repeats, "a", now));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repeats/window", test_repeats);
  g_test_add_func ("/repeats/stays", test_stays);
  return g_test_run ();
}
