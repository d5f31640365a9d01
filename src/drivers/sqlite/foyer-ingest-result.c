/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the answer to a step into tables, and out of the tables what a connection had. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-answer-table.h"
#include "foyer-attendee-table.h"
#include "foyer-check-in-table.h"
#include "foyer-ingest.h"
#include "foyer-order-table.h"
#include "foyer-mirror-row.h"
#include "foyer-source-table.h"
#include "foyer-sync-table.h"
#include "foyer-tally-table.h"
#include "foyer-words.h"

static const char order_of_sql[] = "SELECT orders FROM attendee WHERE row = ?1";
static const char other_sources_sql[] = "SELECT 1 FROM source WHERE key <> ?1";
static const char orders_sql[] = "SELECT row FROM orders WHERE source = ?1 LIMIT 256";
static const char forget_marks_sql[] = "DELETE FROM mark WHERE source = ?1";
static const char forget_source_sql[] = "DELETE FROM source WHERE key = ?1";

/* The lists that the answer speaks about: those of the request. */
static gboolean
replace_check_ins (FoyerDatabase *db,
                   gint64 row,
                   FoyerScan *scan,
                   GPtrArray *check_ins,
                   FoyerTime written,
                   GError **error)
{
  for (guint i = 0; scan->lists != NULL && i < scan->lists->len; i++)
    if (!foyer_check_in_table_replace (db, row, g_array_index (scan->lists, gint64, i), check_ins,
                                       written, error))
      return FALSE;

  return TRUE;
}

static gboolean
write_attendee (FoyerDatabase *db,
                gint64 source,
                FoyerScan *scan,
                FoyerStepResult *result,
                FoyerTime written,
                GError **error)
{
  FoyerAttendee *attendee = result->attendee;
  gint64 row = foyer_mirror_row_make (source, attendee->id);
  const char *code = attendee->order;
  g_autoptr (FoyerOrder) order = NULL;
  g_autofree char *words = NULL;
  gint64 order_row = 0;
  gboolean is_new;

  if (result->order != NULL && result->order->code != NULL)
    {
      if (!foyer_order_table_apply (db, source, result->order, &order_row, &order, error))
        return FALSE;
    }
  else if (code != NULL)
    {
      order = foyer_order_table_load_by_code (db, source, code, &order_row, error);
      if (order_row < 0)
        return FALSE;
    }

  /* Without an order there is nothing to show of it: the next page brings both. */
  if (order == NULL)
    return TRUE;

  words = foyer_words_of_order (order);
  if (!foyer_attendee_table_put (db, source, order_row, order, words, attendee,
                                 FOYER_ATTENDEE_ANSWER, &is_new, error))
    return FALSE;

  if (attendee->check_ins != NULL
      && !replace_check_ins (db, row, scan, attendee->check_ins, written, error))
    return FALSE;

  return (attendee->answers == NULL || attendee->answers->len == 0
          || foyer_answer_table_insert (db, row, attendee->answers, error))
         && foyer_tally_table_add (db, row, error);
}

static gboolean
write_check_in (FoyerDatabase *db,
                gint64 row,
                FoyerScan *scan,
                FoyerStepResult *result,
                gint64 device_id,
                gint64 gate,
                FoyerTime written,
                GError **error)
{
  FoyerCheckIn check_in = {
    .list = result->list != 0 ? result->list : scan->list,
    .datetime = scan->datetime,
    .exit = scan->exit,
    .device_id = device_id,
    .gate = gate,
  };

  if (check_in.list == 0 && scan->lists != NULL && scan->lists->len == 1)
    check_in.list = g_array_index (scan->lists, gint64, 0);
  if (check_in.list == 0 || check_in.datetime == FOYER_TIME_NONE)
    return TRUE;

  /* A nonce of its own says that it was taken back. */
  return foyer_tally_table_remove (db, row, error)
         && (scan->nonce != NULL
                 ? foyer_check_in_table_remove (db, row, &check_in, error)
                 : foyer_check_in_table_add_own (db, row, &check_in, written, error))
         && foyer_tally_table_add (db, row, error);
}

/**
 * foyer_ingest_result:
 * @db: the mirror, in a transaction
 * @connection: whose
 * @scan: what was asked
 * @result: what was answered
 * @device_id: the number under which the service knows this desk, or 0
 * @gate: its gate, or 0
 * @now: the laptop's clock
 * @error: return location
 *
 * Writes what an answer says of the ticket, and the check-in that it confirms, or takes away the one that
 * it says is taken back.
 *
 * Returns: %TRUE if all went well; doing it again changes nothing
 */
gboolean
foyer_ingest_result (FoyerDatabase *db,
                     const char *connection,
                     FoyerScan *scan,
                     FoyerStepResult *result,
                     gint64 device_id,
                     gint64 gate,
                     FoyerTime now,
                     GError **error)
{
  FoyerTime written = result->answered != FOYER_TIME_NONE ? result->answered
                                                          : MAX (now, scan->datetime);
  gint64 id = result->attendee != NULL ? result->attendee->id : scan->attendee;
  gint64 source, row, order_row;

  if (!foyer_mirror_row_id_fits (id))
    return TRUE;

  if (!foyer_source_table_ensure (db, connection, &source, error)
      || (result->attendee != NULL && !write_attendee (db, source, scan, result, written, error)))
    return FALSE;

  row = foyer_mirror_row_make (source, id);
  if (!foyer_database_get_int (db, order_of_sql, &order_row, error, "i", row))
    return FALSE;
  if (order_row == 0)
    return TRUE;

  if (result->outcome == FOYER_STEP_DONE
      && !write_check_in (db, row, scan, result, device_id, gate, written, error))
    return FALSE;

  return foyer_order_table_touch (db, order_row, error);
}

static gboolean
forget_everything (FoyerDatabase *db, GError **error)
{
  return foyer_database_execute (
      db,
      "INSERT INTO trigram (trigram) VALUES ('delete-all'); DELETE FROM unindexed; DELETE FROM "
      "tally; "
      "DELETE FROM check_in; DELETE FROM answer; DELETE FROM attendee; DELETE FROM order_document; "
      "DELETE FROM orders; DELETE FROM mark; DELETE FROM list; DELETE FROM question_option; "
      "DELETE FROM question; DELETE FROM variation; DELETE FROM product; DELETE FROM category; "
      "DELETE FROM subevent; DELETE FROM event; DELETE FROM sync_state; DELETE FROM source;",
      error);
}

static gboolean
forget_orders (FoyerDatabase *db, gint64 source, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  do
    {
      g_autoptr (FoyerStatement) row = foyer_database_query (db, orders_sql, error, "i", source);
      int more;

      if (row == NULL)
        return FALSE;

      g_array_set_size (rows, 0);
      while ((more = foyer_database_step (db, row, error)) > 0)
        {
          gint64 number = sqlite3_column_int64 (row, 0);

          g_array_append_val (rows, number);
        }
      if (more < 0)
        return FALSE;
      sqlite3_reset (row);

      for (guint i = 0; i < rows->len; i++)
        if (!foyer_order_table_delete (db, g_array_index (rows, gint64, i), error))
          return FALSE;
    }
  while (rows->len > 0);

  return TRUE;
}

static gboolean
forget_rows (FoyerDatabase *db, gint64 source, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM list WHERE row >= ?1 AND row < ?2",
    "DELETE FROM question_option WHERE row >= ?1 AND row < ?2",
    "DELETE FROM question WHERE row >= ?1 AND row < ?2",
    "DELETE FROM variation WHERE row >= ?1 AND row < ?2",
    "DELETE FROM product WHERE row >= ?1 AND row < ?2",
    "DELETE FROM category WHERE row >= ?1 AND row < ?2",
    "DELETE FROM subevent WHERE row >= ?1 AND row < ?2",
    "DELETE FROM event WHERE row >= ?1 AND row < ?2",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!foyer_database_run (db, statements[i], error, "ii", foyer_mirror_row_begin (source),
                             foyer_mirror_row_end (source)))
      return FALSE;

  return TRUE;
}

/**
 * foyer_ingest_forget:
 * @db: the mirror, in a transaction
 * @connection: whose
 * @error: return location
 *
 * Deletes everything of a connection.
 *
 * Returns: %TRUE if nothing of it is there now
 */
gboolean
foyer_ingest_forget (FoyerDatabase *db, const char *connection, GError **error)
{
  gint64 source, others;

  if (!foyer_source_table_find (db, connection, &source, error)
      || !foyer_database_get_int (db, other_sources_sql, &others, error, "i", source))
    return FALSE;

  if (source == 0)
    return TRUE;
  /* The common case, at once instead of row by row. */
  if (!others)
    return forget_everything (db, error);

  return forget_orders (db, source, error) && forget_rows (db, source, error)
         && foyer_database_run (db, forget_marks_sql, error, "i", source)
         && foyer_tally_table_delete (db, source, error)
         && foyer_sync_table_delete (db, source, error)
         && foyer_database_run (db, forget_source_sql, error, "i", source);
}
