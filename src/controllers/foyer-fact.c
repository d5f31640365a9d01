/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line of a description. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "foyer-fact.h"

struct _FoyerFact
{
  GObject parent_instance;

  char *label;
  char *value;
};

G_DEFINE_FINAL_TYPE (FoyerFact, foyer_fact, G_TYPE_OBJECT)

typedef enum
{
  PROP_LABEL = 1,
  PROP_VALUE,
} FoyerFactProperty;

static GParamSpec *properties[PROP_VALUE + 1];

static void
foyer_fact_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FoyerFact *self = FOYER_FACT (object);

  switch ((FoyerFactProperty)id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    }
}

static void
foyer_fact_finalize (GObject *object)
{
  FoyerFact *self = FOYER_FACT (object);

  g_free (self->label);
  g_free (self->value);

  G_OBJECT_CLASS (foyer_fact_parent_class)->finalize (object);
}

static void
foyer_fact_class_init (FoyerFactClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_fact_get_property;
  object_class->finalize = foyer_fact_finalize;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_fact_init (FoyerFact *self)
{
}

/**
 * foyer_fact_new:
 * @label: what it is about
 * @value: what is the case, safe to show
 *
 * Returns: (transfer full): a fact
 */
FoyerFact *
foyer_fact_new (const char *label, const char *value)
{
  FoyerFact *self = g_object_new (FOYER_TYPE_FACT, NULL);

  self->label = g_strdup (label);
  self->value = g_strdup (value);
  return self;
}

/**
 * foyer_fact_get_label:
 * @self: a fact
 *
 * Returns: what it is about
 */
const char *
foyer_fact_get_label (FoyerFact *self)
{
  g_return_val_if_fail (FOYER_IS_FACT (self), NULL);

  return self->label;
}

/**
 * foyer_fact_get_value:
 * @self: a fact
 *
 * Returns: what is the case
 */
const char *
foyer_fact_get_value (FoyerFact *self)
{
  g_return_val_if_fail (FOYER_IS_FACT (self), NULL);

  return self->value;
}
