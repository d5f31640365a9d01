/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-admission-facts.h"
#include "foyer-valid-place.h"

G_BEGIN_DECLS

/**
 * FoyerAdmissionResult:
 * @FOYER_ADMISSION_ADMITTED: let in
 * @FOYER_ADMISSION_REFUSED: not let in; see the reason
 * @FOYER_ADMISSION_QUESTIONS: questions must be answered first
 */
typedef enum
{
  FOYER_ADMISSION_ADMITTED,
  FOYER_ADMISSION_REFUSED,
  FOYER_ADMISSION_QUESTIONS,
} FoyerAdmissionResult;

#define FOYER_TYPE_ADMISSION (foyer_admission_get_type ())

/**
 * FoyerAdmission:
 * @result: in, not in, or questions first
 * @reason: (nullable): the service's own word for a refusal; %NULL if admitted
 * @explanation: (nullable): the service's sentence, if the service decided
 * @certain: %FALSE: the copy cannot know (unknown code in an incomplete copy, a medium, rules it cannot evaluate): ask the service
 * @by_service: the service decided, not the desk
 * @forced: let in, or held later, only because `force` passed a check (whoever plays the service)
 * @place: (nullable): where
 * @candidate: (nullable): whom
 * @attention: the person at the door must look closer
 * @texts: (nullable): what to tell the person at the door: order's, variation's, product's
 * @questions: (nullable) (element-type FoyerQuestion): what is still to be answered
 * @previous: (nullable): for already_redeemed: the entry that used it
 * @unpaid_may_enter: for unpaid: the list permits staff to let them in
 * @rule_hint: (nullable): for rules: JSON array of the false comparisons of the easiest way in, hardest left out
 * @valid_at: (nullable) (element-type FoyerValidPlace): for a refusal here: where and when the ticket is valid
 *
 * The decision on a scan.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerAdmission FoyerAdmission;
struct _FoyerAdmission
{
  FoyerAdmissionResult result;
  char *reason;
  char *explanation;
  gboolean certain;
  gboolean by_service;
  gboolean forced;
  FoyerAdmissionPlace *place;
  FoyerAdmissionCandidate *candidate;
  gboolean attention;
  GStrv texts;
  GPtrArray *questions;
  FoyerCheckIn *previous;
  gboolean unpaid_may_enter;
  char *rule_hint;
  GPtrArray *valid_at;
};

GType foyer_admission_get_type (void) G_GNUC_CONST;
FoyerAdmission *foyer_admission_new (void);
FoyerAdmission *foyer_admission_ref (FoyerAdmission *self);
void foyer_admission_unref (FoyerAdmission *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerAdmission, foyer_admission_unref)

G_END_DECLS
