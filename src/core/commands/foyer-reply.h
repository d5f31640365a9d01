/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admission.h"
#include "foyer-step-result.h"

G_BEGIN_DECLS

FoyerAdmission *foyer_reply_to_admission (FoyerStepResult *answer, FoyerAdmission *desk);
FoyerAdmission *foyer_reply_confirm (FoyerAdmission *desk);
FoyerAdmission *foyer_reply_refuse (FoyerAdmission *desk, const char *result_json);
FoyerAdmission *foyer_reply_lacking (FoyerAdmission *desk);
FoyerStepResult *foyer_reply_as_asked (FoyerStepResult *answer);

G_END_DECLS
