/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is told of every call to the outside. */

#define G_LOG_DOMAIN "foyer-http"

#include "foyer-call-listener.h"

G_DEFINE_INTERFACE (FoyerCallListener, foyer_call_listener, G_TYPE_OBJECT)

static void
foyer_call_listener_default_init (FoyerCallListenerInterface *iface)
{
}

/**
 * foyer_call_listener_call_finished:
 * @self: a listener
 * @call: the record of the call
 *
 * Tells @self of a finished call.
 */
void
foyer_call_listener_call_finished (FoyerCallListener *self, FoyerCall *call)
{
  FoyerCallListenerInterface *iface;

  g_return_if_fail (FOYER_IS_CALL_LISTENER (self));
  g_return_if_fail (call != NULL);

  iface = FOYER_CALL_LISTENER_GET_IFACE (self);
  if (iface->call_finished != NULL)
    iface->call_finished (self, call);
}
