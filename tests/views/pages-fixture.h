/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-activity-controller.h"
#include "foyer-connections-controller.h"
#include "foyer-inbox-controller.h"
#include "page-world.h"
#include "views-fixture.h"

G_BEGIN_DECLS

/**
 * PagesFixture:
 *
 * The window with the pages other than the Desk, over a store in memory.
 */
typedef struct
{
  PageWorld *world;
  FoyerShellController *shell;
  FoyerInboxController *inbox;
  FoyerActivityController *activity;
  FoyerConnectionsController *connections;
  FoyerWindow *window;
} PagesFixture;

typedef struct
{
  const char *name;
  int width;
  int height;
} PagesSize;

const PagesSize *pages_get_size (guint n);

void pages_fixture_set_up (PagesFixture *fixture);
void pages_fixture_tear_down (PagesFixture *fixture);
void pages_fixture_fill (PagesFixture *fixture);
void pages_fixture_show (PagesFixture *fixture, const char *place, const PagesSize *size);
void pages_fixture_shoot (PagesFixture *fixture, const char *name, const PagesSize *size);

G_END_DECLS
