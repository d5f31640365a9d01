/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-admission-candidate.h"
#include "foyer-admission-place.h"

G_BEGIN_DECLS

#define FOYER_TYPE_ADMISSION_FACTS (foyer_admission_facts_get_type ())

/**
 * FoyerAdmissionFacts:
 * @code: the code as scanned, trimmed
 * @places: (element-type FoyerAdmissionPlace): the lists scanned for, of different events
 * @candidates: (element-type FoyerAdmissionCandidate): main tickets first; canceled ones too, which the rules treat
 * @revoked: the code is on the revoked list of one of the events
 * @complete: the copy holds the whole event: "unknown" means something
 * @as_of: service's time of the last complete sync, or %FOYER_TIME_NONE
 *
 * Everything the copy knows that the decision on a scan needs: gathered by the store in one transaction,
 * judged by a pure function (core/rules).
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerAdmissionFacts FoyerAdmissionFacts;
struct _FoyerAdmissionFacts
{
  char *code;
  GPtrArray *places;
  GPtrArray *candidates;
  gboolean revoked;
  gboolean complete;
  FoyerTime as_of;
};

GType foyer_admission_facts_get_type (void) G_GNUC_CONST;
FoyerAdmissionFacts *foyer_admission_facts_new (void);
FoyerAdmissionFacts *foyer_admission_facts_ref (FoyerAdmissionFacts *self);
void foyer_admission_facts_unref (FoyerAdmissionFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerAdmissionFacts, foyer_admission_facts_unref)

G_END_DECLS
