/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An answer to a question. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-answer.h"

G_DEFINE_BOXED_TYPE (FoyerAnswer, foyer_answer, foyer_answer_ref, foyer_answer_unref)

static void
foyer_answer_clear (gpointer data)
{
  FoyerAnswer *self = data;

  g_free (self->answer);
  g_clear_pointer (&self->options, g_array_unref);
}

/**
 * foyer_answer_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerAnswer *
foyer_answer_new (void)
{
  return g_atomic_rc_box_new0 (FoyerAnswer);
}

/**
 * foyer_answer_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerAnswer *
foyer_answer_ref (FoyerAnswer *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_answer_unref:
 * @self: (transfer full): a value
 */
void
foyer_answer_unref (FoyerAnswer *self)
{
  g_atomic_rc_box_release_full (self, foyer_answer_clear);
}
