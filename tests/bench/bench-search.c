/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The slowest of thirty searches, from what was typed to the first page of rows, beside one search of
 * the kind that everybody writes first: LIKE over the same words. Row search-N for N attendees. */

#define G_LOG_DOMAIN "foyer-bench"

#include <sqlite3.h>

#include "bench-world.h"
#include "foyer-query.h"
#include "foyer-system-clock.h"

#define PAGE_ROWS 64
#define WARM_UPS 2

/* @SECRET, @CODE and @NAME are an attendee's own. */
static const char *const texts[] = {
  "a",          "m",       "ø",       "mü",      "st",       "ski",          "mar",      "müller",
  "Muller",     "mueller", "STRAUSS", "oconnor", "O'Connor", "łukasz",       "nowak an", "e m",
  "christiane", "þór",     "sson",    "steinsd", "acme",     "山",           "山田 太",  "민준",
  "xqzwvk",     "@SECRET", "@CODE",   "@NAME",   "guest123", "guest9 mail3",
};

static char *
dup_text (const char *text, gint64 attendees)
{
  if (g_str_equal (text, "@SECRET"))
    return bench_world_dup_secret (attendees / 3);
  if (g_str_equal (text, "@CODE"))
    return bench_world_dup_code (attendees / 3);
  if (g_str_equal (text, "@NAME"))
    return bench_world_dup_name (attendees / 3);
  return g_strdup (text);
}

static double
search (FoyerQuery *query, const char *text, guint *n_hits)
{
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_PEOPLE);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  double began = bench_now ();

  spec->connection = g_strdup (BENCH_CONNECTION);
  spec->text = g_strdup (text);
  spec->list = BENCH_LIST;
  foyer_query_snapshot_async (query, spec, NULL, bench_keep_result, &result);
  rows = foyer_query_snapshot_finish (query, bench_wait_for (&result), &error);
  bench_require (error);
  people = foyer_query_hydrate (query, spec, (const gint64 *)rows->data, MIN (rows->len, PAGE_ROWS),
                                &error);
  bench_require (error);
  *n_hits = rows->len;
  return bench_now () - began;
}

static double
search_bare (sqlite3_stmt *statement)
{
  double began = bench_now ();

  while (sqlite3_step (statement) == SQLITE_ROW)
    ;
  sqlite3_reset (statement);
  return bench_now () - began;
}

int
main (int argc, char *argv[])
{
  g_auto (BenchOptions) options = { .attendees = 200000, .rounds = 10, .repeats = 1 };
  g_autoptr (FoyerClock) clock = foyer_system_clock_new ();
  g_autoptr (FoyerSqliteStore) store = NULL;
  g_autofree char *path = NULL;
  g_autofree char *row = NULL;
  g_auto (BenchSeries) series = { NULL };
  g_autofree double *sums = g_new0 (double, G_N_ELEMENTS (texts));
  sqlite3 *bare;
  sqlite3_stmt *like;

  bench_options_parse (&options, argc, argv);
  bench_series_init (&series);
  store = bench_store_open (options.store, clock);
  path = g_build_filename (options.store, "mirror.db", NULL);
  if (sqlite3_open_v2 (path, &bare, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK
      || sqlite3_prepare_v2 (bare,
                             "SELECT row FROM attendee WHERE words LIKE '%steinsd%' "
                             "ORDER BY sort_key LIMIT 500",
                             -1, &like, NULL)
             != SQLITE_OK)
    g_error ("SQLite: %s", sqlite3_errmsg (bare));

  for (int i = -WARM_UPS; i < options.rounds; i++)
    {
      double slowest = 0;

      for (guint t = 0; t < G_N_ELEMENTS (texts); t++)
        {
          g_autofree char *text = dup_text (texts[t], options.attendees);
          guint n_hits;
          double took = search (foyer_sqlite_store_get_query (store), text, &n_hits);

          if (i >= 0)
            sums[t] += took;
          if (i == options.rounds - 1)
            g_printerr ("# search %s: %u hits, %.2f ms\n", texts[t], n_hits,
                        sums[t] / options.rounds);
          slowest = MAX (slowest, took);
        }
      if (i >= 0)
        bench_series_add (&series, slowest, search_bare (like));
    }

  row = g_strdup_printf ("search-%" G_GINT64_FORMAT, options.attendees);
  bench_report_value (&series, row, "ms", "like-scan", 16);
  sqlite3_finalize (like);
  sqlite3_close (bare);
  bench_store_close (store);
  return 0;
}
