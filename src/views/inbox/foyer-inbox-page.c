/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What needs a person. When a case goes, the keyboard goes on to the next one. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-inbox-page.h"

#include "foyer-announce.h"
#include "foyer-case-card.h"
#include "foyer-closures.h"
#include "foyer-window.h"

struct _FoyerInboxPage
{
  AdwBin parent_instance;

  FoyerInboxController *controller; /* (owned) */
  GtkStack *stack;
  GtkListBox *cards;
  GtkLabel *announcer;
  int focus_next; /* which card gets the keyboard when the cases change, or -1 */
};

G_DEFINE_FINAL_TYPE (FoyerInboxPage, foyer_inbox_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_CONTROLLER = 1,
} FoyerInboxPageProperty;

static GParamSpec *properties[PROP_CONTROLLER + 1];

static void
update_stack (FoyerInboxPage *self)
{
  gtk_stack_set_visible_child_name (
      self->stack, foyer_inbox_controller_get_empty (self->controller) ? "empty" : "cases");
}

static GtkWidget *
create_card (gpointer item, gpointer user_data)
{
  FoyerInboxPage *self = user_data;
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row),
                              foyer_case_card_new (self->controller, FOYER_ROW (item)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
focus_card (FoyerInboxPage *self, int position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->cards, position);

  if (row == NULL && position > 0)
    row = gtk_list_box_get_row_at_index (self->cards, position - 1);
  if (row != NULL)
    foyer_case_card_focus (FOYER_CASE_CARD (gtk_list_box_row_get_child (row)));
}

/* Where the keyboard is: taken while the card is still there. */
static int
find_focused (FoyerInboxPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (row == NULL || gtk_widget_get_parent (row) != GTK_WIDGET (self->cards))
    return -1;

  return gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
}

static void
words_changed_cb (FoyerInboxPage *self)
{
  int focused = find_focused (self);

  if (focused >= 0)
    self->focus_next = focused;
}

static void
items_changed_cb (FoyerInboxPage *self, guint position, guint removed, guint added)
{
  update_stack (self);
  if (self->focus_next < 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  focus_card (self, self->focus_next);
  self->focus_next = -1;
}

/* It was not taken: the keyboard goes back to where it was. */
static void
problem_cb (FoyerInboxPage *self)
{
  if (self->focus_next >= 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus_card (self, self->focus_next);
}

static void
settled_cb (FoyerInboxPage *self, const char *sentence)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), FOYER_TYPE_WINDOW);

  if (window != NULL)
    foyer_window_toast (FOYER_WINDOW (window), sentence);
  foyer_announce (self->announcer, sentence);
}

static void
map_cb (FoyerInboxPage *self)
{
  GListModel *cases = G_LIST_MODEL (foyer_inbox_controller_get_cases (self->controller));

  foyer_inbox_controller_set_active (self->controller, TRUE);
  if (g_list_model_get_n_items (cases) > 0)
    focus_card (self, 0);
  else
    self->focus_next = 0;
}

static void
unmap_cb (FoyerInboxPage *self)
{
  foyer_inbox_controller_set_active (self->controller, FALSE);
}

static void
foyer_inbox_page_constructed (GObject *object)
{
  FoyerInboxPage *self = FOYER_INBOX_PAGE (object);
  GListModel *cases = G_LIST_MODEL (foyer_inbox_controller_get_cases (self->controller));

  G_OBJECT_CLASS (foyer_inbox_page_parent_class)->constructed (object);

  /* Before the cards, which lose the keyboard when they are being answered. */
  g_signal_connect_object (self->controller, "words-changed", G_CALLBACK (words_changed_cb), self,
                           G_CONNECT_SWAPPED);

  /* The list box first: by the time we look for the next card, the old one is gone. */
  gtk_list_box_bind_model (self->cards, cases, create_card, self, NULL);
  g_signal_connect_object (cases, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "notify::empty", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "notify::problem", G_CALLBACK (problem_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "settled", G_CALLBACK (settled_cb), self,
                           G_CONNECT_SWAPPED);
  update_stack (self);
}

static void
foyer_inbox_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_CONTROLLER);

  g_value_set_object (value, FOYER_INBOX_PAGE (object)->controller);
}

static void
foyer_inbox_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_CONTROLLER);

  FOYER_INBOX_PAGE (object)->controller = g_value_dup_object (value);
}

static void
foyer_inbox_page_dispose (GObject *object)
{
  FoyerInboxPage *self = FOYER_INBOX_PAGE (object);

  if (self->cards != NULL)
    gtk_list_box_bind_model (self->cards, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_INBOX_PAGE);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (foyer_inbox_page_parent_class)->dispose (object);
}

static void
foyer_inbox_page_class_init (FoyerInboxPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = foyer_inbox_page_constructed;
  object_class->get_property = foyer_inbox_page_get_property;
  object_class->set_property = foyer_inbox_page_set_property;
  object_class->dispose = foyer_inbox_page_dispose;

  properties[PROP_CONTROLLER] = g_param_spec_object (
      "controller", NULL, NULL, FOYER_TYPE_INBOX_CONTROLLER,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/foyerdesk/Foyer/ui/foyer-inbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerInboxPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FoyerInboxPage, cards);
  gtk_widget_class_bind_template_child (widget_class, FoyerInboxPage, announcer);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
  gtk_widget_class_bind_template_callback (widget_class, unmap_cb);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_has_text);
}

static void
foyer_inbox_page_init (FoyerInboxPage *self)
{
  self->focus_next = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_inbox_page_new:
 * @controller: the inbox
 *
 * Returns: (transfer floating): its page
 */
GtkWidget *
foyer_inbox_page_new (FoyerInboxController *controller)
{
  return g_object_new (FOYER_TYPE_INBOX_PAGE, "controller", controller, NULL);
}
