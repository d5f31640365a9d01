/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of people lists, and whole orders: tickets with everything that is shown of them. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-people-table.h"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-admitted.h"
#include "foyer-answer-table.h"
#include "foyer-attendee-table.h"
#include "foyer-check-in-table.h"
#include "foyer-command-table.h"
#include "foyer-error.h"
#include "foyer-list-table.h"
#include "foyer-order-table.h"
#include "foyer-mirror-row.h"
#include "foyer-source-table.h"

#define FIRST_OF_ORDER FOYER_ATTENDEE_N_COLUMNS
#define N_ORDER_COLUMNS 16
#define PRODUCT_COLUMN (FOYER_ATTENDEE_N_COLUMNS + N_ORDER_COLUMNS)

static const char person_sql[]
    = "SELECT " FOYER_ATTENDEE_COLUMNS ", " FOYER_ORDER_COLUMNS ", p.name, v.name FROM attendee a "
      "JOIN orders o ON o.row = a.orders "
      "LEFT JOIN product p ON p.row = ((a.row >> 44) << 44 | a.product) "
      "LEFT JOIN variation v ON v.row = ((a.row >> 44) << 44 | a.variation) WHERE a.row = ?1";
static const char any_laid_sql[] = "SELECT 1 FROM command WHERE laid_attendee IS NOT NULL LIMIT 1";
static const char tickets_sql[] = "SELECT " FOYER_ATTENDEE_COLUMNS
                                  " FROM attendee a JOIN orders o ON o.row = a.orders "
                                  "WHERE a.orders = ?1 ORDER BY a.positionid, a.row";

G_STATIC_ASSERT (FOYER_MIRROR_ROW_BITS == 44);

/* The list asked for, once per connection that has rows here. */
static gboolean
get_list (FoyerDatabase *db,
          GHashTable *lists,
          gint64 source,
          gint64 id,
          FoyerCheckInList **list,
          GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (g_hash_table_lookup_extended (lists, &source, NULL, (gpointer *)list))
    return TRUE;

  *list = foyer_list_table_load (db, source, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_hash_table_insert (lists, g_memdup2 (&source, sizeof source), *list);
  return TRUE;
}

static void
list_free (gpointer data)
{
  if (data != NULL)
    foyer_check_in_list_unref (data);
}

static gboolean
is_on_list (FoyerCheckInList *list, const FoyerAttendee *attendee)
{
  return list != NULL && (list->subevent == 0 || list->subevent == attendee->subevent)
         && foyer_check_in_list_has_product (list, attendee->product);
}

/* *@person stays %NULL if there is no such row. */
static gboolean
load_person (FoyerDatabase *db,
             FoyerQuerySpec *spec,
             gint64 row,
             gboolean laid_over,
             GHashTable *lists,
             FoyerPerson **person,
             GError **error)
{
  g_autoptr (FoyerStatement) found = foyer_database_query (db, person_sql, error, "i", row);
  int more = found != NULL ? foyer_database_step (db, found, error) : -1;
  g_autoptr (FoyerPerson) self = NULL;
  FoyerPresence presence;
  FoyerCheckInList *list = NULL;

  if (more <= 0)
    return more == 0;

  self = foyer_person_new ();
  self->attendee = foyer_attendee_table_read (found, 0);
  self->order = foyer_order_table_read (found, FIRST_OF_ORDER);
  self->product = foyer_statement_dup_text (found, PRODUCT_COLUMN);
  self->variation = foyer_statement_dup_text (found, PRODUCT_COLUMN + 1);
  if (!foyer_admitted_load (db, row, spec->list, laid_over, &presence, error))
    return FALSE;

  self->admitted_at = presence.first_entry;
  self->inside = foyer_presence_is_inside (&presence);
  self->waiting = presence.waiting;
  if (spec->list != 0
      && !get_list (db, lists, foyer_mirror_row_get_source (row), spec->list, &list, error))
    return FALSE;

  self->on_list = spec->list == 0 || is_on_list (list, self->attendee);
  *person = g_steal_pointer (&self);
  return TRUE;
}

static void
person_free (gpointer data)
{
  if (data != NULL)
    foyer_person_unref (data);
}

/**
 * foyer_people_table_hydrate:
 * @db: a connection that reads journal and mirror
 * @spec: the question that the rows answered
 * @rows: rows of tickets
 * @n_rows: how many
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerPerson): the people, %NULL in the place of one that
 *   is gone; or %NULL with an error
 */
GPtrArray *
foyer_people_table_hydrate (FoyerDatabase *db,
                            FoyerQuerySpec *spec,
                            const gint64 *rows,
                            gsize n_rows,
                            GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_full ((guint)n_rows, person_free);
  g_autoptr (GHashTable) lists = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                        list_free);
  gint64 laid_over;

  if (!foyer_database_get_int (db, any_laid_sql, &laid_over, error, ""))
    return NULL;

  for (gsize i = 0; i < n_rows; i++)
    {
      FoyerPerson *person = NULL;

      if (!load_person (db, spec, rows[i], laid_over != 0, lists, &person, error))
        return NULL;
      g_ptr_array_add (people, person);
    }

  return g_steal_pointer (&people);
}

static gboolean
complete_attendee (FoyerDatabase *db,
                   const char *connection,
                   gint64 source,
                   gint64 list,
                   FoyerAttendee *attendee,
                   GError **error)
{
  gint64 row = foyer_mirror_row_make (source, attendee->id);

  g_clear_pointer (&attendee->check_ins, g_ptr_array_unref);
  g_clear_pointer (&attendee->answers, g_ptr_array_unref);
  attendee->check_ins = foyer_check_in_table_load (db, row, list, error);
  if (attendee->check_ins == NULL)
    return FALSE;
  attendee->answers = foyer_answer_table_load (db, row, error);
  return attendee->answers != NULL
         && foyer_command_table_lay_over (db, connection, attendee->id, list, attendee->check_ins,
                                          error);
}

/**
 * foyer_people_table_load_order:
 * @db: a connection that reads journal and mirror, in a read transaction
 * @connection: name of a connection
 * @code: an order's code
 * @list: only check-ins of this list; 0 for all
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the order with its tickets, or %NULL with an error;
 *   %FOYER_ERROR_NOT_FOUND if there is none
 */
FoyerOrder *
foyer_people_table_load_order (FoyerDatabase *db,
                               const char *connection,
                               const char *code,
                               gint64 list,
                               GError **error)
{
  g_autoptr (FoyerOrder) order = NULL;
  g_autoptr (FoyerStatement) row = NULL;
  gint64 source, order_row;
  int more;

  if (!foyer_source_table_find (db, connection, &source, error))
    return NULL;

  order = foyer_order_table_load_by_code (db, source, code, &order_row, error);
  if (order == NULL)
    {
      if (order_row == 0)
        foyer_error_set (error, FOYER_ERROR_NOT_FOUND, "no such order in the mirror",
                         _ ("This order is not on this desk."));
      return NULL;
    }

  row = foyer_database_query (db, tickets_sql, error, "i", order_row);
  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerAttendee *attendee = foyer_attendee_table_read (row, 0);

      g_ptr_array_add (order->attendees, attendee);
      if (!complete_attendee (db, connection, source, list, attendee, error))
        return NULL;
    }

  return more == 0 ? g_steal_pointer (&order) : NULL;
}
