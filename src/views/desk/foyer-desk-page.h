/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-desk-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_DESK_PAGE (foyer_desk_page_get_type ())

/**
 * FoyerDeskPage:
 *
 * The door: scan, find, admit. Properties: `controller` (FoyerDeskController, construct-only); `scanner-gap`
 * (guint, milliseconds, writable): the longest time between two keys of a scan.
 */
G_DECLARE_FINAL_TYPE (FoyerDeskPage, foyer_desk_page, FOYER, DESK_PAGE, AdwBin)

GtkWidget *foyer_desk_page_new (FoyerDeskController *controller);

G_END_DECLS
