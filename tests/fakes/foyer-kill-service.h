/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-kill-point.h"
#include "foyer-service.h"

G_BEGIN_DECLS

#define FOYER_TYPE_KILL_SERVICE (foyer_kill_service_get_type ())

/**
 * FoyerKillService:
 *
 * A service that stands before the real one and counts
 * instants: before each step and question, and between its effect and the hearing of it.
 */
G_DECLARE_FINAL_TYPE (FoyerKillService, foyer_kill_service, FOYER, KILL_SERVICE, GObject)

FoyerService *foyer_kill_service_new (FoyerService *inner, FoyerKillPoint *point);

G_END_DECLS
