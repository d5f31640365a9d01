/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-event.h"
#include "foyer-organizer.h"
#include "foyer-pretix-reader.h"
#include "foyer-subevent.h"

G_BEGIN_DECLS

FoyerOrganizer *
foyer_pretix_map_organizer (JsonNode *node, FoyerPretixReader *reader, GError **error);
FoyerEvent *foyer_pretix_map_event (JsonNode *node, FoyerPretixReader *reader, GError **error);
FoyerSubevent *
foyer_pretix_map_subevent (JsonNode *node, FoyerPretixReader *reader, GError **error);

G_END_DECLS
