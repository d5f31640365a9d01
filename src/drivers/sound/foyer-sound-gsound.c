/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gsound plays files, so the tones are written to the cache, and the loudspeaker is opened, in a thread: a
 * sound server that does not answer must not hold up the door. A laptop without a loudspeaker is no
 * error: the screen says the same. One that goes away in the middle of a shift (a headset pulled out, the
 * sound server started anew) is opened again for the next verdict. */

#define G_LOG_DOMAIN "foyer-sound"

#include "foyer-sound.h"

#include <gsound.h>

/* A tone that is later than this belongs to a verdict that nobody looks at any more. */
#define LATEST G_TIME_SPAN_SECOND

/* Between two tries to open a loudspeaker. */
#define PATIENCE (10 * G_TIME_SPAN_SECOND)

struct _FoyerSound
{
  GObject parent_instance;

  GSoundContext *context; /* (owned) (nullable) once it is open */
  GCancellable *playing;  /* (owned) the tone that is heard */
  char *files[FOYER_N_SOUND_TONES];
  FoyerSoundTone asked; /* what is played once it is open */
  gint64 asked_at;      /* monotonic; 0: nothing */
  gint64 opened_at;     /* monotonic: when it was last tried */
  gboolean opening;
  gboolean enabled;
};

G_DEFINE_FINAL_TYPE (FoyerSound, foyer_sound, G_TYPE_OBJECT)

typedef enum
{
  PROP_ENABLED = 1,
} FoyerSoundProperty;

static GParamSpec *properties[PROP_ENABLED + 1];

static void
prepare_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FoyerSound *self = FOYER_SOUND (source);
  g_autofree char *folder = g_path_get_dirname (self->files[0]);
  g_autoptr (GObject) context = NULL;
  GError *error = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "No folder for the tones");
      return;
    }
  for (guint i = 0; i < FOYER_N_SOUND_TONES; i++)
    {
      g_autoptr (GBytes) wave = foyer_tone_wave_new ((FoyerSoundTone)i);

      if (!g_file_set_contents (self->files[i], g_bytes_get_data (wave, NULL),
                                (gssize)g_bytes_get_size (wave), &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }

  context = (GObject *)gsound_context_new (NULL, &error);
  if (context != NULL && gsound_context_open (GSOUND_CONTEXT (context), &error))
    g_task_return_pointer (task, g_steal_pointer (&context), g_object_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
play (FoyerSound *self, FoyerSoundTone tone)
{
  g_autoptr (GError) error = NULL;

  if (self->playing != NULL)
    g_cancellable_cancel (self->playing);
  g_clear_object (&self->playing);
  self->playing = g_cancellable_new ();
  if (gsound_context_play_simple (self->context, self->playing, &error, GSOUND_ATTR_MEDIA_FILENAME,
                                  self->files[tone], GSOUND_ATTR_MEDIA_ROLE, "event", NULL))
    return TRUE;

  g_message ("The loudspeaker is gone: %s", error->message);
  g_clear_object (&self->context);
  return FALSE;
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerSound *self = FOYER_SOUND (source);
  g_autoptr (GError) error = NULL;
  gint64 asked_at = self->asked_at;

  self->opening = FALSE;
  self->asked_at = 0;
  self->context = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->context == NULL)
    g_message ("There is no sound: %s", error->message);
  else if (asked_at != 0 && self->enabled && g_get_monotonic_time () - asked_at <= LATEST)
    play (self, self->asked);
}

static void
prepare (FoyerSound *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, prepared_cb, NULL);

  self->opening = TRUE;
  self->opened_at = g_get_monotonic_time ();
  g_task_set_source_tag (task, prepare);
  g_task_run_in_thread (task, prepare_in_thread);
}

static void
foyer_sound_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_ENABLED);

  g_value_set_boolean (value, FOYER_SOUND (object)->enabled);
}

static void
foyer_sound_set_property (GObject *object,
                          guint property_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_ENABLED);

  FOYER_SOUND (object)->enabled = g_value_get_boolean (value);
}

static void
foyer_sound_finalize (GObject *object)
{
  FoyerSound *self = FOYER_SOUND (object);

  g_clear_object (&self->context);
  g_clear_object (&self->playing);
  for (guint i = 0; i < FOYER_N_SOUND_TONES; i++)
    g_free (self->files[i]);

  G_OBJECT_CLASS (foyer_sound_parent_class)->finalize (object);
}

static void
foyer_sound_class_init (FoyerSoundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_sound_get_property;
  object_class->set_property = foyer_sound_set_property;
  object_class->finalize = foyer_sound_finalize;
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_sound_init (FoyerSound *self)
{
  self->enabled = TRUE;
  for (guint i = 0; i < FOYER_N_SOUND_TONES; i++)
    {
      g_autofree char *name = g_strconcat (foyer_tone_get_name ((FoyerSoundTone)i), ".wav", NULL);

      self->files[i] = g_build_filename (g_get_user_cache_dir (), "foyer", "tones", name, NULL);
    }
}

/**
 * foyer_sound_new:
 *
 * Returns: (transfer full): the loudspeaker
 */
FoyerSound *
foyer_sound_new (void)
{
  FoyerSound *self = g_object_new (FOYER_TYPE_SOUND, NULL);

  prepare (self);
  return self;
}

/**
 * foyer_sound_play:
 * @self: the loudspeaker
 * @tone: what to play
 *
 * Plays it now, or as soon as the loudspeaker is open if that is within a second; one that is still heard is
 * cut off.
 */
void
foyer_sound_play (FoyerSound *self, FoyerSoundTone tone)
{
  gint64 now;

  g_return_if_fail (FOYER_IS_SOUND (self));
  g_return_if_fail ((guint)tone < FOYER_N_SOUND_TONES);

  if (!self->enabled || (self->context != NULL && play (self, tone)))
    return;

  now = g_get_monotonic_time ();
  self->asked = tone;
  self->asked_at = now;
  if (!self->opening && now - self->opened_at >= PATIENCE)
    prepare (self);
}
