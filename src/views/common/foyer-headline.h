/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FOYER_TYPE_HEADLINE (foyer_headline_get_type ())
G_DECLARE_FINAL_TYPE (FoyerHeadline, foyer_headline, FOYER, HEADLINE, GtkWidget)

GtkWidget *foyer_headline_new (void);
void foyer_headline_set_label (FoyerHeadline *self, const char *label);
const char *foyer_headline_get_label (FoyerHeadline *self);

G_END_DECLS
