/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A variation of a product. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-variation.h"

G_DEFINE_BOXED_TYPE (FoyerVariation, foyer_variation, foyer_variation_ref, foyer_variation_unref)

static void
foyer_variation_clear (gpointer data)
{
  FoyerVariation *self = data;

  g_free (self->name);
  g_free (self->checkin_text);
}

/**
 * foyer_variation_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerVariation *
foyer_variation_new (void)
{
  return g_atomic_rc_box_new0 (FoyerVariation);
}

/**
 * foyer_variation_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerVariation *
foyer_variation_ref (FoyerVariation *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_variation_unref:
 * @self: (transfer full): a value
 */
void
foyer_variation_unref (FoyerVariation *self)
{
  g_atomic_rc_box_release_full (self, foyer_variation_clear);
}
