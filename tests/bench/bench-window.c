/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Foyer's own program as it is, from its start to the first frame on the screen, and what it holds in memory
 * once it has come to rest; beside it a bare window. Both are looked at from outside, by the display
 * and by /proc, so nothing in Foyer knows of it. Rows start and memory. */

#define G_LOG_DOMAIN "foyer-bench"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

/* What no window is painted with. */
#define EMPTY 0xff00fe

#define LOOK_EVERY 500                 /* microseconds */
#define PATIENCE (60 * G_USEC_PER_SEC) /* until a window must be there */

/* At rest: no more work in half a second than a blinking cursor needs. A program that never rests is taken
 * as it is in the end. */
#define AT_REST (G_USEC_PER_SEC / 2)
#define MAX_TICKS 2
#define LONGEST_UNREST (20 * G_USEC_PER_SEC)

typedef struct
{
  double start;  /* milliseconds */
  double work;   /* milliseconds of the main thread until then */
  double memory; /* MiB */
  double own;    /* MiB that nobody else has */
} Sight;

static void
clear_display (Display *display)
{
  XSetWindowBackground (display, DefaultRootWindow (display), EMPTY);
  XClearWindow (display, DefaultRootWindow (display));
  XSync (display, False);
}

/* Windows of programs come and go while we look. */
static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

/* Whether there is a window, painted in its middle. Without a window manager it is a child of the root. */
static gboolean
is_painted (Display *display)
{
  Window root = DefaultRootWindow (display), parent, *children = NULL;
  unsigned n = 0;
  gboolean painted = FALSE;

  if (!XQueryTree (display, root, &root, &parent, &children, &n))
    return FALSE;
  for (unsigned i = 0; i < n && !painted; i++)
    {
      XWindowAttributes window;
      XImage *image;

      if (!XGetWindowAttributes (display, children[i], &window) || window.map_state != IsViewable
          || window.width < 200 || window.height < 200)
        continue;
      image = XGetImage (display, root, window.x + window.width / 2, window.y + window.height / 2,
                         1, 1, AllPlanes, ZPixmap);
      if (image == NULL)
        continue;
      painted = (XGetPixel (image, 0, 0) & 0xffffff) != EMPTY
                && (XGetPixel (image, 0, 0) & 0xffffff) != 0;
      XDestroyImage (image);
    }
  if (children != NULL)
    XFree (children);
  return painted;
}

/* Ticks of all threads. */
static guint64
read_work (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int)pid);
  g_autofree char *text = NULL;
  guint64 user = 0, kernel = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL) || strrchr (text, ')') == NULL
      || sscanf (strrchr (text, ')'),
                 ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" G_GUINT64_FORMAT
                 " %" G_GUINT64_FORMAT,
                 &user, &kernel)
             != 2)
    g_error ("A program has ended before it was looked at");
  return user + kernel;
}

/* What the main thread has worked: on a busy computer it varies less than the time that has passed. */
static double
read_main_work (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/schedstat", (int)pid);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  bench_require (error);
  return (double)g_ascii_strtoull (text, NULL, 10) / 1e6;
}

static void
wait_for_rest (pid_t pid)
{
  gint64 end = g_get_monotonic_time () + LONGEST_UNREST;
  guint64 before;

  do
    {
      before = read_work (pid);
      g_usleep (AT_REST);
    }
  while (read_work (pid) - before > MAX_TICKS && g_get_monotonic_time () < end);
}

static double
read_memory (pid_t pid, const char *what)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", (int)pid);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *found;

  g_file_get_contents (path, &text, NULL, &error);
  bench_require (error);
  found = strstr (text, what);
  return found != NULL ? (double)g_ascii_strtoull (found + strlen (what), NULL, 10) / 1024 : 0;
}

static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static Sight
look_at (Display *display, const char *program)
{
  const char *argv[] = { program, NULL };
  g_autoptr (GError) error = NULL;
  Sight sight = { 0 };
  gint64 give_up = g_get_monotonic_time () + PATIENCE;
  double began;
  GPid pid;

  clear_display (display);
  began = bench_now ();
  g_spawn_async (NULL, (char **)argv, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL
                     | G_SPAWN_STDERR_TO_DEV_NULL,
                 die_with_parent, NULL, &pid, &error);
  bench_require (error);
  while (!is_painted (display))
    {
      if (g_get_monotonic_time () > give_up)
        g_error ("%s shows no window", program);
      g_usleep (LOOK_EVERY);
    }
  sight.start = bench_now () - began;
  sight.work = read_main_work (pid);

  wait_for_rest (pid);
  sight.memory = read_memory (pid, "\nRss:");
  sight.own = read_memory (pid, "\nPrivate_Dirty:");
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  g_spawn_close_pid (pid);
  return sight;
}

/* The workspace that Foyer opens by itself. */
static void
install_store (const BenchOptions *options)
{
  g_autofree char *home = g_build_filename (options->scratch, "share", NULL);
  g_autofree char *folder = g_build_filename (home, "foyer", NULL);
  g_autofree char *workspace = g_build_filename (folder, "default", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0 || rename (options->store, workspace) != 0)
    g_error ("The store cannot be put where Foyer looks for it");
  g_setenv ("XDG_DATA_HOME", home, TRUE);
}

int
main (int argc, char *argv[])
{
  g_auto (BenchOptions) options = { .rounds = 10 };
  g_auto (BenchSeries) start = { NULL };
  g_auto (BenchSeries) work = { NULL };
  g_auto (BenchSeries) memory = { NULL };
  g_auto (BenchSeries) own = { NULL };
  Display *display = XOpenDisplay (NULL);

  bench_options_parse (&options, argc, argv);
  if (display == NULL)
    g_error ("There is no display");
  XSetErrorHandler (ignore_error);
  bench_series_init (&start);
  bench_series_init (&work);
  bench_series_init (&memory);
  bench_series_init (&own);
  install_store (&options);

  /* The first one of each finds nothing in the caches. */
  look_at (display, options.foyer);
  look_at (display, options.bare);
  for (int i = 0; i < options.rounds; i++)
    {
      Sight foyer = look_at (display, options.foyer);
      Sight bare = look_at (display, options.bare);

      bench_series_add (&start, foyer.start, bare.start);
      bench_series_add (&work, foyer.work, bare.work);
      bench_series_add (&memory, foyer.memory, bare.memory);
      bench_series_add (&own, foyer.own, bare.own);
    }
  if (bench_options_want (&options, "start"))
    {
      bench_report_ratio (&start, "start", "bare-window", "ms", 1.25);
      bench_report_ratio (&work, "start-work", "bare-window", "ms", 0);
    }
  if (bench_options_want (&options, "memory"))
    {
      bench_report_ratio (&memory, "memory", "bare-window", "MiB", 1.5);
      bench_report_ratio (&own, "memory-own", "bare-window", "MiB", 0);
    }
  XCloseDisplay (display);
  return 0;
}
