/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foyer-case-words.h"

#include "foyer-scan.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1747386120000000) /* 2025-05-16 09:02:00 UTC */

typedef struct
{
  const char *problem;
  const char *headline;
  const char *theirs;
  const char *theirs_at; /* NULL: none */
  const char *keep;
  const char *accept;
} Row;

#define KEEP "Keep: this person is inside"
#define AGAIN "Send it once more"
#define NOT_COUNTED "Accept: do not count it"
#define OTHER "Accept: count only the other entry"

static const Row rows[] = {
  { "{\"kind\":\"conflict\",\"reason\":\"already_redeemed\",\"theirs\":{\"datetime\":"
    "\"2025-05-16T09:01:00Z\",\"device_id\":2,\"gate\":0,\"list\":7}}",
    "Two entries, one ticket", "Already let in", "11:01", KEEP, "Accept: count desk 2’s" },
  { "{\"kind\":\"conflict\",\"reason\":\"already_redeemed\",\"theirs\":{\"datetime\":"
    "\"2025-05-16T09:05:00+00:00\",\"device_id\":2}}",
    "Two entries, one ticket", "Already let in", "11:05", KEEP, "Accept: count desk 2’s" },
  { "{\"kind\":\"conflict\",\"reason\":\"already_redeemed\",\"theirs\":{\"datetime\":"
    "\"2025-05-16T09:01:00Z\",\"device_id\":3}}",
    "Two entries, one ticket", "Already let in", "11:01", KEEP, OTHER },
  { "{\"kind\":\"conflict\",\"reason\":\"already_redeemed\",\"theirs\":{\"datetime\":"
    "\"2025-05-16T09:01:00Z\",\"device_id\":0}}",
    "Two entries, one ticket", "Already let in", "11:01", KEEP, OTHER },
  { "{\"kind\":\"conflict\",\"reason\":\"already_redeemed\"}", "Two entries, one ticket",
    "Already let in", NULL, KEEP, OTHER },
  { "{\"kind\":\"refused\",\"reason\":\"unpaid\"}", "Not paid", "The order has not been paid.",
    NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"blocked\"}", "Blocked",
    "The organiser has blocked this ticket.", NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"revoked\"}", "Old code",
    "This code was replaced by a new one.", NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"canceled\"}", "Cancelled", "The order was cancelled.", NULL,
    KEEP, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"unapproved\"}", "Not approved",
    "The order has not been approved yet.", NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"invalid_time\"}", "Wrong time",
    "The ticket was not valid at that time.", NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"product\"}", "Wrong entrance",
    "This ticket is not for this entrance.", NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"rules\",\"explanation\":\"Only after noon.\"}",
    "Against the rules", "Only after noon.", NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"rules\"}", "Against the rules",
    "The rules of this list do not permit it.", NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"incomplete\"}", "Questions open",
    "This ticket has questions that were not answered.", NULL, KEEP, NOT_COUNTED },
  /* What no force opens is not promised. */
  { "{\"kind\":\"refused\",\"reason\":\"invalid\"}", "Ticket unknown",
    "No valid ticket has this code here.", NULL, AGAIN, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"ambiguous\"}", "Several tickets",
    "This code stands for several tickets.", NULL, AGAIN, NOT_COUNTED },
  /* A word of next year. */
  { "{\"kind\":\"refused\",\"reason\":\"moonphase\",\"explanation\":\"Not at full moon.\"}",
    "Refused", "Not at full moon.", NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":\"refused\",\"reason\":\"moonphase\"}", "Refused",
    "The service does not accept this entry.", NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":\"clock\",\"reason\":\"ahead\",\"theirs\":{\"datetime\":\"2025-05-16T08:52:00Z\"}}",
    "Clock is ahead", "Its clock when this was to be sent", "10:52",
    "Keep: send it with the service’s time", "Drop it: it did not happen" },
  { "{\"kind\":\"clock\",\"reason\":\"ahead\",\"theirs\":{\"datetime\":\"rubbish\"}}",
    "Clock is ahead", "Its clock when this was to be sent", NULL,
    "Keep: send it with the service’s time", "Drop it: it did not happen" },
  { "{\"kind\":\"invalid\",\"explanation\":\"The list is gone.\"}", "Not accepted",
    "The list is gone.", NULL, AGAIN, "Close: do not count it" },
  { "{\"kind\":\"server\",\"explanation\":null}", "The service failed",
    "It answered with a failure every time.", NULL, AGAIN, "Close: do not count it" },
  { "{\"kind\":\"dance\"}", "Refused", "The service does not accept this entry.", NULL, KEEP,
    NOT_COUNTED },
  { "[1,2", "Refused", "The service does not accept this entry.", NULL, KEEP, NOT_COUNTED },
  { "{\"kind\":17,\"reason\":{},\"theirs\":[]}", "Refused",
    "The service does not accept this entry.", NULL, KEEP, NOT_COUNTED },
  { NULL, "Refused", "The service does not accept this entry.", NULL, KEEP, NOT_COUNTED },
};

static FoyerCommand *
make_command (const char *problem, const char *name)
{
  FoyerCommand *command = foyer_command_new ();
  g_autoptr (FoyerScan) scan = foyer_scan_new ();

  scan->secret = g_strdup ("secret");
  scan->list = 7;
  scan->order = g_strdup ("XKPBK");
  scan->name = g_strdup (name);
  scan->product = g_strdup ("Conference ticket");
  scan->datetime = NOW;
  command->id = g_strdup ("id");
  command->arguments = foyer_scan_to_json (scan);
  command->door_time = NOW;
  command->desk = g_strdup ("North");
  command->state = FOYER_STATE_NEEDS_YOU;
  command->problem = g_strdup (problem);
  return command;
}

static void
test_table (void)
{
  g_autoptr (GTimeZone) zone = foyer_time_zone_new ("Europe/Berlin");
  FoyerCaseContext context
      = { .list_name = "Main entrance", .desk_device = 3, .zone = zone, .now = NOW };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FoyerCommand) command = make_command (rows[i].problem, "Käthe Müller");
      g_autoptr (FoyerCaseWords) words = foyer_case_words_new (command, &context);

      g_test_message ("%s", rows[i].problem != NULL ? rows[i].problem : "(none)");
      g_assert_cmpstr (words->headline, ==, rows[i].headline);
      g_assert_nonnull (strstr (words->theirs, rows[i].theirs));
      g_assert_cmpstr (words->theirs_at, ==, rows[i].theirs_at);
      g_assert_cmpstr (words->keep, ==, rows[i].keep);
      g_assert_cmpstr (words->accept, ==, rows[i].accept);
      g_assert_cmpstr (words->ours_at, ==, "11:02");
      g_assert_cmpstr (words->ours, ==, "Let in");
      g_assert_nonnull (strstr (words->ours_by, "Main entrance"));
      g_assert_nonnull (strstr (words->ours_by, "North"));
      g_assert_nonnull (strstr (words->name, "Käthe Müller"));
      g_assert_nonnull (strstr (words->ticket, "XKPBK"));
      g_assert_cmpint (strlen (words->meaning), >, 20);
    }
}

static void
test_who_was_first (void)
{
  FoyerCaseContext context = { .desk_device = 3, .now = NOW };
  g_autoptr (FoyerCommand) earlier = make_command (rows[0].problem, "A");
  g_autoptr (FoyerCommand) later = make_command (rows[1].problem, "A");
  g_autoptr (FoyerCommand) own = make_command (rows[2].problem, "A");
  g_autoptr (FoyerCaseWords) after = foyer_case_words_new (earlier, &context);
  g_autoptr (FoyerCaseWords) before = foyer_case_words_new (later, &context);
  g_autoptr (FoyerCaseWords) same = foyer_case_words_new (own, &context);

  g_assert_nonnull (strstr (after->meaning, "already been used elsewhere"));
  g_assert_nonnull (strstr (before->meaning, "came in here first"));
  g_assert_nonnull (strstr (same->meaning, "This desk let the same ticket in twice"));
  g_assert_nonnull (strstr (same->theirs_by, "this desk"));
  g_assert_cmpint (foyer_case_words_find_their_list (earlier), ==, 7);
}

static void
test_untrusted (void)
{
  FoyerCaseContext context = { .now = NOW };
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *problem = g_strdup_printf (
      "{\"kind\":\"refused\",\"reason\":\"new\",\"explanation\":\"%s\\n<b>%%s\"}", long_text);
  g_autoptr (FoyerCommand) command = make_command (problem, "a\nb \342\200\256c");
  g_autoptr (FoyerCaseWords) words = foyer_case_words_new (command, &context);
  g_autoptr (FoyerCommand) nobody = make_command (rows[5].problem, NULL);
  g_autoptr (FoyerCaseWords) unnamed = foyer_case_words_new (nobody, &context);

  g_assert_null (strchr (words->name, '\n'));
  g_assert_null (strstr (words->name, "\342\200\256"));
  g_assert_null (strchr (words->theirs, '\n'));
  g_assert_cmpint (g_utf8_strlen (words->theirs, -1), <, 320);
  g_assert_nonnull (strstr (unnamed->name, "Order "));

  g_free (nobody->arguments);
  nobody->arguments = g_strdup ("not json");
  g_clear_pointer (&unnamed, foyer_case_words_unref);
  unnamed = foyer_case_words_new (nobody, &context);
  g_assert_cmpstr (unnamed->name, ==, "Unknown ticket");
  g_assert_cmpstr (unnamed->ticket, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case-words/table", test_table);
  g_test_add_func ("/case-words/who-was-first", test_who_was_first);
  g_test_add_func ("/case-words/untrusted", test_untrusted);
  return g_test_run ();
}
