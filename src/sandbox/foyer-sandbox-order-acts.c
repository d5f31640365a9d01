/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order or ticket: shown, made, paid, canceled, blocked. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-sales.h"

#include <math.h>
#include <string.h>

#include "foyer-json.h"
#include "foyer-sandbox-orders.h"

#define CODE_LETTERS "ABCDEFGHJKLMNPQRSTUVWXYZ3789"
#define SECRET_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789"

static FoyerSandboxOrder *
get_order (FoyerSandboxCall *call)
{
  FoyerSandboxOrder *order = foyer_sandbox_world_get_order (call->world, call->segments[5]);

  if (order != NULL && order->event == call->event)
    return order;
  foyer_sandbox_call_detail (call, 404, "No Order matches the given query.");
  return NULL;
}

static void
answer_order (FoyerSandboxCall *call, FoyerSandboxOrder *order)
{
  call->out.include = foyer_sandbox_call_get_all (call, "include");
  call->out.exclude = foyer_sandbox_call_get_all (call, "exclude");
  foyer_sandbox_write_order (
      &call->out, order, foyer_sandbox_call_get_flag (call, "include_canceled_positions"),
      foyer_sandbox_call_get_flag (call, "include_canceled_fees"), call->base);
}

void
foyer_sandbox_orders_detail (FoyerSandboxCall *call)
{
  FoyerSandboxOrder *order = get_order (call);

  if (order != NULL)
    answer_order (call, order);
}

/* Money comes as a string or a number; cents, or -1 if it is neither. */
static gboolean
read_money (JsonNode *node, gint64 *minor)
{
  const char *text = node != NULL ? foyer_json_node_get_string (node) : NULL;
  char *end = NULL;
  double value;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  if (text != NULL)
    {
      value = g_ascii_strtod (text, &end);
      if (end == text || *end != '\0')
        return FALSE;
    }
  else if (JSON_NODE_HOLDS_VALUE (node))
    value = json_node_get_double (node);
  else
    return FALSE;
  *minor = (gint64)llround (value * 100);
  return TRUE;
}

static gint64
get_price (JsonObject *item, JsonObject *variation)
{
  gint64 price = 0;

  if (variation != NULL && read_money (json_object_get_member (variation, "price"), &price))
    return price;
  read_money (json_object_get_member (item, "default_price"), &price);
  return price;
}

static const char *
join_name (FoyerSandboxWorld *world, JsonObject *parts)
{
  static const char *const fields[]
      = { "_legacy", "full_name", "calling_name", "title", "given_name", "family_name", NULL };
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      const char *part = foyer_json_get_string (parts, fields[i]);

      if (part == NULL || *part == '\0')
        continue;
      if (name->len > 0)
        g_string_append_c (name, ' ');
      g_string_append (name, part);
    }
  return name->len > 0 ? foyer_sandbox_world_text (world, name->str) : NULL;
}

static void
set_name (FoyerSandboxPosition *position, JsonObject *body)
{
  FoyerSandboxWorld *world = position->order->event->world;
  JsonObject *parts = foyer_json_get_object (body, "attendee_name_parts");
  const char *name = foyer_json_get_string (body, "attendee_name");
  g_autoptr (GString) text = g_string_new (NULL);
  FoyerSandboxOut out = { .text = text };

  if (parts != NULL)
    {
      position->name = join_name (world, parts);
      foyer_sandbox_out_object (&out, NULL, parts);
    }
  else if (name != NULL)
    {
      position->name = foyer_sandbox_world_text (world, name);
      foyer_sandbox_out_open (&out, NULL, '{');
      foyer_sandbox_out_string (&out, "_legacy", name);
      foyer_sandbox_out_close (&out, '}');
    }
  else
    return;
  position->name_parts = foyer_sandbox_world_text (world, text->str);
}

static void
set_answers (FoyerSandboxPosition *position, JsonArray *answers)
{
  for (guint i = 0; answers != NULL && i < json_array_get_length (answers); i++)
    {
      JsonNode *node = json_array_get_element (answers, i);
      JsonObject *answer = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonArray *options = answer != NULL ? foyer_json_get_array (answer, "options") : NULL;
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

      if (answer == NULL)
        continue;
      for (guint j = 0; options != NULL && j < json_array_get_length (options); j++)
        {
          gint64 id = json_array_get_int_element (options, j);

          g_array_append_val (ids, id);
        }
      foyer_sandbox_position_set_answer (position, foyer_json_get_int (answer, "question", 0),
                                         foyer_json_get_string (answer, "answer"), ids);
    }
}

static FoyerTime
read_time (FoyerSandboxCall *call, JsonObject *body, const char *field)
{
  const char *text = foyer_json_get_string (body, field);
  FoyerTime time;

  return text != NULL && foyer_time_parse (text, call->event->zone, &time) ? time : FOYER_TIME_NONE;
}

/* Fills in one ticket of a new order; FALSE and an answer if it names what is not there. */
static gboolean
make_position (FoyerSandboxCall *call, FoyerSandboxPosition *position, JsonObject *body)
{
  FoyerSandboxWorld *world = call->world;
  FoyerSandboxOrder *order = position->order;
  gint64 addon_to = foyer_json_get_int (body, "addon_to", 0);
  const char *secret = foyer_json_get_string (body, "secret");
  gint64 price;
  JsonObject *item;

  position->item = (guint32)foyer_json_get_int (body, "item", 0);
  position->variation = (guint32)foyer_json_get_int (body, "variation", 0);
  position->subevent = (guint32)foyer_json_get_int (body, "subevent", 0);
  item = foyer_sandbox_position_get_item (position);
  if (!read_money (json_object_get_member (body, "price"), &price))
    price = get_price (item, foyer_sandbox_position_get_variation (position));
  position->price = (gint32)price;
  position->tax_rate
      = (guint16)(g_ascii_strtod (foyer_json_get_string (item, "tax_rate"), NULL) * 100 + 0.5);
  position->valid_from = read_time (call, body, "valid_from");
  position->valid_until = read_time (call, body, "valid_until");
  position->company = foyer_sandbox_world_text (world, foyer_json_get_string (body, "company"));
  position->email = foyer_sandbox_world_text (world,
                                              foyer_json_get_string (body, "attendee_email"));
  set_name (position, body);
  set_answers (position, foyer_json_get_array (body, "answers"));
  if (secret != NULL)
    position->secret = foyer_sandbox_world_text (world, secret);
  else
    {
      g_autofree char *fresh = foyer_sandbox_world_random_text (world, SECRET_LETTERS, 32);

      position->secret = foyer_sandbox_world_text (world, fresh);
    }
  if (addon_to > 0 && addon_to < position->positionid)
    position->addon_to = order->positions[addon_to - 1].id;
  foyer_sandbox_event_add_position (call->event, position);
  order->total += price;
  return TRUE;
}

/* What pretix looks at first: each ticket's product must be of the event. */
static gboolean
check_positions (FoyerSandboxCall *call, JsonArray *positions)
{
  g_autoptr (GString) text = g_string_new (NULL);
  FoyerSandboxOut out = { .text = text };
  gboolean wrong = FALSE;

  foyer_sandbox_out_open (&out, NULL, '{');
  foyer_sandbox_out_open (&out, "positions", '[');
  for (guint i = 0; i < json_array_get_length (positions); i++)
    {
      JsonNode *node = json_array_get_element (positions, i);
      JsonObject *body = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      gint64 item = body != NULL ? foyer_json_get_int (body, "item", 0) : 0;
      const char *secret = body != NULL ? foyer_json_get_string (body, "secret") : NULL;

      foyer_sandbox_out_open (&out, NULL, '{');
      if (body == NULL || !json_object_has_member (body, "item"))
        {
          foyer_sandbox_out_raw (&out, "item", "[\"This field is required.\"]");
          wrong = TRUE;
        }
      else if (foyer_sandbox_find (call->event->items, item) == NULL)
        {
          g_autofree char *error = g_strdup_printf (
              "[\"Invalid pk \\\"%" G_GINT64_FORMAT "\\\" - object does not exist.\"]", item);

          foyer_sandbox_out_raw (&out, "item", error);
          wrong = TRUE;
        }
      else if (secret != NULL && foyer_sandbox_world_get_by_secret (call->world, secret) != NULL)
        {
          foyer_sandbox_out_raw (&out, "secret",
                                 "[\"You cannot assign a position secret that already exists.\"]");
          wrong = TRUE;
        }
      foyer_sandbox_out_close (&out, '}');
    }
  foyer_sandbox_out_close (&out, ']');
  foyer_sandbox_out_close (&out, '}');
  if (wrong)
    foyer_sandbox_call_answer (call, 400, text->str);
  return !wrong;
}

static char *
pick_code (FoyerSandboxCall *call)
{
  char *code = g_strdup (foyer_json_get_string (call->json, "code"));

  while (code == NULL)
    {
      code = foyer_sandbox_world_random_text (call->world, CODE_LETTERS, 5);
      if (foyer_sandbox_world_get_order (call->world, code) != NULL)
        g_clear_pointer (&code, g_free);
    }
  return code;
}

static void
add_payment (FoyerSandboxOrder *order, const char *provider, gint64 amount)
{
  FoyerSandboxEvent *event = order->event;
  g_autoptr (GString) text = g_string_new (NULL);
  FoyerSandboxOut out = { .text = text };
  g_autoptr (JsonParser) parser = json_parser_new ();

  foyer_sandbox_out_open (&out, NULL, '{');
  foyer_sandbox_out_int (&out, "local_id", order->payments != NULL ? order->payments->len + 1 : 1);
  foyer_sandbox_out_raw (&out, "state", "\"confirmed\"");
  foyer_sandbox_out_money (&out, "amount", amount);
  foyer_sandbox_out_time (&out, "created", event->world->now, event->zone);
  foyer_sandbox_out_time (&out, "payment_date", event->world->now, event->zone);
  foyer_sandbox_out_string (&out, "provider", provider);
  foyer_sandbox_out_raw (&out, "payment_url", "null");
  foyer_sandbox_out_raw (&out, "details", "{}");
  foyer_sandbox_out_close (&out, '}');
  if (order->payments == NULL)
    order->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  if (json_parser_load_from_data (parser, text->str, -1, NULL))
    g_ptr_array_add (order->payments,
                     json_object_ref (json_node_get_object (json_parser_get_root (parser))));
}

static void
set_extra (FoyerSandboxOrder *order, JsonObject *body, const char *field)
{
  if (!json_object_has_member (body, field))
    return;
  if (order->extra == NULL)
    order->extra = json_object_new ();
  json_object_set_member (order->extra, field, json_object_dup_member (body, field));
}

static void
set_fields (FoyerSandboxOrder *order, JsonObject *body)
{
  static const char *const extras[] = { "phone", "custom_followup_at", "api_meta",
                                        "invoice_address" };
  FoyerSandboxWorld *world = order->event->world;

  for (guint i = 0; i < G_N_ELEMENTS (extras); i++)
    set_extra (order, body, extras[i]);
  if (json_object_has_member (body, "email"))
    order->email = foyer_sandbox_world_text (world, foyer_json_get_string (body, "email"));
  if (foyer_json_get_string (body, "locale") != NULL)
    order->locale = foyer_sandbox_world_text (world, foyer_json_get_string (body, "locale"));
  if (foyer_json_get_string (body, "comment") != NULL)
    order->comment = foyer_sandbox_world_text (world, foyer_json_get_string (body, "comment"));
  if (json_object_has_member (body, "checkin_text"))
    order->checkin_text = foyer_sandbox_world_text (world,
                                                    foyer_json_get_string (body, "checkin_text"));
  order->checkin_attention = foyer_json_get_boolean (body, "checkin_attention",
                                                     order->checkin_attention);
  order->valid_if_pending = foyer_json_get_boolean (body, "valid_if_pending",
                                                    order->valid_if_pending);
}

/* The end of the 14th day, as pretix' default term gives it. */
static FoyerTime
get_expiry (FoyerSandboxEvent *event)
{
  g_autoptr (GDateTime) now = foyer_time_to_date_time (event->world->now, event->zone);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, 14);
  g_autoptr (GDateTime) end = g_date_time_new (event->zone, g_date_time_get_year (day),
                                               g_date_time_get_month (day),
                                               g_date_time_get_day_of_month (day), 23, 59, 59);

  return foyer_time_from_date_time (end);
}

/* POST orders/ */
void
foyer_sandbox_orders_create (FoyerSandboxCall *call)
{
  static const char *const required[] = { "positions", NULL };
  JsonArray *positions;
  const char *status = foyer_json_get_string (call->json, "status");
  const char *provider = foyer_json_get_string (call->json, "payment_provider");
  FoyerSandboxOrder *order;
  g_autofree char *code = NULL;
  guint n;

  foyer_sandbox_call_required (call, required);
  if (call->status != 200)
    return;
  positions = foyer_json_get_array (call->json, "positions");
  if (positions == NULL || json_array_get_length (positions) == 0)
    {
      foyer_sandbox_call_answer (call, 400, "{\"positions\":[\"An order cannot be empty.\"]}");
      return;
    }
  code = pick_code (call);
  if (foyer_sandbox_world_get_order (call->world, code) != NULL)
    {
      foyer_sandbox_call_invalid (call, "code", "This order code is already in use.");
      return;
    }
  if (g_strcmp0 (status, "p") == 0 && provider == NULL)
    {
      foyer_sandbox_call_answer (
          call, 400, "[\"You cannot create a paid order without a payment provider.\"]");
      return;
    }
  if (!check_positions (call, positions))
    return;
  n = json_array_get_length (positions);
  order = foyer_sandbox_event_add_order (call->event, code, n);
  order->datetime = call->world->now;
  order->last_modified = MAX (call->world->now, call->event->last_modified != NULL
                                                    ? call->event->last_modified->last_modified + 1
                                                    : 0);
  order->expires = get_expiry (call->event);
  foyer_sandbox_order_append_modified (order);
  order->require_approval = foyer_json_get_boolean (call->json, "require_approval", FALSE);
  order->testmode = foyer_json_get_boolean (call->json, "testmode", FALSE);
  set_fields (order, call->json);
  for (guint i = 0; i < n; i++)
    make_position (call, &order->positions[i], json_array_get_object_element (positions, i));
  order->status = g_strcmp0 (status, "p") == 0 || order->total == 0 ? 'p' : 'n';
  order->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  if (order->status == 'p')
    add_payment (order, order->total == 0 ? "free" : provider, order->total);
  call->status = 201;
  answer_order (call, order);
}

void
foyer_sandbox_orders_patch (FoyerSandboxCall *call)
{
  FoyerSandboxOrder *order = get_order (call);

  if (order == NULL)
    return;
  set_fields (order, call->json);
  foyer_sandbox_order_touch (order);
  answer_order (call, order);
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
  add_payment (order, order->provider, order->total);
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
    add_payment (order, "manual", order->payments->len == 0 ? order->total : 0);
  if (to == 'c')
    order->cancellation_date = call->world->now;
  order->status = to;
  foyer_sandbox_order_touch (order);
  answer_order (call, order);
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
  answer_order (call, order);
}

void
foyer_sandbox_orders_mark_canceled (FoyerSandboxCall *call)
{
  FoyerSandboxOrder *order = get_order (call);
  gint64 fee = 0;

  if (order == NULL)
    return;
  read_money (json_object_get_member (call->json, "cancellation_fee"), &fee);
  if (fee > order->total)
    foyer_sandbox_call_invalid (call, "cancellation_fee",
                                "The cancellation fee cannot be higher than the total.");
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
      foyer_sandbox_call_invalid (call, "name",
                                  "Value must be either \"admin\" or start with \"api:\".");
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
