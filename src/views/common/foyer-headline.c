/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A word or two in the largest letters that they fit in. A label breaks a word that is too long ("Alread-y used"); read
 * from two metres a smaller word is a word, half a word is none. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-headline.h"

struct _FoyerHeadline
{
  GtkWidget parent_instance;

  char *label;
};

G_DEFINE_FINAL_TYPE (FoyerHeadline, foyer_headline, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LABEL = 1,
} FoyerHeadlineProperty;

static GParamSpec *properties[PROP_LABEL + 1];

/* Of the size that the style asks for. */
static const double sizes[] = { 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4 };

static PangoLayout *
create_layout (FoyerHeadline *self, double size)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->label);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (size));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  return layout;
}

/* Width of the longest word, or of all in one line, in full size. */
static int
measure_width (FoyerHeadline *self, gboolean one_line)
{
  g_autoptr (PangoLayout) layout = create_layout (self, 1.0);
  int width;

  if (!one_line)
    pango_layout_set_width (layout, 0);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static double
choose_size (FoyerHeadline *self, int width)
{
  int longest = measure_width (self, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (longest * sizes[i] <= width)
      return sizes[i];
  return sizes[G_N_ELEMENTS (sizes) - 1];
}

static PangoLayout *
create_fitting_layout (FoyerHeadline *self, int width)
{
  PangoLayout *layout = create_layout (self, choose_size (self, width));

  pango_layout_set_width (layout, width * PANGO_SCALE);
  return layout;
}

static GtkSizeRequestMode
foyer_headline_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
foyer_headline_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  FoyerHeadline *self = FOYER_HEADLINE (widget);
  g_autoptr (PangoLayout) layout = NULL;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* A pixel more: sizes of letters are rounded. */
      *minimum = (int)(measure_width (self, FALSE) * sizes[G_N_ELEMENTS (sizes) - 1]) + 1;
      *natural = MAX (measure_width (self, TRUE) + 1, *minimum);
      return;
    }

  layout = create_fitting_layout (self, for_size < 0 ? measure_width (self, TRUE) + 1 : for_size);
  pango_layout_get_pixel_size (layout, NULL, natural);
  *minimum = *natural;
}

static void
foyer_headline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FoyerHeadline *self = FOYER_HEADLINE (widget);
  g_autoptr (PangoLayout) layout = create_fitting_layout (self, gtk_widget_get_width (widget));
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), 0,
                              (gtk_widget_get_height (widget) - height) / 2.0, layout);
}

static void
foyer_headline_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_LABEL);

  g_value_set_string (value, FOYER_HEADLINE (object)->label);
}

static void
foyer_headline_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_LABEL);

  foyer_headline_set_label (FOYER_HEADLINE (object), g_value_get_string (value));
}

static void
foyer_headline_finalize (GObject *object)
{
  g_free (FOYER_HEADLINE (object)->label);

  G_OBJECT_CLASS (foyer_headline_parent_class)->finalize (object);
}

static void
foyer_headline_class_init (FoyerHeadlineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = foyer_headline_get_property;
  object_class->set_property = foyer_headline_set_property;
  object_class->finalize = foyer_headline_finalize;
  widget_class->get_request_mode = foyer_headline_get_request_mode;
  widget_class->measure = foyer_headline_measure;
  widget_class->snapshot = foyer_headline_snapshot;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "",
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                    | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
foyer_headline_init (FoyerHeadline *self)
{
  self->label = g_strdup ("");
}

/**
 * foyer_headline_new:
 *
 * Returns: (transfer floating): an empty headline
 */
GtkWidget *
foyer_headline_new (void)
{
  return g_object_new (FOYER_TYPE_HEADLINE, NULL);
}

/**
 * foyer_headline_set_label:
 * @self: the headline
 * @label: (nullable): what it says, as plain text
 */
void
foyer_headline_set_label (FoyerHeadline *self, const char *label)
{
  g_return_if_fail (FOYER_IS_HEADLINE (self));

  if (label == NULL)
    label = "";
  if (g_str_equal (self->label, label))
    return;

  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label,
                                  -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

/**
 * foyer_headline_get_label:
 * @self: the headline
 *
 * Returns: what it says
 */
const char *
foyer_headline_get_label (FoyerHeadline *self)
{
  g_return_val_if_fail (FOYER_IS_HEADLINE (self), NULL);

  return self->label;
}
