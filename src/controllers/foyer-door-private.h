/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admit-job.h"
#include "foyer-door-turn.h"
#include "foyer-door.h"
#include "foyer-repeats.h"

G_BEGIN_DECLS

/* For the parts of a door (foyer-door-*.c) alone. */

struct _FoyerDoor
{
  GObject parent_instance;

  FoyerWorkspace *workspace;   /* (owned) */
  FoyerLists *lists;           /* (owned) */
  GCancellable *cancellable;   /* (owned) */
  FoyerRepeats *repeats;       /* (owned) */
  GQueue queue;                /* (element-type FoyerDoorTurn) */
  FoyerDoorTurn *turn;         /* (owned) (nullable) the one that runs */
  FoyerAdmitJob *job;          /* (owned) (nullable) */
  gboolean prefer_alternative; /* the layout's reading was right last time */

  FoyerDoorPhase phase;
  FoyerVerdictWords *words; /* (owned) (nullable) */
  GListStore *last;         /* (owned) (element-type FoyerDoorEntry) */
  guint pause;              /* seconds */
  GSource *pause_timer;     /* (owned) (nullable) */
  gboolean held;            /* the verdict stays: something is asked about it */
  gboolean leaving;         /* who is scanned goes out */
  FoyerVerdict *verdict;    /* (owned) (nullable) what the words are about */
  FoyerListChoice *shown;   /* (owned) (nullable) and where */
};

void foyer_door_show (FoyerDoor *self, FoyerDoorPhase phase, FoyerVerdictWords *words);
void foyer_door_show_for_a_while (FoyerDoor *self, FoyerVerdictWords *words);
void foyer_door_set_verdict (FoyerDoor *self, FoyerVerdict *verdict);
void foyer_door_remember (FoyerDoor *self, FoyerVerdictWords *words, gint64 attendee);

G_END_DECLS
