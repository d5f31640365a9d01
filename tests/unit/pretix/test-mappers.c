/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mappers, over what a real pretix answered, and over what it should never answer. */

#include <json-glib/json-glib.h>

#include "foyer-json.h"
#include "foyer-pretix-mapper-device.h"
#include "foyer-pretix-mapper-event.h"
#include "foyer-pretix-mapper-item.h"
#include "foyer-pretix-mapper-list.h"
#include "foyer-pretix-mapper-order.h"
#include "foyer-pretix-mapper-question.h"
#include "foyer-pretix-mapper-redeem.h"

static JsonNode *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "pretix", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static JsonNode *
record (JsonNode *page, guint index)
{
  JsonArray *results = foyer_json_get_array (foyer_json_get_root_object (page), "results");

  g_assert_nonnull (results);
  g_assert_cmpuint (index, <, json_array_get_length (results));
  return json_array_get_element (results, index);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

static FoyerPretixReader *
reader_of (const char *languages, const char *event_locale)
{
  g_auto (GStrv) locales = g_strsplit (languages, " ", -1);

  return foyer_pretix_reader_new ((const char *const *)locales, event_locale);
}

static FoyerTime
time_of (const char *text)
{
  FoyerTime time = FOYER_TIME_NONE;

  g_assert_true (foyer_time_parse (text, NULL, &time));
  return time;
}

static void
test_language (void)
{
  g_autoptr (JsonNode) node = parse ("{\"a\": {\"en\": \"Door\", \"de\": \"Tür\", \"fr\": \"\"},"
                                     " \"b\": {\"ja\": \"入口\", \"x\": 7}, \"c\": \"plain\","
                                     " \"d\": {}, \"e\": null, \"f\": [\"x\"], \"g\": 7,"
                                     " \"h\": {\"de-informal\": \"du\", \"en\": \"you\"}}");
  JsonObject *object = json_node_get_object (node);
  g_autoptr (FoyerPretixReader) german = reader_of ("de_AT.UTF-8 de_AT de C", NULL);
  g_autoptr (FoyerPretixReader) french = reader_of ("fr_FR fr C", "de");
  g_autoptr (FoyerPretixReader) nobody = reader_of ("C.UTF-8 POSIX", NULL);
  g_autofree char *languages = foyer_pretix_reader_dup_accept_language (german);
  g_autofree char *english = foyer_pretix_reader_dup_accept_language (nobody);

  g_assert_cmpstr (foyer_pretix_reader_get_text (german, object, "a"), ==, "Tür");
  /* French is there but empty: the event's language */
  g_assert_cmpstr (foyer_pretix_reader_get_text (french, object, "a"), ==, "Tür");
  g_assert_cmpstr (foyer_pretix_reader_get_text (nobody, object, "a"), ==, "Door");
  g_assert_cmpstr (foyer_pretix_reader_get_text (german, object, "b"), ==, "入口");
  g_assert_cmpstr (foyer_pretix_reader_get_text (german, object, "c"), ==, "plain");
  for (const char *const *member = (const char *const[]){ "d", "e", "f", "g", "absent", NULL };
       *member != NULL; member++)
    g_assert_null (foyer_pretix_reader_get_text (german, object, *member));
  g_assert_cmpstr (foyer_pretix_reader_get_text (german, object, "h"), ==, "you");
  g_assert_cmpstr (languages, ==, "de-at, de;q=0.8, en;q=0.7");
  g_assert_cmpstr (english, ==, "en");
}

static void
test_event (void)
{
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);
  g_autoptr (JsonNode) event_node = load ("event.json");
  g_autoptr (JsonNode) events = load ("events.json");
  g_autoptr (JsonNode) subevents = load ("subevents.json");
  g_autoptr (JsonNode) organizers = load ("organizers.json");
  g_autoptr (JsonNode) signed_event = parse (
      "{\"slug\": \"s\", \"name\": null, \"valid_keys\": {\"pretix_sig1\": [\"QQ==\", 5]}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerEvent) event = foyer_pretix_map_event (event_node, reader, &error);
  g_autoptr (FoyerEvent) third = foyer_pretix_map_event (record (events, 2), reader, &error);
  g_autoptr (FoyerEvent) nameless = foyer_pretix_map_event (signed_event, reader, &error);
  g_autoptr (FoyerSubevent) subevent = foyer_pretix_map_subevent (record (subevents, 0), reader,
                                                                  &error);
  g_autoptr (FoyerOrganizer) organizer = foyer_pretix_map_organizer (record (organizers, 0), reader,
                                                                     &error);

  g_assert_no_error (error);
  g_assert_cmpstr (event->slug, ==, "conf");
  g_assert_cmpstr (event->name, ==, "Harbour Conference");
  g_assert_cmpstr (event->zone, ==, "Europe/Berlin");
  g_assert_cmpstr (event->currency, ==, "EUR");
  g_assert_cmpint (event->date_admission, ==, event->date_from - FOYER_HOUR);
  g_assert_true (event->live);
  g_assert_false (event->has_subevents);
  g_assert_null (event->signing_keys);
  g_assert_nonnull (third->slug);
  g_assert_cmpstr (nameless->name, ==, "s");
  g_assert_cmpuint (g_strv_length (nameless->signing_keys), ==, 1);
  g_assert_cmpint (subevent->id, ==, 1);
  g_assert_cmpstr (subevent->name, ==, "Night 1");
  g_assert_true (subevent->active);
  g_assert_cmpint (subevent->date_to - subevent->date_from, ==, 5 * FOYER_HOUR);
  g_assert_cmpint (subevent->date_admission, ==, FOYER_TIME_NONE);
  g_assert_cmpstr (organizer->slug, ==, "demo");
}

static void
test_catalogue (void)
{
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);
  g_autoptr (JsonNode) items = load ("items.json");
  g_autoptr (JsonNode) categories = load ("categories.json");
  g_autoptr (JsonNode) questions = load ("questions.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerProduct) product = foyer_pretix_map_item (record (items, 0), reader, &error);
  g_autoptr (FoyerCategory) category = foyer_pretix_map_category (record (categories, 0), reader,
                                                                  &error);
  g_autoptr (FoyerQuestion) question = foyer_pretix_map_question (record (questions, 0), reader,
                                                                  &error);
  const FoyerVariation *student;
  const FoyerQuestionOption *vegan;

  g_assert_no_error (error);
  g_assert_cmpint (product->id, ==, 1);
  g_assert_cmpstr (product->name, ==, "Conference ticket");
  g_assert_cmpint (product->category, ==, 1);
  g_assert_true (product->admission);
  g_assert_null (product->media_policy);
  g_assert_cmpuint (product->variations->len, ==, 2);
  student = g_ptr_array_index (product->variations, 1);
  g_assert_cmpint (student->id, ==, 2);
  g_assert_cmpstr (student->name, ==, "Student");
  g_assert_cmpint (category->id, ==, 1);
  g_assert_cmpstr (question->type, ==, "C");
  g_assert_cmpstr (question->identifier, ==, "DIET");
  g_assert_true (question->ask_during_checkin);
  g_assert_false (question->required);
  g_assert_cmpint (g_array_index (question->products, gint64, 0), ==, 5);
  g_assert_cmpuint (question->options->len, ==, 4);
  vegan = g_ptr_array_index (question->options, 2);
  g_assert_cmpstr (vegan->answer, ==, "Vegan");
  g_assert_cmpint (vegan->id, ==, 3);
}

static void
test_lists (void)
{
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);
  g_autoptr (JsonNode) lists = load ("checkinlists.json");
  g_autoptr (JsonNode) revoked = load ("revokedsecrets.json");
  g_autoptr (JsonNode) blocked = load ("blockedsecrets.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerCheckInList) second = foyer_pretix_map_list (record (lists, 0), reader, &error);
  g_autoptr (FoyerCheckInList) main_list = foyer_pretix_map_list (record (lists, 1), reader,
                                                                  &error);
  g_autoptr (FoyerSecretMark) old = foyer_pretix_map_revoked (record (revoked, 0), reader, &error);
  g_autoptr (FoyerSecretMark) stop = foyer_pretix_map_blocked (record (blocked, 0), reader, &error);
  g_autoptr (JsonNode) rules = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (second->id, ==, 3);
  g_assert_false (second->all_products);
  g_assert_true (foyer_check_in_list_has_product (second, 5));
  g_assert_false (foyer_check_in_list_has_product (second, 3));
  g_assert_true (second->include_pending);
  g_assert_true (second->allow_multiple_entries);
  rules = parse (second->rules);
  g_assert_nonnull (foyer_json_get_array (json_node_get_object (rules), "and"));
  g_assert_true (main_list->all_products);
  g_assert_null (main_list->rules);
  g_assert_true (main_list->allow_entry_after_exit);
  g_assert_cmpint (old->id, ==, 5);
  g_assert_cmpuint (strlen (old->secret), ==, 32);
  g_assert_cmpint (old->changed, !=, FOYER_TIME_NONE);
  g_assert_true (stop->blocked);
}

static void
test_rules_kept (void)
{
  static const struct
  {
    const char *rules;
    const char *kept;
  } cases[] = {
    { "{}", NULL },     { "[]", NULL },
    { "\"\"", NULL },   { "0", NULL },
    { "false", NULL },  { "null", NULL },
    { "true", "true" }, { "\"x\"", "\"x\"" },
    { "7", "7" },       { "{\"or\":[]}", "{\"or\":[]}" },
    { "[1]", "[1]" },
  };
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\": 1, \"all_products\": true, \"rules\": %s}",
                                               cases[i].rules);
      g_autoptr (JsonNode) node = parse (text);
      g_autoptr (FoyerCheckInList) list = foyer_pretix_map_list (node, reader, NULL);

      g_assert_cmpstr (list->rules, ==, cases[i].kept);
    }
}

static FoyerOrder *
order_by_code (JsonNode *page, const char *code)
{
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);
  JsonArray *results = foyer_json_get_array (foyer_json_get_root_object (page), "results");

  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerOrder) order = foyer_pretix_map_order (json_array_get_element (results, i),
                                                             reader, &error);

      g_assert_no_error (error);
      if (g_str_equal (order->code, code))
        return g_steal_pointer (&order);
    }

  g_assert_not_reached ();
}

static void
test_orders (void)
{
  g_autoptr (JsonNode) page = load ("orders.json");
  g_autoptr (FoyerOrder) blocked = order_by_code (page, "EUQ7W");
  g_autoptr (FoyerOrder) inside = order_by_code (page, "VAATK");
  g_autoptr (FoyerOrder) expired = order_by_code (page, "QSXFJ");
  g_autoptr (FoyerOrder) pending = order_by_code (page, "SGNJL");
  g_autoptr (FoyerOrder) canceled = order_by_code (page, "FMZMT");
  g_autoptr (FoyerOrder) arabic = order_by_code (page, "PBZGL");
  const FoyerAttendee *first = g_ptr_array_index (blocked->attendees, 0);
  const FoyerAttendee *second = g_ptr_array_index (blocked->attendees, 1);
  const FoyerAttendee *guest = g_ptr_array_index (inside->attendees, 0);
  const FoyerCheckIn *check_in;

  g_assert_cmpint (blocked->status, ==, FOYER_ORDER_PAID);
  g_assert_cmpstr (blocked->email, ==, "guest3@example.org");
  g_assert_cmpint (blocked->datetime, ==, time_of ("2026-11-02T08:03:00Z"));
  g_assert_cmpint (blocked->last_modified, !=, FOYER_TIME_NONE);
  g_assert_cmpuint (blocked->attendees->len, ==, 2);
  g_assert_cmpstr (first->order, ==, "EUQ7W");
  g_assert_cmpint (first->product, ==, 5);
  g_assert_cmpint (first->variation, ==, 0);
  g_assert_false (first->blocked);
  g_assert_true (second->blocked);
  g_assert_cmpint (second->variation, ==, 1);
  g_assert_cmpstr (second->name, ==, "Deniz Becker");
  g_assert_cmpint (second->valid_from, ==, FOYER_TIME_NONE);

  g_assert_cmpuint (guest->check_ins->len, ==, 1);
  check_in = g_ptr_array_index (guest->check_ins, 0);
  g_assert_cmpint (check_in->list, ==, 1);
  g_assert_cmpint (check_in->datetime, ==, time_of ("2026-12-01T16:00:00Z"));
  g_assert_false (check_in->exit);
  g_assert_cmpint (check_in->device_id, ==, 0);
  g_assert_cmpuint (guest->answers->len, ==, 1);
  g_assert_cmpstr (((const FoyerAnswer *)g_ptr_array_index (guest->answers, 0))->answer, ==,
                   "Company 14");

  g_assert_cmpint (expired->status, ==, FOYER_ORDER_EXPIRED);
  g_assert_cmpint (pending->status, ==, FOYER_ORDER_PENDING);
  g_assert_cmpint (canceled->status, ==, FOYER_ORDER_CANCELED);
  g_assert_cmpstr (((const FoyerAttendee *)g_ptr_array_index (arabic->attendees, 0))->name, ==,
                   "محمد عبد الله");
}

/* The smallest position, and the same with one member more or another one. */
#define POSITION(extra)                                                                            \
  "{\"id\": 1, \"item\": 2, \"secret\": \"s\", \"checkins\": [], \"attendee_name\": \"A\"" extra "}"
#define ORDER(positions, extra)                                                                    \
  "{\"code\": \"ABCDE\", \"status\": \"p\", \"positions\": [" positions "]" extra "}"
#define CHECK_IN(member) "{\"id\": 1, \"item\": 2, \"secret\": \"s\", \"checkins\": [" member "]}"

static void
test_bad_orders (void)
{
  static const struct
  {
    const char *text;
    const char *detail; /* NULL: it is taken all the same */
  } cases[] = {
    { ORDER (POSITION (""), ""), NULL },
    { ORDER ("", ""), NULL },
    { "[]", "code" },
    { "null", "code" },
    { "7", "code" },
    { "{}", "code" },
    { "{\"code\": 5, \"status\": \"p\", \"positions\": []}", "code" },
    { "{\"code\": \"A\", \"status\": \"p\"}", "positions is no list" },
    { "{\"code\": \"A\", \"status\": \"p\", \"positions\": {}}", "positions is no list" },
    { "{\"code\": \"A\", \"status\": \"z\", \"positions\": []}", "status is unknown" },
    { "{\"code\": \"A\", \"status\": null, \"positions\": []}", "status is unknown" },
    { "{\"code\": \"A\", \"status\": [\"p\"], \"positions\": []}", "status is unknown" },
    { ORDER ("7", ""), "positions[0].id is no id" },
    { ORDER (POSITION (""), ", \"require_approval\": \"yes\""), "require_approval" },
    { ORDER (POSITION (""), ", \"valid_if_pending\": 1"), "valid_if_pending" },
    { ORDER (POSITION (""), ", \"email\": {\"a\": 1}, \"datetime\": 7, \"total\": []"), NULL },
    { ORDER (POSITION (", \"canceled\": \"no\""), ""), "positions[0].canceled" },
    { ORDER (POSITION (", \"blocked\": \"admin\""), ""), "positions[0].blocked" },
    { ORDER (POSITION (", \"blocked\": []"), ""), NULL },
    { ORDER (POSITION (", \"valid_from\": \"tomorrow\""), ""), "positions[0].valid_from" },
    { ORDER (POSITION (", \"valid_until\": 5"), ""), "positions[0].valid_until" },
    { ORDER (POSITION (", \"attendee_email\": 5, \"company\": [], \"answers\": \"x\""), ""), NULL },
    { ORDER (POSITION (", \"variation\": \"3\", \"addon_to\": {}, \"positionid\": null"), ""),
      NULL },
    { ORDER ("{\"id\": 1, \"item\": 2, \"checkins\": []}", ""), NULL },
    { ORDER ("{\"id\": 1, \"item\": 2, \"secret\": null, \"checkins\": []}", ""), NULL },
    { ORDER ("{\"id\": 1, \"item\": 2, \"secret\": 123, \"checkins\": []}", ""), "secret" },
    { ORDER ("{\"id\": 0, \"item\": 2, \"secret\": \"s\", \"checkins\": []}", ""), "id is no id" },
    { ORDER ("{\"id\": 1.5, \"item\": 2, \"secret\": \"s\", \"checkins\": []}", ""),
      "id is no id" },
    { ORDER ("{\"id\": -1, \"item\": 2, \"secret\": \"s\", \"checkins\": []}", ""), "id is no id" },
    { ORDER ("{\"id\": 1, \"secret\": \"s\", \"checkins\": []}", ""), "item is no id" },
    { ORDER ("{\"id\": 1, \"item\": 2, \"secret\": \"s\"}", ""), "checkins is no list" },
    { ORDER (CHECK_IN ("{\"list\": 1, \"datetime\": \"x\", \"type\": \"entry\"}"), ""),
      "positions[0].checkins[0].datetime" },
    { ORDER (CHECK_IN ("{\"list\": 1, \"type\": \"entry\"}"), ""),
      "positions[0].checkins[0].datetime" },
    { ORDER (CHECK_IN ("{\"datetime\": \"2026-01-01T00:00:00Z\", \"type\": \"exit\"}"), ""),
      "positions[0].checkins[0].list" },
    { ORDER (CHECK_IN ("{\"list\": 1, \"datetime\": \"2026-01-01T00:00:00Z\", \"type\": \"in\"}"),
             ""),
      "positions[0].checkins[0].type" },
  };
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse (cases[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerOrder) order = foyer_pretix_map_order (node, reader, &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].detail == NULL)
        {
          g_assert_no_error (error);
          g_assert_nonnull (order);
          continue;
        }
      g_assert_null (order);
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
      g_assert_nonnull (strstr (foyer_error_get_detail (error), cases[i].detail));
    }
}

static void
test_no_order_without_error_location (void)
{
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);
  g_autoptr (JsonNode) node = parse (ORDER ("7", ""));

  g_assert_null (foyer_pretix_map_order (node, reader, NULL));
}

static void
test_addons (void)
{
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);
  g_autoptr (JsonNode) node = parse (
      "{\"code\": \"A\", \"status\": \"n\", \"positions\": ["
      "{\"id\": 3, \"item\": 1, \"addon_to\": 2, \"attendee_name\": null, \"checkins\": []},"
      "{\"id\": 2, \"item\": 1, \"attendee_name\": \"Ada\", \"attendee_email\": \"a@example.org\","
      " \"checkins\": ["
      "{\"id\": 9, \"list\": 1, \"datetime\": \"2026-05-01T12:00:00+02:00\", \"type\": \"exit\"},"
      "{\"id\": 8, \"list\": 1, \"datetime\": \"2026-05-01T09:59:00Z\", \"type\": \"entry\","
      " \"device_id\": 4, \"gate\": 5, \"auto_checked_in\": true}]},"
      "{\"id\": 4, \"item\": 1, \"addon_to\": 2, \"attendee_name\": \"Bo\", \"checkins\": []},"
      "{\"id\": 5, \"item\": 1, \"addon_to\": 5, \"checkins\": []},"
      "{\"id\": 6, \"item\": 1, \"addon_to\": 77, \"checkins\": []}]}");
  g_autoptr (FoyerOrder) order = foyer_pretix_map_order (node, reader, NULL);
  const FoyerAttendee *addon = g_ptr_array_index (order->attendees, 0);
  const FoyerAttendee *main_ticket = g_ptr_array_index (order->attendees, 1);
  const FoyerCheckIn *entry = g_ptr_array_index (main_ticket->check_ins, 0);
  const FoyerCheckIn *out = g_ptr_array_index (main_ticket->check_ins, 1);

  g_assert_cmpstr (addon->name, ==, "Ada");
  g_assert_cmpstr (addon->email, ==, "a@example.org");
  g_assert_cmpstr (((FoyerAttendee *)g_ptr_array_index (order->attendees, 2))->name, ==, "Bo");
  g_assert_null (((FoyerAttendee *)g_ptr_array_index (order->attendees, 3))->name);
  g_assert_null (((FoyerAttendee *)g_ptr_array_index (order->attendees, 4))->name);
  g_assert_cmpint (entry->id, ==, 8);
  g_assert_true (entry->automatic);
  g_assert_cmpint (entry->device_id, ==, 4);
  g_assert_cmpint (entry->gate, ==, 5);
  g_assert_true (out->exit);
}

static void
test_long_secret (void)
{
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);
  g_autofree char *secret = g_strnfill (4096, 'x');
  g_autofree char *text = g_strdup_printf (
      "{\"code\": \"A\", \"status\": \"p\", \"positions\": [{\"id\": 1, \"item\": 2, \"secret\":"
      " \"%s\", \"checkins\": []}]}",
      secret);
  g_autoptr (JsonNode) node = parse (text);
  g_autoptr (FoyerOrder) order = foyer_pretix_map_order (node, reader, NULL);

  g_assert_cmpstr (((FoyerAttendee *)g_ptr_array_index (order->attendees, 0))->secret, ==, secret);
}

static FoyerScan *
scan_of (const char *secret, const char *time)
{
  FoyerScan *scan = foyer_scan_new ();
  gint64 list = 1;

  scan->secret = g_strdup (secret);
  scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (scan->lists, list);
  scan->datetime = time_of (time);
  return scan;
}

static FoyerStepResult *
redeem (const char *fixture, const FoyerScan *scan)
{
  g_autofree char *name = g_strdup_printf ("redeem-%s.json", fixture);
  g_autoptr (JsonNode) node = load (name);
  JsonObject *object = json_node_get_object (node);
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);
  g_autoptr (GError) error = NULL;
  FoyerStepResult *result = foyer_pretix_map_redeem (json_object_get_member (object, "body"),
                                                     (int)foyer_json_get_int (object, "http", 0),
                                                     scan, 0, reader, &error);

  g_assert_no_error (error);
  return result;
}

static void
test_redeem (void)
{
  static const struct
  {
    const char *fixture;
    FoyerStepOutcome outcome;
    const char *reason;
    gboolean has_position;
    FoyerOrderStatus status;
  } cases[] = {
    { "ok", FOYER_STEP_DONE, NULL, TRUE, FOYER_ORDER_PAID },
    { "already-redeemed", FOYER_STEP_REFUSED, "already_redeemed", TRUE, FOYER_ORDER_PAID },
    { "invalid", FOYER_STEP_REFUSED, "invalid", FALSE, FOYER_ORDER_PAID },
    { "unpaid", FOYER_STEP_REFUSED, "unpaid", TRUE, FOYER_ORDER_PENDING },
    { "canceled", FOYER_STEP_REFUSED, "canceled", TRUE, FOYER_ORDER_EXPIRED },
    { "blocked", FOYER_STEP_REFUSED, "blocked", TRUE, FOYER_ORDER_PAID },
    { "product", FOYER_STEP_REFUSED, "product", TRUE, FOYER_ORDER_PAID },
    { "rules", FOYER_STEP_REFUSED, "rules", TRUE, FOYER_ORDER_PAID },
    { "incomplete", FOYER_STEP_NEEDS_ANSWERS, "incomplete", TRUE, FOYER_ORDER_PAID },
    { "revoked", FOYER_STEP_REFUSED, "revoked", TRUE, FOYER_ORDER_PAID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FoyerStepResult) result = redeem (cases[i].fixture, NULL);

      g_test_message ("%s", cases[i].fixture);
      g_assert_cmpint (result->outcome, ==, cases[i].outcome);
      g_assert_cmpstr (result->reason, ==, cases[i].reason);
      g_assert_cmpint (result->list, >, 0);
      g_assert_false (result->replayed);
      if (!cases[i].has_position)
        {
          g_assert_null (result->attendee);
          continue;
        }
      g_assert_nonnull (result->attendee->secret);
      g_assert_cmpstr (result->order->code, ==, result->attendee->order);
      g_assert_cmpint (result->order->status, ==, cases[i].status);
    }
}

static void
test_redeem_details (void)
{
  g_autoptr (FoyerStepResult) rules = redeem ("rules", NULL);
  g_autoptr (FoyerStepResult) questions = redeem ("incomplete", NULL);
  g_autoptr (FoyerStepResult) used = redeem ("already-redeemed", NULL);

  g_assert_nonnull (rules->explanation);
  g_assert_cmpuint (questions->questions->len, >=, 1);
  g_assert_cmpuint (used->attendee->check_ins->len, ==, 1);
}

/* The check-in that is sent again is the one that is there: whatever the answer says, it is done. */
static void
test_redeem_replayed (void)
{
  g_autoptr (FoyerScan) same = scan_of ("p47p9pb0tdbm50fqo1xo5cv0xzmas6en", "2026-12-01T16:00:00Z");
  g_autoptr (FoyerScan) other = scan_of ("p47p9pb0tdbm50fqo1xo5cv0xzmas6en",
                                         "2026-12-01T16:00:00.000001Z");
  g_autoptr (FoyerScan) out = scan_of ("p47p9pb0tdbm50fqo1xo5cv0xzmas6en", "2026-12-01T16:00:00Z");
  g_autoptr (FoyerScan) elsewhere = scan_of ("p47p9pb0tdbm50fqo1xo5cv0xzmas6en",
                                             "2026-12-01T16:00:00Z");
  g_autoptr (FoyerStepResult) replayed = redeem ("already-redeemed", same);
  g_autoptr (FoyerStepResult) refused = redeem ("already-redeemed", other);
  g_autoptr (FoyerStepResult) exit_refused = NULL;
  g_autoptr (FoyerStepResult) list_refused = NULL;

  out->exit = TRUE;
  exit_refused = redeem ("already-redeemed", out);
  g_array_index (elsewhere->lists, gint64, 0) = 2;
  list_refused = redeem ("already-redeemed", elsewhere);

  g_assert_cmpint (replayed->outcome, ==, FOYER_STEP_DONE);
  g_assert_true (replayed->replayed);
  g_assert_null (replayed->reason);
  g_assert_cmpint (refused->outcome, ==, FOYER_STEP_REFUSED);
  g_assert_cmpint (exit_refused->outcome, ==, FOYER_STEP_REFUSED);
  g_assert_cmpint (list_refused->outcome, ==, FOYER_STEP_REFUSED);
  /* another device at the same microsecond is another device */
  g_assert_null (foyer_pretix_find_check_in (replayed->attendee->check_ins, same, 3));
}

static void
test_bad_redeems (void)
{
  static const struct
  {
    int http;
    const char *text;
    const char *reason; /* of a refusal; NULL: no decision */
  } cases[] = {
    { 201, "{\"status\": \"error\", \"reason\": \"unpaid\"}", NULL },
    { 201, "{}", NULL },
    { 201, "[]", NULL },
    { 400, "{\"status\": \"ok\"}", NULL },
    { 400, "{\"lists\": [\"Invalid pk\"]}", NULL },
    { 400, "{\"status\": 5}", NULL },
    { 400, "{\"status\": \"incomplete\"}", NULL },
    { 400, "{\"status\": \"incomplete\", \"questions\": []}", NULL },
    { 400, "{\"status\": \"incomplete\", \"questions\": [{\"id\": 0}]}", NULL },
    { 400, "{\"status\": \"exchange\", \"reason\": \"exchange\"}", "exchange" },
    { 400, "{\"status\": \"error\", \"reason\": \"new_word\", \"position\": 5}", "new_word" },
    { 400, "{\"status\": \"error\", \"checkin_texts\": {}, \"list\": []}", "error" },
    { 400, "{\"status\": \"wait\"}", "wait" },
    { 404, "{\"status\": \"error\", \"reason\": \"invalid\", \"detail\": \"Not found.\"}",
      "invalid" },
    { 404, "{\"detail\": \"Not found.\"}", NULL },
    { 500, "{\"status\": \"error\"}", NULL },
  };
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse (cases[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerStepResult) result = foyer_pretix_map_redeem (node, cases[i].http, NULL, 0,
                                                                    reader, &error);

      g_test_message ("%d %s", cases[i].http, cases[i].text);
      if (cases[i].reason == NULL)
        {
          g_assert_null (result);
          g_assert_error (error, FOYER_ERROR, FOYER_ERROR_PROTOCOL);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (result->outcome, ==, FOYER_STEP_REFUSED);
      g_assert_cmpstr (result->reason, ==, cases[i].reason);
    }
}

static void
test_device (void)
{
  g_autoptr (JsonNode) info = load ("device-info.json");
  g_autoptr (JsonNode) initialized = load ("device-initialize.json");
  g_autoptr (JsonNode) nothing = parse ("{\"device\": {}, \"server\": []}");
  g_autoptr (JsonNode) keyless = parse ("{\"device_id\": 3, \"api_token\": null}");
  g_autoptr (FoyerServiceReport) report = foyer_service_report_new ();
  g_autoptr (FoyerServiceReport) empty = foyer_service_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerEnrolment) enrolment = foyer_pretix_map_enrolment (initialized, &error);
  guint permissions;

  g_assert_no_error (error);
  g_assert_true (foyer_pretix_map_device_info (info, report, &error));
  g_assert_cmpstr (report->version, ==, "2026.8.0");
  g_assert_true (report->version_supported);
  g_assert_cmpstr (report->desk, ==, "Fixture desk");
  g_assert_cmpstr (report->security_profile, ==, "pretixscan");
  g_assert_cmpint (report->device_id, ==, 3);
  g_assert_cmpint (report->gate, ==, 0);
  g_assert_cmpuint (strlen (enrolment->credential), ==, 64);
  g_assert_cmpstr (enrolment->organizer, ==, "demo");
  g_assert_false (foyer_pretix_map_device_info (nothing, empty, NULL));
  g_assert_null (foyer_pretix_map_enrolment (keyless, NULL));
  g_assert_true (foyer_pretix_profile_permissions ("pretixscan", &permissions));
  g_assert_cmpuint (permissions, ==, FOYER_PERMISSION_READ_ORDERS | FOYER_PERMISSION_CHECK_IN);
  g_assert_false (foyer_pretix_profile_permissions ("of-a-plugin", &permissions));
}

static void
test_versions (void)
{
  static const struct
  {
    const char *text;
    gboolean read;
    gboolean supported;
  } cases[] = {
    { "{\"pretix\": \"2026.8.0\", \"pretix_numeric\": 20260080005000}", TRUE, TRUE },
    { "{\"pretix\": \"2025.2.0\", \"pretix_numeric\": 20250020005000}", TRUE, TRUE },
    { "{\"pretix\": \"2025.1.0\", \"pretix_numeric\": 20250010005000}", TRUE, FALSE },
    { "{\"pretix\": \"2025.1.0\"}", TRUE, FALSE },
    { "{\"pretalx\": \"2025.1.0\"}", FALSE, FALSE },
    { "{\"pretix\": 5}", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse (cases[i].text);
      g_autoptr (FoyerServiceReport) report = foyer_service_report_new ();

      g_assert_cmpint (foyer_pretix_map_version (json_node_get_object (node), report, NULL), ==,
                       cases[i].read);
      g_assert_cmpint (report->version_supported, ==, cases[i].supported);
    }
}

static void
test_bad_others (void)
{
  static const char *const texts[]
      = { "{}", "[]", "7", "null", "{\"id\": \"1\"}", "{\"id\": 1, \"secret\": 5, \"slug\": 7}" };
  g_autoptr (FoyerPretixReader) reader = reader_of ("en", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = parse (texts[i]);

      g_assert_null (foyer_pretix_map_event (node, reader, NULL));
      g_assert_null (foyer_pretix_map_organizer (node, reader, NULL));
      g_assert_null (foyer_pretix_map_list (node, reader, NULL));
      g_assert_null (foyer_pretix_map_question (node, reader, NULL));
      g_assert_null (foyer_pretix_map_revoked (node, reader, NULL));
      g_assert_null (foyer_pretix_map_blocked (node, reader, NULL));
    }

  for (guint i = 0; i < G_N_ELEMENTS (texts) - 1; i++)
    {
      g_autoptr (JsonNode) node = parse (texts[i]);

      g_assert_null (foyer_pretix_map_subevent (node, reader, NULL));
      g_assert_null (foyer_pretix_map_item (node, reader, NULL));
      g_assert_null (foyer_pretix_map_category (node, reader, NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pretix/mappers/language", test_language);
  g_test_add_func ("/pretix/mappers/event", test_event);
  g_test_add_func ("/pretix/mappers/catalogue", test_catalogue);
  g_test_add_func ("/pretix/mappers/lists", test_lists);
  g_test_add_func ("/pretix/mappers/rules-kept", test_rules_kept);
  g_test_add_func ("/pretix/mappers/orders", test_orders);
  g_test_add_func ("/pretix/mappers/bad-orders", test_bad_orders);
  g_test_add_func ("/pretix/mappers/no-error-location", test_no_order_without_error_location);
  g_test_add_func ("/pretix/mappers/addons", test_addons);
  g_test_add_func ("/pretix/mappers/long-secret", test_long_secret);
  g_test_add_func ("/pretix/mappers/redeem", test_redeem);
  g_test_add_func ("/pretix/mappers/redeem-details", test_redeem_details);
  g_test_add_func ("/pretix/mappers/redeem-replayed", test_redeem_replayed);
  g_test_add_func ("/pretix/mappers/bad-redeems", test_bad_redeems);
  g_test_add_func ("/pretix/mappers/device", test_device);
  g_test_add_func ("/pretix/mappers/versions", test_versions);
  g_test_add_func ("/pretix/mappers/bad-others", test_bad_others);
  return g_test_run ();
}
