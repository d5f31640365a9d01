/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Silence: built where gsound is not there. */

#define G_LOG_DOMAIN "foyer-sound"

#include "foyer-sound.h"

struct _FoyerSound
{
  GObject parent_instance;

  gboolean enabled;
};

G_DEFINE_FINAL_TYPE (FoyerSound, foyer_sound, G_TYPE_OBJECT)

typedef enum
{
  PROP_ENABLED = 1,
} FoyerSoundProperty;

static GParamSpec *properties[PROP_ENABLED + 1];

static void
foyer_sound_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, FOYER_SOUND (object)->enabled);
}

static void
foyer_sound_set_property (GObject *object,
                          guint property_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  FOYER_SOUND (object)->enabled = g_value_get_boolean (value);
}

static void
foyer_sound_class_init (FoyerSoundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_sound_get_property;
  object_class->set_property = foyer_sound_set_property;
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_sound_init (FoyerSound *self)
{
  self->enabled = TRUE;
}

/**
 * foyer_sound_new:
 *
 * Returns: (transfer full): a loudspeaker that says nothing
 */
FoyerSound *
foyer_sound_new (void)
{
  return g_object_new (FOYER_TYPE_SOUND, NULL);
}

/**
 * foyer_sound_play:
 * @self: the loudspeaker
 * @tone: what to play
 */
void
foyer_sound_play (FoyerSound *self, FoyerSoundTone tone)
{
  g_return_if_fail (FOYER_IS_SOUND (self));

  g_debug ("No sound for %s: built without gsound", foyer_tone_get_name (tone));
}
