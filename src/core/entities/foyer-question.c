/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question asked of an attendee. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-question.h"

G_DEFINE_BOXED_TYPE (FoyerQuestion, foyer_question, foyer_question_ref, foyer_question_unref)

static void
foyer_question_clear (gpointer data)
{
  FoyerQuestion *self = data;

  g_free (self->identifier);
  g_free (self->question);
  g_free (self->help_text);
  g_free (self->type);
  g_clear_pointer (&self->products, g_array_unref);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_free (self->valid_number_min);
  g_free (self->valid_number_max);
  g_free (self->valid_date_min);
  g_free (self->valid_date_max);
  g_free (self->valid_datetime_min);
  g_free (self->valid_datetime_max);
}

/**
 * foyer_question_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerQuestion *
foyer_question_new (void)
{
  return g_atomic_rc_box_new0 (FoyerQuestion);
}

/**
 * foyer_question_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerQuestion *
foyer_question_ref (FoyerQuestion *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_question_unref:
 * @self: (transfer full): a value
 */
void
foyer_question_unref (FoyerQuestion *self)
{
  g_atomic_rc_box_release_full (self, foyer_question_clear);
}
