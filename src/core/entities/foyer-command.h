/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

/**
 * FoyerCommandKind:
 * @FOYER_COMMAND_CHECK_IN: somebody was let in (a report)
 * @FOYER_COMMAND_EXIT: somebody went out (a report)
 * @FOYER_COMMAND_UNDO: an admission of this desk is taken back (a report)
 * @FOYER_COMMAND_REFUSAL: somebody was refused at this desk (a report)
 *
 * What a command asks an outside service to do.
 */
typedef enum
{
  FOYER_COMMAND_CHECK_IN,
  FOYER_COMMAND_EXIT,
  FOYER_COMMAND_UNDO,
  FOYER_COMMAND_REFUSAL,
} FoyerCommandKind;

/**
 * FoyerCommandState:
 * @FOYER_STATE_PENDING: on disk, not sent
 * @FOYER_STATE_SENDING: being sent, or it was when the process ended
 * @FOYER_STATE_UNKNOWN: sent, no answer: looked up before it is sent again
 * @FOYER_STATE_DONE: the service has it
 * @FOYER_STATE_NEEDS_YOU: the service refused, or somebody else was first: in the inbox
 * @FOYER_STATE_SETTLED: closed by a person, or refused by the service while the person at the door
 *   still waited for the verdict and was told so
 * @FOYER_STATE_WITHDRAWN: undone before it was sent
 *
 * recorded = sent (done + settled + withdrawn) + waiting (pending + sending + unknown) + needs you.
 */
typedef enum
{
  FOYER_STATE_PENDING,
  FOYER_STATE_SENDING,
  FOYER_STATE_UNKNOWN,
  FOYER_STATE_DONE,
  FOYER_STATE_NEEDS_YOU,
  FOYER_STATE_SETTLED,
  FOYER_STATE_WITHDRAWN,
} FoyerCommandState;

#define FOYER_TYPE_COMMAND (foyer_command_get_type ())

/**
 * FoyerCommand:
 * @row: number in the journal: the order of things; 0 before it is stored
 * @id: UUIDv7
 * @kind: what
 * @connection: name of the connection that carries it out
 * @target: what it acts on; order is kept among commands of one target: `ATTENDEE:LIST` for a report
 * @arguments: JSON object; for check-ins and exits a FoyerScan
 * @key: idempotency key: the nonce of a redeem; never used twice
 * @created: laptop's clock, for information only
 * @door_time: when it really happened, by the service's clock
 * @unsure: @door_time is the laptop's guess: the service was not heard before
 * @actor: (nullable): who
 * @desk: (nullable): where: the desk's name
 * @state: how far it is
 * @attempts: times it was sent
 * @not_before: not to be sent before this instant (laptop's clock), or %FOYER_TIME_NONE
 * @result: (nullable): JSON object: what the service answered; see foyer_step_result_to_json()
 * @problem: (nullable): JSON object of a command that needs (or needed) a person: `{"kind","reason","explanation","theirs":{...}}`
 * @note: (nullable): what the person who settled it wrote
 *
 * A thing we promised to do at an outside service. It is in the journal before anything is sent.
 * A changed command is a new value (foyer_command_copy()), written back whole.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerCommand FoyerCommand;
struct _FoyerCommand
{
  gint64 row;
  char *id;
  FoyerCommandKind kind;
  char *connection;
  char *target;
  char *arguments;
  char *key;
  FoyerTime created;
  FoyerTime door_time;
  gboolean unsure;
  char *actor;
  char *desk;
  FoyerCommandState state;
  int attempts;
  FoyerTime not_before;
  char *result;
  char *problem;
  char *note;
};

GType foyer_command_get_type (void) G_GNUC_CONST;
FoyerCommand *foyer_command_new (void);
FoyerCommand *foyer_command_ref (FoyerCommand *self);
void foyer_command_unref (FoyerCommand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerCommand, foyer_command_unref)

FoyerCommand *foyer_command_copy (const FoyerCommand *self);
gboolean foyer_command_state_is_waiting (FoyerCommandState state);
const char *foyer_command_kind_to_word (FoyerCommandKind kind);
gboolean foyer_command_kind_from_word (const char *word, FoyerCommandKind *kind);
const char *foyer_command_state_to_word (FoyerCommandState state);
gboolean foyer_command_state_from_word (const char *word, FoyerCommandState *state);

G_END_DECLS
