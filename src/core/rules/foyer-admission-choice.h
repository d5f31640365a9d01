/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admission-facts.h"

G_BEGIN_DECLS

/**
 * FoyerAdmissionChoice:
 * @candidate: (nullable): the ticket to go on with; the first of them if there are several
 * @several: the code stands for several tickets
 * @canceled: (nullable): no live ticket has the code, but this canceled one
 * @other_date: (nullable): no ticket of the list's date has the code, but this one
 *
 * Which ticket a code means. Nothing in it is owned.
 */
typedef struct
{
  FoyerAdmissionCandidate *candidate;
  gboolean several;
  FoyerAdmissionCandidate *canceled;
  FoyerAdmissionCandidate *other_date;
} FoyerAdmissionChoice;

FoyerAdmissionChoice
foyer_admission_choose (FoyerAdmissionFacts *facts, FoyerTime now, gboolean indirect);

G_END_DECLS
