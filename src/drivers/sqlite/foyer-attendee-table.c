/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tickets. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-attendee-table.h"

#include "foyer-answer-table.h"
#include "foyer-check-in-table.h"
#include "foyer-record.h"
#include "foyer-mirror-row.h"
#include "foyer-tally-table.h"
#include "foyer-trigram-table.h"
#include "foyer-words.h"

static const char insert_sql[]
    = "INSERT INTO attendee (row, orders, positionid, product, variation, subevent, standing, "
      "canceled, blocked, addon_to, valid_from, valid_until, secret, name, email, company, "
      "pseudonymization_id, sort_key, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
      "?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19) ON CONFLICT (row) DO NOTHING";
static const char update_sql[]
    = "UPDATE attendee SET orders = ?2, positionid = ?3, product = ?4, variation = ?5, "
      "subevent = ?6, standing = ?7, canceled = ?8, blocked = ?9, addon_to = ?10, valid_from = "
      "?11, "
      "valid_until = ?12, secret = ?13, name = ?14, email = ?15, company = ?16, "
      "pseudonymization_id = ?17, sort_key = ?18, words = ?19 WHERE row = ?1";
static const char load_texts_sql[] = "SELECT words, secret, name, email, company, "
                                     "pseudonymization_id FROM attendee WHERE row = ?1";
static const char words_sql[] = "SELECT words FROM attendee WHERE row = ?1";
static const char delete_sql[] = "DELETE FROM attendee WHERE row = ?1";
static const char of_order_sql[] = "SELECT row FROM attendee WHERE orders = ?1";
static const char other_standing_sql[] = "SELECT row FROM attendee WHERE orders = ?1 AND standing "
                                         "<> CASE WHEN canceled THEN 0 ELSE ?2 END";
static const char standing_sql[]
    = "UPDATE attendee SET standing = CASE WHEN canceled THEN 0 ELSE ?2 END WHERE row = ?1";

/**
 * foyer_attendee_table_get_standing:
 * @order: an order
 * @canceled: whether the ticket is canceled by itself
 *
 * Returns: whether lists count the ticket: 0 no, 1 where pending ones count, 2 yes
 */
int
foyer_attendee_table_get_standing (const FoyerOrder *order, gboolean canceled)
{
  if (canceled)
    return 0;

  switch (order->status)
    {
    case FOYER_ORDER_PAID:
      return 2;
    case FOYER_ORDER_PENDING:
      return order->valid_if_pending ? 2 : 1;
    case FOYER_ORDER_EXPIRED:
    case FOYER_ORDER_CANCELED:
      return 0;
    }

  return 0;
}

static int
write_row (FoyerDatabase *db,
           const char *sql,
           gint64 row,
           gint64 order_row,
           const FoyerOrder *order,
           const FoyerAttendee *attendee,
           const char *sort_key,
           const char *words,
           GError **error)
{
  if (!foyer_database_run (
          db, sql, error, "iiiiiidbbittsssssss", row, order_row, attendee->positionid,
          attendee->product, attendee->variation, attendee->subevent,
          foyer_attendee_table_get_standing (order, attendee->canceled), attendee->canceled,
          attendee->blocked, attendee->addon_to, attendee->valid_from, attendee->valid_until,
          attendee->secret, attendee->name, attendee->email, attendee->company,
          attendee->pseudonymization_id, sort_key, words))
    return -1;

  return sqlite3_changes (foyer_database_get_handle (db));
}

/* What an answer does not say stays as it was. */
static void
fill_in (FoyerAttendee *attendee, FoyerStatement *before)
{
  char **fields[] = { &attendee->secret, &attendee->name, &attendee->email, &attendee->company,
                      &attendee->pseudonymization_id };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (*fields[i] == NULL)
      *fields[i] = foyer_statement_dup_text (before, (int)i + 1);
}

static gboolean
update (FoyerDatabase *db,
        gint64 row,
        gint64 order_row,
        const FoyerOrder *order,
        const char *order_words,
        FoyerAttendee *attendee,
        FoyerAttendeeWrite how,
        GError **error)
{
  g_autoptr (FoyerAttendee) merged = NULL;
  g_autofree char *words = NULL;
  g_autofree char *sort_key = NULL;
  g_autofree char *words_before = NULL;

  {
    g_autoptr (FoyerStatement) before = foyer_database_query (db, load_texts_sql, error, "i", row);

    if (before == NULL || foyer_database_step (db, before, error) < 0)
      return FALSE;

    words_before = foyer_statement_dup_text (before, 0);
    merged = foyer_attendee_new ();
    merged->positionid = attendee->positionid;
    merged->product = attendee->product;
    merged->variation = attendee->variation;
    merged->subevent = attendee->subevent;
    merged->canceled = attendee->canceled;
    merged->blocked = attendee->blocked;
    merged->valid_from = attendee->valid_from;
    merged->valid_until = attendee->valid_until;
    merged->addon_to = attendee->addon_to;
    merged->secret = g_strdup (attendee->secret);
    merged->name = g_strdup (attendee->name);
    merged->email = g_strdup (attendee->email);
    merged->company = g_strdup (attendee->company);
    merged->pseudonymization_id = g_strdup (attendee->pseudonymization_id);
    if (how == FOYER_ATTENDEE_ANSWER)
      fill_in (merged, before);
  }

  words = foyer_words_of_attendee (merged, order, order_words);
  sort_key = foyer_words_sort_key (merged->name);
  if (g_strcmp0 (words, words_before) != 0
      && (!foyer_trigram_table_remove (db, row, words_before != NULL ? words_before : "", error)
          || !foyer_trigram_table_add (db, row, error)))
    return FALSE;

  return write_row (db, update_sql, row, order_row, order, merged, sort_key, words, error) >= 0;
}

/**
 * foyer_attendee_table_put:
 * @db: the mirror
 * @source: the connection's key
 * @order_row: row of its order
 * @order: its order, for the status
 * @order_words: what foyer_words_of_order() made of it
 * @attendee: the ticket; its check-ins and answers are not written here
 * @how: how far it is to be believed
 * @is_new: (out): whether it was not there before
 * @error: return location
 *
 * The ticket is out of the counts after this: the caller writes its check-ins and then counts it
 * (foyer_tally_table_add()).
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_attendee_table_put (FoyerDatabase *db,
                          gint64 source,
                          gint64 order_row,
                          const FoyerOrder *order,
                          const char *order_words,
                          FoyerAttendee *attendee,
                          FoyerAttendeeWrite how,
                          gboolean *is_new,
                          GError **error)
{
  gint64 row = foyer_mirror_row_make (source, attendee->id);
  g_autofree char *words = NULL;
  g_autofree char *sort_key = NULL;
  int inserted;

  if (!foyer_record_check_id (attendee->id, error))
    return FALSE;

  words = foyer_words_of_attendee (attendee, order, order_words);
  sort_key = foyer_words_sort_key (attendee->name);
  inserted = write_row (db, insert_sql, row, order_row, order, attendee, sort_key, words, error);
  if (inserted < 0)
    return FALSE;

  *is_new = inserted > 0;
  if (*is_new)
    return foyer_trigram_table_add (db, row, error);

  return foyer_tally_table_remove (db, row, error)
         && update (db, row, order_row, order, order_words, attendee, how, error);
}

/**
 * foyer_attendee_table_delete:
 * @db: the mirror
 * @row: a ticket's row
 * @error: return location
 *
 * Deletes a ticket with all that hangs on it.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_attendee_table_delete (FoyerDatabase *db, gint64 row, GError **error)
{
  g_autofree char *words = NULL;

  {
    g_autoptr (FoyerStatement) before = foyer_database_query (db, words_sql, error, "i", row);
    int more = before != NULL ? foyer_database_step (db, before, error) : -1;

    if (more <= 0)
      return more == 0;
    words = foyer_statement_dup_text (before, 0);
  }

  return foyer_tally_table_remove (db, row, error)
         && foyer_trigram_table_remove (db, row, words, error)
         && foyer_check_in_table_delete (db, row, error)
         && foyer_answer_table_delete (db, row, error)
         && foyer_database_run (db, delete_sql, error, "i", row);
}

/* All numbers first: what is written then may not disturb the reading. */
static GArray *
read_rows (FoyerDatabase *db, FoyerStatement *statement, GError **error)
{
  g_autoptr (FoyerStatement) row = statement;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      gint64 number = sqlite3_column_int64 (row, 0);

      g_array_append_val (rows, number);
    }

  return more == 0 ? g_steal_pointer (&rows) : NULL;
}

static gboolean
is_kept (GPtrArray *kept, gint64 id)
{
  for (guint i = 0; kept != NULL && i < kept->len; i++)
    if (((FoyerAttendee *)g_ptr_array_index (kept, i))->id == id)
      return TRUE;

  return FALSE;
}

/**
 * foyer_attendee_table_delete_others:
 * @db: the mirror
 * @source: the connection's key
 * @order_row: an order's row
 * @kept: (nullable) (element-type FoyerAttendee): the tickets it has
 * @error: return location
 *
 * Deletes the tickets that an order has no longer.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_attendee_table_delete_others (FoyerDatabase *db,
                                    gint64 source,
                                    gint64 order_row,
                                    GPtrArray *kept,
                                    GError **error)
{
  g_autoptr (GArray) rows = read_rows (
      db, foyer_database_query (db, of_order_sql, error, "i", order_row), error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);

      if (!is_kept (kept, foyer_mirror_row_get_id (row))
          && !foyer_attendee_table_delete (db, row, error))
        return FALSE;
    }

  return rows != NULL;
}

/**
 * foyer_attendee_table_set_standing:
 * @db: the mirror
 * @order_row: an order's row
 * @order: what it is now
 * @error: return location
 *
 * Lets all tickets of an order follow its status.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_attendee_table_set_standing (FoyerDatabase *db,
                                   gint64 order_row,
                                   const FoyerOrder *order,
                                   GError **error)
{
  int standing = foyer_attendee_table_get_standing (order, FALSE);
  g_autoptr (GArray) rows = read_rows (
      db, foyer_database_query (db, other_standing_sql, error, "id", order_row, standing), error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);

      if (!foyer_tally_table_remove (db, row, error)
          || !foyer_database_run (db, standing_sql, error, "id", row, standing)
          || !foyer_tally_table_add (db, row, error))
        return FALSE;
    }

  return rows != NULL;
}

/**
 * foyer_attendee_table_read:
 * @row: a statement with a row that has %FOYER_ATTENDEE_COLUMNS
 * @first: the first of them
 *
 * Returns: (transfer full): the ticket, without check-ins and answers
 */
FoyerAttendee *
foyer_attendee_table_read (FoyerStatement *row, int first)
{
  FoyerAttendee *attendee = foyer_attendee_new ();

  attendee->id = foyer_mirror_row_get_id (sqlite3_column_int64 (row, first));
  attendee->positionid = sqlite3_column_int64 (row, first + 1);
  attendee->order = foyer_statement_dup_text (row, first + 2);
  attendee->product = sqlite3_column_int64 (row, first + 3);
  attendee->variation = sqlite3_column_int64 (row, first + 4);
  attendee->subevent = sqlite3_column_int64 (row, first + 5);
  attendee->secret = foyer_statement_dup_text (row, first + 6);
  attendee->name = foyer_statement_dup_text (row, first + 7);
  attendee->email = foyer_statement_dup_text (row, first + 8);
  attendee->company = foyer_statement_dup_text (row, first + 9);
  attendee->canceled = sqlite3_column_int (row, first + 10);
  attendee->blocked = sqlite3_column_int (row, first + 11);
  attendee->valid_from = foyer_statement_get_time (row, first + 12);
  attendee->valid_until = foyer_statement_get_time (row, first + 13);
  attendee->addon_to = sqlite3_column_int64 (row, first + 14);
  attendee->pseudonymization_id = foyer_statement_dup_text (row, first + 15);
  attendee->check_ins = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_check_in_unref);
  attendee->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_answer_unref);
  return attendee;
}
