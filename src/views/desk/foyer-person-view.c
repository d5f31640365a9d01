/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was looked up. The button is never greyed out for a refusal that can be foreseen: the copy may be
 * old, and the rules decide when they are asked. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-person-view.h"

#include "foyer-closures.h"
#include "foyer-person-row.h"
#include "foyer-verdict-view.h"

#include <glib/gi18n.h>

struct _FoyerPersonView
{
  AdwBin parent_instance;

  FoyerDeskController *controller; /* (owned) */
  FoyerOrderDetail *detail;        /* (owned) (nullable) */
  GSignalGroup *detail_signals;    /* (owned) */
  GtkLabel *name;
  GtkLabel *ticket;
  GtkWidget *outcome_box;
  GtkImage *outcome_icon;
  GtkLabel *outcome;
  GtkWidget *admit_button;
  GtkWidget *others_box;
  GtkListBox *others;
};

G_DEFINE_FINAL_TYPE (FoyerPersonView, foyer_person_view, ADW_TYPE_BIN)

typedef enum
{
  PROP_CONTROLLER = 1,
  PROP_DETAIL,
} FoyerPersonViewProperty;

static GParamSpec *properties[PROP_DETAIL + 1];

static void
show_person (FoyerPersonView *self)
{
  FoyerPerson *person = self->detail != NULL ? foyer_order_detail_get_person (self->detail) : NULL;
  g_autoptr (FoyerPersonWords) words = NULL;

  gtk_widget_set_visible (self->outcome_box, person != NULL);
  gtk_widget_set_visible (self->admit_button, person != NULL);
  if (person == NULL)
    {
      gtk_label_set_text (self->name, "");
      gtk_label_set_text (self->ticket, "");
      return;
    }

  gtk_button_set_label (GTK_BUTTON (self->admit_button),
                        foyer_door_get_leaving (foyer_desk_controller_get_door (self->controller))
                            ? _ ("_Let out")
                            : _ ("_Admit"));
  words = foyer_desk_controller_describe (self->controller, person);
  gtk_label_set_text (self->name, words->name);
  gtk_label_set_text (self->ticket, words->ticket);
  gtk_label_set_text (self->outcome, words->outcome);
  gtk_image_set_from_icon_name (self->outcome_icon, words->icon);
  for (FoyerTone tone = FOYER_TONE_NEUTRAL; tone <= FOYER_TONE_OUT; tone++)
    gtk_widget_remove_css_class (self->outcome_box, foyer_tone_to_css_class (tone));
  gtk_widget_add_css_class (self->outcome_box, foyer_tone_to_css_class (words->tone));
}

static void
update (FoyerPersonView *self)
{
  GListModel *others = self->detail != NULL ? foyer_order_detail_get_others (self->detail) : NULL;

  show_person (self);
  gtk_widget_set_visible (self->others_box,
                          others != NULL && g_list_model_get_n_items (others) > 0);
}

static void
follow_door (FoyerPersonView *self)
{
  g_signal_connect_object (foyer_desk_controller_get_door (self->controller), "notify::leaving",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  FoyerPersonView *self = user_data;
  GtkWidget *row = foyer_person_row_new (self->controller);

  foyer_person_row_set_row (FOYER_PERSON_ROW (row), FOYER_ROW (item));
  return row;
}

static void
other_activated_cb (FoyerPersonView *self, GtkListBoxRow *list_row)
{
  g_autoptr (FoyerRow) row = NULL;

  row = g_list_model_get_item (foyer_order_detail_get_others (self->detail),
                               (guint)gtk_list_box_row_get_index (list_row));
  if (row != NULL)
    foyer_desk_controller_open_ticket (self->controller, row);
  foyer_person_view_focus (self);
}

static void
foyer_person_view_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  FoyerPersonView *self = FOYER_PERSON_VIEW (object);

  switch ((FoyerPersonViewProperty)property_id)
    {
    case PROP_CONTROLLER:
      g_value_set_object (value, self->controller);
      break;
    case PROP_DETAIL:
      g_value_set_object (value, self->detail);
      break;
    }
}

static void
foyer_person_view_set_property (GObject *object,
                                guint property_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  FoyerPersonView *self = FOYER_PERSON_VIEW (object);

  switch ((FoyerPersonViewProperty)property_id)
    {
    case PROP_CONTROLLER:
      self->controller = g_value_dup_object (value);
      follow_door (self);
      break;
    case PROP_DETAIL:
      foyer_person_view_set_detail (self, g_value_get_object (value));
      break;
    }
}

static void
foyer_person_view_dispose (GObject *object)
{
  FoyerPersonView *self = FOYER_PERSON_VIEW (object);

  g_clear_object (&self->detail_signals);
  g_clear_object (&self->detail);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_PERSON_VIEW);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (foyer_person_view_parent_class)->dispose (object);
}

static void
foyer_person_view_class_init (FoyerPersonViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = foyer_person_view_get_property;
  object_class->set_property = foyer_person_view_set_property;
  object_class->dispose = foyer_person_view_dispose;

  properties[PROP_CONTROLLER] = g_param_spec_object (
      "controller", NULL, NULL, FOYER_TYPE_DESK_CONTROLLER,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DETAIL] = g_param_spec_object ("detail", NULL, NULL, FOYER_TYPE_ORDER_DETAIL,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                     | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (FOYER_TYPE_ORDER_DETAIL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/foyerdesk/Foyer/ui/foyer-person-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonView, name);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonView, ticket);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonView, outcome_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonView, outcome_icon);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonView, outcome);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonView, admit_button);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonView, others_box);
  gtk_widget_class_bind_template_child (widget_class, FoyerPersonView, others);
  gtk_widget_class_bind_template_callback (widget_class, other_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, foyer_closure_has_text);
}

static void
foyer_person_view_init (FoyerPersonView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->detail_signals = g_signal_group_new (FOYER_TYPE_ORDER_DETAIL);
  g_signal_group_connect_swapped (self->detail_signals, "notify::person", G_CALLBACK (update),
                                  self);
  g_signal_group_connect_swapped (self->detail_signals, "notify::others", G_CALLBACK (update),
                                  self);
}

/**
 * foyer_person_view_new:
 * @controller: the page's controller
 *
 * Returns: (transfer floating): a view of nobody
 */
GtkWidget *
foyer_person_view_new (FoyerDeskController *controller)
{
  g_return_val_if_fail (FOYER_IS_DESK_CONTROLLER (controller), NULL);

  return g_object_new (FOYER_TYPE_PERSON_VIEW, "controller", controller, NULL);
}

/**
 * foyer_person_view_set_detail:
 * @self: the view
 * @detail: (nullable): who
 */
void
foyer_person_view_set_detail (FoyerPersonView *self, FoyerOrderDetail *detail)
{
  g_return_if_fail (FOYER_IS_PERSON_VIEW (self));

  if (!g_set_object (&self->detail, detail))
    return;

  g_signal_group_set_target (self->detail_signals, detail);
  gtk_list_box_bind_model (self->others,
                           detail != NULL ? foyer_order_detail_get_others (detail) : NULL,
                           create_row_cb, self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  update (self);
}

/**
 * foyer_person_view_focus:
 * @self: the view
 *
 * Puts the focus where Enter admits.
 */
void
foyer_person_view_focus (FoyerPersonView *self)
{
  g_return_if_fail (FOYER_IS_PERSON_VIEW (self));

  gtk_widget_grab_focus (self->admit_button);
}
