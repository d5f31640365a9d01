/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Check-in lists, and the codes that open no door any more (contracts/pretix-checkin.md 8, 10). */

#define G_LOG_DOMAIN "foyer-pretix"

#include "foyer-pretix-mapper-list.h"

#include "foyer-json.h"

/* An empty value of any kind is no rule. Anything else is kept as it is: an evaluator that cannot
 * read it asks the service. */
static char *
dup_rules (JsonObject *object)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, "rules") : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) == 0)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node))
    {
      const char *text = foyer_json_node_get_string (node);

      if (text != NULL ? *text == '\0'
                       : json_node_get_double (node) == 0.0 && !json_node_get_boolean (node))
        return NULL;
    }

  return json_to_string (node, FALSE);
}

/**
 * foyer_pretix_map_list:
 * @node: a record of `checkinlists/`
 * @reader: for whom
 * @error: return location
 *
 * Which products a list lets in decides who enters: a list that does not say it is rejected.
 *
 * Returns: (transfer full) (nullable): the list, or %NULL with an error
 */
FoyerCheckInList *
foyer_pretix_map_list (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  g_autoptr (FoyerCheckInList) self = foyer_check_in_list_new ();
  const char *name;

  if (!foyer_pretix_read_id (object, "id", &self->id, error))
    return NULL;

  self->all_products = foyer_json_get_boolean (object, "all_products", FALSE);
  if (!self->all_products && foyer_json_get_array (object, "limit_products") == NULL)
    {
      foyer_pretix_reject (error, "limit_products is no list");
      return NULL;
    }

  name = foyer_pretix_reader_get_text (reader, object, "name");
  self->name = g_strdup (name != NULL ? name : "");
  self->products = foyer_pretix_read_ids (object, "limit_products");
  self->subevent = foyer_pretix_read_reference (object, "subevent");
  self->include_pending = foyer_json_get_boolean (object, "include_pending", FALSE);
  self->allow_multiple_entries = foyer_json_get_boolean (object, "allow_multiple_entries", FALSE);
  self->allow_entry_after_exit = foyer_json_get_boolean (object, "allow_entry_after_exit", TRUE);
  self->addon_match = foyer_json_get_boolean (object, "addon_match", FALSE);
  self->rules = dup_rules (object);
  self->exit_all_at = foyer_pretix_read_time (object, "exit_all_at");
  return g_steal_pointer (&self);
}

static FoyerSecretMark *
map_mark (JsonNode *node, const char *time_member, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  g_autoptr (FoyerSecretMark) self = foyer_secret_mark_new ();

  if (!foyer_pretix_read_id (object, "id", &self->id, error))
    return NULL;

  self->secret = foyer_pretix_read_text (object, "secret");
  if (self->secret == NULL)
    {
      foyer_pretix_reject (error, "secret is no text");
      return NULL;
    }

  self->changed = foyer_pretix_read_time (object, time_member);
  return g_steal_pointer (&self);
}

/**
 * foyer_pretix_map_revoked:
 * @node: a record of `revokedsecrets/`
 * @reader: for whom
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the code, or %NULL with an error
 */
FoyerSecretMark *
foyer_pretix_map_revoked (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  FoyerSecretMark *self = map_mark (node, "created", error);

  if (self != NULL)
    self->blocked = TRUE;

  return self;
}

/**
 * foyer_pretix_map_blocked:
 * @node: a record of `blockedsecrets/`; `"blocked": false` means that the block was lifted
 * @reader: for whom
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the code, or %NULL with an error
 */
FoyerSecretMark *
foyer_pretix_map_blocked (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  FoyerSecretMark *self = map_mark (node, "updated", error);

  if (self != NULL)
    self->blocked = foyer_json_get_boolean (foyer_json_get_root_object (node), "blocked", TRUE);

  return self;
}
