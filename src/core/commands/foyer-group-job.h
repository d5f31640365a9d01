/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-admit-job.h"

G_BEGIN_DECLS

void foyer_group_admit_async (GPtrArray *jobs,
                              FoyerDesk *desk,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *foyer_group_admit_finish (GAsyncResult *result, GError **error);

G_END_DECLS
