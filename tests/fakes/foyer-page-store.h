/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-journal.h"
#include "foyer-mirror.h"
#include "foyer-query.h"

G_BEGIN_DECLS

#define FOYER_TYPE_PAGE_STORE (foyer_page_store_get_type ())

/**
 * FoyerPageStore:
 *
 * Journal, mirror and query in memory, for tests of what stands on them: commands, calls, connections,
 * lists and one event. It keeps no orders, and a transaction is not rolled back. The real store has its
 * own tests.
 */
G_DECLARE_FINAL_TYPE (FoyerPageStore, foyer_page_store, FOYER, PAGE_STORE, GObject)

FoyerPageStore *foyer_page_store_new (void);
FoyerMirror *foyer_page_store_create_mirror (void);
void foyer_page_store_add_command (FoyerPageStore *self, FoyerCommand *command);
void foyer_page_store_add_call (FoyerPageStore *self, FoyerCall *call);
void foyer_page_store_add_connection (FoyerPageStore *self, FoyerConnection *connection);
void foyer_page_store_add_list (FoyerPageStore *self, gint64 id, const char *name);
void foyer_page_store_set_event (FoyerPageStore *self, FoyerEvent *event);
void foyer_page_store_set_broken (FoyerPageStore *self, gboolean broken);
void foyer_page_store_set_bad_call (FoyerPageStore *self, gint64 row);
FoyerCommand *foyer_page_store_get_command (FoyerPageStore *self, const char *id);
guint foyer_page_store_get_n_connections (FoyerPageStore *self);

G_END_DECLS
