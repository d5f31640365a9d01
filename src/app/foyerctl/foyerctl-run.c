/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One run: waiting, opening, closing. */

#define G_LOG_DOMAIN "foyer-ctl"

#include "config.h"

#include "foyerctl.h"

#include <glib/gi18n.h>

#include "foyer-nudge.h"

#define GREETING_SECONDS 3

/**
 * foyerctl_on_ready:
 * @source: (nullable): who calls
 * @result: the result
 * @slot: (type GAsyncResult**): where foyerctl_wait() looks for it
 *
 * The callback of everything that foyerctl waits for.
 */
void
foyerctl_on_ready (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **)slot = g_object_ref (result);
}

/**
 * foyerctl_wait:
 * @slot: (inout): empty until the result is there
 *
 * Lets the main loop run until then.
 */
void
foyerctl_wait (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
load (Foyerctl *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  foyer_workspace_load_async (self->workspace, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  return foyer_workspace_load_finish (self->workspace, result, error);
}

/* With no keyring, FOYER_TOKEN is the key of this run. */
static gboolean
lend_token (Foyerctl *self)
{
  const char *token = g_getenv ("FOYER_TOKEN");
  gboolean lent = FALSE;

  if (token == NULL || *token == '\0')
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->workspace)); i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);

      if (foyer_desk_get_service (desk) != NULL)
        continue;
      foyer_composition_put_credential (self->composition,
                                        foyer_desk_get_connection (desk)->secret_ref, token);
      lent = TRUE;
    }
  return lent;
}

static void
on_left_to_others (FoyerDispatcher *dispatcher, Foyerctl *self)
{
  foyer_nudge_send (self->workspace_name);
}

/**
 * foyerctl_open:
 * @self: the run
 * @error: return location
 *
 * Opens the workspace and loads it.
 *
 * Returns: whether it could be opened
 */
gboolean
foyerctl_open (Foyerctl *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *repairs = NULL;

  foyer_composition_open_async (self->workspace_name, NULL, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  self->composition = foyer_composition_open_finish (result, error);
  if (self->composition == NULL)
    return FALSE;

  repairs = foyer_composition_dup_repairs (self->composition);
  if (repairs != NULL)
    foyerctl_say (self, "%s", repairs);
  self->workspace = foyer_composition_get_workspace (self->composition);
  g_signal_connect (foyer_workspace_get_dispatcher (self->workspace), "left-to-others",
                    G_CALLBACK (on_left_to_others), self);
  foyer_workspace_set_sync_interval (self->workspace, 0);
  foyer_workspace_set_offline (self->workspace, self->offline);
  if (!load (self, error) || (lend_token (self) && !load (self, error)))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->workspace)); i++)
    {
      g_autoptr (FoyerDesk) desk = g_list_model_get_item (G_LIST_MODEL (self->workspace), i);

      foyer_door_clock_pin (foyer_desk_get_door_clock (desk), self->at);
    }
  return TRUE;
}

/**
 * foyerctl_close:
 * @self: the run
 *
 * Ends it in good order: what is on its way is waited for, a moment.
 */
void
foyerctl_close (Foyerctl *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (self->composition == NULL)
    return;

  foyer_composition_close_async (self->composition, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  if (!foyer_composition_close_finish (self->composition, result, &error))
    g_warning ("%s", error->message);
  self->workspace = NULL;
  g_clear_object (&self->composition);
}

/**
 * foyerctl_get_desk:
 * @self: the run
 * @connection: (nullable): name of a connection; %NULL: the first
 * @error: return location
 *
 * Returns: (transfer none): the desk, or %NULL with %FOYER_ERROR_NOT_FOUND
 */
FoyerDesk *
foyerctl_get_desk (Foyerctl *self, const char *connection, GError **error)
{
  FoyerDesk *desk = foyer_workspace_get_desk (self->workspace, connection);

  if (desk != NULL)
    return desk;

  if (connection != NULL)
    foyer_error_set (error, FOYER_ERROR_NOT_FOUND, NULL, _ ("There is no connection “%s”."),
                     connection);
  else
    foyer_error_set (error, FOYER_ERROR_NOT_FOUND, NULL, _ ("There is no connection yet."));
  if (error != NULL)
    foyer_error_set_hint (*error, _ ("Make one with “foyerctl connect”."));
  return NULL;
}

static gboolean
on_greeting_time (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * foyerctl_greet:
 * @self: the run
 * @desk: a desk
 *
 * Asks the service what time it is, for a moment at most: so that times are sure, and it is known
 * whether it is in reach.
 *
 * Returns: (transfer full) (nullable): why it cannot be asked
 */
GError *
foyerctl_greet (Foyerctl *self, FoyerDesk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FoyerServiceReport) report = NULL;
  g_autoptr (GError) error = NULL;
  guint timeout;

  if (self->offline)
    return NULL;
  if (foyer_desk_get_service (desk) == NULL)
    {
      const GError *problem = foyer_desk_get_problem (desk);

      return problem != NULL ? g_error_copy (problem) : NULL;
    }

  timeout = g_timeout_add_seconds (GREETING_SECONDS, on_greeting_time, cancellable);
  foyer_desk_check_async (desk, cancellable, foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  if (!g_cancellable_is_cancelled (cancellable))
    g_source_remove (timeout);
  report = foyer_desk_check_finish (desk, result, &error);
  if (report != NULL)
    return NULL;

  g_debug ("%s", error->message);
  if (g_cancellable_is_cancelled (cancellable))
    return foyer_error_new (FOYER_ERROR_TIMEOUT, "greeting",
                            _ ("The service does not answer at the moment."));
  return g_steal_pointer (&error);
}

/**
 * foyerctl_start_sending:
 * @self: the run
 *
 * Begins to carry out what waits, if no other process does, and returns when it is known who does.
 */
void
foyerctl_start_sending (Foyerctl *self)
{
  FoyerDispatcher *dispatcher = foyer_workspace_get_dispatcher (self->workspace);

  foyer_workspace_start (self->workspace);
  if (self->offline)
    return;
  while (!foyer_dispatcher_get_sender (dispatcher)
         && foyer_journal_claim_sender (foyer_workspace_get_journal (self->workspace)))
    g_main_context_iteration (NULL, TRUE);
}

/**
 * foyerctl_drain:
 * @self: the run
 * @seconds: how long to wait
 *
 * Waits until nothing waits any more.
 *
 * Returns: whether that came to pass
 */
gboolean
foyerctl_drain (Foyerctl *self, gint64 seconds)
{
  FoyerDispatcher *dispatcher = foyer_workspace_get_dispatcher (self->workspace);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean drained;

  foyer_dispatcher_drain_async (dispatcher, seconds * FOYER_SECOND, NULL, foyerctl_on_ready,
                                &result);
  foyerctl_wait (&result);
  drained = foyer_dispatcher_drain_finish (dispatcher, result, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  return drained;
}

/**
 * foyerctl_dup_event:
 * @self: the run
 * @desk: a desk
 *
 * Returns: (transfer full) (nullable): its event, if the copy has it
 */
FoyerEvent *
foyerctl_dup_event (Foyerctl *self, FoyerDesk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  FoyerQuery *query = foyer_workspace_get_query (self->workspace);

  foyer_query_load_event_async (query, foyer_desk_get_connection (desk)->name, NULL,
                                foyerctl_on_ready, &result);
  foyerctl_wait (&result);
  return foyer_query_load_event_finish (query, result, NULL);
}

/**
 * foyerctl_dup_zone:
 * @self: the run
 * @desk: (nullable): a desk
 *
 * Returns: (transfer full): the zone of its event; UTC while that is not known
 */
GTimeZone *
foyerctl_dup_zone (Foyerctl *self, FoyerDesk *desk)
{
  g_autoptr (FoyerEvent) event = desk != NULL ? foyerctl_dup_event (self, desk) : NULL;
  GTimeZone *zone = event != NULL ? foyer_time_zone_new (event->zone) : NULL;

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/**
 * foyerctl_parse:
 * @self: the run
 * @arguments: (nullable): what else the command takes, for its help
 * @summary: what it does
 * @entries: (nullable): its options
 * @argc: (inout): number of arguments, its name first
 * @argv: (inout): the arguments
 * @exit_code: (out): set if there is no need to go on
 *
 * Returns: whether to go on
 */
gboolean
foyerctl_parse (Foyerctl *self,
                const char *arguments,
                const char *summary,
                const GOptionEntry *entries,
                int *argc,
                char ***argv,
                FoyerctlExit *exit_code)
{
  g_autoptr (GOptionContext) context = g_option_context_new (arguments);
  g_autoptr (GError) error = NULL;
  g_autofree char *command = g_strdup ((*argv)[0]);
  g_autofree char *program = g_strdup_printf ("foyerctl %s", command);

  g_option_context_set_summary (context, summary);
  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  for (int i = 1; i < *argc; i++)
    if (g_str_equal ((*argv)[i], "--help"))
      {
        g_autofree char *help = NULL;

        g_set_prgname (program);
        help = g_option_context_get_help (context, TRUE, NULL);
        g_print ("%s", help);
        *exit_code = FOYERCTL_DONE;
        return FALSE;
      }

  if (!g_option_context_parse (context, argc, argv, &error))
    {
      *exit_code = foyerctl_misuse (self, "%s", error->message);
      return FALSE;
    }
  /* GLib leaves the dashes where what follows begins with one, too. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      (*argv)[1] = (*argv)[0];
      (*argv)++;
      (*argc)--;
    }
  return TRUE;
}
