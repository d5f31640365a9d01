/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Categories, and items with their variations (contracts/pretix.md 4.2). */

#define G_LOG_DOMAIN "foyer-pretix"

#include "foyer-pretix-mapper-item.h"

#include "foyer-json.h"

/* The organiser's own name comes first: it is what the people at the door know. */
static char *
dup_name (FoyerPretixReader *reader, JsonObject *object, const char *member)
{
  const char *name = foyer_json_get_string (object, "internal_name");

  if (name == NULL || *name == '\0')
    name = foyer_pretix_reader_get_text (reader, object, member);

  return g_strdup (name != NULL ? name : "");
}

/**
 * foyer_pretix_map_category:
 * @node: a record of `categories/`
 * @reader: for whom
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the category, or %NULL with an error
 */
FoyerCategory *
foyer_pretix_map_category (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  g_autoptr (FoyerCategory) self = foyer_category_new ();

  if (!foyer_pretix_read_id (object, "id", &self->id, error))
    return NULL;

  self->name = dup_name (reader, object, "name");
  self->position = foyer_pretix_read_small_int (object, "position");
  self->is_addon = foyer_json_get_boolean (object, "is_addon", FALSE);
  return g_steal_pointer (&self);
}

static FoyerVariation *
map_variation (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  g_autoptr (FoyerVariation) self = foyer_variation_new ();

  if (!foyer_pretix_read_id (object, "id", &self->id, error))
    return NULL;

  self->name = dup_name (reader, object, "value");
  self->position = foyer_pretix_read_small_int (object, "position");
  self->active = foyer_json_get_boolean (object, "active", TRUE);
  self->attention = foyer_json_get_boolean (object, "checkin_attention", FALSE);
  self->checkin_text = foyer_pretix_read_text (object, "checkin_text");
  return g_steal_pointer (&self);
}

/**
 * foyer_pretix_map_item:
 * @node: a record of `items/`
 * @reader: for whom
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the product, or %NULL with an error
 */
FoyerProduct *
foyer_pretix_map_item (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  JsonArray *variations = foyer_json_get_array (object, "variations");
  guint n = variations != NULL ? json_array_get_length (variations) : 0;
  g_autoptr (FoyerProduct) self = foyer_product_new ();

  if (!foyer_pretix_read_id (object, "id", &self->id, error))
    return NULL;

  self->category = foyer_pretix_read_reference (object, "category");
  self->name = dup_name (reader, object, "name");
  self->position = foyer_pretix_read_small_int (object, "position");
  self->active = foyer_json_get_boolean (object, "active", TRUE);
  self->admission = foyer_json_get_boolean (object, "admission", FALSE);
  self->attention = foyer_json_get_boolean (object, "checkin_attention", FALSE);
  self->checkin_text = foyer_pretix_read_text (object, "checkin_text");
  self->media_policy = foyer_pretix_read_text (object, "media_policy");
  self->media_type = foyer_pretix_read_text (object, "media_type");
  self->variations = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_variation_unref);
  for (guint i = 0; i < n; i++)
    {
      FoyerVariation *variation = map_variation (json_array_get_element (variations, i), reader,
                                                 error);

      if (variation == NULL)
        {
          foyer_pretix_reject_inside (error, "variations[%u].", i);
          return NULL;
        }
      g_ptr_array_add (self->variations, variation);
    }

  return g_steal_pointer (&self);
}
