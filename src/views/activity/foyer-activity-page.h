/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-activity-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_ACTIVITY_PAGE (foyer_activity_page_get_type ())

/**
 * FoyerActivityPage:
 *
 * The journal: what was promised to the services, newest first, and all about the selected one. Property
 * `controller` (FoyerActivityController, construct-only). Its actions are in the group `commands`.
 */
G_DECLARE_FINAL_TYPE (FoyerActivityPage, foyer_activity_page, FOYER, ACTIVITY_PAGE, AdwBin)

GtkWidget *foyer_activity_page_new (FoyerActivityController *controller);

G_END_DECLS
