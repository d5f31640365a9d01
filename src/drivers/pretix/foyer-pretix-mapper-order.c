/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders, their positions (tickets), and what was done at doors (contracts/pretix.md 4.3 to 4.5).
 *
 * An order is read whole or not at all: the store replaces all tickets of an order by what comes
 * here, and a ticket or a check-in left out would let somebody in twice, or not at all. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "foyer-pretix-mapper-order.h"

#include "foyer-json.h"

static FoyerCheckIn *
map_check_in (JsonNode *node, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  g_autoptr (FoyerCheckIn) self = foyer_check_in_new ();
  const char *type = foyer_json_get_string (object, "type");

  if (!foyer_pretix_read_id (object, "list", &self->list, error)
      || !foyer_pretix_read_limit (object, "datetime", &self->datetime, error))
    return NULL;
  if (self->datetime == FOYER_TIME_NONE)
    {
      foyer_pretix_reject (error, "datetime is no time");
      return NULL;
    }
  if (g_strcmp0 (type, "entry") != 0 && g_strcmp0 (type, "exit") != 0)
    {
      foyer_pretix_reject (error, "type is neither entry nor exit");
      return NULL;
    }

  self->id = foyer_pretix_read_reference (object, "id");
  self->exit = g_str_equal (type, "exit");
  self->automatic = foyer_json_get_boolean (object, "auto_checked_in", FALSE);
  self->gate = foyer_pretix_read_reference (object, "gate");
  /* `device` is the server's own key of it, which nobody is shown */
  self->device_id = foyer_pretix_read_reference (object, "device_id");
  return g_steal_pointer (&self);
}

static int
compare_check_ins (gconstpointer a, gconstpointer b)
{
  const FoyerCheckIn *first = *(FoyerCheckIn *const *)a;
  const FoyerCheckIn *second = *(FoyerCheckIn *const *)b;

  if (first->datetime != second->datetime)
    return first->datetime < second->datetime ? -1 : 1;
  if (first->id != second->id)
    return first->id < second->id ? -1 : 1;

  return 0;
}

static GPtrArray *
map_check_ins (JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) check_ins = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_check_in_unref);
  JsonArray *array = foyer_json_get_array (object, "checkins");
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (array == NULL)
    {
      foyer_pretix_reject (error, "checkins is no list");
      return NULL;
    }

  for (guint i = 0; i < n; i++)
    {
      FoyerCheckIn *check_in = map_check_in (json_array_get_element (array, i), error);

      if (check_in == NULL)
        {
          foyer_pretix_reject_inside (error, "checkins[%u].", i);
          return NULL;
        }
      g_ptr_array_add (check_ins, check_in);
    }

  g_ptr_array_sort (check_ins, compare_check_ins);
  return g_steal_pointer (&check_ins);
}

/* An answer that cannot be read is left out: the question is asked again, which harms nobody. */
static GPtrArray *
map_answers (JsonObject *object)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_answer_unref);
  JsonArray *array = foyer_json_get_array (object, "answers");
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *inner = foyer_json_get_root_object (json_array_get_element (array, i));
      gint64 question = foyer_pretix_read_reference (inner, "question");
      const char *text = foyer_json_get_string (inner, "answer");
      FoyerAnswer *answer;

      if (question == 0 || text == NULL)
        continue;

      answer = foyer_answer_new ();
      answer->question = question;
      answer->answer = g_strdup (text);
      answer->options = foyer_pretix_read_ids (inner, "options");
      if (answer->options->len == 0)
        g_clear_pointer (&answer->options, g_array_unref);
      g_ptr_array_add (answers, answer);
    }

  return answers;
}

static gboolean
read_blocked (JsonObject *object, gboolean *blocked, GError **error)
{
  JsonArray *blocks = foyer_json_get_array (object, "blocked");

  *blocked = blocks != NULL && json_array_get_length (blocks) > 0;
  if (blocks != NULL || foyer_json_is_null (object, "blocked"))
    return TRUE;

  foyer_pretix_reject (error, "blocked is no list");
  return FALSE;
}

/**
 * foyer_pretix_map_position:
 * @node: one of an order's `positions`, or the `position` in the answer to a redeem
 * @order_code: (nullable): code of its order; %NULL: it is in the record
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the ticket, or %NULL with an error
 */
FoyerAttendee *
foyer_pretix_map_position (JsonNode *node, const char *order_code, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  g_autoptr (FoyerAttendee) self = foyer_attendee_new ();

  if (!foyer_pretix_read_id (object, "id", &self->id, error)
      || !foyer_pretix_read_id (object, "item", &self->product, error)
      || !foyer_pretix_read_flag (object, "canceled", &self->canceled, error)
      || !read_blocked (object, &self->blocked, error)
      || !foyer_pretix_read_limit (object, "valid_from", &self->valid_from, error)
      || !foyer_pretix_read_limit (object, "valid_until", &self->valid_until, error))
    return NULL;

  self->order = order_code != NULL ? g_strdup (order_code)
                                   : foyer_pretix_read_text (object, "order");
  if (self->order == NULL)
    {
      foyer_pretix_reject (error, "order is no text");
      return NULL;
    }

  self->secret = foyer_pretix_read_text (object, "secret");
  if (self->secret == NULL && !foyer_json_is_null (object, "secret"))
    {
      foyer_pretix_reject (error, "secret is no text");
      return NULL;
    }

  self->check_ins = map_check_ins (object, error);
  if (self->check_ins == NULL)
    return NULL;

  self->positionid = foyer_pretix_read_reference (object, "positionid");
  self->variation = foyer_pretix_read_reference (object, "variation");
  self->subevent = foyer_pretix_read_reference (object, "subevent");
  self->name = foyer_pretix_read_text (object, "attendee_name");
  self->email = foyer_pretix_read_text (object, "attendee_email");
  self->company = foyer_pretix_read_text (object, "company");
  self->addon_to = foyer_pretix_read_reference (object, "addon_to");
  self->pseudonymization_id = foyer_pretix_read_text (object, "pseudonymization_id");
  self->answers = map_answers (object);
  return g_steal_pointer (&self);
}

/* An add-on without a name or an address of its own belongs to the person of its main ticket. */
static void
name_addons (GPtrArray *attendees)
{
  for (guint i = 0; i < attendees->len; i++)
    {
      FoyerAttendee *addon = g_ptr_array_index (attendees, i);

      if (addon->addon_to == 0)
        continue;

      for (guint j = 0; j < attendees->len; j++)
        {
          const FoyerAttendee *main_ticket = g_ptr_array_index (attendees, j);

          if (main_ticket->id != addon->addon_to || i == j)
            continue;
          if (addon->name == NULL)
            addon->name = g_strdup (main_ticket->name);
          if (addon->email == NULL)
            addon->email = g_strdup (main_ticket->email);
          if (addon->company == NULL)
            addon->company = g_strdup (main_ticket->company);
          break;
        }
    }
}

static GPtrArray *
map_positions (JsonObject *object, const char *code, GError **error)
{
  g_autoptr (GPtrArray) attendees = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_attendee_unref);
  JsonArray *array = foyer_json_get_array (object, "positions");
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (array == NULL)
    {
      foyer_pretix_reject (error, "positions is no list");
      return NULL;
    }

  for (guint i = 0; i < n; i++)
    {
      FoyerAttendee *attendee = foyer_pretix_map_position (json_array_get_element (array, i), code,
                                                           error);

      if (attendee == NULL)
        {
          foyer_pretix_reject_inside (error, "positions[%u].", i);
          return NULL;
        }
      g_ptr_array_add (attendees, attendee);
    }

  name_addons (attendees);
  return g_steal_pointer (&attendees);
}

/**
 * foyer_pretix_map_order:
 * @node: a record of `orders/`
 * @reader: for whom
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the order with its tickets, or %NULL with an error
 */
FoyerOrder *
foyer_pretix_map_order (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  JsonObject *invoice = foyer_json_get_object (object, "invoice_address");
  g_autoptr (FoyerOrder) self = foyer_order_new ();

  self->code = foyer_pretix_read_text (object, "code");
  if (self->code == NULL)
    {
      foyer_pretix_reject (error, "code is no text");
      return NULL;
    }
  if (!foyer_order_status_from_code (foyer_json_get_string (object, "status"), &self->status))
    {
      foyer_pretix_reject (error, "status is unknown");
      return NULL;
    }
  if (!foyer_pretix_read_flag (object, "require_approval", &self->require_approval, error)
      || !foyer_pretix_read_flag (object, "valid_if_pending", &self->valid_if_pending, error))
    return NULL;

  self->testmode = foyer_json_get_boolean (object, "testmode", FALSE);
  self->attention = foyer_json_get_boolean (object, "checkin_attention", FALSE);
  self->checkin_text = foyer_pretix_read_text (object, "checkin_text");
  self->email = foyer_pretix_read_text (object, "email");
  self->phone = foyer_pretix_read_text (object, "phone");
  self->name = foyer_pretix_read_text (invoice, "name");
  self->company = foyer_pretix_read_text (invoice, "company");
  self->locale = foyer_pretix_read_text (object, "locale");
  self->total = foyer_pretix_read_decimal (object, "total");
  self->datetime = foyer_pretix_read_time (object, "datetime");
  self->expires = foyer_pretix_read_time (object, "expires");
  self->last_modified = foyer_pretix_read_time (object, "last_modified");
  self->attendees = map_positions (object, self->code, error);
  if (self->attendees == NULL)
    return NULL;

  return g_steal_pointer (&self);
}
