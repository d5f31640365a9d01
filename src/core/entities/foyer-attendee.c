/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A ticket. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-attendee.h"

G_DEFINE_BOXED_TYPE (FoyerAttendee, foyer_attendee, foyer_attendee_ref, foyer_attendee_unref)

static void
foyer_attendee_clear (gpointer data)
{
  FoyerAttendee *self = data;

  g_free (self->order);
  g_free (self->secret);
  g_free (self->name);
  g_free (self->email);
  g_free (self->company);
  g_free (self->pseudonymization_id);
  g_clear_pointer (&self->check_ins, g_ptr_array_unref);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
}

/**
 * foyer_attendee_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerAttendee *
foyer_attendee_new (void)
{
  FoyerAttendee *self = g_atomic_rc_box_new0 (FoyerAttendee);

  self->valid_from = FOYER_TIME_NONE;
  self->valid_until = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_attendee_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerAttendee *
foyer_attendee_ref (FoyerAttendee *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_attendee_unref:
 * @self: (transfer full): a value
 */
void
foyer_attendee_unref (FoyerAttendee *self)
{
  g_atomic_rc_box_release_full (self, foyer_attendee_clear);
}
