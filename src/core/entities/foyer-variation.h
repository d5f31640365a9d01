/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_VARIATION (foyer_variation_get_type ())

/**
 * FoyerVariation:
 * @id: the service's id
 * @name: name
 * @position: order on lists
 * @active: whether it is sold
 * @attention: whether the person at the door must look closer
 * @checkin_text: (nullable): what to tell the person at the door
 *
 * A variation of a product ("Regular", "Reduced").
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerVariation FoyerVariation;
struct _FoyerVariation
{
  gint64 id;
  char *name;
  int position;
  gboolean active;
  gboolean attention;
  char *checkin_text;
};

GType foyer_variation_get_type (void) G_GNUC_CONST;
FoyerVariation *foyer_variation_new (void);
FoyerVariation *foyer_variation_ref (FoyerVariation *self);
void foyer_variation_unref (FoyerVariation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerVariation, foyer_variation_unref)

G_END_DECLS
