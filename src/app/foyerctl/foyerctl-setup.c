/* SPDX-License-Identifier: GPL-3.0-or-later */

/* setup: the code that makes another laptop a desk. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <glib/gi18n.h>

#include "foyer-secrets.h"
#include "foyer-setup-code.h"

#define DEFAULT_HOURS 24
#define MAX_HOURS (60 * 24)

static char *
invite (FoyerDesk *desk, const char *name, gboolean full, GError **error)
{
  FoyerService *service = foyer_desk_get_service (desk);
  g_autoptr (GAsyncResult) result = NULL;

  if (service == NULL)
    {
      const GError *problem = foyer_desk_get_problem (desk);

      g_propagate_error (error, problem != NULL
                                    ? g_error_copy (problem)
                                    : foyer_error_new_plain (FOYER_ERROR_KEYRING, "no service"));
      return NULL;
    }
  if (!foyer_service_can_invite (service))
    {
      foyer_error_set (
          error, FOYER_ERROR_INVALID, "cannot invite",
          _ ("Foyer cannot make a device here. Give the token of one in FOYER_TOKEN."));
      return NULL;
    }

  foyer_service_invite_async (service, name, !full, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  return foyer_service_invite_finish (service, result, error);
}

static gboolean
take_lists (FoyerSetupCode *setup, char **texts)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      gint64 id;

      if (!g_ascii_string_to_signed (texts[i], 10, 1, G_MAXINT64, &id, NULL))
        return FALSE;
      g_array_append_val (setup->lists, id);
    }
  return TRUE;
}

static void
print_code (Foyerctl *self, const FoyerSetupCode *setup, const char *code)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (JsonBuilder) line = NULL;

  if (!self->json)
    {
      char *grouped = foyer_setup_code_group (code);

      foyerctl_print ("%s", grouped);
      foyer_setup_code_free_text (grouped);
      return;
    }

  line = foyerctl_line_new ();
  foyerctl_add_string (line, "code", code);
  foyerctl_add_string (line, "desk", setup->desk);
  foyerctl_add_string (line, "event", setup->event);
  foyerctl_add_string (line, "gate", setup->gate);
  json_builder_set_member_name (line, "lists");
  json_builder_begin_array (line);
  for (guint i = 0; i < setup->lists->len; i++)
    json_builder_add_int_value (line, g_array_index (setup->lists, gint64, i));
  json_builder_end_array (line);
  foyerctl_add_time (line, "good_until", setup->good_until, zone);
  foyerctl_line_print (line);
}

/**
 * foyerctl_setup:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_setup (Foyerctl *self, int argc, char **argv)
{
  g_auto (GStrv) lists = NULL;
  g_autofree char *gate = NULL;
  g_autofree char *connection = NULL;
  gboolean full = FALSE;
  gboolean given = FALSE;
  int hours = DEFAULT_HOURS;
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_STRING_ARRAY, &lists, N_ ("A check-in list it works for"), "ID" },
    { "gate", 0, 0, G_OPTION_ARG_STRING, &gate, N_ ("The gate or entrance"), "NAME" },
    { "good-for", 0, 0, G_OPTION_ARG_INT, &hours, N_ ("How long the code is good (24)"), "HOURS" },
    { "full", 0, 0, G_OPTION_ARG_NONE, &full, N_ ("It may change orders, too"), NULL },
    { "given", 0, 0, G_OPTION_ARG_NONE, &given,
      N_ ("Make no device: FOYER_TOKEN has the initialisation token of one"), NULL },
    { "connection", 0, 0, G_OPTION_ARG_STRING, &connection, N_ ("Of this connection"), "NAME" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (FoyerSetupCode) setup = foyer_setup_code_new ();
  g_autoptr (GError) error = NULL;
  const FoyerConnection *own;
  FoyerctlExit exit_code;
  FoyerDesk *desk;
  char *code;

  if (!foyerctl_parse (self, "DESK", _ ("Makes the code that sets up another laptop as a desk."),
                       entries, &argc, &argv, &exit_code))
    return exit_code;
  if (argc != 2 || *argv[1] == '\0')
    return foyerctl_misuse (self, "%s", _ ("Say what the desk is to be called."));
  if (!take_lists (setup, lists))
    return foyerctl_misuse (self, "%s", _ ("A --list is a number; “foyerctl lists” shows it."));
  if (hours < 1 || hours > MAX_HOURS)
    return foyerctl_misuse (self, _ ("--good-for is 1 to %d hours."), MAX_HOURS);
  desk = foyerctl_get_desk (self, connection, &error);
  if (desk == NULL)
    return foyerctl_fail (self, error, connection);
  own = foyer_desk_get_connection (desk);

  setup->service = g_strdup (own->service);
  setup->address = g_strdup (own->base_url);
  setup->organizer = g_strdup (own->organizer);
  setup->event = g_strdup (own->event);
  setup->subevent = own->subevent;
  setup->gate = g_strdup (gate);
  setup->desk = g_strdup (argv[1]);
  setup->good_until = foyer_clock_now (foyer_workspace_get_clock (self->workspace))
                      + hours * FOYER_HOUR;
  setup->token = given ? g_strdup (g_getenv ("FOYER_TOKEN")) : invite (desk, argv[1], full, &error);
  if (error != NULL)
    return foyerctl_fail (self, error, own->name);

  code = foyer_setup_code_to_text (setup, &error);
  if (code == NULL)
    return foyerctl_fail (self, error, own->name);
  print_code (self, setup, code);
  foyer_setup_code_free_text (code);
  return FOYERCTL_DONE;
}
