/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One step that a driver performs. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-step.h"

G_DEFINE_BOXED_TYPE (FoyerStep, foyer_step, foyer_step_ref, foyer_step_unref)

static void
foyer_step_clear (gpointer data)
{
  FoyerStep *self = data;

  g_free (self->key);
  g_clear_pointer (&self->scan, foyer_scan_unref);
  g_clear_pointer (&self->call_log, g_ptr_array_unref);
}

/**
 * foyer_step_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerStep *
foyer_step_new (void)
{
  FoyerStep *self = g_atomic_rc_box_new0 (FoyerStep);

  self->at = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_step_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerStep *
foyer_step_ref (FoyerStep *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_step_unref:
 * @self: (transfer full): a value
 */
void
foyer_step_unref (FoyerStep *self)
{
  g_atomic_rc_box_release_full (self, foyer_step_clear);
}
