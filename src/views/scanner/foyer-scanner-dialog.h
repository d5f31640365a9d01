/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-scanner-learner.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SCANNER_DIALOG (foyer_scanner_dialog_get_type ())

/**
 * FoyerScannerDialog:
 *
 * The last steps before a desk opens: the three sounds are heard, and the scanner is learned in three
 * scans.
 *
 * Signals: `play` (int, FoyerTone): a sound is to be heard; `learned` (FoyerScannerProfile): the scanner is
 * known now.
 */
G_DECLARE_FINAL_TYPE (FoyerScannerDialog, foyer_scanner_dialog, FOYER, SCANNER_DIALOG, AdwWindow)

FoyerScannerDialog *foyer_scanner_dialog_new (FoyerScannerLearner *learner);
FoyerScannerDialog *foyer_scanner_dialog_present (GtkWidget *parent, FoyerScannerLearner *learner);

G_END_DECLS
