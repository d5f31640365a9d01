/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One list that is scanned for. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-admission-place.h"

G_DEFINE_BOXED_TYPE (FoyerAdmissionPlace,
                     foyer_admission_place,
                     foyer_admission_place_ref,
                     foyer_admission_place_unref)

static void
foyer_admission_place_clear (gpointer data)
{
  FoyerAdmissionPlace *self = data;

  g_free (self->connection);
  g_clear_pointer (&self->event, foyer_event_unref);
  g_clear_pointer (&self->list, foyer_check_in_list_unref);
}

/**
 * foyer_admission_place_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerAdmissionPlace *
foyer_admission_place_new (void)
{
  return g_atomic_rc_box_new0 (FoyerAdmissionPlace);
}

/**
 * foyer_admission_place_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerAdmissionPlace *
foyer_admission_place_ref (FoyerAdmissionPlace *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_admission_place_unref:
 * @self: (transfer full): a value
 */
void
foyer_admission_place_unref (FoyerAdmissionPlace *self)
{
  g_atomic_rc_box_release_full (self, foyer_admission_place_clear);
}
