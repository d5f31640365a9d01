/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-pretix-reader.h"
#include "foyer-question.h"

G_BEGIN_DECLS

FoyerQuestion *
foyer_pretix_map_question (JsonNode *node, FoyerPretixReader *reader, GError **error);

G_END_DECLS
