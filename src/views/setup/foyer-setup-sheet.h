/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "foyer-setup-controller.h"

G_BEGIN_DECLS

void foyer_setup_sheet_draw (cairo_t *cairo,
                             double width,
                             double height,
                             FoyerSetupController *controller);
void foyer_setup_sheet_print (GtkWindow *parent, FoyerSetupController *controller);
gboolean
foyer_setup_sheet_export (FoyerSetupController *controller, const char *path, GError **error);

G_END_DECLS
