/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_PRODUCT_COUNT (foyer_product_count_get_type ())

/**
 * FoyerProductCount:
 * @product: id of the product
 * @name: (nullable): its name, as the service has it
 * @expected: its tickets that may come to the list
 * @admitted: of these: with any entry
 * @inside: of these: inside now
 *
 * What of a check-in list's counts is one product's.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerProductCount FoyerProductCount;
struct _FoyerProductCount
{
  gint64 product;
  char *name;
  gint64 expected;
  gint64 admitted;
  gint64 inside;
};

GType foyer_product_count_get_type (void) G_GNUC_CONST;
FoyerProductCount *foyer_product_count_new (void);
FoyerProductCount *foyer_product_count_ref (FoyerProductCount *self);
void foyer_product_count_unref (FoyerProductCount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerProductCount, foyer_product_count_unref)

G_END_DECLS
