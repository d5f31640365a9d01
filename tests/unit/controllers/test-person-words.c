/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-person-words.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1900000000000000)

static FoyerPerson *
create_person (void)
{
  FoyerPerson *person = foyer_person_new ();

  person->attendee = foyer_attendee_new ();
  person->attendee->id = 1;
  person->attendee->order = g_strdup ("XKPBK");
  person->attendee->name = g_strdup ("Käthe Müller");
  person->attendee->valid_from = person->attendee->valid_until = FOYER_TIME_NONE;
  person->order = foyer_order_new ();
  person->order->status = FOYER_ORDER_PAID;
  person->product = g_strdup ("Conference ticket");
  person->variation = g_strdup ("Regular");
  person->admitted_at = FOYER_TIME_NONE;
  person->on_list = TRUE;
  return person;
}

static void
assert_outcome (FoyerPerson *person, FoyerTone tone, const char *outcome)
{
  g_autoptr (FoyerPersonWords) words = foyer_person_words_new (person, NOW, NULL);

  g_assert_cmpint (words->tone, ==, tone);
  g_assert_cmpstr (words->outcome, ==, outcome);
  g_assert_nonnull (words->icon);
}

static void
test_outcomes (void)
{
  g_autoptr (FoyerPerson) person = create_person ();

  assert_outcome (person, FOYER_TONE_GO, "Can come in");

  person->order->status = FOYER_ORDER_PENDING;
  assert_outcome (person, FOYER_TONE_CARE, "Not paid");
  person->order->valid_if_pending = TRUE;
  assert_outcome (person, FOYER_TONE_GO, "Can come in");
  person->order->require_approval = TRUE;
  assert_outcome (person, FOYER_TONE_STOP, "Not approved");
  person->order->status = FOYER_ORDER_PAID;

  person->on_list = FALSE;
  assert_outcome (person, FOYER_TONE_STOP, "Other entrance");
  person->on_list = TRUE;

  person->attendee->valid_from = NOW + 1;
  assert_outcome (person, FOYER_TONE_STOP, "Wrong time");
  person->attendee->valid_from = NOW - 2;
  person->attendee->valid_until = NOW - 1;
  assert_outcome (person, FOYER_TONE_STOP, "Wrong time");
  person->attendee->valid_until = NOW + 1;
  assert_outcome (person, FOYER_TONE_GO, "Can come in");

  person->attendee->blocked = TRUE;
  assert_outcome (person, FOYER_TONE_STOP, "Blocked");
  person->attendee->canceled = TRUE;
  assert_outcome (person, FOYER_TONE_STOP, "Cancelled");
}

static void
test_inside (void)
{
  g_autoptr (FoyerPerson) person = create_person ();
  g_autoptr (FoyerPersonWords) words = NULL;
  g_autoptr (FoyerPersonWords) waiting = NULL;

  person->admitted_at = NOW - FOYER_HOUR;
  words = foyer_person_words_new (person, NOW, NULL);
  g_assert_cmpint (words->tone, ==, FOYER_TONE_NEUTRAL);
  g_assert_nonnull (strstr (words->outcome, "In since"));

  person->waiting = TRUE;
  waiting = foyer_person_words_new (person, NOW, NULL);
  g_assert_nonnull (strstr (waiting->outcome, "waits to be sent"));
}

/* No name, markup, a direction override, a line break: nothing of it harms, and somebody is named. */
static void
test_hard_names (void)
{
  g_autoptr (FoyerPerson) person = create_person ();
  g_autoptr (FoyerPersonWords) nobody = NULL;
  g_autoptr (FoyerPersonWords) evil = NULL;

  g_clear_pointer (&person->attendee->name, g_free);
  g_clear_pointer (&person->product, g_free);
  nobody = foyer_person_words_new (person, NOW, NULL);
  g_assert_cmpstr (nobody->name, ==, "No name");
  g_assert_cmpstr (nobody->ticket, ==, "");

  person->attendee->name = g_strdup ("Line\nbreak \xe2\x80\xae%s%n <b>x");
  evil = foyer_person_words_new (person, NOW, NULL);
  g_assert_null (strchr (evil->name, '\n'));
  g_assert_nonnull (strstr (evil->name, "<b>x"));
  g_assert_true (g_utf8_validate (evil->name, -1, NULL));
}

static void
add_check_in (FoyerAttendee *attendee,
              gint64 list,
              FoyerTime at,
              gboolean leaving,
              gboolean waiting)
{
  FoyerCheckIn *check_in = foyer_check_in_new ();

  check_in->list = list;
  check_in->datetime = at;
  check_in->exit = leaving;
  check_in->waiting = waiting;
  g_ptr_array_add (attendee->check_ins, check_in);
}

static void
test_on_list (void)
{
  g_autoptr (FoyerAttendee) attendee = foyer_attendee_new ();
  g_autoptr (FoyerOrder) order = foyer_order_new ();
  g_autoptr (FoyerCheckInList) list = foyer_check_in_list_new ();
  g_autoptr (FoyerPerson) before = NULL;
  g_autoptr (FoyerPerson) after = NULL;
  g_autoptr (FoyerPerson) elsewhere = NULL;
  gint64 product = 3;

  list->id = 7;
  list->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (list->products, product);
  g_clear_pointer (&attendee->check_ins, g_ptr_array_unref);
  attendee->check_ins = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);
  attendee->product = 3;

  before = foyer_person_on_list (attendee, order, NULL, list);
  g_assert_true (before->on_list);
  g_assert_cmpint (before->admitted_at, ==, FOYER_TIME_NONE);

  add_check_in (attendee, 8, NOW - 9, FALSE, FALSE);
  add_check_in (attendee, 7, NOW - 5, FALSE, FALSE);
  add_check_in (attendee, 7, NOW - 3, FALSE, TRUE);
  add_check_in (attendee, 7, NOW - 1, TRUE, FALSE);
  after = foyer_person_on_list (attendee, order, NULL, list);
  g_assert_cmpint (after->admitted_at, ==, NOW - 5);
  g_assert_false (after->inside);
  g_assert_true (after->waiting);

  attendee->product = 4;
  elsewhere = foyer_person_on_list (attendee, order, NULL, list);
  g_assert_false (elsewhere->on_list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/person-words/outcomes", test_outcomes);
  g_test_add_func ("/person-words/inside", test_inside);
  g_test_add_func ("/person-words/hard-names", test_hard_names);
  g_test_add_func ("/person-words/on-list", test_on_list);
  return g_test_run ();
}
