/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-connect-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CONNECT_DIALOG (foyer_connect_dialog_get_type ())

/**
 * FoyerConnectDialog:
 *
 * The way to a new connection, step by step. Enter goes on, Escape goes back, and the keyboard is always where
 * the next thing is to be entered. Property `controller` (FoyerConnectController, construct-only).
 */
G_DECLARE_FINAL_TYPE (FoyerConnectDialog, foyer_connect_dialog, FOYER, CONNECT_DIALOG, AdwWindow)

FoyerConnectDialog *foyer_connect_dialog_new (FoyerConnectController *controller);
FoyerConnectDialog *foyer_connect_dialog_present (GtkWidget *parent,
                                                  FoyerConnectController *controller);

G_END_DECLS
