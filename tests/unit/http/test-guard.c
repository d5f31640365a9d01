/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing is sent twice that must not be; what may be is tried again; a service that does not
 * answer is left alone; everybody who listens is told. */

#define G_LOG_DOMAIN "test-http"

#include <string.h>

#include "http-fixture.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define OK_ANSWER OK_HEAD "Content-Length: 2\r\n\r\n{}"

/* The connection was used before, and dies just as the write is on it: libsoup sends PUT and
 * DELETE again. */
static void
test_never_twice (void)
{
  static const char *const methods[] = { "POST", "PUT", "PATCH", "DELETE" };
  static const FoyerFault faults[] = {
    { .end = FOYER_FAULT_CLOSE },
    { .end = FOYER_FAULT_RESET },
    { .answer = "HTTP/1.1 200 OK\r\nConte", .length = -1, .end = FOYER_FAULT_CLOSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++)
      {
        g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
        g_autoptr (FoyerHttp) http = fixture_connect (server);
        g_autoptr (FoyerHttpRequest) read = fixture_request ("GET");
        g_autoptr (FoyerHttpRequest) write = fixture_request (methods[i]);
        g_autoptr (FoyerHttpResponse) response = NULL;
        g_autoptr (GError) error = NULL;

        g_test_message ("%s %u", methods[i], j);
        foyer_http_request_set_patience (write, FOYER_HOUR);
        response = fixture_ask (http, read, &error);
        g_assert_no_error (error);

        foyer_fault_server_push (server, &faults[j]);
        error = fixture_ask_error (http, write);
        g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_UNKNOWN);
        g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 2);
        g_assert_cmpstr (foyer_fault_server_get_request (server, 1)->method, ==, methods[i]);
        /* on the connection that was there */
        g_assert_cmpuint (foyer_fault_server_get_request (server, 1)->connection, ==, 1);

        /* and nothing comes late */
        g_clear_pointer (&response, foyer_http_response_unref);
        g_clear_error (&error);
        response = fixture_ask (http, read, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 3);
        g_assert_cmpstr (foyer_fault_server_get_request (server, 2)->method, ==, "GET");
      }
}

/* Twenty writes need one connection, not twenty. */
static void
test_reuse (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (FoyerHttpRequest) request = fixture_request (i % 2 ? "POST" : "PATCH");
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerHttpResponse) response = fixture_ask (http, request, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (foyer_fault_server_get_request (server, i)->body, ==,
                       "{\"amount\":\"1.00\"}");
    }
  g_assert_cmpuint (foyer_fault_server_count_connections (server), ==, 1);
}

/* A server that closes after each answer costs nothing but a connection. */
static void
test_closed_between (void)
{
  static const FoyerFault fault = { .answer = OK_ANSWER, .length = -1, .end = FOYER_FAULT_CLOSE };
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
      g_autoptr (FoyerHttpResponse) response = NULL;
      g_autoptr (GError) error = NULL;

      foyer_http_request_set_patience (request, FOYER_SECOND);
      foyer_fault_server_push (server, &fault);
      response = fixture_ask (http, request, &error);
      g_assert_no_error (error);
    }
}

static void
test_reads_again (void)
{
  static const FoyerFault faults[] = {
    { .end = FOYER_FAULT_RESET },
    { .answer = "HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n", .length = -1 },
    { .answer = OK_HEAD "Transfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n",
      .length = -1,
      .end = FOYER_FAULT_CLOSE },
    { .answer = "HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n", .length = -1 },
  };
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  g_autoptr (GPtrArray) log = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_call_unref);
  g_autoptr (FoyerHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  /* A body cut between two chunks is whole for libsoup 3.2, and then not JSON; 3.6 sees the cut. */
  static const char *const errors[] = { "OFFLINE", "SERVER", "PROTOCOL", "RATE_LIMITED", NULL };
  const char *cut;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    foyer_fault_server_push (server, &faults[i]);
  foyer_http_request_set_patience (request, 15 * FOYER_SECOND);
  foyer_http_request_set_call_log (request, log);
  response = fixture_ask (http, request, &error);
  g_assert_no_error (error);
  g_assert_cmpint (foyer_http_response_get_status (response), ==, 200);
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 5);

  /* each attempt is a call */
  g_assert_cmpuint (log->len, ==, 5);
  /* libsoup 3.2 takes the cut body for a whole one, which is not JSON; 3.6 sees the cut */
  cut = ((FoyerCall *)log->pdata[2])->error;
  for (guint i = 0; i < 5; i++)
    if (i != 2 || g_strcmp0 (cut, "OFFLINE") != 0)
      g_assert_cmpstr (((FoyerCall *)log->pdata[i])->error, ==, errors[i]);
}

/* A read outlasts an open circuit, if it has the patience; else it tells what really happened. */
static void
test_outlasts_breaker (void)
{
  static const char failing[] = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n";
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  g_autoptr (FoyerHttpResponse) impatient = NULL;
  g_autoptr (FoyerHttpResponse) patient = NULL;

  for (guint i = 0; i < 6; i++)
    foyer_fault_server_push_answer (server, failing);
  foyer_http_request_set_patience (request, FOYER_SECOND / 2);
  impatient = fixture_ask (http, request, NULL);
  g_assert_cmpint (foyer_http_response_get_status (impatient), ==, 500);
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 5);

  g_clear_pointer (&http, g_object_unref);
  http = fixture_connect (server);
  for (guint i = 0; i < 4; i++)
    foyer_fault_server_push_answer (server, failing);
  foyer_http_request_set_patience (request, 10 * FOYER_SECOND);
  patient = fixture_ask (http, request, NULL);
  g_assert_cmpint (foyer_http_response_get_status (patient), ==, 200);
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 11);
}

/* A callback may let go of the connection while others still wait. */
static void
on_let_go (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerHttp **http = user_data;

  foyer_http_response_unref (foyer_http_send_finish (FOYER_HTTP (source), result, NULL));
  g_clear_object (http);
}

static void
test_let_go_inside (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  FoyerHttp *http = fixture_connect (server);
  FoyerHttp *weak = http;
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");

  g_object_add_weak_pointer (G_OBJECT (http), (gpointer *)&weak);
  foyer_http_send_async (http, request, NULL, on_let_go, &http);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (http);
}

/* The pause that the service asks for is kept, if the patience is long enough. */
static void
test_retry_after (void)
{
  static const char busy[] = "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  g_autoptr (FoyerHttpResponse) patient = NULL;
  g_autoptr (FoyerHttpResponse) impatient = NULL;
  gint64 start = g_get_monotonic_time ();

  foyer_http_request_set_patience (request, 5 * FOYER_SECOND);
  foyer_fault_server_push_answer (server, busy);
  patient = fixture_ask (http, request, NULL);
  g_assert_cmpint (foyer_http_response_get_status (patient), ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, FOYER_SECOND);

  foyer_http_request_set_patience (request, FOYER_SECOND / 2);
  foyer_fault_server_push_answer (server, busy);
  impatient = fixture_ask (http, request, NULL);
  g_assert_cmpint (foyer_http_response_get_status (impatient), ==, 503);
  g_assert_cmpint (foyer_http_response_get_retry_after (impatient), ==, FOYER_SECOND);
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 3);
}

/* After a 429 nothing is sent until its time has come: who cannot wait is told at once. */
static void
test_lane_paused (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");
  g_autoptr (FoyerHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  foyer_fault_server_push_answer (
      server, "HTTP/1.1 429 Slow\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n");
  response = fixture_ask (http, request, NULL);
  g_assert_cmpint (foyer_http_response_get_status (response), ==, 429);

  error = fixture_ask_error (http, request);
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_RATE_LIMITED);
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_NEVER_SENT);
  g_assert_cmpint (foyer_error_get_retry_after (error), >, 55 * FOYER_SECOND);
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 1);
}

static void
test_breaker (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) write = fixture_request ("POST");
  g_autoptr (FoyerHttpRequest) probe = fixture_request ("GET");
  g_autoptr (FoyerHttpResponse) response = NULL;
  g_autoptr (Ear) audit = ear_new ();
  static const FoyerFault reset = { .end = FOYER_FAULT_RESET };

  foyer_http_set_listener (http, FOYER_CALL_ROLE_AUDIT, FOYER_CALL_LISTENER (audit));
  for (guint i = 0; i < 5; i++)
    {
      foyer_fault_server_push (server, &reset);
      fixture_assert_fails (http, write, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_UNKNOWN);
      g_assert_cmpint (foyer_http_get_reach (http), ==,
                       i == 0 ? FOYER_REACH_UNKNOWN : FOYER_REACH_OFFLINE);
    }

  for (guint i = 0; i < 3; i++)
    fixture_assert_fails (http, write, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_NEVER_SENT);
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 5);
  /* what was not tried is no call */
  g_assert_cmpuint (audit->calls->len, ==, 5);

  foyer_http_request_set_probe (probe, TRUE);
  response = fixture_ask (http, probe, NULL);
  g_assert_nonnull (response);
  g_assert_cmpint (foyer_http_get_reach (http), ==, FOYER_REACH_ONLINE);
  g_clear_pointer (&response, foyer_http_response_unref);
  response = fixture_ask (http, write, NULL);
  g_assert_nonnull (response);
}

static gboolean
is_online (gpointer data)
{
  return foyer_http_get_reach (data) == FOYER_REACH_ONLINE;
}

static void
count_notify (guint *count)
{
  ++*count;
}

/* The return of a service is noticed without anybody asking. */
static void
test_probe (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");
  g_autoptr (FoyerHttpRequest) probe = foyer_http_request_new ("GET", "/probe/");
  static const FoyerFault reset = { .end = FOYER_FAULT_RESET };
  guint notified = 0;

  g_signal_connect_swapped (http, "notify::reach", G_CALLBACK (count_notify), &notified);
  foyer_http_set_probe (http, probe);
  foyer_fault_server_push (server, &reset);
  foyer_fault_server_push (server, &reset);
  fixture_assert_fails (http, request, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_UNKNOWN);
  fixture_assert_fails (http, request, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_UNKNOWN);
  g_assert_cmpint (foyer_http_get_reach (http), ==, FOYER_REACH_OFFLINE);
  g_assert_cmpuint (notified, ==, 1);

  fixture_iterate_until (is_online, http);
  g_assert_cmpuint (notified, ==, 2);
  g_assert_cmpstr (foyer_fault_server_get_request (server, 2)->target, ==, "/probe/");
}

/* Let go while a probe is due, or while requests are on their way. */
static void
test_let_go (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  FoyerHttp *http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  g_autoptr (FoyerHttpRequest) probe = foyer_http_request_new ("GET", "/probe/");
  static const FoyerFault reset = { .end = FOYER_FAULT_RESET };
  g_auto (Asking) asking = { 0 };

  foyer_http_set_probe (http, probe);
  foyer_fault_server_push (server, &reset);
  foyer_fault_server_push (server, &reset);
  g_error_free (fixture_ask_error (http, request));
  g_error_free (fixture_ask_error (http, request));
  fixture_begin (http, request, NULL, &asking);
  g_object_add_weak_pointer (G_OBJECT (http), (gpointer *)&http);
  g_object_unref (http);
  fixture_end (&asking);
  g_assert_nonnull (asking.response);
  while (http != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_listeners (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (Ear) health = ear_new ();
  g_autoptr (Ear) audit = ear_new ();
  g_autoptr (Ear) errors = ear_new ();
  g_autoptr (GPtrArray) log = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_call_unref);
  g_autoptr (FoyerHttpRequest) read = foyer_http_request_new ("GET", "/orders/{code}/");
  g_autoptr (FoyerHttpRequest) write = foyer_http_request_new ("POST", "/redeem/");
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"name\":\"Zoe\"}", 14);
  g_autoptr (FoyerHttpResponse) first = NULL;
  g_autoptr (FoyerHttpResponse) second = NULL;
  g_autoptr (FoyerHealth) figures = NULL;
  FoyerCall *call;

  foyer_http_set_authorization (http, "Device", "verysecret", NULL);
  foyer_http_set_listener (http, FOYER_CALL_ROLE_HEALTH, FOYER_CALL_LISTENER (health));
  foyer_http_set_listener (http, FOYER_CALL_ROLE_AUDIT, FOYER_CALL_LISTENER (audit));
  foyer_http_set_listener (http, FOYER_CALL_ROLE_ERRORS, FOYER_CALL_LISTENER (errors));

  foyer_http_request_set_segment (read, "code", "ABCDE");
  foyer_http_request_add_query (read, "search", "zoe@example.org");
  first = fixture_ask (http, read, NULL);
  g_assert_nonnull (first);
  g_assert_cmpstr (foyer_fault_server_get_request (server, 0)->target, ==,
                   "/orders/ABCDE/?search=zoe%40example.org");

  foyer_http_request_set_body (write, "application/json", body);
  foyer_http_request_set_call_log (write, log);
  foyer_fault_server_push_answer (server, "HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\n{}");
  second = fixture_ask (http, write, NULL);
  g_assert_nonnull (second);

  g_assert_cmpuint (health->calls->len, ==, 2);
  g_assert_cmpuint (errors->calls->len, ==, 2);
  g_assert_cmpuint (audit->calls->len, ==, 1);
  g_assert_cmpuint (log->len, ==, 1);

  call = audit->calls->pdata[0];
  g_assert_cmpstr (call->connection, ==, "Desk");
  g_assert_cmpstr (call->service, ==, "test");
  g_assert_cmpstr (call->method, ==, "GET");
  g_assert_cmpstr (call->route, ==, "/orders/{code}/");
  g_assert_cmpint (call->status, ==, 200);
  g_assert_null (call->error);
  g_assert_cmpint (call->duration, >, 0);
  g_assert_cmpint (ABS (call->at - g_get_real_time ()), <, FOYER_MINUTE);
  g_assert_cmpuint (strlen (call->request_id), ==, 36);
  g_assert_cmpuint (call->bytes_received, ==, 2);

  call = log->pdata[0];
  g_assert_cmpstr (call->error, ==, "FORBIDDEN");
  g_assert_cmpint (call->status, ==, 403);
  g_assert_cmpuint (call->bytes_sent, ==, 14);
  g_assert_true (call == errors->calls->pdata[1]);

  figures = foyer_http_dup_health (http);
  g_assert_cmpuint (figures->calls, ==, 2);
  g_assert_cmpuint (figures->failures, ==, 0);
  g_assert_cmpint (figures->p95, >, 0);
  g_assert_cmpint (figures->p50, <=, figures->p95);
  g_assert_cmpint (figures->reach, ==, FOYER_REACH_ONLINE);
  g_assert_false (figures->skew_known);
}

static char *
format_http_date (FoyerTime time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / FOYER_SECOND);

  return g_date_time_format (date, "%a, %d %b %Y %H:%M:%S GMT");
}

static void
test_skew (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  g_autofree char *date = format_http_date (g_get_real_time () + 3 * FOYER_HOUR);
  g_autofree char *answer = g_strdup_printf (OK_HEAD "Date: %s\r\nContent-Length: 2\r\n\r\n{}",
                                             date);
  g_autofree char *cached = g_strdup_printf (OK_HEAD
                                             "Date: Tue, 14 Nov 2023 22:13:50 GMT\r\nAge: 5\r\n"
                                             "Content-Length: 2\r\n\r\n{}");
  g_autoptr (FoyerHttpResponse) first = NULL;
  g_autoptr (FoyerHttpResponse) second = NULL;
  g_autoptr (FoyerHealth) health = NULL;
  FoyerTime now;
  gint64 uncertainty;

  g_assert_false (foyer_http_get_service_time (http, &now, NULL));
  foyer_fault_server_push_answer (server, answer);
  foyer_fault_server_push_answer (server, cached);
  first = fixture_ask (http, request, NULL);
  second = fixture_ask (http, request, NULL);
  g_assert_nonnull (second);

  g_assert_true (foyer_http_get_service_time (http, &now, &uncertainty));
  g_assert_cmpint (ABS (now - (g_get_real_time () + 3 * FOYER_HOUR)), <, 5 * FOYER_SECOND);
  g_assert_cmpint (uncertainty, >, 0);
  health = foyer_http_dup_health (http);
  g_assert_true (health->skew_known);
  g_assert_cmpint (ABS (health->skew - 3 * FOYER_HOUR), <, 5 * FOYER_SECOND);
}

/* A Date lacks the part of a second: what it does not contradict is no skew. */
static void
test_no_skew (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  g_autofree char *date = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (FoyerHttpResponse) response = NULL;
  g_autoptr (FoyerHealth) health = NULL;

  /* Not at the end of a second: the Date would be of the last one when the answer comes. */
  while (g_get_real_time () % FOYER_SECOND > 9 * FOYER_SECOND / 10)
    g_thread_yield ();
  date = format_http_date (g_get_real_time ());
  answer = g_strdup_printf (OK_HEAD "Date: %s\r\nContent-Length: 2\r\n\r\n{}", date);
  foyer_fault_server_push_answer (server, answer);
  response = fixture_ask (http, request, NULL);
  g_assert_nonnull (response);
  health = foyer_http_dup_health (http);
  g_assert_true (health->skew_known);
  g_assert_cmpint (health->skew, ==, 0);
}

/* Not more at once than is polite; and who has a person waiting goes first. */
static void
test_lane (void)
{
  static const FoyerFault slow = { .answer = OK_ANSWER, .length = -1, .drip = 5, .drip_from = 60 };
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  Asking pages[12] = { 0 };
  g_auto (Asking) scan = { 0 };
  g_autoptr (FoyerHttpRequest) urgent = foyer_http_request_new ("POST", "/redeem/");

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (FoyerHttpRequest) page = fixture_request ("GET");

      foyer_fault_server_push (server, &slow);
      fixture_begin (http, page, NULL, &pages[i]);
    }
  foyer_fault_server_push (server, &slow);
  foyer_http_request_set_urgent (urgent, TRUE);
  fixture_begin (http, urgent, NULL, &scan);

  fixture_end (&scan);
  g_assert_no_error (scan.error);
  g_assert_false (pages[11].done);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      fixture_end (&pages[i]);
      g_assert_no_error (pages[i].error);
      asking_clear (&pages[i]);
    }
  g_assert_cmpuint (foyer_fault_server_get_most_at_once (server), <=, 5);
  g_assert_cmpuint (foyer_fault_server_get_most_at_once (server), >=, 2);
}

/* What waits for its turn can be cancelled, and has a deadline. */
static void
test_waiting (void)
{
  static const FoyerFault silent = { .end = FOYER_FAULT_SILENT };
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  Asking held[4] = { 0 };
  g_auto (Asking) late = { 0 };
  g_auto (Asking) cancelled = { 0 };
  g_autoptr (GCancellable) all = g_cancellable_new ();
  g_autoptr (GCancellable) one = g_cancellable_new ();
  g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");
  g_autoptr (FoyerHttpRequest) hasty = fixture_request ("POST");

  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    {
      foyer_fault_server_push (server, &silent);
      fixture_begin (http, request, all, &held[i]);
    }
  foyer_http_request_set_deadline (hasty, FOYER_SECOND / 10);
  fixture_begin (http, hasty, NULL, &late);
  fixture_begin (http, request, one, &cancelled);

  g_cancellable_cancel (one);
  fixture_end (&cancelled);
  g_assert_error (cancelled.error, FOYER_ERROR, FOYER_ERROR_CANCELLED);
  g_assert_cmpint (foyer_error_get_outcome (cancelled.error), ==, FOYER_OUTCOME_NEVER_SENT);

  fixture_end (&late);
  g_assert_error (late.error, FOYER_ERROR, FOYER_ERROR_TIMEOUT);
  g_assert_cmpint (foyer_error_get_outcome (late.error), ==, FOYER_OUTCOME_NEVER_SENT);

  g_cancellable_cancel (all);
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    {
      fixture_end (&held[i]);
      g_assert_error (held[i].error, FOYER_ERROR, FOYER_ERROR_CANCELLED);
      asking_clear (&held[i]);
    }
  g_assert_cmpuint (foyer_fault_server_count_requests (server), <=, 4);
}

static void
test_rate (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  gint64 start = g_get_monotonic_time ();

  foyer_http_set_rate_limit (http, 600, 2);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
      g_autoptr (FoyerHttpResponse) response = fixture_ask (http, request, NULL);

      g_assert_nonnull (response);
    }
  /* two at once, then one each 100 ms */
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 290000);
}

int
main (int argc, char **argv)
{
  foyer_http_init_process ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/guard/never-twice", test_never_twice);
  g_test_add_func ("/http/guard/reuse", test_reuse);
  g_test_add_func ("/http/guard/closed-between", test_closed_between);
  g_test_add_func ("/http/guard/reads-again", test_reads_again);
  g_test_add_func ("/http/guard/retry-after", test_retry_after);
  g_test_add_func ("/http/guard/outlasts-breaker", test_outlasts_breaker);
  g_test_add_func ("/http/guard/let-go-inside", test_let_go_inside);
  g_test_add_func ("/http/guard/lane-paused", test_lane_paused);
  g_test_add_func ("/http/guard/breaker", test_breaker);
  g_test_add_func ("/http/guard/probe", test_probe);
  g_test_add_func ("/http/guard/let-go", test_let_go);
  g_test_add_func ("/http/guard/listeners", test_listeners);
  g_test_add_func ("/http/guard/skew", test_skew);
  g_test_add_func ("/http/guard/no-skew", test_no_skew);
  g_test_add_func ("/http/guard/lane", test_lane);
  g_test_add_func ("/http/guard/waiting", test_waiting);
  g_test_add_func ("/http/guard/rate", test_rate);
  return g_test_run ();
}
