/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The check before a desk opens, page by page. */

#include "views-fixture.h"

#include "foyer-scanner-dialog.h"

#include <string.h>

static guint32 now;

static void
scan (FoyerScannerLearner *learner)
{
  now += 2000;
  for (const char *c = FOYER_SCANNER_TEST_CODE; *c != '\0'; c++)
    for (guint keycode = 1; keycode < 128; keycode++)
      for (int level = 0; level < 2; level++)
        if (foyer_us_key_to_char (keycode, level) == *c)
          {
            FoyerKeyPress key = { .keycode = keycode, .shift = level, .unichar = (gunichar)*c };

            key.time = now += 9;
            foyer_scanner_learner_press (learner, &key, FALSE, FALSE);
            level = 2;
            keycode = 128;
          }
  {
    FoyerKeyPress enter = { .keycode = 36, .suffix = TRUE, .time = now += 9 };

    foyer_scanner_learner_press (learner, &enter, FALSE, FALSE);
  }
}

static void
played_cb (GString *tones, int tone)
{
  g_string_append_printf (tones, "%d", tone);
}

static void
learned_cb (guint *count, FoyerScannerProfile *profile)
{
  g_assert_cmpint (profile->suffix, ==, FOYER_SCANNER_ENTER);
  (*count)++;
}

static void
test_check (void)
{
  static const int sizes[][2] = { { 480, 600 }, { 360, 640 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (FoyerScannerLearner) learner = foyer_scanner_learner_new ();
      g_autoptr (GString) tones = g_string_new (NULL);
      const char *const names[] = { "Let in: play", "Look closer: play", "Not let in: play" };
      GtkWidget *dialog;
      GtkWidget *button;
      guint learned = 0;
      g_autofree char *sound = g_strdup_printf ("scanner-1-sound-%d", sizes[i][0]);
      g_autofree char *code = g_strdup_printf ("scanner-2-scan-%d", sizes[i][0]);
      g_autofree char *found = g_strdup_printf ("scanner-3-found-%d", sizes[i][0]);

      views_add_styles ();
      dialog = GTK_WIDGET (foyer_scanner_dialog_new (learner));
      g_signal_connect_swapped (dialog, "play", G_CALLBACK (played_cb), tones);
      g_signal_connect_swapped (dialog, "learned", G_CALLBACK (learned_cb), &learned);
      gtk_window_set_default_size (GTK_WINDOW (dialog), sizes[i][0], sizes[i][1]);
      gtk_window_present (GTK_WINDOW (dialog));
      views_settle ();
      views_assert_labelled (dialog);
      g_assert_cmpint (gtk_widget_get_width (dialog), <=, sizes[i][0]);
      views_shoot (dialog, sound);

      button = gtk_window_get_focus (GTK_WINDOW (dialog));
      g_assert_true (GTK_IS_BUTTON (button));
      for (gsize n = 0; n < G_N_ELEMENTS (names); n++)
        {
          g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, names[n]);
          g_signal_emit_by_name (button, "clicked");
          gtk_widget_child_focus (dialog, GTK_DIR_TAB_FORWARD);
          button = gtk_window_get_focus (GTK_WINDOW (dialog));
          if (!GTK_IS_BUTTON (button))
            {
              gtk_widget_child_focus (dialog, GTK_DIR_TAB_FORWARD);
              button = gtk_window_get_focus (GTK_WINDOW (dialog));
            }
        }
      g_assert_cmpstr (tones->str, ==, "123");
      g_signal_emit_by_name (views_find (dialog, GTK_TYPE_BUTTON, "Next: the Scanner"), "clicked");
      views_settle ();

      scan (learner);
      views_settle ();
      g_assert_nonnull (views_find (dialog, GTK_TYPE_LABEL, "1 of 3"));
      views_shoot (dialog, code);
      views_assert_labelled (dialog);
      scan (learner);
      scan (learner);
      views_settle ();
      g_assert_cmpuint (learned, ==, 1);
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog))
                     == views_find (dialog, GTK_TYPE_BUTTON, "Done"));
      views_shoot (dialog, found);
      g_signal_emit_by_name (views_find (dialog, GTK_TYPE_BUTTON, "Learn Again"), "clicked");
      views_settle ();
      g_assert_nonnull (views_find (dialog, GTK_TYPE_LABEL, "0 of 3"));
      gtk_window_destroy (GTK_WINDOW (dialog));
      views_settle ();
      g_assert_finalize_object (g_steal_pointer (&learner));
    }
}

int
main (int argc, char **argv)
{
  if (!views_init (&argc, &argv))
    return 77;

  g_test_add_func ("/scanner/check", test_check);
  return g_test_run ();
}
