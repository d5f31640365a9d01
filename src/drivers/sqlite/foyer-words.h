/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-attendee.h"
#include "foyer-order.h"

G_BEGIN_DECLS

char *foyer_words_of_order (const FoyerOrder *order);
char *foyer_words_of_attendee (const FoyerAttendee *attendee,
                               const FoyerOrder *order,
                               const char *order_words);
char *foyer_words_sort_key (const char *name);
gboolean foyer_words_have_prefix (const char *words, const char *word);

G_END_DECLS
