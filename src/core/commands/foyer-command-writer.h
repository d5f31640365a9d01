/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-clock.h"
#include "foyer-journal.h"

G_BEGIN_DECLS

#define FOYER_TYPE_COMMAND_WRITER (foyer_command_writer_get_type ())

/**
 * FoyerCommandWriter:
 *
 * Writes changed commands, with the audit rows that belong to them, into the journal. What comes while
 * one transaction is being written goes together into the next: many commands, one fsync.
 */
G_DECLARE_FINAL_TYPE (FoyerCommandWriter, foyer_command_writer, FOYER, COMMAND_WRITER, GObject)

/**
 * FoyerWrittenFunc:
 * @written: (nullable): the command, on disk; %NULL: it was not written
 * @error: (nullable): why; %NULL with no @written: the journal has it in another state by now
 * @user_data: the caller's own
 *
 * Called on the main context.
 */
typedef void (*FoyerWrittenFunc) (FoyerCommand *written, const GError *error, gpointer user_data);

FoyerCommandWriter *foyer_command_writer_new (FoyerJournal *journal, FoyerClock *clock);
void foyer_command_writer_write (FoyerCommandWriter *self,
                                 guint from_states,
                                 FoyerCommand *to,
                                 GPtrArray *calls,
                                 gboolean insist,
                                 FoyerWrittenFunc func,
                                 gpointer user_data);
gboolean foyer_command_writer_is_idle (FoyerCommandWriter *self);
void foyer_command_writer_give_up (FoyerCommandWriter *self);

G_END_DECLS
