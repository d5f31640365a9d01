/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-call.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CALL_WORDS (foyer_call_words_get_type ())

/**
 * FoyerCallWords:
 * @at: when, to the second
 * @connection: of which connection, safe to show
 * @request: what was asked
 * @answer: what came, and how long it took
 * @failed: it was not answered, or with an error
 *
 * A call to the outside as the audit shows it. Immutable once made.
 */
typedef struct _FoyerCallWords FoyerCallWords;
struct _FoyerCallWords
{
  char *at;
  char *connection;
  char *request;
  char *answer;
  gboolean failed;
};

GType foyer_call_words_get_type (void) G_GNUC_CONST;
FoyerCallWords *foyer_call_words_new (const FoyerCall *call);
FoyerCallWords *foyer_call_words_ref (FoyerCallWords *self);
void foyer_call_words_unref (FoyerCallWords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerCallWords, foyer_call_words_unref)

char *foyer_call_words_for_duration (gint64 microseconds);

G_END_DECLS
