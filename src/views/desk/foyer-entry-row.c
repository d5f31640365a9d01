/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of the last ten: "09:02:11  ✓ Käthe Müller". Two labels and an icon; a template would cost more
 * than it says. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-entry-row.h"

#include "foyer-door-entry.h"
#include "foyer-verdict-view.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkImage *icon;
  GtkLabel *who;
  GtkLabel *what;
  GtkLabel *time;
} Parts;

static GtkLabel *
append_label (GtkBox *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Parts *parts = g_new0 (Parts, 1);

  gtk_widget_add_css_class (box, "entry-row");
  parts->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_add_css_class (GTK_WIDGET (parts->icon), "outcome");
  gtk_widget_set_valign (GTK_WIDGET (parts->icon), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->icon));
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  parts->who = append_label (GTK_BOX (text), "body");
  parts->what = append_label (GTK_BOX (text), "caption");
  parts->time = append_label (GTK_BOX (box), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (parts->time), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (parts->time), "dim-label");
  gtk_label_set_ellipsize (parts->time, PANGO_ELLIPSIZE_NONE);
  gtk_list_item_set_child (item, box);
  g_object_set_data_full (G_OBJECT (item), "foyer-parts", parts, g_free);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  FoyerDoorEntry *entry = gtk_list_item_get_item (item);
  FoyerVerdictWords *words = foyer_door_entry_get_words (entry);
  Parts *parts = g_object_get_data (G_OBJECT (item), "foyer-parts");

  gtk_image_set_from_icon_name (parts->icon, words->icon);
  for (FoyerTone tone = FOYER_TONE_NEUTRAL; tone <= FOYER_TONE_OUT; tone++)
    gtk_widget_remove_css_class (GTK_WIDGET (parts->icon), foyer_tone_to_css_class (tone));
  gtk_widget_add_css_class (GTK_WIDGET (parts->icon), foyer_tone_to_css_class (words->tone));
  gtk_label_set_text (parts->who, words->name != NULL ? words->name : _ ("Nobody we know"));
  gtk_label_set_text (parts->what, words->headline);
  gtk_label_set_text (parts->time, foyer_door_entry_get_time (entry));
  gtk_list_item_set_activatable (item, words->order != NULL);
  gtk_list_item_set_selectable (item, FALSE);
}

/**
 * foyer_entry_row_factory_new:
 *
 * Returns: (transfer full): makes rows for a list view over FoyerDoorEntry
 */
GtkListItemFactory *
foyer_entry_row_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}
