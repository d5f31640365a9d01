/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "foyer-answer.h"
#include "foyer-question.h"

G_BEGIN_DECLS

/**
 * FoyerAnswerJudgement:
 * @FOYER_ANSWER_REJECTED: no answer to this question: it is asked again
 * @FOYER_ANSWER_EMPTY: deals with the question, but there is nothing to store
 * @FOYER_ANSWER_ACCEPTED: an answer, to be stored
 *
 * What a value is to a question.
 */
typedef enum
{
  FOYER_ANSWER_REJECTED,
  FOYER_ANSWER_EMPTY,
  FOYER_ANSWER_ACCEPTED,
} FoyerAnswerJudgement;

FoyerAnswerJudgement foyer_question_judge_answer (FoyerQuestion *question,
                                                  JsonNode *value,
                                                  GTimeZone *zone,
                                                  FoyerAnswer **answer);
FoyerAnswerJudgement foyer_question_judge_text (FoyerQuestion *question,
                                                const char *text,
                                                GTimeZone *zone,
                                                FoyerAnswer **answer);
gboolean foyer_question_is_asked (FoyerQuestion *question, gint64 product);
GPtrArray *foyer_questions_find_open (GPtrArray *questions,
                                      gint64 product,
                                      GPtrArray *earlier,
                                      const char *answers,
                                      GTimeZone *zone,
                                      gboolean file_may_be_empty);
GPtrArray *foyer_questions_find_stored (GPtrArray *questions,
                                        gint64 product,
                                        GPtrArray *earlier,
                                        const char *answers,
                                        GTimeZone *zone);

G_END_DECLS
