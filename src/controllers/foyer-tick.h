/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_TICK (foyer_tick_get_type ())

/**
 * FoyerTick:
 *
 * Something that a person ticks or not, one of several. Properties: `title` (gchararray, read-only,
 * safe to show), `number` (gint64, read-only), `ticked` (gboolean, writable, notified).
 */
G_DECLARE_FINAL_TYPE (FoyerTick, foyer_tick, FOYER, TICK, GObject)

FoyerTick *foyer_tick_new (const char *title, gint64 number, gboolean ticked);
const char *foyer_tick_get_title (FoyerTick *self);
gint64 foyer_tick_get_number (FoyerTick *self);
gboolean foyer_tick_get_ticked (FoyerTick *self);
void foyer_tick_set_ticked (FoyerTick *self, gboolean ticked);

G_END_DECLS
