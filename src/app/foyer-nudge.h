/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FOYER_NUDGE_ACTION:
 *
 * The action of a window's application that a nudge activates.
 */
#define FOYER_NUDGE_ACTION "nudge"

void foyer_nudge_send (const char *workspace);

G_END_DECLS
