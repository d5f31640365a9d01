/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown when there is no workspace to show: a sentence that says why and what to do. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-problem-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * foyer_problem_window_new:
 * @application: the application, which ends when the window is closed
 * @title: what cannot be done
 * @sentence: why, and what to do
 *
 * Returns: (transfer none): a window
 */
GtkWindow *
foyer_problem_window_new (GtkApplication *application, const char *title, const char *sentence)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *label = gtk_label_new (sentence);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *close = gtk_button_new_with_mnemonic (_ ("_Close"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-error-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (close, "pill");
  gtk_widget_set_halign (close, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  gtk_box_append (GTK_BOX (words), label);
  gtk_box_append (GTK_BOX (words), close);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), words);
  gtk_widget_set_vexpand (page, TRUE);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 420);
  /* Else the focus is in the text, and the text all selected. */
  gtk_window_set_focus (GTK_WINDOW (window), close);
  return GTK_WINDOW (window);
}
