/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FoyerAskStyle:
 * @FOYER_ASK_PLAIN: an ordinary answer
 * @FOYER_ASK_SUGGESTED: the one that most people want
 * @FOYER_ASK_DESTRUCTIVE: it cannot be undone
 *
 * How the answer that does something looks.
 */
typedef enum
{
  FOYER_ASK_PLAIN,
  FOYER_ASK_SUGGESTED,
  FOYER_ASK_DESTRUCTIVE,
} FoyerAskStyle;

void foyer_ask_async (GtkWidget *parent,
                      const char *heading,
                      const char *body,
                      const char *dismiss,
                      const char *confirm,
                      FoyerAskStyle style,
                      GtkWidget *extra,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
gboolean foyer_ask_finish (GAsyncResult *result, GError **error);

void foyer_show_about (GtkWidget *parent);

G_END_DECLS
