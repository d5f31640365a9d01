/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Organisers, events and the dates of a series (contracts/pretix.md 4.1). */

#define G_LOG_DOMAIN "foyer-pretix"

#include "foyer-pretix-mapper-event.h"

#include "foyer-json.h"

/* The name of a thing that must be shown somehow: its name, else what the service calls it. */
static char *
dup_name (FoyerPretixReader *reader, JsonObject *object, const char *fallback)
{
  const char *name = foyer_pretix_reader_get_text (reader, object, "name");

  return g_strdup (name != NULL ? name : fallback);
}

static gboolean
read_slug (JsonObject *object, char **slug, GError **error)
{
  *slug = foyer_pretix_read_text (object, "slug");
  if (*slug != NULL)
    return TRUE;

  foyer_pretix_reject (error, "slug is no text");
  return FALSE;
}

/**
 * foyer_pretix_map_organizer:
 * @node: a record of `organizers/`
 * @reader: for whom
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the organiser, or %NULL with an error
 */
FoyerOrganizer *
foyer_pretix_map_organizer (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  g_autoptr (FoyerOrganizer) self = foyer_organizer_new ();

  if (!read_slug (object, &self->slug, error))
    return NULL;

  self->name = dup_name (reader, object, self->slug);
  return g_steal_pointer (&self);
}

static GStrv
dup_signing_keys (JsonObject *object)
{
  JsonArray *keys = foyer_json_get_array (foyer_json_get_object (object, "valid_keys"),
                                          "pretix_sig1");
  guint n = keys != NULL ? json_array_get_length (keys) : 0;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      const char *key = foyer_json_node_get_string (json_array_get_element (keys, i));

      if (key != NULL)
        g_strv_builder_add (builder, key);
    }

  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

/**
 * foyer_pretix_map_event:
 * @node: a record of `events/`, or `events/{event}/` itself
 * @reader: for whom
 * @error: return location
 *
 * The organiser and the event's language are not in it: who asked knows them.
 *
 * Returns: (transfer full) (nullable): the event, or %NULL with an error
 */
FoyerEvent *
foyer_pretix_map_event (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  g_autoptr (FoyerEvent) self = foyer_event_new ();

  if (!read_slug (object, &self->slug, error))
    return NULL;

  self->name = dup_name (reader, object, self->slug);
  self->zone = foyer_pretix_read_text (object, "timezone");
  if (self->zone == NULL)
    self->zone = g_strdup ("UTC");
  self->currency = foyer_pretix_read_text (object, "currency");
  if (self->currency == NULL)
    self->currency = g_strdup ("EUR");
  self->date_from = foyer_pretix_read_time (object, "date_from");
  self->date_to = foyer_pretix_read_time (object, "date_to");
  self->date_admission = foyer_pretix_read_time (object, "date_admission");
  self->has_subevents = foyer_json_get_boolean (object, "has_subevents", FALSE);
  self->live = foyer_json_get_boolean (object, "live", FALSE);
  self->testmode = foyer_json_get_boolean (object, "testmode", FALSE);
  self->signing_keys = dup_signing_keys (object);
  return g_steal_pointer (&self);
}

/**
 * foyer_pretix_map_subevent:
 * @node: a record of `subevents/`
 * @reader: for whom
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the date, or %NULL with an error
 */
FoyerSubevent *
foyer_pretix_map_subevent (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  g_autoptr (FoyerSubevent) self = foyer_subevent_new ();

  if (!foyer_pretix_read_id (object, "id", &self->id, error))
    return NULL;

  self->name = dup_name (reader, object, "");
  self->active = foyer_json_get_boolean (object, "active", TRUE);
  self->date_from = foyer_pretix_read_time (object, "date_from");
  self->date_to = foyer_pretix_read_time (object, "date_to");
  self->date_admission = foyer_pretix_read_time (object, "date_admission");
  return g_steal_pointer (&self);
}
