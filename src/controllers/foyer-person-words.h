/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-list-choice.h"
#include "foyer-person.h"
#include "foyer-product.h"
#include "foyer-verdict-words.h"

G_BEGIN_DECLS

#define FOYER_TYPE_PERSON_WORDS (foyer_person_words_get_type ())

/**
 * FoyerPersonWords:
 * @name: the person's name, or what stands for it, safe to show
 * @ticket: product and variation, safe to show; may be empty
 * @order: code of the order, and the company if there is one, safe to show
 * @tone: what would happen if they were admitted now
 * @icon: its symbolic icon
 * @outcome: the same in one or two words
 *
 * A ticket as a list shows it. Immutable once made.
 */
typedef struct _FoyerPersonWords FoyerPersonWords;
struct _FoyerPersonWords
{
  char *name;
  char *ticket;
  char *order;
  FoyerTone tone;
  const char *icon;
  char *outcome;
};

GType foyer_person_words_get_type (void) G_GNUC_CONST;
FoyerPersonWords *
foyer_person_words_new (const FoyerPerson *person, FoyerTime now, GTimeZone *zone);
FoyerPersonWords *foyer_person_words_ref (FoyerPersonWords *self);
void foyer_person_words_unref (FoyerPersonWords *self);

FoyerPerson *foyer_person_on_list (FoyerAttendee *attendee,
                                   FoyerOrder *order,
                                   GPtrArray *products,
                                   FoyerCheckInList *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerPersonWords, foyer_person_words_unref)

G_END_DECLS
