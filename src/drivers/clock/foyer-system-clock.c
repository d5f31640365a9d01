/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The machine's own clocks: two system calls and a timeout. */

#define G_LOG_DOMAIN "foyer-clock"

#include "foyer-system-clock.h"

#include <time.h>

struct _FoyerSystemClock
{
  GObject parent_instance;
};

static FoyerTime
foyer_system_clock_now (FoyerClock *clock)
{
  return g_get_real_time ();
}

static gint64
foyer_system_clock_elapsed (FoyerClock *clock)
{
  struct timespec ts = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &ts);
  return (gint64)ts.tv_sec * FOYER_SECOND + ts.tv_nsec / 1000;
}

static GSource *
foyer_system_clock_create_timer (FoyerClock *clock, gint64 delay)
{
  /* Rounded up: a deadline is never early. */
  return g_timeout_source_new ((guint)CLAMP ((delay + 999) / 1000, 0, G_MAXINT));
}

static void
foyer_system_clock_clock_init (FoyerClockInterface *iface)
{
  iface->now = foyer_system_clock_now;
  iface->elapsed = foyer_system_clock_elapsed;
  iface->create_timer = foyer_system_clock_create_timer;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FoyerSystemClock,
                               foyer_system_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FOYER_TYPE_CLOCK,
                                                      foyer_system_clock_clock_init))

static void
foyer_system_clock_class_init (FoyerSystemClockClass *klass)
{
}

static void
foyer_system_clock_init (FoyerSystemClock *self)
{
}

/**
 * foyer_system_clock_new:
 *
 * Returns: (transfer full): the real clocks
 */
FoyerClock *
foyer_system_clock_new (void)
{
  return g_object_new (FOYER_TYPE_SYSTEM_CLOCK, NULL);
}
