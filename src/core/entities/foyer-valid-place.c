/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a refused ticket would be let in. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-valid-place.h"

G_DEFINE_BOXED_TYPE (FoyerValidPlace,
                     foyer_valid_place,
                     foyer_valid_place_ref,
                     foyer_valid_place_unref)

static void
foyer_valid_place_clear (gpointer data)
{
  FoyerValidPlace *self = data;

  g_free (self->name);
  g_free (self->subevent_name);
  g_free (self->rule_hint);
}

/**
 * foyer_valid_place_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerValidPlace *
foyer_valid_place_new (void)
{
  FoyerValidPlace *self = g_atomic_rc_box_new0 (FoyerValidPlace);

  self->from = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_valid_place_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerValidPlace *
foyer_valid_place_ref (FoyerValidPlace *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_valid_place_unref:
 * @self: (transfer full): a value
 */
void
foyer_valid_place_unref (FoyerValidPlace *self)
{
  g_atomic_rc_box_release_full (self, foyer_valid_place_clear);
}
