/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-verdict-words.h"

G_BEGIN_DECLS

#define FOYER_TYPE_DOOR_ENTRY (foyer_door_entry_get_type ())

/**
 * FoyerDoorEntry:
 *
 * One of the last scans, as it stays in sight.
 */
G_DECLARE_FINAL_TYPE (FoyerDoorEntry, foyer_door_entry, FOYER, DOOR_ENTRY, GObject)

FoyerDoorEntry *foyer_door_entry_new (const char *time,
                                      FoyerVerdictWords *words,
                                      const char *connection,
                                      gint64 attendee);
const char *foyer_door_entry_get_time (FoyerDoorEntry *self);
FoyerVerdictWords *foyer_door_entry_get_words (FoyerDoorEntry *self);
const char *foyer_door_entry_get_connection (FoyerDoorEntry *self);
gint64 foyer_door_entry_get_attendee (FoyerDoorEntry *self);

G_END_DECLS
