/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "foyer-desk-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_PERSON_ROW (foyer_person_row_get_type ())

/**
 * FoyerPersonRow:
 *
 * One ticket in a list: who, what for, which order, and what would happen if they were admitted now.
 */
G_DECLARE_FINAL_TYPE (FoyerPersonRow, foyer_person_row, FOYER, PERSON_ROW, GtkBox)

GtkWidget *foyer_person_row_new (FoyerDeskController *controller);
void foyer_person_row_set_row (FoyerPersonRow *self, FoyerRow *row);
GtkListItemFactory *foyer_person_row_factory_new (FoyerDeskController *controller);

G_END_DECLS
