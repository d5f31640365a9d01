/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

gboolean foyer_closure_has_text (gpointer object, const char *text);
gboolean foyer_closure_not (gpointer object, gboolean value);
gboolean foyer_closure_any (gpointer object, gint64 number);
char *foyer_closure_number (gpointer object, gint64 number);
char *foyer_closure_waiting (gpointer object, gint64 number);
char *foyer_closure_what_to_scan (gpointer object, gboolean leaving);

G_END_DECLS
