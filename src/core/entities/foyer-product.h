/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-variation.h"

G_BEGIN_DECLS

#define FOYER_TYPE_PRODUCT (foyer_product_get_type ())

/**
 * FoyerProduct:
 * @id: the service's id
 * @category: id of its category, or 0
 * @name: name
 * @position: order on lists
 * @active: whether it is sold
 * @admission: whether it lets a person in
 * @attention: whether the person at the door must look closer
 * @checkin_text: (nullable): what to tell the person at the door
 * @media_policy: (nullable): how it becomes a reusable medium, `new` `reuse` ...
 * @media_type: (nullable): which medium, `barcode` `nfc_uid` ...
 * @variations: (element-type FoyerVariation): its variations, maybe none
 *
 * What is sold: a ticket, a workshop, a T-shirt.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerProduct FoyerProduct;
struct _FoyerProduct
{
  gint64 id;
  gint64 category;
  char *name;
  int position;
  gboolean active;
  gboolean admission;
  gboolean attention;
  char *checkin_text;
  char *media_policy;
  char *media_type;
  GPtrArray *variations;
};

GType foyer_product_get_type (void) G_GNUC_CONST;
FoyerProduct *foyer_product_new (void);
FoyerProduct *foyer_product_ref (FoyerProduct *self);
void foyer_product_unref (FoyerProduct *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerProduct, foyer_product_unref)

FoyerVariation *foyer_product_get_variation (FoyerProduct *self, gint64 id);

G_END_DECLS
