/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is going on at the list, in a corner of the Desk; the products behind a button. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-pulse-view.h"

#include "foyer-fact.h"
#include "foyer-sparkline.h"

struct _FoyerPulseView
{
  AdwBin parent_instance;

  FoyerPulse *pulse; /* (owned) */
  GtkListBox *products;
};

G_DEFINE_FINAL_TYPE (FoyerPulseView, foyer_pulse_view, ADW_TYPE_BIN)

typedef enum
{
  PROP_PULSE = 1,
} FoyerPulseViewProperty;

static GParamSpec *properties[PROP_PULSE + 1];

static GtkWidget *
create_product_row (gpointer item, gpointer user_data)
{
  FoyerFact *fact = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *value = gtk_label_new (foyer_fact_get_value (fact));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), foyer_fact_get_label (fact));
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (value, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), value);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
foyer_pulse_view_constructed (GObject *object)
{
  FoyerPulseView *self = FOYER_PULSE_VIEW (object);

  G_OBJECT_CLASS (foyer_pulse_view_parent_class)->constructed (object);

  gtk_list_box_bind_model (self->products, foyer_pulse_get_products (self->pulse),
                           create_product_row, NULL, NULL);
}

static void
foyer_pulse_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_PULSE);

  g_value_set_object (value, FOYER_PULSE_VIEW (object)->pulse);
}

static void
foyer_pulse_view_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  g_return_if_fail (property_id == PROP_PULSE);

  FOYER_PULSE_VIEW (object)->pulse = g_value_dup_object (value);
}

static void
foyer_pulse_view_dispose (GObject *object)
{
  FoyerPulseView *self = FOYER_PULSE_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FOYER_TYPE_PULSE_VIEW);
  g_clear_object (&self->pulse);

  G_OBJECT_CLASS (foyer_pulse_view_parent_class)->dispose (object);
}

static void
foyer_pulse_view_class_init (FoyerPulseViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = foyer_pulse_view_constructed;
  object_class->get_property = foyer_pulse_view_get_property;
  object_class->set_property = foyer_pulse_view_set_property;
  object_class->dispose = foyer_pulse_view_dispose;

  properties[PROP_PULSE] = g_param_spec_object ("pulse", NULL, NULL, FOYER_TYPE_PULSE,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                    | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (FOYER_TYPE_PULSE);
  g_type_ensure (FOYER_TYPE_SPARKLINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/foyerdesk/Foyer/ui/foyer-pulse-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FoyerPulseView, products);
}

static void
foyer_pulse_view_init (FoyerPulseView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * foyer_pulse_view_new:
 * @pulse: what is going on
 *
 * Returns: (transfer floating): a view of it
 */
GtkWidget *
foyer_pulse_view_new (FoyerPulse *pulse)
{
  return g_object_new (FOYER_TYPE_PULSE_VIEW, "pulse", pulse, NULL);
}
