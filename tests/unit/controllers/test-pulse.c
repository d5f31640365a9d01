/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is going on at the list. */

#include "foyer-pulse.h"

#include "foyer-fact.h"
#include "foyer-test-desk.h"
#include "foyer-test-workspace.h"

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static char *
get_text (FoyerPulse *pulse, const char *property)
{
  char *text = NULL;

  g_object_get (pulse, property, &text, NULL);
  return text;
}

static void
test_follows (void)
{
  g_autoptr (FoyerTestWorkspace) world = foyer_test_workspace_new (30);
  g_autoptr (FoyerLists) lists = NULL;
  g_autoptr (FoyerPulse) pulse = NULL;
  g_autofree char *inside = NULL;
  g_autofree char *admitted = NULL;
  g_autofree char *arrivals = NULL;
  g_autoptr (FoyerFact) fact = NULL;
  GArray *values;
  double fraction;
  guint n_reads = 0;

  lists = foyer_lists_new (world->workspace);
  pulse = foyer_pulse_new (world->workspace, lists);
  g_assert_null (foyer_pulse_get_arrivals (pulse));
  inside = get_text (pulse, "inside");
  g_assert_cmpstr (inside, ==, "0");
  admitted = get_text (pulse, "admitted");
  g_assert_null (admitted);
  arrivals = get_text (pulse, "arrivals-sentence");
  g_assert_cmpstr (arrivals, ==, "");
  g_clear_pointer (&inside, g_free);
  g_clear_pointer (&arrivals, g_free);

  /* As soon as there is a list, its numbers. */
  g_signal_connect (pulse, "notify::arrivals-sentence", G_CALLBACK (count_cb), &n_reads);
  foyer_test_workspace_connect (world);
  foyer_test_turn ();
  g_assert_nonnull (foyer_lists_get_selected (lists));
  inside = get_text (pulse, "inside");
  admitted = get_text (pulse, "admitted");
  g_assert_cmpstr (inside, ==, "9");
  g_assert_cmpstr (admitted, ==, "12 of 30");
  g_object_get (pulse, "fraction", &fraction, NULL);
  g_assert_cmpfloat_with_epsilon (fraction, 0.4, 0.001);
  g_assert_cmpuint (g_list_model_get_n_items (foyer_pulse_get_products (pulse)), ==, 2);
  fact = g_list_model_get_item (foyer_pulse_get_products (pulse), 1);
  g_assert_cmpstr (foyer_fact_get_label (fact), ==, "A product that is gone");
  g_assert_cmpstr (foyer_fact_get_value (fact), ==, "2 of 10 · 1 inside");

  values = foyer_pulse_get_arrivals (pulse);
  g_assert_nonnull (values);
  g_assert_cmpuint (values->len, ==, FOYER_PULSE_MINUTES);
  arrivals = get_text (pulse, "arrivals-sentence");
  g_assert_true (g_str_has_prefix (arrivals, "10 came in during the last hour, most at "));
  g_assert_true (g_str_has_suffix (arrivals, ": 7 in a minute"));

  /* Minutes pass without anybody. */
  n_reads = 0;
  foyer_test_run_for (world->clock, 61 * FOYER_SECOND);
  g_assert_cmpuint (n_reads, >=, 2);

  g_object_run_dispose (G_OBJECT (lists));
  foyer_test_turn ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pulse/follows", test_follows);
  return g_test_run ();
}
