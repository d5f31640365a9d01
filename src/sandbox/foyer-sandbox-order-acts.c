/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order or ticket: shown, changed, paid, canceled, blocked. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-sales.h"

#include <string.h>

#include "foyer-json.h"
#include "foyer-sandbox-order-fields.h"
#include "foyer-sandbox-orders.h"

static FoyerSandboxOrder *
get_order (FoyerSandboxCall *call)
{
  FoyerSandboxOrder *order = foyer_sandbox_world_get_order (call->world, call->segments[5]);

  if (order != NULL && order->event == call->event)
    return order;
  foyer_sandbox_call_detail (call, 404, "No Order matches the given query.");
  return NULL;
}

void
foyer_sandbox_orders_detail (FoyerSandboxCall *call)
{
  FoyerSandboxOrder *order = get_order (call);

  if (order != NULL)
    foyer_sandbox_order_answer (call, order);
}

void
foyer_sandbox_orders_patch (FoyerSandboxCall *call)
{
  FoyerSandboxOrder *order = get_order (call);

  if (order == NULL)
    return;
  foyer_sandbox_order_set_fields (order, call->json);
  foyer_sandbox_order_touch (order);
  foyer_sandbox_order_answer (call, order);
}

/* The payment that was only implied becomes a row. */
static void
keep_payments (FoyerSandboxOrder *order)
{
  FoyerTime now = order->event->world->now;

  if (order->payments != NULL)
    return;
  order->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  if (order->status != 'p')
    return;
  order->event->world->now = order->datetime;
  foyer_sandbox_order_add_payment (order, order->provider, order->total);
  order->event->world->now = now;
}

static void
mark (FoyerSandboxCall *call, const char *from, char to, const char *detail)
{
  FoyerSandboxOrder *order = get_order (call);

  if (order == NULL)
    return;
  if (strchr (from, order->status) == NULL)
    {
      foyer_sandbox_call_detail (call, 400, detail);
      return;
    }
  keep_payments (order);
  if (to == 'p')
    foyer_sandbox_order_add_payment (order, "manual", order->payments->len == 0 ? order->total : 0);
  if (to == 'c')
    order->cancellation_date = call->world->now;
  order->status = to;
  foyer_sandbox_order_touch (order);
  foyer_sandbox_order_answer (call, order);
}

void
foyer_sandbox_orders_mark_paid (FoyerSandboxCall *call)
{
  mark (call, "ne", 'p', "The order is not pending or expired.");
}

void
foyer_sandbox_orders_mark_pending (FoyerSandboxCall *call)
{
  mark (call, "p", 'n', "The order is not paid.");
}

void
foyer_sandbox_orders_mark_expired (FoyerSandboxCall *call)
{
  mark (call, "n", 'e', "The order is not pending.");
}

/* With a fee: the tickets go, the order stays with the fee as its total. */
static void
cancel_with_fee (FoyerSandboxCall *call, FoyerSandboxOrder *order, gint64 fee)
{
  g_autoptr (GString) text = g_string_new (NULL);
  FoyerSandboxOut out = { .text = text };
  g_autoptr (JsonParser) parser = json_parser_new ();

  keep_payments (order);
  for (guint i = 0; i < order->n_positions; i++)
    order->positions[i].canceled = TRUE;
  foyer_sandbox_out_open (&out, NULL, '{');
  foyer_sandbox_out_int (&out, "id", foyer_sandbox_world_take_id (call->world));
  foyer_sandbox_out_raw (&out, "fee_type", "\"cancellation\"");
  foyer_sandbox_out_money (&out, "value", fee);
  foyer_sandbox_out_raw (&out, "description", "\"\"");
  foyer_sandbox_out_raw (&out, "internal_type", "\"\"");
  foyer_sandbox_out_raw (&out, "tax_rate", "\"0.00\"");
  foyer_sandbox_out_raw (&out, "tax_value", "\"0.00\"");
  foyer_sandbox_out_raw (&out, "tax_rule", "null");
  foyer_sandbox_out_raw (&out, "tax_code", "null");
  foyer_sandbox_out_raw (&out, "canceled", "false");
  foyer_sandbox_out_close (&out, '}');
  if (order->fees == NULL)
    order->fees = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  if (json_parser_load_from_data (parser, text->str, -1, NULL))
    g_ptr_array_add (order->fees,
                     json_object_ref (json_node_get_object (json_parser_get_root (parser))));
  order->total = fee;
  order->cancellation_date = call->world->now;
  order->status = order->status == 'p' ? 'p' : 'n';
  foyer_sandbox_order_touch (order);
  foyer_sandbox_order_answer (call, order);
}

void
foyer_sandbox_orders_mark_canceled (FoyerSandboxCall *call)
{
  FoyerSandboxOrder *order = get_order (call);
  gint64 fee = 0;

  if (order == NULL)
    return;
  foyer_sandbox_read_money (json_object_get_member (call->json, "cancellation_fee"), &fee);
  if (fee > order->total)
    foyer_sandbox_call_detail (
        call, 400, "The cancellation fee cannot be higher than the total amount of this order.");
  else if (fee != 0 && order->status != 'c')
    cancel_with_fee (call, order, fee);
  else
    mark (call, "npe", 'c', "The order is not allowed to be canceled.");
}

static FoyerSandboxPosition *
get_position (FoyerSandboxCall *call)
{
  FoyerSandboxPosition *position = foyer_sandbox_world_get_position (
      call->world, foyer_sandbox_call_get_segment_id (call, 5));

  if (position != NULL && position->order->event == call->event
      && (!position->canceled || foyer_sandbox_call_get_flag (call, "include_canceled_positions")))
    return position;
  foyer_sandbox_call_detail (call, 404, "No OrderPosition matches the given query.");
  return NULL;
}

static void
answer_position (FoyerSandboxCall *call, FoyerSandboxPosition *position)
{
  FoyerSandboxPositionShape shape = { .zone = call->event->zone };

  foyer_sandbox_write_position (&call->out, NULL, position, &shape, call->base);
}

void
foyer_sandbox_positions_detail (FoyerSandboxCall *call)
{
  FoyerSandboxPosition *position = get_position (call);

  if (position != NULL)
    answer_position (call, position);
}

static void
mark_blocked (FoyerSandboxEvent *event, FoyerSandboxPosition *position, gboolean blocked)
{
  FoyerSandboxMark *found = NULL;

  for (guint i = 0; i < event->blocked->len; i++)
    {
      FoyerSandboxMark *candidate = g_ptr_array_index (event->blocked, i);

      if (candidate->position == position)
        found = candidate;
    }
  if (found == NULL)
    found = foyer_sandbox_event_add_mark (event, event->blocked, position->secret, position);
  found->blocked = blocked;
  found->at = event->world->now;
}

static void
change_block (FoyerSandboxCall *call, gboolean add)
{
  static const char *const required[] = { "name", NULL };
  FoyerSandboxPosition *position = get_position (call);
  const char *name;
  guint at = 0;
  gboolean has;

  if (position == NULL)
    return;
  foyer_sandbox_call_required (call, required);
  if (call->status != 200)
    return;
  name = foyer_json_get_string (call->json, "name");
  if (name == NULL || (!g_str_equal (name, "admin") && !g_str_has_prefix (name, "api:")))
    {
      foyer_sandbox_call_invalid (call, "name", "Enter a valid value.");
      return;
    }
  if (position->blocked == NULL)
    position->blocked = g_ptr_array_new_with_free_func (g_free);
  has = g_ptr_array_find_with_equal_func (position->blocked, name, g_str_equal, &at);
  if (add && !has)
    g_ptr_array_add (position->blocked, g_strdup (name));
  else if (!add && has)
    g_ptr_array_remove_index (position->blocked, at);
  mark_blocked (call->event, position, position->blocked->len > 0);
  foyer_sandbox_order_touch (position->order);
  answer_position (call, position);
}

void
foyer_sandbox_positions_add_block (FoyerSandboxCall *call)
{
  change_block (call, TRUE);
}

void
foyer_sandbox_positions_remove_block (FoyerSandboxCall *call)
{
  change_block (call, FALSE);
}

/* DELETE orderpositions/{id}/: the ticket and its add-ons, but never an order's last one. */
void
foyer_sandbox_positions_cancel (FoyerSandboxCall *call)
{
  FoyerSandboxPosition *position = get_position (call);
  FoyerSandboxOrder *order = position != NULL ? position->order : NULL;
  guint left = 0;

  if (position == NULL)
    return;
  for (guint i = 0; i < order->n_positions; i++)
    left += !order->positions[i].canceled && &order->positions[i] != position
            && order->positions[i].addon_to != position->id;
  if (left == 0)
    {
      foyer_sandbox_call_answer (
          call, 400,
          "[\"This operation would leave the order empty. Please cancel the order itself "
          "instead.\"]");
      return;
    }
  for (guint i = 0; i < order->n_positions; i++)
    {
      FoyerSandboxPosition *one = &order->positions[i];

      if (one->canceled || (one != position && one->addon_to != position->id))
        continue;
      one->canceled = TRUE;
      order->total -= one->price;
    }
  foyer_sandbox_order_touch (order);
  foyer_sandbox_call_answer (call, 204, "");
}
