/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inside of a connection: the queue before the lane, the attempts of a read, what the end of a
 * call teaches, and the probe that notices when an absent service is back. */

#define G_LOG_DOMAIN "foyer-http"

#include "config.h"

#include "foyer-http-sender.h"

#include <glib/gi18n.h>
#include <string.h>

#include "foyer-http-exchange.h"
#include "foyer-uuid.h"

#define MAX_ATTEMPTS 6
#define MAX_REDIRECTS 5
#define SLEEP_WORTH_NOTING (10 * FOYER_SECOND)
#define DEFAULT_PAUSE_429 (2 * FOYER_SECOND)

/* One request: the data of its task. */
typedef struct
{
  FoyerHttpSender *sender; /* (unowned): its owner is held by the task */
  GTask *task;             /* (owned) until the end */
  FoyerHttpRequest *request;
  GUri *uri;
  gint64 began_at;
  guint attempts;
  guint redirects;
  GError *last;  /* (nullable): what the attempt before ended with */
  GQueue *queue; /* (nullable): where it waits */
  FoyerHttpExchange *exchange;
  GSource *timer;
  GSource *cancel_source;
} Send;

static void watch_reach (FoyerHttpSender *self);

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
  g_clear_error (&send->last);
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
report_call (FoyerHttpSender *self, Send *send, FoyerHttpExchange *exchange)
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

  self->call_finished (self->owner, call, send->request->call_log != NULL);
}

/* What the end of a call says about the service. */
static void
learn (FoyerHttpSender *self, FoyerHttpExchange *exchange)
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
draw_backoff (FoyerHttpSender *self, guint attempts)
{
  gint64 longest = self->first_backoff << MIN (attempts - 1, 20);

  longest = MIN (longest, self->longest_backoff);
  return (gint64)g_rand_double_range (self->breaker.random, (double)longest / 2, (double)longest);
}

static gboolean
on_try_again (gpointer user_data)
{
  Send *send = user_data;
  FoyerHttpSender *self = send->sender;

  clear_source (&send->timer);
  send->queue = send->request->urgent ? &self->urgent : &self->waiting;
  g_queue_push_tail (send->queue, send);
  foyer_http_sender_pump (self);
  return G_SOURCE_REMOVE;
}

/* Whether the same read is to be sent again, and is waited for. */
static gboolean
try_again (Send *send, FoyerHttpExchange *exchange)
{
  FoyerHttpSender *self = send->sender;
  gint64 now = g_get_monotonic_time (), elapsed = now - send->began_at;
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
  pause = MAX (pause, foyer_http_breaker_get_wait (&self->breaker, now));
  if (elapsed + pause > get_patience (send))
    return FALSE;

  g_clear_error (&send->last);
  send->last = exchange->error != NULL ? g_error_copy (exchange->error)
                                       : foyer_http_response_to_error (exchange->response);
  set_timer (&send->timer, pause, on_try_again, send);
  return TRUE;
}

static void
exchange_done (FoyerHttpExchange *exchange, gpointer user_data)
{
  Send *send = user_data;
  FoyerHttpSender *self = send->sender;
  g_autoptr (GObject) owner = g_object_ref (self->owner);

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
  foyer_http_sender_pump (self);
}

/* Connections from before the laptop slept are dead, but do not know it: a request on one of them
 * would wait for its whole deadline. */
static void
forget_slept_connections (FoyerHttpSender *self)
{
  gint64 slept = foyer_http_clock_get_steady_time () - g_get_monotonic_time ();

  if (slept - self->slept > SLEEP_WORTH_NOTING && self->lane.in_flight <= 1)
    soup_session_abort (self->session);
  self->slept = slept;
}

static void
start_exchange (Send *send)
{
  FoyerHttpSender *self = send->sender;
  gint64 deadline = send->request->deadline;

  if (get_patience (send) == 0)
    deadline = MAX (deadline - (g_get_monotonic_time () - send->began_at), 1000);

  leave_queue (send);
  clear_source (&send->timer);
  forget_slept_connections (self);
  send->attempts++;
  foyer_http_exchange_start (self->session, send->request, send->uri, self->authorization, self->ca,
                             deadline, send->redirects < MAX_REDIRECTS, &send->exchange,
                             exchange_done, send);
}

static GError *
new_open_error (FoyerHttpSender *self, Send *send)
{
  g_autofree char *detail = g_strdup_printf ("%s %s: not tried, the circuit is open",
                                             send->request->method, send->request->route);
  gint64 wait = foyer_http_breaker_get_wait (&self->breaker, g_get_monotonic_time ());
  GError *error;

  /* the circuit is open because of what this very request met: that says more */
  if (send->last != NULL)
    return g_steal_pointer (&send->last);

  error = foyer_error_new (FOYER_ERROR_OFFLINE, detail,
                           _ ("The service cannot be reached at the moment."));
  foyer_error_set_hint (error, _ ("It will be tried again."));
  foyer_error_set_retry_after (error, wait);
  return error;
}

/* It waited for its turn as long as it could. */
static GError *
new_waited_error (FoyerHttpSender *self, Send *send)
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

  send_fail (send, new_waited_error (send->sender, send));
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
  FoyerHttpSender *self = user_data;

  clear_source (&self->pump_timer);
  foyer_http_sender_pump (self);
  return G_SOURCE_REMOVE;
}

/* Starts what may start of one queue. Returns whether the other one may be looked at. */
static gboolean
pump_queue (FoyerHttpSender *self, GQueue *queue)
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

/* Starts what may start. */
void
foyer_http_sender_pump (FoyerHttpSender *self)
{
  /* a callback of what ends here may let go of the owner */
  g_autoptr (GObject) owner = g_object_ref (self->owner);

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
  FoyerHttpSender *self = user_data;
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

  foyer_http_sender_pump (self);
}

static void
prepare (FoyerHttpSender *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->issuers_loaded || self->issuers_loading
      || g_ascii_strncasecmp (self->base_url, "https:", 6) != 0)
    return;

  self->issuers_loading = TRUE;
  task = g_task_new (self->owner, NULL, load_issuers_ready, self);
  g_task_set_source_tag (task, prepare);
  g_task_set_task_data (task, g_strdup (self->ca_file), g_free);
  g_task_run_in_thread (task, load_issuers);
}

/* See foyer_http_send_async(). */
void
foyer_http_sender_send (FoyerHttpSender *self,
                        FoyerHttpRequest *request,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GError *error = NULL;
  GTask *task;
  Send *send;

  task = g_task_new (self->owner, NULL, callback, user_data);
  g_task_set_source_tag (task, foyer_http_sender_send);
  g_task_set_priority (task, request->urgent ? G_PRIORITY_HIGH : G_PRIORITY_DEFAULT);

  send = g_new0 (Send, 1);
  send->sender = self;
  send->task = task;
  send->request = foyer_http_request_ref (request);
  send->began_at = g_get_monotonic_time ();
  g_task_set_task_data (task, send, (GDestroyNotify)send_free);

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
  foyer_http_sender_pump (self);
}

FoyerHttpResponse *
foyer_http_sender_finish (FoyerHttpSender *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self->owner), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
probe_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerHttpSender *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerHttpResponse) response = foyer_http_sender_finish (self, result, &error);

  self->probing = FALSE;
  if (response == NULL)
    g_debug ("%s: probe: %s", self->connection, foyer_error_code_to_name ((FoyerError)error->code));
  watch_reach (self);
}

static gboolean
on_probe (gpointer user_data)
{
  FoyerHttpSender *self = user_data;

  clear_source (&self->probe_timer);
  self->probing = TRUE;
  foyer_http_sender_send (self, self->probe, NULL, probe_ready, self);
  return G_SOURCE_REMOVE;
}

/* Tells of a changed reach, and sees to it that an absent service is asked again. */
static void
watch_reach (FoyerHttpSender *self)
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

  if (self->told_reach == self->breaker.reach)
    return;

  self->told_reach = self->breaker.reach;
  self->reach_changed (self->owner);
}

/* @request: (nullable): a harmless read; it becomes a probe */
void
foyer_http_sender_set_probe (FoyerHttpSender *self, FoyerHttpRequest *request)
{
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

void
foyer_http_sender_forget_authorization (FoyerHttpSender *self)
{
  if (self->authorization != NULL)
    explicit_bzero (self->authorization, strlen (self->authorization));
  g_clear_pointer (&self->authorization, g_free);
}

/* @seed: of the jitter; 0 for a random one */
void
foyer_http_sender_init (FoyerHttpSender *self, GObject *owner, guint32 seed)
{
  self->owner = owner;
  self->slept = foyer_http_clock_get_steady_time () - g_get_monotonic_time ();
  foyer_http_breaker_init (&self->breaker, seed);
  foyer_http_lane_init (&self->lane);
  foyer_http_health_init (&self->health);
  g_queue_init (&self->urgent);
  g_queue_init (&self->waiting);
  self->first_backoff = FOYER_SECOND / 2;
  self->longest_backoff = 8 * FOYER_SECOND;
}

void
foyer_http_sender_open (FoyerHttpSender *self, const char *user_agent)
{
  /* more connections than the lane ever uses: its order must be the only one */
  self->session = soup_session_new_with_options ("max-conns", 16, "max-conns-per-host", 8,
                                                 "timeout", 60, "idle-timeout", 55, "user-agent",
                                                 user_agent, NULL);
  /* it would answer a 401 by sending the request again */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

/* Ends what would call the owner. */
void
foyer_http_sender_close (FoyerHttpSender *self)
{
  clear_source (&self->pump_timer);
  clear_source (&self->probe_timer);
  g_clear_pointer (&self->probe, foyer_http_request_unref);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->ca);
}

void
foyer_http_sender_clear (FoyerHttpSender *self)
{
  foyer_http_sender_close (self);
  foyer_http_sender_forget_authorization (self);
  foyer_http_breaker_clear (&self->breaker);
  g_free (self->connection);
  g_free (self->service);
  g_free (self->base_url);
  g_free (self->ca_file);
}
