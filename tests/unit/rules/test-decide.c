/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a desk says beyond the service's words: how sure it is, and what the person may be told. */

#include "foyer-admission-check.h"

#include "foyer-re-entry.h"

#define LIST 11
#define DATE 21
#define OTHER_DATE 22

typedef struct
{
  FoyerAdmissionFacts *facts;
  FoyerScan *scan;
  FoyerAdmissionPlace *place;
  FoyerAdmissionCandidate *candidate;
} Desk;

static FoyerTime
at (const char *text)
{
  FoyerTime time;

  g_assert_true (foyer_time_parse (text, NULL, &time));
  return time;
}

static void
desk_init (Desk *self)
{
  FoyerCheckInList *list = foyer_check_in_list_new ();
  FoyerEvent *event = foyer_event_new ();
  FoyerAttendee *attendee = foyer_attendee_new ();

  list->id = LIST;
  list->all_products = TRUE;
  list->allow_entry_after_exit = TRUE;
  event->slug = g_strdup ("fair");
  event->zone = g_strdup ("Europe/Berlin");
  event->date_from = at ("2030-06-01T07:00:00Z");
  self->place = foyer_admission_place_new ();
  self->place->list = list;
  self->place->event = event;

  attendee->id = 1;
  attendee->secret = g_strdup ("abc");
  attendee->product = 5;
  attendee->check_ins = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);
  self->candidate = foyer_admission_candidate_new ();
  self->candidate->attendee = attendee;
  self->candidate->order = foyer_order_new ();
  self->candidate->order->status = FOYER_ORDER_PAID;
  self->candidate->product = foyer_product_new ();
  self->candidate->product->id = 5;

  self->facts = foyer_admission_facts_new ();
  self->facts->code = g_strdup ("abc");
  self->facts->complete = TRUE;
  self->facts->places = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_admission_place_unref);
  self->facts->candidates = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_admission_candidate_unref);
  g_ptr_array_add (self->facts->places, self->place);
  g_ptr_array_add (self->facts->candidates, self->candidate);

  self->scan = foyer_scan_new ();
  self->scan->secret = g_strdup ("abc");
  self->scan->datetime = at ("2030-06-01T08:00:00Z");
}

static void
desk_clear (Desk *self)
{
  foyer_admission_facts_unref (self->facts);
  foyer_scan_unref (self->scan);
}

static void
assert_decides (Desk *self, FoyerAdmissionResult result, const char *reason, gboolean certain)
{
  g_autoptr (FoyerAdmission) admission = foyer_admission_decide (self->facts, self->scan);

  g_assert_cmpint (admission->result, ==, result);
  g_assert_cmpstr (admission->reason, ==, reason);
  g_assert_cmpint (admission->certain, ==, certain);
  g_assert_false (admission->by_service);
  g_assert_false (admission->forced);
}

static void
add_scan (Desk *self, const char *time, gboolean exit, gint64 list)
{
  FoyerCheckIn *check_in = foyer_check_in_new ();

  check_in->datetime = at (time);
  check_in->exit = exit;
  check_in->list = list;
  g_ptr_array_add (self->candidate->attendee->check_ins, check_in);
}

static void
test_unknown (void)
{
  Desk desk;

  desk_init (&desk);
  g_ptr_array_set_size (desk.facts->candidates, 0);
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "invalid", FALSE);
  desk.facts->complete = FALSE;
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "invalid", FALSE);

  desk.facts->revoked = TRUE;
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "revoked", TRUE);
  desk.facts->revoked = FALSE;

  /* Nothing was scanned. */
  g_free (desk.facts->code);
  desk.facts->code = g_strdup ("");
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "invalid", TRUE);
  g_clear_pointer (&desk.facts->candidates, g_ptr_array_unref);
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "invalid", TRUE);

  /* No list. */
  g_ptr_array_set_size (desk.facts->places, 0);
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "invalid", FALSE);
  desk_clear (&desk);
}

static void
test_other_date (void)
{
  Desk desk;

  desk_init (&desk);
  desk.place->list->subevent = DATE;
  desk.candidate->attendee->subevent = OTHER_DATE;
  desk.candidate->subevent = foyer_subevent_new ();
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "invalid", TRUE);
  {
    g_autoptr (FoyerAdmission) desks = foyer_admission_decide (desk.facts, desk.scan);
    g_autoptr (FoyerAdmission) services = foyer_admission_check (desk.facts, desk.scan,
                                                                 FOYER_ADMISSION_AS_SERVICE);

    g_assert_true (desks->candidate == desk.candidate);
    g_assert_cmpstr (services->reason, ==, "invalid");
    g_assert_null (services->candidate);
    g_assert_true (services->place == desk.place);
  }
  desk_clear (&desk);
}

static void
test_canceled (void)
{
  Desk desk;

  desk_init (&desk);
  desk.candidate->attendee->canceled = TRUE;
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "canceled", TRUE);
  {
    g_autoptr (FoyerAdmission) services = foyer_admission_check (desk.facts, desk.scan,
                                                                 FOYER_ADMISSION_AS_SERVICE);

    g_assert_cmpstr (services->reason, ==, "invalid");
  }

  /* Its code is also on the revoked list, as the service puts it there. */
  desk.facts->revoked = TRUE;
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "revoked", TRUE);
  {
    g_autoptr (FoyerAdmission) desks = foyer_admission_decide (desk.facts, desk.scan);

    g_assert_true (desks->candidate == desk.candidate);
    g_assert_false (foyer_admission_stores_answers (desks, desk.scan));
  }
  desk_clear (&desk);
}

static void
test_missing_product (void)
{
  Desk desk;

  desk_init (&desk);
  g_clear_pointer (&desk.candidate->product, foyer_product_unref);
  assert_decides (&desk, FOYER_ADMISSION_ADMITTED, NULL, FALSE);
  desk_clear (&desk);
}

static void
test_medium (void)
{
  Desk desk;

  desk_init (&desk);
  desk.candidate->product->media_policy = g_strdup ("new");
  desk.candidate->product->media_type = g_strdup ("nfc_uid");
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "exchange", FALSE);
  desk.scan->exit = TRUE;
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "exchange", FALSE);
  desk_clear (&desk);
}

static void
test_rules (void)
{
  Desk desk;

  desk_init (&desk);
  desk.place->list->rules = g_strdup (
      "{\"isAfter\": [{\"var\": \"now\"}, {\"buildTime\": [\"customtime\", \"11:00\"]}]}");
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "rules", TRUE);
  {
    g_autoptr (FoyerAdmission) admission = foyer_admission_decide (desk.facts, desk.scan);

    g_assert_cmpstr (
        admission->rule_hint, ==,
        "[{\"variable\":\"now\",\"operator\":\"isAfter\",\"value\":\"2030-06-01T09:00:00Z\"}]");
  }
  desk.scan->exit = TRUE;
  assert_decides (&desk, FOYER_ADMISSION_ADMITTED, NULL, TRUE);
  desk.scan->exit = FALSE;

  /* Operators that this engine leaves to the service; and nonsense. */
  g_free (desk.place->list->rules);
  desk.place->list->rules = g_strdup ("{\"!\": [true]}");
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "rules", FALSE);
  g_free (desk.place->list->rules);
  desk.place->list->rules = g_strdup ("{");
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "rules", FALSE);

  /* The ticket's date is not in the copy. */
  g_free (desk.place->list->rules);
  desk.place->list->rules = g_strdup (
      "{\"isAfter\": [{\"var\": \"now\"}, {\"buildTime\": [\"date_from\"]}]}");
  assert_decides (&desk, FOYER_ADMISSION_ADMITTED, NULL, TRUE);
  desk.candidate->attendee->subevent = DATE;
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "rules", FALSE);
  g_free (desk.place->list->rules);
  desk.place->list->rules = g_strdup ("{}");
  assert_decides (&desk, FOYER_ADMISSION_ADMITTED, NULL, TRUE);
  desk_clear (&desk);
}

static void
test_unpaid (void)
{
  Desk desk;

  desk_init (&desk);
  desk.candidate->order->status = FOYER_ORDER_PENDING;
  for (guint pending = 0; pending < 2; pending++)
    {
      g_autoptr (FoyerAdmission) admission = NULL;

      desk.place->list->include_pending = pending;
      admission = foyer_admission_decide (desk.facts, desk.scan);
      g_assert_cmpstr (admission->reason, ==, "unpaid");
      g_assert_cmpint (admission->unpaid_may_enter, ==, pending);
    }
  desk.scan->ignore_unpaid = TRUE;
  assert_decides (&desk, FOYER_ADMISSION_ADMITTED, NULL, TRUE);
  desk_clear (&desk);
}

static void
test_used (void)
{
  Desk desk;
  FoyerTime last = at ("2030-06-01T07:40:00Z");

  desk_init (&desk);
  add_scan (&desk, "2030-06-01T07:40:00Z", FALSE, LIST);
  add_scan (&desk, "2030-06-01T07:20:00Z", FALSE, LIST);
  add_scan (&desk, "2030-06-01T07:30:00Z", TRUE, LIST);
  add_scan (&desk, "2030-06-01T07:50:00Z", TRUE, LIST + 1);
  {
    g_autoptr (FoyerAdmission) admission = foyer_admission_decide (desk.facts, desk.scan);

    g_assert_cmpstr (admission->reason, ==, "already_redeemed");
    g_assert_cmpint (admission->previous->datetime, ==, last);
  }
  g_assert_true (foyer_re_entry_is_inside (desk.candidate->attendee->check_ins, LIST));
  g_assert_false (foyer_re_entry_is_inside (desk.candidate->attendee->check_ins, LIST + 1));
  g_assert_false (foyer_re_entry_is_inside (NULL, LIST));

  /* At the same instant: outside. */
  add_scan (&desk, "2030-06-01T07:40:00Z", TRUE, LIST);
  g_assert_false (foyer_re_entry_is_inside (desk.candidate->attendee->check_ins, LIST));
  assert_decides (&desk, FOYER_ADMISSION_ADMITTED, NULL, TRUE);
  desk.place->list->allow_entry_after_exit = FALSE;
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "already_redeemed", TRUE);
  desk_clear (&desk);
}

static void
test_file_question (void)
{
  Desk desk;
  FoyerQuestion *question = foyer_question_new ();
  gint64 product = 5;

  desk_init (&desk);
  question->id = 1;
  question->type = g_strdup ("F");
  question->required = TRUE;
  question->ask_during_checkin = TRUE;
  question->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (question->products, product);
  desk.candidate->questions = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_question_unref);
  g_ptr_array_add (desk.candidate->questions, question);

  assert_decides (&desk, FOYER_ADMISSION_QUESTIONS, NULL, FALSE);
  desk.scan->exit = TRUE;
  assert_decides (&desk, FOYER_ADMISSION_ADMITTED, NULL, TRUE);
  desk_clear (&desk);
}

/* The desk does not force. */
static void
test_force (void)
{
  Desk desk;

  desk_init (&desk);
  desk.candidate->attendee->blocked = TRUE;
  desk.scan->force = TRUE;
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "blocked", TRUE);
  {
    g_autoptr (FoyerAdmission) services = foyer_admission_check (desk.facts, desk.scan,
                                                                 FOYER_ADMISSION_AS_SERVICE);

    g_assert_cmpint (services->result, ==, FOYER_ADMISSION_ADMITTED);
    g_assert_true (services->forced);
  }
  desk_clear (&desk);
}

/* A damaged copy: a candidate that points to no place. */
static void
test_lost_candidate (void)
{
  Desk desk;

  desk_init (&desk);
  desk.candidate->place = 7;
  assert_decides (&desk, FOYER_ADMISSION_REFUSED, "invalid", FALSE);
  desk_clear (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decide/unknown", test_unknown);
  g_test_add_func ("/decide/other-date", test_other_date);
  g_test_add_func ("/decide/canceled", test_canceled);
  g_test_add_func ("/decide/missing-product", test_missing_product);
  g_test_add_func ("/decide/medium", test_medium);
  g_test_add_func ("/decide/rules", test_rules);
  g_test_add_func ("/decide/unpaid", test_unpaid);
  g_test_add_func ("/decide/used", test_used);
  g_test_add_func ("/decide/file-question", test_file_question);
  g_test_add_func ("/decide/force", test_force);
  g_test_add_func ("/decide/lost-candidate", test_lost_candidate);
  return g_test_run ();
}
