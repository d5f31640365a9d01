/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers beyond the recorded ones (which test-admission plays): limits, spellings, odd shapes. */

#include "foyer-questions.h"

#include "foyer-answer-number.h"
#include "foyer-answer-time.h"
#include "foyer-country.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *canonical; /* (nullable): no answer */
} Spelling;

/* What Python's Decimal prints. */
static const Spelling numbers[] = {
  { "3", "3" },
  { " 4 ", "4" },
  { "+5", "5" },
  { "-1", "-1" },
  { "007", "7" },
  { "3.50", "3.50" },
  { ".5", "0.5" },
  { "5.", "5" },
  { "1e3", "1E+3" },
  { "1.5E3", "1.5E+3" },
  { "15e-1", "1.5" },
  { "1e-3", "0.001" },
  { "1e-7", "1E-7" },
  { "12e-8", "1.2E-7" },
  { "0.000001", "0.000001" },
  { "0.0000001", "1E-7" },
  { "123456789012345678901234567890", "123456789012345678901234567890" },
  { "nan", "NaN" },
  { "", NULL },
  { "-", NULL },
  { ".", NULL },
  { "1.2.3", NULL },
  { "1,5", NULL },
  { "three", NULL },
  { "1e", NULL },
  { "1e99999999999", NULL },
  { "0x10", NULL },
  { "1 2", NULL },
};

static const Spelling dates[] = {
  { "2030-01-31", "2030-01-31" },
  { "2030-01-31T23:30:00-05:00", "2030-01-31" },
  { "31.01.2030", "2030-01-31" },
  { "31/1/2030", "2030-01-31" },
  { "05.06.2030", "2030-05-06" }, /* as the service guesses: the month first */
  { "29.02.2028", "2028-02-29" },
  { "29.02.2030", NULL },
  { "31/31/2030", NULL },
  { "31.01-2030", NULL },
  { "31.01.30", NULL },
  { "2030-02-30", NULL },
  { "0.0.2030", NULL },
  { "1.1.0000", NULL },
  { "soon", NULL },
};

static const Spelling clocks[] = {
  { "09:30", "09:30:00" },
  { "9:30", "09:30:00" },
  { "09:30:15", "09:30:15" },
  { "9:30 PM", "21:30:00" },
  { "12:00 am", "00:00:00" },
  { "12:00pm", "12:00:00" },
  { "09:30:15.5", "09:30:15.500000" },
  { "13:00 PM", NULL },
  { "25:00", NULL },
  { "9", NULL },
  { "PM", NULL },
  { "09:30 ", NULL },
};

static const Spelling moments[] = {
  { "2030-01-31T09:30:00+02:00", "2030-01-31 09:30:00+02:00" },
  { "2030-01-31 09:30", "2030-01-31 09:30:00+01:00" },
  { "2030-07-31T09:30", "2030-07-31 09:30:00+02:00" },
  { "2030-01-31T08:30:00Z", "2030-01-31 08:30:00+00:00" },
  { "2030-01-31", "2030-01-31 00:00:00+01:00" },
  { "2030-01-31T08:30:00-0330", "2030-01-31 08:30:00-03:30" },
  { "never", NULL },
};

static void
test_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gboolean zero;
      g_autofree char *canonical = foyer_answer_number_to_canonical (numbers[i].text, &zero);

      g_assert_cmpstr (canonical, ==, numbers[i].canonical);
      g_assert_false (zero);
    }

  for (const char *const *text = (const char *const[]){ "0", "0.00", "-0", "0e5", NULL };
       *text != NULL; text++)
    {
      gboolean zero;
      g_autofree char *canonical = foyer_answer_number_to_canonical (*text, &zero);

      g_assert_nonnull (canonical);
      g_assert_true (zero);
    }
}

static void
test_times (void)
{
  g_autoptr (GTimeZone) zone = foyer_time_zone_new ("Europe/Berlin");

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *canonical = foyer_answer_date_to_canonical (dates[i].text);

      g_assert_cmpstr (canonical, ==, dates[i].canonical);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autofree char *canonical = foyer_answer_clock_to_canonical (clocks[i].text);

      g_assert_cmpstr (canonical, ==, clocks[i].canonical);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      FoyerTime time;
      g_autofree char *canonical = foyer_answer_datetime_to_canonical (moments[i].text, zone,
                                                                       &time);

      g_assert_cmpstr (canonical, ==, moments[i].canonical);
    }
}

static void
test_countries (void)
{
  g_assert_true (foyer_country_is_code ("AD"));
  g_assert_true (foyer_country_is_code ("ZW"));
  g_assert_true (foyer_country_is_code ("xk"));
  g_assert_false (foyer_country_is_code ("ZZ"));
  g_assert_false (foyer_country_is_code ("D"));
  g_assert_false (foyer_country_is_code (" D"));
  g_assert_false (foyer_country_is_code ("D "));
  g_assert_false (foyer_country_is_code ("DEU"));
  g_assert_false (foyer_country_is_code (""));
  g_assert_false (foyer_country_is_code ("é"));
}

static FoyerQuestion *
make_question (gint64 id, const char *type, gboolean required)
{
  FoyerQuestion *question = foyer_question_new ();
  gint64 product = 1;

  question->id = id;
  question->type = g_strdup (type);
  question->required = required;
  question->ask_during_checkin = TRUE;
  question->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (question->products, product);
  question->options = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_question_option_unref);
  return question;
}

static void
assert_judged (FoyerQuestion *question,
               const char *json,
               FoyerAnswerJudgement judgement,
               const char *stored)
{
  g_autoptr (JsonNode) value = json_from_string (json, NULL);
  g_autoptr (GTimeZone) zone = foyer_time_zone_new ("Europe/Berlin");
  g_autoptr (FoyerAnswer) answer = NULL;

  g_test_message ("%s: %s", question->type, json);
  g_assert_cmpint (foyer_question_judge_answer (question, value, zone, &answer), ==, judgement);
  g_assert_cmpstr (answer != NULL ? answer->answer : NULL, ==, stored);
  if (answer != NULL)
    g_assert_cmpint (answer->question, ==, question->id);
}

static void
test_limits (void)
{
  g_autoptr (FoyerQuestion) number = make_question (1, "N", TRUE);
  g_autoptr (FoyerQuestion) date = make_question (2, "D", TRUE);
  g_autoptr (FoyerQuestion) moment = make_question (3, "W", TRUE);
  g_autoptr (FoyerQuestion) text = make_question (4, "S", TRUE);

  number->valid_number_min = g_strdup ("1.000000");
  number->valid_number_max = g_strdup ("9.000000");
  assert_judged (number, "\"1\"", FOYER_ANSWER_ACCEPTED, "1");
  assert_judged (number, "9", FOYER_ANSWER_ACCEPTED, "9");
  assert_judged (number, "2.5", FOYER_ANSWER_ACCEPTED, "2.5");
  assert_judged (number, "\"0.99\"", FOYER_ANSWER_REJECTED, NULL);
  assert_judged (number, "\"9.01\"", FOYER_ANSWER_REJECTED, NULL);
  assert_judged (number, "\"NaN\"", FOYER_ANSWER_REJECTED, NULL);

  date->valid_date_min = g_strdup ("2030-01-01");
  date->valid_date_max = g_strdup ("2030-12-31");
  assert_judged (date, "\"2030-12-31\"", FOYER_ANSWER_ACCEPTED, "2030-12-31");
  assert_judged (date, "\"2029-12-31\"", FOYER_ANSWER_REJECTED, NULL);
  assert_judged (date, "\"2031-01-01\"", FOYER_ANSWER_REJECTED, NULL);

  moment->valid_datetime_min = g_strdup ("2030-01-01T00:00:00+01:00");
  assert_judged (moment, "\"2030-01-01 00:00\"", FOYER_ANSWER_ACCEPTED,
                 "2030-01-01 00:00:00+01:00");
  assert_judged (moment, "\"2029-12-31T22:59:59Z\"", FOYER_ANSWER_REJECTED, NULL);

  text->valid_string_length_max = 3;
  assert_judged (text, "\"äöü\"", FOYER_ANSWER_ACCEPTED, "äöü");
  assert_judged (text, "\"äöüß\"", FOYER_ANSWER_REJECTED, NULL);
}

static void
test_shapes (void)
{
  static const char *const types[] = { "N", "S", "T", "B",  "C",   "M", "F",
                                       "D", "H", "W", "CC", "TEL", "?" };
  static const char *const empty[] = { "null", "\"\"", "0", "0.0", "false", "[]", "{}" };
  static const char *const odd[] = { "[[1]]", "{\"a\": 1}", "[null]", "[{}]", "[\"x\", [\"y\"]]" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (FoyerQuestion) required = make_question (1, types[i], TRUE);
      g_autoptr (FoyerQuestion) optional = make_question (2, types[i], FALSE);

      for (gsize k = 0; k < G_N_ELEMENTS (empty); k++)
        {
          assert_judged (required, empty[k], FOYER_ANSWER_REJECTED, NULL);
          assert_judged (optional, empty[k], FOYER_ANSWER_EMPTY,
                         strcmp (types[i], "B") == 0 ? "False" : "None");
        }
      for (gsize k = 0; k < G_N_ELEMENTS (odd); k++)
        assert_judged (required, odd[k], FOYER_ANSWER_REJECTED, NULL);
    }
}

static void
test_open (void)
{
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_question_unref);
  g_autoptr (GTimeZone) zone = foyer_time_zone_new ("Europe/Berlin");
  static const struct
  {
    const char *answers;
    guint open;
    guint open_at_service;
    guint stored;
  } cases[] = {
    { NULL, 3, 3, 0 },
    { "", 3, 3, 0 },
    { "no JSON", 3, 3, 0 },
    { "[1]", 3, 3, 0 },
    { "{}", 3, 3, 0 },
    { "{\"1\": \"Ada\"}", 2, 2, 1 },
    { "{\"1\": \"Ada\", \"2\": \"\"}", 1, 1, 1 },
    { "{\"1\": \"Ada\", \"2\": \"\", \"3\": \"\"}", 1, 0, 1 },
    { "{\"1\": \"Ada\", \"3\": \"file:1\", \"4\": \"x\", \"9\": \"x\"}", 2, 2, 1 },
  };
  FoyerQuestion *not_asked = make_question (4, "S", TRUE);
  g_autofree char *deep = NULL;
  GString *brackets = g_string_new ("{\"1\": ");

  not_asked->ask_during_checkin = FALSE;
  g_ptr_array_add (questions, make_question (1, "S", TRUE));
  g_ptr_array_add (questions, make_question (2, "S", FALSE));
  g_ptr_array_add (questions, make_question (3, "F", TRUE));
  g_ptr_array_add (questions, not_asked);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) open = foyer_questions_find_open (questions, 1, NULL, cases[i].answers,
                                                              zone, FALSE);
      g_autoptr (GPtrArray) at_service = foyer_questions_find_open (questions, 1, NULL,
                                                                    cases[i].answers, zone, TRUE);
      g_autoptr (GPtrArray) stored = foyer_questions_find_stored (questions, 1, NULL,
                                                                  cases[i].answers, zone);
      g_autoptr (GPtrArray) other_product = foyer_questions_find_open (
          questions, 2, NULL, cases[i].answers, zone, FALSE);

      g_assert_cmpuint (open->len, ==, cases[i].open);
      g_assert_cmpuint (at_service->len, ==, cases[i].open_at_service);
      g_assert_cmpuint (stored->len, ==, cases[i].stored);
      g_assert_cmpuint (other_product->len, ==, 0);
    }

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (brackets, '[');
  deep = g_string_free (brackets, FALSE);
  {
    g_autoptr (GPtrArray) open = foyer_questions_find_open (questions, 1, NULL, deep, zone, FALSE);

    g_assert_cmpuint (open->len, ==, 3);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/questions/numbers", test_numbers);
  g_test_add_func ("/questions/times", test_times);
  g_test_add_func ("/questions/countries", test_countries);
  g_test_add_func ("/questions/limits", test_limits);
  g_test_add_func ("/questions/shapes", test_shapes);
  g_test_add_func ("/questions/open", test_open);
  return g_test_run ();
}
