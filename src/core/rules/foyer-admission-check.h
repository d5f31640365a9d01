/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admission.h"
#include "foyer-scan.h"

G_BEGIN_DECLS

/**
 * FoyerAdmissionFlags:
 * @FOYER_ADMISSION_AS_DESK: decide as a desk does that has nothing but its copy: `force` is not looked at,
 *   canceled tickets are seen and named, what the copy cannot know is not certain
 * @FOYER_ADMISSION_AS_SERVICE: decide as the service does: `force` passes what it passes there, canceled
 *   tickets are invisible, everything is certain
 * @FOYER_ADMISSION_QUESTIONS_UNSUPPORTED: open questions hold nobody (the request's `questions_supported`)
 * @FOYER_ADMISSION_INDIRECT: no live ticket has the code: the candidates are those of a medium, or those a
 *   revoked code once belonged to; being canceled or of another date does not drop them
 * @FOYER_ADMISSION_MEDIUM: a medium was scanned, or is given in exchange in the same request, or the ticket
 *   has one already and its organiser does not insist on it
 *
 * How to decide.
 */
typedef enum /*< flags >*/
{
  FOYER_ADMISSION_AS_DESK = 0,
  FOYER_ADMISSION_AS_SERVICE = 1 << 0,
  FOYER_ADMISSION_QUESTIONS_UNSUPPORTED = 1 << 1,
  FOYER_ADMISSION_INDIRECT = 1 << 2,
  FOYER_ADMISSION_MEDIUM = 1 << 3,
} FoyerAdmissionFlags;

FoyerAdmission *foyer_admission_decide (FoyerAdmissionFacts *facts, FoyerScan *scan);
FoyerAdmission *
foyer_admission_check (FoyerAdmissionFacts *facts, FoyerScan *scan, FoyerAdmissionFlags flags);
gboolean foyer_admission_stores_answers (FoyerAdmission *admission, FoyerScan *scan);

G_END_DECLS
