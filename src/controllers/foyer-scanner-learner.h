/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-scan-decoder.h"

G_BEGIN_DECLS

/**
 * FOYER_SCANNER_TEST_CODE:
 *
 * The code that is shown to be scanned: small and large, what layouts exchange (y z, q a, w, m, the hyphen,
 * the digits), and nothing that anybody takes for a ticket.
 */
#define FOYER_SCANNER_TEST_CODE "FoyerTest-zYqaWm-0817"

/**
 * FOYER_SCANNER_SILENCE:
 *
 * Milliseconds without a key after which a scan is over, however slow the scanner is.
 */
#define FOYER_SCANNER_SILENCE 700

#define FOYER_TYPE_SCANNER_LEARNER (foyer_scanner_learner_get_type ())

/**
 * FoyerScannerLearner:
 *
 * Learns a scanner by three scans of one code: of the test code, or of any other if the scanner cannot read
 * a screen (layout and capitals are then taken to be as usual).
 *
 * Properties, read-only, notified: `count` (int, 0 to 3: scans that were alike), `problem` (gchararray,
 * nullable: why the last one does not count, and what to do), `profile` (FoyerScannerProfile, nullable: from
 * the third scan on).
 */
G_DECLARE_FINAL_TYPE (FoyerScannerLearner, foyer_scanner_learner, FOYER, SCANNER_LEARNER, GObject)

FoyerScannerLearner *foyer_scanner_learner_new (void);
gboolean foyer_scanner_learner_press (FoyerScannerLearner *self,
                                      const FoyerKeyPress *key,
                                      gboolean tab,
                                      gboolean caps_lock);
void foyer_scanner_learner_fall_silent (FoyerScannerLearner *self);
void foyer_scanner_learner_restart (FoyerScannerLearner *self);
int foyer_scanner_learner_get_count (FoyerScannerLearner *self);
const char *foyer_scanner_learner_get_problem (FoyerScannerLearner *self);
FoyerScannerProfile *foyer_scanner_learner_get_profile (FoyerScannerLearner *self);
GListModel *foyer_scanner_learner_get_facts (FoyerScannerLearner *self);

G_END_DECLS
