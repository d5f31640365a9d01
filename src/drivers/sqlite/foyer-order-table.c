/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders, with the tickets that come inside of them. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-order-table.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-answer-table.h"
#include "foyer-attendee-table.h"
#include "foyer-check-in-table.h"
#include "foyer-error.h"
#include "foyer-order-digest.h"
#include "foyer-mirror-row.h"
#include "foyer-tally-table.h"
#include "foyer-words.h"

static const char find_sql[] = "SELECT row, digest FROM orders WHERE source = ?1 AND code = ?2";
static const char put_sql[]
    = "INSERT INTO orders (source, code, run, digest, status, require_approval, valid_if_pending, "
      "testmode, attention, checkin_text, email, phone, name, company, locale, total, datetime, "
      "expires, last_modified) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
      "?14, "
      "?15, ?16, ?17, ?18, ?19)";
static const char update_sql[]
    = "UPDATE orders SET run = ?3, digest = ?4, status = ?5, require_approval = ?6, "
      "valid_if_pending = ?7, testmode = ?8, attention = ?9, checkin_text = ?10, email = ?11, "
      "phone = ?12, name = ?13, company = ?14, locale = ?15, total = ?16, datetime = ?17, "
      "expires = ?18, last_modified = ?19 WHERE source = ?1 AND code = ?2";
static const char run_sql[] = "UPDATE orders SET run = ?2 WHERE row = ?1 AND run <> ?2";
static const char touch_sql[] = "UPDATE orders SET digest = 0 WHERE row = ?1";
static const char apply_sql[]
    = "UPDATE orders SET digest = 0, status = ?2, require_approval = ?3, valid_if_pending = ?4 "
      "WHERE row = ?1";
static const char put_document_sql[]
    = "INSERT OR REPLACE INTO order_document (orders, document) VALUES (?1, ?2)";
static const char delete_document_sql[] = "DELETE FROM order_document WHERE orders = ?1";
static const char load_sql[] = "SELECT o.row, " FOYER_ORDER_COLUMNS
                               " FROM orders o WHERE o.source = ?1 AND o.code = ?2";
static const char delete_sql[] = "DELETE FROM orders WHERE row = ?1";
static const char stale_sql[]
    = "SELECT row FROM orders WHERE source = ?1 AND run <> ?2 AND row > ?3 ORDER BY row LIMIT 256";

static gboolean
check (const FoyerOrder *order, GError **error)
{
  if (order->code != NULL && *order->code != '\0')
    return TRUE;

  foyer_error_set (error, FOYER_ERROR_PROTOCOL, "an order without a code",
                   _ ("The service sent a record that cannot be stored."));
  return FALSE;
}

static gboolean
find (FoyerDatabase *db,
      gint64 source,
      const char *code,
      gint64 *row,
      gint64 *digest,
      GError **error)
{
  g_autoptr (FoyerStatement) found = foyer_database_query (db, find_sql, error, "is", source, code);
  int more = found != NULL ? foyer_database_step (db, found, error) : -1;

  if (more < 0)
    return FALSE;

  *row = more == 1 ? sqlite3_column_int64 (found, 0) : 0;
  *digest = more == 1 ? sqlite3_column_int64 (found, 1) : 0;
  return TRUE;
}

static gboolean
write_row (FoyerDatabase *db,
           const char *sql,
           gint64 source,
           gint64 run,
           gint64 digest,
           const FoyerOrder *order,
           GError **error)
{
  return foyer_database_run (db, sql, error, "isiisbbbbsssssssttt", source, order->code, run,
                             digest, foyer_order_status_to_code (order->status),
                             order->require_approval, order->valid_if_pending, order->testmode,
                             order->attention, order->checkin_text, order->email, order->phone,
                             order->name, order->company, order->locale, order->total,
                             order->datetime, order->expires, order->last_modified);
}

static gboolean
put_attendee (FoyerDatabase *db,
              gint64 source,
              gint64 order_row,
              const FoyerOrder *order,
              const char *order_words,
              FoyerTime generated,
              FoyerAttendee *attendee,
              GError **error)
{
  gint64 row = foyer_mirror_row_make (source, attendee->id);
  gboolean is_new;

  if (!foyer_attendee_table_put (db, source, order_row, order, order_words, attendee,
                                 FOYER_ATTENDEE_WHOLE, &is_new, error))
    return FALSE;

  if (!is_new)
    return foyer_check_in_table_replace (db, row, 0, attendee->check_ins, generated, error)
           && foyer_answer_table_delete (db, row, error)
           && foyer_answer_table_insert (db, row, attendee->answers, error)
           && foyer_tally_table_add (db, row, error);

  for (guint i = 0; attendee->check_ins != NULL && i < attendee->check_ins->len; i++)
    if (!foyer_check_in_table_insert (db, row, g_ptr_array_index (attendee->check_ins, i), error))
      return FALSE;
  return foyer_answer_table_insert (db, row, attendee->answers, error)
         && foyer_tally_table_add (db, row, error);
}

/**
 * foyer_order_table_put:
 * @db: the mirror
 * @source: the connection's key
 * @run: the run that brings it
 * @whole: whether the run will sweep away what it does not bring
 * @generated: service's time of the page, or %FOYER_TIME_NONE
 * @order: the order, whole
 * @fate: (out): what became of it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_order_table_put (FoyerDatabase *db,
                       gint64 source,
                       gint64 run,
                       gboolean whole,
                       FoyerTime generated,
                       FoyerOrder *order,
                       FoyerRecordFate *fate,
                       GError **error)
{
  gint64 digest, digest_before, row;
  g_autofree char *words = NULL;

  if (!check (order, error) || !find (db, source, order->code, &row, &digest_before, error))
    return FALSE;

  digest = foyer_order_digest (order);
  if (row != 0 && digest == digest_before)
    {
      *fate = FOYER_RECORD_UNCHANGED;
      return !whole || foyer_database_run (db, run_sql, error, "ii", row, run);
    }

  *fate = row != 0 ? FOYER_RECORD_CHANGED : FOYER_RECORD_NEW;
  if (!write_row (db, row != 0 ? update_sql : put_sql, source, run, digest, order, error))
    return FALSE;
  if (row == 0)
    row = sqlite3_last_insert_rowid (foyer_database_get_handle (db));
  else if (!foyer_attendee_table_delete_others (db, source, row, order->attendees, error))
    return FALSE;

  if (order->document != NULL
          ? !foyer_database_run (db, put_document_sql, error, "is", row, order->document)
          : *fate == FOYER_RECORD_CHANGED
                && !foyer_database_run (db, delete_document_sql, error, "i", row))
    return FALSE;

  words = foyer_words_of_order (order);
  for (guint i = 0; order->attendees != NULL && i < order->attendees->len; i++)
    if (!put_attendee (db, source, row, order, words, generated,
                       g_ptr_array_index (order->attendees, i), error))
      return FALSE;

  return TRUE;
}

/**
 * foyer_order_table_delete:
 * @db: the mirror
 * @row: an order's row
 * @error: return location
 *
 * Deletes an order with its tickets.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_order_table_delete (FoyerDatabase *db, gint64 row, GError **error)
{
  return foyer_attendee_table_delete_others (db, 0, row, NULL, error)
         && foyer_database_run (db, delete_document_sql, error, "i", row)
         && foyer_database_run (db, delete_sql, error, "i", row);
}

/**
 * foyer_order_table_sweep:
 * @db: the mirror
 * @source: the connection's key
 * @run: the whole run that has ended
 * @deleted: (out): orders that it did not bring
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_order_table_sweep (FoyerDatabase *db,
                         gint64 source,
                         gint64 run,
                         gint64 *deleted,
                         GError **error)
{
  gint64 last = 0;
  g_autoptr (GArray) stale = g_array_new (FALSE, FALSE, sizeof (gint64));

  *deleted = 0;
  do
    {
      g_autoptr (FoyerStatement) row = foyer_database_query (db, stale_sql, error, "iii", source,
                                                             run, last);
      int more;

      if (row == NULL)
        return FALSE;

      g_array_set_size (stale, 0);
      while ((more = foyer_database_step (db, row, error)) > 0)
        {
          last = sqlite3_column_int64 (row, 0);
          g_array_append_val (stale, last);
        }
      if (more < 0)
        return FALSE;
      sqlite3_reset (row);

      for (guint i = 0; i < stale->len; i++)
        if (!foyer_order_table_delete (db, g_array_index (stale, gint64, i), error))
          return FALSE;
      *deleted += stale->len;
    }
  while (stale->len > 0);

  return TRUE;
}

/**
 * foyer_order_table_apply:
 * @db: the mirror
 * @source: the connection's key
 * @answer: what the answer to a step says of the order
 * @row: (out): its row
 * @order: (out) (transfer full): what the store has of it now
 * @error: return location
 *
 * Writes what an answer says; an order that the store did not have is made as far as it is known.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_order_table_apply (FoyerDatabase *db,
                         gint64 source,
                         const FoyerOrder *answer,
                         gint64 *row,
                         FoyerOrder **order,
                         GError **error)
{
  g_autoptr (FoyerOrder) now = NULL;

  *order = NULL;
  if (!check (answer, error))
    return FALSE;

  now = foyer_order_table_load_by_code (db, source, answer->code, row, error);
  if (now == NULL && *row < 0)
    return FALSE;

  if (now == NULL)
    {
      if (!write_row (db, put_sql, source, 0, 0, answer, error))
        return FALSE;
    }
  else if (!foyer_database_run (db, apply_sql, error, "isbb", *row,
                                foyer_order_status_to_code (answer->status),
                                answer->require_approval, answer->valid_if_pending)
           || !foyer_attendee_table_set_standing (db, *row, answer, error))
    return FALSE;

  g_clear_pointer (&now, foyer_order_unref);
  *order = foyer_order_table_load_by_code (db, source, answer->code, row, error);
  return *order != NULL;
}

/**
 * foyer_order_table_touch:
 * @db: the mirror
 * @row: an order's row
 * @error: return location
 *
 * Notes that something of the order was written that no page brought: the next page is not "unchanged".
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_order_table_touch (FoyerDatabase *db, gint64 row, GError **error)
{
  return foyer_database_run (db, touch_sql, error, "i", row);
}

/**
 * foyer_order_table_load_by_code:
 * @db: the mirror
 * @source: the connection's key
 * @code: the order's code
 * @row: (out): its row; 0 if there is none, -1 with an error
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the order without tickets
 */
FoyerOrder *
foyer_order_table_load_by_code (FoyerDatabase *db,
                                gint64 source,
                                const char *code,
                                gint64 *row,
                                GError **error)
{
  g_autoptr (FoyerStatement) found = foyer_database_query (db, load_sql, error, "is", source, code);
  int more = found != NULL ? foyer_database_step (db, found, error) : -1;

  *row = more == 1 ? sqlite3_column_int64 (found, 0) : more;
  return more == 1 ? foyer_order_table_read (found, 1) : NULL;
}

/**
 * foyer_order_table_read:
 * @row: a statement with a row that has %FOYER_ORDER_COLUMNS
 * @first: the first of them
 *
 * Returns: (transfer full): the order without tickets
 */
FoyerOrder *
foyer_order_table_read (FoyerStatement *row, int first)
{
  FoyerOrder *order = foyer_order_new ();

  order->code = foyer_statement_dup_text (row, first);
  if (!foyer_order_status_from_code ((const char *)sqlite3_column_text (row, first + 1),
                                     &order->status))
    order->status = FOYER_ORDER_CANCELED;
  order->require_approval = sqlite3_column_int (row, first + 2);
  order->valid_if_pending = sqlite3_column_int (row, first + 3);
  order->testmode = sqlite3_column_int (row, first + 4);
  order->attention = sqlite3_column_int (row, first + 5);
  order->checkin_text = foyer_statement_dup_text (row, first + 6);
  order->email = foyer_statement_dup_text (row, first + 7);
  order->phone = foyer_statement_dup_text (row, first + 8);
  order->name = foyer_statement_dup_text (row, first + 9);
  order->company = foyer_statement_dup_text (row, first + 10);
  order->locale = foyer_statement_dup_text (row, first + 11);
  order->total = foyer_statement_dup_text (row, first + 12);
  order->datetime = foyer_statement_get_time (row, first + 13);
  order->expires = foyer_statement_get_time (row, first + 14);
  order->last_modified = foyer_statement_get_time (row, first + 15);
  if (order->attendees == NULL)
    order->attendees = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_attendee_unref);
  return order;
}
