/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of a check-in list, as a service may send them: whatever they say, they come to a verdict,
 * to the same one each time, and their hint is JSON. */

#include <json-glib/json-glib.h>

#include "foyer-rules.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

static FoyerTime
at (const char *text)
{
  FoyerTime time = 0;

  g_assert_true (foyer_time_parse (text, NULL, &time));
  return time;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (FoyerRules) rules = foyer_rules_new_from_text (text);
  g_autoptr (FoyerEvent) event = foyer_event_new ();
  g_autofree char *hint = NULL;
  g_autofree char *again = NULL;
  FoyerRulesContext context = {
    .now = at ("2030-03-31T01:30:00Z"),
    .event = event,
    .product = 3,
    .variation = 4,
    .gate = 5,
    .list = 6,
  };
  FoyerRulesVerdict verdict;

  event->zone = g_strdup ("Europe/Berlin");
  event->date_from = at ("2030-03-31T00:00:00Z");
  event->date_to = FOYER_TIME_NONE;
  event->date_admission = FOYER_TIME_NONE;

  verdict = foyer_rules_evaluate_with_hint (rules, &context, &hint);
  g_assert_cmpint (foyer_rules_evaluate_with_hint (rules, &context, &again), ==, verdict);
  g_assert_cmpstr (hint, ==, again);
  if (hint != NULL)
    {
      g_autoptr (JsonNode) node = json_from_string (hint, NULL);

      g_assert_nonnull (node);
    }
  return 0;
}
