/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-case-words.h"
#include "foyer-query-model.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

#define FOYER_TYPE_INBOX_CONTROLLER (foyer_inbox_controller_get_type ())

/**
 * FoyerInboxController:
 *
 * The cases that need a person. Properties, notified: `cases` (FoyerQueryModel, rows of FoyerCommand, newest
 * first, at most a hundred at a time), `empty` (gboolean: there is none, and that is known), `rest-text`
 * (gchararray, nullable: how many more there are), `problem` (gchararray, nullable: why an answer was
 * not taken, or the cases could not be read), `active` (gboolean, writable: somebody looks; only then it
 * follows the journal).
 *
 * Signals: `settled` (gchararray): an answer is on disk, in a sentence; `words-changed` (): cases read
 * differently now.
 */
G_DECLARE_FINAL_TYPE (FoyerInboxController,
                      foyer_inbox_controller,
                      FOYER,
                      INBOX_CONTROLLER,
                      GObject)

FoyerInboxController *foyer_inbox_controller_new (FoyerWorkspace *workspace);
FoyerQueryModel *foyer_inbox_controller_get_cases (FoyerInboxController *self);
gboolean foyer_inbox_controller_get_empty (FoyerInboxController *self);
void foyer_inbox_controller_set_active (FoyerInboxController *self, gboolean active);
FoyerCaseWords *foyer_inbox_controller_describe (FoyerInboxController *self, FoyerRow *row);
gboolean foyer_inbox_controller_is_busy (FoyerInboxController *self, FoyerRow *row);
void foyer_inbox_controller_keep (FoyerInboxController *self, FoyerRow *row, const char *note);
void foyer_inbox_controller_accept (FoyerInboxController *self, FoyerRow *row, const char *note);

G_END_DECLS
