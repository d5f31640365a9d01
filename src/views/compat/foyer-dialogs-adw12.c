/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions on libadwaita 1.2: message dialogs that are windows of their own. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-dialogs.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static void
response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, g_str_equal (response, "confirm"));
}

static AdwResponseAppearance
appearance_of (FoyerAskStyle style)
{
  switch (style)
    {
    case FOYER_ASK_PLAIN:
      return ADW_RESPONSE_DEFAULT;
    case FOYER_ASK_SUGGESTED:
      return ADW_RESPONSE_SUGGESTED;
    case FOYER_ASK_DESTRUCTIVE:
      return ADW_RESPONSE_DESTRUCTIVE;
    }

  g_return_val_if_reached (ADW_RESPONSE_DEFAULT);
}

/**
 * foyer_ask_async:
 * @parent: a widget of the window that asks
 * @heading: the question
 * @body: (nullable): what it means
 * @dismiss: the answer that does nothing
 * @confirm: the answer that does something, and says what
 * @style: how @confirm looks
 * @extra: (nullable): something to fill in
 * @cancellable: (nullable): takes the question back
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks a person. Nothing in it is read as markup.
 */
void
foyer_ask_async (GtkWidget *parent,
                 const char *heading,
                 const char *body,
                 const char *dismiss,
                 const char *confirm,
                 FoyerAskStyle style,
                 GtkWidget *extra,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), heading,
                                              body);

  g_task_set_source_tag (task, foyer_ask_async);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "dismiss", dismiss);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "confirm", confirm);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "confirm",
                                              appearance_of (style));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog),
                                           style == FOYER_ASK_DESTRUCTIVE ? "dismiss" : "confirm");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "dismiss");
  if (extra != NULL)
    adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), extra);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), task,
                         (GClosureNotify)g_object_unref, G_CONNECT_DEFAULT);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (gtk_window_close), dialog,
                             G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * foyer_ask_finish:
 * @result: a result
 * @error: return location
 *
 * Returns: whether the person confirmed; %FALSE with @error only if the question was taken back
 */
gboolean
foyer_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * foyer_show_about:
 * @parent: a widget of the window
 */
void
foyer_show_about (GtkWidget *parent)
{
  adw_show_about_window (GTK_WINDOW (gtk_widget_get_root (parent)), "application-name", _ ("Foyer"),
                         "application-icon", FOYER_APP_ID, "version", FOYER_VERSION, "comments",
                         _ ("The desk from which an event is run"), "license-type",
                         GTK_LICENSE_GPL_3_0, "developer-name", _ ("The Foyer contributors"), NULL);
}
