/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FoyerPick:
 * @FOYER_PICK_OPEN: a file that is there
 * @FOYER_PICK_SAVE: a file to be written
 *
 * What a file is picked for.
 */
typedef enum
{
  FOYER_PICK_OPEN,
  FOYER_PICK_SAVE,
} FoyerPick;

void foyer_pick_file_async (GtkWidget *parent,
                            FoyerPick pick,
                            const char *title,
                            const char *accept,
                            const char *name,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GFile *foyer_pick_file_finish (GAsyncResult *result, GError **error);

G_END_DECLS
