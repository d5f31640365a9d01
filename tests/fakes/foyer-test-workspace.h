/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-fake-clock.h"
#include "foyer-fake-query.h"
#include "foyer-fake-server.h"
#include "foyer-fake-store.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

/**
 * FoyerTestWorkspace:
 *
 * A workspace whose ends are all in memory: what controllers and views stand on in tests.
 */
typedef struct
{
  FoyerFakeClock *clock;
  FoyerFakeServer *server;
  FoyerFakeStore *store;
  FoyerFakeQuery *query;
  FoyerWorkspace *workspace;
} FoyerTestWorkspace;

FoyerTestWorkspace *foyer_test_workspace_new (guint n_people);
void foyer_test_workspace_free (FoyerTestWorkspace *self);
FoyerDesk *foyer_test_workspace_connect (FoyerTestWorkspace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FoyerTestWorkspace, foyer_test_workspace_free)

G_END_DECLS
