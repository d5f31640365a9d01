/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_QUESTION_OPTION (foyer_question_option_get_type ())

/**
 * FoyerQuestionOption:
 * @id: the service's id
 * @identifier: the service's own word for it
 * @answer: what the person reads
 * @position: order
 *
 * One choice of a question.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerQuestionOption FoyerQuestionOption;
struct _FoyerQuestionOption
{
  gint64 id;
  char *identifier;
  char *answer;
  int position;
};

GType foyer_question_option_get_type (void) G_GNUC_CONST;
FoyerQuestionOption *foyer_question_option_new (void);
FoyerQuestionOption *foyer_question_option_ref (FoyerQuestionOption *self);
void foyer_question_option_unref (FoyerQuestionOption *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerQuestionOption, foyer_question_option_unref)

G_END_DECLS
