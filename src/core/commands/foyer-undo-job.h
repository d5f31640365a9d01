/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-desk.h"
#include "foyer-dispatcher.h"
#include "foyer-undo.h"

G_BEGIN_DECLS

void foyer_undo_async (FoyerDesk *desk,
                       FoyerDispatcher *dispatcher,
                       const char *command_id,
                       const char *reason,
                       const char *actor,
                       gint64 patience,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
FoyerUndo *foyer_undo_finish (GAsyncResult *result, GError **error);

G_END_DECLS
