/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the decision on a scan needs. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-admission-facts.h"

G_DEFINE_BOXED_TYPE (FoyerAdmissionFacts,
                     foyer_admission_facts,
                     foyer_admission_facts_ref,
                     foyer_admission_facts_unref)

static void
foyer_admission_facts_clear (gpointer data)
{
  FoyerAdmissionFacts *self = data;

  g_free (self->code);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
}

/**
 * foyer_admission_facts_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerAdmissionFacts *
foyer_admission_facts_new (void)
{
  FoyerAdmissionFacts *self = g_atomic_rc_box_new0 (FoyerAdmissionFacts);

  self->as_of = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_admission_facts_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerAdmissionFacts *
foyer_admission_facts_ref (FoyerAdmissionFacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_admission_facts_unref:
 * @self: (transfer full): a value
 */
void
foyer_admission_facts_unref (FoyerAdmissionFacts *self)
{
  g_atomic_rc_box_release_full (self, foyer_admission_facts_clear);
}
