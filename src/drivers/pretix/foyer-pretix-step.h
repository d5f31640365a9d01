/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-pretix-client.h"
#include "foyer-step-result.h"
#include "foyer-step.h"

G_BEGIN_DECLS

JsonNode *foyer_pretix_step_build_redeem (FoyerStep *step, gboolean look_only, GError **error);
void foyer_pretix_step_perform_async (FoyerPretixClient *client,
                                      gpointer source_object,
                                      FoyerStep *step,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
FoyerStepResult *foyer_pretix_step_perform_finish (GAsyncResult *result, GError **error);
void foyer_pretix_step_lookup_async (FoyerPretixClient *client,
                                     gpointer source_object,
                                     FoyerStep *step,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
FoyerStepResult *foyer_pretix_step_lookup_finish (GAsyncResult *result, GError **error);

G_END_DECLS
