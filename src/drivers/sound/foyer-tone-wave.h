/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FoyerSoundTone:
 * @FOYER_SOUND_GO: one high tone
 * @FOYER_SOUND_CARE: two middle ones
 * @FOYER_SOUND_STOP: one long low one
 *
 * What a verdict sounds like: told apart by height, by number and by length.
 */
typedef enum
{
  FOYER_SOUND_GO,
  FOYER_SOUND_CARE,
  FOYER_SOUND_STOP,
} FoyerSoundTone;

#define FOYER_N_SOUND_TONES (FOYER_SOUND_STOP + 1)

GBytes *foyer_tone_wave_new (FoyerSoundTone tone);
const char *foyer_tone_get_name (FoyerSoundTone tone);

G_END_DECLS
