/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-pretix-client.h"
#include "foyer-service.h"

G_BEGIN_DECLS

void foyer_pretix_device_enroll_async (FoyerPretixClient *client,
                                       gpointer source_object,
                                       const char *token,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
FoyerEnrolment *foyer_pretix_device_enroll_finish (GAsyncResult *result, GError **error);
void foyer_pretix_device_revoke_async (FoyerPretixClient *client,
                                       gpointer source_object,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean foyer_pretix_device_revoke_finish (GAsyncResult *result, GError **error);

G_END_DECLS
