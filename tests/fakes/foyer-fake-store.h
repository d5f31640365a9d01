/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-journal.h"
#include "foyer-mirror.h"

G_BEGIN_DECLS

#define FOYER_TYPE_FAKE_STORE (foyer_fake_store_get_type ())

/**
 * FoyerFakeStore:
 *
 * Journal and mirror in memory, one turn of the main loop per transaction: for tests that turn a virtual
 * clock, break the disk or end a process at a chosen instant. Several stores may stand on one disk,
 * as several processes do.
 */
G_DECLARE_FINAL_TYPE (FoyerFakeStore, foyer_fake_store, FOYER, FAKE_STORE, GObject)

FoyerFakeStore *foyer_fake_store_new (void);
FoyerFakeStore *foyer_fake_store_fork (FoyerFakeStore *self);
void foyer_fake_store_kill (FoyerFakeStore *self);
void foyer_fake_store_set_watch (FoyerFakeStore *self, GFunc watch, gpointer data);
void foyer_fake_store_break (FoyerFakeStore *self, guint transactions);
FoyerMirror *foyer_fake_store_get_mirror (FoyerFakeStore *self);
GPtrArray *foyer_fake_store_dup_commands (FoyerFakeStore *self);
GPtrArray *foyer_fake_store_dup_check_ins (FoyerFakeStore *self, gint64 attendee);
guint foyer_fake_store_get_n_calls (FoyerFakeStore *self);
guint foyer_fake_store_get_n_writes (FoyerFakeStore *self);
guint foyer_fake_store_get_n_orders (FoyerFakeStore *self);

G_END_DECLS
