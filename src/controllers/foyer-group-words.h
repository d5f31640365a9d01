/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-verdict-words.h"

G_BEGIN_DECLS

FoyerVerdictWords *foyer_group_words_new (GPtrArray *members);

G_END_DECLS
