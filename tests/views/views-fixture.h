/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-desk-controller.h"
#include "foyer-shell-controller.h"
#include "foyer-test-workspace.h"
#include "foyer-window.h"

G_BEGIN_DECLS

/**
 * ViewsFixture:
 *
 * The window over a workspace in memory.
 */
typedef struct
{
  FoyerTestWorkspace *world;
  FoyerShellController *shell;
  FoyerDeskController *desk;
  FoyerWindow *window;
} ViewsFixture;

void views_fixture_set_up (ViewsFixture *fixture, guint n_people, gboolean connected);
void views_fixture_tear_down (ViewsFixture *fixture);
void views_fixture_show (ViewsFixture *fixture, int width, int height);
void views_fixture_scan (ViewsFixture *fixture, const char *code);
void views_add_styles (void);
void views_settle (void);
void views_assert_gone (gpointer object);
GtkWidget *views_find (GtkWidget *root, GType type, const char *label);
void views_assert_labelled (GtkWidget *root);
void views_shoot (GtkWidget *widget, const char *name);
gboolean views_init (int *argc, char ***argv);

G_END_DECLS
