/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deciding in the real store: where a refused ticket is valid, who was asked already, and codes that carry
 * their ticket in them. */

#define G_LOG_DOMAIN "foyer-test"

#include "foyer-decision.h"

#include <string.h>

#include "foyer-secret-mark.h"
#include "foyer-sodium-signatures.h"
#include "foyer-uuid.h"
#include "store-fixture.h"

/* docs/contracts/pretix-checkin.md 10: the worked example. */
static const char signed_key[]
    = "LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0KTUNvd0JRWURLMlZ3QXlFQUVmVW9LUTF4OVcwNzF6QW9LWXZsUUpnL2h"
      "tQjhsRko5SXhWL2pRWmt6Qjg9Ci0tLS0tRU5EIFBVQkxJQyBLRVktLS0tLQo=";
static const char signed_code[] = "=QwJSk+bfeIQqys6ikVv4US2Sb8Lss9j4g+ZHdaSQtyJaOlb9+"
                                  "6ADzCzEH1H3LImHEs6i3Wqs7k3vrrsrz9SLyEAwAAKD"
                                  "sqxJDxM4IDMwQWZlNXCKAEAUAQA";
#define SIGNED_PRODUCT 7005001

static FoyerDecision *
decide (Fixture *self, const char *code, gint64 list, FoyerTime when, const char *answers)
{
  g_autoptr (FoyerDecisionRequest) request = g_new0 (FoyerDecisionRequest, 1);
  g_autoptr (GError) error = NULL;
  gpointer decision = NULL;

  request->scan = foyer_scan_new ();
  request->scan->secret = g_strdup (code);
  g_clear_pointer (&request->scan->lists, g_array_unref);
  request->scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (request->scan->lists, list);
  request->scan->datetime = when;
  request->scan->answers = g_strdup (answers);
  request->signatures = foyer_sodium_signatures_new ();
  request->connection = g_strdup ("conf");
  request->id = foyer_uuid_new_v7 (when);
  request->key = g_uuid_string_random ();
  request->created = when;
  g_assert_true (
      fixture_transact (self->journal, TRUE, foyer_decision_make, request, &decision, &error));
  g_assert_no_error (error);
  return decision;
}

static void
assert_decision (FoyerDecision *decision, FoyerAdmissionResult result, const char *reason)
{
  g_assert_cmpint (decision->admission->result, ==, result);
  g_assert_cmpstr (decision->admission->reason, ==, reason);
  g_assert_cmpint (decision->command != NULL, ==, result == FOYER_ADMISSION_ADMITTED);
}

static FoyerCheckInList *
add_list (GPtrArray *lists, gint64 id, const char *name, gint64 product, gint64 subevent)
{
  FoyerCheckInList *list = foyer_check_in_list_new ();

  list->id = id;
  list->name = g_strdup (name);
  list->all_products = product == 0;
  list->subevent = subevent;
  g_clear_pointer (&list->products, g_array_unref);
  list->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (product != 0)
    g_array_append_val (list->products, product);
  g_ptr_array_add (lists, list);
  return list;
}

static void
put_lists (Fixture *self)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_check_in_list_unref);
  g_autofree char *later = foyer_time_format_utc (AT (7200));

  add_list (lists, 1, "Main", 1, 0);
  add_list (lists, 2, "Hall B", 2, 0);
  add_list (lists, 3, "Saturday", 0, 7);
  add_list (lists, 4, "Afternoon", 2, 0)->rules = g_strdup_printf (
      "{\"isAfter\": [{\"var\": \"now\"}, {\"buildTime\": [\"custom\", \"%s\"]}]}", later);
  add_list (lists, 5, "Broken", 2, 0)->rules = g_strdup ("{\"tomorrow\": []}");
  add_list (lists, 6, "North only", 2, 0)->rules = g_strdup ("{\"==\": [{\"var\": \"gate\"}, 77]}");
  fixture_ingest_all (self->mirror, "conf", FOYER_RESOURCE_LISTS, lists);
}

static const FoyerValidPlace *
get_place (FoyerDecision *decision, guint position)
{
  g_assert_nonnull (decision->admission->valid_at);
  g_assert_cmpuint (decision->admission->valid_at->len, >, position);
  return g_ptr_array_index (decision->admission->valid_at, position);
}

static void
test_valid_places (Fixture *self, gconstpointer data)
{
  FoyerOrder *order = make_order ("A", FOYER_ORDER_PAID);
  FoyerOrder *unpaid = make_order ("B", FOYER_ORDER_PENDING);
  g_autoptr (FoyerDecision) other_product = NULL;
  g_autoptr (FoyerDecision) other_date = NULL;
  g_autoptr (FoyerDecision) later = NULL;
  g_autoptr (FoyerDecision) broken = NULL;
  g_autoptr (FoyerDecision) owing = NULL;
  g_autoptr (FoyerDecision) unknown = NULL;
  g_autoptr (FoyerDecision) used = NULL;
  g_autoptr (FoyerDecision) elsewhere = NULL;

  make_world (self->mirror, "conf");
  put_lists (self);
  add_attendee (order, 10, "Ada", "ada", 2);
  add_attendee (order, 11, "Bob", "bob", 2)->subevent = 7;
  add_attendee (unpaid, 12, "Cem", "cem", 2);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, unpaid, NULL);

  /* Open now comes before open later; a broken rule, and one that is about the gate, say nothing. */
  other_product = decide (self, "ada", 1, AT (100), NULL);
  assert_decision (other_product, FOYER_ADMISSION_REFUSED, "product");
  g_assert_cmpuint (other_product->admission->valid_at->len, ==, 2);
  g_assert_cmpstr (get_place (other_product, 0)->name, ==, "Hall B");
  g_assert_null (get_place (other_product, 0)->rule_hint);
  g_assert_cmpstr (get_place (other_product, 1)->name, ==, "Afternoon");
  g_assert_nonnull (strstr (get_place (other_product, 1)->rule_hint, "isAfter"));

  /* A ticket for another date: the copy has it, and the date's own list. */
  other_date = decide (self, "ada", 3, AT (100), NULL);
  assert_decision (other_date, FOYER_ADMISSION_REFUSED, "invalid");
  g_assert_cmpint (other_date->admission->candidate->attendee->id, ==, 10);
  g_assert_cmpstr (get_place (other_date, 0)->name, ==, "Hall B");
  g_assert_cmpint (get_place (other_date, 0)->subevent, ==, 0);
  elsewhere = decide (self, "bob", 1, AT (100), NULL);
  assert_decision (elsewhere, FOYER_ADMISSION_REFUSED, "product");
  g_assert_cmpuint (elsewhere->admission->valid_at->len, ==, 3);
  g_assert_cmpstr (get_place (elsewhere, 1)->name, ==, "Saturday");
  g_assert_cmpstr (get_place (elsewhere, 1)->subevent_name, ==, "Saturday");
  g_assert_cmpint (get_place (elsewhere, 1)->from, ==, AT (0));

  /* What the rules keep out may go to another list now. */
  later = decide (self, "ada", 4, AT (100), NULL);
  assert_decision (later, FOYER_ADMISSION_REFUSED, "rules");
  g_assert_cmpstr (get_place (later, 0)->name, ==, "Hall B");

  /* What cannot be judged is said so, and sends nobody anywhere. */
  broken = decide (self, "ada", 5, AT (100), NULL);
  assert_decision (broken, FOYER_ADMISSION_REFUSED, "rules");
  g_assert_false (broken->admission->certain);
  g_assert_null (broken->admission->valid_at);

  /* Who owes, or is not known, or was in, has no better place. */
  owing = decide (self, "cem", 2, AT (100), NULL);
  assert_decision (owing, FOYER_ADMISSION_REFUSED, "unpaid");
  g_assert_null (owing->admission->valid_at);
  unknown = decide (self, "nobody", 1, AT (100), NULL);
  g_assert_null (unknown->admission->valid_at);
  foyer_decision_free (decide (self, "ada", 2, AT (110), NULL));
  used = decide (self, "ada", 1, AT (120), NULL);
  g_assert_cmpuint (used->admission->valid_at->len, ==, 1);
  g_assert_cmpstr (get_place (used, 0)->name, ==, "Afternoon");
}

/* A rule nested 10,000 deep, as a text nobody can have stored: it is not evaluated, and it is said. */
static void
test_deep_rule (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_check_in_list_unref);
  g_autoptr (GString) rule = g_string_new (NULL);
  FoyerOrder *order = make_order ("A", FOYER_ORDER_PAID);
  g_autoptr (FoyerDecision) decision = NULL;

  make_world (self->mirror, "conf");
  for (guint i = 0; i < 10000; i++)
    g_string_append (rule, "{\"and\": [");
  g_string_append (rule, "true");
  for (guint i = 0; i < 10000; i++)
    g_string_append (rule, "]}");
  add_list (lists, 1, "Deep", 0, 0)->rules = g_strdup (rule->str);
  fixture_ingest_all (self->mirror, "conf", FOYER_RESOURCE_LISTS, lists);
  add_attendee (order, 10, "Ada", "ada", 2);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);

  decision = decide (self, "ada", 1, AT (100), NULL);
  assert_decision (decision, FOYER_ADMISSION_REFUSED, "rules");
  g_assert_false (decision->admission->certain);
}

/* Who has answered at this desk is not asked again, though the service does not know it yet. */
static void
test_answers (Fixture *self, gconstpointer data)
{
  FoyerOrder *order = make_order ("A", FOYER_ORDER_PAID);
  g_autoptr (FoyerDecision) asked = NULL;
  g_autoptr (FoyerDecision) wrong = NULL;
  g_autoptr (FoyerDecision) answered = NULL;
  g_autoptr (FoyerDecision) again = NULL;
  g_autoptr (FoyerScan) recorded = NULL;

  make_world (self->mirror, "conf");
  add_attendee (order, 10, "Ada", "ada", 1);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);

  asked = decide (self, "ada", 1, AT (100), NULL);
  assert_decision (asked, FOYER_ADMISSION_QUESTIONS, NULL);
  g_assert_cmpuint (asked->admission->questions->len, ==, 1);
  wrong = decide (self, "ada", 1, AT (100), "{\"5\": \"99\"}");
  assert_decision (wrong, FOYER_ADMISSION_QUESTIONS, NULL);
  answered = decide (self, "ada", 1, AT (110), "{\"5\": \"51\"}");
  assert_decision (answered, FOYER_ADMISSION_ADMITTED, NULL);
  recorded = foyer_scan_from_json (answered->command->arguments, NULL);
  g_assert_cmpstr (recorded->answers, ==, "{\"5\": \"51\"}");
  again = decide (self, "ada", 1, AT (120), NULL);
  assert_decision (again, FOYER_ADMISSION_REFUSED, "already_redeemed");
}

static void
put_signed_event (Fixture *self)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_event_unref);
  g_autoptr (GPtrArray) products = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_product_unref);
  FoyerEvent *event = foyer_event_new ();
  FoyerProduct *product = foyer_product_new ();

  make_world (self->mirror, "conf");
  event->slug = g_strdup ("conf");
  event->name = g_strdup ("Conference");
  event->zone = g_strdup ("Europe/Berlin");
  event->currency = g_strdup ("EUR");
  event->date_from = AT (0);
  event->signing_keys = g_new0 (char *, 3);
  event->signing_keys[0] = g_strdup ("not a key");
  event->signing_keys[1] = g_strdup (signed_key);
  g_ptr_array_add (events, event);
  fixture_ingest_all (self->mirror, "conf", FOYER_RESOURCE_EVENT, events);
  product->id = SIGNED_PRODUCT;
  product->name = g_strdup ("Entry");
  g_ptr_array_add (products, product);
  fixture_ingest_all (self->mirror, "conf", FOYER_RESOURCE_PRODUCTS, products);
}

static void
put_mark (Fixture *self, FoyerResource resource, gboolean blocked)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_secret_mark_unref);
  FoyerSecretMark *mark = foyer_secret_mark_new ();

  mark->id = 1;
  mark->secret = g_strdup (signed_code);
  mark->blocked = blocked;
  mark->changed = AT (20);
  g_ptr_array_add (marks, mark);
  fixture_ingest_all (self->mirror, "conf", resource, marks);
}

/* A good signature lets in once: the desk remembers the code, also when the order arrives under it. */
static void
test_signed (Fixture *self, gconstpointer data)
{
  FoyerOrder *order = make_order ("LATE", FOYER_ORDER_PAID);
  g_autofree char *touched = g_strdup (signed_code);
  g_autoptr (FoyerDecision) first = NULL;
  g_autoptr (FoyerDecision) second = NULL;
  g_autoptr (FoyerDecision) arrived = NULL;
  g_autoptr (FoyerDecision) forged = NULL;
  g_autoptr (GPtrArray) lists = NULL;

  put_signed_event (self);
  touched[20] = touched[20] == 'A' ? 'B' : 'A';
  forged = decide (self, touched, 1, AT (90), NULL);
  assert_decision (forged, FOYER_ADMISSION_REFUSED, "invalid");
  g_assert_false (forged->admission->certain);

  first = decide (self, signed_code, 1, AT (100), NULL);
  assert_decision (first, FOYER_ADMISSION_ADMITTED, NULL);
  g_assert_true (first->admission->candidate->by_signature);
  g_assert_cmpstr (first->admission->candidate->product->name, ==, "Entry");
  g_assert_nonnull (strstr (first->command->arguments, signed_code));
  second = decide (self, signed_code, 1, AT (110), NULL);
  assert_decision (second, FOYER_ADMISSION_REFUSED, "already_redeemed");
  g_assert_true (second->admission->previous->waiting);

  add_attendee (order, 10, "Ada", signed_code, SIGNED_PRODUCT);
  put_orders (self->mirror, "conf", AT (120), TRUE, order, NULL);
  arrived = decide (self, signed_code, 1, AT (130), NULL);
  assert_decision (arrived, FOYER_ADMISSION_REFUSED, "already_redeemed");
  g_assert_false (arrived->admission->candidate->by_signature);
  g_assert_cmpint (arrived->admission->candidate->attendee->id, ==, 10);

  /* The lists can be read with such a command waiting. */
  lists = fixture_load_lists (self->query, "conf");
  g_assert_cmpuint (lists->len, >, 0);
}

static void
test_signed_marks (Fixture *self, gconstpointer data)
{
  g_autoptr (FoyerDecision) blocked = NULL;
  g_autoptr (FoyerDecision) revoked = NULL;

  put_signed_event (self);
  put_mark (self, FOYER_RESOURCE_BLOCKED, TRUE);
  blocked = decide (self, signed_code, 1, AT (100), NULL);
  assert_decision (blocked, FOYER_ADMISSION_REFUSED, "blocked");
  put_mark (self, FOYER_RESOURCE_BLOCKED, FALSE);
  put_mark (self, FOYER_RESOURCE_REVOKED, FALSE);
  revoked = decide (self, signed_code, 1, AT (100), NULL);
  assert_decision (revoked, FOYER_ADMISSION_REFUSED, "revoked");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/store/decision/valid-places", test_valid_places);
  ADD ("/store/decision/deep-rule", test_deep_rule);
  ADD ("/store/decision/answers", test_answers);
  ADD ("/store/decision/signed", test_signed);
  ADD ("/store/decision/signed-marks", test_signed_marks);
#undef ADD
  return g_test_run ();
}
