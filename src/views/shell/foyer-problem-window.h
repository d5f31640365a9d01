/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWindow *
foyer_problem_window_new (GtkApplication *application, const char *title, const char *sentence);

G_END_DECLS
