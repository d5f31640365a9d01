/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-notice-bar.h"

#include <glib/gi18n.h>

struct _FoyerNoticeBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (FoyerNoticeBar, foyer_notice_bar, ADW_TYPE_BIN)

static void
close_cb (FoyerNoticeBar *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
foyer_notice_bar_class_init (FoyerNoticeBarClass *klass)
{
}

static void
foyer_notice_bar_init (FoyerNoticeBar *self)
{
  /* Its role has a screen reader say what it holds when it comes up. */
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 12, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-warning-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_tooltip_text (close, _ ("Close"));
  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (box, "problem-bar");
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (close_cb), self);

  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), close);
  gtk_revealer_set_child (self->revealer, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

/**
 * foyer_notice_bar_show:
 * @self: the bar
 * @text: what has happened; takes the place of what stands there
 */
void
foyer_notice_bar_show (FoyerNoticeBar *self, const char *text)
{
  g_return_if_fail (FOYER_IS_NOTICE_BAR (self));
  g_return_if_fail (text != NULL);

  gtk_label_set_text (self->label, text);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}
