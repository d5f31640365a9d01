/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-verdict-words.h"

G_BEGIN_DECLS

#define FOYER_TYPE_VERDICT_VIEW (foyer_verdict_view_get_type ())

/**
 * FoyerVerdictView:
 *
 * The surface that is read from two metres. Property `words` (FoyerVerdictWords, nullable, writable).
 */
G_DECLARE_FINAL_TYPE (FoyerVerdictView, foyer_verdict_view, FOYER, VERDICT_VIEW, AdwBin)

GtkWidget *foyer_verdict_view_new (void);
void foyer_verdict_view_set_words (FoyerVerdictView *self, FoyerVerdictWords *words);
const char *foyer_tone_to_css_class (FoyerTone tone);

G_END_DECLS
