/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing to choose from. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-choice.h"

#include "foyer-text.h"

#define TITLE_MAX_CHARS 200

struct _FoyerChoice
{
  GObject parent_instance;

  char *key;
  gint64 number;
  char *title;
  char *subtitle;
};

G_DEFINE_FINAL_TYPE (FoyerChoice, foyer_choice, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
} FoyerChoiceProperty;

static GParamSpec *properties[PROP_SUBTITLE + 1];

static void
foyer_choice_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerChoice *self = FOYER_CHOICE (object);

  switch ((FoyerChoiceProperty)property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    }
}

static void
foyer_choice_finalize (GObject *object)
{
  FoyerChoice *self = FOYER_CHOICE (object);

  g_free (self->key);
  g_free (self->title);
  g_free (self->subtitle);

  G_OBJECT_CLASS (foyer_choice_parent_class)->finalize (object);
}

static void
foyer_choice_class_init (FoyerChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_choice_get_property;
  object_class->finalize = foyer_choice_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "",
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "",
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_choice_init (FoyerChoice *self)
{
}

/**
 * foyer_choice_new:
 * @key: (nullable): the service's key (a slug)
 * @number: the service's number, or 0
 * @title: (nullable): what the person reads; cleaned
 * @subtitle: (nullable): more about it; cleaned
 *
 * Returns: (transfer full): a choice
 */
FoyerChoice *
foyer_choice_new (const char *key, gint64 number, const char *title, const char *subtitle)
{
  FoyerChoice *self = g_object_new (FOYER_TYPE_CHOICE, NULL);

  self->key = g_strdup (key);
  self->number = number;
  self->title = foyer_text_clean_line (title != NULL ? title : "", TITLE_MAX_CHARS);
  if (*self->title == '\0')
    {
      g_free (self->title);
      self->title = g_strdup (key != NULL ? key : "?");
    }
  self->subtitle = foyer_text_clean_line (subtitle != NULL ? subtitle : "", TITLE_MAX_CHARS);
  return self;
}

/**
 * foyer_choice_get_key:
 * @self: a choice
 *
 * Returns: (nullable): the service's key
 */
const char *
foyer_choice_get_key (FoyerChoice *self)
{
  g_return_val_if_fail (FOYER_IS_CHOICE (self), NULL);

  return self->key;
}

/**
 * foyer_choice_get_number:
 * @self: a choice
 *
 * Returns: the service's number, or 0
 */
gint64
foyer_choice_get_number (FoyerChoice *self)
{
  g_return_val_if_fail (FOYER_IS_CHOICE (self), 0);

  return self->number;
}

/**
 * foyer_choice_get_title:
 * @self: a choice
 *
 * Returns: what the person reads
 */
const char *
foyer_choice_get_title (FoyerChoice *self)
{
  g_return_val_if_fail (FOYER_IS_CHOICE (self), NULL);

  return self->title;
}

/**
 * foyer_choice_get_subtitle:
 * @self: a choice
 *
 * Returns: more about it, maybe empty
 */
const char *
foyer_choice_get_subtitle (FoyerChoice *self)
{
  g_return_val_if_fail (FOYER_IS_CHOICE (self), NULL);

  return self->subtitle;
}
