/* SPDX-License-Identifier: GPL-3.0-or-later */

/* admit, exit. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "foyer-group-job.h"
#include "foyer-verdict-words.h"
#include "foyer-where-words.h"

/* How long the end waits for what is told of refusals, seconds. */
#define LAST_PATIENCE 1

/* What the command line says, the same for every code of a run. */
typedef struct
{
  GArray *lists;
  GArray *attendees;
  gint64 deadline;
  gboolean ignore_unpaid;
  gboolean leaving;
  char *answers;
  char *override_reason;
  char *connection;
  gboolean refused; /* a refusal may be on its way */
} Options;

static void
options_clear (Options *options)
{
  g_clear_pointer (&options->lists, g_array_unref);
  g_clear_pointer (&options->attendees, g_array_unref);
  g_free (options->answers);
  g_free (options->override_reason);
  g_free (options->connection);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
on_list (const char *option, const char *value, gpointer data, GError **error)
{
  Options *options = data;
  gint64 list;

  if (!g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &list, error))
    return FALSE;
  g_array_append_val (options->lists, list);
  return TRUE;
}

static gboolean
on_attendee (const char *option, const char *value, gpointer data, GError **error)
{
  Options *options = data;
  gint64 attendee;

  if (!g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &attendee, error))
    return FALSE;
  g_array_append_val (options->attendees, attendee);
  return TRUE;
}

static void
add_attendee (JsonBuilder *line, const FoyerVerdict *verdict)
{
  const FoyerAdmissionCandidate *candidate = verdict->admission->candidate;

  json_builder_set_member_name (line, "attendee");
  if (candidate == NULL)
    {
      json_builder_add_null_value (line);
      return;
    }
  json_builder_begin_object (line);
  foyerctl_add_int (line, "attendee", candidate->attendee->id);
  foyerctl_add_string (line, "order", candidate->order->code);
  foyerctl_add_int (line, "position", candidate->attendee->positionid);
  foyerctl_add_string (line, "name", candidate->attendee->name);
  foyerctl_add_string (line, "product",
                       candidate->product != NULL ? candidate->product->name : NULL);
  json_builder_end_object (line);
}

/* Where and when a ticket that is refused here is valid. */
static void
add_valid_at (JsonBuilder *line, const FoyerVerdict *verdict, GTimeZone *zone)
{
  GPtrArray *places = verdict->admission->valid_at;

  json_builder_set_member_name (line, "valid_at");
  json_builder_begin_array (line);
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      const FoyerValidPlace *place = g_ptr_array_index (places, i);
      g_autofree char *where = foyer_where_words_for_place (place, verdict->scan->datetime, zone);

      json_builder_begin_object (line);
      foyerctl_add_int (line, "list", place->list);
      foyerctl_add_string (line, "name", place->name);
      foyerctl_add_int (line, "subevent", place->subevent);
      foyerctl_add_string (line, "date", place->subevent_name);
      foyerctl_add_time (line, "from", place->from, zone);
      foyerctl_add_boolean (line, "now", place->rule_hint == NULL);
      foyerctl_add_string (line, "text", where);
      json_builder_end_object (line);
    }
  json_builder_end_array (line);
}

static void
add_questions (JsonBuilder *line, const FoyerVerdict *verdict)
{
  GPtrArray *questions = verdict->admission->questions;

  json_builder_set_member_name (line, "questions");
  json_builder_begin_array (line);
  for (guint i = 0; questions != NULL && i < questions->len; i++)
    {
      const FoyerQuestion *question = g_ptr_array_index (questions, i);

      json_builder_begin_object (line);
      foyerctl_add_int (line, "id", question->id);
      foyerctl_add_string (line, "question", question->question);
      foyerctl_add_string (line, "type", question->type);
      foyerctl_add_boolean (line, "required", question->required);
      json_builder_set_member_name (line, "options");
      json_builder_begin_array (line);
      for (guint j = 0; question->options != NULL && j < question->options->len; j++)
        {
          const FoyerQuestionOption *option = g_ptr_array_index (question->options, j);

          json_builder_begin_object (line);
          foyerctl_add_int (line, "id", option->id);
          foyerctl_add_string (line, "answer", option->answer);
          json_builder_end_object (line);
        }
      json_builder_end_array (line);
      json_builder_end_object (line);
    }
  json_builder_end_array (line);
}

static void
print_verdict (Foyerctl *self, FoyerDesk *desk, FoyerVerdict *verdict)
{
  static const char *const results[] = { "admitted", "refused", "questions" };
  const FoyerAdmission *admission = verdict->admission;
  g_autoptr (FoyerEvent) event = foyerctl_dup_event (self, desk);
  g_autoptr (GTimeZone) zone = event != NULL ? foyer_time_zone_new (event->zone) : NULL;
  g_autoptr (FoyerVerdictWords) words = NULL;
  g_autoptr (JsonBuilder) line = NULL;
  FoyerVerdictContext context = {
    .event = event,
    .desk_device = foyer_desk_get_connection (desk)->device_id,
    .now = verdict->scan->datetime,
    .as_of = foyer_desk_get_synced_at (desk),
    .online = foyer_desk_get_reach (desk) == FOYER_REACH_ONLINE,
  };

  words = foyer_verdict_words_new (verdict, &context);
  if (!self->json)
    {
      foyerctl_print ("%s\t%s\t%s", words->headline, words->name != NULL ? words->name : "",
                      words->sentence != NULL ? words->sentence : "");
      if (words->note != NULL)
        foyerctl_print ("\t%s", words->note);
      return;
    }

  line = foyerctl_line_new ();
  foyerctl_add_string (line, "result", results[admission->result]);
  foyerctl_add_string (line, "reason", admission->reason);
  foyerctl_add_string (line, "explain", words->sentence);
  add_valid_at (line, verdict, zone);
  add_attendee (line, verdict);
  foyerctl_add_int (line, "list", verdict->scan->list);
  foyerctl_add_time (line, "at", verdict->scan->datetime, zone);
  foyerctl_add_string (line, "command", verdict->command);
  json_builder_set_member_name (line, "texts");
  json_builder_begin_array (line);
  for (char **text = admission->texts; text != NULL && *text != NULL; text++)
    json_builder_add_string_value (line, *text);
  json_builder_end_array (line);
  foyerctl_add_boolean (line, "attention", admission->attention);
  add_questions (line, verdict);
  foyerctl_add_string (line, "offer", foyer_offer_to_word (words->offer));
  foyerctl_add_string (line, "verdict_by", verdict->by_service ? "service" : "desk");
  foyerctl_add_boolean (line, "certain", verdict->by_service || admission->certain);
  foyerctl_add_boolean (line, "unsure", verdict->unsure);
  foyerctl_line_print (line);
}

static FoyerctlExit
exit_of_verdict (const FoyerVerdict *verdict)
{
  switch (verdict->admission->result)
    {
    case FOYER_ADMISSION_ADMITTED:
      return FOYERCTL_DONE;
    case FOYER_ADMISSION_QUESTIONS:
      return FOYERCTL_PERSON;
    case FOYER_ADMISSION_REFUSED:
      return FOYERCTL_NO;
    }
  return FOYERCTL_INTERNAL;
}

static FoyerAdmitJob *
make_job (Foyerctl *self,
          FoyerDesk *desk,
          const Options *options,
          const char *code,
          gint64 attendee)
{
  g_autoptr (FoyerScan) scan = foyer_scan_new ();
  FoyerAdmitJob *job;

  scan->secret = g_strdup (code);
  scan->attendee = attendee;
  g_clear_pointer (&scan->lists, g_array_unref);
  scan->lists = g_array_copy (options->lists);
  scan->exit = options->leaving;
  scan->ignore_unpaid = options->ignore_unpaid;
  scan->answers = g_strdup (options->answers);
  scan->override_reason = g_strdup (options->override_reason);

  job = foyer_admit_job_new (desk, foyer_workspace_get_dispatcher (self->workspace), scan);
  foyer_admit_job_set_actor (job, self->actor);
  foyer_admit_job_set_deadline (job, options->deadline >= 0 ? options->deadline * 1000
                                                            : FOYER_DEADLINE_ADAPTIVE);
  return job;
}

static FoyerctlExit
tell (Foyerctl *self, FoyerDesk *desk, Options *options, FoyerVerdict *verdict)
{
  options->refused |= verdict->admission->result == FOYER_ADMISSION_REFUSED;
  print_verdict (self, desk, verdict);
  return exit_of_verdict (verdict);
}

/* A group: recorded together, told one by one. */
static FoyerctlExit
scan_group (Foyerctl *self, FoyerDesk *desk, Options *options)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (GError) error = NULL;
  FoyerctlExit worst = FOYERCTL_DONE;

  for (guint i = 0; i < options->attendees->len; i++)
    g_ptr_array_add (
        jobs, make_job (self, desk, options, NULL, g_array_index (options->attendees, gint64, i)));
  foyer_group_admit_async (jobs, desk, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  verdicts = foyer_group_admit_finish (result, &error);
  if (verdicts == NULL)
    return foyerctl_fail (self, error, foyer_desk_get_connection (desk)->name);

  for (guint i = 0; i < verdicts->len; i++)
    {
      FoyerctlExit one = tell (self, desk, options, g_ptr_array_index (verdicts, i));

      if (worst == FOYERCTL_DONE)
        worst = one;
    }
  return worst;
}

static FoyerctlExit
scan_one (Foyerctl *self, FoyerDesk *desk, Options *options, const char *code)
{
  g_autoptr (FoyerAdmitJob) job = make_job (self, desk, options, code, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  foyer_admit_job_run_async (job, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  verdict = foyer_admit_job_run_finish (job, result, &error);
  if (verdict == NULL)
    return foyerctl_fail (self, error, foyer_desk_get_connection (desk)->name);

  return tell (self, desk, options, verdict);
}

/* A scanner may send anything. What is no text is made one that no ticket has: cut at a NUL it might be
 * another ticket's code. */
static char *
make_code (const char *text, gsize length)
{
  return g_strstrip (g_utf8_make_valid (text, (gssize)length));
}

static void
on_line_read (GObject *source, GAsyncResult *result, gpointer slot)
{
  foyerctl_on_ready (source, result, slot);
}

/* One code a line. The main loop runs while the next is waited for: what was let in goes out meanwhile. */
static FoyerctlExit
scan_all (Foyerctl *self, FoyerDesk *desk, Options *options)
{
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  FoyerctlExit worst = FOYERCTL_DONE;
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/stdin");
  g_autoptr (GError) error = NULL;

  input = G_INPUT_STREAM (g_file_read (file, NULL, &error));
  if (input == NULL)
    {
      g_autoptr (GError) unreadable = foyer_error_new (FOYER_ERROR_STORAGE, error->message,
                                                       _ ("The input cannot be read."));

      return foyerctl_fail (self, unreadable, NULL);
    }

  lines = g_data_input_stream_new (input);
  for (;;)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *line = NULL;
      g_autofree char *code = NULL;
      gsize length;
      FoyerctlExit one;

      g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line_read, &result);
      foyerctl_wait (&result);
      line = g_data_input_stream_read_line_finish (lines, result, &length, NULL);
      if (line == NULL)
        return worst;
      code = make_code (line, length);
      if (*code == '\0')
        continue;
      one = scan_one (self, desk, options, code);
      if (worst == FOYERCTL_DONE)
        worst = one;
    }
}

/* The desk whose event has these lists: ids are unique within a service. */
static FoyerDesk *
find_desk (Foyerctl *self, const Options *options, GError **error)
{
  FoyerQuery *query = foyer_workspace_get_query (self->workspace);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->workspace));

  for (guint i = 0; options->connection == NULL && n > 1 && i < n; i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GPtrArray) lists = NULL;

      foyer_query_load_lists_async (query, foyer_desk_get_connection (desk)->name, NULL,
                                    foyerctl_on_ready, &result);
      foyerctl_wait (&result);
      lists = foyer_query_load_lists_finish (query, result, NULL);
      for (guint j = 0; lists != NULL && j < lists->len; j++)
        if (((FoyerListSummary *)g_ptr_array_index (lists, j))->list->id
            == g_array_index (options->lists, gint64, 0))
          return foyer_workspace_get_desk (self->workspace, foyer_desk_get_connection (desk)->name);
    }
  return foyerctl_get_desk (self, options->connection, error);
}

static FoyerctlExit
scan (Foyerctl *self, gboolean leaving, const char *summary, int argc, char **argv)
{
  g_auto (Options) options = { .deadline = -1, .leaving = leaving };
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer)on_list, N_ ("A check-in list"), "ID" },
    { "attendee", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer)on_attendee,
      N_ ("A ticket by its id; several are a group"), "ID" },
    { "deadline", 0, 0, G_OPTION_ARG_INT64, &options.deadline,
      N_ ("How long to wait for the service"), "MS" },
    { "connection", 0, 0, G_OPTION_ARG_STRING, &options.connection, N_ ("Which connection"),
      "NAME" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  /* Who goes out is not asked for any of it. */
  const GOptionEntry of_admit[] = {
    { "answers", 0, 0, G_OPTION_ARG_STRING, &options.answers, N_ ("Answers to questions"), "JSON" },
    { "ignore-unpaid", 0, 0, G_OPTION_ARG_NONE, &options.ignore_unpaid,
      N_ ("Let in though unpaid, where the list permits it"), NULL },
    { "override", 0, 0, G_OPTION_ARG_STRING, &options.override_reason,
      N_ ("Let in though refused, and why"), "REASON" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autofree char *program = g_strdup_printf ("foyerctl %s", argv[0]);
  g_autoptr (GOptionContext) context = g_option_context_new ("SECRET|-");
  GOptionGroup *group = g_option_group_new (argv[0], "", "", &options, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unreached = NULL;
  g_autofree char *code = NULL;
  FoyerDesk *desk;
  FoyerctlExit result;
  int dashes; /* a code may begin with a dash: after “--” it is none of our options */

  options.lists = g_array_new (FALSE, FALSE, sizeof (gint64));
  options.attendees = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_option_context_set_summary (context, summary);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_group_add_entries (group, entries);
  if (!leaving)
    g_option_group_add_entries (group, of_admit);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  for (int i = 1; i < argc; i++)
    if (g_str_equal (argv[i], "--help"))
      {
        g_autofree char *help = NULL;

        g_set_prgname (program);
        help = g_option_context_get_help (context, TRUE, NULL);
        g_print ("%s", help);
        return FOYERCTL_DONE;
      }
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return foyerctl_misuse (self, "%s", error->message);

  if (options.lists->len == 0)
    return foyerctl_misuse (self, "%s", _ ("Say which --list."));
  dashes = argc > 1 && g_str_equal (argv[1], "--");
  if (argc - dashes != (options.attendees->len != 0 ? 1 : 2))
    return foyerctl_misuse (self, "%s", _ ("Say one code, or - to read codes, or --attendee."));
  if (options.answers != NULL)
    {
      g_autoptr (JsonNode) node = json_from_string (options.answers, NULL);

      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return foyerctl_misuse (self, "%s", _ ("The answers must be a JSON object."));
    }

  desk = find_desk (self, &options, &error);
  if (desk == NULL)
    return foyerctl_fail (self, error, options.connection);

  foyerctl_start_sending (self);
  unreached = foyerctl_greet (self, desk);
  if (unreached != NULL)
    foyerctl_say (self, _ ("Working offline: %s"), unreached->message);
  if (options.attendees->len > 0)
    result = scan_group (self, desk, &options);
  else if (g_str_equal (argv[1], "-") && argc == 2)
    result = scan_all (self, desk, &options);
  else
    {
      code = make_code (argv[argc - 1], strlen (argv[argc - 1]));
      result = scan_one (self, desk, &options, code);
    }

  /* Nobody waits for the answer to a refusal; it need not wait for the next run either. */
  if (options.refused && !self->offline && foyer_desk_get_reach (desk) == FOYER_REACH_ONLINE)
    foyerctl_drain (self, LAST_PATIENCE);
  return result;
}

/**
 * foyerctl_admit:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_admit (Foyerctl *self, int argc, char **argv)
{
  return scan (self, FALSE, _ ("Decides on a ticket; lets in, and sends it when it can."), argc,
               argv);
}

/**
 * foyerctl_leave:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_leave (Foyerctl *self, int argc, char **argv)
{
  return scan (self, TRUE, _ ("Records that somebody goes out."), argc, argv);
}
