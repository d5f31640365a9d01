/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-list-choice.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

#define FOYER_TYPE_LISTS (foyer_lists_get_type ())

/**
 * FoyerLists:
 *
 * All check-in lists of a workspace, and the one that is worked for: shared by the window and the Desk.
 * A GListModel of #FoyerListChoice.
 *
 * Property, notified: `selected` (FoyerListChoice, nullable, writable).
 */
G_DECLARE_FINAL_TYPE (FoyerLists, foyer_lists, FOYER, LISTS, GObject)

FoyerLists *foyer_lists_new (FoyerWorkspace *workspace);
void foyer_lists_prefer (FoyerLists *self, const char *connection, gint64 list);
FoyerListChoice *foyer_lists_get_selected (FoyerLists *self);
void foyer_lists_set_selected (FoyerLists *self, FoyerListChoice *choice);
void foyer_lists_refresh (FoyerLists *self);

G_END_DECLS
