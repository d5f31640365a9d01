/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-tone-wave.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SOUND (foyer_sound_get_type ())

/**
 * FoyerSound:
 *
 * The loudspeaker. Property `enabled` (gboolean, writable, default %TRUE).
 */
G_DECLARE_FINAL_TYPE (FoyerSound, foyer_sound, FOYER, SOUND, GObject)

FoyerSound *foyer_sound_new (void);
void foyer_sound_play (FoyerSound *self, FoyerSoundTone tone);

G_END_DECLS
