/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window owns no state but what is shown: the rest is the controller's. A page is made when its place
 * is first shown, by whoever added the place. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-window.h"

#include "foyer-closures.h"
#include "foyer-line-part.h"
#include "foyer-notice-bar.h"
#include "foyer-place.h"
#include "foyer-resources.h"
#include "foyer-split.h"
#include "foyer-text-scale.h"

#include <glib/gi18n.h>

/* The place where a person works; without a connection it says how to get one. */
#define HOME "desk"
#define INBOX "inbox"
#define COMMANDS "commands"

/* Of the places, in pixels, for letters of the usual size; and for the largest. */
#define SIDEBAR_WIDTH 200
#define SIDEBAR_WIDEST 320

struct _FoyerWindow
{
  AdwApplicationWindow parent_instance;

  FoyerShellController *controller; /* (owned) */
  GHashTable *places;               /* (owned) name -> Place (owned) */
  char *place;                      /* (owned) (nullable) the one shown */

  AdwToastOverlay *toasts;
  FoyerNoticeBar *notice_bar;
  FoyerSplit *split;
  GtkListBox *sidebar;
  GtkWidget *header_start;
  GtkWidget *list_button;
  GtkListView *list_view;
  GtkWidget *narrow_bar;
  GtkWidget *sidebar_box;
  GtkWidget *reach_word;
  AdwBin *waiting_bin;
  GtkWidget *waiting_button;
  GtkStack *stack;
  GtkRevealer *sync_revealer;
  GtkProgressBar *sync_progress;
  FoyerLinePart *line_words[4];
  GtkWidget *line_synced;
};

/* A place, and its page once it is made. */
typedef struct
{
  FoyerPlace *row; /* of the sidebar, not owned */
  FoyerPlaceFactory factory;
  gpointer data;
  GDestroyNotify destroy;
  GtkWidget *page; /* (nullable) of the stack, not owned */
} Place;

G_DEFINE_FINAL_TYPE (FoyerWindow, foyer_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  PROP_CONTROLLER = 1,
} FoyerWindowProperty;

static GParamSpec *properties[PROP_CONTROLLER + 1];

static void
place_free (gpointer data)
{
  Place *place = data;

  if (place->destroy != NULL)
    place->destroy (place->data);
  g_free (place);
}

static GtkWidget *
ensure_page (FoyerWindow *self, const char *name)
{
  Place *place = g_hash_table_lookup (self->places, name);

  if (place == NULL)
    return NULL;
  if (place->page == NULL)
    {
      place->page = place->factory (place->data);
      gtk_stack_add_named (self->stack, place->page, name);
    }

  return place->page;
}

/* Home without a connection is the first-run page; before the workspace is read, nothing. */
static void
update_page (FoyerWindow *self)
{
  g_autofree char *problem = NULL;

  if (self->place == NULL)
    return;

  g_object_get (self->controller, "problem", &problem, NULL);
  if (problem != NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "broken");
      return;
    }
  if (!foyer_shell_controller_get_loaded (self->controller))
    {
      gtk_stack_set_visible_child_name (self->stack, "loading");
      return;
    }
  if (g_str_equal (self->place, HOME)
      && !foyer_shell_controller_get_has_connections (self->controller))
    {
      gtk_stack_set_visible_child_name (self->stack, "welcome");
      return;
    }

  if (ensure_page (self, self->place) != NULL)
    gtk_stack_set_visible_child_name (self->stack, self->place);
}

/**
 * foyer_window_show_place:
 * @self: the window
 * @name: a place that was added
 */
void
foyer_window_show_place (FoyerWindow *self, const char *name)
{
  Place *place;

  g_return_if_fail (FOYER_IS_WINDOW (self));

  place = g_hash_table_lookup (self->places, name);
  if (place == NULL)
    return;

  if (g_strcmp0 (self->place, name) != 0)
    {
      g_free (self->place);
      self->place = g_strdup (name);
    }
  gtk_list_box_select_row (self->sidebar, GTK_LIST_BOX_ROW (place->row));
  foyer_split_set_show_content (self->split, TRUE);
  update_page (self);
}

static void
place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  foyer_window_show_place (FOYER_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_commands_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FoyerWindow *self = FOYER_WINDOW (widget);
  const char *which = g_variant_get_string (parameter, NULL);
  gboolean inbox = g_str_equal (which, "needs-you") && g_hash_table_contains (self->places, INBOX);
  GtkWidget *page;

  foyer_window_show_place (self, inbox ? INBOX : COMMANDS);
  page = foyer_window_get_page (self, COMMANDS);
  if (!inbox && page != NULL)
    gtk_widget_activate_action (page, "commands.filter", "s", which);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  foyer_split_set_show_content (FOYER_WINDOW (widget)->split, FALSE);
}

static void
choose_list_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (FOYER_WINDOW (widget)->list_button));
}

static void
place_activated_cb (FoyerWindow *self, GtkListBoxRow *row)
{
  foyer_window_show_place (self, foyer_place_get_name (FOYER_PLACE (row)));
}

static void
needs_you_cb (FoyerWindow *self)
{
  Place *inbox = g_hash_table_lookup (self->places, INBOX);
  gint64 needs_you = 0;

  if (inbox == NULL)
    return;

  g_object_get (self->controller, "needs-you", &needs_you, NULL);
  foyer_place_set_count (inbox->row, needs_you);
}

static void
sync_cb (FoyerWindow *self)
{
  double fraction = -1;

  g_object_get (foyer_shell_controller_get_status (self->controller), "sync-fraction", &fraction,
                NULL);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->sync_progress, fraction);
  else
    gtk_progress_bar_pulse (self->sync_progress);
}

/* Where there is room for one of sidebar and page only, the header is too small for all of it. */
static void
collapsed_cb (FoyerWindow *self)
{
  gboolean narrow = foyer_split_get_collapsed (self->split);
  g_autoptr (GtkWidget) list_button = g_object_ref (self->list_button);
  g_autoptr (GtkWidget) waiting_button = g_object_ref (self->waiting_button);

  if (narrow == (gtk_widget_get_parent (list_button) == self->narrow_bar))
    return;

  if (narrow)
    {
      gtk_box_remove (GTK_BOX (self->header_start), list_button);
      gtk_box_append (GTK_BOX (self->narrow_bar), list_button);
      adw_bin_set_child (self->waiting_bin, NULL);
      gtk_box_append (GTK_BOX (self->narrow_bar), waiting_button);
      gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
    }
  else
    {
      gtk_box_remove (GTK_BOX (self->narrow_bar), waiting_button);
      adw_bin_set_child (self->waiting_bin, waiting_button);
      gtk_box_remove (GTK_BOX (self->narrow_bar), list_button);
      gtk_box_prepend (GTK_BOX (self->header_start), list_button);
      gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
    }
  gtk_widget_set_hexpand (list_button, narrow);
  gtk_widget_set_visible (self->narrow_bar, narrow);
  gtk_widget_set_visible (self->reach_word, !narrow);
  gtk_widget_set_visible (self->line_synced, !narrow);
  for (gsize i = 0; i < G_N_ELEMENTS (self->line_words); i++)
    foyer_line_part_set_orientation (self->line_words[i], narrow ? GTK_ORIENTATION_VERTICAL
                                                                 : GTK_ORIENTATION_HORIZONTAL);
}

static void
list_activated_cb (FoyerWindow *self, guint position)
{
  FoyerLists *lists = foyer_shell_controller_get_lists (self->controller);
  g_autoptr (FoyerListChoice) choice = g_list_model_get_item (G_LIST_MODEL (lists), position);

  if (choice != NULL)
    foyer_lists_set_selected (lists, choice);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->list_button));
}

static void
list_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *names[] = { "title", "subtitle", "counts" };
  const char *classes[] = { "heading", "caption", "caption" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *label = gtk_label_new (NULL);
      GtkExpression *choice = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");
      GtkExpression *text = gtk_property_expression_new (FOYER_TYPE_LIST_CHOICE, choice, names[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 24);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
      gtk_widget_add_css_class (label, classes[i]);
      if (i > 0)
        gtk_widget_add_css_class (label, "dim-label");
      gtk_expression_bind (text, label, "label", item);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_item_set_child (item, box);
}

/* Larger letters make the names of the places longer. Folded away it has the whole window, which may be narrow. */
static void
text_scale_cb (FoyerWindow *self)
{
  double scale = foyer_text_scale_get (GTK_WIDGET (self));

  gtk_widget_set_size_request (self->sidebar_box,
                               MIN ((int)(SIDEBAR_WIDTH * scale), SIDEBAR_WIDEST), -1);
}

static void
fill_lists (FoyerWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (
      G_LIST_MODEL (g_object_ref (foyer_shell_controller_get_lists (self->controller))));

  g_signal_connect (factory, "setup", G_CALLBACK (list_setup_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
}

static void
foyer_window_constructed (GObject *object)
{
  FoyerWindow *self = FOYER_WINDOW (object);
  FoyerDeskStatus *status = foyer_shell_controller_get_status (self->controller);
  const char *watched[] = { "notify::loaded", "notify::has-connections", "notify::problem" };

  G_OBJECT_CLASS (foyer_window_parent_class)->constructed (object);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "shell",
                                  foyer_shell_controller_get_actions (self->controller));
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->controller, watched[i], G_CALLBACK (update_page), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "notify::needs-you", G_CALLBACK (needs_you_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (status, "notify::sync-fraction", G_CALLBACK (sync_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (text_scale_cb), self, G_CONNECT_SWAPPED);
  text_scale_cb (self);
  fill_lists (self);
  collapsed_cb (self);
}

static void
foyer_window_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_CONTROLLER);

  g_value_set_object (value, FOYER_WINDOW (object)->controller);
}

static void
foyer_window_set_property (GObject *object,
                           guint property_id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_CONTROLLER);

  FOYER_WINDOW (object)->controller = g_value_dup_object (value);
}

static void
foyer_window_dispose (GObject *object)
{
  FoyerWindow *self = FOYER_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_WINDOW);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (foyer_window_parent_class)->dispose (object);
}

static void
foyer_window_finalize (GObject *object)
{
  FoyerWindow *self = FOYER_WINDOW (object);

  g_hash_table_unref (self->places);
  g_free (self->place);

  G_OBJECT_CLASS (foyer_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  const char *const words[] = { "recorded_word", "sent_word", "waiting_word", "needs_you_word" };

  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, notice_bar);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, split);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, header_start);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, list_button);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, list_view);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, narrow_bar);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, reach_word);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, waiting_bin);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, waiting_button);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, sync_revealer);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, sync_progress);
  gtk_widget_class_bind_template_child (widget_class, FoyerWindow, line_synced);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    gtk_widget_class_bind_template_child_full (
        widget_class, words[i], FALSE,
        (gssize)(G_STRUCT_OFFSET (FoyerWindow, line_words) + i * sizeof (FoyerLinePart *)));

  gtk_widget_class_bind_template_callback (widget_class, collapsed_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_has_text);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_any);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_number);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_waiting);
}

static void
foyer_window_class_init (FoyerWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = foyer_window_constructed;
  object_class->get_property = foyer_window_get_property;
  object_class->set_property = foyer_window_set_property;
  object_class->dispose = foyer_window_dispose;
  object_class->finalize = foyer_window_finalize;

  properties[PROP_CONTROLLER] = g_param_spec_object (
      "controller", NULL, NULL, FOYER_TYPE_SHELL_CONTROLLER,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* Naming it keeps the linker from leaving the resource out of a program that links us statically. */
  g_assert (foyer_get_resource () != NULL);
  g_type_ensure (FOYER_TYPE_SPLIT);
  g_type_ensure (FOYER_TYPE_LINE_PART);
  g_type_ensure (FOYER_TYPE_NOTICE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/foyerdesk/Foyer/ui/foyer-window.ui");
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "win.place", "s", place_action);
  gtk_widget_class_install_action (widget_class, "win.show-commands", "s", show_commands_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.choose-list", NULL, choose_list_action);
}

static void
foyer_window_init (FoyerWindow *self)
{
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, place_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_window_new:
 * @application: the application
 * @controller: the window's controller
 *
 * Returns: (transfer none): a window without places; GTK keeps it until it is closed
 */
FoyerWindow *
foyer_window_new (GtkApplication *application, FoyerShellController *controller)
{
  g_return_val_if_fail (FOYER_IS_SHELL_CONTROLLER (controller), NULL);

  return g_object_new (FOYER_TYPE_WINDOW, "application", application, "controller", controller,
                       NULL);
}

/**
 * foyer_window_add_place:
 * @self: the window
 * @name: `desk`, `inbox`, `commands`, `connections`, ...
 * @title: for people
 * @icon_name: symbolic icon
 * @accelerator: (nullable): key that goes there: "F1"
 * @factory: makes its page when it is first shown
 * @data: for @factory
 * @destroy: (nullable): frees @data
 *
 * Adds a place at the end of the sidebar; the first one is shown.
 */
void
foyer_window_add_place (FoyerWindow *self,
                        const char *name,
                        const char *title,
                        const char *icon_name,
                        const char *accelerator,
                        FoyerPlaceFactory factory,
                        gpointer data,
                        GDestroyNotify destroy)
{
  Place *place;
  GtkApplication *application;

  g_return_if_fail (FOYER_IS_WINDOW (self));
  g_return_if_fail (name != NULL && factory != NULL);

  place = g_new0 (Place, 1);
  place->row = FOYER_PLACE (foyer_place_new (name, title, icon_name, accelerator));
  place->factory = factory;
  place->data = data;
  place->destroy = destroy;
  g_hash_table_insert (self->places, g_strdup (name), place);
  gtk_list_box_append (self->sidebar, GTK_WIDGET (place->row));

  application = gtk_window_get_application (GTK_WINDOW (self));
  if (application != NULL && accelerator != NULL)
    {
      g_autofree char *action = g_strdup_printf ("win.place::%s", name);
      const char *accels[] = { accelerator, NULL };

      gtk_application_set_accels_for_action (application, action, accels);
    }

  needs_you_cb (self);
  if (self->place == NULL)
    foyer_window_show_place (self, name);
}

/**
 * foyer_window_get_page:
 * @self: the window
 * @name: a place
 *
 * Returns: (transfer none) (nullable): its page, if it has been shown
 */
GtkWidget *
foyer_window_get_page (FoyerWindow *self, const char *name)
{
  Place *place;

  g_return_val_if_fail (FOYER_IS_WINDOW (self), NULL);

  place = g_hash_table_lookup (self->places, name);
  return place != NULL ? place->page : NULL;
}

/**
 * foyer_window_toast:
 * @self: the window
 * @text: what has been done, for people
 */
void
foyer_window_toast (FoyerWindow *self, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (FOYER_IS_WINDOW (self));

  /* A toast's title is read as markup. */
  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/**
 * foyer_window_warn:
 * @self: the window
 * @text: what has happened, and what to do
 *
 * Says something that must not go by unseen: it stays until somebody closes it.
 */
void
foyer_window_warn (FoyerWindow *self, const char *text)
{
  g_return_if_fail (FOYER_IS_WINDOW (self));

  foyer_notice_bar_show (self->notice_bar, text);
}
