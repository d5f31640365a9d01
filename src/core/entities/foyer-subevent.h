/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_SUBEVENT (foyer_subevent_get_type ())

/**
 * FoyerSubevent:
 * @id: the service's id
 * @name: name in the reader's language
 * @active: whether it is on sale at all
 * @date_from: start
 * @date_to: end, or %FOYER_TIME_NONE
 * @date_admission: doors, or %FOYER_TIME_NONE
 *
 * One date of a series.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerSubevent FoyerSubevent;
struct _FoyerSubevent
{
  gint64 id;
  char *name;
  gboolean active;
  FoyerTime date_from;
  FoyerTime date_to;
  FoyerTime date_admission;
};

GType foyer_subevent_get_type (void) G_GNUC_CONST;
FoyerSubevent *foyer_subevent_new (void);
FoyerSubevent *foyer_subevent_ref (FoyerSubevent *self);
void foyer_subevent_unref (FoyerSubevent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerSubevent, foyer_subevent_unref)

G_END_DECLS
