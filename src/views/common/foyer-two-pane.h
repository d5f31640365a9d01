/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOYER_TYPE_TWO_PANE (foyer_two_pane_get_type ())

/**
 * FoyerTwoPane:
 *
 * Something large with something small beside it, or, where it is narrow, under it.
 *
 * Properties: `main`, `side` (GtkWidget), `threshold` (int, pixels): the width from which they are beside each
 * other; `stacked` (gboolean, read-only): one is under the other. Style classes: `stacked`; `roomy` while
 * the large one has plenty of room.
 */
G_DECLARE_FINAL_TYPE (FoyerTwoPane, foyer_two_pane, FOYER, TWO_PANE, GtkWidget)

gboolean foyer_two_pane_get_stacked (FoyerTwoPane *self);

G_END_DECLS
