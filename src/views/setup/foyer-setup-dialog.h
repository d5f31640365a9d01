/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-setup-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SETUP_DIALOG (foyer_setup_dialog_get_type ())

/**
 * FoyerSetupDialog:
 *
 * The page that sets up another laptop as a desk: what it is to be, then its code, to be scanned from
 * this screen or printed.
 */
G_DECLARE_FINAL_TYPE (FoyerSetupDialog, foyer_setup_dialog, FOYER, SETUP_DIALOG, AdwWindow)

FoyerSetupDialog *foyer_setup_dialog_new (FoyerSetupController *controller);
void foyer_setup_dialog_present (GtkWidget *parent, FoyerSetupController *controller);

G_END_DECLS
