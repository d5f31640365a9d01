/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-list-choice.h"
#include "foyer-scan.h"
#include "foyer-verdict-words.h"

G_BEGIN_DECLS

/**
 * FoyerDoorTurn:
 * @code: (owned) (nullable): what was scanned
 * @alternative: (owned) (nullable): the other reading
 * @attendee: a person was chosen, not a code scanned; else 0
 * @order: (owned) (nullable): code of the order
 * @scans: (owned) (nullable) (element-type FoyerScan): all of it is said already; several: a group
 * @leaving: out instead of in
 * @list: (owned): the list at that moment
 * @first: (owned) (nullable): the verdict on the first reading, while the other is tried
 *
 * One turn at the door: what waits in its queue.
 */
typedef struct
{
  char *code;
  char *alternative;
  gint64 attendee;
  char *order;
  GPtrArray *scans;
  gboolean leaving;
  FoyerListChoice *list;
  FoyerVerdict *first;
} FoyerDoorTurn;

FoyerDoorTurn *foyer_door_turn_new (FoyerListChoice *list, gboolean leaving);
void foyer_door_turn_free (gpointer turn);
FoyerScan *foyer_door_turn_make_scan (const FoyerDoorTurn *self, const char *code);
FoyerVerdictContext foyer_door_turn_make_context (const FoyerDoorTurn *self);
char *foyer_door_turn_make_clock_text (FoyerListChoice *list);

G_END_DECLS
