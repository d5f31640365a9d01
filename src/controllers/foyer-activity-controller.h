/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-command-words.h"
#include "foyer-fact.h"
#include "foyer-query-model.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

/**
 * FoyerActivityFilter:
 * @FOYER_ACTIVITY_ALL: every command
 * @FOYER_ACTIVITY_WAITING: not yet at the service
 * @FOYER_ACTIVITY_NEEDS_YOU: in the inbox
 * @FOYER_ACTIVITY_SENT: at the service, or closed
 * @FOYER_ACTIVITY_REFUSED: who was not let in
 *
 * Which commands are shown: the numbers of the line that adds up, and what was said no to.
 */
typedef enum
{
  FOYER_ACTIVITY_ALL,
  FOYER_ACTIVITY_WAITING,
  FOYER_ACTIVITY_NEEDS_YOU,
  FOYER_ACTIVITY_SENT,
  FOYER_ACTIVITY_REFUSED,
} FoyerActivityFilter;

#define FOYER_TYPE_ACTIVITY_FILTER (foyer_activity_filter_get_type ())
GType foyer_activity_filter_get_type (void) G_GNUC_CONST;

#define FOYER_TYPE_ACTIVITY_CONTROLLER (foyer_activity_controller_get_type ())

/**
 * FoyerActivityController:
 *
 * What was promised to the services, newest first. Properties, notified: `commands` (FoyerQueryModel, rows of
 * FoyerCommand), `filter` (FoyerActivityFilter, writable), `search` (gchararray, writable: words of a name, a
 * product, an order or a code), `summary` (gchararray, nullable: why people were not let in), `empty` (gboolean), `empty-title`,
 * `empty-text` (gchararray: what an empty list means), `problem` (gchararray, nullable), `selected` (FoyerRow,
 * nullable, writable), `detail` (GListModel of FoyerFact: all about the selected one), `detail-title`,
 * `detail-id` (gchararray, nullable: to be copied), `active` (gboolean, writable: somebody looks).
 *
 * Signal `words-changed` (): rows read differently now.
 *
 * Actions (foyer_activity_controller_get_actions()): `filter` (stateful, string: `recorded`, `waiting`,
 * `needs-you`, `sent`, `refused`).
 */
G_DECLARE_FINAL_TYPE (FoyerActivityController,
                      foyer_activity_controller,
                      FOYER,
                      ACTIVITY_CONTROLLER,
                      GObject)

FoyerActivityController *foyer_activity_controller_new (FoyerWorkspace *workspace);
GActionGroup *foyer_activity_controller_get_actions (FoyerActivityController *self);
FoyerQueryModel *foyer_activity_controller_get_commands (FoyerActivityController *self);
GListModel *foyer_activity_controller_get_detail (FoyerActivityController *self);
FoyerActivityFilter foyer_activity_controller_get_filter (FoyerActivityController *self);
void foyer_activity_controller_set_filter (FoyerActivityController *self,
                                           FoyerActivityFilter filter);
void foyer_activity_controller_set_search (FoyerActivityController *self, const char *text);
FoyerRow *foyer_activity_controller_get_selected (FoyerActivityController *self);
void foyer_activity_controller_set_selected (FoyerActivityController *self, FoyerRow *row);
void foyer_activity_controller_set_active (FoyerActivityController *self, gboolean active);
FoyerCommandWords *foyer_activity_controller_describe (FoyerActivityController *self,
                                                       FoyerRow *row);

G_END_DECLS
