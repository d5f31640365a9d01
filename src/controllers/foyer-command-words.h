/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-command.h"
#include "foyer-scan.h"

G_BEGIN_DECLS

/**
 * FoyerCommandTone:
 * @FOYER_COMMAND_QUIET: nothing to do: it is at the service
 * @FOYER_COMMAND_WAITS: it is on its way
 * @FOYER_COMMAND_CALLS: a person must decide
 *
 * How a command's state looks.
 */
typedef enum
{
  FOYER_COMMAND_QUIET,
  FOYER_COMMAND_WAITS,
  FOYER_COMMAND_CALLS,
} FoyerCommandTone;

#define FOYER_TYPE_COMMAND_WORDS (foyer_command_words_get_type ())

/**
 * FoyerCommandWords:
 * @at: when it happened
 * @name: whom it is about, safe to show
 * @ticket: product and order, safe to show; may be empty
 * @what: what was done: "Let in"
 * @place: (nullable): name of the list
 * @state: how far it is, in a word or two
 * @state_sentence: the same in a sentence
 * @icon: symbolic icon of the state
 * @tone: how the state looks
 * @attempts: how often it was sent, in words
 *
 * A command as a list shows it. Immutable once made.
 */
typedef struct _FoyerCommandWords FoyerCommandWords;
struct _FoyerCommandWords
{
  char *at;
  char *name;
  char *ticket;
  const char *what;
  char *place;
  const char *state;
  const char *state_sentence;
  const char *icon;
  FoyerCommandTone tone;
  char *attempts;
};

GType foyer_command_words_get_type (void) G_GNUC_CONST;
FoyerCommandWords *foyer_command_words_new (const FoyerCommand *command,
                                            const char *list_name,
                                            FoyerTime now,
                                            GTimeZone *zone);
FoyerCommandWords *foyer_command_words_ref (FoyerCommandWords *self);
void foyer_command_words_unref (FoyerCommandWords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerCommandWords, foyer_command_words_unref)

char *foyer_command_words_for_name (const FoyerScan *scan);
char *foyer_command_words_for_ticket (const FoyerScan *scan);
const char *foyer_command_words_for_kind (FoyerCommandKind kind);
gint64 foyer_command_words_find_list (const FoyerScan *scan);

G_END_DECLS
