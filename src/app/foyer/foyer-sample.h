/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-sandbox.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

#define FOYER_SAMPLE_WORKSPACE "sample"

void
foyer_sample_start_async (const char *directory, GAsyncReadyCallback callback, gpointer user_data);
FoyerSandbox *foyer_sample_start_finish (GAsyncResult *result, GError **error);
void foyer_sample_connect_async (FoyerSandbox *sandbox,
                                 FoyerWorkspace *workspace,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean
foyer_sample_connect_finish (FoyerWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
