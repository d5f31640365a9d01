/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foyer-sandbox: pretix played on loopback, until a signal comes. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>

#include "foyer-sandbox-faults.h"
#include "foyer-sandbox.h"

/* What the command line asks for. */
typedef struct
{
  gint64 attendees;
  gint64 seed;
  int port;
  char *faults;
  char *state;
  char *date;
  char *skew;
  char *tls;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->faults);
  g_free (options->state);
  g_free (options->date);
  g_free (options->skew);
  g_free (options->tls);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
options_parse (Options *options, int *argc, char ***argv, GError **error)
{
  GOptionEntry entries[] = {
    { "attendees", 0, 0, G_OPTION_ARG_INT64, &options->attendees, "Tickets sold (5000)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "What chance is drawn from (1)", "N" },
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, "Port (any free one)", "PORT" },
    { "faults", 0, 0, G_OPTION_ARG_STRING, &options->faults, "What goes wrong", "SPEC" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state, "Keep every effect in FILE", "FILE" },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options->date, "First day (today)", "YYYY-MM-DD" },
    { "skew", 0, 0, G_OPTION_ARG_STRING, &options->skew, "Wrong clock, as +2h", "SPAN" },
    { "tls", 0, 0, G_OPTION_ARG_FILENAME, &options->tls, "Serve HTTPS: certificate and key",
      "PEM" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Plays a ticketing service on this computer.");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static FoyerSandbox *
make_sandbox (const Options *options, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  gint64 skew = 0;

  if (options->tls != NULL)
    {
      certificate = g_tls_certificate_new_from_file (options->tls, error);
      if (certificate == NULL)
        return NULL;
    }
  if (options->attendees < 0 || options->attendees > 5000000 || options->seed < 0
      || options->port < 0 || options->port > 65535
      || (options->skew != NULL && !foyer_sandbox_parse_span (options->skew, &skew)))
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "options", "An option is out of its range.");
      return NULL;
    }
  return g_object_new (FOYER_TYPE_SANDBOX, "attendees", (guint64)options->attendees, "seed",
                       (guint64)options->seed, "port", (guint)options->port, "faults",
                       options->faults, "state-file", options->state, "date", options->date, "skew",
                       skew, "certificate", certificate, NULL);
}

int
main (int argc, char *argv[])
{
  g_auto (Options) options = { .attendees = 5000, .seed = 1 };
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (FoyerSandbox) sandbox = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (!options_parse (&options, &argc, &argv, &error)
      || (sandbox = make_sandbox (&options, &error)) == NULL
      || !foyer_sandbox_start (sandbox, &error))
    {
      g_printerr ("foyer-sandbox: %s\n", error->message);
      return 1;
    }
  g_print ("{\"url\":\"%s\",\"token\":\"%s\",\"organizer\":\"%s\",\"event\":\"%s\","
           "\"device_init\":\"%s\",\"token_door\":\"%s\",\"token_read\":\"%s\"}\n",
           foyer_sandbox_get_url (sandbox), foyer_sandbox_get_token (sandbox),
           foyer_sandbox_get_organizer (sandbox), foyer_sandbox_get_event (sandbox),
           foyer_sandbox_get_device_init_token (sandbox), foyer_sandbox_get_door_token (sandbox),
           foyer_sandbox_get_read_token (sandbox));
  fflush (stdout);
  loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, quit, loop);
  g_unix_signal_add (SIGINT, quit, loop);
  g_main_loop_run (loop);
  foyer_sandbox_stop (sandbox);
  return 0;
}
