/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A successful scan. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-check-in.h"

G_DEFINE_BOXED_TYPE (FoyerCheckIn, foyer_check_in, foyer_check_in_ref, foyer_check_in_unref)

static void
foyer_check_in_clear (gpointer data)
{
}

/**
 * foyer_check_in_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerCheckIn *
foyer_check_in_new (void)
{
  FoyerCheckIn *self = g_atomic_rc_box_new0 (FoyerCheckIn);

  self->datetime = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_check_in_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerCheckIn *
foyer_check_in_ref (FoyerCheckIn *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_check_in_unref:
 * @self: (transfer full): a value
 */
void
foyer_check_in_unref (FoyerCheckIn *self)
{
  g_atomic_rc_box_release_full (self, foyer_check_in_clear);
}
