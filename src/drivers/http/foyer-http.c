/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection to one service: who we are there, how fast it may be asked, whether it is in
 * reach, and what every call took. Its inside is in foyer-http-sender.c, what happens on the wire in
 * foyer-http-exchange.c.
 *
 * All of it lives on one main context, the one of its construction. */

#define G_LOG_DOMAIN "foyer-http"

#include "config.h"

#include "foyer-http.h"

#include <glib/gi18n.h>
#include <string.h>

#include "foyer-http-clock.h"
#include "foyer-http-sender.h"

struct _FoyerHttp
{
  GObject parent_instance;

  FoyerHttpSender sender;
  char *user_agent;
  guint seed;
  FoyerCallListener *listeners[FOYER_CALL_ROLE_ERRORS + 1];
};

G_DEFINE_FINAL_TYPE (FoyerHttp, foyer_http, G_TYPE_OBJECT)

typedef enum
{
  PROP_CONNECTION = 1,
  PROP_SERVICE,
  PROP_BASE_URL,
  PROP_CA_FILE,
  PROP_USER_AGENT,
  PROP_SEED,
  PROP_REACH,
} FoyerHttpProperty;

static GParamSpec *properties[PROP_REACH + 1];

static void
call_finished (GObject *owner, FoyerCall *call, gboolean is_logged)
{
  FoyerHttp *self = FOYER_HTTP (owner);

  for (guint role = 0; role < G_N_ELEMENTS (self->listeners); role++)
    if (self->listeners[role] != NULL && !(role == FOYER_CALL_ROLE_AUDIT && is_logged))
      foyer_call_listener_call_finished (self->listeners[role], call);
}

static void
reach_changed (GObject *owner)
{
  g_object_notify_by_pspec (owner, properties[PROP_REACH]);
}

/**
 * foyer_http_send_async:
 * @self: a connection
 * @request: what to ask; it must not be changed any more
 * @cancellable: (nullable): to stop it
 * @callback: called when there is an answer, or there will be none
 * @user_data: for @callback
 *
 * Asks the service.
 *
 * A write leaves this computer at most once, whatever happens. A read is tried again as its
 * patience allows.
 */
void
foyer_http_send_async (FoyerHttp *self,
                       FoyerHttpRequest *request,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (FOYER_IS_HTTP (self));
  g_return_if_fail (request != NULL);

  foyer_http_sender_send (&self->sender, request, cancellable, callback, user_data);
}

/**
 * foyer_http_send_finish:
 * @self: a connection
 * @result: what the callback was given
 * @error: return location
 *
 * The error is of %FOYER_ERROR; foyer_error_get_outcome() tells whether the request left.
 *
 * Returns: (transfer full): the answer, or %NULL
 */
FoyerHttpResponse *
foyer_http_send_finish (FoyerHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FOYER_IS_HTTP (self), NULL);

  return foyer_http_sender_finish (&self->sender, result, error);
}

/**
 * foyer_http_set_probe:
 * @self: a connection
 * @request: (nullable): a harmless read, or %NULL
 *
 * While the service is out of reach, @request is sent after growing pauses (1 s to 30 s), so that
 * its return is noticed without anybody asking. It becomes a probe, and is tried once each time.
 */
void
foyer_http_set_probe (FoyerHttp *self, FoyerHttpRequest *request)
{
  g_return_if_fail (FOYER_IS_HTTP (self));
  g_return_if_fail (request == NULL || foyer_http_request_is_read (request));

  foyer_http_sender_set_probe (&self->sender, request);
}

/**
 * foyer_http_set_authorization:
 * @self: a connection
 * @scheme: (nullable): `Token`, `Device`, `Bearer`, `Basic`
 * @credential: (nullable): the secret, without spaces; %NULL to be nobody
 * @error: return location
 *
 * Sets who we are. It is never logged, and overwritten when it is no longer needed. Requests that
 * are already on their way keep the former one.
 *
 * Returns: %FALSE with %FOYER_ERROR_INVALID if @credential holds a character that no key can hold;
 *   then nothing has changed
 */
gboolean
foyer_http_set_authorization (FoyerHttp *self,
                              const char *scheme,
                              const char *credential,
                              GError **error)
{
  char *authorization = NULL;

  g_return_val_if_fail (FOYER_IS_HTTP (self), FALSE);
  g_return_val_if_fail (credential == NULL || scheme != NULL, FALSE);

  for (const char *p = credential; p != NULL && *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      {
        foyer_error_set (error, FOYER_ERROR_INVALID, "credential with a character beyond ASCII",
                         _ ("This is not a key: it holds spaces or special characters."));
        return FALSE;
      }
  if (credential != NULL && *credential == '\0')
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "empty credential", _ ("The key is empty."));
      return FALSE;
    }

  if (credential != NULL)
    authorization = g_strdup_printf ("%s %s", scheme, credential);
  foyer_http_sender_forget_authorization (&self->sender);
  self->sender.authorization = authorization;
  return TRUE;
}

/**
 * foyer_http_set_listener:
 * @self: a connection
 * @role: why it listens
 * @listener: (nullable): who listens; in place of an earlier one
 */
void
foyer_http_set_listener (FoyerHttp *self, FoyerCallRole role, FoyerCallListener *listener)
{
  g_return_if_fail (FOYER_IS_HTTP (self));
  g_return_if_fail (role < G_N_ELEMENTS (self->listeners));
  g_return_if_fail (listener == NULL || FOYER_IS_CALL_LISTENER (listener));

  g_set_object (&self->listeners[role], listener);
}

/**
 * foyer_http_set_rate_limit:
 * @self: a connection
 * @per_minute: requests a minute; 0 for no limit, the default
 * @burst: how many may go at once after a rest
 */
void
foyer_http_set_rate_limit (FoyerHttp *self, guint per_minute, guint burst)
{
  g_return_if_fail (FOYER_IS_HTTP (self));

  foyer_http_lane_set_rate (&self->sender.lane, g_get_monotonic_time (), per_minute, burst);
  foyer_http_sender_pump (&self->sender);
}

/**
 * foyer_http_set_backoff:
 * @self: a connection
 * @first: pause before a read is tried the second time; 0.5 s by default
 * @longest: longest such pause; 8 s by default
 *
 * Each pause is up to twice the one before, and drawn between its half and its whole, so that many
 * desks do not come back at once. In microseconds.
 */
void
foyer_http_set_backoff (FoyerHttp *self, gint64 first, gint64 longest)
{
  g_return_if_fail (FOYER_IS_HTTP (self));
  g_return_if_fail (first > 0 && longest >= first);

  self->sender.first_backoff = first;
  self->sender.longest_backoff = longest;
}

/**
 * foyer_http_get_reach:
 * @self: a connection
 *
 * Returns: whether the service is in reach: OFFLINE after one call that could not even be sent, or
 *   two in a row without an answer; ONLINE after any answer
 */
FoyerReach
foyer_http_get_reach (FoyerHttp *self)
{
  g_return_val_if_fail (FOYER_IS_HTTP (self), FOYER_REACH_UNKNOWN);

  return self->sender.breaker.reach;
}

/**
 * foyer_http_get_service_time:
 * @self: a connection
 * @now: (out): the service's clock, now
 * @uncertainty: (out) (optional): how far it may be off, microseconds
 *
 * The service's clock goes on here while it is out of reach, and does not follow a change of the
 * laptop's.
 *
 * Returns: %FALSE if the service has not been heard yet
 */
gboolean
foyer_http_get_service_time (FoyerHttp *self, FoyerTime *now, gint64 *uncertainty)
{
  gint64 ignored;

  g_return_val_if_fail (FOYER_IS_HTTP (self), FALSE);
  g_return_val_if_fail (now != NULL, FALSE);

  *now = foyer_http_clock_get_time (&self->sender.clock, foyer_http_clock_get_steady_time (),
                                    uncertainty != NULL ? uncertainty : &ignored);
  return *now != FOYER_TIME_NONE;
}

/**
 * foyer_http_dup_health:
 * @self: a connection
 *
 * Returns: (transfer full): how the service does
 */
FoyerHealth *
foyer_http_dup_health (FoyerHttp *self)
{
  FoyerHealth health = { 0 };
  FoyerTime service;
  gint64 uncertainty;

  g_return_val_if_fail (FOYER_IS_HTTP (self), NULL);

  foyer_http_health_fill (&self->sender.health, &health);
  health.reach = self->sender.breaker.reach;
  health.skew_known = foyer_http_get_service_time (self, &service, &uncertainty);
  if (health.skew_known)
    health.skew = service - g_get_real_time ();
  /* A laptop's clock that the service's answers do not contradict is taken as right: it is set over the
   * network to the millisecond, and door times so do not jump by the part of a second that a Date lacks. */
  if (health.skew_known && ABS (health.skew) <= uncertainty)
    health.skew = 0;
  return foyer_health_copy (&health);
}

/**
 * foyer_http_get_base_url:
 * @self: a connection
 *
 * Returns: the address, without a slash at its end
 */
const char *
foyer_http_get_base_url (FoyerHttp *self)
{
  g_return_val_if_fail (FOYER_IS_HTTP (self), NULL);

  return self->sender.base_url;
}

/**
 * foyer_http_get_connection:
 * @self: a connection
 *
 * Returns: (nullable): its name
 */
const char *
foyer_http_get_connection (FoyerHttp *self)
{
  g_return_val_if_fail (FOYER_IS_HTTP (self), NULL);

  return self->sender.connection;
}

/**
 * foyer_http_init_process:
 *
 * Must be called by main(), before anything else that uses libsoup and before any thread: libsoup
 * 3.2 can be kept from HTTP/2 only by an environment variable that it reads at its first session.
 * HTTP/2 is not wanted: there libsoup sends a refused POST again with an empty body, and a body
 * that is cut never ends.
 */
void
foyer_http_init_process (void)
{
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
}

/**
 * foyer_http_new:
 * @connection: (nullable): name of the connection, for the audit
 * @service: kind of the service, `pretix`
 * @base_url: address of the service
 * @ca_file: (nullable): absolute path of a PEM file with issuers that are trusted besides the
 *   system's; read when it is needed first
 * @user_agent: (nullable): who we say that we are
 * @error: return location
 *
 * Returns: (transfer full): a new connection, or %NULL if foyer_http_check_base_url() fails
 */
FoyerHttp *
foyer_http_new (const char *connection,
                const char *service,
                const char *base_url,
                const char *ca_file,
                const char *user_agent,
                GError **error)
{
  g_return_val_if_fail (service != NULL, NULL);
  g_return_val_if_fail (base_url != NULL, NULL);
  g_return_val_if_fail (ca_file == NULL || g_path_is_absolute (ca_file), NULL);

  if (!foyer_http_check_base_url (base_url, error))
    return NULL;

  return g_object_new (FOYER_TYPE_HTTP, "connection", connection, "service", service, "base-url",
                       base_url, "ca-file", ca_file, "user-agent", user_agent, NULL);
}

static void
foyer_http_constructed (GObject *object)
{
  FoyerHttp *self = FOYER_HTTP (object);
  FoyerHttpSender *sender = &self->sender;

  G_OBJECT_CLASS (foyer_http_parent_class)->constructed (object);

  /* with an address that must not be used nothing can be sent */
  if (sender->base_url == NULL || !foyer_http_check_base_url (sender->base_url, NULL))
    {
      g_free (sender->base_url);
      sender->base_url = g_strdup ("");
    }
  for (gsize n = strlen (sender->base_url); n > 0 && sender->base_url[n - 1] == '/'; n--)
    sender->base_url[n - 1] = '\0';

  foyer_http_sender_init (sender, object, self->seed);
  sender->call_finished = call_finished;
  sender->reach_changed = reach_changed;
  foyer_http_sender_open (sender,
                          self->user_agent != NULL ? self->user_agent : "Foyer/" FOYER_VERSION);
}

static void
foyer_http_dispose (GObject *object)
{
  FoyerHttp *self = FOYER_HTTP (object);

  foyer_http_sender_close (&self->sender);
  for (guint i = 0; i < G_N_ELEMENTS (self->listeners); i++)
    g_clear_object (&self->listeners[i]);

  G_OBJECT_CLASS (foyer_http_parent_class)->dispose (object);
}

static void
foyer_http_finalize (GObject *object)
{
  FoyerHttp *self = FOYER_HTTP (object);

  foyer_http_sender_clear (&self->sender);
  g_free (self->user_agent);

  G_OBJECT_CLASS (foyer_http_parent_class)->finalize (object);
}

static void
foyer_http_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FoyerHttp *self = FOYER_HTTP (object);

  switch ((FoyerHttpProperty)property_id)
    {
    case PROP_CONNECTION:
      g_value_set_string (value, self->sender.connection);
      return;
    case PROP_SERVICE:
      g_value_set_string (value, self->sender.service);
      return;
    case PROP_BASE_URL:
      g_value_set_string (value, self->sender.base_url);
      return;
    case PROP_CA_FILE:
      g_value_set_string (value, self->sender.ca_file);
      return;
    case PROP_USER_AGENT:
      g_value_set_string (value, self->user_agent);
      return;
    case PROP_SEED:
      g_value_set_uint (value, self->seed);
      return;
    case PROP_REACH:
      g_value_set_enum (value, (int)self->sender.breaker.reach);
      return;
    }

  G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
foyer_http_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  FoyerHttp *self = FOYER_HTTP (object);

  switch ((FoyerHttpProperty)property_id)
    {
    case PROP_CONNECTION:
      self->sender.connection = g_value_dup_string (value);
      return;
    case PROP_SERVICE:
      self->sender.service = g_value_dup_string (value);
      return;
    case PROP_BASE_URL:
      self->sender.base_url = g_value_dup_string (value);
      return;
    case PROP_CA_FILE:
      self->sender.ca_file = g_value_dup_string (value);
      return;
    case PROP_USER_AGENT:
      self->user_agent = g_value_dup_string (value);
      return;
    case PROP_SEED:
      self->seed = g_value_get_uint (value);
      return;
    case PROP_REACH:
      break;
    }

  G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
foyer_http_class_init (FoyerHttpClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = foyer_http_constructed;
  object_class->dispose = foyer_http_dispose;
  object_class->finalize = foyer_http_finalize;
  object_class->get_property = foyer_http_get_property;
  object_class->set_property = foyer_http_set_property;

  /**
   * FoyerHttp:connection:
   *
   * Name of the connection, for the audit.
   */
  properties[PROP_CONNECTION] = g_param_spec_string ("connection", NULL, NULL, NULL, construct);
  /**
   * FoyerHttp:service:
   *
   * Kind of the service, `pretix`.
   */
  properties[PROP_SERVICE] = g_param_spec_string ("service", NULL, NULL, NULL, construct);
  /**
   * FoyerHttp:base-url:
   *
   * Address of the service.
   */
  properties[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, NULL, construct);
  /**
   * FoyerHttp:ca-file:
   *
   * PEM file of issuers that are trusted besides the system's.
   */
  properties[PROP_CA_FILE] = g_param_spec_string ("ca-file", NULL, NULL, NULL, construct);
  /**
   * FoyerHttp:user-agent:
   *
   * Who we say that we are.
   */
  properties[PROP_USER_AGENT] = g_param_spec_string ("user-agent", NULL, NULL, NULL, construct);
  /**
   * FoyerHttp:seed:
   *
   * Seed of the jitter, for tests; 0 for a random one.
   */
  properties[PROP_SEED] = g_param_spec_uint ("seed", NULL, NULL, 0, G_MAXUINT, 0, construct);
  /**
   * FoyerHttp:reach:
   *
   * A #FoyerReach: whether the service is in reach.
   */
  properties[PROP_REACH] = g_param_spec_int (
      "reach", NULL, NULL, FOYER_REACH_UNKNOWN, FOYER_REACH_OFFLINE, FOYER_REACH_UNKNOWN,
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
foyer_http_init (FoyerHttp *self)
{
}
