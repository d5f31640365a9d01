/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a check-in list's counts is one product's. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-product-count.h"

G_DEFINE_BOXED_TYPE (FoyerProductCount,
                     foyer_product_count,
                     foyer_product_count_ref,
                     foyer_product_count_unref)

static void
foyer_product_count_clear (gpointer data)
{
  FoyerProductCount *self = data;

  g_free (self->name);
}

/**
 * foyer_product_count_new:
 *
 * Returns: (transfer full): an empty value, to be filled in by its maker before anybody else sees it
 */
FoyerProductCount *
foyer_product_count_new (void)
{
  return g_atomic_rc_box_new0 (FoyerProductCount);
}

/**
 * foyer_product_count_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerProductCount *
foyer_product_count_ref (FoyerProductCount *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_product_count_unref:
 * @self: (transfer full): a value
 */
void
foyer_product_count_unref (FoyerProductCount *self)
{
  g_atomic_rc_box_release_full (self, foyer_product_count_clear);
}
