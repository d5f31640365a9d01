/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The set-up page on paper: what to do, the code, and what is in it. */

#define G_LOG_DOMAIN "foyer-views"

#include "config.h"

#include "foyer-setup-sheet.h"

#include "foyer-fact.h"
#include "foyer-qr-code.h"
#include "foyer-setup-code.h"

#include <glib/gi18n.h>

/* Parts of the paper's width, so that A4, Letter and A5 look the same. */
#define MARGIN 0.08
#define CODE_SIZE 0.5
#define TITLE_SIZE 0.042
#define TEXT_SIZE 0.022
#define SMALL_SIZE 0.018

/* Returns: the lower edge of what was written */
static double
write_text (cairo_t *cairo,
            const char *text,
            const char *family,
            PangoWeight weight,
            double size,
            double x,
            double y,
            double width)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  int height;

  pango_font_description_set_family (font, family);
  pango_font_description_set_weight (font, weight);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cairo, x, y);
  pango_cairo_show_layout (cairo, layout);
  pango_layout_get_size (layout, NULL, &height);
  return y + (double)height / PANGO_SCALE;
}

static double
write_facts (cairo_t *cairo, GListModel *facts, double x, double y, double width, double unit)
{
  for (guint i = 0; i < g_list_model_get_n_items (facts); i++)
    {
      g_autoptr (FoyerFact) fact = g_list_model_get_item (facts, i);
      double left = write_text (cairo, foyer_fact_get_label (fact), "Sans", PANGO_WEIGHT_NORMAL,
                                unit * TEXT_SIZE, x, y, width * 0.28);
      double right = write_text (cairo, foyer_fact_get_value (fact), "Sans", PANGO_WEIGHT_BOLD,
                                 unit * TEXT_SIZE, x + width * 0.3, y, width * 0.7);

      y = MAX (left, right) + unit * 0.008;
    }
  return y;
}

/**
 * foyer_setup_sheet_draw:
 * @cairo: where; black on white
 * @width: of the paper, in its units
 * @height: of the paper
 * @controller: a set-up page that is ready
 *
 * Draws the page.
 */
void
foyer_setup_sheet_draw (cairo_t *cairo,
                        double width,
                        double height,
                        FoyerSetupController *controller)
{
  const char *code = foyer_setup_controller_get_code (controller);
  double unit = MIN (width, height * 0.75);
  double x = width * MARGIN;
  double inner = width - 2 * x;
  double y = width * MARGIN;
  char *grouped;

  g_return_if_fail (code != NULL);

  cairo_set_source_rgb (cairo, 0, 0, 0);
  y = write_text (cairo, _ ("Set up a desk"), "Sans", PANGO_WEIGHT_BOLD, unit * TITLE_SIZE, x, y,
                  inner);
  y = write_text (
      cairo,
      _ ("Open Foyer on the laptop, choose “Connect to pretix”, and scan this code. Without "
         "a scanner, type the letters under it."),
      "Sans", PANGO_WEIGHT_NORMAL, unit * TEXT_SIZE, x, y + unit * 0.015, inner);

  y += unit * 0.01;
  foyer_qr_code_draw (cairo, code, (width - unit * CODE_SIZE) / 2, y, unit * CODE_SIZE);
  y += unit * CODE_SIZE;

  grouped = foyer_setup_code_group (code);
  y = write_text (cairo, grouped, "Monospace", PANGO_WEIGHT_NORMAL, unit * SMALL_SIZE, x, y, inner);
  foyer_setup_code_free_text (grouped);

  y = write_facts (cairo, foyer_setup_controller_get_facts (controller), x, y + unit * 0.03, inner,
                   unit);
  write_text (
      cairo,
      _ ("Whoever has this page can become this desk until the code has been used. Keep it as you "
         "keep a key, and destroy it afterwards."),
      "Sans", PANGO_WEIGHT_NORMAL, unit * SMALL_SIZE, x, y + unit * 0.02, inner);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext *context,
              int page,
              FoyerSetupController *controller)
{
  if (foyer_setup_controller_get_ready (controller))
    foyer_setup_sheet_draw (gtk_print_context_get_cairo_context (context),
                            gtk_print_context_get_width (context),
                            gtk_print_context_get_height (context), controller);
}

static GtkPrintOperation *
create_operation (FoyerSetupController *controller)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _ ("Set up a desk"));
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (draw_page_cb), controller,
                           G_CONNECT_DEFAULT);
  return operation;
}

/**
 * foyer_setup_sheet_print:
 * @parent: the window
 * @controller: a set-up page that is ready
 *
 * Asks for the printer, and prints.
 */
void
foyer_setup_sheet_print (GtkWindow *parent, FoyerSetupController *controller)
{
  g_autoptr (GtkPrintOperation) operation = create_operation (controller);
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_allow_async (operation, TRUE);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    g_message ("The set-up page was not printed: %s", error->message);
}

/**
 * foyer_setup_sheet_export:
 * @controller: a set-up page that is ready
 * @path: where the PDF goes
 * @error: return location
 *
 * Returns: whether the page was written
 */
gboolean
foyer_setup_sheet_export (FoyerSetupController *controller, const char *path, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = create_operation (controller);

  gtk_print_operation_set_export_filename (operation, path);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error)
         == GTK_PRINT_OPERATION_RESULT_APPLY;
}
