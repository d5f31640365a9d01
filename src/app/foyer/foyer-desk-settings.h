/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "foyer-scanner-profile.h"

G_BEGIN_DECLS

GSettings *foyer_desk_settings_new (const char *workspace);
void foyer_desk_settings_put_scanner (GSettings *settings, const FoyerScannerProfile *profile);
void foyer_desk_settings_bind_scanner (GSettings *settings, GObject *object, const char *property);

G_END_DECLS
