/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *foyer_json_get_root_object (JsonNode *root);
const char *foyer_json_get_string (JsonObject *object, const char *member);
gint64 foyer_json_get_int (JsonObject *object, const char *member, gint64 fallback);
gboolean foyer_json_get_boolean (JsonObject *object, const char *member, gboolean fallback);
JsonObject *foyer_json_get_object (JsonObject *object, const char *member);
JsonArray *foyer_json_get_array (JsonObject *object, const char *member);
gboolean foyer_json_node_get_int (JsonNode *node, gint64 *value);
const char *foyer_json_node_get_string (JsonNode *node);
gboolean foyer_json_is_null (JsonObject *object, const char *member);

G_END_DECLS
