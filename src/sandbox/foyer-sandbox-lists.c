/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check-in lists: their counts, their tickets, and the search at the door. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-lists.h"

#include <string.h>

#include "foyer-json.h"
#include "foyer-sandbox-orders.h"

gboolean
foyer_sandbox_list_has_product (JsonObject *list, gint64 item)
{
  JsonArray *products;

  if (foyer_json_get_boolean (list, "all_products", FALSE))
    return TRUE;
  products = foyer_json_get_array (list, "limit_products");
  for (guint i = 0; products != NULL && i < json_array_get_length (products); i++)
    if (json_array_get_int_element (products, i) == item)
      return TRUE;
  return FALSE;
}

/* Whether a list counts a ticket: product, date, live, paid (or pending where the list says so). */
static gboolean
counts (JsonObject *list, FoyerSandboxPosition *position, gboolean ignore_status)
{
  gint64 subevent = foyer_json_get_int (list, "subevent", 0);
  char status = position->order->status;

  if (position->canceled || (subevent != 0 && subevent != position->subevent)
      || !foyer_sandbox_list_has_product (list, position->item))
    return FALSE;
  return ignore_status || status == 'p'
         || (status == 'n'
             && (position->order->valid_if_pending
                 || foyer_json_get_boolean (list, "include_pending", FALSE)));
}

typedef struct
{
  gboolean entered;
  gboolean inside;
} Presence;

static Presence
get_presence (FoyerSandboxPosition *position, gint64 list)
{
  Presence presence = { FALSE, FALSE };
  FoyerTime entry = FOYER_TIME_NONE;
  FoyerTime left = FOYER_TIME_NONE;

  for (guint i = 0; position->checkins != NULL && i < position->checkins->len; i++)
    {
      const FoyerSandboxCheckIn *row = g_ptr_array_index (position->checkins, i);

      if (!row->successful || row->list != list)
        continue;
      if (row->exit)
        left = MAX (left, row->datetime);
      else
        {
          presence.entered = TRUE;
          entry = MAX (entry, row->datetime);
        }
    }
  presence.inside = presence.entered && left < entry;
  return presence;
}

typedef struct
{
  gint64 item;
  gint64 variation;
  gint64 positions;
  gint64 checkins;
} Tally;

static Tally *
get_tally (GArray *tallies, gint64 item, gint64 variation)
{
  Tally fresh = { item, variation, 0, 0 };

  for (guint i = 0; i < tallies->len; i++)
    {
      Tally *tally = &g_array_index (tallies, Tally, i);

      if (tally->item == item && tally->variation == variation)
        return tally;
    }
  g_array_append_val (tallies, fresh);
  return &g_array_index (tallies, Tally, tallies->len - 1);
}

static void
count_list (FoyerSandboxEvent *event,
            JsonObject *list,
            GArray *tallies,
            gint64 *positions,
            gint64 *checkins,
            gint64 *inside)
{
  gint64 id = foyer_json_get_int (list, "id", 0);

  *positions = *checkins = *inside = 0;
  for (guint i = 0; i < event->orders->len; i++)
    {
      FoyerSandboxOrder *order = g_ptr_array_index (event->orders, i);

      for (guint j = 0; j < order->n_positions; j++)
        {
          FoyerSandboxPosition *position = &order->positions[j];
          Presence presence;

          if (!counts (list, position, FALSE))
            continue;
          presence = get_presence (position, id);
          *positions += 1;
          *checkins += presence.entered;
          *inside += presence.inside;
          if (tallies != NULL)
            {
              Tally *tally = get_tally (tallies, position->item, position->variation);

              tally->positions++;
              tally->checkins += presence.entered;
            }
        }
    }
}

/* One list, its two counts computed now (pretix keeps them for a minute). */
void
foyer_sandbox_list_write (FoyerSandboxOut *out, FoyerSandboxEvent *event, JsonObject *list)
{
  gint64 positions, checkins, inside;

  count_list (event, list, NULL, &positions, &checkins, &inside);
  json_object_set_int_member (list, "checkin_count", checkins);
  json_object_set_int_member (list, "position_count", positions);
  foyer_sandbox_out_object (out, NULL, list);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (foyer_json_get_string (*(JsonObject *const *)a, "name"),
                    foyer_json_get_string (*(JsonObject *const *)b, "name"));
}

void
foyer_sandbox_lists_list (FoyerSandboxCall *call)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  const char *subevent = foyer_sandbox_call_get_query (call, "subevent");
  gsize first, last;

  for (guint i = 0; i < call->event->lists->len; i++)
    {
      JsonObject *list = g_ptr_array_index (call->event->lists, i);

      if (subevent == NULL
          || foyer_json_get_int (list, "subevent", 0) == g_ascii_strtoll (subevent, NULL, 10))
        g_ptr_array_add (lists, list);
    }
  g_ptr_array_sort (lists, compare_names);
  if (!foyer_sandbox_call_open_page (call, lists->len, &first, &last))
    return;
  for (gsize i = first; i < last; i++)
    foyer_sandbox_list_write (&call->out, call->event, g_ptr_array_index (lists, i));
  foyer_sandbox_call_close_page (call);
}

static JsonObject *
get_list (FoyerSandboxCall *call)
{
  JsonObject *list = foyer_sandbox_find (call->event->lists,
                                         foyer_sandbox_call_get_segment_id (call, 5));

  if (list == NULL)
    foyer_sandbox_call_detail (call, 404, "No CheckinList matches the given query.");
  return list;
}

void
foyer_sandbox_lists_detail (FoyerSandboxCall *call)
{
  JsonObject *list = get_list (call);

  if (list != NULL)
    foyer_sandbox_list_write (&call->out, call->event, list);
}

static const char *
english (JsonObject *object, const char *field)
{
  JsonObject *languages = foyer_json_get_object (object, field);

  return languages != NULL ? foyer_json_get_string (languages, "en") : NULL;
}

static void
write_tally (FoyerSandboxOut *out, GArray *tallies, gint64 item, gint64 variation)
{
  Tally sum = { 0, 0, 0, 0 };

  for (guint i = 0; i < tallies->len; i++)
    {
      const Tally *tally = &g_array_index (tallies, Tally, i);

      if (tally->item == item && (variation == 0 || tally->variation == variation))
        {
          sum.positions += tally->positions;
          sum.checkins += tally->checkins;
        }
    }
  foyer_sandbox_out_int (out, "checkin_count", sum.checkins);
  foyer_sandbox_out_int (out, "position_count", sum.positions);
}

void
foyer_sandbox_lists_status (FoyerSandboxCall *call)
{
  FoyerSandboxOut *out = &call->out;
  g_autoptr (GArray) tallies = g_array_new (FALSE, FALSE, sizeof (Tally));
  JsonObject *list = get_list (call);
  gint64 positions, checkins, inside;

  if (list == NULL)
    return;
  count_list (call->event, list, tallies, &positions, &checkins, &inside);
  foyer_sandbox_out_open (out, NULL, '{');
  foyer_sandbox_out_open (out, "event", '{');
  foyer_sandbox_out_string (out, "name", english (call->event->object, "name"));
  foyer_sandbox_out_close (out, '}');
  foyer_sandbox_out_int (out, "checkin_count", checkins);
  foyer_sandbox_out_int (out, "position_count", positions);
  foyer_sandbox_out_int (out, "inside_count", inside);
  foyer_sandbox_out_open (out, "items", '[');
  for (guint i = 0; i < call->event->items->len; i++)
    {
      JsonObject *item = g_ptr_array_index (call->event->items, i);
      JsonArray *variations = foyer_json_get_array (item, "variations");
      gint64 id = foyer_json_get_int (item, "id", 0);

      if (!foyer_sandbox_list_has_product (list, id))
        continue;
      foyer_sandbox_out_open (out, NULL, '{');
      foyer_sandbox_out_int (out, "id", id);
      foyer_sandbox_out_string (out, "name", english (item, "name"));
      foyer_sandbox_out_bool (out, "admission", foyer_json_get_boolean (item, "admission", FALSE));
      write_tally (out, tallies, id, 0);
      foyer_sandbox_out_open (out, "variations", '[');
      for (guint j = 0; variations != NULL && j < json_array_get_length (variations); j++)
        {
          JsonObject *variation = json_array_get_object_element (variations, j);

          foyer_sandbox_out_open (out, NULL, '{');
          foyer_sandbox_out_int (out, "id", foyer_json_get_int (variation, "id", 0));
          foyer_sandbox_out_string (out, "value", english (variation, "value"));
          write_tally (out, tallies, id, foyer_json_get_int (variation, "id", 0));
          foyer_sandbox_out_close (out, '}');
        }
      foyer_sandbox_out_close (out, ']');
      foyer_sandbox_out_close (out, '}');
    }
  foyer_sandbox_out_close (out, ']');
  foyer_sandbox_out_close (out, '}');
}

static const char *
shown_name (FoyerSandboxPosition *position)
{
  FoyerSandboxPosition *main_ticket;

  if (position->name != NULL)
    return position->name;
  main_ticket = foyer_sandbox_position_get_main (position);
  return main_ticket != NULL && main_ticket->name != NULL ? main_ticket->name : "";
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  FoyerSandboxPosition *x = *(FoyerSandboxPosition *const *)a;
  FoyerSandboxPosition *y = *(FoyerSandboxPosition *const *)b;
  int order = strcmp (shown_name (x), shown_name (y));

  if (order != 0)
    return order;
  return x->id < y->id ? -1 : x->id > y->id;
}

static GPtrArray *
get_by_name (FoyerSandboxEvent *event)
{
  if (event->by_name == NULL)
    {
      event->by_name = g_ptr_array_sized_new ((guint)event->n_positions);
      for (guint i = 0; i < event->orders->len; i++)
        {
          FoyerSandboxOrder *order = g_ptr_array_index (event->orders, i);

          for (guint j = 0; j < order->n_positions; j++)
            g_ptr_array_add (event->by_name, &order->positions[j]);
        }
      g_ptr_array_sort (event->by_name, compare_positions);
    }
  return event->by_name;
}

static gboolean
contains (const char *text, const char *folded_needle)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;
  folded = g_utf8_casefold (text, -1);
  return strstr (folded, folded_needle) != NULL;
}

static gboolean
starts (const char *text, const char *needle)
{
  return g_ascii_strncasecmp (text, needle, strlen (needle)) == 0;
}

static gboolean
matches (FoyerSandboxPosition *position, const char *needle, const char *folded)
{
  FoyerSandboxPosition *main_ticket;

  if (starts (position->order->code, needle) || starts (position->secret, needle)
      || contains (position->name, folded) || contains (position->email, folded)
      || contains (position->order->email, folded) || contains (position->company, folded))
    return TRUE;
  main_ticket = foyer_sandbox_position_get_main (position);
  return main_ticket != NULL && contains (main_ticket->name, folded);
}

/* The tickets of one list that are wanted, by name. */
static void
collect (FoyerSandboxCall *call, FoyerSandboxEvent *event, JsonObject *list, GPtrArray *found)
{
  GPtrArray *all = get_by_name (event);
  gboolean ignore_status = foyer_sandbox_call_get_flag (call, "ignore_status");
  const char *search = foyer_sandbox_call_get_query (call, "search");
  const char *entered = foyer_sandbox_call_get_query (call, "has_checkin");
  g_autofree char *folded = search != NULL && *search != '\0' ? g_utf8_casefold (search, -1) : NULL;

  if (!(call->rights & FOYER_SANDBOX_RIGHT_ORDERS_READ)
      && (search == NULL || g_utf8_strlen (search, -1) < 3))
    return;
  for (guint i = 0; i < all->len; i++)
    {
      FoyerSandboxPosition *position = g_ptr_array_index (all, i);

      if (!counts (list, position, ignore_status)
          || (folded != NULL && !matches (position, search, folded)))
        continue;
      if (entered != NULL
          && get_presence (position, foyer_json_get_int (list, "id", 0)).entered
                 != (g_str_equal (entered, "true") || g_str_equal (entered, "True")))
        continue;
      g_ptr_array_add (found, position);
    }
}

static void
write_found (FoyerSandboxCall *call, GPtrArray *found, GPtrArray *lists)
{
  FoyerSandboxPositionShape shape;
  gsize first, last;

  foyer_sandbox_position_shape_init (&shape, call);
  shape.checkin_form = TRUE;
  shape.lists = lists;
  if (!foyer_sandbox_call_open_page (call, found->len, &first, &last))
    return;
  for (gsize i = first; i < last; i++)
    foyer_sandbox_write_position (&call->out, NULL, g_ptr_array_index (found, i), &shape,
                                  call->base);
  foyer_sandbox_call_close_page (call);
}

void
foyer_sandbox_lists_positions (FoyerSandboxCall *call)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  JsonObject *list = get_list (call);

  if (list == NULL)
    return;
  g_ptr_array_add (lists, list);
  collect (call, call->event, list, found);
  write_found (call, found, lists);
}

void
foyer_sandbox_search (FoyerSandboxCall *call)
{
  g_autoptr (GPtrArray) ids = foyer_sandbox_call_get_all (call, "list");
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new ();

  if (ids == NULL)
    {
      foyer_sandbox_call_answer (call, 400, "[\"No check-in list passed.\"]");
      return;
    }
  for (guint i = 0; i < ids->len; i++)
    {
      FoyerSandboxEvent *event = NULL;
      const char *id = g_ptr_array_index (ids, i);
      JsonObject *list = foyer_sandbox_world_get_list (call->world, g_ascii_strtoll (id, NULL, 10),
                                                       &event);

      if (list == NULL || !foyer_sandbox_call_has_event (call, event))
        {
          g_autofree char *detail = g_strdup_printf (
              "You requested lists that do not exist or that you do not have access to: %s", id);

          foyer_sandbox_call_detail (call, 403, detail);
          return;
        }
      if (g_ptr_array_find (events, event, NULL))
        {
          foyer_sandbox_call_answer (
              call, 400, "[\"Selecting two check-in lists from the same event is unsupported.\"]");
          return;
        }
      g_ptr_array_add (events, event);
      g_ptr_array_add (lists, list);
    }
  for (guint i = 0; i < lists->len; i++)
    collect (call, g_ptr_array_index (events, i), g_ptr_array_index (lists, i), found);
  write_found (call, found, lists);
}
