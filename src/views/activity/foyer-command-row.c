/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A command in a list. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-command-row.h"

#include <glib/gi18n.h>

struct _FoyerCommandRow
{
  GtkBox parent_instance;

  FoyerActivityController *controller; /* (owned) (nullable) */
  GSignalGroup *row_signals;           /* (owned) of the row */
  GtkLabel *name;
  GtkLabel *about;
  GtkWidget *state_box;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkLabel *attempts;
};

G_DEFINE_FINAL_TYPE (FoyerCommandRow, foyer_command_row, GTK_TYPE_BOX)

static const char *
tone_class (FoyerCommandTone tone)
{
  switch (tone)
    {
    case FOYER_COMMAND_QUIET:
      return "quiet";
    case FOYER_COMMAND_WAITS:
      return "waits";
    case FOYER_COMMAND_CALLS:
      return "care";
    }

  g_return_val_if_reached ("quiet");
}

static void
append (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static void
show_words (FoyerCommandRow *self, const FoyerCommandWords *words)
{
  g_autoptr (GString) about = g_string_new (NULL);

  append (about, words->at);
  append (about, words->what);
  append (about, words->place);
  append (about, words->ticket);
  gtk_label_set_text (self->name, words->name);
  gtk_label_set_text (self->about, about->str);
  gtk_label_set_text (self->state, words->state);
  gtk_label_set_text (self->attempts, words->attempts);
  gtk_image_set_from_icon_name (self->state_icon, words->icon);
  for (FoyerCommandTone tone = FOYER_COMMAND_QUIET; tone <= FOYER_COMMAND_CALLS; tone++)
    gtk_widget_remove_css_class (self->state_box, tone_class (tone));
  gtk_widget_add_css_class (self->state_box, tone_class (words->tone));
}

static void
update (FoyerCommandRow *self)
{
  g_autoptr (FoyerRow) row = g_signal_group_dup_target (self->row_signals);
  g_autoptr (FoyerCommandWords) words = NULL;

  if (row == NULL)
    return;

  words = foyer_activity_controller_describe (self->controller, row);
  if (words != NULL)
    show_words (self, words);
}

static void
foyer_command_row_dispose (GObject *object)
{
  FoyerCommandRow *self = FOYER_COMMAND_ROW (object);

  g_clear_object (&self->row_signals);
  g_clear_object (&self->controller);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_COMMAND_ROW);

  G_OBJECT_CLASS (foyer_command_row_parent_class)->dispose (object);
}

static void
foyer_command_row_class_init (FoyerCommandRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = foyer_command_row_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/foyerdesk/Foyer/ui/foyer-command-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerCommandRow, name);
  gtk_widget_class_bind_template_child (widget_class, FoyerCommandRow, about);
  gtk_widget_class_bind_template_child (widget_class, FoyerCommandRow, state_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerCommandRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, FoyerCommandRow, state);
  gtk_widget_class_bind_template_child (widget_class, FoyerCommandRow, attempts);
}

static void
foyer_command_row_init (FoyerCommandRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->row_signals = g_signal_group_new (FOYER_TYPE_ROW);
  g_signal_group_connect_swapped (self->row_signals, "changed", G_CALLBACK (update), self);
}

/**
 * foyer_command_row_new:
 * @controller: puts commands into words
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
foyer_command_row_new (FoyerActivityController *controller)
{
  FoyerCommandRow *self;

  g_return_val_if_fail (FOYER_IS_ACTIVITY_CONTROLLER (controller), NULL);

  self = g_object_new (FOYER_TYPE_COMMAND_ROW, NULL);
  self->controller = g_object_ref (controller);
  g_signal_connect_object (controller, "words-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * foyer_command_row_set_row:
 * @self: the widget
 * @row: (nullable): a row over a FoyerCommand
 */
void
foyer_command_row_set_row (FoyerCommandRow *self, FoyerRow *row)
{
  g_return_if_fail (FOYER_IS_COMMAND_ROW (self));

  g_signal_group_set_target (self->row_signals, row);
  update (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, FoyerActivityController *controller)
{
  gtk_list_item_set_child (item, foyer_command_row_new (controller));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, FoyerActivityController *controller)
{
  foyer_command_row_set_row (FOYER_COMMAND_ROW (gtk_list_item_get_child (item)),
                             gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem *item,
           FoyerActivityController *controller)
{
  foyer_command_row_set_row (FOYER_COMMAND_ROW (gtk_list_item_get_child (item)), NULL);
}

/**
 * foyer_command_row_factory_new:
 * @controller: puts commands into words
 *
 * Returns: (transfer full): makes rows for a list view over FoyerRow
 */
GtkListItemFactory *
foyer_command_row_factory_new (FoyerActivityController *controller)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), controller, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), controller, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), controller,
                           G_CONNECT_DEFAULT);
  return factory;
}
