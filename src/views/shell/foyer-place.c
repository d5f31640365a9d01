/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Built in code: at the first frame each template counts. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-place.h"

#include <glib/gi18n.h>

struct _FoyerPlace
{
  GtkListBoxRow parent_instance;

  char *name;  /* (owned) */
  char *title; /* (owned) */
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (FoyerPlace, foyer_place, GTK_TYPE_LIST_BOX_ROW)

static void
foyer_place_finalize (GObject *object)
{
  g_free (FOYER_PLACE (object)->name);
  g_free (FOYER_PLACE (object)->title);

  G_OBJECT_CLASS (foyer_place_parent_class)->finalize (object);
}

static void
foyer_place_class_init (FoyerPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_place_finalize;
}

static void
foyer_place_init (FoyerPlace *self)
{
}

/**
 * foyer_place_new:
 * @name: of the place
 * @title: for people
 * @icon_name: symbolic icon
 * @accelerator: (nullable): key that goes there, as GTK writes it: "F1"
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
foyer_place_new (const char *name,
                 const char *title,
                 const char *icon_name,
                 const char *accelerator)
{
  FoyerPlace *self = g_object_new (FOYER_TYPE_PLACE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *key = gtk_label_new (accelerator);

  self->name = g_strdup (name);
  self->title = g_strdup (title);
  self->count = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "badge");
  gtk_widget_set_valign (GTK_WIDGET (self->count), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->count), FALSE);
  gtk_widget_add_css_class (key, "dim-label");
  gtk_widget_add_css_class (key, "caption");

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon_name));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (box), key);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

/**
 * foyer_place_get_name:
 * @self: a row
 *
 * Returns: (transfer none): name of the place
 */
const char *
foyer_place_get_name (FoyerPlace *self)
{
  return self->name;
}

/**
 * foyer_place_get_title:
 * @self: a row
 *
 * Returns: (transfer none): its title
 */
const char *
foyer_place_get_title (FoyerPlace *self)
{
  return self->title;
}

/**
 * foyer_place_set_count:
 * @self: a row
 * @count: what waits there for a person
 */
void
foyer_place_set_count (FoyerPlace *self, gint64 count)
{
  g_autofree char *text = g_strdup_printf ("%'" G_GINT64_FORMAT, count);
  /* Translators: a place of the sidebar and how much waits there: "Inbox, 2" */
  g_autofree char *spoken = g_strdup_printf (_ ("%s, %s"), self->title, text);

  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), count > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  count > 0 ? spoken : self->title, -1);
}
