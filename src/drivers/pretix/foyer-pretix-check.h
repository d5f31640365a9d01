/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-pretix-client.h"
#include "foyer-service.h"

G_BEGIN_DECLS

void foyer_pretix_check_async (FoyerPretixClient *client,
                               gpointer source_object,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
FoyerServiceReport *foyer_pretix_check_finish (GAsyncResult *result, GError **error);

G_END_DECLS
