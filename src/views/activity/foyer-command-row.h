/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "foyer-activity-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_COMMAND_ROW (foyer_command_row_get_type ())

/**
 * FoyerCommandRow:
 *
 * A command in a list: whom it is about, when and where, and how far it is.
 */
G_DECLARE_FINAL_TYPE (FoyerCommandRow, foyer_command_row, FOYER, COMMAND_ROW, GtkBox)

GtkWidget *foyer_command_row_new (FoyerActivityController *controller);
void foyer_command_row_set_row (FoyerCommandRow *self, FoyerRow *row);
GtkListItemFactory *foyer_command_row_factory_new (FoyerActivityController *controller);

G_END_DECLS
