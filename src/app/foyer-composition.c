/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is who behind the ports. */

#define G_LOG_DOMAIN "foyer-app"

#include "config.h"

#include "foyer-composition.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "foyer-audit-listener.h"
#include "foyer-http.h"
#include "foyer-keyring.h"
#include "foyer-pretix-service.h"
#include "foyer-sodium-signatures.h"
#include "foyer-sqlite-store.h"
#include "foyer-system-clock.h"

struct _FoyerComposition
{
  GObject parent_instance;

  FoyerClock *clock;            /* (owned) */
  FoyerSqliteStore *store;      /* (owned) */
  FoyerKeyring *keyring;        /* (owned) */
  FoyerSignatures *signatures;  /* (owned) */
  FoyerAuditListener *listener; /* (owned) */
  FoyerWorkspace *workspace;    /* (owned) */
  GNetworkMonitor *monitor;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (FoyerComposition, foyer_composition, G_TYPE_OBJECT)

static void
foyer_composition_finalize (GObject *object)
{
  FoyerComposition *self = FOYER_COMPOSITION (object);

  g_clear_object (&self->monitor);
  g_clear_object (&self->workspace);
  g_clear_object (&self->listener);
  g_clear_object (&self->signatures);
  g_clear_object (&self->keyring);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (foyer_composition_parent_class)->finalize (object);
}

static void
foyer_composition_class_init (FoyerCompositionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foyer_composition_finalize;
}

static void
foyer_composition_init (FoyerComposition *self)
{
  self->clock = foyer_system_clock_new ();
  self->keyring = foyer_keyring_new ();
  self->signatures = foyer_sodium_signatures_new ();
  self->listener = foyer_audit_listener_new ();
}

/**
 * foyer_composition_check_name:
 * @name: (nullable): what somebody calls a workspace
 *
 * Returns: whether it can be the name of one: letters, digits, `-`, `_` and `.`, not at the beginning
 */
gboolean
foyer_composition_check_name (const char *name)
{
  if (name == NULL || *name == '\0' || *name == '.' || strlen (name) > 64)
    return FALSE;

  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.", *p) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * foyer_composition_dup_directory:
 * @name: name of a workspace
 *
 * Returns: (transfer full): where its files are
 */
char *
foyer_composition_dup_directory (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), "foyer", name, NULL);
}

/**
 * foyer_composition_dup_application_id:
 * @name: a good name of a workspace
 *
 * Under which name its window is known on the session bus. Two workspaces that differ in other characters
 * than letters and digits only share a window's process: the second one brings the first one's window
 * up, and nothing is lost.
 *
 * Returns: (transfer full): an application id
 */
char *
foyer_composition_dup_application_id (const char *name)
{
  char *id;

  if (g_str_equal (name, FOYER_DEFAULT_WORKSPACE))
    return g_strdup (FOYER_APP_ID);

  id = g_strconcat (FOYER_APP_ID ".w_", name, NULL);
  for (char *c = id + strlen (FOYER_APP_ID) + 1; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      *c = '_';
  return id;
}

static FoyerService *
make_service (FoyerConnection *connection,
              const char *credential,
              gpointer user_data,
              GError **error)
{
  FoyerAuditListener *listener = user_data;
  g_autoptr (FoyerHttp) http = NULL;

  if (g_strcmp0 (connection->service, "pretix") != 0)
    {
      foyer_error_set (error, FOYER_ERROR_INVALID, "unknown service",
                       _ ("Foyer does not know this kind of service."));
      return NULL;
    }

  http = foyer_http_new (connection->name, connection->service, connection->base_url,
                         connection->ca_file, "Foyer/" FOYER_VERSION, error);
  if (http == NULL)
    return NULL;
  foyer_http_set_listener (http, FOYER_CALL_ROLE_AUDIT, FOYER_CALL_LISTENER (listener));
  return foyer_pretix_service_new (connection, credential, http, error);
}

/* The network. Finding out who knows about it may ask the system bus and wait: in a thread. */

static void
find_monitor (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, g_object_ref (g_network_monitor_get_default ()), g_object_unref);
}

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, FoyerComposition *self)
{
  if (available)
    foyer_workspace_wake (self->workspace);
}

static void
on_monitor_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FoyerComposition *self = FOYER_COMPOSITION (source);

  self->monitor = g_task_propagate_pointer (G_TASK (result), NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (on_network_changed),
                             self, 0);
}

/**
 * foyer_composition_watch_network:
 * @self: a composition
 *
 * From now on, what waits for the network is tried as soon as it is back.
 */
void
foyer_composition_watch_network (FoyerComposition *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FOYER_IS_COMPOSITION (self));

  task = g_task_new (self, NULL, on_monitor_found, NULL);
  g_task_set_source_tag (task, foyer_composition_watch_network);
  g_task_run_in_thread (task, find_monitor);
}

static void
on_store_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (FoyerComposition) self = g_object_new (FOYER_TYPE_COMPOSITION, NULL);
  g_autoptr (GError) error = NULL;

  self->store = foyer_sqlite_store_open_finish (result, &error);
  if (self->store == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self->workspace = foyer_workspace_new (
      g_task_get_task_data (task), foyer_sqlite_store_get_journal (self->store),
      foyer_sqlite_store_get_mirror (self->store), foyer_sqlite_store_get_query (self->store),
      FOYER_SECRETS (self->keyring), self->clock, make_service, g_object_ref (self->listener),
      g_object_unref);
  foyer_workspace_set_signatures (self->workspace, self->signatures);
  foyer_audit_listener_set_workspace (self->listener, self->workspace);
  g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
}

/**
 * foyer_composition_open_async:
 * @name: name of a workspace; it is made if there is none
 * @cancellable: (nullable): to stop it
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens a workspace's files and puts everything together. The workspace is not loaded yet.
 */
void
foyer_composition_open_async (const char *name,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *directory = NULL;
  g_autoptr (FoyerClock) clock = NULL;

  g_task_set_source_tag (task, foyer_composition_open_async);
  if (!foyer_composition_check_name (name))
    {
      g_task_return_error (task,
                           foyer_error_new (FOYER_ERROR_INVALID, "workspace name",
                                            _ ("This cannot be the name of a workspace: letters, "
                                               "digits, “-”, “_” and “.” can.")));
      return;
    }

  g_task_set_task_data (task, g_strdup (name), g_free);
  directory = foyer_composition_dup_directory (name);
  clock = foyer_system_clock_new ();
  foyer_sqlite_store_open_async (directory, clock, cancellable, on_store_opened,
                                 g_object_ref (task));
}

/**
 * foyer_composition_open_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the composition, or %NULL with an error
 */
FoyerComposition *
foyer_composition_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_store_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (foyer_sqlite_store_close_finish (FOYER_SQLITE_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_workspace_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  FoyerComposition *self = g_task_get_source_object (task);

  foyer_workspace_close_finish (FOYER_WORKSPACE (source), result, NULL);
  foyer_sqlite_store_close_async (self->store, on_store_closed, task);
}

/**
 * foyer_composition_close_async:
 * @self: a composition
 * @callback: called when all is on disk
 * @user_data: for @callback
 *
 * Ends the work in good order.
 */
void
foyer_composition_close_async (FoyerComposition *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FOYER_IS_COMPOSITION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, foyer_composition_close_async);
  foyer_workspace_close_async (self->workspace, NULL, on_workspace_closed, task);
}

/**
 * foyer_composition_close_finish:
 * @self: a composition
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether all is on disk
 */
gboolean
foyer_composition_close_finish (FoyerComposition *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * foyer_composition_get_workspace:
 * @self: a composition
 *
 * Returns: (transfer none): the workspace
 */
FoyerWorkspace *
foyer_composition_get_workspace (FoyerComposition *self)
{
  g_return_val_if_fail (FOYER_IS_COMPOSITION (self), NULL);

  return self->workspace;
}

/**
 * foyer_composition_dup_repairs:
 * @self: a composition
 *
 * Returns: (transfer full) (nullable): what had to be repaired when the workspace was opened, for the person;
 *   %NULL if the journal was sound
 */
char *
foyer_composition_dup_repairs (FoyerComposition *self)
{
  const FoyerSalvageReport *salvage;
  g_autofree char *saved = NULL;

  g_return_val_if_fail (FOYER_IS_COMPOSITION (self), NULL);

  salvage = foyer_sqlite_store_get_salvage_report (self->store);
  if (salvage == NULL)
    return NULL;

  saved = g_strdup_printf (_ ("The journal was damaged. What could be read of it was saved: "
                              "%" PRId64 " records; %" PRId64 " are known to be "
                              "missing. The damaged file is kept as %s."),
                           salvage->commands, salvage->commands_lost, salvage->damaged_file);
  if (salvage->commands_lost > 0)
    {
      char *told = g_strdup_printf (
          "%s %s", saved,
          _ ("What had been sent is safe at the service. Keep that file: it may tell the rest."));

      g_free (saved);
      saved = told;
    }
  if (salvage->connections > 0)
    return g_steal_pointer (&saved);
  return g_strdup_printf ("%s %s", saved,
                          _ ("No connection could be read: connect this desk again."));
}

/**
 * foyer_composition_put_credential:
 * @self: a composition
 * @reference: `secret_ref` of a connection
 * @credential: its key
 *
 * Keeps a key for this process only.
 */
void
foyer_composition_put_credential (FoyerComposition *self,
                                  const char *reference,
                                  const char *credential)
{
  g_return_if_fail (FOYER_IS_COMPOSITION (self));

  foyer_keyring_put_for_session (self->keyring, reference, credential);
}

/**
 * foyer_composition_keep_no_credentials:
 * @self: the composition
 *
 * For the sample event: what is stored from now on stays in this process, and no keyring is asked.
 */
void
foyer_composition_keep_no_credentials (FoyerComposition *self)
{
  g_return_if_fail (FOYER_IS_COMPOSITION (self));

  foyer_keyring_set_session_only (self->keyring, TRUE);
}
