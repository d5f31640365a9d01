/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers to questions. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-answer-table.h"

#include "foyer-record.h"

static const char insert_sql[] = "INSERT OR REPLACE INTO answer (attendee, question, answer, "
                                 "options) VALUES (?1, ?2, ?3, ?4)";
static const char delete_sql[] = "DELETE FROM answer WHERE attendee = ?1";
static const char load_sql[]
    = "SELECT question, answer, options FROM answer WHERE attendee = ?1 ORDER BY question";

/**
 * foyer_answer_table_insert:
 * @db: the mirror
 * @attendee_row: whose
 * @answers: (nullable) (element-type FoyerAnswer): answers
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_answer_table_insert (FoyerDatabase *db,
                           gint64 attendee_row,
                           GPtrArray *answers,
                           GError **error)
{
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      const FoyerAnswer *answer = g_ptr_array_index (answers, i);
      g_autofree char *options = foyer_ids_to_text (answer->options);

      if (!foyer_database_run (db, insert_sql, error, "iiss", attendee_row, answer->question,
                               answer->answer, options))
        return FALSE;
    }

  return TRUE;
}

/**
 * foyer_answer_table_delete:
 * @db: the mirror
 * @attendee_row: whose
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_answer_table_delete (FoyerDatabase *db, gint64 attendee_row, GError **error)
{
  return foyer_database_run (db, delete_sql, error, "i", attendee_row);
}

/**
 * foyer_answer_table_load:
 * @db: the mirror
 * @attendee_row: whose
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerAnswer): the answers, or %NULL with an error
 */
GPtrArray *
foyer_answer_table_load (FoyerDatabase *db, gint64 attendee_row, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_sql, error, "i", attendee_row);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_answer_unref);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerAnswer *answer = foyer_answer_new ();

      answer->question = sqlite3_column_int64 (row, 0);
      answer->answer = foyer_statement_dup_text (row, 1);
      if (sqlite3_column_type (row, 2) != SQLITE_NULL)
        answer->options = foyer_ids_from_text ((const char *)sqlite3_column_text (row, 2));
      g_ptr_array_add (answers, answer);
    }

  return more == 0 ? g_steal_pointer (&answers) : NULL;
}
