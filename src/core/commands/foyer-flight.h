/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-command-writer.h"
#include "foyer-desk.h"

G_BEGIN_DECLS

typedef struct _FoyerFlight FoyerFlight;

/**
 * FoyerFlightTower:
 * @may_leave: whether this process still sends
 * @tell: tells whoever waits for the answer; %TRUE if the person at the door was told this very one
 * @failed: a call had no answer
 * @answered: a call was answered; the duration of a step, microseconds, or -1 for a look-up
 * @stuck: it could not be written; nothing was sent
 * @landed: the command is in the journal as given; the flight is over and its memory gone
 *
 * What a flight needs from who started it. @tower is what was given to foyer_flight_begin().
 */
typedef struct
{
  gboolean (*may_leave) (gpointer tower);
  gboolean (*tell) (gpointer tower,
                    FoyerCommand *command,
                    FoyerStepResult *result,
                    const GError *error);
  void (*failed) (gpointer tower, const GError *error);
  void (*answered) (gpointer tower, gint64 duration);
  void (*stuck) (gpointer tower);
  void (*landed) (gpointer tower, FoyerCommand *command);
} FoyerFlightTower;

void foyer_flight_begin (FoyerDesk *desk,
                         FoyerCommandWriter *writer,
                         FoyerCommand *command,
                         const FoyerFlightTower *functions,
                         GObject *tower);

G_END_DECLS
