/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-check-in-list.h"
#include "foyer-product-count.h"

G_BEGIN_DECLS

#define FOYER_TYPE_LIST_SUMMARY (foyer_list_summary_get_type ())

/**
 * FoyerListSummary:
 * @list: the list
 * @subevent: (nullable): name of its series date
 * @products: (nullable): names of the products on it, %NULL for all
 * @expected: tickets that may come: on the list, not canceled, paid (or pending where included)
 * @admitted: of these: with any entry
 * @inside: of these: inside now
 * @by_product: (element-type FoyerProductCount): the same for each product that has tickets for it, largest first
 *
 * A check-in list with its counts, waiting commands laid over.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerListSummary FoyerListSummary;
struct _FoyerListSummary
{
  FoyerCheckInList *list;
  char *subevent;
  GStrv products;
  gint64 expected;
  gint64 admitted;
  gint64 inside;
  GPtrArray *by_product;
};

GType foyer_list_summary_get_type (void) G_GNUC_CONST;
FoyerListSummary *foyer_list_summary_new (void);
FoyerListSummary *foyer_list_summary_ref (FoyerListSummary *self);
void foyer_list_summary_unref (FoyerListSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerListSummary, foyer_list_summary_unref)

G_END_DECLS
