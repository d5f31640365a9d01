/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two pages: what the desk is to be, and its code. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-setup-dialog.h"

#include "foyer-announce.h"
#include "foyer-fact.h"
#include "foyer-qr-code.h"
#include "foyer-setup-code.h"
#include "foyer-setup-sheet.h"
#include "foyer-tick.h"

#include <glib/gi18n.h>

struct _FoyerSetupDialog
{
  AdwWindow parent_instance;

  FoyerSetupController *controller; /* (owned) */
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkLabel *hint;
  GtkLabel *announcer;
  GtkEditable *desk_name;
  GtkEditable *gate;
  AdwPreferencesGroup *lists;
  AdwComboRow *good_for;
  GtkSwitch *full;
  GtkWidget *full_row;
  GtkWidget *token_group;
  GtkEditable *token;
  GtkWidget *warning_box;
  GtkLabel *warning;
  GtkWidget *make;
  GtkSpinner *spinner;
  AdwBin *code_bin;
  GtkLabel *until;
  GtkLabel *letters;
  GtkListBox *facts;
  GtkWidget *print;
};

G_DEFINE_FINAL_TYPE (FoyerSetupDialog, foyer_setup_dialog, ADW_TYPE_WINDOW)

typedef enum
{
  PROP_CONTROLLER = 1,
} FoyerSetupDialogProperty;

static GParamSpec *properties[PROP_CONTROLLER + 1];

/* Hours, in the order of the template's choices. */
static const int hours[] = { 2, 24, 72, 14 * 24 };

static void
update_problem (FoyerSetupDialog *self)
{
  g_autofree char *problem = NULL;
  g_autofree char *hint = NULL;

  g_object_get (self->controller, "problem", &problem, "hint", &hint, NULL);
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_label_set_text (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  if (problem != NULL)
    foyer_announce (self->announcer, problem);
}

static void
update_busy (FoyerSetupDialog *self)
{
  gboolean busy = FALSE;

  g_object_get (self->controller, "busy", &busy, NULL);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
}

static void
update_needs_token (FoyerSetupDialog *self)
{
  gboolean needs = FALSE;

  g_object_get (self->controller, "needs-token", &needs, NULL);
  gtk_widget_set_visible (self->token_group, needs);
  gtk_widget_set_visible (self->full_row, !needs);
  if (needs && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->token));
}

static void
fill_code (FoyerSetupDialog *self)
{
  FoyerQrCode *qr = FOYER_QR_CODE (adw_bin_get_child (self->code_bin));
  const char *code = foyer_setup_controller_get_code (self->controller);
  char *grouped = code != NULL ? foyer_setup_code_group (code) : NULL;
  g_autofree char *until = NULL;

  g_object_get (self->controller, "until", &until, NULL);
  foyer_qr_code_set_text (qr, code);
  gtk_label_set_text (self->letters, grouped != NULL ? grouped : "");
  gtk_label_set_text (self->until, until != NULL ? until : "");
  foyer_setup_code_free_text (grouped);
}

static void
update_ready (FoyerSetupDialog *self)
{
  gboolean ready = foyer_setup_controller_get_ready (self->controller);
  const char *title = ready ? _ ("Scan This on the Other Laptop") : _ ("Set Up Another Desk");

  fill_code (self);
  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_stack_set_visible_child_name (self->stack, ready ? "code" : "edit");
  if (ready)
    {
      gtk_widget_grab_focus (self->print);
      foyer_announce (self->announcer, title);
    }
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->desk_name));
}

static void
good_for_cb (FoyerSetupDialog *self)
{
  guint chosen = adw_combo_row_get_selected (self->good_for);

  if (chosen < G_N_ELEMENTS (hours))
    g_object_set (self->controller, "good-for", hours[chosen], NULL);
}

static void
full_cb (FoyerSetupDialog *self)
{
  g_object_set (self->controller, "only-check-in", !gtk_switch_get_active (self->full), NULL);
}

static void
make_cb (FoyerSetupDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "setup.make", NULL);
}

static void
print_cb (FoyerSetupDialog *self)
{
  foyer_setup_sheet_print (GTK_WINDOW (self), self->controller);
}

static void
copy_cb (FoyerSetupDialog *self)
{
  const char *code = foyer_setup_controller_get_code (self->controller);

  if (code == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), code);
  foyer_announce (self->announcer, _ ("Copied"));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static GtkWidget *
create_fact (gpointer item, gpointer user_data)
{
  FoyerFact *fact = item;
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), foyer_fact_get_label (fact));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), foyer_fact_get_value (fact));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
add_lists (FoyerSetupDialog *self)
{
  GListModel *lists = foyer_setup_controller_get_lists (self->controller);

  for (guint i = 0; i < g_list_model_get_n_items (lists); i++)
    {
      g_autoptr (FoyerTick) tick = g_list_model_get_item (lists, i);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), foyer_tick_get_title (tick));
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      foyer_tick_get_title (tick), -1);
      g_object_bind_property (tick, "ticked", check, "active",
                              G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_preferences_group_add (self->lists, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->lists), g_list_model_get_n_items (lists) > 0);
}

static void
bind_entry (FoyerSetupDialog *self, const char *property, GtkEditable *entry)
{
  g_object_bind_property (self->controller, property, entry, "text",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

/* A name is cleaned as it is typed: so that it is not written back under the fingers, it goes one way. */
static void
name_changed_cb (FoyerSetupDialog *self, GtkEditable *entry)
{
  g_object_set (self->controller, entry == self->desk_name ? "desk-name" : "gate",
                gtk_editable_get_text (entry), NULL);
}

static void
desk_name_cb (FoyerSetupDialog *self)
{
  g_autofree char *name = NULL;
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->desk_name)));

  g_object_get (self->controller, "desk-name", &name, NULL);
  if (g_strcmp0 (name, typed) != 0)
    gtk_editable_set_text (self->desk_name, name);
}

static void
watch (FoyerSetupDialog *self, const char *property, GCallback callback)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  g_signal_connect_object (self->controller, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
foyer_setup_dialog_constructed (GObject *object)
{
  FoyerSetupDialog *self = FOYER_SETUP_DIALOG (object);
  GtkWidget *qr = foyer_qr_code_new ();
  g_autofree char *warning = NULL;
  g_autofree char *place = NULL;
  g_autofree char *gate = NULL;

  G_OBJECT_CLASS (foyer_setup_dialog_parent_class)->constructed (object);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "setup",
                                  foyer_setup_controller_get_actions (self->controller));
  gtk_accessible_update_property (GTK_ACCESSIBLE (qr), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Code of the desk"), -1);
  adw_bin_set_child (self->code_bin, qr);
  g_object_get (self->controller, "warning", &warning, "place", &place, "gate", &gate, NULL);
  adw_window_title_set_subtitle (self->title, place != NULL ? place : "");
  gtk_label_set_text (self->warning, warning != NULL ? warning : "");
  gtk_widget_set_visible (self->warning_box, warning != NULL);
  gtk_editable_set_text (self->gate, gate);
  desk_name_cb (self);
  bind_entry (self, "token", self->token);
  add_lists (self);
  adw_combo_row_set_selected (self->good_for, 1);
  gtk_list_box_bind_model (self->facts, foyer_setup_controller_get_facts (self->controller),
                           create_fact, NULL, NULL);
  watch (self, "problem", G_CALLBACK (update_problem));
  watch (self, "busy", G_CALLBACK (update_busy));
  watch (self, "needs-token", G_CALLBACK (update_needs_token));
  watch (self, "ready", G_CALLBACK (update_ready));
  watch (self, "desk-name", G_CALLBACK (desk_name_cb));
  update_problem (self);
  update_busy (self);
  update_needs_token (self);
  update_ready (self);
}

static void
foyer_setup_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_CONTROLLER);

  g_value_set_object (value, FOYER_SETUP_DIALOG (object)->controller);
}

static void
foyer_setup_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_CONTROLLER);

  FOYER_SETUP_DIALOG (object)->controller = g_value_dup_object (value);
}

static void
foyer_setup_dialog_dispose (GObject *object)
{
  FoyerSetupDialog *self = FOYER_SETUP_DIALOG (object);

  if (self->facts != NULL)
    gtk_list_box_bind_model (self->facts, NULL, NULL, NULL, NULL);
  if (self->controller != NULL)
    foyer_setup_controller_cancel (self->controller);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_SETUP_DIALOG);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (foyer_setup_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, title);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, announcer);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, desk_name);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, gate);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, lists);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, good_for);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, full);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, full_row);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, token_group);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, token);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, warning_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, make);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, code_bin);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, until);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, letters);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, FoyerSetupDialog, print);
}

static void
foyer_setup_dialog_class_init (FoyerSetupDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = foyer_setup_dialog_constructed;
  object_class->get_property = foyer_setup_dialog_get_property;
  object_class->set_property = foyer_setup_dialog_set_property;
  object_class->dispose = foyer_setup_dialog_dispose;

  properties[PROP_CONTROLLER] = g_param_spec_object (
      "controller", NULL, NULL, FOYER_TYPE_SETUP_CONTROLLER,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/foyerdesk/Foyer/ui/foyer-setup-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, good_for_cb);
  gtk_widget_class_bind_template_callback (widget_class, full_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_install_action (widget_class, "setup-dialog.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "setup-dialog.close", NULL);
}

static void
foyer_setup_dialog_init (FoyerSetupDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_setup_dialog_new:
 * @controller: its controller
 *
 * Returns: (transfer none): the dialog, which GTK holds until it is closed
 */
FoyerSetupDialog *
foyer_setup_dialog_new (FoyerSetupController *controller)
{
  g_return_val_if_fail (FOYER_IS_SETUP_CONTROLLER (controller), NULL);

  return g_object_new (FOYER_TYPE_SETUP_DIALOG, "controller", controller, NULL);
}

/**
 * foyer_setup_dialog_present:
 * @parent: a widget of the window it belongs to
 * @controller: its controller
 *
 * Shows the dialog.
 */
void
foyer_setup_dialog_present (GtkWidget *parent, FoyerSetupController *controller)
{
  FoyerSetupDialog *self = foyer_setup_dialog_new (controller);
  GtkRoot *root = gtk_widget_get_root (parent);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_present (GTK_WINDOW (self));
}
