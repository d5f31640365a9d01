/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading JSON that somebody else wrote. json-glib's own getters raise a critical when a value has
 * another type than expected; these look first, and treat a wrong type like an absent value. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-json.h"

static JsonNode *
value_of (JsonObject *object, const char *member, GType type)
{
  JsonNode *node;

  if (object == NULL || (node = json_object_get_member (object, member)) == NULL
      || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;

  return node;
}

/**
 * foyer_json_get_root_object:
 * @root: (nullable): the root of a tree
 *
 * Returns: (transfer none) (nullable): the object, or %NULL if @root is something else
 */
JsonObject *
foyer_json_get_root_object (JsonNode *root)
{
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

/**
 * foyer_json_get_string:
 * @object: (nullable): an object
 * @member: name of a member
 *
 * Returns: (transfer none) (nullable): its text, or %NULL if it is absent, null or no text
 */
const char *
foyer_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = value_of (object, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * foyer_json_get_int:
 * @object: (nullable): an object
 * @member: name of a member
 * @fallback: what to give if it is absent, null or no whole number
 *
 * Returns: the number
 */
gint64
foyer_json_get_int (JsonObject *object, const char *member, gint64 fallback)
{
  JsonNode *node = value_of (object, member, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}

/**
 * foyer_json_get_boolean:
 * @object: (nullable): an object
 * @member: name of a member
 * @fallback: what to give if it is absent, null or no boolean
 *
 * Returns: the truth value
 */
gboolean
foyer_json_get_boolean (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = value_of (object, member, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

/**
 * foyer_json_get_object:
 * @object: (nullable): an object
 * @member: name of a member
 *
 * Returns: (transfer none) (nullable): the object inside, or %NULL
 */
JsonObject *
foyer_json_get_object (JsonObject *object, const char *member)
{
  return object != NULL ? foyer_json_get_root_object (json_object_get_member (object, member))
                        : NULL;
}

/**
 * foyer_json_get_array:
 * @object: (nullable): an object
 * @member: name of a member
 *
 * Returns: (transfer none) (nullable): the array inside, or %NULL
 */
JsonArray *
foyer_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * foyer_json_node_get_int:
 * @node: (nullable): a node
 * @value: (out): the number
 *
 * Returns: %FALSE if @node is no whole number
 */
gboolean
foyer_json_node_get_int (JsonNode *node, gint64 *value)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  *value = json_node_get_int (node);
  return TRUE;
}

/**
 * foyer_json_node_get_string:
 * @node: (nullable): a node
 *
 * Returns: (transfer none) (nullable): its text, or %NULL if it is no text
 */
const char *
foyer_json_node_get_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/**
 * foyer_json_is_null:
 * @object: (nullable): an object
 * @member: name of a member
 *
 * Returns: whether the member is absent or null
 */
gboolean
foyer_json_is_null (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}
