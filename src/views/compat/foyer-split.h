/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOYER_TYPE_SPLIT (foyer_split_get_type ())

/**
 * FoyerSplit:
 *
 * A sidebar beside a content; where there is no room for both, one of them.
 *
 * Properties: `sidebar`, `content` (GtkWidget), `show-content` (gboolean): which one where there is room for
 * one; `collapsed` (gboolean, read-only): there is room for one; `needs-back-button` (gboolean,
 * read-only): the content must offer the way back itself.
 */
G_DECLARE_FINAL_TYPE (FoyerSplit, foyer_split, FOYER, SPLIT, GtkWidget)

void foyer_split_set_show_content (FoyerSplit *self, gboolean show_content);
gboolean foyer_split_get_collapsed (FoyerSplit *self);

G_END_DECLS
