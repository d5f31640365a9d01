/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOYER_TYPE_LINE_PART (foyer_line_part_get_type ())
G_DECLARE_FINAL_TYPE (FoyerLinePart, foyer_line_part, FOYER, LINE_PART, GtkButton)

void foyer_line_part_set_orientation (FoyerLinePart *self, GtkOrientation orientation);

G_END_DECLS
