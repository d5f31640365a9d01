/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Picking files on GTK 4.8: the native chooser. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-files.h"

static void
response_cb (GtkNativeDialog *dialog, int response, GTask *task)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT
                    ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                    : NULL;

  /* The task holds the dialog: without the reference it would die with this function. */
  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was picked");
}

/**
 * foyer_pick_file_async:
 * @parent: a widget of the window
 * @pick: what for
 * @title: of the dialog
 * @accept: label of the button
 * @name: (nullable): proposed name of a file to be written
 * @cancellable: (nullable): takes the question back
 * @callback: called with the file
 * @user_data: for @callback
 */
void
foyer_pick_file_async (GtkWidget *parent,
                       FoyerPick pick,
                       const char *title,
                       const char *accept,
                       const char *name,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, GTK_WINDOW (gtk_widget_get_root (parent)),
      pick == FOYER_PICK_OPEN ? GTK_FILE_CHOOSER_ACTION_OPEN : GTK_FILE_CHOOSER_ACTION_SAVE, accept,
      NULL);

  g_task_set_source_tag (task, foyer_pick_file_async);
  g_task_set_task_data (task, dialog, g_object_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (pick == FOYER_PICK_SAVE && name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), task,
                         (GClosureNotify)g_object_unref, G_CONNECT_DEFAULT);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (gtk_native_dialog_hide), dialog,
                             G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * foyer_pick_file_finish:
 * @result: a result
 * @error: return location
 *
 * Returns: (transfer full): the file; %NULL with %G_IO_ERROR_CANCELLED if the person picked none
 */
GFile *
foyer_pick_file_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
