/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row with a tick. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-tick.h"

#include "foyer-text.h"

#define TITLE_MAX_CHARS 120

struct _FoyerTick
{
  GObject parent_instance;

  char *title;
  gint64 number;
  gboolean ticked;
};

G_DEFINE_FINAL_TYPE (FoyerTick, foyer_tick, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_NUMBER,
  PROP_TICKED,
} FoyerTickProperty;

static GParamSpec *properties[PROP_TICKED + 1];

static void
foyer_tick_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerTick *self = FOYER_TICK (object);

  switch ((FoyerTickProperty)property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_NUMBER:
      g_value_set_int64 (value, self->number);
      break;
    case PROP_TICKED:
      g_value_set_boolean (value, self->ticked);
      break;
    }
}

static void
foyer_tick_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_TICKED);

  foyer_tick_set_ticked (FOYER_TICK (object), g_value_get_boolean (value));
}

static void
foyer_tick_finalize (GObject *object)
{
  g_free (FOYER_TICK (object)->title);

  G_OBJECT_CLASS (foyer_tick_parent_class)->finalize (object);
}

static void
foyer_tick_class_init (FoyerTickClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_tick_get_property;
  object_class->set_property = foyer_tick_set_property;
  object_class->finalize = foyer_tick_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_NUMBER] = g_param_spec_int64 ("number", NULL, NULL, G_MININT64, G_MAXINT64, 0,
                                                flags);
  properties[PROP_TICKED] = g_param_spec_boolean ("ticked", NULL, NULL, FALSE,
                                                  flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_tick_init (FoyerTick *self)
{
}

/**
 * foyer_tick_new:
 * @title: for people; cleaned
 * @number: whatever tells it from the others
 * @ticked: how it begins
 *
 * Returns: (transfer full): a row
 */
FoyerTick *
foyer_tick_new (const char *title, gint64 number, gboolean ticked)
{
  FoyerTick *self = g_object_new (FOYER_TYPE_TICK, NULL);

  self->title = foyer_text_clean_line (title, TITLE_MAX_CHARS);
  self->number = number;
  self->ticked = ticked;
  return self;
}

/**
 * foyer_tick_get_title:
 * @self: a row
 *
 * Returns: (transfer none): what it is called
 */
const char *
foyer_tick_get_title (FoyerTick *self)
{
  g_return_val_if_fail (FOYER_IS_TICK (self), NULL);

  return self->title;
}

/**
 * foyer_tick_get_number:
 * @self: a row
 *
 * Returns: its number
 */
gint64
foyer_tick_get_number (FoyerTick *self)
{
  g_return_val_if_fail (FOYER_IS_TICK (self), 0);

  return self->number;
}

/**
 * foyer_tick_get_ticked:
 * @self: a row
 *
 * Returns: whether it is ticked
 */
gboolean
foyer_tick_get_ticked (FoyerTick *self)
{
  g_return_val_if_fail (FOYER_IS_TICK (self), FALSE);

  return self->ticked;
}

/**
 * foyer_tick_set_ticked:
 * @self: a row
 * @ticked: whether it is to be
 */
void
foyer_tick_set_ticked (FoyerTick *self, gboolean ticked)
{
  g_return_if_fail (FOYER_IS_TICK (self));

  if (self->ticked == !!ticked)
    return;

  self->ticked = !!ticked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TICKED]);
}
