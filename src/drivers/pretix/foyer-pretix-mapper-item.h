/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-category.h"
#include "foyer-pretix-reader.h"
#include "foyer-product.h"

G_BEGIN_DECLS

FoyerCategory *
foyer_pretix_map_category (JsonNode *node, FoyerPretixReader *reader, GError **error);
FoyerProduct *foyer_pretix_map_item (JsonNode *node, FoyerPretixReader *reader, GError **error);

G_END_DECLS
