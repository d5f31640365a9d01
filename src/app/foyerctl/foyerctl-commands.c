/* SPDX-License-Identifier: GPL-3.0-or-later */

/* push, status, inbox, journal. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define PAGE 64
#define DEFAULT_WAIT 30
#define SETTLE_WAIT 10

static gboolean
read_line (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  g_autofree FoyerLine *line = g_new0 (FoyerLine, 1);

  if (!foyer_transaction_get_line (transaction, line, error))
    return FALSE;
  *result = g_steal_pointer (&line);
  return TRUE;
}

/* The line as the journal has it now, not as it was when somebody last looked. */
static FoyerLine
load_line (Foyerctl *self)
{
  FoyerJournal *journal = foyer_workspace_get_journal (self->workspace);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree FoyerLine *line = NULL;
  gpointer value = NULL;

  foyer_journal_transact_async (journal, FALSE, read_line, NULL, NULL, g_free, NULL,
                                foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  if (!foyer_journal_transact_finish (journal, result, &value, &error))
    {
      g_warning ("%s", error->message);
      return (FoyerLine){ 0 };
    }
  line = value;
  return *line;
}

/* Something waits: says why, as well as it is known. */
static FoyerctlExit
explain_waiting (Foyerctl *self)
{
  GListModel *desks = G_LIST_MODEL (self->workspace);
  guint n = g_list_model_get_n_items (desks);
  FoyerctlExit code = FOYERCTL_DONE;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (desks, i);
      g_autoptr (GError) unreached = foyerctl_greet (self, desk);

      if (unreached != NULL)
        code = foyerctl_fail (self, unreached, foyer_desk_get_connection (desk)->name);
    }
  if (code != FOYERCTL_DONE)
    return code;

  if (n == 0)
    {
      error = foyer_error_new (FOYER_ERROR_NOT_FOUND, "no connection",
                               _ ("What waits has no connection any more."));
      foyer_error_set_hint (error,
                            _ ("Make it again with “foyerctl connect”, with --name as it was "
                               "(“foyerctl journal” shows it)."));
      return foyerctl_fail (self, error, NULL);
    }
  error = foyer_error_new (FOYER_ERROR_TIMEOUT, "still waiting",
                           _ ("Not all could be sent in this time."));
  foyer_error_set_hint (error, _ ("Nothing is lost. Say “foyerctl push” again in a moment."));
  return foyerctl_fail (self, error, NULL);
}

/**
 * foyerctl_push:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_push (Foyerctl *self, int argc, char **argv)
{
  gint64 wait = DEFAULT_WAIT;
  const GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_INT64, &wait, N_ ("How long at most (30)"), "SECONDS" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  FoyerLine line;
  FoyerctlExit code;

  if (!foyerctl_parse (self, NULL, _ ("Carries out what waits."), entries, &argc, &argv, &code))
    return code;
  if (argc != 1 || wait < 0)
    return foyerctl_misuse (self, "%s", _ ("Say: push [--wait SECONDS]."));

  if (!self->offline)
    {
      foyerctl_start_sending (self);
      foyerctl_drain (self, wait);
    }
  line = load_line (self);
  if (self->json)
    {
      g_autoptr (JsonBuilder) out = foyerctl_line_new ();

      foyerctl_add_int (out, "sent", line.sent);
      foyerctl_add_int (out, "waiting", line.waiting);
      foyerctl_add_int (out, "needs_you", line.needs_you);
      foyerctl_line_print (out);
    }
  else
    foyerctl_print (_ ("sent %" PRId64 ", waiting %" PRId64 ", needs you %" PRId64), line.sent,
                    line.waiting, line.needs_you);

  if (line.waiting > 0)
    return self->offline ? FOYERCTL_UNREACHED : explain_waiting (self);
  return line.needs_you > 0 ? FOYERCTL_PERSON : FOYERCTL_DONE;
}

static void
add_desk (Foyerctl *self, JsonBuilder *out, FoyerDesk *desk)
{
  const FoyerConnection *connection = foyer_desk_get_connection (desk);
  const GError *problem = foyer_desk_get_problem (desk);
  g_autoptr (GTimeZone) zone = foyerctl_dup_zone (self, desk);
  gint64 skew;

  json_builder_begin_object (out);
  foyerctl_add_string (out, "connection", connection->name);
  foyerctl_add_string (out, "service", connection->service);
  foyerctl_add_string (out, "organizer", connection->organizer);
  foyerctl_add_string (out, "event", connection->event);
  foyerctl_add_string (out, "desk", connection->desk);
  foyerctl_add_boolean (out, "online", foyer_desk_get_reach (desk) == FOYER_REACH_ONLINE);
  foyerctl_add_boolean (out, "complete", foyer_desk_get_complete (desk));
  foyerctl_add_time (out, "last_sync", foyer_desk_get_synced_at (desk), zone);
  if (foyer_door_clock_get_skew (foyer_desk_get_door_clock (desk), &skew))
    foyerctl_add_int (out, "clock_skew_ms", skew / 1000);
  else
    foyerctl_add_string (out, "clock_skew_ms", NULL);
  foyerctl_add_string (out, "problem", problem != NULL ? problem->message : NULL);
  json_builder_end_object (out);
}

static void
print_status (Foyerctl *self, const FoyerLine *line)
{
  GListModel *desks = G_LIST_MODEL (self->workspace);
  FoyerDesk *first = foyer_workspace_get_desk (self->workspace, NULL);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (JsonBuilder) out = NULL;
  FoyerTime synced = first != NULL ? foyer_desk_get_synced_at (first) : FOYER_TIME_NONE;
  gboolean online = g_list_model_get_n_items (desks) > 0;
  gint64 skew;

  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (desks, i);

      online = online && foyer_desk_get_reach (desk) == FOYER_REACH_ONLINE;
      synced = MIN (synced, foyer_desk_get_synced_at (desk));
    }

  if (!self->json)
    {
      foyerctl_print (
          _ ("recorded %" PRId64 " = sent %" PRId64 " + waiting %" PRId64 " + needs you %" PRId64),
          line->recorded, line->sent, line->waiting, line->needs_you);
      foyerctl_print ("%s", online ? _ ("The service is in reach.") : _ ("On our own."));
      return;
    }

  zone = foyerctl_dup_zone (self, first);
  out = foyerctl_line_new ();
  foyerctl_add_int (out, "recorded", line->recorded);
  foyerctl_add_int (out, "sent", line->sent);
  foyerctl_add_int (out, "waiting", line->waiting);
  foyerctl_add_int (out, "needs_you", line->needs_you);
  foyerctl_add_boolean (out, "online", online);
  foyerctl_add_time (out, "last_sync", synced, zone);
  if (first != NULL && foyer_door_clock_get_skew (foyer_desk_get_door_clock (first), &skew))
    foyerctl_add_int (out, "clock_skew_ms", skew / 1000);
  else
    foyerctl_add_string (out, "clock_skew_ms", NULL);
  json_builder_set_member_name (out, "connections");
  json_builder_begin_array (out);
  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (desks, i);

      add_desk (self, out, desk);
    }
  json_builder_end_array (out);
  foyerctl_line_print (out);
}

/**
 * foyerctl_status:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_status (Foyerctl *self, int argc, char **argv)
{
  GListModel *desks = G_LIST_MODEL (self->workspace);
  FoyerLine line;
  FoyerctlExit code;

  if (!foyerctl_parse (self, NULL, _ ("The line that adds up."), NULL, &argc, &argv, &code))
    return code;

  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (desks, i);
      g_autoptr (GError) unreached = foyerctl_greet (self, desk);

      /* Its line says it. */
      if (unreached != NULL)
        g_debug ("%s", unreached->message);
    }
  line = load_line (self);
  print_status (self, &line);
  return FOYERCTL_DONE;
}

/* Commands, as the journal has them. */

typedef void (*PrintCommand) (Foyerctl *self, const FoyerCommand *command, GTimeZone *zone);

static FoyerctlExit
print_commands (Foyerctl *self, FoyerQuerySpec *spec, PrintCommand print)
{
  FoyerQuery *query = foyer_workspace_get_query (self->workspace);
  g_autoptr (GTimeZone) zone = foyerctl_dup_zone (self,
                                                  foyer_workspace_get_desk (self->workspace, NULL));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) oldest_first = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  foyer_query_snapshot_async (query, spec, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  ids = foyer_query_snapshot_finish (query, result, &error);
  if (ids == NULL)
    return foyerctl_fail (self, error, NULL);

  for (guint i = ids->len; i > 0; i--)
    g_array_append_val (oldest_first, g_array_index (ids, gint64, i - 1));
  for (guint begin = 0; begin < oldest_first->len; begin += PAGE)
    {
      g_autoptr (GPtrArray) commands = foyer_query_hydrate (
          query, spec, &g_array_index (oldest_first, gint64, begin),
          MIN (PAGE, oldest_first->len - begin), &error);

      if (commands == NULL)
        return foyerctl_fail (self, error, NULL);
      for (guint i = 0; i < commands->len; i++)
        if (g_ptr_array_index (commands, i) != NULL)
          print (self, g_ptr_array_index (commands, i), zone);
    }
  return FOYERCTL_DONE;
}

/**
 * foyerctl_add_command:
 * @line: a line
 * @command: a command
 * @zone: zone of the times
 */
void
foyerctl_add_command (JsonBuilder *line, const FoyerCommand *command, GTimeZone *zone)
{
  g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, NULL);
  g_autofree char *at = foyer_time_format (command->door_time, zone);

  foyerctl_add_string (line, "command", command->id);
  foyerctl_add_string (line, "kind", foyer_command_kind_to_word (command->kind));
  foyerctl_add_string (line, "connection", command->connection);
  foyerctl_add_string (line, "target", command->target);
  foyerctl_add_time (line, "created", command->created, zone);
  foyerctl_add_string (line, "at", at);
  foyerctl_add_boolean (line, "unsure", command->unsure);
  foyerctl_add_string (line, "actor", command->actor);
  foyerctl_add_string (line, "desk", command->desk);
  foyerctl_add_string (line, "state", foyer_command_state_to_word (command->state));
  foyerctl_add_int (line, "attempts", command->attempts);
  foyerctl_add_string (line, "reason",
                       scan == NULL                    ? NULL
                       : scan->override_reason != NULL ? scan->override_reason
                       : scan->reason != NULL          ? scan->reason
                                                       : scan->refusal);
  foyerctl_add_json (line, "result", command->result);
  foyerctl_add_json (line, "problem", command->problem);
  foyerctl_add_string (line, "note", command->note);
}

static void
print_command (Foyerctl *self, const FoyerCommand *command, GTimeZone *zone)
{
  g_autoptr (JsonBuilder) out = NULL;
  g_autofree char *at = foyer_time_format (command->door_time, zone);

  if (!self->json)
    {
      foyerctl_print ("%s\t%s\t%s\t%s\t%s", command->id, at,
                      foyer_command_kind_to_word (command->kind), command->target,
                      foyer_command_state_to_word (command->state));
      return;
    }

  out = foyerctl_line_new ();
  foyerctl_add_command (out, command, zone);
  foyerctl_line_print (out);
}

/**
 * foyerctl_journal:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_journal (Foyerctl *self, int argc, char **argv)
{
  g_autofree char *since = NULL;
  g_autofree char *state = NULL;
  g_autofree char *kind = NULL;
  const GOptionEntry entries[] = {
    { "since", 0, 0, G_OPTION_ARG_STRING, &since, N_ ("Not before"), "TIME" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &state, N_ ("Only in this state"), "S" },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, N_ ("Only of this kind"), "K" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (FoyerQuerySpec) spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);
  FoyerCommandState wanted_state;
  FoyerCommandKind wanted_kind;
  FoyerctlExit code;

  if (!foyerctl_parse (self, NULL, _ ("What was recorded here, newest last."), entries, &argc,
                       &argv, &code))
    return code;
  if (since != NULL && !foyer_time_parse (since, NULL, &spec->since))
    return foyerctl_misuse (self, _ ("“%s” is no time with an offset."), since);
  if (state != NULL)
    {
      if (!foyer_command_state_from_word (state, &wanted_state))
        return foyerctl_misuse (self, _ ("There is no state “%s”."), state);
      spec->states = 1u << wanted_state;
    }
  if (kind != NULL)
    {
      if (!foyer_command_kind_from_word (kind, &wanted_kind))
        return foyerctl_misuse (self, _ ("There is no kind “%s”."), kind);
      spec->command_kind = (int)wanted_kind;
    }
  return print_commands (self, spec, print_command);
}

/* The inbox. */

static void
add_ours (JsonBuilder *out, const FoyerCommand *command, GTimeZone *zone)
{
  g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, NULL);

  json_builder_set_member_name (out, "ours");
  json_builder_begin_object (out);
  foyerctl_add_time (out, "datetime", command->door_time, zone);
  foyerctl_add_string (out, "desk", command->desk);
  foyerctl_add_string (out, "actor", command->actor);
  foyerctl_add_string (out, "type", command->kind == FOYER_COMMAND_EXIT ? "exit" : "entry");
  if (scan != NULL)
    {
      foyerctl_add_int (out, "attendee", scan->attendee);
      foyerctl_add_string (out, "order", scan->order);
      foyerctl_add_string (out, "name", scan->name);
      foyerctl_add_string (out, "product", scan->product);
      foyerctl_add_int (out, "list", scan->list);
    }
  json_builder_end_object (out);
}

static void
add_problem_member (JsonBuilder *out, JsonObject *problem, const char *member)
{
  json_builder_set_member_name (out, member);
  if (problem != NULL && json_object_has_member (problem, member))
    json_builder_add_value (out, json_object_dup_member (problem, member));
  else
    json_builder_add_null_value (out);
}

static void
print_case (Foyerctl *self, const FoyerCommand *command, GTimeZone *zone)
{
  g_autoptr (JsonNode) node = command->problem != NULL ? json_from_string (command->problem, NULL)
                                                       : NULL;
  JsonObject *problem = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                      : NULL;
  g_autoptr (JsonBuilder) out = NULL;

  if (!self->json)
    {
      g_autoptr (FoyerScan) scan = foyer_scan_from_json (command->arguments, NULL);
      const char *reason = problem != NULL && json_object_has_member (problem, "reason")
                                   && JSON_NODE_HOLDS_VALUE (
                                       json_object_get_member (problem, "reason"))
                               ? json_object_get_string_member (problem, "reason")
                               : "";

      foyerctl_print ("%s\t%s\t%s", command->id,
                      scan != NULL && scan->name != NULL ? scan->name : command->target, reason);
      return;
    }

  out = foyerctl_line_new ();
  foyerctl_add_string (out, "id", command->id);
  add_problem_member (out, problem, "kind");
  add_problem_member (out, problem, "reason");
  add_problem_member (out, problem, "explanation");
  foyerctl_add_string (out, "command", command->id);
  foyerctl_add_string (out, "connection", command->connection);
  add_ours (out, command, zone);
  add_problem_member (out, problem, "theirs");
  json_builder_set_member_name (out, "choices");
  json_builder_begin_array (out);
  json_builder_add_string_value (out, "keep");
  json_builder_add_string_value (out, "accept");
  json_builder_end_array (out);
  foyerctl_line_print (out);
}

static gboolean
read_command (FoyerTransaction *transaction, gpointer data, gpointer *result, GError **error)
{
  *result = foyer_transaction_get_command (transaction, data, error);
  return *result != NULL;
}

static FoyerCommand *
load_command (Foyerctl *self, const char *id, GError **error)
{
  FoyerJournal *journal = foyer_workspace_get_journal (self->workspace);
  g_autoptr (GAsyncResult) result = NULL;
  gpointer value = NULL;

  foyer_journal_transact_async (journal, FALSE, read_command, g_strdup (id), g_free,
                                (GDestroyNotify)foyer_command_unref, NULL, foyerctl_on_ready,
                                &result);
  foyerctl_wait (&result);
  return foyer_journal_transact_finish (journal, result, &value, error) ? value : NULL;
}

static FoyerctlExit
settle (Foyerctl *self, int argc, char **argv)
{
  g_autofree char *as = NULL;
  g_autofree char *note = NULL;
  const GOptionEntry entries[] = {
    { "as", 0, 0, G_OPTION_ARG_STRING, &as, N_ ("“keep” or “accept”"), "keep|accept" },
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, N_ ("Why"), "N" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerCommand) command = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) error = NULL;
  FoyerctlExit code;

  if (!foyerctl_parse (self, "ID", _ ("Answers a case of the inbox."), entries, &argc, &argv,
                       &code))
    return code;
  if (argc != 2 || note == NULL || (g_strcmp0 (as, "keep") != 0 && g_strcmp0 (as, "accept") != 0))
    return foyerctl_misuse (self, "%s", _ ("Say: inbox settle ID --as keep|accept --note WHY."));

  foyer_workspace_settle_async (self->workspace, argv[1],
                                g_str_equal (as, "keep") ? FOYER_SETTLE_KEEP : FOYER_SETTLE_ACCEPT,
                                note, self->actor, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  if (!foyer_workspace_settle_finish (self->workspace, result, &error))
    return foyerctl_fail (self, error, NULL);

  if (!self->offline && g_str_equal (as, "keep"))
    {
      foyerctl_start_sending (self);
      foyerctl_drain (self, SETTLE_WAIT);
    }
  command = load_command (self, argv[1], &error);
  if (command == NULL)
    return foyerctl_fail (self, error, NULL);
  zone = foyerctl_dup_zone (self, foyer_workspace_get_desk (self->workspace, command->connection));
  print_command (self, command, zone);
  return command->state == FOYER_STATE_NEEDS_YOU ? FOYERCTL_PERSON : FOYERCTL_DONE;
}

/**
 * foyerctl_inbox:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_inbox (Foyerctl *self, int argc, char **argv)
{
  g_autoptr (FoyerQuerySpec) spec = NULL;
  FoyerctlExit code;

  if (argc > 1 && g_str_equal (argv[1], "settle"))
    {
      argv[1] = (char *)"inbox settle";
      return settle (self, argc - 1, argv + 1);
    }
  if (!foyerctl_parse (self, "[settle ID --as keep|accept --note N]", _ ("What needs a person."),
                       NULL, &argc, &argv, &code))
    return code;
  if (argc != 1)
    return foyerctl_misuse (self, "%s", _ ("Say: inbox, or inbox settle."));

  spec = foyer_query_spec_new (FOYER_QUERY_COMMANDS);
  spec->states = 1u << FOYER_STATE_NEEDS_YOU;
  return print_commands (self, spec, print_case);
}
