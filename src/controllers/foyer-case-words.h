/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-command.h"

G_BEGIN_DECLS

/**
 * FoyerCaseContext:
 * @list_name: (nullable): name of the list it happened at, safe to show
 * @their_list_name: (nullable): name of the list of the service's entry, safe to show
 * @desk_device: number of this desk's device, or 0
 * @zone: (nullable): the event's zone; %NULL is the laptop's
 * @now: door time
 *
 * What the words need besides the command.
 */
typedef struct
{
  const char *list_name;
  const char *their_list_name;
  gint64 desk_device;
  GTimeZone *zone;
  FoyerTime now;
} FoyerCaseContext;

#define FOYER_TYPE_CASE_WORDS (foyer_case_words_get_type ())

/**
 * FoyerCaseWords:
 * @name: whom it is about, safe to show
 * @ticket: product and order, safe to show; may be empty
 * @headline: what is the matter, in two or three words
 * @ours: what happened here
 * @ours_at: when
 * @ours_by: (nullable): where and by which desk
 * @theirs: what the service says
 * @theirs_at: (nullable): when
 * @theirs_by: (nullable): where and by which desk
 * @meaning: one or two sentences: what that means
 * @keep: the answer by which what happened here stands, as a button says it
 * @accept: the answer by which the service's word stands
 *
 * A case of the inbox in words. Immutable once made.
 */
typedef struct _FoyerCaseWords FoyerCaseWords;
struct _FoyerCaseWords
{
  char *name;
  char *ticket;
  char *headline;
  char *ours;
  char *ours_at;
  char *ours_by;
  char *theirs;
  char *theirs_at;
  char *theirs_by;
  char *meaning;
  char *keep;
  char *accept;
};

GType foyer_case_words_get_type (void) G_GNUC_CONST;
FoyerCaseWords *foyer_case_words_new (const FoyerCommand *command, const FoyerCaseContext *context);
FoyerCaseWords *foyer_case_words_ref (FoyerCaseWords *self);
void foyer_case_words_unref (FoyerCaseWords *self);
gint64 foyer_case_words_find_their_list (const FoyerCommand *command);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerCaseWords, foyer_case_words_unref)

G_END_DECLS
