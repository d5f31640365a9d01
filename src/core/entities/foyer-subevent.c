/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One date of a series. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-subevent.h"

G_DEFINE_BOXED_TYPE (FoyerSubevent, foyer_subevent, foyer_subevent_ref, foyer_subevent_unref)

static void
foyer_subevent_clear (gpointer data)
{
  FoyerSubevent *self = data;

  g_free (self->name);
}

/**
 * foyer_subevent_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerSubevent *
foyer_subevent_new (void)
{
  FoyerSubevent *self = g_atomic_rc_box_new0 (FoyerSubevent);

  self->date_from = FOYER_TIME_NONE;
  self->date_to = FOYER_TIME_NONE;
  self->date_admission = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_subevent_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerSubevent *
foyer_subevent_ref (FoyerSubevent *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_subevent_unref:
 * @self: (transfer full): a value
 */
void
foyer_subevent_unref (FoyerSubevent *self)
{
  g_atomic_rc_box_release_full (self, foyer_subevent_clear);
}
