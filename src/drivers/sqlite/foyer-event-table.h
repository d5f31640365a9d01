/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-event.h"
#include "foyer-record.h"
#include "foyer-subevent.h"

G_BEGIN_DECLS

gboolean foyer_event_table_put (FoyerDatabase *db,
                                gint64 source,
                                gint64 run,
                                FoyerEvent *event,
                                FoyerRecordFate *fate,
                                GError **error);
FoyerEvent *foyer_event_table_load (FoyerDatabase *db, gint64 source, GError **error);
const FoyerRecordSql *foyer_event_table_get_sql (void);

gboolean foyer_subevent_table_put (FoyerDatabase *db,
                                   gint64 source,
                                   gint64 run,
                                   FoyerSubevent *subevent,
                                   FoyerRecordFate *fate,
                                   GError **error);
FoyerSubevent *
foyer_subevent_table_load (FoyerDatabase *db, gint64 source, gint64 id, GError **error);
const FoyerRecordSql *foyer_subevent_table_get_sql (void);

G_END_DECLS
