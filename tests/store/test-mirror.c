/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mirror: what pages and answers leave behind, interrupted or not, repeated or not. */

#define G_LOG_DOMAIN "foyer-test"

#include "foyer-error.h"
#include "store-fixture.h"

static FoyerOrder *
order_with (const char *code, gint64 id, const char *name)
{
  FoyerOrder *order = make_order (code, FOYER_ORDER_PAID);
  g_autofree char *secret = g_strdup_printf ("secret-%" G_GINT64_FORMAT, id);

  add_attendee (order, id, name, secret, 1);
  return order;
}

static FoyerIngestReport *
ingest_orders (Fixture *self,
               gboolean first,
               gboolean whole,
               const char *next,
               const char *watermark,
               GPtrArray *orders,
               GError **error)
{
  g_autoptr (FoyerPage) page = make_page (FOYER_RESOURCE_ORDERS, whole, AT (10), next);

  page->watermark = g_strdup (watermark);
  page->total = 3;
  g_clear_pointer (&page->records, g_ptr_array_unref);
  page->records = g_ptr_array_ref (orders);
  return fixture_ingest (self->mirror, "conf", page, first, error);
}

static void
ingest_one (Fixture *self,
            gboolean first,
            gboolean whole,
            const char *next,
            const char *watermark,
            FoyerOrder *order)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_order_unref);
  g_autoptr (FoyerIngestReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (orders, order);
  report = ingest_orders (self, first, whole, next, watermark, orders, &error);
  g_assert_no_error (error);
}

static void
assert_state (Fixture *self,
              const char *cursor,
              const char *watermark,
              gboolean complete,
              gint64 stored)
{
  g_autoptr (FoyerSyncState) state = fixture_load_state (self->mirror, "conf",
                                                         FOYER_RESOURCE_ORDERS);

  g_assert_nonnull (state);
  g_assert_cmpstr (state->cursor, ==, cursor);
  g_assert_cmpstr (state->watermark, ==, watermark);
  g_assert_cmpint (state->complete, ==, complete);
  g_assert_cmpint (state->stored, ==, stored);
  g_assert_cmpint (state->total, ==, 3);
  g_assert_cmpint (state->synced_at, ==, complete ? AT (10) : FOYER_TIME_NONE);
}

static gboolean
has_order (Fixture *self, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerOrder) order = fixture_load_order (self->query, "conf", code, 0, &error);

  if (order == NULL)
    g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
  return order != NULL;
}

/* A whole run that is cut, gone on with after a restart, and repeated: nothing of it is lost, and only what
 * none of it brought is deleted. */
static void
test_runs (Fixture *self, gconstpointer data)
{
  g_assert_null (fixture_load_state (self->mirror, "conf", FOYER_RESOURCE_ORDERS));

  ingest_one (self, TRUE, TRUE, "p2", "w1", order_with ("A", 1, "Ada"));
  assert_state (self, "p2", NULL, FALSE, 1);
  ingest_one (self, FALSE, TRUE, "p3", "w2", order_with ("B", 2, "Bob"));
  fixture_close (self);
  fixture_open (self);
  assert_state (self, "p3", NULL, FALSE, 2);
  ingest_one (self, FALSE, TRUE, NULL, "w3", order_with ("C", 3, "Cyd"));
  assert_state (self, NULL, "w1", TRUE, 3);
  g_assert_true (has_order (self, "A") && has_order (self, "B") && has_order (self, "C"));

  /* A delta deletes nothing. */
  ingest_one (self, TRUE, FALSE, NULL, "w4", order_with ("B", 2, "Bobby"));
  assert_state (self, NULL, "w4", TRUE, 3);
  g_assert_true (has_order (self, "A"));

  /* A second whole run: A is gone. Cut in between, it deletes nothing yet. */
  ingest_one (self, TRUE, TRUE, "p2", "w5", order_with ("B", 2, "Bobby"));
  g_assert_true (has_order (self, "A"));
  assert_state (self, "p2", "w4", TRUE, 3);
  ingest_one (self, FALSE, TRUE, NULL, "w6", order_with ("C", 3, "Cyd"));
  g_assert_false (has_order (self, "A"));
  assert_state (self, NULL, "w5", TRUE, 2);
}

/* A record that cannot be stored is set aside; the page stays; and nothing is deleted on the word of a run in
 * which something could not be read. */
static void
test_rejects (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_order_unref);
  g_autoptr (FoyerIngestReport) report = NULL;
  g_autoptr (GError) error = NULL;
  FoyerOrder *half = order_with ("HALF", 5, "Half");

  ingest_one (self, TRUE, TRUE, NULL, "w1", order_with ("OLD", 1, "Old"));

  add_attendee (half, G_MAXINT64, "Huge", "huge", 1);
  g_ptr_array_add (orders, order_with ("GOOD", 2, "Good"));
  g_ptr_array_add (orders, order_with ("NEGATIVE", -3, "Negative"));
  g_ptr_array_add (orders, order_with ("", 4, "Nameless"));
  g_ptr_array_add (orders, half);
  g_ptr_array_add (orders, order_with ("FINE", 6, "Fine"));
  report = ingest_orders (self, TRUE, TRUE, NULL, "w2", orders, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->stored, ==, 2);
  g_assert_cmpint (report->rejected, ==, 3);
  g_assert_cmpint (report->deleted, ==, 0);
  g_assert_true (has_order (self, "GOOD") && has_order (self, "FINE"));
  g_assert_false (has_order (self, "HALF") || has_order (self, "NEGATIVE"));
  g_assert_true (has_order (self, "OLD"));
}

static void
test_unchanged (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_order_unref);
  g_autoptr (FoyerIngestReport) report = NULL;
  g_autoptr (FoyerIngestReport) again = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (orders, order_with ("A", 1, "Ada"));
  g_ptr_array_add (orders, order_with ("B", 2, "Bob"));
  report = ingest_orders (self, TRUE, TRUE, NULL, "w1", orders, &error);
  g_assert_cmpint (report->stored, ==, 2);
  again = ingest_orders (self, TRUE, TRUE, NULL, "w2", orders, &error);
  g_assert_cmpint (again->stored, ==, 0);
  g_assert_cmpint (again->unchanged, ==, 2);
  g_assert_cmpint (again->deleted, ==, 0);
  assert_state (self, NULL, "w2", TRUE, 2);
}

/* An order comes whole: what it has no longer is gone, what moved to another order stays. */
static void
test_replace (Fixture *self, gconstpointer data)
{
  g_autoptr (FoyerOrder) loaded = NULL;
  g_autoptr (FoyerOrder) other = NULL;
  g_autoptr (GError) error = NULL;
  FoyerOrder *order = order_with ("A", 1, "Ada");
  FoyerAttendee *second = add_attendee (order, 2, "Bob", "secret-2", 2);
  FoyerAnswer *answer = foyer_answer_new ();
  gint64 option = 51;

  answer->question = 5;
  answer->answer = g_strdup ("M");
  answer->options = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (answer->options, option);
  g_ptr_array_add (second->answers, answer);
  add_check_in (second, 70, 1, AT (5), FALSE);
  add_attendee (order, 3, "Cyd", "secret-3", 1);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);

  loaded = fixture_load_order (self->query, "conf", "A", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (loaded->attendees->len, ==, 3);
  second = loaded->attendees->pdata[1];
  g_assert_cmpstr (second->name, ==, "Bob");
  g_assert_cmpint (second->check_ins->len, ==, 1);
  g_assert_cmpint (second->answers->len, ==, 1);
  answer = second->answers->pdata[0];
  g_assert_cmpstr (answer->answer, ==, "M");
  g_assert_cmpint (g_array_index (answer->options, gint64, 0), ==, 51);

  /* Cyd was split off into an order of her own, Bob was deleted. */
  put_orders (self->mirror, "conf", AT (20), FALSE, order_with ("A2", 3, "Cyd"),
              order_with ("A", 1, "Ada"), NULL);
  g_clear_pointer (&loaded, foyer_order_unref);
  loaded = fixture_load_order (self->query, "conf", "A", 0, &error);
  g_assert_cmpint (loaded->attendees->len, ==, 1);
  other = fixture_load_order (self->query, "conf", "A2", 0, &error);
  g_assert_cmpint (other->attendees->len, ==, 1);
}

static guint
count_check_ins (Fixture *self, const char *code, gint64 *first_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerOrder) order = fixture_load_order (self->query, "conf", code, 0, &error);
  FoyerAttendee *attendee;

  g_assert_no_error (error);
  attendee = order->attendees->pdata[0];
  *first_id = attendee->check_ins->len > 0 ? ((FoyerCheckIn *)attendee->check_ins->pdata[0])->id
                                           : -1;
  return attendee->check_ins->len;
}

static FoyerOrder *
order_a (FoyerTime modified)
{
  FoyerOrder *order = order_with ("A", 1, "Ada");

  order->last_modified = modified;
  return order;
}

/* The answer to a redeem, and the pages that were made before and after it. */
static void
test_apply (Fixture *self, gconstpointer data)
{
  g_autoptr (FoyerScan) scan = make_scan (1, 1, AT (100), FALSE);
  g_autoptr (FoyerStepResult) result = make_result (FOYER_STEP_DONE, 1);
  FoyerOrder *order;
  gint64 id;

  put_orders (self->mirror, "conf", AT (10), TRUE, order_a (AT (1)), NULL);
  result->answered = AT (1000);
  fixture_apply (self->mirror, "conf", scan, result);
  fixture_apply (self->mirror, "conf", scan, result);
  g_assert_cmpuint (count_check_ins (self, "A", &id), ==, 1);
  g_assert_cmpint (id, ==, 0);

  /* Made before the answer, stored after it. */
  put_orders (self->mirror, "conf", AT (999), FALSE, order_a (AT (2)), NULL);
  g_assert_cmpuint (count_check_ins (self, "A", &id), ==, 1);

  /* With its number. */
  order = order_a (AT (3));
  add_check_in (order->attendees->pdata[0], 77, 1, AT (100), FALSE);
  put_orders (self->mirror, "conf", AT (1100), FALSE, order, NULL);
  g_assert_cmpuint (count_check_ins (self, "A", &id), ==, 1);
  g_assert_cmpint (id, ==, 77);

  /* Applied once more (a lookup after a restart): it is there. */
  fixture_apply (self->mirror, "conf", scan, result);
  g_assert_cmpuint (count_check_ins (self, "A", &id), ==, 1);
  g_assert_cmpint (id, ==, 77);

  /* Annulled at the service. */
  put_orders (self->mirror, "conf", AT (1200), FALSE, order_a (AT (4)), NULL);
  g_assert_cmpuint (count_check_ins (self, "A", &id), ==, 0);

  /* Written here, but the service does not have it any more when it speaks next. */
  fixture_apply (self->mirror, "conf", scan, result);
  g_assert_cmpuint (count_check_ins (self, "A", &id), ==, 1);
  put_orders (self->mirror, "conf", AT (1300), FALSE, order_a (AT (4)), NULL);
  g_assert_cmpuint (count_check_ins (self, "A", &id), ==, 0);
}

/* An answer brings a ticket that the copy did not have, and takes nothing away that it does not mention. */
static void
test_apply_unknown (Fixture *self, gconstpointer data)
{
  g_autoptr (FoyerScan) scan = make_scan (0, 1, AT (100), FALSE);
  g_autoptr (FoyerStepResult) result = make_result (FOYER_STEP_DONE, 1);
  g_autoptr (FoyerOrder) source = make_order ("NEW", FOYER_ORDER_PAID);
  g_autoptr (FoyerAdmissionFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  FoyerAdmissionCandidate *candidate;

  make_world (self->mirror, "conf");
  result->order = make_order ("NEW", FOYER_ORDER_PAID);
  result->attendee = foyer_attendee_ref (add_attendee (source, 50, "Nora", "secret-50", 1));
  add_check_in (result->attendee, 8, 1, AT (50), FALSE);
  add_check_in (result->attendee, 9, 1, AT (60), TRUE);
  fixture_apply (self->mirror, "conf", scan, result);

  facts = fixture_gather (self->journal, "conf", "secret-50", 0, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (facts->candidates->len, ==, 1);
  candidate = facts->candidates->pdata[0];
  g_assert_cmpstr (candidate->attendee->name, ==, "Nora");
  g_assert_cmpstr (candidate->order->code, ==, "NEW");
  g_assert_cmpint (candidate->attendee->check_ins->len, ==, 3);
  g_assert_false (facts->complete);

  /* A refusal that says less. */
  g_clear_pointer (&facts, foyer_admission_facts_unref);
  result->outcome = FOYER_STEP_REFUSED;
  g_clear_pointer (&result->attendee->name, g_free);
  result->order->status = FOYER_ORDER_CANCELED;
  g_ptr_array_set_size (result->attendee->check_ins, 0);
  g_clear_pointer (&result->attendee->check_ins, g_ptr_array_unref);
  fixture_apply (self->mirror, "conf", scan, result);
  facts = fixture_gather (self->journal, "conf", "secret-50", 0, 1, &error);
  candidate = facts->candidates->pdata[0];
  g_assert_cmpstr (candidate->attendee->name, ==, "Nora");
  g_assert_cmpint (candidate->order->status, ==, FOYER_ORDER_CANCELED);
  g_assert_cmpint (candidate->attendee->check_ins->len, ==, 3);
}

static void
test_small_resources (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) lists = NULL;
  FoyerListSummary *summary;

  make_world (self->mirror, "conf");
  make_world (self->mirror, "conf");
  make_world (self->mirror, "other");
  lists = fixture_load_lists (self->query, "conf");
  g_assert_cmpint (lists->len, ==, 4);
  summary = lists->pdata[0];
  g_assert_cmpstr (summary->list->name, ==, "All");
  g_assert_null (summary->products);
  summary = lists->pdata[1];
  g_assert_cmpstr (summary->list->name, ==, "Pending");
  g_assert_cmpstr (summary->products[0], ==, "Ticket");
  summary = lists->pdata[2];
  g_assert_cmpstr (summary->list->name, ==, "Saturday");
  g_assert_cmpstr (summary->subevent, ==, "Saturday");

  g_clear_pointer (&lists, g_ptr_array_unref);
  fixture_ingest_all (self->mirror, "conf", FOYER_RESOURCE_LISTS, none);
  lists = fixture_load_lists (self->query, "conf");
  g_assert_cmpint (lists->len, ==, 0);
  g_clear_pointer (&lists, g_ptr_array_unref);
  lists = fixture_load_lists (self->query, "other");
  g_assert_cmpint (lists->len, ==, 4);

  fixture_forget (self->mirror, "conf");
  g_clear_pointer (&lists, g_ptr_array_unref);
  lists = fixture_load_lists (self->query, "other");
  g_assert_cmpint (lists->len, ==, 4);
  fixture_forget (self->mirror, "other");
  fixture_forget (self->mirror, "never seen");
  g_clear_pointer (&lists, g_ptr_array_unref);
  lists = fixture_load_lists (self->query, "other");
  g_assert_cmpint (lists->len, ==, 0);
}

static void
test_forget (Fixture *self, gconstpointer data)
{
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_PEOPLE);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (FoyerSyncState) state = NULL;
  g_autofree char *found = NULL;
  g_autofree char *left = NULL;
  g_autoptr (GError) error = NULL;

  put_orders (self->mirror, "conf", AT (10), TRUE, order_with ("A", 1, "Ada"),
              order_with ("B", 2, "Bob"), NULL);
  put_orders (self->mirror, "other", AT (10), TRUE, order_with ("A", 1, "Abe"), NULL);
  found = fixture_find_names (self->query, "a", 0);
  g_assert_cmpstr (found, ==, "Abe, Ada");
  rows = fixture_snapshot (self->query, spec, &error);
  g_assert_cmpint (rows->len, ==, 3);

  fixture_forget (self->mirror, "conf");
  people = foyer_query_hydrate (self->query, spec, (gint64 *)rows->data, rows->len, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((FoyerPerson *)people->pdata[0])->attendee->name, ==, "Abe");
  g_assert_null (people->pdata[1]);
  g_assert_null (people->pdata[2]);
  left = fixture_find_names (self->query, "", 0);
  g_assert_cmpstr (left, ==, "Abe");
  g_assert_null (fixture_load_state (self->mirror, "conf", FOYER_RESOURCE_ORDERS));
  state = fixture_load_state (self->mirror, "other", FOYER_RESOURCE_ORDERS);
  g_assert_nonnull (state);
}

static void
note_change (FoyerMirror *mirror, const char *connection, guint resources, gpointer data)
{
  g_string_append_printf (data, "%s %x ", connection, resources);
}

static gboolean
has_text (gpointer data)
{
  return ((GString *)data)->len > 0;
}

static void
test_changed (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) changes = g_string_new (NULL);

  g_signal_connect (self->mirror, "changed", G_CALLBACK (note_change), changes);
  put_orders (self->mirror, "conf", AT (10), TRUE, order_with ("A", 1, "Ada"), NULL);
  iterate_until (has_text, changes);
  g_assert_cmpstr (changes->str, ==, "conf 400 ");
}

/* Two processes fetch at the same time: the one that began later holds. */
static void
test_two_runs (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerSqliteStore) other = fixture_open_store (self->directory, self->clock, &error);
  g_autoptr (FoyerPage) page = make_page (FOYER_RESOURCE_ORDERS, TRUE, AT (10), "p2");
  g_autoptr (FoyerIngestReport) report = NULL;
  g_autoptr (FoyerIngestReport) late = NULL;

  ingest_one (self, TRUE, TRUE, "p2", "w1", order_with ("A", 1, "Ada"));
  report = fixture_ingest (foyer_sqlite_store_get_mirror (other), "conf", page, TRUE, &error);
  g_assert_no_error (error);
  late = fixture_ingest (self->mirror, "conf", page, FALSE, &error);
  g_assert_null (late);
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_CONFLICT);
  g_assert_true (has_order (self, "A"));
  fixture_close_store (other);
}

/* The rest of a run whose beginning is not here would pretend to be everything. */
static void
test_no_beginning (Fixture *self, gconstpointer data)
{
  g_autoptr (FoyerPage) page = make_page (FOYER_RESOURCE_ORDERS, TRUE, AT (10), NULL);
  g_autoptr (FoyerIngestReport) report = NULL;
  g_autoptr (GError) error = NULL;

  report = fixture_ingest (self->mirror, "conf", page, FALSE, &error);
  g_assert_null (report);
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_CONFLICT);
  g_assert_null (fixture_load_state (self->mirror, "conf", FOYER_RESOURCE_ORDERS));
}

/* Anything in any order; the tear-down counts again. */
static void
test_churn (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  make_world (self->mirror, "conf");
  for (int i = 0; i < 300; i++)
    {
      g_autofree char *code = g_strdup_printf ("O%d", g_rand_int_range (random, 0, 6));
      gint64 id = g_rand_int_range (random, 1, 12);

      if (g_rand_int_range (random, 0, 3) == 0)
        {
          g_autoptr (FoyerScan) scan = make_scan (id, g_rand_int_range (random, 1, 4),
                                                  AT (g_rand_int_range (random, 0, 5)),
                                                  g_rand_int_range (random, 0, 2));
          g_autoptr (FoyerStepResult) result = make_result (
              g_rand_int_range (random, 0, 2) == 0 ? FOYER_STEP_DONE : FOYER_STEP_REFUSED, 0);

          if (g_rand_int_range (random, 0, 2) == 0)
            {
              g_autoptr (FoyerOrder) source = make_order (code, FOYER_ORDER_PAID);

              result->order = make_order (code, (FoyerOrderStatus)g_rand_int_range (random, 0, 4));
              result->attendee = foyer_attendee_ref (add_attendee (source, id, "Re", "re", 1));
              add_check_in (result->attendee, 500 + i, scan->list, AT (i % 5), i % 3 == 0);
            }
          fixture_apply (self->mirror, "conf", scan, result);
        }
      else
        {
          FoyerOrder *order = make_order (code, (FoyerOrderStatus)g_rand_int_range (random, 0, 4));

          for (int k = g_rand_int_range (random, 0, 4); k > 0; k--)
            {
              gint64 other = id + k;
              FoyerAttendee *attendee = add_attendee (order, other, "Some", "some",
                                                      g_rand_int_range (random, 1, 3));

              attendee->canceled = g_rand_int_range (random, 0, 4) == 0;
              for (int c = g_rand_int_range (random, 0, 4); c > 0; c--)
                add_check_in (attendee, 1000 + 10 * i + c, g_rand_int_range (random, 1, 4),
                              AT (g_rand_int_range (random, 0, 5)),
                              g_rand_int_range (random, 0, 2));
            }
          put_orders (self->mirror, "conf", AT (10), i % 10 == 0, order, NULL);
        }
      if (i == 200)
        make_world (self->mirror, "other");
      if (i == 250)
        fixture_forget (self->mirror, "conf");
    }
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FoyerPage) page = make_page (FOYER_RESOURCE_ORDERS, TRUE, AT (10), NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  foyer_mirror_ingest_async (self->mirror, "conf", page, TRUE, cancellable, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (foyer_mirror_ingest_finish (self->mirror, result, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_CANCELLED);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/mirror/runs", test_runs);
  ADD ("/mirror/rejects", test_rejects);
  ADD ("/mirror/unchanged", test_unchanged);
  ADD ("/mirror/replace", test_replace);
  ADD ("/mirror/apply", test_apply);
  ADD ("/mirror/apply-unknown", test_apply_unknown);
  ADD ("/mirror/small-resources", test_small_resources);
  ADD ("/mirror/forget", test_forget);
  ADD ("/mirror/changed", test_changed);
  ADD ("/mirror/two-runs", test_two_runs);
  ADD ("/mirror/no-beginning", test_no_beginning);
  ADD ("/mirror/cancelled", test_cancelled);
  ADD ("/mirror/churn", test_churn);
  return g_test_run ();
}
