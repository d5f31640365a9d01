/* SPDX-License-Identifier: GPL-3.0-or-later */

/* perform() and lookup() of a check-in: each reason, repetitions, lost answers. */

#include "contract-world.h"
#include "foyer-order.h"

typedef struct
{
  ContractWorld *world;
  FoyerService *service;
} Desk;

static void
desk_clear (Desk *self)
{
  g_clear_object (&self->service);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static Desk
open_desk (gconstpointer data)
{
  ContractWorld *world = (ContractWorld *)data;
  Desk desk = { world, NULL };

  contract_world_prepare (world);
  desk.service = contract_service (world, NULL, "Token", world->token, world->event, 0);
  return desk;
}

/* Door times are not round, and no two are the same. */
static FoyerTime
now (void)
{
  static gint counter;

  return g_get_real_time () - FOYER_MINUTE + g_atomic_int_add (&counter, 1);
}

static FoyerStepResult *
perform (FoyerService *service, FoyerStep *step)
{
  g_autoptr (GError) error = NULL;
  FoyerStepResult *result = contract_perform (service, step, &error);

  if (error != NULL)
    g_test_message ("%s: %s", error->message, foyer_error_get_detail (error));
  g_assert_no_error (error);
  return result;
}

/* How many check-ins of the ticket are stored, seen past the driver. */
static guint
count_check_ins (ContractWorld *world, const char *code)
{
  g_autoptr (FoyerService) service = contract_service (world, world->url, "Token", world->token,
                                                       world->event, 0);
  g_autofree char *cursor = NULL;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerPage) page = contract_pull (service, FOYER_RESOURCE_ORDERS, cursor, NULL,
                                                  &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->records->len; i++)
        {
          const FoyerOrder *order = page->records->pdata[i];
          const FoyerAttendee *attendee = order->attendees->pdata[0];

          if (g_str_equal (order->code, code))
            return attendee->check_ins->len;
        }
      g_free (cursor);
      cursor = g_strdup (page->next);
    }
  while (cursor != NULL);

  g_assert_not_reached ();
}

static void
expect (Desk *desk,
        const char *what,
        const char *secret,
        gint64 list,
        FoyerStepOutcome outcome,
        const char *reason)
{
  g_autoptr (FoyerStep) step = contract_step (secret, list, now ());
  g_autoptr (FoyerStepResult) result = perform (desk->service, step);

  g_test_message ("%s: %d %s (%s)", what, (int)result->outcome, result->reason,
                  result->explanation);
  g_assert_cmpint (result->outcome, ==, outcome);
  g_assert_cmpstr (result->reason, ==, reason);
  g_assert_false (result->replayed);
  g_assert_cmpint (result->list, ==, list);
}

static void
test_verdicts (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_auto (ContractTicket) paid = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_auto (ContractTicket) pending = contract_sell (world, world->ticket, "n", NULL, NULL);
  g_auto (ContractTicket) canceled = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_auto (ContractTicket) early = contract_sell (world, world->ticket, "p", NULL,
                                                 "\"valid_from\": \"2090-01-01T00:00:00Z\"");
  g_auto (ContractTicket) late = contract_sell (world, world->ticket, "p", NULL,
                                                "\"valid_until\": \"2020-01-01T00:00:00Z\"");
  g_auto (ContractTicket) workshop = contract_sell (world, world->workshop, "p", NULL, NULL);
  g_auto (ContractTicket) waiting = contract_sell (world, world->ticket, "n",
                                                   "\"require_approval\": true", NULL);
  g_auto (ContractTicket) blocked = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_autofree char *block = g_strdup_printf (
      "/api/v1/organizers/%s/events/%s/orderpositions/%" G_GINT64_FORMAT "/add_block/",
      world->organizer, world->event, blocked.position);
  g_autofree char *long_code = g_strnfill (4096, 'a');
  g_autoptr (JsonNode) node = NULL;

  contract_act (world, canceled.code, "mark_canceled", "{\"send_email\": false}");
  contract_make (world, &node, block, "{\"name\": \"api:contract\"}");

  expect (&desk, "product", paid.secret, world->workshop_list, FOYER_STEP_REFUSED, "product");
  expect (&desk, "rules", paid.secret, world->rules_list, FOYER_STEP_REFUSED, "rules");
  expect (&desk, "ok", paid.secret, world->door, FOYER_STEP_DONE, NULL);
  expect (&desk, "again", paid.secret, world->door, FOYER_STEP_REFUSED, "already_redeemed");
  expect (&desk, "many", paid.secret, world->pending_list, FOYER_STEP_DONE, NULL);
  expect (&desk, "many again", paid.secret, world->pending_list, FOYER_STEP_DONE, NULL);
  expect (&desk, "unpaid", pending.secret, world->door, FOYER_STEP_REFUSED, "unpaid");
  expect (&desk, "canceled", canceled.secret, world->door, FOYER_STEP_REFUSED, "canceled");
  expect (&desk, "early", early.secret, world->door, FOYER_STEP_REFUSED, "invalid_time");
  expect (&desk, "late", late.secret, world->door, FOYER_STEP_REFUSED, "invalid_time");
  expect (&desk, "blocked", blocked.secret, world->door, FOYER_STEP_REFUSED, "blocked");
  expect (&desk, "unapproved", waiting.secret, world->door, FOYER_STEP_REFUSED, "unapproved");
  expect (&desk, "questions", workshop.secret, world->door, FOYER_STEP_NEEDS_ANSWERS, "incomplete");
  expect (&desk, "unknown", "nobody has this", world->door, FOYER_STEP_REFUSED, "invalid");
  expect (&desk, "strange", "%2F/?&=+ü€\"\\<b>\n.x", world->door, FOYER_STEP_REFUSED, "invalid");
  expect (&desk, "long", long_code, world->door, FOYER_STEP_REFUSED, "invalid");
}

/* What comes along: the ticket, its order, what the door must look at. */
static void
test_answer (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_auto (ContractTicket) ticket = contract_sell (world, world->workshop, "p",
                                                  "\"checkin_text\": \"Crew\"", NULL);
  g_autoptr (FoyerStep) open_step = contract_step (ticket.secret, world->door, now ());
  g_autoptr (FoyerStep) step = contract_step (ticket.secret, world->door, now ());
  g_autoptr (FoyerStep) again = contract_step (ticket.secret, world->door, now ());
  g_autoptr (FoyerStepResult) asked = perform (desk.service, open_step);
  g_autoptr (FoyerStepResult) done = NULL;
  g_autoptr (FoyerStepResult) used = NULL;
  const FoyerQuestion *question;
  const FoyerCheckIn *check_in;

  g_assert_cmpint (asked->outcome, ==, FOYER_STEP_NEEDS_ANSWERS);
  g_assert_cmpuint (asked->questions->len, ==, 1);
  question = asked->questions->pdata[0];
  g_assert_cmpint (question->id, ==, world->question);
  g_assert_cmpuint (question->options->len, ==, 2);
  g_assert_cmpstr (question->type, ==, "C");

  step->scan->answers = g_strdup_printf ("{\"%" G_GINT64_FORMAT "\": \"%" G_GINT64_FORMAT "\"}",
                                         world->question, world->option);
  done = perform (desk.service, step);
  g_assert_cmpint (done->outcome, ==, FOYER_STEP_DONE);
  g_assert_true (done->attention);
  g_assert_true (g_strv_contains ((const char *const *)done->texts, "Crew"));
  g_assert_true (g_strv_contains ((const char *const *)done->texts, "Room 3"));
  g_assert_cmpint (done->attendee->id, ==, ticket.position);
  g_assert_cmpstr (done->attendee->name, ==, "Ada Example");
  g_assert_cmpstr (done->attendee->secret, ==, ticket.secret);
  g_assert_cmpint (done->attendee->product, ==, world->workshop);
  g_assert_cmpstr (done->order->code, ==, ticket.code);
  g_assert_cmpint (done->order->status, ==, FOYER_ORDER_PAID);
  /* as it was before */
  g_assert_cmpuint (done->attendee->check_ins->len, ==, 0);

  used = perform (desk.service, again);
  g_assert_cmpstr (used->reason, ==, "already_redeemed");
  g_assert_cmpuint (used->attendee->check_ins->len, ==, 1);
  check_in = used->attendee->check_ins->pdata[0];
  g_assert_cmpint (check_in->datetime, ==, step->scan->datetime);
  g_assert_cmpint (check_in->list, ==, world->door);
}

static void
test_flags (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_auto (ContractTicket) pending = contract_sell (world, world->ticket, "n", NULL, NULL);
  g_auto (ContractTicket) paid = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_autoptr (FoyerStep) unpaid = contract_step (pending.secret, world->pending_list, now ());
  g_autoptr (FoyerStep) here = contract_step (pending.secret, world->door, now ());
  g_autoptr (FoyerStep) only_asked = contract_step (paid.secret, world->door, now ());
  g_autoptr (FoyerStep) forced = contract_step (paid.secret, world->workshop_list, now ());
  g_autoptr (FoyerStepResult) first = NULL;
  g_autoptr (FoyerStepResult) second = NULL;
  g_autoptr (FoyerStepResult) third = NULL;
  g_autoptr (FoyerStepResult) fourth = NULL;

  unpaid->scan->ignore_unpaid = TRUE;
  first = perform (desk.service, unpaid);
  g_assert_cmpint (first->outcome, ==, FOYER_STEP_DONE);
  here->scan->ignore_unpaid = TRUE;
  second = perform (desk.service, here);
  g_assert_cmpstr (second->reason, ==, "unpaid");

  only_asked->simulate = TRUE;
  third = perform (desk.service, only_asked);
  g_assert_cmpint (third->outcome, ==, FOYER_STEP_DONE);
  g_assert_cmpuint (count_check_ins (world, paid.code), ==, 0);

  forced->scan->force = TRUE;
  fourth = perform (desk.service, forced);
  g_assert_cmpint (fourth->outcome, ==, FOYER_STEP_DONE);
  g_assert_cmpuint (count_check_ins (world, paid.code), ==, 1);
}

static void
test_exit (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (FoyerStep) step = contract_step (ticket.secret, world->door, now ());
      g_autoptr (FoyerStepResult) result = NULL;

      step->scan->exit = i % 2 == 1;
      result = perform (desk.service, step);
      g_assert_cmpint (result->outcome, ==, FOYER_STEP_DONE);
      g_assert_cmpuint (result->attendee->check_ins->len, ==, i);
    }
}

static void
test_repeated (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_autofree char *block = g_strdup_printf (
      "/api/v1/organizers/%s/events/%s/orderpositions/%" G_GINT64_FORMAT "/add_block/",
      world->organizer, world->event, ticket.position);
  g_autoptr (FoyerStep) step = contract_step (ticket.secret, world->door, now ());
  g_autoptr (FoyerStepResult) first = perform (desk.service, step);
  g_autoptr (FoyerStepResult) second = perform (desk.service, step);
  g_autoptr (FoyerStepResult) third = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpint (first->outcome, ==, FOYER_STEP_DONE);
  g_assert_false (first->replayed);
  g_assert_cmpint (second->outcome, ==, FOYER_STEP_DONE);
  g_assert_true (second->replayed);

  /* refused now; but it is stored, and stays so */
  contract_make (world, &node, block, "{\"name\": \"api:contract\"}");
  third = perform (desk.service, step);
  g_assert_cmpint (third->outcome, ==, FOYER_STEP_DONE);
  g_assert_true (third->replayed);
  g_assert_cmpuint (count_check_ins (world, ticket.code), ==, 1);
}

static void
test_lost_answer (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_autoptr (FoyerService) door = contract_service (world, NULL, "Token", world->token_door,
                                                    world->event, 0);
  /* who looks, and whether the desk knew the order */
  const struct
  {
    FoyerService *service;
    gboolean knows_order;
    gboolean exit;
  } cases[] = {
    { desk.service, TRUE, FALSE },
    { desk.service, FALSE, FALSE },
    { door, TRUE, FALSE },
    { door, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
      g_autoptr (FoyerStep) step = contract_step (ticket.secret, world->door, now ());
      g_autoptr (FoyerStepResult) lost = NULL;
      g_autoptr (FoyerStepResult) before = NULL;
      g_autoptr (FoyerStepResult) found = NULL;
      g_autoptr (FoyerStepResult) repeated = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) none = NULL;
      gboolean was_found;

      step->scan->exit = cases[i].exit;
      if (cases[i].knows_order)
        {
          step->scan->order = g_strdup (ticket.code);
          step->scan->attendee = ticket.position;
        }

      before = contract_lookup (cases[i].service, step, &was_found, &none);
      g_assert_no_error (none);
      g_assert_false (was_found);

      contract_proxy_set_fault (world->proxy, CONTRACT_FAULT_AFTER, 1);
      lost = contract_perform (cases[i].service, step, &error);
      g_assert_null (lost);
      g_assert_nonnull (error);
      g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_UNKNOWN);

      found = contract_lookup (cases[i].service, step, &was_found, &none);
      g_assert_no_error (none);
      g_assert_true (was_found);
      g_assert_cmpint (found->outcome, ==, FOYER_STEP_DONE);
      g_assert_true (found->replayed);
      g_assert_cmpint (found->list, ==, world->door);
      g_assert_cmpint (found->attendee->id, ==, ticket.position);

      repeated = perform (cases[i].service, step);
      g_assert_cmpint (repeated->outcome, ==, FOYER_STEP_DONE);
      g_assert_true (repeated->replayed);
      g_assert_cmpuint (count_check_ins (world, ticket.code), ==, 1);
    }
}

/* Cut before the server heard of it: it cannot be told from the other, and looking tells. */
static void
test_lost_question (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_autoptr (FoyerStep) step = contract_step (ticket.secret, world->door, now ());
  g_autoptr (FoyerStep) unknown = contract_step ("nobody has this", world->door, now ());
  g_autoptr (FoyerStepResult) lost = NULL;
  g_autoptr (FoyerStepResult) found = NULL;
  g_autoptr (FoyerStepResult) nobody = NULL;
  g_autoptr (FoyerStepResult) done = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;
  gboolean was_found;

  step->scan->order = g_strdup (ticket.code);
  contract_proxy_set_fault (world->proxy, CONTRACT_FAULT_BEFORE, 1);
  lost = contract_perform (desk.service, step, &error);
  g_assert_null (lost);
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_UNKNOWN);

  found = contract_lookup (desk.service, step, &was_found, &none);
  g_assert_no_error (none);
  g_assert_false (was_found);
  nobody = contract_lookup (desk.service, unknown, &was_found, &none);
  g_assert_no_error (none);
  g_assert_false (was_found);

  done = perform (desk.service, step);
  g_assert_cmpint (done->outcome, ==, FOYER_STEP_DONE);
  g_assert_false (done->replayed);
}

/* A lookup must not take another scan of the same ticket for ours. */
static void
test_lookup_is_exact (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
  FoyerTime at = now ();
  g_autoptr (FoyerStep) other = contract_step (ticket.secret, world->pending_list, at);
  g_autoptr (FoyerStepResult) done = perform (desk.service, other);
  g_autoptr (FoyerStep) other_list = contract_step (ticket.secret, world->door, at);
  g_autoptr (FoyerStep) other_time = contract_step (ticket.secret, world->pending_list, at + 1);
  g_autoptr (FoyerStep) other_type = contract_step (ticket.secret, world->pending_list, at);
  g_autoptr (FoyerStep) other_device = contract_step (ticket.secret, world->pending_list, at);
  g_autoptr (FoyerService) device = contract_service (world, NULL, "Token", world->token,
                                                      world->event, 4711);
  FoyerStep *steps[] = { other_list, other_time, other_type };

  other_type->scan->exit = TRUE;
  g_assert_cmpint (done->outcome, ==, FOYER_STEP_DONE);
  for (guint i = 0; i < 2 * (G_N_ELEMENTS (steps) + 1); i++)
    {
      FoyerStep *step = i / 2 < G_N_ELEMENTS (steps) ? steps[i / 2] : other_device;
      FoyerService *service = step == other_device ? device : desk.service;
      g_autoptr (GError) error = NULL;
      g_autoptr (FoyerStepResult) result = NULL;
      gboolean found;

      if (i % 2 == 1)
        step->scan->order = g_strdup (ticket.code);
      result = contract_lookup (service, step, &found, &error);
      g_assert_no_error (error);
      g_assert_false (found);
    }
}

/* A code that stands for its add-on as well; and the add-on's check-in is found by the main's code. */
static void
test_addon (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_autofree char *orders = g_strdup_printf ("/api/v1/organizers/%s/events/%s/orders/",
                                             world->organizer, world->event);
  g_autofree char *lists = g_strdup_printf ("/api/v1/organizers/%s/events/%s/checkinlists/",
                                            world->organizer, world->event);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *order = contract_make (
      world, &node, orders,
      "{\"email\": \"ada@example.org\", \"locale\": \"en\", \"sales_channel\": \"web\","
      " \"send_email\": false, \"status\": \"p\", \"payment_provider\": \"manual\", \"positions\": "
      "["
      "{\"positionid\": 1, \"item\": %" G_GINT64_FORMAT ", \"price\": \"10.00\","
      " \"attendee_name_parts\": {\"_scheme\": \"full\", \"full_name\": \"Bo Example\"}},"
      "{\"positionid\": 2, \"item\": %" G_GINT64_FORMAT ", \"variation\": %" G_GINT64_FORMAT
      ", \"price\": \"5.00\", \"addon_to\": 1}]}",
      world->ticket, world->gala, world->gala_reduced);
  JsonArray *positions = json_object_get_array_member (order, "positions");
  const char *code = json_object_get_string_member (order, "code");
  const char *secret = json_object_get_string_member (json_array_get_object_element (positions, 0),
                                                      "secret");
  gint64 addon = json_object_get_int_member (json_array_get_object_element (positions, 1), "id");
  gint64 gala_list = contract_make_id (
      world, lists,
      "{\"name\": \"Gala\", \"all_products\": false, \"limit_products\": [%" G_GINT64_FORMAT
      "], \"addon_match\": true}",
      world->gala);
  g_autoptr (FoyerStep) step = contract_step (secret, gala_list, now ());
  g_autoptr (FoyerStepResult) done = NULL;
  g_autoptr (FoyerStepResult) found = NULL;
  g_autoptr (GError) error = NULL;
  gboolean was_found;

  /* all products: it could be either */
  expect (&desk, "ambiguous", secret, world->addon_list, FOYER_STEP_REFUSED, "ambiguous");

  done = perform (desk.service, step);
  g_assert_cmpint (done->outcome, ==, FOYER_STEP_DONE);
  g_assert_cmpint (done->attendee->id, ==, addon);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&found, foyer_step_result_unref);
      if (i == 1)
        step->scan->order = g_strdup (code);
      found = contract_lookup (desk.service, step, &was_found, &error);
      g_assert_no_error (error);
      g_assert_true (was_found);
      g_assert_cmpint (found->attendee->id, ==, addon);
    }
}

static void
test_errors (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_autoptr (FoyerService) reader = contract_service (world, NULL, "Token", world->token_read,
                                                      world->event, 0);
  g_autoptr (FoyerService) stranger = contract_service (world, NULL, "Token", "nobodyhasthiskey",
                                                        world->event, 0);
  g_autoptr (FoyerService) nowhere = contract_service (world, "http://127.0.0.1:9", "Token",
                                                       world->token, world->event, 0);
  const struct
  {
    FoyerService *service;
    gint64 list;
    FoyerError code;
    FoyerOutcome outcome;
  } cases[] = {
    { desk.service, 99999999, FOYER_ERROR_INVALID, FOYER_OUTCOME_ANSWERED },
    /* pretix says the same of both: that there is no such list */
    { reader, world->door, FOYER_ERROR_FORBIDDEN, FOYER_OUTCOME_ANSWERED },
    { stranger, world->door, FOYER_ERROR_UNAUTHORIZED, FOYER_OUTCOME_ANSWERED },
    { nowhere, world->door, FOYER_ERROR_OFFLINE, FOYER_OUTCOME_NEVER_SENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FoyerStep) step = contract_step (ticket.secret, cases[i].list, now ());
      g_autoptr (GError) error = NULL;

      g_assert_null (contract_perform (cases[i].service, step, &error));
      g_assert_error (error, FOYER_ERROR, cases[i].code);
      g_assert_cmpint (foyer_error_get_outcome (error), ==, cases[i].outcome);
    }
  g_assert_cmpuint (count_check_ins (world, ticket.code), ==, 0);
}

/* A rule that is false and cannot be explained: the service falls over each time, and stores nothing. No
 * answer tells that, but a lookup does. */
static void
test_broken_rule (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_autofree char *lists = g_strdup_printf ("/api/v1/organizers/%s/events/%s/checkinlists/",
                                            world->organizer, world->event);
  gint64 list = contract_make_id (world, lists,
                                  "{\"name\": \"Broken\", \"all_products\": true, "
                                  "\"limit_products\": [], \"rules\": {\"or\": []}}");
  g_autoptr (FoyerStep) step = contract_step (ticket.secret, list, now ());
  g_autoptr (GError) error = NULL;

  g_assert_null (contract_perform (desk.service, step, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_SERVER);
  g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_UNKNOWN);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) none = NULL;
      g_autoptr (FoyerStepResult) found = NULL;
      gboolean was_found;

      if (i == 1)
        step->scan->order = g_strdup (ticket.code);
      found = contract_lookup (desk.service, step, &was_found, &none);
      g_assert_no_error (none);
      g_assert_false (was_found);
    }
}

/* What cannot be sent is not sent. */
static void
test_unsendable (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (FoyerStep) step = contract_step (i == 0 ? "" : "code", world->door, now ());
      g_autoptr (GError) error = NULL;
      guint before = contract_proxy_get_connections (world->proxy);

      if (i == 1)
        step->scan->datetime = FOYER_TIME_NONE;
      if (i == 2)
        g_array_set_size (step->scan->lists, 0);
      if (i == 3)
        g_array_append_val (step->scan->lists, world->workshop_list);
      if (i == 4)
        step->scan->answers = g_strdup ("[1");
      g_assert_null (contract_perform (desk.service, step, &error));
      g_assert_error (error, FOYER_ERROR, FOYER_ERROR_INVALID);
      g_assert_cmpint (foyer_error_get_outcome (error), ==, FOYER_OUTCOME_NEVER_SENT);
      g_assert_cmpuint (contract_proxy_get_connections (world->proxy), ==, before);
    }
}

/* The record of a call tells what was done, and nothing of whom. */
static void
test_call_log (gconstpointer data)
{
  g_auto (Desk) desk = open_desk (data);
  ContractWorld *world = desk.world;
  g_auto (ContractTicket) ticket = contract_sell (world, world->ticket, "p", NULL, NULL);
  g_autoptr (FoyerStep) step = contract_step (ticket.secret, world->door, now ());
  g_autoptr (FoyerStepResult) result = perform (desk.service, step);
  const FoyerCall *call;

  g_assert_cmpint (result->outcome, ==, FOYER_STEP_DONE);
  g_assert_cmpuint (step->call_log->len, ==, 1);
  call = step->call_log->pdata[0];
  g_assert_cmpstr (call->method, ==, "POST");
  g_assert_cmpstr (call->route, ==, "/api/v1/organizers/{organizer}/checkinrpc/redeem/");
  g_assert_cmpint (call->status, ==, 201);
  g_assert_true (foyer_service_can_perform (desk.service, FOYER_STEP_CHECK_IN));
}

void
contract_add_step_tests (ContractWorld *world)
{
  contract_add_test (world, "step/verdicts", test_verdicts);
  contract_add_test (world, "step/answer", test_answer);
  contract_add_test (world, "step/flags", test_flags);
  contract_add_test (world, "step/exit", test_exit);
  contract_add_test (world, "step/repeated", test_repeated);
  contract_add_test (world, "step/lost-answer", test_lost_answer);
  contract_add_test (world, "step/lost-question", test_lost_question);
  contract_add_test (world, "step/lookup-is-exact", test_lookup_is_exact);
  contract_add_test (world, "step/addon", test_addon);
  contract_add_test (world, "step/errors", test_errors);
  contract_add_test (world, "step/broken-rule", test_broken_rule);
  contract_add_test (world, "step/unsendable", test_unsendable);
  contract_add_test (world, "step/call-log", test_call_log);
}
