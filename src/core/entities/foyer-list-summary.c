/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A check-in list with its counts. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-list-summary.h"

G_DEFINE_BOXED_TYPE (FoyerListSummary,
                     foyer_list_summary,
                     foyer_list_summary_ref,
                     foyer_list_summary_unref)

static void
foyer_list_summary_clear (gpointer data)
{
  FoyerListSummary *self = data;

  g_clear_pointer (&self->list, foyer_check_in_list_unref);
  g_free (self->subevent);
  g_clear_pointer (&self->products, g_strfreev);
  g_clear_pointer (&self->by_product, g_ptr_array_unref);
}

/**
 * foyer_list_summary_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerListSummary *
foyer_list_summary_new (void)
{
  FoyerListSummary *self = g_atomic_rc_box_new0 (FoyerListSummary);

  self->by_product = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_product_count_unref);
  return self;
}

/**
 * foyer_list_summary_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerListSummary *
foyer_list_summary_ref (FoyerListSummary *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_list_summary_unref:
 * @self: (transfer full): a value
 */
void
foyer_list_summary_unref (FoyerListSummary *self)
{
  g_atomic_rc_box_release_full (self, foyer_list_summary_clear);
}
