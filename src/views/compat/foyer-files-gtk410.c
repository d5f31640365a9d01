/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Picking files from GTK 4.10 on: GtkFileDialog. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-files.h"

static void
picked (GTask *task, GFile *file, GError *error)
{
  if (file != NULL)
    {
      g_task_return_pointer (task, file, g_object_unref);
      return;
    }

  /* Dismissed and cancelled are the same to everybody here. */
  if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    {
      g_clear_error (&error);
      error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was picked");
    }
  g_task_return_error (task, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  picked (task, file, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  picked (task, file, error);
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
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (parent));
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  g_task_set_source_tag (task, foyer_pick_file_async);
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_accept_label (dialog, accept);
  if (pick == FOYER_PICK_OPEN)
    {
      gtk_file_dialog_open (dialog, window, cancellable, opened_cb, task);
      return;
    }

  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, window, cancellable, saved_cb, task);
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
