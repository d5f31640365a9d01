/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-scan.h"

G_BEGIN_DECLS

/**
 * FoyerStepKind:
 * @FOYER_STEP_CHECK_IN: redeem a ticket (entry or exit)
 * @FOYER_STEP_ANNUL: take a check-in of this desk back
 * @FOYER_STEP_REFUSAL: tell of somebody who was refused at this desk
 *
 * The steps that drivers know. A driver says which it can do.
 */
typedef enum
{
  FOYER_STEP_CHECK_IN,
  FOYER_STEP_ANNUL,
  FOYER_STEP_REFUSAL,
} FoyerStepKind;

#define FOYER_TYPE_STEP (foyer_step_get_type ())

/**
 * FoyerStep:
 * @kind: what
 * @key: idempotency key: the nonce of a redeem; of an annulment the nonce of what is annulled
 * @scan: (nullable): what was scanned; of an annulment what is annulled
 * @at: when it happened, by the service's clock, or %FOYER_TIME_NONE: of an annulment, when it was taken
 *   back
 * @simulate: ask only: the service decides and stores nothing
 * @call_log: (nullable) (element-type FoyerCall): where the driver puts the records of its calls, so that the journal can store them with the result
 *
 * One typed step that a driver performs: the unit that is sent, answered and recorded.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerStep FoyerStep;
struct _FoyerStep
{
  FoyerStepKind kind;
  char *key;
  FoyerScan *scan;
  FoyerTime at;
  gboolean simulate;
  GPtrArray *call_log;
};

GType foyer_step_get_type (void) G_GNUC_CONST;
FoyerStep *foyer_step_new (void);
FoyerStep *foyer_step_ref (FoyerStep *self);
void foyer_step_unref (FoyerStep *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerStep, foyer_step_unref)

G_END_DECLS
