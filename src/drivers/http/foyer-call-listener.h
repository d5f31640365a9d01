/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-call.h"

G_BEGIN_DECLS

#define FOYER_TYPE_CALL_LISTENER (foyer_call_listener_get_type ())
G_DECLARE_INTERFACE (FoyerCallListener, foyer_call_listener, FOYER, CALL_LISTENER, GObject)

/**
 * FoyerCallListenerInterface:
 * @call_finished: one call to the outside is over, well or badly; called on the main context of
 *   the connection. Must not block: whatever writes to a disk hands the record to a thread.
 *
 * Somebody who wants to know of every call to the outside: the audit, the error reporter, the
 * page that shows how the services do.
 */
struct _FoyerCallListenerInterface
{
  GTypeInterface parent;

  void (*call_finished) (FoyerCallListener *self, FoyerCall *call);
};

void foyer_call_listener_call_finished (FoyerCallListener *self, FoyerCall *call);

G_END_DECLS
