/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection. Most of it is bound in the template; the group's title is set here, since Adwaita reads it
 * as markup. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-connection-card.h"

#include "foyer-closures.h"

struct _FoyerConnectionCard
{
  AdwPreferencesGroup parent_instance;

  FoyerConnectionsController *controller; /* (owned) */
  FoyerConnectionItem *item;              /* (owned) */
  GtkProgressBar *progress;
};

G_DEFINE_FINAL_TYPE (FoyerConnectionCard, foyer_connection_card, ADW_TYPE_PREFERENCES_GROUP)

typedef enum
{
  PROP_ITEM = 1,
} FoyerConnectionCardProperty;

static GParamSpec *properties[PROP_ITEM + 1];

static void
update_title (FoyerConnectionCard *self)
{
  g_autofree char *title = NULL;
  g_autofree char *escaped = NULL;

  g_object_get (self->item, "title", &title, NULL);
  escaped = g_markup_escape_text (title, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), escaped);
}

static void
update_progress (FoyerConnectionCard *self)
{
  double fraction = -1;

  g_object_get (foyer_connection_item_get_status (self->item), "sync-fraction", &fraction, NULL);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
sync_cb (FoyerConnectionCard *self)
{
  foyer_connections_controller_fetch (self->controller, self->item);
}

static void
cancel_cb (FoyerConnectionCard *self)
{
  foyer_connections_controller_stop_fetching (self->controller, self->item);
}

static void
unlock_cb (FoyerConnectionCard *self)
{
  foyer_connections_controller_unlock (self->controller, self->item);
}

static void
reconnect_cb (FoyerConnectionCard *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "connections.reconnect", "s",
                              foyer_connection_item_get_address (self->item));
}

static void
remove_cb (FoyerConnectionCard *self)
{
  foyer_connections_controller_remove (self->controller, self->item);
}

static void
foyer_connection_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_ITEM);

  g_value_set_object (value, FOYER_CONNECTION_CARD (object)->item);
}

static void
foyer_connection_card_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_ITEM);

  FOYER_CONNECTION_CARD (object)->item = g_value_dup_object (value);
}

static void
foyer_connection_card_constructed (GObject *object)
{
  FoyerConnectionCard *self = FOYER_CONNECTION_CARD (object);

  G_OBJECT_CLASS (foyer_connection_card_parent_class)->constructed (object);

  g_signal_connect_object (self->item, "notify::title", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (foyer_connection_item_get_status (self->item), "notify::sync-fraction",
                           G_CALLBACK (update_progress), self, G_CONNECT_SWAPPED);
  update_title (self);
  update_progress (self);
}

static void
foyer_connection_card_dispose (GObject *object)
{
  FoyerConnectionCard *self = FOYER_CONNECTION_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_CONNECTION_CARD);
  g_clear_object (&self->controller);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (foyer_connection_card_parent_class)->dispose (object);
}

static void
foyer_connection_card_class_init (FoyerConnectionCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = foyer_connection_card_constructed;
  object_class->get_property = foyer_connection_card_get_property;
  object_class->set_property = foyer_connection_card_set_property;
  object_class->dispose = foyer_connection_card_dispose;

  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, FOYER_TYPE_CONNECTION_ITEM,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                   | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/foyerdesk/Foyer/ui/foyer-connection-card.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectionCard, progress);
  gtk_widget_class_bind_template_callback (widget_class, sync_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, reconnect_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_has_text);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_not);
}

static void
foyer_connection_card_init (FoyerConnectionCard *self)
{
  g_type_ensure (FOYER_TYPE_DESK_STATUS);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_connection_card_new:
 * @controller: the connections
 * @item: one of them
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
foyer_connection_card_new (FoyerConnectionsController *controller, FoyerConnectionItem *item)
{
  FoyerConnectionCard *self;

  g_return_val_if_fail (FOYER_IS_CONNECTIONS_CONTROLLER (controller), NULL);
  g_return_val_if_fail (FOYER_IS_CONNECTION_ITEM (item), NULL);

  self = g_object_new (FOYER_TYPE_CONNECTION_CARD, "item", item, NULL);
  self->controller = g_object_ref (controller);
  return GTK_WIDGET (self);
}
