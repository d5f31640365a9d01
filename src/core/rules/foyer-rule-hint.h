/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-rule-machine.h"

G_BEGIN_DECLS

char *foyer_rule_hint_make (const FoyerRuleMachine *machine);

G_END_DECLS
