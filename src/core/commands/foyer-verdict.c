/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person at the door is told. */

#define G_LOG_DOMAIN "foyer-commands"

#include "foyer-verdict.h"

#include "foyer-scan.h"

G_DEFINE_BOXED_TYPE (FoyerVerdict, foyer_verdict, foyer_verdict_ref, foyer_verdict_unref)

static void
foyer_verdict_clear (gpointer data)
{
  FoyerVerdict *self = data;

  g_clear_pointer (&self->admission, foyer_admission_unref);
  g_clear_pointer (&self->scan, foyer_scan_unref);
  g_free (self->command);
}

/**
 * foyer_verdict_new:
 *
 * Returns: (transfer full): an empty value, to be filled in by its maker before anybody else sees it
 */
FoyerVerdict *
foyer_verdict_new (void)
{
  return g_atomic_rc_box_new0 (FoyerVerdict);
}

/**
 * foyer_verdict_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerVerdict *
foyer_verdict_ref (FoyerVerdict *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_verdict_unref:
 * @self: (transfer full): a value
 */
void
foyer_verdict_unref (FoyerVerdict *self)
{
  g_atomic_rc_box_release_full (self, foyer_verdict_clear);
}
