/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tickets of one order, to be ticked. What was ticked stays so while the order is read again. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-group.h"

#include "foyer-row.h"
#include "foyer-scan.h"

#include <glib/gi18n.h>

struct _FoyerGroup
{
  GObject parent_instance;

  FoyerOrderDetail *detail; /* (owned) */
  FoyerGroupDescribe describe;
  gpointer user_data;
  GListStore *tickets; /* (owned) (element-type FoyerGroupTicket) */
  guint count;
};

G_DEFINE_FINAL_TYPE (FoyerGroup, foyer_group, G_TYPE_OBJECT)

typedef enum
{
  PROP_TICKETS = 1,
  PROP_TITLE,
  PROP_COUNT,
} FoyerGroupProperty;

static GParamSpec *properties[PROP_COUNT + 1];

static FoyerGroupTicket *
get_nth (FoyerGroup *self, guint position)
{
  g_autoptr (FoyerGroupTicket) ticket = g_list_model_get_item (G_LIST_MODEL (self->tickets),
                                                               position);

  /* The list keeps it. */
  return ticket;
}

static guint
get_n (FoyerGroup *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->tickets));
}

static void
count (FoyerGroup *self)
{
  guint n = 0;

  for (guint i = 0; i < get_n (self); i++)
    n += foyer_group_ticket_get_ticked (get_nth (self, i));
  self->count = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

static void
add (FoyerGroup *self, GPtrArray *tickets, GHashTable *ticked, FoyerPerson *person)
{
  g_autoptr (FoyerPersonWords) words = self->describe (person, self->user_data);
  FoyerGroupTicket *ticket = foyer_group_ticket_new (person, words);
  gpointer known;

  if (g_hash_table_lookup_extended (ticked, &person->attendee->id, NULL, &known))
    foyer_group_ticket_set_ticked (ticket, GPOINTER_TO_INT (known));
  else
    foyer_group_ticket_set_ticked (ticket, words->tone == FOYER_TONE_GO);
  g_signal_connect_object (ticket, "notify::ticked", G_CALLBACK (count), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (tickets, ticket);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const FoyerPerson *one = foyer_group_ticket_get_person (*(FoyerGroupTicket *const *)a);
  const FoyerPerson *other = foyer_group_ticket_get_person (*(FoyerGroupTicket *const *)b);

  return (one->attendee->positionid > other->attendee->positionid)
         - (one->attendee->positionid < other->attendee->positionid);
}

static void
fill (FoyerGroup *self)
{
  g_autoptr (GPtrArray) tickets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) ticked = g_hash_table_new (g_int64_hash, g_int64_equal);
  GListModel *others = foyer_order_detail_get_others (self->detail);

  if (foyer_order_detail_get_person (self->detail) == NULL)
    return;

  for (guint i = 0; i < get_n (self); i++)
    g_hash_table_insert (ticked, &foyer_group_ticket_get_person (get_nth (self, i))->attendee->id,
                         GINT_TO_POINTER (foyer_group_ticket_get_ticked (get_nth (self, i))));
  add (self, tickets, ticked, foyer_order_detail_get_person (self->detail));
  for (guint i = 0; i < g_list_model_get_n_items (others); i++)
    {
      g_autoptr (FoyerRow) row = g_list_model_get_item (others, i);

      if (foyer_row_get_value (row) != NULL)
        add (self, tickets, ticked, foyer_row_get_value (row));
    }
  g_ptr_array_sort (tickets, compare);
  g_list_store_splice (self->tickets, 0, get_n (self), tickets->pdata, tickets->len);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  count (self);
}

static void
foyer_group_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FoyerGroup *self = FOYER_GROUP (object);

  switch ((FoyerGroupProperty)id)
    {
    case PROP_TICKETS:
      g_value_set_object (value, self->tickets);
      break;
    case PROP_TITLE:
      g_value_take_string (value, g_strdup_printf (_ ("Order %s: who is here?"),
                                                   foyer_order_detail_get_order (self->detail)));
      break;
    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;
    }
}

static void
foyer_group_finalize (GObject *object)
{
  FoyerGroup *self = FOYER_GROUP (object);

  g_clear_object (&self->detail);
  g_clear_object (&self->tickets);
  G_OBJECT_CLASS (foyer_group_parent_class)->finalize (object);
}

static void
foyer_group_class_init (FoyerGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foyer_group_get_property;
  object_class->finalize = foyer_group_finalize;
  properties[PROP_TICKETS] = g_param_spec_object ("tickets", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_group_init (FoyerGroup *self)
{
  self->tickets = g_list_store_new (FOYER_TYPE_GROUP_TICKET);
}

/**
 * foyer_group_new:
 * @detail: the order
 * @describe: (scope forever): puts a ticket into words
 * @user_data: for @describe, which must outlive the group
 *
 * Returns: (transfer full): its tickets, as soon as they are known
 */
FoyerGroup *
foyer_group_new (FoyerOrderDetail *detail, FoyerGroupDescribe describe, gpointer user_data)
{
  FoyerGroup *self = g_object_new (FOYER_TYPE_GROUP, NULL);

  self->detail = g_object_ref (detail);
  self->describe = describe;
  self->user_data = user_data;
  g_signal_connect_object (detail, "notify::person", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (detail, "notify::others", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  return self;
}

/**
 * foyer_group_get_tickets:
 * @self: a group
 *
 * Returns: (transfer none): its tickets
 */
GListModel *
foyer_group_get_tickets (FoyerGroup *self)
{
  g_return_val_if_fail (FOYER_IS_GROUP (self), NULL);

  return G_LIST_MODEL (self->tickets);
}

/**
 * foyer_group_get_count:
 * @self: a group
 *
 * Returns: how many are ticked
 */
guint
foyer_group_get_count (FoyerGroup *self)
{
  g_return_val_if_fail (FOYER_IS_GROUP (self), 0);

  return self->count;
}

/**
 * foyer_group_make_scans:
 * @self: a group
 * @list: for which list
 * @leaving: out instead of in
 *
 * Returns: (transfer full) (element-type FoyerScan): what is to be decided about who is ticked
 */
GPtrArray *
foyer_group_make_scans (FoyerGroup *self, gint64 list, gboolean leaving)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_scan_unref);

  g_return_val_if_fail (FOYER_IS_GROUP (self), scans);

  for (guint i = 0; i < get_n (self); i++)
    {
      FoyerGroupTicket *ticket = get_nth (self, i);
      const FoyerAttendee *attendee = foyer_group_ticket_get_person (ticket)->attendee;
      FoyerScan *scan;

      if (!foyer_group_ticket_get_ticked (ticket))
        continue;
      scan = foyer_scan_new ();
      scan->secret = g_strdup (attendee->secret);
      scan->attendee = attendee->id;
      scan->order = g_strdup (attendee->order);
      scan->exit = leaving;
      g_clear_pointer (&scan->lists, g_array_unref);
      scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_val (scan->lists, list);
      g_ptr_array_add (scans, scan);
    }
  return scans;
}
