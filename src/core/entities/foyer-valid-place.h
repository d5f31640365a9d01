/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_VALID_PLACE (foyer_valid_place_get_type ())

/**
 * FoyerValidPlace:
 * @list: id of another check-in list of the event; 0: no list is known, only the date
 * @name: (nullable): its name
 * @subevent: id of the ticket's series date, if that is what the place is about, or 0
 * @subevent_name: (nullable): name of the date
 * @from: when the date begins, or %FOYER_TIME_NONE
 * @rule_hint: (nullable): it is not let in there now, but will be: what time it takes, as
 *   foyer_rule_hint_make() says it
 *
 * A list, a date, where a ticket is valid that is refused here.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerValidPlace FoyerValidPlace;
struct _FoyerValidPlace
{
  gint64 list;
  char *name;
  gint64 subevent;
  char *subevent_name;
  FoyerTime from;
  char *rule_hint;
};

GType foyer_valid_place_get_type (void) G_GNUC_CONST;
FoyerValidPlace *foyer_valid_place_new (void);
FoyerValidPlace *foyer_valid_place_ref (FoyerValidPlace *self);
void foyer_valid_place_unref (FoyerValidPlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerValidPlace, foyer_valid_place_unref)

G_END_DECLS
