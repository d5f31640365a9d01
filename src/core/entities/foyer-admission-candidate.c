/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One ticket that a code may stand for. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-admission-candidate.h"

G_DEFINE_BOXED_TYPE (FoyerAdmissionCandidate,
                     foyer_admission_candidate,
                     foyer_admission_candidate_ref,
                     foyer_admission_candidate_unref)

static void
foyer_admission_candidate_clear (gpointer data)
{
  FoyerAdmissionCandidate *self = data;

  g_clear_pointer (&self->order, foyer_order_unref);
  g_clear_pointer (&self->attendee, foyer_attendee_unref);
  g_clear_pointer (&self->product, foyer_product_unref);
  g_clear_pointer (&self->subevent, foyer_subevent_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
}

/**
 * foyer_admission_candidate_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerAdmissionCandidate *
foyer_admission_candidate_new (void)
{
  return g_atomic_rc_box_new0 (FoyerAdmissionCandidate);
}

/**
 * foyer_admission_candidate_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerAdmissionCandidate *
foyer_admission_candidate_ref (FoyerAdmissionCandidate *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_admission_candidate_unref:
 * @self: (transfer full): a value
 */
void
foyer_admission_candidate_unref (FoyerAdmissionCandidate *self)
{
  g_atomic_rc_box_release_full (self, foyer_admission_candidate_clear);
}
