/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a rule keeps a ticket out, and where the ticket is valid, in words. */

#include "foyer-rule-words.h"
#include "foyer-where-words.h"

#include <string.h>

static FoyerTime
at (const char *text)
{
  FoyerTime time = 0;

  g_assert_true (foyer_time_parse (text, NULL, &time));
  return time;
}

static void
assert_refusal (const char *hint, const char *words)
{
  g_autoptr (GTimeZone) zone = foyer_time_zone_new ("Europe/Berlin");
  g_autofree char *seen = foyer_rule_words_for_refusal (hint, at ("2030-06-01T10:00:00Z"), zone);

  g_test_message ("%s", hint != NULL ? hint : "none");
  g_assert_cmpstr (seen, ==, words);
}

static void
test_refusals (void)
{
  assert_refusal (NULL, NULL);
  assert_refusal ("", NULL);
  assert_refusal ("[", NULL);
  assert_refusal ("{}", NULL);
  assert_refusal ("[]", NULL);
  assert_refusal ("[1, null, [], {}]", NULL);
  assert_refusal ("[{\"variable\":7}]", NULL);
  /* In the event's zone, two hours ahead. */
  assert_refusal ("[{\"variable\":\"now\",\"operator\":\"isAfter\","
                  "\"value\":\"2030-06-01T11:30:00Z\"}]",
                  "Valid here from 13:30.");
  assert_refusal ("[{\"variable\":\"now\",\"operator\":\"isBefore\","
                  "\"value\":\"2030-05-31T11:30:00Z\"}]",
                  "Was valid here until 31 May, 13:30.");
  assert_refusal ("[{\"variable\":\"now\",\"operator\":\"isBefore\",\"value\":\"soon\"}]", NULL);
  assert_refusal ("[{\"variable\":\"now_isoweekday\",\"operator\":\"==\",\"value\":6}]",
                  "Valid here on Saturday.");
  assert_refusal ("[{\"variable\":\"now_isoweekday\",\"operator\":\"inList\",\"value\":[6, 7]}]",
                  "Valid here on Saturday, Sunday.");
  assert_refusal ("[{\"variable\":\"now_isoweekday\",\"operator\":\"==\",\"value\":9}]", NULL);
  assert_refusal ("[{\"variable\":\"entries_today\",\"operator\":\"<\",\"value\":1,\"actual\":2}]",
                  "At most 0 entries on one day.");
  assert_refusal ("[{\"variable\":\"entries_today\",\"operator\":\"<=\",\"value\":1}]",
                  "At most 1 entry on one day.");
  assert_refusal ("[{\"variable\":\"entries_number\",\"operator\":\"<\",\"value\":3}]",
                  "At most 2 entries in all.");
  assert_refusal ("[{\"variable\":\"entries_days\",\"operator\":\"<\",\"value\":3}]",
                  "Valid on at most 2 days.");
  assert_refusal ("[{\"variable\":\"entries_number\",\"operator\":\">\",\"value\":3}]", NULL);
  assert_refusal ("[{\"variable\":\"gate\",\"operator\":\"inList\",\"value\":[7],\"actual\":null}]",
                  "Not at this gate.");
  assert_refusal ("[{\"variable\":\"product\",\"operator\":\"==\",\"value\":7}]",
                  "Not for this kind of ticket.");
  assert_refusal ("[{\"variable\":\"minutes_since_last_entry\",\"operator\":\">\",\"value\":30,"
                  "\"actual\":12}]",
                  "Not before 30 minutes have passed since the last entry.");
  /* Nobody has come in: it is no matter of waiting. */
  assert_refusal ("[{\"variable\":\"minutes_since_last_entry\",\"operator\":\">\",\"value\":30,"
                  "\"actual\":-1}]",
                  NULL);
  assert_refusal ("[{\"variable\":\"minutes_since_first_entry\",\"operator\":\"<\",\"value\":1,"
                  "\"actual\":12}]",
                  "Only within 1 minute after the first entry.");
  assert_refusal ("[{\"variable\":\"entry_status\",\"operator\":\"==\",\"value\":\"absent\","
                  "\"actual\":\"present\"}]",
                  "Somebody is in with this ticket and has not gone out.");
  /* What has no words is left out, the rest is told. */
  assert_refusal ("[{\"variable\":\"entries_since\",\"operator\":\"<\",\"value\":1},"
                  "{\"variable\":\"gate\"},{\"variable\":\"product\"}]",
                  "Not at this gate. Not for this kind of ticket.");
}

static FoyerValidPlace *
add_place (GPtrArray *places, const char *name, const char *date)
{
  FoyerValidPlace *place = foyer_valid_place_new ();

  place->name = g_strdup (name);
  place->subevent_name = g_strdup (date);
  g_ptr_array_add (places, place);
  return place;
}

static void
test_places (void)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_valid_place_unref);
  g_autoptr (GTimeZone) zone = foyer_time_zone_new ("Europe/Berlin");
  FoyerTime now = at ("2030-06-01T10:00:00Z");
  g_autofree char *nowhere = foyer_where_words_for_places (places, now, zone);
  g_autofree char *unknown = foyer_where_words_for_places (NULL, now, zone);
  g_autofree char *hall = NULL;
  g_autofree char *saturday = NULL;
  g_autofree char *later = NULL;
  g_autofree char *all = NULL;

  g_assert_null (nowhere);
  g_assert_null (unknown);

  hall = foyer_where_words_for_place (add_place (places, "Hall\nB", NULL), now, zone);
  g_assert_nonnull (strstr (hall, "Hall B"));
  add_place (places, "Main", "Saturday")->from = at ("2030-06-08T08:00:00Z");
  saturday = foyer_where_words_for_place (g_ptr_array_index (places, 1), now, zone);
  g_assert_nonnull (strstr (saturday, "Saturday"));
  g_assert_nonnull (strstr (saturday, "(8 June, 10:00), "));
  g_assert_nonnull (strstr (saturday, "Main"));
  add_place (places, "Lounge", NULL)->rule_hint = g_strdup (
      "[{\"variable\":\"now\",\"operator\":\"isAfter\",\"value\":\"2030-06-01T12:00:00Z\"}]");
  later = foyer_where_words_for_place (g_ptr_array_index (places, 2), now, zone);
  g_assert_nonnull (strstr (later, "from 14:00"));

  all = foyer_where_words_for_places (places, now, zone);
  g_assert_true (g_str_has_prefix (all, "It is valid at: "));
  g_assert_nonnull (strstr (all, hall));
  g_assert_nonnull (strstr (all, saturday));
  g_assert_nonnull (strstr (all, later));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/where-words/refusals", test_refusals);
  g_test_add_func ("/where-words/places", test_places);
  return g_test_run ();
}
