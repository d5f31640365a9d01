/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST orders/: a sale. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-sales.h"

#include <string.h>

#include "foyer-json.h"
#include "foyer-sandbox-order-fields.h"
#include "foyer-sandbox-orders.h"

#define CODE_LETTERS "ABCDEFGHJKLMNPQRSTUVWXYZ3789"
#define SECRET_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789"

static gint64
get_price (JsonObject *item, JsonObject *variation)
{
  gint64 price = 0;

  if (variation != NULL
      && foyer_sandbox_read_money (json_object_get_member (variation, "price"), &price))
    return price;
  foyer_sandbox_read_money (json_object_get_member (item, "default_price"), &price);
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
  if (!foyer_sandbox_read_money (json_object_get_member (body, "price"), &price))
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
  foyer_sandbox_order_set_fields (order, call->json);
  for (guint i = 0; i < n; i++)
    make_position (call, &order->positions[i], json_array_get_object_element (positions, i));
  order->status = g_strcmp0 (status, "p") == 0 || order->total == 0 ? 'p' : 'n';
  order->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  if (order->status == 'p')
    foyer_sandbox_order_add_payment (order, order->total == 0 ? "free" : provider, order->total);
  call->status = 201;
  foyer_sandbox_order_answer (call, order);
}
