/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "views-fixture.h"

#include "foyer-desk-page.h"
#include "foyer-headline.h"
#include "foyer-person-row.h"
#include "foyer-person-view.h"
#include "foyer-test-desk.h"
#include "foyer-verdict-view.h"

static const struct
{
  const char *name;
  int width;
  int height;
} sizes[] = { { "wide", 1280, 800 }, { "middle", 900, 600 }, { "narrow", 360, 640 } };

static void
shoot (ViewsFixture *fixture, const char *what, gsize size)
{
  g_autofree char *name = g_strdup_printf ("desk-%s-%s", what, sizes[size].name);

  views_shoot (GTK_WIDGET (fixture->window), name);
}

static void
search (ViewsFixture *fixture, const char *text)
{
  GtkWidget *entry = views_find (GTK_WIDGET (fixture->window), GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  foyer_desk_controller_set_search (fixture->desk, text);
  views_settle ();
}

/* Every state at every size: it shows, fits, and all of it is labelled. */
static void
test_states (gconstpointer data)
{
  gsize size = GPOINTER_TO_SIZE (data);
  GtkWidget *window;
  ViewsFixture fixture;

  views_fixture_set_up (&fixture, 5000, TRUE);
  window = GTK_WIDGET (fixture.window);
  views_fixture_show (&fixture, sizes[size].width, sizes[size].height);
  views_assert_labelled (window);
  shoot (&fixture, "ready", size);

  views_fixture_scan (&fixture, "secret000001");
  g_assert_nonnull (views_find (window, FOYER_TYPE_VERDICT_VIEW, NULL));
  shoot (&fixture, "admitted", size);
  foyer_test_run_for (fixture.world->clock, 3 * FOYER_SECOND);
  views_fixture_scan (&fixture, "secret000001");
  shoot (&fixture, "used", size);
  views_fixture_scan (&fixture, "nobody");
  shoot (&fixture, "unknown", size);
  views_fixture_scan (&fixture, "secret000002");
  shoot (&fixture, "rtl", size);
  views_fixture_scan (&fixture, "secret000003");
  shoot (&fixture, "long", size);
  views_assert_labelled (window);
  g_assert_cmpint (gtk_widget_get_width (window), <=, sizes[size].width);

  search (&fixture, "a");
  g_assert_cmpint (foyer_desk_controller_get_mode (fixture.desk), ==, FOYER_DESK_RESULTS);
  g_assert_nonnull (views_find (window, FOYER_TYPE_PERSON_ROW, NULL));
  views_assert_labelled (window);
  shoot (&fixture, "results", size);
  search (&fixture, "nobody has this name");
  shoot (&fixture, "nobody", size);

  search (&fixture, "Müller");
  g_assert_false (foyer_desk_controller_submit (fixture.desk, "Müller", NULL));
  views_settle ();
  g_assert_nonnull (views_find (window, FOYER_TYPE_PERSON_VIEW, NULL));
  views_assert_labelled (window);
  shoot (&fixture, "person", size);
  g_assert_cmpint (gtk_widget_get_width (window), <=, sizes[size].width);
  views_fixture_tear_down (&fixture);
}

/* What must not be overlooked, and a verdict on its way. */
static void
test_verdict_view (void)
{
  FoyerVerdictWords words = { 0 };
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = foyer_verdict_view_new ();
  GtkWidget *note;

  words.tone = FOYER_TONE_GO;
  words.icon = "object-select-symbolic";
  words.headline = (char *)"Admitted";
  words.sentence = (char *)"Welcome. Look at the note first.";
  words.name = (char *)"Käthe Müller";
  words.ticket = (char *)"Conference ticket · Regular";
  words.note = (char *)"Give the blue lanyard";
  words.order = (char *)"XKPBK";
  words.source = (char *)"Decided by this desk, from the list of 09:02.";
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 560);
  {
    FoyerVerdictWords *copy = g_atomic_rc_box_dup (sizeof words, &words);

    /* The strings are constants; the copy must not free them, so it lives as long as the program. */
    foyer_verdict_words_ref (copy);
    foyer_verdict_view_set_words (FOYER_VERDICT_VIEW (view), copy);
  }
  gtk_window_present (GTK_WINDOW (window));
  views_settle ();
  note = views_find (window, GTK_TYPE_LABEL, "Give the blue lanyard");
  g_assert_nonnull (note);
  g_assert_nonnull (views_find (window, GTK_TYPE_BUTTON, "Order XKPBK"));
  views_shoot (window, "verdict-note");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* As wide as it likes it is as large as it likes; in a narrow place it is smaller, and still whole words. */
static void
test_headline (void)
{
  GtkWidget *headline = g_object_ref_sink (foyer_headline_new ());
  int minimum, natural, large, small, two_lines;

  foyer_headline_set_label (FOYER_HEADLINE (headline), "Unmissverständlich");
  gtk_widget_measure (headline, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, >, 0);
  g_assert_cmpint (minimum, <, natural / 2);
  gtk_widget_measure (headline, GTK_ORIENTATION_VERTICAL, natural, NULL, &large, NULL, NULL);
  gtk_widget_measure (headline, GTK_ORIENTATION_VERTICAL, minimum, NULL, &small, NULL, NULL);
  g_assert_cmpint (small, <, large);

  foyer_headline_set_label (FOYER_HEADLINE (headline), "Already used");
  gtk_widget_measure (headline, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  gtk_widget_measure (headline, GTK_ORIENTATION_VERTICAL, natural, NULL, &large, NULL, NULL);
  gtk_widget_measure (headline, GTK_ORIENTATION_VERTICAL, natural * 7 / 10, NULL, &two_lines, NULL,
                      NULL);
  g_assert_cmpint (two_lines, >=, 2 * large - 2);
  g_assert_true (GTK_IS_ACCESSIBLE (headline));
  gtk_test_accessible_assert_role (headline, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_test_accessible_assert_property (headline, GTK_ACCESSIBLE_PROPERTY_LABEL, "Already used");

  foyer_headline_set_label (FOYER_HEADLINE (headline), NULL);
  g_assert_cmpstr (foyer_headline_get_label (FOYER_HEADLINE (headline)), ==, "");
  gtk_widget_measure (headline, GTK_ORIENTATION_VERTICAL, 0, NULL, &small, NULL, NULL);
  g_object_unref (headline);
}

static void
test_arrows_and_enter (void)
{
  ViewsFixture fixture;
  GtkWidget *entry;

  views_fixture_set_up (&fixture, 100, TRUE);
  views_fixture_show (&fixture, 900, 600);
  search (&fixture, "Müller");
  entry = views_find (GTK_WIDGET (fixture.window), GTK_TYPE_SEARCH_ENTRY, NULL);
  g_signal_emit_by_name (entry, "activate");
  views_settle ();
  g_assert_cmpint (foyer_desk_controller_get_mode (fixture.desk), ==, FOYER_DESK_PERSON);
  gtk_widget_activate_action (views_find (GTK_WIDGET (fixture.window), FOYER_TYPE_DESK_PAGE, NULL),
                              "desk.clear", NULL);
  views_settle ();
  g_assert_cmpint (foyer_desk_controller_get_mode (fixture.desk), ==, FOYER_DESK_RESULTS);
  g_signal_emit_by_name (entry, "stop-search");
  views_settle ();
  g_assert_cmpint (foyer_desk_controller_get_mode (fixture.desk), ==, FOYER_DESK_READY);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  views_fixture_tear_down (&fixture);
}

/* A code that was pasted counts as a scan. */
static void
test_pasted_code (void)
{
  ViewsFixture fixture;
  GtkWidget *entry;

  views_fixture_set_up (&fixture, 100, TRUE);
  views_fixture_show (&fixture, 900, 600);
  entry = views_find (GTK_WIDGET (fixture.window), GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "secret000005");
  g_signal_emit_by_name (entry, "activate");
  foyer_test_run_for (fixture.world->clock, FOYER_SECOND);
  g_assert_cmpint (foyer_desk_controller_get_mode (fixture.desk), ==, FOYER_DESK_VERDICT);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_cmpuint (foyer_fake_server_count (fixture.world->server, "secret000005"), ==, 1);
  views_fixture_tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  if (!views_init (&argc, &argv))
    return 77;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/desk-page/states/%s", sizes[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_states);
    }
  g_test_add_func ("/desk-page/verdict-view", test_verdict_view);
  g_test_add_func ("/desk-page/headline", test_headline);
  g_test_add_func ("/desk-page/arrows-and-enter", test_arrows_and_enter);
  g_test_add_func ("/desk-page/pasted-code", test_pasted_code);
  return g_test_run ();
}
