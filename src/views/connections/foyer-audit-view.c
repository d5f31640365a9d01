/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The record of outside calls as a table of four columns. Rows do not change: a call is over when it is
 * recorded. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-audit-view.h"

#include <glib/gi18n.h>

struct _FoyerAuditView
{
  AdwBin parent_instance;

  FoyerAuditController *controller; /* (owned) */
  GtkStack *stack;
  GtkColumnView *table;
};

G_DEFINE_FINAL_TYPE (FoyerAuditView, foyer_audit_view, ADW_TYPE_BIN)

typedef enum
{
  COLUMN_AT,
  COLUMN_ANSWER,
  COLUMN_REQUEST,
  COLUMN_CONNECTION,
  N_COLUMNS,
} Column;

static const char *
cell_text (const FoyerCallWords *words, Column column)
{
  switch (column)
    {
    case COLUMN_AT:
      return words->at;
    case COLUMN_ANSWER:
      return words->answer;
    case COLUMN_REQUEST:
      return words->request;
    case COLUMN_CONNECTION:
      return words->connection;
    case N_COLUMNS:
      break;
    }

  g_return_val_if_reached ("");
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (GPOINTER_TO_INT (column) >= COLUMN_REQUEST)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 18);
    }
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const FoyerCall *call = foyer_row_get_value (gtk_list_item_get_item (item));
  g_autoptr (FoyerCallWords) words = NULL;
  const char *text;

  if (call == NULL)
    return;

  words = foyer_call_words_new (call);
  text = cell_text (words, (Column)GPOINTER_TO_INT (column));
  gtk_label_set_text (GTK_LABEL (label), text);
  if (GPOINTER_TO_INT (column) >= COLUMN_REQUEST)
    gtk_widget_set_tooltip_text (label, text);
  if (words->failed && GPOINTER_TO_INT (column) == COLUMN_ANSWER)
    gtk_widget_add_css_class (label, "warning");
  else
    gtk_widget_remove_css_class (label, "warning");
}

static void
add_column (FoyerAuditView *self, Column column, const char *title, gboolean expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) added = gtk_column_view_column_new (title, factory);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (column));
  gtk_column_view_column_set_expand (added, expand);
  gtk_column_view_append_column (self->table, added);
}

static void
update_stack (FoyerAuditView *self)
{
  gboolean empty = FALSE;

  g_object_get (self->controller, "empty", &empty, NULL);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "table");
}

static void
map_cb (FoyerAuditView *self)
{
  foyer_audit_controller_set_active (self->controller, TRUE);
}

static void
unmap_cb (FoyerAuditView *self)
{
  foyer_audit_controller_set_active (self->controller, FALSE);
}

static void
foyer_audit_view_dispose (GObject *object)
{
  FoyerAuditView *self = FOYER_AUDIT_VIEW (object);

  /* A child that is bound would be taken away from the bin, which would look for it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_AUDIT_VIEW);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (foyer_audit_view_parent_class)->dispose (object);
}

static void
foyer_audit_view_class_init (FoyerAuditViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = foyer_audit_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/foyerdesk/Foyer/ui/foyer-audit-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerAuditView, stack);
  gtk_widget_class_bind_template_child (widget_class, FoyerAuditView, table);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
  gtk_widget_class_bind_template_callback (widget_class, unmap_cb);
}

static void
foyer_audit_view_init (FoyerAuditView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_audit_view_new:
 * @controller: the record
 *
 * Returns: (transfer floating): its table
 */
GtkWidget *
foyer_audit_view_new (FoyerAuditController *controller)
{
  FoyerAuditView *self;
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_val_if_fail (FOYER_IS_AUDIT_CONTROLLER (controller), NULL);

  self = g_object_new (FOYER_TYPE_AUDIT_VIEW, NULL);
  self->controller = g_object_ref (controller);
  add_column (self, COLUMN_AT, _ ("When"), FALSE);
  add_column (self, COLUMN_ANSWER, _ ("Answer"), FALSE);
  add_column (self, COLUMN_REQUEST, _ ("Request"), TRUE);
  add_column (self, COLUMN_CONNECTION, _ ("Connection"), FALSE);
  selection = gtk_no_selection_new (
      G_LIST_MODEL (g_object_ref (foyer_audit_controller_get_calls (controller))));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (controller, "notify::empty", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  update_stack (self);
  return GTK_WIDGET (self);
}
