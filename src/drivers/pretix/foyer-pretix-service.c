/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a connection to pretix: the port's interface over the parts of this driver. */

#define G_LOG_DOMAIN "foyer-pretix"

#include "config.h"

#include "foyer-pretix-service.h"

#include "foyer-pretix-check.h"
#include "foyer-pretix-client.h"
#include "foyer-pretix-device.h"
#include "foyer-pretix-invite.h"
#include "foyer-pretix-pull.h"
#include "foyer-pretix-report.h"
#include "foyer-pretix-step.h"

/* pretix.eu lets an organiser's keys ask 360 times a minute in all; the software itself has no limit.
 * Another desk may share ours. */
#define HOSTED_NAME "pretix.eu"
#define HOSTED_RATE 240
#define HOSTED_BURST 60

struct _FoyerPretixService
{
  GObject parent_instance;

  FoyerPretixClient *client;
};

enum
{
  PROP_REACH = 1,
};

static void service_iface_init (FoyerServiceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerPretixService,
                               foyer_pretix_service,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_SERVICE, service_iface_init))

static FoyerPretixClient *
client_of (FoyerService *service)
{
  return FOYER_PRETIX_SERVICE (service)->client;
}

static FoyerConnection *
get_connection (FoyerService *service)
{
  return client_of (service)->connection;
}

static FoyerReach
get_reach (FoyerService *service)
{
  return foyer_http_get_reach (client_of (service)->http);
}

static FoyerHealth *
dup_health (FoyerService *service)
{
  return foyer_http_dup_health (client_of (service)->http);
}

static void
check_async (FoyerService *service,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  foyer_pretix_check_async (client_of (service), service, cancellable, callback, user_data);
}

static FoyerServiceReport *
check_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  return foyer_pretix_check_finish (result, error);
}

static void
pull_async (FoyerService *service,
            FoyerPullRequest *request,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  foyer_pretix_pull_async (client_of (service), service, request, cancellable, callback, user_data);
}

static FoyerPage *
pull_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  return foyer_pretix_pull_finish (result, error);
}

static gboolean
can_perform (FoyerService *service, FoyerStepKind kind)
{
  switch (kind)
    {
    case FOYER_STEP_CHECK_IN:
    case FOYER_STEP_ANNUL:
    case FOYER_STEP_REFUSAL:
      return TRUE;
    }

  return FALSE;
}

static void
perform_async (FoyerService *service,
               FoyerStep *step,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  if (step->kind == FOYER_STEP_CHECK_IN)
    foyer_pretix_step_perform_async (client_of (service), service, step, cancellable, callback,
                                     user_data);
  else
    foyer_pretix_report_async (client_of (service), service, step, cancellable, callback,
                               user_data);
}

static FoyerStepResult *
perform_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  if (g_async_result_is_tagged (result, foyer_pretix_report_async))
    return foyer_pretix_report_finish (result, error);
  return foyer_pretix_step_perform_finish (result, error);
}

static void
lookup_async (FoyerService *service,
              FoyerStep *step,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  foyer_pretix_step_lookup_async (client_of (service), service, step, cancellable, callback,
                                  user_data);
}

static FoyerStepResult *
lookup_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  return foyer_pretix_step_lookup_finish (result, error);
}

static void
enroll_async (FoyerService *service,
              const char *token,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  foyer_pretix_device_enroll_async (client_of (service), service, token, cancellable, callback,
                                    user_data);
}

static FoyerEnrolment *
enroll_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  return foyer_pretix_device_enroll_finish (result, error);
}

static void
invite_async (FoyerService *service,
              const char *desk,
              gboolean only_check_in,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  foyer_pretix_invite_async (client_of (service), service, desk, only_check_in, cancellable,
                             callback, user_data);
}

static char *
invite_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  return foyer_pretix_invite_finish (result, error);
}

static void
revoke_async (FoyerService *service,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  foyer_pretix_device_revoke_async (client_of (service), service, cancellable, callback, user_data);
}

static gboolean
revoke_finish (FoyerService *service, GAsyncResult *result, GError **error)
{
  return foyer_pretix_device_revoke_finish (result, error);
}

static void
service_iface_init (FoyerServiceInterface *iface)
{
  iface->get_connection = get_connection;
  iface->get_reach = get_reach;
  iface->dup_health = dup_health;
  iface->check_async = check_async;
  iface->check_finish = check_finish;
  iface->pull_async = pull_async;
  iface->pull_finish = pull_finish;
  iface->can_perform = can_perform;
  iface->perform_async = perform_async;
  iface->perform_finish = perform_finish;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->enroll_async = enroll_async;
  iface->enroll_finish = enroll_finish;
  iface->invite_async = invite_async;
  iface->invite_finish = invite_finish;
  iface->revoke_async = revoke_async;
  iface->revoke_finish = revoke_finish;
}

static void
on_reach (FoyerPretixService *self)
{
  g_object_notify (G_OBJECT (self), "reach");
}

static void
foyer_pretix_service_get_property (GObject *object,
                                   guint property_id,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  if (property_id == PROP_REACH)
    g_value_set_int (value, get_reach (FOYER_SERVICE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
foyer_pretix_service_finalize (GObject *object)
{
  FoyerPretixService *self = FOYER_PRETIX_SERVICE (object);

  g_clear_pointer (&self->client, foyer_pretix_client_unref);
  G_OBJECT_CLASS (foyer_pretix_service_parent_class)->finalize (object);
}

static void
foyer_pretix_service_class_init (FoyerPretixServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foyer_pretix_service_get_property;
  object_class->finalize = foyer_pretix_service_finalize;
  g_object_class_override_property (object_class, PROP_REACH, "reach");
}

static void
foyer_pretix_service_init (FoyerPretixService *self)
{
}

static gboolean
is_hosted (const char *base_url)
{
  g_autoptr (GUri) uri = g_uri_parse (base_url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL
         && (g_ascii_strcasecmp (host, HOSTED_NAME) == 0
             || g_str_has_suffix (host, "." HOSTED_NAME));
}

/**
 * foyer_pretix_service_new:
 * @connection: which account, and which event of it; may lack organiser and event while a person
 *   still chooses
 * @credential: (nullable): the key of a team or device, as the connection's scheme says; %NULL for
 *   enrolment
 * @http: the line to the connection's server; it is this service's alone from now on, and is given
 *   the key
 * @error: return location
 *
 * Names are read in the languages of the process's locale; see foyer_pretix_service_set_languages().
 *
 * Returns: (transfer full) (nullable): the service, or %NULL with %FOYER_ERROR_INVALID if the key
 *   cannot be one
 */
FoyerService *
foyer_pretix_service_new (FoyerConnection *connection,
                          const char *credential,
                          FoyerHttp *http,
                          GError **error)
{
  g_autoptr (FoyerPretixService) self = NULL;
  g_autoptr (FoyerHttpRequest) probe = NULL;
  const char *scheme;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (FOYER_IS_HTTP (http), NULL);

  scheme = connection->auth_scheme != NULL ? connection->auth_scheme : "Token";
  if (!foyer_http_set_authorization (http, credential != NULL ? scheme : NULL, credential, error))
    return NULL;

  self = g_object_new (FOYER_TYPE_PRETIX_SERVICE, NULL);
  self->client = foyer_pretix_client_new (http, connection, g_get_language_names (),
                                          credential != NULL);
  if (is_hosted (foyer_http_get_base_url (http)))
    foyer_http_set_rate_limit (http, HOSTED_RATE, HOSTED_BURST);

  /* every profile may ask this, and even "you may not" says that the server is there */
  probe = foyer_pretix_client_new_request (self->client, "GET", "/api/v1/version");
  foyer_http_set_probe (http, probe);
  g_signal_connect_object (http, "notify::reach", G_CALLBACK (on_reach), self, G_CONNECT_SWAPPED);
  return FOYER_SERVICE (g_steal_pointer (&self));
}

/**
 * foyer_pretix_service_set_languages:
 * @self: the service
 * @locales: the languages of the person in front of the screen, best first
 *
 * Overrides the process's locale, from the next request on.
 */
void
foyer_pretix_service_set_languages (FoyerPretixService *self, const char *const *locales)
{
  FoyerPretixClient *client;

  g_return_if_fail (FOYER_IS_PRETIX_SERVICE (self));

  client = foyer_pretix_client_new (self->client->http, self->client->connection, locales,
                                    self->client->authorized);
  foyer_pretix_client_unref (self->client);
  self->client = client;
}
