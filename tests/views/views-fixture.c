/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "views-fixture.h"

#include "foyer-desk-page.h"
#include "foyer-test-desk.h"

/* Some frames, for sizes, styles and idle work. */
void
views_settle (void)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

/* Drops the last reference of the test's. Who holds another (a list that lets go of its rows when it is idle, an
 * animation) has a moment to end; then nobody may. */
void
views_assert_gone (gpointer object)
{
  gpointer alive = object;
  const char *type = G_OBJECT_TYPE_NAME (object);
  gint64 end = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;

  g_object_add_weak_pointer (object, &alive);
  g_object_unref (object);
  while (alive != NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  if (alive != NULL)
    g_error ("Somebody still holds the %s: %u times", type, G_OBJECT (alive)->ref_count);
}

gboolean
views_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    return FALSE;

  adw_init ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/foyerdesk/Foyer/icons");
  return TRUE;
}

static GtkWidget *
create_desk_page (gpointer data)
{
  ViewsFixture *fixture = data;

  return foyer_desk_page_new (fixture->desk);
}

static GtkWidget *
create_empty_page (gpointer data)
{
  return gtk_label_new ("Another place");
}

static void
add_styles (const char *name)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path = g_strconcat ("/io/github/foyerdesk/Foyer/", name, NULL);

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* What the application loads by itself. */
void
views_add_styles (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;

  add_styles ("style.css");
  if (g_getenv ("ADW_DEBUG_HIGH_CONTRAST") != NULL)
    add_styles ("style-hc.css");
  g_once_init_leave (&once, 1);
}

void
views_fixture_set_up (ViewsFixture *fixture, guint n_people, gboolean connected)
{
  fixture->world = foyer_test_workspace_new (n_people);
  for (guint i = 1; i <= MIN (n_people, 60); i++)
    {
      g_autofree char *secret = g_strdup_printf ("secret%06u", i);
      g_autofree char *name = g_strdup_printf ("Guest %u", i);
      const char *hard = i == 1   ? "Käthe Müller"
                         : i == 2 ? "محمد بن عبد الله"
                         : i == 3
                             ? "Bartholomew Maximilian Featherstonehaugh-Cholmondeley von und zu "
                               "Hohenstein-Wittelsbach the Younger, formerly of Saint-Germain"
                             : name;

      foyer_fake_server_sell (fixture->world->server, secret, hard);
    }
  if (connected)
    foyer_test_workspace_connect (fixture->world);

  fixture->shell = foyer_shell_controller_new (fixture->world->workspace);
  fixture->desk = foyer_desk_controller_new (fixture->world->workspace,
                                             foyer_shell_controller_get_lists (fixture->shell));
  foyer_test_turn ();
  fixture->window = foyer_window_new (NULL, fixture->shell);
  views_add_styles ();
  foyer_window_add_place (fixture->window, "desk", "Desk", "foyer-scan-symbolic", "F1",
                          create_desk_page, fixture, NULL);
  foyer_window_add_place (fixture->window, "inbox", "Inbox", "mail-unread-symbolic", "F2",
                          create_empty_page, NULL, NULL);
  foyer_window_add_place (fixture->window, "commands", "Activity", "view-list-symbolic", "F3",
                          create_empty_page, NULL, NULL);
  foyer_window_add_place (fixture->window, "connections", "Connections", "network-server-symbolic",
                          "F4", create_empty_page, NULL, NULL);
}

void
views_fixture_tear_down (ViewsFixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  views_settle ();
  foyer_test_run_for (fixture->world->clock, FOYER_SECOND);
  views_assert_gone (fixture->desk);
  views_assert_gone (fixture->shell);
  foyer_test_turn ();
  foyer_test_workspace_free (fixture->world);
}

void
views_fixture_show (ViewsFixture *fixture, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  gtk_window_present (GTK_WINDOW (fixture->window));
  views_settle ();
}

static gboolean
is_idle (gpointer data)
{
  return !foyer_door_is_busy (data);
}

void
views_fixture_scan (ViewsFixture *fixture, const char *code)
{
  foyer_desk_controller_scan (fixture->desk, code, NULL);
  foyer_test_run_until (fixture->world->clock, is_idle,
                        foyer_desk_controller_get_door (fixture->desk));
  views_settle ();
}

static const char *
label_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return gtk_button_get_label (GTK_BUTTON (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *label = label_of (child);

      if (label != NULL && *label != '\0')
        return label;
    }

  return NULL;
}

/* The first widget of a type, visible, with that label if one is given. */
GtkWidget *
views_find (GtkWidget *root, GType type, const char *label)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && gtk_widget_get_mapped (root)
      && (label == NULL || g_strcmp0 (label_of (root), label) == 0))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = views_find (child, type, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_interactive (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SEARCH_ENTRY (widget)
         || GTK_IS_LIST_VIEW (widget) || GTK_IS_LIST_BOX (widget) || GTK_IS_SWITCH (widget)
         || GTK_IS_PROGRESS_BAR (widget);
}

/* Parts that belong to a labelled whole. */
static gboolean
is_part (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (parent == NULL)
    return FALSE;
  /* What a row for text has inside is libadwaita's, unless it is a button with words. */
  if (gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL)
    return gtk_widget_has_css_class (widget, "flat")
           || gtk_widget_has_css_class (widget, "circular");
  return GTK_IS_MENU_BUTTON (parent) || GTK_IS_WINDOW_CONTROLS (parent);
}

/* Everything that can be used has a name for those who do not see it. */
void
views_assert_labelled (GtkWidget *root)
{
  if (is_interactive (root) && !is_part (root)
      && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL)
      && !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (root),
                                            GTK_ACCESSIBLE_RELATION_LABELLED_BY)
      && label_of (root) == NULL)
    {
      g_autoptr (GString) way = g_string_new (NULL);

      for (GtkWidget *at = gtk_widget_get_parent (root); at != NULL;
           at = gtk_widget_get_parent (at))
        g_string_append_printf (way, " in a %s", G_OBJECT_TYPE_NAME (at));
      g_error ("A %s without a label%s", G_OBJECT_TYPE_NAME (root), way->str);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    views_assert_labelled (child);
}

/* A picture of it, for whoever wants to look: only if FOYER_SHOTS names a folder. */
void
views_shoot (GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("FOYER_SHOTS");
  g_autofree char *path = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (folder == NULL)
    return;

  views_settle ();
  views_settle ();
  views_settle ();
  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)),
                                         node, NULL);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  gdk_texture_save_to_png (texture, path);
}
