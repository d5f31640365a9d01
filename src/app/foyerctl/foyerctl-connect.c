/* SPDX-License-Identifier: GPL-3.0-or-later */

/* connect, connections, disconnect. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "foyer-connect-input.h"
#include "foyer-error.h"
#include "foyer-secrets.h"
#include "foyer-setup-code.h"

/* From the environment or the terminal: never from an argument, which everybody can read. */
static char *
read_token (Foyerctl *self)
{
  const char *token = g_getenv ("FOYER_TOKEN");
  struct termios before;
  struct termios silent;
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  if (token != NULL && *token != '\0')
    return g_strdup (token);
  if (!isatty (STDIN_FILENO) || tcgetattr (STDIN_FILENO, &before) != 0)
    return NULL;

  g_printerr ("%s ", _ ("Token:"));
  silent = before;
  silent.c_lflag &= (tcflag_t)~ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  length = getline (&line, &size, stdin);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_printerr ("\n");
  if (length <= 0)
    {
      free (line);
      return NULL;
    }
  token = g_strstrip (line);
  {
    char *copy = *token != '\0' ? g_strdup (token) : NULL;

    memset (line, 0, size);
    free (line);
    return copy;
  }
}

/* A device's token works once. Its key must have somewhere to stay before that is spent. */
static gboolean
can_keep (Foyerctl *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  char *nothing;

  foyer_secrets_lookup_async (foyer_workspace_get_secrets (self->workspace), "-", NULL,
                              foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  nothing = foyer_secrets_lookup_finish (foyer_workspace_get_secrets (self->workspace), result,
                                         &local_error);
  g_clear_pointer (&nothing, foyer_secrets_wipe);
  if (!g_error_matches (local_error, FOYER_ERROR, FOYER_ERROR_KEYRING))
    return TRUE;

  foyer_error_set_hint (local_error,
                        _ ("The token of a device works once, so it was not used: its key would be "
                           "lost with this run. Start or unlock the keyring first, or connect with "
                           "an API token in FOYER_TOKEN."));
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static char *
enroll (Foyerctl *self, FoyerConnection *connection, const char *init_token, GError **error)
{
  g_autoptr (FoyerService) service = foyer_workspace_create_service (self->workspace, connection,
                                                                     NULL, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerEnrolment) enrolment = NULL;

  if (service == NULL || !can_keep (self, error))
    return NULL;

  foyer_service_enroll_async (service, init_token, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  enrolment = foyer_service_enroll_finish (service, result, error);
  if (enrolment == NULL)
    return NULL;

  g_free (connection->organizer);
  connection->organizer = g_strdup (enrolment->organizer);
  connection->desk = g_strdup (enrolment->desk);
  connection->device_id = enrolment->device_id;
  connection->gate = enrolment->gate;
  connection->gate_name = g_strdup (enrolment->gate_name);
  connection->security_profile = g_strdup (enrolment->security_profile);
  return g_strdup (enrolment->credential);
}

static FoyerPage *
pull (FoyerService *service, FoyerResource resource, GError **error)
{
  g_autoptr (FoyerPullRequest) request = foyer_pull_request_new (resource, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  foyer_service_pull_async (service, request, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  return foyer_service_pull_finish (service, result, error);
}

/* A device that was told no event: the one that goes on, else the next, else the last. */
static char *
choose_event (Foyerctl *self, FoyerConnection *connection, const char *key, GError **error)
{
  g_autoptr (FoyerService) service = foyer_workspace_create_service (self->workspace, connection,
                                                                     key, error);
  g_autoptr (FoyerPage) page = NULL;
  FoyerTime now = foyer_clock_now (foyer_workspace_get_clock (self->workspace));
  const FoyerEvent *best = NULL;

  if (service == NULL || (page = pull (service, FOYER_RESOURCE_EVENTS, error)) == NULL)
    return NULL;

  for (guint i = 0; i < page->records->len; i++)
    {
      const FoyerEvent *event = g_ptr_array_index (page->records, i);
      FoyerTime end = event->date_to != FOYER_TIME_NONE ? event->date_to
                                                        : event->date_from + 24 * FOYER_HOUR;
      FoyerTime best_end = best == NULL                       ? FOYER_TIME_NONE
                           : best->date_to != FOYER_TIME_NONE ? best->date_to
                                                              : best->date_from + 24 * FOYER_HOUR;

      if (best == NULL || (best_end < now && end > best_end)
          || (end >= now && best_end >= now && event->date_from < best->date_from))
        best = event;
    }
  if (best == NULL)
    {
      foyer_error_set (error, FOYER_ERROR_NOT_FOUND, "no events", _ ("This key sees no event."));
      return NULL;
    }
  return g_strdup (best->slug);
}

static gboolean
check (Foyerctl *self,
       FoyerConnection *connection,
       const char *key,
       FoyerServiceReport **report,
       GError **error)
{
  g_autoptr (FoyerService) service = foyer_workspace_create_service (self->workspace, connection,
                                                                     key, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerPage) page = NULL;

  if (service == NULL)
    return FALSE;

  foyer_service_check_async (service, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  *report = foyer_service_check_finish (service, result, error);
  if (*report == NULL)
    return FALSE;

  page = pull (service, FOYER_RESOURCE_EVENT, error);
  if (page == NULL)
    return FALSE;
  if ((*report)->permissions_known && ((*report)->permissions & FOYER_PERMISSION_CHECK_IN) == 0)
    {
      foyer_error_set (error, FOYER_ERROR_FORBIDDEN, "no permission to check in",
                       _ ("This key may not check tickets in."));
      if (error != NULL)
        foyer_error_set_hint (*error, _ ("Give its team the permission, or use another key."));
      return FALSE;
    }
  return TRUE;
}

static void
print_connected (Foyerctl *self,
                 FoyerConnection *connection,
                 FoyerServiceReport *report,
                 FoyerSecretsPlace place,
                 FoyerSetupCode *setup)
{
  static const struct
  {
    FoyerPermission permission;
    const char *name;
  } permissions[] = {
    { FOYER_PERMISSION_READ_ORDERS, "read_orders" },
    { FOYER_PERMISSION_CHECK_IN, "check_in" },
    { FOYER_PERMISSION_WRITE_ORDERS, "write_orders" },
  };
  g_autoptr (JsonBuilder) line = NULL;

  if (!self->json)
    {
      foyerctl_print (_ ("Connected: %s (%s %s, event %s)."), connection->name, connection->service,
                      report->version != NULL ? report->version : "?", connection->event);
      return;
    }

  line = foyerctl_line_new ();
  foyerctl_add_string (line, "connection", connection->name);
  foyerctl_add_string (line, "service", connection->service);
  foyerctl_add_string (line, "version", report->version);
  foyerctl_add_string (line, "organizer", connection->organizer);
  foyerctl_add_string (line, "event", connection->event);
  foyerctl_add_string (line, "desk", connection->desk);
  json_builder_set_member_name (line, "permissions");
  json_builder_begin_object (line);
  for (gsize i = 0; i < G_N_ELEMENTS (permissions); i++)
    foyerctl_add_boolean (line, permissions[i].name,
                          (report->permissions & permissions[i].permission) != 0);
  json_builder_end_object (line);
  foyerctl_add_string (line, "stored", place == FOYER_SECRETS_KEYRING ? "keyring" : "session");
  if (setup != NULL)
    {
      foyerctl_add_string (line, "gate", connection->gate_name);
      json_builder_set_member_name (line, "lists");
      json_builder_begin_array (line);
      for (guint i = 0; i < setup->lists->len; i++)
        json_builder_add_int_value (line, g_array_index (setup->lists, gint64, i));
      json_builder_end_array (line);
    }
  foyerctl_line_print (line);
}

/* A code on the command line can be read by everybody on this computer; it is worth nothing once it has been
 * used, and it may come by standard input. */
static FoyerSetupCode *
read_setup (Foyerctl *self, const char *text, GError **error)
{
  g_autoptr (FoyerSetupCode) setup = NULL;
  FoyerTime now = foyer_clock_now (foyer_workspace_get_clock (self->workspace));
  char *line = NULL;
  size_t size = 0;

  if (g_str_equal (text, "-"))
    {
      gboolean got = getline (&line, &size, stdin) > 0;

      setup = foyer_setup_code_parse (got ? line : "", error);
      explicit_bzero (line, size);
      free (line);
    }
  else
    setup = foyer_setup_code_parse (text, error);

  if (setup == NULL || !foyer_setup_code_check_time (setup, now, error))
    return NULL;
  return g_steal_pointer (&setup);
}

static FoyerctlExit
finish_connect (Foyerctl *self, FoyerConnection *connection, const char *key, FoyerSetupCode *setup)
{
  g_autoptr (FoyerServiceReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FoyerDesk) desk = NULL;
  g_autoptr (GError) error = NULL;
  FoyerSecretsPlace place = FOYER_SECRETS_SESSION;

  if (!check (self, connection, key, &report, &error))
    return foyerctl_fail (self, error, connection->name);
  if (!report->version_supported)
    foyerctl_say (self, _ ("This version (%s) is older than what Foyer knows well."),
                  report->version != NULL ? report->version : "?");
  if (report->permissions_known && (report->permissions & FOYER_PERMISSION_READ_ORDERS) == 0)
    foyerctl_say (self, "%s", _ ("This key may not read orders: this desk cannot work offline."));

  connection->version = g_strdup (report->version);
  if (connection->desk == NULL)
    connection->desk = g_strdup (report->desk);
  if (connection->device_id == 0)
    {
      connection->device_id = report->device_id;
      connection->gate = report->gate;
    }
  foyer_workspace_add_async (self->workspace, connection, key, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  desk = foyer_workspace_add_finish (self->workspace, result, &place, &error);
  if (desk == NULL)
    return foyerctl_fail (self, error, connection->name);

  if (place == FOYER_SECRETS_SESSION)
    foyerctl_say (self, "%s",
                  _ ("There is no keyring: the key is not stored. Give it in FOYER_TOKEN."));
  print_connected (self, connection, report, place, setup);
  return FOYERCTL_DONE;
}

/**
 * foyerctl_connect:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_connect (Foyerctl *self, int argc, char **argv)
{
  g_autofree char *organizer = NULL;
  g_autofree char *event = NULL;
  g_autofree char *ca = NULL;
  g_autofree char *name = NULL;
  g_autofree char *device = NULL;
  g_autofree char *setup_text = NULL;
  g_autoptr (FoyerSetupCode) setup = NULL;
  gint64 subevent = 0;
  const GOptionEntry entries[] = {
    { "organizer", 0, 0, G_OPTION_ARG_STRING, &organizer, N_ ("The organiser's short name"), "O" },
    { "event", 0, 0, G_OPTION_ARG_STRING, &event, N_ ("The event's short name"), "E" },
    { "subevent", 0, 0, G_OPTION_ARG_INT64, &subevent, N_ ("One date of a series"), "ID" },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &ca, N_ ("A certificate to trust besides"), "FILE" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("What to call it (the event's)"), "N" },
    { "device", 0, 0, G_OPTION_ARG_STRING, &device, N_ ("A device's initialisation token"),
      "INIT-TOKEN" },
    { "setup", 0, 0, G_OPTION_ARG_STRING, &setup_text,
      N_ ("The code of a set-up page, which has all of it (“-”: from standard input)"), "CODE" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (FoyerConnection) connection = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  FoyerctlExit code;

  if (!foyerctl_parse (self, "pretix URL", _ ("Checks an account and keeps it."), entries, &argc,
                       &argv, &code))
    return code;
  if (argc < 2 || argc > 3 || !g_str_equal (argv[1], "pretix")
      || (argc == 3) == (setup_text != NULL))
    return foyerctl_misuse (self, "%s",
                            _ ("Say: connect pretix URL, or connect pretix --setup CODE."));
  if (setup_text != NULL)
    {
      if (device != NULL || organizer != NULL || event != NULL || subevent != 0)
        return foyerctl_misuse (self, "%s", _ ("A set-up code says all of that itself."));
      setup = read_setup (self, setup_text, &error);
      if (setup == NULL)
        return foyerctl_fail (self, error, name);
    }
  else if (device == NULL && (organizer == NULL || event == NULL))
    return foyerctl_misuse (self, "%s", _ ("Say which --organizer and --event."));
  if (self->offline)
    {
      error = foyer_error_new (FOYER_ERROR_OFFLINE, NULL,
                               _ ("A connection cannot be made offline."));
      return foyerctl_fail (self, error, name);
    }

  connection = foyer_connection_new ();
  connection->service = g_strdup ("pretix");
  connection->base_url = foyer_connect_input_clean_address (setup != NULL ? setup->address
                                                                          : argv[2]);
  connection->organizer = g_strdup (organizer);
  connection->event = g_strdup (event);
  connection->subevent = subevent;
  connection->ca_file = ca != NULL ? g_canonicalize_filename (ca, NULL) : NULL;
  if (setup != NULL)
    {
      connection->event = g_strdup (setup->event);
      connection->subevent = setup->subevent;
    }
  connection->auth_scheme = g_strdup (device != NULL || setup != NULL ? "Device" : "Token");
  connection->name = g_strdup (name != NULL                ? name
                               : connection->event != NULL ? connection->event
                                                           : "device");

  if (setup != NULL)
    key = enroll (self, connection, setup->token, &error);
  else
    key = device != NULL ? enroll (self, connection, device, &error) : read_token (self);
  if (key == NULL && error != NULL)
    return foyerctl_fail (self, error, connection->name);
  if (key == NULL)
    return foyerctl_misuse (self, "%s", _ ("Give the token in FOYER_TOKEN."));
  if (setup != NULL && connection->gate_name == NULL)
    connection->gate_name = g_strdup (setup->gate);

  if (connection->event == NULL)
    {
      connection->event = choose_event (self, connection, key, &error);
      if (connection->event == NULL)
        {
          foyer_secrets_wipe (g_steal_pointer (&key));
          return foyerctl_fail (self, error, connection->name);
        }
      foyerctl_say (self, _ ("The event is %s."), connection->event);
      if (name == NULL)
        {
          g_free (connection->name);
          connection->name = g_strdup (connection->event);
        }
    }
  connection->secret_ref = g_strdup_printf ("%s/%s", self->workspace_name, connection->name);

  code = finish_connect (self, connection, key, setup);
  foyer_secrets_wipe (g_steal_pointer (&key));
  return code;
}

/**
 * foyerctl_connections:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_connections (Foyerctl *self, int argc, char **argv)
{
  FoyerctlExit code;

  if (!foyerctl_parse (self, NULL, _ ("Lists the connections."), NULL, &argc, &argv, &code))
    return code;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->workspace)); i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);
      const FoyerConnection *connection = foyer_desk_get_connection (desk);
      const GError *problem = foyer_desk_get_problem (desk);
      g_autoptr (JsonBuilder) line = NULL;

      if (!self->json)
        {
          foyerctl_print ("%s\t%s\t%s\t%s", connection->name, connection->service,
                          connection->base_url, connection->event);
          continue;
        }
      line = foyerctl_line_new ();
      foyerctl_add_string (line, "connection", connection->name);
      foyerctl_add_string (line, "service", connection->service);
      foyerctl_add_string (line, "url", connection->base_url);
      foyerctl_add_string (line, "organizer", connection->organizer);
      foyerctl_add_string (line, "event", connection->event);
      if (connection->subevent != 0)
        foyerctl_add_int (line, "subevent", connection->subevent);
      foyerctl_add_string (line, "desk", connection->desk);
      foyerctl_add_string (line, "version", connection->version);
      foyerctl_add_string (line, "problem", problem != NULL ? problem->message : NULL);
      foyerctl_line_print (line);
    }
  return FOYERCTL_DONE;
}

static GError *
new_waiting_error (gint64 waiting)
{
  g_autofree char *detail = g_strdup_printf ("%" PRId64 " commands wait", waiting);
  GError *error = foyer_error_new (
      FOYER_ERROR_CONFLICT, detail,
      g_dngettext (GETTEXT_PACKAGE,
                   "%" PRId64 " admission of this connection is not settled with the "
                   "service yet.",
                   "%" PRId64 " admissions of this connection are not settled with the "
                   "service yet.",
                   (gulong)waiting),
      waiting);

  foyer_error_set_hint (error, _ ("Send them with “foyerctl push” and look into “foyerctl inbox” "
                                  "first, or use --force: then they stay in the journal, and are "
                                  "sent only if there is a connection of this name again."));
  return error;
}

/**
 * foyerctl_disconnect:
 * @self: the run
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Returns: the exit code
 */
FoyerctlExit
foyerctl_disconnect (Foyerctl *self, int argc, char **argv)
{
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("Even if something waits to be sent"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FoyerctlExit code;
  gint64 waiting = 0;

  if (!foyerctl_parse (self, "NAME", _ ("Removes a connection and its copy."), entries, &argc,
                       &argv, &code))
    return code;
  if (argc != 2)
    return foyerctl_misuse (self, "%s", _ ("Say which connection."));
  if (foyerctl_get_desk (self, argv[1], &error) == NULL)
    return foyerctl_fail (self, error, argv[1]);

  foyer_workspace_remove_async (self->workspace, argv[1], force ? G_MAXINT64 : 0, NULL,
                                foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  if (!foyer_workspace_remove_finish (self->workspace, result, &waiting, &error))
    {
      g_autoptr (GError) refused = g_error_matches (error, FOYER_ERROR, FOYER_ERROR_CONFLICT)
                                       ? new_waiting_error (waiting)
                                       : NULL;

      return foyerctl_fail (self, refused != NULL ? refused : error, argv[1]);
    }

  if (self->json)
    {
      g_autoptr (JsonBuilder) line = foyerctl_line_new ();

      foyerctl_add_string (line, "disconnected", argv[1]);
      foyerctl_line_print (line);
    }
  else
    foyerctl_print (_ ("%s is gone."), argv[1]);
  return FOYERCTL_DONE;
}
