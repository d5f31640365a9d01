/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Check-in lists with their counts: the mirror's are kept along with it, what waits is laid over ticket by
 * ticket. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-list-counts.h"

#include "foyer-admitted.h"
#include "foyer-event-table.h"
#include "foyer-list-summary.h"
#include "foyer-list-table.h"
#include "foyer-product-table.h"
#include "foyer-mirror-row.h"
#include "foyer-source-table.h"
#include "foyer-tally-table.h"

static const char laid_sql[] = "SELECT DISTINCT c.laid_attendee, c.laid_list, a.product, "
                               "a.subevent, a.standing FROM command c "
                               "JOIN attendee a ON a.row = ((?2 << 44) | c.laid_attendee) "
                               "WHERE c.laid_attendee > 0 AND c.connection = ?1";

G_STATIC_ASSERT (FOYER_MIRROR_ROW_BITS == 44);

/* Whether a list counts tickets of a group: as the service counts them. */
static gboolean
counts (FoyerCheckInList *list, gint64 product, gint64 subevent, int standing)
{
  return (standing == 2 || (standing == 1 && list->include_pending))
         && (list->subevent == 0 || list->subevent == subevent)
         && foyer_check_in_list_has_product (list, product);
}

/* Of one product; a list has few of them. */
static FoyerProductCount *
get_product (FoyerListSummary *summary, gint64 product)
{
  FoyerProductCount *count;

  for (guint i = 0; i < summary->by_product->len; i++)
    {
      count = g_ptr_array_index (summary->by_product, i);
      if (count->product == product)
        return count;
    }

  count = foyer_product_count_new ();
  count->product = product;
  g_ptr_array_add (summary->by_product, count);
  return count;
}

static gboolean
count_mirror (FoyerDatabase *db, gint64 source, GPtrArray *summaries, GError **error)
{
  g_autoptr (GArray) tallies = foyer_tally_table_load (db, source, error);

  if (tallies == NULL)
    return FALSE;

  for (guint t = 0; t < tallies->len; t++)
    {
      const FoyerTally *tally = &g_array_index (tallies, FoyerTally, t);

      for (guint i = 0; i < summaries->len; i++)
        {
          FoyerListSummary *summary = g_ptr_array_index (summaries, i);

          if (!counts (summary->list, tally->product, tally->subevent, tally->standing))
            continue;

          if (tally->list == 0)
            {
              summary->expected += tally->n;
              get_product (summary, tally->product)->expected += tally->n;
            }
          else if (tally->list == summary->list->id)
            {
              FoyerProductCount *count = get_product (summary, tally->product);

              summary->admitted += tally->n;
              summary->inside += tally->inside;
              count->admitted += tally->n;
              count->inside += tally->inside;
            }
        }
    }

  return TRUE;
}

static gboolean
lay_over_one (FoyerDatabase *db,
              gint64 attendee_row,
              gint64 product,
              FoyerListSummary *summary,
              GError **error)
{
  FoyerPresence before, after;
  FoyerProductCount *count;
  int admitted, inside;

  if (!foyer_admitted_load (db, attendee_row, summary->list->id, FALSE, &before, error)
      || !foyer_admitted_load (db, attendee_row, summary->list->id, TRUE, &after, error))
    return FALSE;

  admitted = (after.last_entry != FOYER_TIME_NONE) - (before.last_entry != FOYER_TIME_NONE);
  inside = foyer_presence_is_inside (&after) - foyer_presence_is_inside (&before);
  count = get_product (summary, product);
  summary->admitted += admitted;
  summary->inside += inside;
  count->admitted += admitted;
  count->inside += inside;
  return TRUE;
}

static gboolean
lay_over (FoyerDatabase *db,
          const char *connection,
          gint64 source,
          GPtrArray *summaries,
          GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, laid_sql, error, "si", connection,
                                                         source);
  int more;

  if (row == NULL)
    return FALSE;

  while ((more = foyer_database_step (db, row, error)) > 0)
    for (guint i = 0; i < summaries->len; i++)
      {
        FoyerListSummary *summary = g_ptr_array_index (summaries, i);

        if (summary->list->id == sqlite3_column_int64 (row, 1)
            && counts (summary->list, sqlite3_column_int64 (row, 2), sqlite3_column_int64 (row, 3),
                       sqlite3_column_int (row, 4))
            && !lay_over_one (db, foyer_mirror_row_make (source, sqlite3_column_int64 (row, 0)),
                              sqlite3_column_int64 (row, 2), summary, error))
          return FALSE;
      }

  return more == 0;
}

static gboolean
name_things (FoyerDatabase *db, gint64 source, FoyerListSummary *summary, GError **error)
{
  g_autoptr (GStrvBuilder) names = NULL;
  g_autoptr (GError) local_error = NULL;

  if (summary->list->subevent != 0)
    {
      g_autoptr (FoyerSubevent) subevent = foyer_subevent_table_load (
          db, source, summary->list->subevent, &local_error);

      if (subevent != NULL)
        summary->subevent = g_strdup (subevent->name);
    }

  if (!summary->list->all_products)
    {
      names = g_strv_builder_new ();
      for (guint i = 0; local_error == NULL && i < summary->list->products->len; i++)
        {
          g_autoptr (FoyerProduct) product = foyer_product_table_load (
              db, source, g_array_index (summary->list->products, gint64, i), &local_error);

          if (product != NULL && product->name != NULL)
            g_strv_builder_add (names, product->name);
        }
      summary->products = g_strv_builder_end (names);
    }

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const FoyerProductCount *one = *(const FoyerProductCount *const *)a;
  const FoyerProductCount *other = *(const FoyerProductCount *const *)b;

  if (one->expected != other->expected)
    return one->expected < other->expected ? 1 : -1;
  return one->product < other->product ? -1 : one->product > other->product;
}

static gboolean
name_products (FoyerDatabase *db, gint64 source, FoyerListSummary *summary, GError **error)
{
  for (guint i = 0; i < summary->by_product->len; i++)
    {
      FoyerProductCount *count = g_ptr_array_index (summary->by_product, i);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (FoyerProduct) product = foyer_product_table_load (db, source, count->product,
                                                                   &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (product != NULL)
        count->name = g_strdup (product->name);
    }
  g_ptr_array_sort (summary->by_product, compare_counts);
  return TRUE;
}

/**
 * foyer_list_counts_load:
 * @db: a connection that reads journal and mirror, in a read transaction
 * @connection: name of a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerListSummary): its lists with their counts, or
 *   %NULL with an error
 */
GPtrArray *
foyer_list_counts_load (FoyerDatabase *db, const char *connection, GError **error)
{
  g_autoptr (GPtrArray) summaries = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_list_summary_unref);
  g_autoptr (GPtrArray) lists = NULL;
  gint64 source;

  if (!foyer_source_table_find (db, connection, &source, error))
    return NULL;
  if (source == 0)
    return g_steal_pointer (&summaries);

  lists = foyer_list_table_load_all (db, source, error);
  if (lists == NULL)
    return NULL;

  for (guint i = 0; i < lists->len; i++)
    {
      FoyerListSummary *summary = foyer_list_summary_new ();

      g_ptr_array_add (summaries, summary);
      summary->list = foyer_check_in_list_ref (g_ptr_array_index (lists, i));
      if (!name_things (db, source, summary, error))
        return NULL;
    }

  if (!count_mirror (db, source, summaries, error)
      || !lay_over (db, connection, source, summaries, error))
    return NULL;
  for (guint i = 0; i < summaries->len; i++)
    if (!name_products (db, source, g_ptr_array_index (summaries, i), error))
      return NULL;

  return g_steal_pointer (&summaries);
}
