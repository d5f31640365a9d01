/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-pretix-client.h"
#include "foyer-step-result.h"
#include "foyer-step.h"

G_BEGIN_DECLS

void foyer_pretix_report_async (FoyerPretixClient *client,
                                gpointer source_object,
                                FoyerStep *step,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
FoyerStepResult *foyer_pretix_report_finish (GAsyncResult *result, GError **error);
JsonNode *foyer_pretix_report_build_annulment (FoyerStep *step, GError **error);
JsonNode *foyer_pretix_report_build_refusal (FoyerStep *step, GError **error);

G_END_DECLS
