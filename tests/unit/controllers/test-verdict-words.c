/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-verdict-words.h"

#include "foyer-error.h"
#include "foyer-scan.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1900000000000000)

static const FoyerVerdictContext context = {
  .event = NULL,
  .desk_device = 5,
  .now = NOW,
  .as_of = NOW - FOYER_HOUR,
  .online = TRUE,
};

static FoyerVerdict *
create_verdict (const char *reason, gboolean by_service)
{
  FoyerVerdict *verdict = foyer_verdict_new ();

  verdict->admission = foyer_admission_new ();
  verdict->admission->result = reason != NULL ? FOYER_ADMISSION_REFUSED : FOYER_ADMISSION_ADMITTED;
  verdict->admission->reason = g_strdup (reason);
  verdict->admission->certain = TRUE;
  verdict->by_service = by_service;
  return verdict;
}

static FoyerVerdictWords *
words_for (const char *reason)
{
  g_autoptr (FoyerVerdict) verdict = create_verdict (reason, TRUE);

  return foyer_verdict_words_new (verdict, &context);
}

/* Every word that the service knows has a headline of its own, a sentence, an icon and a tone. */
static void
test_table (void)
{
  const struct
  {
    const char *reason;
    FoyerTone tone;
    const char *headline;
  } rows[] = {
    { NULL, FOYER_TONE_GO, "Admitted" },
    { "invalid", FOYER_TONE_STOP, "Unknown" },
    { "revoked", FOYER_TONE_STOP, "Old code" },
    { "ambiguous", FOYER_TONE_CARE, "Several tickets" },
    { "canceled", FOYER_TONE_STOP, "Cancelled" },
    { "blocked", FOYER_TONE_STOP, "Blocked" },
    { "unapproved", FOYER_TONE_STOP, "Not approved" },
    { "invalid_time", FOYER_TONE_STOP, "Wrong time" },
    { "product", FOYER_TONE_STOP, "Wrong entrance" },
    { "unpaid", FOYER_TONE_STOP, "Not paid" },
    { "rules", FOYER_TONE_STOP, "Not now" },
    { "already_redeemed", FOYER_TONE_STOP, "Already used" },
    { "error", FOYER_TONE_CARE, "Not possible" },
    { "a word of tomorrow", FOYER_TONE_STOP, "Refused" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FoyerVerdictWords) words = words_for (rows[i].reason);

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (words->tone, ==, rows[i].tone);
      g_assert_cmpstr (words->headline, ==, rows[i].headline);
      g_assert_cmpstr (words->sentence, !=, "");
      g_assert_nonnull (words->icon);
      g_assert_null (words->source);
    }
}

static void
test_used (void)
{
  g_autoptr (FoyerVerdict) verdict = create_verdict ("already_redeemed", TRUE);
  g_autoptr (FoyerVerdictWords) here = NULL;
  g_autoptr (FoyerVerdictWords) there = NULL;

  verdict->admission->previous = foyer_check_in_new ();
  verdict->admission->previous->datetime = NOW - 9 * FOYER_MINUTE;
  verdict->admission->previous->device_id = 5;
  here = foyer_verdict_words_new (verdict, &context);
  g_assert_nonnull (strstr (here->sentence, "9 minutes ago"));
  g_assert_nonnull (strstr (here->sentence, "at this desk"));

  verdict->admission->previous->device_id = 2;
  there = foyer_verdict_words_new (verdict, &context);
  g_assert_nonnull (strstr (there->sentence, "desk 2"));
}

/* What the desk's copy cannot know is said, not guessed. */
static void
test_undecided (void)
{
  const char *const reasons[] = { "rules", "invalid", "exchange" };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autoptr (FoyerVerdict) verdict = create_verdict (reasons[i], FALSE);
      g_autoptr (FoyerVerdictWords) words = NULL;

      verdict->admission->certain = FALSE;
      words = foyer_verdict_words_new (verdict, &context);
      g_assert_cmpint (words->tone, ==, FOYER_TONE_CARE);
      g_assert_cmpstr (words->headline, ==, "Cannot decide");
    }
}

static void
test_own_decision (void)
{
  g_autoptr (FoyerVerdict) verdict = create_verdict (NULL, FALSE);
  FoyerVerdictContext arriving = context;
  g_autoptr (FoyerVerdictWords) words = foyer_verdict_words_new (verdict, &context);
  g_autoptr (FoyerVerdictWords) slow = NULL;
  g_autoptr (FoyerVerdictWords) early = NULL;

  g_assert_nonnull (strstr (words->source, "Decided by this desk"));
  verdict->asked = TRUE;
  slow = foyer_verdict_words_new (verdict, &context);
  g_assert_cmpstr (slow->source, !=, words->source);
  arriving.as_of = FOYER_TIME_NONE;
  early = foyer_verdict_words_new (verdict, &arriving);
  g_assert_nonnull (strstr (early->source, "still arriving"));
}

static void
test_note (void)
{
  g_autoptr (FoyerVerdict) verdict = create_verdict (NULL, TRUE);
  g_autoptr (FoyerVerdictWords) attention = NULL;
  g_autoptr (FoyerVerdictWords) texts = NULL;

  verdict->admission->attention = TRUE;
  attention = foyer_verdict_words_new (verdict, &context);
  g_assert_cmpstr (attention->note, ==, "Look closer at this ticket.");

  verdict->admission->texts = g_strdupv (
      (char *[]){ (char *)"Blue lanyard", (char *)"<b>VIP</b>", NULL });
  texts = foyer_verdict_words_new (verdict, &context);
  g_assert_nonnull (strstr (texts->note, "Blue lanyard"));
  g_assert_nonnull (strstr (texts->note, "<b>VIP</b>"));
}

static void
test_service_explains (void)
{
  g_autoptr (FoyerVerdict) verdict = create_verdict ("rules", TRUE);
  g_autoptr (FoyerVerdictWords) words = NULL;

  verdict->admission->explanation = g_strdup ("Only on Saturday\n\n%s%n");
  words = foyer_verdict_words_new (verdict, &context);
  g_assert_nonnull (strstr (words->sentence, "Only on Saturday"));
  g_assert_null (strchr (words->sentence, '\n'));
}

static void
test_error (void)
{
  g_autoptr (GError) error = foyer_error_new (FOYER_ERROR_STORAGE, "disk I/O error",
                                              "The disk is full.");
  g_autoptr (FoyerVerdictWords) words = foyer_verdict_words_new_for_error (error);

  g_assert_cmpint (words->tone, ==, FOYER_TONE_CARE);
  g_assert_nonnull (strstr (words->sentence, "The disk is full."));
  g_assert_null (strstr (words->sentence, "I/O"));
}

static void
test_recognised (void)
{
  g_autoptr (FoyerVerdict) verdict = create_verdict (NULL, FALSE);
  g_autoptr (FoyerVerdictWords) words = NULL;

  verdict->admission->candidate = foyer_admission_candidate_new ();
  verdict->admission->candidate->attendee = foyer_attendee_new ();
  verdict->admission->candidate->attendee->name = g_strdup ("Käthe Müller");
  words = foyer_verdict_words_new_for_recognised (verdict->admission);
  g_assert_cmpint (words->tone, ==, FOYER_TONE_NEUTRAL);
  g_assert_nonnull (strstr (words->name, "Käthe"));
}

static void
test_ages (void)
{
  const struct
  {
    gint64 age;
    const char *words;
  } rows[] = {
    { -5 * FOYER_SECOND, "just now" },       { 0, "just now" },
    { 12 * FOYER_SECOND, "12 seconds ago" }, { 60 * FOYER_SECOND, "1 minute ago" },
    { 9 * FOYER_MINUTE, "9 minutes ago" },   { 3 * FOYER_HOUR, "3 hours ago" },
    { 50 * FOYER_HOUR, "2 days ago" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = foyer_words_for_age (rows[i].age);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
test_times (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *none = foyer_words_for_time (FOYER_TIME_NONE, NOW, zone);
  g_autofree char *today = foyer_words_for_time (NOW - FOYER_MINUTE, NOW, zone);
  g_autofree char *other = foyer_words_for_time (NOW - 48 * FOYER_HOUR, NOW, zone);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (today, ==, "17:45");
  g_assert_cmpstr (other, ==, "15 March, 17:46");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict-words/table", test_table);
  g_test_add_func ("/verdict-words/used", test_used);
  g_test_add_func ("/verdict-words/undecided", test_undecided);
  g_test_add_func ("/verdict-words/own-decision", test_own_decision);
  g_test_add_func ("/verdict-words/note", test_note);
  g_test_add_func ("/verdict-words/service-explains", test_service_explains);
  g_test_add_func ("/verdict-words/error", test_error);
  g_test_add_func ("/verdict-words/recognised", test_recognised);
  g_test_add_func ("/words/ages", test_ages);
  g_test_add_func ("/words/times", test_times);
  return g_test_run ();
}
