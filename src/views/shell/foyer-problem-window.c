/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown when there is no workspace to show: a sentence that says why and what to do. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-problem-window.h"

#include <adwaita.h>

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

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-error-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), label);
  gtk_widget_set_vexpand (page, TRUE);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 420);
  return GTK_WINDOW (window);
}
