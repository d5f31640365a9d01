/* SPDX-License-Identifier: GPL-3.0-or-later */

/* undo. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <glib/gi18n.h>

#include "foyer-undo-job.h"
#include "foyer-undo-words.h"

/* How long the service's answer is waited for. */
#define PATIENCE (2 * FOYER_SECOND)

typedef struct
{
  char *connection;
  char *command;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->connection);
  g_free (wanted->command);
  g_free (wanted);
}

/* Journal's thread. */
static gboolean
find_admission (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  const Wanted *wanted = data;

  *result = wanted->command != NULL
                ? foyer_transaction_get_command (transaction, wanted->command, error)
                : foyer_undo_find_last (transaction, wanted->connection, error);
  return *result != NULL;
}

static FoyerCommand *
load_admission (Foyerctl *self, const char *connection, const char *id, GError **error)
{
  FoyerJournal *journal = foyer_workspace_get_journal (self->workspace);
  Wanted *wanted = g_new0 (Wanted, 1);
  g_autoptr (GAsyncResult) result = NULL;
  gpointer value = NULL;

  wanted->connection = g_strdup (connection);
  wanted->command = g_strdup (id);
  foyer_journal_transact_async (journal, FALSE, find_admission, wanted, wanted_free,
                                (GDestroyNotify)foyer_command_unref, NULL, foyerctl_on_ready,
                                &result);
  foyerctl_wait (&result);
  return foyer_journal_transact_finish (journal, result, &value, error) ? value : NULL;
}

static FoyerctlExit
fail (Foyerctl *self, const GError *error)
{
  g_autoptr (FoyerVerdictWords) words = foyer_undo_words_new_for_error (error);
  g_autoptr (GError) told = NULL;

  if (error->domain != FOYER_ERROR)
    return foyerctl_fail (self, error, NULL);
  told = foyer_error_new ((FoyerError)error->code, foyer_error_get_detail (error), "%s",
                          words->sentence);
  return foyerctl_fail (self, told, NULL);
}

static void
add_attendee (JsonBuilder *line, const FoyerScan *scan)
{
  json_builder_set_member_name (line, "attendee");
  json_builder_begin_object (line);
  foyerctl_add_int (line, "attendee", scan->attendee);
  foyerctl_add_string (line, "order", scan->order);
  foyerctl_add_string (line, "name", scan->name);
  foyerctl_add_string (line, "product", scan->product);
  json_builder_end_object (line);
}

static void
print_undo (Foyerctl *self, FoyerDesk *desk, const FoyerUndo *undo)
{
  static const char *const manners[] = { "withdrawn", "annulled", "exit", "settled" };
  g_autoptr (FoyerVerdictWords) words = foyer_undo_words_new (undo);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (JsonBuilder) line = NULL;

  if (!self->json)
    {
      foyerctl_print ("%s\t%s\t%s", words->headline, words->name, words->sentence);
      return;
    }

  zone = foyerctl_dup_zone (self, desk);
  line = foyerctl_line_new ();
  foyerctl_add_string (line, "result", "undone");
  foyerctl_add_string (line, "how", manners[undo->manner]);
  foyerctl_add_string (line, "reason", NULL);
  foyerctl_add_string (line, "explain", words->sentence);
  add_attendee (line, undo->scan);
  foyerctl_add_int (line, "list", undo->scan->list);
  foyerctl_add_time (line, "at", undo->command->door_time, zone);
  foyerctl_add_string (line, "command", undo->command->id);
  foyerctl_add_string (line, "undone", undo->undone);
  foyerctl_add_string (line, "state", foyer_command_state_to_word (undo->command->state));
  foyerctl_add_string (line, "verdict_by",
                       undo->command->state == FOYER_STATE_DONE
                               || undo->command->state == FOYER_STATE_NEEDS_YOU
                           ? "service"
                           : "desk");
  foyerctl_add_boolean (line, "unsure", undo->command->unsure);
  foyerctl_line_print (line);
}

/**
 * foyerctl_undo:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_undo (Foyerctl *self, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  g_autofree char *connection = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_ ("Why"), "WHY" },
    { "connection", 0, 0, G_OPTION_ARG_STRING, &connection, N_ ("Which connection"), "NAME" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (FoyerCommand) admission = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerUndo) undo = NULL;
  g_autoptr (GError) unreached = NULL;
  g_autoptr (GError) error = NULL;
  FoyerDesk *desk;
  FoyerctlExit code;

  if (!foyerctl_parse (self, "[COMMAND]",
                       _ ("Takes the last admission of this desk back, or that one."), entries,
                       &argc, &argv, &code))
    return code;
  if (argc > 2)
    return foyerctl_misuse (self, "%s", _ ("Say one command, or none for the last admission."));

  admission = load_admission (self, connection, argc == 2 ? argv[1] : NULL, &error);
  if (admission == NULL)
    return fail (self, error);
  desk = foyerctl_get_desk (self, admission->connection, &error);
  if (desk == NULL)
    return foyerctl_fail (self, error, admission->connection);

  foyerctl_start_sending (self);
  unreached = foyerctl_greet (self, desk);
  if (unreached != NULL)
    foyerctl_say (self, _ ("Working offline: %s"), unreached->message);
  foyer_undo_async (desk, foyer_workspace_get_dispatcher (self->workspace), admission->id, reason,
                    self->actor, PATIENCE, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  undo = foyer_undo_finish (result, &error);
  if (undo == NULL)
    return fail (self, error);

  print_undo (self, desk, undo);
  return undo->command->state == FOYER_STATE_NEEDS_YOU ? FOYERCTL_PERSON : FOYERCTL_DONE;
}
