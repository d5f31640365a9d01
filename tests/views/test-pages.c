/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages-fixture.h"

#include "foyer-case-card.h"
#include "foyer-command-row.h"
#include "foyer-connection-card.h"

static guint
count (GtkWidget *root, GType type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (root, type) && gtk_widget_get_mapped (root) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);
  return n;
}

static void
click (PagesFixture *fixture, const char *label)
{
  GtkWidget *button = views_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  page_world_settle (fixture->world);
  views_settle ();
}

static void
test_empty (void)
{
  static const struct
  {
    const char *place;
    const char *says;
  } cases[] = { { "inbox", "Nothing needs you" }, { "commands", "Nothing recorded yet" } };
  PagesFixture fixture;

  pages_fixture_set_up (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-empty", cases[i].place);

      pages_fixture_show (&fixture, cases[i].place, pages_get_size (1));
      g_assert_nonnull (views_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, cases[i].says));
      views_assert_labelled (GTK_WIDGET (fixture.window));
      pages_fixture_shoot (&fixture, name, pages_get_size (1));
    }
  pages_fixture_tear_down (&fixture);
}

static void
test_sizes (void)
{
  static const char *const places[] = { "inbox", "commands", "connections" };

  for (guint i = 0; pages_get_size (i) != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (places); j++)
      {
        PagesFixture fixture;

        pages_fixture_set_up (&fixture);
        pages_fixture_fill (&fixture);
        pages_fixture_show (&fixture, places[j], pages_get_size (i));
        g_test_message ("%s at %d", places[j], pages_get_size (i)->width);
        g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture.window)), <=,
                         pages_get_size (i)->width);
        views_assert_labelled (GTK_WIDGET (fixture.window));
        pages_fixture_shoot (&fixture, places[j], pages_get_size (i));
        pages_fixture_tear_down (&fixture);
      }
}

static void
test_settle (void)
{
  PagesFixture fixture;
  GtkWidget *focus;

  pages_fixture_set_up (&fixture);
  pages_fixture_fill (&fixture);
  pages_fixture_show (&fixture, "inbox", pages_get_size (1));
  g_assert_cmpuint (count (GTK_WIDGET (fixture.window), FOYER_TYPE_CASE_CARD), ==, 3);

  /* The keyboard is on the first answer, and goes on to the next case. */
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, FOYER_TYPE_CASE_CARD));
  click (&fixture, "Keep: this person is inside");
  g_assert_cmpuint (count (GTK_WIDGET (fixture.window), FOYER_TYPE_CASE_CARD), ==, 2);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, FOYER_TYPE_CASE_CARD));

  click (&fixture, "Drop it: it did not happen");
  click (&fixture, "Accept: do not count it");
  g_assert_nonnull (views_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "Nothing needs you"));
  pages_fixture_tear_down (&fixture);
}

static void
test_settle_fails (void)
{
  PagesFixture fixture;

  pages_fixture_set_up (&fixture);
  pages_fixture_fill (&fixture);
  pages_fixture_show (&fixture, "inbox", pages_get_size (1));
  foyer_page_store_set_broken (fixture.world->store, TRUE);
  click (&fixture, "Keep: this person is inside");
  g_assert_nonnull (views_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "The disk is full"));
  pages_fixture_tear_down (&fixture);
}

static guint
n_commands (PagesFixture *fixture)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (foyer_activity_controller_get_commands (fixture->activity)));
}

static void
test_filter (void)
{
  PagesFixture fixture;
  GtkWidget *page;

  pages_fixture_set_up (&fixture);
  pages_fixture_fill (&fixture);
  pages_fixture_show (&fixture, "commands", pages_get_size (1));

  /* As the line at the bottom of the window does it. */
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.show-commands", "s", "waiting");
  page_world_settle (fixture.world);
  views_settle ();
  g_assert_cmpint (foyer_activity_controller_get_filter (fixture.activity), ==,
                   FOYER_ACTIVITY_WAITING);
  g_assert_cmpuint (n_commands (&fixture), ==, 9);

  page = foyer_window_get_page (fixture.window, "commands");
  gtk_widget_activate_action (page, "commands.filter", "s", "needs-you");
  page_world_settle (fixture.world);
  views_settle ();
  g_assert_cmpuint (n_commands (&fixture), ==, 3);
  g_assert_cmpuint (count (GTK_WIDGET (fixture.window), FOYER_TYPE_COMMAND_ROW), ==, 3);
  pages_fixture_tear_down (&fixture);
}

/* While nothing is selected the list has all the room, in either arrangement. */
static void
test_room (void)
{
  PagesFixture fixture;
  GtkWidget *list;
  GtkWidget *page;

  pages_fixture_set_up (&fixture);
  pages_fixture_fill (&fixture);
  pages_fixture_show (&fixture, "commands", pages_get_size (2));
  page = foyer_window_get_page (fixture.window, "commands");
  list = views_find (page, GTK_TYPE_LIST_VIEW, NULL);
  g_assert_cmpint (gtk_widget_get_height (list), >, gtk_widget_get_height (page) * 4 / 5);
  pages_fixture_tear_down (&fixture);
}

static void
test_detail (void)
{
  for (guint i = 0; pages_get_size (i) != NULL; i++)
    {
      PagesFixture fixture;
      g_autoptr (FoyerRow) row = NULL;

      pages_fixture_set_up (&fixture);
      pages_fixture_fill (&fixture);
      pages_fixture_show (&fixture, "commands", pages_get_size (i));
      row = g_list_model_get_item (
          G_LIST_MODEL (foyer_activity_controller_get_commands (fixture.activity)), 14);
      foyer_activity_controller_set_selected (fixture.activity, row);
      views_settle ();
      g_assert_nonnull (
          views_find (GTK_WIDGET (fixture.window), GTK_TYPE_BUTTON, "Copy the Number"));
      g_assert_nonnull (
          views_find (GTK_WIDGET (fixture.window), GTK_TYPE_BUTTON, "Decide in the Inbox"));
      views_assert_labelled (GTK_WIDGET (fixture.window));
      pages_fixture_shoot (&fixture, "commands-detail", pages_get_size (i));

      click (&fixture, "Decide in the Inbox");
      g_assert_true (gtk_widget_get_mapped (foyer_window_get_page (fixture.window, "inbox")));
      pages_fixture_tear_down (&fixture);
    }
}

static void
test_audit (void)
{
  for (guint i = 0; pages_get_size (i) != NULL; i++)
    {
      PagesFixture fixture;
      GtkWidget *row;

      pages_fixture_set_up (&fixture);
      pages_fixture_fill (&fixture);
      pages_fixture_show (&fixture, "connections", pages_get_size (i));
      g_assert_cmpuint (count (GTK_WIDGET (fixture.window), FOYER_TYPE_CONNECTION_CARD), ==, 1);
      click (&fixture, "Check");
      g_assert_cmpint (foyer_audit_controller_get_verdict (
                           foyer_connections_controller_get_audit (fixture.connections)),
                       ==, FOYER_AUDIT_INTACT);

      row = views_find (GTK_WIDGET (fixture.window), ADW_TYPE_ACTION_ROW, "Show the calls");
      g_assert_nonnull (row);
      adw_action_row_activate (ADW_ACTION_ROW (row));
      views_settle ();
      g_assert_nonnull (views_find (GTK_WIDGET (fixture.window), GTK_TYPE_COLUMN_VIEW, NULL));
      views_assert_labelled (GTK_WIDGET (fixture.window));
      pages_fixture_shoot (&fixture, "calls", pages_get_size (i));
      pages_fixture_tear_down (&fixture);
    }
}

static void
test_remove (void)
{
  PagesFixture fixture;
  g_autoptr (GListModel) windows = NULL;
  guint before;

  pages_fixture_set_up (&fixture);
  pages_fixture_fill (&fixture);
  pages_fixture_show (&fixture, "connections", pages_get_size (1));
  windows = g_object_ref (gtk_window_get_toplevels ());
  before = g_list_model_get_n_items (windows);
  click (&fixture, "Remove…");
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, before + 1);
  g_assert_cmpuint (foyer_page_store_get_n_connections (fixture.world->store), ==, 1);
  {
    g_autoptr (GtkWindow) dialog = g_list_model_get_item (windows, 0);
    g_autoptr (GtkWindow) other = g_list_model_get_item (windows, 1);

    if (dialog == GTK_WINDOW (fixture.window))
      g_set_object (&dialog, other);
    views_shoot (GTK_WIDGET (dialog), "remove");
    gtk_window_close (dialog);
  }
  views_settle ();
  page_world_settle (fixture.world);
  g_assert_cmpuint (foyer_page_store_get_n_connections (fixture.world->store), ==, 1);
  pages_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  if (!views_init (&argc, &argv))
    return 77;

  g_test_add_func ("/pages/empty", test_empty);
  g_test_add_func ("/pages/sizes", test_sizes);
  g_test_add_func ("/pages/settle", test_settle);
  g_test_add_func ("/pages/settle-fails", test_settle_fails);
  g_test_add_func ("/pages/filter", test_filter);
  g_test_add_func ("/pages/room", test_room);
  g_test_add_func ("/pages/detail", test_detail);
  g_test_add_func ("/pages/audit", test_audit);
  g_test_add_func ("/pages/remove", test_remove);
  return g_test_run ();
}
