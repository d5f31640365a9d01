/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What all bench programs share: options, waiting, rounds of subject and reference, and the line that
 * is printed for a row. */

/**
 * BenchOptions:
 * @store: a prepared store that the program may write to
 * @scratch: a folder on the same disk for what the program makes itself
 * @sandbox: path of foyer-sandbox
 * @foyer: path of foyer
 * @bare: path of the bare window
 * @attendees: how many there are
 * @rounds: of subject and reference
 * @repeats: measurements in one round
 * @rows: (array zero-terminated=1): the rows that are wanted
 */
typedef struct
{
  char *store;
  char *scratch;
  char *sandbox;
  char *foyer;
  char *bare;
  gint64 attendees;
  int rounds;
  int repeats;
  GStrv rows;
} BenchOptions;

void bench_options_parse (BenchOptions *self, int argc, char **argv);
void bench_options_clear (BenchOptions *self);
gboolean bench_options_want (const BenchOptions *self, const char *row);

/* Results of asynchronous calls, waited for: pass bench_keep_result with a GAsyncResult **. */
void bench_keep_result (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *bench_wait_for (GAsyncResult **result);
void bench_require (const GError *error);

/* Milliseconds of a clock that counts while nothing happens, and of this process's own work. */
double bench_now (void);
double bench_cpu (void);

/**
 * BenchSeries:
 *
 * What the rounds of a row gave: a subject's figure and the reference's beside it.
 */
typedef struct
{
  GArray *subjects;
  GArray *references;
} BenchSeries;

void bench_series_init (BenchSeries *self);
void bench_series_clear (BenchSeries *self);
void bench_series_add (BenchSeries *self, double subject, double reference);

GArray *bench_samples_new (void);
double bench_percentile (GArray *samples, double percent);

void bench_report_ratio (const BenchSeries *self,
                         const char *row,
                         const char *reference,
                         const char *unit,
                         double budget);
void bench_report_value (const BenchSeries *self,
                         const char *row,
                         const char *unit,
                         const char *reference,
                         double budget);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenchOptions, bench_options_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenchSeries, bench_series_clear)

G_END_DECLS
