/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOYER_TYPE_PLACE (foyer_place_get_type ())

/**
 * FoyerPlace:
 *
 * A row of the sidebar: icon, title, count of what waits there, key.
 */
G_DECLARE_FINAL_TYPE (FoyerPlace, foyer_place, FOYER, PLACE, GtkListBoxRow)

GtkWidget *foyer_place_new (const char *name,
                            const char *title,
                            const char *icon_name,
                            const char *accelerator);
const char *foyer_place_get_name (FoyerPlace *self);
const char *foyer_place_get_title (FoyerPlace *self);
void foyer_place_set_count (FoyerPlace *self, gint64 count);

G_END_DECLS
