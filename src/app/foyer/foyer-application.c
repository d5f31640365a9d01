/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the command line to the window: which workspace, open it, load it, show it; and at the end close it
 * in good order. */

#define G_LOG_DOMAIN "foyer-app"

#include "config.h"

#include "foyer-application.h"

#include "foyer-composition.h"
#include "foyer-connect-dialog.h"
#include "foyer-desk-settings.h"
#include "foyer-dialogs.h"
#include "foyer-error.h"
#include "foyer-nudge.h"
#include "foyer-pages.h"
#include "foyer-problem-window.h"
#include "foyer-sample.h"
#include "foyer-tools.h"
#include "foyer-window.h"

#include <glib/gi18n.h>
#include <string.h>

#define SYNC_INTERVAL_SECONDS 30

struct _FoyerApplication
{
  AdwApplication parent_instance;

  char *workspace; /* (owned) name */
  gboolean sample;
  GSettings *settings;           /* (owned) (nullable) from startup on */
  GSettings *desk_settings;      /* (owned) (nullable) likewise, of this workspace */
  FoyerSandbox *sandbox;         /* (owned) (nullable) the sample event */
  FoyerComposition *composition; /* (owned) (nullable) */
  FoyerShellController *shell;   /* (owned) (nullable) */
  FoyerWindow *window;           /* (nullable) */
  gboolean opening;
  gboolean activated;
};

G_DEFINE_FINAL_TYPE (FoyerApplication, foyer_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "workspace", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL,
    N_ ("Open this workspace instead of the default one"), N_ ("NAME") },
  { "sample", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
    N_ ("Explore with a sample event on this computer"), NULL },
  { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Say which version this is"),
    NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static int
foyer_application_handle_local_options (GApplication *application, GVariantDict *given)
{
  FoyerApplication *self = FOYER_APPLICATION (application);
  const char *workspace = NULL;
  g_autofree char *id = NULL;

  if (g_variant_dict_contains (given, "version"))
    {
      g_print ("Foyer %s\n", FOYER_VERSION);
      return 0;
    }

  self->sample = g_variant_dict_contains (given, "sample");
  g_variant_dict_lookup (given, "workspace", "&s", &workspace);
  if (workspace != NULL && !foyer_composition_check_name (workspace))
    {
      g_printerr ("%s\n", _ ("This cannot be the name of a workspace: letters, digits, “-”, “_” "
                             "and “.” can."));
      return 2;
    }
  if (workspace == NULL)
    workspace = self->sample ? FOYER_SAMPLE_WORKSPACE : FOYER_DEFAULT_WORKSPACE;

  self->workspace = g_strdup (workspace);
  id = foyer_composition_dup_application_id (workspace);
  g_application_set_application_id (application, id);
  return -1;
}

static void
fail (FoyerApplication *self, const char *title, const GError *error)
{
  const char *hint = foyer_error_get_hint (error);
  g_autofree char *sentence = hint != NULL ? g_strdup_printf ("%s %s", error->message, hint)
                                           : g_strdup (error->message);

  g_message ("%s: %s", title, foyer_error_get_detail (error));
  gtk_window_present (foyer_problem_window_new (GTK_APPLICATION (self), title, sentence));
}

static void
remember_list (FoyerApplication *self)
{
  FoyerListChoice *choice = foyer_lists_get_selected (
      foyer_shell_controller_get_lists (self->shell));

  if (choice == NULL)
    return;

  g_settings_set_string (self->settings, "last-connection",
                         foyer_list_choice_get_connection (choice));
  g_settings_set_int64 (self->settings, "last-list", foyer_list_choice_get_id (choice));
}

static void
sample_connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerApplication) self = user_data;
  FoyerWorkspace *workspace = FOYER_WORKSPACE (source);
  g_autoptr (GError) error = NULL;

  if (!foyer_sample_connect_finish (workspace, result, &error))
    foyer_shell_controller_fail (self->shell, error);
  foyer_workspace_set_sync_interval (workspace, SYNC_INTERVAL_SECONDS);
  foyer_workspace_start (workspace);
  foyer_composition_watch_network (self->composition);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerApplication) self = user_data;
  FoyerWorkspace *workspace = FOYER_WORKSPACE (source);
  g_autoptr (GError) error = NULL;

  /* Until somebody says who they are. */
  if (foyer_workspace_get_actor (workspace) == NULL)
    foyer_workspace_set_actor (workspace, g_get_user_name ());
  if (!foyer_workspace_load_finish (workspace, result, &error))
    {
      foyer_shell_controller_fail (self->shell, error);
      return;
    }
  if (self->sandbox != NULL)
    {
      foyer_sample_connect_async (self->sandbox, workspace, sample_connected_cb,
                                  g_object_ref (self));
      return;
    }

  foyer_workspace_set_sync_interval (workspace, SYNC_INTERVAL_SECONDS);
  foyer_workspace_start (workspace);
  foyer_composition_watch_network (self->composition);
}

static void
show_window (FoyerApplication *self)
{
  FoyerWorkspace *workspace = foyer_composition_get_workspace (self->composition);
  g_autofree char *connection = g_settings_get_string (self->settings, "last-connection");
  g_autofree char *repairs = foyer_composition_dup_repairs (self->composition);
  FoyerLists *lists;

  self->shell = foyer_shell_controller_new (workspace);
  lists = foyer_shell_controller_get_lists (self->shell);
  foyer_lists_prefer (lists, connection, g_settings_get_int64 (self->settings, "last-list"));
  g_signal_connect_object (lists, "notify::selected", G_CALLBACK (remember_list), self,
                           G_CONNECT_SWAPPED);

  self->window = foyer_window_new (GTK_APPLICATION (self), self->shell);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *)&self->window);
  g_settings_bind (self->settings, "window-width", self->window, "default-width",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self->window, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "is-maximized", self->window, "maximized",
                   G_SETTINGS_BIND_DEFAULT);
  foyer_pages_add (self->window, self->shell, self->settings, self->desk_settings);
  foyer_tools_add (self->window, self->shell, self->settings, self->desk_settings);
  if (repairs != NULL)
    foyer_window_warn (self->window, repairs);
  if (self->sandbox != NULL)
    foyer_composition_keep_no_credentials (self->composition);
  foyer_workspace_load_async (workspace, NULL, loaded_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->opening = FALSE;
  self->composition = foyer_composition_open_finish (result, &error);
  if (self->composition == NULL)
    fail (self, _ ("Foyer cannot open its records"), error);
  else if (self->activated)
    show_window (self);
  g_application_release (G_APPLICATION (self));
}

static void
sample_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FoyerApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->sandbox = foyer_sample_start_finish (result, &error);
  if (self->sandbox != NULL)
    {
      foyer_composition_open_async (self->workspace, NULL, opened_cb, g_object_ref (self));
      return;
    }

  self->opening = FALSE;
  fail (self, _ ("The sample event cannot be played"), error);
  g_application_release (G_APPLICATION (self));
}

static void
open_workspace (FoyerApplication *self)
{
  self->opening = TRUE;
  g_application_hold (G_APPLICATION (self));
  if (self->sample)
    {
      g_autofree char *directory = foyer_composition_dup_directory (self->workspace);

      foyer_sample_start_async (directory, sample_started_cb, g_object_ref (self));
    }
  else
    foyer_composition_open_async (self->workspace, NULL, opened_cb, g_object_ref (self));
}

static void
foyer_application_activate (GApplication *application)
{
  FoyerApplication *self = FOYER_APPLICATION (application);

  self->activated = TRUE;
  if (self->window != NULL)
    gtk_window_present (GTK_WINDOW (self->window));
  else if (self->composition != NULL && self->shell == NULL)
    show_window (self);
  else if (self->composition == NULL && !self->opening)
    open_workspace (self);
}

/* Another workspace is another process: this one has its own journal, sender and window. */
static void
sample_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerApplication *self = user_data;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program != NULL ? program : "foyer",
                              "--sample", NULL);
  if (process == NULL)
    {
      g_message ("The sample event could not be opened: %s", error->message);
      foyer_window_toast (self->window, _ ("The sample event could not be opened."));
      return;
    }
  if (!foyer_shell_controller_get_has_connections (self->shell))
    gtk_window_close (GTK_WINDOW (self->window));
}

/* Another process has recorded something that this one is to carry out. */
static void
nudge_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerApplication *self = user_data;

  if (self->composition != NULL)
    foyer_journal_poke (
        foyer_workspace_get_journal (foyer_composition_get_workspace (self->composition)));
}

static void
connect_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerApplication *self = user_data;
  g_autoptr (FoyerConnectController) way = NULL;

  if (self->window == NULL || self->composition == NULL)
    return;

  way = foyer_connect_controller_new (foyer_composition_get_workspace (self->composition));
  foyer_connect_controller_set_lists (way, foyer_shell_controller_get_lists (self->shell));
  foyer_connect_dialog_present (GTK_WIDGET (self->window), way);
}

static void
about_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  foyer_show_about (GTK_WIDGET (FOYER_APPLICATION (user_data)->window));
}

static gboolean
close_cb (gpointer user_data)
{
  gtk_window_close (user_data);
  return G_SOURCE_REMOVE;
}

/* Not at once: the key is still on its way through the window's widgets, which keeps some of them when the window goes, and
 * GTK 4.8 then lets go of the templates' bindings in the wrong order, and complains. */
static void
quit_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FoyerApplication *self = user_data;

  if (self->window != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_cb, g_object_ref (self->window),
                     g_object_unref);
  else
    g_application_quit (G_APPLICATION (self));
}

static void
set_accel (FoyerApplication *self, const char *action, const char *accel)
{
  const char *accels[] = { accel, NULL };

  gtk_application_set_accels_for_action (GTK_APPLICATION (self), action, accels);
}

static void
foyer_application_startup (GApplication *application)
{
  FoyerApplication *self = FOYER_APPLICATION (application);
  const GActionEntry entries[] = {
    { "sample", sample_activated_cb, NULL, NULL, NULL, { 0 } },
    { "connect", connect_activated_cb, NULL, NULL, NULL, { 0 } },
    { FOYER_NUDGE_ACTION, nudge_activated_cb, NULL, NULL, NULL, { 0 } },
    { "about", about_activated_cb, NULL, NULL, NULL, { 0 } },
    { "quit", quit_activated_cb, NULL, NULL, NULL, { 0 } },
  };
  const char *const kept[] = { "sound", "verdict-pause" };
  g_autoptr (GAction) gap = NULL;

  /* Opened on a thread of its own while GTK gets ready on this one: that takes longer. */
  if (self->workspace == NULL)
    self->workspace = g_strdup (FOYER_DEFAULT_WORKSPACE);
  open_workspace (self);

  G_APPLICATION_CLASS (foyer_application_parent_class)->startup (application);

  self->settings = g_settings_new (FOYER_APP_ID);
  self->desk_settings = foyer_desk_settings_new (self->workspace);
  gap = g_settings_create_action (self->desk_settings, "scanner-gap");
  g_action_map_add_action (G_ACTION_MAP (self), gap);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (GAction) action = g_settings_create_action (self->settings, kept[i]);

      g_action_map_add_action (G_ACTION_MAP (self), action);
    }
  set_accel (self, "app.quit", "<Control>q");
  set_accel (self, "shell.sync", "F5");
  set_accel (self, "win.choose-list", "F9");
  set_accel (self, "win.show-help-overlay", "<Control>question");
  gtk_window_set_default_icon_name (FOYER_APP_ID);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *closed = user_data;
  g_autoptr (GError) error = NULL;

  if (!foyer_composition_close_finish (FOYER_COMPOSITION (source), result, &error))
    g_message ("The workspace was not closed in good order: %s", error->message);
  *closed = TRUE;
}

/* The last thing of the program: no window is left that could be held up. */
static void
foyer_application_shutdown (GApplication *application)
{
  FoyerApplication *self = FOYER_APPLICATION (application);

  g_clear_object (&self->shell);
  if (self->composition != NULL)
    {
      gboolean closed = FALSE;

      foyer_composition_close_async (self->composition, closed_cb, &closed);
      while (!closed)
        g_main_context_iteration (NULL, TRUE);
    }
  g_clear_object (&self->composition);
  if (self->sandbox != NULL)
    foyer_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk_settings);

  G_APPLICATION_CLASS (foyer_application_parent_class)->shutdown (application);
}

static void
foyer_application_finalize (GObject *object)
{
  g_free (FOYER_APPLICATION (object)->workspace);

  G_OBJECT_CLASS (foyer_application_parent_class)->finalize (object);
}

static void
foyer_application_class_init (FoyerApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = foyer_application_finalize;
  application_class->handle_local_options = foyer_application_handle_local_options;
  application_class->startup = foyer_application_startup;
  application_class->activate = foyer_application_activate;
  application_class->shutdown = foyer_application_shutdown;
}

static void
foyer_application_init (FoyerApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("The desk from which an event is run."));
}

/**
 * foyer_application_new:
 *
 * Returns: (transfer full): the program
 */
FoyerApplication *
foyer_application_new (void)
{
  return g_object_new (FOYER_TYPE_APPLICATION, "application-id", FOYER_APP_ID, "resource-base-path",
                       "/io/github/foyerdesk/Foyer", NULL);
}
