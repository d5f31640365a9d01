/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers given at the door: is it one, and what will the service store (contracts/pretix-checkin.md 9)?
 * An invalid answer is not a refusal: its question simply stays open. */

#define G_LOG_DOMAIN "foyer-rules"

#include "foyer-questions.h"

#include "foyer-answer-number.h"
#include "foyer-answer-time.h"
#include "foyer-country.h"
#include "foyer-json.h"
#include "foyer-rule-value.h"
#include "foyer-shallow-json.h"

#include <string.h>

/* Answers are an object of texts and lists of texts. */
#define MAX_JSON_DEPTH 16

static gboolean
is_type (FoyerQuestion *question, const char *type)
{
  return g_strcmp0 (question->type, type) == 0;
}

/* As Python's bool() has it. */
static gboolean
is_empty (JsonNode *value)
{
  GType type;

  if (JSON_NODE_HOLDS_NULL (value))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (value))
    return json_array_get_length (json_node_get_array (value)) == 0;
  if (JSON_NODE_HOLDS_OBJECT (value))
    return json_object_get_size (json_node_get_object (value)) == 0;

  type = json_node_get_value_type (value);
  if (type == G_TYPE_STRING)
    return *json_node_get_string (value) == '\0';
  if (type == G_TYPE_BOOLEAN)
    return !json_node_get_boolean (value);
  return json_node_get_double (value) == 0;
}

/* What str() makes of a scalar; NULL for lists and objects. */
static char *
dup_text (JsonNode *value)
{
  GType type;

  if (!JSON_NODE_HOLDS_VALUE (value))
    return NULL;

  type = json_node_get_value_type (value);
  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (value));
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? "True" : "False");
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
  return foyer_rule_value_dup_double_text (json_node_get_double (value));
}

static gboolean
is_yes (JsonNode *value)
{
  g_autofree char *text = NULL;
  GType type;

  if (!JSON_NODE_HOLDS_VALUE (value))
    return FALSE;

  type = json_node_get_value_type (value);
  if (type != G_TYPE_STRING && type != G_TYPE_BOOLEAN)
    return json_node_get_double (value) == 1; /* which Python takes for True */

  text = dup_text (value);
  return strcmp (text, "true") == 0 || strcmp (text, "True") == 0;
}

static FoyerAnswer *
make_answer (FoyerQuestion *question, const char *text)
{
  FoyerAnswer *answer = foyer_answer_new ();

  answer->question = question->id;
  answer->answer = g_strdup (text);
  return answer;
}

static FoyerAnswerJudgement
accept (FoyerQuestion *question, const char *text, FoyerAnswer **answer)
{
  *answer = make_answer (question, text);
  return FOYER_ANSWER_ACCEPTED;
}

static FoyerAnswerJudgement
accept_canonical (FoyerQuestion *question, const char *canonical, FoyerAnswer **answer)
{
  return canonical != NULL ? accept (question, canonical, answer) : FOYER_ANSWER_REJECTED;
}

/* An option is named by its id or by its identifier. */
static gboolean
is_named (FoyerQuestionOption *option, const char *name)
{
  gint64 id;

  return g_strcmp0 (option->identifier, name) == 0
         || (g_ascii_isdigit (*name)
             && g_ascii_string_to_signed (name, 10, 0, G_MAXINT64, &id, NULL) && id == option->id);
}

static GStrv
read_names (JsonNode *value, gboolean several)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (value) || !several)
    {
      g_autofree char *text = dup_text (value);

      if (text == NULL || json_node_get_value_type (value) == G_TYPE_DOUBLE
          || json_node_get_value_type (value) == G_TYPE_BOOLEAN)
        return NULL;
      if (several)
        return g_strsplit (text, ",", -1);
      g_strv_builder_add (names, text);
      return g_strv_builder_end (names);
    }

  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_auto (GStrv) name = read_names (json_array_get_element (array, i), FALSE);

      if (name == NULL)
        return NULL;
      g_strv_builder_add (names, name[0]);
    }
  return g_strv_builder_end (names);
}

/* As many options as names: so one unknown, or one twice, is no answer. */
static FoyerAnswerJudgement
judge_choice (FoyerQuestion *question, JsonNode *value, gboolean several, FoyerAnswer **answer)
{
  g_auto (GStrv) names = read_names (value, several);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) options = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (names == NULL)
    return FOYER_ANSWER_REJECTED;

  for (guint i = 0; question->options != NULL && i < question->options->len; i++)
    {
      FoyerQuestionOption *option = g_ptr_array_index (question->options, i);
      gboolean named = FALSE;

      for (guint k = 0; !named && names[k] != NULL; k++)
        named = is_named (option, names[k]);
      if (!named)
        continue;

      if (options->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, option->answer != NULL ? option->answer : "");
      g_array_append_val (options, option->id);
    }
  if (options->len != g_strv_length (names))
    return FOYER_ANSWER_REJECTED;

  accept (question, text->str, answer);
  (*answer)->options = g_steal_pointer (&options);
  return FOYER_ANSWER_ACCEPTED;
}

static gboolean
is_in_range (const char *number, FoyerQuestion *question)
{
  double value = g_ascii_strtod (number, NULL);

  if (question->valid_number_min != NULL
      && !(value >= g_ascii_strtod (question->valid_number_min, NULL)))
    return FALSE;
  return question->valid_number_max == NULL
         || value <= g_ascii_strtod (question->valid_number_max, NULL);
}

static FoyerAnswerJudgement
judge_number (FoyerQuestion *question, const char *text, FoyerAnswer **answer)
{
  gboolean zero;
  g_autofree char *canonical = foyer_answer_number_to_canonical (text, &zero);

  if (canonical == NULL || !is_in_range (canonical, question))
    return FOYER_ANSWER_REJECTED;

  accept (question, canonical, answer);
  /* The service takes 0 for nothing: it lets in, stores nothing, and asks again the next time. */
  return zero ? FOYER_ANSWER_EMPTY : FOYER_ANSWER_ACCEPTED;
}

static FoyerAnswerJudgement
judge_date (FoyerQuestion *question, const char *text, FoyerAnswer **answer)
{
  g_autofree char *canonical = foyer_answer_date_to_canonical (text);

  /* ISO dates sort as texts. */
  if (canonical != NULL
      && ((question->valid_date_min != NULL && strcmp (canonical, question->valid_date_min) < 0)
          || (question->valid_date_max != NULL
              && strcmp (canonical, question->valid_date_max) > 0)))
    return FOYER_ANSWER_REJECTED;

  return accept_canonical (question, canonical, answer);
}

static FoyerAnswerJudgement
judge_datetime (FoyerQuestion *question, const char *text, GTimeZone *zone, FoyerAnswer **answer)
{
  FoyerTime time;
  FoyerTime limit;
  g_autofree char *canonical = foyer_answer_datetime_to_canonical (text, zone, &time);

  if (canonical != NULL
      && ((foyer_time_parse (question->valid_datetime_min, zone, &limit) && time < limit)
          || (foyer_time_parse (question->valid_datetime_max, zone, &limit) && time > limit)))
    return FOYER_ANSWER_REJECTED;

  return accept_canonical (question, canonical, answer);
}

static FoyerAnswerJudgement
judge_words (FoyerQuestion *question, const char *text, FoyerAnswer **answer)
{
  if (question->valid_string_length_max > 0
      && g_utf8_strlen (text, -1) > question->valid_string_length_max)
    return FOYER_ANSWER_REJECTED;

  return accept (question, text, answer);
}

static FoyerAnswerJudgement
judge_by_type (FoyerQuestion *question, JsonNode *value, GTimeZone *zone, FoyerAnswer **answer)
{
  g_autofree char *text = NULL;
  g_autofree char *canonical = NULL;

  if (is_type (question, "B"))
    {
      gboolean yes = is_yes (value);

      accept (question, yes ? "True" : "False", answer);
      return yes ? FOYER_ANSWER_ACCEPTED : FOYER_ANSWER_EMPTY;
    }
  if (is_type (question, "C") || is_type (question, "M"))
    return judge_choice (question, value, is_type (question, "M"), answer);
  if (is_type (question, "F"))
    return FOYER_ANSWER_REJECTED; /* A file is uploaded first; only the service knows which ones were. */

  text = dup_text (value);
  if (text == NULL)
    return FOYER_ANSWER_REJECTED;
  if (is_type (question, "N"))
    return judge_number (question, text, answer);
  if (is_type (question, "D"))
    return judge_date (question, text, answer);
  if (is_type (question, "W"))
    return judge_datetime (question, text, zone, answer);
  if (is_type (question, "H"))
    {
      canonical = foyer_answer_clock_to_canonical (text);
      return accept_canonical (question, canonical, answer);
    }
  if (is_type (question, "CC") && !foyer_country_is_code (text))
    return FOYER_ANSWER_REJECTED;
  return judge_words (question, text, answer);
}

/**
 * foyer_question_judge_answer:
 * @question: a question
 * @value: an answer as it is sent: a text, or what else JSON has
 * @zone: (nullable): the event's zone, for a date and time without one
 * @answer: (out) (optional) (nullable) (transfer full): what the service will store: the canonical text; for
 *   %FOYER_ANSWER_EMPTY what an earlier answer is replaced by; %NULL if rejected
 *
 * Judges an answer as the service does. Only the canonical spellings and the common ones are read; a
 * spelling that the service would guess right may be rejected here, never the other way round.
 *
 * Returns: the judgement
 */
FoyerAnswerJudgement
foyer_question_judge_answer (FoyerQuestion *question,
                             JsonNode *value,
                             GTimeZone *zone,
                             FoyerAnswer **answer)
{
  g_autoptr (FoyerAnswer) made = NULL;
  FoyerAnswerJudgement judgement;

  if (is_empty (value))
    judgement = question->required ? FOYER_ANSWER_REJECTED : FOYER_ANSWER_EMPTY;
  else if (question->required && is_type (question, "B") && !is_yes (value))
    judgement = FOYER_ANSWER_REJECTED;
  else
    judgement = judge_by_type (question, value, zone, &made);

  if (judgement == FOYER_ANSWER_EMPTY && made == NULL)
    made = make_answer (question, is_type (question, "B") ? "False" : "None");
  if (answer != NULL)
    *answer = g_steal_pointer (&made);
  return judgement;
}

/**
 * foyer_question_judge_text:
 * @question: a question
 * @text: an answer as it is typed
 * @zone: (nullable): the event's zone, for a date and time without one
 * @answer: (out) (optional) (nullable) (transfer full): as foyer_question_judge_answer()
 *
 * Returns: the judgement
 */
FoyerAnswerJudgement
foyer_question_judge_text (FoyerQuestion *question,
                           const char *text,
                           GTimeZone *zone,
                           FoyerAnswer **answer)
{
  g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), text);

  return foyer_question_judge_answer (question, value, zone, answer);
}

/**
 * foyer_question_is_asked:
 * @question: a question
 * @product: id of a ticket's product
 *
 * Returns: whether the question is asked of such a ticket at the door
 */
gboolean
foyer_question_is_asked (FoyerQuestion *question, gint64 product)
{
  if (!question->ask_during_checkin)
    return FALSE;

  for (guint i = 0; question->products != NULL && i < question->products->len; i++)
    if (g_array_index (question->products, gint64, i) == product)
      return TRUE;
  return FALSE;
}

static FoyerAnswer *
find_answer (GPtrArray *answers, gint64 question)
{
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      FoyerAnswer *answer = g_ptr_array_index (answers, i);

      if (answer->question == question)
        return answer;
    }
  return NULL;
}

/* Another shape than an object counts as no answers. */
static JsonNode *
read_answers (const char *answers)
{
  g_autoptr (JsonNode) root = NULL;

  if (answers == NULL)
    return NULL;
  root = foyer_shallow_json_parse (answers, MAX_JSON_DEPTH);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  return g_steal_pointer (&root);
}

static JsonNode *
find_given (JsonNode *given, FoyerQuestion *question)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, question->id);

  return given != NULL ? json_object_get_member (json_node_get_object (given), id) : NULL;
}

/**
 * foyer_questions_find_open:
 * @questions: (nullable) (element-type FoyerQuestion): questions, in order
 * @product: id of the ticket's product
 * @earlier: (nullable) (element-type FoyerAnswer): what was answered before
 * @answers: (nullable): what is answered now, a JSON object of question ids as texts to values
 * @zone: (nullable): the event's zone
 * @file_may_be_empty: an empty answer deals with a required file, too, as it does at the service
 *
 * Optional questions are asked too; an empty answer deals with them.
 *
 * Returns: (transfer full) (element-type FoyerQuestion): the questions still to be answered; maybe none
 */
GPtrArray *
foyer_questions_find_open (GPtrArray *questions,
                           gint64 product,
                           GPtrArray *earlier,
                           const char *answers,
                           GTimeZone *zone,
                           gboolean file_may_be_empty)
{
  GPtrArray *open = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_question_unref);
  g_autoptr (JsonNode) given = read_answers (answers);

  for (guint i = 0; questions != NULL && i < questions->len; i++)
    {
      FoyerQuestion *question = g_ptr_array_index (questions, i);
      JsonNode *value = find_given (given, question);

      if (!foyer_question_is_asked (question, product)
          || find_answer (earlier, question->id) != NULL)
        continue;
      if (value != NULL && file_may_be_empty && is_type (question, "F") && is_empty (value))
        continue;
      if (value == NULL
          || foyer_question_judge_answer (question, value, zone, NULL) == FOYER_ANSWER_REJECTED)
        g_ptr_array_add (open, foyer_question_ref (question));
    }
  return open;
}

/**
 * foyer_questions_find_stored:
 * @questions: (nullable) (element-type FoyerQuestion): questions, in order
 * @product: id of the ticket's product
 * @earlier: (nullable) (element-type FoyerAnswer): what was answered before
 * @answers: (nullable): what is answered now, a JSON object of question ids as texts to values
 * @zone: (nullable): the event's zone
 *
 * The answers that the service stores, once for each question, as soon as the ticket's status and validity
 * are right: even if it is refused later.
 *
 * Returns: (transfer full) (element-type FoyerAnswer): the new answers; those to the same question before
 *   are replaced
 */
GPtrArray *
foyer_questions_find_stored (GPtrArray *questions,
                             gint64 product,
                             GPtrArray *earlier,
                             const char *answers,
                             GTimeZone *zone)
{
  GPtrArray *stored = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_answer_unref);
  g_autoptr (JsonNode) given = read_answers (answers);

  for (guint i = 0; questions != NULL && i < questions->len; i++)
    {
      FoyerQuestion *question = g_ptr_array_index (questions, i);
      JsonNode *value = find_given (given, question);
      g_autoptr (FoyerAnswer) answer = NULL;
      FoyerAnswerJudgement judgement;

      if (value == NULL || !foyer_question_is_asked (question, product))
        continue;

      judgement = foyer_question_judge_answer (question, value, zone, &answer);
      if (judgement == FOYER_ANSWER_ACCEPTED
          || (judgement == FOYER_ANSWER_EMPTY && find_answer (earlier, question->id) != NULL))
        g_ptr_array_add (stored, g_steal_pointer (&answer));
    }
  return stored;
}
