/* SPDX-License-Identifier: GPL-3.0-or-later */

/* foyerctl: the same acts as the window's, on a command line, without GTK. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include <glib/gi18n.h>

#include "foyer-http.h"
#include "foyer-locale.h"
#include "foyerctl.h"

typedef struct
{
  const char *name;
  FoyerctlExit (*run) (Foyerctl *self, int argc, char **argv);
  gboolean needs_workspace;
  const char *summary;
} Command;

static const Command commands[] = {
  { "connect", foyerctl_connect, TRUE, N_ ("make a connection to a service") },
  { "connections", foyerctl_connections, TRUE, N_ ("list the connections") },
  { "disconnect", foyerctl_disconnect, TRUE, N_ ("remove a connection") },
  { "setup", foyerctl_setup, TRUE, N_ ("make the code that sets up another laptop") },
  { "sync", foyerctl_sync, TRUE, N_ ("bring the copy up to date") },
  { "lists", foyerctl_lists, TRUE, N_ ("list the check-in lists") },
  { "find", foyerctl_find, TRUE, N_ ("find people") },
  { "admit", foyerctl_admit, TRUE, N_ ("decide on a ticket and let in") },
  { "exit", foyerctl_leave, TRUE, N_ ("record that somebody goes out") },
  { "undo", foyerctl_undo, TRUE, N_ ("take an admission back") },
  { "push", foyerctl_push, TRUE, N_ ("carry out what waits") },
  { "status", foyerctl_status, TRUE, N_ ("the line that adds up") },
  { "inbox", foyerctl_inbox, TRUE, N_ ("what needs a person; “inbox settle” answers") },
  { "journal", foyerctl_journal, TRUE, N_ ("what was recorded here") },
  { "audit", foyerctl_audit, TRUE, N_ ("calls to the outside; “--verify” checks them") },
  { "export", foyerctl_export, TRUE, N_ ("write people, the journal or the calls into a file") },
  { "sandbox", foyerctl_sandbox, FALSE, N_ ("play a ticketing service on this computer") },
};

static char *
make_description (void)
{
  g_autoptr (GString) text = g_string_new (_ ("Commands:"));

  g_string_append_c (text, '\n');
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-12s %s\n", commands[i].name, _ (commands[i].summary));
  g_string_append_c (text, '\n');
  g_string_append (text, _ ("Each has its own --help."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const Command *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static gboolean
asks_for_help (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_equal (argv[i], "--help"))
      return TRUE;
  return FALSE;
}

static FoyerctlExit
run (Foyerctl *self, const Command *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  FoyerctlExit code;

  if (!command->needs_workspace || asks_for_help (argc, argv))
    return command->run (self, argc, argv);

  if (!foyerctl_open (self, &error))
    {
      code = foyerctl_fail (self, error, NULL);
      foyerctl_close (self);
      return code;
    }
  code = command->run (self, argc, argv);
  foyerctl_close (self);
  return code;
}

/* What happened by the way is for who looks for it: standard error holds sentences and errors. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if ((level & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG)) != 0
      && g_getenv ("G_MESSAGES_DEBUG") == NULL)
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

int
main (int argc, char *argv[])
{
  Foyerctl self = { .at = FOYER_TIME_NONE };
  gboolean version = FALSE;
  gboolean json = FALSE;
  gboolean offline = FALSE;
  gboolean quiet = FALSE;
  g_autofree char *workspace = NULL;
  g_autofree char *actor = NULL;
  g_autofree char *at = NULL;
  const GOptionEntry entries[] = {
    { "workspace", 0, 0, G_OPTION_ARG_STRING, &workspace, N_ ("Which workspace (default)"),
      "NAME" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("JSON lines on standard output"), NULL },
    { "offline", 0, 0, G_OPTION_ARG_NONE, &offline, N_ ("Send and fetch nothing"), NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, N_ ("The time that counts, ISO 8601 with offset"),
      "TIME" },
    { "actor", 0, 0, G_OPTION_ARG_STRING, &actor, N_ ("Who does it"), "NAME" },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &quiet, N_ ("No progress"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Print the version"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *description = NULL;
  g_autoptr (GError) error = NULL;
  const Command *command;
  FoyerctlExit code = FOYERCTL_DONE;

  foyer_locale_begin ();
  g_set_prgname ("foyerctl");
  /* GLib would write what is for debugging to standard output, among the answers. */
  g_log_writer_default_set_use_stderr (TRUE);
  g_log_set_writer_func (write_log, NULL, NULL);
  foyer_http_init_process ();

  context = g_option_context_new (_ ("COMMAND [ARGUMENTS]"));
  description = make_description ();
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ ("The desk from which an event is run."));
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return (int)foyerctl_misuse (&self, "%s", error->message);

  self.json = json;
  self.offline = offline;
  self.quiet = quiet;
  self.workspace_name = workspace != NULL ? workspace : (char *)FOYER_DEFAULT_WORKSPACE;
  self.actor = actor != NULL ? actor : (char *)g_get_user_name ();
  if (version)
    {
      g_print ("foyerctl %s\n", FOYER_VERSION);
      return FOYERCTL_DONE;
    }
  if (at != NULL && !foyer_time_parse (at, NULL, &self.at))
    return (int)foyerctl_misuse (&self, _ ("“%s” is no time with an offset."), at);
  if (argc < 2)
    return (int)foyerctl_misuse (&self, "%s", _ ("Say which command."));
  command = find_command (argv[1]);
  if (command == NULL)
    return (int)foyerctl_misuse (&self, _ ("There is no command “%s”."), argv[1]);

  code = run (&self, command, argc - 1, argv + 1);
  return (int)code;
}
