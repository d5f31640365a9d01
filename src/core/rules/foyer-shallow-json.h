/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *foyer_shallow_json_parse (const char *text, guint max_depth);

G_END_DECLS
