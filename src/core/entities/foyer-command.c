/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A command: a thing we promised to do. */

#define G_LOG_DOMAIN "foyer-entities"

#include "foyer-command.h"

G_DEFINE_BOXED_TYPE (FoyerCommand, foyer_command, foyer_command_ref, foyer_command_unref)

static void
foyer_command_clear (gpointer data)
{
  FoyerCommand *self = data;

  g_free (self->id);
  g_free (self->connection);
  g_free (self->target);
  g_free (self->arguments);
  g_free (self->key);
  g_free (self->actor);
  g_free (self->desk);
  g_free (self->result);
  g_free (self->problem);
  g_free (self->note);
}

/**
 * foyer_command_new:
 *
 * Returns: (transfer full): an empty value (times %FOYER_TIME_NONE), to be filled in by its maker before
 *   anybody else sees it
 */
FoyerCommand *
foyer_command_new (void)
{
  FoyerCommand *self = g_atomic_rc_box_new0 (FoyerCommand);

  self->created = FOYER_TIME_NONE;
  self->door_time = FOYER_TIME_NONE;
  self->not_before = FOYER_TIME_NONE;
  return self;
}

/**
 * foyer_command_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
FoyerCommand *
foyer_command_ref (FoyerCommand *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * foyer_command_unref:
 * @self: (transfer full): a value
 */
void
foyer_command_unref (FoyerCommand *self)
{
  g_atomic_rc_box_release_full (self, foyer_command_clear);
}

/**
 * foyer_command_copy:
 * @self: a command
 *
 * Returns: (transfer full): a copy, to be changed by its maker before anybody else sees it
 */
FoyerCommand *
foyer_command_copy (const FoyerCommand *self)
{
  FoyerCommand *copy = foyer_command_new ();

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->connection = g_strdup (self->connection);
  copy->target = g_strdup (self->target);
  copy->arguments = g_strdup (self->arguments);
  copy->key = g_strdup (self->key);
  copy->actor = g_strdup (self->actor);
  copy->desk = g_strdup (self->desk);
  copy->result = g_strdup (self->result);
  copy->problem = g_strdup (self->problem);
  copy->note = g_strdup (self->note);
  return copy;
}

/**
 * foyer_command_state_is_waiting:
 * @state: a state
 *
 * Returns: whether the command still has to be carried out
 */
gboolean
foyer_command_state_is_waiting (FoyerCommandState state)
{
  return state == FOYER_STATE_PENDING || state == FOYER_STATE_SENDING
         || state == FOYER_STATE_UNKNOWN;
}

/**
 * foyer_command_kind_to_word:
 * @kind: a value
 *
 * Returns: the word used in the journal and by scripts
 */
const char *
foyer_command_kind_to_word (FoyerCommandKind kind)
{
  switch (kind)
    {
    case FOYER_COMMAND_CHECK_IN:
      return "check_in";
    case FOYER_COMMAND_EXIT:
      return "exit";
    case FOYER_COMMAND_UNDO:
      return "undo";
    case FOYER_COMMAND_REFUSAL:
      return "refusal";
    }

  g_return_val_if_reached (NULL);
}

/**
 * foyer_command_kind_from_word:
 * @word: (nullable): a word
 * @kind: (out): its value
 *
 * Returns: %FALSE if the word is unknown
 */
gboolean
foyer_command_kind_from_word (const char *word, FoyerCommandKind *kind)
{
  static const struct
  {
    const char *word;
    FoyerCommandKind value;
  } table[] = {
    { "check_in", FOYER_COMMAND_CHECK_IN },
    { "exit", FOYER_COMMAND_EXIT },
    { "undo", FOYER_COMMAND_UNDO },
    { "refusal", FOYER_COMMAND_REFUSAL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (word, table[i].word) == 0)
      {
        *kind = table[i].value;
        return TRUE;
      }

  return FALSE;
}

/**
 * foyer_command_state_to_word:
 * @state: a value
 *
 * Returns: the word used in the journal and by scripts
 */
const char *
foyer_command_state_to_word (FoyerCommandState state)
{
  switch (state)
    {
    case FOYER_STATE_PENDING:
      return "pending";
    case FOYER_STATE_SENDING:
      return "sending";
    case FOYER_STATE_UNKNOWN:
      return "unknown";
    case FOYER_STATE_DONE:
      return "done";
    case FOYER_STATE_NEEDS_YOU:
      return "needs_you";
    case FOYER_STATE_SETTLED:
      return "settled";
    case FOYER_STATE_WITHDRAWN:
      return "withdrawn";
    }

  g_return_val_if_reached (NULL);
}

/**
 * foyer_command_state_from_word:
 * @word: (nullable): a word
 * @state: (out): its value
 *
 * Returns: %FALSE if the word is unknown
 */
gboolean
foyer_command_state_from_word (const char *word, FoyerCommandState *state)
{
  static const struct
  {
    const char *word;
    FoyerCommandState value;
  } table[] = {
    { "pending", FOYER_STATE_PENDING },     { "sending", FOYER_STATE_SENDING },
    { "unknown", FOYER_STATE_UNKNOWN },     { "done", FOYER_STATE_DONE },
    { "needs_you", FOYER_STATE_NEEDS_YOU }, { "settled", FOYER_STATE_SETTLED },
    { "withdrawn", FOYER_STATE_WITHDRAWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (word, table[i].word) == 0)
      {
        *state = table[i].value;
        return TRUE;
      }

  return FALSE;
}
