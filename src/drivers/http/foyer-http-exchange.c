/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One request on the wire. This file is the guard against what libsoup 3.2 does by itself:
 *
 * - it sends PUT and DELETE again, without their body, when a reused connection dies: any restart
 *   of a write is cancelled before a second request can leave;
 * - it opens a new connection for every POST, unless the message is called idempotent (which does
 *   not make it send a POST twice on HTTP/1.1);
 * - it calls a body whole that was cut between two chunks, or a gzip stream that ended early: the
 *   length and the JSON are checked here;
 * - it unpacks without a limit: the body is read as a stream, with one;
 * - its timeout starts anew with each byte: the deadline here is for the whole;
 * - its metrics are reset by a restart: whether something was sent is noted in `starting`. */

#define G_LOG_DOMAIN "foyer-http"

#include "config.h"

#include "foyer-http-exchange.h"

#include <glib/gi18n.h>
#include <string.h>

#include "foyer-http-clock.h"
#include "foyer-http-errors.h"
#include "foyer-json-check.h"

/* A body up to this is checked and parsed at once: less work than to wake a thread. */
#define SMALL_BODY 8192
#define FIRST_READ 16384

static void
foyer_http_exchange_free (FoyerHttpExchange *self)
{
  if (self->timer != NULL)
    {
      g_source_destroy (self->timer);
      g_source_unref (self->timer);
    }
  g_signal_handlers_disconnect_by_data (self->message, self);
  foyer_http_request_unref (self->request);
  g_clear_object (&self->message);
  g_clear_object (&self->ca);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stream);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->redirect, g_uri_unref);
  g_clear_pointer (&self->response, foyer_http_response_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
end (FoyerHttpExchange *self)
{
  self->duration = g_get_monotonic_time () - self->started_at;
  self->done (self, self->user_data);
  foyer_http_exchange_free (self);
}

static void
fail (FoyerHttpExchange *self, GError *error, FoyerOutcome outcome, FoyerHttpFault fault)
{
  foyer_error_set_outcome (error, outcome);
  foyer_error_set_status (error, self->status);
  self->error = error;
  self->fault = fault;
  end (self);
}

static GError *
new_error (FoyerHttpExchange *self, FoyerError code, const char *what, const char *sentence)
{
  g_autofree char *detail = g_strdup_printf ("%s %s: %s, status %d", self->request->method,
                                             self->request->route, what, self->status);

  return foyer_error_new (code, detail, "%s", sentence);
}

/* No whole answer came. */
static void
fail_on_transport (FoyerHttpExchange *self, const GError *reason)
{
  FoyerOutcome outcome = self->sent ? FOYER_OUTCOME_UNKNOWN : FOYER_OUTCOME_NEVER_SENT;
  FoyerHttpFault fault = self->sent ? FOYER_HTTP_FAULT_UNANSWERED : FOYER_HTTP_FAULT_UNREACHED;
  GError *error;

  if (self->cancelled)
    error = new_error (self, FOYER_ERROR_CANCELLED, "cancelled", _ ("It was stopped."));
  else if (self->guarded)
    error = new_error (self, FOYER_ERROR_OFFLINE, "kept from being sent twice",
                       _ ("The connection to the service broke off."));
  else if (self->timed_out)
    {
      error = new_error (self, FOYER_ERROR_TIMEOUT, "deadline",
                         _ ("The service did not answer in time."));
      /* a slow connection is no missing one */
      fault = FOYER_HTTP_FAULT_UNANSWERED;
    }
  else
    error = foyer_http_error_from_transport (reason, self->certificate_flags, self->certificate,
                                             self->request->route);

  fail (self, error, outcome, fault);
}

/* The answer is there, but says nothing that can be relied on: a write may have been done. */
static FoyerOutcome
outcome_of_unreadable (FoyerHttpExchange *self)
{
  return self->status >= 400 && self->status < 500 ? FOYER_OUTCOME_ANSWERED : FOYER_OUTCOME_UNKNOWN;
}

static void
fail_too_long (FoyerHttpExchange *self)
{
  GError *error = new_error (self, FOYER_ERROR_PROTOCOL, "body over the limit",
                             _ ("The service sent much more than was asked for."));

  g_cancellable_cancel (self->cancellable);
  fail (self, error, outcome_of_unreadable (self), FOYER_HTTP_FAULT_NONE);
}

/* A web page, by what it is called, or, if it has no name, by how it begins. */
static gboolean
is_html (FoyerHttpExchange *self, GBytes *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (type != NULL)
    return g_ascii_strcasecmp (type, "text/html") == 0
           || g_ascii_strcasecmp (type, "application/xhtml+xml") == 0;

  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;
  return length > 0 && *text == '<';
}

static gboolean
is_same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b))
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && g_uri_get_port (a) == g_uri_get_port (b);
}

static gboolean
is_redirect (int status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static void
end_redirected (FoyerHttpExchange *self)
{
  const char *location = soup_message_headers_get_one (
      soup_message_get_response_headers (self->message), "Location");
  GUri *uri = soup_message_get_uri (self->message);
  g_autoptr (GUri) target = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *sentence = NULL;
  GError *error;

  if (location != NULL)
    target = g_uri_parse_relative (uri, location, SOUP_HTTP_URI_FLAGS, NULL);

  if (target != NULL && self->may_redirect && foyer_http_request_is_read (self->request)
      && is_same_origin (uri, target))
    {
      self->redirect = g_steal_pointer (&target);
      end (self);
      return;
    }

  /* the path may name a person or hold a key: only the origin is told */
  if (target != NULL && g_uri_get_host (target) != NULL && *g_uri_get_host (target) != '\0')
    {
      origin = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (target), NULL,
                           g_uri_get_host (target), g_uri_get_port (target), "", NULL, NULL);
      sentence = g_strdup_printf (_ ("The address of the connection leads on to %s."), origin);
    }
  else
    sentence = g_strdup (_ ("The address of the connection leads on to another one."));

  error = new_error (self, FOYER_ERROR_PROTOCOL, "redirected", sentence);
  foyer_error_set_hint (error, _ ("If that is the service's new address, enter it in the "
                                  "connection's settings."));
  fail (self, error,
        self->status == 303 && !foyer_http_request_is_read (self->request) ? FOYER_OUTCOME_UNKNOWN
                                                                           : FOYER_OUTCOME_ANSWERED,
        FOYER_HTTP_FAULT_NONE);
}

/* What a worker thread needs, and makes. */
typedef struct
{
  FoyerHttpRequest *request;
  int status;
  GPtrArray *headers;
  GBytes *body;
  gint64 duration;
  gint64 retry_after;
  FoyerHttpResponse *response;
  GError *error; /* the body is no JSON */
} Reading;

static void
reading_free (Reading *self)
{
  foyer_http_request_unref (self->request);
  g_ptr_array_unref (self->headers);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->response, foyer_http_response_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* Makes the response. If the body is no JSON: without any, and with @error set. */
static void
reading_run (Reading *self)
{
  FoyerJsonLimits limits = { .max_bytes = self->request->max_body };
  gsize length = g_bytes_get_size (self->body);
  g_autoptr (FoyerJsonMap) map = NULL;

  if (length > 0)
    map = foyer_json_check (g_bytes_get_data (self->body, NULL), length, &limits, &self->error);

  self->response = foyer_http_response_new (
      self->request->method, self->request->route, self->status, self->headers, self->body,
      g_steal_pointer (&map), self->duration, self->retry_after);
  foyer_http_response_parse (self->response);
}

static void
reading_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  reading_run (task_data);
  g_task_return_boolean (task, TRUE);
}

/* Whether an answer of this status is one without a readable body: a proxy's "try later". */
static gboolean
is_busy (int status)
{
  return status == 429 || (status >= 500 && status < 600);
}

static void
fail_on_html (FoyerHttpExchange *self)
{
  GError *error = new_error (self, FOYER_ERROR_PROTOCOL, "a web page",
                             _ ("The address answers, but with a web page instead of data."));

  foyer_error_set_hint (error, _ ("Check the address of the connection, and whether this network "
                                  "has a login page."));
  fail (self, error, outcome_of_unreadable (self), FOYER_HTTP_FAULT_UNANSWERED);
}

static void
conclude (FoyerHttpExchange *self, Reading *reading)
{
  gboolean success = self->status >= 200 && self->status < 300;
  gboolean wants_json = self->request->accept == NULL;

  if (reading->error != NULL && is_html (self, reading->body) && !is_busy (self->status)
      && (wants_json || success))
    {
      fail_on_html (self);
      return;
    }

  if (reading->error != NULL && success && wants_json)
    {
      fail (self, g_steal_pointer (&reading->error), FOYER_OUTCOME_UNKNOWN,
            FOYER_HTTP_FAULT_UNANSWERED);
      return;
    }

  self->fault = is_busy (self->status) ? FOYER_HTTP_FAULT_BUSY : FOYER_HTTP_FAULT_NONE;
  self->response = g_steal_pointer (&reading->response);
  end (self);
}

static void
reading_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = g_task_get_task_data (G_TASK (result));

  conclude (user_data, reading);
}

static void
copy_header (const char *name, const char *value, gpointer user_data)
{
  GPtrArray *headers = user_data;

  g_ptr_array_add (headers, g_strdup (name));
  g_ptr_array_add (headers, g_strdup (value));
}

/* Whether the body is as long as was said, or nothing was said. */
static gboolean
is_whole (FoyerHttpExchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  guint64 said, came = self->body->len;

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    return TRUE;

  said = (guint64)soup_message_headers_get_content_length (headers);
  if (soup_message_headers_get_one (headers, "Content-Encoding") != NULL)
    came = soup_message_metrics_get_response_body_bytes_received (
        soup_message_get_metrics (self->message));

  return came == said;
}

/* Whether the end of a body that is not JSON is proved by anything. */
static gboolean
is_proved (FoyerHttpExchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
         && soup_message_headers_get_one (headers, "Content-Encoding") == NULL;
}

static gboolean
may_be_empty (FoyerHttpExchange *self)
{
  return self->status == 204 || self->status == 205 || self->status == 304
         || g_str_equal (self->request->method, "HEAD") || self->status >= 300 || is_proved (self);
}

/* The last byte has come. */
static void
finish_body (FoyerHttpExchange *self)
{
  gboolean success = self->status >= 200 && self->status < 300;
  gboolean has_body = !g_str_equal (self->request->method, "HEAD") && self->status != 304;
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  Reading *reading;

  self->bytes_received = self->body->len;
  if (self->timer != NULL)
    g_source_destroy (self->timer);

  if ((has_body && !is_whole (self)) || (self->body->len == 0 && !may_be_empty (self)))
    {
      fail (self,
            new_error (self, FOYER_ERROR_OFFLINE, "the body was cut",
                       _ ("The connection to the service broke off.")),
            FOYER_OUTCOME_UNKNOWN, FOYER_HTTP_FAULT_UNANSWERED);
      return;
    }

  if (is_redirect (self->status))
    {
      end_redirected (self);
      return;
    }

  if (self->request->accept != NULL && success && has_body && !is_proved (self))
    {
      fail (self,
            new_error (self, FOYER_ERROR_PROTOCOL, "no length is given",
                       _ ("The service sent a file that may not be complete.")),
            FOYER_OUTCOME_UNKNOWN, FOYER_HTTP_FAULT_NONE);
      return;
    }

  reading = g_new0 (Reading, 1);
  reading->request = foyer_http_request_ref (self->request);
  reading->status = self->status;
  reading->headers = g_ptr_array_new_with_free_func (g_free);
  soup_message_headers_foreach (headers, copy_header, reading->headers);
  reading->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  self->body = g_byte_array_new ();
  reading->duration = g_get_monotonic_time () - self->started_at;
  reading->retry_after = self->retry_after;

  if (self->bytes_received <= SMALL_BODY)
    {
      reading_run (reading);
      conclude (self, reading);
      reading_free (reading);
    }
  else
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, reading_ready, self);

      g_task_set_source_tag (task, finish_body);
      g_task_set_task_data (task, reading, (GDestroyNotify)reading_free);
      g_task_run_in_thread (task, reading_thread);
    }
}

static void read_some (FoyerHttpExchange *self);

static void
read_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerHttpExchange *self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  guint before = self->body->len - FIRST_READ;

  g_byte_array_set_size (self->body, before + (guint)MAX (n, 0));
  if (n < 0)
    fail_on_transport (self, error);
  else if (self->body->len > self->request->max_body)
    fail_too_long (self);
  else if (n == 0)
    finish_body (self);
  else
    read_some (self);
}

static void
read_some (FoyerHttpExchange *self)
{
  guint before = self->body->len;

  g_byte_array_set_size (self->body, before + FIRST_READ);
  g_input_stream_read_async (self->stream, self->body->data + before, FIRST_READ,
                             G_PRIORITY_DEFAULT, self->cancellable, read_ready, self);
}

static void
read_headers (FoyerHttpExchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *date = soup_message_headers_get_one (headers, "Date");
  const char *age = soup_message_headers_get_one (headers, "Age");
  FoyerTime when = FOYER_TIME_NONE;

  self->steady_headers = foyer_http_clock_get_steady_time ();
  self->status = (int)soup_message_get_status (self->message);

  if (date == NULL || !foyer_time_parse_http_date (date, &when))
    when = FOYER_TIME_NONE;
  self->retry_after = foyer_http_parse_retry_after (
      soup_message_headers_get_one (headers, "Retry-After"),
      when != FOYER_TIME_NONE ? when : g_get_real_time ());
  /* a cache keeps the date of when it was asked first */
  self->date = age == NULL || g_str_equal (age, "0") ? when : FOYER_TIME_NONE;
}

static void
send_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerHttpExchange *self = user_data;
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream == NULL)
    {
      fail_on_transport (self, error);
      return;
    }

  read_headers (self);
  self->body = g_byte_array_new ();
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && !g_str_equal (self->request->method, "HEAD")
      && (guint64)soup_message_headers_get_content_length (headers) > self->request->max_body)
    fail_too_long (self);
  else
    read_some (self);
}

static void
on_starting (FoyerHttpExchange *self)
{
  self->sent = TRUE;
}

static void
on_restarted (FoyerHttpExchange *self)
{
  if (foyer_http_request_is_read (self->request) || !self->sent)
    return;

  self->guarded = TRUE;
  g_cancellable_cancel (self->cancellable);
}

static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       FoyerHttpExchange *self)
{
  GUri *uri = soup_message_get_uri (message);

  if (self->ca != NULL)
    {
      g_autoptr (GSocketConnectable) identity = g_network_address_new (
          g_uri_get_host (uri), (guint16)MAX (g_uri_get_port (uri), 0));

      /* files only: nothing is asked over the network */
      flags = g_tls_database_verify_chain (self->ca, certificate,
                                           G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity,
                                           NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
      if (flags == 0)
        return TRUE;
    }

  self->certificate_flags = flags;
  g_set_object (&self->certificate, certificate);
  return FALSE;
}

static gboolean
on_deadline (gpointer user_data)
{
  FoyerHttpExchange *self = user_data;

  self->timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
set_headers (FoyerHttpExchange *self, const char *authorization)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);
  FoyerHttpRequest *request = self->request;

  if (request->accept != NULL)
    {
      /* unpacked, nothing would prove that it is whole */
      soup_message_headers_replace (headers, "Accept-Encoding", "identity");
      soup_message_headers_replace (headers, "Accept", request->accept);
    }
  else
    soup_message_headers_replace (headers, "Accept", "application/json");

  if (authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", authorization);
  for (guint i = 0; i < request->headers->len; i += 2)
    soup_message_headers_replace (headers, request->headers->pdata[i],
                                  request->headers->pdata[i + 1]);
}

/* Starts. @exchange is set before anything can be called back, and is valid until @done. */
void
foyer_http_exchange_start (SoupSession *session,
                           FoyerHttpRequest *request,
                           GUri *uri,
                           const char *authorization,
                           GTlsDatabase *ca,
                           gint64 deadline,
                           gboolean may_redirect,
                           FoyerHttpExchange **exchange,
                           FoyerHttpExchangeDone done,
                           gpointer user_data)
{
  FoyerHttpExchange *self = g_new0 (FoyerHttpExchange, 1);

  self->request = foyer_http_request_ref (request);
  self->message = soup_message_new_from_uri (request->method, uri);
  g_set_object (&self->ca, ca);
  self->deadline = deadline;
  self->may_redirect = may_redirect;
  self->date = FOYER_TIME_NONE;
  self->cancellable = g_cancellable_new ();
  self->done = done;
  self->user_data = user_data;

  soup_message_set_flags (self->message, SOUP_MESSAGE_IDEMPOTENT | SOUP_MESSAGE_NO_REDIRECT
                                             | SOUP_MESSAGE_COLLECT_METRICS);
  if (request->body != NULL)
    {
      soup_message_set_request_body_from_bytes (self->message, request->content_type,
                                                request->body);
      self->bytes_sent = g_bytes_get_size (request->body);
    }
  set_headers (self, authorization);

  g_signal_connect_swapped (self->message, "starting", G_CALLBACK (on_starting), self);
  g_signal_connect_swapped (self->message, "restarted", G_CALLBACK (on_restarted), self);
  g_signal_connect (self->message, "accept-certificate", G_CALLBACK (on_accept_certificate), self);

  self->timer = g_timeout_source_new ((guint)MIN ((deadline + 999) / 1000, G_MAXINT));
  g_source_set_callback (self->timer, on_deadline, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());

  *exchange = self;
  self->at = g_get_real_time ();
  self->started_at = g_get_monotonic_time ();
  self->steady_sent = foyer_http_clock_get_steady_time ();
  soup_session_send_async (session, self->message,
                           request->urgent ? G_PRIORITY_HIGH : G_PRIORITY_DEFAULT,
                           self->cancellable, send_ready, self);
}

/* Breaks it off, on behalf of the person; @done is called later. What has come whole stays. */
void
foyer_http_exchange_cancel (FoyerHttpExchange *self)
{
  self->cancelled = TRUE;
  g_cancellable_cancel (self->cancellable);
}
