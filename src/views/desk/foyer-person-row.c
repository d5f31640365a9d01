/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one row widget of search results and of the tickets of an order. A row of the model stays the same
 * object while its content changes, so the widget listens to it. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-person-row.h"

#include "foyer-verdict-view.h"

#include <glib/gi18n.h>

struct _FoyerPersonRow
{
  GtkBox parent_instance;

  FoyerDeskController *controller; /* (owned) (nullable) */
  GSignalGroup *row_signals;       /* (owned) of the row */
  GtkLabel *name;
  GtkLabel *ticket;
  GtkLabel *order;
  GtkWidget *outcome_box;
  GtkImage *outcome_icon;
  GtkLabel *outcome;
};

G_DEFINE_FINAL_TYPE (FoyerPersonRow, foyer_person_row, GTK_TYPE_BOX)

static void
show_words (FoyerPersonRow *self, const FoyerPersonWords *words)
{
  gtk_label_set_text (self->name, words->name);
  gtk_label_set_text (self->ticket, words->ticket);
  gtk_label_set_text (self->order, words->order);
  gtk_label_set_text (self->outcome, words->outcome);
  gtk_image_set_from_icon_name (self->outcome_icon, words->icon);
  for (FoyerTone tone = FOYER_TONE_NEUTRAL; tone <= FOYER_TONE_OUT; tone++)
    gtk_widget_remove_css_class (self->outcome_box, foyer_tone_to_css_class (tone));
  gtk_widget_add_css_class (self->outcome_box, foyer_tone_to_css_class (words->tone));
}

static void
show_nobody (FoyerPersonRow *self)
{
  gtk_label_set_text (self->name, _ ("No longer there"));
  gtk_label_set_text (self->ticket, "");
  gtk_label_set_text (self->order, "");
  gtk_label_set_text (self->outcome, "");
  gtk_image_clear (self->outcome_icon);
}

static void
update (FoyerPersonRow *self)
{
  g_autoptr (FoyerRow) row = g_signal_group_dup_target (self->row_signals);
  FoyerPerson *person = row != NULL ? foyer_row_get_value (row) : NULL;
  g_autoptr (FoyerPersonWords) words = NULL;

  if (row == NULL)
    return;
  if (person == NULL)
    {
      show_nobody (self);
      return;
    }

  words = foyer_desk_controller_describe (self->controller, person);
  show_words (self, words);
}

static void
foyer_person_row_dispose (GObject *object)
{
  FoyerPersonRow *self = FOYER_PERSON_ROW (object);

  g_clear_object (&self->row_signals);
  g_clear_object (&self->controller);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_PERSON_ROW);

  G_OBJECT_CLASS (foyer_person_row_parent_class)->dispose (object);
}

static void
foyer_person_row_class_init (FoyerPersonRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = foyer_person_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/foyerdesk/Foyer/ui/foyer-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonRow, name);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonRow, ticket);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonRow, order);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonRow, outcome_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonRow, outcome_icon);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonRow, outcome);
}

static void
foyer_person_row_init (FoyerPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->row_signals = g_signal_group_new (FOYER_TYPE_ROW);
  g_signal_group_connect_swapped (self->row_signals, "changed", G_CALLBACK (update), self);
}

/**
 * foyer_person_row_new:
 * @controller: puts tickets into words
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
foyer_person_row_new (FoyerDeskController *controller)
{
  FoyerPersonRow *self;

  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (controller), NULL);

  self = g_object_new (FOYER_TYPE_PERSON_ROW, NULL);
  self->controller = g_object_ref (controller);
  return GTK_WIDGET (self);
}

/**
 * foyer_person_row_set_row:
 * @self: the widget
 * @row: (nullable): a row over a FoyerPerson
 */
void
foyer_person_row_set_row (FoyerPersonRow *self, FoyerRow *row)
{
  g_return_if_fail (FOYER_IS_PERSON_ROW (self));

  g_signal_group_set_target (self->row_signals, row);
  update (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, FoyerDeskController *controller)
{
  gtk_list_item_set_child (item, foyer_person_row_new (controller));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, FoyerDeskController *controller)
{
  foyer_person_row_set_row (FOYER_PERSON_ROW (gtk_list_item_get_child (item)),
                            gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, FoyerDeskController *controller)
{
  foyer_person_row_set_row (FOYER_PERSON_ROW (gtk_list_item_get_child (item)), NULL);
}

/**
 * foyer_person_row_factory_new:
 * @controller: puts tickets into words
 *
 * Returns: (transfer full): makes rows for a list view over FoyerRow
 */
GtkListItemFactory *
foyer_person_row_factory_new (FoyerDeskController *controller)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), controller, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), controller, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), controller,
                           G_CONNECT_DEFAULT);
  return factory;
}
