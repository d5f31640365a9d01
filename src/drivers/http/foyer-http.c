/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection to one service: who we are there, how fast it may be asked, whether it is in
 * reach, and what every call took. What happens on the wire is in foyer-http-exchange.c.
 *
 * All of it lives on one main context, the one of its construction. */

#define G_LOG_DOMAIN "foyer-http"

#include "config.h"

#include "foyer-http.h"

#include <glib/gi18n.h>
#include <string.h>

#include "foyer-http-clock.h"
#include "foyer-http-exchange.h"
#include "foyer-http-health.h"
#include "foyer-http-lane.h"
#include "foyer-uuid.h"

#define MAX_ATTEMPTS 6
#define MAX_REDIRECTS 5
#define DEFAULT_PAUSE_429 (2 * FOYER_SECOND)

struct _FoyerHttp
{
  GObject parent_instance;

  char *connection;
  char *service;
  char *base_url; /* without a slash at its end */
  char *ca_file;
  char *user_agent;
  guint seed;

  char *authorization; /* (nullable): the whole header; overwritten before it is freed */
  gboolean usable;     /* the base URL is one */
  SoupSession *session;
  GTlsDatabase *ca; /* (nullable): of ca_file */
  gboolean issuers_loading;
  gboolean issuers_loaded;

  FoyerHttpBreaker breaker;
  FoyerHttpLane lane;
  FoyerHttpClock clock;
  FoyerHttpHealth health;
  FoyerReach reach; /* as last notified */
  FoyerCallListener *listeners[FOYER_CALL_ROLE_ERRORS + 1];
  gint64 first_backoff;
  gint64 longest_backoff;

  GQueue urgent;  /* (element-type Send) that wait for their turn */
  GQueue waiting; /* (element-type Send) */
  GSource *pump_timer;

  FoyerHttpRequest *probe;
  gboolean probing;
  gint64 probe_pause;
  GSource *probe_timer;
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

/* One foyer_http_send_async(): the data of its task. */
typedef struct
{
  FoyerHttp *http; /* (unowned): the task holds it */
  GTask *task;     /* (owned) until the end */
  FoyerHttpRequest *request;
  GUri *uri;
  gint64 began_at;
  guint attempts;
  guint redirects;
  GQueue *queue; /* (nullable): where it waits */
  FoyerHttpExchange *exchange;
  GSource *timer;
  GSource *cancel_source;
} Send;

static void pump (FoyerHttp *self);
static void watch_reach (FoyerHttp *self);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
set_timer (GSource **source, gint64 microseconds, GSourceFunc callback, gpointer user_data)
{
  clear_source (source);
  *source = g_timeout_source_new ((guint)CLAMP ((microseconds + 999) / 1000, 0, G_MAXINT));
  g_source_set_callback (*source, callback, user_data, NULL);
  g_source_attach (*source, g_main_context_get_thread_default ());
}

static void
send_free (Send *send)
{
  clear_source (&send->timer);
  clear_source (&send->cancel_source);
  foyer_http_request_unref (send->request);
  g_clear_pointer (&send->uri, g_uri_unref);
  g_free (send);
}

static void
leave_queue (Send *send)
{
  if (send->queue != NULL)
    g_queue_remove (send->queue, send);
  send->queue = NULL;
}

static void
send_fail (Send *send, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&send->task);

  leave_queue (send);
  clear_source (&send->timer);
  clear_source (&send->cancel_source);
  g_task_return_error (task, error);
}

static void
send_succeed (Send *send, FoyerHttpResponse *response)
{
  g_autoptr (GTask) task = g_steal_pointer (&send->task);

  clear_source (&send->timer);
  clear_source (&send->cancel_source);
  if (send->request->expect_success && !foyer_http_response_is_success (response)
      && foyer_http_response_get_status (response) != 304)
    g_task_return_error (task, foyer_http_response_to_error (response));
  else
    g_task_return_pointer (task, foyer_http_response_ref (response),
                           (GDestroyNotify)foyer_http_response_unref);
}

static gint64
get_patience (Send *send)
{
  if (!foyer_http_request_is_read (send->request))
    return 0;

  return send->request->patience >= 0 ? send->request->patience : FOYER_HTTP_DEFAULT_PATIENCE;
}

/* Tells the listeners. */
static void
report_call (FoyerHttp *self, Send *send, FoyerHttpExchange *exchange)
{
  g_autofree char *id = foyer_uuid_new_v7 (exchange->at);
  g_autoptr (FoyerCall) call = NULL;
  FoyerCall values = {
    .at = exchange->at,
    .connection = self->connection,
    .service = self->service,
    .method = send->request->method,
    .route = send->request->route,
    .status = exchange->status,
    .duration = exchange->duration,
    .request_id = id,
    .bytes_sent = exchange->bytes_sent,
    .bytes_received = exchange->bytes_received,
  };
  g_autoptr (GError) refusal = NULL;
  const GError *error = exchange->error;

  if (error == NULL && exchange->response != NULL
      && foyer_http_response_get_status (exchange->response) >= 400)
    error = refusal = foyer_http_response_to_error (exchange->response);
  if (error != NULL)
    values.error = (char *)foyer_error_code_to_name ((FoyerError)error->code);

  call = foyer_call_new (&values);
  if (send->request->call_log != NULL)
    g_ptr_array_add (send->request->call_log, foyer_call_ref (call));

  for (guint role = 0; role < G_N_ELEMENTS (self->listeners); role++)
    if (self->listeners[role] != NULL
        && !(role == FOYER_CALL_ROLE_AUDIT && send->request->call_log != NULL))
      foyer_call_listener_call_finished (self->listeners[role], call);
}

/* What the end of a call says about the service. */
static void
learn (FoyerHttp *self, FoyerHttpExchange *exchange)
{
  gint64 now = g_get_monotonic_time ();

  if (exchange->date != FOYER_TIME_NONE)
    foyer_http_clock_sample (&self->clock, exchange->date, exchange->steady_sent,
                             exchange->steady_headers);

  if (exchange->status == 429 || exchange->status == 503)
    {
      /* a 503 without a pause is for the breaker to judge; a 429 is always meant for us */
      gint64 pause = exchange->retry_after;

      if (pause == 0 && exchange->status == 429)
        pause = DEFAULT_PAUSE_429;
      if (pause > 0)
        foyer_http_lane_pause (&self->lane, now + pause);
    }

  if (exchange->cancelled && exchange->error != NULL)
    {
      foyer_http_breaker_withdraw (&self->breaker);
      return;
    }

  foyer_http_breaker_report (&self->breaker, now, exchange->fault);
  foyer_http_health_add (&self->health, exchange->duration,
                         exchange->fault == FOYER_HTTP_FAULT_NONE
                             || exchange->fault == FOYER_HTTP_FAULT_BUSY,
                         exchange->fault != FOYER_HTTP_FAULT_NONE);
}

static gint64
draw_backoff (FoyerHttp *self, guint attempts)
{
  gint64 longest = self->first_backoff << MIN (attempts - 1, 20);

  longest = MIN (longest, self->longest_backoff);
  return (gint64)g_rand_double_range (self->breaker.random, (double)longest / 2, (double)longest);
}

static gboolean
on_try_again (gpointer user_data)
{
  Send *send = user_data;
  FoyerHttp *self = send->http;

  clear_source (&send->timer);
  send->queue = send->request->urgent ? &self->urgent : &self->waiting;
  g_queue_push_tail (send->queue, send);
  pump (self);
  return G_SOURCE_REMOVE;
}

/* Whether the same read is to be sent again, and is waited for. */
static gboolean
try_again (Send *send, FoyerHttpExchange *exchange)
{
  FoyerHttp *self = send->http;
  gint64 elapsed = g_get_monotonic_time () - send->began_at;
  gint64 pause;

  if (exchange->fault == FOYER_HTTP_FAULT_NONE || exchange->cancelled
      || send->attempts >= MAX_ATTEMPTS || send->request->probe)
    return FALSE;
  /* a certificate does not get better by itself */
  if (g_error_matches (exchange->error, FOYER_ERROR, FOYER_ERROR_TLS))
    return FALSE;
  if (g_error_matches (exchange->error, FOYER_ERROR, FOYER_ERROR_PROTOCOL)
      && exchange->status >= 300)
    return FALSE;

  pause = MAX (draw_backoff (self, send->attempts), exchange->retry_after);
  if (elapsed + pause > get_patience (send))
    return FALSE;

  set_timer (&send->timer, pause, on_try_again, send);
  return TRUE;
}

static void
exchange_done (FoyerHttpExchange *exchange, gpointer user_data)
{
  Send *send = user_data;
  g_autoptr (FoyerHttp) self = g_object_ref (send->http);

  send->exchange = NULL;
  foyer_http_lane_leave (&self->lane);
  learn (self, exchange);
  report_call (self, send, exchange);

  if (exchange->redirect != NULL)
    {
      g_clear_pointer (&send->uri, g_uri_unref);
      send->uri = g_uri_ref (exchange->redirect);
      send->redirects++;
      set_timer (&send->timer, 0, on_try_again, send);
    }
  else if (!try_again (send, exchange))
    {
      if (exchange->error != NULL)
        {
          if (exchange->retry_after > 0)
            foyer_error_set_retry_after (exchange->error, exchange->retry_after);
          send_fail (send, g_steal_pointer (&exchange->error));
        }
      else
        send_succeed (send, exchange->response);
    }

  watch_reach (self);
  pump (self);
}

static void
start_exchange (Send *send)
{
  FoyerHttp *self = send->http;
  gint64 deadline = send->request->deadline;

  if (get_patience (send) == 0)
    deadline = MAX (deadline - (g_get_monotonic_time () - send->began_at), 1000);

  leave_queue (send);
  clear_source (&send->timer);
  send->attempts++;
  foyer_http_exchange_start (self->session, send->request, send->uri, self->authorization, self->ca,
                             deadline, send->redirects < MAX_REDIRECTS, &send->exchange,
                             exchange_done, send);
}

static GError *
new_open_error (FoyerHttp *self, Send *send)
{
  g_autofree char *detail = g_strdup_printf ("%s %s: not tried, the circuit is open",
                                             send->request->method, send->request->route);
  gint64 wait = foyer_http_breaker_get_wait (&self->breaker, g_get_monotonic_time ());
  GError *error = foyer_error_new (FOYER_ERROR_OFFLINE, detail,
                                   _ ("The service cannot be reached at the moment."));

  foyer_error_set_hint (error, _ ("It will be tried again."));
  foyer_error_set_retry_after (error, wait);
  return error;
}

/* It waited for its turn as long as it could. */
static GError *
new_waited_error (FoyerHttp *self, Send *send)
{
  gint64 left = self->lane.paused_until - g_get_monotonic_time ();
  GError *error;

  if (left <= 0)
    return foyer_error_new (FOYER_ERROR_TIMEOUT, "waited for its turn",
                            _ ("Too much is being sent at once."));

  error = foyer_error_new (FOYER_ERROR_RATE_LIMITED, "the lane is paused",
                           _ ("The service asks for fewer requests."));
  foyer_error_set_hint (error, _ ("It will be tried again."));
  foyer_error_set_retry_after (error, left);
  return error;
}

static gboolean
on_waited (gpointer user_data)
{
  Send *send = user_data;

  send_fail (send, new_waited_error (send->http, send));
  return G_SOURCE_REMOVE;
}

/* How much longer it may wait for its turn. */
static gint64
get_waiting_time (Send *send)
{
  gint64 patience = get_patience (send);

  return MAX (send->request->deadline, patience) - (g_get_monotonic_time () - send->began_at);
}

static gboolean
on_pump (gpointer user_data)
{
  FoyerHttp *self = user_data;

  clear_source (&self->pump_timer);
  pump (self);
  return G_SOURCE_REMOVE;
}

/* Starts what may start of one queue. Returns whether the other one may be looked at. */
static gboolean
pump_queue (FoyerHttp *self, GQueue *queue)
{
  while (!g_queue_is_empty (queue))
    {
      Send *send = g_queue_peek_head (queue);
      gint64 now = g_get_monotonic_time ();
      gboolean is_read = foyer_http_request_is_read (send->request);
      gint64 wait;

      if (foyer_http_breaker_get_wait (&self->breaker, now) > 0 && !send->request->probe)
        {
          send_fail (send, new_open_error (self, send));
          continue;
        }

      wait = foyer_http_lane_try (&self->lane, now, send->request->urgent);
      if (wait == 0)
        {
          if (foyer_http_breaker_allow (&self->breaker, now, is_read, send->request->probe))
            start_exchange (send);
          else
            {
              foyer_http_lane_leave (&self->lane);
              send_fail (send, new_open_error (self, send));
            }
          continue;
        }

      if (wait > get_waiting_time (send))
        {
          send_fail (send, new_waited_error (self, send));
          continue;
        }

      if (send->timer == NULL)
        set_timer (&send->timer, get_waiting_time (send), on_waited, send);
      if (wait > 0)
        set_timer (&self->pump_timer, wait, on_pump, self);
      /* others of this queue wait too, each with its own limit */
      for (GList *l = queue->head->next; l != NULL; l = l->next)
        {
          Send *other = l->data;

          if (other->timer == NULL)
            set_timer (&other->timer, get_waiting_time (other), on_waited, other);
        }
      return wait == -1;
    }

  return TRUE;
}

static void
pump (FoyerHttp *self)
{
  if (self->issuers_loading)
    return;

  if (pump_queue (self, &self->urgent))
    pump_queue (self, &self->waiting);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Send *send = user_data;

  if (send->exchange != NULL)
    foyer_http_exchange_cancel (send->exchange);
  else
    send_fail (send, foyer_error_new (FOYER_ERROR_CANCELLED, "cancelled before it was sent",
                                      _ ("It was stopped.")));
  return G_SOURCE_REMOVE;
}

/* On a thread: the issuers of the system, which are kept for the whole process and would else be
 * read on the main loop at the first handshake, and those of the connection. */
static void
load_issuers (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GTlsDatabase) of_system = g_tls_backend_get_default_database (
      g_tls_backend_get_default ());
  GError *error = NULL;
  GTlsDatabase *ca = NULL;

  if (task_data != NULL)
    ca = g_tls_file_database_new (task_data, &error);

  if (error == NULL)
    g_task_return_pointer (task, ca, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
load_issuers_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerHttp *self = FOYER_HTTP (source);
  g_autoptr (GError) error = NULL;

  self->issuers_loading = FALSE;
  self->ca = g_task_propagate_pointer (G_TASK (result), &error);
  self->issuers_loaded = error == NULL;

  while (error != NULL)
    {
      Send *send = g_queue_peek_head (&self->urgent);
      GError *failure;

      if (send == NULL)
        send = g_queue_peek_head (&self->waiting);
      if (send == NULL)
        return;

      failure = foyer_error_new (FOYER_ERROR_TLS, g_quark_to_string (error->domain),
                                 _ ("The CA file of this connection cannot be read."));
      foyer_error_set_hint (failure, _ ("Choose the file again in the connection's settings."));
      send_fail (send, failure);
    }

  pump (self);
}

static void
prepare (FoyerHttp *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->issuers_loaded || self->issuers_loading
      || g_ascii_strncasecmp (self->base_url, "https:", 6) != 0)
    return;

  self->issuers_loading = TRUE;
  task = g_task_new (self, NULL, load_issuers_ready, NULL);
  g_task_set_source_tag (task, prepare);
  g_task_set_task_data (task, g_strdup (self->ca_file), g_free);
  g_task_run_in_thread (task, load_issuers);
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
  GError *error = NULL;
  GTask *task;
  Send *send;

  g_return_if_fail (FOYER_IS_HTTP (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, foyer_http_send_async);
  g_task_set_priority (task, request->urgent ? G_PRIORITY_HIGH : G_PRIORITY_DEFAULT);

  send = g_new0 (Send, 1);
  send->http = self;
  send->task = task;
  send->request = foyer_http_request_ref (request);
  send->began_at = g_get_monotonic_time ();
  g_task_set_task_data (task, send, (GDestroyNotify)send_free);

  if (!self->usable)
    {
      foyer_http_check_base_url (self->base_url, &error);
      send_fail (send, error);
      return;
    }

  send->uri = foyer_http_request_build_uri (request, self->base_url, &error);
  if (send->uri == NULL)
    {
      send_fail (send, error);
      return;
    }

  if (g_cancellable_is_cancelled (cancellable))
    {
      on_cancelled (cancellable, send);
      return;
    }

  if (cancellable != NULL)
    {
      send->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (send->cancel_source, G_SOURCE_FUNC (on_cancelled), send, NULL);
      g_source_attach (send->cancel_source, g_main_context_get_thread_default ());
    }

  send->queue = request->urgent ? &self->urgent : &self->waiting;
  g_queue_push_tail (send->queue, send);
  prepare (self);
  pump (self);
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
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
probe_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerHttp *self = FOYER_HTTP (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_send_finish (self, result, &error);

  self->probing = FALSE;
  if (response == NULL)
    g_debug ("%s: probe: %s", self->connection, foyer_error_code_to_name ((FoyerError)error->code));
  watch_reach (self);
}

static gboolean
on_probe (gpointer user_data)
{
  FoyerHttp *self = user_data;

  clear_source (&self->probe_timer);
  self->probing = TRUE;
  foyer_http_send_async (self, self->probe, NULL, probe_ready, NULL);
  return G_SOURCE_REMOVE;
}

/* Tells of a changed reach, and sees to it that an absent service is asked again. */
static void
watch_reach (FoyerHttp *self)
{
  gboolean absent = self->breaker.reach == FOYER_REACH_OFFLINE
                    || foyer_http_breaker_is_open (&self->breaker);

  if (!absent)
    {
      self->probe_pause = 0;
      clear_source (&self->probe_timer);
    }
  else if (self->probe != NULL && !self->probing && self->probe_timer == NULL)
    {
      gint64 wait = foyer_http_breaker_get_wait (&self->breaker, g_get_monotonic_time ());
      gint64 first = self->breaker.first_pause, longest = self->breaker.longest_pause;

      self->probe_pause = self->probe_pause == 0 ? first : MIN (self->probe_pause * 2, longest);
      set_timer (&self->probe_timer, wait > 0 ? wait : self->probe_pause, on_probe, self);
    }

  if (self->reach == self->breaker.reach)
    return;

  self->reach = self->breaker.reach;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REACH]);
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

  clear_source (&self->probe_timer);
  if (request != NULL)
    {
      foyer_http_request_ref (request);
      foyer_http_request_set_probe (request, TRUE);
      foyer_http_request_set_patience (request, 0);
    }
  g_clear_pointer (&self->probe, foyer_http_request_unref);
  self->probe = request;
  watch_reach (self);
}

static void
forget_authorization (FoyerHttp *self)
{
  if (self->authorization != NULL)
    explicit_bzero (self->authorization, strlen (self->authorization));
  g_clear_pointer (&self->authorization, g_free);
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
  forget_authorization (self);
  self->authorization = authorization;
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

  foyer_http_lane_set_rate (&self->lane, g_get_monotonic_time (), per_minute, burst);
  pump (self);
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

  self->first_backoff = first;
  self->longest_backoff = longest;
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

  return self->breaker.reach;
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

  *now = foyer_http_clock_get_time (&self->clock, foyer_http_clock_get_steady_time (),
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

  g_return_val_if_fail (FOYER_IS_HTTP (self), NULL);

  foyer_http_health_fill (&self->health, &health);
  health.reach = self->breaker.reach;
  health.skew_known = foyer_http_get_service_time (self, &service, NULL);
  if (health.skew_known)
    health.skew = service - g_get_real_time ();
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

  return self->base_url;
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

  return self->connection;
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

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* A name or an address; GUri lets anything through. */
static gboolean
is_host (const char *host)
{
  g_autofree char *ascii = NULL;

  if (g_hostname_is_ip_address (host))
    return TRUE;

  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL || *ascii == '\0')
    return FALSE;
  for (const char *p = ascii; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-._", *p) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * foyer_http_check_base_url:
 * @base_url: what a person has entered as the address of a service
 * @error: return location
 *
 * Returns: whether it may be used: https, or http to this computer itself; no name, password,
 *   query or fragment. Else %FALSE with %FOYER_ERROR_INVALID and a sentence that says what is
 *   wrong.
 */
gboolean
foyer_http_check_base_url (const char *base_url, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme, *host;

  g_return_val_if_fail (base_url != NULL, FALSE);

  uri = g_uri_parse (base_url, SOUP_HTTP_URI_FLAGS, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (scheme == NULL || host == NULL || !is_host (host)
      || (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http")))
    foyer_error_set (error, FOYER_ERROR_INVALID, "base URL",
                     _ ("This is not an address of a service. It should look like "
                        "https://tickets.example.org."));
  else if (g_uri_get_userinfo (uri) != NULL)
    foyer_error_set (error, FOYER_ERROR_INVALID, "base URL with user info",
                     _ ("The address must not hold a name or a password."));
  else if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    foyer_error_set (error, FOYER_ERROR_INVALID, "base URL with a query",
                     _ ("The address must not hold a question mark or a hash sign."));
  else if (g_str_equal (scheme, "http") && !is_loopback (host))
    foyer_error_set (error, FOYER_ERROR_INVALID, "base URL without TLS",
                     _ ("The address must begin with https://: everything else could be read "
                        "and changed on the way."));
  else
    return TRUE;

  return FALSE;
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
  gsize length;

  G_OBJECT_CLASS (foyer_http_parent_class)->constructed (object);

  self->usable = self->base_url != NULL && foyer_http_check_base_url (self->base_url, NULL);
  if (self->base_url == NULL)
    self->base_url = g_strdup ("");
  for (length = strlen (self->base_url); length > 0 && self->base_url[length - 1] == '/'; length--)
    self->base_url[length - 1] = '\0';

  foyer_http_breaker_init (&self->breaker, self->seed);

  /* more connections than the lane ever uses: its order must be the only one */
  self->session = soup_session_new_with_options (
      "max-conns", 16, "max-conns-per-host", 8, "timeout", 60, "idle-timeout", 55, "user-agent",
      self->user_agent != NULL ? self->user_agent : "Foyer/" FOYER_VERSION, NULL);
  /* it would answer a 401 by sending the request again */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

static void
foyer_http_dispose (GObject *object)
{
  FoyerHttp *self = FOYER_HTTP (object);

  clear_source (&self->pump_timer);
  clear_source (&self->probe_timer);
  g_clear_pointer (&self->probe, foyer_http_request_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->listeners); i++)
    g_clear_object (&self->listeners[i]);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->ca);

  G_OBJECT_CLASS (foyer_http_parent_class)->dispose (object);
}

static void
foyer_http_finalize (GObject *object)
{
  FoyerHttp *self = FOYER_HTTP (object);

  forget_authorization (self);
  foyer_http_breaker_clear (&self->breaker);
  g_free (self->connection);
  g_free (self->service);
  g_free (self->base_url);
  g_free (self->ca_file);
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
      g_value_set_string (value, self->connection);
      return;
    case PROP_SERVICE:
      g_value_set_string (value, self->service);
      return;
    case PROP_BASE_URL:
      g_value_set_string (value, self->base_url);
      return;
    case PROP_CA_FILE:
      g_value_set_string (value, self->ca_file);
      return;
    case PROP_USER_AGENT:
      g_value_set_string (value, self->user_agent);
      return;
    case PROP_SEED:
      g_value_set_uint (value, self->seed);
      return;
    case PROP_REACH:
      g_value_set_enum (value, (int)self->breaker.reach);
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
      self->connection = g_value_dup_string (value);
      return;
    case PROP_SERVICE:
      self->service = g_value_dup_string (value);
      return;
    case PROP_BASE_URL:
      self->base_url = g_value_dup_string (value);
      return;
    case PROP_CA_FILE:
      self->ca_file = g_value_dup_string (value);
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
  g_queue_init (&self->urgent);
  g_queue_init (&self->waiting);
  foyer_http_lane_init (&self->lane);
  foyer_http_health_init (&self->health);
  self->first_backoff = FOYER_SECOND / 2;
  self->longest_backoff = 8 * FOYER_SECOND;
}
