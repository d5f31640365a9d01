/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-check-in.h"
#include "foyer-command.h"

G_BEGIN_DECLS

char *foyer_overlay_make_target (gint64 attendee, gint64 list);
gboolean foyer_overlay_counts (const FoyerCommand *command);
GPtrArray *
foyer_overlay_lay (GPtrArray *check_ins, GPtrArray *commands, gint64 attendee, gint64 list);

G_END_DECLS
