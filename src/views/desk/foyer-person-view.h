/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-desk-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_PERSON_VIEW (foyer_person_view_get_type ())

/**
 * FoyerPersonView:
 *
 * One ticket, its order, and the other tickets of the order. Properties: `controller`
 * (FoyerDeskController, construct-only), `detail` (FoyerOrderDetail, nullable, writable).
 */
G_DECLARE_FINAL_TYPE (FoyerPersonView, foyer_person_view, FOYER, PERSON_VIEW, AdwBin)

GtkWidget *foyer_person_view_new (FoyerDeskController *controller);
void foyer_person_view_set_detail (FoyerPersonView *self, FoyerOrderDetail *detail);
void foyer_person_view_focus (FoyerPersonView *self);

G_END_DECLS
