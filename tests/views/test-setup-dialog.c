/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The set-up page, as the organiser goes it, and on paper. */

#include "views-fixture.h"

#include "foyer-qr-code.h"
#include "foyer-setup-code.h"
#include "foyer-setup-dialog.h"
#include "foyer-setup-sheet.h"

#include <glib/gstdio.h>
#include <string.h>

static const int sizes[][2] = { { 520, 700 }, { 360, 640 } };

static void
test_page (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      ViewsFixture fixture = { NULL };
      g_autoptr (FoyerSetupController) controller = NULL;
      g_autoptr (FoyerSetupCode) setup = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *pdf = NULL;
      g_autofree char *name = g_strdup_printf ("setup-1-edit-%d", sizes[i][0]);
      g_autofree char *code_name = g_strdup_printf ("setup-2-code-%d", sizes[i][0]);
      GtkWidget *dialog;
      GStatBuf info;

      views_fixture_set_up (&fixture, 20, TRUE);
      controller = foyer_setup_controller_new (foyer_shell_controller_get_workspace (fixture.shell),
                                               foyer_shell_controller_get_lists (fixture.shell));
      dialog = GTK_WIDGET (foyer_setup_dialog_new (controller));
      gtk_window_set_default_size (GTK_WINDOW (dialog), sizes[i][0], sizes[i][1]);
      gtk_window_present (GTK_WINDOW (dialog));
      views_settle ();
      views_assert_labelled (dialog);
      g_assert_cmpint (gtk_widget_get_width (dialog), <=, sizes[i][0]);

      /* The fake service makes no devices: the person gives a token. */
      gtk_widget_activate_action (dialog, "setup.make", NULL);
      views_settle ();
      g_assert_false (foyer_setup_controller_get_ready (controller));
      g_assert_nonnull (views_find (dialog, GTK_TYPE_LABEL,
                                    "Foyer cannot make a device here. Give the token of one."));
      views_shoot (dialog, name);
      gtk_editable_set_text (GTK_EDITABLE (views_find (dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)),
                             "9t7fcd2r3b7pm7di");
      gtk_widget_activate_action (dialog, "setup.make", NULL);
      views_settle ();
      g_assert_true (foyer_setup_controller_get_ready (controller));
      g_assert_nonnull (views_find (dialog, FOYER_TYPE_QR_CODE, NULL));
      setup = foyer_setup_code_parse (foyer_setup_controller_get_code (controller), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (setup->lists->len, ==, 1);
      views_assert_labelled (dialog);
      g_assert_cmpint (gtk_widget_get_width (dialog), <=, sizes[i][0]);
      views_shoot (dialog, code_name);

      pdf = g_build_filename (g_get_tmp_dir (), "foyer-setup-sheet.pdf", NULL);
      g_assert_true (foyer_setup_sheet_export (controller, pdf, &error));
      g_assert_no_error (error);
      g_assert_cmpint (g_stat (pdf, &info), ==, 0);
      g_assert_cmpint (info.st_size, >, 2000);
      if (g_getenv ("FOYER_SHOTS") == NULL)
        g_unlink (pdf);

      /* Another desk needs another token, and has another name. */
      gtk_widget_activate_action (dialog, "setup.again", NULL);
      views_settle ();
      g_assert_null (foyer_setup_controller_get_code (controller));
      g_assert_cmpstr (
          gtk_editable_get_text (GTK_EDITABLE (views_find (dialog, ADW_TYPE_ENTRY_ROW, NULL))), ==,
          "Desk 3");
      gtk_window_destroy (GTK_WINDOW (dialog));
      views_settle ();
      views_assert_gone (g_steal_pointer (&controller));
      views_fixture_tear_down (&fixture);
    }
}

int
main (int argc, char **argv)
{
  if (!views_init (&argc, &argv))
    return 77;

  g_test_add_func ("/setup/page", test_page);
  return g_test_run ();
}
