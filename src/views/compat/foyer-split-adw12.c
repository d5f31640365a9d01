/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The split on libadwaita 1.2: a leaflet, which folds when the children no longer fit. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-split.h"

#include <adwaita.h>

struct _FoyerSplit
{
  GtkWidget parent_instance;

  GtkWidget *leaflet; /* (owned) */
  GtkWidget *sidebar; /* (nullable) */
  GtkWidget *content; /* (nullable) */
  gboolean show_content;
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

static GtkWidget *
get_sidebar (FoyerSplit *self)
{
  return self->sidebar;
}

static GtkWidget *
get_content (FoyerSplit *self)
{
  return self->content;
}

static gboolean
get_show_content (FoyerSplit *self)
{
  return self->show_content;
}

static void
show_child (FoyerSplit *self)
{
  GtkWidget *child = self->show_content ? self->content : self->sidebar;

  if (child != NULL)
    adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), child);
}

static void
set_sidebar (FoyerSplit *self, GtkWidget *sidebar)
{
  g_return_if_fail (self->sidebar == NULL && sidebar != NULL);

  self->sidebar = sidebar;
  adw_leaflet_prepend (ADW_LEAFLET (self->leaflet), sidebar);
  show_child (self);
}

static void
set_content (FoyerSplit *self, GtkWidget *content)
{
  GtkWidget *separator;
  AdwLeafletPage *page;

  g_return_if_fail (self->content == NULL && content != NULL);

  separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  page = adw_leaflet_append (ADW_LEAFLET (self->leaflet), separator);
  adw_leaflet_page_set_navigatable (page, FALSE);
  self->content = content;
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), content);
  show_child (self);
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
      g_value_set_boolean (value, foyer_split_get_collapsed (self));
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

  g_clear_pointer (&self->leaflet, gtk_widget_unparent);

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
child_changed_cb (FoyerSplit *self)
{
  GtkWidget *child = adw_leaflet_get_visible_child (ADW_LEAFLET (self->leaflet));
  gboolean show_content = child == self->content;

  /* Unfolded, both are there, and which of them has the focus means nothing. */
  if (!foyer_split_get_collapsed (self) || show_content == self->show_content
      || (child != self->content && child != self->sidebar))
    return;

  self->show_content = show_content;
  notify_shown (self);
}

static void
foyer_split_init (FoyerSplit *self)
{
  self->show_content = TRUE;
  self->leaflet = adw_leaflet_new ();
  adw_leaflet_set_can_navigate_back (ADW_LEAFLET (self->leaflet), TRUE);
  adw_leaflet_set_fold_threshold_policy (ADW_LEAFLET (self->leaflet),
                                         ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  gtk_widget_set_parent (self->leaflet, GTK_WIDGET (self));
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (notify_collapsed), self);
  g_signal_connect_swapped (self->leaflet, "notify::visible-child", G_CALLBACK (child_changed_cb),
                            self);
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

  if (self->show_content == show_content)
    return;

  self->show_content = show_content;
  show_child (self);
  notify_shown (self);
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

  return adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet));
}
