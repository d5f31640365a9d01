/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-page.h"
#include "foyer-pretix-client.h"

G_BEGIN_DECLS

void foyer_pretix_pull_async (FoyerPretixClient *client,
                              gpointer source_object,
                              FoyerPullRequest *request,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
FoyerPage *foyer_pretix_pull_finish (GAsyncResult *result, GError **error);

G_END_DECLS
