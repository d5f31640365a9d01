/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trouble on request: each kind as a client meets it, and what it leaves behind at the server. */
#define G_LOG_DOMAIN "foyer-tests"

#include <string.h>

#include "foyer-json.h"
#include "sandbox-client.h"

#define REDEEM "/api/v1/organizers/demo/checkinrpc/redeem/"

static FoyerSandbox *
start (void)
{
  FoyerSandbox *sandbox = foyer_sandbox_new (60, 7);
  g_autoptr (GError) error = NULL;

  foyer_sandbox_start (sandbox, &error);
  g_assert_no_error (error);
  return sandbox;
}

static void
set_faults (FoyerSandbox *sandbox, const char *spec)
{
  g_autoptr (GError) error = NULL;

  foyer_sandbox_set_faults (sandbox, spec, &error);
  g_assert_no_error (error);
}

static gint64
get_main_list (FoyerSandbox *sandbox)
{
  g_autoptr (Answer) lists = ask (sandbox, NULL, "GET",
                                  "/api/v1/organizers/demo/events/sample/checkinlists/", NULL);
  JsonArray *results = answer_results (lists);

  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *list = json_array_get_object_element (results, i);

      if (g_str_equal (foyer_json_get_string (list, "name"), "Main entrance"))
        return foyer_json_get_int (list, "id", 0);
    }
  g_assert_not_reached ();
}

static char *
make_scan (FoyerSandbox *sandbox)
{
  return g_strdup_printf ("{\"secret\":\"nobody\",\"lists\":[%" G_GINT64_FORMAT "]}",
                          get_main_list (sandbox));
}

static guint
count_rows (FoyerSandbox *sandbox)
{
  g_autoptr (Answer) rows = ask (sandbox, NULL, "GET", "/sandbox/checkins", NULL);

  return json_array_get_length (json_node_get_array (rows->json));
}

/* The one difference that matters to a sender: lost on the way in, or lost on the way back. */
static void
test_drop (void)
{
  g_autoptr (FoyerSandbox) sandbox = start ();
  g_autofree char *scan = make_scan (sandbox);
  guint rows = count_rows (sandbox);
  g_autoptr (Answer) before = NULL;
  g_autoptr (Answer) after = NULL;
  g_autoptr (Answer) well = NULL;

  set_faults (sandbox, "redeem:drop-before*1");
  before = ask (sandbox, NULL, "POST", REDEEM, scan);
  g_assert_nonnull (before->error);
  g_assert_cmpuint (count_rows (sandbox), ==, rows);

  set_faults (sandbox, "redeem:drop-after*1");
  after = ask (sandbox, NULL, "POST", REDEEM, scan);
  g_assert_nonnull (after->error);
  g_assert_cmpuint (count_rows (sandbox), ==, rows + 1);

  well = ask (sandbox, NULL, "POST", REDEEM, scan);
  g_assert_no_error (well->error);
  g_assert_cmpuint (well->status, ==, 404);
}

static void
test_status (void)
{
  g_autoptr (FoyerSandbox) sandbox = start ();
  g_autofree char *scan = make_scan (sandbox);
  guint rows = count_rows (sandbox);
  g_autoptr (Answer) throttled = NULL;
  g_autoptr (Answer) broken = NULL;

  set_faults (sandbox, "redeem:status=429*1");
  throttled = ask (sandbox, NULL, "POST", REDEEM, scan);
  g_assert_cmpuint (throttled->status, ==, 429);
  g_assert_cmpstr (throttled->retry_after, ==, "1");
  set_faults (sandbox, "redeem:status=500:1.0");
  broken = ask (sandbox, NULL, "POST", REDEEM, scan);
  g_assert_cmpuint (broken->status, ==, 500);
  g_assert_true (g_str_has_prefix (broken->content_type, "text/html"));
  g_assert_cmpuint (count_rows (sandbox), ==, rows);
}

static void
test_bodies (void)
{
  static const char orders[] = "/api/v1/organizers/demo/events/sample/orders/";
  g_autoptr (FoyerSandbox) sandbox = start ();
  g_autoptr (Answer) well = ask (sandbox, NULL, "GET", orders, NULL);
  g_autoptr (Answer) cut = NULL;
  g_autoptr (Answer) html = NULL;
  g_autoptr (Answer) malformed = NULL;
  g_autoptr (Answer) slow = NULL;
  gint64 began;

  set_faults (sandbox, "truncate*1");
  cut = ask (sandbox, NULL, "GET", orders, NULL);
  g_assert_nonnull (cut->error);
  set_faults (sandbox, "GET orders:html*1");
  html = ask (sandbox, NULL, "GET", orders, NULL);
  g_assert_cmpuint (html->status, ==, 200);
  g_assert_null (html->json);
  set_faults (sandbox, "POST orders:html");
  malformed = ask (sandbox, NULL, "GET", orders, NULL);
  g_assert_nonnull (malformed->json);
  g_clear_pointer (&malformed, answer_free);
  set_faults (sandbox, "malformed");
  malformed = ask (sandbox, NULL, "GET", orders, NULL);
  g_assert_cmpstr (malformed->content_type, ==, "application/json");
  g_assert_null (malformed->json);
  set_faults (sandbox, "slow*1");
  began = g_get_monotonic_time ();
  slow = ask (sandbox, NULL, "GET", orders, NULL);
  g_assert_no_error (slow->error);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 1000 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (json_array_get_length (answer_results (slow)), ==,
                    json_array_get_length (answer_results (well)));
}

static void
test_latency_and_skew (void)
{
  g_autoptr (FoyerSandbox) sandbox = start ();
  g_autoptr (Answer) late = NULL;
  g_autoptr (Answer) ahead = NULL;
  FoyerTime date, honest = g_get_real_time ();
  gint64 began = g_get_monotonic_time ();

  set_faults (sandbox, "latency=120..150ms");
  late = ask (sandbox, NULL, "GET", "/api/v1/version", NULL);
  g_assert_cmpuint (late->status, ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 120 * G_TIME_SPAN_MILLISECOND);
  set_faults (sandbox, "skew=+2h");
  ahead = ask (sandbox, NULL, "GET", "/api/v1/version", NULL);
  g_assert_true (foyer_time_parse_http_date (ahead->date, &date));
  g_assert_cmpint (date - honest, >=, 2 * FOYER_HOUR - FOYER_SECOND);
}

/* Writes one request, and hangs up when it is on its way. */
static void
send_and_hang_up (FoyerSandbox *sandbox, const char *body)
{
  g_autoptr (GUri) uri = g_uri_parse (foyer_sandbox_get_url (sandbox), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *request = g_strdup_printf (
      "POST " REDEEM " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token %s\r\n"
      "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
      foyer_sandbox_get_token (sandbox), strlen (body), body);
  g_autoptr (GError) error = NULL;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16)g_uri_get_port (uri),
                                                NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

/* Late, and then dropped; late, and nobody there any more: what has arrived is carried out. */
static void
test_late_and_gone (void)
{
  g_autoptr (FoyerSandbox) sandbox = start ();
  g_autofree char *scan = make_scan (sandbox);
  guint rows = count_rows (sandbox);
  g_autoptr (Answer) dropped = NULL;
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  set_faults (sandbox, "redeem:latency=20ms,redeem:drop-after");
  dropped = ask (sandbox, NULL, "POST", REDEEM, scan);
  g_assert_nonnull (dropped->error);
  g_assert_cmpuint (count_rows (sandbox), ==, rows + 1);

  set_faults (sandbox, "redeem:latency=100ms");
  send_and_hang_up (sandbox, scan);
  while (count_rows (sandbox) == rows + 1 && g_get_monotonic_time () < deadline)
    g_thread_yield ();
  g_assert_cmpuint (count_rows (sandbox), ==, rows + 2);
}

/* The same seed, the same troubles. */
static void
test_chance (void)
{
  char first[41];

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (FoyerSandbox) sandbox = start ();
      guint hits = 0;
      char drawn[41] = "";

      set_faults (sandbox, "version:status=503:0.4");
      for (guint i = 0; i < 40; i++)
        {
          g_autoptr (Answer) answer = ask (sandbox, NULL, "GET", "/api/v1/version", NULL);

          drawn[i] = answer->status == 503 ? 'x' : '.';
          hits += answer->status == 503;
        }
      g_assert_cmpuint (hits, >, 0);
      g_assert_cmpuint (hits, <, 40);
      if (round == 0)
        memcpy (first, drawn, sizeof first);
      else
        g_assert_cmpstr (first, ==, drawn);
    }
}

static void
test_grammar (void)
{
  static const char *const bad[] = { "nonsense",
                                     "latency",
                                     "latency=x",
                                     "latency=200..50ms",
                                     "drop-after=1.5",
                                     "drop-after=-1",
                                     "status",
                                     "status=99",
                                     "status=429:x",
                                     "redeem:drop-after*0",
                                     "redeem:drop-after*x",
                                     "skew",
                                     "skew=soon",
                                     "=",
                                     ":",
                                     "*",
                                     "x:",
                                     "latency=..ms",
                                     "latency=-5ms" };
  static const char *const good[] = { "",
                                      " ",
                                      "latency=50..200ms, redeem:drop-after=0.1",
                                      "latency=1s",
                                      "redeem:drop-after*3",
                                      "POST redeem:drop-after=0.5*2",
                                      "skew=-90s",
                                      "status=429:0.2,status=500:0.1",
                                      "latency=50ms..1s",
                                      "silent" };
  g_autoptr (FoyerSandbox) sandbox = start ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      if (foyer_sandbox_set_faults (sandbox, bad[i], &error))
        g_test_fail_printf ("taken: %s", bad[i]);
      else
        g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    set_faults (sandbox, good[i]);
  g_assert_true (foyer_sandbox_set_faults (sandbox, NULL, NULL));
}

/* The switches over the wire, and the desk beside ours. */
static void
test_control (void)
{
  g_autoptr (FoyerSandbox) sandbox = start ();
  g_autoptr (Answer) orders = ask (
      sandbox, NULL, "GET", "/api/v1/organizers/demo/events/sample/orders/?status=p&page_size=1",
      NULL);
  JsonObject *order = json_array_get_object_element (answer_results (orders), 0);
  JsonObject *position = json_array_get_object_element (foyer_json_get_array (order, "positions"),
                                                        0);
  g_autofree char *scan = g_strdup_printf ("{\"secret\":\"%s\",\"list\":%" G_GINT64_FORMAT "}",
                                           foyer_json_get_string (position, "secret"),
                                           get_main_list (sandbox));
  g_autoptr (Answer) stranger = ask (sandbox, "", "POST", "/sandbox/faults", "{\"spec\":\"html\"}");
  g_autoptr (Answer) bad = ask (sandbox, NULL, "POST", "/sandbox/faults", "{\"spec\":\"x=y\"}");
  g_autoptr (Answer) first = ask (sandbox, NULL, "POST", "/sandbox/check-in", scan);
  g_autoptr (Answer) again = ask (sandbox, NULL, "POST", "/sandbox/check-in", scan);
  g_autoptr (Answer) clock = ask (sandbox, NULL, "POST", "/sandbox/clock", "{\"skew\":\"-1h\"}");
  g_autoptr (Answer) well = ask (sandbox, NULL, "POST", "/sandbox/faults", "{\"spec\":\"html\"}");
  g_autoptr (Answer) hit = ask (sandbox, NULL, "GET", "/api/v1/version", NULL);
  g_autoptr (Answer) nowhere = ask (sandbox, NULL, "POST", "/sandbox/nothing", "{}");
  JsonArray *checkins;

  g_assert_cmpuint (stranger->status, ==, 401);
  g_assert_cmpuint (bad->status, ==, 400);
  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (again->status, ==, 400);
  checkins = foyer_json_get_array (foyer_json_get_object (answer_object (again), "position"),
                                   "checkins");
  g_assert_cmpint (foyer_json_get_int (json_array_get_object_element (checkins, 0), "device_id", 0),
                   ==, 3);
  g_assert_cmpuint (clock->status, ==, 200);
  g_assert_cmpuint (well->status, ==, 200);
  g_assert_null (hit->json);
  g_assert_cmpuint (nowhere->status, ==, 404);
}

static gpointer
ask_and_wait (gpointer sandbox)
{
  return ask (sandbox, NULL, "GET", "/api/v1/organizers/", NULL);
}

/* A client that waits for ever does not hold up the others, and is let go when the sandbox stops. */
static void
test_silent (void)
{
  g_autoptr (FoyerSandbox) sandbox = start ();
  g_autoptr (Answer) answer = NULL;
  gint64 began = g_get_monotonic_time ();
  GThread *thread;

  set_faults (sandbox, "organizers:silent");
  thread = g_thread_new ("client", ask_and_wait, sandbox);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (Answer) other = ask (sandbox, NULL, "GET", "/api/v1/version", NULL);

      g_assert_cmpuint (other->status, ==, 200);
    }
  foyer_sandbox_stop (sandbox);
  answer = g_thread_join (thread);
  g_assert_nonnull (answer->error);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 15 * G_TIME_SPAN_SECOND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/faults/drop", test_drop);
  g_test_add_func ("/sandbox/faults/status", test_status);
  g_test_add_func ("/sandbox/faults/bodies", test_bodies);
  g_test_add_func ("/sandbox/faults/latency-and-skew", test_latency_and_skew);
  g_test_add_func ("/sandbox/faults/late-and-gone", test_late_and_gone);
  g_test_add_func ("/sandbox/faults/chance", test_chance);
  g_test_add_func ("/sandbox/faults/grammar", test_grammar);
  g_test_add_func ("/sandbox/faults/control", test_control);
  g_test_add_func ("/sandbox/faults/silent", test_silent);
  return g_test_run ();
}
