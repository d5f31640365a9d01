/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sound, then three scans, then what they taught. On the middle page the keyboard is the scanner's: all but
 * single keys goes to the learner before anybody else sees it. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-scanner-dialog.h"

#include "foyer-announce.h"
#include "foyer-fact.h"
#include "foyer-qr-code.h"
#include "foyer-verdict-words.h"

#include <glib/gi18n.h>

struct _FoyerScannerDialog
{
  AdwWindow parent_instance;

  FoyerScannerLearner *learner; /* (owned) */
  guint silence;
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkLabel *announcer;
  GtkWidget *go;
  AdwBin *code_bin;
  GtkLabel *count;
  GtkLevelBar *level;
  GtkLabel *problem;
  GtkWidget *skip;
  GtkListBox *facts;
  GtkWidget *done;
};

G_DEFINE_FINAL_TYPE (FoyerScannerDialog, foyer_scanner_dialog, ADW_TYPE_WINDOW)

typedef enum
{
  PROP_LEARNER = 1,
} FoyerScannerDialogProperty;

enum
{
  SIGNAL_PLAY,
  SIGNAL_LEARNED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_LEARNER + 1];
static guint signals[N_SIGNALS];

static gboolean
is_scanning (FoyerScannerDialog *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "scan") == 0;
}

static void
show_page (FoyerScannerDialog *self, const char *name, const char *title, GtkWidget *focus)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_grab_focus (focus);
  foyer_announce (self->announcer, title);
}

static void
update_count (FoyerScannerDialog *self)
{
  int count = foyer_scanner_learner_get_count (self->learner);
  g_autofree char *text = g_strdup_printf (_ ("%d of 3"), count);

  gtk_label_set_text (self->count, text);
  gtk_level_bar_set_value (self->level, count);
  if (count > 0 && count < 3)
    foyer_announce (self->announcer, text);
}

static void
update_problem (FoyerScannerDialog *self)
{
  const char *problem = foyer_scanner_learner_get_problem (self->learner);

  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  if (problem != NULL)
    foyer_announce (self->announcer, problem);
}

static void
update_profile (FoyerScannerDialog *self)
{
  FoyerScannerProfile *profile = foyer_scanner_learner_get_profile (self->learner);

  if (profile == NULL)
    {
      show_page (self, "scan", _ ("Scan This Three Times"), self->skip);
      return;
    }

  g_signal_emit (self, signals[SIGNAL_PLAY], 0, (int)FOYER_TONE_GO);
  g_signal_emit (self, signals[SIGNAL_LEARNED], 0, profile);
  show_page (self, "found", _ ("The Scanner Is Known"), self->done);
}

static gboolean
silence_cb (gpointer user_data)
{
  FoyerScannerDialog *self = user_data;

  self->silence = 0;
  foyer_scanner_learner_fall_silent (self->learner);
  return G_SOURCE_REMOVE;
}

static gboolean
is_modifier (guint keyval)
{
  return (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R)
         || (keyval >= GDK_KEY_ISO_Lock && keyval <= GDK_KEY_ISO_Level5_Lock)
         || keyval == GDK_KEY_Mode_switch || keyval == GDK_KEY_Num_Lock;
}

static gboolean
key_pressed_cb (FoyerScannerDialog *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventController *controller)
{
  gboolean tab = keyval == GDK_KEY_Tab || keyval == GDK_KEY_ISO_Left_Tab;
  FoyerKeyPress key = {
    .keycode = keycode,
    .unichar = gdk_keyval_to_unicode (keyval),
    .shift = (state & GDK_SHIFT_MASK) != 0,
    .suffix = tab || keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter,
    .other = (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0,
    .time = gtk_event_controller_get_current_event_time (controller),
  };
  gboolean taken;

  if (!is_scanning (self) || is_modifier (keyval) || keyval == GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  taken = foyer_scanner_learner_press (self->learner, &key, tab, (state & GDK_LOCK_MASK) != 0);
  g_clear_handle_id (&self->silence, g_source_remove);
  self->silence = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, FOYER_SCANNER_SILENCE, silence_cb,
                                      self, NULL);
  return taken ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
play_go_cb (FoyerScannerDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_PLAY], 0, (int)FOYER_TONE_GO);
}

static void
play_care_cb (FoyerScannerDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_PLAY], 0, (int)FOYER_TONE_CARE);
}

static void
play_stop_cb (FoyerScannerDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_PLAY], 0, (int)FOYER_TONE_STOP);
}

static void
next_cb (FoyerScannerDialog *self)
{
  show_page (self, "scan", _ ("Scan This Three Times"), self->skip);
}

static void
again_cb (FoyerScannerDialog *self)
{
  foyer_scanner_learner_restart (self->learner);
}

static void
close_cb (FoyerScannerDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
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
foyer_scanner_dialog_constructed (GObject *object)
{
  FoyerScannerDialog *self = FOYER_SCANNER_DIALOG (object);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *qr = foyer_qr_code_new ();

  G_OBJECT_CLASS (foyer_scanner_dialog_parent_class)->constructed (object);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  foyer_qr_code_set_text (FOYER_QR_CODE (qr), FOYER_SCANNER_TEST_CODE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (qr), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Test code for the scanner"), -1);
  adw_bin_set_child (self->code_bin, qr);
  gtk_list_box_bind_model (self->facts, foyer_scanner_learner_get_facts (self->learner),
                           create_fact, NULL, NULL);
  g_signal_connect_object (self->learner, "notify::count", G_CALLBACK (update_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->learner, "notify::problem", G_CALLBACK (update_problem), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->learner, "notify::profile", G_CALLBACK (update_profile), self,
                           G_CONNECT_SWAPPED);
  update_count (self);
  update_problem (self);
  show_page (self, "sound", _ ("Do You Hear This?"), self->go);
}

static void
foyer_scanner_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_LEARNER);

  g_value_set_object (value, FOYER_SCANNER_DIALOG (object)->learner);
}

static void
foyer_scanner_dialog_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  g_return_if_fail (id == PROP_LEARNER);

  FOYER_SCANNER_DIALOG (object)->learner = g_value_dup_object (value);
}

static void
foyer_scanner_dialog_dispose (GObject *object)
{
  FoyerScannerDialog *self = FOYER_SCANNER_DIALOG (object);

  g_clear_handle_id (&self->silence, g_source_remove);
  if (self->facts != NULL)
    gtk_list_box_bind_model (self->facts, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_SCANNER_DIALOG);
  g_clear_object (&self->learner);

  G_OBJECT_CLASS (foyer_scanner_dialog_parent_class)->dispose (object);
}

static void
foyer_scanner_dialog_class_init (FoyerScannerDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = foyer_scanner_dialog_constructed;
  object_class->get_property = foyer_scanner_dialog_get_property;
  object_class->set_property = foyer_scanner_dialog_set_property;
  object_class->dispose = foyer_scanner_dialog_dispose;

  properties[PROP_LEARNER] = g_param_spec_object ("learner", NULL, NULL, FOYER_TYPE_SCANNER_LEARNER,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                      | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_PLAY] = g_signal_new ("play", FOYER_TYPE_SCANNER_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_LEARNED] = g_signal_new ("learned", FOYER_TYPE_SCANNER_DIALOG, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          FOYER_TYPE_SCANNER_PROFILE);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/foyerdesk/Foyer/ui/foyer-scanner-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, title);
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, announcer);
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, go);
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, code_bin);
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, count);
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, level);
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, skip);
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, FoyerScannerDialog, done);
  gtk_widget_class_bind_template_callback (widget_class, play_go_cb);
  gtk_widget_class_bind_template_callback (widget_class, play_care_cb);
  gtk_widget_class_bind_template_callback (widget_class, play_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_install_action (widget_class, "scanner.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "scanner.close", NULL);
}

static void
foyer_scanner_dialog_init (FoyerScannerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_scanner_dialog_new:
 * @learner: what learns
 *
 * Returns: (transfer none): the dialog, which GTK holds until it is closed
 */
FoyerScannerDialog *
foyer_scanner_dialog_new (FoyerScannerLearner *learner)
{
  g_return_val_if_fail (FOYER_IS_SCANNER_LEARNER (learner), NULL);

  return g_object_new (FOYER_TYPE_SCANNER_DIALOG, "learner", learner, NULL);
}

/**
 * foyer_scanner_dialog_present:
 * @parent: a widget of the window it belongs to
 * @learner: what learns
 *
 * Returns: (transfer none): the dialog, shown
 */
FoyerScannerDialog *
foyer_scanner_dialog_present (GtkWidget *parent, FoyerScannerLearner *learner)
{
  FoyerScannerDialog *self = foyer_scanner_dialog_new (learner);
  GtkRoot *root = gtk_widget_get_root (parent);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
