/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-journal.h"

G_BEGIN_DECLS

gboolean foyer_lane_queue_keeps_order (const FoyerCommand *command);
FoyerCommand *
foyer_lane_queue_take (GPtrArray *queue, GHashTable *busy, FoyerTime now, FoyerTime *earliest);
void foyer_lane_queue_load_async (FoyerJournal *journal,
                                  const char *connection,
                                  gsize limit,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

G_END_DECLS
