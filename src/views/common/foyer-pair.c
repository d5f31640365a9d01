/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two things of equal weight. Its height follows its width, so that wrapped text gets the room it needs in
 * either arrangement. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-pair.h"

#include "foyer-text-scale.h"

struct _FoyerPair
{
  GtkWidget parent_instance;

  GtkWidget *first;
  GtkWidget *second;
  int threshold;
  int spacing;
};

G_DEFINE_FINAL_TYPE (FoyerPair, foyer_pair, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_FIRST = 1,
  PROP_SECOND,
  PROP_THRESHOLD,
  PROP_SPACING,
} FoyerPairProperty;

static GParamSpec *properties[PROP_SPACING + 1];

static void
measure_child (GtkWidget *child,
               GtkOrientation orientation,
               int for_size,
               int *minimum,
               int *natural)
{
  *minimum = *natural = 0;
  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static gboolean
has_both (FoyerPair *self)
{
  return self->first != NULL && gtk_widget_should_layout (self->first) && self->second != NULL
         && gtk_widget_should_layout (self->second);
}

static GtkSizeRequestMode
foyer_pair_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
get_threshold (FoyerPair *self)
{
  return (int)(self->threshold * foyer_text_scale_get (GTK_WIDGET (self)));
}

static void
foyer_pair_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  FoyerPair *self = FOYER_PAIR (widget);
  int gap = has_both (self) ? self->spacing : 0;
  int first_minimum, first_natural, second_minimum, second_natural;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_child (self->first, orientation, -1, &first_minimum, &first_natural);
      measure_child (self->second, orientation, -1, &second_minimum, &second_natural);
      *minimum = MAX (first_minimum, second_minimum);
      *natural = MAX (*minimum, 2 * MAX (first_natural, second_natural) + gap);
      return;
    }

  if (has_both (self) && (for_size < 0 || for_size >= get_threshold (self)))
    {
      int width = for_size < 0 ? -1 : (for_size - gap) / 2;

      measure_child (self->first, orientation, width, &first_minimum, &first_natural);
      measure_child (self->second, orientation, width, &second_minimum, &second_natural);
      *minimum = MAX (first_minimum, second_minimum);
      *natural = MAX (first_natural, second_natural);
      return;
    }

  measure_child (self->first, orientation, for_size, &first_minimum, &first_natural);
  measure_child (self->second, orientation, for_size, &second_minimum, &second_natural);
  *minimum = first_minimum + gap + second_minimum;
  *natural = first_natural + gap + second_natural;
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation allocation = { x, y, width, height };

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_size_allocate (child, &allocation, -1);
}

static void
foyer_pair_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FoyerPair *self = FOYER_PAIR (widget);
  int minimum, natural;

  if (!has_both (self))
    {
      allocate (self->first, 0, 0, width, height);
      allocate (self->second, 0, 0, width, height);
      return;
    }

  if (width >= get_threshold (self))
    {
      int half = (width - self->spacing) / 2;
      gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

      allocate (rtl ? self->second : self->first, 0, 0, half, height);
      allocate (rtl ? self->first : self->second, width - half, 0, half, height);
      return;
    }

  measure_child (self->first, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural);
  natural = CLAMP (natural, minimum, MAX (height - self->spacing, minimum));
  allocate (self->first, 0, 0, width, natural);
  allocate (self->second, 0, natural + self->spacing, width,
            MAX (height - natural - self->spacing, 0));
}

static void
take_child (FoyerPair *self, GtkWidget **field, GtkWidget *child)
{
  g_clear_pointer (field, gtk_widget_unparent);
  *field = child;
  if (child == NULL)
    return;

  if (field == &self->first)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  else
    gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

static void
foyer_pair_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FoyerPair *self = FOYER_PAIR (object);

  switch ((FoyerPairProperty)id)
    {
    case PROP_FIRST:
      g_value_set_object (value, self->first);
      break;
    case PROP_SECOND:
      g_value_set_object (value, self->second);
      break;
    case PROP_THRESHOLD:
      g_value_set_int (value, self->threshold);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    }
}

static void
foyer_pair_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FoyerPair *self = FOYER_PAIR (object);

  switch ((FoyerPairProperty)id)
    {
    case PROP_FIRST:
      take_child (self, &self->first, g_value_get_object (value));
      break;
    case PROP_SECOND:
      take_child (self, &self->second, g_value_get_object (value));
      break;
    case PROP_THRESHOLD:
      self->threshold = g_value_get_int (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
foyer_pair_dispose (GObject *object)
{
  FoyerPair *self = FOYER_PAIR (object);

  g_clear_pointer (&self->first, gtk_widget_unparent);
  g_clear_pointer (&self->second, gtk_widget_unparent);

  G_OBJECT_CLASS (foyer_pair_parent_class)->dispose (object);
}

static void
foyer_pair_class_init (FoyerPairClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = foyer_pair_get_property;
  object_class->set_property = foyer_pair_set_property;
  object_class->dispose = foyer_pair_dispose;
  widget_class->get_request_mode = foyer_pair_get_request_mode;
  widget_class->measure = foyer_pair_measure;
  widget_class->size_allocate = foyer_pair_size_allocate;

  properties[PROP_FIRST] = g_param_spec_object ("first", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SECOND] = g_param_spec_object ("second", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_pair_init (FoyerPair *self)
{
  foyer_text_scale_follow (GTK_WIDGET (self));
}
