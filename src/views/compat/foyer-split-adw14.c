/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The split from libadwaita 1.4 on: a navigation split view, collapsed by a breakpoint. Its header bars
 * draw the way back themselves. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-split.h"

#include <adwaita.h>

struct _FoyerSplit
{
  GtkWidget parent_instance;

  GtkWidget *bin; /* (owned) an AdwBreakpointBin */
  AdwNavigationSplitView *view;
};

G_DEFINE_FINAL_TYPE (FoyerSplit, foyer_split, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SIDEBAR = 1,
  PROP_CONTENT,
  PROP_SHOW_CONTENT,
  PROP_COLLAPSED,
  PROP_NEEDS_BACK_BUTTON,
} FoyerSplitProperty;

static GParamSpec *properties[PROP_NEEDS_BACK_BUTTON + 1];

/* Below this there is no room for both, as the floor's leaflet finds by measuring. */
#define COLLAPSE_CONDITION "max-width: 580sp"

static GtkWidget *
get_child (AdwNavigationPage *page)
{
  return page != NULL ? adw_navigation_page_get_child (page) : NULL;
}

static GtkWidget *
get_sidebar (FoyerSplit *self)
{
  return get_child (adw_navigation_split_view_get_sidebar (self->view));
}

static GtkWidget *
get_content (FoyerSplit *self)
{
  return get_child (adw_navigation_split_view_get_content (self->view));
}

static gboolean
get_show_content (FoyerSplit *self)
{
  return adw_navigation_split_view_get_show_content (self->view);
}

static void
set_sidebar (FoyerSplit *self, GtkWidget *sidebar)
{
  AdwNavigationPage *page = adw_navigation_page_new (sidebar, "Foyer");

  adw_navigation_page_set_tag (page, "sidebar");
  adw_navigation_split_view_set_sidebar (self->view, page);
}

static void
set_content (FoyerSplit *self, GtkWidget *content)
{
  AdwNavigationPage *page = adw_navigation_page_new (content, "Foyer");

  adw_navigation_page_set_tag (page, "content");
  adw_navigation_split_view_set_content (self->view, page);
}

static void
foyer_split_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerSplit *self = FOYER_SPLIT (object);

  switch ((FoyerSplitProperty)property_id)
    {
    case PROP_SIDEBAR:
      g_value_set_object (value, get_sidebar (self));
      break;
    case PROP_CONTENT:
      g_value_set_object (value, get_content (self));
      break;
    case PROP_SHOW_CONTENT:
      g_value_set_boolean (value, get_show_content (self));
      break;
    case PROP_COLLAPSED:
      g_value_set_boolean (value, foyer_split_get_collapsed (self));
      break;
    case PROP_NEEDS_BACK_BUTTON:
      g_value_set_boolean (value, FALSE);
      break;
    }
}

static void
foyer_split_set_property (GObject *object,
                          guint property_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  FoyerSplit *self = FOYER_SPLIT (object);

  switch ((FoyerSplitProperty)property_id)
    {
    case PROP_SIDEBAR:
      set_sidebar (self, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      set_content (self, g_value_get_object (value));
      break;
    case PROP_SHOW_CONTENT:
      foyer_split_set_show_content (self, g_value_get_boolean (value));
      break;
    case PROP_COLLAPSED:
    case PROP_NEEDS_BACK_BUTTON:
      g_assert_not_reached ();
    }
}

static void
foyer_split_dispose (GObject *object)
{
  FoyerSplit *self = FOYER_SPLIT (object);

  g_clear_pointer (&self->bin, gtk_widget_unparent);

  G_OBJECT_CLASS (foyer_split_parent_class)->dispose (object);
}

static void
foyer_split_class_init (FoyerSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_split_get_property;
  object_class->set_property = foyer_split_set_property;
  object_class->dispose = foyer_split_dispose;

  properties[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET, writable);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, writable);
  properties[PROP_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, TRUE, writable);
  properties[PROP_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE, readable);
  properties[PROP_NEEDS_BACK_BUTTON] = g_param_spec_boolean ("needs-back-button", NULL, NULL, FALSE,
                                                             readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
notify_collapsed (FoyerSplit *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLLAPSED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEEDS_BACK_BUTTON]);
}

static void
notify_shown (FoyerSplit *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_CONTENT]);
}

static void
foyer_split_init (FoyerSplit *self)
{
  g_autoptr (AdwBreakpointCondition) condition = adw_breakpoint_condition_parse (
      COLLAPSE_CONDITION);
  AdwBreakpoint *breakpoint = adw_breakpoint_new (g_steal_pointer (&condition));
  GValue collapsed = G_VALUE_INIT;

  self->view = ADW_NAVIGATION_SPLIT_VIEW (adw_navigation_split_view_new ());
  adw_navigation_split_view_set_show_content (self->view, TRUE);
  adw_navigation_split_view_set_min_sidebar_width (self->view, 200);
  adw_navigation_split_view_set_max_sidebar_width (self->view, 240);

  self->bin = adw_breakpoint_bin_new ();
  gtk_widget_set_size_request (self->bin, 360, 294);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self->bin), GTK_WIDGET (self->view));
  g_value_init (&collapsed, G_TYPE_BOOLEAN);
  g_value_set_boolean (&collapsed, TRUE);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->view), "collapsed", &collapsed);
  g_value_unset (&collapsed);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (self->bin), breakpoint);
  gtk_widget_set_parent (self->bin, GTK_WIDGET (self));

  g_signal_connect_swapped (self->view, "notify::collapsed", G_CALLBACK (notify_collapsed), self);
  g_signal_connect_swapped (self->view, "notify::show-content", G_CALLBACK (notify_shown), self);
}

/**
 * foyer_split_set_show_content:
 * @self: the split
 * @show_content: whether the content is shown where there is room for one
 */
void
foyer_split_set_show_content (FoyerSplit *self, gboolean show_content)
{
  g_return_if_fail (FOYER_IS_SPLIT (self));

  adw_navigation_split_view_set_show_content (self->view, show_content);
}

/**
 * foyer_split_get_collapsed:
 * @self: the split
 *
 * Returns: whether there is room for one of them only
 */
gboolean
foyer_split_get_collapsed (FoyerSplit *self)
{
  g_return_val_if_fail (FOYER_IS_SPLIT (self), FALSE);

  return adw_navigation_split_view_get_collapsed (self->view);
}
