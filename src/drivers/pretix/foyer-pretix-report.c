/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told besides scans: that one is taken back, and that somebody was refused here
 * (contracts/pretix-checkin.md 13). */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-report.h"

#include <glib/gi18n.h>
#include <string.h>

#include "foyer-json.h"
#include "foyer-pretix-errors.h"

#define ROUTE_ANNUL FOYER_PRETIX_ROUTE_ORGANIZER "/checkinrpc/annul/"
#define ROUTE_REFUSAL FOYER_PRETIX_ROUTE_EVENT "/checkinlists/{list}/failed_checkins/"

typedef struct
{
  FoyerPretixClient *client;
  FoyerStep *step;
} Work;

static void
work_free (Work *self)
{
  foyer_pretix_client_unref (self->client);
  foyer_step_unref (self->step);
  g_free (self);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_time (JsonBuilder *builder, const char *name, FoyerTime time)
{
  g_autofree char *text = foyer_time_format_utc (time);

  add_string (builder, name, text);
}

static gint64
list_of_scan (const FoyerScan *scan)
{
  if (scan == NULL || scan->list != 0)
    return scan != NULL ? scan->list : 0;

  return scan->lists != NULL && scan->lists->len > 0 ? g_array_index (scan->lists, gint64, 0) : 0;
}

static gboolean
set_incomplete (GError **error, const char *detail)
{
  foyer_error_set (error, FOYER_ERROR_INVALID, detail,
                   _ ("This record is not complete and cannot be sent."));
  return FALSE;
}

/**
 * foyer_pretix_report_build_annulment:
 * @step: an annulment
 * @error: return location
 *
 * The time that is sent decides: pretix takes back what is less than 15 minutes older than it.
 *
 * Returns: (transfer full) (nullable): the body, or %NULL with %FOYER_ERROR_INVALID
 */
JsonNode *
foyer_pretix_report_build_annulment (FoyerStep *step, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint64 list = list_of_scan (step->scan);

  if (list == 0 || step->key == NULL || step->at == FOYER_TIME_NONE)
    {
      set_incomplete (error, "annulment without list, nonce or time");
      return NULL;
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "lists");
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, list);
  json_builder_end_array (builder);
  add_string (builder, "nonce", step->key);
  add_time (builder, "datetime", step->at);
  if (step->scan->reason != NULL && *step->scan->reason != '\0')
    add_string (builder, "error_explanation", step->scan->reason);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* A damaged code can hold anything; what is no text is told as the mobile scanner tells it. */
static char *
make_barcode (const char *code)
{
  gsize length = strlen (code);
  g_autofree char *encoded = NULL;
  gboolean plain = g_utf8_validate (code, (gssize)length, NULL);

  for (const char *c = code; plain && *c != '\0'; c = g_utf8_next_char (c))
    plain = !g_unichar_iscntrl (g_utf8_get_char (c));
  if (plain)
    return g_strdup (code);

  encoded = g_base64_encode ((const guchar *)code, length);
  return g_strconcat ("binary:", encoded, NULL);
}

/* The words that pretix takes; a newer one, or that of an exchange, is an error with an explanation. */
static gboolean
is_word (const char *reason)
{
  static const char *const words[]
      = { "canceled",     "invalid",       "unpaid",   "product",           "rules",
          "revoked",      "incomplete",    "error",    "already_redeemed",  "ambiguous",
          "blocked",      "unapproved",    "annulled", "already_exchanged", "medium_invalid",
          "invalid_time", "medium_exists", NULL };

  return reason != NULL && g_strv_contains (words, reason);
}

/**
 * foyer_pretix_report_build_refusal:
 * @step: a refusal
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the body, or %NULL with %FOYER_ERROR_INVALID
 */
JsonNode *
foyer_pretix_report_build_refusal (FoyerStep *step, GError **error)
{
  const FoyerScan *scan = step->scan;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *barcode = NULL;

  if (list_of_scan (scan) == 0 || scan->secret == NULL || *scan->secret == '\0'
      || scan->refusal == NULL || step->at == FOYER_TIME_NONE)
    {
      set_incomplete (error, "refusal without list, code, reason or time");
      return NULL;
    }

  barcode = make_barcode (scan->secret);
  json_builder_begin_object (builder);
  add_string (builder, "raw_barcode", barcode);
  add_string (builder, "raw_source_type", "barcode");
  add_string (builder, "error_reason", is_word (scan->refusal) ? scan->refusal : "error");
  if (!is_word (scan->refusal))
    add_string (builder, "error_explanation", scan->refusal);
  add_string (builder, "type", scan->exit ? "exit" : "entry");
  add_time (builder, "datetime", step->at);
  if (step->key != NULL)
    add_string (builder, "nonce", step->key);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* What an annulment is refused with says by its shape what is meant: words are translated. */
static const char *
find_reason (FoyerHttpResponse *response, JsonNode *node)
{
  int status = foyer_http_response_get_status (response);

  if (status == 404 && JSON_NODE_HOLDS_OBJECT (node)
      && json_object_has_member (json_node_get_object (node), "detail"))
    return "unknown";
  if (status != 400)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "several";
  if (JSON_NODE_HOLDS_OBJECT (node)
      && json_object_has_member (json_node_get_object (node), "non_field_errors"))
    return "too_late";
  return NULL;
}

static FoyerStepResult *
read_answer (Work *self, FoyerHttpResponse *response, GError **error)
{
  g_autoptr (FoyerStepResult) result = foyer_step_result_new ();
  JsonNode *node = foyer_http_response_has_json (response)
                       ? foyer_http_response_get_json (response, NULL)
                       : NULL;
  const char *date = foyer_http_response_get_header (response, "Date");

  result->list = list_of_scan (self->step->scan);
  result->outcome = FOYER_STEP_DONE;
  if (date == NULL || !foyer_time_parse_http_date (date, &result->answered))
    result->answered = FOYER_TIME_NONE;
  if (foyer_http_response_is_success (response) && node != NULL)
    return g_steal_pointer (&result);

  if (foyer_http_response_is_success (response))
    {
      foyer_pretix_reject (error, "%d without JSON", foyer_http_response_get_status (response));
      if (error != NULL)
        foyer_error_set_outcome (*error, FOYER_OUTCOME_UNKNOWN);
      return NULL;
    }
  if (self->step->kind == FOYER_STEP_ANNUL && node != NULL && find_reason (response, node) != NULL)
    {
      result->outcome = FOYER_STEP_REFUSED;
      result->reason = g_strdup (find_reason (response, node));
      result->explanation = foyer_pretix_answer_dup_text (response);
      return g_steal_pointer (&result);
    }

  if (foyer_http_response_get_status (response) == 401)
    g_propagate_error (error, foyer_pretix_error_unauthorized (self->client));
  else
    g_propagate_error (error, foyer_pretix_error_from_answer (response));
  return NULL;
}

static void
response_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (FOYER_HTTP (source), result,
                                                                   &error);
  FoyerStepResult *answer = response != NULL ? read_answer (self, response, &error) : NULL;

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify)foyer_step_result_unref);
  else
    g_task_return_error (task, error);
}

/**
 * foyer_pretix_report_async:
 * @client: the client
 * @source_object: source of the result
 * @step: an annulment, or a refusal
 * @cancellable: (nullable): to stop it
 * @callback: called when there is an answer
 * @user_data: for @callback
 *
 * Tells pretix. A refusal may be repeated: its nonce is seen once. An annulment that is repeated is
 * refused, as is one of a check-in that is not there: whether it is, a look-up says.
 */
void
foyer_pretix_report_async (FoyerPretixClient *client,
                           gpointer source_object,
                           FoyerStep *step,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source_object, cancellable, callback, user_data);
  gboolean annuls = step->kind == FOYER_STEP_ANNUL;
  const char *route = annuls ? ROUTE_ANNUL : ROUTE_REFUSAL;
  g_autoptr (FoyerHttpRequest) request = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autofree char *list = NULL;
  Work *self = g_new0 (Work, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, foyer_pretix_report_async);
  self->client = foyer_pretix_client_ref (client);
  self->step = foyer_step_ref (step);
  g_task_set_task_data (task, self, (GDestroyNotify)work_free);

  body = annuls ? foyer_pretix_report_build_annulment (step, &error)
                : foyer_pretix_report_build_refusal (step, &error);
  if (body == NULL || !foyer_pretix_client_check_route (client, route, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  request = foyer_pretix_client_new_request (client, "POST", route);
  if (!annuls)
    {
      list = g_strdup_printf ("%" G_GINT64_FORMAT, list_of_scan (step->scan));
      foyer_http_request_set_segment (request, "list", list);
    }
  foyer_http_request_set_json (request, body);
  foyer_http_request_set_urgent (request, annuls);
  foyer_http_request_set_call_log (request, step->call_log);
  foyer_http_send_async (client->http, request, cancellable, response_ready,
                         g_steal_pointer (&task));
}

/**
 * foyer_pretix_report_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL with an error
 */
FoyerStepResult *
foyer_pretix_report_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
