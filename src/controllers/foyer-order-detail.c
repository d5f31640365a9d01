/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person view shows. Reads the order (with what waits laid over it) and the products, both
 * local; says so if the order is gone. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-order-detail.h"

#include "foyer-money.h"
#include "foyer-text.h"

#include <glib/gi18n.h>

#define LINE_MAX_CHARS 300

struct _FoyerOrderDetail
{
  GObject parent_instance;

  FoyerListChoice *list; /* (owned) */
  char *code;            /* (owned) */
  gint64 attendee;
  GCancellable *cancellable; /* (owned) */
  guint generation;

  FoyerOrder *order;   /* (owned) (nullable) */
  GPtrArray *products; /* (owned) (nullable) */
  FoyerPerson *person; /* (owned) (nullable) */
  GListStore *others;  /* (owned) (element-type FoyerRow) */
  char *problem;       /* (owned) (nullable) */
  gboolean loading;
};

/* One reading; an older one's answers are dropped. */
typedef struct
{
  FoyerOrderDetail *detail; /* (owned) */
  guint generation;
} Reading;

G_DEFINE_FINAL_TYPE (FoyerOrderDetail, foyer_order_detail, G_TYPE_OBJECT)

typedef enum
{
  PROP_LOADING = 1,
  PROP_PROBLEM,
  PROP_PERSON,
  PROP_FACTS,
  PROP_CONTACT,
  PROP_NOTE,
  PROP_OTHERS,
} FoyerOrderDetailProperty;

static GParamSpec *properties[PROP_OTHERS + 1];

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->detail);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static const char *
status_word (const FoyerOrder *order)
{
  switch (order->status)
    {
    case FOYER_ORDER_PENDING:
      return order->require_approval ? _ ("waits for approval") : _ ("not paid");
    case FOYER_ORDER_PAID:
      return _ ("paid");
    case FOYER_ORDER_EXPIRED:
      return _ ("not paid in time");
    case FOYER_ORDER_CANCELED:
      return _ ("cancelled");
    }

  g_return_val_if_reached ("");
}

static char *
describe_facts (FoyerOrderDetail *self)
{
  FoyerEvent *event = foyer_list_choice_get_event (self->list);
  g_autoptr (GString) facts = g_string_new (NULL);
  FoyerMoney total;

  /* Translators: an order, its code and whether it is paid: "Order XKPBK, paid" */
  g_string_append_printf (facts, _ ("Order %s, %s"), self->code,
                          self->order != NULL ? status_word (self->order) : "");
  if (self->order != NULL && self->order->total != NULL && event != NULL
      && foyer_money_parse (&total, self->order->total, event->currency, NULL))
    {
      g_autofree char *text = foyer_money_format (&total);

      g_string_append_printf (facts, " · %s", text);
    }
  if (self->order != NULL && self->order->testmode)
    g_string_append_printf (facts, " · %s", _ ("test order"));

  return g_string_free (g_steal_pointer (&facts), FALSE);
}

static char *
describe_contact (FoyerOrderDetail *self)
{
  const char *parts[4] = { NULL, NULL, NULL, NULL };
  g_autoptr (GString) contact = g_string_new (NULL);

  if (self->order == NULL)
    return NULL;

  parts[0] = self->order->name;
  parts[1] = self->order->company;
  parts[2] = self->order->email;
  parts[3] = self->order->phone;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *clean = parts[i] != NULL ? foyer_text_clean_line (parts[i], LINE_MAX_CHARS)
                                                : NULL;
      g_autofree char *safe = clean != NULL && *clean != '\0' ? foyer_text_isolate (clean) : NULL;

      if (safe != NULL)
        g_string_append_printf (contact, "%s%s", contact->len > 0 ? " · " : "", safe);
    }

  return contact->len > 0 ? g_string_free (g_steal_pointer (&contact), FALSE) : NULL;
}

static char *
describe_note (FoyerOrderDetail *self)
{
  g_autofree char *clean = NULL;

  if (self->order == NULL)
    return NULL;
  if (self->order->checkin_text != NULL)
    clean = foyer_text_clean_line (self->order->checkin_text, LINE_MAX_CHARS);
  if (clean != NULL && *clean != '\0')
    return foyer_text_isolate (clean);

  return self->order->attention ? g_strdup (_ ("Look closer at this ticket.")) : NULL;
}

static void
rebuild (FoyerOrderDetail *self)
{
  FoyerCheckInList *list = foyer_list_choice_get_summary (self->list)->list;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_clear_pointer (&self->person, foyer_person_unref);
  for (guint i = 0; self->order != NULL && i < self->order->attendees->len; i++)
    {
      FoyerAttendee *attendee = g_ptr_array_index (self->order->attendees, i);
      g_autoptr (FoyerPerson) person = foyer_person_on_list (attendee, self->order, self->products,
                                                             list);
      FoyerRow *row;

      if (attendee->id == self->attendee || (self->attendee == 0 && self->person == NULL))
        {
          self->person = g_steal_pointer (&person);
          continue;
        }
      row = foyer_row_new (attendee->id, FOYER_TYPE_PERSON);
      foyer_row_set_value (row, person);
      g_ptr_array_add (rows, row);
    }
  g_list_store_splice (self->others, 0, g_list_model_get_n_items (G_LIST_MODEL (self->others)),
                       rows->pdata, rows->len);

  for (guint i = PROP_LOADING; i < G_N_ELEMENTS (properties); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
products_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  FoyerOrderDetail *self = reading->detail;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) products = foyer_query_load_products_finish (FOYER_QUERY (source), result,
                                                                     &error);

  if (reading->generation != self->generation)
    return;

  /* Without names of products a ticket can still be admitted. */
  if (products == NULL)
    g_message ("The products could not be read: %s", error->message);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  self->products = g_steal_pointer (&products);
  self->loading = FALSE;
  rebuild (self);
}

static void
order_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  FoyerOrderDetail *self = reading->detail;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerOrder) order = foyer_query_load_order_finish (FOYER_QUERY (source), result,
                                                                &error);

  if (reading->generation != self->generation)
    return;

  g_clear_pointer (&self->order, foyer_order_unref);
  g_clear_pointer (&self->problem, g_free);
  self->order = g_steal_pointer (&order);
  if (self->order == NULL)
    {
      self->problem = g_strdup (error->message);
      self->loading = FALSE;
      rebuild (self);
      return;
    }

  foyer_query_load_products_async (FOYER_QUERY (source),
                                   foyer_list_choice_get_connection (self->list), self->cancellable,
                                   products_loaded_cb, g_steal_pointer (&reading));
}

/**
 * foyer_order_detail_refresh:
 * @self: the detail
 *
 * Reads the order again.
 */
void
foyer_order_detail_refresh (FoyerOrderDetail *self)
{
  Reading *reading;

  g_return_if_fail (FOYER_IS_ORDER_DETAIL (self));

  reading = g_new0 (Reading, 1);
  reading->detail = g_object_ref (self);
  reading->generation = ++self->generation;
  self->loading = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  foyer_query_load_order_async (foyer_desk_get_query (foyer_list_choice_get_desk (self->list)),
                                foyer_list_choice_get_connection (self->list), self->code,
                                foyer_list_choice_get_id (self->list), self->cancellable,
                                order_loaded_cb, reading);
}

static void
foyer_order_detail_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  FoyerOrderDetail *self = FOYER_ORDER_DETAIL (object);

  switch ((FoyerOrderDetailProperty)property_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_PERSON:
      g_value_set_boxed (value, self->person);
      break;
    case PROP_FACTS:
      g_value_take_string (value, describe_facts (self));
      break;
    case PROP_CONTACT:
      g_value_take_string (value, describe_contact (self));
      break;
    case PROP_NOTE:
      g_value_take_string (value, describe_note (self));
      break;
    case PROP_OTHERS:
      g_value_set_object (value, self->others);
      break;
    }
}

static void
foyer_order_detail_dispose (GObject *object)
{
  FoyerOrderDetail *self = FOYER_ORDER_DETAIL (object);

  self->generation++;
  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (foyer_order_detail_parent_class)->dispose (object);
}

static void
foyer_order_detail_finalize (GObject *object)
{
  FoyerOrderDetail *self = FOYER_ORDER_DETAIL (object);

  g_clear_object (&self->list);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->others);
  g_clear_pointer (&self->order, foyer_order_unref);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->person, foyer_person_unref);
  g_free (self->code);
  g_free (self->problem);

  G_OBJECT_CLASS (foyer_order_detail_parent_class)->finalize (object);
}

static void
foyer_order_detail_class_init (FoyerOrderDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_order_detail_get_property;
  object_class->dispose = foyer_order_detail_dispose;
  object_class->finalize = foyer_order_detail_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_PERSON] = g_param_spec_boxed ("person", NULL, NULL, FOYER_TYPE_PERSON, flags);
  properties[PROP_FACTS] = g_param_spec_string ("facts", NULL, NULL, NULL, flags);
  properties[PROP_CONTACT] = g_param_spec_string ("contact", NULL, NULL, NULL, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  properties[PROP_OTHERS] = g_param_spec_object ("others", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_order_detail_init (FoyerOrderDetail *self)
{
  self->cancellable = g_cancellable_new ();
  self->others = g_list_store_new (FOYER_TYPE_ROW);
}

/**
 * foyer_order_detail_new:
 * @list: as which list sees it
 * @order: code of the order
 * @attendee: id of the ticket, or 0 for the first
 *
 * Returns: (transfer full): the detail, being read
 */
FoyerOrderDetail *
foyer_order_detail_new (FoyerListChoice *list, const char *order, gint64 attendee)
{
  FoyerOrderDetail *self;

  g_return_val_if_fail (FOYER_IS_LIST_CHOICE (list), NULL);
  g_return_val_if_fail (order != NULL, NULL);

  self = g_object_new (FOYER_TYPE_ORDER_DETAIL, NULL);
  self->list = g_object_ref (list);
  self->code = g_strdup (order);
  self->attendee = attendee;
  foyer_order_detail_refresh (self);
  return self;
}

/**
 * foyer_order_detail_get_person:
 * @self: the detail
 *
 * Returns: (transfer none) (nullable): the ticket, once it is read
 */
FoyerPerson *
foyer_order_detail_get_person (FoyerOrderDetail *self)
{
  g_return_val_if_fail (FOYER_IS_ORDER_DETAIL (self), NULL);

  return self->person;
}

/**
 * foyer_order_detail_get_others:
 * @self: the detail
 *
 * Returns: (transfer none): the order's other tickets
 */
GListModel *
foyer_order_detail_get_others (FoyerOrderDetail *self)
{
  g_return_val_if_fail (FOYER_IS_ORDER_DETAIL (self), NULL);

  return G_LIST_MODEL (self->others);
}

/**
 * foyer_order_detail_get_order:
 * @self: the detail
 *
 * Returns: (transfer none): code of the order
 */
const char *
foyer_order_detail_get_order (FoyerOrderDetail *self)
{
  g_return_val_if_fail (FOYER_IS_ORDER_DETAIL (self), NULL);

  return self->code;
}

/**
 * foyer_order_detail_get_attendee:
 * @self: the detail
 *
 * Returns: id of the ticket, or 0 for the order's first
 */
gint64
foyer_order_detail_get_attendee (FoyerOrderDetail *self)
{
  g_return_val_if_fail (FOYER_IS_ORDER_DETAIL (self), 0);

  return self->attendee;
}

/**
 * foyer_order_detail_set_attendee:
 * @self: the detail
 * @attendee: another ticket of the same order
 */
void
foyer_order_detail_set_attendee (FoyerOrderDetail *self, gint64 attendee)
{
  g_return_if_fail (FOYER_IS_ORDER_DETAIL (self));

  self->attendee = attendee;
  rebuild (self);
}

/**
 * foyer_order_detail_can_admit:
 * @self: the detail
 *
 * Returns: whether asking makes sense: the ticket is known. Whether it may come in is decided when asked
 */
gboolean
foyer_order_detail_can_admit (FoyerOrderDetail *self)
{
  g_return_val_if_fail (FOYER_IS_ORDER_DETAIL (self), FALSE);

  return self->person != NULL;
}
