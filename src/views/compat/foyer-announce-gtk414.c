/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Announcements from GTK 4.14 on. The label keeps the last one, for whoever looks for it. */

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
  gtk_accessible_announce (GTK_ACCESSIBLE (label), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
