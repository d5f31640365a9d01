/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Becoming a device of an organiser, and ceasing to be one (contracts/pretix.md 1.3). */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-device.h"

#include <glib/gi18n.h>

#include "foyer-pretix-errors.h"
#include "foyer-pretix-mapper-device.h"
#include "foyer-secrets.h"
#include "foyer-text.h"

typedef struct
{
  FoyerPretixClient *client;
  char *token;
  char *brand;
  char *model;
  char *os_name;
  char *os_version;
} Work;

static void
work_free (Work *self)
{
  foyer_pretix_client_unref (self->client);
  foyer_secrets_wipe (self->token);
  g_free (self->brand);
  g_free (self->model);
  g_free (self->os_name);
  g_free (self->os_version);
  g_free (self);
}

static GTask *
new_task (FoyerPretixClient *client,
          gpointer source_object,
          gpointer tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (source_object, cancellable, callback, user_data);
  Work *self = g_new0 (Work, 1);

  g_task_set_source_tag (task, tag);
  self->client = foyer_pretix_client_ref (client);
  g_task_set_task_data (task, self, (GDestroyNotify)work_free);
  return task;
}

/* What the maker wrote into the machine; a virtual or home-made one says nothing. Never the host's
 * name, which is often a person's. */
static char *
read_dmi (const char *path, const char *otherwise)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_utf8_validate (text, -1, NULL)
      || *g_strstrip (text) == '\0')
    return g_strdup (otherwise);

  return foyer_text_clean_line (text, 100);
}

static void
describe_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *self = task_data;

  self->brand = read_dmi ("/sys/class/dmi/id/sys_vendor", "PC");
  self->model = read_dmi ("/sys/class/dmi/id/product_name", "Linux");
  self->os_name = g_get_os_info (G_OS_INFO_KEY_NAME);
  self->os_version = g_get_os_info (G_OS_INFO_KEY_VERSION_ID);
  g_task_return_boolean (task, TRUE);
}

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static JsonNode *
build_body (Work *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_member (builder, "token", self->token);
  add_member (builder, "hardware_brand", self->brand);
  add_member (builder, "hardware_model", self->model);
  add_member (builder, "os_name", self->os_name != NULL ? self->os_name : "Linux");
  add_member (builder, "os_version", self->os_version != NULL ? self->os_version : "-");
  add_member (builder, "software_brand", "Foyer");
  add_member (builder, "software_version", FOYER_VERSION);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static GError *
error_of_lost_answer (const GError *error)
{
  GError *lost = foyer_pretix_error_with_sentence (
      error, _ ("The answer of pretix got lost, and the code may be used up now."));

  foyer_error_set_hint (lost,
                        _ ("Try the same code once more. If pretix does not take it, make a new "
                           "device there and use its code."));
  foyer_error_set_outcome (lost, FOYER_OUTCOME_UNKNOWN);
  return lost;
}

static GError *
error_of_refused_token (FoyerPretixClient *client, FoyerHttpResponse *response)
{
  int status = foyer_http_response_get_status (response);
  g_autofree char *text = foyer_pretix_answer_dup_text (response);
  g_autoptr (GError) error = foyer_pretix_error_from_answer (response);
  g_autofree char *sentence = NULL;
  GError *refused;

  if (status == 404 || status == 405)
    return foyer_pretix_error_not_pretix (client, "no device/initialize");
  if (status != 400)
    return foyer_error_get_outcome (error) == FOYER_OUTCOME_UNKNOWN ? error_of_lost_answer (error)
                                                                    : g_steal_pointer (&error);

  sentence = text != NULL ? g_strdup_printf (_ ("pretix does not take this code: %s"), text)
                          : g_strdup (_ ("pretix does not take this code."));
  refused = foyer_pretix_error_with_sentence (error, sentence);
  foyer_error_set_hint (refused,
                        _ ("A code works only once. Make a new device in pretix and use its "
                           "code."));
  return refused;
}

static void
enrolled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (FOYER_HTTP (source), result,
                                                                   &error);
  FoyerEnrolment *enrolment = NULL;
  JsonNode *node;

  if (response == NULL && foyer_error_get_outcome (error) == FOYER_OUTCOME_UNKNOWN
      && !g_error_matches (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL))
    g_task_return_error (task, error_of_lost_answer (error));
  else if (response == NULL && foyer_pretix_error_is_foreign (error))
    g_task_return_error (
        task, foyer_pretix_error_not_pretix (self->client, foyer_error_get_detail (error)));
  else if (response == NULL)
    g_task_return_error (task, foyer_pretix_error_at_host (self->client, error));
  else if (!foyer_http_response_is_success (response))
    g_task_return_error (task, error_of_refused_token (self->client, response));
  else if ((node = foyer_http_response_get_json (response, &error)) == NULL
           || (enrolment = foyer_pretix_map_enrolment (node, &error)) == NULL)
    g_task_return_error (task, error_of_lost_answer (error));
  else
    g_task_return_pointer (task, enrolment, (GDestroyNotify)foyer_enrolment_unref);
}

static void
described (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  g_autoptr (FoyerHttpRequest) request = foyer_pretix_client_new_request (
      self->client, "POST", "/api/v1/device/initialize");
  g_autoptr (JsonNode) body = build_body (self);

  foyer_http_request_set_json (request, body);
  foyer_http_request_set_probe (request, TRUE);
  foyer_http_request_set_urgent (request, TRUE);
  foyer_http_send_async (self->client->http, request, g_task_get_cancellable (task), enrolled,
                         g_object_ref (task));
}

/**
 * foyer_pretix_device_enroll_async:
 * @client: the client, without a key
 * @source_object: source of the result
 * @token: the code that pretix shows for a new device; blanks around it do not matter
 * @cancellable: (nullable): to stop it
 * @callback: called when there is an answer
 * @user_data: for @callback
 *
 * Exchanges a device's one-time code for its key.
 */
void
foyer_pretix_device_enroll_async (FoyerPretixClient *client,
                                  gpointer source_object,
                                  const char *token,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = new_task (client, source_object, foyer_pretix_device_enroll_async,
                                     cancellable, callback, user_data);
  g_autoptr (GTask) describe = NULL;
  Work *self = g_task_get_task_data (task);

  self->token = g_strstrip (g_strdup (token));
  if (*self->token == '\0' || !g_utf8_validate (self->token, -1, NULL))
    {
      g_task_return_new_error (task, FOYER_ERROR, FOYER_ERROR_INVALID, "%s",
                               _ ("Enter the code that pretix shows for the new device."));
      return;
    }

  describe = g_task_new (NULL, NULL, described, g_object_ref (task));
  g_task_set_source_tag (describe, describe_thread);
  g_task_set_task_data (describe, self, NULL);
  g_task_run_in_thread (describe, describe_thread);
}

/**
 * foyer_pretix_device_enroll_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the new device, or %NULL with an error
 */
FoyerEnrolment *
foyer_pretix_device_enroll_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (FOYER_HTTP (source), result,
                                                                   &error);

  if (response == NULL)
    g_task_return_error (task, error);
  else if (foyer_http_response_is_success (response)
           || (foyer_http_response_get_status (response) == 401
               && foyer_pretix_answer_is_refusal (response)))
    /* 401: the key opens nothing any more, which is what was wanted; so it may be repeated */
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, foyer_pretix_error_from_answer (response));
}

/**
 * foyer_pretix_device_revoke_async:
 * @client: the client, with the key of a device
 * @source_object: source of the result
 * @cancellable: (nullable): to stop it
 * @callback: called when there is an answer
 * @user_data: for @callback
 *
 * Makes the device's key worthless. May be repeated.
 */
void
foyer_pretix_device_revoke_async (FoyerPretixClient *client,
                                  gpointer source_object,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = new_task (client, source_object, foyer_pretix_device_revoke_async,
                                     cancellable, callback, user_data);
  g_autoptr (FoyerHttpRequest) request = NULL;
  g_autoptr (GBytes) empty = g_bytes_new_static ("{}", 2);

  if (!foyer_pretix_client_is_device (client))
    {
      g_task_return_new_error (
          task, FOYER_ERROR, FOYER_ERROR_INVALID, "%s",
          _ ("The key of a team cannot be given back from here. Delete it on the "
             "team's page in pretix."));
      return;
    }

  request = foyer_pretix_client_new_request (client, "POST", "/api/v1/device/revoke");
  foyer_http_request_set_body (request, "application/json", empty);
  foyer_http_request_set_probe (request, TRUE);
  foyer_http_request_set_urgent (request, TRUE);
  foyer_http_send_async (client->http, request, cancellable, revoked, g_object_ref (task));
}

/**
 * foyer_pretix_device_revoke_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the key is worthless now; else %FALSE with an error
 */
gboolean
foyer_pretix_device_revoke_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
