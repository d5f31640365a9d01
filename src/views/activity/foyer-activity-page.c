/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal: a list, and all about the selected command beside or under it. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-activity-page.h"

#include "foyer-closures.h"
#include "foyer-command-row.h"
#include "foyer-two-pane.h"
#include "foyer-window.h"

#include <glib/gi18n.h>

struct _FoyerActivityPage
{
  AdwBin parent_instance;

  FoyerActivityController *controller; /* (owned) */
  GtkStack *stack;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search;
  GtkListView *list;
  GtkWidget *side;
  GtkListBox *facts;
  GtkWidget *settle;
  GtkSingleSelection *selection; /* owned by the list */
};

G_DEFINE_FINAL_TYPE (FoyerActivityPage, foyer_activity_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_CONTROLLER = 1,
} FoyerActivityPageProperty;

static GParamSpec *properties[PROP_CONTROLLER + 1];

static void
update_stack (FoyerActivityPage *self)
{
  gboolean empty = FALSE;

  g_object_get (self->controller, "empty", &empty, NULL);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

static void
update_side (FoyerActivityPage *self)
{
  FoyerRow *row = foyer_activity_controller_get_selected (self->controller);
  g_autoptr (FoyerCommandWords) words = NULL;

  gtk_widget_set_visible (self->side, row != NULL);
  if (row == NULL)
    {
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      return;
    }

  words = foyer_activity_controller_describe (self->controller, row);
  gtk_widget_set_visible (self->settle, words != NULL && words->tone == FOYER_COMMAND_CALLS);
}

static void
selected_cb (FoyerActivityPage *self)
{
  FoyerRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (row != NULL)
    foyer_activity_controller_set_selected (self->controller, row);
}

static void
close_cb (FoyerActivityPage *self)
{
  foyer_activity_controller_set_selected (self->controller, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  FoyerActivityPage *self = FOYER_ACTIVITY_PAGE (widget);

  if (foyer_activity_controller_get_selected (self->controller) == NULL)
    return GDK_EVENT_PROPAGATE;

  close_cb (self);
  return GDK_EVENT_STOP;
}

static void
copy_cb (FoyerActivityPage *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), FOYER_TYPE_WINDOW);
  g_autofree char *id = NULL;

  g_object_get (self->controller, "detail-id", &id, NULL);
  if (id == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), id);
  if (window != NULL)
    foyer_window_toast (FOYER_WINDOW (window), _ ("The number is on the clipboard."));
}

static GtkWidget *
create_fact (gpointer item, gpointer user_data)
{
  FoyerFact *fact = item;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (foyer_fact_get_label (fact));
  GtkWidget *value = gtk_label_new (foyer_fact_get_value (fact));
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (box, "fact");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), value);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
search_changed_cb (FoyerActivityPage *self)
{
  foyer_activity_controller_set_search (self->controller,
                                        gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
find_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_search_bar_set_search_mode (FOYER_ACTIVITY_PAGE (widget)->search_bar, TRUE);
}

static void
map_cb (FoyerActivityPage *self)
{
  foyer_activity_controller_set_active (self->controller, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
unmap_cb (FoyerActivityPage *self)
{
  foyer_activity_controller_set_active (self->controller, FALSE);
}

static void
fill_list (FoyerActivityPage *self)
{
  g_autoptr (GtkListItemFactory) factory = foyer_command_row_factory_new (self->controller);
  GListModel *commands = G_LIST_MODEL (foyer_activity_controller_get_commands (self->controller));
  g_autoptr (GtkSingleSelection) selection = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect",
                                                           FALSE, "can-unselect", TRUE, "model",
                                                           commands, NULL);

  self->selection = selection;
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
foyer_activity_page_constructed (GObject *object)
{
  FoyerActivityPage *self = FOYER_ACTIVITY_PAGE (object);

  G_OBJECT_CLASS (foyer_activity_page_parent_class)->constructed (object);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "commands",
                                  foyer_activity_controller_get_actions (self->controller));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  fill_list (self);
  gtk_list_box_bind_model (self->facts, foyer_activity_controller_get_detail (self->controller),
                           create_fact, NULL, NULL);
  g_signal_connect_object (self->controller, "notify::empty", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "notify::detail-id", G_CALLBACK (update_side), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "notify::selected", G_CALLBACK (update_side), self,
                           G_CONNECT_SWAPPED);
  update_stack (self);
  update_side (self);
}

static void
foyer_activity_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_CONTROLLER);

  g_value_set_object (value, FOYER_ACTIVITY_PAGE (object)->controller);
}

static void
foyer_activity_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_CONTROLLER);

  FOYER_ACTIVITY_PAGE (object)->controller = g_value_dup_object (value);
}

static void
foyer_activity_page_dispose (GObject *object)
{
  FoyerActivityPage *self = FOYER_ACTIVITY_PAGE (object);

  if (self->facts != NULL)
    gtk_list_box_bind_model (self->facts, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_ACTIVITY_PAGE);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (foyer_activity_page_parent_class)->dispose (object);
}

static void
foyer_activity_page_class_init (FoyerActivityPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = foyer_activity_page_constructed;
  object_class->get_property = foyer_activity_page_get_property;
  object_class->set_property = foyer_activity_page_set_property;
  object_class->dispose = foyer_activity_page_dispose;

  properties[PROP_CONTROLLER] = g_param_spec_object (
      "controller", NULL, NULL, FOYER_TYPE_ACTIVITY_CONTROLLER,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (FOYER_TYPE_TWO_PANE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/foyerdesk/Foyer/ui/foyer-activity-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerActivityPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FoyerActivityPage, search);
  gtk_widget_class_bind_template_child (widget_class, FoyerActivityPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, FoyerActivityPage, list);
  gtk_widget_class_bind_template_child (widget_class, FoyerActivityPage, side);
  gtk_widget_class_bind_template_child (widget_class, FoyerActivityPage, facts);
  gtk_widget_class_bind_template_child (widget_class, FoyerActivityPage, settle);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
  gtk_widget_class_bind_template_callback (widget_class, unmap_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_has_text);
  gtk_widget_class_install_action (widget_class, "activity-page.find", NULL, find_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK,
                                       "activity-page.find", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
foyer_activity_page_init (FoyerActivityPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_activity_page_new:
 * @controller: the activity
 *
 * Returns: (transfer floating): its page
 */
GtkWidget *
foyer_activity_page_new (FoyerActivityController *controller)
{
  return g_object_new (FOYER_TYPE_ACTIVITY_PAGE, "controller", controller, NULL);
}
