/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-journal.h"
#include "foyer-scan.h"

G_BEGIN_DECLS

/**
 * FoyerUndoManner:
 * @FOYER_UNDO_WITHDRAWN: it had not been sent: it never will be
 * @FOYER_UNDO_ANNULLED: the service is asked to take it back
 * @FOYER_UNDO_EXIT: too late for that: an exit is entered in its place
 * @FOYER_UNDO_SETTLED: the service had refused it anyhow: the case is closed
 *
 * How an admission is taken back.
 */
typedef enum
{
  FOYER_UNDO_WITHDRAWN,
  FOYER_UNDO_ANNULLED,
  FOYER_UNDO_EXIT,
  FOYER_UNDO_SETTLED,
} FoyerUndoManner;

/**
 * FoyerUndoRequest:
 * @connection: (owned) (nullable): whose last admission, if @command is %NULL; %NULL: the last of all
 * @command: (owned) (nullable): which; %NULL: the last that was not taken back yet
 * @reason: (owned) (nullable): why
 * @actor: (owned) (nullable): who
 * @id: (owned): id of the command, if there will be one
 * @key: (owned): its key
 * @created: the laptop's clock
 * @door_time: when it is taken back
 * @unsure: @door_time is a guess
 *
 * Everything that foyer_undo_make() needs. Not changed by it.
 */
typedef struct
{
  char *connection;
  char *command;
  char *reason;
  char *actor;
  char *id;
  char *key;
  FoyerTime created;
  FoyerTime door_time;
  gboolean unsure;
} FoyerUndoRequest;

/**
 * FoyerUndo:
 * @manner: how
 * @command: (owned): what says so in the journal: the undo or the exit, else the admission itself
 * @scan: (owned): what was scanned at that time
 * @undone: (owned): id of the admission
 *
 * What became of it.
 */
typedef struct
{
  FoyerUndoManner manner;
  FoyerCommand *command;
  FoyerScan *scan;
  char *undone;
} FoyerUndo;

void foyer_undo_request_free (FoyerUndoRequest *self);
void foyer_undo_free (FoyerUndo *self);
FoyerCommand *
foyer_undo_find_last (FoyerTransaction *transaction, const char *connection, GError **error);
gboolean
foyer_undo_make (FoyerTransaction *transaction, gpointer request, gpointer *undo, GError **error);
FoyerCommand *foyer_undo_make_exit (const FoyerCommand *undone,
                                    FoyerTime door_time,
                                    FoyerTime created,
                                    const char *id,
                                    const char *key,
                                    const char *undoes,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerUndoRequest, foyer_undo_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerUndo, foyer_undo_free)

G_END_DECLS
