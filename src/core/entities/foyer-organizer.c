/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An organiser account. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-organizer.h"

G_DEFINE_BOXED_TYPE (FoyerOrganizer, foyer_organizer, foyer_organizer_ref, foyer_organizer_unref)

static void
foyer_organizer_clear (gpointer data)
{
  FoyerOrganizer *self = data;

  g_free (self->slug);
  g_free (self->name);
}

/**
 * foyer_organizer_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerOrganizer *
foyer_organizer_new (void)
{
  return g_atomic_rc_box_new0 (FoyerOrganizer);
}

/**
 * foyer_organizer_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerOrganizer *
foyer_organizer_ref (FoyerOrganizer *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_organizer_unref:
 * @self: (transfer full): a value
 */
void
foyer_organizer_unref (FoyerOrganizer *self)
{
  g_atomic_rc_box_release_full (self, foyer_organizer_clear);
}
