/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "foyer-bench"

#include "bench.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "foyer-error.h"

#define PATIENCE (30 * 60)

/**
 * bench_options_parse:
 *
 * Reads the command line; a wrong one ends the program.
 */
void
bench_options_parse (BenchOptions *self, int argc, char **argv)
{
  GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &self->store, "A prepared store", "FOLDER" },
    { "scratch", 0, 0, G_OPTION_ARG_FILENAME, &self->scratch, "Where to write", "FOLDER" },
    { "sandbox", 0, 0, G_OPTION_ARG_FILENAME, &self->sandbox, "foyer-sandbox", "PROGRAM" },
    { "foyer", 0, 0, G_OPTION_ARG_FILENAME, &self->foyer, "foyer", "PROGRAM" },
    { "bare", 0, 0, G_OPTION_ARG_FILENAME, &self->bare, "The bare window", "PROGRAM" },
    { "attendees", 0, 0, G_OPTION_ARG_INT64, &self->attendees, "Size of the event", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &self->rounds, "Rounds", "N" },
    { "repeats", 0, 0, G_OPTION_ARG_INT, &self->repeats, "Measurements a round", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->rows, "Rows", "ROW" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    bench_require (error);
  self->rounds = MAX (self->rounds, 1);
  self->repeats = MAX (self->repeats, 1);
}

void
bench_options_clear (BenchOptions *self)
{
  g_free (self->store);
  g_free (self->scratch);
  g_free (self->sandbox);
  g_free (self->foyer);
  g_free (self->bare);
  g_strfreev (self->rows);
}

/**
 * bench_options_want:
 *
 * Returns: whether a row was asked for; without any, all are
 */
gboolean
bench_options_want (const BenchOptions *self, const char *row)
{
  return self->rows == NULL || g_strv_contains ((const char *const *)self->rows, row);
}

/**
 * bench_require:
 *
 * Ends the program if something went wrong: what was measured then would be something else.
 */
void
bench_require (const GError *error)
{
  const char *detail;

  if (error == NULL)
    return;

  detail = foyer_error_get_detail (error);
  g_printerr ("%s: %s%s%s\n", g_get_prgname (), error->message, detail != NULL ? ": " : "",
              detail != NULL ? detail : "");
  exit (1);
}

static gboolean
on_too_late (gpointer data)
{
  g_error ("Waited for half an hour: something hangs");
  return G_SOURCE_REMOVE;
}

void
bench_keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

GAsyncResult *
bench_wait_for (GAsyncResult **result)
{
  guint alarm = g_timeout_add_seconds (PATIENCE, on_too_late, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
  return *result;
}

static double
read_clock (clockid_t id)
{
  struct timespec now;

  clock_gettime (id, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

double
bench_now (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

double
bench_cpu (void)
{
  return read_clock (CLOCK_PROCESS_CPUTIME_ID);
}

void
bench_series_init (BenchSeries *self)
{
  self->subjects = bench_samples_new ();
  self->references = bench_samples_new ();
}

void
bench_series_clear (BenchSeries *self)
{
  g_clear_pointer (&self->subjects, g_array_unref);
  g_clear_pointer (&self->references, g_array_unref);
}

void
bench_series_add (BenchSeries *self, double subject, double reference)
{
  g_array_append_val (self->subjects, subject);
  g_array_append_val (self->references, reference);
}

GArray *
bench_samples_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;

  return left < right ? -1 : left > right;
}

/**
 * bench_percentile:
 * @samples: (element-type double): sorted by this
 *
 * Returns: the smallest of them that @percent of them do not exceed
 */
double
bench_percentile (GArray *samples, double percent)
{
  guint index = (guint)((double)samples->len * percent / 100.0);

  g_array_sort (samples, compare);
  return g_array_index (samples, double, MIN (index, samples->len - 1));
}

static double
median (GArray *samples)
{
  guint half = samples->len / 2;

  g_array_sort (samples, compare);
  if (samples->len % 2 == 1)
    return g_array_index (samples, double, half);
  return (g_array_index (samples, double, half - 1) + g_array_index (samples, double, half)) / 2;
}

static void
print_line (GArray *values, const char *row, const char *unit, const char *reference, double budget)
{
  double value = median (values);

  printf ("%s %.3g %s %s %.3g-%.3g", row, value, unit, reference, g_array_index (values, double, 0),
          g_array_index (values, double, values->len - 1));
  if (budget > 0)
    printf (" budget %g %s", budget, value <= budget ? "met" : "missed");
  printf ("\n");
  fflush (stdout);
}

/**
 * bench_report_ratio:
 * @reference: what stands beside the subject
 * @unit: of both
 * @budget: the largest ratio that is good, or 0
 *
 * Prints the row: the median of the rounds' ratios. The figures themselves belong to this computer and this
 * minute, and go to stderr.
 */
void
bench_report_ratio (const BenchSeries *self,
                    const char *row,
                    const char *reference,
                    const char *unit,
                    double budget)
{
  g_autoptr (GArray) ratios = bench_samples_new ();
  g_autoptr (GArray) subjects = g_array_copy (self->subjects);
  g_autoptr (GArray) references = g_array_copy (self->references);

  for (guint i = 0; i < subjects->len; i++)
    {
      double ratio = g_array_index (subjects, double, i) / g_array_index (references, double, i);

      g_array_append_val (ratios, ratio);
    }
  g_printerr ("# %s: subject %.3f %s, %s %.3f %s\n", row, median (subjects), unit, reference,
              median (references), unit);
  print_line (ratios, row, "x", reference, budget);
}

/**
 * bench_report_value:
 * @unit: of the value and of the reference
 * @reference: what stands beside the subject
 * @budget: the largest value that is good, or 0
 *
 * Prints a row whose budget is no ratio: the median of the subject's figures.
 */
void
bench_report_value (const BenchSeries *self,
                    const char *row,
                    const char *unit,
                    const char *reference,
                    double budget)
{
  g_autoptr (GArray) subjects = g_array_copy (self->subjects);
  g_autoptr (GArray) references = g_array_copy (self->references);
  g_autofree char *beside = g_strdup_printf ("%s:%.3g", reference, median (references));

  print_line (subjects, row, unit, beside, budget);
}
