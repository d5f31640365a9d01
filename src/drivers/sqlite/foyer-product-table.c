/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Categories, products and their variations. */

#define G_LOG_DOMAIN "foyer-sqlite"

#include "foyer-product-table.h"

#include "foyer-digest.h"
#include "foyer-mirror-row.h"

#define PRODUCT_COLUMNS                                                                            \
  "category, name, position, active, admission, attention, checkin_text, media_policy, media_type"

static const FoyerRecordSql category_record_sql = FOYER_RECORD_SQL ("category");
static const FoyerRecordSql product_record_sql = FOYER_RECORD_SQL ("product");

static const char put_category_sql[]
    = "INSERT OR REPLACE INTO category (row, run, digest, name, position, is_addon) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char put_product_sql[]
    = "INSERT OR REPLACE INTO product (row, run, digest, " PRODUCT_COLUMNS
      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
static const char load_product_sql[] = "SELECT row, " PRODUCT_COLUMNS
                                       " FROM product WHERE row = ?1";
static const char load_products_sql[]
    = "SELECT row, " PRODUCT_COLUMNS
      " FROM product WHERE row >= ?1 AND row < ?2 ORDER BY position, row";
static const char delete_variations_sql[] = "DELETE FROM variation WHERE product = ?1";
static const char put_variation_sql[]
    = "INSERT OR REPLACE INTO variation (row, product, name, position, active, attention, "
      "checkin_text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char load_variations_sql[]
    = "SELECT row, name, position, active, attention, checkin_text FROM variation "
      "WHERE product = ?1 ORDER BY position, row";
static const char sweep_variations_sql[] = "DELETE FROM variation WHERE row >= ?1 AND row < ?2 AND "
                                           "product NOT IN (SELECT row FROM product)";

/**
 * foyer_category_table_put:
 * @db: the mirror
 * @source: the connection's key
 * @run: the run that brings it
 * @category: the category
 * @fate: (out): what became of it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_category_table_put (FoyerDatabase *db,
                          gint64 source,
                          gint64 run,
                          FoyerCategory *category,
                          FoyerRecordFate *fate,
                          GError **error)
{
  g_autoptr (FoyerStatement) insert = NULL;

  if (!foyer_record_check_id (category->id, error))
    return FALSE;

  insert = foyer_database_query (db, put_category_sql, error, "dddsdb", 0, 0, 0, category->name,
                                 category->position, category->is_addon);
  return insert != NULL
         && foyer_record_put (db, &category_record_sql, insert,
                              foyer_mirror_row_make (source, category->id), run,
                              foyer_digest_begin (), fate, error);
}

static guint64
digest_variations (GPtrArray *variations)
{
  guint64 digest = foyer_digest_begin ();

  for (guint i = 0; variations != NULL && i < variations->len; i++)
    {
      const FoyerVariation *variation = g_ptr_array_index (variations, i);

      digest = foyer_digest_int (digest, variation->id);
      digest = foyer_digest_text (digest, variation->name);
      digest = foyer_digest_int (digest, variation->position);
      digest = foyer_digest_int (digest,
                                 (variation->active != 0) << 1 | (variation->attention != 0));
      digest = foyer_digest_text (digest, variation->checkin_text);
    }

  return digest;
}

/**
 * foyer_product_table_put:
 * @db: the mirror
 * @source: the connection's key
 * @run: the run that brings it
 * @product: the product with its variations
 * @fate: (out): what became of it
 * @error: return location
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_product_table_put (FoyerDatabase *db,
                         gint64 source,
                         gint64 run,
                         FoyerProduct *product,
                         FoyerRecordFate *fate,
                         GError **error)
{
  gint64 row = foyer_mirror_row_make (source, product->id);
  g_autoptr (FoyerStatement) insert = NULL;

  if (!foyer_record_check_id (product->id, error))
    return FALSE;

  insert = foyer_database_query (db, put_product_sql, error, "dddisdbbbsss", 0, 0, 0,
                                 product->category, product->name, product->position,
                                 product->active, product->admission, product->attention,
                                 product->checkin_text, product->media_policy, product->media_type);
  if (insert == NULL
      || !foyer_record_put (db, &product_record_sql, insert, row, run,
                            digest_variations (product->variations), fate, error))
    return FALSE;

  if (*fate == FOYER_RECORD_UNCHANGED)
    return TRUE;

  if (!foyer_database_run (db, delete_variations_sql, error, "i", row))
    return FALSE;
  for (guint i = 0; product->variations != NULL && i < product->variations->len; i++)
    {
      const FoyerVariation *variation = g_ptr_array_index (product->variations, i);

      if (!foyer_record_check_id (variation->id, error)
          || !foyer_database_run (db, put_variation_sql, error, "iisdbbs",
                                  foyer_mirror_row_make (source, variation->id), row,
                                  variation->name, variation->position, variation->active,
                                  variation->attention, variation->checkin_text))
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
load_variations (FoyerDatabase *db, gint64 product_row, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_variations_sql, error, "i",
                                                         product_row);
  g_autoptr (GPtrArray) variations = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_variation_unref);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerVariation *variation = foyer_variation_new ();

      variation->id = foyer_mirror_row_get_id (sqlite3_column_int64 (row, 0));
      variation->name = foyer_statement_dup_text (row, 1);
      variation->position = sqlite3_column_int (row, 2);
      variation->active = sqlite3_column_int (row, 3);
      variation->attention = sqlite3_column_int (row, 4);
      variation->checkin_text = foyer_statement_dup_text (row, 5);
      g_ptr_array_add (variations, variation);
    }

  return more == 0 ? g_steal_pointer (&variations) : NULL;
}

static FoyerProduct *
read_row (FoyerDatabase *db, FoyerStatement *row, GError **error)
{
  g_autoptr (FoyerProduct) product = foyer_product_new ();
  gint64 number = sqlite3_column_int64 (row, 0);

  product->id = foyer_mirror_row_get_id (number);
  product->category = sqlite3_column_int64 (row, 1);
  product->name = foyer_statement_dup_text (row, 2);
  product->position = sqlite3_column_int (row, 3);
  product->active = sqlite3_column_int (row, 4);
  product->admission = sqlite3_column_int (row, 5);
  product->attention = sqlite3_column_int (row, 6);
  product->checkin_text = foyer_statement_dup_text (row, 7);
  product->media_policy = foyer_statement_dup_text (row, 8);
  product->media_type = foyer_statement_dup_text (row, 9);
  g_clear_pointer (&product->variations, g_ptr_array_unref);
  product->variations = load_variations (db, number, error);
  return product->variations != NULL ? g_steal_pointer (&product) : NULL;
}

/**
 * foyer_product_table_load:
 * @db: the mirror
 * @source: the connection's key
 * @id: the service's id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the product; %NULL without an error if there is none
 */
FoyerProduct *
foyer_product_table_load (FoyerDatabase *db, gint64 source, gint64 id, GError **error)
{
  g_autoptr (FoyerStatement) row = NULL;

  if (!foyer_mirror_row_id_fits (id))
    return NULL;

  row = foyer_database_query (db, load_product_sql, error, "i", foyer_mirror_row_make (source, id));
  return row != NULL && foyer_database_step (db, row, error) > 0 ? read_row (db, row, error) : NULL;
}

/**
 * foyer_product_table_load_all:
 * @db: the mirror
 * @source: the connection's key
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type FoyerProduct): the products in the service's order,
 *   or %NULL with an error
 */
GPtrArray *
foyer_product_table_load_all (FoyerDatabase *db, gint64 source, GError **error)
{
  g_autoptr (FoyerStatement) row = foyer_database_query (db, load_products_sql, error, "ii",
                                                         foyer_mirror_row_begin (source),
                                                         foyer_mirror_row_end (source));
  g_autoptr (GPtrArray) products = g_ptr_array_new_with_free_func (
      (GDestroyNotify)foyer_product_unref);
  int more;

  if (row == NULL)
    return NULL;

  while ((more = foyer_database_step (db, row, error)) > 0)
    {
      FoyerProduct *product = read_row (db, row, error);

      if (product == NULL)
        return NULL;
      g_ptr_array_add (products, product);
    }

  return more == 0 ? g_steal_pointer (&products) : NULL;
}

/**
 * foyer_product_table_sweep_variations:
 * @db: the mirror
 * @source: the connection's key
 * @error: return location
 *
 * Deletes the variations of products that were swept away.
 *
 * Returns: %TRUE if all went well
 */
gboolean
foyer_product_table_sweep_variations (FoyerDatabase *db, gint64 source, GError **error)
{
  return foyer_database_run (db, sweep_variations_sql, error, "ii", foyer_mirror_row_begin (source),
                             foyer_mirror_row_end (source));
}

/**
 * foyer_category_table_get_sql:
 *
 * Returns: (transfer none): what the table has in common with others
 */
const FoyerRecordSql *
foyer_category_table_get_sql (void)
{
  return &category_record_sql;
}

/**
 * foyer_product_table_get_sql:
 *
 * Returns: (transfer none): what the table has in common with others
 */
const FoyerRecordSql *
foyer_product_table_get_sql (void)
{
  return &product_record_sql;
}
