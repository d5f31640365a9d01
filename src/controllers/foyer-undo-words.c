/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of an undo, in words. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-undo-words.h"

#include "foyer-command-words.h"
#include "foyer-error.h"

#include <glib/gi18n.h>

static const char *
describe_annulment (const FoyerUndo *undo)
{
  switch (undo->command->state)
    {
    case FOYER_STATE_DONE:
      return _ ("The service has taken it back, too.");
    case FOYER_STATE_NEEDS_YOU:
      return _ ("The service does not take it back. Decide in the inbox what counts.");
    case FOYER_STATE_PENDING:
    case FOYER_STATE_SENDING:
    case FOYER_STATE_UNKNOWN:
    case FOYER_STATE_SETTLED:
    case FOYER_STATE_WITHDRAWN:
      break;
    }

  return _ ("It counts as taken back here; the service hears of it as soon as it can.");
}

/**
 * foyer_undo_words_new:
 * @undo: what became of it
 *
 * Returns: (transfer full): the same in the person's language
 */
FoyerVerdictWords *
foyer_undo_words_new (const FoyerUndo *undo)
{
  FoyerVerdictWords *self;

  g_return_val_if_fail (undo != NULL, NULL);

  self = g_atomic_rc_box_new0 (FoyerVerdictWords);
  self->tone = FOYER_TONE_CARE;
  self->icon = "edit-undo-symbolic";
  self->headline = g_strdup (_ ("Taken back"));
  self->name = foyer_command_words_for_name (undo->scan);
  self->ticket = foyer_command_words_for_ticket (undo->scan);
  self->order = g_strdup (undo->scan->order);
  switch (undo->manner)
    {
    case FOYER_UNDO_WITHDRAWN:
      self->sentence = g_strdup (_ ("It had not been sent: the service never hears of it."));
      break;
    case FOYER_UNDO_ANNULLED:
      self->sentence = g_strdup (describe_annulment (undo));
      break;
    case FOYER_UNDO_EXIT:
      self->sentence = g_strdup (_ ("After 15 minutes the service takes nothing back, so an exit "
                                    "was entered: this person does not count as inside."));
      break;
    case FOYER_UNDO_SETTLED:
      self->sentence = g_strdup (_ ("The service had refused this entry anyhow. Its case is "
                                    "closed."));
      break;
    }
  return self;
}

/**
 * foyer_undo_words_new_for_error:
 * @error: why nothing was taken back
 *
 * Returns: (transfer full): words that say so, and what to do
 */
FoyerVerdictWords *
foyer_undo_words_new_for_error (const GError *error)
{
  FoyerVerdictWords *self = foyer_verdict_words_new_for_error (error);
  const char *sentence = NULL;

  if (g_error_matches (error, FOYER_ERROR, FOYER_ERROR_NOT_FOUND))
    sentence = _ ("There is no admission of this desk that could be taken back.");
  else if (g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CONFLICT))
    sentence = _ ("It was taken back already.");
  else if (g_error_matches (error, FOYER_ERROR, FOYER_ERROR_INVALID))
    sentence = _ ("Only an admission or an exit can be taken back.");
  if (sentence == NULL)
    return self;

  self->icon = "edit-undo-symbolic";
  g_free (self->headline);
  self->headline = g_strdup (_ ("Nothing taken back"));
  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  return self;
}
