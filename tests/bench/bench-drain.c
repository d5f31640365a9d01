/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What it costs to send the check-ins that have waited for the network: how often the disk is waited for, and
 * the processor's work beside bare libsoup that sends the same requests. Rows drain and drain-fsyncs. */

#define G_LOG_DOMAIN "foyer-bench"

#include <sys/syscall.h>
#include <unistd.h>

#include "bench-service.h"
#include "foyer-http.h"
#include "foyer-system-clock.h"

/* Large enough for all that is let in here. */
#define ATTENDEES 5000

static gint n_fsyncs; /* atomic */

/* In the place of the C library's, for SQLite. */
int
fdatasync (int fd)
{
  g_atomic_int_inc (&n_fsyncs);
  return (int)syscall (SYS_fdatasync, fd);
}

int
fsync (int fd)
{
  g_atomic_int_inc (&n_fsyncs);
  return (int)syscall (SYS_fsync, fd);
}

typedef struct
{
  BenchService service;
  FoyerDesk *desk;
  FoyerDispatcher *dispatcher;
  GPtrArray *secrets;
  guint next;
  gint64 list;
} Bench;

static const char *
take_secret (Bench *self)
{
  return g_ptr_array_index (self->secrets, self->next++);
}

static void
sync_all (Bench *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  foyer_desk_sync_async (self->desk, TRUE, NULL, bench_keep_result, &result);
  foyer_desk_sync_finish (self->desk, bench_wait_for (&result), &error);
  bench_require (error);
}

/* Milliseconds of work to send @n check-ins that wait; @fsyncs is for each of them. */
static double
measure (Bench *self, int n, double *fsyncs)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  double began;
  int synced;

  foyer_desk_set_offline (self->desk, TRUE);
  foyer_dispatcher_set_paused (self->dispatcher, TRUE);
  for (int i = 0; i < n; i++)
    bench_admit (self->desk, self->dispatcher, take_secret (self), self->list);

  began = bench_cpu ();
  synced = g_atomic_int_get (&n_fsyncs);
  foyer_desk_set_offline (self->desk, FALSE);
  foyer_dispatcher_set_paused (self->dispatcher, FALSE);
  foyer_dispatcher_drain_async (self->dispatcher, 60 * FOYER_SECOND, NULL, bench_keep_result,
                                &result);
  if (!foyer_dispatcher_drain_finish (self->dispatcher, bench_wait_for (&result), &error))
    g_error ("Not everything was sent");
  bench_require (error);
  *fsyncs = (double)(g_atomic_int_get (&n_fsyncs) - synced) / n;
  return bench_cpu () - began;
}

static double
measure_bare (Bench *self, int n)
{
  double began = bench_cpu ();

  for (int i = 0; i < n; i++)
    bench_service_redeem (&self->service, take_secret (self), self->list);
  return bench_cpu () - began;
}

int
main (int argc, char *argv[])
{
  g_auto (BenchOptions) options = { .rounds = 10, .repeats = 100 };
  g_autoptr (FoyerClock) clock = foyer_system_clock_new ();
  g_autofree char *directory = NULL;
  g_autoptr (FoyerSqliteStore) store = NULL;
  g_autoptr (FoyerConnection) connection = NULL;
  g_autoptr (FoyerService) service = NULL;
  g_auto (BenchSeries) work = { NULL };
  g_auto (BenchSeries) fsyncs = { NULL };
  Bench bench = { .next = 0 };

  foyer_http_init_process ();
  bench_options_parse (&options, argc, argv);
  bench_series_init (&work);
  bench_series_init (&fsyncs);
  directory = g_build_filename (options.scratch, "drain", NULL);
  store = bench_store_open (directory, clock);
  bench_service_start (&bench.service, options.sandbox, ATTENDEES);
  bench.secrets = bench_service_list_secrets (
      &bench.service, (guint)((options.rounds + 1) * options.repeats * 2), &bench.list);
  connection = bench_service_create_connection (&bench.service);
  service = bench_service_connect (&bench.service, connection);
  bench_store_put_connection (store, connection);
  bench.desk = foyer_desk_new (connection, service, foyer_sqlite_store_get_journal (store),
                               foyer_sqlite_store_get_mirror (store),
                               foyer_sqlite_store_get_query (store), clock);
  bench.dispatcher = foyer_dispatcher_new (foyer_sqlite_store_get_journal (store), clock);
  foyer_dispatcher_add_desk (bench.dispatcher, bench.desk);
  foyer_dispatcher_start (bench.dispatcher);
  sync_all (&bench);

  for (int i = -1; i < options.rounds; i++)
    {
      double each;
      double sent = measure (&bench, options.repeats, &each);
      double bare = measure_bare (&bench, options.repeats);

      if (i < 0)
        continue;
      bench_series_add (&work, sent / options.repeats, bare / options.repeats);
      bench_series_add (&fsyncs, each, 1);
    }
  bench_report_ratio (&work, "drain", "bare-libsoup", "ms", 1.5);
  bench_report_value (&fsyncs, "drain-fsyncs", "fsyncs", "check-in", 2);

  foyer_dispatcher_stop (bench.dispatcher);
  g_clear_object (&bench.dispatcher);
  g_clear_object (&bench.desk);
  bench_store_close (store);
  bench_service_clear (&bench.service);
  g_ptr_array_unref (bench.secrets);
  return 0;
}
