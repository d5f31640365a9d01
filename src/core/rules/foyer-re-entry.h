/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-attendee.h"
#include "foyer-check-in-list.h"

G_BEGIN_DECLS

FoyerCheckIn *foyer_re_entry_get_newest (GPtrArray *check_ins, gint64 list);
FoyerCheckIn *foyer_re_entry_get_newest_entry (GPtrArray *check_ins, gint64 list);
gboolean foyer_re_entry_is_inside (GPtrArray *check_ins, gint64 list);
gboolean foyer_re_entry_is_allowed (FoyerCheckInList *list, GPtrArray *check_ins);

G_END_DECLS
