/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sold. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-product.h"

G_DEFINE_BOXED_TYPE (FoyerProduct, foyer_product, foyer_product_ref, foyer_product_unref)

static void
foyer_product_clear (gpointer data)
{
  FoyerProduct *self = data;

  g_free (self->name);
  g_free (self->checkin_text);
  g_free (self->media_policy);
  g_free (self->media_type);
  g_clear_pointer (&self->variations, g_ptr_array_unref);
}

/**
 * foyer_product_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerProduct *
foyer_product_new (void)
{
  return g_atomic_rc_box_new0 (FoyerProduct);
}

/**
 * foyer_product_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerProduct *
foyer_product_ref (FoyerProduct *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_product_unref:
 * @self: (transfer full): a value
 */
void
foyer_product_unref (FoyerProduct *self)
{
  g_atomic_rc_box_release_full (self, foyer_product_clear);
}

/**
 * foyer_product_get_variation:
 * @self: a product
 * @id: id of a variation
 *
 * Returns: (transfer none) (nullable): that variation
 */
FoyerVariation *
foyer_product_get_variation (FoyerProduct *self, gint64 id)
{
  for (guint i = 0; self->variations != NULL && i < self->variations->len; i++)
    {
      FoyerVariation *variation = g_ptr_array_index (self->variations, i);

      if (variation->id == id)
        return variation;
    }

  return NULL;
}
