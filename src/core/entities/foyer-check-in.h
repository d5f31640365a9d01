/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "foyer-time.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CHECK_IN (foyer_check_in_get_type ())

/**
 * FoyerCheckIn:
 * @id: the service's id, or 0
 * @list: the check-in list
 * @datetime: when it happened
 * @exit: %TRUE: out, %FALSE: in
 * @automatic: written by the service itself
 * @gate: id of the gate, or 0
 * @device_id: number of the device within the organiser, or 0 for a team token or a person
 * @waiting: laid over the mirror from a command that the service has not confirmed
 *
 * A successful scan: somebody went in or out. One that Foyer wrote itself from the answer to a redeem
 * has @id 0, since the answer does not say it, until the next sync replaces it.
 *
 * Immutable once its maker has filled it in; fields are read directly, owned by the value.
 */
typedef struct _FoyerCheckIn FoyerCheckIn;
struct _FoyerCheckIn
{
  gint64 id;
  gint64 list;
  FoyerTime datetime;
  gboolean exit;
  gboolean automatic;
  gint64 gate;
  gint64 device_id;
  gboolean waiting;
};

GType foyer_check_in_get_type (void) G_GNUC_CONST;
FoyerCheckIn *foyer_check_in_new (void);
FoyerCheckIn *foyer_check_in_ref (FoyerCheckIn *self);
void foyer_check_in_unref (FoyerCheckIn *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerCheckIn, foyer_check_in_unref)

G_END_DECLS
