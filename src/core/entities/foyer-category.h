/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_CATEGORY (foyer_category_get_type ())

/**
 * FoyerCategory:
 * @id: the service's id
 * @name: name
 * @position: order on lists
 * @is_addon: whether it holds add-ons
 *
 * A group of products.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerCategory FoyerCategory;
struct _FoyerCategory
{
  gint64 id;
  char *name;
  int position;
  gboolean is_addon;
};

GType foyer_category_get_type (void) G_GNUC_CONST;
FoyerCategory *foyer_category_new (void);
FoyerCategory *foyer_category_ref (FoyerCategory *self);
void foyer_category_unref (FoyerCategory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerCategory, foyer_category_unref)

G_END_DECLS
