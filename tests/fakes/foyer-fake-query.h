/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "foyer-command.h"
#include "foyer-query.h"

G_BEGIN_DECLS

#define FOYER_TYPE_FAKE_QUERY (foyer_fake_query_get_type ())

/**
 * FoyerFakeQuery:
 *
 * A store that answers from memory, a turn of the main loop later: made-up people of any number, one
 * event, two lists. What it holds can be changed, held back and broken.
 */
G_DECLARE_FINAL_TYPE (FoyerFakeQuery, foyer_fake_query, FOYER, FAKE_QUERY, GObject)

#define FOYER_FAKE_QUERY_LIST 7
#define FOYER_FAKE_QUERY_OTHER_LIST 8

FoyerFakeQuery *foyer_fake_query_new (guint n_people);
void foyer_fake_query_add_command (FoyerFakeQuery *self, FoyerCommand *command);
void foyer_fake_query_set_n_people (FoyerFakeQuery *self, guint n_people);
void foyer_fake_query_rename (FoyerFakeQuery *self, gint64 id, const char *name);
void foyer_fake_query_break (FoyerFakeQuery *self, GError *error);
void foyer_fake_query_hold (FoyerFakeQuery *self, gboolean hold);
guint foyer_fake_query_get_n_hydrated (FoyerFakeQuery *self);
guint foyer_fake_query_get_n_snapshots (FoyerFakeQuery *self);

G_END_DECLS
