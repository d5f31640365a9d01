/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOYER_TYPE_SCAN_CATCHER (foyer_scan_catcher_get_type ())

/**
 * FoyerScanCatcher:
 *
 * Catches what a scanner types, wherever the focus is in a window.
 *
 * Properties, writable: `max-gap` (guint, milliseconds): the longest time between two keys of one scan;
 * `profile` (FoyerScannerProfile): what was learned of the scanner, the gap among it.
 * Signal `scanned` (gchararray code, gchararray alternative or NULL).
 */
G_DECLARE_FINAL_TYPE (FoyerScanCatcher, foyer_scan_catcher, FOYER, SCAN_CATCHER, GObject)

FoyerScanCatcher *foyer_scan_catcher_new (GtkEditable *entry);
void foyer_scan_catcher_attach (FoyerScanCatcher *self, GtkWidget *root);
void foyer_scan_catcher_detach (FoyerScanCatcher *self);

G_END_DECLS
