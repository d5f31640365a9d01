/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-journal.h"
#include "foyer-mirror.h"
#include "foyer-secrets.h"
#include "foyer-service.h"

G_BEGIN_DECLS

void foyer_connection_store_async (FoyerConnection *connection,
                                   const char *credential,
                                   FoyerSecrets *secrets,
                                   FoyerJournal *journal,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean
foyer_connection_store_finish (GAsyncResult *result, FoyerSecretsPlace *place, GError **error);
void foyer_connection_erase_async (FoyerConnection *connection,
                                   FoyerService *service,
                                   FoyerSecrets *secrets,
                                   FoyerJournal *journal,
                                   FoyerMirror *mirror,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean foyer_connection_erase_finish (GAsyncResult *result, GError **error);

G_END_DECLS
