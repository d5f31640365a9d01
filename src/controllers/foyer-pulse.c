/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The counts come with the list itself, which is read again whenever something that it counts has changed. Arrivals are
 * read then as well, and when a minute has passed. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-pulse.h"

#include "foyer-error.h"
#include "foyer-fact.h"
#include "foyer-text.h"
#include "foyer-timer.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define MINUTE (60 * FOYER_SECOND)
#define TICK (20 * FOYER_SECOND)
#define NAME_MAX_CHARS 60

struct _FoyerPulse
{
  GObject parent_instance;

  FoyerWorkspace *workspace; /* (owned) */
  FoyerLists *lists;         /* (owned) */
  GSignalGroup *choice;      /* (owned) of the list that is worked for */
  GCancellable *cancellable; /* (owned) (nullable) of the read that runs */
  GListStore *products;      /* (owned) (element-type FoyerFact) */
  GArray *arrivals;          /* (owned) (nullable) (element-type guint) */
  FoyerTime arrivals_since;
  GSource *timer; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (FoyerPulse, foyer_pulse, G_TYPE_OBJECT)

typedef enum
{
  PROP_INSIDE = 1,
  PROP_ADMITTED,
  PROP_FRACTION,
  PROP_ARRIVALS,
  PROP_ARRIVALS_SENTENCE,
  PROP_PRODUCTS,
} FoyerPulseProperty;

static GParamSpec *properties[PROP_PRODUCTS + 1];

static FoyerListSummary *
get_summary (FoyerPulse *self)
{
  FoyerListChoice *choice = foyer_lists_get_selected (self->lists);

  return choice != NULL ? foyer_list_choice_get_summary (choice) : NULL;
}

static GTimeZone *
create_zone (FoyerPulse *self)
{
  FoyerListChoice *choice = foyer_lists_get_selected (self->lists);
  FoyerEvent *event = choice != NULL ? foyer_list_choice_get_event (choice) : NULL;

  return event != NULL ? foyer_time_zone_new (event->zone) : g_time_zone_new_local ();
}

static char *
describe_arrivals (FoyerPulse *self)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *clock = NULL;
  guint total = 0, most = 0;

  if (self->arrivals == NULL)
    return g_strdup ("");

  for (guint i = 0; i < self->arrivals->len; i++)
    {
      guint n = g_array_index (self->arrivals, guint, i);

      total += n;
      if (n >= g_array_index (self->arrivals, guint, most))
        most = i;
    }
  if (total == 0)
    return g_strdup (_ ("Nobody has come in during the last hour"));

  zone = create_zone (self);
  when = foyer_time_to_date_time (self->arrivals_since + most * MINUTE, zone);
  clock = when != NULL ? g_date_time_format (when, _ ("%H:%M")) : g_strdup ("");
  /* Translators: what a chart shows, for those who do not see it: how many came in the last hour, the most in one
   * minute, and when that was */
  return g_strdup_printf (_ ("%u came in during the last hour, most at %s: %u in a minute"), total,
                          clock, g_array_index (self->arrivals, guint, most));
}

static void
fill_products (FoyerPulse *self)
{
  FoyerListSummary *summary = get_summary (self);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; summary != NULL && i < summary->by_product->len; i++)
    {
      FoyerProductCount *count = g_ptr_array_index (summary->by_product, i);
      g_autofree char *name = count->name != NULL
                                  ? foyer_text_clean_line (count->name, NAME_MAX_CHARS)
                                  : g_strdup (_ ("A product that is gone"));
      /* Translators: of one product at the door: admitted of expected, and how many are inside */
      g_autofree char *value = g_strdup_printf (
          _ ("%" PRId64 " of %" PRId64 " · %" PRId64 " inside"), count->admitted, count->expected,
          count->inside);

      g_ptr_array_add (facts, foyer_fact_new (name, value));
    }
  g_list_store_splice (self->products, 0, g_list_model_get_n_items (G_LIST_MODEL (self->products)),
                       facts->pdata, facts->len);
}

static void
arrivals_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerPulse) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) arrivals = foyer_query_load_arrivals_finish (FOYER_QUERY (source), result,
                                                                  &error);

  if (arrivals == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          && !g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CANCELLED))
        g_message ("Arrivals could not be read: %s", error->message);
      return;
    }

  g_clear_pointer (&self->arrivals, g_array_unref);
  self->arrivals = g_steal_pointer (&arrivals);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARRIVALS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARRIVALS_SENTENCE]);
}

static void
load_arrivals (FoyerPulse *self)
{
  FoyerListChoice *choice = foyer_lists_get_selected (self->lists);
  FoyerDesk *desk;
  FoyerTime now;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (choice == NULL)
    return;

  desk = foyer_list_choice_get_desk (choice);
  now = foyer_door_clock_now (foyer_desk_get_door_clock (desk), NULL);
  self->cancellable = g_cancellable_new ();
  self->arrivals_since = now - now % MINUTE - (FOYER_PULSE_MINUTES - 1) * MINUTE;
  foyer_query_load_arrivals_async (
      foyer_desk_get_query (desk), foyer_desk_get_connection (desk)->name,
      foyer_list_choice_get_id (choice), self->arrivals_since, FOYER_PULSE_MINUTES,
      self->cancellable, arrivals_loaded_cb, g_object_ref (self));
}

static void
refresh (FoyerPulse *self)
{
  static const FoyerPulseProperty counts[] = { PROP_INSIDE, PROP_ADMITTED, PROP_FRACTION };

  g_object_freeze_notify (G_OBJECT (self));
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[counts[i]]);
  g_object_thaw_notify (G_OBJECT (self));
  fill_products (self);
  load_arrivals (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  FoyerPulse *self = user_data;

  foyer_timer_set (&self->timer, foyer_workspace_get_clock (self->workspace), TICK, tick_cb, self);
  load_arrivals (self);
  return G_SOURCE_REMOVE;
}

static void
selected_cb (FoyerPulse *self)
{
  g_signal_group_set_target (self->choice, foyer_lists_get_selected (self->lists));
  g_clear_pointer (&self->arrivals, g_array_unref);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARRIVALS]);
  refresh (self);
}

static void
foyer_pulse_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerPulse *self = FOYER_PULSE (object);
  FoyerListSummary *summary = get_summary (self);

  switch ((FoyerPulseProperty)property_id)
    {
    case PROP_INSIDE:
      g_value_take_string (value,
                           g_strdup_printf ("%" PRId64, summary != NULL ? summary->inside : 0));
      break;
    case PROP_ADMITTED:
      if (summary != NULL)
        /* Translators: admitted of expected: "341 of 520" */
        g_value_take_string (value, g_strdup_printf (_ ("%" PRId64 " of %" PRId64),
                                                     summary->admitted, summary->expected));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, summary != NULL && summary->expected > 0
                                     ? MIN ((double)summary->admitted / summary->expected, 1)
                                     : 0);
      break;
    case PROP_ARRIVALS:
      g_value_set_boxed (value, self->arrivals);
      break;
    case PROP_ARRIVALS_SENTENCE:
      g_value_take_string (value, describe_arrivals (self));
      break;
    case PROP_PRODUCTS:
      g_value_set_object (value, self->products);
      break;
    }
}

static void
foyer_pulse_dispose (GObject *object)
{
  FoyerPulse *self = FOYER_PULSE (object);

  foyer_timer_clear (&self->timer);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->choice);

  G_OBJECT_CLASS (foyer_pulse_parent_class)->dispose (object);
}

static void
foyer_pulse_finalize (GObject *object)
{
  FoyerPulse *self = FOYER_PULSE (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->lists);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->products);
  g_clear_pointer (&self->arrivals, g_array_unref);

  G_OBJECT_CLASS (foyer_pulse_parent_class)->finalize (object);
}

static void
foyer_pulse_class_init (FoyerPulseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_pulse_get_property;
  object_class->dispose = foyer_pulse_dispose;
  object_class->finalize = foyer_pulse_finalize;

  properties[PROP_INSIDE] = g_param_spec_string ("inside", NULL, NULL, NULL, flags);
  properties[PROP_ADMITTED] = g_param_spec_string ("admitted", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_ARRIVALS] = g_param_spec_boxed ("arrivals", NULL, NULL, G_TYPE_ARRAY, flags);
  properties[PROP_ARRIVALS_SENTENCE] = g_param_spec_string ("arrivals-sentence", NULL, NULL, NULL,
                                                            flags);
  properties[PROP_PRODUCTS] = g_param_spec_object ("products", NULL, NULL, G_TYPE_LIST_MODEL,
                                                   flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_pulse_init (FoyerPulse *self)
{
  self->products = g_list_store_new (FOYER_TYPE_FACT);
  self->choice = g_signal_group_new (FOYER_TYPE_LIST_CHOICE);
  g_signal_group_connect_swapped (self->choice, "updated", G_CALLBACK (refresh), self);
}

/**
 * foyer_pulse_new:
 * @workspace: whose
 * @lists: its lists; the one that is selected is followed
 *
 * Returns: (transfer full): what is going on
 */
FoyerPulse *
foyer_pulse_new (FoyerWorkspace *workspace, FoyerLists *lists)
{
  FoyerPulse *self;

  g_return_val_if_fail (FOYER_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (FOYER_IS_LISTS (lists), NULL);

  self = g_object_new (FOYER_TYPE_PULSE, NULL);
  self->workspace = g_object_ref (workspace);
  self->lists = g_object_ref (lists);
  g_signal_connect_object (lists, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  selected_cb (self);
  foyer_timer_set (&self->timer, foyer_workspace_get_clock (workspace), TICK, tick_cb, self);
  return self;
}

/**
 * foyer_pulse_get_products:
 * @self: what is going on
 *
 * Returns: (transfer none) (element-type FoyerFact): each product of the list with its counts, largest first
 */
GListModel *
foyer_pulse_get_products (FoyerPulse *self)
{
  g_return_val_if_fail (FOYER_IS_PULSE (self), NULL);

  return G_LIST_MODEL (self->products);
}

/**
 * foyer_pulse_get_arrivals:
 * @self: what is going on
 *
 * Returns: (transfer none) (nullable) (element-type guint): entries in each minute, oldest first; %NULL until they are read
 */
GArray *
foyer_pulse_get_arrivals (FoyerPulse *self)
{
  g_return_val_if_fail (FOYER_IS_PULSE (self), NULL);

  return self->arrivals;
}
