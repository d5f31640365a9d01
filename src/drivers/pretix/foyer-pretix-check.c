/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who am I, which version is it, and what may I do (contracts/pretix.md 1.1 to 1.4)?
 *
 * A device is told by one call. A team's key is told nothing about itself, so it is tried out:
 * permission is checked before the body, so an empty write changes nothing and still says "you may"
 * (400) or "you may not" (403). Each question is one stage; the list of stages is the recipe. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-check.h"

#include <glib/gi18n.h>

#include "foyer-json.h"
#include "foyer-pretix-errors.h"
#include "foyer-pretix-mapper-device.h"

typedef struct _Stage Stage;

typedef struct
{
  FoyerPretixClient *client;
  FoyerServiceReport *report;
  const Stage *stage;
  gboolean broke_off; /* the last question was put twice already */
} Check;

/* One question. @wanted: whether it has to be asked at all; @read: takes the answer, and gives an
 * error if that ends the check. */
struct _Stage
{
  const char *method;
  const char *route;
  const char *include;
  guint permission;
  gboolean (*wanted) (Check *self);
  GError *(*read) (Check *self, FoyerHttpResponse *response);
};

static void
check_free (Check *self)
{
  foyer_pretix_client_unref (self->client);
  foyer_service_report_unref (self->report);
  g_free (self);
}

static gboolean
is_device (Check *self)
{
  return self->client->authorized && foyer_pretix_client_is_device (self->client);
}

static gboolean
is_no_device (Check *self)
{
  return !is_device (self);
}

static gboolean
is_token (Check *self)
{
  return self->client->authorized && !foyer_pretix_client_is_device (self->client);
}

static gboolean
lacks_organizer (Check *self)
{
  return is_token (self) && self->client->connection->organizer == NULL;
}

static gboolean
has_event (Check *self)
{
  return self->client->authorized && self->client->connection->organizer != NULL
         && self->client->connection->event != NULL;
}

static gboolean
has_unknown_rights (Check *self)
{
  guint permissions;

  return has_event (self)
         && !(is_device (self)
              && foyer_pretix_profile_permissions (self->report->security_profile, &permissions));
}

static GError *
unexpected (Check *self, FoyerHttpResponse *response)
{
  int status = foyer_http_response_get_status (response);

  if (status == 401)
    return foyer_pretix_error_unauthorized (self->client);
  if (status == 429 || status >= 500)
    return foyer_pretix_error_from_answer (response);

  return foyer_pretix_error_not_pretix (self->client, "unexpected answer");
}

/* 200 with the device; 401 with a refusal. Anything else is no pretix: pretix has this address in
 * all its versions that count. */
static GError *
read_device (Check *self, FoyerHttpResponse *response)
{
  JsonNode *node;
  guint permissions;

  if (foyer_http_response_get_status (response) == 401
      && !foyer_pretix_answer_is_refusal (response))
    return foyer_pretix_error_not_pretix (self->client, "401 without detail");
  if (!foyer_http_response_is_success (response))
    return unexpected (self, response);

  node = foyer_http_response_get_json (response, NULL);
  if (node == NULL || !foyer_pretix_map_device_info (node, self->report, NULL))
    return foyer_pretix_error_not_pretix (self->client, "device/info without a device");

  if (foyer_pretix_profile_permissions (self->report->security_profile, &permissions))
    {
      self->report->permissions = permissions;
      self->report->permissions_known = TRUE;
    }
  return NULL;
}

/* The root of the interface. With a bad key it is 401 here, while `version` says 403. */
static GError *
read_root (Check *self, FoyerHttpResponse *response)
{
  int status = foyer_http_response_get_status (response);

  if (status == 401 && foyer_pretix_answer_is_refusal (response)
      && foyer_http_response_get_header (response, "WWW-Authenticate") != NULL)
    {
      if (self->client->authorized)
        return foyer_pretix_error_unauthorized (self->client);

      /* nobody asks: all that can be said is that this is the right kind of place */
      self->report->version_supported = TRUE;
      return NULL;
    }
  if (status == 401)
    return foyer_pretix_error_not_pretix (self->client, "401 of something else");
  if (!foyer_http_response_is_success (response))
    return unexpected (self, response);
  if (foyer_json_get_string (foyer_http_response_get_object (response, NULL), "organizers") == NULL)
    return foyer_pretix_error_not_pretix (self->client, "no organizers");

  return NULL;
}

static GError *
read_version (Check *self, FoyerHttpResponse *response)
{
  if (!foyer_http_response_is_success (response))
    return unexpected (self, response);
  if (!foyer_pretix_map_version (foyer_http_response_get_object (response, NULL), self->report,
                                 NULL))
    return foyer_pretix_error_not_pretix (self->client, "no version");

  return NULL;
}

/* A team's key sees one organiser, its own. */
static GError *
read_organizers (Check *self, FoyerHttpResponse *response)
{
  g_autoptr (JsonNode) node = NULL;

  if (!foyer_http_response_is_success (response))
    return foyer_pretix_error_from_answer (response);
  if (foyer_http_response_get_n_results (response) == 1)
    {
      node = foyer_http_response_dup_result (response, 0, NULL);
      self->report->organizer = foyer_pretix_read_text (foyer_json_get_root_object (node), "slug");
    }

  return NULL;
}

static GError *
read_event (Check *self, FoyerHttpResponse *response)
{
  int status = foyer_http_response_get_status (response);

  if (status == 403 || status == 404)
    return foyer_pretix_error_event_closed (self->client, status);
  if (!foyer_http_response_is_success (response))
    return foyer_pretix_error_from_answer (response);

  return NULL;
}

static GError *
read_permission (Check *self, FoyerHttpResponse *response)
{
  int status = foyer_http_response_get_status (response);

  self->report->permissions_known = TRUE;
  if (foyer_http_response_is_success (response) || status == 400)
    self->report->permissions |= self->stage->permission;
  else if (status != 403)
    return foyer_pretix_error_from_answer (response);

  return NULL;
}

/* The number of the list does not matter: the right is looked at first, then the (empty) body. */
static const Stage stages[] = {
  { "GET", "/api/v1/device/info", NULL, 0, is_device, read_device },
  { "GET", "/api/v1/", NULL, 0, is_no_device, read_root },
  { "GET", "/api/v1/version", NULL, 0, is_token, read_version },
  { "GET", "/api/v1/organizers/", NULL, 0, lacks_organizer, read_organizers },
  { "GET", FOYER_PRETIX_ROUTE_EVENT "/", NULL, 0, has_event, read_event },
  { "GET", FOYER_PRETIX_ROUTE_EVENT "/orders/", "code", FOYER_PERMISSION_READ_ORDERS,
    has_unknown_rights, read_permission },
  { "POST", FOYER_PRETIX_ROUTE_EVENT "/checkinlists/0/failed_checkins/", NULL,
    FOYER_PERMISSION_CHECK_IN, has_unknown_rights, read_permission },
  { "POST", FOYER_PRETIX_ROUTE_EVENT "/orders/", NULL, FOYER_PERMISSION_WRITE_ORDERS,
    has_unknown_rights, read_permission },
  { NULL },
};

static void next_stage (GTask *task, const Stage *stage);

static void
stage_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (FOYER_HTTP (source), result,
                                                                   &error);

  /* A server closes a connection that was quiet for long just when it is used again. None of the questions changes anything,
   * so each may be put once more. */
  if (response == NULL && !self->broke_off
      && g_error_matches (error, FOYER_ERROR, FOYER_ERROR_OFFLINE)
      && foyer_error_get_outcome (error) == FOYER_OUTCOME_UNKNOWN)
    {
      self->broke_off = TRUE;
      next_stage (task, self->stage);
      return;
    }
  self->broke_off = FALSE;

  if (response == NULL && foyer_pretix_error_is_foreign (error))
    {
      g_task_return_error (
          task, foyer_pretix_error_not_pretix (self->client, foyer_error_get_detail (error)));
      return;
    }
  if (response == NULL)
    {
      g_task_return_error (task, foyer_pretix_error_at_host (self->client, error));
      return;
    }

  error = self->stage->read (self, response);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  next_stage (task, self->stage + 1);
}

static void
finish (GTask *task)
{
  Check *self = g_task_get_task_data (task);
  g_autoptr (FoyerHealth) health = foyer_http_dup_health (self->client->http);

  self->report->skew = health->skew_known ? health->skew : 0;
  if (self->report->organizer == NULL)
    self->report->organizer = g_strdup (self->client->connection->organizer);
  g_task_return_pointer (task, foyer_service_report_ref (self->report),
                         (GDestroyNotify)foyer_service_report_unref);
}

static void
next_stage (GTask *task, const Stage *stage)
{
  Check *self = g_task_get_task_data (task);
  g_autoptr (FoyerHttpRequest) request = NULL;

  while (stage->route != NULL && !stage->wanted (self))
    stage++;
  if (stage->route == NULL)
    {
      finish (task);
      return;
    }

  self->stage = stage;
  request = foyer_pretix_client_new_request (self->client, stage->method, stage->route);
  /* somebody waits in front of it, and asks because something is wrong: now, and only once */
  foyer_http_request_set_probe (request, TRUE);
  foyer_http_request_set_urgent (request, TRUE);
  foyer_http_request_set_patience (request, 0);
  if (g_str_equal (stage->method, "POST"))
    {
      g_autoptr (GBytes) empty = g_bytes_new_static ("{}", 2);

      foyer_http_request_set_body (request, "application/json", empty);
    }
  else if (stage->read != read_root && stage->read != read_device && stage->read != read_version)
    foyer_http_request_add_query_int (request, "page_size", 2);
  if (stage->include != NULL)
    foyer_http_request_add_query (request, "include", stage->include);

  foyer_http_send_async (self->client->http, request, g_task_get_cancellable (task), stage_ready,
                         g_object_ref (task));
}

/**
 * foyer_pretix_check_async:
 * @client: the client
 * @source_object: source of the result
 * @cancellable: (nullable): to stop it
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Finds out what lives at the address and what the key opens. Without a key it only tells whether it
 * looks like pretix; the report then has no version.
 */
void
foyer_pretix_check_async (FoyerPretixClient *client,
                          gpointer source_object,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source_object, cancellable, callback, user_data);
  Check *self = g_new0 (Check, 1);

  g_task_set_source_tag (task, foyer_pretix_check_async);
  g_task_set_task_data (task, self, (GDestroyNotify)check_free);
  self->client = foyer_pretix_client_ref (client);
  self->report = foyer_service_report_new ();
  next_stage (task, stages);
}

/**
 * foyer_pretix_check_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the report, or %NULL with an error
 */
FoyerServiceReport *
foyer_pretix_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
