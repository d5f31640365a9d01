/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened at the door. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-scan.h"

G_DEFINE_BOXED_TYPE (FoyerScan, foyer_scan, foyer_scan_ref, foyer_scan_unref)

static void
foyer_scan_clear (gpointer data)
{
  FoyerScan *self = data;

  g_free (self->secret);
  g_clear_pointer (&self->lists, g_array_unref);
  g_free (self->order);
  g_free (self->name);
  g_free (self->product);
  g_free (self->answers);
  g_free (self->override_reason);
  g_free (self->undoes);
  g_free (self->nonce);
  g_free (self->reason);
  g_free (self->refusal);
}

/**
 * foyer_scan_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerScan *
foyer_scan_new (void)
{
  FoyerScan *self = g_atomic_rc_box_new0 (FoyerScan);

  self->datetime = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_scan_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerScan *
foyer_scan_ref (FoyerScan *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_scan_unref:
 * @self: (transfer full): a value
 */
void
foyer_scan_unref (FoyerScan *self)
{
  g_atomic_rc_box_release_full (self, foyer_scan_clear);
}
