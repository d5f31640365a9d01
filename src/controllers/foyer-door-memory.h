/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-lists.h"

G_BEGIN_DECLS

void foyer_door_memory_recall (FoyerWorkspace *workspace,
                               FoyerLists *lists,
                               GListStore *last,
                               guint limit,
                               GCancellable *cancellable);

G_END_DECLS
