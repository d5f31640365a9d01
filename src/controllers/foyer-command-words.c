/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A command in words. What it is about stands in its arguments, as the door saw it: the words must not
 * change because the copy does. */

#define G_LOG_DOMAIN "foyer-controllers"

#include "config.h"

#include "foyer-command-words.h"

#include "foyer-text.h"
#include "foyer-verdict-words.h"

#include <glib/gi18n.h>

#define NAME_MAX_CHARS 120

G_DEFINE_BOXED_TYPE (FoyerCommandWords,
                     foyer_command_words,
                     foyer_command_words_ref,
                     foyer_command_words_unref)

typedef struct
{
  const char *word;
  const char *sentence;
  const char *icon;
  FoyerCommandTone tone;
} StateWords;

/* By FoyerCommandState. */
static const StateWords state_words[] = {
  [FOYER_STATE_PENDING] = { N_ ("Waiting"),
                            N_ ("It is safe on this laptop and will be sent as soon as the "
                                "service is in reach."),
                            "document-open-recent-symbolic", FOYER_COMMAND_WAITS },
  [FOYER_STATE_SENDING] = { N_ ("Being sent"), N_ ("It is on its way to the service."),
                            "send-to-symbolic", FOYER_COMMAND_WAITS },
  [FOYER_STATE_UNKNOWN]
  = { N_ ("No answer yet"),
      N_ ("It was sent, and no answer came. Foyer asks the service whether it "
          "has arrived before it sends it again."),
      "dialog-question-symbolic", FOYER_COMMAND_WAITS },
  [FOYER_STATE_DONE] = { N_ ("Sent"), N_ ("The service has it."), "object-select-symbolic",
                         FOYER_COMMAND_QUIET },
  [FOYER_STATE_NEEDS_YOU]
  = { N_ ("Needs you"),
      N_ ("The service does not agree. Decide in the inbox which of the two is right."),
      "dialog-warning-symbolic", FOYER_COMMAND_CALLS },
  [FOYER_STATE_SETTLED] = { N_ ("Settled"), N_ ("The service’s word stands."),
                            "object-select-symbolic", FOYER_COMMAND_QUIET },
  [FOYER_STATE_WITHDRAWN] = { N_ ("Taken back"), N_ ("It was undone here before it was sent."),
                              "edit-undo-symbolic", FOYER_COMMAND_QUIET },
};

static char *
safe_line (const char *text)
{
  g_autofree char *clean = foyer_text_clean_line (text != NULL ? text : "", NAME_MAX_CHARS);

  return *clean != '\0' ? foyer_text_isolate (clean) : g_strdup ("");
}

/**
 * foyer_command_words_for_name:
 * @scan: (nullable): what a command is about
 *
 * Returns: (transfer full): the person's name, else the order, else words for neither; safe to show
 */
char *
foyer_command_words_for_name (const FoyerScan *scan)
{
  g_autofree char *name = safe_line (scan != NULL ? scan->name : NULL);
  g_autofree char *order = NULL;

  if (*name != '\0')
    return g_steal_pointer (&name);

  order = safe_line (scan != NULL ? scan->order : NULL);
  return *order != '\0' ? g_strdup_printf (_ ("Order %s"), order) : g_strdup (_ ("Unknown ticket"));
}

/**
 * foyer_command_words_for_ticket:
 * @scan: (nullable): what a command is about
 *
 * Returns: (transfer full): product and order, safe to show; empty if neither is known
 */
char *
foyer_command_words_for_ticket (const FoyerScan *scan)
{
  g_autofree char *product = safe_line (scan != NULL ? scan->product : NULL);
  g_autofree char *order = safe_line (scan != NULL ? scan->order : NULL);

  if (*product != '\0' && *order != '\0')
    return g_strdup_printf ("%s · %s", product, order);
  return g_strdup (*product != '\0' ? product : order);
}

/**
 * foyer_command_words_for_kind:
 * @kind: a kind of command
 *
 * Returns: what was done, in the person's language
 */
const char *
foyer_command_words_for_kind (FoyerCommandKind kind)
{
  switch (kind)
    {
    case FOYER_COMMAND_CHECK_IN:
      return _ ("Let in");
    case FOYER_COMMAND_EXIT:
      return _ ("Let out");
    case FOYER_COMMAND_UNDO:
      return _ ("Admission taken back");
    case FOYER_COMMAND_REFUSAL:
      return _ ("Not let in");
    }

  g_return_val_if_reached ("");
}

/**
 * foyer_command_words_find_list:
 * @scan: (nullable): what a command is about
 *
 * Returns: id of the list that decided, else of the one it was scanned for, or 0
 */
gint64
foyer_command_words_find_list (const FoyerScan *scan)
{
  if (scan == NULL)
    return 0;
  if (scan->list != 0 || scan->lists == NULL || scan->lists->len == 0)
    return scan->list;

  return g_array_index (scan->lists, gint64, 0);
}

static char *
describe_attempts (const FoyerCommand *command)
{
  int attempts = command->attempts;

  if (attempts <= 0)
    return g_strdup (foyer_command_state_is_waiting (command->state) ? _ ("Not sent yet")
                                                                     : _ ("Not sent"));

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Sent once", "Sent %d times", (gulong)attempts), attempts);
}

/**
 * foyer_command_words_new:
 * @command: a command
 * @list_name: (nullable): name of its list, safe to show
 * @now: door time
 * @zone: (nullable): the event's zone
 *
 * Returns: (transfer full): the command in words
 */
FoyerCommandWords *
foyer_command_words_new (const FoyerCommand *command,
                         const char *list_name,
                         FoyerTime now,
                         GTimeZone *zone)
{
  FoyerCommandWords *self;
  g_autoptr (FoyerScan) scan = NULL;
  const StateWords *state;

  g_return_val_if_fail (command != NULL, NULL);
  g_return_val_if_fail ((guint)command->state < G_N_ELEMENTS (state_words), NULL);

  self = g_atomic_rc_box_new0 (FoyerCommandWords);
  scan = foyer_scan_from_json (command->arguments, NULL);
  state = &state_words[command->state];
  self->at = foyer_words_for_time (command->door_time, now, zone);
  self->name = foyer_command_words_for_name (scan);
  self->ticket = foyer_command_words_for_ticket (scan);
  self->what = foyer_command_words_for_kind (command->kind);
  self->place = g_strdup (list_name);
  self->state = _ (state->word);
  self->state_sentence = _ (state->sentence);
  self->icon = state->icon;
  self->tone = state->tone;
  self->attempts = describe_attempts (command);
  return self;
}

/**
 * foyer_command_words_ref:
 * @self: the words
 *
 * Returns: (transfer full): @self
 */
FoyerCommandWords *
foyer_command_words_ref (FoyerCommandWords *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
foyer_command_words_clear (gpointer data)
{
  FoyerCommandWords *self = data;

  g_free (self->at);
  g_free (self->name);
  g_free (self->ticket);
  g_free (self->place);
  g_free (self->attempts);
}

/**
 * foyer_command_words_unref:
 * @self: (transfer full): the words
 */
void
foyer_command_words_unref (FoyerCommandWords *self)
{
  g_atomic_rc_box_release_full (self, foyer_command_words_clear);
}
