/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-door-acts.h"
#include "foyer-door.h"
#include "foyer-group.h"
#include "foyer-lists.h"
#include "foyer-order-detail.h"
#include "foyer-pulse.h"
#include "foyer-query-model.h"

G_BEGIN_DECLS

/**
 * FoyerDeskMode:
 * @FOYER_DESK_READY: what to do
 * @FOYER_DESK_VERDICT: a name or a verdict
 * @FOYER_DESK_RESULTS: people found by what was typed
 * @FOYER_DESK_PERSON: one ticket with its order
 * @FOYER_DESK_GROUP: the tickets of an order, to be ticked
 *
 * What the large part of the page shows.
 */
typedef enum
{
  FOYER_DESK_READY,
  FOYER_DESK_VERDICT,
  FOYER_DESK_RESULTS,
  FOYER_DESK_PERSON,
  FOYER_DESK_GROUP,
} FoyerDeskMode;

#define FOYER_TYPE_DESK_MODE (foyer_desk_mode_get_type ())
GType foyer_desk_mode_get_type (void) G_GNUC_CONST;

#define FOYER_TYPE_DESK_CONTROLLER (foyer_desk_controller_get_type ())

/**
 * FoyerDeskController:
 *
 * The Desk page: scan, find, admit.
 *
 * Properties, notified: `mode` (FoyerDeskMode); `door` (FoyerDoor); `lists` (FoyerLists); `results`
 * (FoyerQueryModel of FoyerPerson); `search` (gchararray, writable): what was typed; `results-text`
 * (gchararray): how many were found, or what to do if nobody was; `detail` (FoyerOrderDetail,
 * nullable); `group` (FoyerGroup, nullable); `list-title` (gchararray); `counts` (gchararray); `pulse`
 * (FoyerPulse): what is going on at the list.
 * Signals: `sound` (FoyerTone as int): a verdict is to be heard; `announce` (gchararray): and spoken.
 *
 * Actions (foyer_desk_controller_get_actions()): `admit`: the person shown; `clear`: one step back to
 * ready; `open` (s: code of an order); `group`: ticks its tickets; `admit-group`: those that are ticked;
 * `repeat`: the last verdict again.
 */
G_DECLARE_FINAL_TYPE (FoyerDeskController, foyer_desk_controller, FOYER, DESK_CONTROLLER, GObject)

FoyerDeskController *foyer_desk_controller_new (FoyerWorkspace *workspace, FoyerLists *lists);
GActionGroup *foyer_desk_controller_get_actions (FoyerDeskController *self);
FoyerGroup *foyer_desk_controller_get_group (FoyerDeskController *self);
FoyerDoor *foyer_desk_controller_get_door (FoyerDeskController *self);
FoyerDoorActs *foyer_desk_controller_get_acts (FoyerDeskController *self);
FoyerPulse *foyer_desk_controller_get_pulse (FoyerDeskController *self);
FoyerQueryModel *foyer_desk_controller_get_results (FoyerDeskController *self);
FoyerOrderDetail *foyer_desk_controller_get_detail (FoyerDeskController *self);
FoyerDeskMode foyer_desk_controller_get_mode (FoyerDeskController *self);
const char *foyer_desk_controller_get_search (FoyerDeskController *self);
void foyer_desk_controller_set_search (FoyerDeskController *self, const char *text);
void
foyer_desk_controller_scan (FoyerDeskController *self, const char *code, const char *alternative);
gboolean
foyer_desk_controller_submit (FoyerDeskController *self, const char *text, FoyerRow *selected);
void foyer_desk_controller_open_row (FoyerDeskController *self, FoyerRow *row);
void foyer_desk_controller_open_entry (FoyerDeskController *self, FoyerDoorEntry *entry);
void foyer_desk_controller_open_ticket (FoyerDeskController *self, FoyerRow *row);
FoyerPersonWords *foyer_desk_controller_describe (FoyerDeskController *self, FoyerPerson *person);

G_END_DECLS
