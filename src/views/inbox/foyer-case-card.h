/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-inbox-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CASE_CARD (foyer_case_card_get_type ())

/**
 * FoyerCaseCard:
 *
 * A case of the inbox: what happened here, what the service says, what that means, and the answers.
 */
G_DECLARE_FINAL_TYPE (FoyerCaseCard, foyer_case_card, FOYER, CASE_CARD, AdwBin)

GtkWidget *foyer_case_card_new (FoyerInboxController *controller, FoyerRow *row);
void foyer_case_card_focus (FoyerCaseCard *self);

G_END_DECLS
