/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-fake-clock.h"
#include "foyer-page-store.h"
#include "foyer-workspace.h"

G_BEGIN_DECLS

#define PAGE_NOW G_GINT64_CONSTANT (1747386120000000) /* 2025-05-16 09:02:00 UTC */

/**
 * PageWorld:
 *
 * A workspace over a store in memory and a clock that stands still: what a page's controller needs.
 */
typedef struct
{
  FoyerPageStore *store;
  FoyerFakeClock *clock;
  FoyerWorkspace *workspace;
  guint services; /* made so far */
} PageWorld;

PageWorld *page_world_new (void);
void page_world_free (PageWorld *self);
void page_world_load (PageWorld *self);
void page_world_settle (PageWorld *self);
FoyerCommand *page_world_add (PageWorld *self,
                              const char *id,
                              const char *name,
                              FoyerCommandState state,
                              const char *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageWorld, page_world_free)

G_END_DECLS
