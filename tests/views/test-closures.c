/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-closures.h"

static void
test_closures (void)
{
  g_autofree char *none = foyer_closure_waiting (NULL, 0);
  g_autofree char *three = foyer_closure_waiting (NULL, 3);
  g_autofree char *number = foyer_closure_number (NULL, 407);

  g_assert_false (foyer_closure_has_text (NULL, NULL));
  g_assert_false (foyer_closure_has_text (NULL, ""));
  g_assert_true (foyer_closure_has_text (NULL, "x"));
  g_assert_false (foyer_closure_any (NULL, 0));
  g_assert_true (foyer_closure_any (NULL, 1));
  g_assert_cmpstr (none, ==, "0 waiting");
  g_assert_cmpstr (three, ==, "3 waiting");
  g_assert_cmpstr (number, ==, "407");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/closures", test_closures);
  return g_test_run ();
}
