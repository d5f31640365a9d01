/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"
#include "foyer-journal.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CALL_RECORDER (foyer_call_recorder_get_type ())

/**
 * FoyerCallRecorder:
 *
 * Writes the audit rows of calls that belong to no command (reads, mostly) into the journal, many at a
 * time.
 */
G_DECLARE_FINAL_TYPE (FoyerCallRecorder, foyer_call_recorder, FOYER, CALL_RECORDER, GObject)

FoyerCallRecorder *foyer_call_recorder_new (FoyerJournal *journal, FoyerClock *clock);
void foyer_call_recorder_record (FoyerCallRecorder *self, FoyerCall *call);
void foyer_call_recorder_flush (FoyerCallRecorder *self);
gboolean foyer_call_recorder_is_idle (FoyerCallRecorder *self);

G_END_DECLS
