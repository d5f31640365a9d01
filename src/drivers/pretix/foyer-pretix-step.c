/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A check-in: doing it (contracts/pretix-checkin.md 3, 6), and finding out whether it was done. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-step.h"

#include <glib/gi18n.h>

#include "foyer-json.h"
#include "foyer-pretix-errors.h"
#include "foyer-pretix-mapper-order.h"
#include "foyer-pretix-mapper-redeem.h"

#define ROUTE_REDEEM FOYER_PRETIX_ROUTE_ORGANIZER "/checkinrpc/redeem/"
#define ROUTE_RIGHT FOYER_PRETIX_ROUTE_EVENT "/checkinlists/0/failed_checkins/"

typedef struct
{
  FoyerPretixClient *client;
  FoyerStep *step;
  gboolean look_only;
  GError *refusal; /* (owned) (nullable) of a list that this key does not see */
} Work;

static void
work_free (Work *self)
{
  foyer_pretix_client_unref (self->client);
  foyer_step_unref (self->step);
  g_clear_error (&self->refusal);
  g_free (self);
}

static GTask *
new_task (FoyerPretixClient *client,
          gpointer source_object,
          FoyerStep *step,
          gboolean look_only,
          gpointer tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (source_object, cancellable, callback, user_data);
  Work *self = g_new0 (Work, 1);

  g_task_set_source_tag (task, tag);
  self->client = foyer_pretix_client_ref (client);
  self->step = foyer_step_ref (step);
  self->look_only = look_only;
  g_task_set_task_data (task, self, (GDestroyNotify)work_free);
  return task;
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean flag)
{
  if (!flag)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, TRUE);
}

static gboolean
add_answers (JsonBuilder *builder, const char *answers, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (answers == NULL)
    return TRUE;

  node = json_from_string (answers, NULL);
  if (foyer_json_get_root_object (node) == NULL)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "answers are no JSON object",
                       _ ("The answers of this scan are damaged and cannot be sent."));
      return FALSE;
    }

  json_builder_set_member_name (builder, "answers");
  json_builder_add_value (builder, g_steal_pointer (&node));
  return TRUE;
}

/* pretix takes at most one list of an event at a time, and one connection has one event: the list
 * that decided at the desk, else the only one. */
static gint64
list_of_scan (const FoyerScan *scan)
{
  if (scan->list != 0)
    return scan->list;

  return scan->lists != NULL && scan->lists->len == 1 ? g_array_index (scan->lists, gint64, 0) : 0;
}

/**
 * foyer_pretix_step_build_redeem:
 * @step: a check-in step
 * @look_only: build the body of a question that stores nothing and is never refused by a rule
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the body of a redeem, or %NULL with %FOYER_ERROR_INVALID
 */
JsonNode *
foyer_pretix_step_build_redeem (FoyerStep *step, gboolean look_only, GError **error)
{
  const FoyerScan *scan = step->scan;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *datetime = NULL;
  gint64 list = scan != NULL ? list_of_scan (scan) : 0;

  if (list == 0 || scan->secret == NULL || *scan->secret == '\0'
      || scan->datetime == FOYER_TIME_NONE || !g_utf8_validate (scan->secret, -1, NULL))
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "scan without code, time or one list",
                       _ ("This scan is not complete and cannot be sent."));
      return NULL;
    }

  datetime = foyer_time_format_utc (scan->datetime);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "lists");
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, list);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "secret");
  json_builder_add_string_value (builder, scan->secret);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, scan->exit ? "exit" : "entry");
  json_builder_set_member_name (builder, "datetime");
  json_builder_add_string_value (builder, datetime);
  if (step->key != NULL && !look_only)
    {
      json_builder_set_member_name (builder, "nonce");
      json_builder_add_string_value (builder, step->key);
    }
  add_flag (builder, "force", scan->force || look_only);
  add_flag (builder, "ignore_unpaid", scan->ignore_unpaid);
  add_flag (builder, "questions_supported", TRUE);
  add_flag (builder, "simulate", step->simulate || look_only);
  if (!look_only && !add_answers (builder, scan->answers, error))
    return NULL;
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static GError *
error_of_malformed (FoyerHttpResponse *response)
{
  g_autofree char *text = foyer_pretix_answer_dup_text (response);
  g_autoptr (GError) error = foyer_pretix_error_from_answer (response);
  g_autofree char *sentence = NULL;

  if (foyer_http_response_get_status (response) != 400)
    return g_steal_pointer (&error);
  if (text == NULL)
    {
      /* pretix says why, always: this is of somebody on the way, or was garbled, and nobody knows what was done. */
      GError *unreadable = foyer_error_new (FOYER_ERROR_PROTOCOL, foyer_error_get_detail (error),
                                            _ ("The service sent an answer that cannot be read."));

      foyer_error_set_status (unreadable, 400);
      foyer_error_set_outcome (unreadable, FOYER_OUTCOME_UNKNOWN);
      return unreadable;
    }

  sentence = g_strdup_printf (_ ("pretix could not read this scan: %s"), text);
  return foyer_pretix_error_with_sentence (error, sentence);
}

static gboolean
is_decision (FoyerHttpResponse *response)
{
  int status = foyer_http_response_get_status (response);
  JsonObject *object = (status == 201 || status == 400 || status == 404)
                               && foyer_http_response_has_json (response)
                           ? foyer_http_response_get_object (response, NULL)
                           : NULL;

  return foyer_json_get_string (object, "status") != NULL;
}

static FoyerTime
time_of_answer (FoyerHttpResponse *response)
{
  const char *date = foyer_http_response_get_header (response, "Date");
  FoyerTime time;

  return date != NULL && foyer_time_parse_http_date (date, &time) ? time : FOYER_TIME_NONE;
}

/* Whose check-ins are looked for: what was taken back must be there of nobody. */
static gint64
get_device (Work *self)
{
  return self->step->kind == FOYER_STEP_ANNUL ? -1 : self->client->connection->device_id;
}

/* What a look-up says. An annulment was done if its check-in is not there. */
static FoyerStepResult *
conclude_lookup (Work *self, FoyerStepResult *found)
{
  g_autoptr (FoyerStepResult) there = found;
  FoyerStepResult *result;

  if (self->step->kind != FOYER_STEP_ANNUL)
    return g_steal_pointer (&there);
  if (there != NULL)
    return NULL;

  result = foyer_step_result_new ();
  result->outcome = FOYER_STEP_DONE;
  result->replayed = TRUE;
  result->list = list_of_scan (self->step->scan);
  return result;
}

static FoyerStepResult *
read_redeem (Work *self, FoyerHttpResponse *response, GError **error)
{
  JsonNode *node;
  gboolean asked_only = self->step->simulate || self->look_only;
  FoyerStepResult *result;

  if (!is_decision (response))
    {
      int status = foyer_http_response_get_status (response);

      if (foyer_http_response_is_success (response))
        {
          foyer_pretix_reject (error, "redeem: status %d without a decision", status);
          if (error != NULL)
            foyer_error_set_outcome (*error, FOYER_OUTCOME_UNKNOWN);
        }
      else if (status == 401)
        g_propagate_error (error, foyer_pretix_error_unauthorized (self->client));
      else
        g_propagate_error (error, error_of_malformed (response));
      return NULL;
    }

  node = foyer_http_response_get_json (response, error);
  if (node == NULL)
    return NULL;

  result = foyer_pretix_map_redeem (node, foyer_http_response_get_status (response),
                                    asked_only && !self->look_only ? NULL : self->step->scan,
                                    get_device (self), self->client->reader, error);
  if (result == NULL && error != NULL)
    foyer_error_set_outcome (*error, foyer_http_response_is_success (response)
                                         ? FOYER_OUTCOME_UNKNOWN
                                         : FOYER_OUTCOME_ANSWERED);
  if (result != NULL)
    result->answered = time_of_answer (response);
  return result;
}

/* A list of an event that the key may not scan for "does not exist", as one that was deleted does. */
static gboolean
is_unseen_list (FoyerHttpResponse *response)
{
  JsonObject *object = foyer_http_response_get_status (response) == 400
                               && foyer_http_response_has_json (response)
                           ? foyer_http_response_get_object (response, NULL)
                           : NULL;

  return object != NULL && !json_object_has_member (object, "status")
         && json_object_has_member (object, "lists");
}

static void
right_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (FOYER_HTTP (source), result,
                                                                   NULL);
  int status = response != NULL ? foyer_http_response_get_status (response) : 0;
  GError *error = NULL;

  if (status == 401)
    error = foyer_pretix_error_unauthorized (self->client);
  else if (status == 403)
    {
      error = foyer_error_new (FOYER_ERROR_FORBIDDEN, foyer_error_get_detail (self->refusal),
                               _ ("This key may not check tickets in for this event (any more)."));
      foyer_error_set_hint (error, _ ("Ask the organiser to give it back the event and the right "
                                      "to check in. What was recorded waits until then."));
      foyer_error_set_outcome (error, FOYER_OUTCOME_ANSWERED);
    }
  else
    error = g_steal_pointer (&self->refusal);
  g_task_return_error (task, error);
}

/* The scan was not done either way. But a deleted list needs a person, once for each scan, while for a
 * key that was shut out everything can wait: so it is asked which of the two. The right is looked at
 * before the (empty) body and the number of the list. */
static void
ask_for_right (GTask *task)
{
  Work *self = g_task_get_task_data (task);
  g_autoptr (FoyerHttpRequest) request = foyer_pretix_client_new_request (self->client, "POST",
                                                                          ROUTE_RIGHT);
  g_autoptr (JsonNode) body = json_from_string ("{}", NULL);

  foyer_http_request_set_json (request, body);
  foyer_http_request_set_urgent (request, TRUE);
  foyer_http_request_set_call_log (request, self->step->call_log);
  foyer_http_send_async (self->client->http, request, g_task_get_cancellable (task), right_ready,
                         g_object_ref (task));
}

static void
redeem_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (FOYER_HTTP (source), result,
                                                                   &error);
  g_autoptr (FoyerStepResult) answer = response != NULL ? read_redeem (self, response, &error)
                                                        : NULL;

  if (answer == NULL && response != NULL && is_unseen_list (response)
      && foyer_pretix_client_check_route (self->client, ROUTE_RIGHT, NULL))
    {
      self->refusal = error;
      ask_for_right (task);
    }
  else if (answer == NULL)
    g_task_return_error (task, error);
  else if (self->look_only && !answer->replayed)
    /* it was asked with force, so what it would decide says nothing: our check-in is not there */
    g_task_return_pointer (task, conclude_lookup (self, NULL),
                           (GDestroyNotify)foyer_step_result_unref);
  else if (self->look_only)
    g_task_return_pointer (task, conclude_lookup (self, g_steal_pointer (&answer)),
                           (GDestroyNotify)foyer_step_result_unref);
  else
    g_task_return_pointer (task, g_steal_pointer (&answer),
                           (GDestroyNotify)foyer_step_result_unref);
}

static void
send_redeem (GTask *task)
{
  Work *self = g_task_get_task_data (task);
  g_autoptr (FoyerHttpRequest) request = foyer_pretix_client_new_request (self->client, "POST",
                                                                          ROUTE_REDEEM);
  g_autoptr (JsonNode) body = NULL;
  GError *error = NULL;

  if ((body = foyer_pretix_step_build_redeem (self->step, self->look_only, &error)) == NULL
      || !foyer_pretix_client_check_route (self->client, ROUTE_REDEEM, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  /* No X-Idempotency-Key beside the nonce. The key would give the *stored* answer of the first call
   * for a day, whatever the ticket has become; it is bound to the credential, so a new key of the
   * device forgets it; a worker that died in the middle leaves it locked (409) until the clean-up;
   * and one that was used for anything else answers for that. The nonce has none of it: it stands
   * on the check-in itself, as long as that exists. */
  foyer_http_request_set_json (request, body);
  foyer_http_request_set_urgent (request, TRUE);
  foyer_http_request_set_call_log (request, self->step->call_log);
  foyer_http_send_async (self->client->http, request, g_task_get_cancellable (task), redeem_ready,
                         g_object_ref (task));
}

/**
 * foyer_pretix_step_perform_async:
 * @client: the client
 * @source_object: source of the result
 * @step: a check-in step
 * @cancellable: (nullable): to stop it
 * @callback: called when there is an answer
 * @user_data: for @callback
 *
 * Redeems a ticket. May be repeated with the same step: its key is the nonce.
 */
void
foyer_pretix_step_perform_async (FoyerPretixClient *client,
                                 gpointer source_object,
                                 FoyerStep *step,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = new_task (client, source_object, step, FALSE,
                                     foyer_pretix_step_perform_async, cancellable, callback,
                                     user_data);

  send_redeem (task);
}

/**
 * foyer_pretix_step_perform_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL with an error
 */
FoyerStepResult *
foyer_pretix_step_perform_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A search for the check-in through all tickets of the order: a code may stand for an add-on. */
static FoyerStepResult *
find_in_order (Work *self, const FoyerOrder *order)
{
  for (guint i = 0; i < order->attendees->len; i++)
    {
      FoyerAttendee *attendee = g_ptr_array_index (order->attendees, i);
      const FoyerCheckIn *check_in = foyer_pretix_find_check_in (
          attendee->check_ins, self->step->scan, get_device (self));
      FoyerStepResult *result;

      if (check_in == NULL)
        continue;

      result = foyer_step_result_new ();
      result->outcome = FOYER_STEP_DONE;
      result->replayed = TRUE;
      result->list = check_in->list;
      result->attendee = foyer_attendee_ref (attendee);
      return result;
    }

  return NULL;
}

static void
order_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (FOYER_HTTP (source), result,
                                                                   &error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (FoyerOrder) order = NULL;

  if (response == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* a key that may not read orders can still ask by the code */
  if (foyer_http_response_get_status (response) == 403
      || (foyer_http_response_is_success (response) && foyer_http_response_has_results (response)
          && foyer_http_response_get_n_results (response) == 0))
    {
      send_redeem (task);
      return;
    }
  if (!foyer_http_response_is_success (response))
    {
      g_task_return_error (task, foyer_pretix_error_from_answer (response));
      return;
    }
  if (!foyer_http_response_has_results (response))
    {
      foyer_pretix_reject (&error, "orders: no page");
      g_task_return_error (task, error);
      return;
    }

  node = foyer_http_response_dup_result (response, 0, &error);
  order = node != NULL ? foyer_pretix_map_order (node, self->client->reader, &error) : NULL;
  if (order == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, conclude_lookup (self, find_in_order (self, order)),
                           (GDestroyNotify)foyer_step_result_unref);
}

/**
 * foyer_pretix_step_lookup_async:
 * @client: the client
 * @source_object: source of the result
 * @step: a step whose answer was lost
 * @cancellable: (nullable): to stop it
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Was it done? A check-in was if the ticket has a check-in on the step's list, of its type, by this device,
 * at exactly its door time.
 *
 * Where the order is known, its tickets are read, canceled ones too: what is not there was not done.
 * Where only the code is known (a scan of a ticket that the copy did not have), or where the key may
 * not read orders, pretix is asked what it would say to the same code, with nothing stored
 * (`simulate`): its answer shows the ticket's check-ins. A code that no ticket has any more gives
 * %NULL, too: should it have been canceled just after its scan, the repetition is refused, and that is
 * what is to be told to the people at the door. An annulment was done if the
 * check-in is not there, whoever it is of.
 */
void
foyer_pretix_step_lookup_async (FoyerPretixClient *client,
                                gpointer source_object,
                                FoyerStep *step,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  static const char *const fields[] = { "code",
                                        "status",
                                        "positions.id",
                                        "positions.item",
                                        "positions.secret",
                                        "positions.addon_to",
                                        "positions.canceled",
                                        "positions.checkins" };
  g_autoptr (GTask) task = new_task (client, source_object, step, TRUE,
                                     foyer_pretix_step_lookup_async, cancellable, callback,
                                     user_data);
  g_autoptr (FoyerHttpRequest) request = NULL;
  GError *error = NULL;

  /* Told again it is the same one: there is nothing to find out. */
  if (step->kind == FOYER_STEP_REFUSAL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  if (step->scan == NULL || step->scan->order == NULL)
    {
      send_redeem (task);
      return;
    }
  if (!foyer_pretix_client_check_route (client, FOYER_PRETIX_ROUTE_EVENT, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  request = foyer_pretix_client_new_request (client, "GET", FOYER_PRETIX_ROUTE_EVENT "/orders/");
  foyer_http_request_add_query (request, "code", step->scan->order);
  foyer_http_request_add_query (request, "include_canceled_positions", "true");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    foyer_http_request_add_query (request, "include", fields[i]);
  foyer_http_request_set_urgent (request, TRUE);
  foyer_http_request_set_call_log (request, step->call_log);
  foyer_http_send_async (client->http, request, cancellable, order_ready, g_object_ref (task));
}

/**
 * foyer_pretix_step_lookup_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the answer, if it was done; %NULL without an error if it was not
 */
FoyerStepResult *
foyer_pretix_step_lookup_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
