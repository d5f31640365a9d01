/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One choice of a question. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-question-option.h"

G_DEFINE_BOXED_TYPE (FoyerQuestionOption,
                     foyer_question_option,
                     foyer_question_option_ref,
                     foyer_question_option_unref)

static void
foyer_question_option_clear (gpointer data)
{
  FoyerQuestionOption *self = data;

  g_free (self->identifier);
  g_free (self->answer);
}

/**
 * foyer_question_option_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerQuestionOption *
foyer_question_option_new (void)
{
  return g_atomic_rc_box_new0 (FoyerQuestionOption);
}

/**
 * foyer_question_option_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerQuestionOption *
foyer_question_option_ref (FoyerQuestionOption *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_question_option_unref:
 * @self: (transfer full): a value
 */
void
foyer_question_option_unref (FoyerQuestionOption *self)
{
  g_atomic_rc_box_release_full (self, foyer_question_option_clear);
}
