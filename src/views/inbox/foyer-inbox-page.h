/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-inbox-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_INBOX_PAGE (foyer_inbox_page_get_type ())

/**
 * FoyerInboxPage:
 *
 * What needs a person, one card a case. Property `controller` (FoyerInboxController, construct-only).
 */
G_DECLARE_FINAL_TYPE (FoyerInboxPage, foyer_inbox_page, FOYER, INBOX_PAGE, AdwBin)

GtkWidget *foyer_inbox_page_new (FoyerInboxController *controller);

G_END_DECLS
