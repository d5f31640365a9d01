/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages that a healthy server never sends, links that lead astray, and what is asked for. */

#include <string.h>

#include "foyer-category.h"
#include "foyer-event.h"
#include "foyer-order.h"
#include "pretix-fixture.h"

#define LISTS "/api/v1/organizers/org/events/ev/categories/"
#define CATEGORY(id) "{\"id\": " id ", \"name\": {\"en\": \"A\"}}"

static void
test_bad_records (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerPage) page = NULL;

  fixture_init (&fixture, "Token", NULL);
  fixture_push_page (&fixture, NULL, "null",
                     CATEGORY ("1") ", {\"id\": 9223372036854775808, \"name\": {}}, 7, null, [],"
                                    "{\"id\": 2, \"name\": {\"en\": \"x\\u0000y\"}},"
                                    "{\"id\": 3, \"id\": 4, \"name\": null},"
                                    "{\"id\": 5, \"name\": {\"en\": \"\\ud800\"}},"
                                    "{\"id\": \"6\"}, {\"id\": 7, \"name\": null},"
                                    "{\"id\": 8, \"name\": 1e999}, " CATEGORY ("9"));
  page = fixture_pull (&fixture, FOYER_RESOURCE_CATEGORIES, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->records->len, ==, 3);
  g_assert_cmpint (((FoyerCategory *)page->records->pdata[0])->id, ==, 1);
  g_assert_cmpint (((FoyerCategory *)page->records->pdata[1])->id, ==, 7);
  g_assert_cmpstr (((FoyerCategory *)page->records->pdata[1])->name, ==, "");
  g_assert_cmpint (((FoyerCategory *)page->records->pdata[2])->id, ==, 9);
  g_assert_cmpuint (page->rejects->len, ==, 9);
  g_assert_true (g_str_has_prefix (page->rejects->pdata[0], "results[1]: "));
  g_assert_cmpstr (page->rejects->pdata[7], ==, "results[8]: id is no id");
  g_assert_cmpint (page->total, ==, 7);
  g_assert_null (page->next);
}

/* What a reject says is for a log: where and what, never whose. */
static void
test_rejects_name_nobody (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerPage) page = NULL;

  fixture_init (&fixture, "Token", NULL);
  fixture_push_page (&fixture, NULL, "null", "");
  fixture_push_page (&fixture, NULL, "null",
                     "{\"code\": \"QQQQQ\", \"status\": \"p\", \"email\": \"eve@example.org\","
                     " \"positions\": [{\"id\": 1, \"item\": 2, \"secret\": 4711, \"checkins\": [],"
                     " \"attendee_name\": \"Eve\"}]},"
                     "{\"code\": \"RRRRR\", \"status\": \"eve@example.org\", \"positions\": []}");
  page = fixture_pull (&fixture, FOYER_RESOURCE_ORDERS, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->records->len, ==, 0);
  g_assert_cmpuint (page->rejects->len, ==, 2);
  g_assert_cmpstr (page->rejects->pdata[0], ==, "results[0]: positions[0].secret is no text");
  g_assert_cmpstr (page->rejects->pdata[1], ==, "results[1]: status is unknown");
}

static void
test_bad_pages (void)
{
  g_autofree char *deep_open = g_strnfill (100000, '[');
  g_autofree char *deep = g_strconcat ("{\"results\": ", deep_open, "}", NULL);
  const struct
  {
    int status;
    const char *body;
    FoyerError code;
  } cases[] = {
    { 200, "<html>log in</html>", FOYER_ERROR_PROTOCOL },
    { 200, "{\"results\": [", FOYER_ERROR_PROTOCOL },
    { 200, "{\"count\": 0}", FOYER_ERROR_PROTOCOL },
    { 200, "{\"results\": {}}", FOYER_ERROR_PROTOCOL },
    { 200, "[]", FOYER_ERROR_PROTOCOL },
    { 200, "null", FOYER_ERROR_PROTOCOL },
    { 200, "{\"results\": []} x", FOYER_ERROR_PROTOCOL },
    { 200, deep, FOYER_ERROR_PROTOCOL },
    { 404, "<html>no</html>", FOYER_ERROR_PROTOCOL },
    { 404, "{\"detail\": \"Invalid page.\"}", FOYER_ERROR_NOT_FOUND },
    { 403, "{\"detail\": \"no\"}", FOYER_ERROR_FORBIDDEN },
    { 401, "{\"detail\": \"no\"}", FOYER_ERROR_UNAUTHORIZED },
    { 400, "{\"modified_since\": [\"no\"]}", FOYER_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (GError) error = NULL;

      fixture_init (&fixture, "Token", NULL);
      fixture_push (&fixture, cases[i].status, NULL, cases[i].body);
      /* should it be asked again, it is the same again */
      for (guint j = 0; j < 8; j++)
        fixture_push (&fixture, cases[i].status, NULL, cases[i].body);
      g_test_message ("%d %.40s", cases[i].status, cases[i].body);
      g_assert_null (fixture_pull (&fixture, FOYER_RESOURCE_CATEGORIES, NULL, NULL, &error));
      g_assert_error (error, FOYER_ERROR, cases[i].code);
    }
}

static void
test_next (void)
{
  static const struct
  {
    const char *path; /* behind the host, of our address */
    const char *next;
    const char *cursor; /* NULL: refused */
  } cases[] = {
    { NULL, "\"https://pretix.example.org" LISTS "?page=2\"", "page=2" },
    { NULL, "\"http://evil.example.org:99" LISTS "?token=x&page=3&page_size=1\"", "page=3" },
    { NULL, "\"" LISTS "?page=2\"", "page=2" },
    { "/shop", "\"https://pretix.example.org" LISTS "?page=2\"", "page=2" },
    { NULL, "\"https://pretix.example.org/sub" LISTS "?page=2\"", "page=2" },
    { NULL, "\"https://pretix.example.org/api/v1/organizers/org/events/ev/orders/?page=2\"", NULL },
    { NULL, "\"https://pretix.example.org/api/v1/organizers/org/events/other/categories/?page=2\"",
      NULL },
    { NULL, "\"https://pretix.example.org" LISTS "?page=1\"", NULL },
    { NULL, "\"https://pretix.example.org" LISTS "?page=0\"", NULL },
    { NULL, "\"https://pretix.example.org" LISTS "?page=-2\"", NULL },
    { NULL, "\"https://pretix.example.org" LISTS "?page=99999999999999999999\"", NULL },
    { NULL, "\"https://pretix.example.org" LISTS "?page=2%262\"", NULL },
    { NULL, "\"https://pretix.example.org" LISTS "\"", NULL },
    { NULL, "\"https://pretix.example.org" LISTS "?cursor=abc\"", NULL },
    { NULL, "\"http://[\"", NULL },
    { NULL, "\"file:///etc/passwd?page=2\"", NULL },
    { NULL, "2", NULL },
    { NULL, "{}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerPage) page = NULL;
      g_autoptr (FoyerPage) second = NULL;

      fixture_init (&fixture, "Token", cases[i].path);
      g_test_message ("%s", cases[i].next);
      fixture_push_page (&fixture, NULL, cases[i].next, CATEGORY ("1"));
      page = fixture_pull (&fixture, FOYER_RESOURCE_CATEGORIES, NULL, NULL, &error);
      if (cases[i].cursor == NULL)
        {
          g_assert_null (page);
          g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (g_str_has_suffix (page->next, cases[i].cursor));

      /* and it is asked of nobody but us */
      fixture_push_page (&fixture, NULL, "null", CATEGORY ("2"));
      second = fixture_pull (&fixture, FOYER_RESOURCE_CATEGORIES, page->next, NULL, &error);
      g_assert_no_error (error);
      g_assert_null (second->next);
      g_assert_cmpuint (foyer_fault_server_count_requests (fixture.server), ==, 2);
      g_assert_nonnull (strstr (fixture_get_target (&fixture, 1), cases[i].cursor));
      g_assert_null (strstr (fixture_get_target (&fixture, 1), "token"));
    }
}

static void
test_empty_page_with_next (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture, "Token", NULL);
  fixture_push_page (&fixture, NULL, "\"https://pretix.example.org" LISTS "?page=2\"", "");
  g_assert_null (fixture_pull (&fixture, FOYER_RESOURCE_CATEGORIES, NULL, NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
}

/* The server's clock, of whichever header says it. */
static void
test_watermark (void)
{
  static const struct
  {
    const char *headers;
    const char *watermark;
    const char *since;
  } cases[] = {
    { "X-Page-Generated: 2026-11-25T18:01:03.524106+01:00\r\nDate: Wed, 25 Nov 2026 17:05:00 "
      "GMT\r\n",
      "at=2026-11-25T17:01:03.524106Z", "2026-11-25T17%3A00%3A03.524106Z" },
    { "Date: Wed, 25 Nov 2026 17:05:00 GMT\r\n", "at=2026-11-25T17:05:00Z",
      "2026-11-25T17%3A04%3A00Z" },
    { "X-Page-Generated: yesterday\r\n", NULL, NULL },
    { NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerPage) page = NULL;
      g_autoptr (FoyerPage) later = NULL;
      g_autofree char *asked = NULL;

      fixture_init (&fixture, "Token", NULL);
      fixture_push_page (&fixture, cases[i].headers, "null", "");
      page = fixture_pull (&fixture, FOYER_RESOURCE_BLOCKED, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (page->whole);
      g_assert_cmpstr (page->watermark, ==, cases[i].watermark);
      g_assert_null (strstr (fixture_get_target (&fixture, 0), "updated_since"));

      fixture_push_page (&fixture, NULL, "null", "");
      later = fixture_pull (&fixture, FOYER_RESOURCE_BLOCKED, NULL, page->watermark, &error);
      g_assert_no_error (error);
      g_assert_cmpint (later->whole, ==, cases[i].since == NULL);
      asked = g_strdup_printf ("updated_since=%s", cases[i].since);
      if (cases[i].since != NULL)
        g_assert_nonnull (strstr (fixture_get_target (&fixture, 1), asked));
    }
}

#define GENERATED "X-Page-Generated: 2026-11-25T18:00:00+00:00\r\n"
#define QUESTION(asked, shown)                                                                     \
  "{\"id\": 1, \"type\": \"B\", \"ask_during_checkin\": " asked                                    \
  ", \"show_during_checkin\": " shown "}"
#define AN_ORDER                                                                                   \
  "{\"code\": \"ABCDE\", \"status\": \"p\", \"datetime\": \"2026-11-02T09:00:00+01:00\","          \
  " \"positions\": []}"

/* What people have answered is asked for only if the door needs it; once it does, all orders are. */
static void
test_answers_at_the_door (void)
{
  static const char *const records[] = { "", QUESTION ("false", "false"),
                                         QUESTION ("true", "false"), QUESTION ("false", "true") };
  g_autofree char *without = NULL;
  g_autofree char *with = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      gboolean needed = i >= 2;
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerPage) page = NULL;
      const char *target;

      fixture_init (&fixture, "Token", NULL);
      fixture_push_page (&fixture, NULL, "null", records[i]);
      fixture_push_page (&fixture, GENERATED, "null", AN_ORDER);
      page = fixture_pull (&fixture, FOYER_RESOURCE_ORDERS, NULL, NULL, &error);
      g_assert_no_error (error);
      target = fixture_get_target (&fixture, 1);
      g_assert_cmpint (strstr (target, "include=positions.answers") != NULL, ==, needed);
      g_assert_nonnull (strstr (target, "include=positions.checkins&"));
      g_assert_nonnull (strstr (target, "include_canceled_positions=true"));
      g_assert_nonnull (strstr (target, "ordering=datetime"));
      g_assert_null (strstr (target, "invoice_address"));
      g_assert_cmpstr (page->resume, ==,
                       needed ? "run=whole&since=2026-11-02T08:00:00Z&answers=1&page=1"
                              : "run=whole&since=2026-11-02T08:00:00Z&page=1");
      g_free (needed ? with : without);
      *(needed ? &with : &without) = g_strdup (page->watermark);
    }

  g_assert_cmpstr (without, !=, with);
  for (guint i = 0; i < 4; i++)
    {
      const char *mark = i % 2 == 0 ? without : with;
      gboolean needed = i >= 2;
      g_auto (Fixture) fixture = { NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerPage) page = NULL;

      fixture_init (&fixture, "Token", NULL);
      fixture_push_page (&fixture, NULL, "null",
                         needed ? QUESTION ("true", "true") : QUESTION ("false", "false"));
      fixture_push_page (&fixture, GENERATED, "null", AN_ORDER);
      page = fixture_pull (&fixture, FOYER_RESOURCE_ORDERS, NULL, mark, &error);
      g_assert_no_error (error);
      g_assert_cmpint (page->whole, ==, needed && mark == without);
      g_assert_nonnull (strstr (fixture_get_target (&fixture, 1),
                                page->whole ? "ordering=datetime" : "ordering=-last_modified"));
    }
}

/* A run of changes keeps its beginning while it goes through its pages. */
static void
test_delta_pages (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerPage) first = NULL;
  g_autoptr (FoyerPage) second = NULL;
  const char *target;

  fixture_init (&fixture, "Token", NULL);
  fixture_push_page (&fixture, NULL, "null", "");
  fixture_push_page (&fixture, GENERATED,
                     "\"http://x/api/v1/organizers/org/events/ev/orders/?page=2\"", AN_ORDER);
  first = fixture_pull (&fixture, FOYER_RESOURCE_ORDERS, NULL, "at=2026-11-25T17:00:00Z", &error);
  g_assert_no_error (error);
  g_assert_false (first->whole);
  g_assert_null (first->resume);
  fixture_push_page (&fixture, GENERATED, "null", AN_ORDER);
  second = fixture_pull (&fixture, FOYER_RESOURCE_ORDERS, first->next, "at=2026-11-25T17:00:00Z",
                         &error);
  g_assert_no_error (error);
  g_assert_false (second->whole);
  g_assert_null (second->next);
  g_assert_cmpuint (foyer_fault_server_count_requests (fixture.server), ==, 3);
  target = fixture_get_target (&fixture, 2);
  g_assert_nonnull (strstr (target, "modified_since=2026-11-25T16%3A59%3A00Z"));
  g_assert_nonnull (strstr (target, "page=2"));
  g_assert_nonnull (strstr (target, "ordering=-last_modified"));
}

/* A run taken up again begins with the order that was last, and does not count it all. */
static void
test_resume (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerPage) page = NULL;

  fixture_init (&fixture, "Token", NULL);
  fixture_push_page (&fixture, GENERATED, "null", AN_ORDER);
  page = fixture_pull (&fixture, FOYER_RESOURCE_ORDERS,
                       "run=whole&since=2026-11-02T08:00:00Z&page=1", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (page->whole);
  g_assert_cmpint (page->total, ==, -1);
  g_assert_nonnull (
      strstr (fixture_get_target (&fixture, 0), "created_since=2026-11-02T08%3A00%3A00Z"));
}

static void
test_event_language (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerPage) page = NULL;
  g_autoptr (FoyerPage) categories = NULL;
  const FoyerEvent *event;

  fixture_init (&fixture, "Token", NULL);
  fixture_push (&fixture, 200, NULL, "{\"slug\": \"ev\", \"name\": {\"it\": \"Porta\"}}");
  fixture_push (&fixture, 200, NULL, "{\"locale\": \"it\", \"locales\": [\"it\", \"en\"]}");
  page = fixture_pull (&fixture, FOYER_RESOURCE_EVENT, NULL, NULL, &error);
  g_assert_no_error (error);
  event = page->records->pdata[0];
  g_assert_cmpstr (event->locale, ==, "it");
  g_assert_cmpstr (event->name, ==, "Porta");
  g_assert_cmpstr (event->organizer, ==, "org");

  /* from here on Italian goes before English for somebody who reads German */
  fixture_push_page (&fixture, NULL, "null",
                     "{\"id\": 1, \"name\": {\"en\": \"Tickets\", \"it\": \"Biglietti\"}}");
  categories = fixture_pull (&fixture, FOYER_RESOURCE_CATEGORIES, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((FoyerCategory *)categories->records->pdata[0])->name, ==, "Biglietti");
  g_assert_nonnull (strstr (foyer_fault_server_get_request (fixture.server, 2)->head,
                            "Accept-Language: de, it;q=0.8, en;q=0.7"));
}

static void
test_event_without_settings (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerPage) page = NULL;

  fixture_init (&fixture, "Token", NULL);
  fixture_push (&fixture, 200, NULL, "{\"slug\": \"ev\", \"name\": null}");
  fixture_push (&fixture, 403, NULL, "{\"detail\": \"no\"}");
  page = fixture_pull (&fixture, FOYER_RESOURCE_EVENT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (((FoyerEvent *)page->records->pdata[0])->locale);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pretix/pull/bad-records", test_bad_records);
  g_test_add_func ("/pretix/pull/rejects-name-nobody", test_rejects_name_nobody);
  g_test_add_func ("/pretix/pull/bad-pages", test_bad_pages);
  g_test_add_func ("/pretix/pull/next", test_next);
  g_test_add_func ("/pretix/pull/empty-page-with-next", test_empty_page_with_next);
  g_test_add_func ("/pretix/pull/watermark", test_watermark);
  g_test_add_func ("/pretix/pull/answers-at-the-door", test_answers_at_the_door);
  g_test_add_func ("/pretix/pull/delta-pages", test_delta_pages);
  g_test_add_func ("/pretix/pull/resume", test_resume);
  g_test_add_func ("/pretix/pull/event-language", test_event_language);
  g_test_add_func ("/pretix/pull/event-without-settings", test_event_without_settings);
  return g_test_run ();
}
