/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-door-entry.h"
#include "foyer-lists.h"
#include "foyer-scan.h"
#include "foyer-verdict-words.h"

G_BEGIN_DECLS

/**
 * FoyerDoorPhase:
 * @FOYER_DOOR_READY: waits for a scan
 * @FOYER_DOOR_RECOGNISED: the name is known, the verdict is on its way
 * @FOYER_DOOR_VERDICT: decided; goes back to ready after the pause
 *
 * What the large surface shows.
 */
typedef enum
{
  FOYER_DOOR_READY,
  FOYER_DOOR_RECOGNISED,
  FOYER_DOOR_VERDICT,
} FoyerDoorPhase;

#define FOYER_TYPE_DOOR_PHASE (foyer_door_phase_get_type ())
GType foyer_door_phase_get_type (void) G_GNUC_CONST;

#define FOYER_TYPE_DOOR (foyer_door_get_type ())

/**
 * FoyerDoor:
 *
 * Scans in, verdicts out, one after the other: a queue that neither a bad code nor the pause of the
 * display holds up.
 *
 * Properties, notified: `phase` (FoyerDoorPhase), `words` (FoyerVerdictWords, nullable), `last`
 * (GListModel of FoyerDoorEntry, newest first, at most ten), `pause` (guint, seconds, writable), `leaving` (gboolean):
 * who is scanned goes out.
 * Signal `verdict` (FoyerVerdictWords): a decision, to be heard and spoken as well as seen.
 */
G_DECLARE_FINAL_TYPE (FoyerDoor, foyer_door, FOYER, DOOR, GObject)

FoyerDoor *foyer_door_new (FoyerWorkspace *workspace, FoyerLists *lists);
void foyer_door_scan (FoyerDoor *self, const char *code, const char *alternative);
void foyer_door_admit (FoyerDoor *self, const char *secret, gint64 attendee, const char *order);
void foyer_door_take (FoyerDoor *self, GPtrArray *scans, FoyerListChoice *list);
void foyer_door_tell (FoyerDoor *self,
                      FoyerVerdictWords *words,
                      const char *connection,
                      gint64 attendee);
void foyer_door_hold (FoyerDoor *self, gboolean held);
void foyer_door_set_leaving (FoyerDoor *self, gboolean leaving);
gboolean foyer_door_get_leaving (FoyerDoor *self);
FoyerVerdict *foyer_door_get_verdict (FoyerDoor *self, FoyerListChoice **list);
void foyer_door_clear (FoyerDoor *self);
void foyer_door_repeat (FoyerDoor *self);
FoyerDoorPhase foyer_door_get_phase (FoyerDoor *self);
FoyerVerdictWords *foyer_door_get_words (FoyerDoor *self);
GListModel *foyer_door_get_last (FoyerDoor *self);
gboolean foyer_door_is_busy (FoyerDoor *self);

G_END_DECLS
