/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOYER_TYPE_SPARKLINE (foyer_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (FoyerSparkline, foyer_sparkline, FOYER, SPARKLINE, GtkWidget)

GtkWidget *foyer_sparkline_new (void);
void foyer_sparkline_set_values (FoyerSparkline *self, GArray *values);

G_END_DECLS
