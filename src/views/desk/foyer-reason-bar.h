/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-door-acts.h"

G_BEGIN_DECLS

#define FOYER_TYPE_REASON_BAR (foyer_reason_bar_get_type ())

/**
 * FoyerReasonBar:
 *
 * One line that asks why. It takes the focus when it comes up, and says when it is done with it.
 *
 * Properties: `acts` (FoyerDoorActs).
 * Signal `done` (): answered or cancelled: the focus may go back.
 */
G_DECLARE_FINAL_TYPE (FoyerReasonBar, foyer_reason_bar, FOYER, REASON_BAR, AdwBin)

void foyer_reason_bar_set_acts (FoyerReasonBar *self, FoyerDoorActs *acts);

G_END_DECLS
