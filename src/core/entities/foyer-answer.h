/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_ANSWER (foyer_answer_get_type ())

/**
 * FoyerAnswer:
 * @question: id of the question
 * @answer: the stored text
 * @options: (nullable) (element-type gint64): the choices, for questions with choices
 *
 * An answer to a question.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerAnswer FoyerAnswer;
struct _FoyerAnswer
{
  gint64 question;
  char *answer;
  GArray *options;
};

GType foyer_answer_get_type (void) G_GNUC_CONST;
FoyerAnswer *foyer_answer_new (void);
FoyerAnswer *foyer_answer_ref (FoyerAnswer *self);
void foyer_answer_unref (FoyerAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerAnswer, foyer_answer_unref)

G_END_DECLS
