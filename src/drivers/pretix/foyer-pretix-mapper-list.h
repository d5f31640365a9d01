/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-check-in-list.h"
#include "foyer-pretix-reader.h"
#include "foyer-secret-mark.h"

G_BEGIN_DECLS

FoyerCheckInList *foyer_pretix_map_list (JsonNode *node, FoyerPretixReader *reader, GError **error);
FoyerSecretMark *
foyer_pretix_map_revoked (JsonNode *node, FoyerPretixReader *reader, GError **error);
FoyerSecretMark *
foyer_pretix_map_blocked (JsonNode *node, FoyerPretixReader *reader, GError **error);

G_END_DECLS
