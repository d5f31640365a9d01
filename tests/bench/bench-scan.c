/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the scan to the decision on disk, beside the least that can be on disk: one row, committed by bare
 * SQLite into a file of the same kind. Rows scan and scan-during-sync. */

#define G_LOG_DOMAIN "foyer-bench"

#include <sqlite3.h>
#include <string.h>

#include "bench-world.h"
#include "foyer-admit-job.h"
#include "foyer-system-clock.h"

/* Attendees on one page of the sync that writes meanwhile: as a service sends them. */
#define SYNC_PAGE 100
#define SYNC_PAGES 64

typedef struct
{
  FoyerSqliteStore *store;
  FoyerDesk *desk;
  FoyerDispatcher *dispatcher;
  gint64 next_attendee;

  sqlite3 *bare;
  sqlite3_stmt *insert;
  int n_inserted;
} Bench;

/* The reference. */

static void
check (Bench *self, int code)
{
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    g_error ("SQLite: %s", sqlite3_errmsg (self->bare));
}

static void
open_bare (Bench *self, const char *scratch)
{
  g_autofree char *path = g_build_filename (scratch, "bare.db", NULL);

  check (self, sqlite3_open (path, &self->bare));
  check (self, sqlite3_exec (self->bare, "PRAGMA journal_mode = WAL", NULL, NULL, NULL));
  check (self, sqlite3_exec (self->bare, "PRAGMA synchronous = FULL", NULL, NULL, NULL));
  check (self,
         sqlite3_exec (self->bare,
                       "CREATE TABLE IF NOT EXISTS command (row INTEGER PRIMARY KEY, body TEXT)",
                       NULL, NULL, NULL));
  check (self, sqlite3_prepare_v2 (self->bare, "INSERT INTO command (body) VALUES (?1)", -1,
                                   &self->insert, NULL));
}

static void
close_bare (Bench *self)
{
  sqlite3_finalize (self->insert);
  sqlite3_close (self->bare);
}

static double
commit_bare (Bench *self)
{
  char body[400];
  double began;

  memset (body, 'a' + self->n_inserted++ % 26, sizeof body);
  began = bench_now ();
  check (self, sqlite3_bind_text (self->insert, 1, body, sizeof body, SQLITE_STATIC));
  check (self, sqlite3_step (self->insert));
  check (self, sqlite3_reset (self->insert));
  return bench_now () - began;
}

/* The subject. */

static void
on_recognised (FoyerAdmitJob *job, FoyerAdmission *admission, double *at)
{
  *at = bench_now ();
  if (admission->result != FOYER_ADMISSION_ADMITTED)
    g_error ("A scan did not admit: the bench measures something else");
}

static double
scan (Bench *self)
{
  g_autoptr (FoyerScan) scan = foyer_scan_new ();
  g_autoptr (FoyerAdmitJob) job = NULL;
  g_autoptr (FoyerVerdict) verdict = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 list = BENCH_LIST;
  double began, at = 0;

  scan->secret = bench_world_dup_secret (self->next_attendee++);
  g_clear_pointer (&scan->lists, g_array_unref);
  scan->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (scan->lists, list);
  scan->datetime = FOYER_TIME_NONE;

  began = bench_now ();
  job = foyer_admit_job_new (self->desk, self->dispatcher, scan);
  g_signal_connect (job, "recognised", G_CALLBACK (on_recognised), &at);
  foyer_admit_job_run_async (job, NULL, bench_keep_result, &result);
  verdict = foyer_admit_job_run_finish (job, bench_wait_for (&result), &error);
  bench_require (error);
  return at - began;
}

/* One after the other, so that both see the same disk in the same moment. */
static void
measure_round (Bench *self, int repeats, BenchSeries *series)
{
  g_autoptr (GArray) scans = bench_samples_new ();
  g_autoptr (GArray) commits = bench_samples_new ();

  for (int i = 0; i < repeats; i++)
    {
      double scanned = scan (self);
      double committed = commit_bare (self);

      g_array_append_val (scans, scanned);
      g_array_append_val (commits, committed);
    }
  bench_series_add (series, bench_percentile (scans, 99), bench_percentile (commits, 99));
}

/* A sync that writes without a pause: each page differs from what is there. */

typedef struct
{
  FoyerMirror *mirror;
  GPtrArray *pages;
  guint next;
  gboolean stopping;
  gboolean running;
  guint n_written;
} Sync;

static void sync_next (Sync *self);

static void
on_ingested (GObject *source, GAsyncResult *result, gpointer data)
{
  Sync *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FoyerIngestReport) report = foyer_mirror_ingest_finish (FOYER_MIRROR (source), result,
                                                                     &error);

  bench_require (error);
  self->running = FALSE;
  self->n_written++;
  sync_next (self);
}

static void
sync_next (Sync *self)
{
  if (self->stopping)
    return;

  self->running = TRUE;
  foyer_mirror_ingest_async (self->mirror, BENCH_CONNECTION,
                             g_ptr_array_index (self->pages, self->next), FALSE, NULL, on_ingested,
                             self);
  self->next = (self->next + 1) % self->pages->len;
}

static void
sync_start (Sync *self, gint64 attendees)
{
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_page_unref);
  for (int i = 0; i < SYNC_PAGES; i++)
    {
      gint64 first = (i / 2 * SYNC_PAGE) % MAX (attendees - SYNC_PAGE, 1) / 2 * 2;
      gboolean changed = i % 2 == 0;

      g_ptr_array_add (
          self->pages,
          bench_world_create_page (first, MIN (first + SYNC_PAGE, attendees), "next", changed));
    }
  sync_next (self);
}

static void
sync_stop (Sync *self)
{
  self->stopping = TRUE;
  while (self->running)
    g_main_context_iteration (NULL, TRUE);
  g_ptr_array_unref (self->pages);
}

int
main (int argc, char *argv[])
{
  g_auto (BenchOptions) options = { .attendees = 100000, .rounds = 10, .repeats = 200 };
  g_autoptr (FoyerClock) clock = foyer_system_clock_new ();
  g_autoptr (FoyerConnection) connection = bench_connection_new ("http://127.0.0.1:9");
  g_auto (BenchSeries) idle = { NULL };
  g_auto (BenchSeries) syncing = { NULL };
  Bench bench = { NULL };

  bench_options_parse (&options, argc, argv);
  bench_series_init (&idle);
  bench_series_init (&syncing);
  bench.store = bench_store_open (options.store, clock);
  bench.desk = foyer_desk_new (connection, NULL, foyer_sqlite_store_get_journal (bench.store),
                               foyer_sqlite_store_get_mirror (bench.store),
                               foyer_sqlite_store_get_query (bench.store), clock);
  bench.dispatcher = foyer_dispatcher_new (foyer_sqlite_store_get_journal (bench.store), clock);
  foyer_dispatcher_set_paused (bench.dispatcher, TRUE);
  foyer_dispatcher_add_desk (bench.dispatcher, bench.desk);
  open_bare (&bench, options.scratch);

  if (bench_options_want (&options, "scan"))
    {
      for (int i = 0; i < options.rounds; i++)
        measure_round (&bench, options.repeats, &idle);
      bench_report_ratio (&idle, "scan", "bare-commit", "ms", 2);
    }

  if (bench_options_want (&options, "scan-during-sync"))
    {
      Sync sync = { .mirror = foyer_sqlite_store_get_mirror (bench.store) };

      sync_start (&sync, options.attendees);
      for (int i = 0; i < options.rounds; i++)
        measure_round (&bench, options.repeats, &syncing);
      sync_stop (&sync);
      g_printerr ("# scan-during-sync: %u pages written meanwhile\n", sync.n_written);
      bench_report_ratio (&syncing, "scan-during-sync", "bare-commit", "ms", 3);
    }

  close_bare (&bench);
  foyer_dispatcher_stop (bench.dispatcher);
  g_clear_object (&bench.dispatcher);
  g_clear_object (&bench.desk);
  bench_store_close (bench.store);
  g_clear_object (&bench.store);
  return 0;
}
