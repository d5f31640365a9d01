/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-fake-server.h"
#include "foyer-service.h"

G_BEGIN_DECLS

#define FOYER_TYPE_FAKE_SERVICE (foyer_fake_service_get_type ())

/**
 * FoyerFakeService:
 *
 * A process's end of a #FoyerFakeServer: each call takes effect when it is made and is answered after the
 * server's delay. Two faults in a row put it out of reach, an answer brings it back.
 */
G_DECLARE_FINAL_TYPE (FoyerFakeService, foyer_fake_service, FOYER, FAKE_SERVICE, GObject)

FoyerFakeService *
foyer_fake_service_new (FoyerFakeServer *server, FoyerConnection *connection, FoyerClock *clock);
void foyer_fake_service_kill (FoyerFakeService *self);
void foyer_fake_service_set_watch (FoyerFakeService *self, GFunc watch, gpointer data);
guint foyer_fake_service_get_checks (FoyerFakeService *self);

G_END_DECLS
