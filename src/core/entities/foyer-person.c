/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of people lists. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-person.h"

G_DEFINE_BOXED_TYPE (FoyerPerson, foyer_person, foyer_person_ref, foyer_person_unref)

static void
foyer_person_clear (gpointer data)
{
  FoyerPerson *self = data;

  g_clear_pointer (&self->attendee, foyer_attendee_unref);
  g_clear_pointer (&self->order, foyer_order_unref);
  g_free (self->product);
  g_free (self->variation);
}

/**
 * foyer_person_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerPerson *
foyer_person_new (void)
{
  FoyerPerson *self = g_atomic_rc_box_new0 (FoyerPerson);

  self->admitted_at = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_person_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerPerson *
foyer_person_ref (FoyerPerson *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_person_unref:
 * @self: (transfer full): a value
 */
void
foyer_person_unref (FoyerPerson *self)
{
  g_atomic_rc_box_release_full (self, foyer_person_clear);
}
