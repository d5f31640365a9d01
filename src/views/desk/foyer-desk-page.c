/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Desk. Its large part shows one of four things, as the controller says; the two that are not needed for
 * the first frame are made when they are, or when the window has come to rest. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-desk-page.h"

#include "foyer-announce.h"
#include "foyer-closures.h"
#include "foyer-entry-row.h"
#include "foyer-headline.h"
#include "foyer-group-view.h"
#include "foyer-person-row.h"
#include "foyer-person-view.h"
#include "foyer-reason-bar.h"
#include "foyer-pulse-view.h"
#include "foyer-scan-catcher.h"
#include "foyer-scanner-profile.h"
#include "foyer-two-pane.h"
#include "foyer-verdict-view.h"

#include <glib/gi18n.h>

struct _FoyerDeskPage
{
  AdwBin parent_instance;

  FoyerDeskController *controller; /* (owned) */
  FoyerScanCatcher *catcher;       /* (owned) */
  GtkStack *stack;
  AdwBin *verdict_bin;
  AdwBin *person_bin;
  AdwBin *pulse_bin;
  AdwBin *group_bin;
  GtkListView *results;
  GtkListView *last;
  GtkWidget *last_empty;
  GtkSearchEntry *search;
  GtkLabel *announcer;
  GtkSingleSelection *selection; /* of the results, owned by their view */
  guint warm_up;
  guint to_newest;
};

G_DEFINE_FINAL_TYPE (FoyerDeskPage, foyer_desk_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_CONTROLLER = 1,
  PROP_SCANNER_GAP,
  PROP_SCANNER,
} FoyerDeskPageProperty;

static GParamSpec *properties[PROP_SCANNER + 1];

static FoyerVerdictView *
ensure_verdict (FoyerDeskPage *self)
{
  if (adw_bin_get_child (self->verdict_bin) == NULL)
    adw_bin_set_child (self->verdict_bin, foyer_verdict_view_new ());

  return FOYER_VERDICT_VIEW (adw_bin_get_child (self->verdict_bin));
}

static FoyerPersonView *
ensure_person (FoyerDeskPage *self)
{
  if (adw_bin_get_child (self->person_bin) == NULL)
    adw_bin_set_child (self->person_bin, foyer_person_view_new (self->controller));

  return FOYER_PERSON_VIEW (adw_bin_get_child (self->person_bin));
}

static FoyerGroupView *
ensure_group (FoyerDeskPage *self)
{
  if (adw_bin_get_child (self->group_bin) == NULL)
    adw_bin_set_child (self->group_bin, foyer_group_view_new (self->controller));

  return FOYER_GROUP_VIEW (adw_bin_get_child (self->group_bin));
}

static void
group_changed_cb (FoyerDeskPage *self)
{
  FoyerGroup *group = foyer_desk_controller_get_group (self->controller);

  if (group != NULL || adw_bin_get_child (self->group_bin) != NULL)
    foyer_group_view_set_group (ensure_group (self), group);
}

/* A cursor at the end of what stands there: focus alone would select it all, and the next letter would
 * replace it. */
static void
focus_search (FoyerDeskPage *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->search));

  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

static void
words_changed_cb (FoyerDeskPage *self)
{
  FoyerVerdictWords *words = foyer_door_get_words (
      foyer_desk_controller_get_door (self->controller));

  if (words != NULL)
    foyer_verdict_view_set_words (ensure_verdict (self), words);
}

static void
detail_changed_cb (FoyerDeskPage *self)
{
  FoyerOrderDetail *detail = foyer_desk_controller_get_detail (self->controller);

  if (detail != NULL || adw_bin_get_child (self->person_bin) != NULL)
    foyer_person_view_set_detail (ensure_person (self), detail);
}

static void
mode_changed_cb (FoyerDeskPage *self)
{
  switch (foyer_desk_controller_get_mode (self->controller))
    {
    case FOYER_DESK_READY:
      gtk_stack_set_visible_child_name (self->stack, "ready");
      focus_search (self);
      break;
    case FOYER_DESK_VERDICT:
      ensure_verdict (self);
      gtk_stack_set_visible_child_name (self->stack, "verdict");
      break;
    case FOYER_DESK_RESULTS:
      gtk_stack_set_visible_child_name (self->stack, "results");
      focus_search (self);
      break;
    case FOYER_DESK_PERSON:
      gtk_stack_set_visible_child_name (self->stack, "person");
      foyer_person_view_focus (ensure_person (self));
      break;
    case FOYER_DESK_GROUP:
      gtk_stack_set_visible_child_name (self->stack, "group");
      foyer_group_view_focus (ensure_group (self));
      break;
    }
}

static void
person_known_cb (FoyerDeskPage *self)
{
  if (foyer_desk_controller_get_mode (self->controller) == FOYER_DESK_PERSON)
    foyer_person_view_focus (ensure_person (self));
}

static void
controller_search_cb (FoyerDeskPage *self)
{
  if (*foyer_desk_controller_get_search (self->controller) == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
announce_cb (FoyerDeskPage *self, const char *text)
{
  foyer_announce (self->announcer, text);
}

static void
scanned_cb (FoyerDeskPage *self, const char *code, const char *alternative)
{
  foyer_desk_controller_scan (self->controller, code, alternative);
}

static void
search_changed_cb (FoyerDeskPage *self)
{
  foyer_desk_controller_set_search (self->controller,
                                    gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_started_cb (FoyerDeskPage *self)
{
  focus_search (self);
}

static void
search_activated_cb (FoyerDeskPage *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  if (foyer_desk_controller_submit (self->controller, text,
                                    gtk_single_selection_get_selected_item (self->selection)))
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
search_stopped_cb (FoyerDeskPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "desk.clear", NULL);
  if (*foyer_desk_controller_get_search (self->controller) == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/* The arrows choose among the results while the hands stay where they type. */
static gboolean
search_key_cb (FoyerDeskPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint position = gtk_single_selection_get_selected (self->selection);

  if (foyer_desk_controller_get_mode (self->controller) != FOYER_DESK_RESULTS || n == 0)
    return GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_Down)
    position = position == GTK_INVALID_LIST_POSITION ? 0 : MIN (position + 1, n - 1);
  else if (keyval == GDK_KEY_Up)
    position = position == GTK_INVALID_LIST_POSITION || position == 0 ? 0 : position - 1;
  else
    return GDK_EVENT_PROPAGATE;

  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->results), "list.scroll-to-item", "u", position);
  return GDK_EVENT_STOP;
}

static void
result_activated_cb (FoyerDeskPage *self, guint position)
{
  g_autoptr (FoyerRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row != NULL)
    foyer_desk_controller_open_row (self->controller, row);
}

static void
last_activated_cb (FoyerDeskPage *self, guint position)
{
  GListModel *last = foyer_door_get_last (foyer_desk_controller_get_door (self->controller));
  g_autoptr (FoyerDoorEntry) entry = g_list_model_get_item (last, position);

  if (entry != NULL)
    foyer_desk_controller_open_entry (self->controller, entry);
}

/* A list view stays with the row that was on top; here the newest is what counts. */
static gboolean
to_newest_cb (gpointer user_data)
{
  FoyerDeskPage *self = user_data;

  self->to_newest = 0;
  gtk_widget_activate_action (GTK_WIDGET (self->last), "list.scroll-to-item", "u", 0);
  return G_SOURCE_REMOVE;
}

static void
last_changed_cb (FoyerDeskPage *self)
{
  GListModel *last = foyer_door_get_last (foyer_desk_controller_get_door (self->controller));

  gtk_widget_set_visible (self->last_empty, g_list_model_get_n_items (last) == 0);
  if (self->to_newest == 0 && g_list_model_get_n_items (last) > 0)
    self->to_newest = g_idle_add (to_newest_cb, self);
}

/* The line that asked is gone: whoever types goes on where they were. */
static void
reason_done_cb (FoyerDeskPage *self)
{
  if (foyer_desk_controller_get_mode (self->controller) == FOYER_DESK_PERSON)
    foyer_person_view_focus (ensure_person (self));
  else
    focus_search (self);
}

/* The entry would undo what was typed there, which is right as long as something was. */
static gboolean
undo_shortcut_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  FoyerDeskPage *self = FOYER_DESK_PAGE (widget);

  if (foyer_door_acts_get_asking (foyer_desk_controller_get_acts (self->controller))
      || *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    return GDK_EVENT_PROPAGATE;

  gtk_widget_activate_action (widget, "desk.undo", NULL);
  return GDK_EVENT_STOP;
}

static void
add_shortcut (GtkEventController *shortcuts, guint key, GtkShortcutAction *action)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_CONTROL_MASK), action));
}

/* Before the entry that has the focus sees them. */
static void
add_shortcuts (FoyerDeskPage *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  add_shortcut (shortcuts, GDK_KEY_z, gtk_callback_action_new (undo_shortcut_cb, NULL, NULL));
  add_shortcut (shortcuts, GDK_KEY_e, gtk_named_action_new ("desk.leaving"));
  add_shortcut (shortcuts, GDK_KEY_g, gtk_named_action_new ("desk.group"));
  add_shortcut (shortcuts, GDK_KEY_Return, gtk_named_action_new ("desk.suggest"));
  add_shortcut (shortcuts, GDK_KEY_KP_Enter, gtk_named_action_new ("desk.suggest"));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}

static void
focus_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FoyerDeskPage *self = FOYER_DESK_PAGE (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
open_shown_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FoyerDeskPage *self = FOYER_DESK_PAGE (widget);
  FoyerVerdictWords *words = foyer_door_get_words (
      foyer_desk_controller_get_door (self->controller));

  if (words != NULL && words->order != NULL)
    gtk_widget_activate_action (widget, "desk.open", "s", words->order);
}

static gboolean
warm_up_cb (gpointer user_data)
{
  FoyerDeskPage *self = user_data;

  self->warm_up = 0;
  ensure_verdict (self);
  if (adw_bin_get_child (self->pulse_bin) == NULL)
    adw_bin_set_child (self->pulse_bin,
                       foyer_pulse_view_new (foyer_desk_controller_get_pulse (self->controller)));
  return G_SOURCE_REMOVE;
}

static void
foyer_desk_page_map (GtkWidget *widget)
{
  FoyerDeskPage *self = FOYER_DESK_PAGE (widget);
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (widget));

  GTK_WIDGET_CLASS (foyer_desk_page_parent_class)->map (widget);

  foyer_scan_catcher_attach (self->catcher, root);
  gtk_search_entry_set_key_capture_widget (self->search, root);
  focus_search (self);
  if (self->warm_up == 0 && adw_bin_get_child (self->verdict_bin) == NULL)
    self->warm_up = g_timeout_add_full (G_PRIORITY_LOW, 300, warm_up_cb, self, NULL);
}

static void
foyer_desk_page_unmap (GtkWidget *widget)
{
  FoyerDeskPage *self = FOYER_DESK_PAGE (widget);

  foyer_scan_catcher_detach (self->catcher);
  gtk_search_entry_set_key_capture_widget (self->search, NULL);

  GTK_WIDGET_CLASS (foyer_desk_page_parent_class)->unmap (widget);
}

static void
follow_controller (FoyerDeskPage *self)
{
  FoyerDoor *door = foyer_desk_controller_get_door (self->controller);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "desk",
                                  foyer_desk_controller_get_actions (self->controller));
  g_signal_connect_object (self->controller, "notify::mode", G_CALLBACK (mode_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "notify::detail", G_CALLBACK (detail_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "notify::group", G_CALLBACK (group_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "notify::search", G_CALLBACK (controller_search_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->controller, "announce", G_CALLBACK (announce_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (foyer_desk_controller_get_actions (self->controller),
                           "action-enabled-changed::admit", G_CALLBACK (person_known_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (door, "notify::words", G_CALLBACK (words_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (foyer_door_get_last (door), "items-changed",
                           G_CALLBACK (last_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
fill_lists (FoyerDeskPage *self)
{
  FoyerDoor *door = foyer_desk_controller_get_door (self->controller);
  g_autoptr (GtkListItemFactory) rows = foyer_person_row_factory_new (self->controller);
  g_autoptr (GtkListItemFactory) entries = foyer_entry_row_factory_new ();
  g_autoptr (GtkNoSelection) last = gtk_no_selection_new (
      g_object_ref (foyer_door_get_last (door)));

  self->selection = gtk_single_selection_new (
      G_LIST_MODEL (g_object_ref (foyer_desk_controller_get_results (self->controller))));
  gtk_list_view_set_factory (self->results, rows);
  gtk_list_view_set_model (self->results, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);

  gtk_list_view_set_factory (self->last, entries);
  gtk_list_view_set_model (self->last, GTK_SELECTION_MODEL (last));
}

static void
foyer_desk_page_constructed (GObject *object)
{
  FoyerDeskPage *self = FOYER_DESK_PAGE (object);

  G_OBJECT_CLASS (foyer_desk_page_parent_class)->constructed (object);

  self->catcher = foyer_scan_catcher_new (GTK_EDITABLE (self->search));
  g_signal_connect_object (self->catcher, "scanned", G_CALLBACK (scanned_cb), self,
                           G_CONNECT_SWAPPED);
  follow_controller (self);
  fill_lists (self);
  last_changed_cb (self);
}

static void
foyer_desk_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerDeskPage *self = FOYER_DESK_PAGE (object);

  switch ((FoyerDeskPageProperty)property_id)
    {
    case PROP_CONTROLLER:
      g_value_set_object (value, self->controller);
      break;
    case PROP_SCANNER_GAP:
      g_object_get_property (G_OBJECT (self->catcher), "max-gap", value);
      break;
    case PROP_SCANNER:
      g_object_get_property (G_OBJECT (self->catcher), "profile", value);
      break;
    }
}

static void
foyer_desk_page_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  FoyerDeskPage *self = FOYER_DESK_PAGE (object);

  switch ((FoyerDeskPageProperty)property_id)
    {
    case PROP_CONTROLLER:
      self->controller = g_value_dup_object (value);
      break;
    case PROP_SCANNER_GAP:
      g_object_set_property (G_OBJECT (self->catcher), "max-gap", value);
      break;
    case PROP_SCANNER:
      g_object_set_property (G_OBJECT (self->catcher), "profile", value);
      break;
    }
}

static void
foyer_desk_page_dispose (GObject *object)
{
  FoyerDeskPage *self = FOYER_DESK_PAGE (object);

  g_clear_handle_id (&self->warm_up, g_source_remove);
  g_clear_handle_id (&self->to_newest, g_source_remove);
  g_clear_object (&self->catcher);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_DESK_PAGE);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (foyer_desk_page_parent_class)->dispose (object);
}

static void
foyer_desk_page_class_init (FoyerDeskPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = foyer_desk_page_constructed;
  object_class->get_property = foyer_desk_page_get_property;
  object_class->set_property = foyer_desk_page_set_property;
  object_class->dispose = foyer_desk_page_dispose;
  widget_class->map = foyer_desk_page_map;
  widget_class->unmap = foyer_desk_page_unmap;

  properties[PROP_CONTROLLER] = g_param_spec_object (
      "controller", NULL, NULL, FOYER_TYPE_DESK_CONTROLLER,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SCANNER_GAP] = g_param_spec_uint ("scanner-gap", NULL, NULL, 1, 500, 35,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SCANNER] = g_param_spec_boxed ("scanner", NULL, NULL, FOYER_TYPE_SCANNER_PROFILE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (FOYER_TYPE_HEADLINE);
  g_type_ensure (FOYER_TYPE_TWO_PANE);
  g_type_ensure (FOYER_TYPE_REASON_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/foyerdesk/Foyer/ui/foyer-desk-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerDeskPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FoyerDeskPage, verdict_bin);
  gtk_widget_class_bind_template_child (widget_class, FoyerDeskPage, person_bin);
  gtk_widget_class_bind_template_child (widget_class, FoyerDeskPage, pulse_bin);
  gtk_widget_class_bind_template_child (widget_class, FoyerDeskPage, group_bin);
  gtk_widget_class_bind_template_child (widget_class, FoyerDeskPage, results);
  gtk_widget_class_bind_template_child (widget_class, FoyerDeskPage, last);
  gtk_widget_class_bind_template_child (widget_class, FoyerDeskPage, last_empty);
  gtk_widget_class_bind_template_child (widget_class, FoyerDeskPage, search);
  gtk_widget_class_bind_template_child (widget_class, FoyerDeskPage, announcer);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, result_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, last_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, reason_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_what_to_scan);

  gtk_widget_class_install_action (widget_class, "desk-page.find", NULL, focus_search_action);
  gtk_widget_class_install_action (widget_class, "desk-page.open-shown", NULL, open_shown_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "desk-page.find",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK,
                                       "desk-page.open-shown", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "desk.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, 0, "desk.repeat", NULL);
}

static void
foyer_desk_page_init (FoyerDeskPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_shortcuts (self);
}

/**
 * foyer_desk_page_new:
 * @controller: the page's controller
 *
 * Returns: (transfer floating): the Desk
 */
GtkWidget *
foyer_desk_page_new (FoyerDeskController *controller)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (controller), NULL);

  return g_object_new (FOYER_TYPE_DESK_PAGE, "controller", controller, NULL);
}
