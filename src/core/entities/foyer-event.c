/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An event at the ticketing service. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-event.h"

G_DEFINE_BOXED_TYPE (FoyerEvent, foyer_event, foyer_event_ref, foyer_event_unref)

static void
foyer_event_clear (gpointer data)
{
  FoyerEvent *self = data;

  g_free (self->slug);
  g_free (self->organizer);
  g_free (self->name);
  g_free (self->zone);
  g_free (self->currency);
  g_free (self->locale);
  g_clear_pointer (&self->signing_keys, g_strfreev);
}

/**
 * foyer_event_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerEvent *
foyer_event_new (void)
{
  FoyerEvent *self = g_atomic_rc_box_new0 (FoyerEvent);

  self->date_from = FOYER_TIME_NONE;
  self->date_to = FOYER_TIME_NONE;
  self->date_admission = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_event_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerEvent *
foyer_event_ref (FoyerEvent *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_event_unref:
 * @self: (transfer full): a value
 */
void
foyer_event_unref (FoyerEvent *self)
{
  g_atomic_rc_box_release_full (self, foyer_event_clear);
}
