/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts over time as bars: how much, and when, at a glance. Who does not see it hears `description` instead. The last bar
 * is the minute that is not over yet, and is drawn fainter. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-sparkline.h"

#define MINIMUM_WIDTH 60
#define NATURAL_WIDTH 240
#define HEIGHT 36
#define GAP 1
#define UNFINISHED 0.5

struct _FoyerSparkline
{
  GtkWidget parent_instance;

  GArray *values; /* (owned) (nullable) (element-type guint) oldest first */
  char *description;
};

G_DEFINE_FINAL_TYPE (FoyerSparkline, foyer_sparkline, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_VALUES = 1,
  PROP_DESCRIPTION,
} FoyerSparklineProperty;

static GParamSpec *properties[PROP_DESCRIPTION + 1];

static void
foyer_sparkline_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MINIMUM_WIDTH : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : HEIGHT;
}

static guint
get_largest (GArray *values)
{
  guint largest = 0;

  for (guint i = 0; i < values->len; i++)
    largest = MAX (largest, g_array_index (values, guint, i));
  return largest;
}

static void
foyer_sparkline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FoyerSparkline *self = FOYER_SPARKLINE (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget);
  GdkRGBA color, faint;
  guint largest, n;
  float step;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  faint = color;
  faint.alpha *= 0.25f;
  gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (0, height - 1, width, 1));
  if (self->values == NULL || self->values->len == 0)
    return;

  n = self->values->len;
  largest = get_largest (self->values);
  step = width / n;
  for (guint i = 0; i < n; i++)
    {
      guint value = g_array_index (self->values, guint, i);
      GdkRGBA bar = color;
      float tall, x;

      if (value == 0)
        continue;

      /* One guest is seen as well. */
      tall = MAX ((height - 1) * value / largest, 2);
      x = (rtl ? n - 1 - i : i) * step;
      if (i == n - 1)
        bar.alpha *= UNFINISHED;
      gtk_snapshot_append_color (
          snapshot, &bar, &GRAPHENE_RECT_INIT (x, height - 1 - tall, MAX (step - GAP, 1), tall));
    }
}

static void
foyer_sparkline_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerSparkline *self = FOYER_SPARKLINE (object);

  switch ((FoyerSparklineProperty)property_id)
    {
    case PROP_VALUES:
      g_value_set_boxed (value, self->values);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    }
}

static void
set_description (FoyerSparkline *self, const char *description)
{
  if (g_strcmp0 (self->description, description) == 0)
    return;

  g_free (self->description);
  self->description = g_strdup (description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  description != NULL ? description : "", -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), description);
}

static void
foyer_sparkline_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  FoyerSparkline *self = FOYER_SPARKLINE (object);

  switch ((FoyerSparklineProperty)property_id)
    {
    case PROP_VALUES:
      foyer_sparkline_set_values (self, g_value_get_boxed (value));
      break;
    case PROP_DESCRIPTION:
      set_description (self, g_value_get_string (value));
      break;
    }
}

static void
foyer_sparkline_finalize (GObject *object)
{
  FoyerSparkline *self = FOYER_SPARKLINE (object);

  g_clear_pointer (&self->values, g_array_unref);
  g_free (self->description);

  G_OBJECT_CLASS (foyer_sparkline_parent_class)->finalize (object);
}

static void
foyer_sparkline_class_init (FoyerSparklineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = foyer_sparkline_get_property;
  object_class->set_property = foyer_sparkline_set_property;
  object_class->finalize = foyer_sparkline_finalize;
  widget_class->measure = foyer_sparkline_measure;
  widget_class->snapshot = foyer_sparkline_snapshot;

  properties[PROP_VALUES] = g_param_spec_boxed ("values", NULL, NULL, G_TYPE_ARRAY, flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
foyer_sparkline_init (FoyerSparkline *self)
{
}

/**
 * foyer_sparkline_new:
 *
 * Returns: (transfer floating): an empty picture
 */
GtkWidget *
foyer_sparkline_new (void)
{
  return g_object_new (FOYER_TYPE_SPARKLINE, NULL);
}

/**
 * foyer_sparkline_set_values:
 * @self: the picture
 * @values: (nullable) (element-type guint): counts, oldest first
 */
void
foyer_sparkline_set_values (FoyerSparkline *self, GArray *values)
{
  g_return_if_fail (FOYER_IS_SPARKLINE (self));

  if (values != NULL)
    g_array_ref (values);
  g_clear_pointer (&self->values, g_array_unref);
  self->values = values;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
