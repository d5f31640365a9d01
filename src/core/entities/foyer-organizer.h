/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_ORGANIZER (foyer_organizer_get_type ())

/**
 * FoyerOrganizer:
 * @slug: the service's key
 * @name: its name
 *
 * An organiser account at the ticketing service, to choose from when connecting.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerOrganizer FoyerOrganizer;
struct _FoyerOrganizer
{
  char *slug;
  char *name;
};

GType foyer_organizer_get_type (void) G_GNUC_CONST;
FoyerOrganizer *foyer_organizer_new (void);
FoyerOrganizer *foyer_organizer_ref (FoyerOrganizer *self);
void foyer_organizer_unref (FoyerOrganizer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerOrganizer, foyer_organizer_unref)

G_END_DECLS
