/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-sound.h"

#include <string.h>

static guint32
read_uint (const guint8 *at)
{
  return at[0] | (guint32)at[1] << 8 | (guint32)at[2] << 16 | (guint32)at[3] << 24;
}

static void
test_files (void)
{
  gsize sizes[FOYER_N_SOUND_TONES];

  for (guint i = 0; i < FOYER_N_SOUND_TONES; i++)
    {
      g_autoptr (GBytes) wave = foyer_tone_wave_new ((FoyerSoundTone)i);
      const guint8 *data = g_bytes_get_data (wave, &sizes[i]);

      g_assert_cmpmem (data, 4, "RIFF", 4);
      g_assert_cmpuint (read_uint (data + 4), ==, sizes[i] - 8);
      g_assert_cmpmem (data + 8, 8, "WAVEfmt ", 8);
      g_assert_cmpmem (data + 36, 4, "data", 4);
      g_assert_cmpuint (read_uint (data + 40), ==, sizes[i] - 44);
      /* Begins in silence: a tone that starts sharply clicks. */
      g_assert_cmpint (data[44], ==, 0);
      g_assert_cmpint (data[45], ==, 0);
      g_assert_nonnull (foyer_tone_get_name ((FoyerSoundTone)i));
    }
  g_assert_cmpuint (sizes[FOYER_SOUND_GO], <, sizes[FOYER_SOUND_CARE]);
  g_assert_cmpuint (sizes[FOYER_SOUND_CARE], <, sizes[FOYER_SOUND_STOP]);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* With no loudspeaker, as here, nothing is said and nothing fails. */
static void
test_no_loudspeaker (void)
{
  FoyerSound *sound = foyer_sound_new ();
  guint wake = g_timeout_add (5, wake_cb, NULL);

  for (guint i = 0; i < FOYER_N_SOUND_TONES; i++)
    foyer_sound_play (sound, (FoyerSoundTone)i);
  g_object_set (sound, "enabled", FALSE, NULL);
  foyer_sound_play (sound, FOYER_SOUND_GO);
  /* The thread lets go of its task without telling the main loop. */
  while (g_atomic_int_get (&G_OBJECT (sound)->ref_count) > 1)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  foyer_sound_play (sound, FOYER_SOUND_STOP);
  g_object_set (sound, "enabled", TRUE, NULL);
  foyer_sound_play (sound, FOYER_SOUND_STOP);
  g_assert_finalize_object (sound);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sound/files", test_files);
  g_test_add_func ("/sound/no-loudspeaker", test_no_loudspeaker);
  return g_test_run ();
}
