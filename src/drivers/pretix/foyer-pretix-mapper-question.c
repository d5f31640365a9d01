/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions with their choices (contracts/pretix.md 4.2, contracts/pretix-checkin.md 9). */

#define G_LOG_DOMAIN "foyer-pretix"

#include "foyer-pretix-mapper-question.h"

#include "foyer-json.h"

static FoyerQuestionOption *
map_option (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  g_autoptr (FoyerQuestionOption) self = foyer_question_option_new ();
  const char *answer;

  if (!foyer_pretix_read_id (object, "id", &self->id, error))
    return NULL;

  answer = foyer_pretix_reader_get_text (reader, object, "answer");
  self->identifier = foyer_pretix_read_text (object, "identifier");
  self->answer = g_strdup (answer != NULL ? answer : "");
  self->position = foyer_pretix_read_small_int (object, "position");
  return g_steal_pointer (&self);
}

/**
 * foyer_pretix_map_question:
 * @node: a record of `questions/`, or one of the questions in the answer to a redeem
 * @reader: for whom
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the question, or %NULL with an error
 */
FoyerQuestion *
foyer_pretix_map_question (JsonNode *node, FoyerPretixReader *reader, GError **error)
{
  JsonObject *object = foyer_json_get_root_object (node);
  JsonArray *options = foyer_json_get_array (object, "options");
  guint n = options != NULL ? json_array_get_length (options) : 0;
  g_autoptr (FoyerQuestion) self = foyer_question_new ();
  const char *text;

  if (!foyer_pretix_read_id (object, "id", &self->id, error))
    return NULL;

  self->type = foyer_pretix_read_text (object, "type");
  if (self->type == NULL)
    {
      foyer_pretix_reject (error, "type is no text");
      return NULL;
    }

  self->identifier = foyer_pretix_read_text (object, "identifier");
  text = foyer_pretix_reader_get_text (reader, object, "question");
  self->question = g_strdup (text != NULL ? text : "");
  self->help_text = g_strdup (foyer_pretix_reader_get_text (reader, object, "help_text"));
  self->required = foyer_json_get_boolean (object, "required", FALSE);
  self->ask_during_checkin = foyer_json_get_boolean (object, "ask_during_checkin", FALSE);
  self->show_during_checkin = foyer_json_get_boolean (object, "show_during_checkin", FALSE);
  self->hidden = foyer_json_get_boolean (object, "hidden", FALSE);
  self->products = foyer_pretix_read_ids (object, "items");
  self->valid_number_min = foyer_pretix_read_decimal (object, "valid_number_min");
  self->valid_number_max = foyer_pretix_read_decimal (object, "valid_number_max");
  self->valid_date_min = foyer_pretix_read_text (object, "valid_date_min");
  self->valid_date_max = foyer_pretix_read_text (object, "valid_date_max");
  self->valid_datetime_min = foyer_pretix_read_text (object, "valid_datetime_min");
  self->valid_datetime_max = foyer_pretix_read_text (object, "valid_datetime_max");
  self->valid_string_length_max = foyer_pretix_read_small_int (object, "valid_string_length_max");
  self->position = foyer_pretix_read_small_int (object, "position");
  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify)foyer_question_option_unref);
  for (guint i = 0; i < n; i++)
    {
      FoyerQuestionOption *option = map_option (json_array_get_element (options, i), reader, error);

      if (option == NULL)
        {
          foyer_pretix_reject_inside (error, "options[%u].", i);
          return NULL;
        }
      g_ptr_array_add (self->options, option);
    }

  return g_steal_pointer (&self);
}
