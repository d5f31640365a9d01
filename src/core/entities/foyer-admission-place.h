/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-event.h"
#include "foyer-check-in-list.h"

G_BEGIN_DECLS

#define FOYER_TYPE_ADMISSION_PLACE (foyer_admission_place_get_type ())

/**
 * FoyerAdmissionPlace:
 * @connection: name of the connection
 * @event: the event
 * @list: the list
 * @gate: the desk's gate, or 0
 *
 * One list that is scanned for, and its event.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerAdmissionPlace FoyerAdmissionPlace;
struct _FoyerAdmissionPlace
{
  char *connection;
  FoyerEvent *event;
  FoyerCheckInList *list;
  gint64 gate;
};

GType foyer_admission_place_get_type (void) G_GNUC_CONST;
FoyerAdmissionPlace *foyer_admission_place_new (void);
FoyerAdmissionPlace *foyer_admission_place_ref (FoyerAdmissionPlace *self);
void foyer_admission_place_unref (FoyerAdmissionPlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerAdmissionPlace, foyer_admission_place_unref)

G_END_DECLS
