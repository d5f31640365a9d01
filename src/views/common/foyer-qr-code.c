/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that knows libqrencode. */

#define G_LOG_DOMAIN "foyer-views"

#include "foyer-qr-code.h"

#include <qrencode.h>

/* As ISO 18004 asks for. */
#define QUIET_ZONE 4
#define MINIMUM_SIZE 120
#define NATURAL_SIZE 260

struct _FoyerQrCode
{
  GtkWidget parent_instance;

  QRcode *code; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (FoyerQrCode, foyer_qr_code, GTK_TYPE_WIDGET)

/* Capitals and digits alone take fewer squares, if the library may see them as such. */
static QRcode *
encode (const char *text)
{
  return text != NULL && *text != '\0' ? QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1)
                                       : NULL;
}

static gboolean
is_dark (QRcode *code, int x, int y)
{
  return code->data[y * code->width + x] & 1;
}

/* One path, so that no hair line is left between two squares where the scale is not whole. */
static void
fill_squares (cairo_t *cairo, QRcode *code, double x, double y, double scale)
{
  cairo_set_source_rgb (cairo, 0, 0, 0);
  for (int row = 0; row < code->width; row++)
    for (int column = 0; column < code->width; column++)
      if (is_dark (code, column, row))
        cairo_rectangle (cairo, x + (column + QUIET_ZONE) * scale, y + (row + QUIET_ZONE) * scale,
                         scale, scale);
  cairo_fill (cairo);
}

static void
foyer_qr_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FoyerQrCode *self = FOYER_QR_CODE (widget);
  int size = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cairo;
  int squares;
  int scale;
  int left;
  int top;

  if (self->code == NULL)
    return;

  /* Whole pixels, or some squares are wider than others. */
  squares = self->code->width + 2 * QUIET_ZONE;
  scale = MAX (size / squares, 1);
  left = (gtk_widget_get_width (widget) - scale * squares) / 2;
  top = (gtk_widget_get_height (widget) - scale * squares) / 2;
  cairo = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float)left, (float)top,
                                                                    (float)(scale * squares),
                                                                    (float)(scale * squares)));
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  fill_squares (cairo, self->code, left, top, scale);
  cairo_destroy (cairo);
}

static void
foyer_qr_code_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  FoyerQrCode *self = FOYER_QR_CODE (widget);
  int squares = self->code != NULL ? self->code->width + 2 * QUIET_ZONE : 0;

  *minimum = MAX (MINIMUM_SIZE, 2 * squares);
  *natural = MAX (NATURAL_SIZE, 4 * squares);
}

static void
foyer_qr_code_finalize (GObject *object)
{
  g_clear_pointer (&FOYER_QR_CODE (object)->code, QRcode_free);

  G_OBJECT_CLASS (foyer_qr_code_parent_class)->finalize (object);
}

static void
foyer_qr_code_class_init (FoyerQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = foyer_qr_code_finalize;
  widget_class->snapshot = foyer_qr_code_snapshot;
  widget_class->measure = foyer_qr_code_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
foyer_qr_code_init (FoyerQrCode *self)
{
}

/**
 * foyer_qr_code_new:
 *
 * Returns: (transfer floating): an empty square
 */
GtkWidget *
foyer_qr_code_new (void)
{
  return g_object_new (FOYER_TYPE_QR_CODE, NULL);
}

/**
 * foyer_qr_code_set_text:
 * @self: a square
 * @text: (nullable): what it says
 */
void
foyer_qr_code_set_text (FoyerQrCode *self, const char *text)
{
  g_return_if_fail (FOYER_IS_QR_CODE (self));

  g_clear_pointer (&self->code, QRcode_free);
  self->code = encode (text);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * foyer_qr_code_draw:
 * @cairo: where
 * @text: what it says
 * @x: left edge, quiet zone included
 * @y: upper edge
 * @size: width and height
 *
 * Draws the same on paper.
 *
 * Returns: whether the text fits into one
 */
gboolean
foyer_qr_code_draw (cairo_t *cairo, const char *text, double x, double y, double size)
{
  QRcode *code = encode (text);

  if (code == NULL)
    return FALSE;

  cairo_save (cairo);
  fill_squares (cairo, code, x, y, size / (code->width + 2 * QUIET_ZONE));
  cairo_restore (cairo);
  QRcode_free (code);
  return TRUE;
}
