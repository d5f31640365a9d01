/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions and their choices. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-question-table.h"

#include "foyer-digest.h"
#include "foyer-mirror-row.h"

#define COLUMNS                                                                                    \
  "identifier, question, help_text, type, required, ask_during_checkin, show_during_checkin, "     \
  "hidden, products, valid_number_min, valid_number_max, valid_date_min, valid_date_max, "         \
  "valid_datetime_min, valid_datetime_max, valid_string_length_max, position"

static const FoyerRecordSql question_record_sql = FOYER_RECORD_SQL ("question");

static const char put_sql[]
    = "INSERT OR REPLACE INTO question (row, run, digest, " COLUMNS
      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
      "?19, ?20)";
static const char load_asked_sql[]
    = "SELECT row, " COLUMNS " FROM question WHERE row >= ?1 AND row < ?2 AND ask_during_checkin "
      "AND instr (',' || products || ',', ',' || ?3 || ',') > 0 ORDER BY position, row";
static const char delete_options_sql[] = "DELETE FROM question_option WHERE question = ?1";
static const char put_option_sql[]
    = "INSERT OR REPLACE INTO question_option (row, question, identifier, answer, position) "
      "VALUES (?1, ?2, ?3, ?4, ?5)";
static const char load_options_sql[]
    = "SELECT row, identifier, answer, position FROM question_option WHERE question = ?1 "
      "ORDER BY position, row";
static const char sweep_options_sql[]
    = "DELETE FROM question_option WHERE row >= ?1 AND row < ?2 AND question NOT IN "
      "(SELECT row FROM question)";

static guint64
digest_options (GPtrArray *options)
{
  guint64 digest = foyer_digest_begin ();

  for (guint i = 0; options != NULL && i < options->len; i++)
    {
      const FoyerQuestionOption *option = g_ptr_array_index (options, i);

      digest = foyer_digest_int (digest, option->id);
      digest = foyer_digest_text (digest, option->identifier);
      digest = foyer_digest_text (digest, option->answer);
      digest = foyer_digest_int (digest, option->position);
    }

  return digest;
}

/**
 * foyer_question_table_put:
 * @db: the mirror
 * @source: the connection's key
 * @run: the run that brings it
 * @question: the question with its choices
 * @fate: (out): what became of it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_question_table_put (FoyerDatabase *db,
                          gint64 source,
                          gint64 run,
                          FoyerQuestion *question,
                          FoyerRecordFate *fate,
                          GError **error)
{
  gint64 row = foyer_mirror_row_make (source, question->id);
  g_autofree char *products = foyer_ids_to_text (question->products);
  g_autoptr (FoyerStatement) insert = NULL;

  if (!foyer_record_check_id (question->id, error))
    return FALSE;

  insert = foyer_database_query (
      db, put_sql, error, "dddssssbbbbsssssssdd", 0, 0, 0, question->identifier, question->question,
      question->help_text, question->type, question->required, question->ask_during_checkin,
      question->show_during_checkin, question->hidden, products, question->valid_number_min,
      question->valid_number_max, question->valid_date_min, question->valid_date_max,
      question->valid_datetime_min, question->valid_datetime_max, question->valid_string_length_max,
      question->position);
  if (insert == NULL
      || !foyer_record_put (db, &question_record_sql, insert, row, run,
                            digest_options (question->options), fate, error))
    return FALSE;

  if (*fate == FOYER_RECORD_UNCHANGED)
    return TRUE;

  if (!foyer_database_run (db, delete_options_sql, error, "i", row))
    return FALSE;
  for (guint i = 0; question->options != NULL && i < question->options->len; i++)
    {
      const FoyerQuestionOption *option = g_ptr_array_index (question->options, i);

      if (!foyer_record_check_id (option->id, error)
          || !foyer_database_run (db, put_option_sql, error, "iissd",
                                  foyer_mirror_row_make (source, option->id), row,
                                  option->identifier, option->answer, option->position))
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
load_options (FoyerDatabase *db, gint64 question_row, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_options_sql, error, "i",
                                                         question_row);
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_question_option_unref);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerQuestionOption *option = foyer_question_option_new ();

      option->id = foyer_mirror_row_get_id (sqlite3_column_int64 (row, 0));
      option->identifier = foyer_statement_dup_text (row, 1);
      option->answer = foyer_statement_dup_text (row, 2);
      option->position = sqlite3_column_int (row, 3);
      g_ptr_array_add (options, option);
    }

  return more == 0 ? g_steal_pointer (&options) : NULL;
}

static FoyerQuestion *
read_row (FoyerDatabase *db, FoyerStatement *row, GError **error)
{
  g_autoptr (FoyerQuestion) question = foyer_question_new ();
  gint64 number = sqlite3_column_int64 (row, 0);

  question->id = foyer_mirror_row_get_id (number);
  question->identifier = foyer_statement_dup_text (row, 1);
  question->question = foyer_statement_dup_text (row, 2);
  question->help_text = foyer_statement_dup_text (row, 3);
  question->type = foyer_statement_dup_text (row, 4);
  question->required = sqlite3_column_int (row, 5);
  question->ask_during_checkin = sqlite3_column_int (row, 6);
  question->show_during_checkin = sqlite3_column_int (row, 7);
  question->hidden = sqlite3_column_int (row, 8);
  question->products = foyer_ids_from_text ((const char *)sqlite3_column_text (row, 9));
  question->valid_number_min = foyer_statement_dup_text (row, 10);
  question->valid_number_max = foyer_statement_dup_text (row, 11);
  question->valid_date_min = foyer_statement_dup_text (row, 12);
  question->valid_date_max = foyer_statement_dup_text (row, 13);
  question->valid_datetime_min = foyer_statement_dup_text (row, 14);
  question->valid_datetime_max = foyer_statement_dup_text (row, 15);
  question->valid_string_length_max = sqlite3_column_int (row, 16);
  question->position = sqlite3_column_int (row, 17);
  question->options = load_options (db, number, error);
  return question->options != NULL ? g_steal_pointer (&question) : NULL;
}

/**
 * foyer_question_table_load_asked:
 * @db: the mirror
 * @source: the connection's key
 * @product: id of a product
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerQuestion): what is asked of the product at the
 *   door, in the service's order, or %NULL with an error
 */
GPtrArray *
foyer_question_table_load_asked (FoyerDatabase *db, gint64 source, gint64 product, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_asked_sql, error, "iii",
                                                         foyer_mirror_row_begin (source),
                                                         foyer_mirror_row_end (source), product);
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_question_unref);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerQuestion *question = read_row (db, row, error);

      if (question == NULL)
        return NULL;
      g_ptr_array_add (questions, question);
    }

  return more == 0 ? g_steal_pointer (&questions) : NULL;
}

/**
 * foyer_question_table_sweep_options:
 * @db: the mirror
 * @source: the connection's key
 * @error: return location
 *
 * Deletes the choices of questions that were swept away.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_question_table_sweep_options (FoyerDatabase *db, gint64 source, GError **error)
{
  return foyer_database_run (db, sweep_options_sql, error, "ii", foyer_mirror_row_begin (source),
                             foyer_mirror_row_end (source));
}

/**
 * foyer_question_table_get_sql:
 *
 * Returns: (transfer none): what the table has in common with others
 */
const FoyerRecordSql *
foyer_question_table_get_sql (void)
{
  return &question_record_sql;
}
