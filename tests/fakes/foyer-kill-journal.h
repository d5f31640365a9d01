/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-kill-point.h"
#include "foyer-journal.h"

G_BEGIN_DECLS

#define FOYER_TYPE_KILL_JOURNAL (foyer_kill_journal_get_type ())

/**
 * FoyerKillJournal:
 *
 * A journal that stands before the real one and counts
 * instants: before a transaction, before its commit, and between that and the hearing of it.
 */
G_DECLARE_FINAL_TYPE (FoyerKillJournal, foyer_kill_journal, FOYER, KILL_JOURNAL, GObject)

FoyerJournal *foyer_kill_journal_new (FoyerJournal *inner, FoyerKillPoint *point);

G_END_DECLS
