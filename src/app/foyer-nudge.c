/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Look into the journal": said over the session bus to the window that carries commands out. Without a bus,
 * or without a window, nothing is lost: whoever sends looks each second (DESIGN section 3). */

#define G_LOG_DOMAIN "foyer-app"

#include "foyer-nudge.h"

#include "foyer-composition.h"

/* What could not be said by then needs no saying. */
#define PATIENCE_MS 1000

/* As GApplication makes it out of the id. */
static char *
make_object_path (const char *application_id)
{
  char *path = g_strconcat ("/", application_id, NULL);

  for (char *c = path; *c != '\0'; c++)
    {
      if (*c == '.')
        *c = '/';
      else if (*c == '-')
        *c = '_';
    }
  return path;
}

static void
on_said (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                               &error);

  if (answer == NULL)
    g_debug ("No window was nudged: %s", error->message);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = user_data;
  g_autofree char *path = make_object_path (id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      g_debug ("There is no session bus: %s", error->message);
      return;
    }

  /* A bus that ends is no reason to end. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_dbus_connection_call (bus, id, path, "org.gtk.Actions", "Activate",
                          g_variant_new ("(sava{sv})", FOYER_NUDGE_ACTION, NULL, NULL), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, PATIENCE_MS, NULL, on_said, NULL);
}

/**
 * foyer_nudge_send:
 * @workspace: name of a workspace
 *
 * Tells the window of a workspace, if there is one, that another process has written something. Returns at
 * once, and never fails.
 */
void
foyer_nudge_send (const char *workspace)
{
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, foyer_composition_dup_application_id (workspace));
}
