/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of orders and tickets. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-sales.h"

#include <string.h>

#include "foyer-sandbox-orders.h"

/* The whole query of one orders list. */
typedef struct
{
  FoyerSandboxCall *call;
  const char *code;
  const char *status;
  const char *email;
  const char *search;
  char *folded;
  const char *testmode;
  const char *item;
  const char *subevent;
  FoyerTime modified_since;
  FoyerTime created_since;
  FoyerTime created_before;
} Filter;

static gboolean
contains (const char *text, const char *folded)
{
  g_autofree char *own = NULL;

  if (text == NULL)
    return FALSE;
  own = g_utf8_casefold (text, -1);
  return strstr (own, folded) != NULL;
}

static gboolean
found (FoyerSandboxOrder *order, const Filter *filter)
{
  g_autofree char *long_code = g_strconcat (order->event->slug, "-", order->code, NULL);

  if (contains (order->code, filter->folded) || contains (long_code, filter->folded)
      || contains (order->email, filter->folded) || contains (order->comment, filter->folded))
    return TRUE;
  for (guint i = 0; i < order->n_positions; i++)
    if (contains (order->positions[i].name, filter->folded)
        || contains (order->positions[i].email, filter->folded)
        || g_ascii_strncasecmp (order->positions[i].secret, filter->search, strlen (filter->search))
               == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_position (FoyerSandboxOrder *order, const char *item, const char *subevent)
{
  for (guint i = 0; i < order->n_positions; i++)
    if ((item == NULL || g_ascii_strtoll (item, NULL, 10) == order->positions[i].item)
        && (subevent == NULL
            || g_ascii_strtoll (subevent, NULL, 10) == order->positions[i].subevent))
      return TRUE;
  return FALSE;
}

static gboolean
is_wanted (FoyerSandboxOrder *order, const Filter *filter)
{
  if (filter->code != NULL && g_ascii_strcasecmp (filter->code, order->code) != 0)
    return FALSE;
  if (filter->status != NULL && (filter->status[0] != order->status || filter->status[1] != '\0'))
    return FALSE;
  if (filter->email != NULL
      && (order->email == NULL || g_ascii_strcasecmp (filter->email, order->email) != 0))
    return FALSE;
  if (filter->testmode != NULL && g_str_equal (filter->testmode, "true") != order->testmode)
    return FALSE;
  if (order->last_modified < filter->modified_since || order->datetime < filter->created_since
      || (filter->created_before != FOYER_TIME_NONE && order->datetime >= filter->created_before))
    return FALSE;
  if ((filter->item != NULL || filter->subevent != NULL)
      && !has_position (order, filter->item, filter->subevent))
    return FALSE;
  return filter->folded == NULL || found (order, filter);
}

static const char *
get_text (FoyerSandboxCall *call, const char *name)
{
  const char *text = foyer_sandbox_call_get_query (call, name);

  return text != NULL && *text != '\0' ? text : NULL;
}

static gboolean
filter_init (Filter *filter, FoyerSandboxCall *call)
{
  *filter = (Filter){ .call = call,
                      .code = get_text (call, "code"),
                      .status = get_text (call, "status"),
                      .email = get_text (call, "email"),
                      .search = get_text (call, "search"),
                      .testmode = get_text (call, "testmode"),
                      .item = get_text (call, "item"),
                      .subevent = get_text (call, "subevent") };
  if (filter->search != NULL)
    filter->folded = g_utf8_casefold (filter->search, -1);
  return foyer_sandbox_call_get_time (call, "modified_since", &filter->modified_since)
         && foyer_sandbox_call_get_time (call, "created_since", &filter->created_since)
         && foyer_sandbox_call_get_time (call, "created_before", &filter->created_before);
}

/* Index of the first order that is not older than @since. */
static guint
find_since (GPtrArray *orders, FoyerTime since)
{
  guint low = 0;
  guint high = orders->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const FoyerSandboxOrder *order = g_ptr_array_index (orders, middle);

      if (order->datetime < since)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
reverse (GPtrArray *array)
{
  for (guint i = 0; i < array->len / 2; i++)
    {
      gpointer swap = array->pdata[i];

      array->pdata[i] = array->pdata[array->len - 1 - i];
      array->pdata[array->len - 1 - i] = swap;
    }
}

/* By last_modified, newest first: from the end of the list that is kept in this order. */
static void
collect_modified (FoyerSandboxEvent *event, const Filter *filter, GPtrArray *orders)
{
  for (FoyerSandboxOrder *order = event->last_modified;
       order != NULL && order->last_modified >= filter->modified_since;
       order = order->previous_modified)
    if (is_wanted (order, filter))
      g_ptr_array_add (orders, order);
}

static void
collect_created (FoyerSandboxEvent *event, const Filter *filter, GPtrArray *orders)
{
  for (guint i = find_since (event->orders, filter->created_since); i < event->orders->len; i++)
    {
      FoyerSandboxOrder *order = g_ptr_array_index (event->orders, i);

      if (is_wanted (order, filter))
        g_ptr_array_add (orders, order);
    }
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  const FoyerSandboxOrder *x = *(FoyerSandboxOrder *const *)a;
  const FoyerSandboxOrder *y = *(FoyerSandboxOrder *const *)b;

  return strcmp (x->code, y->code);
}

static int
compare_statuses (gconstpointer a, gconstpointer b)
{
  const FoyerSandboxOrder *x = *(FoyerSandboxOrder *const *)a;
  const FoyerSandboxOrder *y = *(FoyerSandboxOrder *const *)b;

  return x->status - y->status;
}

static void
collect (FoyerSandboxEvent *event, const Filter *filter, const char *ordering, GPtrArray *orders)
{
  if (g_str_has_suffix (ordering, "last_modified"))
    {
      collect_modified (event, filter, orders);
      if (*ordering != '-')
        reverse (orders);
      return;
    }
  collect_created (event, filter, orders);
  if (g_str_has_suffix (ordering, "code"))
    g_ptr_array_sort (orders, compare_codes);
  else if (g_str_has_suffix (ordering, "status"))
    g_ptr_array_sort (orders, compare_statuses);
  if (*ordering == '-')
    reverse (orders);
}

static const char *
get_ordering (FoyerSandboxCall *call)
{
  static const char *const known[] = { "datetime", "-datetime",     "code",
                                       "-code",    "last_modified", "-last_modified",
                                       "status",   "-status",       NULL };
  const char *ordering = foyer_sandbox_call_get_query (call, "ordering");

  return ordering != NULL && g_strv_contains (known, ordering) ? ordering : "-datetime";
}

static void
stamp_page (FoyerSandboxCall *call)
{
  g_autofree char *now = foyer_time_format (call->world->now, call->world->zone);

  foyer_sandbox_call_add_header (call, "X-Page-Generated", now);
}

static void
write_orders (FoyerSandboxCall *call, GPtrArray *orders)
{
  gboolean positions = foyer_sandbox_call_get_flag (call, "include_canceled_positions");
  gboolean fees = foyer_sandbox_call_get_flag (call, "include_canceled_fees");
  gsize first, last;

  if (!foyer_sandbox_call_open_page (call, orders->len, &first, &last))
    return;
  stamp_page (call);
  call->out.include = foyer_sandbox_call_get_all (call, "include");
  call->out.exclude = foyer_sandbox_call_get_all (call, "exclude");
  for (gsize i = first; i < last; i++)
    foyer_sandbox_write_order (&call->out, g_ptr_array_index (orders, i), positions, fees,
                               call->base);
  foyer_sandbox_call_close_page (call);
}

/* A first sync asks for everything by date, page after page: that must not depend on how much there is. */
static gboolean
is_whole (const Filter *filter)
{
  return filter->code == NULL && filter->status == NULL && filter->email == NULL
         && filter->search == NULL && filter->testmode == NULL && filter->item == NULL
         && filter->subevent == NULL && filter->modified_since == FOYER_TIME_NONE
         && filter->created_before == FOYER_TIME_NONE;
}

static void
write_whole (FoyerSandboxCall *call, const Filter *filter, gboolean newest_first)
{
  GPtrArray *all = call->event->orders;
  guint start = find_since (all, filter->created_since);
  gboolean positions = foyer_sandbox_call_get_flag (call, "include_canceled_positions");
  gboolean fees = foyer_sandbox_call_get_flag (call, "include_canceled_fees");
  gsize first, last;

  if (!foyer_sandbox_call_open_page (call, all->len - start, &first, &last))
    return;
  stamp_page (call);
  call->out.include = foyer_sandbox_call_get_all (call, "include");
  call->out.exclude = foyer_sandbox_call_get_all (call, "exclude");
  for (gsize i = first; i < last; i++)
    foyer_sandbox_write_order (&call->out,
                               g_ptr_array_index (all, newest_first ? all->len - 1 - i : start + i),
                               positions, fees, call->base);
  foyer_sandbox_call_close_page (call);
}

void
foyer_sandbox_orders_list (FoyerSandboxCall *call)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();
  const char *ordering = get_ordering (call);
  Filter filter;

  if (filter_init (&filter, call) && is_whole (&filter) && g_str_has_suffix (ordering, "datetime"))
    write_whole (call, &filter, *ordering == '-');
  else if (call->status == 200)
    {
      collect (call->event, &filter, ordering, orders);
      write_orders (call, orders);
    }
  g_free (filter.folded);
}

/* GET {organizer}/orders/: only the events that may be read, hence perhaps nothing, but no 403. */
void
foyer_sandbox_orders_list_all (FoyerSandboxCall *call)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();
  Filter filter;

  if (filter_init (&filter, call))
    {
      for (guint i = 0; i < call->world->events->len; i++)
        {
          FoyerSandboxEvent *event = g_ptr_array_index (call->world->events, i);

          if ((call->rights & FOYER_SANDBOX_RIGHT_ORDERS_READ) != 0
              && foyer_sandbox_call_has_event (call, event))
            collect (event, &filter, get_ordering (call), orders);
        }
      write_orders (call, orders);
    }
  g_free (filter.folded);
}

static gboolean
is_wanted_position (FoyerSandboxCall *call, FoyerSandboxPosition *position)
{
  const char *code = get_text (call, "order");
  const char *secret = get_text (call, "secret");
  const char *item = get_text (call, "item");
  const char *statuses = get_text (call, "order__status__in");
  const char *status = get_text (call, "order__status");
  const char *search = get_text (call, "search");

  if (position->canceled && !foyer_sandbox_call_get_flag (call, "include_canceled_positions"))
    return FALSE;
  if (search != NULL)
    {
      g_autofree char *folded = g_utf8_casefold (search, -1);

      if (!contains (position->name, folded) && !contains (position->order->code, folded)
          && !contains (position->order->email, folded)
          && !g_str_has_prefix (position->secret, search))
        return FALSE;
    }
  return (code == NULL || g_str_equal (code, position->order->code))
         && (secret == NULL || g_str_equal (secret, position->secret))
         && (item == NULL || g_ascii_strtoll (item, NULL, 10) == position->item)
         && (status == NULL || status[0] == position->order->status)
         && (statuses == NULL || strchr (statuses, position->order->status) != NULL);
}

void
foyer_sandbox_positions_list (FoyerSandboxCall *call)
{
  FoyerSandboxPositionShape shape = { .zone = call->event->zone };
  g_autoptr (GPtrArray) positions = g_ptr_array_new ();
  gsize first, last;

  for (guint i = 0; i < call->event->orders->len; i++)
    {
      FoyerSandboxOrder *order = g_ptr_array_index (call->event->orders, i);

      for (guint j = 0; j < order->n_positions; j++)
        if (is_wanted_position (call, &order->positions[j]))
          g_ptr_array_add (positions, &order->positions[j]);
    }
  if (!foyer_sandbox_call_open_page (call, positions->len, &first, &last))
    return;
  for (gsize i = first; i < last; i++)
    foyer_sandbox_write_position (&call->out, NULL, g_ptr_array_index (positions, i), &shape,
                                  call->base);
  foyer_sandbox_call_close_page (call);
}
