/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line that asks why. Enter answers, Escape cancels; a scan in between is a scan. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-reason-bar.h"

struct _FoyerReasonBar
{
  AdwBin parent_instance;

  FoyerDoorActs *acts; /* (owned) (nullable) */
  GtkEditable *entry;
  GtkWidget *confirm;
};

G_DEFINE_FINAL_TYPE (FoyerReasonBar, foyer_reason_bar, ADW_TYPE_BIN)

typedef enum
{
  PROP_ACTS = 1,
} FoyerReasonBarProperty;

enum
{
  SIGNAL_DONE,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_ACTS + 1];
static guint signals[N_SIGNALS];

static gboolean
is_answered (FoyerReasonBar *self)
{
  gboolean needed = FALSE;

  if (self->acts != NULL)
    g_object_get (self->acts, "reason-needed", &needed, NULL);
  return !needed || *gtk_editable_get_text (self->entry) != '\0';
}

static void
changed_cb (FoyerReasonBar *self)
{
  gtk_widget_set_sensitive (self->confirm, is_answered (self));
}

static void
confirm_cb (FoyerReasonBar *self)
{
  if (is_answered (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.answer", "s",
                                gtk_editable_get_text (self->entry));
}

static void
asking_cb (FoyerReasonBar *self)
{
  if (!foyer_door_acts_get_asking (self->acts))
    {
      g_signal_emit (self, signals[SIGNAL_DONE], 0);
      return;
    }
  gtk_editable_set_text (self->entry, "");
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
foyer_reason_bar_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_ACTS);

  g_value_set_object (value, FOYER_REASON_BAR (object)->acts);
}

static void
foyer_reason_bar_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_ACTS);

  foyer_reason_bar_set_acts (FOYER_REASON_BAR (object), g_value_get_object (value));
}

static void
foyer_reason_bar_dispose (GObject *object)
{
  FoyerReasonBar *self = FOYER_REASON_BAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_REASON_BAR);
  g_clear_object (&self->acts);

  G_OBJECT_CLASS (foyer_reason_bar_parent_class)->dispose (object);
}

static void
foyer_reason_bar_class_init (FoyerReasonBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = foyer_reason_bar_get_property;
  object_class->set_property = foyer_reason_bar_set_property;
  object_class->dispose = foyer_reason_bar_dispose;

  properties[PROP_ACTS] = g_param_spec_object ("acts", NULL, NULL, FOYER_TYPE_DOOR_ACTS,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                   | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_DONE] = g_signal_new ("done", FOYER_TYPE_REASON_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/foyerdesk/Foyer/ui/foyer-reason-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerReasonBar, entry);
  gtk_widget_class_bind_template_child (widget_class, FoyerReasonBar, confirm);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "desk.cancel-answer", NULL);
}

static void
foyer_reason_bar_init (FoyerReasonBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_reason_bar_set_acts:
 * @self: the bar
 * @acts: (nullable): who asks
 */
void
foyer_reason_bar_set_acts (FoyerReasonBar *self, FoyerDoorActs *acts)
{
  g_return_if_fail (FOYER_IS_REASON_BAR (self));

  if (!g_set_object (&self->acts, acts))
    return;
  if (acts != NULL)
    g_signal_connect_object (acts, "notify::asking", G_CALLBACK (asking_cb), self,
                             G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTS]);
}
