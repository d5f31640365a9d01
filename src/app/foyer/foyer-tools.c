/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a desk needs before it opens and between two shifts: dialogs over the window, each with its
 * controller. They are the window's actions, `tools.*`. */

#define G_LOG_DOMAIN "foyer-app"

#include "config.h"

#include "foyer-tools.h"

#include "foyer-desk-settings.h"
#include "foyer-scanner-dialog.h"
#include "foyer-setup-dialog.h"
#include "foyer-sound.h"
#include "foyer-verdict-words.h"

#include <glib/gi18n.h>

typedef struct
{
  FoyerWindow *window;         /* not owned: it owns this */
  FoyerShellController *shell; /* (owned) */
  GSettings *settings;         /* (owned) */
  GSettings *desk_settings;    /* (owned) */
  FoyerSound *sound;           /* (owned) */
} Tools;

static void
tools_free (gpointer data)
{
  Tools *tools = data;

  g_object_unref (tools->shell);
  g_object_unref (tools->settings);
  g_object_unref (tools->desk_settings);
  g_object_unref (tools->sound);
  g_free (tools);
}

static void
play_cb (Tools *tools, int tone)
{
  switch ((FoyerTone)tone)
    {
    case FOYER_TONE_NEUTRAL:
      break;
    case FOYER_TONE_GO:
    case FOYER_TONE_OUT:
      foyer_sound_play (tools->sound, FOYER_SOUND_GO);
      break;
    case FOYER_TONE_CARE:
      foyer_sound_play (tools->sound, FOYER_SOUND_CARE);
      break;
    case FOYER_TONE_STOP:
      foyer_sound_play (tools->sound, FOYER_SOUND_STOP);
      break;
    }
}

static void
setup_desk_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Tools *tools = user_data;
  g_autoptr (FoyerSetupController) controller = foyer_setup_controller_new (
      foyer_shell_controller_get_workspace (tools->shell),
      foyer_shell_controller_get_lists (tools->shell));

  foyer_setup_dialog_present (GTK_WIDGET (tools->window), controller);
}

static void
learned_cb (Tools *tools, FoyerScannerProfile *profile)
{
  foyer_desk_settings_put_scanner (tools->desk_settings, profile);
}

/* The dialog is modal and goes with the window, so the tools outlive it. */
static void
scanner_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Tools *tools = user_data;
  g_autoptr (FoyerScannerLearner) learner = foyer_scanner_learner_new ();
  FoyerScannerDialog *dialog = foyer_scanner_dialog_present (GTK_WIDGET (tools->window), learner);

  g_signal_connect_swapped (dialog, "play", G_CALLBACK (play_cb), tools);
  g_signal_connect_swapped (dialog, "learned", G_CALLBACK (learned_cb), tools);
}

static void
set_accel (FoyerWindow *window, const char *action, const char *accel)
{
  const char *accels[] = { accel, NULL };

  gtk_application_set_accels_for_action (gtk_window_get_application (GTK_WINDOW (window)), action,
                                         accels);
}

/**
 * foyer_tools_add:
 * @window: the window
 * @shell: its controller
 * @settings: how people like it
 * @desk_settings: how this desk is
 *
 * Gives the window its tools.
 */
void
foyer_tools_add (FoyerWindow *window,
                 FoyerShellController *shell,
                 GSettings *settings,
                 GSettings *desk_settings)
{
  const GActionEntry entries[] = {
    { "setup-desk", setup_desk_activated_cb, NULL, NULL, NULL, { 0 } },
    { "scanner", scanner_activated_cb, NULL, NULL, NULL, { 0 } },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  Tools *tools = g_new0 (Tools, 1);

  tools->window = window;
  tools->shell = g_object_ref (shell);
  tools->settings = g_object_ref (settings);
  tools->desk_settings = g_object_ref (desk_settings);
  tools->sound = foyer_sound_new ();
  g_object_set_data_full (G_OBJECT (window), "foyer-tools", tools, tools_free);

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), tools);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "tools", G_ACTION_GROUP (actions));
  set_accel (window, "tools.setup-desk", "<Control><Shift>d");
  set_accel (window, "tools.scanner", "<Control><Shift>s");
}
