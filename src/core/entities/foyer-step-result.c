/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A service's answer to a step. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-step-result.h"

#include <json-glib/json-glib.h>

G_DEFINE_BOXED_TYPE (FoyerStepResult,
                     foyer_step_result,
                     foyer_step_result_ref,
                     foyer_step_result_unref)

static void
foyer_step_result_clear (gpointer data)
{
  FoyerStepResult *self = data;

  g_free (self->reason);
  g_free (self->explanation);
  g_clear_pointer (&self->texts, g_strfreev);
  g_clear_pointer (&self->order, foyer_order_unref);
  g_clear_pointer (&self->attendee, foyer_attendee_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
}

/**
 * foyer_step_result_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerStepResult *
foyer_step_result_new (void)
{
  FoyerStepResult *self = g_atomic_rc_box_new0 (FoyerStepResult);

  self->answered = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_step_result_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerStepResult *
foyer_step_result_ref (FoyerStepResult *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_step_result_unref:
 * @self: (transfer full): a value
 */
void
foyer_step_result_unref (FoyerStepResult *self)
{
  g_atomic_rc_box_release_full (self, foyer_step_result_clear);
}

/**
 * foyer_step_result_to_json:
 * @self: an answer
 *
 * What the journal keeps of an answer: outcome, reason, explanation, list, replayed, and the check-ins
 * that were there before. No name, no secret.
 *
 * Returns: (transfer full): a JSON object as text
 */
char *
foyer_step_result_to_json (const FoyerStepResult *self)
{
  static const char *const outcomes[] = { "done", "refused", "needs_answers" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "outcome");
  json_builder_add_string_value (builder, outcomes[self->outcome]);
  if (self->reason != NULL)
    {
      json_builder_set_member_name (builder, "reason");
      json_builder_add_string_value (builder, self->reason);
    }
  if (self->explanation != NULL)
    {
      json_builder_set_member_name (builder, "explanation");
      json_builder_add_string_value (builder, self->explanation);
    }
  if (self->list != 0)
    {
      json_builder_set_member_name (builder, "list");
      json_builder_add_int_value (builder, self->list);
    }
  if (self->replayed)
    {
      json_builder_set_member_name (builder, "replayed");
      json_builder_add_boolean_value (builder, TRUE);
    }
  if (self->attendee != NULL && self->attendee->check_ins != NULL)
    {
      json_builder_set_member_name (builder, "check_ins");
      json_builder_begin_array (builder);
      for (guint i = 0; i < self->attendee->check_ins->len; i++)
        {
          const FoyerCheckIn *check_in = g_ptr_array_index (self->attendee->check_ins, i);
          g_autofree char *at = foyer_time_format_utc (check_in->datetime);

          json_builder_begin_object (builder);
          json_builder_set_member_name (builder, "list");
          json_builder_add_int_value (builder, check_in->list);
          json_builder_set_member_name (builder, "datetime");
          json_builder_add_string_value (builder, at);
          json_builder_set_member_name (builder, "type");
          json_builder_add_string_value (builder, check_in->exit ? "exit" : "entry");
          json_builder_set_member_name (builder, "device_id");
          json_builder_add_int_value (builder, check_in->device_id);
          json_builder_set_member_name (builder, "gate");
          json_builder_add_int_value (builder, check_in->gate);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
