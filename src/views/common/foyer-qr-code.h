/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOYER_TYPE_QR_CODE (foyer_qr_code_get_type ())

/**
 * FoyerQrCode:
 *
 * A square that a scanner reads: black on white, whatever the colours of the window are, with its quiet
 * zone. The text is no property, since it may be a secret.
 */
G_DECLARE_FINAL_TYPE (FoyerQrCode, foyer_qr_code, FOYER, QR_CODE, GtkWidget)

GtkWidget *foyer_qr_code_new (void);
void foyer_qr_code_set_text (FoyerQrCode *self, const char *text);
gboolean foyer_qr_code_draw (cairo_t *cairo, const char *text, double x, double y, double size);

G_END_DECLS
