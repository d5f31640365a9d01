/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-pretix-client.h"

G_BEGIN_DECLS

void foyer_pretix_invite_async (FoyerPretixClient *client,
                                gpointer source_object,
                                const char *desk,
                                gboolean only_check_in,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
char *foyer_pretix_invite_finish (GAsyncResult *result, GError **error);

G_END_DECLS
