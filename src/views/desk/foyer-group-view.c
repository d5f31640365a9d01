/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tickets of an order, to be ticked. The check buttons are the rows' own: Space ticks the row that has the
 * focus, Enter lets in. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-group-view.h"

#include "foyer-verdict-view.h"

#include <glib/gi18n.h>

struct _FoyerGroupView
{
  AdwBin parent_instance;

  FoyerDeskController *controller; /* (owned) */
  FoyerGroup *group;               /* (owned) (nullable) */
  GSignalGroup *group_signals;     /* (owned) */
  GtkLabel *title;
  GtkListBox *tickets;
  GtkButton *admit_button;
  gboolean focused; /* the first ticket was given the focus once it was known */
};

G_DEFINE_FINAL_TYPE (FoyerGroupView, foyer_group_view, ADW_TYPE_BIN)

static void
update (FoyerGroupView *self)
{
  guint count = self->group != NULL ? foyer_group_get_count (self->group) : 0;
  gboolean leaving = foyer_door_get_leaving (foyer_desk_controller_get_door (self->controller));
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;

  if (self->group == NULL)
    return;

  g_object_get (self->group, "title", &title, NULL);
  gtk_label_set_text (self->title, title);
  label = g_strdup_printf (leaving
                               ? g_dngettext (GETTEXT_PACKAGE, "Let %u out", "Let %u out", count)
                               : g_dngettext (GETTEXT_PACKAGE, "Let %u in", "Let %u in", count),
                           count);
  gtk_button_set_label (self->admit_button, label);
  if (!self->focused && gtk_widget_get_mapped (GTK_WIDGET (self)))
    foyer_group_view_focus (self);
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  FoyerGroupTicket *ticket = item;
  const FoyerPersonWords *words = foyer_group_ticket_get_words (ticket);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *outcome = gtk_label_new (words->outcome);

  /* Names are no markup, and no mnemonics. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words->name);
  {
    g_autofree char *subtitle = g_markup_escape_text (words->ticket, -1);

    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  }
  g_object_bind_property (ticket, "ticked", check, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (check, FALSE);
  gtk_widget_add_css_class (outcome, "outcome");
  gtk_widget_add_css_class (outcome, foyer_tone_to_css_class (words->tone));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), outcome);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_RELATION_LABELLED_BY, row,
                                  NULL, -1);
  return row;
}

static void
toggle (FoyerGroupView *self, GtkListBoxRow *row)
{
  g_autoptr (FoyerGroupTicket) ticket = g_list_model_get_item (
      foyer_group_get_tickets (self->group), (guint)gtk_list_box_row_get_index (row));

  if (ticket != NULL)
    foyer_group_ticket_set_ticked (ticket, !foyer_group_ticket_get_ticked (ticket));
}

static void
row_activated_cb (FoyerGroupView *self, GtkListBoxRow *row)
{
  toggle (self, row);
}

/* A row would be activated by both keys. */
static gboolean
key_cb (FoyerGroupView *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (!GTK_IS_LIST_BOX_ROW (focus) || (state & GDK_CONTROL_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space)
    toggle (self, GTK_LIST_BOX_ROW (focus));
  else if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.admit-group", NULL);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
foyer_group_view_dispose (GObject *object)
{
  FoyerGroupView *self = FOYER_GROUP_VIEW (object);

  g_clear_object (&self->group_signals);
  g_clear_object (&self->group);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_GROUP_VIEW);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (foyer_group_view_parent_class)->dispose (object);
}

static void
foyer_group_view_class_init (FoyerGroupViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = foyer_group_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/foyerdesk/Foyer/ui/foyer-group-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerGroupView, title);
  gtk_widget_class_bind_template_child (widget_class, FoyerGroupView, tickets);
  gtk_widget_class_bind_template_child (widget_class, FoyerGroupView, admit_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
foyer_group_view_init (FoyerGroupView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->tickets), keys);
  self->group_signals = g_signal_group_new (FOYER_TYPE_GROUP);
  g_signal_group_connect_swapped (self->group_signals, "notify", G_CALLBACK (update), self);
}

/**
 * foyer_group_view_new:
 * @controller: the page's controller
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
foyer_group_view_new (FoyerDeskController *controller)
{
  FoyerGroupView *self = g_object_new (FOYER_TYPE_GROUP_VIEW, NULL);

  self->controller = g_object_ref (controller);
  g_signal_connect_object (foyer_desk_controller_get_door (controller), "notify::leaving",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * foyer_group_view_set_group:
 * @self: the view
 * @group: (nullable): whose tickets
 */
void
foyer_group_view_set_group (FoyerGroupView *self, FoyerGroup *group)
{
  g_return_if_fail (FOYER_IS_GROUP_VIEW (self));

  if (!g_set_object (&self->group, group))
    return;
  self->focused = FALSE;
  g_signal_group_set_target (self->group_signals, group);
  gtk_list_box_bind_model (self->tickets, group != NULL ? foyer_group_get_tickets (group) : NULL,
                           create_row_cb, self, NULL);
  update (self);
}

/**
 * foyer_group_view_focus:
 * @self: the view
 *
 * To the first ticket.
 */
void
foyer_group_view_focus (FoyerGroupView *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (FOYER_IS_GROUP_VIEW (self));

  row = gtk_list_box_get_row_at_index (self->tickets, 0);
  self->focused = row != NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->admit_button));
}
