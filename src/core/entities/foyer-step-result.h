/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-order.h"
#include "foyer-question.h"

G_BEGIN_DECLS

/**
 * FoyerStepOutcome:
 * @FOYER_STEP_DONE: the service has done it (or had done it before)
 * @FOYER_STEP_REFUSED: the service said no; see reason
 * @FOYER_STEP_NEEDS_ANSWERS: the service wants questions answered first
 */
typedef enum
{
  FOYER_STEP_DONE,
  FOYER_STEP_REFUSED,
  FOYER_STEP_NEEDS_ANSWERS,
} FoyerStepOutcome;

#define FOYER_TYPE_STEP_RESULT (foyer_step_result_get_type ())

/**
 * FoyerStepResult:
 * @outcome: done, refused, or answers needed
 * @reason: (nullable): the service's own word for a refusal (contracts/pretix-checkin.md 5)
 * @explanation: (nullable): the service's sentence: shown, never compared
 * @attention: the person at the door must look closer
 * @texts: (nullable): what to tell the person at the door
 * @list: the list that decided, or 0
 * @order: (nullable): what the answer says of the order (code, status); no tickets inside
 * @attendee: (nullable): the ticket as answered; its check-ins are those *before* this step
 * @questions: (nullable) (element-type FoyerQuestion): what is still to be answered
 * @replayed: the service says it had this very step already
 * @answered: when the service answered, by its own clock, or %FOYER_TIME_NONE: pages made before it do not
 *   know of the step
 *
 * A service's answer to a step. That there is no answer is a GError.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerStepResult FoyerStepResult;
struct _FoyerStepResult
{
  FoyerStepOutcome outcome;
  char *reason;
  char *explanation;
  gboolean attention;
  GStrv texts;
  gint64 list;
  FoyerOrder *order;
  FoyerAttendee *attendee;
  GPtrArray *questions;
  gboolean replayed;
  FoyerTime answered;
};

GType foyer_step_result_get_type (void) G_GNUC_CONST;
FoyerStepResult *foyer_step_result_new (void);
FoyerStepResult *foyer_step_result_ref (FoyerStepResult *self);
void foyer_step_result_unref (FoyerStepResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerStepResult, foyer_step_result_unref)

char *foyer_step_result_to_json (const FoyerStepResult *self);

G_END_DECLS
