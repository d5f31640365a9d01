/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The decision on a scan. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-admission.h"

G_DEFINE_BOXED_TYPE (FoyerAdmission, foyer_admission, foyer_admission_ref, foyer_admission_unref)

static void
foyer_admission_clear (gpointer data)
{
  FoyerAdmission *self = data;

  g_free (self->reason);
  g_free (self->explanation);
  g_clear_pointer (&self->place, foyer_admission_place_unref);
  g_clear_pointer (&self->candidate, foyer_admission_candidate_unref);
  g_clear_pointer (&self->texts, g_strfreev);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->previous, foyer_check_in_unref);
  g_free (self->rule_hint);
  g_clear_pointer (&self->valid_at, g_ptr_array_unref);
}

/**
 * foyer_admission_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerAdmission *
foyer_admission_new (void)
{
  return g_atomic_rc_box_new0 (FoyerAdmission);
}

/**
 * foyer_admission_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerAdmission *
foyer_admission_ref (FoyerAdmission *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_admission_unref:
 * @self: (transfer full): a value
 */
void
foyer_admission_unref (FoyerAdmission *self)
{
  g_atomic_rc_box_release_full (self, foyer_admission_clear);
}
