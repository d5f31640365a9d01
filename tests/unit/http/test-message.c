/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How requests are built and answers are read, without a wire. */

#define G_LOG_DOMAIN "test-http"

#include <string.h>

#include "foyer-http-private.h"
#include "foyer-http.h"

static void
assert_uri (FoyerHttpRequest *request, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = foyer_http_request_build_uri (request, "https://host.example/sub", &error);
  g_autofree char *text = NULL;

  if (expected == NULL)
    {
      g_assert_null (uri);
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
      g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_NEVER_SENT);
      return;
    }

  g_assert_no_error (error);
  text = g_uri_to_string (uri);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_path (void)
{
  static const struct
  {
    const char *value;
    const char *uri;
  } values[] = {
    { "abc", "https://host.example/sub/a/abc/b/" },
    { "a b+c", "https://host.example/sub/a/a%20b%2Bc/b/" },
    { "a/../../b", "https://host.example/sub/a/a%2F..%2F..%2Fb/b/" },
    { "?x=1#y", "https://host.example/sub/a/%3Fx%3D1%23y/b/" },
    { "%2e%2e", "https://host.example/sub/a/%252e%252e/b/" },
    { "Zo\u00eb", "https://host.example/sub/a/Zo%C3%AB/b/" },
    { "{other}", "https://host.example/sub/a/%7Bother%7D/b/" },
    { "a\r\nHost: x", "https://host.example/sub/a/a%0D%0AHost%3A%20x/b/" },
    { "...", "https://host.example/sub/a/.../b/" },
    { "..", NULL },
    { ".", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (FoyerHttpRequest) request = foyer_http_request_new ("GET", "/a/{code}/b/");

      foyer_http_request_set_segment (request, "code", values[i].value);
      assert_uri (request, values[i].uri);
      g_assert_cmpstr (foyer_http_request_get_route (request), ==, "/a/{code}/b/");
    }
}

static void
test_path_incomplete (void)
{
  g_autoptr (FoyerHttpRequest) missing = foyer_http_request_new ("GET", "/a/{code}/");
  g_autoptr (FoyerHttpRequest) open = foyer_http_request_new ("GET", "/a/{code");

  assert_uri (missing, NULL);
  foyer_http_request_set_segment (open, "code", "x");
  assert_uri (open, NULL);
}

static void
test_query (void)
{
  g_autoptr (FoyerHttpRequest) request = foyer_http_request_new ("GET", "/a/");

  foyer_http_request_add_query (request, "modified_since", "2026-11-25T18:01:03.5+01:00");
  foyer_http_request_add_query_int (request, "page", -7);
  foyer_http_request_add_query (request, "include", "code");
  foyer_http_request_add_query (request, "include", "a&b=c d;\u00fc%");
  foyer_http_request_add_query (request, "empty", "");
  assert_uri (request, "https://host.example/sub/a/"
                       "?modified_since=2026-11-25T18%3A01%3A03.5%2B01%3A00&page=-7&include=code"
                       "&include=a%26b%3Dc%20d%3B%C3%BC%25&empty=");
}

static void
test_header_injection (void)
{
  g_autoptr (FoyerHttpRequest) request = foyer_http_request_new ("GET", "/a/");

  foyer_http_request_set_header (request, "X-Note", "fine");
  assert_uri (request, "https://host.example/sub/a/");
  foyer_http_request_set_header (request, "X-Note", "bad\r\nX-Other: 1");
  assert_uri (request, NULL);
}

static void
test_base_url (void)
{
  static const char *const good[] = {
    "https://pretix.eu",    "https://host.example:8443/sub/",
    "HTTPS://Host.Example", "http://localhost:8000",
    "http://127.0.0.1:1",   "http://127.9.9.9",
    "http://[::1]:8000/",   "https://[2001:db8::1]",
    "https://192.0.2.1",
  };
  static const char *const bad[] = {
    "",
    "pretix.eu",
    "//pretix.eu",
    "http://pretix.eu",
    "http://localhost.example.org",
    "http://127.0.0.1.example.org",
    "http://128.0.0.1",
    "http://0.0.0.0",
    "http://[::2]",
    "http://192.168.1.1",
    "ftp://127.0.0.1",
    "file:///etc/passwd",
    "https://",
    "https:///path",
    "https://user@host.example",
    "https://user:secret@host.example",
    "https://host.example/?a=1",
    "https://host.example/#a",
    "https://host example",
    "javascript:alert(1)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerHttp) http = foyer_http_new (NULL, "test", good[i], NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_false (g_str_has_suffix (foyer_http_get_base_url (http), "/"));
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerHttp) http = foyer_http_new (NULL, "test", bad[i], NULL, NULL, &error);

      g_test_message ("%s", bad[i]);
      g_assert_null (http);
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
      g_assert_null (strstr (error->message, "secret"));
      g_assert_null (strstr (foyer_error_get_detail (error), "secret"));
    }
}

static void
test_authorization (void)
{
  g_autoptr (FoyerHttp) http = foyer_http_new (NULL, "test", "https://host.example", NULL, NULL,
                                               NULL);
  static const char *const bad[] = { "", "a b", "a\r\nX: y", "Zo\u00eb", "a\t" };

  g_assert_true (foyer_http_set_authorization (http, "Token", "abc123", NULL));
  g_assert_true (foyer_http_set_authorization (http, NULL, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (foyer_http_set_authorization (http, "Device", bad[i], &error));
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
      g_assert_true (bad[i][0] == '\0' || strstr (error->message, bad[i]) == NULL);
    }
}

static FoyerHttpResponse *
answer (int status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GPtrArray) headers = g_ptr_array_new_with_free_func (g_free);
  FoyerJsonMap *map = foyer_json_check (text, strlen (text), NULL, NULL);

  g_ptr_array_add (headers, g_strdup ("X-Page-Generated"));
  g_ptr_array_add (headers, g_strdup ("2026-11-25T18:01:03.524106+01:00"));
  return foyer_http_response_new ("GET", "/a/", status, headers, body, map, 7, 0);
}

static const char page[]
    = " {\"count\": 4, \"next\": \"https://host.example/?page=2\", \"results\": [\n"
      "{\"id\":1,\"price\":1.10}, {\"id\":99999999999999999999}, {\"id\":3,\"id\":3},{\"id\":4}],"
      "\"previous\":null}\n";

static void
test_page (void)
{
  g_autoptr (FoyerHttpResponse) response = answer (200, page);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JsonObject *envelope;

  g_assert_true (foyer_http_response_has_results (response));
  g_assert_cmpuint (foyer_http_response_get_n_results (response), ==, 4);
  envelope = foyer_http_response_get_envelope (response, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (envelope, "count"), ==, 4);
  g_assert_true (json_object_has_member (envelope, "previous"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (envelope, "results")), ==,
                    0);
  g_assert_true (foyer_http_response_get_envelope (response, NULL) == envelope);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (JsonNode) node = foyer_http_response_dup_result (response, i, &error);

      if (i == 1 || i == 2)
        {
          g_assert_null (node);
          g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
          g_assert_null (strstr (foyer_error_get_detail (error), "9999"));
          g_clear_error (&error);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (json_node_is_immutable (node));
      g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "id"), ==, i + 1);
    }

  text = foyer_http_response_dup_result_text (response, 0, &error);
  g_assert_cmpstr (text, ==, "{\"id\":1,\"price\":1.10}");
  g_assert_null (foyer_http_response_dup_result_text (response, 1, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
  g_clear_error (&error);

  /* as one tree it would be wrong */
  g_assert_null (foyer_http_response_get_json (response, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
  g_assert_cmpint (foyer_error_get_status (error), ==, 200);
  g_assert_cmpstr (foyer_http_response_get_header (response, "x-page-generated"), ==,
                   "2026-11-25T18:01:03.524106+01:00");
  g_assert_null (foyer_http_response_get_header (response, "X-Page"));
}

static void
test_bad_envelope (void)
{
  g_autoptr (FoyerHttpResponse) response = answer (
      200, "{\"count\":99999999999999999999,\"results\":[{\"id\":1}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_null (foyer_http_response_get_envelope (response, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
  node = foyer_http_response_dup_result (response, 0, NULL);
  g_assert_nonnull (node);
}

static void
test_no_page (void)
{
  g_autoptr (FoyerHttpResponse) object = answer (200, "{\"status\":\"ok\"}");
  g_autoptr (FoyerHttpResponse) array = answer (200, "[1]");
  g_autoptr (FoyerHttpResponse) words = answer (400, "nope");
  g_autoptr (GError) error = NULL;

  g_assert_false (foyer_http_response_has_results (object));
  g_assert_null (foyer_http_response_get_envelope (object, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_cmpstr (
      json_object_get_string_member (foyer_http_response_get_object (object, NULL), "status"), ==,
      "ok");

  g_assert_nonnull (foyer_http_response_get_json (array, NULL));
  g_assert_null (foyer_http_response_get_object (array, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
  g_clear_error (&error);

  g_assert_false (foyer_http_response_has_json (words));
  g_assert_null (foyer_http_response_get_json (words, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_ANSWERED);
  g_assert_cmpuint (foyer_http_response_get_n_results (words), ==, 0);
}

static gpointer
read_all (gpointer data)
{
  FoyerHttpResponse *response = data;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (JsonNode) node = foyer_http_response_dup_result (response, i % 2 ? 3 : 0, NULL);

      g_assert_nonnull (node);
      g_assert_nonnull (foyer_http_response_get_envelope (response, NULL));
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (FoyerHttpResponse) response = answer (200, page);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_all, response);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  foyer_http_init_process ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/request/path", test_path);
  g_test_add_func ("/http/request/path-incomplete", test_path_incomplete);
  g_test_add_func ("/http/request/query", test_query);
  g_test_add_func ("/http/request/header-injection", test_header_injection);
  g_test_add_func ("/http/connection/base-url", test_base_url);
  g_test_add_func ("/http/connection/authorization", test_authorization);
  g_test_add_func ("/http/response/page", test_page);
  g_test_add_func ("/http/response/bad-envelope", test_bad_envelope);
  g_test_add_func ("/http/response/no-page", test_no_page);
  g_test_add_func ("/http/response/threads", test_threads);
  return g_test_run ();
}
