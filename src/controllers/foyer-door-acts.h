/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-door.h"

G_BEGIN_DECLS

#define FOYER_TYPE_DOOR_ACTS (foyer_door_acts_get_type ())

/**
 * FoyerDoorActs:
 *
 * What a person does at the door besides scanning: letting in who was refused, taking back who was let
 * in, letting out. What needs a reason is asked in one line; the next scan never waits for it.
 *
 * Properties, notified: `asking` (gboolean); `question` (gchararray, nullable): what is asked;
 * `confirm` (gchararray, nullable): what the button says; `reason-needed` (gboolean): an empty answer
 * is none.
 *
 * Actions (foyer_door_acts_add_actions()): `undo`; `suggest`: what the verdict offers; `answer` (s);
 * `cancel-answer`; `leaving` (stateful, boolean): exit mode.
 */
G_DECLARE_FINAL_TYPE (FoyerDoorActs, foyer_door_acts, FOYER, DOOR_ACTS, GObject)

FoyerDoorActs *foyer_door_acts_new (FoyerWorkspace *workspace, FoyerLists *lists, FoyerDoor *door);
void foyer_door_acts_add_actions (FoyerDoorActs *self, GActionMap *map);
gboolean foyer_door_acts_get_asking (FoyerDoorActs *self);

G_END_DECLS
