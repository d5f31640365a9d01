/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-database.h"

G_BEGIN_DECLS

/**
 * FoyerPresence:
 * @first_entry: or %FOYER_TIME_NONE
 * @last_entry: or %FOYER_TIME_NONE
 * @last_exit: or %FOYER_TIME_NONE
 * @waiting: some of it waits to be sent
 *
 * What one ticket has done on one list, waiting commands laid over.
 */
typedef struct
{
  FoyerTime first_entry;
  FoyerTime last_entry;
  FoyerTime last_exit;
  gboolean waiting;
} FoyerPresence;

gboolean foyer_presence_is_inside (const FoyerPresence *self);
gboolean foyer_admitted_load (FoyerDatabase *db,
                              gint64 row,
                              gint64 list,
                              gboolean laid_over,
                              FoyerPresence *presence,
                              GError **error);
gboolean foyer_admitted_check (FoyerDatabase *db,
                               gint64 row,
                               gint64 list,
                               gboolean *admitted,
                               GError **error);
GArray *
foyer_admitted_list (FoyerDatabase *db, gint64 begin, gint64 end, gint64 list, GError **error);
gboolean foyer_admitted_list_has (GArray *sorted, gint64 row);

G_END_DECLS
