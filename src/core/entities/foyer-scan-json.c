/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scan as the journal keeps it: the arguments of a check-in or exit command. Read back with care,
 * since a journal may come from a newer Foyer or a damaged disk. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-scan.h"

#include "foyer-error.h"
#include "foyer-json.h"

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_true (JsonBuilder *builder, const char *name, gboolean value)
{
  if (!value)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, TRUE);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  if (value == 0)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * foyer_scan_to_json:
 * @self: a scan
 *
 * Returns: (transfer full): a JSON object as text; absent members are absent values
 */
char *
foyer_scan_to_json (const FoyerScan *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "secret", self->secret);
  json_builder_set_member_name (builder, "lists");
  json_builder_begin_array (builder);
  for (guint i = 0; self->lists != NULL && i < self->lists->len; i++)
    json_builder_add_int_value (builder, g_array_index (self->lists, gint64, i));
  json_builder_end_array (builder);
  add_int (builder, "list", self->list);
  add_int (builder, "attendee", self->attendee);
  add_string (builder, "order", self->order);
  add_string (builder, "name", self->name);
  add_string (builder, "product", self->product);
  if (self->datetime != FOYER_TIME_NONE)
    {
      g_autofree char *at = foyer_time_format_utc (self->datetime);

      add_string (builder, "datetime", at);
    }
  add_true (builder, "exit", self->exit);
  add_true (builder, "force", self->force);
  add_true (builder, "ignore_unpaid", self->ignore_unpaid);
  add_string (builder, "answers", self->answers);
  add_string (builder, "override_reason", self->override_reason);
  add_string (builder, "undoes", self->undoes);
  add_string (builder, "nonce", self->nonce);
  add_string (builder, "reason", self->reason);
  add_string (builder, "refusal", self->refusal);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/**
 * foyer_scan_from_json:
 * @json: what foyer_scan_to_json() made
 * @error: return location
 *
 * Returns: (transfer full): the scan, or %NULL with %FOYER_ERROR_STORAGE if the text is damaged
 */
FoyerScan *
foyer_scan_from_json (const char *json, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (FoyerScan) self = NULL;
  JsonObject *object;
  JsonArray *lists;

  if (json == NULL || !json_parser_load_from_data (parser, json, -1, NULL)
      || (object = foyer_json_get_root_object (json_parser_get_root (parser))) == NULL)
    {
      g_propagate_error (error, foyer_error_new_plain (FOYER_ERROR_STORAGE,
                                                       "scan arguments are not a JSON object"));
      return NULL;
    }

  self = foyer_scan_new ();
  self->secret = g_strdup (foyer_json_get_string (object, "secret"));
  self->lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  lists = foyer_json_get_array (object, "lists");
  for (guint i = 0; lists != NULL && i < json_array_get_length (lists); i++)
    {
      gint64 id;

      if (foyer_json_node_get_int (json_array_get_element (lists, i), &id))
        g_array_append_val (self->lists, id);
    }
  self->list = foyer_json_get_int (object, "list", 0);
  self->attendee = foyer_json_get_int (object, "attendee", 0);
  self->order = g_strdup (foyer_json_get_string (object, "order"));
  self->name = g_strdup (foyer_json_get_string (object, "name"));
  self->product = g_strdup (foyer_json_get_string (object, "product"));
  if (!foyer_time_parse (foyer_json_get_string (object, "datetime"), NULL, &self->datetime))
    self->datetime = FOYER_TIME_NONE;
  self->exit = foyer_json_get_boolean (object, "exit", FALSE);
  self->force = foyer_json_get_boolean (object, "force", FALSE);
  self->ignore_unpaid = foyer_json_get_boolean (object, "ignore_unpaid", FALSE);
  self->answers = g_strdup (foyer_json_get_string (object, "answers"));
  self->override_reason = g_strdup (foyer_json_get_string (object, "override_reason"));
  self->undoes = g_strdup (foyer_json_get_string (object, "undoes"));
  self->nonce = g_strdup (foyer_json_get_string (object, "nonce"));
  self->reason = g_strdup (foyer_json_get_string (object, "reason"));
  self->refusal = g_strdup (foyer_json_get_string (object, "refusal"));
  return g_steal_pointer (&self);
}

/**
 * foyer_scan_copy:
 * @self: a scan
 *
 * Returns: (transfer full): a copy, to be changed by its maker before anybody else sees it
 */
FoyerScan *
foyer_scan_copy (const FoyerScan *self)
{
  FoyerScan *copy = foyer_scan_new ();

  *copy = *self;
  copy->secret = g_strdup (self->secret);
  copy->lists = self->lists != NULL ? g_array_copy (self->lists) : NULL;
  copy->order = g_strdup (self->order);
  copy->name = g_strdup (self->name);
  copy->product = g_strdup (self->product);
  copy->answers = g_strdup (self->answers);
  copy->override_reason = g_strdup (self->override_reason);
  copy->undoes = g_strdup (self->undoes);
  copy->nonce = g_strdup (self->nonce);
  copy->reason = g_strdup (self->reason);
  copy->refusal = g_strdup (self->refusal);
  return copy;
}
