/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_CHOICE (foyer_choice_get_type ())

/**
 * FoyerChoice:
 *
 * One thing to choose from: an organiser, an event, a date, a check-in list. Properties, read-only:
 * `title`, `subtitle` (safe to show).
 */
G_DECLARE_FINAL_TYPE (FoyerChoice, foyer_choice, FOYER, CHOICE, GObject)

FoyerChoice *
foyer_choice_new (const char *key, gint64 number, const char *title, const char *subtitle);
const char *foyer_choice_get_key (FoyerChoice *self);
gint64 foyer_choice_get_number (FoyerChoice *self);
const char *foyer_choice_get_title (FoyerChoice *self);
const char *foyer_choice_get_subtitle (FoyerChoice *self);

G_END_DECLS
