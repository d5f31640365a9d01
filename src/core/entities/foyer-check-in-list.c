/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A check-in list. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-check-in-list.h"

G_DEFINE_BOXED_TYPE (FoyerCheckInList,
                     foyer_check_in_list,
                     foyer_check_in_list_ref,
                     foyer_check_in_list_unref)

static void
foyer_check_in_list_clear (gpointer data)
{
  FoyerCheckInList *self = data;

  g_free (self->name);
  g_clear_pointer (&self->products, g_array_unref);
  g_free (self->rules);
}

/**
 * foyer_check_in_list_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerCheckInList *
foyer_check_in_list_new (void)
{
  FoyerCheckInList *self = g_atomic_rc_box_new0 (FoyerCheckInList);

  self->exit_all_at = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_check_in_list_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerCheckInList *
foyer_check_in_list_ref (FoyerCheckInList *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_check_in_list_unref:
 * @self: (transfer full): a value
 */
void
foyer_check_in_list_unref (FoyerCheckInList *self)
{
  g_atomic_rc_box_release_full (self, foyer_check_in_list_clear);
}

/**
 * foyer_check_in_list_has_product:
 * @self: a list
 * @product: id of a product
 *
 * Returns: whether tickets of @product are on the list
 */
gboolean
foyer_check_in_list_has_product (FoyerCheckInList *self, gint64 product)
{
  if (self->all_products)
    return TRUE;

  for (guint i = 0; self->products != NULL && i < self->products->len; i++)
    if (g_array_index (self->products, gint64, i) == product)
      return TRUE;

  return FALSE;
}
