/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders and tickets as JSON: field for field what pretix 2026.8 answers. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-orders.h"

#include <string.h>

#include "foyer-json.h"

JsonObject *
foyer_sandbox_position_get_item (FoyerSandboxPosition *self)
{
  return foyer_sandbox_find (self->order->event->items, self->item);
}

JsonObject *
foyer_sandbox_position_get_variation (FoyerSandboxPosition *self)
{
  JsonObject *item = self->variation != 0 ? foyer_sandbox_position_get_item (self) : NULL;
  JsonArray *variations = item != NULL ? foyer_json_get_array (item, "variations") : NULL;

  for (guint i = 0; variations != NULL && i < json_array_get_length (variations); i++)
    {
      JsonObject *variation = json_array_get_object_element (variations, i);

      if (foyer_json_get_int (variation, "id", 0) == self->variation)
        return variation;
    }
  return NULL;
}

gboolean
foyer_sandbox_position_get_attention (FoyerSandboxPosition *self)
{
  JsonObject *item = foyer_sandbox_position_get_item (self);
  JsonObject *variation = foyer_sandbox_position_get_variation (self);

  return self->order->checkin_attention
         || (item != NULL && foyer_json_get_boolean (item, "checkin_attention", FALSE))
         || (variation != NULL && foyer_json_get_boolean (variation, "checkin_attention", FALSE));
}

/* A value that looks random but needs no memory: letters drawn from the id. */
static void
derive_text (char *text, guint length, const char *letters, guint64 from)
{
  gsize n_letters = strlen (letters);
  guint64 x = from * 0x9e3779b97f4a7c15u + 0x2545f4914f6cdd1du;

  for (guint i = 0; i < length; i++)
    {
      x ^= x >> 12;
      x ^= x << 25;
      x ^= x >> 27;
      text[i] = letters[((x * 0x2545f4914f6cdd1du) >> 32) % n_letters];
    }
  text[length] = '\0';
}

static gboolean
has_tickets (FoyerSandboxOrder *order)
{
  JsonArray *plugins = foyer_json_get_array (order->event->object, "plugins");

  if (order->status != 'p' || plugins == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (plugins); i++)
    if (g_strcmp0 (foyer_json_node_get_string (json_array_get_element (plugins, i)),
                   "pretix.plugins.ticketoutputpdf")
        == 0)
      return TRUE;
  return FALSE;
}

static int
compare_checkins (gconstpointer a, gconstpointer b)
{
  const FoyerSandboxCheckIn *x = *(FoyerSandboxCheckIn *const *)a;
  const FoyerSandboxCheckIn *y = *(FoyerSandboxCheckIn *const *)b;

  if (x->datetime != y->datetime)
    return x->datetime < y->datetime ? 1 : -1;
  return x->id < y->id ? 1 : -1;
}

static gboolean
is_wanted_list (GPtrArray *lists, gint64 id)
{
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    if (foyer_json_get_int (g_ptr_array_index (lists, i), "id", 0) == id)
      return TRUE;
  return lists == NULL;
}

static void
write_checkins (FoyerSandboxOut *out,
                FoyerSandboxPosition *position,
                const FoyerSandboxPositionShape *shape)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (!foyer_sandbox_out_open (out, "checkins", '['))
    return;
  if (position->checkins != NULL)
    {
      rows = g_ptr_array_new ();
      for (guint i = 0; i < position->checkins->len; i++)
        {
          FoyerSandboxCheckIn *row = g_ptr_array_index (position->checkins, i);

          if (row->successful && is_wanted_list (shape->lists, row->list))
            g_ptr_array_add (rows, row);
        }
      g_ptr_array_sort (rows, compare_checkins);
      for (guint i = 0; i < rows->len; i++)
        {
          const FoyerSandboxCheckIn *row = g_ptr_array_index (rows, i);
          FoyerSandboxOut plain = { .text = out->text };

          foyer_sandbox_out_open (&plain, NULL, '{');
          foyer_sandbox_out_int (&plain, "id", row->id);
          foyer_sandbox_out_time (&plain, "datetime", row->datetime, shape->zone);
          foyer_sandbox_out_int (&plain, "list", row->list);
          foyer_sandbox_out_bool (&plain, "auto_checked_in", row->automatic);
          foyer_sandbox_out_id (&plain, "gate", row->gate);
          foyer_sandbox_out_id (&plain, "device", row->device);
          foyer_sandbox_out_id (&plain, "device_id", row->device);
          foyer_sandbox_out_string (&plain, "type", row->exit ? "exit" : "entry");
          foyer_sandbox_out_close (&plain, '}');
        }
    }
  foyer_sandbox_out_close (out, ']');
}

static void
write_answers (FoyerSandboxOut *out, FoyerSandboxPosition *position, gboolean expand)
{
  if (!foyer_sandbox_out_open (out, "answers", '['))
    return;
  for (guint i = 0; position->answers != NULL && i < position->answers->len; i++)
    {
      const FoyerSandboxAnswer *answer = g_ptr_array_index (position->answers, i);
      JsonObject *question = foyer_sandbox_find (position->order->event->questions,
                                                 answer->question);
      JsonArray *options = question != NULL ? foyer_json_get_array (question, "options") : NULL;
      FoyerSandboxOut plain = { .text = out->text };

      foyer_sandbox_out_open (&plain, NULL, '{');
      if (expand && question != NULL)
        foyer_sandbox_out_object (&plain, "question", question);
      else
        foyer_sandbox_out_int (&plain, "question", answer->question);
      foyer_sandbox_out_string (&plain, "answer", answer->text);
      foyer_sandbox_out_string (&plain, "question_identifier",
                                question != NULL ? foyer_json_get_string (question, "identifier")
                                                 : NULL);
      foyer_sandbox_out_open (&plain, "options", '[');
      for (guint j = 0; answer->options != NULL && j < answer->options->len; j++)
        foyer_sandbox_out_int (&plain, NULL, g_array_index (answer->options, gint64, j));
      foyer_sandbox_out_close (&plain, ']');
      foyer_sandbox_out_open (&plain, "option_identifiers", '[');
      for (guint j = 0; answer->options != NULL && j < answer->options->len; j++)
        for (guint k = 0; options != NULL && k < json_array_get_length (options); k++)
          {
            JsonObject *option = json_array_get_object_element (options, k);

            if (foyer_json_get_int (option, "id", 0) == g_array_index (answer->options, gint64, j))
              foyer_sandbox_out_string (&plain, NULL, foyer_json_get_string (option, "identifier"));
          }
      foyer_sandbox_out_close (&plain, ']');
      foyer_sandbox_out_close (&plain, '}');
    }
  foyer_sandbox_out_close (out, ']');
}

static void
write_name (FoyerSandboxOut *out, FoyerSandboxPosition *position, gboolean checkin_form)
{
  const FoyerSandboxPosition *from = position;

  /* An add-on without a name of its own shows the main ticket's, but only at the door. */
  if (checkin_form && position->name == NULL && position->addon_to != 0)
    {
      FoyerSandboxPosition *main_ticket = foyer_sandbox_position_get_main (position);

      if (main_ticket != NULL)
        from = main_ticket;
    }
  foyer_sandbox_out_string (out, "attendee_name", from->name);
  if (from->name_parts != NULL)
    foyer_sandbox_out_raw (out, "attendee_name_parts", from->name_parts);
  else if (from->name == NULL)
    foyer_sandbox_out_raw (out, "attendee_name_parts", "{}");
  else if (foyer_sandbox_out_open (out, "attendee_name_parts", '{'))
    {
      FoyerSandboxOut plain = { .text = out->text };

      foyer_sandbox_out_raw (&plain, "_scheme", "\"full\"");
      foyer_sandbox_out_string (&plain, "full_name", from->name);
      foyer_sandbox_out_close (&plain, '}');
    }
}

static void
write_address (FoyerSandboxOut *out, FoyerSandboxPosition *position)
{
  static const char *const fields[] = { "street", "zipcode", "city", "country", "state" };

  foyer_sandbox_out_string (out, "company", position->company);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    foyer_sandbox_out_raw (out, fields[i], "null");
}

static void
write_downloads (FoyerSandboxOut *out,
                 FoyerSandboxOrder *order,
                 gboolean available,
                 const char *what,
                 const char *base)
{
  if (!foyer_sandbox_out_open (out, "downloads", '['))
    return;
  if (available)
    g_string_append_printf (out->text,
                            "{\"output\":\"pdf\",\"url\":\"%s/api/v1/organizers/demo/events/%s/%s"
                            "/download/pdf/\"}",
                            base, order->event->slug, what);
  foyer_sandbox_out_close (out, ']');
}

static void
write_linked (FoyerSandboxOut *out, const char *key, JsonObject *object, gboolean expand, gint64 id)
{
  if (expand && object != NULL)
    foyer_sandbox_out_object (out, key, object);
  else
    foyer_sandbox_out_id (out, key, id);
}

static void
write_addons (FoyerSandboxOut *out,
              FoyerSandboxPosition *position,
              const FoyerSandboxPositionShape *shape,
              const char *base)
{
  FoyerSandboxPositionShape inner = *shape;
  FoyerSandboxOrder *order = position->order;

  inner.addons = FALSE;
  foyer_sandbox_out_open (out, "addons", '[');
  for (guint i = 0; i < order->n_positions; i++)
    if (order->positions[i].addon_to == position->id && !order->positions[i].canceled)
      foyer_sandbox_write_position (out, NULL, &order->positions[i], &inner, base);
  foyer_sandbox_out_close (out, ']');
}

static const char *
status_text (char status)
{
  return status == 'n' ? "n" : status == 'e' ? "e" : status == 'c' ? "c" : "p";
}

/* What `expand=` asks for; times in the event's zone, or the server's for calls that have no event. */
void
foyer_sandbox_position_shape_init (FoyerSandboxPositionShape *shape, FoyerSandboxCall *call)
{
  g_autoptr (GPtrArray) expand = foyer_sandbox_call_get_all (call, "expand");

  memset (shape, 0, sizeof *shape);
  shape->zone = call->event != NULL ? call->event->zone : call->world->zone;
  for (guint i = 0; expand != NULL && i < expand->len; i++)
    {
      const char *value = g_ptr_array_index (expand, i);

      shape->expand_item = shape->expand_item || g_str_equal (value, "item");
      shape->expand_variation = shape->expand_variation || g_str_equal (value, "variation");
      shape->expand_subevent = shape->expand_subevent || g_str_equal (value, "subevent");
      shape->expand_question = shape->expand_question || g_str_equal (value, "answers.question");
      shape->addons = shape->addons || g_str_equal (value, "addons");
    }
}

/**
 * foyer_sandbox_write_position:
 * @out: a writer
 * @key: (nullable): the field
 * @position: a ticket
 * @shape: how
 * @base: scheme and host of links
 */
void
foyer_sandbox_write_position (FoyerSandboxOut *out,
                              const char *key,
                              FoyerSandboxPosition *position,
                              const FoyerSandboxPositionShape *shape,
                              const char *base)
{
  FoyerSandboxOrder *order = position->order;
  FoyerSandboxEvent *event = order->event;
  char what[64];
  char pseudonym[11];

  derive_text (pseudonym, 10, "ABCDEFGHJKLMNPQRSTUVWXYZ3789", position->id);
  g_snprintf (what, sizeof what, "orderpositions/%u", position->id);
  foyer_sandbox_out_open (out, key, '{');
  foyer_sandbox_out_int (out, "id", position->id);
  foyer_sandbox_out_string (out, "order", order->code);
  foyer_sandbox_out_int (out, "positionid", position->positionid);
  write_linked (out, "item", shape->expand_item ? foyer_sandbox_position_get_item (position) : NULL,
                shape->expand_item, position->item);
  write_linked (out, "variation",
                shape->expand_variation ? foyer_sandbox_position_get_variation (position) : NULL,
                shape->expand_variation, position->variation);
  foyer_sandbox_out_money (out, "price", position->price);
  write_name (out, position, shape->checkin_form);
  write_address (out, position);
  if (!shape->checkin_form)
    foyer_sandbox_out_raw (out, "discount", "null");
  foyer_sandbox_out_string (out, "attendee_email", position->email);
  foyer_sandbox_out_raw (out, "voucher", "null");
  foyer_sandbox_out_money (out, "tax_rate", position->tax_rate);
  foyer_sandbox_out_money (out, "tax_value",
                           position->price
                               - (position->price * 10000 + (10000 + position->tax_rate) / 2)
                                     / (10000 + position->tax_rate));
  foyer_sandbox_out_string (out, "secret", position->secret);
  foyer_sandbox_out_id (out, "addon_to", position->addon_to);
  write_linked (out, "subevent",
                shape->expand_subevent ? foyer_sandbox_find (event->subevents, position->subevent)
                                       : NULL,
                shape->expand_subevent, position->subevent);
  write_checkins (out, position, shape);
  foyer_sandbox_out_raw (out, "print_logs", "[]");
  write_downloads (out, order, has_tickets (order) && !position->canceled, what, base);
  write_answers (out, position, shape->expand_question);
  foyer_sandbox_out_id (out, "tax_rule",
                        position->tax_rate != 0 && event->taxrules->len > 0
                            ? foyer_json_get_int (g_ptr_array_index (event->taxrules, 0), "id", 0)
                            : 0);
  foyer_sandbox_out_string (out, "pseudonymization_id", pseudonym);
  foyer_sandbox_out_raw (out, "seat", "null");
  if (shape->checkin_form)
    {
      foyer_sandbox_out_bool (out, "require_attention",
                              foyer_sandbox_position_get_attention (position));
      foyer_sandbox_out_string (out, "order__status", status_text (order->status));
      foyer_sandbox_out_bool (out, "order__valid_if_pending", order->valid_if_pending);
      foyer_sandbox_out_bool (out, "order__require_approval", order->require_approval);
      foyer_sandbox_out_string (out, "order__locale", order->locale);
    }
  else
    {
      foyer_sandbox_out_bool (out, "canceled", position->canceled);
      foyer_sandbox_out_raw (out, "tax_code", "null");
    }
  foyer_sandbox_out_time (out, "valid_from", position->valid_from, shape->zone);
  foyer_sandbox_out_time (out, "valid_until", position->valid_until, shape->zone);
  if (position->blocked == NULL || position->blocked->len == 0)
    foyer_sandbox_out_raw (out, "blocked", "null");
  else if (foyer_sandbox_out_open (out, "blocked", '['))
    {
      for (guint i = 0; i < position->blocked->len; i++)
        foyer_sandbox_out_string (out, NULL, g_ptr_array_index (position->blocked, i));
      foyer_sandbox_out_close (out, ']');
    }
  if (!shape->checkin_form)
    {
      foyer_sandbox_out_raw (out, "voucher_budget_use", "null");
      foyer_sandbox_out_raw (out, "plugin_data", "{}");
    }
  else if (shape->addons)
    write_addons (out, position, shape, base);
  foyer_sandbox_out_close (out, '}');
}

static void
write_payments (FoyerSandboxOut *out, FoyerSandboxOrder *order)
{
  FoyerSandboxOut plain = { .text = out->text };

  if (!foyer_sandbox_out_open (out, "payments", '['))
    return;
  if (order->payments != NULL)
    {
      for (guint i = 0; i < order->payments->len; i++)
        foyer_sandbox_out_object (&plain, NULL, g_ptr_array_index (order->payments, i));
    }
  else if (order->status == 'p')
    {
      foyer_sandbox_out_open (&plain, NULL, '{');
      foyer_sandbox_out_int (&plain, "local_id", 1);
      foyer_sandbox_out_raw (&plain, "state", "\"confirmed\"");
      foyer_sandbox_out_money (&plain, "amount", order->total);
      foyer_sandbox_out_time (&plain, "created", order->datetime, order->event->zone);
      foyer_sandbox_out_time (&plain, "payment_date", order->datetime, order->event->zone);
      foyer_sandbox_out_string (&plain, "provider", order->provider);
      foyer_sandbox_out_raw (&plain, "payment_url", "null");
      foyer_sandbox_out_raw (&plain, "details", "{}");
      foyer_sandbox_out_close (&plain, '}');
    }
  foyer_sandbox_out_close (out, ']');
}

static void
write_extra (FoyerSandboxOut *out, FoyerSandboxOrder *order, const char *key, const char *fallback)
{
  JsonNode *node = order->extra != NULL ? json_object_get_member (order->extra, key) : NULL;

  if (node != NULL)
    foyer_sandbox_out_node (out, key, node);
  else
    foyer_sandbox_out_raw (out, key, fallback);
}

static void
write_last_payment (FoyerSandboxOut *out, FoyerSandboxOrder *order)
{
  const char *provider = NULL;
  char day[16] = "";

  if (order->payments != NULL && order->payments->len > 0)
    {
      JsonObject *payment = g_ptr_array_index (order->payments, order->payments->len - 1);
      const char *date = foyer_json_get_string (payment, "payment_date");

      provider = foyer_json_get_string (payment, "provider");
      if (date != NULL)
        g_strlcpy (day, date, 11);
    }
  else if (order->payments == NULL && order->status == 'p')
    {
      g_autofree char *date = foyer_time_format (order->datetime, order->event->zone);

      provider = order->provider;
      g_strlcpy (day, date, 11);
    }
  foyer_sandbox_out_string (out, "payment_date", *day != '\0' ? day : NULL);
  foyer_sandbox_out_string (out, "payment_provider", provider);
}

static void
write_fees (FoyerSandboxOut *out, FoyerSandboxOrder *order, gboolean canceled)
{
  if (!foyer_sandbox_out_open (out, "fees", '['))
    return;
  for (guint i = 0; order->fees != NULL && i < order->fees->len; i++)
    {
      JsonObject *fee = g_ptr_array_index (order->fees, i);
      FoyerSandboxOut plain = { .text = out->text };

      if (canceled || !foyer_json_get_boolean (fee, "canceled", FALSE))
        foyer_sandbox_out_object (&plain, NULL, fee);
    }
  foyer_sandbox_out_close (out, ']');
}

/**
 * foyer_sandbox_write_order:
 * @out: a writer; its include and exclude are honoured
 * @order: an order
 * @canceled_positions: canceled tickets too
 * @canceled_fees: canceled fees too
 * @base: scheme and host of links
 */
void
foyer_sandbox_write_order (FoyerSandboxOut *out,
                           FoyerSandboxOrder *order,
                           gboolean canceled_positions,
                           gboolean canceled_fees,
                           const char *base)
{
  FoyerSandboxEvent *event = order->event;
  FoyerSandboxPositionShape shape = { .zone = event->zone };
  char secret[17];
  char what[64];
  g_autofree char *url = NULL;

  derive_text (secret, 16, "abcdefghijklmnopqrstuvwxyz0123456789",
               (guint64)g_str_hash (order->code) ^ event->world->seed << 32);
  g_snprintf (what, sizeof what, "orders/%s", order->code);
  foyer_sandbox_out_open (out, NULL, '{');
  foyer_sandbox_out_string (out, "code", order->code);
  foyer_sandbox_out_string (out, "event", event->slug);
  foyer_sandbox_out_string (out, "status", status_text (order->status));
  foyer_sandbox_out_bool (out, "testmode", order->testmode);
  foyer_sandbox_out_string (out, "secret", secret);
  foyer_sandbox_out_string (out, "email", order->email);
  write_extra (out, order, "phone", "null");
  foyer_sandbox_out_string (out, "locale", order->locale);
  foyer_sandbox_out_time (out, "datetime", order->datetime, event->zone);
  foyer_sandbox_out_time (out, "expires", order->expires, event->zone);
  write_last_payment (out, order);
  write_fees (out, order, canceled_fees);
  foyer_sandbox_out_money (out, "total", order->total);
  foyer_sandbox_out_raw (out, "tax_rounding_mode", "\"line\"");
  foyer_sandbox_out_string (out, "comment", order->comment);
  write_extra (out, order, "custom_followup_at", "null");
  write_extra (out, order, "invoice_address", "null");
  if (foyer_sandbox_out_open (out, "positions", '['))
    {
      out->scope = "positions";
      for (guint i = 0; i < order->n_positions; i++)
        if (canceled_positions || !order->positions[i].canceled)
          foyer_sandbox_write_position (out, NULL, &order->positions[i], &shape, base);
      out->scope = NULL;
      foyer_sandbox_out_close (out, ']');
    }
  write_downloads (out, order, has_tickets (order), what, base);
  foyer_sandbox_out_bool (out, "checkin_attention", order->checkin_attention);
  foyer_sandbox_out_string (out, "checkin_text", order->checkin_text);
  foyer_sandbox_out_time (out, "last_modified", order->last_modified, event->zone);
  write_payments (out, order);
  foyer_sandbox_out_raw (out, "refunds", "[]");
  foyer_sandbox_out_bool (out, "require_approval", order->require_approval);
  foyer_sandbox_out_raw (out, "sales_channel", "\"web\"");
  url = g_strdup_printf ("%s/demo/%s/order/%s/%s/", base, event->slug, order->code, secret);
  foyer_sandbox_out_string (out, "url", url);
  foyer_sandbox_out_raw (out, "customer", "null");
  foyer_sandbox_out_bool (out, "valid_if_pending", order->valid_if_pending);
  write_extra (out, order, "api_meta", "{}");
  foyer_sandbox_out_time (out, "cancellation_date", order->cancellation_date, event->zone);
  foyer_sandbox_out_raw (out, "plugin_data", "{}");
  foyer_sandbox_out_close (out, '}');
}
