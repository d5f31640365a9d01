/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_ROW (foyer_row_get_type ())
G_DECLARE_FINAL_TYPE (FoyerRow, foyer_row, FOYER, ROW, GObject)

FoyerRow *foyer_row_new (gint64 id, GType type);
gint64 foyer_row_get_id (FoyerRow *self);
gpointer foyer_row_get_value (FoyerRow *self);
void foyer_row_set_value (FoyerRow *self, gpointer value);

G_END_DECLS
