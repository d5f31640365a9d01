/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FOYER_TYPE_CONFIRMATION (foyer_confirmation_get_type ())

/**
 * FoyerConfirmation:
 *
 * A question that a controller asks before it does something that cannot be undone. A view shows it and
 * resolves it, and so can a test. Dropped without an answer it counts as a no.
 *
 * Signal `resolved` (gboolean): yes or no, once.
 */
G_DECLARE_FINAL_TYPE (FoyerConfirmation, foyer_confirmation, FOYER, CONFIRMATION, GObject)

FoyerConfirmation *foyer_confirmation_new (const char *heading,
                                           const char *body,
                                           const char *dismiss,
                                           const char *confirm);
const char *foyer_confirmation_get_heading (FoyerConfirmation *self);
const char *foyer_confirmation_get_body (FoyerConfirmation *self);
const char *foyer_confirmation_get_dismiss (FoyerConfirmation *self);
const char *foyer_confirmation_get_confirm (FoyerConfirmation *self);
void foyer_confirmation_resolve (FoyerConfirmation *self, gboolean yes);

G_END_DECLS
