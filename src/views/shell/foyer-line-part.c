/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One term of the line that adds up: a word, a number, and what is behind it. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-line-part.h"

#include "foyer-closures.h"

struct _FoyerLinePart
{
  GtkButton parent_instance;

  GtkWidget *box;
  GtkLabel *word;
  GtkLabel *number;
};

G_DEFINE_FINAL_TYPE (FoyerLinePart, foyer_line_part, GTK_TYPE_BUTTON)

typedef enum
{
  PROP_WORD = 1,
  PROP_NUMBER,
} FoyerLinePartProperty;

static GParamSpec *properties[PROP_NUMBER + 1];

/* A button with two labels inside has no name of its own. */
static void
name_it (FoyerLinePart *self)
{
  g_autofree char *name = g_strdup_printf ("%s %s", gtk_label_get_text (self->word),
                                           gtk_label_get_text (self->number));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
foyer_line_part_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  FoyerLinePart *self = FOYER_LINE_PART (object);
  g_autofree char *number = NULL;

  switch ((FoyerLinePartProperty)property_id)
    {
    case PROP_WORD:
      gtk_label_set_text (self->word, g_value_get_string (value));
      break;
    case PROP_NUMBER:
      number = foyer_closure_number (NULL, g_value_get_int64 (value));
      gtk_label_set_text (self->number, number);
      break;
    }
  name_it (self);
}

static void
foyer_line_part_class_init (FoyerLinePartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = foyer_line_part_set_property;
  properties[PROP_WORD] = g_param_spec_string ("word", NULL, NULL, NULL, flags);
  properties[PROP_NUMBER] = g_param_spec_int64 ("number", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_line_part_init (FoyerLinePart *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->word = GTK_LABEL (gtk_label_new (NULL));
  self->number = GTK_LABEL (gtk_label_new ("0"));
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "line-number");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->word));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->number));
  gtk_button_set_child (GTK_BUTTON (self), self->box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "line-button");
}

/**
 * foyer_line_part_set_orientation:
 * @self: the term
 * @orientation: the word before the number, or over it
 */
void
foyer_line_part_set_orientation (FoyerLinePart *self, GtkOrientation orientation)
{
  g_return_if_fail (FOYER_IS_LINE_PART (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), orientation);
}
