/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The connections, one card each, and behind them the record of outside calls. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-connections-page.h"

#include "foyer-audit-view.h"
#include "foyer-closures.h"
#include "foyer-connect-dialog.h"
#include "foyer-connection-card.h"
#include "foyer-dialogs.h"
#include "foyer-window.h"

struct _FoyerConnectionsPage
{
  AdwBin parent_instance;

  FoyerConnectionsController *controller; /* (owned) */
  GtkStack *stack;
  GtkStack *content;
  GtkListBox *cards;
  AdwBin *audit_bin;
  GtkWidget *show_calls;
};

G_DEFINE_FINAL_TYPE (FoyerConnectionsPage, foyer_connections_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_CONTROLLER = 1,
} FoyerConnectionsPageProperty;

static GParamSpec *properties[PROP_CONTROLLER + 1];

static void
update_content (FoyerConnectionsPage *self)
{
  gboolean empty = FALSE;

  g_object_get (self->controller, "empty", &empty, NULL);
  gtk_stack_set_visible_child_name (self->content, empty ? "empty" : "cards");
}

static GtkWidget *
create_card (gpointer item, gpointer user_data)
{
  FoyerConnectionsPage *self = user_data;
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (
      GTK_LIST_BOX_ROW (row),
      foyer_connection_card_new (self->controller, FOYER_CONNECTION_ITEM (item)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerConfirmation) confirmation = user_data;

  foyer_confirmation_resolve (confirmation, foyer_ask_finish (result, NULL));
}

static void
confirm_cb (FoyerConnectionsPage *self, FoyerConfirmation *confirmation)
{
  foyer_ask_async (GTK_WIDGET (self), foyer_confirmation_get_heading (confirmation),
                   foyer_confirmation_get_body (confirmation),
                   foyer_confirmation_get_dismiss (confirmation),
                   foyer_confirmation_get_confirm (confirmation), FOYER_ASK_DESTRUCTIVE, NULL, NULL,
                   answered_cb, g_object_ref (confirmation));
}

static void
done_cb (FoyerConnectionsPage *self, const char *sentence)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), FOYER_TYPE_WINDOW);

  if (window != NULL)
    foyer_window_toast (FOYER_WINDOW (window), sentence);
}

static void
reconnect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FoyerConnectionsPage *self = FOYER_CONNECTIONS_PAGE (widget);
  g_autoptr (FoyerConnectController) way = foyer_connections_controller_create_connect (
      self->controller);

  g_object_set (way, "address", g_variant_get_string (parameter, NULL), NULL);
  foyer_connect_dialog_present (GTK_WIDGET (self), way);
}

static void
verify_cb (FoyerConnectionsPage *self)
{
  foyer_audit_controller_verify (foyer_connections_controller_get_audit (self->controller));
}

static void
show_calls_cb (FoyerConnectionsPage *self)
{
  if (adw_bin_get_child (self->audit_bin) == NULL)
    adw_bin_set_child (
        self->audit_bin,
        foyer_audit_view_new (foyer_connections_controller_get_audit (self->controller)));
  gtk_stack_set_visible_child_name (self->stack, "calls");
  gtk_widget_child_focus (GTK_WIDGET (self->audit_bin), GTK_DIR_TAB_FORWARD);
}

static void
back_cb (FoyerConnectionsPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "connections");
  gtk_widget_grab_focus (self->show_calls);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  FoyerConnectionsPage *self = FOYER_CONNECTIONS_PAGE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "calls") != 0)
    return GDK_EVENT_PROPAGATE;

  back_cb (self);
  return GDK_EVENT_STOP;
}

static void
map_cb (FoyerConnectionsPage *self)
{
  foyer_connections_controller_set_active (self->controller, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
unmap_cb (FoyerConnectionsPage *self)
{
  foyer_connections_controller_set_active (self->controller, FALSE);
}

static void
foyer_connections_page_constructed (GObject *object)
{
  FoyerConnectionsPage *self = FOYER_CONNECTIONS_PAGE (object);

  G_OBJECT_CLASS (foyer_connections_page_parent_class)->constructed (object);

  gtk_list_box_bind_model (self->cards, foyer_connections_controller_get_items (self->controller),
                           create_card, self, NULL);
  g_signal_connect_object (self->controller, "notify::empty", G_CALLBACK (update_content), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "confirmation-requested", G_CALLBACK (confirm_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  update_content (self);
}

static void
foyer_connections_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_CONTROLLER);

  g_value_set_object (value, FOYER_CONNECTIONS_PAGE (object)->controller);
}

static void
foyer_connections_page_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_CONTROLLER);

  FOYER_CONNECTIONS_PAGE (object)->controller = g_value_dup_object (value);
}

static void
foyer_connections_page_dispose (GObject *object)
{
  FoyerConnectionsPage *self = FOYER_CONNECTIONS_PAGE (object);

  if (self->cards != NULL)
    gtk_list_box_bind_model (self->cards, NULL, NULL, NULL, NULL);
  /* A child that is bound would be taken away from the bin, which would look for it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_CONNECTIONS_PAGE);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (foyer_connections_page_parent_class)->dispose (object);
}

static void
foyer_connections_page_class_init (FoyerConnectionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = foyer_connections_page_constructed;
  object_class->get_property = foyer_connections_page_get_property;
  object_class->set_property = foyer_connections_page_set_property;
  object_class->dispose = foyer_connections_page_dispose;

  properties[PROP_CONTROLLER] = g_param_spec_object (
      "controller", NULL, NULL, FOYER_TYPE_CONNECTIONS_CONTROLLER,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (FOYER_TYPE_AUDIT_CONTROLLER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/foyerdesk/Foyer/ui/foyer-connections-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectionsPage, content);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectionsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectionsPage, audit_bin);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectionsPage, show_calls);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
  gtk_widget_class_bind_template_callback (widget_class, unmap_cb);
  gtk_widget_class_bind_template_callback (widget_class, verify_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_calls_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_has_text);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_not);
  gtk_widget_class_install_action (widget_class, "connections.reconnect", "s", reconnect_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
foyer_connections_page_init (FoyerConnectionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_connections_page_new:
 * @controller: the connections
 *
 * Returns: (transfer floating): their page
 */
GtkWidget *
foyer_connections_page_new (FoyerConnectionsController *controller)
{
  return g_object_new (FOYER_TYPE_CONNECTIONS_PAGE, "controller", controller, NULL);
}
