/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The answer to a redeem (contracts/pretix-checkin.md 3). `status` is looked at first, then
 * `reason`: 201 and 400 both carry decisions, and so does 404. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "foyer-pretix-mapper-redeem.h"

#include "foyer-json.h"
#include "foyer-pretix-mapper-order.h"
#include "foyer-pretix-mapper-question.h"

static gboolean
scan_has_list (const FoyerScan *scan, gint64 list)
{
  for (guint i = 0; scan->lists != NULL && i < scan->lists->len; i++)
    if (g_array_index (scan->lists, gint64, i) == list)
      return TRUE;

  return list != 0 && scan->list == list;
}

/**
 * foyer_pretix_find_check_in:
 * @check_ins: (nullable) (element-type FoyerCheckIn): check-ins of one ticket
 * @scan: a scan that was sent
 * @device_id: the number of the desk's device, or 0 for a team token; -1: of any
 *
 * Looks for the very check-in that @scan made: on one of its lists, of its type, by this device,
 * at exactly its door time. Door times count microseconds, so that no other scan has the same.
 *
 * Returns: (transfer none) (nullable): the check-in
 */
FoyerCheckIn *
foyer_pretix_find_check_in (GPtrArray *check_ins, const FoyerScan *scan, gint64 device_id)
{
  for (guint i = 0; check_ins != NULL && i < check_ins->len; i++)
    {
      FoyerCheckIn *check_in = g_ptr_array_index (check_ins, i);

      if (check_in->datetime == scan->datetime && check_in->exit == scan->exit
          && (device_id < 0 || check_in->device_id == device_id)
          && scan_has_list (scan, check_in->list))
        return check_in;
    }

  return NULL;
}

static GStrv
map_texts (JsonObject *object)
{
  JsonArray *array = foyer_json_get_array (object, "checkin_texts");
  guint n = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      const char *text = foyer_json_node_get_string (json_array_get_element (array, i));

      if (text != NULL && *text != '\0')
        g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

static GPtrArray *
map_questions (JsonObject *object, FoyerPretixReader *reader, GError **error)
{
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_question_unref);
  JsonArray *array = foyer_json_get_array (object, "questions");
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (n == 0)
    {
      foyer_pretix_reject (error, "questions is no list, or an empty one");
      return NULL;
    }

  for (guint i = 0; i < n; i++)
    {
      FoyerQuestion *question = foyer_pretix_map_question (json_array_get_element (array, i),
                                                           reader, error);

      if (question == NULL)
        {
          foyer_pretix_reject_inside (error, "questions[%u].", i);
          return NULL;
        }
      g_ptr_array_add (questions, question);
    }

  return g_steal_pointer (&questions);
}

static FoyerOrder *
map_order_of_position (JsonObject *position)
{
  g_autoptr (FoyerOrder) order = foyer_order_new ();

  order->code = foyer_pretix_read_text (position, "order");
  if (order->code == NULL
      || !foyer_order_status_from_code (foyer_json_get_string (position, "order__status"),
                                        &order->status))
    return NULL;

  order->valid_if_pending = foyer_json_get_boolean (position, "order__valid_if_pending", FALSE);
  order->require_approval = foyer_json_get_boolean (position, "order__require_approval", FALSE);
  order->locale = foyer_pretix_read_text (position, "order__locale");
  order->attendees = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_attendee_unref);
  return g_steal_pointer (&order);
}

/**
 * foyer_pretix_map_redeem:
 * @node: the answer's body
 * @http_status: 201, 400 or 404
 * @scan: (nullable): what was sent; %NULL if it was only asked (simulate)
 * @device_id: the number of the desk's device, or 0 for a team token
 * @reader: for whom
 * @error: return location
 *
 * The answer lists the ticket's check-ins as they were *before* the request. If the very one that
 * was sent is among them, it was sent before: that is the only sign of a repetition that a success
 * has, and a refusal of a repetition (of rules, say, which were true when it was first sent) does not
 * take back what was stored. So both are a success.
 *
 * Returns: (transfer full) (nullable): what was decided, or %NULL with %FOYER_ERROR_PROTOCOL if the
 *   body holds no decision
 */
FoyerStepResult *
foyer_pretix_map_redeem (JsonNode *node,
                         int http_status,
                         const FoyerScan *scan,
                         gint64 device_id,
                         FoyerPretixReader *reader,
                         GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  const char *status = foyer_json_get_string (object, "status");
  g_autoptr (FoyerStepResult) self = foyer_step_result_new ();

  self->reason = foyer_pretix_read_text (object, "reason");
  if (http_status == 201 && g_strcmp0 (status, "ok") == 0)
    {
      self->outcome = FOYER_STEP_DONE;
      g_clear_pointer (&self->reason, g_free);
    }
  else if (http_status == 400 && g_strcmp0 (status, "incomplete") == 0)
    {
      self->outcome = FOYER_STEP_NEEDS_ANSWERS;
      if (self->reason == NULL)
        self->reason = g_strdup ("incomplete");
      self->questions = map_questions (object, reader, error);
      if (self->questions == NULL)
        return NULL;
    }
  else if ((http_status == 400 || http_status == 404) && status != NULL
           && !g_str_equal (status, "ok"))
    {
      /* `error`, `exchange`, and words of versions to come: nobody was let in */
      self->outcome = FOYER_STEP_REFUSED;
      if (self->reason == NULL)
        self->reason = g_strdup (status);
    }
  else
    {
      foyer_pretix_reject (error, "redeem: status %d without a decision", http_status);
      return NULL;
    }

  self->explanation = foyer_pretix_read_text (object, "reason_explanation");
  self->attention = foyer_json_get_boolean (object, "require_attention", FALSE);
  self->texts = map_texts (object);
  self->list = foyer_pretix_read_reference (foyer_json_get_object (object, "list"), "id");
  if (foyer_json_get_object (object, "position") != NULL)
    {
      /* the decision stands even if what comes with it cannot be read */
      self->attendee = foyer_pretix_map_position (json_object_get_member (object, "position"), NULL,
                                                  NULL);
      self->order = map_order_of_position (foyer_json_get_object (object, "position"));
    }

  if (scan != NULL && self->attendee != NULL
      && foyer_pretix_find_check_in (self->attendee->check_ins, scan, device_id) != NULL)
    {
      self->replayed = TRUE;
      self->outcome = FOYER_STEP_DONE;
      g_clear_pointer (&self->reason, g_free);
      g_clear_pointer (&self->explanation, g_free);
      g_clear_pointer (&self->questions, g_ptr_array_unref);
    }

  return g_steal_pointer (&self);
}
