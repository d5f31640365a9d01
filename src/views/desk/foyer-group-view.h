/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-desk-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_GROUP_VIEW (foyer_group_view_get_type ())

/**
 * FoyerGroupView:
 *
 * An order of six, five are here: tick, one key.
 */
G_DECLARE_FINAL_TYPE (FoyerGroupView, foyer_group_view, FOYER, GROUP_VIEW, AdwBin)

GtkWidget *foyer_group_view_new (FoyerDeskController *controller);
void foyer_group_view_set_group (FoyerGroupView *self, FoyerGroup *group);
void foyer_group_view_focus (FoyerGroupView *self);

G_END_DECLS
