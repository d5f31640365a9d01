/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A slot that holds at most one timer of a clock, so that owners cannot leave one behind. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-timer.h"

/**
 * foyer_timer_set:
 * @timer: (inout): the slot; a timer in it is dropped
 * @clock: whose time counts
 * @delay: microseconds from now
 * @func: called once on the caller's main context; empties the slot itself with foyer_timer_clear()
 * @data: for @func; must outlive the slot
 */
void
foyer_timer_set (GSource **timer, FoyerClock *clock, gint64 delay, GSourceFunc func, gpointer data)
{
  foyer_timer_clear (timer);
  *timer = foyer_clock_create_timer (clock, MAX (delay, 0));
  g_source_set_callback (*timer, func, data, NULL);
  g_source_attach (*timer, g_main_context_get_thread_default ());
}

/**
 * foyer_timer_clear:
 * @timer: (inout): the slot
 *
 * Drops the timer in the slot, if there is one.
 */
void
foyer_timer_clear (GSource **timer)
{
  if (*timer == NULL)
    return;

  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}
