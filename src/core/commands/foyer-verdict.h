/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admission.h"

G_BEGIN_DECLS

#define FOYER_TYPE_VERDICT (foyer_verdict_get_type ())

/**
 * FoyerVerdict:
 * @admission: (owned): the decision that stands
 * @scan: (owned) (nullable): what was scanned, with the door time
 * @command: (nullable): id of the command that carries an admission; %NULL for a refusal
 * @by_service: the service decided in time; else the desk did
 * @unsure: the door time is the laptop's guess
 * @asked: the service was asked (and, if not @by_service, did not answer in time)
 *
 * What the person at the door is told. Immutable once made.
 */
typedef struct _FoyerVerdict FoyerVerdict;
struct _FoyerVerdict
{
  FoyerAdmission *admission;
  struct _FoyerScan *scan;
  char *command;
  gboolean by_service;
  gboolean unsure;
  gboolean asked;
};

GType foyer_verdict_get_type (void) G_GNUC_CONST;
FoyerVerdict *foyer_verdict_new (void);
FoyerVerdict *foyer_verdict_ref (FoyerVerdict *self);
void foyer_verdict_unref (FoyerVerdict *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerVerdict, foyer_verdict_unref)

G_END_DECLS
