/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person and a command are told when the wire breaks, at every place where it can. */

#define G_LOG_DOMAIN "test-http"

#include <string.h>

#include "http-fixture.h"

#define JSON_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

typedef struct
{
  const char *name;
  FoyerFault fault;
  FoyerError code;
  FoyerOutcome outcome;
  gboolean or_offline; /* what a libsoup says that sees the cut */
} Case;

/* After the first byte has left, nobody knows. */
static const Case cut[] = {
  { "close-at-accept",
    { .at_accept = TRUE, .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_OFFLINE,
    FOYER_OUTCOME_UNKNOWN },
  { "reset-at-accept",
    { .at_accept = TRUE, .end = FOYER_FAULT_RESET },
    FOYER_ERROR_OFFLINE,
    FOYER_OUTCOME_UNKNOWN },
  { "close", { .end = FOYER_FAULT_CLOSE }, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_UNKNOWN },
  { "reset", { .end = FOYER_FAULT_RESET }, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_UNKNOWN },
  { "half-status-line",
    { .answer = "HTTP/1.1 2", .length = -1, .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_PROTOCOL,
    FOYER_OUTCOME_UNKNOWN },
  { "half-header",
    { .answer = "HTTP/1.1 200 OK\r\nContent-Le", .length = -1, .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_PROTOCOL,
    FOYER_OUTCOME_UNKNOWN },
  { "rubbish",
    { .answer = "220 mail.example.org ESMTP\r\n\r\n", .length = -1, .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_PROTOCOL,
    FOYER_OUTCOME_UNKNOWN },
  { "continue-then-close",
    { .answer = "HTTP/1.1 100 Continue\r\n\r\n", .length = -1, .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_OFFLINE,
    FOYER_OUTCOME_UNKNOWN },
  { "short-body-close",
    { .answer = JSON_HEAD "Content-Length: 10\r\n\r\n[1,2",
      .length = -1,
      .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_OFFLINE,
    FOYER_OUTCOME_UNKNOWN },
  { "short-body-that-is-json",
    { .answer = JSON_HEAD "Content-Length: 10\r\n\r\n[1,2]",
      .length = -1,
      .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_OFFLINE,
    FOYER_OUTCOME_UNKNOWN },
  { "short-body-reset",
    { .answer = JSON_HEAD "Content-Length: 10\r\n\r\n[1,2",
      .length = -1,
      .end = FOYER_FAULT_RESET },
    FOYER_ERROR_OFFLINE,
    FOYER_OUTCOME_UNKNOWN },
  { "no-length-cut",
    { .answer = JSON_HEAD "Connection: close\r\n\r\n[1,2", .length = -1, .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_PROTOCOL,
    FOYER_OUTCOME_UNKNOWN },
  { "no-length-empty",
    { .answer = JSON_HEAD "Connection: close\r\n\r\n", .length = -1, .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_OFFLINE,
    FOYER_OUTCOME_UNKNOWN },
  /* libsoup 3.2 says success, 3.6 sees it */
  { "cut-between-chunks",
    { .answer = JSON_HEAD "Transfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n",
      .length = -1,
      .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_PROTOCOL,
    FOYER_OUTCOME_UNKNOWN,
    .or_offline = TRUE },
  { "cut-in-a-chunk",
    { .answer = JSON_HEAD "Transfer-Encoding: chunked\r\n\r\n9\r\n[1,",
      .length = -1,
      .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_OFFLINE,
    FOYER_OUTCOME_UNKNOWN },
  { "bad-chunk",
    { .answer = JSON_HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\n[1,\r\n",
      .length = -1,
      .end = FOYER_FAULT_CLOSE },
    FOYER_ERROR_OFFLINE,
    FOYER_OUTCOME_UNKNOWN },
  { "bad-json",
    { .answer = JSON_HEAD "Content-Length: 5\r\n\r\n[1,2}", .length = -1 },
    FOYER_ERROR_PROTOCOL,
    FOYER_OUTCOME_UNKNOWN },
  { "html",
    { .answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
                "13\r\n\r\n<html></html>",
      .length = -1 },
    FOYER_ERROR_PROTOCOL,
    FOYER_OUTCOME_UNKNOWN },
  { "html-404",
    { .answer = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: "
                "13\r\n\r\n<html></html>",
      .length = -1 },
    FOYER_ERROR_PROTOCOL,
    FOYER_OUTCOME_ANSWERED },
  { "html-401-without-type",
    { .answer = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 13\r\n\r\n<html></html>",
      .length = -1 },
    FOYER_ERROR_PROTOCOL,
    FOYER_OUTCOME_ANSWERED },
  { "length-over-limit",
    { .answer = JSON_HEAD "Content-Length: 99999999\r\n\r\n[1,2",
      .length = -1,
      .end = FOYER_FAULT_SILENT },
    FOYER_ERROR_PROTOCOL,
    FOYER_OUTCOME_UNKNOWN },
};

/* The connection ends as soon as it is there: it depends on the kernel whether that is seen before
 * or after the first byte was handed over, and what is told must be one of these. */
static void
assert_fails_early (FoyerHttp *http, FoyerHttpRequest *request)
{
  g_autoptr (GError) error = fixture_ask_error (http, request);

  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_OFFLINE);
  g_assert_cmpint (foyer_error_get_outcome (error), !=, FOYER_OUTCOME_ANSWERED);
}

static void
test_cut (gconstpointer data)
{
  const Case *c = data;
  static const char *const methods[] = { "GET", "POST", "PATCH", "DELETE" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
      g_autoptr (FoyerHttp) http = fixture_connect (server);
      g_autoptr (FoyerHttpRequest) request = fixture_request (methods[i]);

      g_test_message ("%s", methods[i]);
      foyer_fault_server_push (server, &c->fault);
      if (c->fault.at_accept)
        assert_fails_early (http, request);
      else
        {
          g_autoptr (GError) error = fixture_ask_error (http, request);

          if (!c->or_offline || !g_error_matches (error, FOYER_ERROR, FOYER_ERROR_OFFLINE))
            g_assert_error (error, FOYER_ERROR, c->code);
          g_assert_cmpint (foyer_error_get_outcome (error), ==, c->outcome);
        }
      g_assert_cmpuint (foyer_fault_server_count_connections (server), ==, 1);
    }
}

static void
test_refused (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");

  g_clear_pointer (&server, foyer_fault_server_free);
  fixture_assert_fails (http, request, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_NEVER_SENT);
  g_assert_cmpint (foyer_http_get_reach (http), ==, FOYER_REACH_OFFLINE);
}

/* A resolver that knows nobody: no name is looked up in a real one. */
#define TYPE_NOBODY (nobody_get_type ())
G_DECLARE_FINAL_TYPE (Nobody, nobody, TEST, NOBODY, GResolver)
struct _Nobody
{
  GResolver parent_instance;
};
G_DEFINE_FINAL_TYPE (Nobody, nobody, G_TYPE_RESOLVER)

static void
nobody_lookup_async (GResolver *resolver,
                     const char *name,
                     GResolverNameLookupFlags flags,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "nobody");
}

static GList *
nobody_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
nobody_class_init (NobodyClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_by_name_with_flags_async = nobody_lookup_async;
  G_RESOLVER_CLASS (klass)->lookup_by_name_with_flags_finish = nobody_lookup_finish;
}

static void
nobody_init (Nobody *self)
{
}

static void
test_unknown_name (void)
{
  g_autoptr (GResolver) before = g_resolver_get_default ();
  g_autoptr (GResolver) nobody = g_object_new (TYPE_NOBODY, NULL);
  g_autoptr (FoyerHttp) http = foyer_http_new ("Desk", "test", "https://tickets.example.org", NULL,
                                               NULL, NULL);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");

  g_resolver_set_default (nobody);
  fixture_assert_fails (http, request, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_NEVER_SENT);
  g_resolver_set_default (before);
  g_assert_cmpint (foyer_http_get_reach (http), ==, FOYER_REACH_OFFLINE);
}

/* The handshake gets no answer. */
static void
test_no_tls (void)
{
  static const FoyerFault silent = { .at_accept = TRUE, .end = FOYER_FAULT_SILENT };
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autofree char *url = g_strconcat ("https", foyer_fault_server_get_url (server) + 4, NULL);
  g_autoptr (FoyerHttp) http = foyer_http_new ("Desk", "test", url, NULL, NULL, NULL);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");

  foyer_http_request_set_deadline (request, FOYER_SECOND / 5);
  foyer_fault_server_push (server, &silent);
  fixture_assert_fails (http, request, FOYER_ERROR_TIMEOUT, FOYER_OUTCOME_NEVER_SENT);
}

/* Something else than TLS answers. */
static void
test_not_tls (void)
{
  static const FoyerFault rubbish = {
    .at_accept = TRUE, .answer = "HTTP/1.1 400 Bad\r\n\r\n", .length = -1, .end = FOYER_FAULT_CLOSE
  };
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autofree char *url = g_strconcat ("https", foyer_fault_server_get_url (server) + 4, NULL);
  g_autoptr (FoyerHttp) http = foyer_http_new ("Desk", "test", url, NULL, NULL, NULL);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");

  foyer_fault_server_push (server, &rubbish);
  fixture_assert_fails (http, request, FOYER_ERROR_TLS, FOYER_OUTCOME_NEVER_SENT);
}

/* More than the socket buffers hold. */
static void
test_big_body (void)
{
  static const FoyerFault reset = { .at_accept = TRUE, .end = FOYER_FAULT_RESET };
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");
  gsize length = 8 * 1024 * 1024;
  g_autoptr (GBytes) body = g_bytes_new_take (g_malloc0 (length), length);

  foyer_http_request_set_body (request, "application/octet-stream", body);
  foyer_fault_server_push (server, &reset);
  assert_fails_early (http, request);
}

static void
test_silent (void)
{
  static const FoyerFault faults[] = {
    { .end = FOYER_FAULT_SILENT },
    { .answer = "HTTP/1.1 200 OK\r\n", .length = -1, .end = FOYER_FAULT_SILENT },
    { .answer = JSON_HEAD "Content-Length: 10\r\n\r\n[1,",
      .length = -1,
      .end = FOYER_FAULT_SILENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
      g_autoptr (FoyerHttp) http = fixture_connect (server);
      g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");

      foyer_http_request_set_deadline (request, FOYER_SECOND / 5);
      foyer_fault_server_push (server, &faults[i]);
      fixture_assert_fails (http, request, FOYER_ERROR_TIMEOUT, FOYER_OUTCOME_UNKNOWN);
    }
}

/* A byte each 100 ms: no single read is late, but the whole is. */
static void
test_drip (void)
{
  static const char answer[] = JSON_HEAD "Content-Length: 90\r\n\r\n"
                                         "[\"..................................................."
                                         "..................................\"]";
  const FoyerFault fault
      = { .answer = answer, .length = -1, .drip = 100, .drip_from = sizeof answer - 85 };
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  gint64 start = g_get_monotonic_time ();

  foyer_http_request_set_deadline (request, FOYER_SECOND / 4);
  foyer_fault_server_push (server, &fault);
  fixture_assert_fails (http, request, FOYER_ERROR_TIMEOUT, FOYER_OUTCOME_UNKNOWN);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * FOYER_SECOND);
}

static gboolean
has_request (gpointer data)
{
  return foyer_fault_server_count_requests (data) > 0;
}

static void
test_cancel (void)
{
  static const FoyerFault silent = { .end = FOYER_FAULT_SILENT };
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Asking) before = { 0 };
  g_auto (Asking) during = { 0 };

  foyer_fault_server_push (server, &silent);
  fixture_begin (http, request, cancellable, &during);
  fixture_iterate_until (has_request, server);
  g_cancellable_cancel (cancellable);
  fixture_end (&during);
  g_assert_error (during.error, FOYER_ERROR, FOYER_ERROR_CANCELLED);
  g_assert_cmpint (foyer_error_get_outcome (during.error), ==, FOYER_OUTCOME_UNKNOWN);
  /* it says nothing about the service */
  g_assert_cmpint (foyer_http_get_reach (http), ==, FOYER_REACH_UNKNOWN);

  fixture_begin (http, request, cancellable, &before);
  fixture_end (&before);
  g_assert_error (before.error, FOYER_ERROR, FOYER_ERROR_CANCELLED);
  g_assert_cmpint (foyer_error_get_outcome (before.error), ==, FOYER_OUTCOME_NEVER_SENT);
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 1);
}

static GBytes *
compress (const char *data, gsize length)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, gzip);

  g_assert_true (g_output_stream_write_all (stream, data, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* @keep: how many bytes of @packed are sent; the length that is said is always of these */
static GByteArray *
gzip_answer (GBytes *packed, gsize keep)
{
  GByteArray *answer = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf (
      JSON_HEAD "Content-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", keep);

  g_byte_array_append (answer, (const guint8 *)head, (guint)strlen (head));
  g_byte_array_append (answer, g_bytes_get_data (packed, NULL), (guint)keep);
  return answer;
}

static void
test_gzip (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  g_autoptr (GString) text = g_string_new ("[0");
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GByteArray) whole = NULL;
  g_autoptr (GByteArray) half = NULL;
  g_autoptr (FoyerHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < 20000; i++)
    g_string_append_printf (text, ",%u", i * 7919);
  g_string_append_c (text, ']');
  packed = compress (text->str, text->len);

  whole = gzip_answer (packed, g_bytes_get_size (packed));
  foyer_fault_server_push (
      server, &(FoyerFault){ .answer = (const char *)whole->data, .length = (gssize)whole->len });
  response = fixture_ask (http, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (foyer_http_response_get_body (response)), ==, text->len);
  g_assert_nonnull (foyer_http_response_get_json (response, &error));
  g_assert_no_error (error);

  /* libsoup says success */
  half = gzip_answer (packed, g_bytes_get_size (packed) / 2);
  foyer_fault_server_push (
      server, &(FoyerFault){ .answer = (const char *)half->data, .length = (gssize)half->len });
  fixture_assert_fails (http, request, FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN);
}

static void
test_gzip_bomb (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  gsize length = 64 * 1024 * 1024;
  g_autofree char *spaces = g_malloc (length);
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GByteArray) answer = NULL;

  memset (spaces, ' ', length);
  packed = compress (spaces, length);
  answer = gzip_answer (packed, g_bytes_get_size (packed));
  foyer_fault_server_push (
      server, &(FoyerFault){ .answer = (const char *)answer->data, .length = (gssize)answer->len });
  foyer_http_request_set_deadline (request, 15 * FOYER_SECOND);
  foyer_http_request_set_max_body (request, 1024 * 1024);
  fixture_assert_fails (http, request, FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN);
}

/* An endless body must not hold anybody up once it is too long. */
static void
test_endless (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  const FoyerFault fault = { .answer = JSON_HEAD
                             "Connection: close\r\n\r\n[                                 ",
                             .length = -1,
                             .end = FOYER_FAULT_SILENT };
  gint64 start = g_get_monotonic_time ();

  foyer_fault_server_push (server, &fault);
  foyer_http_request_set_max_body (request, 8);
  fixture_assert_fails (http, request, FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * FOYER_SECOND);

  /* the connection still works */
  g_clear_pointer (&request, foyer_http_request_unref);
  request = fixture_request ("GET");
  foyer_http_response_unref (fixture_ask (http, request, NULL));
}

static void
assert_redirect_refused (const char *method, const char *answer, FoyerOutcome outcome)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request (method);
  g_autoptr (GError) error = NULL;

  foyer_http_set_authorization (http, "Token", "verysecret", NULL);
  foyer_fault_server_push_answer (server, answer);
  error = fixture_ask_error (http, request);
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
  g_assert_cmpint (foyer_error_get_outcome (error), ==, outcome);
  g_assert_null (strstr (error->message, "person"));
  if (strstr (answer, "elsewhere") != NULL)
    g_assert_nonnull (strstr (error->message, "https://elsewhere.example"));
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 1);
}

static void
test_redirect_refused (void)
{
  static const char away[] = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                             "https://elsewhere.example/person?name=x\r\n\r\n";
  static const char see_other[] = "HTTP/1.1 303 See Other\r\nContent-Length: 0\r\nLocation: "
                                  "/things/2/\r\n\r\n";
  static const char here[]
      = "HTTP/1.1 307 Temporary\r\nContent-Length: 0\r\nLocation: /things/2/\r\n\r\n";
  static const char nowhere[] = "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n";
  static const char other_scheme[]
      = "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: file:///etc/passwd\r\n\r\n";

  assert_redirect_refused ("GET", away, FOYER_OUTCOME_ANSWERED);
  assert_redirect_refused ("POST", away, FOYER_OUTCOME_ANSWERED);
  assert_redirect_refused ("POST", here, FOYER_OUTCOME_ANSWERED);
  assert_redirect_refused ("PUT", here, FOYER_OUTCOME_ANSWERED);
  assert_redirect_refused ("POST", see_other, FOYER_OUTCOME_UNKNOWN);
  assert_redirect_refused ("GET", nowhere, FOYER_OUTCOME_ANSWERED);
  assert_redirect_refused ("GET", other_scheme, FOYER_OUTCOME_ANSWERED);
}

static void
test_redirect_followed (void)
{
  static const char here[]
      = "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: /things/2/?a=%2B\r\n\r\n";
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  g_autoptr (FoyerHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  foyer_http_set_authorization (http, "Token", "verysecret", NULL);
  foyer_fault_server_push_answer (server, here);
  response = fixture_ask (http, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 2);
  g_assert_cmpstr (foyer_fault_server_get_request (server, 1)->target, ==, "/things/2/?a=%2B");
  g_assert_nonnull (strstr (foyer_fault_server_get_request (server, 1)->head, "Token verysecret"));

  /* not for ever */
  g_clear_pointer (&response, foyer_http_response_unref);
  for (guint i = 0; i < 20; i++)
    foyer_fault_server_push_answer (server, here);
  fixture_assert_fails (http, request, FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_ANSWERED);
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 8);
}

/* Whole answers that are no error by themselves. */
static void
test_answers (void)
{
  static const struct
  {
    const char *answer;
    int status;
    gboolean has_json;
    FoyerError code; /* with expect-success; CANCELLED = none */
  } answers[] = {
    { "HTTP/1.1 204 No Content\r\n\r\n", 204, FALSE, FOYER_ERROR_CANCELLED },
    { "HTTP/1.1 304 Not Modified\r\nContent-Length: 55\r\n\r\n", 304, FALSE,
      FOYER_ERROR_CANCELLED },
    { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, FALSE, FOYER_ERROR_CANCELLED },
    { "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}", 201, TRUE, FOYER_ERROR_CANCELLED },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n[]", 200, TRUE,
      FOYER_ERROR_CANCELLED },
    { "HTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\n{}", 400, TRUE, FOYER_ERROR_INVALID },
    { "HTTP/1.1 400 Bad\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nnope", 400, FALSE,
      FOYER_ERROR_INVALID },
    { "HTTP/1.1 401 No\r\nContent-Length: 0\r\nWWW-Authenticate: Basic realm=x\r\n\r\n", 401, FALSE,
      FOYER_ERROR_UNAUTHORIZED },
    { "HTTP/1.1 409 Busy\r\nRetry-After: 5\r\nContent-Length: 2\r\n\r\n{}", 409, TRUE,
      FOYER_ERROR_CONFLICT },
    { "HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Type: text/html\r\nContent-Length: "
      "3\r\n\r\n<p>",
      429, FALSE, FOYER_ERROR_RATE_LIMITED },
    { "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>", 502,
      FALSE, FOYER_ERROR_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    for (guint expect = 0; expect < 2; expect++)
      {
        g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
        g_autoptr (FoyerHttp) http = fixture_connect (server);
        g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");
        g_autoptr (FoyerHttpResponse) response = NULL;
        g_autoptr (GError) error = NULL;

        g_test_message ("%.30s", answers[i].answer);
        foyer_http_request_set_expect_success (request, expect);
        foyer_fault_server_push_answer (server, answers[i].answer);
        response = fixture_ask (http, request, &error);
        g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 1);
        g_assert_cmpint (foyer_http_get_reach (http), ==, FOYER_REACH_ONLINE);
        if (expect && answers[i].code != FOYER_ERROR_CANCELLED)
          {
            g_assert_error (error, FOYER_ERROR, (int)answers[i].code);
            g_assert_cmpint (foyer_error_get_status (error), ==, answers[i].status);
            continue;
          }

        g_assert_no_error (error);
        g_assert_cmpint (foyer_http_response_get_status (response), ==, answers[i].status);
        g_assert_true (foyer_http_response_has_json (response) == answers[i].has_json);
        if (answers[i].status == 409)
          g_assert_cmpint (foyer_http_response_get_retry_after (response), ==, 5 * FOYER_SECOND);
      }
}

/* A file: taken as it comes, if its end is proved. */
static void
test_file (void)
{
  g_autoptr (FoyerFaultServer) server = foyer_fault_server_new (NULL);
  g_autoptr (FoyerHttp) http = fixture_connect (server);
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  g_autoptr (FoyerHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  foyer_http_request_set_accept (request, "application/pdf");
  foyer_fault_server_push_answer (server, "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n"
                                          "Content-Length: 5\r\n\r\n%PDF-");
  response = fixture_ask (http, request, &error);
  g_assert_no_error (error);
  g_assert_false (foyer_http_response_has_json (response));
  g_assert_cmpmem (g_bytes_get_data (foyer_http_response_get_body (response), NULL),
                   g_bytes_get_size (foyer_http_response_get_body (response)), "%PDF-", 5);
  g_assert_cmpstr (foyer_http_response_get_header (response, "content-type"), ==,
                   "application/pdf");
  g_assert_nonnull (
      strstr (foyer_fault_server_get_request (server, 0)->head, "Accept: application/pdf"));
  g_assert_nonnull (
      strstr (foyer_fault_server_get_request (server, 0)->head, "Accept-Encoding: identity"));

  foyer_fault_server_push_answer (server,
                                  "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n"
                                  "Transfer-Encoding: chunked\r\n\r\n5\r\n%PDF-\r\n0\r\n\r\n");
  fixture_assert_fails (http, request, FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN);

  foyer_fault_server_push_answer (server, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                          "Content-Length: 6\r\n\r\n<html>");
  fixture_assert_fails (http, request, FOYER_ERROR_PROTOCOL, FOYER_OUTCOME_UNKNOWN);
}

int
main (int argc, char **argv)
{
  foyer_http_init_process ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cut); i++)
    {
      g_autofree char *path = g_strconcat ("/http/wire/cut/", cut[i].name, NULL);

      g_test_add_data_func (path, &cut[i], test_cut);
    }
  g_test_add_func ("/http/wire/refused", test_refused);
  g_test_add_func ("/http/wire/unknown-name", test_unknown_name);
  g_test_add_func ("/http/wire/no-tls", test_no_tls);
  g_test_add_func ("/http/wire/not-tls", test_not_tls);
  g_test_add_func ("/http/wire/big-body", test_big_body);
  g_test_add_func ("/http/wire/silent", test_silent);
  g_test_add_func ("/http/wire/drip", test_drip);
  g_test_add_func ("/http/wire/cancel", test_cancel);
  g_test_add_func ("/http/wire/gzip", test_gzip);
  g_test_add_func ("/http/wire/gzip-bomb", test_gzip_bomb);
  g_test_add_func ("/http/wire/endless", test_endless);
  g_test_add_func ("/http/wire/redirect-refused", test_redirect_refused);
  g_test_add_func ("/http/wire/redirect-followed", test_redirect_followed);
  g_test_add_func ("/http/wire/answers", test_answers);
  g_test_add_func ("/http/wire/file", test_file);
  return g_test_run ();
}
