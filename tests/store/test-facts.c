/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a decision and a list are made from: the mirror with what waits laid over it. */

#define G_LOG_DOMAIN "foyer-test"

#include "foyer-error.h"
#include "foyer-secret-mark.h"
#include "store-fixture.h"

static FoyerAdmissionFacts *
gather (Fixture *self, const char *code, gint64 list)
{
  g_autoptr (GError) error = NULL;
  FoyerAdmissionFacts *facts = fixture_gather (self->journal, "conf", code, 0, list, &error);

  g_assert_no_error (error);
  return facts;
}

static void
put_family (Fixture *self)
{
  FoyerOrder *order = make_order ("FAM", FOYER_ORDER_PAID);
  FoyerAttendee *addon;

  add_attendee (order, 10, "Main", "main", 1)->subevent = 7;
  addon = add_attendee (order, 11, "Main", "addon", 2);
  addon->addon_to = 10;
  addon->subevent = 7;
  addon = add_attendee (order, 12, "Main", "addon-canceled", 2);
  addon->addon_to = 10;
  addon->canceled = TRUE;
  add_attendee (order, 13, "Other", "other", 1);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);
}

static void
test_candidates (Fixture *self, gconstpointer data)
{
  g_autoptr (FoyerAdmissionFacts) facts = NULL;
  g_autoptr (FoyerAdmissionFacts) through_main = NULL;
  g_autoptr (FoyerAdmissionFacts) dated = NULL;
  g_autoptr (FoyerAdmissionFacts) undated = NULL;
  g_autoptr (FoyerAdmissionFacts) nobody = NULL;
  g_autoptr (FoyerAdmissionFacts) by_id = NULL;
  g_autoptr (GError) error = NULL;
  FoyerAdmissionCandidate *candidate;
  FoyerAdmissionPlace *place;

  make_world (self->mirror, "conf");
  put_family (self);

  facts = gather (self, " \tmain\n", 1);
  g_assert_cmpstr (facts->code, ==, "main");
  g_assert_true (facts->complete);
  g_assert_cmpint (facts->as_of, ==, AT (10));
  g_assert_cmpint (facts->places->len, ==, 1);
  place = facts->places->pdata[0];
  g_assert_cmpstr (place->connection, ==, "conf");
  g_assert_cmpstr (place->event->slug, ==, "conf");
  g_assert_cmpstr (place->event->signing_keys[1], ==, "b");
  g_assert_cmpint (place->list->id, ==, 1);
  g_assert_cmpint (facts->candidates->len, ==, 1);
  candidate = facts->candidates->pdata[0];
  g_assert_false (candidate->through_main);
  g_assert_cmpint (candidate->attendee->id, ==, 10);
  g_assert_cmpstr (candidate->order->code, ==, "FAM");
  g_assert_cmpstr (candidate->product->name, ==, "Ticket");
  g_assert_cmpint (candidate->product->variations->len, ==, 1);
  g_assert_cmpstr (candidate->subevent->name, ==, "Saturday");
  g_assert_cmpint (candidate->questions->len, ==, 1);
  g_assert_cmpint (((FoyerQuestion *)candidate->questions->pdata[0])->options->len, ==, 1);

  /* List 3 lets a main ticket's code stand for its add-ons, canceled ones too: the rules decide. */
  through_main = gather (self, "main", 3);
  g_assert_cmpint (through_main->candidates->len, ==, 3);
  candidate = through_main->candidates->pdata[0];
  g_assert_cmpint (candidate->attendee->id, ==, 10);
  candidate = through_main->candidates->pdata[1];
  g_assert_cmpint (candidate->attendee->id, ==, 11);
  g_assert_true (candidate->through_main);
  g_assert_cmpint (candidate->questions->len, ==, 0);
  candidate = through_main->candidates->pdata[2];
  g_assert_true (candidate->attendee->canceled);

  /* A list for a date gets tickets of other dates too: so that the refusal can say which. */
  dated = gather (self, "main", 4);
  g_assert_cmpint (dated->candidates->len, ==, 1);
  undated = gather (self, "other", 4);
  g_assert_cmpint (undated->candidates->len, ==, 1);

  nobody = gather (self, "MAIN", 1);
  g_assert_cmpint (nobody->candidates->len, ==, 0);

  by_id = fixture_gather (self->journal, "conf", NULL, 13, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (by_id->candidates->len, ==, 1);
  g_assert_cmpstr (by_id->code, ==, "other");
}

static void
test_no_place (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fixture_gather (self->journal, "conf", "x", 0, 1, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  make_world (self->mirror, "conf");
  g_assert_null (fixture_gather (self->journal, "conf", "x", 0, 99, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
}

/* Codes are compared byte for byte, whatever is in them. */
static void
test_hard_codes (Fixture *self, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (4096, 'x');
  const char *codes[] = { "a'b\"c",    "50%_*",  "ab cd", "\xc3\xa9",
                          "e\xcc\x81", "=AQA/+", huge,    "NULL" };
  FoyerOrder *order = make_order ("HARD", FOYER_ORDER_PAID);

  make_world (self->mirror, "conf");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    add_attendee (order, 100 + i, "Somebody", codes[i], 1);
  add_attendee (order, 200, "No code", NULL, 1);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (FoyerAdmissionFacts) facts = gather (self, codes[i], 1);

      g_assert_cmpint (facts->candidates->len, ==, 1);
      g_assert_cmpint (((FoyerAdmissionCandidate *)facts->candidates->pdata[0])->attendee->id, ==,
                       100 + i);
    }
  {
    g_autoptr (FoyerAdmissionFacts) nothing = gather (self, "  ", 1);

    g_assert_cmpint (nothing->candidates->len, ==, 0);
  }
}

static guint
count_check_ins (Fixture *self, const char *code, gint64 list, guint *waiting)
{
  g_autoptr (FoyerAdmissionFacts) facts = gather (self, code, list);
  FoyerAdmissionCandidate *candidate = facts->candidates->pdata[0];
  FoyerTime last = 0;

  *waiting = 0;
  for (guint i = 0; i < candidate->attendee->check_ins->len; i++)
    {
      const FoyerCheckIn *check_in = candidate->attendee->check_ins->pdata[i];

      g_assert_cmpint (check_in->list, ==, list);
      g_assert_cmpint (check_in->datetime, >=, last);
      last = check_in->datetime;
      *waiting += check_in->waiting;
    }
  return candidate->attendee->check_ins->len;
}

static void
assert_counts (Fixture *self, guint place, gint64 expected, gint64 admitted, gint64 inside)
{
  g_autoptr (GPtrArray) lists = fixture_load_lists (self->query, "conf");
  FoyerListSummary *summary = lists->pdata[place];

  g_assert_cmpint (summary->expected, ==, expected);
  g_assert_cmpint (summary->admitted, ==, admitted);
  g_assert_cmpint (summary->inside, ==, inside);
}

static guint
count_arrivals (Fixture *self, gint64 list, FoyerTime since, guint minutes, guint minute)
{
  g_autoptr (GArray) counts = fixture_load_arrivals (self->query, "conf", list, since, minutes);

  g_assert_cmpuint (counts->len, ==, minutes);
  return g_array_index (counts, guint, minute);
}

/* Of all desks and of what waits here; neither exits, nor another list's, nor another connection's. */
static void
test_arrivals (Fixture *self, gconstpointer data)
{
  FoyerOrder *order = make_order ("A", FOYER_ORDER_PAID);
  FoyerTime since = AT (0);
  g_autofree char *id = NULL;
  g_autofree char *undo_id = NULL;
  FoyerCommand *undo;
  FoyerAttendee *attendee;

  make_world (self->mirror, "conf");
  make_world (self->mirror, "other");
  attendee = add_attendee (order, 1, "Ada", "ada", 1);
  add_check_in (attendee, 70, 1, since + 5 * FOYER_SECOND, FALSE);
  add_check_in (attendee, 71, 1, since + 6 * FOYER_SECOND, TRUE);
  add_check_in (attendee, 72, 1, since + 61 * FOYER_SECOND, FALSE);
  add_check_in (attendee, 73, 2, since + 62 * FOYER_SECOND, FALSE);
  add_check_in (attendee, 74, 1, since - FOYER_SECOND, FALSE);
  add_check_in (attendee, 75, 1, since + 300 * FOYER_SECOND, FALSE);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);
  order = make_order ("B", FOYER_ORDER_PAID);
  attendee = add_attendee (order, 2, "Bob", "bob", 1);
  add_check_in (attendee, 76, 1, since + 7 * FOYER_SECOND, FALSE);
  put_orders (self->mirror, "other", AT (10), TRUE, order, NULL);

  g_assert_cmpuint (count_arrivals (self, 1, since, 5, 0), ==, 1);
  g_assert_cmpuint (count_arrivals (self, 1, since, 5, 1), ==, 1);
  g_assert_cmpuint (count_arrivals (self, 1, since, 5, 2), ==, 0);
  g_assert_cmpuint (count_arrivals (self, 2, since, 5, 1), ==, 1);
  g_assert_cmpuint (count_arrivals (self, 1, since, 6, 5), ==, 1);

  id = insert_command (self->journal, make_command (1, 1, since + 65 * FOYER_SECOND, FALSE));
  g_assert_cmpuint (count_arrivals (self, 1, since, 5, 1), ==, 2);
  set_command_state (self->journal, id, FOYER_STATE_WITHDRAWN);
  g_assert_cmpuint (count_arrivals (self, 1, since, 5, 1), ==, 1);

  /* taken back, and not yet at the service */
  undo = make_command (1, 1, since + 61 * FOYER_SECOND, FALSE);
  undo->kind = FOYER_COMMAND_UNDO;
  undo_id = insert_command (self->journal, undo);
  g_assert_cmpuint (count_arrivals (self, 1, since, 5, 1), ==, 0);
  g_assert_cmpuint (count_arrivals (self, 1, since, 5, 0), ==, 1);
}

/* A command from its birth to its end, as the decision, the list's counts and the person's row see it. */
static void
test_overlay (Fixture *self, gconstpointer data)
{
  static const FoyerCommandState states[] = { FOYER_STATE_PENDING, FOYER_STATE_SENDING,
                                              FOYER_STATE_UNKNOWN, FOYER_STATE_NEEDS_YOU,
                                              FOYER_STATE_SETTLED, FOYER_STATE_WITHDRAWN,
                                              FOYER_STATE_DONE };
  FoyerOrder *order = make_order ("A", FOYER_ORDER_PAID);
  g_autoptr (FoyerScan) scan = make_scan (1, 1, AT (50), FALSE);
  g_autoptr (FoyerStepResult) result = make_result (FOYER_STEP_DONE, 1);
  g_autofree char *id = NULL;
  g_autofree char *exit_id = NULL;
  FoyerAttendee *attendee;
  guint waiting;

  make_world (self->mirror, "conf");
  attendee = add_attendee (order, 1, "Ada", "ada", 1);
  add_check_in (attendee, 70, 2, AT (5), FALSE);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);
  assert_counts (self, 0, 1, 0, 0);

  id = insert_command (self->journal, make_command (1, 1, AT (50), FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      gboolean laid = i < 4;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) people = NULL;
      const FoyerPerson *person;

      set_command_state (self->journal, id, states[i]);
      g_assert_cmpuint (count_check_ins (self, "ada", 1, &waiting), ==, laid);
      g_assert_cmpuint (waiting, ==, laid);
      g_assert_cmpuint (count_check_ins (self, "ada", 2, &waiting), ==, 1);
      g_assert_cmpuint (waiting, ==, 0);
      assert_counts (self, 0, 1, laid, laid);
      people = fixture_find (self->query, "conf", "ada", 1, &error);
      g_assert_cmpint (people->len, ==, 1);
      person = people->pdata[0];
      g_assert_cmpint (person->admitted_at, ==, laid ? AT (50) : FOYER_TIME_NONE);
      g_assert_cmpint (person->inside, ==, laid);
      g_assert_cmpint (person->waiting, ==, laid);
      g_assert_true (person->on_list);
    }

  /* The mirror first, then done: between the two it is there once. */
  set_command_state (self->journal, id, FOYER_STATE_SENDING);
  fixture_apply (self->mirror, "conf", scan, result);
  g_assert_cmpuint (count_check_ins (self, "ada", 1, &waiting), ==, 1);
  g_assert_cmpuint (waiting, ==, 0);
  assert_counts (self, 0, 1, 1, 1);
  set_command_state (self->journal, id, FOYER_STATE_DONE);
  g_assert_cmpuint (count_check_ins (self, "ada", 1, &waiting), ==, 1);
  assert_counts (self, 0, 1, 1, 1);

  exit_id = insert_command (self->journal, make_command (1, 1, AT (60), TRUE));
  g_assert_cmpuint (count_check_ins (self, "ada", 1, &waiting), ==, 2);
  g_assert_cmpuint (waiting, ==, 1);
  assert_counts (self, 0, 1, 1, 0);

  /* An exit at the very instant of the entry is outside. */
  set_command_state (self->journal, exit_id, FOYER_STATE_WITHDRAWN);
  g_free (exit_id);
  exit_id = insert_command (self->journal, make_command (1, 1, AT (50), TRUE));
  assert_counts (self, 0, 1, 1, 0);
}

/* A command of another connection with the same numbers means somebody else. */
static void
test_other_connection (Fixture *self, gconstpointer data)
{
  FoyerOrder *order = make_order ("A", FOYER_ORDER_PAID);
  FoyerCommand *command = make_command (1, 1, AT (50), FALSE);
  guint waiting;

  make_world (self->mirror, "conf");
  make_world (self->mirror, "other");
  add_attendee (order, 1, "Ada", "ada", 1);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);
  g_free (command->connection);
  command->connection = g_strdup ("other");
  g_free (insert_command (self->journal, command));
  g_assert_cmpuint (count_check_ins (self, "ada", 1, &waiting), ==, 0);
  assert_counts (self, 0, 1, 0, 0);
}

static void
test_counts (Fixture *self, gconstpointer data)
{
  FoyerOrder *paid = make_order ("PAID", FOYER_ORDER_PAID);
  FoyerOrder *pending = make_order ("PEND", FOYER_ORDER_PENDING);
  FoyerOrder *valid = make_order ("VALID", FOYER_ORDER_PENDING);
  FoyerOrder *canceled = make_order ("GONE", FOYER_ORDER_CANCELED);
  FoyerAttendee *attendee;

  make_world (self->mirror, "conf");
  attendee = add_attendee (paid, 1, "A", "a", 1);
  add_check_in (attendee, 70, 1, AT (1), FALSE);
  add_check_in (attendee, 71, 1, AT (2), TRUE);
  add_check_in (attendee, 72, 1, AT (3), FALSE);
  attendee = add_attendee (paid, 2, "B", "b", 2);
  attendee->subevent = 7;
  add_check_in (attendee, 73, 1, AT (1), FALSE);
  add_check_in (attendee, 74, 1, AT (2), TRUE);
  attendee = add_attendee (paid, 3, "C", "c", 1);
  attendee->canceled = TRUE;
  add_check_in (attendee, 75, 1, AT (1), FALSE);
  add_attendee (pending, 4, "D", "d", 1);
  add_attendee (valid, 5, "E", "e", 1);
  valid->valid_if_pending = TRUE;
  attendee = add_attendee (canceled, 6, "F", "f", 1);
  add_check_in (attendee, 76, 1, AT (1), FALSE);
  put_orders (self->mirror, "conf", AT (10), TRUE, paid, pending, valid, canceled, NULL);

  assert_counts (self, 0, 3, 2, 1); /* all: A, B, E */
  assert_counts (self, 1, 3, 0, 0); /* product 1, pending too: A, D, E */
  assert_counts (self, 2, 1, 0, 0); /* Saturday: B */
  assert_counts (self, 3, 1, 0, 0); /* product 2: B */
}

static void
put_marks (Fixture *self,
           FoyerResource resource,
           gint64 id,
           const char *secret,
           gboolean blocked,
           FoyerTime changed)
{
  g_autoptr (FoyerPage) page = make_page (resource, FALSE, AT (20), NULL);
  g_autoptr (FoyerIngestReport) report = NULL;
  g_autoptr (GError) error = NULL;
  FoyerSecretMark *mark = foyer_secret_mark_new ();

  mark->id = id;
  mark->secret = g_strdup (secret);
  mark->blocked = blocked;
  mark->changed = changed;
  g_clear_pointer (&page->records, g_ptr_array_unref);
  page->records = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_secret_mark_unref);
  g_ptr_array_add (page->records, mark);
  report = fixture_ingest (self->mirror, "conf", page, TRUE, &error);
  g_assert_no_error (error);
}

static void
test_marks (Fixture *self, gconstpointer data)
{
  FoyerOrder *order = make_order ("A", FOYER_ORDER_PAID);
  struct
  {
    gint64 id;
    gboolean blocked;
    FoyerTime changed;
    gboolean expected;
  } steps[] = {
    { 1, TRUE, AT (-3601), FALSE }, /* older than the order, which says no */
    { 2, TRUE, AT (-3599), TRUE },
    { 3, FALSE, AT (-3598), FALSE },
    { 2, TRUE, AT (-3597), TRUE },
  };

  make_world (self->mirror, "conf");
  add_attendee (order, 1, "Ada", "ada", 1);
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (FoyerAdmissionFacts) facts = NULL;
      FoyerAdmissionCandidate *candidate;

      put_marks (self, FOYER_RESOURCE_BLOCKED, steps[i].id, "ada", steps[i].blocked,
                 steps[i].changed);
      facts = gather (self, "ada", 1);
      candidate = facts->candidates->pdata[0];
      g_assert_cmpint (candidate->attendee->blocked, ==, steps[i].expected);
      g_assert_false (facts->revoked);
    }

  put_marks (self, FOYER_RESOURCE_REVOKED, 1, "old code", FALSE, AT (0));
  {
    g_autoptr (FoyerAdmissionFacts) facts = gather (self, "old code", 1);

    g_assert_true (facts->revoked);
    g_assert_cmpint (facts->candidates->len, ==, 0);
  }
}

static void
test_no_order (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fixture_load_order (self->query, "conf", "NONE", 0, &error));
  g_assert_error (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND);
}

static void
test_order_overlay (Fixture *self, gconstpointer data)
{
  FoyerOrder *order = make_order ("A", FOYER_ORDER_PAID);
  g_autoptr (FoyerOrder) all = NULL;
  g_autoptr (FoyerOrder) one = NULL;
  g_autoptr (GError) error = NULL;
  FoyerAttendee *attendee;

  attendee = add_attendee (order, 1, "Ada", "ada", 1);
  add_check_in (attendee, 70, 2, AT (5), FALSE);
  order->total = g_strdup ("23.00");
  put_orders (self->mirror, "conf", AT (10), TRUE, order, NULL);
  g_free (insert_command (self->journal, make_command (1, 1, AT (50), FALSE)));

  all = fixture_load_order (self->query, "conf", "A", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (all->total, ==, "23.00");
  attendee = all->attendees->pdata[0];
  g_assert_cmpint (attendee->check_ins->len, ==, 2);
  g_assert_false (((FoyerCheckIn *)attendee->check_ins->pdata[0])->waiting);
  g_assert_true (((FoyerCheckIn *)attendee->check_ins->pdata[1])->waiting);
  one = fixture_load_order (self->query, "conf", "A", 2, &error);
  attendee = one->attendees->pdata[0];
  g_assert_cmpint (attendee->check_ins->len, ==, 1);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/facts/candidates", test_candidates);
  ADD ("/facts/no-place", test_no_place);
  ADD ("/facts/hard-codes", test_hard_codes);
  ADD ("/facts/arrivals", test_arrivals);
  ADD ("/facts/overlay", test_overlay);
  ADD ("/facts/other-connection", test_other_connection);
  ADD ("/facts/counts", test_counts);
  ADD ("/facts/marks", test_marks);
  ADD ("/facts/no-order", test_no_order);
  ADD ("/facts/order-overlay", test_order_overlay);
  return g_test_run ();
}
