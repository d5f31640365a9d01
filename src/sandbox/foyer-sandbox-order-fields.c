/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What making an order and acting on one share: its fields, its payments, its answer. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-order-fields.h"

#include <math.h>

#include "foyer-json.h"
#include "foyer-sandbox-orders.h"

/* Money comes as a string or a number; cents, or -1 if it is neither. */
gboolean
foyer_sandbox_read_money (JsonNode *node, gint64 *minor)
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

void
foyer_sandbox_order_answer (FoyerSandboxCall *call, FoyerSandboxOrder *order)
{
  call->out.include = foyer_sandbox_call_get_all (call, "include");
  call->out.exclude = foyer_sandbox_call_get_all (call, "exclude");
  foyer_sandbox_write_order (
      &call->out, order, foyer_sandbox_call_get_flag (call, "include_canceled_positions"),
      foyer_sandbox_call_get_flag (call, "include_canceled_fees"), call->base);
}

void
foyer_sandbox_order_add_payment (FoyerSandboxOrder *order, const char *provider, gint64 amount)
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

void
foyer_sandbox_order_set_fields (FoyerSandboxOrder *order, JsonObject *body)
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
