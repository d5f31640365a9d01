/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-undo.h"
#include "foyer-verdict-words.h"

G_BEGIN_DECLS

FoyerVerdictWords *foyer_undo_words_new (const FoyerUndo *undo);
FoyerVerdictWords *foyer_undo_words_new_for_error (const GError *error);

G_END_DECLS
