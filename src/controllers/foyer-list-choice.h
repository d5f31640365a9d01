/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-desk.h"
#include "foyer-event.h"
#include "foyer-list-summary.h"

G_BEGIN_DECLS

#define FOYER_TYPE_LIST_CHOICE (foyer_list_choice_get_type ())

/**
 * FoyerListChoice:
 *
 * A check-in list that a person can choose to work for. The same object as long as the list is there.
 *
 * Properties, read-only, notified: `title`, `subtitle` (nullable), `counts` (gchararray, for people).
 */
G_DECLARE_FINAL_TYPE (FoyerListChoice, foyer_list_choice, FOYER, LIST_CHOICE, GObject)

FoyerListChoice *
foyer_list_choice_new (FoyerDesk *desk, FoyerListSummary *summary, FoyerEvent *event);
void foyer_list_choice_update (FoyerListChoice *self, FoyerListSummary *summary, FoyerEvent *event);
FoyerDesk *foyer_list_choice_get_desk (FoyerListChoice *self);
FoyerListSummary *foyer_list_choice_get_summary (FoyerListChoice *self);
FoyerEvent *foyer_list_choice_get_event (FoyerListChoice *self);
gint64 foyer_list_choice_get_id (FoyerListChoice *self);
const char *foyer_list_choice_get_connection (FoyerListChoice *self);
const char *foyer_list_choice_get_title (FoyerListChoice *self);

G_END_DECLS
