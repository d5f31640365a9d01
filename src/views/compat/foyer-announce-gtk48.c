/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Announcements on GTK 4.8, which has none of its own: a label with the role STATUS changes its name, and
 * screen readers say it. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-announce.h"

/**
 * foyer_announce:
 * @label: a label with the accessible role STATUS
 * @text: what a screen reader is to say
 */
void
foyer_announce (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
