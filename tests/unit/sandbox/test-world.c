/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client sees of the played server: who may do what, pages, watermarks, keys, devices; and that
 * the same seed gives the same world, and a killed one comes back. */
#define G_LOG_DOMAIN "foyer-tests"

#include <glib/gstdio.h>
#include <string.h>

#include "foyer-json.h"
#include "sandbox-client.h"

#define ORGANIZER "/api/v1/organizers/demo/"
#define EVENT ORGANIZER "events/sample/"

static FoyerSandbox *
start (guint64 attendees, const char *state)
{
  FoyerSandbox *sandbox = g_object_new (FOYER_TYPE_SANDBOX, "attendees", attendees, "seed",
                                        (guint64)7, "state-file", state, NULL);
  g_autoptr (GError) error = NULL;

  foyer_sandbox_start (sandbox, &error);
  g_assert_no_error (error);
  return sandbox;
}

static void
assert_status (FoyerSandbox *sandbox,
               const char *authorization,
               const char *method,
               const char *address,
               const char *body,
               guint status)
{
  g_autoptr (Answer) answer = ask (sandbox, authorization, method, address, body);

  g_assert_no_error (answer->error);
  if (answer->status != status)
    g_test_fail_printf ("%s %s: %u instead of %u: %.200s", method, address, answer->status, status,
                        answer->text);
}

static void
test_doors (void)
{
  g_autoptr (FoyerSandbox) sandbox = start (30, NULL);
  g_autofree char *door = g_strconcat ("Token ", foyer_sandbox_get_door_token (sandbox), NULL);
  g_autofree char *read = g_strconcat ("Token ", foyer_sandbox_get_read_token (sandbox), NULL);
  g_autoptr (Answer) html = NULL;

  assert_status (sandbox, "", "GET", "/api/v1/", NULL, 401);
  assert_status (sandbox, "Token wrong", "GET", ORGANIZER, NULL, 401);
  assert_status (sandbox, "Token wrong", "GET", "/api/v1/version", NULL, 403);
  assert_status (sandbox, NULL, "GET", "/api/v1/device/info", NULL, 401);
  assert_status (sandbox, NULL, "GET", "/api/v1/organizers/nobody/", NULL, 403);
  assert_status (sandbox, NULL, "GET", ORGANIZER "events/nothing/orders/", NULL, 403);
  assert_status (sandbox, NULL, "GET", EVENT "orders/ZZZZZ/", NULL, 404);
  assert_status (sandbox, NULL, "PUT", EVENT "orders/ZZZZZ/", "{}", 405);
  assert_status (sandbox, NULL, "GET", EVENT "orders", NULL, 301);
  assert_status (sandbox, NULL, "POST", EVENT "orders", "{}", 404);
  assert_status (sandbox, NULL, "POST", EVENT "orders/", "{bad", 400);
  assert_status (sandbox, door, "GET", EVENT "orders/", NULL, 403);
  assert_status (sandbox, door, "GET", EVENT "checkinlists/", NULL, 200);
  assert_status (sandbox, door, "GET", ORGANIZER "orders/", NULL, 200);
  assert_status (sandbox, read, "GET", EVENT "orders/", NULL, 200);
  assert_status (sandbox, read, "POST", EVENT "orders/", "{}", 403);
  assert_status (sandbox, NULL, "POST", EVENT "orders/", "{}", 400);
  assert_status (sandbox, NULL, "POST", EVENT "quotas/", "{}", 400);
  html = ask (sandbox, NULL, "GET", "/api/v1/nothing/", NULL);
  g_assert_cmpuint (html->status, ==, 404);
  g_assert_true (g_str_has_prefix (html->content_type, "text/html"));
}

/* All pages of a list of orders; the codes in their order. */
static GPtrArray *
read_codes (FoyerSandbox *sandbox, const char *query, char **watermark)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);

  for (guint page = 1;; page++)
    {
      g_autofree char *address = g_strdup_printf (EVENT "orders/?%s&page=%u", query, page);
      g_autoptr (Answer) answer = ask (sandbox, NULL, "GET", address, NULL);
      JsonArray *results = answer_results (answer);

      if (page == 1 && watermark != NULL)
        *watermark = g_strdup (answer->page_generated);
      g_assert_cmpuint (json_array_get_length (results), <=, 50);
      for (guint i = 0; i < json_array_get_length (results); i++)
        g_ptr_array_add (codes, g_strdup (foyer_json_get_string (
                                    json_array_get_object_element (results, i), "code")));
      if (foyer_json_is_null (answer_object (answer), "next"))
        {
          g_assert_cmpint (foyer_json_get_int (answer_object (answer), "count", -1), ==,
                           codes->len);
          return codes;
        }
    }
}

static void
test_pages (void)
{
  g_autoptr (FoyerSandbox) sandbox = start (400, NULL);
  g_autoptr (GPtrArray) codes = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (Answer) small = NULL;
  JsonObject *order;

  codes = read_codes (sandbox, "ordering=datetime&page_size=500", NULL);
  for (guint i = 0; i < codes->len; i++)
    g_assert_true (g_hash_table_add (seen, g_ptr_array_index (codes, i)));
  g_assert_cmpuint (codes->len, >, 100);
  assert_status (sandbox, NULL, "GET", EVENT "orders/?page=99", NULL, 404);
  assert_status (sandbox, NULL, "GET", EVENT "orders/?modified_since=x", NULL, 400);
  assert_status (sandbox, NULL, "GET", EVENT "orders/?modified_since=2026-01-01T00:00:00+01:00",
                 NULL, 400);
  small = ask (sandbox, NULL, "GET",
               EVENT "orders/?page_size=1&include=code&include=positions.secret", NULL);
  order = json_array_get_object_element (answer_results (small), 0);
  g_assert_cmpuint (json_object_get_size (order), ==, 2);
  g_assert_cmpuint (json_object_get_size (json_array_get_object_element (
                        foyer_json_get_array (order, "positions"), 0)),
                    ==, 1);
}

static char *
get_secret (FoyerSandbox *sandbox, const char *code)
{
  g_autofree char *address = g_strdup_printf (EVENT "orders/%s/", code);
  g_autoptr (Answer) order = ask (sandbox, NULL, "GET", address, NULL);
  JsonArray *positions = foyer_json_get_array (answer_object (order), "positions");

  return g_strdup (foyer_json_get_string (json_array_get_object_element (positions, 0), "secret"));
}

static gint64
get_list (FoyerSandbox *sandbox, const char *name)
{
  g_autoptr (Answer) lists = ask (sandbox, NULL, "GET", EVENT "checkinlists/", NULL);
  JsonArray *results = answer_results (lists);

  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *list = json_array_get_object_element (results, i);

      if (g_str_equal (foyer_json_get_string (list, "name"), name))
        return foyer_json_get_int (list, "id", 0);
    }
  g_assert_not_reached ();
}

static char *
make_scan (FoyerSandbox *sandbox, const char *secret, const char *nonce)
{
  return g_strdup_printf ("{\"secret\":\"%s\",\"nonce\":\"%s\",\"lists\":[%" G_GINT64_FORMAT
                          "],\"force\":true}",
                          secret, nonce, get_list (sandbox, "Main entrance"));
}

/* A scan moves its order, and nothing but it, behind the watermark. */
static void
test_watermark (void)
{
  g_autoptr (FoyerSandbox) sandbox = start (200, NULL);
  g_autofree char *watermark = NULL;
  g_autoptr (GPtrArray) all = read_codes (sandbox, "ordering=datetime", &watermark);
  g_autofree char *escaped = g_uri_escape_string (watermark, NULL, FALSE);
  g_autofree char *query = g_strdup_printf ("ordering=-last_modified&modified_since=%s", escaped);
  g_autoptr (GPtrArray) before = read_codes (sandbox, query, NULL);
  g_autoptr (GPtrArray) after = NULL;
  const char *codes[] = { g_ptr_array_index (all, 3), g_ptr_array_index (all, 40) };

  g_assert_cmpuint (before->len, ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *secret = get_secret (sandbox, codes[i]);
      g_autofree char *scan = make_scan (sandbox, secret, "n");

      assert_status (sandbox, NULL, "POST", ORGANIZER "checkinrpc/redeem/", scan, 201);
    }
  after = read_codes (sandbox, query, NULL);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (after, 0), ==, codes[1]);
  g_assert_cmpstr (g_ptr_array_index (after, 1), ==, codes[0]);
}

/* A key is bound to nothing but the credential: another body and even another address replay. */
static void
test_keys (void)
{
  g_autoptr (FoyerSandbox) sandbox = start (30, NULL);
  g_autoptr (Answer) never = ask (sandbox, NULL, "GET", "/api/v1/idempotency_query?key=k1", NULL);
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) other = NULL;
  g_autoptr (Answer) looked = NULL;
  g_autoptr (Answer) nul = NULL;
  g_autofree char *scan = make_scan (sandbox, "nobody", "n1");
  g_autofree char *hole = g_strdup_printf ("{\"secret\":\"a\\u0000b\",\"lists\":[%d]}",
                                           (int)get_list (sandbox, "Workshop"));

  g_assert_cmpuint (never->status, ==, 404);
  first = ask_with_key (sandbox, "k1", "POST", ORGANIZER "checkinrpc/redeem/", scan);
  other = ask_with_key (sandbox, "k1", "POST", EVENT "orders/", "{}");
  looked = ask (sandbox, NULL, "GET", "/api/v1/idempotency_query?key=k1", NULL);
  g_assert_cmpuint (first->status, ==, 404);
  g_assert_cmpstr (other->text, ==, first->text);
  g_assert_cmpstr (looked->text, ==, first->text);
  nul = ask (sandbox, NULL, "POST", ORGANIZER "checkinrpc/redeem/", hole);
  g_assert_cmpuint (nul->status, ==, 400);
  g_assert_true (json_object_has_member (answer_object (nul), "secret"));
}

static char *
initialise (FoyerSandbox *sandbox, const char *token, guint status)
{
  g_autofree char *body = g_strdup_printf (
      "{\"token\":\"%s\",\"hardware_brand\":\"Laptop\",\"hardware_model\":\"X\","
      "\"software_brand\":\"Foyer\",\"software_version\":\"0\"}",
      token);
  g_autoptr (Answer) answer = ask (sandbox, "", "POST", "/api/v1/device/initialize", body);
  const char *key;

  g_assert_cmpuint (answer->status, ==, status);
  key = foyer_json_get_string (answer_object (answer), "api_token");
  return key != NULL ? g_strconcat ("Device ", key, NULL) : NULL;
}

static void
test_devices (void)
{
  g_autoptr (FoyerSandbox) sandbox = start (30, NULL);
  g_autofree char *key = initialise (sandbox, foyer_sandbox_get_device_init_token (sandbox), 200);
  g_autofree char *twice = initialise (sandbox, foyer_sandbox_get_device_init_token (sandbox), 400);
  g_autoptr (Answer) made = NULL;
  g_autoptr (Answer) rolled = NULL;
  g_autofree char *scanner = NULL;
  g_autofree char *fresh = NULL;

  g_assert_null (twice);
  assert_status (sandbox, key, "GET", "/api/v1/device/info", NULL, 200);
  assert_status (sandbox, key, "GET", EVENT "orders/", NULL, 200);
  assert_status (sandbox, key, "GET", ORGANIZER "devices/", NULL, 403);
  made = ask (sandbox, NULL, "POST", ORGANIZER "devices/",
              "{\"name\":\"Scanner\",\"all_events\":false,\"limit_events\":[\"sample\"],"
              "\"security_profile\":\"pretixscan\"}");
  g_assert_cmpuint (made->status, ==, 201);
  scanner = initialise (sandbox,
                        foyer_json_get_string (answer_object (made), "initialization_token"), 200);
  assert_status (sandbox, scanner, "GET", EVENT "orders/?page_size=1", NULL, 200);
  assert_status (sandbox, scanner, "GET", EVENT "orderpositions/", NULL, 403);
  assert_status (sandbox, scanner, "GET", ORGANIZER "events/series/orders/", NULL, 403);
  rolled = ask (sandbox, scanner, "POST", "/api/v1/device/roll", "{}");
  fresh = g_strconcat ("Device ", foyer_json_get_string (answer_object (rolled), "api_token"),
                       NULL);
  assert_status (sandbox, scanner, "GET", "/api/v1/device/info", NULL, 401);
  assert_status (sandbox, fresh, "POST", "/api/v1/device/revoke", "{}", 200);
  assert_status (sandbox, fresh, "GET", "/api/v1/device/info", NULL, 401);
}

static gint64
post (FoyerSandbox *sandbox, const char *address, const char *body)
{
  g_autoptr (Answer) answer = ask (sandbox, NULL, "POST", address, body);

  g_assert_cmpuint (answer->status, ==, 201);
  return foyer_json_get_int (answer_object (answer), "id", 0);
}

/* A test's own event, made by the same requests as on a real server; and a ticket's whole life. */
static void
test_own_event (void)
{
  static const char own[] = ORGANIZER "events/mine/";
  g_autoptr (FoyerSandbox) sandbox = start (0, NULL);
  g_autofree char *items = g_strconcat (own, "items/", NULL);
  g_autofree char *lists = g_strconcat (own, "checkinlists/", NULL);
  g_autofree char *orders = g_strconcat (own, "orders/", NULL);
  g_autofree char *order_body = NULL;
  g_autofree char *scan = NULL;
  g_autofree char *annul = NULL;
  g_autofree char *paid = g_strconcat (own, "orders/MINE1/mark_paid/", NULL);
  g_autofree char *cancel = g_strconcat (own, "orders/MINE1/mark_canceled/", NULL);
  gint64 item, list;

  assert_status (sandbox, NULL, "POST", ORGANIZER "events/",
                 "{\"name\":\"Mine\",\"slug\":\"mine\",\"currency\":\"EUR\",\"date_from\":"
                 "\"2030-01-01T10:00:00+01:00\",\"timezone\":\"Europe/Berlin\"}",
                 201);
  item = post (sandbox, items,
               "{\"name\":\"Ticket\",\"default_price\":\"100.00\",\"admission\":true}");
  list = post (sandbox, lists, "{\"name\":\"Door\",\"all_products\":true}");
  order_body = g_strdup_printf (
      "{\"code\":\"MINE1\",\"status\":\"n\",\"positions\":[{\"item\":%" G_GINT64_FORMAT
      ",\"secret\":\"mysecret\"}]}",
      item);
  scan = g_strdup_printf (
      "{\"secret\":\" mysecret \",\"nonce\":\"n\",\"lists\":[\"%" G_GINT64_FORMAT "\"]}", list);
  annul = g_strdup_printf ("{\"nonce\":\"n\",\"lists\":[%" G_GINT64_FORMAT "]}", list);
  assert_status (sandbox, NULL, "POST", orders, order_body, 201);
  assert_status (sandbox, NULL, "POST", orders, order_body, 400);
  assert_status (sandbox, NULL, "POST", ORGANIZER "checkinrpc/redeem/", scan, 400);
  assert_status (sandbox, NULL, "POST", paid, "{\"send_email\":false}", 200);
  assert_status (sandbox, NULL, "POST", paid, "{\"send_email\":false}", 400);
  assert_status (sandbox, NULL, "POST", ORGANIZER "checkinrpc/redeem/", scan, 201);
  assert_status (sandbox, NULL, "POST", ORGANIZER "checkinrpc/redeem/", scan, 201);
  /* the refused scan has the same nonce: "several" */
  assert_status (sandbox, NULL, "POST", ORGANIZER "checkinrpc/annul/", annul, 400);
  assert_status (sandbox, NULL, "POST", cancel, "{}", 200);
  assert_status (sandbox, NULL, "POST", cancel, "{}", 400);
  assert_status (sandbox, NULL, "POST", ORGANIZER "checkinrpc/annul/", "{}", 400);
}

static char *
read_orders (FoyerSandbox *sandbox)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint page = 1; page <= 3; page++)
    {
      g_autofree char *address = g_strdup_printf (
          "/api/v1/organizers/demo/events/sample/orders/?ordering=datetime&page=%u", page);
      g_autofree char *text = foyer_sandbox_ask (sandbox, NULL, "GET", address, NULL, NULL);
      g_auto (GStrv) parts = g_strsplit (text, foyer_sandbox_get_url (sandbox), -1);
      g_autofree char *plain = g_strjoinv ("", parts);

      g_string_append (all, plain);
    }
  return g_strdup (all->str);
}

static FoyerSandbox *
start_dated (guint64 seed)
{
  FoyerSandbox *sandbox = g_object_new (FOYER_TYPE_SANDBOX, "attendees", (guint64)300, "seed", seed,
                                        "date", "2026-05-04", NULL);

  g_assert_true (foyer_sandbox_start (sandbox, NULL));
  return sandbox;
}

static void
test_determinism (void)
{
  g_autoptr (FoyerSandbox) one = start_dated (3);
  g_autoptr (FoyerSandbox) same = start_dated (3);
  g_autoptr (FoyerSandbox) other = start_dated (4);
  g_autofree char *one_text = read_orders (one);
  g_autofree char *same_text = read_orders (same);
  g_autofree char *other_text = read_orders (other);

  g_assert_cmpuint (strlen (one_text), >, 100000);
  g_assert_cmpstr (one_text, ==, same_text);
  g_assert_cmpstr (one_text, !=, other_text);
  g_assert_cmpstr (foyer_sandbox_get_token (one), ==, foyer_sandbox_get_token (same));
  g_assert_cmpstr (foyer_sandbox_get_token (one), !=, foyer_sandbox_get_token (other));
}

/* What came over the wire is there again, to the byte, also what was kept for a key. */
static void
test_comes_back (void)
{
  g_autofree char *folder = g_dir_make_tmp ("foyer-sandbox-XXXXXX", NULL);
  g_autofree char *state = g_build_filename (folder, "state", NULL);
  g_autofree char *key = NULL;
  g_autofree char *orders = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *kept = NULL;
  FILE *file;

  for (guint round = 0; round < 2; round++)
    {
      /* the second one asks for another size: the file knows better */
      g_autoptr (FoyerSandbox) sandbox = start (round == 0 ? 120 : 5, state);
      g_autofree char *found_orders = NULL;
      g_autofree char *found_rows = NULL;
      g_autoptr (Answer) log = NULL;
      g_autoptr (Answer) found_kept = NULL;

      if (round == 0)
        {
          g_autoptr (GPtrArray) codes = read_codes (sandbox, "ordering=datetime", NULL);
          g_autofree char *secret = get_secret (sandbox, g_ptr_array_index (codes, 5));
          g_autofree char *scan = make_scan (sandbox, secret, "n5");
          g_autoptr (Answer) scanned = NULL;

          key = initialise (sandbox, foyer_sandbox_get_device_init_token (sandbox), 200);
          scanned = ask_with_key (sandbox, "k5", "POST", ORGANIZER "checkinrpc/redeem/", scan);
          g_assert_cmpuint (scanned->status, ==, 201);
          kept = g_strdup (scanned->text);
          assert_status (sandbox, key, "POST", ORGANIZER "checkinrpc/redeem/", "{}", 400);
        }
      assert_status (sandbox, key, "GET", "/api/v1/device/info", NULL, 200);
      found_kept = ask (sandbox, NULL, "GET", "/api/v1/idempotency_query?key=k5", NULL);
      found_orders = read_orders (sandbox);
      log = ask (sandbox, NULL, "GET", "/sandbox/checkins", NULL);
      found_rows = g_strdup (log->text);
      g_assert_cmpstr (found_kept->text, ==, kept);
      if (round == 1)
        {
          g_assert_cmpstr (found_orders, ==, orders);
          g_assert_cmpstr (found_rows, ==, rows);
        }
      else
        {
          orders = g_steal_pointer (&found_orders);
          rows = g_steal_pointer (&found_rows);
        }
    }
  /* a line that was being written when the power went */
  file = fopen (state, "a");
  g_assert_nonnull (file);
  fputs ("{\"now\":17", file);
  fclose (file);
  {
    g_autoptr (FoyerSandbox) sandbox = start (1, state);
    g_autofree char *again = read_orders (sandbox);

    g_assert_cmpstr (again, ==, orders);
  }
  g_unlink (state);
  g_rmdir (folder);
}

static void
test_bad_start (void)
{
  g_autoptr (FoyerSandbox) first = start (5, NULL);
  g_autoptr (GUri) uri = g_uri_parse (foyer_sandbox_get_url (first), G_URI_FLAGS_NONE, NULL);
  g_autoptr (FoyerSandbox) second = g_object_new (FOYER_TYPE_SANDBOX, "attendees", (guint64)5,
                                                  "port", (guint)g_uri_get_port (uri), NULL);
  g_autoptr (FoyerSandbox) third = g_object_new (FOYER_TYPE_SANDBOX, "state-file",
                                                 "/nowhere/at/all", NULL);
  g_autoptr (FoyerSandbox) fourth = g_object_new (FOYER_TYPE_SANDBOX, "faults", "x=y", NULL);
  g_autoptr (GError) taken = NULL;
  g_autoptr (GError) unwritable = NULL;
  g_autoptr (GError) unreadable = NULL;

  g_assert_false (foyer_sandbox_start (second, &taken));
  g_assert_error (taken, FOYER_ERROR, FOYER_ERROR_OFFLINE);
  g_assert_false (foyer_sandbox_start (third, &unwritable));
  g_assert_error (unwritable, FOYER_ERROR, FOYER_ERROR_STORAGE);
  g_assert_false (foyer_sandbox_start (fourth, &unreadable));
  g_assert_error (unreadable, FOYER_ERROR, FOYER_ERROR_INVALID);
  foyer_sandbox_stop (first);
  foyer_sandbox_stop (first);
  g_assert_true (foyer_sandbox_start (second, NULL));
}

/* 100,000 attendees: processor time, so that a busy machine does not fail it. */
static void
test_large (void)
{
  clock_t began = clock ();
  g_autoptr (FoyerSandbox) sandbox = start (100000, NULL);
  double seconds = (double)(clock () - began) / CLOCKS_PER_SEC;
  g_autoptr (Answer) page = NULL;
  g_autoptr (Answer) status = NULL;
  g_autofree char *address = g_strdup_printf (EVENT "checkinlists/%" G_GINT64_FORMAT "/status/",
                                              get_list (sandbox, "Main entrance"));
  gint64 inside, positions;

  g_test_message ("grown in %.2f s", seconds);
  g_assert_cmpfloat (seconds, <, 8);
  page = ask (sandbox, NULL, "GET", EVENT "orders/?ordering=datetime&page=500", NULL);
  g_assert_cmpuint (json_array_get_length (answer_results (page)), ==, 50);
  status = ask (sandbox, NULL, "GET", address, NULL);
  inside = foyer_json_get_int (answer_object (status), "inside_count", 0);
  positions = foyer_json_get_int (answer_object (status), "position_count", 0);
  g_assert_cmpint (positions, >, 80000);
  g_assert_cmpint (inside * 100, >, positions * 2);
  g_assert_cmpint (inside * 100, <, positions * 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/world/doors", test_doors);
  g_test_add_func ("/sandbox/world/pages", test_pages);
  g_test_add_func ("/sandbox/world/watermark", test_watermark);
  g_test_add_func ("/sandbox/world/keys", test_keys);
  g_test_add_func ("/sandbox/world/devices", test_devices);
  g_test_add_func ("/sandbox/world/own-event", test_own_event);
  g_test_add_func ("/sandbox/world/determinism", test_determinism);
  g_test_add_func ("/sandbox/world/comes-back", test_comes_back);
  g_test_add_func ("/sandbox/world/bad-start", test_bad_start);
  g_test_add_func ("/sandbox/world/large", test_large);
  return g_test_run ();
}
