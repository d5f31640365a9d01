/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tones, reckoned: RIFF/WAVE, PCM, one channel, 16 bits, 22,050 per second. */

#define G_LOG_DOMAIN "foyer-sound"

#include "foyer-tone-wave.h"

#include <math.h>
#include <string.h>

#define RATE 22050
#define PEAK 14000.0
#define RAMP_SECONDS 0.008
#define HEADER_SIZE 44

typedef struct
{
  const char *name;
  double hertz;
  double seconds;
  double pause;
  int times;
} Tone;

static const Tone tones[FOYER_N_SOUND_TONES] = {
  [FOYER_SOUND_GO] = { "go", 1320, 0.14, 0, 1 },
  [FOYER_SOUND_CARE] = { "care", 700, 0.13, 0.09, 2 },
  [FOYER_SOUND_STOP] = { "stop", 220, 0.55, 0, 1 },
};

/**
 * foyer_tone_get_name:
 * @tone: a tone
 *
 * Returns: (transfer none): its name
 */
const char *
foyer_tone_get_name (FoyerSoundTone tone)
{
  g_return_val_if_fail ((guint)tone < FOYER_N_SOUND_TONES, NULL);

  return tones[tone].name;
}

static void
append_uint (GByteArray *bytes, guint32 value, guint size)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *)&little, size);
}

static void
append_word (GByteArray *bytes, const char *word)
{
  g_byte_array_append (bytes, (const guint8 *)word, 4);
}

/* Swells and fades, for a tone cut off sharply clicks; the octave above makes it carry in noise. */
static void
append_tone (GByteArray *samples, const Tone *tone)
{
  guint n = (guint)(tone->seconds * RATE);

  for (guint i = 0; i < n; i++)
    {
      double at = (double)i / RATE;
      double edge = MIN (at, tone->seconds - at) / RAMP_SECONDS;
      double wave = 0.7 * sin (2 * G_PI * tone->hertz * at)
                    + 0.3 * sin (4 * G_PI * tone->hertz * at);

      append_uint (samples, (guint32)(gint32)(PEAK * wave * CLAMP (edge, 0, 1)), 2);
    }
}

/**
 * foyer_tone_wave_new:
 * @tone: a tone
 *
 * Returns: (transfer full): a sound file
 */
GBytes *
foyer_tone_wave_new (FoyerSoundTone tone)
{
  g_autoptr (GByteArray) samples = g_byte_array_new ();
  GByteArray *file = g_byte_array_new ();
  const Tone *what;

  g_return_val_if_fail ((guint)tone < FOYER_N_SOUND_TONES, NULL);

  what = &tones[tone];
  for (int i = 0; i < what->times; i++)
    {
      append_tone (samples, what);
      for (guint silent = 0; silent < (guint)(what->pause * RATE); silent++)
        append_uint (samples, 0, 2);
    }

  append_word (file, "RIFF");
  append_uint (file, HEADER_SIZE - 8 + samples->len, 4);
  append_word (file, "WAVE");
  append_word (file, "fmt ");
  append_uint (file, 16, 4);
  append_uint (file, 1, 2);        /* PCM */
  append_uint (file, 1, 2);        /* channels */
  append_uint (file, RATE, 4);     /* samples a second */
  append_uint (file, RATE * 2, 4); /* bytes a second */
  append_uint (file, 2, 2);        /* bytes a sample */
  append_uint (file, 16, 2);       /* bits a sample */
  append_word (file, "data");
  append_uint (file, samples->len, 4);
  g_byte_array_append (file, samples->data, samples->len);
  return g_byte_array_free_to_bytes (file);
}
