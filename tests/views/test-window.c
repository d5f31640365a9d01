/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "views-fixture.h"

#include "foyer-place.h"
#include "foyer-split.h"

static const struct
{
  const char *name;
  int width;
  int height;
} sizes[] = { { "wide", 1280, 800 }, { "middle", 900, 600 }, { "narrow", 360, 640 } };

static void
test_first_run (void)
{
  ViewsFixture fixture;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = g_strdup_printf ("first-run-%s", sizes[i].name);

      views_fixture_set_up (&fixture, 0, FALSE);
      views_fixture_show (&fixture, sizes[i].width, sizes[i].height);
      g_assert_nonnull (views_find (GTK_WIDGET (fixture.window), GTK_TYPE_BUTTON,
                                    "_Explore with a sample event"));
      g_assert_nonnull (
          views_find (GTK_WIDGET (fixture.window), GTK_TYPE_BUTTON, "_Connect to pretix"));
      views_assert_labelled (GTK_WIDGET (fixture.window));
      views_shoot (GTK_WIDGET (fixture.window), name);
      views_fixture_tear_down (&fixture);
    }
}

static void
test_narrow (void)
{
  ViewsFixture fixture;
  GtkWidget *split;

  views_fixture_set_up (&fixture, 30, TRUE);
  views_fixture_show (&fixture, 360, 640);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture.window)), <=, 360);
  split = views_find (GTK_WIDGET (fixture.window), FOYER_TYPE_SPLIT, NULL);
  g_assert_true (foyer_split_get_collapsed (FOYER_SPLIT (split)));
  views_fixture_tear_down (&fixture);

  views_fixture_set_up (&fixture, 30, TRUE);
  views_fixture_show (&fixture, 1280, 800);
  split = views_find (GTK_WIDGET (fixture.window), FOYER_TYPE_SPLIT, NULL);
  g_assert_false (foyer_split_get_collapsed (FOYER_SPLIT (split)));
  views_fixture_tear_down (&fixture);
}

static void
test_places (void)
{
  ViewsFixture fixture;

  views_fixture_set_up (&fixture, 30, TRUE);
  views_fixture_show (&fixture, 900, 600);
  g_assert_nonnull (foyer_window_get_page (fixture.window, "desk"));
  g_assert_null (foyer_window_get_page (fixture.window, "inbox"));
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.place", "s", "inbox");
  views_settle ();
  g_assert_nonnull (foyer_window_get_page (fixture.window, "inbox"));
  g_assert_true (gtk_widget_get_mapped (foyer_window_get_page (fixture.window, "inbox")));
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.show-commands", "s", "waiting");
  views_settle ();
  g_assert_true (gtk_widget_get_mapped (foyer_window_get_page (fixture.window, "commands")));
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.place", "s", "nowhere");
  views_fixture_tear_down (&fixture);
}

/* The line adds up, in reach and out of it. */
static void
test_line (void)
{
  ViewsFixture fixture;
  gint64 recorded, sent, waiting, needs_you;

  views_fixture_set_up (&fixture, 30, TRUE);
  views_fixture_show (&fixture, 900, 600);
  views_fixture_scan (&fixture, "secret000001");
  foyer_fake_server_set_down (fixture.world->server, TRUE);
  views_fixture_scan (&fixture, "secret000002");
  views_fixture_scan (&fixture, "secret000003");
  g_object_get (fixture.shell, "recorded", &recorded, "sent", &sent, "waiting", &waiting,
                "needs-you", &needs_you, NULL);
  g_assert_cmpint (recorded, ==, 3);
  g_assert_cmpint (waiting, ==, 2);
  g_assert_cmpint (recorded, ==, sent + waiting + needs_you);
  g_assert_nonnull (views_find (GTK_WIDGET (fixture.window), GTK_TYPE_BUTTON, "2 waiting"));
  views_shoot (GTK_WIDGET (fixture.window), "offline-middle");
  foyer_fake_server_set_down (fixture.world->server, FALSE);
  views_fixture_tear_down (&fixture);
}

static void
test_toast (void)
{
  ViewsFixture fixture;

  views_fixture_set_up (&fixture, 30, TRUE);
  views_fixture_show (&fixture, 900, 600);
  foyer_window_toast (fixture.window, "<b>O'Connor & Sons</b>");
  views_settle ();
  g_assert_nonnull (
      views_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "<b>O'Connor & Sons</b>"));
  views_fixture_tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  if (!views_init (&argc, &argv))
    return 77;

  g_test_add_func ("/window/first-run", test_first_run);
  g_test_add_func ("/window/narrow", test_narrow);
  g_test_add_func ("/window/places", test_places);
  g_test_add_func ("/window/line", test_line);
  g_test_add_func ("/window/toast", test_toast);
  return g_test_run ();
}
