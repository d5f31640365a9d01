/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A width in pixels that was right for letters of the usual size is too narrow for those of somebody who has asked for
 * larger ones: thresholds of an arrangement are multiplied by this. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-text-scale.h"

/* What the desktop's setting counts in, and what it is where nobody has asked for anything. */
#define DOTS_PER_INCH (96.0 * 1024.0)

/**
 * foyer_text_scale_get:
 * @widget: a widget
 *
 * Returns: how much larger than usual the person wants letters to be; 1 or more
 */
double
foyer_text_scale_get (GtkWidget *widget)
{
  int dots = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dots, NULL);
  return MAX (dots / DOTS_PER_INCH, 1.0);
}

/**
 * foyer_text_scale_follow:
 * @widget: a widget whose size depends on foyer_text_scale_get()
 *
 * Has it measured again when the person changes the setting.
 */
void
foyer_text_scale_follow (GtkWidget *widget)
{
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-xft-dpi",
                           G_CALLBACK (gtk_widget_queue_resize), widget, G_CONNECT_SWAPPED);
}
