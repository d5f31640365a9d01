/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FOYER_REPEAT_WINDOW (2 * G_TIME_SPAN_SECOND)

/**
 * FoyerRepeats:
 *
 * Knows a code that has just been scanned: a scanner in its stand reads the same ticket again as long as it
 * sees it, and that is one guest.
 */
typedef struct _FoyerRepeats FoyerRepeats;

FoyerRepeats *foyer_repeats_new (void);
void foyer_repeats_free (FoyerRepeats *self);
gboolean foyer_repeats_see (FoyerRepeats *self, const char *code, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerRepeats, foyer_repeats_free)

G_END_DECLS
