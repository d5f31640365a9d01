/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was recorded here, sought as people are: by the beginnings of words, folded. A desk records thousands of commands, not
 * hundreds of thousands, so they are looked through, newest first, and need no index. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-command-search.h"

#include "foyer-command-table.h"
#include "foyer-reason-count.h"
#include "foyer-text.h"

#define COLUMNS                                                                                    \
  "row, json_extract (arguments, '$.name'), json_extract (arguments, '$.product'), "               \
  "json_extract (arguments, '$.order'), json_extract (arguments, '$.secret'), "                    \
  "json_extract (arguments, '$.refusal')"

enum
{
  COLUMN_ROW,
  COLUMN_FIRST_TEXT,
  COLUMN_LAST_TEXT = 4,
  COLUMN_REFUSAL,
};

static FoyerStatement *
query (FoyerDatabase *db, FoyerQuerySpec *spec, const char *columns, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  g_string_append_printf (sql,
                          "%s FROM command WHERE (?1 IS NULL OR connection = ?1) "
                          "AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR created >= ?3)",
                          columns);
  foyer_command_table_append_states (sql, spec->states);
  g_string_append (sql, " ORDER BY row DESC");
  return foyer_database_query (
      db, g_intern_string (sql->str), error, "sst", spec->connection,
      spec->command_kind >= 0 ? foyer_command_kind_to_word ((FoyerCommandKind)spec->command_kind)
                              : NULL,
      spec->since);
}

static gboolean
has_word (char **words, const char *beginning)
{
  for (char **word = words; *word != NULL; word++)
    if (g_str_has_prefix (*word, beginning))
      return TRUE;
  return FALSE;
}

/* Each word that is sought begins some word of what the command is about. */
static gboolean
matches (FoyerStatement *row, char **sought)
{
  g_autoptr (GString) text = NULL;
  g_auto (GStrv) words = NULL;

  if (*sought == NULL)
    return TRUE;

  text = g_string_new (NULL);
  for (int column = COLUMN_FIRST_TEXT; column <= COLUMN_LAST_TEXT; column++)
    {
      g_autofree char *part = foyer_statement_dup_text (row, column);

      if (part != NULL)
        g_string_append_printf (text, "%s ", part);
    }
  words = foyer_text_fold_words (text->str);
  for (char **word = sought; *word != NULL; word++)
    if (!has_word (words, *word))
      return FALSE;
  return TRUE;
}

/**
 * foyer_command_search_find:
 * @db: the journal
 * @spec: a question about commands
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the rows, newest first, or %NULL with an
 *   error
 */
GArray *
foyer_command_search_find (FoyerDatabase *db, FoyerQuerySpec *spec, GError **error)
{
  g_auto (GStrv) sought = foyer_text_fold_words (spec->text);
  g_autoptr (FoyerStatement) row = query (db, spec, *sought != NULL ? COLUMNS : "row", error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  int more = 0;

  if (row == NULL)
    return NULL;

  while ((spec->limit == 0 || rows->len < spec->limit)
         && (more = foyer_database_step (db, row, error)) > 0)
    {
      gint64 number = sqlite3_column_int64 (row, COLUMN_ROW);

      if (matches (row, sought))
        g_array_append_val (rows, number);
    }

  return more >= 0 ? g_steal_pointer (&rows) : NULL;
}

static FoyerReasonCount *
get_count (GPtrArray *counts, const char *reason)
{
  FoyerReasonCount *count;

  for (guint i = 0; i < counts->len; i++)
    {
      count = g_ptr_array_index (counts, i);
      if (g_str_equal (count->reason, reason))
        return count;
    }

  count = foyer_reason_count_new (reason);
  g_ptr_array_add (counts, count);
  return count;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const FoyerReasonCount *one = *(const FoyerReasonCount *const *)a;
  const FoyerReasonCount *other = *(const FoyerReasonCount *const *)b;

  if (one->n != other->n)
    return one->n < other->n ? 1 : -1;
  return g_strcmp0 (one->reason, other->reason);
}

/**
 * foyer_command_search_count_reasons:
 * @db: the journal
 * @spec: a question about commands
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerReasonCount): of those found that are refusals, why; the most
 *   frequent reason first
 */
GPtrArray *
foyer_command_search_count_reasons (FoyerDatabase *db, FoyerQuerySpec *spec, GError **error)
{
  g_auto (GStrv) sought = foyer_text_fold_words (spec->text);
  g_autoptr (FoyerStatement) row = query (db, spec, COLUMNS, error);
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_reason_count_unref);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      g_autofree char *reason = foyer_statement_dup_text (row, COLUMN_REFUSAL);

      if (reason != NULL && matches (row, sought))
        get_count (counts, reason)->n++;
    }
  if (more < 0)
    return NULL;

  g_ptr_array_sort (counts, compare);
  return g_steal_pointer (&counts);
}
