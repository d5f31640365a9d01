/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-shell-controller.h"
#include "foyer-window.h"

G_BEGIN_DECLS

void foyer_pages_add (FoyerWindow *window,
                      FoyerShellController *shell,
                      GSettings *settings,
                      GSettings *desk_settings);

G_END_DECLS
