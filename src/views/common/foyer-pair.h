/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOYER_TYPE_PAIR (foyer_pair_get_type ())

/**
 * FoyerPair:
 *
 * Two things of equal weight: beside each other, equally wide, or, where it is narrow, one under the other.
 *
 * Properties: `first`, `second` (GtkWidget), `threshold` (int, pixels): the width from which they are beside
 * each other; `spacing` (int, pixels).
 */
G_DECLARE_FINAL_TYPE (FoyerPair, foyer_pair, FOYER, PAIR, GtkWidget)

G_END_DECLS
