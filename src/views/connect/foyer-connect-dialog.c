/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way to a new connection. The window shows the controller's step; what was entered lives in the
 * controller, so going back loses nothing. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-connect-dialog.h"

#include "foyer-announce.h"
#include "foyer-closures.h"
#include "foyer-desk-status.h"
#include "foyer-dialogs.h"
#include "foyer-fact.h"
#include "foyer-files.h"
#include "foyer-scan-catcher.h"
#include "foyer-window.h"

#include <glib/gi18n.h>

/* From here on a list is easier searched than read. */
#define MANY_CHOICES 9

struct _FoyerConnectDialog
{
  AdwWindow parent_instance;

  FoyerConnectController *controller; /* (owned) */
  FoyerDeskStatus *status;            /* (owned) of the new desk */
  FoyerScanCatcher *catcher;          /* (owned) a code is scanned wherever the keyboard is */
  GtkStringFilter *filter;            /* of the choices, owned by their view */
  AdwWindowTitle *title;
  GtkWidget *back;
  GtkWidget *busy_box;
  GtkWidget *spinner;
  GtkWidget *cancel;
  GtkStack *stack;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkLabel *hint;
  GtkLabel *announcer;

  GtkWidget *account;
  GtkEditable *address;
  GtkCheckButton *device;
  GtkCheckButton *team;
  GtkEditable *key;
  AdwActionRow *ca_row;
  GtkWidget *ca_clear;
  GtkWidget *enrolled_row;
  GtkWidget *go_on;

  GtkWidget *search;
  GtkListView *choices;

  GtkLabel *place;
  GtkLabel *summary;
  GtkWidget *warning_box;
  GtkLabel *warning;
  GtkListBox *rights;
  GtkWidget *connect;

  AdwStatusPage *done_page;
  GtkProgressBar *progress;
  GtkLabel *sync_text;
  GtkWidget *session_box;
  GtkWidget *check;
  GtkWidget *start;
  gboolean from_code; /* a new desk: its scanner is not known yet */
};

G_DEFINE_FINAL_TYPE (FoyerConnectDialog, foyer_connect_dialog, ADW_TYPE_WINDOW)

typedef enum
{
  PROP_CONTROLLER = 1,
} FoyerConnectDialogProperty;

static GParamSpec *properties[PROP_CONTROLLER + 1];

static gboolean
get_flag (FoyerConnectDialog *self, const char *name)
{
  gboolean flag = FALSE;

  g_object_get (self->controller, name, &flag, NULL);
  return flag;
}

static char *
dup_text (FoyerConnectDialog *self, const char *name)
{
  char *text = NULL;

  g_object_get (self->controller, name, &text, NULL);
  return text;
}

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* --- steps -------------------------------------------------------------------------------------- */

static const char *
step_page (FoyerConnectStep step)
{
  switch (step)
    {
    case FOYER_CONNECT_ACCOUNT:
      return "account";
    case FOYER_CONNECT_ORGANIZER:
    case FOYER_CONNECT_EVENT:
    case FOYER_CONNECT_DATE:
      return "choice";
    case FOYER_CONNECT_CONFIRM:
      return "confirm";
    case FOYER_CONNECT_DONE:
      return "done";
    }

  g_return_val_if_reached ("account");
}

static const char *
step_title (FoyerConnectStep step)
{
  switch (step)
    {
    case FOYER_CONNECT_ACCOUNT:
      return _ ("Connect to pretix");
    case FOYER_CONNECT_ORGANIZER:
      return _ ("Which organiser?");
    case FOYER_CONNECT_EVENT:
      return _ ("Which event?");
    case FOYER_CONNECT_DATE:
      return _ ("Which date?");
    case FOYER_CONNECT_CONFIRM:
      return _ ("Is this right?");
    case FOYER_CONNECT_DONE:
      return _ ("Connected");
    }

  g_return_val_if_reached ("");
}

static void
focus_choices (FoyerConnectDialog *self)
{
  GListModel *choices = foyer_connect_controller_get_choices (self->controller);
  gboolean many = g_list_model_get_n_items (choices) >= MANY_CHOICES;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_set_visible (self->search, many);
  gtk_widget_grab_focus (many ? self->search : GTK_WIDGET (self->choices));
}

static void
focus_account (FoyerConnectDialog *self)
{
  const char *address = gtk_editable_get_text (self->address);

  gtk_widget_grab_focus (GTK_WIDGET (*address == '\0' ? self->address : self->key));
}

static void
focus_step (FoyerConnectDialog *self)
{
  GtkWidget *wanted = NULL;

  switch (foyer_connect_controller_get_step (self->controller))
    {
    case FOYER_CONNECT_ACCOUNT:
      focus_account (self);
      return;
    case FOYER_CONNECT_ORGANIZER:
    case FOYER_CONNECT_EVENT:
    case FOYER_CONNECT_DATE:
      focus_choices (self);
      return;
    case FOYER_CONNECT_CONFIRM:
      wanted = self->connect;
      break;
    case FOYER_CONNECT_DONE:
      wanted = gtk_widget_get_visible (self->check) ? self->check : self->start;
      break;
    }
  gtk_widget_grab_focus (wanted);
}

static GtkWidget *
create_right (gpointer item, gpointer user_data)
{
  FoyerFact *fact = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *value = gtk_label_new (foyer_fact_get_value (fact));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), foyer_fact_get_label (fact));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (value, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), value);
  return row;
}

static void
fill_confirm (FoyerConnectDialog *self)
{
  g_autofree char *place = dup_text (self, "place");
  g_autofree char *summary = dup_text (self, "summary");
  g_autofree char *warning = dup_text (self, "warning");

  set_label (self->place, place);
  set_label (self->summary, summary);
  gtk_label_set_text (self->warning, warning != NULL ? warning : "");
  gtk_widget_set_visible (self->warning_box, warning != NULL);
}

static void
update_fetching (FoyerConnectDialog *self)
{
  g_autofree char *text = NULL;
  g_autofree char *synced = NULL;
  g_autofree char *problem = NULL;
  gboolean syncing = FALSE;
  double fraction = -1;

  g_object_get (self->status, "sync-text", &text, "syncing", &syncing, "sync-fraction", &fraction,
                "problem", &problem, "synced-text", &synced, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), syncing);
  if (syncing && fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else if (syncing)
    gtk_progress_bar_pulse (self->progress);

  if (syncing)
    gtk_label_set_text (self->sync_text, text);
  else if (problem != NULL)
    gtk_label_set_text (self->sync_text, problem);
  else
    gtk_label_set_text (self->sync_text, synced);
}

static void
fill_done (FoyerConnectDialog *self)
{
  GtkWidget *window = GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self)));

  foyer_desk_status_set_desk (self->status, foyer_connect_controller_get_desk (self->controller));
  gtk_widget_set_visible (self->check, self->from_code && window != NULL);
  if (gtk_widget_get_visible (self->check))
    gtk_widget_remove_css_class (self->start, "suggested-action");
  gtk_widget_set_visible (self->session_box, get_flag (self, "stored-for-session"));
  update_fetching (self);
}

static void
update_step (FoyerConnectDialog *self)
{
  FoyerConnectStep step = foyer_connect_controller_get_step (self->controller);

  if (step == FOYER_CONNECT_CONFIRM)
    fill_confirm (self);
  else if (step == FOYER_CONNECT_DONE)
    fill_done (self);

  adw_window_title_set_title (self->title, step_title (step));
  gtk_window_set_title (GTK_WINDOW (self), step_title (step));
  gtk_widget_set_visible (self->back, step != FOYER_CONNECT_ACCOUNT && step != FOYER_CONNECT_DONE);
  gtk_stack_set_visible_child_name (self->stack, step_page (step));
  focus_step (self);
  foyer_announce (self->announcer, step_title (step));
}

static void
update_busy (FoyerConnectDialog *self)
{
  gboolean busy = get_flag (self, "busy");

  gtk_widget_set_visible (self->busy_box, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  /* An entry must not lose its sense while it has the keyboard. */
  if (busy)
    gtk_widget_grab_focus (self->cancel);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), !busy);
  if (!busy)
    focus_step (self);
}

static void
update_problem (FoyerConnectDialog *self)
{
  g_autofree char *problem = dup_text (self, "problem");
  g_autofree char *hint = dup_text (self, "hint");

  set_label (self->problem, problem);
  set_label (self->hint, hint);
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  if (problem == NULL)
    return;

  foyer_announce (self->announcer, problem);
  focus_step (self);
}

static void
update_key_kind (FoyerConnectDialog *self)
{
  gboolean device = get_flag (self, "use-device");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key),
                                 device ? _ ("Initialisation token") : _ ("API token"));
  gtk_check_button_set_active (device ? self->device : self->team, TRUE);
}

static void
update_ca_file (FoyerConnectDialog *self)
{
  g_autofree char *path = dup_text (self, "ca-file");
  gboolean has = path != NULL && *path != '\0';
  g_autofree char *shown = has ? g_filename_display_name (path) : NULL;

  adw_action_row_set_subtitle (self->ca_row,
                               has ? shown : _ ("Only if your pretix has an issuer of its own"));
  gtk_widget_set_visible (self->ca_clear, has);
}

/* --- what the person does ----------------------------------------------------------------------- */

static void
submit_cb (FoyerConnectDialog *self)
{
  foyer_connect_controller_submit (self->controller);
  if (foyer_connect_controller_has_setup (self->controller))
    self->from_code = TRUE;
}

/* With a set-up code all is said: nobody has to press anything. */
static void
code_taken (FoyerConnectDialog *self)
{
  if (foyer_connect_controller_has_setup (self->controller))
    submit_cb (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->key));
}

/* pretix and the set-up page show codes to be scanned or pasted. */
static void
changed_cb (FoyerConnectDialog *self, GtkEditable *editable)
{
  if (foyer_connect_controller_take_pasted (self->controller, gtk_editable_get_text (editable)))
    code_taken (self);
}

/* What a scanner types is taken from the keyboard's layout and Caps Lock, and from whatever has the focus. If
 * it is no code of ours (a token's bar code) it goes where it would have gone, with its Enter. */
static void
scanned_cb (FoyerConnectDialog *self, const char *code, const char *alternative)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (foyer_connect_controller_get_step (self->controller) != FOYER_CONNECT_ACCOUNT
      || get_flag (self, "busy"))
    return;

  if (foyer_connect_controller_take_scanned (self->controller, code, alternative))
    {
      if (foyer_connect_controller_has_setup (self->controller))
        submit_cb (self);
      return;
    }
  if (!GTK_IS_EDITABLE (focus))
    return;
  gtk_editable_set_text (GTK_EDITABLE (focus), alternative != NULL ? alternative : code);
  submit_cb (self);
}

static void
foyer_connect_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (foyer_connect_dialog_parent_class)->map (widget);

  foyer_scan_catcher_attach (FOYER_CONNECT_DIALOG (widget)->catcher, widget);
}

static void
foyer_connect_dialog_unmap (GtkWidget *widget)
{
  foyer_scan_catcher_detach (FOYER_CONNECT_DIALOG (widget)->catcher);

  GTK_WIDGET_CLASS (foyer_connect_dialog_parent_class)->unmap (widget);
}

static void
device_toggled_cb (FoyerConnectDialog *self)
{
  g_object_set (self->controller, "use-device", gtk_check_button_get_active (self->device), NULL);
}

static void
choose_cb (FoyerConnectDialog *self, guint position)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->choices);
  g_autoptr (FoyerChoice) choice = g_list_model_get_item (G_LIST_MODEL (model), position);

  if (choice != NULL)
    foyer_connect_controller_choose (self->controller, choice);
}

static void
search_changed_cb (FoyerConnectDialog *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* Enter in the search takes the first that is left. */
static void
search_activate_cb (FoyerConnectDialog *self)
{
  choose_cb (self, 0);
}

static void
start_cb (FoyerConnectDialog *self)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (FOYER_IS_WINDOW (window))
    foyer_window_show_place (FOYER_WINDOW (window), "desk");
  gtk_window_close (GTK_WINDOW (self));
}

/* The window offers it; without one that does there is nothing to check with. */
static void
check_cb (FoyerConnectDialog *self)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (FOYER_IS_WINDOW (window))
    {
      foyer_window_show_place (FOYER_WINDOW (window), "desk");
      gtk_widget_activate_action (GTK_WIDGET (window), "tools.scanner", NULL);
    }
  gtk_window_close (GTK_WINDOW (self));
}

static void
picked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerConnectDialog) self = user_data;
  g_autoptr (GFile) file = foyer_pick_file_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    g_object_set (self->controller, "ca-file", path, NULL);
}

static void
pick_ca_cb (FoyerConnectDialog *self)
{
  foyer_pick_file_async (GTK_WIDGET (self), FOYER_PICK_OPEN, _ ("Choose the Issuer’s Certificate"),
                         _ ("_Choose"), NULL, NULL, picked_cb, g_object_ref (self));
}

static void
clear_ca_cb (FoyerConnectDialog *self)
{
  g_object_set (self->controller, "ca-file", NULL, NULL);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerConnectDialog) self = user_data;

  if (foyer_ask_finish (result, NULL))
    gtk_window_destroy (GTK_WINDOW (self));
}

/* A token that was exchanged is spent: who leaves now needs another one. */
static gboolean
foyer_connect_dialog_close_request (GtkWindow *window)
{
  FoyerConnectDialog *self = FOYER_CONNECT_DIALOG (window);

  foyer_connect_controller_cancel (self->controller);
  if (!get_flag (self, "enrolled")
      || foyer_connect_controller_get_step (self->controller) == FOYER_CONNECT_DONE)
    return GTK_WINDOW_CLASS (foyer_connect_dialog_parent_class)->close_request (window);

  foyer_ask_async (GTK_WIDGET (self), _ ("Stop Connecting?"),
                   _ ("The token has been used and works only once. To connect later, make a new "
                      "device in pretix."),
                   _ ("Go On Connecting"), _ ("Stop"), FOYER_ASK_DESTRUCTIVE, NULL, NULL,
                   stopped_cb, g_object_ref (self));
  return TRUE;
}

/* One step back: what is under way, else the step, else the window. */
static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FoyerConnectDialog *self = FOYER_CONNECT_DIALOG (widget);
  FoyerConnectStep step = foyer_connect_controller_get_step (self->controller);

  if (get_flag (self, "busy"))
    foyer_connect_controller_cancel (self->controller);
  else if (step == FOYER_CONNECT_ACCOUNT || step == FOYER_CONNECT_DONE)
    gtk_window_close (GTK_WINDOW (self));
  else
    foyer_connect_controller_back (self->controller);
}

static void
cancel_cb (FoyerConnectDialog *self)
{
  foyer_connect_controller_cancel (self->controller);
}

/* --- setting up --------------------------------------------------------------------------------- */

static void
choice_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *names[] = { "title", "subtitle" };

  gtk_widget_add_css_class (box, "person-row");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *label = gtk_label_new (NULL);
      GtkExpression *choice = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");
      GtkExpression *text = gtk_property_expression_new (FOYER_TYPE_CHOICE, choice, names[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      if (i > 0)
        {
          gtk_widget_add_css_class (label, "caption");
          gtk_widget_add_css_class (label, "dim-label");
        }
      gtk_expression_bind (text, label, "label", item);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_item_set_child (item, box);
}

static void
fill_choices (FoyerConnectDialog *self)
{
  GListModel *choices = foyer_connect_controller_get_choices (self->controller);
  GtkExpression *title = gtk_property_expression_new (FOYER_TYPE_CHOICE, NULL, "title");
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSingleSelection) selection = NULL;
  GtkFilterListModel *filtered;

  self->filter = gtk_string_filter_new (title);
  filtered = gtk_filter_list_model_new (g_object_ref (choices), GTK_FILTER (self->filter));
  selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  g_signal_connect (factory, "setup", G_CALLBACK (choice_setup_cb), NULL);
  gtk_list_view_set_factory (self->choices, factory);
  gtk_list_view_set_model (self->choices, GTK_SELECTION_MODEL (selection));
}

/* Adwaita's button that shows the key has a tooltip and no name of its own. */
static void
name_buttons (GtkWidget *widget)
{
  const char *tooltip = GTK_IS_BUTTON (widget) ? gtk_widget_get_tooltip_text (widget) : NULL;

  if (tooltip != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

static void
watch (FoyerConnectDialog *self, const char *property, GCallback callback)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  g_signal_connect_object (self->controller, signal, callback, self, G_CONNECT_SWAPPED);
}

/* An entry has no text that is not there. */
static gboolean
to_entry (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const char *text = g_value_get_string (from);

  g_value_set_string (to, text != NULL ? text : "");
  return TRUE;
}

static void
bind_entry (FoyerConnectDialog *self, const char *property, GtkEditable *entry)
{
  g_object_bind_property_full (self->controller, property, entry, "text",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, to_entry, NULL,
                               NULL, NULL);
}

static void
foyer_connect_dialog_constructed (GObject *object)
{
  FoyerConnectDialog *self = FOYER_CONNECT_DIALOG (object);

  G_OBJECT_CLASS (foyer_connect_dialog_parent_class)->constructed (object);

  self->catcher = foyer_scan_catcher_new (self->address);
  g_signal_connect_object (self->catcher, "scanned", G_CALLBACK (scanned_cb), self,
                           G_CONNECT_SWAPPED);
  bind_entry (self, "address", self->address);
  bind_entry (self, "key", self->key);
  g_object_bind_property (self->controller, "enrolled", self->enrolled_row, "visible",
                          G_BINDING_SYNC_CREATE);
  name_buttons (GTK_WIDGET (self->key));
  fill_choices (self);
  gtk_list_box_bind_model (self->rights, foyer_connect_controller_get_rights (self->controller),
                           create_right, NULL, NULL);
  watch (self, "step", G_CALLBACK (update_step));
  watch (self, "busy", G_CALLBACK (update_busy));
  watch (self, "problem", G_CALLBACK (update_problem));
  watch (self, "use-device", G_CALLBACK (update_key_kind));
  watch (self, "ca-file", G_CALLBACK (update_ca_file));
  watch (self, "stored-for-session", G_CALLBACK (fill_done));
  g_signal_connect_object (self->status, "notify::sync-text", G_CALLBACK (update_fetching), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->status, "notify::problem", G_CALLBACK (update_fetching), self,
                           G_CONNECT_SWAPPED);
  update_key_kind (self);
  update_ca_file (self);
  update_problem (self);
  update_busy (self);
  update_step (self);
}

static void
foyer_connect_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_CONTROLLER);

  g_value_set_object (value, FOYER_CONNECT_DIALOG (object)->controller);
}

static void
foyer_connect_dialog_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_CONTROLLER);

  FOYER_CONNECT_DIALOG (object)->controller = g_value_dup_object (value);
}

static void
foyer_connect_dialog_dispose (GObject *object)
{
  FoyerConnectDialog *self = FOYER_CONNECT_DIALOG (object);

  if (self->rights != NULL)
    gtk_list_box_bind_model (self->rights, NULL, NULL, NULL, NULL);
  if (self->controller != NULL)
    foyer_connect_controller_cancel (self->controller);
  g_clear_object (&self->catcher);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_CONNECT_DIALOG);
  g_clear_object (&self->status);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (foyer_connect_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, title);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, back);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, busy_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, announcer);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, account);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, address);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, device);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, team);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, key);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, ca_row);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, ca_clear);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, enrolled_row);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, go_on);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, search);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, place);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, warning_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, rights);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, connect);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, done_page);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, sync_text);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, session_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, check);
  gtk_widget_class_bind_template_child (widget_class, FoyerConnectDialog, start);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, device_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, pick_ca_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_ca_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
foyer_connect_dialog_class_init (FoyerConnectDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = foyer_connect_dialog_constructed;
  object_class->get_property = foyer_connect_dialog_get_property;
  object_class->set_property = foyer_connect_dialog_set_property;
  object_class->dispose = foyer_connect_dialog_dispose;
  widget_class->map = foyer_connect_dialog_map;
  widget_class->unmap = foyer_connect_dialog_unmap;
  GTK_WINDOW_CLASS (klass)->close_request = foyer_connect_dialog_close_request;

  properties[PROP_CONTROLLER] = g_param_spec_object (
      "controller", NULL, NULL, FOYER_TYPE_CONNECT_CONTROLLER,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/foyerdesk/Foyer/ui/foyer-connect-dialog.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "connect.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "connect.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "connect.back",
                                       NULL);
}

static void
foyer_connect_dialog_init (FoyerConnectDialog *self)
{
  self->status = foyer_desk_status_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_connect_dialog_new:
 * @controller: the way
 *
 * Returns: (transfer none): the dialog, which GTK holds until it is closed
 */
FoyerConnectDialog *
foyer_connect_dialog_new (FoyerConnectController *controller)
{
  return g_object_new (FOYER_TYPE_CONNECT_DIALOG, "controller", controller, NULL);
}

/**
 * foyer_connect_dialog_present:
 * @parent: a widget of the window it belongs to
 * @controller: the way
 *
 * Returns: (transfer none): the dialog, shown
 */
FoyerConnectDialog *
foyer_connect_dialog_present (GtkWidget *parent, FoyerConnectController *controller)
{
  FoyerConnectDialog *self = foyer_connect_dialog_new (controller);
  GtkRoot *root = gtk_widget_get_root (parent);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
