/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The floor has no breakpoints, and a box cannot turn by itself: so this widget allocates its two
 * children by the width that it is given. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-two-pane.h"

#include "foyer-text-scale.h"

/* A large one that is wider than this has room for the largest letters. */
#define ROOMY_WIDTH 700

/* One that is lower than this has no room for large letters. */
#define SHALLOW_HEIGHT 560

/* Of the height, for the small one when it lies under the large one: less of it where letters are larger, for what is read
 * from afar needs the room. */
#define SIDE_PARTS 4

struct _FoyerTwoPane
{
  GtkWidget parent_instance;

  GtkWidget *main; /* (owned) (nullable) */
  GtkWidget *side; /* (owned) (nullable) */
  int threshold;
  gboolean stacked;
  gboolean roomy;
  gboolean shallow;
  guint idle;
};

G_DEFINE_FINAL_TYPE (FoyerTwoPane, foyer_two_pane, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_MAIN = 1,
  PROP_SIDE,
  PROP_THRESHOLD,
  PROP_STACKED,
} FoyerTwoPaneProperty;

static GParamSpec *properties[PROP_STACKED + 1];

static void
set_class (FoyerTwoPane *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static gboolean
arranged_cb (gpointer user_data)
{
  FoyerTwoPane *self = user_data;

  self->idle = 0;
  set_class (self, "stacked", self->stacked);
  set_class (self, "roomy", self->roomy);
  set_class (self, "shallow", self->shallow);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STACKED]);
  return G_SOURCE_REMOVE;
}

/* Styles may not change while sizes are handed out: told in the next turn. */
static void
set_arrangement (FoyerTwoPane *self, gboolean stacked, gboolean roomy, gboolean shallow)
{
  if (self->stacked == stacked && self->roomy == roomy && self->shallow == shallow)
    return;

  self->stacked = stacked;
  self->roomy = roomy;
  self->shallow = shallow;
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, arranged_cb, self, NULL);
}

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

static int
get_threshold (FoyerTwoPane *self)
{
  return (int)(self->threshold * foyer_text_scale_get (GTK_WIDGET (self)));
}

static void
foyer_two_pane_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  FoyerTwoPane *self = FOYER_TWO_PANE (widget);
  int main_minimum, main_natural, side_minimum, side_natural;

  measure_child (self->main, orientation, -1, &main_minimum, &main_natural);
  measure_child (self->side, orientation, -1, &side_minimum, &side_natural);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (main_minimum, side_minimum);
      *natural = MAX (get_threshold (self), main_natural + side_natural);
      return;
    }

  /* The width is not known yet, so there must be room for one under the other; both scroll. */
  *minimum = main_minimum + side_minimum;
  *natural = MAX (*minimum, main_natural);
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation allocation = { x, y, width, height };

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_size_allocate (child, &allocation, -1);
}

static void
foyer_two_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FoyerTwoPane *self = FOYER_TWO_PANE (widget);
  int main_minimum, main_natural, side_minimum, side_natural;
  gboolean stacked, shallow, roomy;

  measure_child (self->side, GTK_ORIENTATION_HORIZONTAL, -1, &side_minimum, &side_natural);
  /* By the width alone: what is inside is styled by the answer, and would change it again. */
  stacked = width < get_threshold (self);
  shallow = height < SHALLOW_HEIGHT;
  roomy = width - side_natural >= ROOMY_WIDTH * foyer_text_scale_get (GTK_WIDGET (self));
  set_arrangement (self, stacked, !stacked && !shallow && roomy, !stacked && shallow);
  if (self->stacked)
    {
      int side_height;

      measure_child (self->main, GTK_ORIENTATION_VERTICAL, width, &main_minimum, &main_natural);
      measure_child (self->side, GTK_ORIENTATION_VERTICAL, width, &side_minimum, &side_natural);
      side_height = (int)(height / SIDE_PARTS / foyer_text_scale_get (widget));
      side_height = MAX (MIN (side_height, height - main_minimum), side_minimum);
      if (self->side == NULL || !gtk_widget_should_layout (self->side))
        side_height = 0;
      allocate (self->main, 0, 0, width, MAX (height - side_height, main_minimum));
      allocate (self->side, 0, MAX (height - side_height, main_minimum), width, side_height);
      return;
    }

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      allocate (self->side, 0, 0, side_natural, height);
      allocate (self->main, side_natural, 0, width - side_natural, height);
    }
  else
    {
      allocate (self->main, 0, 0, width - side_natural, height);
      allocate (self->side, width - side_natural, 0, side_natural, height);
    }
}

static void
take_child (FoyerTwoPane *self, GtkWidget **field, GtkWidget *child)
{
  g_clear_pointer (field, gtk_widget_unparent);
  *field = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
foyer_two_pane_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerTwoPane *self = FOYER_TWO_PANE (object);

  switch ((FoyerTwoPaneProperty)property_id)
    {
    case PROP_MAIN:
      g_value_set_object (value, self->main);
      break;
    case PROP_SIDE:
      g_value_set_object (value, self->side);
      break;
    case PROP_THRESHOLD:
      g_value_set_int (value, self->threshold);
      break;
    case PROP_STACKED:
      g_value_set_boolean (value, self->stacked);
      break;
    }
}

static void
foyer_two_pane_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  FoyerTwoPane *self = FOYER_TWO_PANE (object);

  switch ((FoyerTwoPaneProperty)property_id)
    {
    case PROP_MAIN:
      take_child (self, &self->main, g_value_get_object (value));
      break;
    case PROP_SIDE:
      take_child (self, &self->side, g_value_get_object (value));
      break;
    case PROP_THRESHOLD:
      self->threshold = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_STACKED:
      g_assert_not_reached ();
    }
}

static void
foyer_two_pane_dispose (GObject *object)
{
  FoyerTwoPane *self = FOYER_TWO_PANE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->main, gtk_widget_unparent);
  g_clear_pointer (&self->side, gtk_widget_unparent);

  G_OBJECT_CLASS (foyer_two_pane_parent_class)->dispose (object);
}

static void
foyer_two_pane_class_init (FoyerTwoPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = foyer_two_pane_get_property;
  object_class->set_property = foyer_two_pane_set_property;
  object_class->dispose = foyer_two_pane_dispose;
  widget_class->measure = foyer_two_pane_measure;
  widget_class->size_allocate = foyer_two_pane_size_allocate;

  properties[PROP_MAIN] = g_param_spec_object ("main", NULL, NULL, GTK_TYPE_WIDGET,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 640,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STACKED] = g_param_spec_boolean ("stacked", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_two_pane_init (FoyerTwoPane *self)
{
  self->threshold = 640;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  foyer_text_scale_follow (GTK_WIDGET (self));
}

/**
 * foyer_two_pane_get_stacked:
 * @self: the widget
 *
 * Returns: whether one is under the other
 */
gboolean
foyer_two_pane_get_stacked (FoyerTwoPane *self)
{
  g_return_val_if_fail (FOYER_IS_TWO_PANE (self), FALSE);

  return self->stacked;
}
