/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A group of products. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-category.h"

G_DEFINE_BOXED_TYPE (FoyerCategory, foyer_category, foyer_category_ref, foyer_category_unref)

static void
foyer_category_clear (gpointer data)
{
  FoyerCategory *self = data;

  g_free (self->name);
}

/**
 * foyer_category_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerCategory *
foyer_category_new (void)
{
  return g_atomic_rc_box_new0 (FoyerCategory);
}

/**
 * foyer_category_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerCategory *
foyer_category_ref (FoyerCategory *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_category_unref:
 * @self: (transfer full): a value
 */
void
foyer_category_unref (FoyerCategory *self)
{
  g_atomic_rc_box_release_full (self, foyer_category_clear);
}
