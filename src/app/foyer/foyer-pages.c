/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The places of the window: each with the function that makes its page and the page's controller when it
 * is first shown. */

#define G_LOG_DOMAIN "foyer-app"

#include "config.h"

#include "foyer-pages.h"

#include "foyer-activity-page.h"
#include "foyer-connections-page.h"
#include "foyer-desk-settings.h"
#include "foyer-desk-page.h"
#include "foyer-inbox-page.h"
#include "foyer-sound.h"

#include <glib/gi18n.h>

/* What pages are made from; each place holds a reference. */
typedef struct
{
  FoyerShellController *shell; /* (owned) */
  GSettings *settings;         /* (owned) */
  GSettings *desk_settings;    /* (owned) */
} Means;

static void
means_clear (gpointer data)
{
  Means *means = data;

  g_object_unref (means->shell);
  g_object_unref (means->settings);
  g_object_unref (means->desk_settings);
}

static void
means_unref (gpointer data)
{
  g_rc_box_release_full (data, means_clear);
}

static void
sound_cb (FoyerDeskController *controller, int tone, FoyerSound *sound)
{
  switch ((FoyerTone)tone)
    {
    case FOYER_TONE_NEUTRAL:
      break;
    case FOYER_TONE_GO:
    case FOYER_TONE_OUT:
      foyer_sound_play (sound, FOYER_SOUND_GO);
      break;
    case FOYER_TONE_CARE:
      foyer_sound_play (sound, FOYER_SOUND_CARE);
      break;
    case FOYER_TONE_STOP:
      foyer_sound_play (sound, FOYER_SOUND_STOP);
      break;
    }
}

static GtkWidget *
create_desk_page (gpointer data)
{
  Means *means = data;
  g_autoptr (FoyerDeskController) controller = foyer_desk_controller_new (
      foyer_shell_controller_get_workspace (means->shell),
      foyer_shell_controller_get_lists (means->shell));
  g_autoptr (FoyerSound) sound = foyer_sound_new ();
  GtkWidget *page = foyer_desk_page_new (controller);

  g_settings_bind (means->settings, "verdict-pause", foyer_desk_controller_get_door (controller),
                   "pause", G_SETTINGS_BIND_GET);
  foyer_desk_settings_bind_scanner (means->desk_settings, G_OBJECT (page), "scanner");
  g_settings_bind (means->settings, "sound", sound, "enabled", G_SETTINGS_BIND_GET);
  g_signal_connect_data (controller, "sound", G_CALLBACK (sound_cb), g_steal_pointer (&sound),
                         (GClosureNotify)g_object_unref, G_CONNECT_DEFAULT);
  return page;
}

static GtkWidget *
create_inbox_page (gpointer data)
{
  Means *means = data;
  g_autoptr (FoyerInboxController) controller = foyer_inbox_controller_new (
      foyer_shell_controller_get_workspace (means->shell));

  return foyer_inbox_page_new (controller);
}

static GtkWidget *
create_activity_page (gpointer data)
{
  Means *means = data;
  g_autoptr (FoyerActivityController) controller = foyer_activity_controller_new (
      foyer_shell_controller_get_workspace (means->shell));

  return foyer_activity_page_new (controller);
}

static GtkWidget *
create_connections_page (gpointer data)
{
  Means *means = data;
  g_autoptr (FoyerConnectionsController) controller = foyer_connections_controller_new (
      foyer_shell_controller_get_workspace (means->shell));

  return foyer_connections_page_new (controller);
}

/**
 * foyer_pages_add:
 * @window: the window
 * @shell: its controller
 * @settings: how people like it
 * @desk_settings: how this desk is
 *
 * Gives the window all its places.
 */
void
foyer_pages_add (FoyerWindow *window,
                 FoyerShellController *shell,
                 GSettings *settings,
                 GSettings *desk_settings)
{
  Means *means = g_rc_box_new0 (Means);

  means->shell = g_object_ref (shell);
  means->settings = g_object_ref (settings);
  means->desk_settings = g_object_ref (desk_settings);
  foyer_window_add_place (window, "desk", _ ("Desk"), "foyer-scan-symbolic", "F1", create_desk_page,
                          g_rc_box_acquire (means), means_unref);
  foyer_window_add_place (window, "inbox", _ ("Inbox"), "mail-unread-symbolic", "F2",
                          create_inbox_page, g_rc_box_acquire (means), means_unref);
  foyer_window_add_place (window, "commands", _ ("Activity"), "view-list-symbolic", "F3",
                          create_activity_page, g_rc_box_acquire (means), means_unref);
  foyer_window_add_place (window, "connections", _ ("Connections"), "network-server-symbolic", "F4",
                          create_connections_page, g_rc_box_acquire (means), means_unref);
  means_unref (means);
}
