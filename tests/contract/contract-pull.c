/* SPDX-License-Identifier: GPL-3.0-or-later */

/* pull(): what comes, in which pages, and what a later run brings. */

#include "contract-world.h"
#include "foyer-check-in-list.h"
#include "foyer-event.h"
#include "foyer-order.h"
#include "foyer-organizer.h"
#include "foyer-product.h"
#include "foyer-secret-mark.h"

static FoyerPage *
pull (FoyerService *service, FoyerResource resource, const char *cursor, const char *watermark)
{
  g_autoptr (GError) error = NULL;
  FoyerPage *page = contract_pull (service, resource, cursor, watermark, &error);

  if (error != NULL)
    g_test_message ("%s: %s", foyer_resource_to_word (resource), foyer_error_get_detail (error));
  g_assert_no_error (error);
  g_assert_cmpint (page->resource, ==, resource);
  g_assert_null (page->rejects);
  return page;
}

static FoyerService *
service_of (ContractWorld *world)
{
  contract_world_prepare (world);
  return contract_service (world, NULL, "Token", world->token, world->event, 0);
}

static void
test_organizers_and_events (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_autoptr (FoyerPage) organizers = pull (service, FOYER_RESOURCE_ORGANIZERS, NULL, NULL);
  g_autofree char *cursor = NULL;
  gboolean found = FALSE;

  g_assert_cmpuint (organizers->records->len, ==, 1);
  g_assert_cmpstr (((FoyerOrganizer *)organizers->records->pdata[0])->slug, ==, world->organizer);
  do
    {
      g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_EVENTS, cursor, NULL);

      for (guint i = 0; i < page->records->len; i++)
        {
          const FoyerEvent *event = page->records->pdata[i];

          g_assert_cmpstr (event->organizer, ==, world->organizer);
          found |= g_str_equal (event->slug, world->event);
        }
      g_free (cursor);
      cursor = g_strdup (page->next);
    }
  while (cursor != NULL);
  g_assert_true (found);
}

static void
test_event (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_EVENT, NULL, NULL);
  const FoyerEvent *event = page->records->pdata[0];

  g_assert_cmpuint (page->records->len, ==, 1);
  g_assert_true (page->whole);
  g_assert_cmpstr (event->slug, ==, world->event);
  g_assert_cmpstr (event->name, ==, "Vertrag");
  g_assert_cmpstr (event->zone, ==, "Europe/Berlin");
  g_assert_cmpstr (event->currency, ==, "EUR");
  g_assert_cmpstr (event->locale, ==, "en");
  g_assert_cmpint (event->date_from - event->date_admission, ==, FOYER_HOUR);
  g_assert_false (event->has_subevents);
}

static void
test_catalogue (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_autoptr (FoyerPage) categories = pull (service, FOYER_RESOURCE_CATEGORIES, NULL, NULL);
  g_autoptr (FoyerPage) products = pull (service, FOYER_RESOURCE_PRODUCTS, NULL, NULL);
  g_autoptr (FoyerPage) questions = pull (service, FOYER_RESOURCE_QUESTIONS, NULL, NULL);
  const FoyerQuestion *question = questions->records->pdata[0];
  guint seen = 0;

  g_assert_cmpuint (categories->records->len, ==, 1);
  g_assert_cmpint (categories->total, ==, 1);
  g_assert_true (products->whole);
  g_assert_cmpuint (products->records->len, ==, 3);
  for (guint i = 0; i < products->records->len; i++)
    {
      FoyerProduct *product = products->records->pdata[i];

      if (product->id == world->ticket)
        {
          seen++;
          g_assert_cmpstr (product->name, ==, "Eintritt");
          g_assert_cmpint (product->category, >, 0);
          g_assert_true (product->admission);
        }
      if (product->id == world->workshop)
        {
          seen++;
          g_assert_true (product->attention);
          g_assert_cmpstr (product->checkin_text, ==, "Room 3");
        }
      if (product->id == world->gala)
        {
          seen++;
          g_assert_cmpuint (product->variations->len, ==, 2);
          g_assert_cmpstr (foyer_product_get_variation (product, world->gala_reduced)->name, ==,
                           "Reduced");
        }
    }
  g_assert_cmpuint (seen, ==, 3);
  g_assert_cmpint (question->id, ==, world->question);
  g_assert_cmpstr (question->identifier, ==, "LUNCH");
  g_assert_true (question->ask_during_checkin);
  g_assert_cmpuint (question->options->len, ==, 2);
}

static void
test_lists (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_LISTS, NULL, NULL);
  guint seen = 0;

  g_assert_true (page->whole);
  for (guint i = 0; i < page->records->len; i++)
    {
      FoyerCheckInList *list = page->records->pdata[i];

      if (list->id == world->door)
        {
          seen++;
          g_assert_cmpstr (list->name, ==, "Door");
          g_assert_true (list->all_products);
          g_assert_null (list->rules);
          g_assert_true (list->allow_entry_after_exit);
          g_assert_false (list->allow_multiple_entries);
        }
      if (list->id == world->workshop_list)
        {
          seen++;
          g_assert_true (foyer_check_in_list_has_product (list, world->workshop));
          g_assert_false (foyer_check_in_list_has_product (list, world->ticket));
        }
      if (list->id == world->rules_list)
        {
          seen++;
          g_assert_nonnull (strstr (list->rules, "isAfter"));
        }
      if (list->id == world->pending_list)
        {
          seen++;
          g_assert_true (list->include_pending);
          g_assert_true (list->allow_multiple_entries);
        }
      if (list->id == world->addon_list)
        {
          seen++;
          g_assert_true (list->addon_match);
        }
    }
  g_assert_cmpuint (seen, ==, 5);
}

static void
test_forbidden (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  static const FoyerResource closed[] = { FOYER_RESOURCE_ORDERS, FOYER_RESOURCE_REVOKED,
                                          FOYER_RESOURCE_BLOCKED };
  static const FoyerResource open[] = { FOYER_RESOURCE_EVENT, FOYER_RESOURCE_PRODUCTS,
                                        FOYER_RESOURCE_QUESTIONS, FOYER_RESOURCE_LISTS };
  g_autoptr (FoyerService) service = NULL;

  contract_world_prepare (world);
  service = contract_service (world, NULL, "Token", world->token_door, world->event, 0);
  for (guint i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (contract_pull (service, closed[i], NULL, NULL, &error));
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_FORBIDDEN);
      g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_ANSWERED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    {
      g_autoptr (FoyerPage) page = pull (service, open[i], NULL, NULL);

      g_assert_cmpuint (page->records->len, >, 0);
    }
}

static void
test_nothing_chosen (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = contract_service (world, NULL, "Token", world->token, NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (contract_pull (service, FOYER_RESOURCE_LISTS, NULL, NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_NEVER_SENT);
}

static FoyerOrder *
find_order (FoyerPage *page, const char *code)
{
  for (guint i = 0; i < page->records->len; i++)
    {
      FoyerOrder *order = page->records->pdata[i];

      if (g_str_equal (order->code, code))
        return order;
    }

  return NULL;
}

/* A whole run, then runs of what has changed. */
static void
test_orders (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_auto (ContractTicket) paid = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_auto (ContractTicket) pending = contract_sell (
      world, world->workshop, "n", "\"checkin_attention\": true, \"checkin_text\": \"VIP\"", NULL);
  g_autofree char *body = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *watermark = NULL;
  g_autofree char *later = NULL;
  g_autoptr (FoyerStep) step = contract_step (paid.secret, world->door,
                                              g_get_real_time () - FOYER_MINUTE);
  g_autoptr (FoyerStepResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  do
    {
      g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_ORDERS, cursor, NULL);
      FoyerTime before = FOYER_TIME_NONE;

      g_assert_true (page->whole);
      g_assert_nonnull (page->watermark);
      g_assert_nonnull (page->resume);
      g_assert_cmpint (page->total, >=, 2);
      if (watermark == NULL)
        watermark = g_strdup (page->watermark);
      for (guint i = 0; i < page->records->len; i++)
        {
          FoyerOrder *order = page->records->pdata[i];

          g_assert_cmpint (order->datetime, >=, before);
          before = order->datetime;
          g_hash_table_add (codes, g_strdup (order->code));
          if (g_str_equal (order->code, paid.code))
            {
              const FoyerAttendee *attendee = order->attendees->pdata[0];

              g_assert_cmpint (order->status, ==, FOYER_ORDER_PAID);
              g_assert_cmpstr (order->email, ==, "ada@example.org");
              g_assert_cmpint (attendee->id, ==, paid.position);
              g_assert_cmpstr (attendee->secret, ==, paid.secret);
              g_assert_cmpstr (attendee->name, ==, "Ada Example");
              g_assert_cmpint (attendee->product, ==, world->ticket);
              g_assert_cmpuint (attendee->check_ins->len, ==, 0);
            }
          if (g_str_equal (order->code, pending.code))
            {
              g_assert_cmpint (order->status, ==, FOYER_ORDER_PENDING);
              g_assert_true (order->attention);
              g_assert_cmpstr (order->checkin_text, ==, "VIP");
            }
        }
      g_free (cursor);
      cursor = g_strdup (page->next);
    }
  while (cursor != NULL);
  g_assert_true (g_hash_table_contains (codes, paid.code));
  g_assert_true (g_hash_table_contains (codes, pending.code));

  /* what changes comes again, whole */
  answer = contract_perform (service, step, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer->outcome, ==, FOYER_STEP_DONE);
  contract_act (world, pending.code, "mark_canceled", "{\"send_email\": false}");
  {
    g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_ORDERS, NULL, watermark);
    FoyerOrder *checked = find_order (page, paid.code);
    FoyerOrder *canceled = find_order (page, pending.code);
    const FoyerAttendee *attendee;
    const FoyerCheckIn *check_in;

    g_assert_false (page->whole);
    g_assert_null (page->resume);
    g_assert_nonnull (checked);
    g_assert_nonnull (canceled);
    attendee = checked->attendees->pdata[0];
    g_assert_cmpuint (attendee->check_ins->len, ==, 1);
    check_in = attendee->check_ins->pdata[0];
    g_assert_cmpint (check_in->datetime, ==, step->scan->datetime);
    g_assert_cmpint (check_in->list, ==, world->door);
    g_assert_false (check_in->exit);
    g_assert_cmpint (canceled->status, ==, FOYER_ORDER_CANCELED);
    later = g_strdup (page->watermark);
  }
  g_assert_cmpstr (later, !=, watermark);

  /* asked again from the same mark, the same comes */
  {
    g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_ORDERS, NULL, watermark);

    g_assert_nonnull (find_order (page, paid.code));
  }
}

/* A ticket that was canceled by itself stays in its order, and says so. */
static void
test_canceled_position (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_autofree char *event = g_strdup_printf ("/api/v1/organizers/%s/events/%s/", world->organizer,
                                            world->event);
  g_autofree char *orders = g_strconcat (event, "orders/", NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *made = contract_make (
      world, &node, orders,
      "{\"email\": \"ada@example.org\", \"locale\": \"en\", \"sales_channel\": \"web\","
      " \"send_email\": false, \"status\": \"p\", \"payment_provider\": \"manual\", \"positions\": "
      "["
      "{\"item\": %" G_GINT64_FORMAT ", \"price\": \"10.00\"},"
      "{\"item\": %" G_GINT64_FORMAT ", \"price\": \"10.00\"}]}",
      world->ticket, world->ticket);
  gint64 position = json_object_get_int_member (
      json_array_get_object_element (json_object_get_array_member (made, "positions"), 1), "id");
  g_autofree char *path = g_strdup_printf ("%sorderpositions/%" G_GINT64_FORMAT "/", event,
                                           position);
  g_autofree char *watermark = NULL;
  g_autoptr (FoyerPage) page = NULL;
  g_autoptr (JsonNode) nothing = NULL;
  FoyerOrder *order;
  guint status;

  {
    g_autoptr (FoyerPage) first = pull (service, FOYER_RESOURCE_ORDERS, NULL, NULL);

    watermark = g_strdup (first->watermark);
  }
  nothing = contract_call (world, "DELETE", path, NULL, &status);
  g_assert_cmpuint (status, ==, 204);
  page = pull (service, FOYER_RESOURCE_ORDERS, NULL, watermark);
  order = find_order (page, json_object_get_string_member (made, "code"));
  g_assert_nonnull (order);
  g_assert_cmpint (order->status, ==, FOYER_ORDER_PAID);
  g_assert_cmpuint (order->attendees->len, ==, 2);
  for (guint i = 0; i < order->attendees->len; i++)
    {
      const FoyerAttendee *attendee = order->attendees->pdata[i];

      g_assert_cmpint (attendee->canceled, ==, attendee->id == position);
    }
}

/* More than a page holds, and a cut in the middle: a resumed run brings what was left. */
static void
test_paging_and_resume (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_autoptr (GHashTable) whole = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) resumed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (FoyerService) other = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *resume = NULL;
  gint64 total = 0;
  guint pages = 0;

  {
    g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_ORDERS, NULL, NULL);

    total = page->total;
  }
  for (; total < 103; total++)
    {
      g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
    }

  do
    {
      g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_ORDERS, cursor, NULL);

      g_assert_cmpuint (page->records->len, <=, 50);
      for (guint i = 0; i < page->records->len; i++)
        {
          g_hash_table_add (whole, g_strdup (((FoyerOrder *)page->records->pdata[i])->code));
          if (pages == 0)
            g_hash_table_add (resumed, g_strdup (((FoyerOrder *)page->records->pdata[i])->code));
        }
      if (pages == 0)
        resume = g_strdup (page->resume);
      pages++;
      g_free (cursor);
      cursor = g_strdup (page->next);
    }
  while (cursor != NULL);
  g_assert_cmpuint (pages, >=, 3);
  g_assert_cmpuint (g_hash_table_size (whole), ==, total);

  /* the line is cut at the second page, for longer than anybody's patience; then Foyer starts anew */
  contract_proxy_set_fault (world->proxy, CONTRACT_FAULT_BEFORE, 1);
  other = service_of (world);
  cursor = g_strdup (resume);
  do
    {
      g_autoptr (FoyerPage) page = pull (other, FOYER_RESOURCE_ORDERS, cursor, NULL);

      g_assert_true (page->whole);
      for (guint i = 0; i < page->records->len; i++)
        g_hash_table_add (resumed, g_strdup (((FoyerOrder *)page->records->pdata[i])->code));
      g_free (cursor);
      cursor = g_strdup (page->next);
    }
  while (cursor != NULL);
  g_assert_cmpuint (g_hash_table_size (resumed), ==, g_hash_table_size (whole));
}

static void
test_bad_cursor (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  static const char *const cursors[] = { "",
                                         "page=2",
                                         "run=whole",
                                         "run=delta&page=2",
                                         "%zz",
                                         "run=whole&page=0",
                                         "run=whole&page=99999999999",
                                         "run=whole&since=x&page=1" };

  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (contract_pull (service, FOYER_RESOURCE_ORDERS, cursors[i], NULL, &error));
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
    }
}

/* A mark that nobody understands means: everything. */
static void
test_bad_watermark (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_ORDERS, NULL, "of another time");

  g_assert_true (page->whole);
}

static void
test_page_beyond_end (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_autoptr (GError) error = NULL;

  g_assert_null (
      contract_pull (service, FOYER_RESOURCE_LISTS, "run=whole&page=4000", NULL, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
}

static void
test_blocked (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_autofree char *path = g_strdup_printf (
      "/api/v1/organizers/%s/events/%s/orderpositions/%" G_GINT64_FORMAT "/", world->organizer,
      world->event, ticket.position);
  g_autofree char *add = g_strconcat (path, "add_block/", NULL);
  g_autofree char *remove = g_strconcat (path, "remove_block/", NULL);
  g_autofree char *watermark = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) lifted = NULL;

  contract_make (world, &node, add, "{\"name\": \"api:contract\"}");
  {
    g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_BLOCKED, NULL, NULL);
    gboolean found = FALSE;

    g_assert_true (page->whole);
    for (guint i = 0; i < page->records->len; i++)
      {
        const FoyerSecretMark *mark = page->records->pdata[i];

        if (g_str_equal (mark->secret, ticket.secret))
          {
            found = TRUE;
            g_assert_true (mark->blocked);
            g_assert_cmpint (mark->changed, !=, FOYER_TIME_NONE);
          }
      }
    g_assert_true (found);
    watermark = g_strdup (page->watermark);
    g_assert_nonnull (watermark);
  }

  contract_make (world, &lifted, remove, "{\"name\": \"api:contract\"}");
  {
    g_autoptr (FoyerPage) page = pull (service, FOYER_RESOURCE_BLOCKED, NULL, watermark);
    gboolean found = FALSE;

    g_assert_false (page->whole);
    for (guint i = 0; i < page->records->len; i++)
      {
        const FoyerSecretMark *mark = page->records->pdata[i];

        if (g_str_equal (mark->secret, ticket.secret))
          {
            found = TRUE;
            g_assert_false (mark->blocked);
          }
      }
    g_assert_true (found);
  }
}

/* Nothing is there, and that is no error. */
static void
test_empty (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_autoptr (FoyerPage) revoked = pull (service, FOYER_RESOURCE_REVOKED, NULL, NULL);
  g_autoptr (FoyerPage) subevents = pull (service, FOYER_RESOURCE_SUBEVENTS, NULL, NULL);

  g_assert_true (revoked->whole);
  g_assert_null (revoked->next);
  g_assert_nonnull (revoked->watermark);
  g_assert_cmpuint (subevents->records->len, ==, 0);
  g_assert_cmpint (subevents->total, ==, 0);
}

/* The list is gone from the next whole run: that is how a deletion shows. */
static void
test_deletion (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  g_autoptr (FoyerService) service = service_of (world);
  g_autofree char *lists = g_strdup_printf ("/api/v1/organizers/%s/events/%s/checkinlists/",
                                            world->organizer, world->event);
  gint64 id = contract_make_id (
      world, lists, "{\"name\": \"Short-lived\", \"all_products\": true, \"limit_products\": []}");
  g_autofree char *path = g_strdup_printf ("%s%" G_GINT64_FORMAT "/", lists, id);
  g_autoptr (FoyerPage) before = pull (service, FOYER_RESOURCE_LISTS, NULL, NULL);
  g_autoptr (FoyerPage) after = NULL;
  g_autoptr (JsonNode) nothing = NULL;
  guint status;

  nothing = contract_call (world, "DELETE", path, NULL, &status);
  g_assert_cmpuint (status, ==, 204);
  after = pull (service, FOYER_RESOURCE_LISTS, NULL, NULL);
  g_assert_true (after->whole);
  g_assert_cmpuint (after->records->len, ==, before->records->len - 1);
  for (guint i = 0; i < after->records->len; i++)
    g_assert_cmpint (((FoyerCheckInList *)after->records->pdata[i])->id, !=, id);
}

void
contract_add_pull_tests (ContractWorld *world)
{
  contract_add_test (world, "pull/organizers-and-events", test_organizers_and_events);
  contract_add_test (world, "pull/event", test_event);
  contract_add_test (world, "pull/catalogue", test_catalogue);
  contract_add_test (world, "pull/lists", test_lists);
  contract_add_test (world, "pull/deletion", test_deletion);
  contract_add_test (world, "pull/empty", test_empty);
  contract_add_test (world, "pull/forbidden", test_forbidden);
  contract_add_test (world, "pull/nothing-chosen", test_nothing_chosen);
  contract_add_test (world, "pull/orders", test_orders);
  contract_add_test (world, "pull/canceled-position", test_canceled_position);
  contract_add_test (world, "pull/blocked", test_blocked);
  contract_add_test (world, "pull/bad-cursor", test_bad_cursor);
  contract_add_test (world, "pull/bad-watermark", test_bad_watermark);
  contract_add_test (world, "pull/page-beyond-end", test_page_beyond_end);
  contract_add_test (world, "pull/paging-and-resume", test_paging_and_resume);
}
