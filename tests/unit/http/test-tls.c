/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates: what is trusted, and what a person is told of one that is not. They are made here,
 * by openssl: no key lies in the tree. */

#define G_LOG_DOMAIN "test-http"

#include <glib/gstdio.h>
#include <string.h>

#include "http-fixture.h"

static char *folder;

static gboolean
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  int status = -1;

  if (!g_spawn_sync (folder, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err,
                     &status, &error))
    return FALSE;
  if (!g_spawn_check_wait_status (status, &error))
    {
      g_test_message ("%s: %s", error->message, err);
      return FALSE;
    }
  return TRUE;
}

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

#define NEW_KEY "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"

/* An issuer, and certificates by it: name.pem holds certificate and key. */
static gboolean
make_certificates (void)
{
  static const struct
  {
    const char *name;
    const char *begin;
    const char *end;
    const char *alternative;
  } all[] = {
    { "good", "20200101000000Z", "20490101000000Z", "subjectAltName=IP:127.0.0.1" },
    { "expired", "20200101000000Z", "20210203120000Z", "subjectAltName=IP:127.0.0.1" },
    { "future", "20480102120000Z", "20490101000000Z", "subjectAltName=IP:127.0.0.1" },
    { "other", "20200101000000Z", "20490101000000Z", "subjectAltName=DNS:elsewhere.example" },
  };
  static const char *const ca[] = { "openssl", "req",   "-x509",           "-keyout",
                                    "ca.key",  "-out",  "ca.pem",          "-days",
                                    "9000",    "-subj", "/CN=Test Issuer", NEW_KEY,
                                    NULL };
  static const char *const csr[] = { "openssl", "req",   "-keyout", "s.key", "-out",
                                     "s.csr",   "-subj", "/CN=s",   NEW_KEY, NULL };

  write_file ("index.txt", "");
  write_file ("ca.cnf", "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\n"
                        "default_md=sha256\npolicy=p\nrand_serial=yes\nunique_subject=no\n"
                        "[p]\ncommonName=supplied\n");
  if (!run (ca) || !run (csr))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *out = g_strconcat (all[i].name, ".crt", NULL);
      g_autofree char *pem = g_strconcat (all[i].name, ".pem", NULL);
      g_autofree char *crt_path = g_build_filename (folder, out, NULL);
      g_autofree char *key_path = g_build_filename (folder, "s.key", NULL);
      g_autofree char *crt = NULL;
      g_autofree char *key = NULL;
      g_autofree char *both = NULL;
      const char *const sign[] = { "openssl",  "ca",         "-batch",     "-config",  "ca.cnf",
                                   "-in",      "s.csr",      "-cert",      "ca.pem",   "-keyfile",
                                   "ca.key",   "-startdate", all[i].begin, "-enddate", all[i].end,
                                   "-extfile", "extensions", "-notext",    "-out",     out,
                                   NULL };

      write_file ("extensions", all[i].alternative);
      if (!run (sign) || !g_file_get_contents (crt_path, &crt, NULL, NULL)
          || !g_file_get_contents (key_path, &key, NULL, NULL))
        return FALSE;
      both = g_strconcat (crt, key, NULL);
      write_file (pem, both);
    }

  return TRUE;
}

static FoyerFaultServer *
serve (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return foyer_fault_server_new (certificate);
}

static FoyerHttp *
connect_tls (FoyerFaultServer *server, const char *ca_name)
{
  g_autofree char *ca = ca_name != NULL ? g_build_filename (folder, ca_name, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  FoyerHttp *http = foyer_http_new ("Desk", "test", foyer_fault_server_get_url (server), ca, NULL,
                                    &error);

  g_assert_no_error (error);
  return http;
}

static void
test_pinned (void)
{
  g_autoptr (FoyerFaultServer) server = serve ("good");
  g_autoptr (FoyerHttp) http = connect_tls (server, "ca.pem");

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerHttpResponse) response = fixture_ask (http, request, &error);

      g_assert_no_error (error);
    }
  g_assert_cmpuint (foyer_fault_server_count_connections (server), ==, 1);
}

static void
assert_not_trusted (const char *name, const char *ca, const char *word, const char *hint)
{
  g_autoptr (FoyerFaultServer) server = serve (name);
  g_autoptr (FoyerHttp) http = connect_tls (server, ca);
  g_autoptr (FoyerHttpRequest) request = foyer_http_request_new ("GET", "/");
  g_autoptr (GError) error = NULL;

  foyer_http_set_authorization (http, "Token", "verysecret", NULL);
  error = fixture_ask_error (http, request);
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_TLS);
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_NEVER_SENT);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_nonnull (strstr (foyer_error_get_hint (error), hint));
  /* not tried again: a certificate does not get better by itself */
  g_assert_cmpuint (foyer_fault_server_count_connections (server), ==, 1);
  g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 0);
  g_assert_cmpint (foyer_http_get_reach (http), ==, FOYER_REACH_OFFLINE);
}

static void
test_unknown_issuer (void)
{
  assert_not_trusted ("good", NULL, "issuer", "CA file");
}

static void
test_expired (void)
{
  assert_not_trusted ("expired", "ca.pem", "expired on 2021-02-03", "date and time");
}

static void
test_not_yet (void)
{
  assert_not_trusted ("future", "ca.pem", "2048-01-02", "clock");
}

static void
test_other_host (void)
{
  assert_not_trusted ("other", "ca.pem", "another address", "address");
}

/* A second issuer does not stand for the first one. */
static void
test_wrong_ca (void)
{
  assert_not_trusted ("good", "other.crt", "issuer", "CA file");
}

static void
test_no_ca_file (void)
{
  g_autoptr (FoyerFaultServer) server = serve ("good");
  g_autoptr (FoyerHttp) http = connect_tls (server, "nothing.pem");
  g_autoptr (FoyerHttpRequest) request = fixture_request ("GET");
  g_autoptr (GError) error = fixture_ask_error (http, request);

  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_TLS);
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_NEVER_SENT);
  g_assert_nonnull (strstr (error->message, "CA file"));
}

/* The body is cut without TLS's own end. */
static void
test_cut (void)
{
  static const FoyerFault faults[] = {
    { .end = FOYER_FAULT_CLOSE },
    { .end = FOYER_FAULT_RESET },
    { .answer = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[1,2",
      .length = -1,
      .end = FOYER_FAULT_RESET },
    { .answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[1,2",
      .length = -1,
      .end = FOYER_FAULT_RESET },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (FoyerFaultServer) server = serve ("good");
      g_autoptr (FoyerHttp) http = connect_tls (server, "ca.pem");
      g_autoptr (FoyerHttpRequest) request = fixture_request ("POST");
      g_autoptr (GError) error = NULL;

      foyer_fault_server_push (server, &faults[i]);
      error = fixture_ask_error (http, request);
      g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_UNKNOWN);
      g_assert_false (g_error_matches (error, FOYER_ERROR, FOYER_ERROR_TLS));
      g_assert_cmpuint (foyer_fault_server_count_requests (server), ==, 1);
    }
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static const struct
{
  const char *path;
  void (*test) (void);
} tests[] = {
  { "/http/tls/pinned", test_pinned },         { "/http/tls/unknown-issuer", test_unknown_issuer },
  { "/http/tls/expired", test_expired },       { "/http/tls/not-yet", test_not_yet },
  { "/http/tls/other-host", test_other_host }, { "/http/tls/wrong-ca", test_wrong_ca },
  { "/http/tls/no-ca-file", test_no_ca_file }, { "/http/tls/cut", test_cut },
};

static void
run_or_skip (gconstpointer data)
{
  void (*const *test) (void) = data;

  if (folder == NULL)
    g_test_skip ("openssl or glib-networking is missing");
  else
    (*test) ();
}

int
main (int argc, char **argv)
{
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  int result;

  foyer_http_init_process ();
  g_test_init (&argc, &argv, NULL);
  if (openssl != NULL && g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      folder = g_dir_make_tmp ("foyer-tls-XXXXXX", NULL);
      g_assert_nonnull (folder);
      g_assert_true (make_certificates ());
    }

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, &tests[i].test, run_or_skip);
  result = g_test_run ();
  if (folder != NULL)
    remove_folder ();
  return result;
}
