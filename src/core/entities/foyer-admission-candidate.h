/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-order.h"
#include "foyer-product.h"
#include "foyer-question.h"
#include "foyer-subevent.h"

G_BEGIN_DECLS

#define FOYER_TYPE_ADMISSION_CANDIDATE (foyer_admission_candidate_get_type ())

/**
 * FoyerAdmissionCandidate:
 * @order: its order, without tickets inside
 * @attendee: the ticket; its check-ins are those of the list of its place, the waiting ones included
 * @product: (nullable): its product, if the copy has it
 * @subevent: (nullable): its series date
 * @questions: (nullable) (element-type FoyerQuestion): what is asked of it at the door
 * @place: index into the facts' places
 * @through_main: found by its main ticket's code (the list matches add-ons)
 * @by_signature: the copy does not have it: its own code says what it is, and its signature is good
 *
 * One ticket that a code may stand for.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerAdmissionCandidate FoyerAdmissionCandidate;
struct _FoyerAdmissionCandidate
{
  FoyerOrder *order;
  FoyerAttendee *attendee;
  FoyerProduct *product;
  FoyerSubevent *subevent;
  GPtrArray *questions;
  guint place;
  gboolean through_main;
  gboolean by_signature;
};

GType foyer_admission_candidate_get_type (void) G_GNUC_CONST;
FoyerAdmissionCandidate *foyer_admission_candidate_new (void);
FoyerAdmissionCandidate *foyer_admission_candidate_ref (FoyerAdmissionCandidate *self);
void foyer_admission_candidate_unref (FoyerAdmissionCandidate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerAdmissionCandidate, foyer_admission_candidate_unref)

G_END_DECLS
