/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "foyer-shell-controller.h"

G_BEGIN_DECLS

#define FOYER_TYPE_WINDOW (foyer_window_get_type ())

/**
 * FoyerWindow:
 *
 * The one window: a sidebar of places, the page of the chosen place, and around it what is true on every
 * page (the list, the event and its time, whether the service is in reach, the line that adds up).
 *
 * Property `controller` (FoyerShellController, construct-only).
 * Actions: `win.place` (s, stateful): the place shown; `win.show-commands` (s: recorded, sent, waiting,
 * needs-you): goes to the commands and, where the page has an action `commands.filter` (s), sets it.
 */
G_DECLARE_FINAL_TYPE (FoyerWindow, foyer_window, FOYER, WINDOW, AdwApplicationWindow)

/**
 * FoyerPlaceFactory:
 * @data: as given to foyer_window_add_place()
 *
 * Returns: (transfer floating): the page of a place, made when it is first shown
 */
typedef GtkWidget *(*FoyerPlaceFactory) (gpointer data);

FoyerWindow *foyer_window_new (GtkApplication *application, FoyerShellController *controller);
void foyer_window_add_place (FoyerWindow *self,
                             const char *name,
                             const char *title,
                             const char *icon_name,
                             const char *accelerator,
                             FoyerPlaceFactory factory,
                             gpointer data,
                             GDestroyNotify destroy);
void foyer_window_show_place (FoyerWindow *self, const char *name);
GtkWidget *foyer_window_get_page (FoyerWindow *self, const char *name);
void foyer_window_toast (FoyerWindow *self, const char *text);
void foyer_window_warn (FoyerWindow *self, const char *text);

G_END_DECLS
