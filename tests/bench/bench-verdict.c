/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From connecting to the first correct verdict, while the first sync of a large event has only begun; beside
 * it the fewest requests that a program could come to a verdict with. Row first-verdict. */

#define G_LOG_DOMAIN "foyer-bench"

#include "bench-service.h"
#include "foyer-http.h"
#include "foyer-list-summary.h"
#include "foyer-system-clock.h"

typedef struct
{
  BenchService service;
  FoyerClock *clock;
  const char *scratch;
  gint64 list;
  int n_stores;
} Bench;

static void
wait_for_list (FoyerQuery *query, gint64 wanted)
{
  gboolean found = FALSE;

  while (!found)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GPtrArray) lists = NULL;
      g_autoptr (GError) error = NULL;

      foyer_query_load_lists_async (query, BENCH_CONNECTION, NULL, bench_keep_result, &result);
      lists = foyer_query_load_lists_finish (query, bench_wait_for (&result), &error);
      bench_require (error);
      for (guint i = 0; i < lists->len; i++)
        found = found || ((FoyerListSummary *)g_ptr_array_index (lists, i))->list->id == wanted;
      if (!found)
        g_main_context_iteration (NULL, TRUE);
    }
}

/* Seconds. */
static double
measure (Bench *self, const char *secret)
{
  g_autofree char *directory = g_strdup_printf ("%s/first-%d", self->scratch, self->n_stores++);
  g_autoptr (FoyerSqliteStore) store = bench_store_open (directory, self->clock);
  g_autoptr (FoyerConnection) connection = bench_service_create_connection (&self->service);
  g_autoptr (FoyerService) service = NULL;
  g_autoptr (FoyerDesk) desk = NULL;
  g_autoptr (FoyerDispatcher) dispatcher = NULL;
  g_autoptr (FoyerServiceReport) report = NULL;
  g_autoptr (GAsyncResult) checked = NULL;
  g_autoptr (GAsyncResult) synced = NULL;
  g_autoptr (GError) error = NULL;
  double began = bench_now (), took;

  service = bench_service_connect (&self->service, connection);
  desk = foyer_desk_new (connection, service, foyer_sqlite_store_get_journal (store),
                         foyer_sqlite_store_get_mirror (store),
                         foyer_sqlite_store_get_query (store), self->clock);
  dispatcher = foyer_dispatcher_new (foyer_sqlite_store_get_journal (store), self->clock);
  foyer_dispatcher_add_desk (dispatcher, desk);
  foyer_dispatcher_start (dispatcher);
  foyer_desk_check_async (desk, NULL, bench_keep_result, &checked);
  report = foyer_desk_check_finish (desk, bench_wait_for (&checked), &error);
  bench_require (error);
  bench_store_put_connection (store, connection);
  foyer_desk_sync_async (desk, TRUE, NULL, bench_keep_result, &synced);
  wait_for_list (foyer_sqlite_store_get_query (store), self->list);
  bench_admit (desk, dispatcher, secret, self->list);
  took = (bench_now () - began) / 1000;

  foyer_desk_cancel_sync (desk);
  foyer_desk_sync_finish (desk, bench_wait_for (&synced), NULL);
  while (!foyer_dispatcher_is_idle (dispatcher))
    g_main_context_iteration (NULL, TRUE);
  foyer_dispatcher_stop (dispatcher);
  g_clear_object (&dispatcher);
  g_clear_object (&desk);
  bench_store_close (store);
  return took;
}

/* What is on this event, which list, and the ticket. */
static double
measure_bare (Bench *self, const char *secret)
{
  g_autofree char *event = bench_service_dup_event_path (&self->service, "");
  g_autofree char *lists = bench_service_dup_event_path (&self->service, "checkinlists/");
  g_autofree char *redeem = g_strdup_printf ("/api/v1/organizers/%s/checkinrpc/redeem/",
                                             self->service.organizer);
  double began = bench_now ();

  g_bytes_unref (bench_service_call (&self->service, event, NULL));
  g_bytes_unref (bench_service_call (&self->service, lists, NULL));
  bench_service_redeem (&self->service, secret, self->list);
  return (bench_now () - began) / 1000;
}

int
main (int argc, char *argv[])
{
  g_auto (BenchOptions) options = { .attendees = 100000, .rounds = 10 };
  g_autoptr (FoyerClock) clock = foyer_system_clock_new ();
  g_autoptr (GPtrArray) secrets = NULL;
  g_auto (BenchSeries) series = { NULL };
  Bench bench = { .clock = clock };

  foyer_http_init_process ();
  bench_options_parse (&options, argc, argv);
  bench_series_init (&series);
  bench.scratch = options.scratch;
  bench_service_start (&bench.service, options.sandbox, options.attendees);
  secrets = bench_service_list_secrets (&bench.service, (guint)options.rounds * 2, &bench.list);
  for (int i = 0; i < options.rounds; i++)
    {
      double took = measure (&bench, g_ptr_array_index (secrets, i * 2));

      bench_series_add (&series, took,
                        measure_bare (&bench, g_ptr_array_index (secrets, i * 2 + 1)));
    }
  bench_report_value (&series, "first-verdict", "s", "bare-requests", 3);
  bench_service_clear (&bench.service);
  return 0;
}
