/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-order.h"

G_BEGIN_DECLS

#define FOYER_TYPE_PERSON (foyer_person_get_type ())

/**
 * FoyerPerson:
 * @attendee: the ticket
 * @order: its order, without tickets inside
 * @product: (nullable): name of the product
 * @variation: (nullable): name of the variation
 * @admitted_at: first entry on the list asked for, or %FOYER_TIME_NONE
 * @inside: whether the newest scan on that list is an entry
 * @on_list: whether the list asked for has the ticket (product, date)
 * @waiting: whether one of its admissions waits to be sent
 *
 * A row of people lists: a ticket with what a list shows of it, waiting commands laid over.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerPerson FoyerPerson;
struct _FoyerPerson
{
  FoyerAttendee *attendee;
  FoyerOrder *order;
  char *product;
  char *variation;
  FoyerTime admitted_at;
  gboolean inside;
  gboolean on_list;
  gboolean waiting;
};

GType foyer_person_get_type (void) G_GNUC_CONST;
FoyerPerson *foyer_person_new (void);
FoyerPerson *foyer_person_ref (FoyerPerson *self);
void foyer_person_unref (FoyerPerson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerPerson, foyer_person_unref)

G_END_DECLS
