/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-order.h"
#include "foyer-pretix-reader.h"

G_BEGIN_DECLS

FoyerOrder *foyer_pretix_map_order (JsonNode *node, FoyerPretixReader *reader, GError **error);
FoyerAttendee *foyer_pretix_map_position (JsonNode *node, const char *order_code, GError **error);

G_END_DECLS
